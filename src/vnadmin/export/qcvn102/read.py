"""Reads edXML by the names of its elements: order, prefixes and dialect do not matter."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from vnadmin.export.profile import Organ
from vnadmin.export.qcvn102.message import (
    Attachment,
    Business,
    Message,
    Receiver,
    Replacement,
    ResponseFor,
    Staff,
    Status,
    Trace,
)
from vnadmin.export.refusal import NotEdxml
from vnadmin.export.xml_text import parse_xml
from vnadmin.model import PartialDate

_DATE: Final = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})|(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_LARGEST: Final = 64 * 1024 * 1024  # bytes of a message: as Config.max_bytes
_DEEPEST: Final = 12  # levels below a part: the standard has five


class _Node:
    """An element whose children are taken by name; what nobody took is known at the end."""

    def __init__(self, element: etree._Element, path: str = "", depth: int = 0) -> None:
        self._children: dict[str, list[_Node]] = {}
        self.path = path
        self.text = (element.text or "").strip() or None
        self.taken = False
        for child in element if depth < _DEEPEST else ():
            if isinstance(child.tag, str):
                name = etree.QName(child).localname
                self._children.setdefault(name, []).append(_Node(child, f"{path}/{name}", depth + 1))

    def all(self, name: str) -> list[_Node]:
        found = self._children.get(name, [])
        for node in found:
            node.taken = True
        return found

    def first(self, name: str) -> _Node:
        """The first child so named; an empty one where there is none. Others stay untaken."""
        found = self._children.get(name, [])
        if not found:
            return _NOTHING
        found[0].taken = True
        return found[0]

    def value(self, *names: str) -> str | None:
        """Text of a child, under the first of these names that has any."""
        for name in names:
            text = self.first(name).text
            if text:
                return text
        return None

    def integer(self, name: str) -> int | None:
        node = self.first(name)
        if node.text and re.fullmatch(r"\d{1,9}", node.text):
            return int(node.text)
        node.taken = False  # something that is no number is reported, not lost
        return None

    def date(self, *names: str) -> PartialDate | None:
        for name in names:
            node = self.first(name)
            found = _date(node.text)
            if found:
                return found
            node.taken = False
        return None

    def untaken(self) -> Iterator[str]:
        if self.text and not self.taken:
            yield self.path
        for nodes in self._children.values():
            for node in nodes:
                yield from node.untaken()


_NOTHING: Final = _Node(etree.Element("nothing"))


def read_edxml(data: bytes) -> Message:
    """A message from edXML bytes, of any dialect seen: QCVN 102 in either order, and the older one without prefixes.

    Raises:
        NotEdxml: no well-formed XML, or no message header in it.
    """
    root = _root(data)
    header = _descend(root, "MessageHeader")
    if header is None:
        raise NotEdxml("There is no MessageHeader in it.")
    fields = _Node(header)
    values = _values(fields)
    unread = list(fields.untaken())
    trace = _descend(root, "TraceHeaderList")
    if trace is not None:
        node = _Node(trace, "/TraceHeaderList")
        values["traces"] = [
            Trace(organ_id=one.value("OrganId"), timestamp=one.value("Timestamp")) for one in node.all("TraceHeader")
        ]
        parts = node.all("Bussiness") or node.all("Business")
        values["business"] = _business(parts[0]) if parts else None
        unread += node.untaken()
    values["attachments"] = _attachments(root, unread)
    values["signed"] = any(len(node) for name in ("Signature", "DigitalSignature") for node in _every(root, name))
    return Message.model_validate({**values, "unread": unread})


def _values(header: _Node) -> dict[str, object]:
    """What the header says; the older dialect has it at other places or under other names."""
    code, promulgation, kind = header.first("Code"), header.first("PromulgationInfo"), header.first("DocumentType")
    signer, other = header.first("SignerInfo"), header.first("OtherInfo")
    return {
        "sender": _organ(header.first("From")),
        "receivers": [_organ(node) for node in header.all("To")],
        "document_id": header.value("DocumentId"),
        "code_number": code.value("CodeNumber"),
        "code_notation": code.value("CodeNotation"),
        "place": promulgation.value("Place"),
        "promulgation_date": promulgation.date("PromulgationDate", "Date"),
        "type": kind.value("Type"),
        "type_detail": kind.value("TypeDetail"),
        "type_name": kind.value("TypeName"),
        "subject": header.value("Subject"),
        "content": header.value("Content"),
        "competence": signer.value("Competence"),
        "position": signer.value("Position", "Function"),
        "full_name": signer.value("FullName"),
        "due_date": header.date("DueDate"),
        "to_places": _texts(header.first("ToPlaces"), "Place"),
        "priority": other.integer("Priority"),
        "sphere": other.value("SphereOfPromulgation"),
        "typer_notation": other.value("TyperNotation"),
        "promulgation_amount": other.integer("PromulgationAmount"),
        "page_amount": other.integer("PageAmount"),
        "direction": other.value("Direction"),
        "appendixes": _texts(other.first("Appendixes"), "Appendix"),
        "responses": [_response(node) for node in header.all("ResponseFor")],
        "steering_type": header.integer("SteeringType"),
        "task_codes": _texts(header.first("ResponseForTask"), "TaskCode"),
    }


def read_status(data: bytes) -> Status:
    """A status message from edXML bytes.

    Raises:
        NotEdxml: no well-formed XML, or no status in it.
    """
    found = _descend(_root(data), "Status")
    if found is None:
        raise NotEdxml("There is no Status in it.")
    node = _Node(found)
    staff = node.all("StaffInfo")
    return Status(
        response_for=_response(node.first("ResponseFor")),
        sender=_organ(node.first("From")),
        code=node.value("StatusCode"),
        description=node.value("Description"),
        timestamp=node.value("Timestamp"),
        staff=_staff(staff[0]) if staff else None,
    )


def _root(data: bytes) -> etree._Element:
    if len(data) > _LARGEST:
        raise NotEdxml(f"It is larger than {_LARGEST} bytes.")
    try:
        return parse_xml(data)
    except ValueError as error:
        raise NotEdxml(f"It cannot be read: {error}.") from error


def _organ(node: _Node) -> Organ:
    return Organ(
        organ_id=node.value("OrganId"),
        in_charge=node.value("OrganizationInCharge"),
        name=node.value("OrganName"),
        address=node.value("OrganAdd"),
        email=node.value("Email"),
        telephone=node.value("Telephone"),
        fax=node.value("Fax"),
        website=node.value("Website"),
    )


def _response(node: _Node) -> ResponseFor:
    code = node.first("Code")
    # Some write Code with its two children, as in the header.
    parts = [part for part in (code.value("CodeNumber"), code.value("CodeNotation")) if part]
    return ResponseFor(
        organ_id=node.value("OrganId"),
        code=code.text or "/".join(parts) or None,
        promulgation_date=node.date("PromulgationDate"),
        document_id=node.value("DocumentId"),
    )


def _staff(node: _Node) -> Staff:
    return Staff(
        department=node.value("Department"),
        name=node.value("Staff"),
        mobile=node.value("Mobile"),
        email=node.value("Email"),
    )


def _business(node: _Node) -> Business:
    info = node.first("BussinessDocumentInfo")
    staff = node.all("StaffInfo")
    return Business(
        kind=node.integer("BussinessDocType"),
        reason=node.value("BussinessDocReason"),
        document_info=info.value("DocumentInfo"),
        document_receiver=info.value("DocumentReceiver"),
        receivers=[
            Receiver(kind=one.value("ReceiverType"), organ_id=one.value("OrganId"))
            for one in info.first("ReceiverList").all("Receiver")
        ],
        document_id=node.value("DocumentId"),
        staff=_staff(staff[0]) if staff else None,
        paper=node.integer("Paper"),
        replacements=[
            Replacement(document_id=one.value("DocumentId"), organ_ids=_texts(one.first("OrganIdList"), "OrganId"))
            for one in node.first("ReplacementInfoList").all("ReplacementInfo")
        ],
    )


def _attachments(root: etree._Element, unread: list[str]) -> list[Attachment]:
    """What the manifest names, joined with the data by content id; then data that the manifest forgot."""
    encoded = [_Node(element, "/AttachmentEncoded/Attachment") for element in _every(root, "Attachment")]
    by_id = {_cid(node.value("ContentId")): node for node in encoded if node.value("ContentId")}
    found, used = [], set()
    for element in _every(root, "Reference"):
        reference = _Node(element, "/edXMLManifest/Reference")
        name = reference.value("AttachmentName")
        if name is None and not reference.value("ContentId"):
            continue  # ds:Reference of a signature
        cid = _cid(reference.value("ContentId"))
        node = by_id.get(cid, _NOTHING)
        used.add(id(node))
        found.append(_attachment(reference, node, cid, unread))
    found += [
        _attachment(node, node, _cid(node.value("ContentId")), unread) for node in encoded if id(node) not in used
    ]
    return found


def _attachment(described: _Node, node: _Node, cid: str | None, unread: list[str]) -> Attachment:
    text = node.value("ContentTransferEncoded")
    data = None
    if text:
        try:
            data = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            unread.append("/AttachmentEncoded/Attachment/ContentTransferEncoded")
    return Attachment(
        name=described.value("AttachmentName") or node.value("AttachmentName") or "",
        content_type=node.value("ContentType") or described.value("ContentType"),
        description=described.value("Description"),
        content_id=cid,
        data=data,
    )


def _cid(text: str | None) -> str | None:
    return text.removeprefix("cid:") if text else None


def _texts(node: _Node, name: str) -> list[str]:
    return [one.text for one in node.all(name) if one.text]


def _date(text: str | None) -> PartialDate | None:
    match = _DATE.match(text or "")
    if match is None:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return PartialDate.of(int(year), int(month), int(day))
    except ValueError:
        return None


def _descend(root: etree._Element, name: str) -> etree._Element | None:
    return next(_every(root, name), None)


def _every(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (node for node in root.iter(f"{{*}}{name}") if isinstance(node.tag, str))
