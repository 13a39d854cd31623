"""Markdown: marks that are taken off, tables, what converters leave between them."""

from __future__ import annotations

import pytest

import vnadmin
from tests.source.plain_text import SAMPLE, read, texts
from vnadmin.layout.page import Column
from vnadmin.source.sniff import sniff_text


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**Số:** 12/UBND-VX", "Số: 12/UBND-VX"),
        ("quy tắc (*ban hành theo Quyết định số 8/QĐ*) nhằm", "quy tắc (ban hành theo Quyết định số 8/QĐ) nhằm"),
        ("_V/v tổ chức hội thi_", "V/v tổ chức hội thi"),
        ("***Nơi nhận:***", "Nơi nhận:"),
        ("### Điều 1. Phê duyệt", "Điều 1. Phê duyệt"),
        (r"1\. Phòng Nội vụ", "1. Phòng Nội vụ"),
        ("> Trích dẫn", "Trích dẫn"),
        ("[Luật Đất đai](https://vidu.vn/luat)", "Luật Đất đai"),
        ("* Rà soát **toàn bộ** hồ sơ", "* Rà soát toàn bộ hồ sơ"),
        ("Số: ____/UBND", "Số: ____/UBND"),
        ("diện tích 5*3*2 m", "diện tích 5*3*2 m"),
        ("(*) Ghi chú (*)", "(*) Ghi chú (*)"),
        (r"d\2011", r"d\2011"),
        ("<center>KẾ HOẠCH</center>", "KẾ HOẠCH"),
        ("a < b và c > d", "a < b và c > d"),
        ("*Hải Minh, ngày **21** tháng 11 năm 2025** *", "Hải Minh, ngày 21 tháng 11 năm 2025"),
        (
            "- Công ty A *(đ/c: nhà** xưởng** 5, t**ỉ**nh **H**ải Minh);*",
            "- Công ty A (đ/c: nhà xưởng 5, tỉnh Hải Minh);",
        ),
        ("**T****L****. CỤC TRƯỞNG**", "TL. CỤC TRƯỞNG"),
        ("TRƯ**Ở****NG BAN **", "TRƯỞNG BAN"),
        ("**KT.****CHỦ TỊCH**", "KT. CHỦ TỊCH"),
        ("2**3 = 8", "2**3 = 8"),
    ],
)
def test_marks_are_taken_off(marked: str, plain: str) -> None:
    """Markdown's marks go, signs of the document's own stay."""
    assert texts(marked) == [plain]


def test_emphasis_is_kept_as_style() -> None:
    """A whole line in stars is bold or italic; a word of it is not."""
    document = read("**KẾ HOẠCH**\n\n*Căn cứ Luật X*\n\n**Điều 1.** Phê duyệt kế hoạch tổ chức")
    assert [(line.style.bold, line.style.italic) for line in document.lines] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_italic_that_begins_again_closes_on_its_own_line() -> None:
    """A converter writes each run of italic by itself; the line ends inside the phrase, and no later line is drawn in."""
    marked = "*Hải\nMinh, ngày 21 tháng 11 năm 2025** *\n- Công ty B *(Tầ**ng 3,\nđườ**n**g Bờ Hồ);*\n- Lưu: VT."
    assert texts(marked) == ["Hải Minh, ngày 21 tháng 11 năm 2025", "- Công ty B (Tầng 3, đường Bờ Hồ);", "- Lưu: VT."]


def test_rules_are_dropped_and_part_paragraphs() -> None:
    """Dashes, stars and `o0o` are drawn, not written."""
    assert texts("KẾ HOẠCH\n-------\n*****\n-----o0o-----\n_______\nNội dung") == ["KẾ HOẠCH", "Nội dung"]


def test_pipe_table_of_data() -> None:
    """Cells keep their place; the line of dashes is none."""
    document = read("| STT | Nhiệm vụ |\n|:---:|---|\n| 1 | **Rà soát**<br>hồ sơ |")
    assert [(line.cell and line.cell[1:3], document.of(line)) for line in document.lines] == [
        ((0, 0), "STT"),
        ((0, 1), "Nhiệm vụ"),
        ((1, 0), "1"),
        ((1, 1), "Rà soát"),
        ((1, 1), "hồ sơ"),
    ]


def test_pipe_table_as_header() -> None:
    """A header set as a Markdown table is dissolved into columns."""
    document = read(
        "| UBND XÃ HẠ SƠN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n"
        "| Số: 1/QĐ-UBND | Hạ Sơn, ngày 2 tháng 3 năm 2020 |"
    )
    assert [(line.column.value, line.cell) for line in document.lines] == [
        *[("left", None)] * 2,
        *[("right", None)] * 2,
    ]


def test_bold_behind_capitals_was_a_line_of_its_own() -> None:
    """A converter of PDF writes the parent in plain letters and the issuer in bold on one line."""
    assert texts("# BỘ XÂY DỰNG **VĂN PHÒNG BỘ**") == ["BỘ XÂY DỰNG", "VĂN PHÒNG BỘ"]
    assert texts("Theo **Quyết định số 12** của Bộ") == ["Theo Quyết định số 12 của Bộ"]


