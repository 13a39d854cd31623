"""What the search index holds: a document as one line of terms, the same for SQLite and PostgreSQL.

A word is indexed twice: bare (`:duong`) for people who type without accents, and folded (`=đường`) for those who type
with them. The terms of a field have its letter in front (`i:so i:y i:te`), each value between two `|`, so that a phrase
is found inside one value of one field, and a whole value can be told from a part. Both engines get finished terms:
what a word is, is decided here and nowhere else.
"""

from __future__ import annotations

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
    "cites": "c", "assignee": "a",
}  # fmt: skip
NUMBERED: Final = frozenset({"n", "c"})  # `9/2017/NĐ-CP` is `09/2017/NĐ-CP`
ANY: Final = BODY + BARE + EDGE  # a term that every document has

MOST_WORDS: Final = 1_000_000  # of one text: some 2,500 pages; what stands behind is not indexed
LONGEST_WORD: Final = 64  # characters: PostgreSQL refuses terms over 2 kB, and nobody types a longer one
MOST_FORMS: Final = 12_000  # words whose forms are kept: some 4 MB
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text as it is compared: NFC, lower case, tone placement made one."""
    return fold(unicodedata.normalize("NFC", text))


def tokens(text: str, *, marks: bool = False) -> list[str]:
    """The words of a text: runs of letters and digits; with their marks, or bare."""
    return [form[marks] for form in _forms(text)]


def _forms(text: str) -> list[tuple[str, str]]:
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if words and len(max(words, key=len)) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    return list(map(_FORMS.__getitem__, words))


class _Forms(dict[str, tuple[str, str]]):
    """Words bare, and folded: Vietnamese has some 7,000 syllables, so nearly every word was asked for before."""

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) > MOST_FORMS:
            self.clear()
        plain = fold(word)
        forms = self[word] = strip_marks(plain), plain
        return forms


_FORMS: Final = _Forms()


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
    body_words = _both(text)
    found = [(letter, _both(value)) for letter, value in values]
    parts: list[str] = []
    for marks, sign in enumerate((BARE, FOLDED)):
        body = _bordered(sign, body_words[marks][:MOST_WORDS])
        parts.append(body)
        for letter, forms in found:
            run = forms[marks]
            parts.append(_bordered(letter + sign, _unpadded(run) if letter in NUMBERED else run))
            if letter == HEAD and run and f" {sign}{f' {sign}'.join(run)} " not in body:
                parts.append(_bordered(sign, run))
    return f" {' '.join(parts)} "


def _both(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a text bare, and folded."""
    forms = _forms(text)
    return tuple(zip(*forms, strict=True)) if forms else ((), ())  # type: ignore[return-value]


def _bordered(sign: str, words: Sequence[str]) -> str:
    """Words between two edges, each with its sign."""
    return f"{sign}{f' {sign}'.join((EDGE, *words, EDGE))}"


def _unpadded(words: Sequence[str]) -> list[str]:
    """Words of a number without the noughts in front."""
    return [word.lstrip("0") or "0" if word.isdigit() else word for word in words]
