"""Cuts a line on which the list of recipients and the signature stand together into the pieces of each column."""

from __future__ import annotations

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import Role, mark_end, role
from vnadmin.genre.person_name import NameLikeness, capital_name_at_end, name_at_end, name_likeness
from vnadmin.genre.post_and_authority import authority_end, is_post, signs_within
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
_HUNG = pattern(r"(?<=[;.)])(?<!(?<!\p{L})[PQ]\.)\p{Lu}{2,}+$")  # "(báo cáo);PHÓ GIÁM ĐỐC" of cells that were joined
_JOINS = "-–&,"  # between the words of a post: "TRƯỞNG PHÒNG - THƯ KÝ"


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
    at = _second_part(document, line, listing, after_authority)
    if at is None:
        return [line]
    head_end = at
    while head_end > line.start and document.text[head_end - 1] == " ":
        head_end -= 1
    if head_end <= line.start:
        return [line]
    head = piece(line, line.start, head_end)
    tail = piece(line, at, line.end, Column.RIGHT if listing else None)
    return [*_pieces(document, head, listing, False), *_pieces(document, tail, False, False)]


def _second_part(document: SourceDocument, line: Line, listing: bool, after_authority: bool) -> int | None:
    """Where another part of the signature begins inside the line."""
    text, plain = document.text[line.start : line.end], document.bare[line.start : line.end]
    for at in signs_within(plain):
        tail = text[at:]
        if authority_end(tail, plain[at:]) and (in_capitals(tail) or not in_capitals(text[:at])):
            return line.start + at
    mark = _MARK.search(plain) if "ky" in plain or "da k" in plain else None
    if mark and (mark.end() == len(plain) or name_likeness(text[mark.end() :]) >= NameLikeness.CAPITALS):
        return line.start + int(mark.end()) - len(mark[0].lstrip())
    opening = mark_end(plain)
    if opening and 0 < opening < len(text) and name_likeness(text[opening:]) >= NameLikeness.CAPITALS:
        return line.start + opening  # "(Đã ký) Nguyễn Văn An"
    post = _post_tail(text, plain, behind_items=after_authority or listing)
    if post is not None:
        return line.start + post
    if listing:
        if after_authority:
            small = _small_post_tail(text, plain)
            if small is not None:
                return line.start + small
        return None
    name = name_at_end(text, document.folded[line.start : line.end])
    if (
        name
        and (in_capitals(text[:name]) or text[:name].rstrip().endswith(":"))
        and is_post(text[:name].rstrip(" :"), plain[:name].rstrip(" :"))
    ):
        return line.start + name  # "GIÁM ĐỐC Nguyễn Văn An"
    return None


def _post_tail(text: str, plain: str, *, behind_items: bool) -> int | None:
    """A post in capitals after words that are not: "- Sở Nội vụ; PHÓ CHỦ TỊCH"; in a list after capitals, too: "- HĐND; ..."."""
    last = text.rsplit(None, 1)[-1]
    if last.islower() or not (in_capitals(last) or last in _JOINS):  # nearly every line
        return None
    if ";" not in text and not any(map(str.islower, text)):  # a name or a post alone
        return None
    best: int | None = None
    for match in reversed(list(_WORDS.finditer(text))):
        hung = None if match[0] in _JOINS else _HUNG.search(match[0])
        if hung is None and not (in_capitals(match[0]) or match[0] in _JOINS):
            break
        start = match.start() + (hung.start() if hung else 0)
        if start and is_post(text[start:], plain[start:]):
            best = start
        if hung:
            break
    apart = best and (any(c.islower() for c in text[:best]) or (behind_items and text[:best].rstrip().endswith(";")))
    return best if apart else None


def _small_post_tail(text: str, plain: str) -> int | None:
    """A post of one to three words in small letters at the end of an item; `phó Thống đốc` is one by itself."""
    if is_post(text, plain):
        return None
    found = list(_WORDS.finditer(text))
    for count in (3, 2):
        if len(found) > count:
            start: int = found[-count].start()
            tail = text[start:]
            if not in_capitals(tail) and is_post(tail, plain[start:]) and len(tail) <= 20:
                return start
    return None


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
