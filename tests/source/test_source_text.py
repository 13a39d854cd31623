"""Plain text and Markdown: encodings, marks, furniture, and what is no text at all."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import vnadmin
from vnadmin.config import Config
from vnadmin.errors import LimitExceeded
from vnadmin.layout.page import Column, Furniture, SourceDocument
from vnadmin.source.sniff import sniff_text
from vnadmin.source.text import read_text


def read(text: str | bytes) -> SourceDocument:
    return read_text(text if isinstance(text, bytes) else text.encode(), Config())


def texts(text: str | bytes) -> list[str]:
    """The document's own lines."""
    document = read(text)
    return [document.of(line) for line in document.lines]


SAMPLE = "Số: 12/UBND-VX\nKính gửi: Các phòng, ban thuộc huyện Hạ Sơn\nĐề nghị tổ chức thực hiện nghiêm túc."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_read_alike(encoding: str) -> None:
    """With a byte order mark or, for UTF-16, without one."""
    data = SAMPLE.encode(encoding)
    assert sniff_text(data)
    assert texts(data) == SAMPLE.split("\n")


def test_windows_1258() -> None:
    """Letters with combining marks of the old Windows code page become NFC letters."""
    text = "Kính gửi: Các phòng, ban của huyện; đề nghị tổ chức thực hiện"
    data = b""
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        data += (unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks) + tone).encode("cp1258")
    assert texts(data) == [text]


def test_tcvn3_bytes() -> None:
    """A text file of the nineties: one byte a letter."""
    data = "Uû ban nh©n d©n huyÖn yªu cÇu c¸c phßng ban nghiªm tóc thùc hiÖn".encode("latin-1")
    assert texts(data) == ["Uỷ ban nhân dân huyện yêu cầu các phòng ban nghiêm túc thực hiện"]


def test_tcvn3_as_unicode_letters() -> None:
    """The same letters after somebody saved them as UTF-8."""
    assert texts("Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc") == [
        "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
    ]


def test_dirt_is_cleaned() -> None:
    """NBSP, zero width, NUL, decomposed letters and a lone surrogate leave clean NFC text."""
    data = (
        "Số:\u00a012/UBND\u200b-VX".encode()
        + b"\x00\n"
        + unicodedata.normalize("NFD", "Huyện ủy").encode()
        + b"\xed\xa0\x80\n"
    )
    document = read(data)
    assert document.of(document.lines[0]) == "Số: 12/UBND-VX"
    assert document.of(document.lines[1]).startswith("Huyện ủy")
    assert "\x00" not in document.text


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\x00" * 60,
        b"\xff\xd8\xff\xe0" + bytes(range(256)),
        b"%PDF-1.4\n",
        b"\x00" * 500,
        bytes(range(256)) * 8,
    ],
    ids=["zip", "jpeg", "pdf", "zeros", "all bytes"],
)
def test_binary_is_no_text(data: bytes) -> None:
    """The text source comes last and must not take what others refused."""
    assert not sniff_text(data)


def test_json_is_text() -> None:
    """A portal's answer saved under another name is read as what it is."""
    assert sniff_text(b'{"so": "12/UBND-VX"}')


def test_limit() -> None:
    """A text beyond the limit is refused before work begins."""
    with pytest.raises(LimitExceeded):
        read_text(b"a" * 2000, Config(max_characters=1000))


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


def test_form_feed_turns_the_page() -> None:
    """Each form feed begins a page."""
    document = read("Điều 1.\fĐiều 2.\f\fĐiều 3.")
    assert [line.page for line in document.lines] == [1, 2, 4]
    assert len(document.pages) == 4


def test_furniture_stands_at_the_end() -> None:
    """A page number between the halves of a sentence does not part it."""
    document = read("các đơn vị có trách nhiệm\n- 2 -\nbáo cáo kết quả.")
    assert len(document.paragraphs) == 1
    assert [(line.furniture, document.of(line)) for line in document.furniture] == [(Furniture.PAGE_NUMBER, "- 2 -")]


@given(st.text(max_size=300))
def test_any_text_reads(text: str) -> None:
    """Whatever is typed: nothing is raised, and every line is a slice of the text."""
    data = text.encode("utf-8", "surrogatepass")
    document = read(data)
    for line in document.lines:
        assert document.text[line.start : line.end] == document.of(line) != ""


@example(b"\x1f0")  # a page number behind a separator of files, which int() does not take
@given(st.binary(max_size=300))
def test_any_bytes_read(data: bytes) -> None:
    """Decoding never raises either, whatever `sniff_text` says."""
    sniff_text(data)
    read(data)


def test_words_in_capitals_set_apart() -> None:
    """Blanks between words in capitals are for show; blanks in a number line are for the number."""
    assert texts("PHÓ    CHỦ    TỊCH\nSỐ:      /QĐ-UBND") == ["PHÓ CHỦ TỊCH", "SỐ:      /QĐ-UBND"]


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


