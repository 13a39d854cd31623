"""A text that lost its line ends gets them back where its parts open; one that has them keeps its lines."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin import parse_text
from vnadmin.layout.flow.joined import part_glued, part_paragraphs, part_rules
from vnadmin.layout.flow.raw import RawLine

LETTER = """UBND HUYỆN HÒA BÌNH TRUNG
PHÒNG NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 214/KH-NV

Hòa Bình Trung, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
Kiểm tra công tác lưu trữ năm 2024

Thực hiện Kế hoạch số 18/KH-UBND ngày 05/02/2024 của Ủy ban nhân dân huyện, Phòng Nội vụ xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
a) Đánh giá việc thực hiện các quy định về lưu trữ tại khoản 2 Điều 6 của Quy chế.
b) Nhắc các cơ quan khắc phục thiếu sót.
2. Yêu cầu:
- Kiểm tra đúng nội dung, đúng thời gian;
- Không gây trở ngại cho công việc của đơn vị.
II. TỔ CHỨC THỰC HIỆN
1. Các phòng, ban chuẩn bị hồ sơ trước ngày 20/3/2024.
2. Giao Trung tâm Văn hóa huyện đưa tin./.

Nơi nhận:
- UBND huyện;
- Các phòng, ban;
- Lưu: VT.

