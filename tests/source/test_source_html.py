"""HTML: pages of legal portals, Word's own pages, MHTML; the site around the document is set aside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vnadmin
from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded
from vnadmin.layout.page import Furniture, SourceDocument
from vnadmin.source.html.reader import read_html
from vnadmin.source.sniff import sniff_html


def read(page: str | bytes) -> SourceDocument:
    return read_html(page if isinstance(page, bytes) else page.encode(), Config())


def texts(page: str | bytes) -> list[str]:
    """The document's own lines."""
    document = read(page)
    return [document.of(line) for line in document.lines]


PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Văn bản</title><style>p {color: red}</style></head><body>
<div class="table-scroll"><table border="0"><tbody>
<tr><td align="center"><b>UBND XÃ HẠ SƠN<br>-------</b></td>
    <td align="center"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>
      Độc lập - Tự do - Hạnh phúc</b></td></tr>
<tr><td>Số:&nbsp;&nbsp; /QĐ-UBND</td>
    <td><p style="text-align: right"><i>Hạ Sơn, ngày 2 tháng 3 năm 2020</i></p></td></tr>
</tbody></table></div>
<p style="text-align: center"><strong>QUYẾT ĐỊNH</strong></p>
<p align="center"><span><b>Về việc <span>cử</span>
   cán bộ</b></span></p>
<p><em>Căn cứ <a href="/luat">Luật X</a>;</em></p>
<table border="0"><tr><td><p><b><i>Nơi nhận:<br></i></b>- Như trên;<br>
   - Lưu: VT.</p></td><td><p align="center"><b>CHỦ TỊCH<br><br>Trần An</b></p></td></tr></table>
