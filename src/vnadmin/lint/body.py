"""Rules over the body: numbering that repeats or skips, and blanks that were left (NĐ 30/2020, Phụ lục I, II.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from vnadmin.lint.finding import Finding
from vnadmin.lint.view import View
from vnadmin.model import Directive
from vnadmin.text.fold import fold

_ALPHABET: Final = "abcdđeghiklmnopqrstuvxy"
_ROMAN: Final = {
    name: value
    for value, name in enumerate(
        (
            "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
            "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
        ),
        1,
    )
}  # fmt: skip
_WORDED: Final = re.compile(r"(?P<word>điều|chương|mục|khoản)\s+(?P<rest>\S+)")
# Dots that wait for a pen: "ngày … tháng … năm", "số ......"; "..." closes a list of examples
_BLANK: Final = re.compile(
    r"(?:số|ngày|tháng|năm|ông|bà|quyển|khoản)\s*:?\s*(?:…{1,}|\.{3,}|_{3,})(?!\w)|…{4,}|\.{8,}|_{4,}"
)


def numbering(view: View) -> Iterator[Finding]:
    """Siblings with the number of the one before, or past one that is not there; a new list may open with its first."""
    yield from _siblings(view, view.document.directives, "/directives")
    for pointer, item in view.directives():
        yield from _siblings(view, item.children, f"{pointer}/children")


def _siblings(view: View, items: Sequence[Directive], parent: str) -> Iterator[Finding]:
    last: dict[str, int] = {}
    for index, item in enumerate(items):
        kind, value = _value(item.marker, last)
        if value is None:
            continue
        before = last.get(kind)
        last[kind] = value
        if before is None or value in (before + 1, 1):
            if before == 1 and value == 1:
                yield view.found("item_repeated", f"{parent}/{index}/marker", item.marker)
            continue
        code = "item_repeated" if value <= before else "item_skipped"
        yield view.found(code, f"{parent}/{index}/marker", f"{_shown(kind, before)}, {item.marker}")


def _value(marker: str, last: dict[str, int]) -> tuple[str, int | None]:
    """The kind of numbering and its value: `Điều 5`, `5`, `đ`, `IV`; 1.1 and 5a are not compared."""
    text = " ".join(fold(marker).split())
    word = ""
    worded = _WORDED.fullmatch(text)
    if worded:
        word, text = worded["word"], worded["rest"].rstrip(".:")
    if text.isdigit() and len(text) <= 3:
        return f"{word}1", int(text)
    if not word and len(text) == 1 and text in _ALPHABET and not (marker.isupper() and text in _ROMAN):
        return ("A" if marker.isupper() else "a"), _ALPHABET.index(text) + 1
    if text in _ROMAN and (word or marker.isupper()):
        return f"{word}I", _ROMAN[text]
    return "", None


def _shown(kind: str, value: int) -> str:
    if kind in ("a", "A"):
        letter = _ALPHABET[value - 1]
        return letter.upper() if kind == "A" else letter
    if kind.endswith("I"):
        return next(name.upper() for name, number in _ROMAN.items() if number == value)
    return str(value)


def blank_left(view: View) -> Iterator[Finding]:
    """Dots to be filled in, in the items of a document that was numbered and dated; the first one."""
    document = view.document
    if not document.number or not document.number.sequence or not document.issued_on or len(document.issued_on) < 10:
        return  # a draft
    if view.number_year:
        return  # normative acts show how forms are to be filled in
    for pointer, item in view.directives():
        for place in [f"{pointer}/text", *(f"{pointer}/paragraphs/{i}" for i in range(len(item.paragraphs)))]:
            start, end = view.span(place)
            match = _BLANK.search(fold(document.text[start:end]))
            if match:
                words = document.text[start + match.start() : start + match.end()]
                yield Finding(
                    "blank_left", place, start + match.start(), start + match.end(), " ".join(words.split())[:40]
                )
                return
