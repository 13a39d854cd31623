"""Draws many audits of one archive and counts how often their intervals cover the true accuracy.

    python bench/audit_coverage.py ../shared/gold/dev [--draws 100] [--seed 0] [--half-width 0.03] [--keep FOLDER]
    python bench/audit_coverage.py --made [--documents 400]      answers that are simulated, without a gold set

The frame is what `vnadmin.parse` reads of each document, judged against its label by the rules of the audit: so the true accuracy of
every field is known. With --keep scans come from page readings that are kept (bench/kept_scans.py). The frame is kept in .bench/audit_coverage.json, for parsing takes minutes. A frame of less than --documents is what it is. With
--made each field is right with a chance of its own, issuers differ, and errors come together in documents.

Printed, for each field and all of them: the true share, how many of the draws have an interval that covers it, and its mean half width;
the same for values that were never in question. --simple draws without strata.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import kept_scans
from vnadmin.index.audit.fields import USUAL, held_in, is_unasked
from vnadmin.index.audit.interval import Estimate, Observation, estimate, size_for
from vnadmin.index.audit.judge import is_same
from vnadmin.index.audit.sample import BY, Member, draw, weights

KEPT = Path(".bench/audit_coverage.json")
LABELS = {"signatories": lambda gold: [one["name"] for one in gold.get("signatories") or [] if one["name"]]}
Frame = dict[str, dict[str, Any]]  # a document: member, and of each field whether it is right and was never in question


def of_gold(folder: Path, keep: Path | None) -> Frame:
    """The documents of a gold set as they are read now, scans from kept page readings."""
    import vnadmin
    from vnadmin.index.catalog.rows import document_row, rows_of

    if keep is not None:
        kept_scans.KeptPages.folder = keep
        for module in (kept_scans.among_module, kept_scans.reader_module, kept_scans.pages_module):
            module.Pages = kept_scans.KeptPages  # type: ignore[misc]
    frame: Frame = {}
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        source = next(one for one in sorted(path.parent.iterdir()) if one.stem == "source")
        try:
            document = vnadmin.parse(source)
        except vnadmin.VnadminError:
            continue
        row, touched = document_row(document), [doubt.pointer for doubt in rows_of(document).doubts]
        told = {field: LABELS.get(field, lambda gold, field=field: gold.get(field))(gold) for field in USUAL}
        frame[path.parent.name] = {
            "member": [row["issuer_key"], row["year"], row["type_code"]],
            "values": {
                field: [is_same(field, told[field], held_in(document, field)), is_unasked(document, field, touched)]
                for field in USUAL
            },
        }
    return frame


def made(count: int, dice: random.Random) -> Frame:
    """Simulated documents: a third of the issuers is read worse, and a document that is hard is so in all fields."""
    wrong = {field: dice.choice([0.0, 0.005, 0.01, 0.03, 0.08]) for field in USUAL}
    frame: Frame = {}
    for at in range(count):
        issuer = min(int(dice.expovariate(0.2)), 40)
        hard = (3.0 if issuer % 3 == 0 else 1.0) * (4.0 if dice.random() < 0.1 else 0.6)
        frame[f"{at}"] = {
            "member": [f"co quan {issuer}", 2019 + dice.randrange(4), dice.choice(["CV", "CV", "QĐ", "TB"])],
            "values": {field: [dice.random() >= wrong[field] * hard, dice.random() < 0.85] for field in USUAL},
        }
    return frame


def figures(frame: Frame, places: dict[str, float]) -> dict[tuple[str, str], Estimate | None]:
    """What documents with these weights show, by field and group of values."""
    found: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for at, (name, weight) in enumerate(places.items()):
        values = frame[name]["values"]
        for group in ("all", "unasked"):
            chosen = {field: right for field, (right, unasked) in values.items() if group == "all" or unasked}
            for field, right in chosen.items():
                found[field, group].append(Observation(at, weight, right))
                found["values", group].append(Observation(at, weight, right))
            if chosen:
                found["documents", group].append(Observation(at, weight, all(chosen.values())))
    return {key: estimate(some) for key, some in found.items()}


def main() -> int:
    """Prints the figures; exit status 1 where an interval covers the truth in less than 94 of 100 draws."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--made", action="store_true")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--half-width", type=float, default=0.03)
    parser.add_argument("--expect", type=float, default=0.95)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--simple", action="store_true")
    args = parser.parse_args()
    if args.made or args.gold is None:
        frame = made(args.documents, random.Random(args.seed))
    elif KEPT.exists():
        frame = json.loads(KEPT.read_text("utf-8"))
    else:
        frame = of_gold(args.gold, args.keep)
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(frame, ensure_ascii=False), "utf-8")
    frame = dict(list(frame.items())[: args.documents])
    started = time.process_time()
    members = [Member(name, *one["member"]) for name, one in frame.items()]
    size = size_for(len(members), args.half_width, args.expect)
    truth = figures(frame, dict.fromkeys(frame, 1.0))
    covered, width = defaultdict[tuple[str, str], int](int), defaultdict[tuple[str, str], float](float)
    shown = defaultdict[tuple[str, str], int](int)
    for at in range(args.draws):
        drawn = draw(members, size, args.seed * 1_000_003 + at, () if args.simple else BY)
        weight = weights(drawn.strata, (stratum for _, stratum in drawn.places))
        for key, one in figures(frame, {name: weight[stratum] for name, stratum in drawn.places}).items():
            real = truth[key]
            if one is None or real is None:
                continue
            shown[key] += 1
            covered[key] += one.low - 1e-12 <= real.share <= one.high + 1e-12
            width[key] += (one.high - one.low) / 2
    print(f"{len(members)} documents, samples of {size} in {len(drawn.strata)} strata, {args.draws} draws, seed {args.seed}, "
          f"{time.process_time() - started:.0f} s of processor time")  # fmt: skip
    print(f"{'':<16}{'true':>8}{'covered':>9}{'± mean':>8}    {'never in question':>17}")
    least = 100.0
    for field in (*USUAL, "values", "documents"):
        cells = []
        for key in ((field, "all"), (field, "unasked")):
            if (real := truth.get(key)) is None:
                cells.append(f"{'-':>25}")
                continue
            share = 100 * covered[key] / shown[key]
            least = min(least, share)
            cells.append(f"{real.share:>8.4f}{share:>9.1f}{width[key] / shown[key]:>8.4f}")
        print(f"{field:<16}{cells[0]}    {cells[1]}")
    print(f"least: {least:.1f} of 100")
    return 0 if least >= 94 else 1


if __name__ == "__main__":
    raise SystemExit(main())
