"""RawLine: a line as a format gives it, before it is placed in a column and written into the canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vnadmin.genre.capitals import in_capitals
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import PLAIN, Cell, Column, Style
from vnadmin.text.compose import nfc

# A no-break space is a blank like any other here: typists pad headers with runs of them.
_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = (
    "\u200b\u200e\u200f\u2060"  # no reader shows them; a soft hyphen may be the letter ư of an old font, and stays
)
_FILLED = re.compile(r"[\d:/.…]")  # "SỐ:      /QĐ-UBND": these blanks are for a number
_DRAWN = "-_=*~.–— \t"
_LONGEST_RULE = 80
_MIDDLES = {"o0o", "0o0", "ooo", "000", "oo0oo", "0", "o"}  # "-----o0o-----", "- 0 -"
_LONGEST_MIDDLE = 5


class RawLine(NamedTuple):
    """One printed line, or one paragraph of a format that does not break lines.

    `text` is not cleaned yet: runs of blanks and tabs are kept, because they tell where the second column begins.
    An empty `text` is a blank line: it parts what stands above from what stands below and is never written.
    `confidences` are those of its words, where an OCR engine read it in a picture. For `rebuilt` see `Line`.
    """

    text: str
    style: Style = PLAIN
    starts_paragraph: bool = True
    column: Column = Column.FULL
    cell: Cell | None = None
    page: int | None = None
    confidences: tuple[float, ...] = ()
    rebuilt: bool = False


BLANK = RawLine("")


def normal(text: str) -> str:
    """Text as `RawLine` wants it: NFC, every kind of blank a plain one, tabs kept, no sign where a word may be cut."""
    if text.isascii():
        return text
    for sign in _UNSEEN:
        if sign in text:
            text = text.replace(sign, "")
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    return nfc(text)


def is_rule(text: str) -> bool:
    """Whether a line is drawn, not written: dashes, underscores, stars, or the typewriter's `-o0o-`."""
    if text[:1].isalnum() and text[0] not in "oO0":  # nearly every line
        return False
    if not any(map(str.isalnum, text)):
        return True
    if len(text) > _LONGEST_RULE:
        return False
    core = text.strip(_DRAWN)
    return len(core) <= _LONGEST_MIDDLE and core.casefold() in _MIDDLES and core != text.strip()


_NARROW = re.compile(r"\S \S")


def _set_apart(text: str) -> bool:
    """Words set apart for show, "THỨ    TRƯỞNG"; where some gaps are narrow, the wide ones part columns."""
    return _NARROW.search(text.strip()) is None


# "Về  việc", "SAO  Y"; a wider gap may part columns
_SLIP = re.compile(r"(?<=\S)  (?=\S)|(?<=\S) {3,}(?=\S)")


def close_slips(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, two blanks between words as one; no part of a document begins behind two."""
    return [line._replace(text=_close_slips(line.text)) if "  " in line.text else line for line in lines]


def _close_slips(text: str) -> str:
    """The blanks that are taken out go to the next gap, so that the columns stay where they are."""
    taken = 0

    def blanks(gap: re.Match[str]) -> str:
        nonlocal taken
        if len(gap[0]) == 2:
            taken += 1
            return " "
        wide, taken = gap[0] + " " * taken, 0
        return wide

    return _SLIP.sub(blanks, text)


def write(builder: DocumentBuilder, lines: Iterable[RawLine]) -> None:
    """Write lines in their order; blank lines and rules are left out, and what follows one starts a paragraph."""
    parted = True
    for text, style, starts_paragraph, column, cell, page, confidences, rebuilt in lines:
        if not text or is_rule(text):
            parted = True
            continue
        if "  " in text:
            if in_capitals(text) and not _FILLED.search(text) and _set_apart(text):
                text = " ".join(text.split())
            elif "   " not in text:
                text = text.replace("  ", " ")  # a slip: "Về  việc"; three blanks and more may part columns
        builder.line(
            text,
            starts_paragraph=starts_paragraph or parted,
            column=column,
            style=style,
            cell=cell,
            page=page,
            confidences=confidences,
            rebuilt=rebuilt,
        )
        parted = False
