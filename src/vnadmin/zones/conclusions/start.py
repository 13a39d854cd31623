"""Where a possible end begins: above the line by which it was found stand items of its list, a unit, another signer."""

from __future__ import annotations

from vnadmin.genre.closing_line import LONGEST, Role
from vnadmin.genre.person_name import NameLikeness
from vnadmin.layout.page import Column, SourceDocument
from vnadmin.zones.conclusions.ahead import are_over_their_posts, is_unit_line
from vnadmin.zones.conclusions.evidence import role_at

_MOST_ITEMS = 60
_BESIDE = 8  # lines of the block of a signer whose column stands on the left
_IN_BLOCK = frozenset({Role.AUTHORITY, Role.POST, Role.CAPITALS, Role.MARK, Role.DOTS, Role.RANK, Role.NAME})


def list_start(document: SourceDocument, filing: int) -> int:
    """The first of the short bulleted items that stand right above a filing entry, below the body's last sentence."""
    lines = document.lines
    index = filing
    while index > 0 and filing - index < _MOST_ITEMS:
        line = lines[index - 1]
        if (
            role_at(document, index - 1) is not Role.ITEM
            or line.end - line.start > LONGEST
            or line.column is not lines[filing].column
        ):
            break
        index -= 1
    before = document.of(lines[index - 1]).rstrip("*_ ") if index else "."
    return index if before.endswith((".", "./")) else filing


def signature_start(document: SourceDocument, start: int) -> int:
    """The first line of a signature that opens with a post: its unit above it, another signer's block beside it."""
    lines = document.lines
    if role_at(document, start) not in (Role.AUTHORITY, Role.POST) or start == 0:
        return start
    before = lines[start - 1]
    if before.column is lines[start].column and is_unit_line(document, before):
        return start - 1
    if role_at(document, start - 1) is Role.NAME and are_over_their_posts(document, start - 1):
        return start - 1
    if role_at(document, start - 1) is Role.NAME and _is_below_its_unit(document, start - 1):
        return start - 2
    if before.column is Column.FULL or lines[start].column is not Column.RIGHT:
        return start
    first = start
    while first > 0 and start - first < _BESIDE and lines[first - 1].column is not Column.FULL:
        first -= 1
    block = range(first, start)
    if role_at(document, start - 1) is Role.NAME and all(role_at(document, i) in _IN_BLOCK for i in block):
        return first
    return start


def _is_below_its_unit(document: SourceDocument, name: int) -> bool:
    """`P. CÔNG NGHỆ THÔNG TIN` / `Lê Thị Mai` over `GIÁM ĐỐC`: the unit's signer stands above the one who leads, below a sentence."""
    lines = document.lines
    if name < 2 or lines[name].column is not lines[name - 1].column:
        return False
    unit, above = lines[name - 1], document.of(lines[name - 2]).rstrip("*_ ")
    known = document.signs(lines[name]).likeness is NameLikeness.FULL
    return known and is_unit_line(document, unit) and above.endswith((".", "./"))
