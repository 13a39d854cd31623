"""Identifiers of documents for Akoma Ntoso: those of `vnadmin.identifiers`, under the paths of its Naming Convention."""

from __future__ import annotations

import re
from typing import Final

from vnadmin.identifiers import as_printed, identify_document, identify_reference, slug
from vnadmin.model import AdminDocument, LegalReference

_YEAR: Final = re.compile(r"/(?:19|20)\d\d/")
# Types that are acts by their name; others are acts where their number holds a year (`05/2020/QĐ-UBND`).
_ACTS: Final = frozenset({"hien-phap", "bo-luat", "luat", "phap-lenh", "lenh", "sac-lenh"})


def is_act(kind: str, number: str | None) -> bool:
    """Whether a document is normative: AKN's `act`, with articles in a `body`; all others are `doc`."""
    return slug(kind) in _ACTS or bool(number and _YEAR.search(number))


def document_iri(document: AdminDocument) -> str:
    """`/akn/vn/doc/quyet-dinh/uy-ban-nhan-dan-tinh-x/2022/318-qd-ubnd`: what a citation of the document points to.

    The document must have type, issuer, number and date. A file must have an identifier: where the issuer's own words do not
    tell it from others of its name (`SỞ Y TẾ` without its province), they stand in it as printed.
    """
    kind = document.document_type.name if document.document_type else ""
    number = document.number.text if document.number else ""
    uri = identify_document(document).uri
    if uri is None:
        uri = as_printed(kind, document.issuing_agency or "", (document.issued_on or "")[:4], number)
    return _akn(uri, kind, number)


def reference_iri(reference: LegalReference, within: str | None) -> str | None:
    """Of an instrument referred to, by the same scheme; None where the reference says too little.

    Args:
        within: the agency in whose document it stands: `UBND tỉnh` there is the committee of its province.
    """
    uri = identify_reference(reference, within).uri
    return _akn(uri, reference.type or "", reference.number) if uri else None


def _akn(uri: str, kind: str, number: str | None) -> str:
    return f"/akn/vn/{'act' if is_act(kind, number) else 'doc'}{uri.removeprefix('/vn')}"
