"""Text that nobody sees is never a value: ninety ways to hide a piece in a letter, over all formats."""

from __future__ import annotations

import io
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

import vnadmin
from tests.hostile.hidden_ways import DOC, ODF_STYLES, SHEET, STYLES, WAYS, in_cell, odf, styled
from tests.hostile.unsure_ways import UNSURE
from tests.makers import docx_maker, hidden_letter
from tests.makers.docx_maker import paragraph, run
from tests.makers.hidden_letter import PLANTS, Plant
from tests.makers.pdf_maker import PdfPage, make_pdf
from vnadmin import Config


def made(name: str, plant: Plant, cloak: Any) -> bytes:
    """The letter in a format."""
    if name == "docx":
        return hidden_letter.as_docx(plant, cloak, STYLES)
    if name == "html":
        return hidden_letter.as_html(plant, cloak, SHEET)
    if name == "odf":
        return hidden_letter.as_fodt(plant, cloak, "".join(ODF_STYLES))
    if name == "rtf":
        return hidden_letter.as_rtf(plant, cloak)
    if name == "pdf":
        return make_pdf(hidden_letter.as_pdf(plant, cloak))
    assert name == "markdown"
    return hidden_letter.as_markdown(plant, cloak)


@pytest.mark.parametrize(("name", "plant", "cloak"), WAYS)
def test_what_nobody_sees_is_no_value(name: str, plant: Plant, cloak: Any) -> None:
    """The letter's own values are read, the planted one stands in the record alone, and an issue says that it is there."""
    holds(made(name, plant, cloak), plant)


@pytest.mark.parametrize(("name", "plant", "cloak"), UNSURE)
def test_what_may_not_be_seen_is_not_certain(name: str, plant: Plant, cloak: Any) -> None:
    """A way that is not followed to its end: no entry of evidence that has the planted words is certain."""
    assert certain(made(name, plant, cloak), plant) == []


def certain(data: bytes, plant: Plant) -> list[str]:
    """Where the planted words are a certain value."""
    found = vnadmin.parse(data, config=Config(ocr="off"))
    words = {"number": "987", "date": "29 tháng 11"}.get(plant.kind, plant.words)
    return [
        pointer
        for pointer, entries in found.evidence.items()
        for entry in entries
        if words in entry.quote and entry.grade == "certain"
    ]


@pytest.mark.parametrize("path", DOC, ids=lambda path: path.stem)
def test_what_nobody_sees_in_a_doc_is_no_value(path: Path) -> None:
    """The same of files of Word 97."""
    holds(path.read_bytes(), PLANTS[path.stem.rpartition("-")[2]])


def holds(data: bytes, plant: Plant) -> None:
    """What the two above say."""
    found = vnadmin.parse(data, config=Config(ocr="off"))
    values = found.model_dump(mode="json", exclude={"text", "evidence", "issues", "source"})
    assert plant.words not in json.dumps(values, ensure_ascii=False)
    own(found)
    (told,) = [issue for issue in found.issues if issue.code == "hidden_text"]
    assert (told.page is None) == ("stands in the file" in told.message)
    if not data.startswith(b"%PDF"):  # HTML has no pages: none is made up
        assert told.page is None or data.startswith(b"PK")
    assert plant.text.split()[-1].rstrip(";.") in found.text  # in the record of what was set aside


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_the_same_piece_in_sight_changes_the_answer(plant: Plant) -> None:
    """So that the test above shows something."""
    found = vnadmin.parse(hidden_letter.as_docx(plant, paragraph))
    assert [issue.code for issue in found.issues if issue.code == "hidden_text"] == []
    with pytest.raises(AssertionError):
        own(found)


def test_what_is_seen_is_no_alarm() -> None:
    """White on a dark cell, a spacer of one point, letters of half their width, a page number that only the web hides."""
    cell = in_cell("1F4E79", '<w:color w:val="FFFFFF"/>')("STT")
    spacer, narrow = paragraph(run(" ", '<w:sz w:val="2"/>')), paragraph(run("hẹp", '<w:w w:val="50"/>'))
    found = vnadmin.parse(docx_maker.make_docx(cell + spacer + narrow + paragraph(run("7a", "<w:webHidden/>"))))
    assert found.text == "STT\nhẹp\n7a\n"
    assert "hidden_text" not in [issue.code for issue in found.issues]


