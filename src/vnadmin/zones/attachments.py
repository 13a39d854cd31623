"""Finds what follows the main document: appendices, attached regulations, forms, copy blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from vnadmin.gazetteer import words
from vnadmin.genre.attachment_line import ISSUED_WITH, attachment_label
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import match_type
from vnadmin.genre.header_line import HeaderKind, header_kind
from vnadmin.genre.line_text import after_emphasis
from vnadmin.genre.marker import MarkerKind, marker_of
from vnadmin.genre.motto import Motto, motto_of
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern
from vnadmin.zones.attached_parts import without_parts
from vnadmin.zones.zone import Attachment

_OPENING = r"[*_#>|~\[ ]*+"
_LONGEST = 160
# The motto that heads a document; "Độc lập - Tự do - Hạnh phúc" stands under it.
_HEADING_MOTTOES = frozenset({Motto.STATE, Motto.PARTY})
_ISSUED_WITH = pattern(_OPENING + rf"\(? *+{ISSUED_WITH}")
_BRACKET = 8  # characters of a line among which the bracket before it stands
# "SAO Y BẢN CHÍNH", "LIÊN ĐOÀN LAO ĐỘNG TỈNH SAO LỤC" where two columns became one line
_COPY = pattern(_OPENING + r"(?P<beside>.{4,70} )?(?:sao y(?: ban chinh)?|sao luc|trich sao)[ .:*_]*+$")


def begins_attachment(document: SourceDocument, index: int) -> bool:
    """Whether the line at `index` opens something attached: its label, a motto, `(Ban hành kèm theo ...)`."""
    line = document.lines[index]
    if line.end - line.start > _LONGEST or not may_open(document, line):
        return False
    if is_motto(document, line):
        return _is_header(document, index)
    if line.cell is not None and line.cell.row > 0:
        return False
    return attachment_label(document.signs(line)) is not None or (line.cell is None and heads_copy(document, line))


def heads_copy(document: SourceDocument, line: Line) -> bool:
    """Whether a line marks a copy, alone or beside the office that made it."""
    match = _COPY.match(document.bare, line.start, line.end)
    return match is not None and (match["beside"] is None or document.signs(line).capitals)


def issued_with(document: SourceDocument, index: int) -> int | None:
    """The title above `(Ban hành kèm theo Quyết định số ...)`: a regulation begins there, signed above or not."""
    start = document.lines[index].start
    if "(" not in document.text[start : start + _BRACKET] or _kind(document, index) is not _Kind.ISSUED:
        return None
    return _title_above(document, index)


def _title_above(document: SourceDocument, index: int) -> int | None:
    """The first line of the title that stands right above a line, `QUY CHẾ` / `Hoạt động của ...`."""
    for above in range(index - 1, max(-1, index - 1 - _TITLE_LINES), -1):
        line = document.lines[above]
        text = document.of(line)
        if line.end - line.start > _LONGEST or text.rstrip("*_ ").endswith((".", ";")) or line.cell is not None:
            return None
        if _opens_title(document, line):
            return above
    return None


def is_motto(document: SourceDocument, line: Line) -> bool:
    """Whether a line is the national motto or the Party's name, which head a document."""
    if line.end - line.start > _LONGEST:
        return False
    motto = motto_of(document.bare_of(line))
    return motto is not None and motto.opens and motto.kind in _HEADING_MOTTOES


def is_title(document: SourceDocument, line: Line) -> bool:
    """Whether a line is the title of an attached text and no more: "QUY CHẾ", "DANH SÁCH"."""
    match = _TITLE_WORDS.match(document.bare, line.start, line.end)
    return match is not None and not document.text[match.end() : line.end].strip("*_ ")


def _is_header(document: SourceDocument, index: int) -> bool:
    """Whether a motto heads a document, and is no example of a manual: `Dòng thứ nhất: “CỘNG HÒA ...”`."""
    before = document.of(document.lines[index - 1]).rstrip("*_ ") if index else ""
    return not before.endswith(("“", '"', ":", "''"))


def may_open(document: SourceDocument, line: Line) -> bool:
    """A cheap test before the patterns: whether a line has the first letters of what may open an attachment."""
    return document.bare[line.start : line.start + 24].lstrip("*_#>|~[ (")[:4] in _FIRST


_FIRST = frozenset({"phu ", "mau ", "bieu", "danh", "bang", "cong", "dang", "sao ", "tric", "kem ", "ban ", "dinh"})


def find_attachments(document: SourceDocument, start: int) -> tuple[Attachment, ...]:
    """Attachments from line `start` to the end of the document; copy blocks stand last."""
    lines = document.lines
    if start >= len(lines):
        return ()
    bounds = _bounds(document, start)
    found = [_attachment(document, a, b) for a, b in zip(bounds, [*bounds[1:], len(lines)], strict=True)]
    kept = [a for a in found if a.is_copy_block or a.is_other_document or a.label or a.title]
    return tuple(sorted(without_parts(document, kept), key=lambda a: a.is_copy_block))


