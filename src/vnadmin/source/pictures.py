"""Pictures of the pages of a source, for people to look at (explain, the review page)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.config import DEFAULT, Config
from vnadmin.layout.sheet import bands_of
from vnadmin.model import AdminDocument
from vnadmin.model.pictures import PagePicture
from vnadmin.model.sheet import Band
from vnadmin.process.office import print_pdf
from vnadmin.source import read_source
from vnadmin.source.container import own_bytes

if TYPE_CHECKING:
    from PIL import Image

    from vnadmin.source.scan.pictures import Scan

_ANY_LENGTH = Config(max_pages=1_000_000)  # it was read, whatever limit held
_WORD = {  # what LibreOffice prints, with the ending by which it tells the format
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
}
_MOST_PRINTED = 16 * 1024**2  # bytes of a PDF that is kept while somebody looks at it
_MAX_SHOWN = 200  # pages of one explain page; each is about 100 kB
_LONGEST = 4000  # pixels of one side


def page_pictures(data: bytes, document: AdminDocument, dpi: int, config: Config = DEFAULT) -> dict[int, PagePicture]:
    """Page number to picture, of a document or of that in a mail or a zip which was read; empty for formats without pages.

    A Word document is printed by LibreOffice, where it is installed.
    """
    own, media_type = own_bytes(data, document.source.sha256, config), document.source.media_type
    if media_type in _WORD:
        read_in_pictures = any(page.width for page in document.source.pages)  # its boxes are of those, not of a print
        drawn = Drawn() if read_in_pictures else print_pages(own, media_type)
        return dict(_of_pdf(drawn.pdf, range(1, len(drawn.sizes) + 1), dpi)) if drawn.pdf else {}
    return draw_pages(own, media_type, range(1, len(document.source.pages) + 1)[:_MAX_SHOWN], dpi)


class Drawn(NamedTuple):
    """A document without pages of its own as pages.

    Attributes:
        pdf: what LibreOffice printed, empty where it did not.
        sizes: of each page, in points.
        text: of a document that was not printed.
        bands: how its lines stand side by side.
    """

    pdf: bytes = b""
    sizes: tuple[tuple[float, float], ...] = ()
    text: str = ""
    bands: tuple[Band, ...] = ()


def print_pages(data: bytes, media_type: str) -> Drawn:
    """The pages of a Word document, where LibreOffice is installed; it is slow (a second), so its result is kept."""
    ending = _WORD.get(media_type)
    printed = print_pdf(data, ending) if ending else None
    if printed is None or len(printed) > _MOST_PRINTED:
        return Drawn()
    from vnadmin.source.pdf.open import open_pdf

    pdf = open_pdf(printed)
    try:
        return Drawn(printed, tuple(pdf.get_page_size(index) for index in range(min(len(pdf), _MAX_SHOWN))))
    finally:
        pdf.close()


def lay_out(data: bytes, media_type: str, config: Config = DEFAULT) -> Drawn:
    """A document of a format without pages as people look at it: printed, else its text in bands across the page."""
    drawn = print_pages(data, media_type)
    if drawn.pdf:
        return drawn
    document = read_source(data, config)
    return Drawn(text=document.text, bands=bands_of(document))


def has_pictures(media_type: str) -> bool:
    """Whether `draw_pages` draws pages of this format."""
    return media_type == "application/pdf" or media_type.startswith("image/")


def draw_pages(data: bytes, media_type: str, numbers: Iterable[int], dpi: int) -> dict[int, PagePicture]:
    """Pictures of some pages of a document; what cannot be drawn is left out, and so are all of formats without pages."""
    is_pdf = media_type == "application/pdf"
    if not is_pdf and not media_type.startswith("image/"):
        return {}
    from vnadmin.source.scan.leaves import Leaves, open_leaves

    with open_leaves(data, _ANY_LENGTH) as scan:
        if is_pdf and not isinstance(scan, Leaves):
            return dict(_of_pdf(data, numbers, dpi))
        return dict(_of_scan(scan, numbers, dpi))


def _of_pdf(data: bytes, numbers: Iterable[int], dpi: int) -> Iterator[tuple[int, PagePicture]]:
    import pypdfium2

    from vnadmin.source.pdf.open import open_pdf

    pdf = open_pdf(data)
    try:
        pdf.init_forms()  # numbers, days and signatures are often widgets of a form, which else are not drawn
        for number in numbers:
            if not 1 <= number <= len(pdf):
                continue
            try:
                page = pdf[number - 1]
            except pypdfium2.PdfiumError:
                continue
            try:
                width, height = page.get_size()
                image = page.render(scale=min(dpi / 72, _LONGEST / max(width, height, 1))).to_pil()
            finally:
                page.close()
            yield number, PagePicture(_jpeg(image), "image/jpeg", width, height)
    finally:
        pdf.close()


def _of_scan(scan: Scan, numbers: Iterable[int], dpi: int) -> Iterator[tuple[int, PagePicture]]:
    from PIL import Image

    from vnadmin.ocr.reading import PageNotRead

    for number in numbers:
        if not 1 <= number <= len(scan):
            continue
        try:
            drawn = scan.picture(number)
        except PageNotRead:
            continue
        image = Image.fromarray(drawn.pixels)
        scale = min(1.0, dpi / drawn.dpi, _LONGEST / max(image.size))
        if scale < 1:
            image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
        yield number, PagePicture(_jpeg(image), "image/jpeg", drawn.width, drawn.height)


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=70, optimize=True)
    return buffer.getvalue()
