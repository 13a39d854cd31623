"""`python -m siege.hidden [FOLDER]`: the ways to hide text, by format, and the alarms on documents that hide none.

Each way is a case of `tests/hostile/hidden_ways.py`, or of `unsure_ways.py`, where it is enough that nothing is certain. Of the folder (`../shared/gold/dev`) every document is read that is no
scan; what was set aside of one is printed, for a person to look at.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.hostile import hidden_ways, test_hidden_text, unsure_ways
from tests.makers.hidden_letter import Plant

from vnadmin import Config, VnadminError
from vnadmin.layout.page import Furniture
from vnadmin.pipeline import parse_with_layout

_ALARMS = ("hidden_text", "look_unknown", "spoofed_text")


def main() -> None:
    """Besiege."""
    planted()
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold/dev")
    if folder.is_dir():
        alarms(folder)


def planted() -> None:
    """How many ways of each format were tried, and which gave a certain value, or another than what is seen."""
    tried: Counter[str] = Counter()
    sure: list[str] = []
    finds: list[str] = []
    for case in (*hidden_ways.WAYS, *unsure_ways.UNSURE):
        name, plant, cloak = case.values
        tried[str(name)] += 1
        _try(
            str(case.id),
            test_hidden_text.made(name, plant, cloak),
            plant,
            sure,
            finds if case in hidden_ways.WAYS else [],
        )
    for path in hidden_ways.DOC:
        tried["doc"] += 1
        _try(path.name, path.read_bytes(), hidden_ways.PLANTS[path.stem.rpartition("-")[2]], sure, finds)
    print(f"hidden text: {tried.total()} ways, {len(sure)} certain, {len(finds)} not set aside")
    for name, count in tried.items():
        print(f"  {count:>5}  {name}")
    for find in sure:
        print(f"  CERTAIN  {find}")
    for find in finds:
        print(f"  FIND  {find}")


def _try(told: str, data: bytes, plant: Plant, sure: list[str], finds: list[str]) -> None:
    if test_hidden_text.certain(data, plant):
        sure.append(told)
    try:
        test_hidden_text.holds(data, plant)
    except (AssertionError, ValueError):  # no such issue, or two
        finds.append(told)


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