</body></html>"""


def test_portal_page() -> None:
    """Header and end tables become columns, white space is what a browser shows, rules go."""
    document = read(PAGE)
    assert [(line.column.value[0], document.of(line)) for line in document.lines] == [
        ("l", "UBND XÃ HẠ SƠN"),
        ("l", "Số:   /QĐ-UBND"),
        ("r", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("r", "Độc lập - Tự do - Hạnh phúc"),
        ("r", "Hạ Sơn, ngày 2 tháng 3 năm 2020"),
        ("f", "QUYẾT ĐỊNH"),
        ("f", "Về việc cử cán bộ"),
        ("f", "Căn cứ Luật X;"),
        ("l", "Nơi nhận:"),
        ("l", "- Như trên;"),
        ("l", "- Lưu: VT."),
        ("r", "CHỦ TỊCH"),
        ("r", "Trần An"),
    ]
    assert document.furniture == ()


def test_styles() -> None:
    """Tags, attributes and style declarations say how a line is set."""
    document = read(PAGE)
    styles = {document.of(line): line.style for line in document.lines}
    assert (styles["QUYẾT ĐỊNH"].bold, styles["QUYẾT ĐỊNH"].centred) == (True, True)
    assert (styles["Căn cứ Luật X;"].italic, styles["Căn cứ Luật X;"].bold) == (True, False)
    assert styles["UBND XÃ HẠ SƠN"].centred is True
    said = read('<p style="font-weight:700;font-style:italic;font-size:16px;text-transform:uppercase">điều 1</p>')
    assert said.of(said.lines[0]) == "ĐIỀU 1"
    assert (said.lines[0].style.bold, said.lines[0].style.italic, said.lines[0].style.size) == (True, True, 12.0)


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<ol><li>Một<li>Hai</ol>", ["1. Một", "2. Hai"]),
        ('<ol start="3"><li>Ba<li value="7">Bảy<li>Tám</ol>', ["3. Ba", "7. Bảy", "8. Tám"]),
        ('<ol type="a"><li>Một<li>Hai</ol>', ["a) Một", "b) Hai"]),
        ('<ol style="list-style-type: upper-roman"><li>Một</ol>', ["I. Một"]),
        ("<ol><li>1. Một<li>2. Hai</ol>", ["1. Một", "2. Hai"]),
        ("<ul><li><p>Một</p><ul><li>Con</ul><li>- Hai</ul>", ["- Một", "- Con", "- Hai"]),
        ('<ul style="list-style-type:none"><li>Một</ul>', ["Một"]),
    ],
)
def test_lists_have_the_markers_that_a_browser_draws(page: str, lines: list[str]) -> None:
    """A marker that the text has already is not set twice."""
    assert texts(page) == lines


def test_hidden_text_and_code() -> None:
    """What a browser does not show is not read."""
    page = '<p>a<span style="display:none">b</span><script>c</script><!-- d --><b hidden>e</b></p><select>f</select>'
    assert texts(page) == ["a"]


def test_site_around_a_document() -> None:
    """Navigation, link lists and footers of a portal become furniture; the document is whole."""
    menu = "".join(f'<li><a href="/{number}">Mục {number}</a></li>' for number in range(12))
    page = (
        f'<html><body><nav><ul>{menu}</ul></nav><div class="left-col"><ul>{menu}</ul></div>'
        f'<div class="main"><h1>Quyết định 1</h1>{PAGE}<p>{"Nội dung quy định. " * 30}</p></div>'
        '<div class="comment-box">Ý kiến bạn đọc</div><footer>Bản quyền của Cổng</footer></body></html>'
    )
    document = read(page)
    own = [document.of(line) for line in document.lines]
    assert own[:2] == ["UBND XÃ HẠ SƠN", "Số:   /QĐ-UBND"]
    assert not any("Mục 3" in text or "Bản quyền" in text for text in own)
    assert {line.furniture for line in document.furniture} == {Furniture.SITE}
    assert any("Bản quyền" in document.of(line) for line in document.furniture)


def test_a_document_in_a_box_with_a_suspicious_name_is_kept() -> None:
    """A class name alone takes no document away."""
    assert "Điều 1. Phê duyệt" in texts("<div class='comment'><p>Điều 1. Phê duyệt</p><p>Điều 2. Hiệu lực</p></div>")


def test_data_table_with_spans() -> None:
    """Grid columns count colspan and rowspan, and each cell says what it covers."""
    document = read(
        "<table border=1><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>"
        "<tr><td>e</td><td>f</td><td>g</td></tr></table>"
    )
    assert [(line.cell and line.cell[1:], document.of(line)) for line in document.lines] == [
        *[((0, 0, 2, 1), "a"), ((0, 1, 1, 2), "b"), ((1, 1, 1, 1), "c"), ((1, 2, 1, 1), "d")],
        *[((2, 0, 1, 1), "e"), ((2, 1, 1, 1), "f"), ((2, 2, 1, 1), "g")],
    ]


def test_header_set_with_no_break_spaces() -> None:
    """Without a table, runs of `&nbsp;` part the columns."""
    document = read(
        f"<p>UBND XÃ HẠ SƠN{'&nbsp;' * 12}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>"
        f"<p>Số: 1/QĐ-UBND{'&nbsp; ' * 12}Hạ Sơn, ngày 2 tháng 3 năm 2020</p>"
    )
    assert [line.column.value for line in document.lines] == ["left", "left", "right", "right"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<meta charset="windows-1258"><p>Huy\xea\xf2n</p>'.encode("latin-1"), "Huyện"),
        ('<html><meta charset="utf-8"><p>Huyện</p>'.encode(), "Huyện"),
        ("<html><p>Huyện</p>".encode("utf-16"), "Huyện"),
        ('<p><font face=".VnTime">huyÖn vµ tØnh</font></p>'.encode(), "huyện và tỉnh"),
        ('<p style="font-family: VNI-Times">huyeän vaø tænh</p>'.encode(), "huyện và tỉnh"),
    ],
)
def test_encodings(page: bytes, text: str) -> None:
    """From `meta`, from a mark, by the old font that a tag names."""
    assert texts(page) == [text]


def test_mhtml() -> None:
    """Word's "web page, single file", often named .doc."""
    data = (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        b'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
        b"<html><body><p>=C4=90i=E1=BB=81u 1.</p></body></html>\n--x--\n"
    )
    assert sniff_html(data)
    assert texts(data) == ["Điều 1."]
    with pytest.raises(DamagedInput):
        read(
            b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
            b"--x\nContent-Type: text/css\n\na\n--x--"
        )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\n <!DOCTYPE html><p>a", True),
        (b"\xef\xbb\xbf<html><body>", True),
        (b'<?xml version="1.0"?><html>', True),
        (b"<!-- saved --><div>a</div>", True),
        (
            b'<div id="page0">\n<p><img src="data:image/png;base64,'
            + b"\niVBORw0K".ljust(76, b"A") * 30
            + b'"></p>\n</div>',
            True,
        ),
        (b"<p>a", True),
        (b"<table><tr><td>" + b"<p>mot\nhai\nba\nbon</p>\n" * 900 + b"</td></tr></table>", True),
        (b"<table><tr><td>" + b"<p>mot\nhai\nba\nbon\n" * 900 + b"</td></tr></table>", False),
        (b"<div align=center>\n\n# K\n\n</div>\n\nmot\n\nhai\n\nba\n\nbon\n", False),
        (b"S\xe1\xbb\x91: 12 <b>", False),
        (b"%PDF-1.4 <html>", False),
        (b"<w:document>", False),
    ],
)
def test_sniffing(data: bytes, expected: bool) -> None:
    """The first tag decides; the name of the file is never asked."""
    assert sniff_html(data) is expected


