"""Two-column lines of text are cut and put in reading order: left column first, then the right one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.layout.flow.columns.end import split_end
from vnadmin.layout.flow.columns.header import split_header
from vnadmin.layout.flow.columns.interleaved import arrange
from vnadmin.layout.flow.raw import RawLine, normal
from vnadmin.layout.page import Cell, Column


def columns(text: str) -> list[tuple[str, str]]:
    """The written lines of a text after `arrange`, each with the first letter of its column."""
    lines = arrange([RawLine(normal(line)) for line in text.split("\n")])
    return [(line.column.value[0], " ".join(line.text.split())) for line in lines if line.text.strip()]


@pytest.mark.parametrize(
    ("line", "left", "right"),
    [
        ("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TỈNH SƠN HẠ Độc Lập - Tự Do - Hạnh Phúc", "TỈNH SƠN HẠ", "Độc Lập - Tự Do - Hạnh Phúc"),
        ("PHÒNG NỘI VỤ Ðộc lập  Tự do  Hạnh phúc", "PHÒNG NỘI VỤ", "Ðộc lập  Tự do  Hạnh phúc"),
        ("ĐẢNG ỦY XÃ HẠ SƠN     ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY XÃ HẠ SƠN", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("Số: 45/UBND-NCTH Hạ Sơn, ngày 6 tháng 4 năm 2011", "Số: 45/UBND-NCTH", "Hạ Sơn, ngày 6 tháng 4 năm 2011"),
        ("Số: 45/SNV-TC TP. Hạ Long, ngày 06/4/2011", "Số: 45/SNV-TC", "TP. Hạ Long, ngày 06/4/2011"),
        (
            "Số: 1/QĐ - UBND Hạ - Vĩnh Sơn, ngày 1 tháng 2 năm 2020",
            "Số: 1/QĐ - UBND",
            "Hạ - Vĩnh Sơn, ngày 1 tháng 2 năm 2020",
        ),
        ("Số:      /UBND      Hạ Sơn, ngày    tháng 9 năm 2021", "Số:      /UBND", "Hạ Sơn, ngày    tháng 9 năm 2021"),
        ("Số: 12/UBND-VX          , ngày    tháng    năm 2021", "Số: 12/UBND-VX", ", ngày    tháng    năm 2021"),
        (
            "V/v hoạt động khoáng sản tại Lèn Mỏ xã Hà Nội, ngày 23 tháng 7 năm 2010",
            "V/v hoạt động khoáng sản tại Lèn Mỏ xã",
            "Hà Nội, ngày 23 tháng 7 năm 2010",
        ),
        ("Số: 1/UBND Hà nội, ngày 23 tháng 7 năm 2010", "Số: 1/UBND", "Hà nội, ngày 23 tháng 7 năm 2010"),
        ("V/v trả lời        Hạ Sơn, ngày 5 tháng 5 năm 2015", "V/v trả lời", "Hạ Sơn, ngày 5 tháng 5 năm 2015"),
    ],
)
def test_header_line_is_cut_before_its_right_part(line: str, left: str, right: str) -> None:
    """Motto, liberty and place-date begin the right part, with or without a wide gap before them."""
    parts = split_header(line)
    assert parts is not None
    assert (parts.left, parts.right) == (left, right)


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Nghị quyết số 76/2025/UBTVQH15 ngày 14 tháng 4 năm 2025 của Quốc hội",
        "nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV thông qua",
        "KẾ HOẠCH",
        "",
    ],
)
def test_prose_is_not_cut(line: str) -> None:
    """A date inside a sentence is no place-date line, and the country's name in prose is no motto."""
    assert split_header(line) is None


