"""A picture of two pages side by side is two pages; a page that lies on its side is one."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.makers.ocr_fakes import Fake, line
from tests.makers.scan_maker import encoded, jpeg_stream, pdf_of
from vnadmin.config import Config
from vnadmin.errors import LimitExceeded
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading
from vnadmin.source.pictures import draw_pages
from vnadmin.source.scan.leaves import open_leaves
from vnadmin.source.scan.reader import read_scan
from vnadmin.source.scan.searchable import make_searchable

WIDE, TALL = 1170, 827  # A3 on its side, 70 to the inch
PAGE = WIDE // 2


def ink(image: Image.Image, left: int, right: int, top: int, lines: int) -> None:
    """Lines of words between two columns, one below the other."""
    draw = ImageDraw.Draw(image)
    for number in range(lines):
        y = top + 18 * number
        for x in range(left, right - 20, 24):
            draw.rectangle((x, y, min(x + 18, right), y + 7), fill=20)


def sheet() -> Image.Image:
    return Image.new("L", (WIDE, TALL), 235)


def open_book(*, shadow: bool = False, right: int = 30) -> Image.Image:
    """Two pages of text, as a book lies on the glass: perhaps with the shadow and the line of its fold."""
    image = sheet()
    ink(image, 70, PAGE - 50, 80, 35)
    ink(image, PAGE + 50, WIDE - 70, 80, right)
    if shadow:
        dark = Image.new("L", image.size, 0)
        ImageDraw.Draw(dark).rectangle((PAGE - 12, 0, PAGE + 12, TALL), fill=120)
        image = Image.composite(sheet().point(lambda _: 60), image, dark.filter(ImageFilter.GaussianBlur(14)))
        ImageDraw.Draw(image).line((PAGE, 0, PAGE, TALL), fill=30, width=2)
    return image


def wide_page() -> Image.Image:
    """A header in two columns, then text over the whole width."""
    image = sheet()
    ink(image, 70, 480, 60, 3)
    ink(image, 640, WIDE - 70, 60, 3)
    ink(image, 70, WIDE - 70, 180, 25)
    return image


def end_of_a_wide_page() -> Image.Image:
    """A list of recipients at the left and a signature at the right."""
    image = sheet()
    ink(image, 70, 330, 60, 12)
    ink(image, 760, 1000, 60, 5)
    return image


def wide_table() -> Image.Image:
    """Cells that leave the middle free, ruled from edge to edge."""
    image = sheet()
    ink(image, 70, PAGE - 50, 80, 30)
    ink(image, PAGE + 50, WIDE - 70, 80, 30)
    draw = ImageDraw.Draw(image)
    for y in range(72, 640, 36):
        draw.line((60, y, WIDE - 60, y), fill=20, width=2)
    return image


def one_page_alone() -> Image.Image:
    """The other page is empty."""
    image = sheet()
    ink(image, 70, PAGE - 50, 80, 35)
    return image


def tall_page() -> Image.Image:
    return open_book().resize((TALL, WIDE))


class Counting(Fake):
    """Reads each picture as its size in pixels."""

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        height, width = picture.pixels.shape[:2]
        return self.reading(picture, line(f"Trang {width} {height}", 60, 60))


BOOKS = {"plain": open_book(), "with a shadow": open_book(shadow=True), "with a short page": open_book(right=6)}
OTHERS = {
    "wide page": wide_page(),
    "end of a wide page": end_of_a_wide_page(),
    "wide table": wide_table(),
    "one page alone": one_page_alone(),
    "tall page": tall_page(),
}


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_two_pages(book: Image.Image) -> None:
    """Each is read by itself, the left one first; only it may have a header with blanks."""
    data = encoded(book, "PNG", dpi=(70, 70))
    document = read_scan(data, Config(ocr_threads=1), make_engine=lambda config: Counting())
    sizes = [tuple(map(int, document.of(each).split()[1:])) for each in document.lines]
    assert [height for _, height in sizes] == [TALL, TALL]
    assert sum(width for width, _ in sizes) == WIDE
    assert all(abs(width - PAGE) < 25 for width, _ in sizes)
    assert [page.method for page in document.pages] == ["ocr", "ocr"]
    with open_leaves(data, Config()) as scan:
        assert [bool(scan.blanks(number).share) for number in (1, 2)] == [True, False]
        assert scan.size(1)[0] + scan.size(2)[0] == pytest.approx(WIDE * 72 / 70, rel=0.01)


@pytest.mark.parametrize("page", OTHERS.values(), ids=OTHERS)
def test_one_page(page: Image.Image) -> None:
    """Nothing is parted."""
    with open_leaves(encoded(page, "PNG", dpi=(70, 70)), Config()) as scan:
        assert len(scan) == 1


def test_pages_of_a_pdf() -> None:
    """Two open books in a PDF have four pages; the pictures that people are shown are those that were read."""
    book = open_book()
    data = pdf_of([jpeg_stream(book), jpeg_stream(book)], book.size, box=(842, 595))
    assert [page.number for page in read_scan(data, Config(), make_engine=lambda config: Counting()).pages] == [
        1,
        2,
        3,
        4,
    ]
    drawn = draw_pages(data, "application/pdf", (1, 4, 5), 50)
    assert sorted(drawn) == [1, 4]
    assert drawn[4].width == pytest.approx(421, abs=12)
    with Image.open(io.BytesIO(drawn[1].data)) as image:
        assert image.width < image.height


def test_pages_of_a_pdf_with_text() -> None:
    """A page of a PDF with a text layer is never parted: what that says of its place holds for the whole page."""
    data = encoded(open_book(), "PNG", dpi=(70, 70))
    searchable = make_searchable(data, Config(ocr_threads=1), make_engine=lambda config: Counting())
    with pikepdf.open(io.BytesIO(searchable)) as pdf:
        assert len(pdf.pages) == 1
    with open_leaves(searchable, Config()) as scan:
        assert len(scan) == 1


def test_limit_of_pages() -> None:
    """Pages count, not pictures."""
    with pytest.raises(LimitExceeded):
        open_leaves(encoded(open_book(), "PNG", dpi=(70, 70)), Config(max_pages=1))