TRƯỞNG PHÒNG
Lê Thị Hòa
"""


def test_a_whole_document_in_one_line() -> None:
    """What was read from its lines is read from the one line too, and an issue says that they were lost."""
    document = vnadmin.parse_text(" ".join(LETTER.split()))
    whole = vnadmin.parse_text(LETTER)
    assert document.number == whole.number
    assert document.issued_on == whole.issued_on
    assert document.issuing_agency == whole.issuing_agency
    assert document.subject == whole.subject == "Kiểm tra công tác lưu trữ năm 2024"
    assert [item.marker for _, item in document.walk()] == [item.marker for _, item in whole.walk()]
    assert [entry.name for entry in document.recipients] == ["UBND huyện", "Các phòng, ban", "Lưu: VT"]
    assert [entry.name for entry in document.signatories] == ["Lê Thị Hòa"]
    assert "layout_damaged" in {issue.code for issue in document.issues}


def test_lines_that_were_kept_stay() -> None:
    """An item that names what it holds on one line is one item, in a text that has its line ends."""
    item = "1. Hồ sơ gồm: 1. Đơn; 2. Bản sao; 3. Ảnh. " + "Nộp tại bộ phận một cửa của huyện, có người hướng dẫn. " * 6
    lines = [
        RawLine(item),
        *(RawLine(f"{number}. Phòng Nội vụ trả lời trong giờ làm việc.") for number in range(2, 40)),
    ]
    assert part_paragraphs(lines) == lines


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("Phê duyệt Đề án vị trí việc làm năm 2024", "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN HÒA BÌNH TRUNG"),
        ("Về chương trình giám sát năm 2024", "HỘI ĐỒNG NHÂN DÂN XÃ AN LẠC"),
    ],
)
def test_issuer_joined_to_the_title(title: str, issuer: str) -> None:
    """The issuer in capitals before the grounds is no part of the title."""
    grounds = RawLine("Căn cứ Luật Tổ chức chính quyền địa phương;")
    parted = part_paragraphs([RawLine(f"{title} {issuer}"), grounds])
    assert [line.text for line in parted] == [title, issuer, grounds.text]


def test_capitals_of_a_title_stay() -> None:
    """Before anything but grounds, and in a title that is all capitals, nothing is parted."""
    for lines in (
        [RawLine("Giới thiệu về UBND XÃ AN LẠC"), RawLine("Xã nằm ở phía nam huyện.")],
        [RawLine("VỀ VIỆC KIỂM TRA CÔNG TÁC LƯU TRỮ"), RawLine("Căn cứ Quyết định số 5/QĐ-UBND;")],
        [RawLine("   ỦY BAN NHÂN DÂN XÃ AN LẠC"), RawLine("Căn cứ Quyết định số 5/QĐ-UBND;")],
        [RawLine("Về tiêu chuẩn ISO"), RawLine("Căn cứ Quyết định số 5/QĐ-UBND;")],
    ):
        assert part_paragraphs(lines) == lines


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("KT. BỘ TRƯỞNGTHỨ TRƯỞNG(Đã ký)Lê Văn Hòa", "KT. BỘ TRƯỞNG THỨ TRƯỞNG (Đã ký) Lê Văn Hòa"),
        ("TM. CHÍNH PHỦKT. THỦ TƯỚNGPHÓ THỦ TƯỚNG", "TM. CHÍNH PHỦ KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do"),
        ("Số: 12/UBND-NVV/v kiểm tra", "Số: 12/UBND-NV V/v kiểm tra"),
        ("UBND TỈNH HÒA BÌNH TRUNG", "UBND TỈNH HÒA BÌNH TRUNG"),
        ("VNPT VINAPHONE HUẾ", "VNPT VINAPHONE HUẾ"),
    ],
)
def test_dropped_line_ends(glued: str, apart: str) -> None:
    """A blank stands where a line of capitals ended inside a word; names that are no syllables stay whole."""
    assert [line.text for line in part_glued([RawLine(glued)])] == [apart]


def test_a_header_whose_columns_were_joined() -> None:
    """The second line of the motto, the number and the date on one line go to their columns."""
    joined = "Độc lập - Tự do - Hạnh phúc Số: 21/QĐ-UBND An Lạc, ngày 5 tháng 2 năm 2024 QUYẾT ĐỊNH"
    document = vnadmin.parse_text(f"UBND XÃ AN LẠC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{joined}\nVề việc mở chợ\n")
    assert document.number and document.number.text == "21/QĐ-UBND"
    assert (document.place, str(document.issued_on)) == ("An Lạc", "2024-02-05")
    assert document.document_type and document.document_type.name == "Quyết định"


def test_grounds_joined_to_a_title() -> None:
    """In any text grounds with a capital and no end before them were a line of their own."""
    line = RawLine("Về việc mở chợ xã An Lạc Căn cứ Luật Tổ chức chính quyền địa phương;")
    assert [part.text for part in part_paragraphs([line, RawLine("Điều 1. Mở chợ.")])] == [
        "Về việc mở chợ xã An Lạc",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Điều 1. Mở chợ.",
    ]
    sentence = RawLine("Chợ họp mỗi sáng. Căn cứ tình hình, xã có thể đổi giờ.")
    assert part_paragraphs([sentence]) == [sentence]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("---------------Thực hiện Kế hoạch số 4-KH/ĐTN", ["---------------", "Thực hiện Kế hoạch số 4-KH/ĐTN"]),
        ("-----o0o----TỜ TRÌNH", ["-----o0o----", "TỜ TRÌNH"]),
        ("- Sở Y tế", ["- Sở Y tế"]),
        ("--- a và b", ["--- a và b"]),
        ("_____ (ký tên)", ["_____ (ký tên)"]),
    ],
)
def test_rule_before_words(text: str, pieces: list[str]) -> None:
    """A rule that a reader of PDF set before the next line's words stands on a line of its own."""
    assert [line.text for line in part_rules([RawLine(text)])] == pieces


