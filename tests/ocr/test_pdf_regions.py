"""Parts of a born-digital page that stand as pictures are read by OCR, and only they."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.makers.ocr_fakes import Fake, line, make_broken, read_by, real_engine
from tests.makers.pdf_maker import PdfPage, letter_head, make_pdf
from vnadmin import parse
from vnadmin.config import Config
from vnadmin.errors import OcrUnavailable
from vnadmin.layout.page import SourceDocument
from vnadmin.model import Grade
from vnadmin.ocr.engine import OcrEngine
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading
from vnadmin.source.pdf import reader as pdf
from vnadmin.source.scan.pages import MakeEngine

TEXT = "Thực hiện kế hoạch năm 2021, Sở Nông lâm đề nghị các huyện báo cáo số liệu trồng rừng trên địa bàn tỉnh."


class Scripted(Fake):
    """Reads every picture as the same lines, and every picture of figures as the same figures."""

    def __init__(self, *lines: tuple[str, float, float], figures: str = "", chance: float = 0.95) -> None:
        super().__init__()
        self._lines = lines
        self._figures = (figures, chance)

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        assert picture.upright  # it is known how a born-digital page stands
        self.pages += 1
        return self.reading(picture, *(line(*each) for each in self._lines))

    def digits(self, grey: object) -> list[tuple[str, float]]:
        """See `DigitReader`."""
        return [self._figures]


def body(page: PdfPage, *, signed: bool = True) -> PdfPage:
    """The rest of the letter, its signature printed or not."""
    page.paragraph(220, TEXT)
    page.paragraph(260, TEXT)
    page.text(85, 320, "Nơi nhận:", 12, "F3")
    page.text(85, 334, "- Lưu: VT.", 11)
    if signed:
        page.centred(420, 320, "GIÁM ĐỐC", font="F2")
        page.centred(420, 400, "Trần Văn Bảo", font="F2")
    return page


def outlined(page: PdfPage, x: float, y: float, count: int) -> None:
    """Figures drawn as paths, their feet at y."""
    for step in range(count):
        left, foot = x + 7 * step, page.height - y
        page.parts.append(f"1 w {left} {foot} m {left + 5} {foot + 5} l {left} {foot + 9} l S")


def blank_number() -> PdfPage:
    """A letter whose number was set into the blank as outlines."""
    page = PdfPage()
    letter_head(page)
    page.parts = [part for part in page.parts if "Số: 245/SNL-KH".encode("utf-16-be").hex() not in part]
    page.text(110, 112, "Số:")
    page.text(165, 112, "/SNL-KH")
    outlined(page, 137, 112, 3)
    return body(page)


def read(
    monkeypatch: pytest.MonkeyPatch, page: PdfPage, make_engine: MakeEngine, config: Config | None = None
) -> SourceDocument:
    """The document as read with this engine."""
    read_by(monkeypatch, make_engine)
    return pdf.read_pdf(make_pdf(page), config or Config())


def codes(document: SourceDocument) -> list[str]:
    """The codes of its issues."""
    return [issue.code for issue in document.issues]


def test_outlined_figures_fill_their_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """What two readings agree on is the number, with a confidence that is never sure; the print around it stays."""
    engine = Scripted(("Số: 246 /SNL-KH", 6, 8), figures="246")
    document = read(monkeypatch, blank_number(), lambda _: engine)
    assert "Số: 246 /SNL-KH" in [document.of(each) for each in document.lines]
    word = next(word for each in document.lines for word in each.words if document.of(word) == "246")
    assert word.confidence is not None
    assert word.confidence < 0.9
    assert 135 < word.box.x0 < word.box.x1 < 160
    assert codes(document) == ["picture_read"]
    assert [each.method for each in document.pages] == ["text_layer"]


def test_number_that_was_read_is_never_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The value has the figures, and its grade says that an engine read them; the printed symbol stays certain."""
    engine = Scripted(("Số: 246 /SNL-KH", 6, 8), figures="246")
    read_by(monkeypatch, lambda _: engine)
    document = parse(make_pdf(blank_number()))
    assert document.number is not None
    assert document.number.text == "246/SNL-KH"
    assert {entry.grade for entry in document.evidence["/number/sequence"]} <= {Grade.LIKELY, Grade.GUESS}
    assert [entry.grade for entry in document.evidence["/number/notation"]] == [Grade.CERTAIN]


