"""What a person sees of text: colours that are told from what lies under them, sizes that can be read, places on the page.

And which of a format's settings leave text as it is seen, by `data/looks.tsv`. A way that the table does not name, or names with
other values, is not known to hide anything; a value that is set so is not certain. So no list of ways to hide has to be complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from vnadmin.gazetteer import rows
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Box, Furniture
from vnadmin.source.html.measures import points
from vnadmin.text.pattern import pattern

Colour: TypeAlias = tuple[int, int, int]

ERASED = "\u200b"  # stands in a text for a character that is not seen; it is no blank, and none of a word
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
UNKNOWN: Colour = (-255, -255, -255)  # of a picture or a pattern: unlike any
SMALLEST = 2.0  # points: smaller letters are dots ("font-size:1px", `w:sz` 2)
NARROWEST = 10  # per cent of its width: a letter is a stroke
_ALIKE = 32  # of 255, in each channel: F0F0F0 on white is not seen, E0E0E0 hardly, D9D9D9 is a watermark
_CLEAR = 0.1  # opacity


@lru_cache(maxsize=512)
def is_alike(ink: Colour, ground: Colour) -> bool:
    """Whether letters of a colour cannot be told from what lies under them."""
    return all(abs(one - other) < _ALIKE for one, other in zip(ink, ground, strict=True))


def is_clear(opacity: float) -> bool:
    """Whether what is drawn so thin is not seen."""
    return opacity < _CLEAR


@lru_cache(maxsize=512)
def hex_colour(text: str) -> Colour | None:
    """A colour of six figures, with or without `#`; None for any other word ("auto", "none")."""
    text = text.strip().removeprefix("#")
    if len(text) == 3:
        text = "".join(2 * figure for figure in text)
    try:
        number = int(text, 16) if len(text) == 6 else -1
    except ValueError:
        return None
    return (number >> 16, number >> 8 & 255, number & 255) if number >= 0 else None


def says(text: str) -> bool:
    """Whether a text has a letter or a figure: white dots and blanks only set others apart."""
    return any(map(str.isalnum, text))


@dataclass(slots=True)
class Unseen:
    """What stands in a file and nobody sees, in the order of the file, and what is set in ways not known to be seen."""

    pieces: list[tuple[str, int | None, Box | None]] = field(default_factory=list)
    odd: list[str | None] = field(default_factory=list)  # None is the whole text

    def add(self, texts: Iterable[str], page: int | None = None, box: Box | None = None) -> None:
        """Keep pieces that stood together."""
        text = " ".join(" ".join(texts).split())
        if says(text):
            self.pieces.append((text, page, box))

    def write(self, builder: DocumentBuilder) -> None:
        """Into the record of what was set aside; one Issue says where the first piece stands."""
        for text in self.odd:
            builder.odd(text)
        for text, page, box in self.pieces:
            builder.furniture(text, Furniture.HIDDEN, page=page, box=box)
        if self.pieces:
            _, page, box = self.pieces[0]
            where = "in the file" if page is None else f"on page {page}"
            if box is not None:
                where += f" at {', '.join(f'{edge:.0f}' for edge in box)}"
            more = " and elsewhere" if len(self.pieces) > 1 else ""
            builder.issue(
                "hidden_text",
                f"Text that nobody sees, or that is struck out, stands {where}{more}; it is no part of any value.",
                page,
            )


# --- settings that are known to leave text as it is seen ---------------------------------------------------------

_TOKEN = pattern(r"[a-z-]{0,24}\([^()]{0,200}\)|[^\s,/]{1,80}")
_SHARE = pattern(r"(\d{1,6}(?:\.\d{0,9})?)(%|em|rem|)")
_KEPT = frozenset({"inherit", "initial", "unset", "revert", "auto", "normal", "none"})


class Known(NamedTuple):
    """Which values of a property leave text as it is seen."""

    every: bool = False
    words: frozenset[str] = frozenset()
    least: float | None = None
    most: float = 0.0
    share: float | None = None  # of what is around it: "85%", "1.2em", "1.5"

    def holds(self, value: str) -> bool:
        """Whether a value, in lower case, is one of those; of lengths each must lie within the limits, in points."""
        if self.every:
            return True
        if self.least is not None and self.share is None and len(value) < 7 and value.isdecimal():
            # nearly all of Word's
            return self.least <= int(value) <= self.most
        for token in _TOKEN.findall(value.partition("!")[0]):
            if token in _KEPT or token in self.words:
                continue
            if self.share is not None and (part := _SHARE.fullmatch(token)):
                if float(part[1]) / (100 if part[2] == "%" else 1) < self.share:
                    return False
                continue
            length = None if self.least is None else points(token)
            if length is None or self.least is None:
                if self.least is not None and not self.words and token.isalpha():
                    continue  # "solid", "thin"
                return False
            if not self.least <= length <= self.most:
                return False
        return True


@cache
def known(form: str) -> Mapping[str, Known]:
    """The properties of a format by name."""
    return {row["name"]: _read(row["values"]) for row in rows("looks") if row["format"] == form}


def _read(said: str) -> Known:
    if said == "*":
        return Known(every=True)
    parts = said.split()
    limits = [float(part) for part in parts if _is_number(part)]
    share = next((float(part[:-1]) for part in parts if part.endswith("x") and _is_number(part[:-1])), None)
    words = frozenset(
        part for part in parts if not _is_number(part.removesuffix("x")) or (part == "0" and len(limits) != 2)
    )
    least, most = limits if len(limits) == 2 else (None, 0.0)
    return Known(False, words, least, most, share)


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()