def test_number_of_a_cited_act_stays_in_its_title() -> None:
    """Capitals before `SỐ` name the cited act's type: the title is not parted there."""
    document = parse_text(
        """ỦY BAN NHÂN DÂN
TỈNH HẢI MINH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 25/2024/QĐ-UBND Hải Minh, ngày 19 tháng 7 năm 2024
QUYẾT ĐỊNH
SỬA ĐỔI MỘT SỐ ĐIỀU CỦA QUY ĐỊNH VỀ QUẢN LÝ CHỢ BAN HÀNH KÈM THEO QUYẾT ĐỊNH SỐ 37/2019/QĐ-
UBND NGÀY 20 THÁNG 12 NĂM 2019 CỦA ỦY BAN NHÂN DÂN TỈNH HẢI MINH
Căn cứ Luật Giá ngày 19 tháng 6 năm 2023;
"""
    )
    assert [reference.number for reference in document.legal_references][:1] == ["37/2019/QĐ-UBND"]
    assert "37/2019/QĐ- UBND" in (document.subject or "") or "37/2019/QĐ-UBND" in (document.subject or "")


def test_a_letter_of_another_alphabet_in_a_joined_text() -> None:
    """`f)` is no letter of the Vietnamese alphabet and has no place in a series."""
    text = "Đơn vị nộp hồ sơ gồm: a) Đơn đề nghị. b) Bản sao. f) Kết quả hoạt động. " * 8
    assert part_paragraphs([RawLine(text)])


def test_nothing_of_a_joined_text_is_certain() -> None:
    """Its header and its end are parted once more, and were no lines of their own before."""
    document = parse_text(" ".join(LETTER.split()))
    assert document.issuing_agency
    assert not any(entry.grade == "certain" for entries in document.evidence.values() for entry in entries)


def test_sentences_on_lines_of_their_own_and_an_attachment_in_one() -> None:
    """`Điều 1.` ends the line that the sentence before it stands on; an attachment's title and brackets run into its table."""
    grounds = "Căn cứ Luật Thuế ngày 14/6/2005; Căn cứ Nghị định số 5/2009/NĐ-CP ngày 3/2/2009 của Chính phủ về thuế; "
    document = parse_text(
        "BỘ TÀI CHÍNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ------- Độc lập - Tự do - Hạnh phúc Số: 7/2010/TT-BTC "
        "Hà Nội, ngày 20 tháng 5 năm 2010 THÔNG TƯ Sửa đổi thuế suất một số mặt hàng ------- "
        f"{grounds}Bộ Tài chính hướng dẫn như sau: Điều 1.\nMức thuế suất của các mặt hàng.\n"
        "Sửa đổi thuế suất tại Danh mục ban hành kèm theo Thông tư số 216/2009/TT-BTC ngày 12/11/2009 của Bộ Tài chính.\n"
        "Điều 2.\nHiệu lực thi hành.\nThông tư này có hiệu lực sau 45 ngày.\n./.\nNơi nhận: - Như trên; - Lưu: VT.\n"
        "KT. BỘ TRƯỞNG THỨ TRƯỞNG Đỗ Hoàng Tuấn\n"
        "DANH MỤC THUẾ SUẤT MỘT SỐ MẶT HÀNG (Ban hành kèm theo Thông tư số 7/2010/TT-BTC ngày 20/5/2010 của Bộ Tài chính) "
        f"Mô tả hàng hóa Thuế suất {'Quặng ilmenite và tinh quặng 2614 00 10 10 15 ' * 6}"
    )
    assert [item.marker for item in document.directives] == ["Điều 1", "Điều 2"]
    assert document.legal_references[-1].relation == "amends"
    assert [appendix.title for appendix in document.appendices] == ["DANH MỤC THUẾ SUẤT MỘT SỐ MẶT HÀNG"]


@pytest.mark.parametrize("grounds", ["Căn cứ Luật Giá;", f"{'-' * 44} Căn cứ Luật Giá;"])
def test_issuer_joined_to_a_title_that_ends_with_a_number(grounds: str) -> None:
    title = "Thành lập Trung tâm Lưu trữ số 2 ỦY BAN NHÂN DÂN TỈNH HẢI VÂN"
    lines = part_paragraphs([RawLine(title), RawLine(grounds)])
    assert [line.text for line in lines][:2] == ["Thành lập Trung tâm Lưu trữ số 2", "ỦY BAN NHÂN DÂN TỈNH HẢI VÂN"]
