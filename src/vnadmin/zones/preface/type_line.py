"""Tells the type line (ô 5a): `QUYẾT ĐỊNH`, `Thông tư`, `KẾ HOẠCH TRIỂN KHAI ...`, `GIẤY BÁO DỰ HỌP`."""

from __future__ import annotations

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import match_type, misread_type
from vnadmin.genre.header_line import HeaderKind, starts_with
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.header import Header, Part

# What may follow the words of a type on its line: "NGHỊ ĐỊNH CỦA CHÍNH PHỦ", "THÔNG TƯ số 172/1998/TT/BTC ngày ..."
_AFTER_TYPE = pattern(r"(?:của|số|v ?/ ?v|về|liên tịch)\b")
_UNKNOWN = pattern(r"[*_]*(?:phiếu|giấy|bản|đơn|thư|lời|công bố|tuyên bố|danh sách|lịch|đề cương)\b")
_QUOTES = "\"“„«'‘"


def is_type_line(
    document: SourceDocument,
    line: Line,
    kind: HeaderKind,
    *,
    bare_head: bool,
    lost_capitals: bool = False,
    right_is_middle: bool = False,
) -> bool:
    """The line names the document's type.

    `bare_head` is true while the header around it is not complete: then a sentence that opens with a type's
    words is no type line unless it is set in capitals (or was, where their font is lost). What opens with a quotation
    mark is named, and no type line. `right_is_middle`: nothing stands left of the line, so it is in no right column.
    """
    if (
        kind is not HeaderKind.OTHER
        or (line.column is Column.RIGHT and not right_is_middle)
        or line.end - line.start > 400
        or line.cell is not None
    ):
        return False
    start = line.start
    while start < line.end and not document.text[start].isalnum():
        if document.text[start] in _QUOTES:
            return False
        start += 1
    match = match_type(document.folded, start, line.end)
    if not match:
        return misread_type(document.text[start : line.end].strip(" *_")) is not None
    rest = document.folded[match.end : line.end].strip(" .:;*_)\"'")
    upper = in_capitals(document.text[start : match.end]) or (lost_capitals and document.of(line).islower())
    if not rest:
        return upper or line.column is not Column.LEFT
    if line.column is Column.LEFT:
        return False
    if upper:
        return rest[0] not in ",;" and not document.of(line).endswith((":", ";"))
    if not document.text[start].isupper():
        return False
    if _AFTER_TYPE.match(rest):
        return not bare_head or rest.startswith(("của", "số"))
    return not bare_head and not document.of(line).endswith((".", ":", ";"))


def is_unlisted_type(header: Header, position: int) -> bool:
    """A line in capitals where the type line stands, of a type outside the table: `GIẤY BÁO DỰ HỌP`."""
    shown = header.shown(position)
    if len(shown) > 120 or not in_capitals(shown) or shown.startswith("("):
        return False  # "(AAC)" is the end of a subject
    if _UNKNOWN.match(header.folded(position)):
        return True
    if any(kind is HeaderKind.ATTACHED for kind in header.kinds.after(position, 5)):
        return True  # "BỘ QUY TẮC" / "Ứng xử văn minh" / "(Ban hành kèm theo Quyết định số ...)"
    if starts_with(header.folded(position), "head"):
        return False
    if any(kind is HeaderKind.ADDRESS for kind in header.kinds.after(position, 3)):
        return True
    return _stands_as_a_type(header, position)


def _stands_as_a_type(header: Header, position: int) -> bool:
    """`PHÂN CÔNG NHIỆM VỤ`, set as a type is, under a whole header and over the preamble or the body."""
    line = header.lines[position]
    if not (line.style.bold or line.style.centred) or header.has(Part.LETTER_SUBJECT):
        return False
    if starts_with(header.folded(position), "post") or header.shown(position).rstrip("*_ ").endswith((":", ".", ";")):
        return False
    whole = header.has(Part.MOTTO) and header.has(Part.PLACE_DATE)
    return whole and any(kind in (HeaderKind.PREAMBLE, HeaderKind.BODY) for kind in header.kinds.after(position, 4))


def more_header_comes(header: Header, at: int) -> bool:
    """A part that is still missing comes within a few lines, before any body."""
    missing = {
        kind
        for kind, part in (
            (HeaderKind.MOTTO, Part.MOTTO),
            (HeaderKind.NUMBER, Part.NUMBER),
            (HeaderKind.PLACE_DATE, Part.PLACE_DATE),
        )
        if not header.has(part)
    }
    for kind in header.kinds.after(at, 8):
        if kind in (HeaderKind.PREAMBLE, HeaderKind.BODY):
            break
        if kind in missing or kind is HeaderKind.ADDRESS:
            return True
    return header.current is not Part.LETTER_SUBJECT and _type_comes(header, at)


def _type_comes(header: Header, at: int) -> bool:
    """The type line stands a line or two below: what is between is a stamp (`ĐẾN Giờ: ... Ngày: ...`)."""
    for below in header.below(at, 3):
        if is_type_line(header.document, header.lines[below], header.kind(below), bare_head=True):
            return header.is_upper(below)
    return False
