"""How often a doubted value is right, for each kind of doubt: field, then the issue, the line's rule or the value's rule.

    python bench/doubts.py GOLD_DIR [--only digital] [--show KIND] [--write]

A kind is the first of these that speaks of the value: an issue about it, an issue about the document that lowers grades, a
rule of the preface that made the component less than certain, the value's own rule. `--write` replaces data/doubts.tsv.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vnadmin.assemble.doubts import kinds_of
from vnadmin.pipeline import parse_with_zones

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT.parent / "shared" / "tools"))
TABLE = ROOT / "src" / "vnadmin" / "data" / "doubts.tsv"


def judged(gold_dir: Path, only: str | None) -> Iterator[tuple[str, str, str, bool]]:
    """Id, field, kind and whether it was right, of each doubted value of header, addressees, recipients and signers."""
    import score

    for gold, source in score.load(gold_dir, only):
        admin, zones = parse_with_zones(source)
        doc: dict[str, Any] = admin.model_dump(mode="json", by_alias=True)
        misses: dict[str, list[Any]] = defaultdict(list)
        scan = gold["category"] in score.SCANS
        score.compare(gold, score.flatten(doc), defaultdict(score.Tally), misses, scan)
        for field, kind in kinds_of(admin, zones):
            if field in score.HEADER:
                yield gold["id"], field, kind, not misses[field]


def main() -> None:
    """Print the table, or write it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold_dir", type=Path)
    options.add_argument("--only")
    options.add_argument("--show", help="list the documents of one kind")
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for name, field, kind, right in judged(given.gold_dir, given.only):
        found[field, kind].append(right)
        if given.show == kind:
            print(name, field, "right" if right else "wrong")
    counted = sorted((field, kind, sum(seen), len(seen)) for (field, kind), seen in found.items())
    lines = ["\t".join(map(str, row)) for row in counted]
    for line in sorted(lines, key=lambda line: -int(line.split("\t")[3])):
        print(line)
    if given.write:
        day = dt.datetime.now(tz=dt.UTC).date().isoformat()
        source = f"bench/doubts.py {given.gold_dir.name} --only {given.only or 'all'}, {day}"
        head = ["# Kinds of doubt: of `n` values doubted so, `right` were right. Written by bench/doubts.py --write."]
        head.append("field\tkind\tright\tn\tsource")
        TABLE.write_text("\n".join([*head, *(f"{line}\t{source}" for line in lines)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