@pytest.mark.parametrize(
    "cloak",
    [
        styled("background: black; color: gainsboro"),
        styled("background: rgba(0, 0, 0, .2)"),
        styled("background: #00000033"),
        styled("background: black url(a.png)"),
        styled("opacity: 1e0"),
        styled("clip-path: polygon(0 0, 100% 0, 100% 100%, 0 100%)"),
        lambda text: f"<table bgcolor=black cellspacing=1><tr bgcolor=white><td>{text}</td></tr></table>",
        lambda text: (
            f"<style>@media (width <= 600px) {{ .phone {{ display: none }} }}</style><p class=phone>{text}</p>"
        ),
    ],
)
def test_what_is_seen_on_a_dark_page_is_no_alarm(cloak: Any) -> None:
    """A colour of letters that no list here has, a thin shade of black, a picture, the lines between white cells."""
    found = vnadmin.parse(hidden_letter.as_html(PLANTS["number"], cloak, ""))
    assert "hidden_text" not in [issue.code for issue in found.issues]


@pytest.mark.parametrize(
    ("look", "shade", "seen"),
    [
        ("<w:vanish/>", "", False),
        ('<w:color w:val="FFFFFF"/>', "", False),
        ('<w:sz w:val="2"/>', "", False),
        ('<w:color w:val="FF0000"/>', "", True),
        ('<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="1F4E79"/>', True),
    ],
)
def test_a_marker_of_a_list_that_is_not_drawn_is_no_text(look: str, shade: str, seen: bool) -> None:
    """`Điều 1.` that Word numbers and hides."""
    level = docx_maker.levels(("decimal", "Điều %1.")).replace("</w:lvl>", f"<w:rPr>{look}</w:rPr></w:lvl>")
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = paragraph("Rà soát", f'{shade}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    found = vnadmin.parse(docx_maker.make_docx(listed, numbering=numbering))
    assert found.text.startswith("Điều 1. Rà soát") == seen
    assert ("hidden_text" in [issue.code for issue in found.issues]) != seen


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
@pytest.mark.parametrize("word", [r"\s1", r"\cs2"])
def test_what_a_style_of_a_rtf_hides_is_no_value(word: str, plant: Plant) -> None:
    """The style says `\v`, the text only names it."""
    made = hidden_letter.as_rtf(plant, lambda text: "{" + word + " " + text + "}")
    styles = rb"{\stylesheet{\s0 Normal;}{\s1\v Hid;}{\*\cs2 \additive\v Pale;}{\s3\viewkind1 Plain;}}"
    holds(made.replace(rb"{\colortbl", styles + rb"{\colortbl"), plant)


def test_a_style_of_a_rtf_that_hides_nothing_is_seen() -> None:
    """Nor is what stands behind the paragraph of one that does."""
    styles = r"{\rtf1{\stylesheet{\s1\v Hid;}{\s3\v0\viewkind1 Plain;}}"
    found = vnadmin.parse((styles + r"\pard\s1 a\par\pard b\par\pard\s3 c\par}").encode())
    assert found.text.startswith("b\nc\n")


def test_the_automatic_colour_of_an_office_suite_is_seen() -> None:
    """LibreOffice writes `loext:opacity="0%"` beside the automatic colour in the default style of every file."""
    seen = odf('style:use-window-font-color="true" loext:opacity="0%"')
    found = vnadmin.parse(hidden_letter.as_fodt(next(iter(PLANTS.values())), seen, "".join(ODF_STYLES)))
    assert "hidden_text" not in [issue.code for issue in found.issues]


RLO, PDF_END = "\u202e", "\u202c"
TURNED = {
    "day in text": ("text", f"ngày {RLO}41{PDF_END} tháng", "/issued_on"),
    "day by isolate": ("text", "ngày \u206741\u2069 tháng", "/issued_on"),
    "number in text": ("text", f"Số: {RLO}542{PDF_END}/SNL-KH", "/number"),
    "day in html": ("html", "ngày <bdo dir=rtl>41</bdo> tháng", "/issued_on"),
    "number in html": (
        "html",
        'Số: <span style="unicode-bidi:bidi-override;direction:rtl">542</span>/SNL-KH',
        "/number",
    ),
    "figure of another script": ("text", "Số: 24\u0665/SNL-KH", "/number"),
    "filler that is seen as a blank": ("text", "Số: 24\u31645/SNL-KH", "/number"),
    "letter for a figure": ("text", "Số: 2\u04175/SNL-KH", "/number"),
    "name in mixed scripts": ("text", "Tr\u1ea7n V\u0103n L\u00e2\u043c", "/signatories"),
}


@pytest.mark.parametrize(("name", "words", "pointer"), TURNED.values(), ids=TURNED)
def test_what_is_seen_otherwise_is_a_guess(name: str, words: str, pointer: str) -> None:
    """Signs of direction, figures and letters of other scripts: the value is nothing, or a guess with an issue."""
    whole = {"/issued_on": "ngày 14 tháng", "/number": "Số: 245/SNL-KH", "/signatories": "Trần Văn Lâm"}[pointer]
    plant = PLANTS["recipient"]
    make = hidden_letter.as_html if name == "html" else hidden_letter.as_markdown
    data = make(plant, lambda text: "").decode().replace(whole, words)
    found = vnadmin.parse(data.encode())
    grades = [entry.grade for at, entries in found.evidence.items() if at.startswith(pointer) for entry in entries]
    codes = [issue.code for issue in found.issues]
    assert "certain" not in grades or pointer == "/signatories"
    assert "spoofed_text" in codes or "number_missing" in codes or "signatory_name_missing" in codes, codes


def test_letters_set_from_right_to_left_are_read_as_they_are_seen() -> None:
    """A PDF may draw the figures of a number in any order."""
    page = hidden_letter.as_pdf(PLANTS["number"], lambda page, x, y, text: None)
    page.parts = [part for part in page.parts if "Số: 245".encode("utf-16-be").hex() not in part]
    x = page.text(60, 106, "Số: ")
    for index, figure in reversed(list(enumerate("245"))):
        page.text(x + 6.24 * index, 106, figure)
    page.text(x + 3 * 6.24, 106, "/SNL-KH")
    found = vnadmin.parse(make_pdf(page))
    assert found.number is None or found.number.text == "245/SNL-KH"


@pytest.mark.parametrize("written", [b"", b" 0 0 0 rg BT /H 13 Tf 5 4 Td (So: 987/QD-GMD) Tj ET"])
@pytest.mark.parametrize("kind", ["Square", "Redact", "Stamp", "FreeText", "Widget"])
def test_what_an_annotation_covers_is_no_value(kind: str, written: bytes) -> None:
    """Seen: a mark of a redaction that was not carried out, black over the number, which was certain; another number over it."""
    pikepdf = pytest.importorskip("pikepdf", reason="needs the extra [ocr]")
    page = PdfPage()
    for line, (left, right) in enumerate(itertools.zip_longest(hidden_letter.LEFT, hidden_letter.RIGHT)):
        page.text(60, 70 + 18 * line, left)
        page.text(300, 70 + 18 * line, right or "")
    number = 70 + 18 * hidden_letter.LEFT.index("Số: 245/SNL-KH")
    name, output = pikepdf.Name, io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf(page))) as pdf:
        ground = b"1 g 0 0 200 18 re f" if written else b"0 g 0 0 200 18 re f"
        font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
        form = {"Type": name.XObject, "Subtype": name.Form, "Resources": pikepdf.Dictionary(Font={"/H": font})}
        look = pdf.make_stream(ground + written, BBox=[0, 0, 200, 18], **form)
        low = page.height - number - 6
        lies = {"Rect": [55, low, 255, low + 18], "F": 4, "AP": pikepdf.Dictionary(N=look)}
        black = pikepdf.Dictionary(Type=name.Annot, Subtype=name(f"/{kind}"), FT=name.Tx, **lies)
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(black)])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pdf.pages[0].Annots)
        pdf.save(output)
    found = vnadmin.parse(output.getvalue(), config=Config(ocr="off"))
    assert found.number is None or (written and found.number.text == "987/QD-GMD")
    assert "hidden_text" in [issue.code for issue in found.issues]


