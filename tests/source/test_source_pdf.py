"""Facts about the PDF source: reading order, paragraphs, tables, annotations, furniture."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest

import vnadmin
from tests.makers.pdf_maker import PdfPage, letter_head, make_pdf
from tests.source.pdf_letter import CONFIG, LONG, column, letter, paragraphs, read
from vnadmin.config import Config
from vnadmin.errors import NoTextLayer
from vnadmin.layout.page import Column, Furniture, SourceDocument
from vnadmin.source.pdf.open import sniff_pdf
from vnadmin.source.pdf.reader import read_pdf


def test_sniffs_by_content() -> None:
    """A head within the first kilobyte makes a PDF, whatever stands before it."""
    assert sniff_pdf(b"%PDF-1.4\n")
    assert sniff_pdf(b"\xef\xbb\xbf" + b"junk\n" * 100 + b"%PDF-1.4")
    assert not sniff_pdf(b"x" * 2000 + b"%PDF-1.4")
    assert not sniff_pdf(b"\xff\xd8\xff\xe0 a JPEG named .pdf")


def test_junk_before_the_head() -> None:
    """What stands before the head does not shift what is read."""
    plain = make_pdf(letter())
    assert read_pdf(b"X-Header: 1\r\n\r\n" + plain, CONFIG).text == read_pdf(plain, CONFIG).text


def test_header_columns() -> None:
    """The left column of the header comes whole before the right one."""
    document = read(letter())
    assert column(document, Column.LEFT)[:5] == [
        "UBND TỈNH SƠN HẢI",
        "SỞ NÔNG LÂM",
        "Số: 245/SNL-KH",
        "V/v báo cáo kết quả trồng rừng",
        "đầu năm trên địa bàn tỉnh",
    ]
    assert column(document, Column.RIGHT)[:3] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sơn Hải, ngày 14 tháng 3 năm 2023",
    ]
    assert [document.of(line) for line in document.lines][8] == "Kính gửi: Ủy ban nhân dân các huyện"


def test_end_columns() -> None:
    """Recipients come whole before the signature, though their lines stand at other heights."""
    document = read(letter())
    assert column(document, Column.LEFT)[5:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- UBND tỉnh (để báo cáo);",
        "- Lưu: VT, KH.",
    ]
    assert column(document, Column.RIGHT)[3:] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Thử"]


def test_body_paragraphs() -> None:
    """Printed lines of the body are joined to paragraphs, items apart."""
    whole = paragraphs(read(letter()))
    assert LONG in whole
    assert "1. Diện tích đã trồng và tỷ lệ cây sống." in whole
    assert any(text.startswith("2. Khó khăn") and text.endswith("trong năm sau.") for text in whole)


def test_paragraph_over_a_page_break() -> None:
    """A paragraph goes on over the page break, past the page number."""
    first, second = PdfPage(), PdfPage()
    words = LONG.split()
    first.paragraph(740, " ".join(words[:17]))
    y = 740.0
    first = PdfPage()
    letter_head(first)
    first.paragraph(
        220, "Trước hết là một đoạn mở đầu dài hơn một dòng để trang đầu có lề trái và lề phải rõ ràng hơn."
    )
    y = first.paragraph(300, LONG + " " + LONG)
    second.text(297, 40, "2")
    second.paragraph(70, "hai việc nêu trên là trọng tâm của cả năm và phải được làm xong đúng hạn đã giao.", indent=0)
    second.paragraph(110, "Nơi nào chậm phải báo cáo lý do bằng văn bản gửi về Sở.")
    document = read(first, second)
    assert y > 300
    assert not any(document.of(line) == "2" for line in document.lines)
    joined = [text for text in paragraphs(document) if "hai việc nêu trên" in text]
    # The line before is not full here, so only its open end tells that it goes on.
    assert len(joined) == 1
    assert [document.of(line) for line in document.furniture if line.furniture is Furniture.PAGE_NUMBER] == ["2"]


def test_boxes_lie_on_the_words() -> None:
    """A word's box is where it was drawn, in points from the top left corner."""
    page = PdfPage()
    end = page.text(100, 300, "Quyết định này có hiệu lực")
    document = read(page)
    line = document.lines[0]
    assert [document.of(word) for word in line.words] == ["Quyết", "định", "này", "có", "hiệu", "lực"]
    assert line.box is not None
    assert line.box.x0 == pytest.approx(100, abs=0.5)
    assert line.box.x1 == pytest.approx(end, abs=1)
    assert 285 < line.box.y0 < 292
    assert 299 < line.box.y1 < 305


