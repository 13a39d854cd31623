"""Looks at what follows a line of a possible signature: a name or a mark soon, or the rest of a stamp."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import LONGEST, Role, mark_end
from vnadmin.genre.line_text import after_emphasis
from vnadmin.genre.marker import MarkerKind, marker_of
from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.genre.post_and_authority import is_cut_post, is_unit
from vnadmin.layout.furniture_line import is_stamp as is_stamp_line
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.attachments import begins_attachment, is_title
from vnadmin.zones.conclusions.evidence import Signed, role_at

BELOW_POSTS = frozenset({Role.NAME, Role.MARK, Role.DOTS, Role.RANK})
_POSTS = frozenset({Role.AUTHORITY, Role.POST, Role.CAPITALS})
_FURTHER = 6  # lines from a sign to what stands under its signer
_LOOK_AHEAD = 8
_SENTENCE_END = pattern(r"[.;:,?!]['\")]*+$")
_STAMP_LINES, _STAMP_WIDTH = 12, 50
# "thptsonhai@sonhai.edu.vn", "+07:00", "08.05.2024", "14:02:11"
_OF_A_STAMP = pattern(r"@|\w\.\w+\.\w|\+\d\d:\d\d|\d\d:\d\d:\d\d")
# Headings and references open a line of the body, whatever follows; other markers were turned away as items.
_OF_A_BODY = frozenset({MarkerKind.HEADING, MarkerKind.PROVISION})


def is_signed_soon(document: SourceDocument, index: int) -> bool:
    """Whether a name or a mark follows within a few lines."""
    lines = document.lines
    for later in range(index + 1, min(len(lines), index + _LOOK_AHEAD)):
        line = lines[later]
        if line.end - line.start > LONGEST or begins_attachment(document, later):
            return False
        what = role_at(document, later)
        if what is Role.OTHER and mark_end(document.bare_of(line)):
            return True  # "Đã ký: Trần Văn An"
        if what in (Role.OTHER, Role.CAPITALS) and not line_may_continue(document, line):
            return False
        if (what is Role.NAME and document.signs(line).likeness >= NameLikeness.CAPITALS) or what is Role.MARK:
            return True
        if what is Role.NAME and later == index + 1 and line.column is lines[index].column is Column.RIGHT:
            return True  # a family name that no table knows, right under a post of its own column
        if what in (Role.ITEM, Role.FILING, Role.LABEL):
            return False
    return False


def is_over_last_name(document: SourceDocument, index: int) -> bool:
    """Whether under a line stands one name in full, a mark or a rank before it, and nothing more of the column: that line is a post."""
    lines = document.lines
    post, below = lines[index], index + 1
    while below < len(lines) and (
        role_at(document, below) in (Role.MARK, Role.RANK) or is_stamp_line(document.bare_of(lines[below]))
    ):
        below += 1
    if below == len(lines) or role_at(document, below) is not Role.NAME or lines[below].column is not post.column:
        return False
    if any(map(str.isdigit, document.of(post))):
        return False  # "3 HIỂU TRỤ": what a seal left of a post
    if lines[below].page != post.page or name_likeness(document.of(lines[below])) is not NameLikeness.FULL:
        return False
    after = below + 1
    if after == len(lines) - 1 and role_at(document, after) is Role.DATE:
        return True  # "Hải Vân, ngày 20 tháng 02 năm 2025" under all signers of a record
    return after == len(lines) or lines[after].column is not post.column or begins_attachment(document, after)


def is_unit_line(document: SourceDocument, line: Line) -> bool:
    """Whether a line is the name of a unit in capitals."""
    return is_unit(document.of(line), document.folded_of(line))


def is_unit_over_last_name(document: SourceDocument, index: int) -> bool:
    """`GIÁM ĐỐC` / `Lê Văn Tám` / `P. CÔNG NGHỆ THÔNG TIN` / `Phan Thị Thoa`: whether another signer's unit stands below the first one."""
    return is_unit_line(document, document.lines[index]) and is_over_last_name(document, index)