@pytest.mark.parametrize(
    ("text", "figures", "chance"),
    [
        ("Số: /SNL-KH", "", 0.9),  # nothing
        ("Số: 246 /SNL-KH", "346", 0.9),  # two readings that speak against each other
        ("Số: /SNL-KH", "346", 0.2),  # one that is not sure
        ("Số: /SNL-KH", "0", 0.99),  # no number
    ],
)
def test_figures_in_doubt_are_not_invented(
    monkeypatch: pytest.MonkeyPatch, text: str, figures: str, chance: float
) -> None:
    """The blank stays one, and the Issue says that something is drawn there."""
    document = read(monkeypatch, blank_number(), lambda _: Scripted((text, 6, 8), figures=figures, chance=chance))
    assert not any(word.confidence for each in document.lines for word in each.words)
    assert codes(document) == ["picture_in_header"]


def test_pasted_header_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of a header that is a picture come first, where they stand on the page."""
    page = PdfPage()
    page.image(60, 40, 540, 150)
    engine = Scripted(
        ("SỞ NÔNG LÂM", 40, 20),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 210, 20),
        ("Độc lập - Tự do - Hạnh phúc", 245, 38),
        ("Số: 245/SNL-KH", 40, 60),
    )
    document = read(monkeypatch, body(page), lambda _: engine)
    assert document.of(document.lines[0]) == "SỞ NÔNG LÂM"
    motto = next(each for each in document.lines if "Độc lập" in document.of(each))
    assert motto.words[0].box.x0 == pytest.approx(60 + 245 - 6, abs=1)  # 6 points of paper are put around a picture
    assert motto.words[0].box.y0 == pytest.approx(40 + 38 - 6, abs=3)
    assert codes(document) == ["picture_read"]
    assert engine.pages == 1


def test_logo_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture with a name and a slogan is no header."""
    page = PdfPage()
    page.image(60, 40, 540, 150)
    document = read(monkeypatch, body(page), lambda _: Scripted(("SONHAI FOREST GROUP", 40, 20), ("Xanh", 40, 40)))
    assert "FOREST" not in document.text
    assert codes(document) == ["picture_in_header"]


def test_pasted_signature_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature that is a picture gives its lines at the right of the recipients."""
    page = PdfPage()
    letter_head(page)
    page.image(330, 310, 520, 420)
    engine = Scripted(("GIÁM ĐỐC", 70, 15), ("Trần Văn Bảo", 65, 90))
    document = read(monkeypatch, body(page, signed=False), lambda _: engine)
    assert [document.of(each) for each in document.lines][-2:] == ["GIÁM ĐỐC", "Trần Văn Bảo"]
    assert codes(document) == ["picture_read"]


def test_nothing_is_read_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A logo over a printed header, a seal beside a printed signature: no engine is even made."""
    page = PdfPage()
    letter_head(page)
    page.image(60, 40, 110, 60)
    page.image(330, 330, 450, 390)

    def never(config: Config) -> OcrEngine:
        raise AssertionError("an engine was made")

    assert codes(read(monkeypatch, body(page), never)) == []


def test_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `ocr="off"` pictures are reported as before."""
    engine = Scripted(figures="246")
    document = read(monkeypatch, blank_number(), lambda _: engine, Config(ocr="off"))
    assert engine.pages == 0
    assert codes(document) == ["picture_in_header"]


def test_trouble_leaves_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that fails, or lacks its data, costs only the picture; one asked for by name raises."""

    class Never(Fake):
        def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
            return make_broken(Config()).read(PagePicture(picture.pixels * 0, picture.dpi))

    document = read(monkeypatch, blank_number(), lambda _: Never())
    assert codes(document) == ["picture_in_header"]
    assert TEXT[:20] in document.text

    def missing(config: Config) -> OcrEngine:
        raise OcrUnavailable("The Vietnamese data is missing.")

    assert codes(read(monkeypatch, blank_number(), missing)) == ["picture_in_header"]
    with pytest.raises(OcrUnavailable):
        read(monkeypatch, blank_number(), missing, Config(ocr="fast"))


