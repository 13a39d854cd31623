"""Parts of a header that stand on one line are parted, however long the line is and whatever a scan left before them."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin.layout.flow.columns.flattened_header import part_headers
from vnadmin.layout.flow.columns.interleaved import arrange
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.page import Column


def test_a_date_behind_a_long_subject() -> None:
    subject = "đề xuất hoán đổi ngày làm việc dịp nghỉ lễ ngày Chiến thắng và ngày Quốc tế lao động của các trường trên địa bàn thành phố"
    document = vnadmin.parse_text(
        "VĂN PHÒNG HẢI VÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 24/VP-TH\n"
        f"V/v {subject} Hải Vân, ngày 12 tháng 4 năm 2024\nKính gửi: Sở Y tế\n"
    )
    assert document.subject == subject
    assert document.place == "Hải Vân"
    assert str(document.issued_on) == "2024-04-12"


@pytest.mark.parametrize("before", [". ", "–––––– ", "****** ", "BỘ Y TẾ –––––– "])
def test_a_number_behind_a_rule_or_a_speck(before: str) -> None:
    assert part_headers([RawLine(f"{before}Số: 12/QĐ-BYT")])[-1].text == "Số: 12/QĐ-BYT"


def test_a_number_inside_an_entry_of_a_list() -> None:
    assert len(part_headers([RawLine("-   Ban ĐD CMHS; Số: 12/QĐ-UBND", column=Column.LEFT)])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Quốc hiệu gồm 2 dòng chữ: “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM” và “Độc lập - Tự do - Hạnh phúc”.",
        "- Các sở: TN&MT, GD&ĐT, NN&PTNT;",
        "Số: ………./CV-….",
    ],
)
def test_lines_that_hold_one_part(text: str) -> None:
    for column in (Column.FULL, Column.LEFT):
        assert [line.text for line in arrange(part_headers([RawLine(text, column=column)]))] == [text]


def test_the_number_of_an_act_that_a_title_names() -> None:
    """The number of a header stands alone; that of a title goes on with its day."""
    title = [RawLine("CỦA BỘ TÀI CHÍNH SỐ 176/1998/TT-BTC"), RawLine("NGÀY 25 THÁNG 12 NĂM 1998 HƯỚNG DẪN THU LỆ PHÍ")]
    assert part_headers(title) == title
    assert len(part_headers([title[0], RawLine("THÔNG TƯ")])) == 3


def test_a_right_column_below_the_address() -> None:
    """A reader of PDF takes up the left column down to the addressees, then the motto and the date."""
    document = vnadmin.parse_text(
        "SỞ Y TẾ\nSố: 24/SYT-VP\nV/v rà soát số liệu\n\nKính gửi:\n- Sở Nội vụ;\n- Sở Tài chính.\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHải Vân, ngày 12 tháng 4 năm 2024\n\n"
        "Sở Y tế đề nghị các cơ quan:\n1. Rà soát số liệu.\n2. Báo cáo kết quả.\n"
    )
    assert document.place == "Hải Vân"
    assert document.addressees == ["Sở Nội vụ", "Sở Tài chính"]
    assert [item.marker for item in document.directives] == ["1", "2"]


def test_a_letter_copied_below_another_stays() -> None:
    """Below the first letter's address stands its body: the second letter's motto opens no column."""
    document = vnadmin.parse_text(
        "SỞ Y TẾ\nSố: 24/SYT-VP\nKính gửi: Sở Nội vụ\nSở Y tế gửi bản sao công văn sau:\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHải Vân, ngày 12 tháng 4 năm 2024\n"
    )
    assert document.text.index("Kính gửi") < document.text.index("CỘNG HÒA")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("SỞ Y TẾ Số: 24b/SYT-VP", ["SỞ Y TẾ", "Số: 24b/SYT-VP"]),
        ("BỘ NỘI VỤ CỤC LƯU TRỮ Số: 12/LT", ["BỘ NỘI VỤ", "CỤC LƯU TRỮ", "Số: 12/LT"]),
        ("TRUNG TÂM DỊCH VỤ TRƯỜNG HỌC Số: 12/TT", ["TRUNG TÂM DỊCH VỤ TRƯỜNG HỌC", "Số: 12/TT"]),
    ],
)
def test_a_number_behind_its_agencies(text: str, parts: list[str]) -> None:
    assert [line.text for line in part_headers([RawLine(text, column=Column.LEFT)])] == parts


_BODY = "Kính gửi:\n- Sở Nội vụ;\n- Sở Tài chính.\nSở Y tế đề nghị các cơ quan:\n1. Rà soát số liệu.\n2. Báo cáo kết quả.\n3. Bố trí kinh phí./.\n"
_END = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nTrần Văn Thử\n"


@pytest.mark.parametrize("between", ["\t", " | "])
@pytest.mark.parametrize("ends_in_table", [True, False])
def test_rows_of_a_header_behind_the_paragraphs(between: str, ends_in_table: bool) -> None:
    """A script wrote the paragraphs, then the rows of the tables; the recipients may have been paragraphs too."""
    rows = [
        ("SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Số: 24/SYT-VP", "Độc lập - Tự do - Hạnh phúc"),
        ("V/v rà soát số liệu", "Hải Vân, ngày 12 tháng 4 năm 2024"),
    ]
    header = "".join(f"{between.join(row)}\n" for row in rows)
    end = f"Nơi nhận:{between}GIÁM ĐỐC\n- Như trên;{between}Trần Văn Thử\n- Lưu: VT.{between}\n"
    document = vnadmin.parse_text(_BODY + (header + end if ends_in_table else _END + header))
    assert (document.issuing_agency, document.place, document.subject) == ("SỞ Y TẾ", "Hải Vân", "rà soát số liệu")
    assert document.number is not None and document.number.text == "24/SYT-VP"
    assert document.addressees == ["Sở Nội vụ", "Sở Tài chính"]
    assert [entry.name for entry in document.recipients] == ["Như trên", "Lưu: VT"]
    assert [signer.name for signer in document.signatories] == ["Trần Văn Thử"]


def test_rows_of_a_party_header_behind_the_paragraphs() -> None:
    document = vnadmin.parse_text(
        "HƯỚNG DẪN\nvề việc rà soát số liệu\n-----\nVăn phòng yêu cầu các cơ quan:\n1- Rà soát số liệu.\n"
        "2- Báo cáo kết quả.\n3- Bố trí kinh phí./.\nTỈNH ỦY HẢI VÂN | ĐẢNG CỘNG SẢN VIỆT NAM\n"
        "VĂN PHÒNG | \n* | \nSố: 34-HD/VPTU | Hải Vân, ngày 12 tháng 4 năm 2024\n" + _END
    )
    assert (document.parent_agency, document.issuing_agency) == ("TỈNH ỦY HẢI VÂN", "VĂN PHÒNG")
    assert document.number is not None and document.number.text == "34-HD/VPTU"


def test_a_wrapped_subject_in_a_header_behind_the_paragraphs() -> None:
    document = vnadmin.parse_text(
        _BODY + "SỞ Y TẾ\nSố: 24/SYT-VP\nV/v rà soát số\nliệu\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nHải Vân, ngày 12 tháng 4 năm 2024\n" + _END
    )
    assert (document.issuing_agency, document.subject) == ("SỞ Y TẾ", "rà soát số liệu")
