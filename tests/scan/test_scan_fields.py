"""What is read of invented scans whose marks, stamps and pens stand where they disturb."""

from __future__ import annotations

import pytest

from tests.makers.ocr_fakes import line
from tests.scan.test_scan_document import LINES, document
from vnadmin.assemble import assemble
from vnadmin.citation import find_hints, read_appendix_references, read_references
from vnadmin.fields import FIELDS
from vnadmin.layout.page import Box
from vnadmin.model import AdminDocument, Grade
from vnadmin.ocr.reading import ReadLine
from vnadmin.zones import find_zones

HEAD, BODY, END = LINES[:6], LINES[7:9], LINES[9:]


def parsed(*lines: ReadLine, seals: tuple[Box, ...] = ()) -> AdminDocument:
    """The document of a one-page scan on which an engine reads these lines, from top to bottom."""
    zones = find_zones(document(*sorted(lines, key=lambda each: (round(each.box.y0), each.box.x0)), seals=seals))
    answers = {field.name: tuple(field.read(zones)) for field in FIELDS}
    hints = find_hints(zones.document)
    references = tuple(read_references(zones, hints))
    return assemble(b"", zones, answers, references, read_appendix_references(zones, hints))


def test_stamp_beside_the_address() -> None:
    """HỎA TỐC in the margin is a mark and not the beginning of the line on which `Kính gửi` stands."""
    found = parsed(*HEAD, line("HỎA TỐC", 40, 150), line("Kính gửi: Ủy ban nhân dân các huyện.", 190, 150), *BODY, *END)
    assert found.urgency == "Hỏa tốc"
    assert found.addressees == ["Ủy ban nhân dân các huyện"]


def test_letters_written_over_the_motto_are_no_agency() -> None:
    """A clerk's mark in the upper right corner; names stand in the left column."""
    found = parsed(line("TTĐT", 530, 12), *LINES)
    assert (found.parent_agency, found.issuing_agency) == ("UBND TỈNH HÀ THANH", "SỞ XÂY DỰNG")


@pytest.mark.parametrize(
    ("symbol", "grade"),
    [
        ("15/SXD-VP", Grade.CERTAIN),
        ("15/XD-VP", Grade.LIKELY),  # the engine lost a letter and was sure of the rest
        ("15/SXD14", Grade.CERTAIN),  # with the number of a term
        ("15/UBND-VP", Grade.CERTAIN),  # a symbol that everybody knows; that it fits no line above is told elsewhere
    ],
)
def test_symbol_that_stands_for_no_line_of_the_header(symbol: str, grade: Grade) -> None:
    found = parsed(*LINES[:4], line(f"Số: {symbol}", 100, 104), *LINES[5:])
    assert found.number is not None
    assert found.number.text == symbol
    assert {found.evidence[f"/number/{part}"][0].grade for part in ("text", "notation")} == {grade}


def test_number_without_a_symbol_on_a_scan() -> None:
    found = parsed(*LINES[:4], line("Số: 15", 100, 104), *LINES[5:])
    assert found.number is not None
    assert (found.number.text, found.number.notation) == ("15", None)


def test_motto_in_prose_does_not_cut_a_title() -> None:
    """`Đảng Cộng sản Việt Nam` in small letters is a part of the line."""
    title = (
        line("THÔNG BÁO", 255, 135),
        line("Về việc treo cờ, họp mặt nhân kỷ niệm", 175, 152),
        line("86 năm ngày thành lập Đảng Cộng sản Việt Nam", 155, 168),
        line("Thực hiện kế hoạch năm 2021, Sở Xây dựng thông báo lịch treo cờ và họp mặt", 114, 200),
        line("của các đơn vị trên địa bàn tỉnh.", 85, 216),
    )
    assert parsed(*HEAD, *title, *END).subject == (
        "treo cờ, họp mặt nhân kỷ niệm 86 năm ngày thành lập Đảng Cộng sản Việt Nam"
    )


