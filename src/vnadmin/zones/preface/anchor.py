"""Finds where a header begins: below a mail's greeting, a site's menu, a gazette's heading or a stamp that stand above it."""

from __future__ import annotations

from collections.abc import Sequence, Set

from vnadmin.genre.header_line import HeaderKind, mark_of
from vnadmin.genre.landmarks import number_label
from vnadmin.genre.post_and_authority import opens_signature
from vnadmin.layout.furniture_line import gazette_name, is_gazette_issue, is_gazette_place, is_page_number
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.header import Header
from vnadmin.zones.preface.kinds import Kinds
from vnadmin.zones.preface.type_line import is_type_line

_REACH = 40  # a document whose first sign of a header stands later has none
_CORE = frozenset({HeaderKind.MOTTO, HeaderKind.NUMBER, HeaderKind.PLACE_DATE})
_TOGETHER = 12  # lines within which two signs of a header stand
_ISSUER_LINES = 3  # from an issuer's name to the next sign of its header
# "Số: 7781", "Ngày: 22/10/2024", "Giờ: 8h00", "Chuyển: Đ/c Hà", "Lưu hồ sơ số: 12", "Số và ký hiệu HS: ..." (NĐ 30/2020, PL IV)
_DAY = r"ngày(?: đến)? ?[:.…]* ?\d{1,2} ?[/.-]"
_STAMP = pattern(
    rf"số(?: đến)? ?[:.… ]*+\d{{1,6}}(?:\W*$| {_DAY})|{_DAY}|giờ ?[:.…\d]|(?:kính )?chuyển ?:|lưu hồ sơ số|số và ký hiệu hs"
)
_DESK = pattern(r"(?:kính )?chuyển *+(?::|$)")  # of a stamp whose `ĐẾN` is lost
_FIGURES = pattern(r"(?:số(?: đến)?)? ?[:.… ]*+\d{1,6}(?:\W*$| ngày )")
_STAMP_LINES = 6
_ISSUE_LINES = 3  # "Số 15 + 16", "Ngày 10-8-2021" and a page number under a gazette's name
_ARRIVED = "đến"  # every mark of arrival holds it: "CÔNG VĂN ĐẾN"


def find_anchor(document: SourceDocument, lines: Sequence[Line], kinds: Kinds, strange: Set[int]) -> int | None:
    """The first line that only a header has; None where the body begins before one comes. `strange` lines are of none."""
    probe = Header(document, tuple(lines), kinds, 0)
    body = 0
    for position, line in enumerate(lines[:_REACH]):
        kind = kinds.at(position)
        if position in strange:
            continue
        if kind in _CORE:
            if _is_sites_title(document, line, kind) and (
                _comes_again(kinds, position, kind) or _is_small(probe, position)
            ):
                continue
            return position
        if kind is HeaderKind.ADDRESS:
            if _header_comes(document, lines, kinds, position):
                continue  # "Kính gửi anh chị, em gửi văn bản bên dưới." over the document that is sent
            return None if body else position
        body += kind in (HeaderKind.BODY, HeaderKind.PREAMBLE)
        if body > 2:
            return None  # a page from the middle of a document
        middle = line.column is Column.RIGHT and probe.right_is_middle
        if is_type_line(document, line, kind, bare_head=True, right_is_middle=middle) and not probe.motto_comes(
            position
        ):
            return position
    return None


def find_arrival_stamp(document: SourceDocument, lines: Sequence[Line]) -> frozenset[int]:
    """The lines under `CÔNG VĂN ĐẾN` that are the receiving office's: its number, day and desk."""
    found: set[int] = set()
    left = 0
    for position, line in enumerate(lines[:_REACH]):
        folded = document.folded_of(line)
        mark = mark_of(document.of(line), folded) if _ARRIVED in folded else None
        if mark is not None and mark[0] == "arrival":
            left = _STAMP_LINES
        elif "chuyển" in folded and _DESK.match(folded) and _is_stamps_number(document, lines, position + 1):
            found.update((position, position + 1))
            left = _STAMP_LINES
        elif position in found:
            continue
        elif left and _STAMP.match(folded):
            found.add(position)
            left -= 1
        else:
            left = 0
    return frozenset(found)


