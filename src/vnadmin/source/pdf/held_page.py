"""A page that the caller holds as pdfplumber has it: cropped, filtered and deduplicated as they left it."""

from __future__ import annotations

from typing import Any

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded, NoTextLayer
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Box, SourceDocument
from vnadmin.layout.placed.compose import compose
from vnadmin.layout.placed.geometry import PlacedPage
from vnadmin.source.pdf.reader import MEDIA_TYPE
from vnadmin.source.pdf.second_reader import words_of
from vnadmin.source.pdf.tables import grids
from vnadmin.source.pdf.text import Fonts


def read_held_page(page: Any, config: Config) -> SourceDocument:
    """The words and ruled tables of a `pdfplumber` page, as a document of this one page.

    A cropped page is laid out as if there were nothing around it; its boxes are places of the whole page.

    Raises:
        LimitExceeded: more characters than Config allows.
        NoTextLayer: it has no words.
    """
    if len(page.chars) > config.max_characters:
        raise LimitExceeded(f"The text has more than {config.max_characters} characters (Config.max_characters).")
    fonts = Fonts()
    number, width, height = page.page_number, float(page.width), float(page.height)
    words = words_of(page, number, fonts)
    if not words:
        raise NoTextLayer
    left, top = page.bbox[:2]
    rules = [(e["x0"] - left, e["top"] - top, e["x1"] - left, e["bottom"] - top) for e in page.edges]
    whole = page.root_page
    right, down = float(left - whole.bbox[0]), float(top - whole.bbox[1])
    size = (float(whole.width), float(whole.height), "text_layer")
    builder = DocumentBuilder(MEDIA_TYPE)
    for before in range(1, number + 1):
        builder.page(*(size if before == number else (None, None, "none")))
    composition = compose([PlacedPage(number, width, height, words, grids(rules), [], [], [])])
    for line in composition.lines:
        builder.words(
            [(word[0], _moved(Box(*word[1:5]), right, down), None) for word in line.words],
            starts_paragraph=line.starts_paragraph,
            column=line.column,
            style=fonts.style_of(line.page, line.words, line.centred),
            cell=line.cell,
            page=line.page,
            is_note=line.is_note,
        )
    for item in composition.furniture:
        builder.furniture(item.text, item.kind, page=item.page, box=item.box and _moved(item.box, right, down))
    return builder.build()


def _moved(box: Box, right: float, down: float) -> Box:
    return Box(box.x0 + right, box.y0 + down, box.x1 + right, box.y1 + down)