@pytest.mark.parametrize(("seen", "said"), [("Số: 245/SNL-KH", "Số: 987/QĐ-GMD"), ("245", "987")])
def test_what_a_pdf_says_in_place_of_its_letters_is_not_read(seen: str, said: str) -> None:
    """Seen: `/Span <</ActualText …>>` around a number, certain; no viewer shows it."""
    page = PdfPage()
    for name, x in (("left", 60), ("right", 300)):
        for line, text in enumerate(hidden_letter.LEFT if name == "left" else hidden_letter.RIGHT):
            before, found, after = text.partition(seen)
            page.text(x, 70 + 18 * line, before)
            if found:
                page.parts.append(f"/Span <</ActualText <FEFF{said.encode('utf-16-be').hex()}>>> BDC")
                page.text(x + 24 * bool(before), 70 + 18 * line, found)
                page.parts.append("EMC")
                page.text(x + 50, 70 + 18 * line, after)
    found = vnadmin.parse(make_pdf(page), config=Config(ocr="off"))
    assert found.number is not None
    assert found.number.text == "245/SNL-KH"


def test_a_layer_over_the_picture_of_a_page_is_read_and_never_certain() -> None:
    """It is how scans are made searchable, and how one is forged: what is seen may say another number."""
    page = hidden_letter.as_pdf(PLANTS["number"], lambda page, x, y, text: None)
    own_parts, page.parts = page.parts, []
    page.image(0, 0, page.width, page.height)
    page.parts += ["3 Tr", *own_parts]
    found = vnadmin.parse(make_pdf(page), config=Config(ocr="off"))
    own(found)
    assert "layer_over_picture" in [issue.code for issue in found.issues]
    assert "certain" not in [entry.grade for entries in found.evidence.values() for entry in entries]