@pytest.mark.parametrize(
    ("rotate", "matrix", "x", "y"), [(90, "0 1 -1 0", 300.0, 742.0), (270, "0 -1 1 0", 295.0, 100.0)]
)
def test_rotated_page(rotate: int, matrix: str, x: float, y: float) -> None:
    """A page that is shown turned gives boxes as it is shown."""
    page = PdfPage(rotate=rotate)
    page.text(x, y, "Quyết định này có hiệu lực", matrix=matrix)
    document = read(page)
    assert document.text == "Quyết định này có hiệu lực\n"
    assert (document.pages[0].width, document.pages[0].height) == (842, 595)
    box = document.lines[0].box
    assert box is not None
    assert box.x0 == pytest.approx(100, abs=1)
    assert 285 < box.y1 < 310


@pytest.mark.parametrize(("matrix", "x", "step", "y"), [("0 1 -1 0", 100, 17, 742), ("0 -1 1 0", 500, -17, 100)])
def test_text_along_the_side(matrix: str, x: float, step: float, y: float) -> None:
    """A wide page that was printed on an upright sheet is read as it is turned to be read."""
    page = PdfPage()
    for index in range(12):
        page.text(x + step * index, y, f"Dòng thứ {index} của bảng được in dọc theo mép giấy", matrix=matrix)
    document = read(page)
    assert document.text.startswith("Dòng thứ 0 của bảng được in dọc theo mép giấy\nDòng thứ 1 của")
    assert document.pages[0].width == 842


def test_crop_box() -> None:
    """Boxes count from the corner of what is shown; what is cut off is set aside."""
    page = PdfPage(crop=(50, 100, 545, 742))
    page.text(100, 300, "Được in trên trang")
    page.text(100, 60, "Bị cắt bỏ")
    document = read(page)
    assert [document.of(line) for line in document.lines] == ["Được in trên trang"]
    assert [line.furniture for line in document.furniture] == [Furniture.HIDDEN]
    assert document.lines[0].box is not None
    assert document.lines[0].box.x0 == pytest.approx(50, abs=0.5)
    assert document.pages[0].height == 642


def test_styles() -> None:
    """Boldness and slant come from the font, centring from the place."""
    page = letter()
    document = read(page)
    styles = {document.of(line): line.style for line in document.lines}
    assert styles["SỞ NÔNG LÂM"].bold is True
    assert styles["UBND TỈNH SƠN HẢI"].bold is False
    assert styles["Sơn Hải, ngày 14 tháng 3 năm 2023"].italic is True
    assert styles["Kính gửi: Ủy ban nhân dân các huyện"].centred is True


def test_number_and_day_set_in_by_a_signature() -> None:
    """What an e-office system sets into the blanks as annotations stands where it is read."""
    page = PdfPage()
    page.text(100, 112, "Số:")
    page.text(150, 112, "/SNL-KH")
    page.text(330, 112, "Sơn Hải, ngày")
    page.text(440, 112, "tháng 3 năm 2023")
    page.signature(125, 98, 148, 113, "245")
    page.signature(415, 97, 435, 112, "14")
    page.signature(
        300, 20, 560, 60, "Ký bởi: SỞ NÔNG LÂM", "Email: snl@sonhai.gov.vn", "Ngày ký: 14-03-2023 10:20:11 +07:00"
    )
    page.paragraph(200, LONG)
    document = read(page)
    assert "Số: 245 /SNL-KH" in document.text
    assert "ngày 14 tháng 3 năm 2023" in document.text
    stamps = [document.of(line) for line in document.furniture if line.furniture is Furniture.SIGNATURE_STAMP]
    assert "Ký bởi: SỞ NÔNG LÂM" in stamps
    assert len(stamps) == 3