@pytest.mark.parametrize(
    ("line", "left", "right"),
    [
        ("Nơi nhận: TM. ỦY BAN NHÂN DÂN", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"),
        ("- Như trên; KT. CHỦ TỊCH", "- Như trên;", "KT. CHỦ TỊCH"),
        ("- Sở Nội vụ; PHÓ CHỦ TỊCH", "- Sở Nội vụ;", "PHÓ CHỦ TỊCH"),
        ("- Lưu: VT, NC. Trần Thị Bình", "- Lưu: VT, NC.", "Trần Thị Bình"),
        ("- Lưu: VT.                    (Đã ký)", "- Lưu: VT.", "(Đã ký)"),
    ],
)
def test_end_line_is_cut_before_the_signature(line: str, left: str, right: str) -> None:
    """Items end with a mark, signatures are capitals or names."""
    parts = split_end(line)
    assert parts is not None
    assert (parts.left, parts.right) == (left, right)


@pytest.mark.parametrize("line", ["- Lưu: VT, NC.", "- UBND, HĐND TỈNH SƠN HẠ;", "- Chánh Văn phòng, các Phó CVP;"])
def test_item_alone_is_not_cut(line: str) -> None:
    """Capitals inside an item, and the filing entry alone, are the item's own."""
    assert split_end(line) is None


def test_interleaved_header_reads_left_then_right() -> None:
    """The whole header, `V/v` lines under the number included, then the right column, then the address."""
    assert columns(
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH SƠN HẠ Độc Lập - Tự Do - Hạnh Phúc\n"
        "Số: 45/UBND-NCTH Hạ Sơn, ngày 6 tháng 4 năm 2011\n"
        "V/v trả lời kiến nghị\n"
        "của cử tri\n"
        "\n"
        "Kính gửi: Sở Nội vụ"
    ) == [
        ("l", "ỦY BAN NHÂN DÂN"),
        ("l", "TỈNH SƠN HẠ"),
        ("l", "Số: 45/UBND-NCTH"),
        ("l", "V/v trả lời kiến nghị"),
        ("l", "của cử tri"),
        ("r", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("r", "Độc Lập - Tự Do - Hạnh Phúc"),
        ("r", "Hạ Sơn, ngày 6 tháng 4 năm 2011"),
        ("f", "Kính gửi: Sở Nội vụ"),
    ]


def test_agency_above_the_motto_line_is_left() -> None:
    """A parent agency may stand a line higher than the motto."""
    assert columns(
        "UBND HUYỆN HẠ SƠN\n"
        "PHÒNG NỘI VỤ              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "                             Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/NV\n"
        "                           Hạ Sơn, ngày 6 tháng 4 năm 2011"
    ) == [
        ("l", "UBND HUYỆN HẠ SƠN"),
        ("l", "PHÒNG NỘI VỤ"),
        ("l", "Số: 12/NV"),
        ("r", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("r", "Độc lập - Tự do - Hạnh phúc"),
        ("r", "Hạ Sơn, ngày 6 tháng 4 năm 2011"),
    ]


def test_header_in_one_column_stays_as_it_is() -> None:
    """Where every part has its own line there is nothing to cut, and no column is made up."""
    text = (
        "UBND HUYỆN HẠ SƠN\nSố: 12/UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Hạ Sơn, ngày 6 tháng 4 năm 2011\nKẾ HOẠCH"
    )
    assert columns(text) == [("f", line) for line in text.split("\n")]


def test_tabs_are_gaps() -> None:
    """Word's text export and .docx paragraphs set the columns by tabs."""
    number = "Số: 1/QĐ-UBND\tHạ Sơn, ngày 2 tháng 3 năm 2020"
    assert columns(f"UBND XÃ HẠ SƠN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{number}") == [
        ("l", "UBND XÃ HẠ SƠN"),
        ("l", "Số: 1/QĐ-UBND"),
        ("r", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("r", "Hạ Sơn, ngày 2 tháng 3 năm 2020"),
    ]  # fmt: skip


def test_type_line_after_the_date_is_of_the_whole_page() -> None:
    """`QUYẾT ĐỊNH` ends the header even without a blank line before it."""
    found = columns(
        "BỘ Y LÝ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        "Số: 34/QĐ-BYL Hà Nội, ngày 15 tháng 11 năm 2024\nQUYẾT ĐỊNH\nVề việc cử cán bộ"
    )
    assert ("f", "QUYẾT ĐỊNH") in found
    assert ("l", "Số: 34/QĐ-BYL") in found
    assert ("r", "Hà Nội, ngày 15 tháng 11 năm 2024") in found


def test_end_with_gaps_reads_recipients_then_signature() -> None:
    """A signature that starts higher than the label, an item over two lines, a name far below."""
    assert columns(
        "Thực hiện Quyết định này.\n"
        "\n"
        "                                              KT. TRƯỞNG PHÒNG\n"
        "Nơi nhận:                                   PHÓ TRƯỞNG PHÒNG\n"
        "- Như trên;                                   (Đã ký)\n"
        "- Các trường tiểu học, trung học cơ sở trên địa\n"
        "bàn huyện;\n"
        "- Lưu: VT.\n"
        "\n"
        "\n"
        "                                             Trần Thị Bình\n"
        "PHỤ LỤC I"
    ) == [
        ("f", "Thực hiện Quyết định này."),
        ("l", "Nơi nhận:"),
        ("l", "- Như trên;"),
        ("l", "- Các trường tiểu học, trung học cơ sở trên địa"),
        ("l", "bàn huyện;"),
        ("l", "- Lưu: VT."),
        ("r", "KT. TRƯỞNG PHÒNG"),
        ("r", "PHÓ TRƯỞNG PHÒNG"),
        ("r", "(Đã ký)"),
        ("r", "Trần Thị Bình"),
        ("f", "PHỤ LỤC I"),
    ]


def test_end_with_single_blanks_takes_the_name_below() -> None:
    """Copy-paste leaves one blank between the columns; the name then stands under the last item."""
    assert columns(
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; KT. CHỦ TỊCH\n- Lưu: VT, NC. PHÓ CHỦ TỊCH\nNguyễn Văn An"
    ) == [
        ("l", "Nơi nhận:"),
        ("l", "- Như trên;"),
        ("l", "- Lưu: VT, NC."),
        ("r", "TM. ỦY BAN NHÂN DÂN"),
        ("r", "KT. CHỦ TỊCH"),
        ("r", "PHÓ CHỦ TỊCH"),
        ("r", "Nguyễn Văn An"),
    ]


def test_recipients_without_a_signature_beside_them_stay() -> None:
    """Recipients above the signature are one column."""
    text = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An"
    assert columns(text) == [("f", line) for line in text.split("\n")]


def test_two_signatures_side_by_side() -> None:
    """Minutes have the secretary on the left and the chair on the right."""
    assert columns(
        "THƯ KÝ                     CHỦ TỌA\n(Ký)                       (Ký)\n\nNguyễn An             Trần Bình"
    ) == [
        ("l", "THƯ KÝ"),
        ("l", "(Ký)"),
        ("l", "Nguyễn An"),
        ("r", "CHỦ TỌA"),
        ("r", "(Ký)"),
        ("r", "Trần Bình"),
    ]


def test_lines_of_tables_are_left_alone() -> None:
    """A line with a cell or a column has its place already."""
    lines = [
        RawLine("UBND XÃ   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", cell=Cell(0, 0, 0)),
        RawLine("Nơi nhận:      TM. UBND XÃ", column=Column.LEFT),
    ]
    assert arrange(lines) == lines


_PIECES = st.sampled_from(
    [
        "ỦY BAN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do",
        "Số: 1/A-B",
        "Hạ Sơn, ngày 1 tháng 2 năm 2020",
        "",
        "Nơi nhận:",
        "- Như trên;",
        "KT. CHỦ TỊCH",
        "Trần An",
        " ",
        "     ",
        "\t",
        "V/v",
        "-----",
        "THƯ KÝ",
        "(Đã ký)",
        "abc",
    ]
)


@given(st.lists(st.lists(_PIECES, max_size=5).map("".join), max_size=25))
def test_no_word_is_lost_or_made_up(texts: list[str]) -> None:
    """Whatever is cut and moved: the written words are the same ones. Rules are not written."""
    lines = arrange([RawLine(text) for text in texts])
    before = sorted("".join(texts).replace("-----", "").split())
    after = "".join(line.text for line in lines).replace("-----", "")
    assert sorted("".join(before)) == sorted("".join(after.split()))


def test_motto_in_small_letters_after_a_gap() -> None:
    """Where a capital font was lost the motto is in small letters; a gap before it still makes it the right part."""
    assert columns(
        "Bộ Tài chính              cộng hoà xã hội chủ nghĩa Việt nam\n"
        "Số:       40      /2000/TT/BTC            Độc lập - Tự do - Hạnh phúc\n"
        "                     Hà nội, ngày    15    tháng    5    năm 2000"
    ) == [
        ("l", "Bộ Tài chính"),
        ("l", "Số: 40 /2000/TT/BTC"),
        ("r", "cộng hoà xã hội chủ nghĩa Việt nam"),
        ("r", "Độc lập - Tự do - Hạnh phúc"),
        ("r", "Hà nội, ngày 15 tháng 5 năm 2000"),
    ]
    prose = "các cơ quan của nước\nCộng hòa xã hội chủ nghĩa Việt Nam\ncó trách nhiệm thi hành"
    assert columns(prose) == [("f", line) for line in prose.split("\n")]


def test_address_ends_the_header() -> None:
    """`Kính gửi:` with a gap behind it is no line of two columns, nor is a number with a blank before its notation."""
    assert columns(
        "   BỘ Y LÝ                   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "                                Độc lập - Tự do - Hạnh phúc\n"
        "                              Hà Nội, ngày     tháng 10 năm 2022\n"
        "Số:       /BYL-VP\n"
        "V/v hướng dẫn\n"
        "\n"
        "          Kính gửi:    - Sở Y lý các tỉnh;\n"
        "                       - Các viện."
    ) == [
        ("l", "BỘ Y LÝ"),
        ("l", "Số: /BYL-VP"),
        ("l", "V/v hướng dẫn"),
        ("r", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("r", "Độc lập - Tự do - Hạnh phúc"),
        ("r", "Hà Nội, ngày tháng 10 năm 2022"),
        ("f", "Kính gửi: - Sở Y lý các tỉnh;"),
        ("f", "- Các viện."),
    ]


def test_filing_entry_with_a_gap_is_whole() -> None:
    """The blanks behind `Lưu:` part no columns, and a name under the filing entry is the signer's."""
    assert columns("Nơi nhận:          GIÁM ĐỐC\n- Như trên;\n- Lưu:      VT, TH.\n                   Trần An") == [
        ("l", "Nơi nhận:"),
        ("l", "- Như trên;"),
        ("l", "- Lưu: VT, TH."),
        ("r", "GIÁM ĐỐC"),
        ("r", "Trần An"),
    ]
    assert columns("Nơi nhận: GIÁM ĐỐC\n- Như trên;\n- Lưu: VT, TCCC.(Ngân)\nTrần Văn An")[-1] == ("r", "Trần Văn An")
