"""What the search index holds: a document as one line of terms, the same for SQLite and PostgreSQL.

A word is indexed twice: bare (`:duong`) for people who type without accents, and folded (`=đường`) for those who type
with them. The terms of a field have its letter in front (`i:so i:y i:te`), each value between two `|`, so that a phrase
is found inside one value of one field, and a whole value can be told from a part. Both engines get finished terms:
what a word is, is decided here and nowhere else.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from vnadmin.text.fold import fold, strip_marks

BARE, FOLDED, EDGE = ":", "=", "|"
BODY: Final = ""  # the letter of the whole text
TITLE: Final = "t"  # type and subject, number
HEAD: Final = "h"  # the title, and from whom it is: issuer, signer
LETTERS: Final = {
    "number": "n", "type": "l", "subject": "v", "issuer": "i", "signer": "s", "addressee": "k", "recipient": "r",
    "cites": "c", "assignee": "a", "secrecy": "m", "urgency": "u", "place": "p",
}  # fmt: skip
NUMBERED: Final = frozenset({"n", "c"})  # `9/2017/NĐ-CP` is `09/2017/NĐ-CP`
ANY: Final = BODY + BARE + EDGE  # a term that every document has

MOST_WORDS: Final = 1_000_000  # of one text: some 2,500 pages; what stands behind is not indexed
LONGEST_WORD: Final = 64  # characters: PostgreSQL refuses terms over 2 kB, and nobody types a longer one
MOST_FORMS: Final = 12_000  # words as they are printed whose terms are kept: some 4 MB
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text as it is compared: NFC, lower case, tone placement made one."""
    return fold(unicodedata.normalize("NFC", text))


def tokens(text: str, *, marks: bool = False) -> list[str]:
    """The words of a text: runs of letters and digits; with their marks, or bare."""
    plain = map(fold, _words(unicodedata.normalize("NFC", text)))
    return list(plain if marks else map(strip_marks, plain))


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    if words and len(max(words, key=len)) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    return words


def has_marks(text: str) -> bool:
    """Whether a person typed accents: `đường`, not `duong` or `UBND`."""
    plain = folded(text)
    return plain != strip_marks(plain)


def terms(letter: str, text: str, *, marks: bool) -> list[str]:
    """The terms that a value is found by, in order: `i:so`, `i:y`, `i:te`."""
    words = tokens(text, marks=marks)
    if letter in NUMBERED:
        words = _unpadded(words)
    sign = letter + (FOLDED if marks else BARE)
    return [sign + word for word in words]


def edges(letter: str, phrase: Sequence[str], *, marks: bool) -> list[str]:
    """A phrase that must be the whole value."""
    edge = letter + (FOLDED if marks else BARE) + EDGE
    return [edge, *phrase, edge]


def index_line(text: str, values: Iterable[tuple[str, str]]) -> str:
    """The line of terms of a document: of its text, and of its values as (letter, value).

    Values that the text does not hold (a person's correction) are found by a search for plain words too.
    """
    body = _runs(_bounded(text))
    found = [(letter, _runs(value, unpadded=letter in NUMBERED)) for letter, value in values]
    parts: list[str] = []
    for marks, sign in enumerate((BARE, FOLDED)):
        whole = _bordered(body[marks], sign)
        parts.append(whole)
        for letter, runs in found:
            run = runs[marks]
            parts.append(_bordered(run.replace(f" {sign}", f" {letter}{sign}"), letter + sign))
            if letter == HEAD and run and f"{run} " not in whole:
                parts.append(_bordered(run, sign))
    return f" {' '.join(parts)} "


def _bounded(text: str) -> str:
    """A text up to the last word that is indexed."""
    if len(text) < 2 * MOST_WORDS:  # a word and what parts it from the next are two characters
        return text
    last = next(itertools.islice(_WORD.finditer(text), MOST_WORDS - 1, None), None)
    return text[: last.end()] if last else text


def _runs(text: str, *, unpadded: bool = False) -> tuple[str, str]:
    """The words of a text as terms, each with a blank in front: ` :so :y :te`, and ` =sở =y =tế`."""
    known = _UNPADDED if unpadded else _PRINTED
    pairs = [known[printed] for printed in unicodedata.normalize("NFC", text).split()]
    return "".join([bare for bare, _ in pairs]), "".join([plain for _, plain in pairs])


class _Printed(dict[str, tuple[str, str]]):
    """What is printed between two blanks, as runs: Vietnamese has some 7,000 syllables, so nearly all came before."""

    def __init__(self, *, unpadded: bool) -> None:
        self._unpadded = unpadded

    def __missing__(self, printed: str) -> tuple[str, str]:
        if len(self) > MOST_FORMS:
            self.clear()
        words = [fold(word) for word in _words(printed)]
        if self._unpadded:
            words = _unpadded(words)
        runs = _run(map(strip_marks, words), BARE), _run(words, FOLDED)
        if len(printed) <= LONGEST_WORD:  # so that what is kept stays small, whatever stands without a blank
            self[printed] = runs
        return runs


_PRINTED: Final = _Printed(unpadded=False)
_UNPADDED: Final = _Printed(unpadded=True)


def _run(words: Iterable[str], sign: str) -> str:
    return "".join([f" {sign}{word}" for word in words])


def _bordered(run: str, sign: str) -> str:
    """A run between two edges."""
    return f"{sign}{EDGE}{run} {sign}{EDGE}"


def _unpadded(words: Sequence[str]) -> list[str]:
    """Words of a number without the noughts in front."""
    return [word.lstrip("0") or "0" if word.isdigit() else word for word in words]
