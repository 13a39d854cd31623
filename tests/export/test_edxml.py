"""edXML: a message is read back as it was written, another SDK's file is read, and what is missing is listed."""

from __future__ import annotations

import pickle
import random
from pathlib import Path

import pytest
from lxml import etree

from vnadmin.export.elements import codes, elements
from vnadmin.export.profile import AgencyProfile
from vnadmin.export.qcvn102.envelope import Options, message_of, notes, read_edxml, write_edxml
from vnadmin.export.qcvn102.message import (
    Attachment,
    Business,
    Receiver,
    Replacement,
    ResponseFor,
    Staff,
)
from vnadmin.export.qcvn102.write import Dialect
from vnadmin.export.refusal import ExportRefused, Fault
from vnadmin.model import AdminDocument, DocumentNumber, DocumentType, PartialDate, Recipient

SAMPLE = Path(__file__).parent / "message-of-a-national-sdk.edxml"
NS = "{http://www.mic.gov.vn/TBT/QCVN_102_2016}"


def _names(error: ExportRefused) -> set[tuple[str, str]]:
    return {(problem.element, problem.fault.value) for problem in error.problems}


def test_a_file_of_another_sdk_is_read_whole() -> None:
    """Every value of the national SDK's file arrives, and nothing is left unread."""
    message = read_edxml(SAMPLE.read_bytes())
    assert message.unread == []
    assert message.sender.organ_id == "H60.37"
    assert message.sender.in_charge == "UBND tỉnh Tuyên Quang"
    assert [(o.organ_id, o.name) for o in message.receivers] == [("H60.37.1", "UBND xã A")]
    assert message.document_id == "H60.37,2021/09/06,1234/UBND-VX"
    assert (message.code_number, message.code_notation) == ("1234", "UBND-VX")
    assert (message.type, message.type_detail, message.type_name) == ("2", "18", "Công văn")
    assert message.promulgation_date == "2021-09-06"
    assert message.competence == "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH"
    assert (message.priority, message.page_amount, message.steering_type) == (0, 2, 2)
    assert message.direction == "false"
    assert message.appendixes == ["Phụ lục"]
    assert message.responses[0].code == "5028/CAT-ANMCNC"
    assert message.to_places == ["Như trên", "Lưu: VT"]
    assert message.business is not None and (message.business.kind, message.business.paper) == (0, 0)
    assert message.traces[0].timestamp == "2021/09/06 00:00:00"
    assert [(a.name, a.content_id, a.data) for a in message.attachments] == [("a.pdf", "cid1", b"%PDF-1.4 x")]
    assert not message.signed


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_elements_does_not_matter(seed: int) -> None:
    """The file with the children of every part shuffled gives the same message (lists keep their own order)."""
    root = etree.fromstring(SAMPLE.read_bytes())
    shuffler = random.Random(seed)
    for parent in list(root.iter()):
        children = list(parent)
        if len({child.tag for child in children}) == len(children):
            shuffler.shuffle(children)
            parent[:] = children
    assert read_edxml(etree.tostring(root)) == read_edxml(SAMPLE.read_bytes())


@pytest.mark.parametrize("dialect", ["vpcp", "vnpt"])
def test_a_message_is_read_back_as_it_was_written(
    letter: AdminDocument, profile: AgencyProfile, dialect: Dialect
) -> None:
    """Both orders of elements give the same values back, the attached file included."""
    file = Attachment(name="cv.pdf", content_type="application/pdf", content_id="f1", data=bytes(range(256)))
    message = message_of(letter, profile, [file])
    assert read_edxml(write_edxml(message, dialect)) == message


def test_every_field_is_read_back() -> None:
    """A message with all that the standard names, also what no document holds."""
    message = read_edxml(SAMPLE.read_bytes()).model_copy(
        update={
            "content": "Tóm tắt",
            "due_date": PartialDate("2021-10-01"),
            "task_codes": ["T1", "T2"],
            "business": Business(
                kind=3,
                reason="Thay thế",
                document_info="1",
                document_receiver="2",
                receivers=[Receiver(kind="1", organ_id="H60.1")],
                document_id="H60,2021/09/01,1/A-B",
                staff=Staff(department="VP", name="Lê A", mobile="09", email="a@b.example"),
                paper=1,
                replacements=[Replacement(document_id="H60,2021/09/01,1/A-B", organ_ids=["H60.1", "H60.2"])],
            ),
            "attachments": [Attachment(name="elsewhere.pdf", content_id="x", content_type="application/pdf")],
        }
    )
    empty = {name for name, value in message if value in (None, [], "")}
    assert empty == {"unread"}
    assert read_edxml(write_edxml(message, "vpcp")) == message
    assert read_edxml(write_edxml(message, "vnpt")) == message


