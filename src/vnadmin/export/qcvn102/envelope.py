"""edXML (QCVN 102:2016/BTTTT): a document and its agency's profile as a message, or the list of what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from vnadmin.agencies import resolve
from vnadmin.export.elements import check, code_of, elements, notation_of
from vnadmin.export.profile import AgencyProfile, Organ
from vnadmin.export.qcvn102.message import Attachment, Business, Message, ResponseFor, Staff, Trace
from vnadmin.export.qcvn102.read import read_edxml, read_status
from vnadmin.export.qcvn102.write import Dialect, slashes, write_edxml, write_status
from vnadmin.export.refusal import ExportRefused, Fault, Problem
from vnadmin.genre.closing_line import is_filing, points_above
from vnadmin.model import AdminDocument, LegalReference
from vnadmin.text.fold import bare, fold

__all__ = ["Options", "message_of", "read_edxml", "read_status", "write_edxml", "write_status"]
UNPAGED: Final = "markup"  # as `PageInfo.method` of a text or Word file: it has no pages before it is printed


@dataclass(frozen=True, slots=True)
class Options:
    """What no text of the law settles; each is a hypothesis with its evidence in docs/decisions/0060.

    Attributes:
        dialect: order of the elements: `vpcp` as the samples of VPCP's SDK, `vnpt` as VNPT's SDK.
        types: `current` sends Type 1 or 2 and TypeDetail of lists A and B; `2018` sends Type 18 for a letter.
        guessed_types: whether TypeDetail 10-17 and 27-31, inferred from the order of TT 01/2011, may be sent.
        lengths: whether lengths are checked, which rest on code in use only.
    """

    dialect: Dialect = "vpcp"
    types: Literal["current", "2018"] = "current"
    guessed_types: bool = True
    lengths: bool = True


DEFAULT = Options()
_TO_GIVE = "Give their identifiers in [directory] of the profile, or by --set edxml.receivers=ID,ID"


def message_of(
    document: AdminDocument,
    profile: AgencyProfile,
    attachments: Iterable[Attachment] = (),
    options: Options = DEFAULT,
) -> Message:
    """The message that sends this document.

    Raises:
        ExportRefused: an element that the message needs has no value or does not fit; all of them are listed.
    """
    problems: list[Problem] = []
    sender = _sender(document, profile)
    receivers = list(_receivers(document, profile, problems))
    number = document.number
    sequence, notation = (number.sequence, notation_of(document)) if number else (None, None)
    date = document.issued_on if document.issued_on and document.issued_on.to_date() else None
    if document.issued_on and date is None:
        problems.append(Problem("PromulgationInfo/PromulgationDate", Fault.INCOMPLETE, "day or month left blank"))
    identified = sender.organ_id and date and sequence and notation
    kind, detail = _kind(document, options, problems)
    signer = document.signatories[0] if document.signatories else None
    own = profile.edxml
    message = Message(
        sender=sender,
        receivers=receivers,
        document_id=f"{sender.organ_id},{slashes(date)},{sequence}/{notation}" if identified else None,
        code_number=sequence,
        code_notation=notation,
        place=document.place,
        promulgation_date=date,
        type=kind,
        type_detail=detail,
        type_name=document.document_type.name if document.document_type else None,
        subject=document.subject,
        content=own.content,
        competence=", ".join(signer.authority) or None if signer else None,
        position=signer.position if signer else None,
        full_name=signer.name if signer else None,
        due_date=own.due_date,
        to_places=[f"{r.name} ({r.purpose})" if r.purpose else r.name for r in document.recipients],
        priority=_priority(document, problems),
        sphere=own.sphere,
        typer_notation=document.filing.drafter if document.filing else None,
        promulgation_amount=own.promulgation_amount,
        page_amount=own.page_amount if own.page_amount is not None else pages(document),
        appendixes=[". ".join(filter(None, (a.label, a.title))) for a in document.appendices if a.label or a.title],
        responses=[_response(r, document, profile) for r in document.legal_references if _answered(r)],
        steering_type=own.steering_type,
        task_codes=[own.task_code] if own.task_code else [],
        traces=[Trace(organ_id=sender.organ_id, timestamp=own.sent_at)] if own.sent_at else [],
        business=_business(profile),
        attachments=list(attachments),
    )
    problems += _checked(message, options, {problem.element for problem in problems})
    if problems:
        raise ExportRefused(problems)
    return message


def notes(document: AdminDocument, message: Message, profile: AgencyProfile) -> list[str]:
    """What of the document the message has no place for, said to the user rather than dropped in silence."""
    found = []
    sent = {organ.name for organ in message.receivers}
    left = [] if profile.edxml.receivers else [r.name for r in document.recipients if r.name not in sent]
    left = [name for name in left if not (points_above(bare(fold(name))) or is_filing(bare(fold(name))))]
    if left:
        found.append(f"not among the receivers (To), though Nơi nhận names them: {'; '.join(left)}. {_TO_GIVE}.")
    if len(document.signatories) > 1:
        found.append(f"edXML has one signer; {len(document.signatories) - 1} more stand in the document.")
    if document.secrecy:
        found.append("edXML has no element for the mark of secrecy; ask whether this document may be sent at all.")
    return found


def pages(document: AdminDocument) -> int | None:
    """Pages of a source that has pages."""
    found = document.source.pages
    return len(found) if found and all(page.method != UNPAGED for page in found) else None


def _sender(document: AdminDocument, profile: AgencyProfile) -> Organ:
    own = profile.agency
    name = document.issuing_agency or own.name
    known = resolve(name, on=document.issued_on, within=document.parent_agency).identifier if name else None
    return own.model_copy(
        update={
            "organ_id": own.organ_id or known,
            "name": name,
            "in_charge": document.parent_agency or own.in_charge,
        }
    )


def _receivers(document: AdminDocument, profile: AgencyProfile, problems: list[Problem]) -> Iterator[Organ]:
    """To: what the caller says, else Kính gửi, else what of Nơi nhận is known; each identifier once."""
    seen: set[str] = set()
    if profile.edxml.receivers:
        found = [(organ, organ.organ_id) for organ in profile.edxml.receivers]
    else:
        unknown: list[str | None] = [None]
        found = [
            (Organ(organ_id=identifier, name=name), identifier)
            for name in document.addressees
            for identifier in _identifiers(name, document, profile) or unknown
        ] or [
            (Organ(organ_id=identifier, name=recipient.name), identifier)
            for recipient in document.recipients
            for identifier in _identifiers(recipient.name, document, profile)
        ]
    if not found:
        problems.append(Problem("To", Fault.MISSING, "from: addressees, recipients", _TO_GIVE))
    for place, (organ, identifier) in enumerate(found, 1):
        if identifier is None:
            problems.append(Problem(f"To[{place}]/OrganId", Fault.MISSING, "from: addressees", _TO_GIVE))
        elif identifier in seen:
            continue
        else:
            seen.add(identifier)
        yield organ


def _identifiers(name: str, document: AdminDocument, profile: AgencyProfile) -> list[str]:
    if name in profile.directory:
        return profile.directory[name]
    within = document.parent_agency or document.issuing_agency
    known = resolve(name, on=document.issued_on, within=within).identifier
    return [known] if known else []


def _kind(document: AdminDocument, options: Options, problems: list[Problem]) -> tuple[str | None, str | None]:
    kind = document.document_type
    if kind is None:
        return None, None
    if options.types == "2018":
        if kind.name.casefold() == "công văn":
            return "18", "0"
        problems.append(
            Problem("DocumentType/Type", Fault.NOT_IN_LIST, "of the generation of 2018 only letters are known")
        )
        return None, None
    administrative = code_of("edxml_B", kind.name, options.guessed_types)
    legislative = code_of("edxml_A", kind.name)
    dated = document.number is not None and document.number.year is not None
    if legislative and (dated or code_of("edxml_B", kind.name) is None):
        return "1", legislative
    if administrative is None:
        problems.append(Problem("DocumentType/TypeDetail", Fault.NOT_IN_LIST, "lists A and B of SĐ1:2022"))
    return "2", administrative


def _priority(document: AdminDocument, problems: list[Problem]) -> int | None:
    """0 is the standard's code for a document without a mark of urgency, not a substitute for one."""
    if document.urgency is None:
        return 0
    code = code_of("priority", document.urgency)
    if code is None:
        problems.append(Problem("OtherInfo/Priority", Fault.NOT_IN_LIST, "priority"))
        return None
    return int(code)


