"""Looks at what follows a line of a possible signature: a name or a mark soon, or the rest of a stamp."""

from __future__ import annotations

from vnadmin.genre.closing_line import LONGEST, Role, mark_end
from vnadmin.genre.line_text import after_emphasis
from vnadmin.genre.marker import MarkerKind, marker_of
from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.layout.furniture_line import is_stamp as is_stamp_line
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.attachments import begins_attachment, is_title
from vnadmin.zones.conclusions.evidence import Roles

_LOOK_AHEAD = 8
_SENTENCE_END = pattern(r"[.;:,?!]['\")]*+$")
_STAMP_LINES, _STAMP_WIDTH = 12, 50
# "thptsonhai@sonhai.edu.vn", "+07:00", "08.05.2024", "14:02:11"
_OF_A_STAMP = pattern(r"@|\w\.\w+\.\w|\+\d\d:\d\d|\d\d:\d\d:\d\d")
# Headings and references open a line of the body, whatever follows; other markers were turned away as items.
_OF_A_BODY = frozenset({MarkerKind.HEADING, MarkerKind.PROVISION})


def is_signed_soon(roles: Roles, index: int) -> bool:
    """Whether a name or a mark follows within a few lines."""
    document = roles.document
    lines = document.lines
    for later in range(index + 1, min(len(lines), index + _LOOK_AHEAD)):
        line = lines[later]
        if line.end - line.start > LONGEST or begins_attachment(document, later):
            return False
        what = roles.of(later)
        if what is Role.OTHER and mark_end(document.bare_of(line)):
            return True  # "Đã ký: Trần Văn An"
        if what in (Role.OTHER, Role.CAPITALS) and not line_may_continue(document, line):
            return False
        if (what is Role.NAME and name_likeness(document.of(line)) >= NameLikeness.CAPITALS) or what is Role.MARK:
            return True
        if what in (Role.ITEM, Role.FILING, Role.LABEL):
            return False
    return False


def is_over_last_name(roles: Roles, index: int) -> bool:
    """Whether under a line stands one name in full, a mark or a rank before it, and nothing more of the column: that line is a post."""
    lines = roles.document.lines
    post, below = lines[index], index + 1
    while below < len(lines) and (
        roles.of(below) in (Role.MARK, Role.RANK) or is_stamp_line(roles.document.bare_of(lines[below]))
    ):
        below += 1
    if below == len(lines) or roles.of(below) is not Role.NAME or lines[below].column is not post.column:
        return False
    if any(map(str.isdigit, roles.document.of(post))):
        return False  # "3 HIỂU TRỤ": what a seal left of a post
    if lines[below].page != post.page or name_likeness(roles.document.of(lines[below])) is not NameLikeness.FULL:
        return False
    after = below + 1
    return after == len(lines) or lines[after].column is not post.column or begins_attachment(roles.document, after)


def is_stamp(roles: Roles, index: int, line: Line) -> bool:
    """Scraps of a digital signature's stamp, up to the name that stands under it and ends the column."""
    document = roles.document
    lines = document.lines
    if line.column is not Column.RIGHT:
        return False
    scraps = [line]
    for later in range(index + 1, min(len(lines), index + _STAMP_LINES)):
        below = lines[later]
        if below.column is not Column.RIGHT or below.page != line.page or below.end - below.start > _STAMP_WIDTH:
            return False
        if roles.of(later) is Role.NAME and name_likeness(document.of(below)) is NameLikeness.FULL:
            ends = later + 1 == len(lines) or lines[later + 1].column is not Column.RIGHT
            return ends and any(_OF_A_STAMP.search(document.text, one.start, one.end) for one in scraps)
        scraps.append(below)
    return False


def line_may_continue(document: SourceDocument, line: Line) -> bool:
    """Whether a line that is neither post nor name may stand inside a signature: words, no figure, no sentence."""
    text = document.of(line)
    if text[0].isdigit() or text[0] == "(" or _SENTENCE_END.search(text) or not any(c.isalpha() for c in text):
        return False
    return not is_title(document, line) and marker_of(after_emphasis(document.line_text(line)), _OF_A_BODY) is None
