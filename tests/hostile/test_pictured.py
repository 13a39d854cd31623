"""Text of a PDF that says another number, date or signer than is drawn: both are told, and the value is a guess."""

from __future__ import annotations

import io

import pytest

import vnadmin
from tests.makers import hidden_letter
from tests.makers.hidden_letter import PLANTS
from tests.makers.ocr_fakes import real_engine
from tests.makers.pdf_maker import PdfPage, make_pdf
from vnadmin import Config
from vnadmin.assemble.pictured import compared, printed_values
from vnadmin.model import AdminDocument

SEEN = Config(ocr="fast", compare_pictures=True)
# In a font of one byte a letter, whose map says of each figure drawn on the left what stands on the right.
LIE = {"2": "9", "4": "8", "5": "7"}


def letter() -> PdfPage:
    """The invented letter without its number."""
    page = hidden_letter.as_pdf(PLANTS["number"], lambda page, x, y, text: None)
    page.parts = [part for part in page.parts if "Số: 245".encode("utf-16-be").hex() not in part]
    return page


def with_false_map(figures: str, lie: dict[str, str]) -> bytes:
    """The letter whose number is drawn as these figures, while its ToUnicode map says others."""
    pikepdf = pytest.importorskip("pikepdf")
    page = letter()
    x = page.text(60, 106, "Số: ")
    entries = "".join(f"<{ord(drawn):02x}> <{ord(said):04x}>\n" for drawn, said in lie.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Lie def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(lie)} beginbfchar\n{entries}endbfchar\nendcmap end end"
    )
    with pikepdf.open(io.BytesIO(make_pdf(page))) as pdf:
        sheet = pdf.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        if lie:
            font.ToUnicode = pdf.make_stream(cmap.encode())
        sheet.Resources.Font.Lie = pdf.make_indirect(font)
        text = f"BT /Lie 12 Tf {x} {page.height - 106} Td ({figures}/SNL-KH) Tj ET"
        sheet.contents_add(pdf.make_stream(text.encode()), prepend=False)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def told(document: AdminDocument) -> dict[str, str]:
    """The values that are said to differ."""
    return {issue.pointer or "": issue.message for issue in document.issues if issue.code == "picture_differs"}


def grades(document: AdminDocument, field: str) -> set[str]:
    """Of a field's values."""
    return {str(e.grade) for at, entries in document.evidence.items() if at.startswith(field) for e in entries}


def test_a_false_map_of_letters_is_found_where_pictures_are_compared() -> None:
    """The number is drawn as 245 and its text says 987."""
    real_engine("fast")
    found = vnadmin.parse(with_false_map("245", LIE), config=SEEN)
    assert found.number is not None
    assert found.number.text == "987/SNL-KH"
    assert list(told(found)) == ["/number/text"]
    assert told(found)["/number/text"].endswith("(first the text, then the picture). 987/SNL-KH | 245/SNL-KH")
    assert grades(found, "/number") == {"guess"}


def test_an_honest_map_is_no_alarm() -> None:
    """The same letter whose text says what is drawn."""
    real_engine("fast")
    found = vnadmin.parse(with_false_map("245", {}), config=SEEN)
    assert found.number is not None
    assert found.number.text == "245/SNL-KH"
    assert told(found) == {}


@pytest.mark.parametrize(("drawn", "differing"), [("245", []), ("987", ["/number/text"])])
def test_a_layer_over_a_scan_is_compared_without_being_asked(drawn: str, differing: list[str]) -> None:
    """A forged layer says another number than the picture below it; an honest one does not."""
    real_engine("fast")
    found = vnadmin.parse(layered(drawn), config=Config(ocr="fast"))
    assert found.number is not None
    assert found.number.text == "245/SNL-KH"
    assert list(told(found)) == differing
    assert "layer_over_picture" in [issue.code for issue in found.issues]
    assert "certain" not in grades(found, "/")
    assert (grades(found, "/number") == {"guess"}) is bool(differing)


def layered(drawn: str) -> bytes:
    """A scan of the letter with this number, under a layer of text that nobody sees and that says 245."""
    pikepdf = pytest.importorskip("pikepdf")
    pypdfium2 = pytest.importorskip("pypdfium2")
    shown = pypdfium2.PdfDocument(with_false_map(drawn, {}))
    image = shown[0].render(scale=300 / 72).to_pil().convert("L")
    shown.close()
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=95)
    page = letter()
    page.text(60, 106, "Số: 245/SNL-KH")
    page.parts = ["3 Tr", *page.parts]
    with pikepdf.open(io.BytesIO(make_pdf(page))) as pdf:
        sheet = pdf.pages[0]
        picture = pdf.make_stream(
            jpeg.getvalue(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=image.width,
            Height=image.height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        if "/XObject" not in sheet.Resources:
            sheet.Resources.XObject = pikepdf.Dictionary()
        sheet.Resources.XObject.Scan = picture
        sheet.contents_add(
            pdf.make_stream(f"q {page.width} 0 0 {page.height} 0 0 cm /Scan Do Q".encode()), prepend=True
        )
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("pointer", "read", "differs"),
    [
        ("/number/text", "Số: 245/SNL-KH", False),
        ("/number/text", "245 SNL KH", False),
        ("/number/text", "246/SNL-KH", True),
        ("/number/text", "", False),  # nothing is read: nothing is said
        ("/number/text", "/SNL-KH", False),
        ("/issued_on", "Sơn Hải, ngày 14 tháng 3 năm 2023", False),
        ("/issued_on", "ngày 14 tháng 8 năm 2023", True),
        ("/number/text", "2455/SNL-KH", True),  # a figure more than the text
        ("/number/text", "45/SNL-KH", True),  # a figure less
        ("/number/text", "24555/SNL-KH", False),  # two of them: a slip of the reader is likelier
        ("/number/text", "2855/SNL-KH", False),
        ("/signatories/0/name", "Tran Van Lam", False),
        ("/signatories/0/name", "Trần Văn Lân", False),  # a slip of the reader
        ("/signatories/0/name", "Phạm Giả Danh", True),
    ],
)
def test_what_differs(pointer: str, read: str, differs: bool) -> None:
    """Figures must be the same; of a name most letters."""
    page = letter()
    page.text(60, 106, "Số: 245/SNL-KH")
    document = vnadmin.parse(make_pdf(page))
    value = next(value for value in printed_values(document, {1}) if value.pointer == pointer)
    assert list(told(compared(document, [value], [[read, read]]))) == ([pointer] if differs else [])
