"""Budgets of calls: how many Python functions and patterns a bundled sample costs, whatever the machine.

Seconds hang on the machine and its load; calls do not. Calls are what a parse costs (patterns themselves take a sixth of the time),
so a change that asks a line twice shows here first.

    python bench/calls.py                    check against the budgets of bench/floors.toml, five in a hundred allowed
    python bench/calls.py --update           lower the budgets to today's counts; never raises one
    python bench/calls.py --allow-more "reason"   the only way to raise a budget

Each sample is read several times and the smallest counts stand: the first readings compile patterns and fill tables, and a few calls of
Python's own come and go. Python 3.12 calls no function for a comprehension, and the compiled build has no Python calls to count: on
another Python than that of the budgets, and on the compiled build, the check is skipped with that reason.
"""

from __future__ import annotations

import argparse
import cProfile
import sys
from pathlib import Path

import gate
import vnadmin
from vnadmin import genre

SAMPLES = Path(vnadmin.__file__).parent / "samples"
SLACK = 1.05  # what the rules of a while may cost together before somebody must say why
_READINGS = 6
_PATTERNS = ("of 're.Pattern' objects", "of '_regex.Pattern' objects")


def counts(path: Path) -> dict[str, int]:
    """How many Python functions one warm parse calls, and how many methods of patterns."""
    read = [_counted(path) for _ in range(_READINGS)]
    return {kind: min(each[kind] for each in read) for kind in read[0]}


def _counted(path: Path) -> dict[str, int]:
    profile = cProfile.Profile(builtins=True)
    profile.enable()
    vnadmin.parse(path)
    profile.disable()
    python = patterns = 0
    for entry in profile.getstats():
        if not isinstance(entry.code, str):
            python += entry.callcount
        elif any(sign in entry.code for sign in _PATTERNS):
            patterns += entry.callcount
    return {"python": python, "patterns": patterns}


def samples() -> list[Path]:
    """The bundled samples but the scan: OCR is another program's calls."""
    return sorted(path for path in SAMPLES.iterdir() if path.is_file() and path.suffix != ".py")


def main() -> int:
    """Exit status 1 when a sample costs more calls than its budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-more", metavar="REASON")
    args = parser.parse_args()
    if not genre.__file__.endswith(".py"):
        print("calls: skipped, the compiled build has no Python calls to count")
        return 0
    kept = gate.kept()
    version = "{}.{}".format(*sys.version_info)
    if kept.setdefault("calls_python", version) != version:
        print(f"calls: skipped, the budgets are of Python {kept['calls_python']}, this is {version}")
        return 0
    budgets = kept.setdefault("calls", {})
    broken: list[str] = []
    for path in samples():
        for kind, today in counts(path).items():
            budget = budgets.setdefault(kind, {}).get(path.name)
            print(f"calls: {path.name}: {kind} {today}, budget {budget}")
            if budget is not None and today > budget * SLACK:
                broken.append(f"{path.name}: {kind} {today} > {budget}")
            if args.allow_more or budget is None or today < budget:
                budgets[kind][path.name] = today
    if args.allow_more or (args.update and not broken):
        if args.allow_more:
            kept["last_increase"] = args.allow_more
        gate.write(kept)
        return 0
    return gate.ended("calls", broken)


if __name__ == "__main__":
    sys.exit(main())
