"""Which documents are reviewed: strata, how many of each, and which, by a seed that draws the same ones again."""

from __future__ import annotations

import hashlib
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

By = Literal["issuer", "year", "kind"]  # what strata are made by
BY: Final[tuple[By, ...]] = ("issuer", "year", "kind")


class Member(NamedTuple):
    """A document of the frame, and what it may be put in a stratum by."""

    sha256: str
    issuer: str | None = None
    year: int | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Stratum:
    """Documents that are alike; `rest` holds those of strata too small for one of their own.

    Attributes:
        documents: how many the frame has.
        drawn: how many of them are reviewed.
    """

    documents: int
    drawn: int
    rest: bool = False
    issuer: str | None = None
    year: int | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Drawn:
    """A sample. `places`: each document with the place of its stratum, in the order of review."""

    strata: tuple[Stratum, ...]
    places: tuple[tuple[str, int], ...]


def draw(frame: Iterable[Member], size: int, seed: int, by: Sequence[By] = BY) -> Drawn:
    """Draw a sample in proportion to strata; the same frame and seed give the same one, in whatever order the frame comes.

    A stratum of which less than one document would be drawn is taken together with others of its kind as the rest.

    Args:
        size: documents to review; the frame has as many at least.
        by: what strata are made by; nothing makes a simple random sample.
    """
    members = sorted(frame)
    own = defaultdict[tuple[str | int | None, ...], list[Member]](list)
    for member in members:
        own[tuple(getattr(member, name) for name in by)].append(member)
    large = [key for key, group in own.items() if size * len(group) >= len(members)]
    keys = sorted(large, key=lambda key: (-len(own[key]), _order(key)))
    rest = [member for key, group in own.items() if size * len(group) < len(members) for member in group]
    groups = [own[key] for key in keys] + ([sorted(rest)] if rest else [])
    counts = allocate([len(group) for group in groups], size)
    dice = random.Random(seed)  # noqa: S311  to be drawn again by whoever checks it
    places = [
        (one.sha256, at)
        for at, (group, count) in enumerate(zip(groups, counts, strict=True))
        for one in dice.sample(group, count)
    ]
    dice.shuffle(places)
    strata = [_stratum(group[0], count, len(group), by) for group, count in zip(groups, counts, strict=True)]
    if rest:
        strata[-1] = Stratum(len(rest), counts[-1], rest=True)
    return Drawn(tuple(strata), tuple(places))


def allocate(sizes: Sequence[int], size: int) -> list[int]:
    """How many of each stratum: its share, rounded so that the sum is right, and one at least.

    >>> allocate([60, 30, 10], 10), allocate([97, 3], 10)
    ([6, 3, 1], [9, 1])
    """
    whole = sum(sizes)
    shares = [size * one / whole for one in sizes]
    counts = [max(1, math.floor(share)) for share in shares]
    behind = sorted(range(len(sizes)), key=lambda at: (counts[at] - shares[at], at))
    for at in behind[: max(0, size - sum(counts))]:
        counts[at] += 1
    return counts


def weights(strata: Sequence[Stratum], reviewed: Iterable[int]) -> Mapping[int, float]:
    """How many documents of the frame each reviewed one stands for, by the place of its stratum.

    Args:
        reviewed: the stratum of each document that was reviewed.
    """
    return {at: strata[at].documents / count for at, count in Counter(reviewed).items()}


def digest(frame: Iterable[Member]) -> str:
    """The frame in one line: SHA-256 of the sorted SHA-256 of its documents, each followed by a line end."""
    return hashlib.sha256("".join(f"{one.sha256}\n" for one in sorted(frame)).encode()).hexdigest()


def _stratum(one: Member, drawn: int, documents: int, by: Sequence[By]) -> Stratum:
    """The stratum that a document belongs to, named by what strata are made by."""
    issuer, year, kind = (getattr(one, name) if name in by else None for name in BY)
    return Stratum(documents, drawn, issuer=issuer, year=year, kind=kind)


def _order(key: tuple[str | int | None, ...]) -> list[tuple[bool, str]]:
    """What is not known comes last."""
    return [(part is None, str(part)) for part in key]