def test_scraps_of_a_picture_go() -> None:
    """What a converter read in the picture of a signature: words stay, strokes of the seal do not."""
    picture = (
        "<!-- Start of picture text -->\nGIÁM ĐỐC<br>[ef $0 )<br>\n{ LS VAN PHONG \\%4 Y ——<br>"
        "Phạm Thị Mai<br>- Lưu: VT, TCCC.<br><!-- End of picture text -->"
    )
    assert texts(f"Nơi nhận:\n\n{picture}") == ["Nơi nhận:", "- Lưu: VT, TCCC.", "GIÁM ĐỐC", "Phạm Thị Mai"]


def test_the_marks_of_a_picture_go() -> None:
    """Another converter sets what it read in the picture of a signature among the items of the list."""
    picture = (
        "**==> picture [136 x 137] intentionally omitted <==**\n\n**----- Start of picture text -----**<br>\n"
        "TM. CHÍNH PHỦ<br>THỦ TƯỚNG<br>Lê Văn Bình<br>**----- End of picture text -----**<br>"
    )
    assert texts(f"Nơi nhận:\n\n- Như trên;\n\n{picture}\n\n- Lưu: VT.") == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. CHÍNH PHỦ",
        "THỦ TƯỚNG",
        "Lê Văn Bình",
    ]


def test_marks_that_a_cell_escaped() -> None:
    """`\\*\\*` around the words of a cell is emphasis; what is emphasised twice in a row is one phrase."""
    text = "| \\*\\*UBND HUYỆN \\*\\* \\*\\*AN LẠC\\*\\* | \\*An Lạc, ngày 5 tháng 2 năm 2024\\* |\n| --- | --- |\n"
    assert texts(text) == ["UBND HUYỆN AN LẠC", "An Lạc, ngày 5 tháng 2 năm 2024"]


def test_line_ends_that_markdown_meant() -> None:
    """The backslash at the end of a line is none of its text."""
    assert texts("**KT. GIÁM ĐỐC\\\nPHÓ GIÁM ĐỐC\\\nLê Thị Hòa**\n") == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hòa"]


def test_a_row_of_bars_alone_is_a_table() -> None:
    """Readers of web pages write a table of one row without the line that parts its head."""
    row = "| Nơi nhận: - Như trên; - Lưu: VT. | KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lê Thị Hòa |"
    document = read(f"Trân trọng./.\n{row}\n")
    right = [document.of(line) for line in document.lines if line.column is Column.RIGHT]
    assert right == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hòa"]


def test_emphasis_parts_a_joined_header() -> None:
    """Where a paragraph holds a header, each phrase that was emphasised was a line; in prose it was none."""
    header = "**UBND XÃ AN LẠC** Số: 5/TB-UBND **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** *An Lạc, ngày 2 tháng 3 năm 2024* **THÔNG BÁO**"
    assert {"UBND XÃ AN LẠC", "Số: 5/TB-UBND", "An Lạc, ngày 2 tháng 3 năm 2024", "THÔNG BÁO"} <= set(texts(header))
    prose = "Xã giao **Ban Văn hóa** chuẩn bị *trước ngày 5 tháng 4* và báo cáo."
    assert texts(prose) == ["Xã giao Ban Văn hóa chuẩn bị trước ngày 5 tháng 4 và báo cáo."]


def test_bold_that_ends_with_a_blank() -> None:
    """`__Điều 1\\. __Ban hành`: mammoth closes bold behind the blank; names with two underscores stay."""
    assert texts("__Điều 1\\. __Ban hành Quy chế\nTệp a__b __c__d") == ["Điều 1. Ban hành Quy chế", "Tệp a__b __c__d"]


def test_tables_of_a_row_each() -> None:
    """`| SỞ Y TẾ Số: 1/SYT | CỘNG HÒA ... |`: a reader of web pages wrote header and end as one line each."""
    end = "| Nơi nhận: - Như trên; - Lưu: VT. | KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC  \t\t\t Trần Thị Bình |"
    head = "| \t\tUBND TỈNH SÔNG LAM SỞ Y TẾ Số: 1/SYT | CỘNG \t\t\tHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
    lines = texts(f"{head} Sông Lam, ngày 5 tháng 3 năm 2024 | \nKính gửi: Các trạm y tế\nThực hiện ngay.\n{end}")
    assert lines[:6] == [
        "UBND TỈNH SÔNG LAM",
        "SỞ Y TẾ",
        "Số: 1/SYT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sông Lam, ngày 5 tháng 3 năm 2024",
    ]
    assert lines[-6:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Thị Bình",
    ]


