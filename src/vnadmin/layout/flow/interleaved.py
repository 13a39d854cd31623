"""Takes two-column lines apart by their words and blanks, and puts the left column before the right one.

Formats without geometry (text, .docx with tabs, .doc, .rtf, HTML with no-break spaces) print the header and the end
of a document as lines that hold a piece of each column: `Số: 12/UBND-VX      Sơn Dương, ngày 6 tháng 4 năm 2011`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vnadmin.genre.landmarks import DATE_LINE, NUMBER, RECIPIENTS, SIGNER, SUBJECT
from vnadmin.genre.motto import LIBERTY, MOTTO, MOTTO_SMALL
from vnadmin.layout.flow.raw import RawLine, is_rule
from vnadmin.layout.page import Column
from vnadmin.text.pattern import pattern

_LONGEST = 300  # characters; a line of the header or the end is shorter, blanks included
_TAB = " " * 8
_INDENT = 16  # blanks before a line of the right column that has nothing on its left
_COLUMN = 90  # characters of a line in one column
_HEADER_LINES = 16  # the header is over after so many lines under its motto
_END_LINES = 80
# Two columns are set apart by three blanks at least: "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI ..."
GAP = pattern(r"(?<=\S)(?: {3,}+| *+\t\s*+)(?=\S)")
_PIECE = pattern(r"\S++(?: {1,2}\S++)*+")  # what stands between gaps
# What stands under the header across the whole page.
_BODY = pattern(
    r"^[\s*+-]*(?:[kK][íÍ][nN][hH] (?:[gG][ửỬ][iI]|trình|chuyển)|Căn cứ|Điều \d|Thực hiện\b|Theo\b|Ngày \d)"
)
_ITEM = pattern(r"^\s*(?:[-–—+*•·]|L[ưƯ][uU]\b)")  # "- Như trên;", "Lưu: VT."
_FILING = pattern(r"^\s*+(?:[-–—+*•·]\s*+)?L[ưƯ][uU]\b")  # "- Lưu: VT, TCCC.(Ngân)"
_LABEL_ONLY = pattern(r"^\s*+(?:[-–—+*•·]\s*+)?(?:L[ưƯ][uU]\s*+:?\s*+)?$")  # "- Lưu:      VT"
# "- Lưu: VT, NC. Nguyễn Văn An": the signer's name on the same line
_FILED_NAME = pattern(r"^\s*[-–]?\s*Lưu\b[^;]*[.)] +(?P<name>(?:\p{Lu}\p{Ll}+ ){2,3}\p{Lu}\p{Ll}+)\s*$")


class Parts(NamedTuple):
    """A line cut in two. `at` is where the right part begins, 0 where there is none; `gap` says that blanks cut it."""

    left: str
    right: str
    at: int
    gap: bool


class _Cut(NamedTuple):
    """A line of a region with its tabs as blanks, and its parts if it was cut."""

    line: RawLine
    text: str
    parts: Parts | None


class _Region(NamedTuple):
    start: int
    end: int
    lines: list[RawLine]


def arrange(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines with two-column parts cut and set in reading order: all of the left column, then all of the right.

    Lines that already have a column or a cell, and everything outside a header or an end, stay as they are.
    """
    result: list[RawLine] = []
    done = 0
    for index, line in enumerate(lines):
        if index < done or not _free(line):
            continue
        region = _region(lines, index, done)
        if region:
            result += lines[done : region.start]
            result += region.lines
            done = region.end
    result += lines[done:]
    return result


def split_header(text: str, edge: int = 0) -> Parts | None:
    """Cut a header line before its right part: the motto, `Độc lập`, the place before `, ngày`, or after a gap.

    Args:
        text: the line, its tabs as blanks.
        edge: where the motto stands; a gap that ends far to the left of it parts no columns ("Số:       /UBND-VX").
    """
    mark = MOTTO.search(text) or LIBERTY.search(text)
    if mark:
        return _parts(text, mark.start())
    small = MOTTO_SMALL.search(text)
    if small:
        return _parts(text, small.start("motto"))
    date = DATE_LINE.search(text)
    if date:
        at = _place_start(text, date.start())
        return _parts(text, at) if at >= 0 else None
    gap = _widest_gap(text)
    if not gap or gap < edge * 0.6 or text[gap] in "/-–":
        return None
    return _parts(text, gap)


