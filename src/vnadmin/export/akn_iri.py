"""Identifiers of documents in the manner of the Akoma Ntoso Naming Convention: ELI-like, and never called ELI."""

from __future__ import annotations

import re
from typing import Final

from vnadmin.model import AdminDocument, LegalReference
from vnadmin.text.fold import fold, strip_marks

_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]+")
_YEAR: Final = re.compile(r"/((?:19|20)\d\d)/")
# Types that are acts by their name; others are acts where their number holds a year (`05/2020/QĐ-UBND`).
_ACTS: Final = frozenset({"hien-phap", "bo-luat", "luat", "phap-lenh", "lenh", "sac-lenh"})


def slug(text: str) -> str:
    """Plain letters and hyphens: `Quyết định` is `quyet-dinh`, `318/QĐ-UBND` is `318-qd-ubnd`."""
    return _NOT_PLAIN.sub("-", strip_marks(fold(text))).strip("-")


def is_act(kind: str, number: str | None) -> bool:
    """Whether a document is normative: AKN's `act`, with articles in a `body`; all others are `doc`."""
    return slug(kind) in _ACTS or bool(number and _YEAR.search(number))


def document_iri(document: AdminDocument) -> str:
    """`/akn/vn/doc/quyet-dinh/uy-ban-nhan-dan-tinh-x/2022-03-14/318-qd-ubnd`.

    The issuer stands in it, for hundreds of offices issue a 318/QĐ-UBND; the document must have type, date, number.
    """
    kind = document.document_type.name if document.document_type else ""
    number = document.number.text if document.number else ""
    return _iri(kind, document.issuing_agency, document.issued_on or "", number)


def reference_iri(reference: LegalReference) -> str | None:
    """Of an instrument referred to, by the same scheme; None where its type, or date and year, or name are not known."""
    name = reference.number or reference.title
    year = _YEAR.search(reference.number or "")
    date = reference.issued_on or (year[1] if year else None)
    if reference.type is None or name is None or date is None:
        return None
    return _iri(reference.type, reference.issuer, date, name)


def _iri(kind: str, issuer: str | None, date: str, number: str) -> str:
    parts = ["", "akn", "vn", "act" if is_act(kind, number) else "doc", slug(kind)]
    if issuer:
        parts.append(slug(issuer))
    return "/".join([*parts, date, slug(number)])