def test_tables_of_markdown_are_no_foreign_markup() -> None:
    """Pipes and dashes alone say nothing."""
    assert not read("| Số | Nội dung |\n|---|---|\n| 1 | Mở chợ |").issues


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("__CHÍNH PHỦ __", "CHÍNH PHỦ"),
        ("__Hạ Sơn, ngày 5__ __tháng 3 năm 2020__", "Hạ Sơn, ngày 5 tháng 3 năm 2020"),
        ("*Xét đề nghị của Tổng Thanh tra, *", "Xét đề nghị của Tổng Thanh tra,"),
        ("*4.1. * *Kiểm kê nhà xưởng.*", "4.1. Kiểm kê nhà xưởng."),
        ("_a) _ Kiểm kê máy móc.", "a) Kiểm kê máy móc."),
        ("* 4.1. Kiểm kê nhà xưởng.", "* 4.1. Kiểm kê nhà xưởng."),
        ("Họ và tên: __ Lớp: __", "Họ và tên: __ Lớp: __"),
    ],
)
def test_bold_with_blanks_inside(marked: str, plain: str) -> None:
    """Converters of Word keep the blanks of a run inside its marks."""
    assert texts(marked) == [plain]


def test_picture_written_into_markdown() -> None:
    """A picture in base64 neither makes a text unreadable nor stands in it."""
    data = f"![](data:image/png;base64,{'iVBORw0KGgoAAA' * 900}\\+AD=)\n\n{SAMPLE}".encode()
    assert sniff_text(data)
    assert texts(data) == SAMPLE.split("\n")


def test_tables_that_pandoc_leaves_as_html_in_markdown() -> None:
    """The text between them is Markdown with bold and escapes; all tags of the piece are closed."""
    cells = '<td style="text-align: center;"><strong>{}</strong></td>\n'
    table = "<div>\n\n<table>\n<tbody>\n<tr>\n{}{}</tr>\n<tr>\n{}{}</tr>\n</tbody>\n</table>\n\n</div>\n\n".format(
        cells.format("SỞ Y TẾ"),
        cells.format("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        cells.format("Số: 12/QĐ-SYT"),
        cells.format("Hải Sơn, ngày 05 tháng 3 năm 2025"),
    )
    body = "**QUYẾT\nĐỊNH**\n\n**Về việc ban hành Quy chế làm\nviệc của Sở**\n\n**Điều 1.** Ban hành kèm theo Quyết định này Quy chế\nlàm việc của Sở.\n\n**Điều 2.** Quyết định này có hiệu lực từ ngày ký.\n"
    document = vnadmin.parse((table + body).encode())
    assert document.subject == "ban hành Quy chế làm việc của Sở"
    assert [item.marker for item in document.directives] == ["Điều 1", "Điều 2"]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("- 1/ Giao **Sở Nội vụ** rà soát", "1/ Giao Sở Nội vụ rà soát"),
        (r"- 2\) **Sở Y tế** báo cáo", "2) Sở Y tế báo cáo"),
        ("   - + **Rà soát** số liệu", "+ Rà soát số liệu"),
        ("- 4.1. **Rà soát** số liệu", "4.1. Rà soát số liệu"),
        ("- **Nơi nhận:**", "Nơi nhận:"),
        ("- 15 **bản** chính", "- 15 bản chính"),
        ("- **Rà soát** số liệu", "- Rà soát số liệu"),
    ],
)
def test_an_item_with_a_marker_of_its_own_is_no_bullet(marked: str, plain: str) -> None:
    """pymupdf4llm writes each item of a PDF as one of a Markdown list."""
    assert [text.strip() for text in texts(marked)] == [plain]


def test_the_end_of_a_date_is_no_item() -> None:
    marked = "- **Rà soát** số liệu trước ngày\n\n- 16/7/2013.\n\n- Báo cáo trong quý III\n\n- năm 2013.\n\n- 5 bản"
    assert texts(marked) == ["- Rà soát số liệu trước ngày 16/7/2013.", "- Báo cáo trong quý III năm 2013.", "- 5 bản"]


def test_line_ends_of_a_cell_as_two_blanks() -> None:
    """MarkItDown writes the line ends of a cell of a header or an end as two blanks; in other cells two blanks are a slip."""
    document = vnadmin.parse_text(
        "|  |  |\n| --- | --- |\n| BỘ Y TẾ  **CỤC DÂN SỐ**  Số: 12b/CDS | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**  Hà Giang, ngày 2 tháng 3 năm 2020 |\n\n"
        "**THÔNG BÁO**\n\n**Về  việc  nghỉ lễ**\n\n1. Nghỉ một ngày.\n\n|  |  |\n| --- | --- |\n"
        "| Nơi nhận:  - Như trên;  - Lưu: VT. | **T/M LÃNH ĐẠO**  **CHÁNH VĂN PHÒNG**  Trần Văn Thử |\n"
    )
    assert (document.parent_agency, document.issuing_agency) == ("BỘ Y TẾ", "CỤC DÂN SỐ")
    assert document.number is not None and document.number.text == "12b/CDS"
    assert [entry.name for entry in document.recipients] == ["Như trên", "Lưu: VT"]
    assert [(signer.position, signer.authority) for signer in document.signatories] == [
        ("CHÁNH VĂN PHÒNG", ["T/M LÃNH ĐẠO"])
    ]