def split_end(text: str, edge: int = 0) -> Parts | None:
    """Cut a line of the end before the signature: after a gap, or before `TM.`, `KT. CHỦ TỊCH` and the like.

    Args:
        text: the line, its tabs as blanks.
        edge: where the right column began on lines above; "- Lưu:     VT, TH" has a gap and no right part.
    """
    gap = _widest_gap(text)
    if gap and gap >= edge * 0.6 and not _LABEL_ONLY.match(text[:gap]):
        return _parts(text, gap)
    if gap:
        return None
    label = RECIPIENTS.match(text) if "hận" in text or "HẬN" in text else None
    if not label and not _ITEM.match(text):
        return None
    start = label.end() if label else 0
    if label and text[start:].isupper():  # "Nơi nhận: TM. ỦY BAN NHÂN DÂN"
        return _parts(text, start)
    if not any(map(str.islower, text[-3:])):  # "TM.": no signature is shorter
        for match in SIGNER.finditer(text, start):
            # "- Như trên; KT. CHỦ TỊCH": the item has ended, and capitals run to the end of the line
            at = match.start()
            if text[:at].rstrip().endswith((";", ".", ",", ":")) and text[at:].isupper():
                return _parts(text, at)
    name = _FILED_NAME.match(text) if "Lưu" in text else None
    return _parts(text, name.start("name")) if name else None


def _free(line: RawLine) -> bool:
    return line.column is Column.FULL and line.cell is None and len(line.text) <= _LONGEST


def _region(lines: Sequence[RawLine], index: int, low: int) -> _Region | None:
    """The two-column region that this line opens; cheap tests first, since every line of a document comes here."""
    text = lines[index].text
    if ("CỘNG" in text or "CÔNG" in text or "CONG" in text) and MOTTO.search(text):
        return _header(lines, index, low)
    if ("ộng h" in text or "DÂN CHỦ C" in text) and MOTTO_SMALL.search(_wide(text)):
        return _header(lines, index, low)
    if "hận" in text or "HẬN" in text:
        return _end(lines, index, low) if RECIPIENTS.match(_wide(text)) else None
    if ("   " in text or "\t" in text) and text.isupper() and SIGNER.search(text):
        return _signatures(lines, index) or _three_signatures(lines, index)
    return None


# --- the header ------------------------------------------------------------------------------------------------


def _header(lines: Sequence[RawLine], index: int, low: int) -> _Region | None:
    """The header around the line that holds the motto."""
    start = index
    while start > low and index - start < 5 and _above_motto(lines[start - 1]):
        start -= 1
    cuts: list[_Cut] = []
    end = index  # after the last line that surely belongs to the header
    dated = False
    edge = _motto_start(lines[index].text)
    for position in range(start, min(len(lines), index + _HEADER_LINES)):
        line = lines[position]
        if not _free(line):
            break
        text = _wide(line.text)
        parts = None if is_rule(text) else split_header(text, edge)
        long = parts is None and len(text.strip()) > (50 if text.rstrip().endswith((":", ".", ";")) else _COLUMN)
        if position > index and (long or _BODY.match(text) or (parts is None and _is_title(text, cuts, dated))):
            break
        cuts.append(_Cut(line, text, parts))
        subject = _in_subject(cuts)
        if parts and (parts.left or not dated or subject):
            dated = dated or bool(DATE_LINE.search(parts.right))
            end = position + 1
        elif dated and (subject or NUMBER.match(text)):
            end = position + 1
        elif dated and text.strip() and not is_rule(text):
            break
    return _Region(start, end, _in_order(cuts[: end - start])) if _has_left(cuts[: end - start]) else None


def _motto_start(text: str) -> int:
    """Where the right column begins, as far as the line of the motto tells."""
    text = _wide(text)
    mark = MOTTO.search(text)
    small = None if mark else MOTTO_SMALL.search(text)
    start = mark.start() if mark else small.start("motto") if small else 0
    return start if text[:start].endswith("   ") else 0