def _answered(reference: LegalReference) -> bool:
    return reference.relation == "replies_to" and reference.number is not None


def _response(reference: LegalReference, document: AdminDocument, profile: AgencyProfile) -> ResponseFor:
    found: list[str] = []
    if reference.issuer:
        at = document.model_copy(update={"issued_on": reference.issued_on or document.issued_on})
        found = _identifiers(reference.issuer, at, profile)
    organ = found[0] if len(found) == 1 else None
    date = reference.issued_on if reference.issued_on and reference.issued_on.to_date() else None
    known = organ and date and reference.number
    return ResponseFor(
        organ_id=organ,
        code=reference.number,
        promulgation_date=date,
        document_id=f"{organ},{slashes(date)},{reference.number}" if known else None,
    )


def _business(profile: AgencyProfile) -> Business | None:
    own = profile.edxml
    staff = Staff(department=own.department, name=own.staff, mobile=own.mobile, email=own.staff_email)
    some = staff if staff != Staff() else None
    if own.business_type is None and own.business_reason is None and own.paper is None and some is None:
        return None
    return Business(kind=own.business_type, reason=own.business_reason, staff=some, paper=own.paper)


def _checked(message: Message, options: Options, known: set[str]) -> Iterator[Problem]:
    """Every element of the table against its value in the message; what was reported already is not repeated."""
    table = elements("edxml")
    for name, values in _values(message).items():
        element = table[name]
        if element.required and not values:
            values = [None]
        for place, value in enumerate(values, 1):
            shown = name.replace("To/", f"To[{place}]/", 1) if name.startswith("To/") else name
            if len(values) > 1 and shown == name:
                shown = f"{name}[{place}]"
            if shown not in known:
                yield from check(element, value, shown=shown, lengths=options.lengths)


