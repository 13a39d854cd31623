"""Pictures of the pages of a source, for people to look at (explain, the review page)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from vnadmin.config import DEFAULT, Config
from vnadmin.model import AdminDocument
from vnadmin.model.pictures import PagePicture
from vnadmin.source.container import own_bytes

if TYPE_CHECKING:
    from PIL import Image

    from vnadmin.source.scan.pictures import Scan

_ANY_LENGTH = Config(max_pages=1_000_000)  # it was read, whatever limit held
_MAX_SHOWN = 200  # pages of one explain page; each is about 100 kB
_LONGEST = 4000  # pixels of one side


def page_pictures(data: bytes, document: AdminDocument, dpi: int, config: Config = DEFAULT) -> dict[int, PagePicture]:
    """Page number to picture, of a document or of that in a mail or a zip which was read; empty for formats without pages."""
    own = own_bytes(data, document.source.sha256, config)
    return draw_pages(own, document.source.media_type, range(1, len(document.source.pages) + 1)[:_MAX_SHOWN], dpi)


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

    from vnadmin.ocr.engine import PageNotRead

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
