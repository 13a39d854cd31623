"""Pinpoints as structure: each provision by its parts, the largest first, `Điều này` and `khoản này` among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from vnadmin.citation.provision.chains import LEVELS, find_chains, level_of, read_pins
from vnadmin.identifiers import provision
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.pattern import pattern

THIS: Final = "*"
"""The number of `Điều này`: of the provision in which the words stand."""

_RANK: Final = {name: index for index, name in enumerate(LEVELS)}
_LEVEL_WORDS = r"điểm|khoản|điều|mục|chương|phần|phụ\s+lục"
# "khoản 2 Điều này", "khoản 3 và khoản 4 của Điều này"
_TAIL = pattern(rf"\s*,?\s*(?:của\s+|thuộc\s+|tại\s+)?(?P<word>{_LEVEL_WORDS})\s+này(?!\w)")
# "quy định tại Điều này", "theo khoản này"; never "điều này cho thấy", "ở điểm này chúng tôi"
_ALONE = pattern(rf"(?<!\w)(?:tại|theo|của|trong)\s+(?P<whole>(?P<word>{_LEVEL_WORDS})\s+này)(?!\w)")
_ORDINALS: Final = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5", "sáu": "6", "bảy": "7"}


@dataclass(frozen=True, slots=True)
class Part:
    """One level of a pinpoint and its number as printed; ordinals as digits, `*` for `này`."""

    level: str
    number: str


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """One provision: where it is printed, and its parts, largest first."""

    spans: tuple[Span, ...]
    parts: tuple[Part, ...]

    @property
    def eid(self) -> str:
        """In the manner of Akoma Ntoso's eIds: `art_5__para_2__point_a`."""
        return provision([(part.level, part.number) for part in self.parts])

    @property
    def is_relative(self) -> bool:
        """Whether it can only be read from where it stands: `khoản 2 Điều này`."""
        return any(part.number == THIS for part in self.parts)


@dataclass(frozen=True, slots=True)
class Chain:
    """The words of one or more provisions that stand together."""

    start: int
    end: int
    pinpoints: tuple[Pinpoint, ...]


def read_pinpoints(document: SourceDocument, start: int, end: int) -> list[Chain]:
    """All pinpoints between two positions, in order."""
    chains = [_read(document, chain, end) for chain in find_chains(document, start, end)]
    taken = [(chain.start, chain.end) for chain in chains]
    if document.folded.find(" này", start, end) >= 0:
        for match in _ALONE.finditer(document.folded, start, end):
            span = Span(*match.span("whole"))
            level = level_of(match["word"])
            capital = level != "article" or document.text[span.start].isupper()  # "điều này cho thấy"
            if capital and not any(s < span.end and span.start < e for s, e in taken):
                chains.append(Chain(span.start, span.end, (Pinpoint((span,), (Part(level, THIS),)),)))
        chains.sort(key=lambda chain: chain.start)
    return chains


def _read(document: SourceDocument, chain: Span, end: int) -> Chain:
    found = [
        Pinpoint(pin.spans, tuple(Part(level, _plain(number)) for level, number, _ in reversed(pin.numbers)))
        for pin in read_pins(document, chain)
    ]
    tail = _TAIL.match(document.folded, chain.end, end)
    if tail is None:
        return Chain(chain.start, chain.end, tuple(found))
    level, span = level_of(tail["word"]), Span(tail.start("word"), tail.end())
    return Chain(chain.start, tail.end(), tuple(_within_this(found, level, span)))


def _within_this(found: list[Pinpoint], level: str, span: Span) -> Iterator[Pinpoint]:
    """`Điều này` holds for the last provision and for those before it that name no article either."""
    first = len(found)
    while first and _RANK[found[first - 1].parts[0].level] < _RANK[level]:
        first -= 1
    for index, pinpoint in enumerate(found):
        if index < first:
            yield pinpoint
        else:
            yield replace(pinpoint, spans=(*pinpoint.spans, span), parts=(Part(level, THIS), *pinpoint.parts))


def _plain(number: str) -> str:
    """`thứ hai` as `2`; all else as printed."""
    words = number.lower().split()
    if words and words[0] == "thứ":
        return _ORDINALS.get(words[-1], words[-1])
    return number