def _bounds(document: SourceDocument, start: int) -> list[int]:
    """Where each attachment begins; the first line after the main document begins one in any case."""
    lines = document.lines
    bounds = [start]
    named = False  # the attachment begun last has its label, motto or title already
    labelled = False  # it opened with a label: "PHỤ LỤC", "Mẫu số 01"
    for index in range(start, len(lines)):
        kind = _kind(document, index)
        if kind is None:
            continue
        close = index - bounds[-1] <= _LABEL_OVER_MOTTO
        if kind is _Kind.MOTTO and labelled and (close or _is_form(document, index)):
            continue
        labelled = kind is _Kind.LABEL or (labelled and kind is _Kind.ISSUED)
        titled = _title_above(document, index) if kind is _Kind.ISSUED else None
        at = index if titled is None else titled
        begin = index if kind is _Kind.LABEL else header_start(document, at, bounds[-1])
        fresh = index - bounds[-1] > _HEAD_LINES or kind is _Kind.LABEL
        if begin <= bounds[-1] or (not fresh and named is False):
            named = True
            continue
        if kind is _Kind.ISSUED and index - bounds[-1] <= _HEAD_LINES:
            continue
        bounds.append(begin)
        named = kind is not _Kind.LABEL
    return bounds


def _is_form(document: SourceDocument, index: int) -> bool:
    """A motto over blanks to be filled in: a form that an appendix shows, with a header of its own."""
    around = document.lines[max(0, index - 3) : index + 4]
    return any(_TO_FILL_IN.match(document.bare, line.start, line.end) for line in around)


# "Số: ......../BC-QLĐT", "........., ngày ... tháng ... năm 20...", "UBND HUYỆN ..........", "TÊN CƠ QUAN"
_TO_FILL_IN = pattern(r"[^\d]{0,40}?(?:\.{4,}|…{2,}|_{4,}|ngay *+(?:\.{3,}|…))|ten (?:co quan|don vi|to chuc)")
_TITLE_LINES = 5
_SENTENCE = 60  # characters
# A number and a day that were filled in: "Số: 02/2024/NQ-HĐQT", "ngày 19 tháng 10 năm 2024"
_FILLED = {
    HeaderKind.NUMBER: pattern(r"số[ .:*_]*+\d"),
    HeaderKind.PLACE_DATE: pattern(r"\d\D{1,9}\d{1,2}\D{1,7}\d{4}"),
}
_BLANK_NUMBER = pattern(r"số[ .:…*_]*+[/-] ?[^\W\d_]{2}[\w&]*+-[^\W\d_]{2}")  # "Số:        /QĐ-STTTT"
_LABEL_OVER_MOTTO = 6  # lines between a label and the header of the form under it
_COPY_HEAD = 8  # agency, number, motto and date of the copying office
_HEAD_LINES = 14  # a label, a header of two columns and a title may take so many lines


class _Kind(Enum):
    LABEL = "label"
    MOTTO = "motto"
    ISSUED = "issued"
    COPY = "copy"


def _kind(document: SourceDocument, index: int) -> _Kind | None:
    line = document.lines[index]
    if line.end - line.start > 4 * _LONGEST or not may_open(document, line):
        return None
    if (
        _ISSUED_WITH.match(document.bare, line.start, line.end)
        and "(" in document.text[line.start : line.start + _BRACKET]
    ):
        return _Kind.ISSUED
    if line.end - line.start > _LONGEST:
        return None
    if is_motto(document, line):
        return _Kind.MOTTO
    if line.cell is None and heads_copy(document, line):
        return _Kind.COPY
    if _may_label(document, index) and attachment_label(document.signs(line)):
        return _Kind.LABEL
    return None


def _may_label(document: SourceDocument, index: int) -> bool:
    """Whether a line may hold a label: no cell, a table's first row, or a row of the list that such a label opens."""
    cell = document.lines[index].cell
    if cell is None or cell.row == 0:
        return True
    first = index
    while first and index - first < _LIST_CELLS and _is_in(document.lines[first - 1], cell.table):
        first -= 1
    return cell.column == 0 and attachment_label(document.signs(document.lines[first])) is not None


def _is_in(line: Line, table: int) -> bool:
    return line.cell is not None and line.cell.table == table


_LIST_CELLS = 120  # of a list of forms: `Mẫu số 01 | Mẫu đơn đề nghị ...`


