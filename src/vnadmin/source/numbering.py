"""The numbers and bullets that Word draws and does not store, counted as Word counts: `1.`, `a)`, `-`, `Điều 1.`.

The readers of .doc and .docx bring list definitions here; in .rtf the drawn markers are stored, and only their bullets are read here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from vnadmin.gazetteer import rows
from vnadmin.source.sight import Colour
from vnadmin.text.pattern import pattern

LEVELS = 9  # of a list
PLACES = "".join(map(chr, range(LEVELS)))  # the characters that stand for the numbers of the levels in `Level.text`
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST_ROMAN = 3999
_LARGEST_LETTER = 780  # thirty times the alphabet; Word goes on in figures
_LONGEST = 100  # characters of a marker; a longer one, drawn before every item, makes a small file a huge text
_PRIVATE = pattern(r"[\uf000-\uf0ff]")  # "\uf0b7": a character of a symbol font, which is its code plus 0xF000
_WORD = pattern(r"[A-Za-z0-9\uf030-\uf039\uf041-\uf05a\uf061-\uf07a]{2}")
_OTHER = -1  # the code of all the signs of a font that have no row of their own
_DOT = "•"


class Level(NamedTuple):
    """One level of a list: how its marker is formed. `form` is a number format as ECMA-376 names it (17.18.59)."""

    form: str = "decimal"
    text: str = ""  # characters below chr(9) stand for the numbers of the levels: "\\x00.\\x01)"
    start: int = 1
    font: str = ""
    legal: bool = False  # prints the numbers of all levels in Arabic figures
    restart_after: int | None = None  # None: after any upper level; 0: never
    hidden: bool = False  # the marker is drawn nowhere, or as a dot
    ink: Colour | None = None  # None: that of the text


@dataclass(slots=True)
class Numbering:
    """Counts the list items of one document in their order."""

    _counts: dict[Hashable, list[int | None]] = field(default_factory=dict)
    _begun: set[Hashable] = field(default_factory=set)

    def marker(
        self, key: Hashable, user: Hashable, levels: Mapping[int, Level], level: int, starts: Mapping[int, int]
    ) -> str:
        """Count one item and give the marker that Word draws before it; empty for none.

        Args:
            key: the list definition, whose counters all its users share.
            user: the use of it that the item belongs to; at its first item the levels of `starts` begin anew.
            levels: the definition of each level.
            level: that of the item, from 0.
            starts: first numbers that this user sets anew.
        """
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._counts.setdefault(key, [None] * LEVELS)
        if user not in self._begun:
            self._begun.add(user)
            for index in starts:
                counts[index] = None
        shown = {index: starts.get(index, described.start) for index, described in levels.items()}
        before = counts[level]
        counts[level] = shown[level] if before is None else before + 1
        for deeper in range(level + 1, LEVELS):
            after = levels[deeper].restart_after if deeper in levels else None
            if after is None or level < after:
                counts[deeper] = None
        if own.form == "bullet":
            return bullet(own.text, own.font)
        shown.update((index, count) for index, count in enumerate(counts) if count is not None)
        drawn: list[str] = []
        for sign in own.text[:_LONGEST]:
            place = ord(sign)
            if place >= LEVELS:
                drawn.append(sign)
            elif place in levels and own.form != "none":
                drawn.append(format_count(shown[place], "decimal" if own.legal else levels[place].form))
        return "".join(drawn).strip()[:_LONGEST]


def format_count(count: int, form: str) -> str:
    """A number in one of Word's number formats; formats in words are given in figures.

    >>> [format_count(28, form) for form in ("decimal", "upperRoman", "lowerLetter")]
    ['28', 'XXVIII', 'bb']
    """
    if form in ("bullet", "none"):
        return ""
    if form in ("lowerLetter", "upperLetter") and 0 < count <= _LARGEST_LETTER:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)  # aa, bb follow z, not aa, ab
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < count <= _LARGEST_ROMAN:
        roman = ""
        for value, sign in _ROMAN:
            while count >= value:
                roman += sign
                count -= value
        return roman if form == "lowerRoman" else roman.upper()
    if form == "decimalZero":
        return f"{count:02d}"
    return str(count)


def bullet(text: str, font: str | None) -> str:
    """A bullet as one of `-`, `+`, `*`, `•`: what a person would write for the sign that is drawn.

    >>> bullet("\uf0b7", "Symbol"), bullet("o", "Courier New"), bullet("–", None)
    ('•', '•', '-')
    """
    sign = text.strip()[:1]
    if not sign:
        return ""
    code = ord(sign)
    family = _family(font)
    if _PRIVATE.match(sign):
        code -= 0xF000
        family = family or "symbol"
    signs = _signs()[family]
    if family and code <= 0xFF:  # else a dash of Unicode that is set in a symbol font
        return signs.get(code, signs[_OTHER])
    return _signs()[""].get(code) or (text.strip() if sign.isalnum() else _DOT)


def is_symbol_font(font: str | None) -> bool:
    """Whether the characters of a font are signs, not letters: `Wingdings 2`."""
    return _family(font) != ""


def draws_signs(text: str, font: str | None) -> bool:
    """Whether words or figures are set in a font of signs, so that a person sees telephones and arrows in their place.

    A single letter is a bullet: `Ø` of Wingdings.
    """
    return is_symbol_font(font) and _WORD.search(text) is not None


def letters_of_signs(text: str) -> str:
    """What was typed where a font of signs draws others."""
    return str(_PRIVATE.sub(lambda sign: chr(ord(sign[0]) - 0xF000), text))


def typed_sign(sign: str, font: str | None, opens: bool) -> str:
    """A sign of a symbol font that was typed: a bullet where it opens a line.

    Elsewhere it is a telephone, a box, an arrow, and only a dash is read.
    """
    return bullet(sign, font) if opens or sign in "\uf02d-" else " "


def without_private(text: str) -> str:
    """Text with the characters of symbol fonts that lost their font ("\\uf0b7") as bullets."""
    return text if text.isascii() else _PRIVATE.sub(lambda match: bullet(match[0], "symbol"), text)


@lru_cache(maxsize=1024)
def _family(font: str | None) -> str:
    """The beginning of a symbol font's name as the table has it; "" for other fonts."""
    name = (font or "").casefold()
    return next((family for family in _signs() if family and name.startswith(family)), "")


@cache
def _signs() -> dict[str, dict[int, str]]:
    """`data/bullets.tsv`: what a sign is read as, by the beginning of the font's name ("" for any) and its code."""
    found: dict[str, dict[int, str]] = {}
    for row in rows("bullets"):
        code = int(row["code"], 16) if row["code"] else _OTHER
        found.setdefault(row["font"], {})[code] = row["drawn"]
    return found
