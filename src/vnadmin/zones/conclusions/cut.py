"""Cuts a line on which the list of recipients and the signature stand together into the pieces of each column."""

from __future__ import annotations

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import Role, mark_end, role
from vnadmin.genre.flattened.end import cut_end
from vnadmin.genre.person_name import NameLikeness, capital_name_at_end, name_at_end, name_likeness
from vnadmin.genre.post_and_authority import is_post
from vnadmin.layout.page import Column, Line, SourceDocument, Span
from vnadmin.text.pattern import pattern

# Columns set with blanks: "- Như trên;          KT. CHỦ TỊCH".
_GAP = pattern(r"(?<=\S) {3,}+(?=\S)")
# "- Các Bộ, cơ quan ngang Bộ (Đã ký)", "CỤC TRƯỞNG (đã ký) Ngô Kim Khánh", "HIỆU TRƯỞNG [CHỜ KÝ]", "- Sở Tư pháp;  Đã ký: Ngô Kim Khánh"
_MARK = pattern(
    r"(?:(?<=\S) ++|(?<=[;.,)]))(?:[(\[](?:(?:da k[yi]|ky ten)[^()\[\]]{0,30}|(?:cho|chua) ky)[)\]]|da ky(?=[ *_.]*+$)|da ky(?= *+:))[ *_.:]*+"
)
# The number of the column that a line stands in; a line of a text set with blanks may have more than two.
PLACES = {Column.FULL: 0, Column.LEFT: 1, Column.RIGHT: 2}
_SIGNATURE = frozenset({Role.AUTHORITY, Role.POST, Role.MARK, Role.NAME, Role.CAPITALS, Role.DATE, Role.RANK})
_WORDS = pattern(r"\S+")


def piece(line: Line, start: int, end: int, column: Column | None = None) -> Line:
    """A part of a line as a line of its own."""
    words = tuple(w for w in line.words if w.start < end and w.end > start)
    return line._replace(start=start, end=end, words=words, column=column or line.column)


def cut(document: SourceDocument, line: Line, *, listing: bool, after_authority: bool) -> list[tuple[Line, int]]:
    """The pieces of a line from left to right, each with the number of its column; most lines are one piece.

    `listing`: the line stands in a list of recipients. `after_authority`: an authority was cut from the line
    before, so that a post in small letters may follow ("- VP Quốc hội thứ trưởng", fonts of 2003).
    """
    gaps = list(_GAP.finditer(document.text, line.start, line.end)) if "   " in document.of(line) else []
    if gaps and listing and not any(_is_signature(document, line, m.end()) for m in gaps):
        gaps = []  # a blank left for a figure: "- Lưu: VT, KTTH (    b)."
    place = PLACES[line.column]
    if not gaps:
        pieces = _pieces(document, line, listing, after_authority)
        return [(part, place if part.column is line.column else 2) for part in pieces]
    bounds = [line.start, *(m.end() for m in gaps)]
    ends = [*(m.start() for m in gaps), line.end]
    found: list[tuple[Line, int]] = []
    for number, (start, end) in enumerate(zip(bounds, ends, strict=True)):
        column = line.column
        if column is Column.FULL:
            column = Column.RIGHT if number else Column.LEFT
        part = piece(line, start, end, column)
        found.extend((p, max(place, 1) + number) for p in _pieces(document, part, listing, after_authority))
    return found


def _is_signature(document: SourceDocument, line: Line, start: int) -> bool:
    part = document.signs(Span(start, line.end))
    marked = mark_end(part.bare)
    return role(part) in _SIGNATURE or (marked > 0 and name_likeness(part.text[marked:]) >= NameLikeness.CAPITALS)


def _pieces(document: SourceDocument, line: Line, listing: bool, after_authority: bool) -> list[Line]:
    """A stretch without wide gaps, cut where the text itself shows that another part begins."""
    text, plain = document.of(line), document.bare_of(line)
    starts = _starts(text) or _mark_start(text, plain)
    if not starts and listing and after_authority:
        starts = _small_post_tail(text, plain)
    ends = [line.start + len(text[:at].rstrip(" ")) for at in (*starts, len(text))]
    column = Column.RIGHT if listing else None
    tails = [piece(line, line.start + at, end, column) for at, end in zip(starts, ends[1:], strict=True)]
    if starts and not starts[0]:
        return [tails[0]._replace(column=line.column), *tails[1:]]
    return [piece(line, line.start, ends[0]) if starts else line, *tails]


def _starts(text: str) -> list[int]:
    """Where the parts of a signature begin on a line that holds several, or one behind items: "- Sở Nội vụ; PHÓ CHỦ TỊCH"."""
    parts = cut_end(text)
    right = next((number for number, part in enumerate(parts) if part.right), len(parts))
    if len(parts) < 2 or right == len(parts):
        return []
    # "PHÂN ĐỘI TRƯỞNG", "PHÊ DUYỆT GIÁM ĐỐC SỞ Y TẾ": capitals without a stop may be one post, but for "... KT. CHỦ TỊCH"
    one = in_capitals(text) and ";" not in text
    return [part.start for part in parts[right:] if not one or part.kind is Role.AUTHORITY]


def _mark_start(text: str, plain: str) -> list[int]:
    """Where a mark begins that no bracket sets apart, or the name behind it: "Trần Văn An đã ký", "Đã ký: Trần Văn An"."""
    mark = _MARK.search(plain) if "ky" in plain or "da k" in plain else None
    if mark and (mark.end() == len(plain) or name_likeness(text[mark.end() :]) >= NameLikeness.CAPITALS):
        return [int(mark.end()) - len(mark[0].lstrip())]
    opening = mark_end(plain)
    named = 0 < opening < len(text) and name_likeness(text[opening:]) >= NameLikeness.CAPITALS
    return [opening] if named else []


def _small_post_tail(text: str, plain: str) -> list[int]:
    """A post of one to three words in small letters at the end of an item; `phó Thống đốc` is one by itself."""
    if is_post(text, plain):
        return []
    found = list(_WORDS.finditer(text))
    for count in (3, 2):
        if len(found) > count:
            start: int = found[-count].start()
            tail = text[start:]
            if not in_capitals(tail) and is_post(tail, plain[start:]) and len(tail) <= 20:
                return [start]
    return []


def name_tail(document: SourceDocument, line: Line) -> tuple[int, bool] | None:
    """Where a signer's name begins at the end of an item, and whether punctuation sets it apart."""
    text = document.text[line.start : line.end]
    start = name_at_end(text, document.folded[line.start : line.end])
    if start is None and document.signs(line).role is Role.FILING:
        start = capital_name_at_end(text)
    if start is None or start < 3:
        return None
    head = text[:start].rstrip()
    return line.start + start, head.endswith((";", ".", ")"))
