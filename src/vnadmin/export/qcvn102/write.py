"""Writes an edXML message, in the order of the VPCP samples or of VNPT's SDK."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, cast

from lxml import etree

from vnadmin.export.profile import Organ
from vnadmin.export.qcvn102.message import Business, Message, ResponseFor, Staff, Status
from vnadmin.export.xml_text import xml_text

NAMESPACE: Final = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
XLINK: Final = "http://www.w3.org/1999/xlink"
Dialect = Literal["vpcp", "vnpt"]
_DEFAULT: Final = cast("dict[str, str]", {None: NAMESPACE})  # lxml-stubs know no default namespace

# The .NET serializer at VPCP wants its own order; VNPT's SDK writes another. Readers must not depend on either.
_ORDER: Final[Mapping[Dialect, Sequence[str]]] = {
    "vpcp": (
        "From", "To", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content", "SignerInfo", "DueDate",
        "ToPlaces", "OtherInfo", "ResponseFor", "SteeringType", "DocumentId", "ResponseForTask",
    ),
    "vnpt": (
        "From", "To", "DocumentId", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content", "SignerInfo",
        "DueDate", "OtherInfo", "ResponseFor", "SteeringType", "ResponseForTask", "ToPlaces",
    ),
}  # fmt: skip


def write_edxml(message: Message, dialect: Dialect = "vpcp") -> bytes:
    """The message as XML: the envelope prefixed `edXML:`, which VPCP's reader asks for, attachments outside it."""
    root = etree.Element(_tag("edXML"), nsmap=_DEFAULT)
    envelope = etree.SubElement(root, _tag("edXMLEnvelope"), nsmap={"edXML": NAMESPACE})
    header = _child(envelope, "edXMLHeader")
    fields = _child(header, "MessageHeader")
    writers = _writers(message)
    for name in _ORDER[dialect]:
        writers[name](fields)
    _trace(header, message, dialect)
    body = _child(envelope, "edXMLBody")
    if message.attachments:
        _attachments(root, body, message)
    return _bytes(root)


def write_status(status: Status) -> bytes:
    """A status message, in the order of the VPCP samples."""
    root = etree.Element(_tag("edXML"), nsmap=_DEFAULT)
    envelope = etree.SubElement(root, _tag("edXMLEnvelope"), nsmap={"edXML": NAMESPACE})
    fields = _child(_child(envelope, "edXMLHeader"), "Status")
    _organ(fields, "From", status.sender)
    _response(fields, status.response_for)
    _staff(fields, status.staff)
    _texts(fields, ("StatusCode", status.code), ("Description", status.description), ("Timestamp", status.timestamp))
    return _bytes(root)


def slashes(date: str | None) -> str | None:
    """An ISO date as edXML writes it."""
    return date.replace("-", "/") if date else None


def _writers(message: Message) -> Mapping[str, Callable[[etree._Element], None]]:
    def to(parent: etree._Element) -> None:
        for organ in message.receivers:
            _organ(parent, "To", organ)

    def responses(parent: etree._Element) -> None:
        for response in message.responses:
            _response(parent, response)

    def places(parent: etree._Element) -> None:
        if message.to_places:
            _texts(_child(parent, "ToPlaces"), *(("Place", place) for place in message.to_places))

    def tasks(parent: etree._Element) -> None:
        if message.task_codes:
            _texts(_child(parent, "ResponseForTask"), *(("TaskCode", code) for code in message.task_codes))

    def text(name: str, value: str | int | None) -> Callable[[etree._Element], None]:
        return lambda parent: _texts(parent, (name, value))

    def group(name: str, *values: tuple[str, str | int | None]) -> Callable[[etree._Element], None]:
        return lambda parent: _group(parent, name, *values)

    return {
        "From": lambda parent: _organ(parent, "From", message.sender),
        "To": to,
        "DocumentId": text("DocumentId", message.document_id),
        "Code": group("Code", ("CodeNumber", message.code_number), ("CodeNotation", message.code_notation)),
        "PromulgationInfo": group(
            "PromulgationInfo",
            ("Place", message.place),
            ("PromulgationDate", slashes(message.promulgation_date)),
        ),
        "DocumentType": group(
            "DocumentType",
            ("Type", message.type),
            ("TypeDetail", message.type_detail),
            ("TypeName", message.type_name),
        ),
        "Subject": text("Subject", message.subject),
        "Content": text("Content", message.content),
        "SignerInfo": group(
            "SignerInfo",
            ("Competence", message.competence),
            ("Position", message.position),
            ("FullName", message.full_name),
        ),
        "DueDate": text("DueDate", slashes(message.due_date)),
        "ToPlaces": places,
        "OtherInfo": lambda parent: _other(parent, message),
        "ResponseFor": responses,
        "SteeringType": text("SteeringType", message.steering_type),
        "ResponseForTask": tasks,
    }


