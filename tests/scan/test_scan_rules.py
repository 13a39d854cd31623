"""Ruled tables on pictures of pages, straight or drawn through the scanner askew."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.source.pdf.tables import grids
from vnadmin.source.scan.rules import find_rules

DPI = 150.0


def table(lean: float) -> PagePicture:
    """A page with a table of 9 cells, whose rules that run down lean by so many pixels in a hundred."""
    image = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(image)
    top, foot = 200, 1300
    for y in (top, 500, 900, foot):
        draw.line((150, y, 1100, y), fill=0, width=3)
    for x in (160, 400, 800, 1090):
        shift = lean * (foot - top) / 200
        draw.line((x + shift, top, x - shift, foot), fill=0, width=3)
    return PagePicture(np.asarray(image), DPI)


@pytest.mark.parametrize("lean", [0.0, 0.3, 1.0, 1.6])
def test_rules_that_lean(lean: float) -> None:
    """The horizontal rules are level and the others are not: the table is one all the same."""
    (grid,) = grids(list(find_rules(table(lean))))
    assert len(grid.cells) == 9
    assert len(grid.columns) == 4


def test_strokes_that_lean_more_are_no_rules() -> None:
    """A drawing's lines make no table."""
    assert not grids(list(find_rules(table(12.0))))