def test_a_gap_inside_a_number_closes() -> None:
    """A reader of PDF that keeps the layout writes the gap of a justified line before a hyphen."""
    assert texts("Căn cứ Nghị định số 63/2010/NĐ           -CP ngày 08/6/2010") == [
        "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010"
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


def test_words_that_ran_together_all_over() -> None:
    """Those that are two syllables in one way are parted, with an issue; in a text that is whole a long word stays."""
    glued = "Ủy ban xã thôngbáo việcthựchiện kếhoạch năm nay, chuẩnbị tốt cơsở vật chất và báocáo kếtquả đúngthời hạn."
    document = read(glued)
    assert "thông báo" in document.text and "kế hoạch" in document.text and "chuẩn bị" in document.text
    assert "layout_damaged" in {issue.code for issue in document.issues}
    assert texts("Trang Facebook của xã: thôngtinanlạc.") == ["Trang Facebook của xã: thôngtinanlạc."]


LINES = ["SỞ Y TẾ", "Số: 1/SYT", "", "Kính gửi: Các trạm y tế", *(f"{n}. Rà soát việc thứ {n}." for n in range(1, 8))]


@pytest.mark.parametrize("shape", ["{0:6d}\t{1}", "{0:4d}  {1}", "{0}:{1}", "{0} | {1}"])
def test_numbered_lines(shape: str) -> None:
    """`cat -n`, `grep -n`: a number before each line is none of the document's; those of items stay."""
    numbered = "\n".join(shape.format(number, line) for number, line in enumerate(LINES, 1))
    assert texts(numbered) == [line for line in LINES if line]
    assert texts("\n".join(LINES)) == [line for line in LINES if line]
    items = [f"{number}. Rà soát" for number in range(1, 15)]
    assert texts("\n".join(items)) == items


def test_escaped_line_ends() -> None:
    """The text of a JSON string, its quotes and letters escaped too; a path of Windows alone is none."""
    text = "\n".join(["Kính gửi: Các trạm y tế", *LINES[-7:], 'Đề nghị "khẩn"'])
    wanted = [line for line in text.split("\n") if line]
    assert texts(text.replace('"', '\\"').replace("\n", "\\n")) == wanted
    assert texts(json.dumps(text)) == wanted
    assert texts("Tệp C:\\new\\note") == ["Tệp C:\\new\\note"]


def test_records_that_carry_a_text() -> None:
    """A field of a table of values, a record of JSON or of Python, a list of lines; a quotation is none."""
    text = "\n".join(["Kính gửi: Các trạm y tế", *LINES[-7:], "Đề nghị khẩn"])
    wanted = [line for line in text.split("\n") if line]
    assert texts(f'id,content\n12,"{text}"\n') == wanted
    assert texts(json.dumps({"id": 5, "content": text}, ensure_ascii=False)) == wanted
    assert texts(f"page_content={text!r} metadata={{'source': 'a.pdf'}}") == wanted
    assert texts(repr(wanted)) == wanted
    quoted = [*wanted, "Thủ tướng nêu: “Phải làm ngay”"]
    assert texts("\n".join(quoted)) == quoted
    assert {issue.code for issue in read(f'id,content\n12,"{text}"\n').issues} == {"record_values"}


def test_the_pages_of_a_record_are_all_its_text() -> None:
    """Found by review: the longest was taken for the text, and the signer stood on the other."""
    first = (
        "SỞ Y TẾ\\nSố: 5/QĐ-SYT\\nQUYẾT ĐỊNH\\nĐiều 1. Lập tổ công tác gồm các ông, bà sau đây theo đề nghị của các phòng."
        + 8 * " Tổ họp hằng tuần."
    )
    second = "Điều 2. Chánh Văn phòng thi hành.\\nGIÁM ĐỐC\\nTrần Văn Bình"
    for record in (f'{{"id": 5, "pages": ["{first}", "{second}"]}}', f'{{"page_1": "{first}", "page_2": "{second}"}}'):
        assert "Trần Văn Bình" in "\n".join(texts(record))


def test_what_is_no_record_keeps_all_its_text() -> None:
    """Prose beside or between quotations, two records, a backslash before an x outside a string."""
    articles = '["Điều 1"] Bổ sung như sau ["Điều 2"] và ["Điều 3"]'
    assert texts(articles) == [articles]
    text = "\n".join(LINES[-7:])
    assert texts(f'Thông báo,"{text}" và những điều còn lại')[-1].endswith("và những điều còn lại")
    two = "\n".join(json.dumps({"c": own}, ensure_ascii=False) for own in (3 * text, "Số 5. " + text))
    assert "Số 5" in read(two).text
    assert texts("C:\\xab\\n" + text.replace("\n", "\\n"))[0] == "C:\\xab"


def test_bold_that_ends_with_a_blank() -> None:
    """`__Điều 1\\. __Ban hành`: mammoth closes bold behind the blank; names with two underscores stay."""
    assert texts("__Điều 1\\. __Ban hành Quy chế\nTệp a__b __c__d") == ["Điều 1. Ban hành Quy chế", "Tệp a__b __c__d"]


def test_soft_hyphens() -> None:
    """No reader shows them inside a line: "NGH\u00adĨA", "thá\u00adng"."""
    assert (
        vnadmin.parse_text(
            "SỞ Y TẾ\nSố: 1/S\u00adYT\nCỘNG HÒA XÃ HỘI CHỦ NGH\u00adĨA VIỆT NAM\nSông Lam, ngày 5 thá\u00adng 3 năm 2024\n"
            "THÔNG BÁO\nVề lịch nghỉ\n"
        ).place
        == "Sông Lam"
    )


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


def test_letters_that_hung_on_a_drawing() -> None:
    """`T ỈNH`, `Đ ộc lập`: an office suite hung a drawn rule on the first letter; `nhóm C hoặc` has its letter by itself."""
    assert texts("ỦY BAN NHÂN DÂN T ỈNH SÔNG LAM\nĐ ộc lập - Tự do\nDự án nhóm C hoặc nhóm D ở xã") == [
        "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM",
        "Độc lập - Tự do",
        "Dự án nhóm C hoặc nhóm D ở xã",
    ]
    assert texts("PHÒNG, CHỐNG VIÊM GAN B Ở TRẺ EM") == ["PHÒNG, CHỐNG VIÊM GAN B Ở TRẺ EM"]


@pytest.mark.parametrize(
    "table",
    [
        "|===\n|Số: 5/TB-UBND |An Lạc, ngày 2 tháng 3 năm 2024\n|===",
        '{| class="wikitable"\n| Số: 5/TB-UBND\n|}',
        "| Số: 5/TB-UBND | An Lạc |\n|---------------+--------|",
        "\\begin{longtable}{ll}\nSố: 5/TB-UBND & An Lạc \\\\\n\\end{longtable}",
    ],
)
def test_a_markup_that_is_not_read_is_told(table: str) -> None:
    """AsciiDoc, MediaWiki, Org and LaTeX are read as plain text, and an issue says so, which lowers every grade."""
    assert [issue.code for issue in read(table).issues] == ["layout_damaged"]


def test_tables_of_markdown_are_no_foreign_markup() -> None:
    """Pipes and dashes alone say nothing."""
    assert not read("| Số | Nội dung |\n|---|---|\n| 1 | Mở chợ |").issues


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("__CHÍNH PHỦ __", "CHÍNH PHỦ"),
        ("__Hạ Sơn, ngày 5__ __tháng 3 năm 2020__", "Hạ Sơn, ngày 5 tháng 3 năm 2020"),
        ("*Xét đề nghị của Tổng Thanh tra, *", "Xét đề nghị của Tổng Thanh tra,"),
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


def test_a_pages_line_ends_are_told() -> None:
    """`Căn` / `cứ Luật ...`: text taken out of a page with the line ends of its source gives nothing as certain."""
    text = (
        "UBND XÃ HẠ SƠN\nCăn\ncứ Luật Đê điều;\nQUYẾT\nĐỊNH:\nĐiều\n\t\t1. Lập tổ công tác.\nGiao\ncác thôn thực hiện."
    )
    document = vnadmin.parse_text(text)
    assert "layout_damaged" in [issue.code for issue in document.issues]
    assert "Căn cứ Luật Đê điều;" in document.text.splitlines()
    kept = vnadmin.parse_text("UBND XÃ HẠ SƠN\nBảng\ngiá đất\nĐiều 1. Lập tổ công tác.")
    assert "layout_damaged" not in [issue.code for issue in kept.issues]


@pytest.mark.parametrize(
    ("over", "below"),
    [("", "--\nTrần Văn Bình\nPhòng Hành chính\nĐT: 0255 3888 999"), ("```", "```\n\nBạn có cần tôi tóm tắt không?")],
)
def test_words_of_a_sender_below_the_document(over: str, below: str) -> None:
    """A mail's own end, and a model's words behind the block in which it gave the document."""
    lines = "UBND XÃ HẠ SƠN\nSố: 1/TB-UBND\nTHÔNG BÁO\nNghỉ Tết\nNghỉ bảy ngày.\nNơi nhận:\n- Các thôn;\n- Lưu: VT, TH"
    document = vnadmin.parse_text(f"{over}\n{lines}\n\n{below}\n")
    assert [recipient.name for recipient in document.recipients] == ["Các thôn", "Lưu: VT, TH"]
    assert not document.signatories
