"""Every pattern of the package reads the worst text for it in time that grows with the text, not with its square.

A pattern is run on texts made of what it repeats itself. What takes next to no time at 2,000 characters is linear: a
square would be two million steps. For the others, four times the text may take no more than nine times the time. All times
are compared with others of the same run, so that a busy or slow machine does not matter.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import regex

from tests.growth import is_linear, processor_time
from tests.hostile.pattern_attacks import attacks
from tests.hostile.pattern_census import Found, Site, sites

LENGTH = 2000
SUSPECT = 100  # times what a plain pattern takes for LENGTH characters
SECONDS = (
    20  # of CPU, a cut-off for all texts of one pattern: an exponential one would take longer than the universe has
)
WIDEST = " " * 40  # the widest gap in the canonical text (layout/builder.py), which all rooms but these read
RAW = (
    "src/vnadmin/source",
    "src/vnadmin/layout",
    "src/vnadmin/text",
    "src/vnadmin/index/query",
    "src/vnadmin/cli",
    "service",
)
# Kept in a tuple, or handed to a function, that calls nothing but this.
ANCHORED = {"src/vnadmin/zones/kind.py": "_opens"}
# Made of a user's query, an agency's name, a setting: their parts stand in the pattern escaped, between literals.
OF_INPUT = ("src/vnadmin/index/search/marks.py", "src/vnadmin/agencies.py", "service/vnadmin_service/settings.py")


class _TooLong(BaseException):
    pass


@pytest.fixture(scope="module")
def found() -> list[Found]:
    """All patterns, from a process that imported vnadmin with its eyes open."""
    program = Path(__file__).with_name("pattern_census.py")
    done = subprocess.run([sys.executable, str(program)], capture_output=True, check=True)
    return [Found(*item) for item in json.loads(done.stdout)]


def _of(site: Site, found: list[Found]) -> list[Found]:
    seen = [one for one in found if one.path == site.path and site.first <= one.line <= site.last]
    return seen or ([Found(site.path, site.first, site.literal, 0, "re")] if site.literal is not None else [])


def test_no_pattern_goes_by_unseen(found: list[Found]) -> None:
    """Each place in the source that makes a pattern was reached, but for those that are made of a user's input."""
    missed = {site.path for site in sites() if not _of(site, found)}
    assert missed <= set(OF_INPUT)
    assert len(found) > 500


def test_no_pattern_takes_the_square_of_its_text(found: list[Found]) -> None:
    """Neither polynomial nor exponential."""
    slow = []
    for site in sites():
        for one in _of(site, found):
            compiled = _compiled(one)
            methods = ("match",) if site.path in ANCHORED else site.methods
            try:
                with _cut_off(SECONDS):
                    text = _worst(compiled, methods, one)
            except _TooLong:
                text = "all of them"
            if text is not None:
                slow.append(f"{site.path}:{site.first}: {one.source[:80]!r} on {text!r}")
    assert slow == []


def _worst(compiled: Any, methods: tuple[str, ...], one: Found) -> str | None:
    """The beginning of a text on which time grows too fast; None where there is none."""
    suspect = SUSPECT * _plain()
    times = {
        index: taken
        for index, text in enumerate(_texts(one, LENGTH))
        if len(text) >= LENGTH // 2 and (taken := processor_time(lambda: _run(compiled, methods, text))) >= suspect  # noqa: B023
    }
    for index in sorted(times, key=times.__getitem__)[-3:]:

        def attack(length: int, index: int = index) -> Callable[[], None]:
            text = next(islice(_texts(one, length), index, None))
            return lambda: _run(compiled, methods, text)

        if not is_linear(attack, LENGTH):
            return next(islice(_texts(one, LENGTH), index, None))[:40]
    return None


@cache
def _plain() -> float:
    """Processor time of a pattern that looks at each of LENGTH characters once."""
    plain = re.compile("[ab]c")
    return min(processor_time(lambda: _run(plain, (), "a" * LENGTH)) for _ in range(20))


def _texts(one: Found, length: int) -> Iterator[str]:
    """The attacks, their gaps as the canonical text has them where that is what the room reads."""
    for text in attacks(one.source, one.flags, length):
        yield text if one.path.startswith(RAW) else re.sub(r"\s{41,}", WIDEST, text)


def _compiled(one: Found) -> Any:
    if one.engine == "regex":
        return regex.compile(one.source, one.flags)
    try:
        return re.compile(one.source, one.flags)
    except re.error:  # as vnadmin.text.pattern does
        return regex.compile(one.source, one.flags)


def _run(compiled: Any, methods: tuple[str, ...], text: str) -> None:
    """A pattern on a text, by the methods that the module calls; by a search where that is unknown."""
    if methods and set(methods) <= {"match", "fullmatch"}:
        for method in methods:
            getattr(compiled, method)(text)
    else:
        for _ in compiled.finditer(text):
            pass


@contextmanager
def _cut_off(seconds: float) -> Iterator[None]:
    """By processor time, looked at each second of the clock: a timer of processor time makes its clock coarse on some systems."""
    start = time.process_time()

    def stop(number: int, frame: FrameType | None) -> None:
        if time.process_time() - start >= seconds:
            raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    ("pattern", "methods"),
    [
        (r"(?:a+)+$", ("match",)),
        (r"\s*,?\s*x", ()),
        (r"\d+$", ("search",)),
        (r"(?r)x\s*,?\s*", ("search",)),
        (r"(?:\w|ab?)*!", ("match",)),
    ],
)
def test_the_attacks_hit(pattern: str, methods: tuple[str, ...]) -> None:
    """Patterns known to be slow are found out, so that the test above means something."""
    one = Found("src/vnadmin/source/none.py", 1, pattern, 0, "lazy")
    try:
        with _cut_off(2):
            text = _worst(_compiled(one), methods, one)
    except _TooLong:
        text = "all of them"
    assert text is not None
