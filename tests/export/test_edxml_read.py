"""Reading edXML: old dialects, status messages, damaged and hostile files, any text."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.export.profile import AgencyProfile, Organ
from vnadmin.export.qcvn102.envelope import message_of, read_edxml, read_status, write_edxml, write_status
from vnadmin.export.qcvn102.message import (
    Attachment,
    Business,
    Message,
    ResponseFor,
    Staff,
    Status,
)
from vnadmin.export.refusal import NotEdxml
from vnadmin.export.xml_text import xml_text
from vnadmin.model import AdminDocument, PartialDate

SAMPLE = Path(__file__).parent / "message-of-a-national-sdk.edxml"
NS = "{http://www.mic.gov.vn/TBT/QCVN_102_2016}"


def test_an_older_dialect_is_read() -> None:
    """No prefixes, Date for PromulgationDate, days before months, a Function for the position, codes in two parts."""
    text = """<Envelope xmlns="http://www.e-doc.vn/Schema/"><Header><MessageHeader>
      <PromulgationInfo><Date>06/09/2021</Date></PromulgationInfo><SignerInfo><Function>Chánh VP</Function></SignerInfo>
      <ResponseFor><Code><CodeNumber>7</CodeNumber><CodeNotation>A-B</CodeNotation></Code></ResponseFor>
      <DueDate>ngày mai</DueDate><Extra>1</Extra></MessageHeader></Header></Envelope>"""
    message = read_edxml(text.encode())
    assert (message.promulgation_date, message.position) == ("2021-09-06", "Chánh VP")
    assert message.responses[0].code == "7/A-B"
    assert message.unread == ["/DueDate", "/Extra"]


def test_a_status_message_is_read_back() -> None:
    """What became of a document at the receiver."""
    status = Status(
        response_for=ResponseFor(organ_id="H37", code="1/A-B", promulgation_date=PartialDate("2021-09-06")),
        sender=Organ(organ_id="G22", name="Văn phòng Chính phủ"),
        code="03",
        description="Đã tiếp nhận",
        timestamp="2021/09/06 08:00:00",
        staff=Staff(department="Văn thư", name="Lê A"),
    )
    assert read_status(write_status(status)) == status
    with pytest.raises(NotEdxml):
        read_status(SAMPLE.read_bytes())
    with pytest.raises(NotEdxml):
        read_edxml(write_status(status))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"<edXML",
        b"<edXML/>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><MessageHeader><Subject a="&x;">&x;</Subject></MessageHeader>',
        '<?xml version="1.0" encoding="UTF-16"?><MessageHeader/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<MessageHeader/>',
    ],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    """Other files, other encodings and document types give the one error."""
    with pytest.raises(NotEdxml):
        read_edxml(data)


def test_a_deep_file_is_read_in_bounds() -> None:
    """Levels below what the standard has are passed over."""
    deep = b"<MessageHeader>" + b"<a>" * 1500 + b"</a>" * 1500 + b"<Subject>S</Subject></MessageHeader>"
    assert read_edxml(deep).subject == "S"


def test_damaged_attachments_are_said() -> None:
    """Base64 that is none leaves the attachment without data, and says so."""
    text = SAMPLE.read_text("utf-8").replace(base64.b64encode(b"%PDF-1.4 x").decode(), "%%%")
    message = read_edxml(text.encode())
    assert message.attachments[0].data is None
    assert message.unread == ["/AttachmentEncoded/Attachment/ContentTransferEncoded"]


def test_control_characters_do_not_break_the_file(letter: AdminDocument, profile: AgencyProfile) -> None:
    """XML cannot hold a form feed; the rest of the value arrives."""
    message = message_of(letter.model_copy(update={"subject": "một\x0c hai"}), profile)
    assert read_edxml(write_edxml(message)).subject == "một hai"


@given(st.lists(st.text(min_size=1, max_size=40), min_size=6, max_size=6))
def test_any_text_is_read_back(texts: list[str]) -> None:
    """Whatever a value holds, markup included: it comes back without outer white space and what XML cannot hold."""
    subject, place, name, reason, appendix, note = texts
    message = Message(
        subject=subject,
        place=place,
        to_places=[name],
        appendixes=[appendix],
        business=Business(kind=1, reason=reason),
        attachments=[Attachment(name="a", description=note, content_id="1", data=note.encode("utf-8", "replace"))],
    )

    def kept(text: str) -> str | None:
        return xml_text(text).strip() or None

    found = read_edxml(write_edxml(message))
    assert (found.subject, found.place) == (kept(subject), kept(place))
    assert found.to_places == [text for text in [kept(name)] if text]
    assert found.appendixes == [text for text in [kept(appendix)] if text]
    assert found.business is not None and found.business.reason == kept(reason)
    assert found.attachments[0].data == note.encode("utf-8", "replace")


def test_an_empty_message_is_written_and_read() -> None:
    """Nothing known, nothing written, nothing made up on the way back."""
    assert read_edxml(write_edxml(Message())) == Message()


def test_the_sdks_own_file_is_read() -> None:
    """The file as the SDK wrote it, where the project's reference folder is."""
    path = Path(__file__).parents[3] / "shared/interop/sample.edxml"
    if not path.is_file():
        pytest.skip("../shared/interop is not there (it is only on the project's own machines)")
    message = read_edxml(path.read_bytes())
    assert message.unread == []
    assert message == read_edxml(SAMPLE.read_bytes()).model_copy(
        update={
            "full_name": message.full_name,
            "sender": message.sender,
        }
    )
    assert read_edxml(write_edxml(message, "vnpt")) == message