def test_label_of_the_recipients_that_lost_its_letters() -> None:
    """The label in bold italics with a stroke before it."""
    (signer,) = parsed(*LINES[:9], line("4ởơi nhận:", 85, 250, 12), *LINES[10:]).signatories
    assert (signer.name, signer.position) == ("Trần Văn Bảo", "GIÁM ĐỐC")


def test_post_that_the_edge_of_a_seal_touches() -> None:
    """What looks like a dash before it makes no recipient of it."""
    posts = line("KT. CHÁNH VĂN PHÒNG", 350, 250), line("-PHÓ VĂN PHÒNG", 362, 265)
    found = parsed(*LINES[:10], *posts, *LINES[11:])
    (signer,) = found.signatories
    assert (signer.authority, signer.position) == (["KT. CHÁNH VĂN PHÒNG"], "PHÓ VĂN PHÒNG")
    assert [each.name for each in found.recipients] == ["Như trên", "Lưu: VT, QLN"]


def test_slash_that_was_read_as_a_letter() -> None:
    """The symbol after it begins with the code of a type."""
    found = parsed(*LINES[:4], line("Số: 79 JGM-SXD", 100, 104), *LINES[5:])
    assert found.number is not None
    assert found.number.text == "79/GM-SXD"


def test_label_of_the_address_under_a_stamp_of_arrival() -> None:
    """A stamp of the receiving office covers a part of `Kính gửi:`; its number and name are no text of the letter."""
    stamp = (
        line("BAN QUẢN LÝ CÁC kCn 1. Ất", 40, 138, 9),
        line("ĐẾN", 45, 160, 18),
        line("Số: 9023", 85, 158, 9),
        line("Ngày: 7/11/12", 85, 172, 9),
    )
    address = line(". Kính gửi:", 190, 152), line("- Các Sở thuộc tỉnh;", 260, 168), line("- UBND các huyện.", 260, 184)
    found = parsed(
        *HEAD, *stamp, *address, line("Thực hiện kế hoạch năm 2021, Sở Xây dựng đề nghị báo cáo.", 114, 215), *END
    )
    assert found.addressees == ["Các Sở thuộc tỉnh", "UBND các huyện"]
    assert found.issuing_agency == "SỞ XÂY DỰNG"


def test_figures_of_a_stamp_joined_to_the_addressees() -> None:
    """What a hand wrote into a stamp whose print was dropped with its red; a day is read there as surely as print."""
    label = line("Kính gửi:", 190, 150)
    items = (line("- Hiệp hội Doanh nghiệp tỉnh;", 260, 166), line("- Sở Nội vụ.", 260, 182))
    joined = (line("20k", 100, 166).words + items[0].words, line("12/2/25", 100, 182).words + items[1].words)
    found = parsed(*HEAD, label, *map(ReadLine, joined), line("Sở Xây dựng đề nghị báo cáo.", 114, 215), *END)
    assert found.addressees == ["Hiệp hội Doanh nghiệp tỉnh", "Sở Nội vụ"]
    assert _address_grades(found) == [Grade.LIKELY] * 2


@pytest.mark.parametrize(
    ("left", "own", "arrived"),
    [("- BGH;", ["BGH"], None), ("* VT;", ["VT"], None), ("Số: 605", [], "605"), ("Ngày: 8/11/2012", [], None)],
)
@pytest.mark.parametrize("y", [150, 270])
def test_what_is_joined_to_an_addressee(left: str, own: list[str], arrived: str | None, y: float) -> None:
    """An entry of few letters stays, a row of a stamp goes to the stamp; whatever went, the rest is not certain."""
    label, stamp = line("Kính gửi:", 190, y), line("ĐẾN", 45, y + 10, 18)
    first, last = line("- Hiệp hội Doanh nghiệp tỉnh;", 260, y + 16), line("- Sở Nội vụ.", 260, y + 32)
    joined = ReadLine(line(left, 85, y + 32, 9).words + last.words)
    body = line("Sở Xây dựng đề nghị báo cáo.", 114, y + 65)
    end = (line(each.text, each.box.x0, each.box.y0 + y) for each in END)
    found = parsed(*HEAD, label, stamp, first, joined, body, *end)
    assert found.addressees == ["Hiệp hội Doanh nghiệp tỉnh", *own, "Sở Nội vụ"]
    assert (found.arrival and found.arrival.number) == arrived
    if not own and y < 200:  # further down columns are parted, and nothing is dropped that might be the list's
        assert _address_grades(found) == [Grade.CERTAIN, Grade.LIKELY]


