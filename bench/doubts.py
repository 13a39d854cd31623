"""How often a doubted value is right, for each kind of doubt: field, then the issue, the line's rule or the value's rule.

    python bench/doubts.py GOLD_DIR [--only digital] [--keep FOLDER] [--forms DIR] [--show KIND] [--write]

A kind is the first of these that speaks of the value: an issue about it, an issue about the document that lowers grades, a
rule of the preface that made the component less than certain, the value's own rule. `--keep` takes page readings of scans from
the folder of bench/kept_scans.py; `--forms` counts the same documents in other forms too, where their words are still there.
`--write` replaces data/doubts.tsv.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kept_scans import keep_pages
from vnadmin.assemble.doubts import kinds_of
from vnadmin.errors import VnadminError
from vnadmin.pipeline import parse_with_zones

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT.parent / "shared" / "tools"))
TABLE = ROOT / "src" / "vnadmin" / "data" / "doubts.tsv"


def judged(gold_dir: Path, only: str | None, forms: Path | None = None) -> Iterator[tuple[str, str, str, bool]]:
    """Id, field, kind and whether it was right, of each doubted value of header, addressees, recipients and signers."""
    import score

    for gold, source in score.load(gold_dir, only):
        yield from _of_one(gold, source, scan=gold["category"] in score.SCANS)
    for form in sorted(forms.iterdir()) if forms else ():
        if not form.name.startswith("scan"):
            for folder in sorted(path for path in form.iterdir() if path.is_dir()):
                source = next(path for path in folder.iterdir() if path.stem == "source")
                gold = json.loads((gold_dir / folder.name / "gold.json").read_text("utf-8"))
                yield from _of_one(gold, source, scan="ocr-errors" in form.name, form=True)


def _of_one(
    gold: dict[str, Any], source: Path, *, scan: bool, form: bool = False
) -> Iterator[tuple[str, str, str, bool]]:
    import score
    from score_forms import lost

    try:
        admin, zones = parse_with_zones(source)
    except VnadminError:
        return  # a form that is refused asks about no value
    doc: dict[str, Any] = admin.model_dump(mode="json", by_alias=True)
    misses: dict[str, list[Any]] = defaultdict(list)
    score.compare(gold, score.flatten(doc), defaultdict(score.Tally), misses, scan)
    gone = lost(gold, doc["text"]) & misses.keys() if form else frozenset()
    for field, kind in kinds_of(admin, zones):
        if field in score.HEADER and field not in gone:
            yield gold["id"], field, kind, not misses[field]


def main() -> None:
    """Print the table, or write it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold_dir", type=Path)
    options.add_argument("--only")
    options.add_argument("--keep", type=Path)
    options.add_argument("--forms", type=Path)
    options.add_argument("--show", help="list the documents of one kind")
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    if given.keep:
        keep_pages(given.keep)
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for name, field, kind, right in judged(given.gold_dir, given.only, given.forms):
        found[field, kind].append(right)
        if given.show == kind:
            print(name, field, "right" if right else "wrong")
    counted = sorted((field, kind, sum(seen), len(seen)) for (field, kind), seen in found.items())
    lines = ["\t".join(map(str, row)) for row in counted]
    for line in sorted(lines, key=lambda line: -int(line.split("\t")[3])):
        print(line)
    if given.write:
        day = dt.datetime.now(tz=dt.UTC).date().isoformat()
        forms = f" --forms {given.forms.name}" if given.forms else ""
        source = f"bench/doubts.py {given.gold_dir.name} --only {given.only or 'all'}{forms}, {day}"
        head = ["# Kinds of doubt: of `n` values doubted so, `right` were right. Written by bench/doubts.py --write."]
        head.append("field\tkind\tright\tn\tsource")
        TABLE.write_text("\n".join([*head, *(f"{line}\t{source}" for line in lines)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