def test_a_habit_of_official_keyboards_is_no_spoof() -> None:
    """A Cyrillic capital in an abbreviation is seen as what it stands for."""
    data = (
        hidden_letter.as_markdown(PLANTS["recipient"], lambda text: "")
        .decode()
        .replace("245/SNL-KH", "245/SNL-\u041aH")
    )
    found = vnadmin.parse(data.encode())
    assert "spoofed_text" not in [issue.code for issue in found.issues]
    assert found.number is not None
    assert [entry.grade for entry in found.evidence["/number/text"]] == ["likely"]


def own(found: vnadmin.AdminDocument) -> None:
    """The values that the letter shows."""
    assert found.number is not None
    assert found.number.text == "245/SNL-KH"
    assert str(found.issued_on) == "2023-03-14"
    assert found.addressees == ["Ủy ban nhân dân các huyện"]
    assert [item.marker for item in found.directives] == ["1", "2"]
    assert [item.name for item in found.recipients] == ["Như trên", "Lưu: VT, KH"]
    assert [signer.name for signer in found.signatories] == ["Trần Văn Lâm"]


def test_a_value_with_a_covered_word_is_not_certain() -> None:
    """Seen: the figures of a task under a black bar were withheld, and the task without them was certain."""

    def covered(page: PdfPage, x: float, y: float, text: str) -> None:
        before, figures, after = "3. Nộp ", "500.000.000 ", "đồng về tài khoản của Sở."
        at = page.text(x, y, before)
        end = page.text(at, y, figures)
        page.text(end, y, after)
        page.parts.append(f"0 g {at - 1} {page.height - y - 4} {end - at - 1} 16 re f")

    found = vnadmin.parse(make_pdf(hidden_letter.as_pdf(PLANTS["directive"], covered)), config=Config(ocr="off"))
    (at,) = [index for index, item in enumerate(found.directives) if "tài khoản" in item.text]
    assert "500" not in found.directives[at].text
    assert [entry.grade for entry in found.evidence[f"/directives/{at}/text"]] == ["likely"]
    assert ("look_unknown", f"/directives/{at}/marker") in [(issue.code, issue.pointer) for issue in found.issues]
    assert found.evidence["/number/text"][0].grade == "certain"


def test_figures_that_are_white_within_a_word_are_no_part_of_it() -> None:
    """One word of a PDF may be made of several pieces, each in its own colour."""
    page = hidden_letter.as_pdf(PLANTS["number"], lambda page, x, y, text: None)
    page.parts = [part for part in page.parts if "Số: 245".encode("utf-16-be").hex() not in part]
    end = page.text(60, 106, "Số: 245")
    page.parts.append("1 g")
    end = page.text(end, 106, "99")
    page.parts.append("0 g")
    page.text(end, 106, "/SNL-KH")
    found = vnadmin.parse(make_pdf(page), config=Config(ocr="off"))
    assert found.number is not None
    assert found.number.text == "245/SNL-KH"


@pytest.mark.parametrize(
    ("cell", "elsewhere", "told"),
    [
        ("height: 1px", "", False),  # rows and cells grow with what they hold
        ("width: 0%", "", False),
        ("width: 0%", ' style="OVERFLOW: hidden"', True),
        ("width: 0%", ' style="over\\66low: hidden"', True),
        ("position: absolute; height: 1px", "", True),
    ],
)
def test_a_cell_of_no_size_hides_where_it_is_cut_off(cell: str, elsewhere: str, told: bool) -> None:
    """Seen: `height: 1px` and `width: 0%` in pages of a national database, of which every value stands in sight."""
    page = f"<table{elsewhere}><tr><td style='{cell}'>Số: 12/UBND-VX</td><td>Hải Vân, ngày 5 tháng 6 năm 2021</td></tr></table>"
    found = vnadmin.parse(
        f"<html><body>{page}<p>Kính gửi: Sở Y tế</p></body></html>".encode(), config=Config(ocr="off")
    )
    assert any(issue.code == "look_unknown" for issue in found.issues) is told