@pytest.mark.parametrize("confidence", [0.6, 0.9])
def test_entry_of_few_letters_that_was_read_badly(confidence: float) -> None:
    """A bullet and capitals are no stroke, which has the letters of either."""
    entry, stroke = line("- BGH;", 85, 279, 11, confidence), line("- kh", 85, 293, 11, confidence)
    found = parsed(*LINES[:12], entry, stroke, line("- Lưu: VT, QLN.", 85, 307, 11), LINES[13])
    assert [recipient.name for recipient in found.recipients] == ["Như trên", "BGH", "Lưu: VT, QLN"]


def test_number_joined_to_a_line_behind_a_speck() -> None:
    """A dash that nobody printed before the place is no bullet that takes the number's line away."""
    joined = ReadLine(LINES[4].words[:2] + line("- Hà Thanh, ngày 04 tháng 5 năm 2021", 310, 104).words)
    found = parsed(*LINES[:4], joined, *LINES[6:])
    assert found.number is not None
    assert found.number.text == "15"


def _address_grades(found: AdminDocument) -> list[Grade]:
    return [found.evidence[f"/addressees/{index}"][0].grade for index in range(len(found.addressees))]


def test_telegram_whose_addressees_stand_under_the_one_who_sends_it() -> None:
    """`điện:` in small letters is no scrap behind the post."""
    head = (*HEAD, line("CÔNG ĐIỆN", 255, 114), line("Về phòng, chống bão số 3", 220, 128))
    to = line("BỘ TRƯỞNG BỘ XÂY DỰNG điện:", 200, 146), line("- Giám đốc Sở Y tế.", 190, 160)
    assert parsed(*head, *to, *BODY, *END).addressees == ["Giám đốc Sở Y tế"]


@pytest.mark.parametrize("issuer", ["ĐỒN BIÊN PHÒNG", "ĐỒN BP SƠN VĨ"])
def test_issuer_whose_name_begins_like_a_misread_stamp(issuer: str) -> None:
    """A unit's name and the document's own number under an agency in capitals are no stamp of arrival."""
    names = line("BĐBP TỈNH HÀ THANH", 90, 60), line(issuer, 100, 76), line("Số: 15/QĐ-ĐBP", 100, 104)
    found = parsed(*names, LINES[1], LINES[3], *LINES[5:])
    assert found.number is not None
    assert (found.parent_agency, found.issuing_agency) == ("BĐBP TỈNH HÀ THANH", issuer)
    assert found.number.text == "15/QĐ-ĐBP"


def _subject_grade(*body: str) -> Grade:
    """The grade of a letter's subject, `đối chiều bằng tốt nghiệp`, over these lines."""
    subject = line("V/v đối chiều bằng tốt nghiệp", 85, 120, 11)
    found = parsed(
        *LINES[:5], subject, *LINES[5:7], *(line(text, 114, 180 + 16 * n) for n, text in enumerate(body)), *END
    )
    assert found.subject == "đối chiều bằng tốt nghiệp"
    return found.evidence["/subject"][0].grade


def test_subject_that_the_body_spells_otherwise_is_never_certain() -> None:
    """`đối chiều` is two syllables, but the body has `đối chiếu`: one of the two was misread."""
    assert _subject_grade("Sở Xây dựng đề nghị các huyện thu hồ sơ.") is Grade.CERTAIN
    assert _subject_grade("Sở Xây dựng đề nghị các huyện đối chiếu hồ sơ.") is Grade.LIKELY