def _is_title(text: str, cuts: Sequence[_Cut], dated: bool) -> bool:
    """Whether a line in capitals is the type of the document: it stands under the date, or under a blank or a rule."""
    return text.strip().isupper() and (dated or is_rule(cuts[-1].text))


def _above_motto(line: RawLine) -> bool:
    """A line that may stand above the motto in the left column."""
    return _free(line) and 0 < len(line.text.strip()) <= 80 and not _BODY.match(line.text)


def _in_subject(cuts: Sequence[_Cut]) -> bool:
    """Whether the last line is of the `V/v ...` under the number, which may run over several lines."""
    for cut in reversed(cuts):
        text = cut.parts.left if cut.parts else cut.text
        if SUBJECT.match(text):
            return True
        if not text.strip() or len(text.strip()) > 70 or text.lstrip()[:2].casefold() == "số":
            return False
    return False


def _place_start(text: str, date: int) -> int:
    """Where the place name before `, ngày` begins: after a gap, or after the last word that is no part of a name.

    -1 where no name stands there, so that this is no line of place and date: `Nghị quyết số 76/... ngày 14 ...`.
    """
    gaps: list[int] = [match.end() for match in GAP.finditer(text[:date] + "x")]
    if gaps and (NUMBER.match(text) or any(map(str.isalpha, text[gaps[-1] : date]))):
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
        if not _place_word(word) and not (word.isalpha() and word.islower() and _capital(name[name.rfind(" ") + 1 :])):
            break
        start = at
        at = len(name)
    while start < len(head) and head[start] in " -–":
        start += 1
    return start if start < len(head) else -1


def _capital(word: str) -> bool:
    """`Hà`, the first word of a name whose second is often typed small: "Hà nội, ngày ..."."""
    return word.istitle() and word.isalpha()


_JOINT = pattern(r"[-–.]")


def _place_word(word: str) -> bool:
    """`Bà`, `Rịa`, `-`, `TP.`, `Tp.HCM`, `Hà-Nội`; not `12/QĐ-UBND`, `UBND`."""
    if "/" in word:
        return False
    if word in {"-", "–"} or word.upper().startswith(("TP", "T.P")):
        return True
    pieces = [piece for piece in _JOINT.split(word) if piece]
    return bool(pieces) and all(piece[0].isupper() and (len(piece) == 1 or piece[1:].islower()) for piece in pieces)


# --- the end ---------------------------------------------------------------------------------------------------


def _end(lines: Sequence[RawLine], index: int, low: int) -> _Region | None:
    """Recipients on the left with signatures on the right, from the line `Nơi nhận` on."""
    start = index
    while start > low and index - start < 4 and _right_above(lines[start - 1]):
        start -= 1
    while start < index and not lines[start].text.strip():
        start += 1
    cuts: list[_Cut] = []
    end, blanks, edge = index, 0, 0
    signed = open_item = filed = False
    for position in range(start, min(len(lines), index + _END_LINES)):
        line = lines[position]
        if not _free(line) or blanks > 12:
            break
        text = _wide(line.text)
        stripped = text.strip()
        if not stripped or is_rule(text):
            cuts.append(_Cut(line, "", None))
            blanks += 1
            continue
        parts = split_end(text, edge) or _indented(text, edge)
        below = filed and _is_name(stripped)
        if parts is None and position > index and not _ITEM.match(text) and (blanks or not open_item or below):
            if not signed or edge or not (stripped.isupper() or stripped[0] == "(" or _is_name(stripped)):
                break
            parts = Parts("", stripped, 0, False)  # single blanks: under the last item stands what was on its right
        if parts:
            signed = True
            if parts.gap:
                edge = min(edge or parts.at, parts.at)
        left = parts.left if parts else stripped
        if left:
            filed = bool(_FILING.match(left))
            open_item = not left.endswith((";", ".", ":"))
        blanks = 0
        cuts.append(_Cut(line, text, parts))
        end = position + 1
    return _Region(start, end, _in_order(cuts[: end - start])) if signed else None


