"""The end of a text without geometry: recipients on the left, signatures on the right, or signatures side by side."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.bullet import bullet_end, bullets
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import may_hold_label, opens_filing
from vnadmin.genre.motto import Motto, may_hold_motto, printed_motto
from vnadmin.genre.person_name import NameLikeness, has_name_shape, name_at_end, name_likeness
from vnadmin.genre.post_and_authority import opens_signature
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.columns.cutting import (
    GAP,
    PIECE,
    Cut,
    Parts,
    Region,
    in_order,
    indented,
    is_free,
    parts_at,
    widened,
    widest_gap,
)
from vnadmin.layout.flow.raw import RawLine, is_rule
from vnadmin.layout.page import Column
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern

_END_LINES = 80
_THREE = 3  # signatures side by side
_AFTER_STOP = pattern(r"(?<=[;.,:])\s++(?=\S)")  # "- Như trên; KT. CHỦ TỊCH"


def split_end(text: str, edge: int = 0) -> Parts | None:
    """Cut a line of the end before the signature: after a gap, or before `TM.`, `KT. CHỦ TỊCH` and the like.

    Args:
        text: the line, its tabs as blanks.
        edge: where the right column began on lines above; "- Lưu:     VT, TH" has a gap and no right part.
    """
    gap = widest_gap(text)
    if gap and gap >= edge * 0.6 and not _is_label_only(text[:gap].strip()):
        return parts_at(text, gap)
    if gap:
        return None
    stripped = text.strip()
    start = line_signs(text).label_end if may_hold_label(text) else -1
    if start < 0 and not _is_item(stripped):
        return None
    if start >= 0 and in_capitals(text[start:]):  # "Nơi nhận: TM. ỦY BAN NHÂN DÂN"
        return parts_at(text, start)
    if not any(map(str.islower, text[-3:])):  # "TM.": no signature is shorter
        for stop in _AFTER_STOP.finditer(text, max(start, 0)):
            if opens_signature(text[stop.end() :]):  # capitals run to the end of the line
                return parts_at(text, stop.end())
    if not _is_filing(stripped):
        return None
    name = name_at_end(text, fold(text))
    return parts_at(text, name) if name and text[:name].rstrip().endswith((".", ")")) else None


def _is_item(text: str) -> bool:
    """ "- Như trên;", "Lưu: VT."."""
    return text[:1] in bullets() or opens_filing(text)


def _is_filing(text: str) -> bool:
    """ "- Lưu: VT, TCCC.(Ngân)"."""
    return opens_filing(text[bullet_end(text) :])


def _is_label_only(text: str) -> bool:
    """ "- Lưu:", before a blank that parts no columns: "- Lưu:      VT"."""
    return bare(text.lstrip("".join(bullets()) + " ")).rstrip(" :") in ("", "luu")


def end_region(lines: Sequence[RawLine], index: int, low: int) -> Region | None:
    """Recipients on the left with signatures on the right, from the line `Nơi nhận` on."""
    start = index
    while start > low and index - start < 4 and _right_above(lines[start - 1]):
        start -= 1
    while start < index and not lines[start].text.strip():
        start += 1
    cuts: list[Cut] = []
    end, blanks, edge = index, 0, 0
    signed = open_item = filed = False
    for position in range(start, min(len(lines), index + _END_LINES)):
        line = lines[position]
        if not is_free(line) or blanks > 12 or _is_header(line.text):
            break
        text = widened(line.text)
        stripped = text.strip()
        if not stripped or is_rule(text):
            cuts.append(Cut(line, "", None))
            blanks += 1
            continue
        if filed and _opens_three(stripped):
            break
        parts = split_end(text, edge) or indented(text, edge)
        below = filed and (opens_signature(stripped) or _is_name(stripped))
        if parts is None and position > index and not _is_item(stripped) and (blanks or not open_item or below):
            if not signed or edge or not (in_capitals(stripped) or stripped[0] == "(" or _is_name(stripped)):
                break
            parts = Parts("", stripped, 0, False)  # single blanks: under the last item stands what was on its right
        if parts:
            signed = True
            if parts.gap:
                edge = min(edge or parts.at, parts.at)
        left = parts.left if parts else stripped
        if left:
            filed = _is_filing(left)
            open_item = not left.endswith((";", ".", ":"))
        blanks = 0
        cuts.append(Cut(line, text, parts))
        end = position + 1
    return Region(start, end, in_order(cuts[: end - start])) if signed else None


def _opens_three(text: str) -> bool:
    """`NGƯỜI LẬP BIỂU      KẾ TOÁN TRƯỞNG      GIÁM ĐỐC` below the list: three signatures, and none of them beside it."""
    pieces = PIECE.findall(text)
    return len(pieces) == _THREE and all(map(in_capitals, pieces))


def _is_header(text: str) -> bool:
    """The motto of what follows the end: a copy's own header over `SAO Y`, an appendix's."""
    motto = printed_motto(widened(text)) if may_hold_motto(text) else None
    return motto is not None and motto.kind in (Motto.STATE, Motto.PARTY)


def _right_above(line: RawLine) -> bool:
    """A line of the signature that stands above `Nơi nhận`, because the signature is set higher; or a blank one."""
    if not is_free(line):
        return False
    text = widened(line.text)
    return not text.strip() or (in_capitals(text) and indented(text, 0) is not None)


def _is_name(text: str) -> bool:
    return has_name_shape(text) or name_likeness(text) is not NameLikeness.NONE


def two_signatures(lines: Sequence[RawLine], index: int) -> Region | None:
    """Two signatures side by side without `Nơi nhận`: minutes, contracts, joint circulars."""
    cuts: list[Cut] = []
    end, both, edge = index, 0, 0
    for position in range(index, min(len(lines), index + 24)):
        line = lines[position]
        if not is_free(line):
            break
        text = widened(line.text)
        if not text.strip() or is_rule(text):
            cuts.append(Cut(line, "", None))
            continue
        gaps = list(GAP.finditer(text))
        parts = parts_at(text, gaps[0].end()) if len(gaps) == 1 else None if gaps else indented(text, 0)
        if (position == index and not (parts and parts.left)) or line_signs(text).label_end >= 0 or len(gaps) > 1:
            break
        cuts.append(Cut(line, text, parts))
        if parts is None:  # "GIÁM ĐỐC SỞ Y TẾ" alone on the left, under "PHÊ DUYỆT      GIÁM ĐỐC"
            if not _stands_left(text, edge):
                break
            continue
        if parts.left:
            both, edge = both + 1, parts.at
        end = position + 1
    return Region(index, end, in_order(cuts[: end - index])) if both > 1 else None


def _stands_left(text: str, edge: int) -> bool:
    """Whether a line without a gap is of the left signature: a post or a name that ends before the right one begins."""
    stripped = text.strip()
    is_signed = in_capitals(stripped) or stripped[0] == "(" or _is_name(stripped)
    return is_signed and len(text.rstrip()) < edge and not _is_header(text)


def three_signatures(lines: Sequence[RawLine], index: int) -> Region | None:
    """Three signatures side by side: `NGƯỜI GIAO      NGƯỜI NHẬN      XÁC NHẬN CỦA UBND XÃ`."""
    starts = [match.start() for match in PIECE.finditer(widened(lines[index].text))]
    columns: tuple[list[RawLine], ...] = ([], [], [])
    end = index if len(starts) == len(columns) else len(lines)
    for position in range(end, min(len(lines), index + 24)):
        line = lines[position]
        pieces = list(PIECE.finditer(widened(line.text)))
        if not is_free(line) or len(pieces) > len(columns) or (len(pieces) == 1 and pieces[0].start() < starts[1] // 2):
            break
        for piece in pieces:
            nearest = min(range(len(columns)), key=lambda n: abs(starts[n] - piece.start()))
            column = Column.RIGHT if nearest else Column.LEFT
            first = not columns[nearest]
            columns[nearest].append(line._replace(text=piece[0], column=column, starts_paragraph=first))
            end = position + 1
    return Region(index, end, [line for column in columns for line in column]) if len(columns[2]) > 1 else None