def find_gazette(document: SourceDocument, lines: Sequence[Line], kinds: Kinds) -> frozenset[int]:
    """The lines of a gazette's heading: `CÔNG BÁO` / `TỈNH HẢI MINH` / `Số 15 + 16` / `Ngày 10-8-2021`; it issues nothing."""
    found: set[int] = set()
    for position, line in enumerate(lines[:_REACH]):
        words = document.bare_of(line)
        if position in found or "cong bao" not in words:
            continue
        named = gazette_name(words)
        if not named:
            if words.startswith("cong bao") and is_gazette_issue(words):
                found.add(position)
            continue
        below = position + 1
        if below + 1 < len(lines) and is_gazette_place(document.bare_of(lines[below])):
            below += is_gazette_issue(document.bare_of(lines[below + 1]))
        end = below
        while end < min(below + _ISSUE_LINES, len(lines)) and _tells_issue(document, lines[end]):
            end += 1
        above = all(kinds.at(other) in (HeaderKind.MOTTO, HeaderKind.RULE) for other in range(position))
        opens = above and end < len(lines) and kinds.at(end) is not HeaderKind.NUMBER
        if document.signs(line).capitals and (opens or end - below > 1):
            found.update(range(position, end))
    return frozenset(found)


def _tells_issue(document: SourceDocument, line: Line) -> bool:
    return is_gazette_issue(words := document.bare_of(line)) or is_page_number(words)


def _is_stamps_number(document: SourceDocument, lines: Sequence[Line], position: int) -> bool:
    """`Số: 445` under `Kính chuyển: Phòng Nội vụ`, where the document has a number of its own: `Số: 12/BC-UBND`."""
    if not any(_FIGURES.match(document.folded_of(line)) for line in lines[position : position + 1]):
        return False
    others = (*lines[: position - 1], *lines[position + 1 : _REACH])
    return any("/" in document.of(line) and number_label(document.folded_of(line)) for line in others)


def _is_sites_title(document: SourceDocument, line: Line, kind: HeaderKind) -> bool:
    """A line that may be a site's own: `Công văn số: 5452/TCHQ-GSQL V/v ...`, `Thông báo nghỉ học ngày 26/11/2018`."""
    if line.column is not Column.FULL:
        return False
    label = number_label(document.folded_of(line))
    return kind is HeaderKind.PLACE_DATE or (label is not None and label.type_end > label.type_start)


def _is_small(probe: Header, position: int) -> bool:
    """A title all in small letters, as sites write addresses, over a type line in capitals."""
    if not probe.shown(position).islower():
        return False
    return any(
        probe.is_upper(below) and is_type_line(probe.document, probe.lines[below], probe.kind(below), bare_head=True)
        for below in probe.below(position, _ISSUER_LINES)
    )


def _comes_again(kinds: Kinds, position: int, kind: HeaderKind) -> bool:
    """Another number or date comes with the motto, and no part of a body before it."""
    following = list(kinds.after(position, _TOGETHER * 2))
    for offset, below in enumerate(following):
        if below in (HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ADDRESS):
            return False
        if below is kind:
            return HeaderKind.MOTTO in following[max(0, offset - _TOGETHER) : offset + _ISSUER_LINES]
    return False


def _header_comes(document: SourceDocument, lines: Sequence[Line], kinds: Kinds, position: int) -> bool:
    """A whole header stands below a greeting, and no end of a letter between the two."""
    signed = 0
    for offset in range(position + 1, min(position + _REACH, len(lines))):
        kind = kinds.at(offset)
        if kind in _CORE:
            found = {kind, *(k for k in kinds.after(offset, _TOGETHER) if k in _CORE)}
            return len(found) > 1 and (not signed or offset - signed <= _ISSUER_LINES)
        shown = document.of(lines[offset])
        if document.signs(lines[offset]).label_end >= 0:
            return False
        if len(shown) < 80 and opens_signature(shown):
            signed = signed or offset  # "GIÁM ĐỐC" over a name; "THỦ TƯỚNG CHÍNH PHỦ" over a number issues
    return False
