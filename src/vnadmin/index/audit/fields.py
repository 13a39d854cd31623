"""The fields that an audit may ask for, what a document holds of each, and whether anybody was asked about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from vnadmin.index.audit.judge import Told
from vnadmin.model import AdminDocument

_OF: Final[Mapping[str, Callable[[AdminDocument], Told]]] = {
    "document_type": lambda d: (d.document_type.name or d.document_type.code) if d.document_type else None,
    "parent_agency": lambda d: d.parent_agency,
    "issuing_agency": lambda d: d.issuing_agency,
    "number": lambda d: d.number.text if d.number else None,
    "place": lambda d: d.place,
    "issued_on": lambda d: str(d.issued_on) if d.issued_on else None,
    "subject": lambda d: d.subject,
    "addressees": lambda d: list(d.addressees),
    "signatories": lambda d: [one.name for one in d.signatories if one.name],
    "recipients": lambda d: [one.name for one in d.recipients if one.name],
    "urgency": lambda d: d.urgency,
    "secrecy": lambda d: d.secrecy,
}
FIELDS: Final = tuple(_OF)
USUAL: Final = tuple(field for field in FIELDS if field != "recipients")  # a list that is long to type
LISTS: Final = frozenset({"addressees", "signatories", "recipients"})
_NAMED: Final = frozenset({"signatories", "recipients"})  # lists of which names alone are compared


def held_in(document: AdminDocument, field: str) -> Told:
    """What a document holds; an empty list is none."""
    return _OF[field](document) or None


def is_unasked(document: AdminDocument, field: str, touched: Collection[str]) -> bool:
    """Whether a value stands as the machine read it and was never in question.

    Args:
        touched: the pointers of the document that the queue asked about or that a person set.
    """
    if any(_is_of(field, pointer) for pointer in touched):
        return False
    grades = (one.grade for pointer, found in document.evidence.items() if _is_of(field, pointer) for one in found)
    return all(grade == "certain" for grade in grades)


def _is_of(field: str, pointer: str) -> bool:
    """Whether what stands at a pointer is compared: of a signer's the name, and not the post."""
    parts = pointer.split("/")
    return parts[1:2] == [field] and (field not in _NAMED or parts[3:4] in ([], ["name"]))
