"""The accuracy gate: figures on the gold documents may not fall below the floors of bench/floors.toml.

Four parts: `digital` and `scan` are the documents of ../shared/gold/dev, `partial` those of which a law portal and the national
database state a few values, `forms` a sample of documents as users' tools hand them over (three of each form).

    python bench/gate.py                    check (skipped with a reason where the gold folder is absent)
    python bench/gate.py --update           raise floors to today's figures; never lowers one
    python bench/gate.py --allow-regression "reason"   the only way to lower a floor

The floors stand beside a hash of the labels and sources, so that a changed corpus cannot pass for a changed parser.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).parent / "floors.toml"
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "gold" / "dev"
SCORERS = SHARED / "tools"
PARTS = ("digital", "partial", "forms")
SAMPLE = 3  # documents of each form
_NO_SAMPLE = ("scan", "format-")  # OCR takes minutes; containers are another program's work
# One document more or less moves a field's figure by about 0.01; less than this is noise of the labels.
# Scans take OCR of some minutes and are checked by `make gate-scan` alone.
EPSILON = 0.0005


def corpus_hash() -> str:
    """SHA-256 over the names and contents of every label and source of dev, and the names and sizes of the rest."""
    digest = hashlib.sha256()
    for path in sorted(GOLD.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(GOLD)).encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for path in sorted((*(GOLD.parent / "partial").rglob("*"), *(GOLD.parent / "forms").rglob("*"))):
        if path.is_file():
            digest.update(f"{path.relative_to(GOLD.parent)} {path.stat().st_size}".encode())
    return digest.hexdigest()


def figures(part: str) -> dict[str, float]:
    """Today's figures of one part."""
    if str(SCORERS) not in sys.path:
        sys.path.insert(0, str(SCORERS))
    if part == "partial":
        return partial_figures()
    return form_figures() if part == "forms" else gold_figures(part)


def parsed(path: Path) -> dict[str, Any]:
    """A document as the scorers want it."""
    import vnadmin

    return vnadmin.parse(path).model_dump(mode="json", by_alias=True)


def gold_figures(only: str) -> dict[str, float]:
    """The figure of each field over the labelled documents."""
    import score

    tallies, _, failures, _, _, graded = score.run(GOLD, parsed, only)
    result = {field: tally.figure() for field, tally in tallies["all"].items()}
    found = {field: round(value, 4) for field, value in result.items() if value is not None}
    certain = [hit for (_, grade), hits in graded.items() if grade == "certain" for hit in hits]
    found["certain_right"] = round(sum(certain) / len(certain), 4) if certain else 0.0
    found["documents_read"] = float(sum(1 for _ in score.load(GOLD, only)) - len(failures))
    return found


def partial_figures() -> dict[str, float]:
    """The share of right values of each set and field, and of those graded certain."""
    import score_partial

    found: dict[str, float] = {}
    for folder in sorted(path for path in (GOLD.parent / "partial").iterdir() if path.is_dir()):
        asked: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for label in sorted(folder.glob("*/partial.json")):
            source = next(path for path in label.parent.iterdir() if path.stem == "source")
            document = parsed(source)
            wanted = json.loads(label.read_text("utf-8"))
            for field, (hit, _, given, pointer) in score_partial.judge(wanted, document).items():
                sure = given and (document["evidence"].get(pointer) or [{}])[0].get("grade") == "certain"
                for name in (field, "certain_right") if sure else (field,):
                    asked[name] += 1
                    right[name] += hit
        found.update({f"{folder.name}.{name}": round(right[name] / asked[name], 4) for name in asked})
    return found


def form_figures() -> dict[str, float]:
    """The figure of each group of forms and each column, over a sample that is always the same."""
    import score_forms

    groups: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for form in sorted(path for path in (GOLD.parent / "forms").iterdir() if path.is_dir()):
            if form.name.startswith(_NO_SAMPLE):
                continue
            chosen = Path(folder) / form.name
            chosen.mkdir()
            for document in sorted(form.iterdir(), key=lambda path: hashlib.sha256(path.name.encode()).digest())[
                :SAMPLE
            ]:
                (chosen / document.name).symlink_to(document)
            group = next(name for name, sign in score_forms.GROUPS.items() if re.match(sign, form.name))
            groups.setdefault(group, []).extend(score_forms.read(chosen, GOLD, None))
    found: dict[str, float] = {}
    for group, rows in groups.items():
        for column, fields in score_forms.COLUMNS.items():
            if (value := score_forms.figure(rows, fields)) is not None:
                found[f"{group}: {column}"] = round(value, 4)
    sure = sum((row["certain"] for row in (row for rows in groups.values() for row in rows)), Counter())
    found["certain_right"] = round(sure[True] / max(1, sure.total()), 4)
    return found


def kept() -> dict[str, Any]:
    """What floors.toml holds; empty where it is not there."""
    if FLOORS.exists():
        return tomllib.loads(FLOORS.read_text("utf-8"))
    return {"floors": {}, "corpus": "", "last_regression": ""}


def write(values: dict[str, Any]) -> None:
    """Write floors.toml anew, fields in order: floors of this gate, budgets of bench/calls.py."""
    lines = ["# Floors and budgets; written by bench/gate.py and bench/calls.py, read in review. Never edit by hand."]
    lines.extend(f'{name} = "{value}"' for name, value in values.items() if isinstance(value, str))
    for part, floors in values["floors"].items():
        lines.append(f"\n[floors.{part}]")
        lines.extend(f'"{field}" = {value:.4f}' for field, value in sorted(floors.items()))
    for kind, budgets in values.get("calls", {}).items():
        lines.append(f"\n[calls.{kind}]")
        lines.extend(f'"{sample}" = {value}' for sample, value in sorted(budgets.items()))
    FLOORS.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> int:
    """Exit status 1 when a floor is broken or the corpus is another one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", metavar="REASON")
    parser.add_argument("--only", action="append", help="digital, partial, forms (the default: these three), scan")
    args = parser.parse_args()
    if not GOLD.is_dir():
        print(f"gate: skipped, {GOLD} is not there")
        return 0
    values = kept()
    corpus = corpus_hash()
    parts = args.only or list(PARTS)
    broken: list[str] = []
    for part in parts:
        today = figures(part)
        floors = values["floors"].setdefault(part, {})
        for field, value in sorted(today.items()):
            floor = floors.get(field, 0.0)
            if value < floor - EPSILON:
                broken.append(f"{part} {field}: {value:.4f} < {floor:.4f}")
            if args.allow_regression or value > floor:
                floors[field] = value
        print(f"gate: {part}: {len(today)} figures, {len([b for b in broken if b.startswith(part)])} below their floor")
    if values["corpus"] != corpus:
        print("gate: the gold documents differ from those that the floors were measured on")
        if not args.update and not args.allow_regression:
            broken.append("corpus changed: run with --update after looking at the difference")
    if args.allow_regression or (args.update and not broken):
        values.update(corpus=corpus, last_regression=args.allow_regression or values["last_regression"])
        write(values)
        print(f"gate: {FLOORS.name} written")
        return 0
    return ended("gate", broken)


def ended(name: str, broken: list[str]) -> int:
    """Print what is broken; the exit status."""
    for line in broken:
        print(f"{name}: BROKEN {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
