"""Recognises the words of a document type at the start of a line: `QUYẾT ĐỊNH`, `Q U Y Ế T  Đ Ị N H`, `Thông tư`."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from vnadmin.gazetteer import columns, rows
from vnadmin.genre.capitals import in_capitals
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare, fold, strip_marks
from vnadmin.text.pattern import pattern


class DocumentTypeWord(NamedTuple):
    """A type that the table knows; `code` is None for types that have a name and no code (NĐ 30/2020, Phụ lục III)."""

    name: str
    code: str | None


class TypeMatch(NamedTuple):
    """The words of a type in a text: what they mean and where they end."""

    word: DocumentTypeWord
    end: int


@cache
def type_words() -> dict[str, DocumentTypeWord]:
    """Known types by their folded name without spaces."""
    return {
        fold(row["name"]).replace(" ", ""): DocumentTypeWord(row["name"], row["code"] or None)
        for row in rows("document_types")
    }


# "QUYẾT ĐỊNH", "Q U Y Ế T  Đ Ị N H" (set apart by hand), "KẾ HO ẠCH" (PDF); longest name first
# "KẾ HOẠCH LIÊN TỊCH", "HƯỚNG DẪN LIÊN NGÀNH": of a type that has no joint form in the table
_PATTERN = pattern(
    lambda: rf"(?P<name>{alternation(type_words(), between=' *+')})(?!\w)(?: ++liên (?:tịch|ngành|sở)(?!\w))?+"
)


def match_type(folded: str, start: int, end: int) -> TypeMatch | None:
    """The type whose words stand at `start`, if any; the longest name wins (`thông tư liên tịch`)."""
    match = _PATTERN.match(folded, start, end)
    if not match:
        return None
    return TypeMatch(type_words()[match["name"].replace(" ", "")], match.end())


# "1 Công văn 5384/BHXH-BC", "Quyết định số 12/QĐ-UBND"
_COUNTED = pattern(r"(?:\d{1,2}[. ] *+)?")
_ITS_NUMBER = pattern(r" *+(?:số *+)?\d{1,6} ?/")


def is_numbered_instrument(folded: str, start: int, end: int) -> bool:
    """Whether a text opens with an instrument and its number; a count may stand before it."""
    counted = _COUNTED.match(folded, start, end)
    word = match_type(folded, counted.end() if counted else start, end)
    return word is not None and _ITS_NUMBER.match(folded, word.end, end) is not None


def is_type_name(text: str) -> bool:
    """Whether a text is the name of a type in capitals and nothing else: "QUYẾT ĐỊNH", "T H Ô N G  B Á O"."""
    last = text.rstrip()[-1:]
    if not last.isalpha() or "a" <= last <= "z":  # nearly every line
        return False
    return in_capitals(text) and bare(text).replace(" ", "") in _bare_names()


def misread_type(text: str) -> DocumentTypeWord | None:
    """The type of two words and more that a line in capitals names but for its marks, as OCR text does: `QUYÉT ĐỊNH`."""
    if not in_capitals(text):
        return None
    name = _bare_names().get(bare(text).replace(" ", ""))
    return name if name is not None and " " in name.name else None


@cache
def _bare_names() -> dict[str, DocumentTypeWord]:
    return {strip_marks(name): word for name, word in type_words().items()}


def code_of_notation(group: str) -> DocumentTypeWord | None:
    """The type that a group of a notation stands for: `QĐ` in `12/QĐ-UBND`, `QD` where Đ lost its stroke."""
    return _words_by_code().get(_plain(group))


@cache
def _words_by_code() -> dict[str, DocumentTypeWord]:
    """Types by the plain letters of their code; where two have the same, the first of the table."""
    return {_plain(word.code): word for word in reversed(type_words().values()) if word.code}


def _plain(code: str) -> str:
    return fold(code).replace("đ", "d")


def is_glued_notation(number: str) -> bool:
    """Whether a number ends on a type and its issuer in one, their hyphen gone at a line's end: `118/CĐTTg`; not `TTCP`."""
    group = number.rpartition("/")[2]
    types, issuers = _codes()
    whole = "/" not in number or group in issuers or code_of_notation(group) is not None
    return not whole and any(group[:at] in types and group[at:] in issuers for at in range(2, len(group) - 1))


@cache
def _codes() -> tuple[frozenset[str], frozenset[str]]:
    """Codes of the types that a notation tells, and abbreviations of agencies."""
    listed = (code.strip() for codes in columns("agencies")["abbreviations"] for code in codes.split(";"))
    return frozenset(row["code"] for row in rows("document_types") if row["tells"]), frozenset(filter(None, listed))
