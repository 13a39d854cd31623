"""How many judged citations are still read as they were judged: issuer, title and relation, without the documents' texts.

    python bench/cited_items.py

bench/cited_items.tsv holds each judged item: document, the citation and the answer as digests, the verdict, and the class of a wrong
one. An item counts as right where the answer is the one that was judged right, as wrong where it is the one that was judged wrong;
any other answer is new and wants a judge. The documents lie in ../shared/gold.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter, defaultdict
from pathlib import Path

import vnadmin

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold"
ITEMS = Path(__file__).with_suffix(".tsv")
FIELDS = ("issuer", "title", "relation")


def digest(words: str | None) -> str:
    """What stands for words that are not ours to keep; `-` for none."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:12] if words else "-"


def citation(one: vnadmin.LegalReference) -> str:
    """The digest of what tells one citation from another: its number, or its type and title."""
    return digest(one.number or f"{one.type} {one.title} {one.issued_on}")


def main() -> int:
    """Print the figure of each field, and of each class that was wrong."""
    with ITEMS.open(encoding="utf-8", newline="") as file:
        items = list(csv.DictReader(file, delimiter="\t"))
    by_document: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for item in items:
        by_document[item["document"]].append(item)
    tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document, judged in by_document.items():
        path = GOLD / document
        source = next(path.glob("source.*")) if path.is_dir() else path
        read = {citation(one): one for one in vnadmin.parse(source, config=vnadmin.Config(ocr="off")).legal_references}
        for item in judged:
            one = read.get(item["citation"])
            answer = "lost" if one is None else digest(getattr(one, item["field"]))
            same = answer == item["answer"]
            outcome = item["verdict"] if same else "lost" if one is None else "new"
            tally[item["field"]][outcome] += 1
            if item["class"]:
                tally[f"{item['field']}: {item['class']}"][outcome] += 1
    for name, counts in sorted(tally.items()):
        print(f"{name:60} {dict(sorted(counts.items()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