# --- with a real engine ---


def pasted(page: PdfPage, image: Image.Image, x0: float, y0: float, x1: float, y1: float) -> bytes:
    """The file with a picture on its first page."""
    document = pypdfium2.PdfDocument(make_pdf(page))
    sheet = document[0]
    item = pypdfium2.PdfImage.new(document)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=92)
    stream.seek(0)
    item.load_jpeg(stream, inline=True)
    matrix = pypdfium2.PdfMatrix().scale(x1 - x0, y1 - y0).translate(x0, page.height - y1)
    item.set_matrix(matrix)
    sheet.insert_obj(item)
    sheet.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_header_picture_with_a_real_engine(page: Image.Image) -> None:
    """The top of a bundled notice, pasted over a letter without a header, is read as its header."""
    real_engine("fast")
    top = page.crop((0, 0, page.width, 320))
    document = parse(pasted(body(PdfPage()), top, 0, 0, 595, 595 * 320 / page.width), config=Config(ocr="fast"))
    assert "Độc lập - Tự do - Hạnh phúc" in document.text
    assert document.place is not None
    assert document.issued_on is not None
    assert document.source.pages[0].method == "text_layer"
    assert [issue.code for issue in document.issues if issue.code.startswith("picture")] == ["picture_read"]


def test_number_picture_with_a_real_engine() -> None:
    """A number stamped as a small picture is read, its grade not certain."""
    real_engine("hybrid")
    page = blank_number()
    page.parts = [part for part in page.parts if not part.startswith("1 w")]
    stamp = Image.new("RGB", (150, 60), "white")
    ImageDraw.Draw(stamp).text((12, 0), "37", "black", ImageFont.load_default(52))
    document = parse(pasted(page, stamp, 132, 99, 164.5, 112), config=Config(ocr="hybrid"))
    assert document.number is not None
    assert document.number.text == "37/SNL-KH"
    assert document.evidence["/number/sequence"][0].grade is not Grade.CERTAIN


def test_name_under_a_printed_post_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture under a post without a name gives the name, and nothing of the strokes of a hand over it."""
    page = PdfPage()
    letter_head(page)
    page.image(330, 310, 520, 420)
    page.centred(420, 320, "GIÁM ĐỐC", font="F2")
    engine = Scripted(("T w", 120, 20), ("Trần Văn Bảo", 65, 70))
    document = read(monkeypatch, body(page, signed=False), lambda _: engine)
    assert [document.of(each) for each in document.lines][-2:] == ["GIÁM ĐỐC", "Trần Văn Bảo"]
    assert codes(document) == ["picture_read"]


def test_number_in_the_picture_of_a_signature_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature field over the blank shows the number as a picture: seen in three signed PDFs."""
    pikepdf = pytest.importorskip("pikepdf")
    page = blank_number()
    page.parts = [part for part in page.parts if not part.startswith("1 w")]
    pdf_file = pikepdf.open(io.BytesIO(make_pdf(page)))
    picture = pdf_file.make_stream(
        b"\x00", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    look = pdf_file.make_stream(
        b"q 25 0 0 14 0 0 cm /I Do Q", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 25, 14],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture)),
    )  # fmt: skip
    foot = page.height - 113
    widget = pdf_file.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="so", F=4,
            Rect=[136, foot, 161, foot + 14], AP=pikepdf.Dictionary(N=look),
        )
    )  # fmt: skip
    pdf_file.pages[0].Annots = pdf_file.make_indirect(pikepdf.Array([widget]))
    pdf_file.Root.AcroForm = pikepdf.Dictionary(Fields=[widget])
    out = io.BytesIO()
    pdf_file.save(out)
    read_by(monkeypatch, lambda _: Scripted(("Số: 246 /SNL-KH", 6, 8), figures="246"))
    document = pdf.read_pdf(out.getvalue(), Config())
    assert "Số: 246 /SNL-KH" in [document.of(each) for each in document.lines]
