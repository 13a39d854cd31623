"""How many judged citations are still read as they were judged: issuer, title and relation, without the documents' texts.

    python bench/cited_items.py [--keep FOLDER] [--texts FOLDER]

bench/cited_items.tsv holds each judged item: document, the citation and the answer as digests, the verdict, and the class of a wrong
one. An item counts as right where the answer is the one that was judged right, as wrong where it is the one that was judged wrong;
any other answer is new and wants a judge. The documents lie in ../shared/gold. Scans are read where `--keep` names the folder of their
page readings (bench/kept_scans.py), and `texts/` where `--texts` names theirs; both were labelled before anything read them. Of these
the documents of half 1 are kept from rule writing: look at their figure, never at their misses.
"""

from __future__ import annotations

import argparse
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="page readings of scans")
    parser.add_argument("--texts", type=Path, help="the folder of texts/")
    args = parser.parse_args()
    if args.keep:
        from kept_scans import keep_pages

        keep_pages(args.keep)
    with ITEMS.open(encoding="utf-8", newline="") as file:
        items = list(csv.DictReader(file, delimiter="\t"))
    by_document: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for item in items:
        by_document[item["document"]].append(item)
    tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document, judged in by_document.items():
        blind = judged[0]["class"].startswith("blind")
        folder = args.texts if document.startswith("texts/") else GOLD
        if blind and (folder is None or (folder == GOLD and args.keep is None)):
            continue
        path = folder / document.removeprefix("texts/")
        source = next(path.glob("source.*")) if path.is_dir() else path
        config = vnadmin.Config() if blind else vnadmin.Config(ocr="off")
        read = {citation(one): one for one in vnadmin.parse(source, config=config).legal_references}
        for item in judged:
            one = read.get(item["citation"])
            answer = "lost" if one is None else digest(getattr(one, item["field"]))
            same = answer == item["answer"]
            outcome = item["verdict"] if same else "lost" if one is None else "new"
            if not blind:
                tally[item["field"]][outcome] += 1
            if item["class"]:
                tally[f"{item['field']}: {item['class']}"][outcome] += 1
    for name, counts in sorted(tally.items()):
        print(f"{name:60} {dict(sorted(counts.items()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
