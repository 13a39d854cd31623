"""FIELDS: every field of the model, the reader that yields its candidates, and whether it holds one value or many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from vnadmin.fields.addressees import read_addressees
from vnadmin.fields.agencies import read_issuing_agency, read_parent_agency
from vnadmin.fields.appendices import read_appendices
from vnadmin.fields.arrival import read_arrival
from vnadmin.fields.assignments.rows import read_assignments
from vnadmin.fields.directives.items import read_directives
from vnadmin.fields.document_type import read_document_type
from vnadmin.fields.filing import read_filing
from vnadmin.fields.issued_on import read_issued_on
from vnadmin.fields.marks import read_circulation, read_secrecy, read_urgency
from vnadmin.fields.number import read_number
from vnadmin.fields.place import read_place
from vnadmin.fields.recipients import read_recipients
from vnadmin.fields.signatories import read_signatories
from vnadmin.fields.subject import read_subject
from vnadmin.zones.zone import Zones


class Field(NamedTuple):
    """One row of the list: `name` is the attribute of AdminDocument that the reader fills."""

    name: str
    read: Callable[[Zones], Iterable[object]]
    many: bool = False


FIELDS: tuple[Field, ...] = (
    Field("document_type", read_document_type),
    Field("parent_agency", read_parent_agency),
    Field("issuing_agency", read_issuing_agency),
    Field("number", read_number),
    Field("place", read_place),
    Field("issued_on", read_issued_on),
    Field("subject", read_subject),
    Field("addressees", read_addressees, many=True),
    Field("recipients", read_recipients, many=True),
    Field("filing", read_filing),
    Field("directives", read_directives, many=True),
    Field("assignments", read_assignments, many=True),
    Field("signatories", read_signatories, many=True),
    Field("urgency", read_urgency),
    Field("secrecy", read_secrecy),
    Field("circulation", read_circulation),
    Field("arrival", read_arrival),
    Field("appendices", read_appendices, many=True),
)
