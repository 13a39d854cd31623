"""What the review page has worker processes do: read a document with its layout, draw pages."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin import Config
from vnadmin.model.pictures import PagePicture
from vnadmin.process.boundary import document_boundary
from vnadmin.source.pictures import Drawn


class WordAt(NamedTuple):
    """A word: its slice of the text and its box on the page, in points."""

    start: int
    end: int
    box: tuple[float, float, float, float]


class LineAt(NamedTuple):
    """A line: its slice of the text and its words; none where the format has no geometry."""

    page: int
    start: int
    end: int
    words: tuple[WordAt, ...]


class Reading(NamedTuple):
    """A document as JSON, and its lines in the order of the text; `own`: its bytes where it stands in a mail or a zip."""

    document: bytes
    lines: tuple[LineAt, ...]
    own: bytes = b""


def read(data: bytes, config: Config) -> Reading:
    """Parse; whatever goes wrong is an error of the document."""
    from vnadmin.pipeline import parse_with_layout
    from vnadmin.source.container import own_bytes

    with document_boundary():
        document, source = parse_with_layout(data, config=config)
        own = own_bytes(data, document.source.sha256, config)
    lines = sorted((*source.lines, *source.furniture), key=lambda line: line.start)
    return Reading(
        document.model_dump_json().encode("utf-8"),
        tuple(
            LineAt(
                line.page,
                line.start,
                line.end,
                tuple(WordAt(w.start, w.end, (w.box.x0, w.box.y0, w.box.x1, w.box.y1)) for w in line.words),
            )
            for line in lines
        ),
        b"" if own is data else own,
    )


def draw(data: bytes, media_type: str, number: int, dpi: int) -> PagePicture | None:
    """The picture of one page; None where it cannot be drawn."""
    from vnadmin.source.pictures import draw_pages

    return draw_pages(data, media_type, (number,), dpi).get(number)


def lay_out(data: bytes, media_type: str, config: Config) -> Drawn:
    """A document without pages of its own as pages, or as its lines side by side."""
    from vnadmin.source import pictures

    with document_boundary():
        return pictures.lay_out(data, media_type, config)
