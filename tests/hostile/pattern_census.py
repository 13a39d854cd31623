"""Finds every pattern of the package: all modules are imported, all samples parsed, and each compilation is written down.

Run as a program it prints JSON: it must be the first to import vnadmin, so that no compilation goes by unseen.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import regex

_CALLS = ("compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split")
_ROOT = Path(__file__).parent.parent.parent
_SOURCES = (_ROOT / "src" / "vnadmin", _ROOT / "service" / "vnadmin_service")
_LAZY = "text/pattern.py"


class Site(NamedTuple):
    """A place in the source at which a pattern is made, and the methods that the module uses it by (none: unknown)."""

    path: str
    first: int
    last: int
    methods: tuple[str, ...]
    literal: str | None  # the pattern, where it stands there as it is


class Found(NamedTuple):
    """A pattern as it was compiled."""

    path: str
    line: int
    source: str
    flags: int
    engine: str  # "re", "regex", or "lazy": as `vnadmin.text.pattern` chooses


def sites() -> Iterator[Site]:
    """Every call in the source that makes a pattern."""
    for folder in _SOURCES:
        for path in sorted(folder.rglob("*.py")):
            if path.as_posix().endswith(_LAZY):
                continue
            tree = ast.parse(path.read_text("utf-8"))
            used = _uses(tree)
            names = _names(tree)
            for node in ast.walk(tree):
                kind = _kind(node) if isinstance(node, ast.Call) else ""
                if not kind or not isinstance(node, ast.Call):
                    continue
                methods = used.get(names.get(id(node), ""), ()) if kind == "compile" else (kind,)
                last = node.end_lineno or node.lineno
                literal = _text_of(node.args[0], tree)
                yield Site(path.relative_to(_ROOT).as_posix(), node.lineno, last, tuple(sorted(set(methods))), literal)


def _text_of(argument: ast.expr, tree: ast.Module) -> str | None:
    """A pattern that stands in the call itself, or under a name of the module."""
    if isinstance(argument, ast.Name):
        named = [
            node.value
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            and node.value is not None
            and any(
                isinstance(t, ast.Name) and t.id == argument.id
                for t in getattr(node, "targets", [getattr(node, "target", None)])
            )
        ]
        argument = named[0] if named else argument
    value = argument.value if isinstance(argument, ast.Constant) else None
    return value if isinstance(value, str) else None


def _names(tree: ast.Module) -> dict[int, str]:
    """The name that a call's value gets, by assignment or as what a function gives."""
    names: dict[int, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names[id(node.value)] = node.targets[0].id
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            names[id(node.value)] = node.target.id
        elif isinstance(node, ast.FunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    names[id(inner.value)] = node.name
    return names


def _kind(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Name) and function.id == "pattern":
        return "compile"
    if (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in ("re", "regex")
    ):
        return function.attr if function.attr in _CALLS else ""
    return ""


def _uses(tree: ast.Module) -> dict[str, list[str]]:
    """Private names and the methods called on them; "?" where one is passed on, and anything may be called."""
    uses: dict[str, list[str]] = {}
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            whose = node.value.func if isinstance(node.value, ast.Call) else node.value
            if isinstance(whose, ast.Name):
                called.add(id(whose))
                uses.setdefault(whose.id, []).append(node.attr)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
            uses.setdefault(node.id, []).append("?")
    return {name: methods for name, methods in uses.items() if name.startswith("_")}


class _Census:
    def __init__(self) -> None:
        self.found: set[Found] = set()
        self.late: list[tuple[str, int, Callable[[], str], int]] = []  # patterns whose words stand in tables

    def wrap(self, module: Any, name: str, engine: str) -> None:
        """Write down each call of a function of `re` or `regex` that comes from the package."""
        real = getattr(module, name)

        @functools.wraps(real)
        def noted(pattern: Any, *rest: Any, **named: Any) -> Any:
            if isinstance(pattern, str | bytes):
                pattern_text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
                flags = named.get("flags", rest[0] if rest and name == "compile" else 0)
                self.note(pattern_text, int(flags), engine)
            return real(pattern, *rest, **named)

        setattr(module, name, noted)

    def note(self, source: str | Callable[[], str], flags: int, engine: str) -> None:
        """Write down a pattern, if the call stands in the package."""
        frame = inspect.currentframe()
        caller = frame.f_back.f_back if frame and frame.f_back else None
        if caller is None or caller.f_code.co_filename.endswith(_LAZY):
            return  # a lazy pattern that is now compiled was noted when it was made
        path = Path(caller.f_code.co_filename)
        if any(folder in path.parents for folder in _SOURCES):
            relative = path.relative_to(_ROOT).as_posix()
            if callable(source):
                self.late.append((relative, caller.f_lineno, source, flags))
            else:
                self.found.add(Found(relative, caller.f_lineno, source, flags, engine))

    def read_tables(self) -> None:
        """Write down what is made of tables: only once every module is there to be asked."""
        self.found.update(Found(path, line, source(), flags, "lazy") for path, line, source, flags in self.late)


def _import_all() -> list[Any]:
    modules = []
    for name in ("vnadmin", "vnadmin_service"):
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, name + "."):
            if not module.name.endswith(("__main__", "engines_ray", ".env")) and ".versions." not in module.name:
                with contextlib.suppress(ImportError, SystemExit):
                    modules.append(importlib.import_module(module.name))
    return modules


def _call_cached(modules: list[Any]) -> None:
    """Some patterns stand in cached functions without arguments: each is called once."""
    for module in modules:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
                with contextlib.suppress(Exception):  # an engine whose model is not installed
                    value()


def census() -> list[Found]:
    """All patterns. Only the first call in a process that has not imported vnadmin gives all."""
    sys.path[:0] = [str(_ROOT / "src"), str(_ROOT / "service")]
    assert not any(name.startswith("vnadmin") for name in sys.modules)
    taken = _Census()
    for module, engine in ((re, "re"), (regex, "regex")):
        for name in _CALLS:
            taken.wrap(module, name, engine)
    lazy = importlib.import_module("vnadmin.text.pattern")
    make: Callable[..., Any] = lazy.pattern

    def pattern(source: str | Callable[[], str], flags: int = 0) -> Any:
        taken.note(source, int(flags), "lazy")
        return make(source, flags)

    lazy.pattern = pattern
    modules = _import_all()
    _call_cached(modules)
    taken.read_tables()
    _parse_everything()
    return sorted(taken.found)


def _parse_everything() -> None:
    """The samples and the cases of the fields, parsed and linted, reach what takes arguments."""
    import tomllib

    import vnadmin
    from vnadmin import Config, lint
    from vnadmin.index.search.query_bodies import spellings
    from vnadmin.samples import samples

    letters = [item.read_bytes() for item in samples()]
    letters += [
        path.read_bytes()
        for path in sorted((_ROOT / "tests" / "fixtures").rglob("*.*"))
        if path.suffix in (".doc", ".rtf")
    ]
    for path in sorted((_ROOT / "tests" / "fields").glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8")).get("case", []):
            letters += [value.encode() for value in case.values() if isinstance(value, str) and len(value) > 40]
    for data in letters:
        with contextlib.suppress(vnadmin.VnadminError):
            lint.lint(vnadmin.parse(data, config=Config(ocr="off")))
    spellings("UBND tỉnh Hải Minh")  # of a body in a query


if __name__ == "__main__":
    sys.stdout.write(json.dumps(census(), ensure_ascii=False))
