""".docx: what Word prints, in the order in which it is read, with the markers that Word draws."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.makers.docx_maker import item, levels, make_docx, paragraph, run, table
from vnadmin import parse
from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, UnsupportedFormat
from vnadmin.layout.page import Furniture, SourceDocument
from vnadmin.source.docx.reader import read_docx
from vnadmin.source.sniff import sniff_docx


def read(body: str, **parts: str) -> SourceDocument:
    return read_docx(make_docx(body, **parts), Config())  # type: ignore[arg-type]


def texts(body: str, **parts: str) -> list[str]:
    """The document's own lines."""
    document = read(body, **parts)
    return [document.of(line) for line in document.lines]


HEADER = table(
    ["UBND XÃ HẠ SƠN", paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + paragraph("Độc lập - Tự do - Hạnh phúc")],
    ["Số: 1/QĐ-UBND", "Hạ Sơn, ngày 2 tháng 3 năm 2020"],
)
_LEVELS = levels(("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "-"))
LIST = f'<w:abstractNum w:abstractNumId="7">{_LEVELS}</w:abstractNum>'


def numbers(*described: tuple[int, str]) -> str:
    """Numbering instances of the list above: (id, what they override)."""
    return LIST + "".join(
        f'<w:num w:numId="{identity}"><w:abstractNumId w:val="7"/>{override}</w:num>'
        for identity, override in described
    )


def test_paragraphs_and_tables_in_order() -> None:
    """A header table, prose, a table of data and the end come as they are printed."""
    end = table([paragraph("Nơi nhận:") + paragraph("- Lưu: VT."), "CHỦ TỊCH"])
    data = table(
        ["STT", "Việc"], ["1", "Rà soát"], properties='<w:tblBorders><w:insideV w:val="single"/></w:tblBorders>'
    )
    document = read(HEADER + paragraph("KẾ HOẠCH") + data + end)
    assert [(line.column.value[0], line.cell is not None, document.of(line)) for line in document.lines] == [
        ("l", False, "UBND XÃ HẠ SƠN"),
        ("l", False, "Số: 1/QĐ-UBND"),
        ("r", False, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("r", False, "Độc lập - Tự do - Hạnh phúc"),
        ("r", False, "Hạ Sơn, ngày 2 tháng 3 năm 2020"),
        ("f", False, "KẾ HOẠCH"),
        *[("f", True, text) for text in ("STT", "Việc", "1", "Rà soát")],
        ("l", False, "Nơi nhận:"),
        ("l", False, "- Lưu: VT."),
        ("r", False, "CHỦ TỊCH"),
    ]


def test_header_set_with_tabs() -> None:
    """A header without a table: columns parted by tab stops."""
    document = read(
        paragraph(run("UBND XÃ HẠ SƠN") + "<w:r><w:tab/></w:r>" + run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
        + paragraph(run("Số: 1/QĐ-UBND") + "<w:r><w:tab/></w:r>" + run("Hạ Sơn, ngày 2 tháng 3 năm 2020"))
    )
    assert [line.column.value for line in document.lines] == ["left", "left", "right", "right"]


def test_numbers_that_word_draws() -> None:
    """Nested items count on, and start again under the next parent."""
    body = item("Một", 1) + item("A", 1, 1) + item("B", 1, 1) + item("gạch", 1, 2) + item("Hai", 1) + item("C", 1, 1)
    assert texts(body, numbering=numbers((1, ""))) == ["1. Một", "a) A", "b) B", "- gạch", "2. Hai", "a) C"]


def test_instances_of_one_list_count_together_unless_restarted() -> None:
    """Word shares the counter between instances; `startOverride` begins anew, once."""
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = item("a", 1) + item("b", 2) + item("c", 3) + item("d", 3) + item("e", 1)
    assert [text.split()[0] for text in texts(body, numbering=numbers((1, ""), (2, ""), (3, override)))] == [
        *("1.", "2.", "5.", "6.", "7."),
    ]


@pytest.mark.parametrize(
    ("kind", "pattern", "expected"),
    [
        ("upperRoman", "%1.", ["I.", "II.", "III.", "IV."]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)", "d)"]),
        ("decimalZero", "%1/", ["01/", "02/", "03/", "04/"]),
        ("decimal", "Điều %1.", ["Điều 1.", "Điều 2.", "Điều 3.", "Điều 4."]),
        ("bullet", "\uf0b7", ["•"] * 4),
        ("bullet", "\uf02d", ["-"] * 4),
        ("none", "", ["x"] * 4),
    ],
)
def test_number_formats(kind: str, pattern: str, expected: list[str]) -> None:
    """As Word draws them: its letters are a, b, c, d (without đ), its picture bullets are dots or dashes."""
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels((kind, pattern))}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    found = texts("".join(item("x", 1) for _ in range(4)), numbering=numbering)
    assert [text.removesuffix(" x") for text in found] == expected


def test_number_of_all_levels() -> None:
    """`%1.%2` shows the levels above, a level never used as its start."""
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels(("upperRoman", "%1."), ("decimal", "%1.%2."))}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    legal = numbering.replace('<w:lvlText w:val="%1.%2."/>', '<w:isLgl/><w:lvlText w:val="%1.%2."/>')
    body = item("x", 1) + item("x", 1, 1) + item("x", 1, 1)
    assert texts(body, numbering=numbering) == ["I. x", "I.1. x", "I.2. x"]
    assert texts(body, numbering=legal) == ["I. x", "1.1. x", "1.2. x"]


def test_numbering_of_a_style() -> None:
    """A heading style that is linked to a list level numbers its paragraphs; `numId` 0 takes the number away."""
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="Dieu"/><w:lvlText w:val="Điều %1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dieu"/></w:style>'
    )
    style = '<w:pStyle w:val="Dieu"/>'
    body = (
        paragraph("Phạm vi", style)
        + paragraph("Trích", style + '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("Đối tượng", '<w:pStyle w:val="Con"/>')
    )
    assert texts(body, numbering=numbering, styles=styles) == ["Điều 1. Phạm vi", "Trích", "Điều 2. Đối tượng"]


def test_changes_are_accepted() -> None:
    """What a reviewer put in stays, what was deleted or moved away is gone, joined paragraphs are one."""
    body = (
        paragraph(
            run("Giao ")
            + f"<w:ins>{run('Phòng Nội vụ')}</w:ins>"
            + "<w:del><w:r><w:delText>Phòng Y tế</w:delText></w:r></w:del>"
            + f"<w:moveFrom>{run(' cũ')}</w:moveFrom><w:moveTo>{run(' chủ trì')}</w:moveTo>"
        )
        + paragraph("Nửa đầu, ", "<w:rPr><w:del/></w:rPr>")
        + paragraph("nửa sau.")
    )
    assert texts(body) == ["Giao Phòng Nội vụ chủ trì", "Nửa đầu, nửa sau."]


def test_wrappers_are_looked_through() -> None:
    """Smart tags, links, content controls and fields give their text, field codes do not."""
    body = paragraph(
        f'<w:smartTag w:element="place">{run("Hạ ")}</w:smartTag><w:hyperlink>{run("Sơn ")}</w:hyperlink>'
        f"<w:sdt><w:sdtContent>{run('tỉnh ')}</w:sdtContent></w:sdt>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DATE </w:instrText></w:r>'
        f'{run("2020")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>") == ["Hạ Sơn tỉnh 2020"]


def test_alternative_content_is_read_once() -> None:
    """A text box is stored twice, for new and for old Word."""
    box = "<w:txbxContent>" + paragraph("DỰ THẢO") + "</w:txbxContent>"
    shape = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(paragraph(shape + run("KẾ HOẠCH"))) == ["DỰ THẢO", "KẾ HOẠCH"]


def test_soft_breaks_and_signs() -> None:
    """A soft break begins a line of the same paragraph; tabs, hyphens and symbols are characters."""
    body = paragraph(
        run("Quy định lộ trình") + "<w:r><w:br/></w:r>" + run("về khí thải")
        + '<w:r><w:tab/><w:noBreakHyphen/></w:r>' + run("5")
    )  # fmt: skip
    document = read(body)
    assert [document.of(line) for line in document.lines] == ["Quy định lộ trình", "về khí thải -5"]
    assert len(document.paragraphs) == 1


def test_signs_of_symbol_fonts() -> None:
    """A typed sign is a bullet where it opens a line, and a blank within it, however it is stored."""
    square = '<w:r><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>'
    telephone = '<w:r><w:sym w:font="Wingdings" w:char="F028"/></w:r>'
    symbol = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    assert texts(
        paragraph(square + run(" Rà soát") + telephone + run(" 0912"))
        + paragraph(run("\uf0b7", symbol) + run(" Kiểm tra"))
        + paragraph(run("\u00b7", symbol) + run(" Theo dõi"))
        + paragraph("\uf0b7 Báo cáo")
        + paragraph('<w:r><w:sym w:font="Times New Roman" w:char="2013"/></w:r>' + run(" Gửi"))
        + paragraph('<w:r><w:sym w:font="Symbol" w:char="x"/></w:r>' + run("Lưu"))
    ) == ["• Rà soát 0912", "• Kiểm tra", "• Theo dõi", "• Báo cáo", "– Gửi", "Lưu"]


def test_old_fonts_are_converted() -> None:
    """`.VnTime` and `VNI-Times` by the font's name; `.VnTimeH` gives capitals; the soft hyphen is ư."""
    time, capital, vni = (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>' for name in (".VnTime", ".VnTimeH", "VNI-Times")
    )
    body = (
        paragraph(run("tr\u00adëng phßng", time))
        + paragraph(f"<w:r><w:rPr>{time}</w:rPr><w:t>Tr</w:t><w:softHyphen/><w:t>ëng ban</w:t></w:r>")
        + paragraph(run("quyÕt ®Þnh", capital))
        + paragraph(run("Coäng hoø", vni) + run("a xaõ hoäi", vni))
    )
    assert texts(body) == ["trưởng phòng", "Trưởng ban", "QUYẾT ĐỊNH", "Cộng hòa xã hội"]


def test_old_font_of_a_style() -> None:
    """A document whose Normal style is `.VnTime` and one run of it in Unicode."""
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>'
    )
    own = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
    assert texts(paragraph(run("§iÒu 1. ") + run("Điều 2", own)), styles=styles) == ["Điều 1. Điều 2"]


def test_capitals_and_hidden_text() -> None:
    """`w:caps` prints capitals; `w:vanish` prints nothing."""
    assert texts(paragraph(run("Kế hoạch", "<w:caps/>") + run("bí mật", "<w:vanish/>"))) == ["KẾ HOẠCH"]


def test_style_of_lines() -> None:
    """Bold, italic, size and centring, of the run or of its style."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="T"><w:pPr><w:jc w:val="center"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
    )
    document = read(
        paragraph("KẾ HOẠCH", '<w:pStyle w:val="T"/>')
        + paragraph(run("Căn cứ", "<w:i/>"))
        + paragraph(run("x", '<w:b w:val="0"/>'), '<w:pStyle w:val="T"/>'),
        styles=styles,
    )
    first, second, third = (line.style for line in document.lines)
    assert (first.bold, first.italic, first.size, first.centred) == (True, False, 14.0, True)
    assert (second.bold, second.italic, second.centred) == (False, True, False)
    assert third.bold is False


@pytest.mark.parametrize(
    ("start", "properties"),
    [
        ("<w:p>", "<w:rPr><w:caps/></w:rPr>"),
        ("<w:p xmlns:n='n'>", "<w:rPr><n:n/><w:caps/></w:rPr>"),
        ("<!-- <w:rPr> --><w:p>", "<w:rPr><w:caps/></w:rPr>"),
    ],
)
@pytest.mark.parametrize("prefix", ["w", "ns0"])
def test_properties_are_read_however_they_are_written(start: str, properties: str, prefix: str) -> None:
    """Under another prefix, with a name that is declared on the way, beside a comment."""
    body = f"<w:body>{start}<w:r>{properties}<w:t>a</w:t></w:r></w:p></w:body>"
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{main}">{body}</w:document>'
    document = document.replace("<w:", f"<{prefix}:").replace("</w:", f"</{prefix}:").replace(":w=", f":{prefix}=")
    assert read_docx(make_docx("", document=document), Config()).text == "A\n"


@pytest.mark.parametrize("mark", ['<w:r><w:br w:type="page"/></w:r>', "<w:r><w:lastRenderedPageBreak/></w:r>"])
def test_pages(mark: str) -> None:
    """Pages as Word laid them out last, or the typist's own breaks."""
    document = read(paragraph("Một") + paragraph(mark + run("Hai")))
    assert [line.page for line in document.lines] == [1, 2]


def test_page_heads_are_furniture() -> None:
    """A running head is kept once, at the end; a page number is known as one; footnotes stand there too."""
    heads = {"rIdH1": paragraph("2") + paragraph("Báo cáo tháng"), "rIdH2": paragraph("Báo cáo tháng")}
    note = f'<w:footnote>{paragraph("Theo số liệu năm trước.")}</w:footnote><w:footnote w:type="separator"/>'
    document = read_docx(make_docx(paragraph("Nội dung"), heads=heads, footnotes=note), Config())
    assert [(line.furniture, document.of(line)) for line in document.furniture] == [
        (Furniture.PAGE_NUMBER, "2"),
        (Furniture.RUNNING_HEAD, "Báo cáo tháng"),
        (Furniture.FOOTNOTE, "Theo số liệu năm trước."),
    ]
    assert document.text.startswith("Nội dung\n")


def test_page_head_with_a_motto_is_the_header() -> None:
    """Some offices set the header of the document as the head of its first page."""
    section = '<w:sectPr><w:headerReference w:type="first" r:id="rIdH1"/></w:sectPr>'
    heads = {"rIdH1": HEADER}
    document = read_docx(make_docx(paragraph("KẾ HOẠCH") + section, heads=heads), Config())
    assert document.of(document.lines[0]) == "UBND XÃ HẠ SƠN"
    assert document.of(document.lines[-1]) == "KẾ HOẠCH"
    assert document.furniture == ()


def test_merged_and_deleted_cells() -> None:
    """A cell merged with the one above is not read again, a deleted row not at all; a cell says what it covers."""
    rows = (
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("a")}</w:tc>'
        f"<w:tc>{paragraph('b')}</w:tc></w:tr>"
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("c")}</w:tc>'
        f"<w:tc>{paragraph('d')}</w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph('')}</w:tc><w:tc>{paragraph('e')}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('x')}</w:tc></w:tr>"
    )
    document = read(f'<w:tbl><w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>{rows}</w:tbl>')
    assert [(line.cell and line.cell[1:], document.of(line)) for line in document.lines] == [
        *[((0, 0, 1, 2), "a"), ((0, 2, 1, 1), "b")],
        *[((1, 0, 2, 1), "c"), ((1, 1, 1, 1), "d"), ((2, 1, 1, 1), "e")],
    ]


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + paragraph("sâu") + "</w:tc></w:tr></w:tbl>" * depth