def header_start(document: SourceDocument, index: int, floor: int) -> int:
    """The first line of the head that a motto, a copy mark or `(Ban hành kèm theo ...)` belongs to."""
    lines = document.lines
    begin, cell = index, lines[index].cell
    while begin > floor and index - begin < 8:
        line = lines[begin - 1]
        if cell is not None and _is_in(line, cell.table):
            begin -= 1  # the agency and the number stand in the cell beside the motto
            continue
        text = document.of(line).strip("*_#| ")
        if line.end - line.start > _LONGEST or text.endswith((".", ";")) or line.cell is not None:
            break
        if not (line.column is Column.LEFT or in_capitals(text) or _is_rule(text) or text.startswith(("Số", "Về "))):
            break
        begin -= 1
    return begin


def _is_rule(text: str) -> bool:
    return not any(map(str.isalnum, text)) or (_DOTTED.search(text) is not None and not any(map(str.isalpha, text)))


# Lines of a head that are no title, and what a form prints there: brackets, units, names to be filled in.
_OF_A_HEAD = frozenset({HeaderKind.MOTTO, HeaderKind.NUMBER, HeaderKind.PLACE_DATE, HeaderKind.ADDRESS})
_NO_TITLE = pattern(
    _OPENING + r"(?:\(|[.…]{2}|(?:ban hanh )?kem theo|dvt|don vi tinh|ten (?:co quan|don vi|doanh nghiep|to chuc))"
)
# What begins the text under a title: any marker, "Căn cứ", "TT | Họ tên".
_MARKERS = frozenset(MarkerKind)
_BODY = pattern(_OPENING + r"(?:can cu|ghi chu\b|tt\b|stt\b|so tt\b|ho va ten|ho ten|ten )")


def _attachment(document: SourceDocument, start: int, end: int) -> Attachment:
    lines = document.lines[start:end]
    label: list[Line] = []
    title: list[Line] = []
    small = False  # the title opens in small letters, as any line may
    if any(line.cell is None and heads_copy(document, line) for line in lines[:_COPY_HEAD]):
        return Attachment(lines=lines, is_copy_block=True)
    headed = _after_header(document, lines[:_HEAD_LINES])
    # a title stands above "(Ban hành kèm theo ...)"
    issued = next(
        (n for n, line in enumerate(lines[:_HEAD_LINES]) if _ISSUED_WITH.match(document.bare, line.start, line.end)), -1
    )
    for number, line in _without_notes(document, lines[:_HEAD_LINES]):
        text = document.of(line)
        span = attachment_label(document.signs(line)) if not title and len(text) <= _LONGEST else None
        if span and not label:
            label.append(line._replace(start=line.start + span.start, end=line.start + span.end))
            rest = line.end - len(text[span.end :].lstrip(" :.-*_]|"))
            if rest < line.end and document.text[rest] != "(" and not _ISSUED_WITH.match(document.bare, rest, line.end):
                title.append(line._replace(start=rest))
            continue
        aside = number < headed or _is_of_head(document, line) or _is_rule(text)
        if aside and title:
            break
        if aside or (line.column is Column.LEFT and not title):
            continue
        if _opens_text(document, line) or len(text) > 300 or (line.cell and not line.style.bold and title):
            break
        if title and not _is_rest_of_title(document, line, title, over_issue=number < issued <= number + 3):
            break
        if small and (line.cell is not None or not text[0].islower()):
            break  # "Tình hình áp dụng ... của Sở" / "thực hiện Kế hoạch số 12" goes on, "Đơn vị tính: đồng" does not
        small |= not title and not (in_capitals(text) or _TITLE_WORDS.match(document.bare, line.start, line.end))
        if small and not title and not (label or line.style.centred or line.style.bold):
            break
        title.append(line)
    if title and not label and not _has_substance(document, lines, title):
        title = []
    return Attachment(tuple(label), tuple(title), lines, is_other_document=not label and _is_document(document, lines))


