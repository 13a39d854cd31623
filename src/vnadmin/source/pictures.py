"""Pictures of the pages of a source, for people to look at (explain, the review page)."""

from __future__ import annotations

import io

from vnadmin.model import AdminDocument
from vnadmin.model.pictures import PagePicture

_MAX_SHOWN = 200  # pages of one explain page; each is about 100 kB


def page_pictures(data: bytes, document: AdminDocument, dpi: int) -> dict[int, PagePicture]:
    """Page number to picture; empty for formats whose pages are not drawn."""
    if document.source.media_type != "application/pdf":
        return {}
    import pypdfium2

    pictures: dict[int, PagePicture] = {}
    pdf = pypdfium2.PdfDocument(data)
    try:
        for index in range(min(len(pdf), _MAX_SHOWN)):
            page = pdf[index]
            try:
                width, height = page.get_size()
                image = page.render(scale=min(dpi / 72, 4000 / max(width, height, 1))).to_pil()
            finally:
                page.close()
            buffer = io.BytesIO()
            image.convert("RGB").save(buffer, "JPEG", quality=70, optimize=True)
            pictures[index + 1] = PagePicture(buffer.getvalue(), "image/jpeg", width, height)
    finally:
        pdf.close()
    return pictures
