"""Kinds of doubt: why a value is less than certain, and how often such values were right when they were counted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from vnadmin.gazetteer import rows
from vnadmin.model import AdminDocument, Grade
from vnadmin.zones.zone import Zones

# Issues about the whole document that lower the grades of values.
_WHOLE: Final = ("not_administrative", "layout_damaged", "layer_over_picture")
# Components of the preface, and the field that is read from each.
_COMPONENTS: Final = {
    "subject": ("title", "letter_subject"),
    "document_type": ("type_line",),
    "parent_agency": ("agencies",),
    "issuing_agency": ("agencies",),
    "number": ("number",),
    "addressees": ("address",),
}


def kinds_of(document: AdminDocument, zones: Zones | None = None) -> Iterator[tuple[str, str]]:
    """Field and kind of doubt of each field that has a value less than certain, in the order of the document.

    Without the zones the rules that doubted a component are not known; the rule of the value stands for them.
    """
    about: dict[str, str] = {}
    whole = ""
    for told in document.issues:
        if told.pointer:
            about.setdefault(told.pointer.split("/")[1], told.code)
        elif told.code in _WHOLE:
            whole = whole or told.code
    seen: set[str] = set()
    for pointer, entries in document.evidence.items():
        field = pointer.split("/")[1]
        if field in seen or not entries or entries[0].grade is Grade.CERTAIN:
            continue
        seen.add(field)
        doubts = zones.preface.doubts if zones else {}
        rules = [rule for part in _COMPONENTS.get(field, ()) for rule in doubts.get(part, ())]
        yield field, about.get(field) or whole or next(iter(rules), entries[0].rule)


@cache
def _table() -> dict[tuple[str, str], tuple[int, int]]:
    return {(row["field"], row["kind"]): (int(row["right"]), int(row["n"])) for row in rows("doubts")}


def expected(field: str, kind: str) -> float:
    """The share of values of this kind of doubt that is expected to be right; of a kind never counted, one half.

    Counts are smoothed by one right and one wrong, so that a kind seen once says little.
    """
    right, n = _table().get((field, kind), (0, 0))
    return (right + 1) / (n + 2)
