"""A few seconds of the siege: every seed, every earlier find, and some mutations of each, without the fuzzer.

`make siege` goes on for an hour, guided by coverage (docs/siege.md); what it finds is kept in `finds/` and replayed here.
"""

from __future__ import annotations

import random
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import pytest

for name in ("cv2", "pikepdf", "olefile"):
    pytest.importorskip(name, reason="the siege needs the extras: pip install 'vnadmin[all]'")

from siege import mutants  # noqa: E402 - found by the path that was just set
from siege.seeds import FINDS  # noqa: E402
from siege.targets import TARGETS, Target  # noqa: E402

from vnadmin import VnadminError  # noqa: E402

SECONDS = 10  # of CPU for one input
MUTATIONS = 40  # of each target


class _TooSlow(BaseException):
    pass


@contextmanager
def _processor_time(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _seeds(target: Target) -> list[bytes]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf remarks on a widget that stands in no form, as portals write them
        return target.seeds()


def _plainly(chance: random.Random) -> Callable[[bytes, int], bytes]:
    """What the fuzzer does with bytes, in short: some are changed, or a stretch is lost or doubled."""

    def changed(data: bytes, most: int) -> bytes:
        place = chance.randrange(len(data) + 1)
        size = chance.choice((1, 2, 4, 32))
        middle = chance.choice((b"", data[place : place + size] * 2, chance.randbytes(size)))
        return (data[:place] + middle + data[place + size :])[:most]

    return changed


@pytest.mark.timeout(600)
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_input_has_a_sound_answer_or_a_documented_error(target: Target) -> None:
    """Seeds, finds and mutations: nothing else than an answer that keeps its promises, or a VnadminError."""
    seeds = _seeds(target)
    answered = 0
    chance = random.Random(target.name)
    small = [seed for seed in seeds if len(seed) <= target.longest]
    mutations = (
        target.mutation(chance.choice(small), target.longest, chance, _plainly(chance)) for _ in range(MUTATIONS)
    )
    for data in (*seeds, *mutations):
        with suppress(VnadminError), _processor_time(SECONDS):
            answered += target.answer(data)
    assert answered >= len(seeds) // 2


def test_each_find_belongs_to_a_target() -> None:
    """A folder of finds that no target reads would never be replayed."""
    assert {path.name for path in FINDS.iterdir()} <= {target.name for target in TARGETS}
    assert all(path.stat().st_size < 100_000 for path in FINDS.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], (2000, 1, 1, ["library", "batches", "review", "index"])),
        (["100"], (100, 1, 1, ["library", "batches", "review", "index"])),
        (["2000", "2/5"], (2000, 2, 5, ["library", "batches", "review", "index"])),
        (["2000", "2/5", "library,batches"], (2000, 2, 5, ["library", "batches"])),
    ],
)
def test_parts_of_a_long_siege(words: list[str], found: tuple[int, int, int, list[str]]) -> None:
    """A share of the files, through some of the stages."""
    assert mutants.asked(words) == found


@pytest.mark.parametrize(
    "words",
    [["2000", "1"], ["2000", "0/5"], ["2000", "6/5"], ["2000", "1/0"], ["many"], ["2000", "1/5", "lib"], ["1"] * 4],
)
def test_no_such_part(words: list[str]) -> None:
    """A sentence, before a server is started."""
    with pytest.raises(SystemExit):
        mutants.asked(words)
