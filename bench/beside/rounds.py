"""Children in turn: starts contestants, pins them to a processor, times them round by round, sums up.

One contestant works at a time, and every round asks each of them, so that a drift of the machine's speed or a neighbour's
noise touches all alike. Of the rounds the best one stands for a file (noise only ever adds), and ratios are made of those;
the distance from the best to the median is given as the spread.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import select
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from beside.peers import ENVIRONMENTS, clean_environment, environment_of, python_of

PATIENCE = 150.0  # seconds for one answer: a contestant that hangs must not hold up the others
CHILD = Path(__file__).parent / "child.py"
SAMPLE = 0.02  # seconds: a shorter call is repeated within one sample until it fills this
MOST_INNER = 25
FAST, SLOW = 0.01, 0.15  # seconds of one call below which twice the rounds are taken, and from which few
SLOW_ROUNDS = 3


class ContestantFailed(Exception):
    """A contestant could not do what was asked."""


def processors() -> list[int]:
    """The processors this run may use, the one to measure on first: the last, for interrupts favour the first."""
    return sorted(os.sched_getaffinity(0), reverse=True)


class Contestant:
    """One child process that holds one driver warm."""

    def __init__(self, driver: str, cpu: int, environment: str | None = None) -> None:
        self.driver = driver
        python = python_of(environment or environment_of(driver))
        self._process = subprocess.Popen(
            [python, CHILD, driver],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**clean_environment(), "BENCH_CACHE": str(ENVIRONMENTS / "hyperscan")},
            preexec_fn=lambda: os.sched_setaffinity(0, {cpu}),  # before it starts threads of its own
        )

    def send(self, order: str, **arguments: object) -> None:
        """Give an order without waiting: two contestants may work side by side."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"order": order, **arguments}) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise ContestantFailed(f"{self.driver} is gone") from None

    def answer(self) -> dict[str, Any]:
        """Wait for what the last order gave."""
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], PATIENCE)[0]:
            self._process.kill()
        line = self._process.stdout.readline()
        if not line:
            raise ContestantFailed(f"{self.driver} ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise ContestantFailed(f"{self.driver}: {answer['error']}")
        return answer

    def ask(self, order: str, **arguments: object) -> dict[str, Any]:
        """Give an order and wait for its answer."""
        self.send(order, **arguments)
        return self.answer()

    def close(self) -> None:
        """End the child."""
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate()

    def __enter__(self) -> Contestant:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass
class Times:
    """Seconds of every round of one contestant, by file."""

    by_file: dict[str, list[float]] = field(default_factory=dict)

    def best(self, path: str) -> float:
        """The best round of a file."""
        return min(self.by_file[path])

    def bests(self) -> list[float]:
        """The best round of each file, in ascending order."""
        return sorted(map(min, self.by_file.values()))

    def spread(self) -> float:
        """How far a file's median round lies over its best one, as a share: the median over files."""
        return statistics.median(statistics.median(s) / min(s) - 1 for s in self.by_file.values())


def in_turn(contestants: Sequence[Contestant], paths: Iterable[Path], rounds: int) -> dict[str, Times]:
    """Time contestants on files, round by round. A file that one of them cannot read is left out for that one alone."""
    plan: list[tuple[Contestant, str, int, int]] = []
    times = {contestant.driver: Times() for contestant in contestants}
    for path in map(str, paths):
        for contestant in contestants:
            try:
                seconds = contestant.ask("time", path=path)["seconds"]  # warms up; not counted
                if seconds < 1:
                    seconds = contestant.ask("time", path=path)["seconds"]
            except ContestantFailed as error:
                print(f"  left out: {error}", file=sys.stderr)
                continue
            inner = min(MOST_INNER, max(1, math.ceil(SAMPLE / seconds)))
            count = 2 * rounds if seconds < FAST else rounds if seconds < SLOW else min(rounds, SLOW_ROUNDS)
            plan.append((contestant, path, inner, count))
    for number in range(2 * rounds):
        for contestant, path, inner, count in plan:
            if number < count:
                try:
                    seconds = contestant.ask("time", path=path, inner=inner)["seconds"]
                except ContestantFailed as error:
                    print(f"  a round is missing: {error}", file=sys.stderr)
                    continue
                times[contestant.driver].by_file.setdefault(path, []).append(seconds)
    return times


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies, none between two of them made up."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ratios(own: Times, other: Times) -> list[float]:
    """Own best time over the other's, file by file, for files that both read; in ascending order."""
    return sorted(own.best(path) / other.best(path) for path in own.by_file if path in other.by_file)


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The exponent with which values grow with sizes: least squares on logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in values]
    return statistics.linear_regression(x, y).slope
