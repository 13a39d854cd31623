"""The header of a text without geometry: its lines cut before the motto, the place and the date (ô 1-5)."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.gazetteer import words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import is_type_name
from vnadmin.genre.header_line import holds, starts_with
from vnadmin.genre.landmarks import BEFORE_PLACE, address_label_end, date_line_start, is_number_line, subject_label
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.motto import printed_motto
from vnadmin.layout.flow.columns.cutting import (
    GAP,
    Cut,
    Parts,
    Region,
    has_left,
    in_order,
    is_free,
    parts_at,
    widened,
    widest_gap,
)
from vnadmin.layout.flow.raw import RawLine, is_rule
from vnadmin.text.dates import FULL_DATE
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_COLUMN = 90  # characters of a line in one column
_JOINED = 130  # of two lines of a subject that were cut inside a date
_DATE = pattern(FULL_DATE)
_LABEL = 8  # characters within which the colon of `Số:` stands
_HEADER_LINES = 16  # the header is over after so many lines under its motto
# What stands under the header across the whole page, beside `Kính gửi` and the grounds: "Điều 1. ...", "Điều 5 Luật ...".
# Bullets and numbers may stand in its left column ("V/v: 1. ...").
_BODY = frozenset({MarkerKind.HEADING, MarkerKind.PROVISION})


def split_header(text: str, edge: int = 0, *, dated: bool = False) -> Parts | None:
    """Cut a header line before its right part: the motto, `Độc lập`, the place before `, ngày`, or after a gap.

    Args:
        text: the line, its tabs as blanks.
        edge: where the motto stands; a gap that ends far to the left of it parts no columns ("Số:       /UBND-VX").
        dated: the date stands above; another one is a subject's: "khu nhà A từ ngày 4/11/2019".
    """
    motto = printed_motto(text)
    if motto:
        return parts_at(text, motto.start)
    date = -1 if dated else date_line_start(text)
    if date >= 0:
        at = _place_start(text, date)
        return parts_at(text, at) if at >= 0 else None
    gap = widest_gap(text)
    if not gap or gap < edge * 0.6 or text[gap] in "/-–":
        return None
    return parts_at(text, gap)


def header_region(lines: Sequence[RawLine], index: int, low: int) -> Region | None:
    """The header around the line that holds the motto."""
    start = index
    while start > low and index - start < 5 and _above_motto(lines[start - 1]):
        start -= 1
    cuts: list[Cut] = []
    end = index  # after the last line that surely belongs to the header
    dated = subject = False
    edge = _motto_start(lines[index].text)
    for position in range(start, min(len(lines), index + _HEADER_LINES)):
        line = lines[position]
        if not is_free(line):
            break
        text = widened(line.text)
        parts = None if is_rule(text) else split_header(text, edge, dated=dated)
        most = 50 if text.rstrip().endswith((":", ".", ";")) else _JOINED if subject and _is_joined(text) else _COLUMN
        long = parts is None and len(text.strip()) > most
        if position > index and (long or _is_body(parts.left if parts else text)):
            break
        goes_on = subject and not is_type_name(text)  # "V/v phòng, chống dịch" / "COVID-19"
        if position > index and parts is None and not goes_on and _is_title(lines, position, cuts, dated):
            break
        cuts.append(Cut(line, text, parts))
        subject = _in_subject(cuts[-1], subject)
        if parts and (parts.left or not dated or subject):
            dated = dated or date_line_start(parts.right) >= 0
            end = position + 1
        elif dated and (subject or _is_number(text)):
            end = position + 1
        elif dated and text.strip() and not is_rule(text):
            break
    return Region(start, end, in_order(cuts[: end - start])) if has_left(cuts[: end - start]) else None


def _motto_start(text: str) -> int:
    """Where the right column begins, as far as the line of the motto tells."""
    text = widened(text)
    motto = printed_motto(text)
    start = motto.start if motto else 0
    return start if text[:start].endswith("   ") else 0


def _is_title(lines: Sequence[RawLine], position: int, cuts: Sequence[Cut], dated: bool) -> bool:
    """Whether a line in capitals is the type of the document: it stands under the date, or under a blank or a rule."""
    text = lines[position].text
    if not in_capitals(text) or _is_number(text):
        return False
    return dated or (is_rule(cuts[-1].text) and not _number_comes(lines, position))


def _number_comes(lines: Sequence[RawLine], position: int) -> bool:
    """The number stands within a few lines: `SỞ GIÁO DỤC VÀ ĐÀO TẠO` under a blank line is an agency, and no title."""
    return any(_is_number(GAP.split(widened(line.text).strip())[0]) for line in lines[position + 1 : position + 5])


def _above_motto(line: RawLine) -> bool:
    """A line that may stand above the motto in the left column."""
    return is_free(line) and 0 < len(line.text.strip()) <= 80 and not _is_body(line.text)


def _is_body(text: str) -> bool:
    """A line that stands under the header across the whole page."""
    text = text.strip(" \t*+-")
    if not text[:1].isupper():
        return False
    folded = fold(text)
    return (
        address_label_end(folded) > 0
        or starts_with(folded, "preamble")
        or (starts_with(folded, "opener") and not in_capitals(text))
        or marker_of_text(text, _BODY) is not None
    )


def _is_joined(text: str) -> bool:
    """Whether a line of a subject is two, put together at their date, and no sentence of the body."""
    folded = fold(text)
    return _DATE.search(folded) is not None and not (text.lstrip()[:1].isupper() and holds(folded, "sentence"))


def _in_subject(cut: Cut, before: bool) -> bool:
    """Whether a line is of the `V/v ...` under the number, which runs on to a blank line; `before`: whether the one above is."""
    text = (cut.parts.left if cut.parts else cut.text).strip()
    label = subject_label(fold(text))
    if label and not label.is_about:
        return True
    numbered = _is_number(text) and ":" in text[:_LABEL]  # "Số: 12/UBND", and not "số 17/2026/NĐ-CP của Chính phủ"
    return before and 0 < len(text) <= _JOINED and not numbered


def _place_start(text: str, date: int) -> int:
    """Where the place name before `, ngày` begins: after a gap, or after the last word that is no part of a name.

    -1 where no name stands there, so that this is no line of place and date: `Nghị quyết số 76/... ngày 14 ...`.
    """
    gaps: list[int] = [match.end() for match in GAP.finditer(text[:date] + "x") if text[match.end()] not in "/-–"]
    if gaps and (_is_number(text) or any(map(str.isalpha, text[gaps[-1] : date]))):
        return gaps[-1]  # also "Số: 12/UBND-VX     , ngày   tháng", where the place was left blank
    head = text[:date].rstrip()
    if not head:
        return date
    head = head.rstrip(",. ")
    start = at = len(head)
    while at > 0:
        at = head.rfind(" ", 0, at) + 1
        word = head[at:start].split(" ")[0]
        name = head[:at].rstrip()
        opening = len(word) - len(word.lstrip(BEFORE_PLACE))
        if not _place_word(word[opening:]) and not _ends_a_name(word, name):
            break
        start = at + opening
        at = 0 if opening else len(name)
    while start < len(head) and head[start] in " -–":
        start += 1
    return start if start < len(head) else -1


def _ends_a_name(word: str, before: str) -> bool:
    """`nội`, a word typed small behind a capital: "Hà nội, ngày ..."; not "tại Lèn Mỏ xã" before "Hà Nội, ngày ..."."""
    first = before[before.rfind(" ") + 1 :]
    small = word.isalpha() and word.islower() and word not in words_where("header_words", "kind", "unit")
    return small and first.istitle() and first.isalpha()


_JOINT = pattern(r"[-–.]")


def _place_word(word: str) -> bool:
    """`Bà`, `Rịa`, `-`, `TP.`, `Tp.HCM`, `Hà-Nội`; not `12/QĐ-UBND`, `UBND`."""
    if "/" in word:
        return False
    if word in {"-", "–"} or word.upper().startswith(("TP", "T.P")):
        return True
    pieces = [piece for piece in _JOINT.split(word) if piece]
    return bool(pieces) and all(piece[0].isupper() and (len(piece) == 1 or piece[1:].islower()) for piece in pieces)


def _is_number(text: str) -> bool:
    return is_number_line(text.strip(), fold(text.strip()))
