"""Lists the lines of the core that at most one real document needs.

    python tools/seldom.py ../shared/gold                        every document there
    python tools/seldom.py --most 0 --room fields ../shared/gold lines of one room that no document reaches
    python tools/seldom.py --unexplained ../shared/gold          those that no reason keeps
    python tools/seldom.py --keep FOLDER ../shared/gold          scans too, from page readings that are kept (bench/kept_scans.py)

A rule that no two documents need has a reason to stay: a wild case of tests/fields reaches it (its label, and what was seen, are the
reason), or a row of `tools/seldom_kept.tsv` (file, function, reason) gives one: a bound against hostile input, a form that the decree
prescribes, a format that the documents do not have. `--unexplained` lists only what has neither and ends with status 1 where there is
any: that goes. A document in many forms (gold/forms) is one document. Lines that raise are left out. A row is `file:line`, how many
documents reach it, which, the function, the line itself, the reason.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import csv
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import coverage

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "vnadmin"
REASONS = Path(__file__).with_name("seldom_kept.tsv")
ROOMS = ["genre", "layout", "zones", "outline", "fields", "citation", "assemble", "source/scan/mending"]
_ABOUT = {".json", ".tsv", ".md", ".toml"}  # what stands beside the documents


def documents(folder: Path) -> Iterator[tuple[str, Path]]:
    """The documents under the folder: (name, path); the forms of one document have its name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (path.suffix not in _ABOUT or path.stem == "source"):
            yield (path.parent.name if path.stem == "source" else path.stem), path


def wild_cases() -> Iterator[tuple[str, str]]:
    """The cases that were seen in documents: (field and label, text)."""
    for path in sorted((ROOT / "tests" / "fields").glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            if case["kind"] == "wild":
                yield f"{path.stem}: {case['label']}", case["text"]


def reached(found: Sequence[tuple[str, Path | str]], *, scans: bool) -> Mapping[tuple[str, int], set[str]]:
    """The names of the documents (paths) and cases (texts) that reach each line: (file below the package, line)."""
    include = [f"{PACKAGE / room}/*" for room in ROOMS]
    measured = coverage.Coverage(data_file=None, config_file=False, include=include)
    measured.start()
    try:
        import vnadmin

        config = vnadmin.Config() if scans else vnadmin.Config(ocr="off")
        for name, path in found:
            measured.switch_context(name)
            with contextlib.suppress(vnadmin.VnadminError):
                vnadmin.parse(path, config=config) if isinstance(path, Path) else vnadmin.parse_text(path)
    finally:
        measured.stop()
    data = measured.get_data()
    names: dict[tuple[str, int], set[str]] = defaultdict(set)
    for file in data.measured_files():
        for line, contexts in data.contexts_by_lineno(file).items():
            names[str(Path(file).relative_to(PACKAGE)), line].update(context for context in contexts if context)
    return names


def statements(path: Path) -> Iterator[tuple[str, int]]:
    """Of each statement within a function: (name of the function, line). What raises, and docstrings, are left out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        for inner in ast.walk(node):
            if inner is node or not isinstance(inner, ast.stmt) or isinstance(inner, (ast.Raise, ast.FunctionDef)):
                continue
            if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant):
                continue
            yield node.name, inner.lineno


def kept() -> dict[tuple[str, str], str]:
    """Why functions stay that few documents need: (file, name) to the reason."""
    with REASONS.open(encoding="utf-8") as file:
        return {(row["file"], row["function"]): row["reason"] for row in csv.DictReader(file, delimiter="\t")}


def main(arguments: Sequence[str] | None = None) -> int:
    """How many lines were listed is the last row; the exit status is 1 where `--unexplained` lists any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=1, help="lines that at most so many documents reach")
    parser.add_argument("--room", choices=ROOMS, action="append", help="only this room; may be given again")
    parser.add_argument(
        "--unexplained", action="store_true", help="only lines that neither a wild case nor a row keeps"
    )
    parser.add_argument("--keep", type=Path, help="page readings that are kept: scans are read as well")
    args = parser.parse_args(arguments)
    if args.keep:
        sys.path.insert(0, str(ROOT / "bench"))
        from kept_scans import keep_pages

        keep_pages(args.keep)
    found = [each for folder in args.folder for each in documents(folder)]
    cases = list(wild_cases())
    names = reached([*found, *cases], scans=bool(args.keep))
    labels, reasons = {label for label, _ in cases}, kept()
    listed = unexplained = lines = 0
    for room in args.room or ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            file = str(path.relative_to(PACKAGE))
            text = path.read_text("utf-8").splitlines()
            for function, line in sorted(set(statements(path)), key=lambda at: at[1]):
                lines += 1
                by = names.get((file, line), set())
                if len(by - labels) > args.most:
                    continue
                reason = reasons.get((file, function)) or min(by & labels, default="")
                listed += 1
                unexplained += not reason
                if not (args.unexplained and reason):
                    row = (f"{file}:{line}", len(by - labels), " ".join(sorted(by - labels)), function)
                    print(*row, text[line - 1].strip(), reason, sep="\t")
    print(
        f"{listed} of {lines} statements are reached by {args.most} of {len({name for name, _ in found})} documents at most;"
        f" {unexplained} of them by no wild case, and no row says why they stay"
    )
    return 1 if args.unexplained and unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
