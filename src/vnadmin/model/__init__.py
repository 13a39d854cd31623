"""The public model: what comes out of a parse. Imports nothing else of vnadmin."""

from vnadmin.model.dates import PartialDate
from vnadmin.model.document import (
    AdminDocument,
    Appendix,
    Arrival,
    Assignment,
    Deadline,
    Directive,
    DocumentNumber,
    DocumentType,
    Filing,
    LegalReference,
    PageInfo,
    Provision,
    Recipient,
    Signatory,
    SourceInfo,
)
from vnadmin.model.evidence import Evidence, Grade, Issue, PlacedLine, Severity

__all__ = [
    "AdminDocument",
    "Appendix",
    "Arrival",
    "Assignment",
    "Deadline",
    "Directive",
    "DocumentNumber",
    "DocumentType",
    "Evidence",
    "Filing",
    "Grade",
    "Issue",
    "LegalReference",
    "PageInfo",
    "PartialDate",
    "PlacedLine",
    "Provision",
    "Recipient",
    "Severity",
    "Signatory",
    "SourceInfo",
]