def test_nesting_is_bounded() -> None:
    """Deep elements are refused by libxml2; tables in tables stop at the limit."""
    for page in ("<div>" * 400 + "a", "<table><tr><td>" * 200 + "a", "<b>" * 3000 + "a"):
        with pytest.raises(LimitExceeded):
            read(page)
    deep = read_html(("<table><tr><td>" * 30 + "a").encode(), Config(max_nesting=10))
    assert [issue.code for issue in deep.issues] == ["nesting_too_deep"]


def test_entities_are_not_expanded() -> None:
    """Only HTML's own names mean a character."""
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>&x; &amp; &nbsp;&eacute;</p>'
    assert texts(page)[-1] == "&x; & é"


def test_huge_spans_cost_nothing() -> None:
    """A cell that claims a hundred million columns is taken for a wide one."""
    assert texts("<table border=1><tr><td colspan=99999999 rowspan=99999999>a</td><td>b</td></tr></table>") == [
        "a",
        "b",
    ]


_TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<br>",
        "<li>",
        "<ol>",
        "</ol>",
        "<b>",
        "</b>",
        "&nbsp;",
        "&",
        "Số: 1",
        "Nơi nhận:",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        " ",
        "<div class=nav>",
        "</div>",
        "<pre>",
        "\n",
        "<",
    ]
)


@given(st.lists(_TAGS, max_size=40).map("".join))
def test_any_tags_read(page: str) -> None:
    """Whatever the order of tags: a document or the one error of a page without content."""
    try:
        document = read(page)
    except DamagedInput:
        return
    for line in document.lines:
        assert document.of(line).strip() == document.of(line) != ""


def test_style_sheet_of_the_page() -> None:
    """Word and LibreOffice set fonts and weight by class; print rules and other selectors say nothing."""
    document = read(
        """<style>p.western { font-family: ".VnTime", serif; font-weight: bold } .c, h9 { text-align: center }
        @media print { p { display: none } } div > p { display: none }</style>
        <p class="western c">huyÖn vµ tØnh</p><p>thường</p>"""
    )
    assert [document.of(line) for line in document.lines] == ["huyện và tỉnh", "thường"]
    assert (document.lines[0].style.bold, document.lines[0].style.centred) == (True, True)
    assert document.lines[1].style.bold is False


def test_lines_in_two_encodings() -> None:
    """Some lines name their old font and some do not; what is Unicode already is left alone."""
    page = (
        "<p>Căn cứ Nghị định của Chính phủ</p><p>C¨n cø NghÞ ®Þnh cña ChÝnh phñ vÒ thuÕ</p>"
        "<p>Céng b¸o ®¨ng NghÞ ®Þnh nµy</p><p>Công báo</p>"
    )
    assert texts(page) == [
        "Căn cứ Nghị định của Chính phủ",
        "Căn cứ Nghị định của Chính phủ về thuế",
        "Cộng báo đăng Nghị định này",
        "Công báo",
    ]


def test_picture_inside_a_word() -> None:
    """LibreOffice hangs the rule under an agency on the first letter of its name and breaks the line behind it."""
    assert texts("<p><b>T<img src=x align=left>\n\t\tRƯỜNG HẠ SƠN</b></p>") == ["TRƯỜNG HẠ SƠN"]
    assert texts("<p>Hình <img src=x>\nminh họa</p>") == ["Hình minh họa"]


def test_tab_inside_a_line_is_a_gap() -> None:
    """LibreOffice writes the tab stops of a header as tabs."""
    document = read(
        "<p>UBND XÃ HẠ SƠN\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Số: 1/UBND\tHạ Sơn, ngày 2/3/2020</p>"
    )
    assert [line.column.value for line in document.lines] == ["left", "left", "right", "right"]