def test_the_message_says_what_the_document_says(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Values come from the document, the profile and the table of agencies at the document's date."""
    message = message_of(letter, profile)
    assert message.document_id == "H37.18,2021/09/06,1234/SYT-NVY"
    assert [o.organ_id for o in message.receivers] == ["G18", "H37"]
    assert (message.type, message.type_detail, message.type_name) == ("2", "18", "Công văn")
    assert (message.competence, message.position) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert message.to_places == ["Như trên", "Sở Tài chính (để phối hợp)", "Lưu: VT, NVY"]
    assert (message.priority, message.page_amount, message.typer_notation) == (1, 2, "HTM")
    assert message.responses == [
        ResponseFor(
            organ_id="G18",
            code="5028/BYT-DP",
            promulgation_date=PartialDate("2021-08-25"),
            document_id="G18,2021/08/25,5028/BYT-DP",
        )
    ]
    assert message.steering_type is None and message.due_date is None and message.content is None


def test_vpcp_sees_prefixes_and_its_own_order(letter: AdminDocument, profile: AgencyProfile) -> None:
    """The root has no prefix, the envelope has one, attachments have none (a .NET serializer rejects others)."""
    text = write_edxml(message_of(letter, profile, [Attachment(name="a.pdf", data=b"x")])).decode()
    assert text.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<edXML xmlns=")
    assert "<edXML:edXMLEnvelope" in text and "<AttachmentEncoded>" in text
    header = next(etree.fromstring(text.encode()).iter(f"{NS}MessageHeader"))
    order = [etree.QName(child).localname for child in header]
    assert order == [
        "From", "To", "To", "Code", "PromulgationInfo", "DocumentType", "Subject", "SignerInfo", "ToPlaces",
        "OtherInfo", "ResponseFor", "DocumentId",
    ]  # fmt: skip


def test_all_that_is_missing_is_listed_at_once(letter: AdminDocument) -> None:
    """A draft without number, day, type and subject, of an agency without identifier: nothing is put in their place."""
    draft = letter.model_copy(
        update={
            "number": DocumentNumber(text="/SYT-NVY", notation="SYT-NVY"),
            "issued_on": PartialDate("2021-09"),
            "document_type": None,
            "subject": None,
            "addressees": ["Trạm Y tế Phố Mới"],
        }
    )
    with pytest.raises(ExportRefused) as refused:
        message_of(draft, AgencyProfile())
    assert _names(refused.value) == {
        ("From/OrganId", "missing"),
        ("To[1]/OrganId", "missing"),
        ("DocumentId", "missing"),
        ("Code/CodeNumber", "missing"),
        ("PromulgationInfo/PromulgationDate", "incomplete"),
        ("DocumentType/Type", "missing"),
        ("DocumentType/TypeDetail", "missing"),
        ("DocumentType/TypeName", "missing"),
        ("Subject", "missing"),
    }
    assert "Trạm" not in str(refused.value)  # no text of the document in messages
    assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems


def test_an_addressee_is_found_in_the_directory_first(letter: AdminDocument, profile: AgencyProfile) -> None:
    """One printed name may stand for several agencies; each identifier is sent to once."""
    known = profile.model_copy(
        update={"directory": {"Bộ Y tế": ["G18.01"], "Các trạm": ["H37.18.1", "H37.18.2", "G18.01"]}}
    )
    message = message_of(letter.model_copy(update={"addressees": ["Bộ Y tế", "Các trạm"]}), known)
    assert [o.organ_id for o in message.receivers] == ["G18.01", "H37.18.1", "H37.18.2"]


def test_without_kinh_gui_the_recipients_that_are_known(letter: AdminDocument, profile: AgencyProfile) -> None:
    """A decision has no Kính gửi: To are the entries of Nơi nhận with an identifier; none at all is refused."""
    decision = letter.model_copy(update={"addressees": []})
    with pytest.raises(ExportRefused) as refused:
        message_of(decision, profile)
    assert _names(refused.value) == {("To", "missing")}
    known = profile.with_values({"directory.Sở Tài chính": "H37.19"})
    assert [o.organ_id for o in message_of(decision, known).receivers] == ["H37.19"]
    told = AgencyProfile.model_validate(
        {"agency": {"organ_id": "H37.18"}, "edxml": {"receivers": [{"organ_id": "H37.20", "name": "Sở Nội vụ"}]}}
    )
    assert [o.name for o in message_of(decision, told).receivers] == ["Sở Nội vụ"]


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("Công văn", None, ("2", "18")),
        ("Quyết định", None, ("2", "2")),
        ("Quyết định", 2021, ("1", "8")),
        ("Nghị định", 2021, ("1", "7")),
        ("Luật", 2021, ("1", "2")),
        ("Kế hoạch", None, ("2", "10")),
    ],
)
def test_the_type_is_of_list_a_or_b(
    letter: AdminDocument, profile: AgencyProfile, name: str, year: int | None, expected: tuple[str, str]
) -> None:
    """A year inside the number makes a document a normative one."""
    number = DocumentNumber(text="9/X", sequence="9", year=year, notation="X")
    document = letter.model_copy(update={"document_type": DocumentType(code=None, name=name), "number": number})
    message = message_of(document, profile)
    assert (message.type, message.type_detail) == expected
    assert message.document_id == f"H37.18,2021/09/06,9/{year}/X" if year else "H37.18,2021/09/06,9/X"


