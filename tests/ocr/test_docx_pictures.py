"""Pictures in a .docx are read by OCR where its header or its signature is missing, and only there."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from tests.makers.docx_maker import make_docx, paragraph, run
from tests.makers.ocr_fakes import Fake, line, read_by, real_engine
from tests.makers.scan_maker import encoded
from vnadmin import parse
from vnadmin.config import Config
from vnadmin.errors import OcrUnavailable, VnadminError
from vnadmin.model import AdminDocument, Grade
from vnadmin.ocr.engine import OcrEngine
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading
from vnadmin.source.scan.pages import MakeEngine

WORD = Path(__file__).parents[1] / "fixtures" / "word"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
HEADER = [
    "SỞ NÔNG LÂM",
    "Số: 245/SNL-KH",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Sơn Hải, ngày 14 tháng 3 năm 2023",
]
BODY = [
    "Kính gửi: Ủy ban nhân dân các huyện",
    "Thực hiện kế hoạch năm 2023, Sở Nông lâm đề nghị các huyện báo cáo số liệu trồng rừng trên địa bàn tỉnh.",
    "Báo cáo gửi về Sở trước ngày 30 tháng 4 năm 2023 để tổng hợp.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
]
SIGNATURE = ["GIÁM ĐỐC", "Trần Văn Bảo"]


class Scripted(Fake):
    """Reads every picture as the same lines, given with their places in points."""

    def __init__(self, *lines: tuple[str, float, float], confidence: float = 0.96) -> None:
        super().__init__()
        self._lines = lines
        self._confidence = confidence

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        self.pages += 1
        self.width = picture.width
        return self.reading(picture, *(line(*each, confidence=self._confidence) for each in self._lines))


SIGNED = (("GIÁM ĐỐC", 60, 10), ("Trần Văn Bảo", 55, 80))


def picture(width: float, height: float, *, anchor: str = "inline") -> str:
    """A paragraph with the picture `rIdP`, so many points large."""
    extent = f'<wp:extent cx="{round(12700 * width)}" cy="{round(12700 * height)}"/>'
    blip = f'<a:blip xmlns:a="{DRAWN}" r:embed="rIdP"/>'
    return paragraph(f"<w:r><w:drawing><wp:{anchor}>{extent}{blip}</wp:{anchor}></w:drawing></w:r>")


def old_picture(width: float, height: float) -> str:
    """The same as programs before 2007 write it."""
    shape = f'<v:shape style="width:{width}pt;height:{height}pt"><v:imagedata r:id="rIdP"/></v:shape>'
    return paragraph(f"<w:r><w:pict>{shape}</w:pict></w:r>")


def letter(*parts: str) -> bytes:
    """A .docx of texts and pictures."""
    body = "".join(part if part.startswith("<") else paragraph(run(part)) for part in parts)
    return make_docx(body, images={"rIdP": encoded(Image.new("RGB", (600, 300), "white"), "PNG")})


def read(
    monkeypatch: pytest.MonkeyPatch, data: bytes, make_engine: MakeEngine, config: Config | None = None
) -> AdminDocument:
    """The document as read with this engine."""
    read_by(monkeypatch, make_engine)
    return parse(data, config=config or Config())


def never(config: Config) -> OcrEngine:
    """No engine may be asked for."""
    raise AssertionError("an engine was made")


def codes(document: AdminDocument) -> list[str]:
    """The codes of the Issues about pictures."""
    return [issue.code for issue in document.issues if issue.code.startswith("picture")]


@pytest.mark.parametrize("drawn", [picture(200, 100), picture(200, 100, anchor="anchor"), old_picture(200, 100)])
def test_signature_is_read(monkeypatch: pytest.MonkeyPatch, drawn: str) -> None:
    """The signer of a picture at the end, graded as a reading, at the size in which Word draws it."""
    engine = Scripted(*SIGNED)
    document = read(monkeypatch, letter(*HEADER, *BODY, drawn), lambda _: engine)
    assert [(each.name, each.position) for each in document.signatories] == [("Trần Văn Bảo", "GIÁM ĐỐC")]
    entry = document.evidence["/signatories/0/name"][0]
    assert entry.confidence == pytest.approx(0.96)
    assert document.text[entry.start : entry.end] == "Trần Văn Bảo"
    assert codes(document) == ["picture_read"]
    assert (engine.pages, engine.width) == (1, pytest.approx(200))


def test_doubtful_reading_is_not_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of which the engine was not sure."""
    document = read(
        monkeypatch, letter(*HEADER, *BODY, picture(200, 100)), lambda _: Scripted(*SIGNED, confidence=0.85)
    )
    assert document.signatories[0].name == "Trần Văn Bảo"
    assert [entry.grade for entry in document.evidence["/signatories/0/name"]] == [Grade.LIKELY]


def test_header_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both columns of a header that is a picture."""
    engine = Scripted(
        ("SỞ NÔNG LÂM", 40, 20),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 210, 20),
        ("Độc lập - Tự do - Hạnh phúc", 245, 38),
        ("Số: 245/SNL-KH", 40, 60),
        ("Sơn Hải, ngày 14 tháng 3 năm 2023", 230, 60),
    )
    document = read(monkeypatch, letter(picture(480, 110), *BODY, *SIGNATURE), lambda _: engine)
    assert document.number is not None
    assert document.number.text == "245/SNL-KH"
    assert (document.issuing_agency, document.place, str(document.issued_on)) == (
        "SỞ NÔNG LÂM",
        "Sơn Hải",
        "2023-03-14",
    )
    assert document.text.startswith("SỞ NÔNG LÂM\n")
    assert codes(document) == ["picture_read"]


def test_nothing_is_read_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures beside a printed header and a printed signature."""
    document = read(monkeypatch, letter(picture(300, 80), *HEADER, *BODY, *SIGNATURE, picture(200, 100)), never)
    assert codes(document) == []


