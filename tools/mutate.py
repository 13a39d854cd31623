"""Changes one thing in a random function of the core and asks whether a test notices.

    python tools/mutate.py --count 60 --seed 1                 60 mutants; a row for each, then how many were killed
    python tools/mutate.py --count 1 --seed 1 --skip 17        the eighteenth of them again
    python tools/mutate.py --room zones --count 10             of one room

A mutant is a copy of `src/vnadmin` in which one condition is taken away or turned round, one part of an `and` or `or` is left out, one
comparison is another or one number is one more. First the tests of its room run, then those of the rooms behind it and the goldens,
last the accuracy gate where ../shared/gold is there. A mutant that nothing notices is a condition that no case needs: it gets a case, or
it goes. Some survivors are the same program (a shortcut that only saves time): look before you judge.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "vnadmin"
# A room of the core and where its own cases stand.
ROOMS = {
    "genre": ["tests/genre"],
    "layout": ["tests/layout"],
    "zones": ["tests/zones"],
    "outline": ["tests/fields/test_outline.py"],
    "fields": ["tests/fields"],
    "source/scan/mending": ["tests/scan/test_scan_mending.py", "tests/scan/test_scan_repeated.py"],
}
BEHIND = [
    "tests/fields",
    "tests/golden",
    "tests/zones",
    "tests/layout",
    "tests/genre",
    "tests/citation",
    "tests/assemble",
    "tests/unit/test_explain.py",
]
_OTHER = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_SECONDS = 900.0  # a mutant that makes a test hang is killed by that


@dataclass(frozen=True)
class Mutant:
    """One change: in which file and function, at which line, what was done."""

    path: Path
    function: str
    line: int
    what: str
    source: str


def functions(path: Path) -> list[ast.FunctionDef]:
    """The functions of a module, methods among them."""
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]


def places(function: ast.FunctionDef) -> Iterator[tuple[ast.AST, str]]:
    """Each node of a function that can be changed, and how."""
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.While | ast.IfExp):
            yield node, "turn"
            if isinstance(node, ast.If):
                yield node, "never"
        elif isinstance(node, ast.BoolOp):
            yield from ((node, f"without {index}") for index in range(len(node.values)))
        elif isinstance(node, ast.Compare) and type(node.ops[0]) in _OTHER:
            yield node, "other"
        elif isinstance(node, ast.Constant) and type(node.value) in (int, bool):
            yield node, "constant"


def change(node: ast.AST, how: str) -> str:
    """Change a node in place; what was done, in words."""
    before = ast.unparse(node.test if isinstance(node, ast.If | ast.While | ast.IfExp) else node)
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        node.test = ast.Constant(False) if how == "never" else ast.UnaryOp(ast.Not(), node.test)
        return f"{'never' if how == 'never' else 'not'}: {before}"
    if isinstance(node, ast.BoolOp):
        left_out = node.values.pop(int(how.split()[1]))
        return f"left out: {ast.unparse(left_out)} of {before}"
    if isinstance(node, ast.Compare):
        node.ops[0] = _OTHER[type(node.ops[0])]()
        return f"{before} -> {ast.unparse(node)}"
    assert isinstance(node, ast.Constant)
    node.value = not node.value if isinstance(node.value, bool) else int(node.value) + 1  # type: ignore[arg-type]
    return f"{before} -> {node.value}"


def mutants(rooms: list[str], seed: int) -> Iterator[Mutant]:
    """Mutants without end: a random function first, so that a long one is no likelier than a short one, then a place in it."""
    dice = random.Random(seed)
    paths = [path for room in rooms for path in sorted((PACKAGE / room).rglob("*.py"))]
    named = [(path, index) for path in paths for index, _ in enumerate(functions(path))]
    while True:
        path, index = dice.choice(named)
        tree = ast.parse(path.read_text("utf-8"))
        function = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)][index]
        found = list(places(function))
        if not found:
            continue
        node, how = dice.choice(found)
        original = copy.deepcopy(tree)
        what = change(node, how)
        if ast.dump(original) == ast.dump(tree):
            continue
        yield Mutant(path, function.name, getattr(node, "lineno", function.lineno), what, ast.unparse(tree))


def killer(mutant: Mutant, folder: Path) -> str | None:
    """The test that fails on a mutant, or None."""
    shutil.copytree(PACKAGE, folder / "vnadmin", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "vnadmin" / mutant.path.relative_to(PACKAGE)).write_text(mutant.source, "utf-8")
    room = next(room for room in ROOMS if mutant.path.is_relative_to(PACKAGE / room))
    environment = {
        **os.environ,
        "PYTHONPATH": f"{folder}{os.pathsep}{ROOT / 'service'}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    pytest = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", "--tb=no"]
    runs = [[*pytest, *ROOMS[room]], [*pytest, *(path for path in BEHIND if path not in ROOMS[room])]]
    if (ROOT.parent / "shared" / "gold" / "dev").is_dir():
        runs.append([sys.executable, "bench/gate.py", "--only", "digital"])
        runs.append([sys.executable, "bench/gate.py", "--only", "forms"])
    for run in runs:
        try:
            done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return f"{run[-1]} hangs"
        if done.returncode:
            lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR", "gate: BROKEN"))]
            return (lines or done.stdout.splitlines()[-1:] or ["ended with an error"])[0][:110]
    return None


def main() -> int:
    """Prints the table; exit status 0 whatever survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip", type=int, default=0, help="leave out the first of them")
    parser.add_argument("--room", action="append", choices=ROOMS)
    args = parser.parse_args()
    killed = 0
    drawn = mutants(args.room or list(ROOMS), args.seed)
    for number in range(args.skip + args.count):
        mutant = next(drawn)
        if number < args.skip:
            continue
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="vnadmin-mutant-") as folder:
            by = killer(mutant, Path(folder))
        killed += by is not None
        where = f"{mutant.path.relative_to(PACKAGE)}:{mutant.line} {mutant.function}"
        what = " ".join(mutant.what.split())[:100]
        print(
            f"{number:3} {'killed' if by else 'LIVES '} {where} [{what}] {by or ''} ({time.monotonic() - start:.0f} s)",
            flush=True,
        )
    print(f"{killed} of {args.count} killed, seed {args.seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