def test_subject_that_the_body_spells_alike_stays_certain() -> None:
    """One other spelling, where two are as in the subject, is the body's own misreading."""
    body = "Sở Xây dựng đề nghị đối chiều hồ sơ và đối chiều bản sao.", "Hồ sơ đã đối chiếu trả lại."
    assert _subject_grade(*body) is Grade.CERTAIN


def test_speck_before_the_address() -> None:
    """A quotation mark that nobody printed."""
    lines = [each if "Kính" not in each.text else line(f"“{each.text}", each.box.x0, each.box.y0) for each in LINES]
    assert parsed(*lines).addressees == ["Ủy ban nhân dân các huyện"]


def test_strokes_of_a_stamp_before_the_address() -> None:
    lines = [each if "Kính" not in each.text else line(f"to ¡ {each.text}", 125, each.box.y0) for each in LINES]
    assert parsed(*lines).addressees == ["Ủy ban nhân dân các huyện"]


def test_number_whose_label_lost_its_letters() -> None:
    """A speck before the label; nothing left of the label but its colon."""
    for read in (". Số: 57/TB-SXD", "S: 57/TB-SXD", ": 57 /TB-SXD"):
        lines = [each if not each.text.startswith("Số") else line(read, each.box.x0, each.box.y0) for each in LINES]
        number = parsed(*lines).number
        assert number is not None
        assert number.text == "57/TB-SXD"


def test_filing_entry_whose_dash_was_misread() -> None:
    """It is an item of its own, and so is what the misread dash before it says of the line above."""
    lines = [
        each if "Lưu" not in each.text else line("* Lưu: VT, TCCB.", each.box.x0, each.box.y0, 11) for each in LINES
    ]
    assert [item.name for item in parsed(*lines).recipients][-1] == "Lưu: VT, TCCB"


@pytest.mark.parametrize(
    ("seal", "name", "confidence", "grade"),
    [
        (Box(330, 260, 400, 345), "Trần Văn Bảo", 0.92, Grade.LIKELY),  # its ink lies on the first word of the name
        (Box(300, 262, 376, 334), "Trần Văn Bảo", 0.92, Grade.CERTAIN),  # a corner of its box, and a seal is round
        (Box(330, 260, 400, 345), "Trần Văn Bảo", 0.96, Grade.CERTAIN),  # read through it as if it were not there
        (Box(330, 260, 400, 345), "Đức Bảo", 0.96, Grade.LIKELY),  # it may have taken the family name
    ],
)
def test_a_seal_doubts_the_name_that_its_ink_lies_on(seal: Box, name: str, confidence: float, grade: Grade) -> None:
    found = parsed(*LINES[:-1], line(name, 372, 330, confidence=confidence), seals=(seal,))
    assert found.signatories[0].name == name
    assert found.evidence["/signatories/0/name"][0].grade is grade
    assert ("seal_over_name" in {told.code for told in found.issues}) is (grade is Grade.LIKELY)


@pytest.mark.parametrize(
    ("symbol", "grade"), [("15/SXD-VP", Grade.CERTAIN), ("15/TB-SXD", Grade.LIKELY), ("15", Grade.LIKELY)]
)
def test_a_letter_is_told_by_its_symbol_too(symbol: str, grade: Grade) -> None:
    """No title makes a letter of it, and a title may be lost; a symbol without a type says the same."""
    found = parsed(
        *LINES[:4], line(f"Số: {symbol}", 100, 104), LINES[5], line("V/v báo cáo nhà ở", 95, 120), *LINES[6:]
    )
    assert found.evidence["/document_type/code"][0].grade is grade


def test_the_prime_minister_signs_with_ttg() -> None:
    """`TTg` are no initials of THỦ TƯỚNG CHÍNH PHỦ; the table of bodies has them."""
    head = line("THỦ TƯỚNG CHÍNH PHỦ", 90, 60), *LINES[1:2], *LINES[3:4], line("Số: 15/QĐ-TTg", 100, 104)
    found = parsed(*head, *LINES[5:])
    assert found.evidence["/number/text"][0].grade is Grade.CERTAIN


