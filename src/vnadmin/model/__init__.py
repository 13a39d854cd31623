"""The public model: what comes out of a parse. Imports nothing else of vnadmin."""

from vnadmin.model.dates import PartialDate
from vnadmin.model.document import (
    PARTNER,
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
    Responsible,
    Signatory,
    SourceInfo,
)
from vnadmin.model.evidence import Evidence, Grade, Issue, PlacedLine, Severity
from vnadmin.model.tables import Row, Table

__all__ = [
    "PARTNER",
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
    "Responsible",
    "Row",
    "Severity",
    "Signatory",
    "SourceInfo",
    "Table",
]
