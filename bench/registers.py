"""Draws registers of invented offices, misreads some of their numbers and days, and counts what `vnadmin registers` makes of them.

    python bench/registers.py [--count 2000] [--seed 0] [--offices 12] [--years 3]
    python bench/registers.py --count 100000       what a large archive takes, in processor time

Planted: numbers that were never issued (2 in 100, in stretches), numbers given twice (1 in 100), numbers and days of which one figure was
taken for another (4 and 3 in 100). Printed: precision and recall of gaps and doubles, proposals that are right and wrong, and how many
numbers are right before and after the proposals. A right number made wrong counts for itself.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vnadmin.index.registers.series import Entry, is_day, look_through, readings

NEVER, TWICE, NUMBER, DAY = 0.02, 0.01, 0.04, 0.03


@dataclass(frozen=True)
class Made:
    """A register as it was kept, and as it was read."""

    kept: dict[int, Entry]
    read: list[Entry]
    gaps: set[int]
    doubles: set[int]


def made(dice: random.Random, count: int, year: int) -> Made:
    """One register of about so many entries."""
    days = sorted(dice.randrange(365) for _ in range(count))
    number, kept, gaps, doubles = 0, {}, set[int](), set[int]()
    for key, offset in enumerate(days):
        twice = number and dice.random() < TWICE
        if twice:
            doubles.add(number)
        else:
            number += 1
            if dice.random() < NEVER / 2:
                stretch = dice.randint(1, 3)
                gaps.update(range(number, number + stretch))
                number += stretch
        day = (date(year, 1, 1) + timedelta(days=offset)).isoformat()
        kept[key] = Entry(key, number, "", day, f"{key}")
    read = [_misread(dice, entry) for entry in kept.values()]
    dice.shuffle(read)
    return Made(kept, read, gaps, doubles)


def _misread(dice: random.Random, entry: Entry) -> Entry:
    figures = [each for each in readings(str(entry.number)) if each[0] != "0"]
    if figures and dice.random() < NUMBER:
        return replace(entry, number=int(dice.choice(figures)))
    year, month, day = (entry.day or "").split("-")
    others = [f"{year}-{month}-{each}" for each in readings(day)]
    possible = [each for each in others if is_day(each)]
    if possible and dice.random() < DAY:
        return replace(entry, day=dice.choice(possible))
    return entry


def main() -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--offices", type=int, default=12)
    parser.add_argument("--years", type=int, default=3)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    tally = Counter[str]()
    each = max(1, args.count // (args.offices * args.years))
    registers = [made(dice, each, 2020 + year) for year in range(args.years) for _ in range(args.offices)]
    started = time.process_time()
    for register in registers:
        _count(register, tally)
    took = time.process_time() - started
    print(f"{len(registers)} registers, {tally['entries']} entries, seed {args.seed}, {took:.1f} s of processor time")
    for what in ("gaps", "doubles"):
        hit, found, planted = (tally[f"{what}.{name}"] for name in ("hit", "found", "planted"))
        print(
            f"{what}: precision {hit / max(1, found):.3f} of {found}, recall {hit / max(1, planted):.3f} of {planted}, "
            f"with the possible ones {tally[f'{what}.shown'] / max(1, planted):.3f}"
        )
    for field in ("number", "day"):
        print(
            f"{field}: wrong {tally[f'{field}.wrong']} of {tally['entries']} before, {tally[f'{field}.after']} after; proposals right "
            f"{tally[f'{field}.mended']}, wrong {tally[f'{field}.worse']}, of right values {tally[f'{field}.spoilt']}"
        )
    return 0


def _count(register: Made, tally: Counter[str]) -> None:
    found = look_through(register.read)
    tally["entries"] += len(register.read)
    gaps, perhaps = (
        {n for one, last in each for n in range(one, last + 1)} for each in (found.gaps, found.possible_gaps)
    )
    doubles = {each.number for each in found.doubles if each.sure}
    shown = {each.number for each in found.doubles}
    for what, seen, more, planted in (
        ("gaps", gaps, gaps | perhaps, register.gaps),
        ("doubles", doubles, shown, register.doubles),
    ):
        tally[f"{what}.hit"] += len(seen & planted)
        tally[f"{what}.found"] += len(seen)
        tally[f"{what}.planted"] += len(planted)
        tally[f"{what}.shown"] += len(more & planted)
    proposed = {(each.entry.key, each.field): each.value for each in found.proposals}
    for entry in register.read:
        kept = register.kept[entry.key]
        for field, was, true in (("number", str(entry.number), str(kept.number)), ("day", entry.day, kept.day)):
            value = proposed.get((entry.key, field))
            tally[f"{field}.wrong"] += was != true
            tally[f"{field}.after"] += (value or was) != true
            if value is not None:
                tally[f"{field}.{'mended' if value == true else 'worse'}"] += 1
                tally[f"{field}.spoilt"] += was == true


if __name__ == "__main__":
    raise SystemExit(main())