@pytest.mark.parametrize(("purpose", "grade"), [("để b/c", Grade.CERTAIN), ("để đăng cổng tin", Grade.LIKELY)])
def test_a_listed_purpose_needs_no_word_of_the_engine(purpose: str, grade: Grade) -> None:
    entry = line(f"- UBND tỉnh ({purpose});", 85, 265, 11, confidence=0.6)
    found = parsed(*LINES[:11], entry, *LINES[12:])
    assert found.recipients[0].purpose == purpose
    assert found.evidence["/recipients/0/purpose"][0].grade is grade
    assert found.evidence["/recipients/0/name"][0].grade is Grade.LIKELY


@pytest.mark.parametrize(
    ("chief", "deputy", "sure", "grade"),
    [
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", 0.96, Grade.CERTAIN),  # each says what the other's sign was
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", 0.7, Grade.LIKELY),  # the post itself was hardly read
        ("KT. GIÁM ĐỐC", "PHÓ CHỦ TỊCH", 0.96, Grade.LIKELY),  # another's deputy
    ],
)
def test_a_sign_and_its_deputy_tell_each_other(chief: str, deputy: str, sure: float, grade: Grade) -> None:
    """A seal or a pen lies on `KT.` and `PHÓ`; the words of the post that both lines print were read surely."""
    posts = []
    for text, y in ((chief, 250), (deputy, 264)):
        first, *others = line(text, 360, y, confidence=sure).words
        posts.append(ReadLine((first._replace(confidence=0.5), *others)))
    found = parsed(*LINES[:10], *posts, *LINES[11:])
    assert found.signatories[0].position == deputy
    assert found.evidence["/signatories/0/position"][0].grade is grade


@pytest.mark.parametrize(("symbol", "grade"), [("TB-ĐHCN", Grade.CERTAIN), ("TB-HCN", Grade.LIKELY)])
def test_letters_of_a_school_leave_out_that_it_is_one(symbol: str, grade: Grade) -> None:
    """ĐHCN is TRƯỜNG ĐẠI HỌC CÔNG NGHỆ; HCN lost a letter."""
    school, number = line("TRƯỜNG ĐẠI HỌC CÔNG NGHỆ", 90, 76), line(f"Số: 15/{symbol}", 100, 104)
    found = parsed(*LINES[:2], school, LINES[3], number, *LINES[5:])
    assert found.evidence["/number/notation"][0].grade is grade


def test_a_star_read_as_a_letter_is_no_part_of_a_name() -> None:
    """Under the name of a Party committee stands a star (Instruction 36-HD/VPTW)."""
    head = line("TỈNH ỦY HÀ THANH", 90, 60), line("x", 150, 76), line("Số 29-CT/TU", 100, 104)
    found = parsed(head[0], line("ĐẢNG CỘNG SẢN VIỆT NAM", 330, 60), head[1], head[2], *LINES[5:])
    assert found.issuing_agency == "TỈNH ỦY HÀ THANH"
    assert found.evidence["/issuing_agency"][0].grade is Grade.CERTAIN


@pytest.mark.parametrize(("others", "grade"), [("đúng đủ", Grade.LIKELY), ("đúng, đủ", Grade.CERTAIN)])
def test_words_that_a_comma_parts_are_no_other_spelling(others: str, grade: Grade) -> None:
    """`ứng dụng dữ liệu` beside `đúng, đủ`: the pair has the letters of `dụng dữ` by chance."""
    text = f"Sở Xây dựng báo cáo {others} số liệu nhà ở cho các huyện trước ngày 30/6/2021."
    found = parsed(*LINES[:6], line("V/v dụng dữ liệu", 95, 120), LINES[6], line(text, 85, 180), *LINES[9:])
    assert found.evidence["/subject"][0].grade is grade