def test_cells_without_lines_read_across() -> None:
    """Cells that say `border: none` set a label and its text side by side."""
    cell = '<td style="border: none; padding: 0">'
    document = read(f"<table><tr>{cell}- Bộ trưởng các Bộ:</td>{cell}Công Thương, Công an</td></tr></table>")
    assert [(document.of(line), line.cell) for line in document.lines] == [
        ("- Bộ trưởng các Bộ:", None),
        ("Công Thương, Công an", None),
    ]
    assert len(document.paragraphs) == 1


def test_a_table_that_draws_its_cells_has_lines() -> None:
    """Word writes border="0" of the table and the rules of each cell: what stands in it is data."""
    cell = '<td style="border-top: none; border-left: none; border-bottom: 1pt solid windowtext; padding: 0">'
    page = f'<table border="0"><tr>{cell}7</td>{cell}Dịch vụ vận chuyển</td>{cell}- Bộ Tài chính định giá</td></tr></table>'
    assert [line.cell and line.cell.column for line in read(page).lines] == [0, 1, 2]


def test_outline_under_the_pages() -> None:
    """pdftohtml lists a PDF's bookmarks under its pages: they are not the document's, whatever they name."""
    outline = '<hr/><a name="outline"></a><h1>Document Outline</h1><ul><li><a href="x#1">Nơi nhận:</a></li></ul><hr/>'
    page = f"<!DOCTYPE html><html><body>Nơi nhận:<br/>- Lưu: VT.<br/>{outline}</body></html>"
    assert texts(page) == ["Nơi nhận:", "- Lưu: VT."]
    assert "Document Outline" in read(page).text
    assert texts(page.replace("Document Outline", "Danh mục"))[-2:] == ["Danh mục", "- Nơi nhận:"]


def test_soft_hyphen_of_an_old_font() -> None:
    """In a page of TCVN3 whose fonts are lost it is the letter ư, which the lines are decoded with."""
    page = "<!DOCTYPE html><html><body><p>Bé tr\u00adëng Bé Tµi chÝnh</p><p>Thñ t\u00adíng ChÝnh phñ ®\u00adîc giao</p></body></html>"
    assert texts(page) == ["Bộ trưởng Bộ Tài chính", "Thủ tướng Chính phủ được giao"]


LETTER = """<html><body><table><tr><td><p>SỞ TƯ PHÁP</p><p>Số: {number}/STP-VP</p></td>
<td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p><p>Sơn Hải, ngày {day} tháng 9 năm 2022</p></td></tr></table>
<p>Kính gửi: Ủy ban nhân dân các huyện.</p><p>Sở Tư pháp đề nghị các huyện báo cáo kết quả.</p>
<table><tr><td><p>Nơi nhận:</p><p>- Như trên;</p><p>- Lưu: VT.</p></td><td><p>GIÁM ĐỐC</p><p>Lê Văn Thuận</p></td></tr></table></body></html>"""


@pytest.mark.parametrize("between", ["</body></html>\n<html><body>", "<hr>"], ids=["two pages", "one page"])
def test_two_letters_in_one_file_are_told(between: str) -> None:
    """libxml2 leaves a second `<html>` out of the tree; the second header stands in cells."""
    first, second = LETTER.format(number=204, day="05"), LETTER.format(number=219, day="12")
    page = first.removesuffix("</body></html>") + between + second.removeprefix("<html><body>")
    found = vnadmin.parse(page.encode())
    assert "219/STP-VP" in found.text
    assert found.number is not None
    assert found.number.text == "204/STP-VP"
    assert "other_document" in [issue.code for issue in found.issues]


def test_name_of_a_site_is_no_agency() -> None:
    """The site's own head is set aside; that of an article, with its title, and that of the document stay."""
    body = "<p>UBND XÃ HẠ SƠN</p><p>Số: 12/UBND</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Đề nghị trực ban nghiêm túc.</p>"
    site = "<header><div>PHÒNG GIÁO DỤC VÀ ĐÀO TẠO</div><ul><li><a href='/'>Trang chủ</a></li></ul></header>"
    lines = texts(
        f"<html><body>{site}<main><article><header><h1>Trực ban</h1></header>{body}</article></main></body></html>"
    )
    assert "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO" not in lines
    assert "UBND XÃ HẠ SƠN" in lines
    assert "UBND XÃ HẠ SƠN" in texts(f"<html><body><header>{body}</header><p>{'Nội dung. ' * 60}</p></body></html>")
