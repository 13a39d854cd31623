"""`python -m siege.hidden [FOLDER]`: the ways to hide text, by format, and the alarms on documents that hide none.

Each way is a case of `tests/hostile/hidden_ways.py`. Of the folder (`../shared/gold/dev`) every document is read that is no
scan; what was set aside of one is printed, for a person to look at.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.hostile import hidden_ways, test_hidden_text

from vnadmin import Config, VnadminError
from vnadmin.layout.page import Furniture
from vnadmin.pipeline import parse_with_layout

_ALARMS = ("hidden_text", "spoofed_text")


def main() -> None:
    """Besiege."""
    planted()
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold/dev")
    if folder.is_dir():
        alarms(folder)


def planted() -> None:
    """How many ways of each format were tried, and which gave a value."""
    tried: Counter[str] = Counter()
    finds: list[str] = []
    cases = [(case.values[0], case.id, case.values) for case in hidden_ways.WAYS]
    for name, told, (_, plant, cloak) in cases:
        tried[name] += 1
        try:
            test_hidden_text.holds(test_hidden_text.made(name, plant, cloak), plant)
        except AssertionError:
            finds.append(str(told))
    for path in hidden_ways.DOC:
        tried["doc"] += 1
        try:
            test_hidden_text.holds(path.read_bytes(), hidden_ways.PLANTS[path.stem.rpartition("-")[2]])
        except AssertionError:
            finds.append(path.name)
    print(f"hidden text: {tried.total()} ways, {len(finds)} finds")
    for name, count in tried.items():
        print(f"  {count:>5}  {name}")
    for find in finds:
        print(f"  FIND  {find}")


def alarms(folder: Path) -> None:
    """What was set aside of documents that are no scans."""
    read = 0
    alarmed: list[str] = []
    for path in sorted(folder.glob("*/source.*")):
        try:
            document, layout = parse_with_layout(path, config=Config(ocr="off"))
        except VnadminError:  # a scan
            continue
        read += 1
        codes = [issue.code for issue in document.issues if issue.code in _ALARMS]
        aside = [layout.of(line)[:80] for line in layout.furniture if line.furniture is Furniture.HIDDEN]
        if codes or aside:
            alarmed.append(f"{path.parent.name}: {' '.join(codes)} {aside[:4]}")
    print(f"alarms: {len(alarmed)} of {read} documents")
    for alarm in alarmed:
        print(f"  {alarm}")


if __name__ == "__main__":
    main()
