"""Page pictures: drawn for PDF and picture files, a page at a time, and for nothing else."""

import io

import pytest

import vnadmin
from tests.source.test_containers import mail
from vnadmin import Config, errors
from vnadmin.samples import samples
from vnadmin.source.pictures import draw_pages, page_pictures

SAMPLES = {item.name: item.read_bytes() for item in samples()}


def test_pdf_pages_have_the_size_of_the_page() -> None:
    """The picture's size in points is that of the page, so that boxes can be laid over it."""
    data = SAMPLES["thong-bao.pdf"]
    document = vnadmin.parse(data)
    pictures = page_pictures(data, document, 60)
    assert sorted(pictures) == [page.number for page in document.source.pages]
    page = document.source.pages[0]
    assert (pictures[1].width, pictures[1].height) == (page.width, page.height)
    assert pictures[1].data.startswith(b"\xff\xd8")


def test_some_pages() -> None:
    """Pages that a file does not have are left out."""
    assert sorted(draw_pages(SAMPLES["thong-bao.pdf"], "application/pdf", (1, 99), 40)) == [1]


def test_formats_without_pages_have_none() -> None:
    """A text has no page pictures."""
    data = SAMPLES["cong-van.txt"]
    assert page_pictures(data, vnadmin.parse(data), 60) == {}


def test_picture_file() -> None:
    """A scan in a picture file is shown in no more than the resolution that was asked for."""
    image = pytest.importorskip("PIL.Image", reason="needs Pillow")
    pytest.importorskip("cv2", reason="needs the extra [ocr]")
    buffer = io.BytesIO()
    image.new("L", (1654, 2339), 255).save(buffer, "PNG", dpi=(200, 200))
    pictures = draw_pages(buffer.getvalue(), "image/png", (1, 2), 100)
    assert sorted(pictures) == [1]
    with image.open(io.BytesIO(pictures[1].data)) as drawn:
        assert abs(drawn.width - 827) <= 1
    assert abs(pictures[1].width - 595.4) < 0.5


def test_the_picture_is_that_of_the_document_in_a_mail_which_was_read() -> None:
    """The first attachment cannot be read: the page is the second one's. Limits are those of the caller."""
    data = mail(a_pdf=b"%PDF-1.4 broken", b_pdf=SAMPLES["thong-bao.pdf"])
    document = vnadmin.parse(data)
    assert (
        page_pictures(data, document, 40)[1].data
        == draw_pages(SAMPLES["thong-bao.pdf"], "application/pdf", (1,), 40)[1].data
    )
    with pytest.raises(errors.LimitExceeded):
        page_pictures(data, document, 40, Config(max_unpacked_bytes=100))