def test_hypotheses_can_be_switched(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Codes inferred for the cut part of list B, the generation of 2018 and lengths are the caller's choice."""
    plan = letter.model_copy(update={"document_type": DocumentType(code="KH", name="Kế hoạch")})
    with pytest.raises(ExportRefused, match="TypeDetail"):
        message_of(plan, profile, options=Options(guessed_types=False))
    old = message_of(letter, profile, options=Options(types="2018"))
    assert (old.type, old.type_detail) == ("18", "0")
    with pytest.raises(ExportRefused, match="DocumentType/Type"):
        message_of(plan, profile, options=Options(types="2018"))
    long = letter.model_copy(update={"place": "Đ" * 51})
    with pytest.raises(ExportRefused, match="PromulgationInfo/Place: is too long"):
        message_of(long, profile)
    assert message_of(long, profile, options=Options(lengths=False)).place == "Đ" * 51


def _lengths() -> list[tuple[str, int]]:
    return [(e.name, e.longest) for e in elements("edxml").values() if e.longest]


@pytest.mark.parametrize(("name", "longest"), _lengths())
def test_every_length_is_checked_each_way(
    letter: AdminDocument, profile: AgencyProfile, name: str, longest: int
) -> None:
    """A value of the full length passes, one character more is reported."""
    for extra in (0, 1):
        text = "x" * (longest + extra)
        document, told = _with(letter, profile, name, text)
        found: set[tuple[str, str]] = set()
        try:
            message_of(document, told, [Attachment(name=text)] if name.startswith("Reference") else ())
        except ExportRefused as error:
            found = _names(error)
        plain = name.replace("To/", "To[1]/", 1) if name.startswith("To/") else name
        reported = {element.removesuffix("[1]") for element, fault in found if fault == "too_long"}
        assert reported == ({plain} if extra else set()), found


def _with(document: AdminDocument, profile: AgencyProfile, name: str, text: str) -> tuple[AdminDocument, AgencyProfile]:
    """The letter with this text at the place that fills the element."""
    data = document.model_dump()
    data["recipients"], data["addressees"] = [], ["Bộ Y tế"]
    told: dict[str, str] = {}
    match name:
        case "From/OrganId":
            told["agency.organ_id"] = text
        case "From/OrganizationInCharge":
            data["parent_agency"] = text
        case "From/OrganName":
            data["issuing_agency"] = text
        case "From/OrganAdd":
            told["agency.address"] = text
        case "From/Email" | "From/Telephone" | "From/Fax" | "From/Website":
            told[f"agency.{name.removeprefix('From/').lower()}"] = text
        case "To/OrganId":
            told["directory.Bộ Y tế"] = text
            data["legal_references"] = []
        case "To/OrganName":
            data["addressees"] = [text]
            told[f"directory.{text}"] = "G18"
        case "Code/CodeNumber":
            data["number"]["sequence"] = text
        case "Code/CodeNotation":
            data["number"]["notation"] = text
        case "PromulgationInfo/Place":
            data["place"] = text
        case "DocumentType/TypeName":
            data["document_type"]["name"] = text
        case "Subject":
            data["subject"] = text
        case "Content":
            told["edxml.content"] = text
        case "SignerInfo/Competence":
            data["signatories"][0]["authority"] = [text]
        case "SignerInfo/Position":
            data["signatories"][0]["position"] = text
        case "SignerInfo/FullName":
            data["signatories"][0]["name"] = text
        case "ToPlaces/Place":
            data["recipients"] = [{"name": text}]
        case "OtherInfo/SphereOfPromulgation":
            told["edxml.sphere"] = text
        case "OtherInfo/TyperNotation":
            data["filing"]["drafter"] = text
        case "OtherInfo/Appendixes/Appendix":
            data["appendices"] = [{"title": text}]
        case "ResponseFor/OrganId":
            told["directory.Bộ Y tế"] = "G18"
            data["legal_references"][0]["issuer"] = "Cục Y"
            told["directory.Cục Y"] = text
        case "Reference/AttachmentName":
            pass
        case _:
            raise AssertionError(name)
    return AdminDocument.model_validate(data), profile.with_values(told)


@pytest.mark.parametrize(
    ("values", "element"),
    [
        ({"edxml.business_type": "9"}, "Bussiness/BussinessDocType"),
        ({"edxml.sent_at": "2021-09-06"}, "TraceHeader/Timestamp"),
    ],
)
def test_codes_and_forms_are_checked(
    letter: AdminDocument, profile: AgencyProfile, values: dict[str, str], element: str
) -> None:
    """A code outside its list and a time of another form are reported; those of the list pass."""
    with pytest.raises(ExportRefused) as refused:
        message_of(letter, profile.with_values(values))
    assert [problem.element for problem in refused.value.problems] == [element]
    fine = {"edxml.business_type": "1", "edxml.sent_at": "2021/09/06 08:00:00"}
    assert message_of(letter, profile.with_values(fine)).traces[0].organ_id == "H37.18"


def test_every_mark_of_urgency_has_a_code(letter: AdminDocument, profile: AgencyProfile) -> None:
    """The four marks and none; a mark outside the list is reported."""
    for code, name in codes("priority").items():
        urgent = letter.model_copy(update={"urgency": name if code != "0" else None})
        assert message_of(urgent, profile).priority == int(code)
    with pytest.raises(ExportRefused, match="OtherInfo/Priority"):
        message_of(letter.model_copy(update={"urgency": "Rất gấp"}), profile)


def test_what_has_no_place_is_said(letter: AdminDocument, profile: AgencyProfile) -> None:
    """More signers, a mark of secrecy and who of Nơi nhận is not written to are told; whoever the caller names settles it."""
    lone = letter.model_copy(update={"recipients": [Recipient(name="Như trên"), Recipient(name="Lưu: VT")]})
    message = message_of(lone, profile)
    assert notes(lone, message, profile) == []
    two = lone.model_copy(update={"signatories": letter.signatories * 2, "secrecy": "Mật"})
    assert len(notes(two, message, profile)) == 2
    more = lone.model_copy(update={"recipients": [Recipient(name="Cục Kiểm soát thủ tục")]})
    (told,) = notes(more, message, profile)
    assert "Cục Kiểm soát thủ tục" in told and "edxml.receivers" in told
    assert notes(more, message, profile.with_values({"edxml.receivers": "H1"})) == []


@pytest.mark.parametrize(
    "receivers", ["H1,H2", "H1, H2", ["H1", "H2"], [{"organ_id": "H1"}, "H2"], [{"organ_id": "H1"}, {"organ_id": "H2"}]]
)
def test_receivers_are_given_in_any_natural_shape(receivers: object) -> None:
    """Identifiers in a list or joined by commas, or tables with more of each."""
    given = AgencyProfile.model_validate({"edxml": {"receivers": receivers}})
    assert [organ.organ_id for organ in given.edxml.receivers] == ["H1", "H2"]
    if isinstance(receivers, str):
        assert AgencyProfile().with_values({"edxml.receivers": receivers}) == given
        assert given.with_values({"edxml.receivers": ""}) == AgencyProfile()


def test_without_receivers_the_ways_to_give_them_are_told(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Neither Kính gửi nor Nơi nhận gives one: the list of what is missing names the directory and the option."""
    bare = letter.model_copy(update={"addressees": [], "recipients": []})
    with pytest.raises(ExportRefused) as refused:
        message_of(bare, profile)
    (problem,) = refused.value.problems
    assert problem.element == "To"
    assert "[directory]" in problem.remedy and "edxml.receivers" in problem.remedy


def test_problems_are_said_in_both_languages(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Each fault has a sentence in Vietnamese and in English."""
    with pytest.raises(ExportRefused) as refused:
        message_of(letter.model_copy(update={"subject": None}), profile)
    (problem,) = refused.value.problems
    assert problem.fault is Fault.MISSING
    assert problem.en == "Subject: has no value (from: subject)"
    assert problem.vi == "Subject: chưa có giá trị (from: subject)"