def _other(parent: etree._Element, message: Message) -> None:
    values = (
        ("Priority", message.priority),
        ("SphereOfPromulgation", message.sphere),
        ("TyperNotation", message.typer_notation),
        ("PromulgationAmount", message.promulgation_amount),
        ("PageAmount", message.page_amount),
        ("Direction", message.direction),
    )
    if not message.appendixes and all(value is None for _, value in values):
        return
    info = _child(parent, "OtherInfo")
    _texts(info, *values)
    if message.appendixes:
        _texts(_child(info, "Appendixes"), *(("Appendix", name) for name in message.appendixes))


def _trace(header: etree._Element, message: Message, dialect: Dialect) -> None:
    if not message.traces and message.business is None:
        return
    parts = _child(header, "TraceHeaderList")
    if dialect == "vpcp":  # VNPT's SDK writes Bussiness first
        _stations(parts, message)
    if message.business is not None:
        _business(parts, message.business)
    if dialect == "vnpt":
        _stations(parts, message)


def _stations(parent: etree._Element, message: Message) -> None:
    for trace in message.traces:
        _group(parent, "TraceHeader", ("OrganId", trace.organ_id), ("Timestamp", trace.timestamp))


def _business(parent: etree._Element, business: Business) -> None:
    part = _child(parent, "Bussiness")
    _texts(part, ("BussinessDocType", business.kind), ("BussinessDocReason", business.reason))
    if business.document_info is not None or business.document_receiver is not None or business.receivers:
        info = _child(part, "BussinessDocumentInfo")
        _texts(info, ("DocumentInfo", business.document_info), ("DocumentReceiver", business.document_receiver))
        if business.receivers:
            receivers = _child(info, "ReceiverList")
            for one in business.receivers:
                _group(receivers, "Receiver", ("ReceiverType", one.kind), ("OrganId", one.organ_id))
    _texts(part, ("DocumentId", business.document_id))
    _staff(part, business.staff)
    _texts(part, ("Paper", business.paper))
    if business.replacements:
        replacements = _child(part, "ReplacementInfoList")
        for replacement in business.replacements:
            item = _child(replacements, "ReplacementInfo")
            _texts(item, ("DocumentId", replacement.document_id))
            if replacement.organ_ids:
                _texts(_child(item, "OrganIdList"), *(("OrganId", organ) for organ in replacement.organ_ids))


def _attachments(root: etree._Element, body: etree._Element, message: Message) -> None:
    manifest = _child(body, "edXMLManifest")
    manifest.set("version", "1.0")
    encoded = etree.SubElement(root, _tag("AttachmentEncoded"))
    for attachment in message.attachments:
        reference = etree.SubElement(manifest, _tag("Reference"), nsmap={"xlink": XLINK})
        cid = f"cid:{attachment.content_id}" if attachment.content_id else None
        if cid:
            reference.set(f"{{{XLINK}}}href", cid)
        described = (
            ("ContentType", attachment.content_type),
            ("Description", attachment.description),
            ("AttachmentName", attachment.name),
        )
        _texts(reference, ("ContentId", cid), *described)
        if attachment.data is not None:
            item = _child(encoded, "Attachment")
            data = base64.b64encode(attachment.data).decode("ascii")
            _texts(
                item,
                ("ContentType", attachment.content_type),
                ("ContentId", attachment.content_id),
                ("Description", attachment.description),
                ("ContentTransferEncoded", data),
                ("AttachmentName", attachment.name),
            )


def _organ(parent: etree._Element, name: str, organ: Organ) -> None:
    _group(
        parent,
        name,
        ("OrganId", organ.organ_id),
        ("OrganizationInCharge", organ.in_charge),
        ("OrganName", organ.name),
        ("OrganAdd", organ.address),
        ("Email", organ.email),
        ("Telephone", organ.telephone),
        ("Fax", organ.fax),
        ("Website", organ.website),
    )


def _response(parent: etree._Element, response: ResponseFor) -> None:
    _group(
        parent,
        "ResponseFor",
        ("OrganId", response.organ_id),
        ("Code", response.code),
        ("PromulgationDate", slashes(response.promulgation_date)),
        ("DocumentId", response.document_id),
    )


def _staff(parent: etree._Element, staff: Staff | None) -> None:
    if staff is not None:
        _group(
            parent,
            "StaffInfo",
            ("Department", staff.department),
            ("Staff", staff.name),
            ("Mobile", staff.mobile),
            ("Email", staff.email),
        )


def _group(parent: etree._Element, name: str, *values: tuple[str, str | int | None]) -> None:
    """An element with children; without any value it is left out."""
    if any(value is not None for _, value in values):
        _texts(_child(parent, name), *values)


def _texts(parent: etree._Element, *values: tuple[str, str | int | None]) -> None:
    """Children with text; a value that is not known gives no element."""
    for name, value in values:
        if value is not None:
            _child(parent, name).text = xml_text(str(value))


def _child(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, _tag(name))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
