"""Decides where the type line and the title under it begin and end (ô 5a)."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.fold import bare
from vnadmin.zones.preface_lines import Kind, Kinds, is_upper, squeeze, starts_with
from vnadmin.zones.preface_types import match_type

# What may follow the words of a type on its line: "NGHỊ ĐỊNH CỦA CHÍNH PHỦ", "THÔNG TƯ số 172/1998/TT/BTC ngày ..."
_AFTER_TYPE = regex.compile(r"(?:của|số|v ?/ ?v|về|liên tịch)\b")
_UNKNOWN = regex.compile(r"[*_]*(?:phiếu|giấy|bản|đơn|thư|lời|công bố|tuyên bố|danh sách|lịch|đề cương)\b")
# A title does not end on these: the next line goes on.
_OPEN_END = regex.compile(
    r"(?:[,(:-]|\b(?:và|của|về|việc|cho|với|tại|trong|đối|theo|từ|các|những|một|số|quản|lý|tỉnh|huyện|xã|bộ|do|trên|là|đến))$"
)


def is_type_line(document: SourceDocument, line: Line, kind: Kind, *, bare_head: bool) -> bool:
    """The line names the document's type: `QUYẾT ĐỊNH`, `Thông tư`, `KẾ HOẠCH TRIỂN KHAI ...`.

    `bare_head` is true while the header around it is not complete: then a sentence that opens with a type's
    words is no type line unless it is set in capitals.
    """
    if kind is not Kind.OTHER or line.column is Column.RIGHT or line.end - line.start > 400:
        return False
    start = line.start
    while start < line.end and not document.text[start].isalnum():
        start += 1
    match = match_type(document.folded, start, line.end)
    if not match:
        return False
    rest = document.folded[match.end : line.end].strip(" .:;*_)\"'")
    upper = is_upper(document.text[start : match.end])
    if not rest:
        return upper or line.column is Column.FULL
    if line.column is Column.LEFT:
        return False
    if upper:
        return rest[0] not in ",;" and not document.of(line).endswith((":", ";"))
    if not document.text[start].isupper():
        return False
    if _AFTER_TYPE.match(rest):
        return not bare_head or rest.startswith(("của", "số"))
    return not bare_head and not document.of(line).endswith((".", ":", ";"))


def is_unknown_type(document: SourceDocument, lines: Sequence[Line], kinds: Kinds, position: int) -> bool:
    """A line in capitals where the type line stands, of a type outside the table: `GIẤY BÁO DỰ HỌP`."""
    shown = document.of(lines[position])
    if len(shown) > 120 or not is_upper(shown):
        return False
    if _UNKNOWN.match(document.folded_of(lines[position])):
        return True
    return any(kind is Kind.ADDRESS for kind in kinds.after(position, 3))


def is_authority(
    document: SourceDocument,
    lines: Sequence[Line],
    kinds: Kinds,
    position: int,
    agencies: Sequence[Line],
    title: Sequence[Line],
) -> bool:
    """The issuer's line between title and preamble: `BỘ TRƯỞNG BỘ Y TẾ`, `CHÍNH PHỦ`, `ỦY BAN THƯỜNG VỤ QUỐC HỘI`."""
    line = lines[position]
    if line.end - line.start > 160:
        return False
    shown = document.of(line)
    key = squeeze(shown)
    issuer = squeeze(" ".join(document.of(agency) for agency in agencies))
    if issuer and (key == issuer or (len(key) >= 7 and key in issuer and is_upper(shown))):
        return True
    if not starts_with(document, line, "post"):
        return False
    if title and _OPEN_END.search(document.folded_of(title[-1])):
        return False
    following = next((k for k in kinds.after(position, 6) if k is not Kind.RULE), None)
    if is_upper(shown):
        if not title and bare(shown).startswith("dai hoi"):
            return False
        return (
            not title or not is_upper(document.of(title[-1])) or following is Kind.PREAMBLE or _wraps(kinds, position)
        )
    return bool(issuer) and following is Kind.PREAMBLE and (issuer in key or key in issuer)


def _wraps(kinds: Kinds, position: int) -> bool:
    """The line after the next one opens the preamble: an authority of two lines."""
    return next(kinds.after(position + 1, 1), None) is Kind.PREAMBLE


def is_open(document: SourceDocument, line: Line, title: Sequence[Line]) -> bool:
    """The title above ends inside a phrase and this line is set like it: `... THEO CÁC` / `ĐIỀU 12 VÀ 13 CỦA ...`."""
    if not title or not _OPEN_END.search(document.folded_of(title[-1])):
        return False
    return bool(title[-1].style.bold and line.style.bold) or title[-1].paragraph == line.paragraph


def goes_on(
    document: SourceDocument,
    lines: Sequence[Line],
    kinds: Kinds,
    position: int,
    title: Sequence[Line],
    type_lines: Sequence[Line],
) -> bool:
    """The line belongs to the title under the type line."""
    line = lines[position]
    shown = document.of(line)
    if len(shown) > 500:
        return False
    above = title[-1] if title else type_lines[-1]
    if title and line.paragraph == above.paragraph:
        return True
    style, before = line.style, above.style
    if before.bold and style.bold and not title and not document.of(line).endswith((":", "./.")):
        return True
    if not title:
        return not _is_sentence(document, line)
    if before.bold and style.bold:
        return True  # a line that fills the page is not seen to be centred
    if (before.bold and style.bold is False) or (before.centred and style.centred is False and not is_upper(shown)):
        return False
    if _is_sentence(document, line) or document.of(above).endswith((".", ":", ";")):
        return False
    if shown[0].islower() or shown[0].isdigit() or _OPEN_END.search(document.folded_of(above)):
        return True
    if is_upper(shown):
        return is_upper(document.of(above))
    # A wrapped title in a text without styles: a short line that ends without a stop, right before the preamble or
    # the first paragraph of the body.
    if len(shown) > 110 or shown.endswith((".", ";", ":")) or starts_with(document, line, "opener"):
        return False
    return position + 1 < len(lines) and _opens_body(document, lines[position + 1], next(kinds.after(position, 1)))


def _opens_body(document: SourceDocument, line: Line, kind: Kind) -> bool:
    """What comes after a title: its rule, the preamble, the address, or the first paragraph of the body."""
    if kind in (Kind.RULE, Kind.PREAMBLE, Kind.ADDRESS, Kind.BODY):
        return True
    return line.end - line.start > 110 or starts_with(document, line, "opener")


def _is_sentence(document: SourceDocument, line: Line) -> bool:
    """The first paragraph of a body rather than a title."""
    shown = document.of(line)
    if shown[0] in "-+•":
        return True
    if is_upper(shown):
        return False
    if shown.endswith((":", "./.")) or len(shown) > 320:
        return True
    if starts_with(document, line, "opener"):
        return len(shown) > 110 or shown.endswith((".", ";"))
    return shown.endswith(".") and len(shown) > 140
