"""Pages that are pictures among pages with text are read by OCR, and only they."""

from __future__ import annotations

import pytest

from tests.makers.ocr_fakes import Fake, line, make_broken, read_by
from tests.makers.pdf_maker import PdfPage, letter_head, make_pdf
from vnadmin.config import Config
from vnadmin.errors import OcrUnavailable
from vnadmin.layout.page import SourceDocument
from vnadmin.ocr.engine import OcrEngine
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading
from vnadmin.source.pdf import reader as pdf
from vnadmin.source.scan.pages import MakeEngine

TEXT = "Thực hiện kế hoạch năm 2021, Sở Xây dựng đề nghị các huyện báo cáo số liệu quản lý nhà ở trên địa bàn tỉnh."


class Signed(Fake):
    """Reads every page as the end of a letter."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        return self.reading(picture, line("GIÁM ĐÓC", 380, 250, confidence=0.97), line("Trần Văn Bảo", 372, 330))


def make_signed(config: Config) -> Signed:
    """An engine for `Pages`."""
    return Signed()


def make_none(config: Config) -> OcrEngine:
    """No engine, for want of its data."""
    raise OcrUnavailable("The Vietnamese data is missing.")


def mixed() -> bytes:
    """A page of text, then a page that is a picture."""
    first, second = PdfPage(), PdfPage()
    letter_head(first)
    for step in range(4):
        first.paragraph(200 + 60 * step, TEXT)
    second.image(0, 0, 595, 842)
    return make_pdf(first, second)


def read(monkeypatch: pytest.MonkeyPatch, make_engine: MakeEngine, config: Config | None = None) -> SourceDocument:
    """The document as read with this engine."""
    read_by(monkeypatch, make_engine)
    return pdf.read_pdf(mixed(), config or Config())


def test_picture_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page says how it was read, and the picture's words carry the engine's confidence and a box."""
    document = read(monkeypatch, make_signed)
    assert [page.method for page in document.pages] == ["text_layer", "ocr"]
    assert not document.issues
    last = document.lines[-1]
    assert document.of(last) == "Trần Văn Bảo"
    assert last.page == 2
    assert last.words[0].confidence == pytest.approx(0.96)
    assert all(word.confidence is None for word in document.lines[0].words)


def test_lost_mark_of_a_post_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIÁM ĐÓC whose letters were read surely is the one post that has them."""
    post = next(line for line in read(monkeypatch, make_signed).lines if line.page == 2)
    assert [word.confidence for word in post.words] == [pytest.approx(0.97), pytest.approx(0.97)]


def test_page_that_fails_leaves_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that cannot be read costs its own page; the pages with text are read."""

    class Never(Fake):
        def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
            return make_broken(Config()).reading(picture)

    document = read(monkeypatch, lambda _: Never())
    assert [page.method for page in document.pages] == ["text_layer", "ocr"]
    assert [issue.code for issue in document.issues] == ["page_blank"]
    assert TEXT.split()[0] in document.text


def test_missing_data_is_an_issue_only_where_no_engine_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `auto` the text is read and the page reported; an engine asked for by name raises."""
    document = read(monkeypatch, make_none)
    assert [page.method for page in document.pages] == ["text_layer", "none"]
    assert [issue.code for issue in document.issues] == ["page_without_text"]
    with pytest.raises(OcrUnavailable):
        read(monkeypatch, make_none, Config(ocr="hybrid"))
