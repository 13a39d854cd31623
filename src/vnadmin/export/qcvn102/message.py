"""Message and Status: what an edXML envelope of QCVN 102:2016/BTTTT holds, as data, whatever dialect wrote it."""

from __future__ import annotations

from pydantic import Field

from vnadmin.export.profile import Organ
from vnadmin.model import PartialDate
from vnadmin.model.evidence import Frozen


class ResponseFor(Frozen):
    """A document that is answered to."""

    organ_id: str | None = None
    code: str | None = Field(default=None, description="Number and notation: `267/VPCP-TTĐT`.")
    promulgation_date: PartialDate | None = None
    document_id: str | None = None


class Attachment(Frozen):
    """A file sent with the message."""

    name: str
    content_type: str | None = None
    description: str | None = None
    content_id: str | None = Field(default=None, description="Without `cid:`.")
    data: bytes | None = Field(default=None, description="None where the manifest names a file that is not inside.")


class Trace(Frozen):
    """A station on the message's way."""

    organ_id: str | None = None
    timestamp: str | None = Field(default=None, description="yyyy/MM/dd HH:mm:ss")


class Staff(Frozen):
    """Who handles it."""

    department: str | None = None
    name: str | None = None
    mobile: str | None = None
    email: str | None = None


class Replacement(Frozen):
    """A document that this one replaces, and for whom."""

    document_id: str | None = None
    organ_ids: list[str] = Field(default_factory=list)


class Receiver(Frozen):
    """For whom a change is meant."""

    kind: str | None = None
    organ_id: str | None = None


class Business(Frozen):
    """`Bussiness` (so spelled in the standard): a new document, or one recalled, updated, replaced."""

    kind: int | None = Field(default=None, description="0 new, 1 recall, 2 update, 3 replace.")
    reason: str | None = None
    document_info: str | None = None
    document_receiver: str | None = None
    receivers: list[Receiver] = Field(default_factory=list)
    document_id: str | None = None
    staff: Staff | None = None
    paper: int | None = None
    replacements: list[Replacement] = Field(default_factory=list)


class Message(Frozen):
    """An edXML message. What a dialect does not have is None or empty; nothing is put in its place."""

    sender: Organ = Field(default_factory=Organ)
    receivers: list[Organ] = Field(default_factory=list)
    document_id: str | None = None
    code_number: str | None = None
    code_notation: str | None = None
    place: str | None = None
    promulgation_date: PartialDate | None = None
    type: str | None = Field(default=None, description="1 or 2; 18 in the generation of 2018.")
    type_detail: str | None = None
    type_name: str | None = None
    subject: str | None = None
    content: str | None = None
    competence: str | None = None
    position: str | None = None
    full_name: str | None = None
    due_date: PartialDate | None = None
    to_places: list[str] = Field(default_factory=list)
    priority: int | None = None
    sphere: str | None = None
    typer_notation: str | None = None
    promulgation_amount: int | None = None
    page_amount: int | None = None
    direction: str | None = None
    appendixes: list[str] = Field(default_factory=list)
    responses: list[ResponseFor] = Field(default_factory=list)
    steering_type: int | None = None
    task_codes: list[str] = Field(default_factory=list)
    traces: list[Trace] = Field(default_factory=list)
    business: Business | None = None
    attachments: list[Attachment] = Field(default_factory=list)
    signed: bool = Field(default=False, description="Whether a signature stands in it; it is not verified.")
    unread: list[str] = Field(default_factory=list, description="Elements with a value that no field holds, by path.")


class Status(Frozen):
    """A status message: what became of a document at the receiver."""

    response_for: ResponseFor = Field(default_factory=ResponseFor)
    sender: Organ = Field(default_factory=Organ)
    code: str | None = Field(default=None, description="01 arrived … 16 recall refused.")
    description: str | None = None
    timestamp: str | None = None
    staff: Staff | None = None
