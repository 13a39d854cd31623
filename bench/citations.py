"""Characters a second of the citation finder on the gold texts, beside eyecite's on English of the same size, in one run.

    python bench/citations.py [--rounds 9] [--english FILE] [--write]

Two tasks, for the two tools do different things: `find` is the mentions alone (eyecite: `get_citations`; vnadmin: what the
parser calls), `resolve` adds what each means (eyecite: `resolve_citations`; vnadmin: `cite`, with identifiers, pinpoints and
`Nghị định này`). eyecite runs with both of its tokenizers. Rounds interleave the contestants; medians count. Without
--english the English is composed of sentences below, with a citation as often as one stands in the gold texts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import vnadmin
from vnadmin.citation import Itself, cite_zones, read_appendix_references, read_references
from vnadmin.errors import VnadminError
from vnadmin.source import read_source
from vnadmin.zones import find_zones
from vnadmin.zones.zone import Zones

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev"
PAGE = ROOT / "docs" / "evaluation.md"
BEGIN, END = "<!-- begin citation speed -->", "<!-- end citation speed -->"
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
PROSE = (
    "The agency shall publish each notice in the form that the rule of the preceding year laid down.",
    "Nothing in the record shows that the parties were heard before the order was made final.",
    "The statute gives the board a discretion, but it does not give it a licence to decide without reasons.",
    "We are asked to say whether a permit that was granted for one district holds in the district beside it.",
    "The court below read the two sections together and found that the later one limits the earlier.",
    "Petitioner answers that the words of the act are plain and that its history cannot make them doubtful.",
    "A fee that is charged for a service must stand in some relation to the cost of that service.",
    "The commissioner may extend the time for filing once, for good cause, and must say what the cause was.",
    "On this ground the judgment cannot be upheld, and we need not reach the second question.",
    "Where two offices share a duty, each remains answerable for the whole of it.",
)
CITED = (
    "See Baker v. Carr, 369 U. S. 186, 217 (1962). ",
    "Smith v. Jones, 12 F.3d 345 (2d Cir. 1993). ",
    "42 U.S.C. § 1983. ",
    "Id., at 219. ",
    "Baker, 369 U. S., at 220. ",
    "Doe v. Roe, 55 F. Supp. 2d 101, 109 (S.D.N.Y. 1999). ",
)  # fmt: skip


def gold_zones() -> list[Zones]:
    """The born-digital gold documents, read and cut into zones."""
    found = []
    for path in sorted(GOLD.glob("*/source.*")):
        if path.suffix.lower() in PICTURES:
            continue
        try:
            found.append(find_zones(read_source(path.read_bytes(), vnadmin.Config(ocr="off"), None)))
        except VnadminError:
            continue  # a scan without OCR
    return found


def english(sizes: list[int], every: int) -> list[str]:
    """Texts of the given sizes with a citation after so many characters; lines of four sentences."""
    prose, cited = itertools.cycle(PROSE), itertools.cycle(CITED)
    texts = []
    for size in sizes:
        parts: list[str] = []
        length, since = 0, 0
        for number in itertools.count(1):
            piece = next(prose) + (" " if number % 4 else "\n")
            if since >= every:
                piece += next(cited)
                since -= every
            parts.append(piece)
            length += len(piece)
            since += len(piece)
            if length >= size:
                break
        texts.append("".join(parts)[:size])
    return texts


def cut(text: str, sizes: list[int]) -> list[str]:
    """A real text, repeated where it is too short, cut into pieces of the given sizes."""
    stream = text * (sum(sizes) // len(text) + 1)
    ends = list(itertools.accumulate(sizes))
    return [stream[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def measure(contestants: dict[str, Callable[[], int]], rounds: int) -> dict[str, tuple[list[float], int]]:
    """Seconds of each round and what was found; a first round is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    found = dict.fromkeys(contestants, 0)
    for number in range(rounds + 1):
        for name, run in contestants.items():
            start = time.perf_counter()
            found[name] = run()
            if number:
                seconds[name].append(time.perf_counter() - start)
    return {name: (seconds[name], found[name]) for name in contestants}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--english", type=Path, help="a real English text instead of the composed one")
    parser.add_argument("--write", action="store_true", help="write the table into docs/evaluation.md")
    options = parser.parse_args()
    try:
        from eyecite import get_citations, resolve_citations
        from eyecite.tokenizers import AhocorasickTokenizer, HyperscanTokenizer
    except ImportError:
        print('pip install "eyecite>=2.7" "hyperscan>=0.7"', file=sys.stderr)
        return 1
    if not GOLD.is_dir():
        print(f"{GOLD} is not there", file=sys.stderr)
        return 1
    zones = gold_zones()
    sizes = [len(z.document.text) for z in zones]
    itself, plain = Itself(), AhocorasickTokenizer()
    fast = HyperscanTokenizer(cache_dir=str(Path(tempfile.gettempdir()) / "eyecite-hyperscan"))

    def found_here() -> int:
        return sum(
            len(r.mentions)
            for z in zones
            for r in (*read_references(z), *itertools.chain(*read_appendix_references(z)))
        )

    def cited_here() -> int:
        return sum(len(cite_zones(z, itself).citations) for z in zones)

    real = options.english
    texts = cut(real.read_text("utf-8"), sizes) if real else english(sizes, sum(sizes) // found_here())
    contestants: dict[str, Callable[[], int]] = {
        "vnadmin, find": found_here,
        "eyecite, find": lambda: sum(len(get_citations(t, tokenizer=plain)) for t in texts),
        "eyecite with Hyperscan, find": lambda: sum(len(get_citations(t, tokenizer=fast)) for t in texts),
        "vnadmin, cite": cited_here,
        "eyecite with Hyperscan, find and resolve": lambda: sum(
            len(c) for t in texts for c in resolve_citations(get_citations(t, tokenizer=fast)).values()
        ),
    }
    table = table_of(measure(contestants, options.rounds), sizes, real.name if real else "composed English")
    print(table)
    if options.write:
        page = PAGE.read_text("utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")
    return 0


def table_of(measured: dict[str, tuple[list[float], int]], sizes: list[int], kind: str) -> str:
    """The page's table, and what was read under which circumstances."""
    size, rounds = sum(sizes), max(len(seconds) for seconds, _ in measured.values())
    lines = ["| contestant | citations | median ms | characters a second |", "|---|---|---|---|"]
    for name, (seconds, found) in measured.items():
        median = statistics.median(seconds)
        lines.append(f"| {name} | {found} | {median * 1000:.0f} | {size / median / 1e6:.2f} million |")
    lines.append(
        f"\n{len(sizes)} texts of {size:,} characters in all, {kind} of the same sizes; {rounds} rounds in turn, "
        f"one process, {dt.datetime.now(dt.UTC).date()}."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