def _values(message: Message) -> dict[str, list[str | None]]:
    def one(value: str | int | None) -> list[str | None]:
        return [None if value is None else str(value)]

    values: dict[str, list[str | None]] = {"To": one("one" if message.receivers else None)}
    for attribute, name in (
        ("organ_id", "OrganId"), ("in_charge", "OrganizationInCharge"), ("name", "OrganName"), ("address", "OrganAdd"),
        ("email", "Email"), ("telephone", "Telephone"), ("fax", "Fax"), ("website", "Website"),
    ):  # fmt: skip
        values[f"From/{name}"] = one(getattr(message.sender, attribute))
    if message.receivers:
        values["To/OrganId"] = [organ.organ_id for organ in message.receivers]
        values["To/OrganName"] = [organ.name for organ in message.receivers]
    values |= {
        "DocumentId": one(message.document_id),
        "Code/CodeNumber": one(message.code_number),
        "Code/CodeNotation": one(message.code_notation),
        "PromulgationInfo/Place": one(message.place),
        "PromulgationInfo/PromulgationDate": one(slashes(message.promulgation_date)),
        "DocumentType/Type": one(message.type),
        "DocumentType/TypeDetail": one(message.type_detail),
        "DocumentType/TypeName": one(message.type_name),
        "Subject": one(message.subject),
        "Content": one(message.content),
        "SignerInfo/Competence": one(message.competence),
        "SignerInfo/Position": one(message.position),
        "SignerInfo/FullName": one(message.full_name),
        "DueDate": one(slashes(message.due_date)),
        "ToPlaces/Place": list(message.to_places),
        "OtherInfo/Priority": one(message.priority),
        "OtherInfo/SphereOfPromulgation": one(message.sphere),
        "OtherInfo/TyperNotation": one(message.typer_notation),
        "OtherInfo/PromulgationAmount": one(message.promulgation_amount),
        "OtherInfo/PageAmount": one(message.page_amount),
        "OtherInfo/Appendixes/Appendix": list(message.appendixes),
        "ResponseFor/OrganId": [response.organ_id for response in message.responses],
        "SteeringType": one(message.steering_type),
        "TraceHeader/Timestamp": [trace.timestamp for trace in message.traces],
        "Bussiness/BussinessDocType": one(message.business.kind if message.business else None),
        "Reference/AttachmentName": [attachment.name for attachment in message.attachments],
    }
    return values
