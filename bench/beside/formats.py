"""By format: the whole parse beside what each peer takes for bare text, documents a second, memory, shares of the stages."""

from __future__ import annotations

import contextlib
import itertools
import statistics
import sys
from pathlib import Path
from typing import Any

from beside.corpus import Corpus
from beside.peers import FORMATS, OWN, PEERS
from beside.rounds import Contestant, ContestantFailed, Times, in_turn, percentile, processors, ratios

LEAST = 0.4  # seconds that a list of files is read over and over
SOURCE = "vnadmin-source"


def contestants_of(name: str) -> list[str]:
    """The drivers that read a format, vnadmin first."""
    readers = [peer.name for peer in PEERS if name in peer.formats]
    return readers + [driver for peer in PEERS for kind, driver in peer.further if kind == name]


def by_format(corpus: Corpus, rounds: int) -> dict[str, Any]:
    """Everything about each format."""
    found = {}
    for name in FORMATS:
        paths = corpus.by_format[name]
        if not paths:
            continue
        print(f"{name}: {len(paths)} of {corpus.in_all[name]} documents", file=sys.stderr)
        found[name] = {
            "n": len(paths),
            "in_all": corpus.in_all[name],
            "contestants": one_format(name, paths, rounds),
            "stages": stage_shares(paths, rounds),
        }
    return found


def one_format(name: str, paths: list[Path], rounds: int) -> dict[str, Any]:
    """The row of each contestant."""
    cpu = processors()[0]
    children = [Contestant(driver, cpu) for driver in (*contestants_of(name), SOURCE)]
    try:
        times = in_turn(children, paths, rounds)
    finally:
        for child in children:
            child.close()
    rows: dict[str, Any] = {}
    for driver, measured in times.items():
        if not measured.by_file:
            continue
        bests = measured.bests()
        beside = ratios(times[OWN], measured)
        rows[driver] = {
            "n": len(bests),
            "p50": statistics.median(bests),
            "p95": percentile(bests, 0.95),
            "sum": sum(bests),
            "spread": measured.spread(),
            "ratio": statistics.median(beside),
            "ratio_least": beside[0],
            "ratio_most": beside[-1],
        }
        if driver != SOURCE:
            readable = [path for path in paths if str(path) in measured.by_file]
            rows[driver].update(throughput(driver, readable, rounds))
    return rows


def throughput(driver: str, paths: list[Path], rounds: int) -> dict[str, Any]:
    """Documents a second of one and of two processes in a loop as users write it, and the peak of memory of one.

    `own_1` and `own_2` are vnadmin's on the same files, in turn with the peer's: minutes later the machine is another.
    """
    names = list(map(str, paths))
    row: dict[str, Any] = {"peak": None, "rate_1": None, "rate_2": None}
    with contextlib.ExitStack() as stack:
        try:
            teams = {
                key: [stack.enter_context(Contestant(name, cpu)) for cpu in processors()[:2]]
                for key, name in (("rate", driver), ("own", OWN))
                if key == "rate" or driver != OWN
            }
            for child in itertools.chain(*teams.values()):
                child.ask("run", paths=names)  # warms up
            row["peak"] = teams["rate"][0].ask("memory")["VmHWM"]
            for count in range(1, len(processors()[:2]) + 1):
                for _ in range(min(rounds, 3)):
                    for key, team in teams.items():
                        rate = _rate_of(team[:count], names)
                        row[f"{key}_{count}"] = max(rate, row.get(f"{key}_{count}") or 0.0)
        except ContestantFailed as error:
            print(f"  no documents a second: {error}", file=sys.stderr)
    return row


def _rate_of(team: list[Contestant], names: list[str]) -> float:
    """Documents a second of contestants that work side by side."""
    for child in team:
        child.send("run", paths=names, least=LEAST)
    return sum(_rate(child.answer()) for child in team)


def _rate(answer: dict[str, Any]) -> float:
    return float(answer["documents"] / answer["seconds"])


def stage_shares(paths: list[Path], rounds: int) -> dict[str, float]:
    """Seconds of each stage: the best round of each file, summed over the files."""
    sums: dict[str, float] = {}
    with Contestant(OWN, processors()[0]) as child:
        for path in map(str, paths):
            child.ask("time", path=path)
            samples = [child.ask("stages", path=path) for _ in range(rounds)]
            for stage in samples[0]:
                sums[stage] = sums.get(stage, 0.0) + min(sample[stage] for sample in samples)
    return sums


def median_length(corpus: Corpus, rounds: int) -> dict[str, Any]:
    """Texts of the corpus's median length: documents a second of one core."""
    with Contestant(OWN, processors()[0]) as child:
        times = in_turn([child], corpus.near_median, rounds)[OWN]
        bests = times.bests()
        looped = max(
            _rate(child.ask("run", paths=list(map(str, corpus.near_median)), least=LEAST))
            for _ in range(min(rounds, 3))
        )
    return {
        "n": len(bests),
        "characters": corpus.median_length,
        "p50": statistics.median(bests),
        "rate": looped,
        "spread": times.spread(),
    }


def language_tools(corpus: Corpus, rounds: int, work: Path) -> dict[str, Any]:
    """Beside tools that read no files: names in texts (underthesea), citations (eyecite, on English of the same sizes)."""
    from citations import english  # bench/citations.py

    cpu = processors()[0]
    texts = corpus.near_median
    found: dict[str, Any] = {}
    with Contestant(OWN, cpu) as own, Contestant("underthesea", cpu) as other:  # it takes seconds for a text: a few
        found["underthesea"] = _pair(in_turn([own, other], texts[1:4], min(rounds, 2)))
    sizes = [len(path.read_text("utf-8")) for path in texts]
    pairs = []
    for number, text in enumerate(english(sizes, every=400)):
        path = work / f"english-{number}.txt"
        path.write_text(text, "utf-8")
        pairs.append(path)
    with Contestant("vnadmin-cite", cpu) as own, Contestant("eyecite", cpu) as other:
        own_times = Times()
        other_times = Times()
        # two languages, two lists of files: the n-th of one is as long as the n-th of the other
        for _ in range(2):
            for vietnamese, written in zip(texts, pairs, strict=True):
                own.ask("time", path=str(vietnamese))
                other.ask("time", path=str(written))
        for _ in range(rounds):
            for vietnamese, written in zip(texts, pairs, strict=True):
                for child, path, times in ((own, vietnamese, own_times), (other, written, other_times)):
                    seconds = child.ask("time", path=str(path), inner=10)["seconds"]
                    times.by_file.setdefault(vietnamese.name, []).append(seconds)
    found["eyecite"] = _pair({"own": own_times, "other": other_times})
    return found


def _pair(times: dict[str, Times]) -> dict[str, Any]:
    own, other = times.values()
    beside = ratios(own, other)
    return {
        "n": len(beside),
        "own": statistics.median(own.bests()),
        "other": statistics.median(other.bests()),
        "ratio": statistics.median(beside),
        "ratio_least": beside[0],
        "ratio_most": beside[-1],
        "spread": max(own.spread(), other.spread()),
    }