def test_an_annotation_on_the_last_line_of_the_page() -> None:
    """pdfium sorts what stands on one line: before or among the page's own words it is read as theirs, behind them it is told."""

    def read_with(x: float) -> SourceDocument:
        page = PdfPage()
        page.paragraph(220, LONG)
        page.text(150, 700, "Người lập biểu")
        page.text(300, 700, "Kế toán trưởng")
        page.signature(x, 685, x + 60, 705, "Số 15")
        return read(page)

    assert "Số 15 Người lập biểu Kế toán trưởng" in read_with(60).text
    assert not read_with(245).furniture
    behind = read_with(420)
    assert [behind.of(line) for line in behind.furniture] == ["Số 15"]


def test_ruled_table() -> None:
    """A ruled table gives cells row by row; a wrapped cell stays one paragraph."""
    page = PdfPage()
    page.paragraph(100, LONG)
    xs, ys = [85.0, 125.0, 330.0, 450.0, 540.0], [170.0, 195.0, 230.0, 255.0]
    page.grid(xs, ys)
    for x, text in zip(xs, ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], strict=False):
        page.text(x + 4, 187, text)
    page.text(89, 212, "1")
    page.text(129, 210, "Rà soát diện tích đất trống,")
    page.text(129, 225, "đồi núi trọc của từng xã")
    page.text(334, 212, "Sở Nông Lâm")
    page.text(454, 212, "30/6/2023")
    page.text(89, 248, "2")
    page.text(129, 248, "Cấp giống cây")
    page.paragraph(290, "Các đơn vị tổ chức thực hiện.")
    document = read(page)
    cells = {p.cell[1:3]: document.of(p).replace("\n", " ") for p in document.paragraphs if p.cell}
    assert cells[0, 3] == "Thời hạn"
    assert cells[1, 1] == "Rà soát diện tích đất trống, đồi núi trọc của từng xã"
    assert cells[1, 2] == "Sở Nông Lâm"
    assert cells[2, 1] == "Cấp giống cây"
    assert (2, 2) not in cells
    assert paragraphs(document)[0].startswith("Thực hiện Kế hoạch")
    assert paragraphs(document)[-1] == "Các đơn vị tổ chức thực hiện."


