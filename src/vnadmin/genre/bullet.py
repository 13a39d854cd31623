"""Bullets: the characters that open an item without a number, and items that follow each other on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from vnadmin.gazetteer import rows
from vnadmin.text.fold import DASHES
from vnadmin.text.pattern import pattern

_SYMBOLS: Final = range(0xF020, 0xF100)  # glyphs of Symbol and Wingdings, which Word keeps in the private use area
_SYMBOL_RANK: Final = 12


@cache
def _ranks() -> dict[str, int]:
    listed = {row["word"]: int(row["rank"]) for row in rows("outline_marks") if row["kind"] == "bullet"}
    dashes = dict.fromkeys(DASHES, listed["-"])  # "− Sở Y tế": whatever dash a program sets for the typed one
    return {**dict.fromkeys(map(chr, _SYMBOLS), _SYMBOL_RANK), **dashes, **listed}


def bullet_rank(char: str) -> int:
    """How deep a bullet stands when nothing else tells; 0 for what is none."""
    return _ranks().get(char, 0)


@cache
def bullets() -> frozenset[str]:
    """The characters that are bullets wherever a line opens with them."""
    return frozenset(_ranks())


# "- ", "+ ", "\- " of Markdown, "o " of Word's second level (Courier New), ". Văn phòng" (2003), "~ Sở Y tế" of OCR;
# emphasis may enclose it
@cache
def _bullet() -> re.Pattern[str]:
    listed = "".join(map(re.escape, sorted(bullets())))
    return re.compile(rf"(?:[*_|~ ]*+(?:[{listed}]|\\-|o(?= )|\.(?= ?[^\W\d_]))|~(?= [^\W\d_]))[ *_]*+")


@cache
def _opens() -> frozenset[str]:
    return bullets() | frozenset("*_|~ \\o.")


def bullet_end(text: str) -> int:
    """Length of the bullet that opens an entry of a list, 0 without one; in a list a dash is one whatever follows."""
    if text[:1] not in _opens():  # nearly every line
        return 0
    match = _bullet().match(text)
    return match.end() if match and match.end() < len(text) else 0


# "- Như trên; - Sở Nội vụ. - Lưu: VT.", "- Như trên;- Sở Xây dựng"
_SIGNS = f"[-+•*{DASHES}]"
_NEXT_BULLET = pattern(rf"(?:(?<=[;.,]) ++|(?<=;)){_SIGNS} *+(?=\S)")
# "Sở A; Sở B; - Sở C. - Sở D", "1. Phòng A; 2. Phòng B"
_NEXT_ENTRY = pattern(rf"; *+(?:{_SIGNS} *+|\d{{1,2}} ?[.)] *+(?=[^\W\d]))?|(?<=[.,]) ++{_SIGNS} *+(?=\S)")


def bullets_within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where an entry ends and the next one begins after its bullet, on a line that holds several."""
    return (match.span() for match in _NEXT_BULLET.finditer(text, start, end))


def entries_within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The same where a semicolon alone parts entries too."""
    return (match.span() for match in _NEXT_ENTRY.finditer(text, start, end))
