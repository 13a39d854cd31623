"""Compares number, date and signer of a page's text with what is read on its picture; where they differ both are told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from vnadmin.issues import issue
from vnadmin.model import AdminDocument, Evidence, Grade, Issue
from vnadmin.text.fold import fold, strip_marks

_ALIKE = 0.6  # of a name's letters; an engine misreads some


class Printed(NamedTuple):
    """A value, and the page and box where its text stands."""

    pointer: str
    quote: str
    page: int
    box: tuple[float, float, float, float]


def printed_values(document: AdminDocument, pages: Collection[int]) -> list[Printed]:
    """The values on these pages that are compared, those alone that stand in one box."""
    return [
        Printed(pointer, entry.quote, entry.page, entry.boxes[0])
        for pointer in _pointers(document)
        for entry in document.evidence.get(pointer, [])[:1]
        if entry.page in pages and len(entry.boxes) == 1
    ]


def compared(document: AdminDocument, values: Sequence[Printed], read: Sequence[Sequence[str]]) -> AdminDocument:
    """The document with an issue for each value that every reading of its picture gives otherwise; such a value is a guess."""
    differing = {
        value.pointer: texts[0]
        for value, texts in zip(values, read, strict=True)
        if texts and (_names_differ if value.pointer.endswith("/name") else _figures_differ)(value.quote, texts)
    }
    if not differing:
        return document
    lowered = tuple("/number/" if pointer == "/number/text" else pointer for pointer in differing)
    evidence = {
        pointer: [_guess(entry) for entry in entries] if pointer.startswith(lowered) else entries
        for pointer, entries in document.evidence.items()
    }
    quotes = {value.pointer: value.quote for value in values}
    told: list[Issue] = [
        issue("picture_differs", pointer, quotes[pointer], text) for pointer, text in differing.items()
    ]
    return document.model_copy(update={"evidence": evidence, "issues": [*document.issues, *told]})


def _pointers(document: AdminDocument) -> Iterator[str]:
    yield from ("/number/text", "/issued_on")
    for index, _ in enumerate(document.signatories):
        yield f"/signatories/{index}/name"


def _guess(entry: Evidence) -> Evidence:
    return entry.model_copy(update={"grade": Grade.GUESS})


def _figures_differ(quote: str, read: Sequence[str]) -> bool:
    """All readings have the same figures: as many as the text and others, or one more or less; else the engine is not sure."""
    own, *seen = ("".join(filter(str.isdecimal, text)) for text in (quote, *read))
    if len(set(seen)) != 1 or seen[0] == own:
        return False
    shorter, longer = sorted((own, seen[0]), key=len)
    return len(longer) == len(shorter) or (bool(shorter) and _is_one_more(longer, shorter))


def _is_one_more(longer: str, shorter: str) -> bool:
    """Whether a row of figures is another one with a figure put in."""
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _names_differ(quote: str, read: Sequence[str]) -> bool:
    own, *seen = ("".join(filter(str.isalpha, strip_marks(fold(text)))) for text in (quote, *read))
    return bool(own) and all(text and own not in text and _likeness(own, text) < _ALIKE for text in seen)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