@pytest.mark.parametrize(
    "drawn",
    [
        picture(60, 60),  # a logo or a seal
        picture(200, 8),  # a rule
        picture(595, 842),  # a scanned page is an attachment
        "",
    ],
)
def test_other_pictures_are_left_alone(monkeypatch: pytest.MonkeyPatch, drawn: str) -> None:
    """A signature is missing, but no picture is one."""
    assert codes(read(monkeypatch, letter(*HEADER, *BODY, drawn or paragraph("")), never)) == []


def test_logo_is_not_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A banner with the name of a company, over a letter without a motto: said to be there, not read into the text."""
    engine = Scripted(("CÔNG TY CỔ PHẦN RỪNG VÀNG", 40, 20), ("Xanh cho mai sau", 40, 40))
    document = read(monkeypatch, letter(picture(480, 90), *BODY, *SIGNATURE), lambda _: engine)
    assert "RỪNG VÀNG" not in document.text
    assert codes(document) == ["picture_in_header"]


def test_switched_off_or_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without OCR the picture is reported; an engine asked for by name raises where it is missing."""
    data = letter(*HEADER, *BODY, picture(200, 100))
    assert codes(read(monkeypatch, data, never, Config(ocr="off"))) == ["picture_in_header"]

    def missing(config: Config) -> OcrEngine:
        raise OcrUnavailable("The Vietnamese data is missing.")

    assert codes(read(monkeypatch, data, missing)) == ["picture_in_header"]
    with pytest.raises(OcrUnavailable):
        read(monkeypatch, data, missing, Config(ocr="fast"))


def test_picture_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing in a format of Windows' own, or a relation that leads nowhere: the text is read."""
    body = "".join(map(paragraph, [*HEADER, *BODY])) + picture(200, 100)
    for images in ({"rIdP": b"\x01\x00\x00\x00l\x00\x00\x00 EMF"}, {}):
        document = read(monkeypatch, make_docx(body, images=images), lambda _: Scripted(*SIGNED))
        assert document.addressees
        assert codes(document) == ["picture_in_header"]


def test_with_a_real_engine(page: Image.Image) -> None:
    """The top of a bundled notice as the header of a letter."""
    real_engine("fast")
    top = encoded(page.crop((0, 0, page.width, 320)), "JPEG", quality=92)
    body = picture(595, 154) + "".join(map(paragraph, [*BODY, *SIGNATURE]))
    document = parse(make_docx(body, images={"rIdP": top}), config=Config(ocr="fast"))
    assert document.place is not None
    assert document.issued_on is not None
    assert document.evidence["/issued_on"][0].confidence is not None
    assert codes(document) == ["picture_read"]


PAGE = (
    ("SỞ NÔNG LÂM", 90, 60),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290, 60),
    ("Số: 245/SNL-KH", 95, 90),
    ("Sơn Hải, ngày 14 tháng 3 năm 2023", 310, 90),
    ("Kính gửi: Ủy ban nhân dân các huyện.", 150, 150),
)


@pytest.mark.parametrize("drawn", [picture(520, 740), old_picture(480, 690)])
def test_document_of_pictures_of_pages_is_a_scan(monkeypatch: pytest.MonkeyPatch, drawn: str) -> None:
    """Each picture as large as a page is one; a line of text beside them, such as a page number, does not matter."""
    engine = Scripted(*PAGE)
    read_by(monkeypatch, lambda config: engine)
    document = parse(letter(drawn, drawn, "2"))
    assert (document.issuing_agency, document.number.text if document.number else None) == ("SỞ NÔNG LÂM", "245/SNL-KH")
    assert [page.method for page in document.source.pages] == ["ocr", "ocr"]


class Counting(Fake):
    """Reads each picture as its width in pixels."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        return self.reading(picture, line(f"rộng {picture.pixels.shape[1]} điểm", 60, 60))


def test_old_document_of_pictures_of_pages_is_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A .doc: the first picture stands in a line, the second floats."""
    read_by(monkeypatch, lambda config: Counting())
    document = parse(WORD / "pictures.doc")
    assert document.text.split("\n")[:2] == ["rộng 106 điểm", "rộng 107 điểm"]
    assert [page.method for page in document.source.pages] == ["ocr", "ocr"]
    assert document.source.media_type == "application/msword"


def test_pictures_of_an_old_document_are_not_read_unasked() -> None:
    """Without OCR only what is typed below them and what Word counts is its text."""
    assert parse(WORD / "pictures.doc", config=Config(ocr="off")).text.split() == ["2", "2"]


def test_damaged_pictures_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """A .doc with bytes of its pictures and drawings changed is read, or refused as damaged."""
    read_by(monkeypatch, lambda config: Counting())
    data = (WORD / "pictures.doc").read_bytes()
    dice = random.Random(5)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(20):
            damaged[dice.randrange(512, len(data))] = dice.choice((0, 1, 0xFF, dice.randrange(256)))
        with suppress(VnadminError):
            parse(bytes(damaged))


def test_document_with_text_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture as large as a page in a letter is what is attached to it."""
    read_by(monkeypatch, never)
    assert parse(letter(*HEADER, *BODY, *SIGNATURE, picture(520, 740))).issuing_agency == "SỞ NÔNG LÂM"
