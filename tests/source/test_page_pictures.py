"""Pictures of pages show what is printed, the widgets of forms and the appearance of signatures too."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from vnadmin.source.pictures import draw_pages


@pytest.mark.parametrize("kind", ["/Tx", "/Sig"])
def test_a_widget_of_a_form_is_drawn(kind: str) -> None:
    """Seen in 32 of 54 PDFs: the number, the day or the signature is a widget, and was missing in explain and review."""
    pikepdf = pytest.importorskip("pikepdf")
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    look = pdf.make_stream(
        b"0 g 0 0 100 20 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 100, 20]
    )
    widget = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name(kind), T="so", F=4,
            Rect=[100, 700, 200, 720], AP=pikepdf.Dictionary(N=look), P=page.obj,
        )
    )  # fmt: skip
    page.Annots = pdf.make_indirect(pikepdf.Array([widget]))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[widget])
    out = io.BytesIO()
    pdf.save(out)
    drawn = draw_pages(out.getvalue(), "application/pdf", (1,), 72)[1]
    pixels = np.asarray(Image.open(io.BytesIO(drawn.data)).convert("L"))
    assert pixels[842 - 718 : 842 - 702, 105:195].mean() < 60
    assert pixels[:100].mean() > 250