def _right_above(line: RawLine) -> bool:
    """A line of the signature that stands above `Nơi nhận`, because the signature is set higher; or a blank one."""
    if not _free(line):
        return False
    text = _wide(line.text)
    return not text.strip() or (text.isupper() and len(text) - len(text.lstrip()) >= _INDENT)


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() for word in words)


def _signatures(lines: Sequence[RawLine], index: int) -> _Region | None:
    """Two signatures side by side without `Nơi nhận`: minutes, contracts, joint circulars."""
    cuts: list[_Cut] = []
    end, both = index, 0
    for position in range(index, min(len(lines), index + 24)):
        line = lines[position]
        if not _free(line):
            break
        text = _wide(line.text)
        if not text.strip() or is_rule(text):
            cuts.append(_Cut(line, "", None))
            continue
        gaps = list(GAP.finditer(text))
        parts = _parts(text, gaps[0].end()) if len(gaps) == 1 else None if gaps else _indented(text, 0)
        if parts is None or (position == index and not parts.left) or RECIPIENTS.match(text):
            break
        both += bool(parts.left)
        cuts.append(_Cut(line, text, parts))
        end = position + 1
    return _Region(index, end, _in_order(cuts[: end - index])) if both > 1 else None


def _three_signatures(lines: Sequence[RawLine], index: int) -> _Region | None:
    """Three signatures side by side: `NGƯỜI GIAO      NGƯỜI NHẬN      XÁC NHẬN CỦA UBND XÃ`."""
    starts = [match.start() for match in _PIECE.finditer(_wide(lines[index].text))]
    columns: tuple[list[RawLine], ...] = ([], [], [])
    end = index if len(starts) == len(columns) else len(lines)
    for position in range(end, min(len(lines), index + 24)):
        line = lines[position]
        pieces = list(_PIECE.finditer(_wide(line.text)))
        if not _free(line) or len(pieces) > len(columns) or (len(pieces) == 1 and pieces[0].start() < starts[1] // 2):
            break
        for piece in pieces:
            nearest = min(range(len(columns)), key=lambda n: abs(starts[n] - piece.start()))
            column = Column.RIGHT if nearest else Column.LEFT
            first = not columns[nearest]
            columns[nearest].append(line._replace(text=piece[0], column=column, starts_paragraph=first))
            end = position + 1
    return _Region(index, end, [line for column in columns for line in column]) if len(columns[2]) > 1 else None


# --- both ------------------------------------------------------------------------------------------------------


def _wide(text: str) -> str:
    return text.replace("\t", _TAB) if "\t" in text else text


def _parts(text: str, at: int) -> Parts:
    left = text[:at]
    return Parts(left.strip(), text[at:].strip(), at, not left.strip() or left.endswith("   "))


def _indented(text: str, edge: int) -> Parts | None:
    """A line with nothing on its left: set in so far that it stands in the right column."""
    indent = len(text) - len(text.lstrip())
    return Parts("", text.strip(), indent, True) if indent >= max(_INDENT, edge * 0.6) else None


def _widest_gap(text: str) -> int:
    """The position after the widest run of three blanks or more, 0 if there is none."""
    best, at = 0, 0
    for match in GAP.finditer(text) if "   " in text else ():
        width = match.end() - match.start()
        if width > best:
            best, at = width, match.end()
    return at


def _has_left(cuts: Sequence[_Cut]) -> bool:
    return any(cut.parts and cut.parts.left for cut in cuts)


def _in_order(cuts: Sequence[_Cut]) -> list[RawLine]:
    """The lines of a region as two columns. A line in one piece goes where its indent says, else to the left."""
    edge = min((cut.parts.at for cut in cuts if cut.parts and cut.parts.gap and cut.parts.left), default=0)
    left: list[RawLine] = []
    right: list[RawLine] = []
    for line, text, cut in cuts:
        if is_rule(text):
            left.append(line._replace(text="", column=Column.LEFT))
            continue
        parts = cut or (_indented(text, edge) if edge else None) or Parts(text.strip(), "", 0, False)
        if parts.left or not parts.right:
            left.append(line._replace(text=parts.left, column=Column.LEFT))
        if parts.right:
            right.append(line._replace(text=parts.right, column=Column.RIGHT))
    if right:
        right[0] = right[0]._replace(starts_paragraph=True)
    return left + right
