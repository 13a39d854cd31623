"""Lists the lines of the core that at most one real document needs.

    python tools/seldom.py ../shared/gold                        every document there
    python tools/seldom.py --most 0 --room fields ../shared/gold lines of one room that no document reaches
    python tools/seldom.py --keep FOLDER ../shared/gold          scans too, from page readings that are kept (bench/kept_scans.py)

A rule that no two documents need goes, or `tools/seldom_kept.tsv` names its function and says why it stays: a bound against hostile
input, a form that the decree prescribes, a format that the documents do not have. A document in many forms (gold/forms) is one
document. Lines that raise are left out. A row is `file:line`, how many documents reach it, the function, the line itself.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import csv
import sys
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


def reached(found: Sequence[tuple[str, Path]], *, scans: bool) -> Mapping[tuple[str, int], set[str]]:
    """The names of the documents that reach each line: (file below the package, line)."""
    include = [f"{PACKAGE / room}/*" for room in ROOMS]
    measured = coverage.Coverage(data_file=None, config_file=False, include=include)
    measured.start()
    try:
        import vnadmin

        config = vnadmin.Config() if scans else vnadmin.Config(ocr="off")
        for name, path in found:
            measured.switch_context(name)
            with contextlib.suppress(vnadmin.VnadminError):
                vnadmin.parse(path, config=config)
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


def kept() -> set[tuple[str, str]]:
    """The functions that stay though few documents need them: (file, name)."""
    if not REASONS.exists():
        return set()
    with REASONS.open(encoding="utf-8") as file:
        return {(row["file"], row["function"]) for row in csv.DictReader(file, delimiter="\t")}


def main(arguments: Sequence[str] | None = None) -> int:
    """How many lines were listed is the last row; the exit status is 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=1, help="lines that at most so many documents reach")
    parser.add_argument("--room", choices=ROOMS, action="append", help="only this room; may be given again")
    parser.add_argument("--keep", type=Path, help="page readings that are kept: scans are read as well")
    args = parser.parse_args(arguments)
    if args.keep:
        sys.path.insert(0, str(ROOT / "bench"))
        from kept_scans import keep_pages

        keep_pages(args.keep)
    found = [each for folder in args.folder for each in documents(folder)]
    names = reached(found, scans=bool(args.keep))
    stays = kept()
    listed = lines = 0
    for room in args.room or ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            file = str(path.relative_to(PACKAGE))
            text = path.read_text("utf-8").splitlines()
            for function, line in sorted(set(statements(path)), key=lambda at: at[1]):
                lines += 1
                by = names.get((file, line), set())
                if len(by) <= args.most and (file, function) not in stays:
                    listed += 1
                    print(f"{file}:{line}\t{len(by)}\t{' '.join(sorted(by))}\t{function}\t{text[line - 1].strip()}")
    print(
        f"{listed} of {lines} statements are reached by {args.most} of {len({name for name, _ in found})} documents at most"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