def is_below_its_name(document: SourceDocument, index: int, signatures: Sequence[Signed], place: int) -> bool:
    """`Phan Thị Thoa` / `Giám đốc HTX`: whether a post in small letters stands right under a name, and nobody's name under it."""
    above = next((signed for signed in reversed(signatures) if signed.place == place), None)
    if above is None or above.role is not Role.NAME:
        return False
    if in_capitals(document.of(document.lines[index])):
        return signatures[0].role is Role.NAME
    return role_at(document, index + 1) not in BELOW_POSTS


def is_over_its_post(document: SourceDocument, index: int) -> bool:
    """Whether a name in full stands over its post: `Phan Thị Thoa` / `Giám đốc HTX`."""
    if role_at(document, index + 1) is not Role.POST or role_at(document, index + 2) in BELOW_POSTS:
        return False
    name, post = document.lines[index : index + 2]
    small = post.column is name.column and not document.signs(post).capitals
    return small and document.signs(name).likeness is NameLikeness.FULL


def are_over_their_posts(document: SourceDocument, index: int) -> bool:
    """Whether names stand over their posts to the end of a column: `Lê Văn Tám` / `THƯ KÝ` / `Phan Thị Thoa` / `CHỦ TỌA`."""
    lines = document.lines
    column: list[Role] = []
    while index < len(lines) and (not column or lines[index].column is lines[index - 1].column):
        column.append(role_at(document, index))
        index += 1
    if len(column) % 2 or any(what is not Role.NAME for what in column[::2]):
        return False
    return bool(column) and all(what is Role.POST for what in column[1::2])


def name_or_post(document: SourceDocument, index: int, line: Line, signatures: Sequence[Signed]) -> Role:
    """`PHÓ TỔNG` over `GIÁM ĐỐC`, `MƯU TRƯỞNG` under `PHÓ TƯ LỆNH - THAM`: words of a post that look like a name in capitals."""
    if not document.signs(line).capitals:
        return Role.NAME
    plain = document.bare_of(line)
    above = signatures[-1].line if signatures and signatures[-1].line.index == index - 1 else None
    if above is not None and is_cut_post(document.bare_of(above), plain):
        return Role.CAPITALS
    below = document.lines[index + 1 : index + 2]
    return Role.POST if below and is_cut_post(plain, document.bare_of(below[0])) else Role.NAME


def heads_the_list(document: SourceDocument, index: int) -> bool:
    """A further signer whose name a seal hid, over the list's label: `KT. BỘ TRƯỞNG / THỨ TRƯỞNG / Nơi nhận:`."""
    later = (role_at(document, at) for at in range(index + 1, index + _FURTHER))
    return next((what for what in later if what not in _POSTS), None) is Role.LABEL


def is_stamp(document: SourceDocument, index: int, line: Line) -> bool:
    """Scraps of a digital signature's stamp, up to the name that stands under it and ends the column."""
    lines = document.lines
    if line.column is not Column.RIGHT:
        return False
    scraps = [line]
    for later in range(index + 1, min(len(lines), index + _STAMP_LINES)):
        below = lines[later]
        if below.column is not Column.RIGHT or below.page != line.page or below.end - below.start > _STAMP_WIDTH:
            return False
        if role_at(document, later) is Role.NAME and document.signs(below).likeness is NameLikeness.FULL:
            ends = later + 1 == len(lines) or lines[later + 1].column is not Column.RIGHT
            return ends and any(_OF_A_STAMP.search(document.text, one.start, one.end) for one in scraps)
        scraps.append(below)
    return False


def line_may_continue(document: SourceDocument, line: Line) -> bool:
    """Whether a line that is neither post nor name may stand inside a signature: words, no figure, no sentence."""
    text = document.of(line)
    if text[0].isdigit() or text[0] == "(" or _SENTENCE_END.search(text) or not any(c.isalpha() for c in text):
        return False
    return not is_title(document, line) and marker_of(after_emphasis(document.signs(line)), _OF_A_BODY) is None
