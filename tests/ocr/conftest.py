"""A page to read: a bundled sample drawn as a picture."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="needs the extra: pip install 'vnadmin[ocr]'")

import pypdfium2
from PIL import Image

from vnadmin.samples import samples

DPI = 150


@pytest.fixture(scope="session")
def page() -> Image.Image:
    """The first page of a bundled notice, in colour, at 150 dpi: 1240 by 1754 pixels."""
    data = next(item for item in samples() if item.name.endswith(".pdf")).read_bytes()
    pdf = pypdfium2.PdfDocument(data)
    image = pdf[0].render(scale=DPI / 72).to_pil().convert("RGB")
    pdf.close()
    sheet = Image.new("RGB", (1240, 1754), "white")
    sheet.paste(image, ((1240 - image.width) // 2, 0))
    return sheet