def test_nesting_is_bounded() -> None:
    """Tables in tables: read up to the limit, reported beyond it, refused where libxml2 refuses."""
    assert texts(nested(40)) == ["sâu"]
    deep = read(nested(70))
    assert [issue.code for issue in deep.issues] == ["nesting_too_deep"]
    with pytest.raises(LimitExceeded):
        read(nested(200))


def test_zip_bomb() -> None:
    """A part that unpacks to far more than its size stops while it is unpacked."""
    with pytest.raises(LimitExceeded):
        read(" " * 40_000_000)
    with pytest.raises(LimitExceeded):
        read_docx(make_docx(paragraph("x" * 5000)), Config(max_unpacked_bytes=1000))


def test_damage() -> None:
    """A file cut off, XML cut off, and a type declaration: one clear error."""
    whole = make_docx(paragraph("x"))
    for data in (whole[:200], whole[: len(whole) // 2], whole[:-30]):
        assert sniff_docx(data)
        with pytest.raises(DamagedInput):
            read_docx(data, Config())
    for document in (
        "<w:document",
        "",
        "<w:document><w:rPr><w:b></w:rPr></w:document>",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
    ):
        with pytest.raises(DamagedInput):
            read_docx(make_docx("", document=document or "text"), Config())


def test_other_packages() -> None:
    """A spreadsheet is no Word document; an encrypted .docx is an OLE file with its own stream."""
    sheet = make_docx("").replace(b"word/document.xml", b"xlxl/document.xml")
    with pytest.raises(UnsupportedFormat):
        read_docx(sheet, Config())
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert sniff_docx(locked)
    with pytest.raises(EncryptedInput):
        read_docx(locked, Config())
    assert not sniff_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_strict_files_read_alike() -> None:
    """Word's "Strict Open XML" has other namespaces and the same content."""
    document = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        "<w:p><w:r><w:t>Điều 1.</w:t></w:r></w:p></w:body></w:document>"
    )
    read_document = read_docx(make_docx("", document=document), Config())
    assert read_document.text == "Điều 1.\n"


def test_import_is_light() -> None:
    """`import vnadmin` loads neither lxml nor python-docx."""
    code = "import sys, vnadmin; print([name for name in ('lxml', 'docx') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_page_inside_the_package() -> None:
    """Some programs write a .docx that only points to an HTML part (`w:altChunk`)."""
    page = "<html><body><p>Điều 1.</p><p>Điều 2.</p></body></html>"
    data = make_docx(paragraph("KẾ HOẠCH") + '<w:altChunk r:id="rIdC"/>', chunk=page)
    document = read_docx(data, Config())
    assert document.text == "KẾ HOẠCH\nĐiều 1.\nĐiều 2.\n"


def test_signers_in_a_table_over_the_recipients_keep_their_columns() -> None:
    """Two heads sign a joint report in two cells; `Nơi nhận` stands below them, and takes no line out of a cell."""
    first = ["KT. GIÁM ĐỐC SỞ TÀI CHÍNH", "PHÓ GIÁM ĐỐC", "Lê Thị Mai"]
    second = ["KT. GIÁM ĐỐC SỞ CÔNG THƯƠNG", "PHÓ GIÁM ĐỐC", "Trần Văn Bình"]
    cells = ["".join(map(paragraph, lines)) for lines in (first, second)]
    below = "".join(map(paragraph, ("Nơi nhận:", "- Như trên;", "- Lưu: VT.")))
    data = make_docx(HEADER + paragraph("BÁO CÁO") + paragraph("Hai sở báo cáo.") + table(cells) + below)
    signers = [(signer.authority, signer.position, signer.name) for signer in parse(data).signatories]
    assert signers == [([first[0]], *first[1:]), ([second[0]], *second[1:])]
