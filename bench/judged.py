"""Items of documents whose labels nobody gave, judged by eye: how many assignees and time limits are read as they should be.

    python bench/judged.py --corpus ../shared/gold [--show]

`judged_duties.tsv` names the document and the place of each item (children counted in reading order), and holds what
should be read as digests of its words, for the documents' texts are not ours to keep. `first` is how the item was read
when it was judged first, `class` what was wrong with it then. All items of a document up to a place were judged, those
without a duty too; items longer than 690 characters were left out.

Items with a `half` were judged blind, before anyone saw how they are read, in a window of each document drawn by seed
20261203; those of more than 600 characters, with paragraphs of their own, or of which the GUIDE does not settle the
answer were left out. `half` is the parity of SHA-256 of `duties-2026-12:` and the document. Rules were mended on what
was wrong in `open`; no miss of `kept` was looked at, and `--show` passes over them.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import vnadmin
from vnadmin.model import Directive

_TABLE: Final = Path(__file__).with_name("judged_duties.tsv")
_WORD: Final = re.compile(r"\w+")
_JOINING: Final = frozenset(("và", "các", "với", "hoặc", "cùng"))
_DIGITS: Final = 10
_NOTHING: Final = "-"
_KEPT: Final = "kept"


def main() -> None:
    """Print how many judged items are read right, and the wrong ones with `--show`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="the folder that holds partial/ and unlabelled/")
    parser.add_argument("--show", action="store_true", help="the items that are read wrong")
    args = parser.parse_args()
    rows: dict[str, list[dict[str, str]]] = {}
    with _TABLE.open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            rows.setdefault(row["document"], []).append(row)
    tally: Counter[str] = Counter()
    for document, judged in rows.items():
        items = list(_walk(vnadmin.parse(args.corpus / document).directives))
        for row in judged:
            item = items[int(row["item"])]
            right = (digest(map(str, item.assignees)), digest([item.deadline.text] if item.deadline else [])) == (
                row["assignees"],
                row["deadline"],
            )
            half = row["half"]
            told = "told" if (row["assignees"], row["deadline"]) != (_NOTHING, _NOTHING) else "not told"
            group = f"{half} {told}" if half else told
            tally.update({group: 1, f"{group}, right": right, f"{group}, right at first": row["first"] == "right"})
            if args.show and not right and half != _KEPT:
                print(f"{document} {row['item']}: {row['class'] or 'right before'}")
    print(f"{len(rows)} documents: {dict(sorted(tally.items()))}")


def _walk(items: Iterable[Directive]) -> Iterator[Directive]:
    """Items with their children, in reading order."""
    for item in items:
        yield item
        yield from _walk(item.children)


def digest(names: Iterable[str]) -> str:
    """What stands for names or a limit: the order of their words and how a list is split do not matter."""
    words = sorted(word for name in names for word in _WORD.findall(name.lower()) if word not in _JOINING)
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:_DIGITS] if words else _NOTHING


if __name__ == "__main__":
    main()