def _without_notes(document: SourceDocument, lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    """The lines with their numbers, but for the rest of a note: `(Kèm theo Thông tư số 5/2025/TT-BCT` / `của Bộ trưởng)`."""
    inside = False
    for number, line in enumerate(lines):
        text = document.of(line)
        if inside:
            inside = ")" not in text
            continue
        yield number, line
        opens = "(" in text[:_BRACKET] and ")" not in text
        inside = opens and _ISSUED_WITH.match(document.bare, line.start, line.end) is not None


def _is_document(document: SourceDocument, lines: Sequence[Line]) -> bool:
    """A second document in one file: motto, a number of its own and a whole date stand in its header.

    A draft has blanks there, but a notation and a preamble; a form has neither.
    """
    kinds = {HeaderKind.MOTTO: False, HeaderKind.NUMBER: False, HeaderKind.PLACE_DATE: False}
    for line in lines[:_HEAD_LINES]:
        kind = document.signs(line).kind if line.end - line.start <= _LONGEST else None
        if kind is HeaderKind.MOTTO:
            kinds[kind] = True
        elif kind in (HeaderKind.NUMBER, HeaderKind.PLACE_DATE):
            kinds[kind] = kinds[kind] or _FILLED[kind].search(document.folded_of(line)) is not None
    return all(kinds.values()) or (kinds[HeaderKind.MOTTO] and _is_draft(document, lines))


def _is_draft(document: SourceDocument, lines: Sequence[Line]) -> bool:
    noted = preamble = False
    for line in lines[: 2 * _HEAD_LINES]:
        folded = document.folded_of(line)
        noted = noted or _BLANK_NUMBER.match(folded) is not None
        preamble = preamble or (noted and folded.startswith("căn cứ "))
    return preamble


def _has_substance(document: SourceDocument, lines: Sequence[Line], title: Sequence[Line]) -> bool:
    """Whether a text stands under what looks like a title; a portal's own heading over a file's name has none."""
    if any(_TITLE_WORDS.match(document.bare, line.start, line.end) for line in title):
        return True
    below = [line for line in lines if line.start > title[-1].start]
    return (
        any(line.cell is not None or line.end - line.start > _SENTENCE for line in below) or len(below) > _TITLE_LINES
    )


def _is_of_head(document: SourceDocument, line: Line) -> bool:
    """Whether a line belongs to the head of an attachment and is no title."""
    if _NO_TITLE.match(document.bare, line.start, line.end):
        return True
    return header_kind(after_emphasis(document.signs(line))) in _OF_A_HEAD


def _opens_text(document: SourceDocument, line: Line) -> bool:
    """Whether a line begins the text under a title."""
    if _BODY.match(document.bare, line.start, line.end):
        return True
    return marker_of(after_emphasis(document.signs(line)), _MARKERS) is not None


def _after_header(document: SourceDocument, lines: Sequence[Line]) -> int:
    """Where the head of an attached text with a header of its own ends: its agency is no title."""
    motto = next((number for number, line in enumerate(lines) if is_motto(document, line)), None)
    if motto is None:
        return 0
    if any(attachment_label(document.signs(line)) for line in lines[:motto]):  # a form that an appendix shows
        if motto > _LABEL_OVER_MOTTO or any(_opens_title(document, line) for line in lines[:motto]):
            return 0
        return next((n for n, line in enumerate(lines[motto:], motto) if _opens_title(document, line)), 0)
    return next((n for n, line in enumerate(lines[motto:], motto) if is_title(document, line)), motto)


def _opens_title(document: SourceDocument, line: Line) -> bool:
    if not document.signs(line).capitals:
        return False
    titled = _TITLE_WORDS.match(document.bare, line.start, line.end) is not None
    return titled or match_type(document.folded, line.start, line.end) is not None


def _is_type_alone(document: SourceDocument, line: Line) -> bool:
    """`QUYẾT ĐỊNH`, `QUY CHẾ`: the first line of a title of two."""
    return is_title(document, line) or (len(document.of(line).split()) == 2 and _opens_title(document, line))


def _names(text: str) -> bool:
    """Whether words under a title's first word may say the rest: `QUYẾT ĐỊNH` / `Ban hành Quy định về bến bãi`."""
    ends = text.rstrip("*_ ").endswith((".", ":", ";", ","))
    return (
        text.lstrip('“"*_ ')[:1].isupper()
        and len(text.split()) >= _NAME_WORDS
        and not ends
        and _DOTTED.search(text) is None
    )


_NAME_WORDS = 5
_DOTTED = pattern(r"[.…]{4,}")
_TITLE_GOES_ON = pattern(r"[*_ ]*+(?:ve |de nghi |ap dung |cua |tren dia ban |tai |giai doan |nam \d)")


def _is_rest_of_title(document: SourceDocument, line: Line, title: Sequence[Line], *, over_issue: bool) -> bool:
    """Whether a line goes on with the title above; `over_issue`: `(Ban hành kèm theo ...)` stands soon below it."""
    text = document.of(line)
    if in_capitals(text):
        return in_capitals(document.of(title[-1]))  # not the issuer's line below "QUYẾT ĐỊNH" / "Về việc ..."
    if over_issue and not text.rstrip().endswith((".", ";", ":")):
        return True
    if len(title) == 1 and _is_type_alone(document, title[0]) and _names(text):
        return True
    return _continues_title(document, line)


def _continues_title(document: SourceDocument, line: Line) -> bool:
    """Whether a line in small letters still belongs to the title above: "Về quản lý ... trên địa bàn Thành phố"."""
    text = document.of(line).rstrip("*_ ")
    if text.endswith((".", ":", ";")) or _DOTTED.search(text):
        return False
    if line.style.centred or line.style.bold:
        return True
    return text[:1].islower() or _TITLE_GOES_ON.match(document.bare, line.start, line.end) is not None


_TITLE_WORDS = pattern(lambda: _OPENING + rf"(?:{alternation(map(bare, words('attachment_titles')))})(?![a-z])")
