"""The accuracy gate: figures on the gold documents may not fall below the floors of bench/floors.toml.

    python bench/gate.py                    check (skipped with a reason where the gold folder is absent)
    python bench/gate.py --update           raise floors to today's figures; never lowers one
    python bench/gate.py --allow-regression "reason"   the only way to lower a floor

The floors stand beside a hash of the labels and sources, so that a changed corpus cannot pass for a changed parser.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).parent / "floors.toml"
GOLD = ROOT.parent / "shared" / "gold" / "dev"
SCORER = ROOT.parent / "shared" / "tools" / "score.py"
# One document more or less moves a field's figure by about 0.01; less than this is noise of the labels.
EPSILON = 0.0005
SLOW = {"scan"}  # OCR of 91 pages takes three to six minutes: checked by `make gate-scan` alone


def corpus_hash() -> str:
    """SHA-256 over the names and contents of every label and source, in order."""
    digest = hashlib.sha256()
    for path in sorted(GOLD.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(GOLD)).encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def figures(only: str) -> dict[str, float]:
    """Today's figure of each field over one part of the gold documents."""
    sys.path.insert(0, str(SCORER.parent))
    import score

    import vnadmin

    tallies, _, failures, _, _, graded = score.run(
        GOLD, lambda path: vnadmin.parse(path).model_dump(mode="json", by_alias=True), only
    )
    result = {field: tally.figure() for field, tally in tallies["all"].items()}
    found = {field: round(value, 4) for field, value in result.items() if value is not None}
    certain = [hit for (_, grade), hits in graded.items() if grade == "certain" for hit in hits]
    found["certain_right"] = round(sum(certain) / len(certain), 4) if certain else 0.0
    found["documents_read"] = float(sum(1 for _ in score.load(GOLD, only)) - len(failures))
    return found


def write(floors: dict[str, dict[str, float]], corpus: str, reason: str) -> None:
    """Write floors.toml anew, fields in order."""
    lines = [
        "# Floors of the accuracy gate; written by bench/gate.py, read in review. Never edit by hand.",
        f'corpus = "{corpus}"',
        f'last_regression = "{reason}"',
    ]
    for part, values in floors.items():
        lines.append(f"\n[floors.{part}]")
        lines.extend(f'"{field}" = {value:.4f}' for field, value in sorted(values.items()))
    FLOORS.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> int:
    """Exit status 1 when a floor is broken or the corpus is another one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", metavar="REASON")
    parser.add_argument("--only", action="append", help="digital (default), scan")
    args = parser.parse_args()
    if not GOLD.is_dir():
        print(f"gate: skipped, {GOLD} is not there")
        return 0
    kept = (
        tomllib.loads(FLOORS.read_text("utf-8"))
        if FLOORS.exists()
        else {"floors": {}, "corpus": "", "last_regression": ""}
    )
    corpus = corpus_hash()
    parts = args.only or [part for part in kept["floors"] if part not in SLOW] or ["digital"]
    broken: list[str] = []
    for part in parts:
        today = figures(part)
        floors = kept["floors"].setdefault(part, {})
        for field, value in sorted(today.items()):
            floor = floors.get(field, 0.0)
            if value < floor - EPSILON:
                broken.append(f"{part} {field}: {value:.4f} < {floor:.4f}")
            if args.allow_regression or value > floor:
                floors[field] = value
        print(f"gate: {part}: {len(today)} figures, {len([b for b in broken if b.startswith(part)])} below their floor")
    if kept["corpus"] != corpus:
        print("gate: the gold documents differ from those that the floors were measured on")
        if not args.update and not args.allow_regression:
            broken.append("corpus changed: run with --update after looking at the difference")
    if args.allow_regression or (args.update and not broken):
        write(kept["floors"], corpus, args.allow_regression or kept["last_regression"])
        print(f"gate: {FLOORS.name} written")
        return 0
    for line in broken:
        print(f"gate: BROKEN {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
