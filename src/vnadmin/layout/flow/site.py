"""What a site prints over a document on its page."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.motto import printed_motto
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.running import SetAside
from vnadmin.layout.furniture_line import MOMENT
from vnadmin.layout.page import Column, Furniture
from vnadmin.text.pattern import pattern

_ABOVE = 30  # lines above a header that may be the site's, and lines of a header that are searched for its motto
_SIGNED_AT = pattern(rf"{MOMENT}(?::\d\d)?(?: \+\d\d:?\d\d)?")


def before_header(lines: Sequence[RawLine]) -> tuple[list[SetAside], list[RawLine]]:
    """A page's own title and notes above the header of the document, and the rest. Marks in capitals stay (KHẨN)."""
    start = next((index for index, line in enumerate(lines[:_ABOVE]) if line.column is Column.LEFT), 0)
    header = lines[start : start + _ABOVE]
    if not start or not any(printed_motto(line.text) for line in header):
        return [], list(lines)
    if any(_SIGNED_AT.fullmatch(line.text.strip()) for line in lines[:start]):
        return [], list(lines)  # a portal's stamp: the header knows it with the office that it names
    site = [line for line in lines[:start] if line.text and line.cell is None and not in_capitals(line.text)]
    taken = set(map(id, site))
    aside = [SetAside(line.text, Furniture.SITE, 1) for line in site]
    return aside, [line for line in lines if id(line) not in taken]