def test_the_lattice_finds_the_cells_that_pdfplumber_finds() -> None:
    """The oracle: pdfplumber's table finder on the same ruled page, which is slower and knows nothing of our lattice."""
    page = PdfPage()
    xs, ys = [85.0, 125.0, 330.0, 450.0, 540.0], [170.0, 195.0, 230.0, 255.0]
    page.grid(xs, ys)
    rows = [["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["1", "Trồng rừng", "Sở Nông Lâm", "30/6/2023"]]
    rows.append(["2", "Cấp giống cây", "Hạt Kiểm lâm", "15/7/2023"])
    for y, row in zip([187, 212, 248], rows, strict=True):
        for x, text in zip(xs, row, strict=False):
            page.text(x + 4, y, text)
    data = make_pdf(page)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert pdf.pages[0].extract_table() == rows
    document = read_pdf(data, CONFIG)
    cells = {p.cell[1:3]: document.of(p) for p in document.paragraphs if p.cell}
    assert cells == {(i, j): text for i, row in enumerate(rows) for j, text in enumerate(row)}


def test_a_font_without_a_map_is_read_by_the_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """pdfium reads codes of glyphs there; pdfplumber finds the letters in the font itself."""
    opened: list[list[int]] = []
    real = pdfplumber.open

    def counting(stream: io.BytesIO, pages: list[int]) -> pdfplumber.PDF:
        opened.append(pages)
        return real(stream, pages=pages)

    monkeypatch.setattr(pdfplumber, "open", counting)
    data = (Path(__file__).parent.parent / "fixtures" / "pdf" / "font-without-map.pdf").read_bytes()
    document = vnadmin.parse(data)
    assert opened == [[1]]
    assert document.number is not None and document.number.text == "214/UBND-NN"
    assert document.issued_on == "2022-05-12"
    assert document.subject == "tăng cường phòng, chống cháy rừng mùa khô"
    assert [signatory.name for signatory in document.signatories] == ["Trần Văn Khảm"]
    assert document.evidence["/issued_on"][0].boxes
    assert document.source.pages[0].method == "text_layer"
    vnadmin.parse(make_pdf(letter()))
    assert opened == [[1]]  # a page with a sound text layer is not read twice


def test_a_page_that_neither_reader_can_read_is_reported() -> None:
    """Codes without any font program: the page is named in an issue, and nothing of it is believed."""
    page = PdfPage()
    for step in range(6):
        page.parts.append(f"BT /F1 12 Tf 1 0 0 1 80 {700 - 20 * step} Tm <{'e001e002e0030020' * 9}> Tj ET")
    with pytest.raises(NoTextLayer):
        read_pdf(make_pdf(page), Config(ocr="off"))


def test_table_over_a_page_break() -> None:
    """A table goes on overleaf with one number, its repeated head left out."""
    xs = [85.0, 125.0, 540.0]
    first, second = PdfPage(), PdfPage()
    first.grid(xs, [700.0, 730.0, 760.0])
    second.grid(xs, [60.0, 90.0, 120.0])
    for page, top, number, text in ((first, 700, "1", "Cấp giống"), (second, 60, "2", "Trồng cây")):
        page.text(90, top + 20, "TT")
        page.text(130, top + 20, "Nhiệm vụ")
        page.text(90, top + 50, number)
        page.text(130, top + 50, text)
    document = read(first, second)
    assert [(p.cell and p.cell[:3], document.of(p)) for p in document.paragraphs] == [
        ((0, 0, 0), "TT"),
        ((0, 0, 1), "Nhiệm vụ"),
        ((0, 1, 0), "1"),
        ((0, 1, 1), "Cấp giống"),
        ((0, 2, 0), "2"),
        ((0, 2, 1), "Trồng cây"),
    ]
    assert [document.of(line) for line in document.furniture] == ["TT", "Nhiệm vụ"]


def test_header_in_a_ruled_frame_is_no_table() -> None:
    """A header whose layout table has printed borders is still two columns."""
    page = letter()
    page.grid([60.0, 260.0, 560.0], [50.0, 95.0, 150.0])
    document = read(page)
    assert all(line.cell is None for line in document.lines)
    assert column(document, Column.RIGHT)[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_text_across_the_page_is_a_watermark() -> None:
    """Turned text is set aside."""
    page = letter()
    page.text(150, 500, "nguyenvana 08:15 14/03/2023", 20, matrix="0.7071 0.7071 -0.7071 0.7071")
    document = read(page)
    assert "nguyenvana" not in "".join(document.of(line) for line in document.lines)
    assert [document.of(line) for line in document.furniture if line.furniture is Furniture.WATERMARK] == [
        "nguyenvana 08:15 14/03/2023"
    ]


def test_footnotes_stand_after_the_paragraph() -> None:
    """A footnote does not cut the paragraph above it, and its raised number leaves the text."""
    first, second = PdfPage(), PdfPage()
    y = first.paragraph(600, LONG)
    end = first.text(121, y, "Căn cứ Luật số 70/2025/QH15")
    first.text(end, y - 5, "1", 7)
    first.text(end + 5, y, "và Nghị định số 15/2020/NĐ-CP, các cơ quan")
    rest = (
        "đơn vị rà soát toàn bộ danh mục nhiệm vụ đã được giao trong năm và gửi về cơ quan chủ trì để tổng hợp, "
        "báo cáo trước khi kết thúc quý bốn năm nay cùng với các tài liệu"
    )
    first.paragraph(y + 17, rest, indent=0)
    first.text(85, 776, "1", 6)
    first.text(90, 780, "Luật Tiêu chuẩn và Quy chuẩn kỹ thuật.", 9)
    second.paragraph(70, "liên quan khác do các địa phương lập.", indent=0)
    for step in range(6):
        second.paragraph(
            110 + 40 * step, "Nội dung tiếp theo của văn bản được trình bày ở trang này cho đủ dòng và đủ dài."
        )
    document = read(first, second)
    whole = next(text for text in paragraphs(document) if "QH15" in text)
    assert "70/2025/QH15 và Nghị định" in whole
    assert whole.endswith("liên quan khác do các địa phương lập.")
    assert "1 Luật Tiêu chuẩn và Quy chuẩn kỹ thuật." in paragraphs(document)


def test_footnotes_with_a_stop_after_their_number() -> None:
    """A sign that the font sets no higher is glued to the word before it; its note, in small print, is one."""
    page = PdfPage()
    y = page.paragraph(100, LONG)
    end = page.text(121, y, "Tổ số 01 làm việc tại 02 đơn vị của thành phố")
    page.text(end, y, "1.")
    for step in range(4):
        page.paragraph(y + 40 + 40 * step, "Nội dung tiếp theo được trình bày ở trang này cho đủ dòng và đủ dài.")
    page.text(85, 776, "1. Phường An Phú, thị trấn Lai Uyên.", 9)
    document = read(page)
    notes = [document.of(line) for line in document.lines if line.furniture is Furniture.FOOTNOTE]
    assert notes == ["1. Phường An Phú, thị trấn Lai Uyên."]


def test_legacy_font_text() -> None:
    """Text of a TCVN3 font is converted, with the signs that PDF writers put for its bytes."""
    page = PdfPage()
    page.paragraph(
        100, "C¨n cø LuËt Tæ chøc ChÝnh phñ ngµy 25 th¸ng 12 n¨m 2001 cña n−íc Céng hoµ x∙ héi chñ nghÜa ViÖt Nam"
    )
    document = read(page)
    assert "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001 của nước Cộng hoà xã hội" in document.text.replace(
        "\n", " "
    )


def test_lost_space_is_put_back() -> None:
    """Words that were set without a space between them are two words with two boxes."""
    page = PdfPage()
    page.text(100, 100, "CÔNGĐOÀN NGÀNH XÂY DỰNG")
    page.text(121, 140, "b)Điểm b khoản 2 Điều 5")
    document = read(page)
    assert document.text == "CÔNG ĐOÀN NGÀNH XÂY DỰNG\nb) Điểm b khoản 2 Điều 5\n"
    first, second = document.lines[0].words[:2]
    assert first.box.x1 == pytest.approx(second.box.x0, abs=0.5)


def test_figures_that_are_drawn_among_many_specks_are_told() -> None:
    """Seen: four hundred specks in the header were enough for no doubt about a number that is drawn."""
    page = PdfPage()
    letter_head(page)
    page.parts = [part for part in page.parts if "Số: 245".encode("utf-16-be").hex() not in part]
    end = page.text(100, 112, "Số: ")
    page.text(end + 30, 112, "/SNL-KH")
    page.parts += [f"{end + 6 * index} {page.height - 112} 4 9 re f" for index in range(1, 4)]
    page.parts += [
        f"{60 + 3 * (index % 150)} {page.height - 200 - 6 * (index // 150)} 2 5 re f" for index in range(450)
    ]
    found = vnadmin.parse(make_pdf(page), config=Config(ocr="off"))
    assert "picture_in_header" in [issue.code for issue in found.issues]
