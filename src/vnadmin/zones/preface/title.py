"""Decides where the type line and the title under it begin and end (ô 5a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import match_type
from vnadmin.genre.header_line import HeaderKind, squeeze, starts_with
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.kinds import Kinds

_WRAP = 110  # characters of the longest printed line; a paragraph of a body in a text without line breaks is longer
# What may follow the words of a type on its line: "NGHỊ ĐỊNH CỦA CHÍNH PHỦ", "THÔNG TƯ số 172/1998/TT/BTC ngày ..."
_AFTER_TYPE = pattern(r"(?:của|số|v ?/ ?v|về|liên tịch)\b")
_UNKNOWN = pattern(r"[*_]*(?:phiếu|giấy|bản|đơn|thư|lời|công bố|tuyên bố|danh sách|lịch|đề cương)\b")
# A title does not end on these: the next line goes on.
_OPEN_END = pattern(
    r"(?:[,(:-]|\b(?:và|của|về|việc|cho|với|tại|trong|đối|theo|từ|các|những|một|số|quản|lý|tỉnh|huyện|xã|bộ|do|trên|là|đến))$"
)


def is_type_line(document: SourceDocument, line: Line, kind: HeaderKind, *, bare_head: bool) -> bool:
    """The line names the document's type: `QUYẾT ĐỊNH`, `Thông tư`, `KẾ HOẠCH TRIỂN KHAI ...`.

    `bare_head` is true while the header around it is not complete: then a sentence that opens with a type's
    words is no type line unless it is set in capitals.
    """
    if (
        kind is not HeaderKind.OTHER
        or line.column is Column.RIGHT
        or line.end - line.start > 400
        or line.cell is not None
    ):
        return False
    start = line.start
    while start < line.end and not document.text[start].isalnum():
        start += 1
    match = match_type(document.folded, start, line.end)
    if not match:
        return False
    rest = document.folded[match.end : line.end].strip(" .:;*_)\"'")
    upper = in_capitals(document.text[start : match.end])
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


@dataclass(frozen=True, slots=True)
class TitleReader:
    """Reads the lines between the type line and the preamble, each with a look at those around it."""

    document: SourceDocument
    lines: Sequence[Line]
    kinds: Kinds

    def is_unknown_type(self, position: int) -> bool:
        """A line in capitals where the type line stands, of a type outside the table: `GIẤY BÁO DỰ HỌP`."""
        line = self.lines[position]
        shown = self.document.of(line)
        if len(shown) > 120 or not in_capitals(shown):
            return False
        if _UNKNOWN.match(self.document.folded_of(line)):
            return True
        if starts_with(self.document.folded_of(line), "head"):
            return False
        return any(kind is HeaderKind.ADDRESS for kind in self.kinds.after(position, 3))

    def is_authority(self, position: int, agencies: Sequence[Line], title: Sequence[Line]) -> bool:
        """The issuer's line between title and preamble: `BỘ TRƯỞNG BỘ Y TẾ`, `CHÍNH PHỦ`, `HỘI ĐỒNG NHÂN DÂN ...`."""
        line, document = self.lines[position], self.document
        if line.end - line.start > 160:
            return False
        shown = document.of(line)
        key = squeeze(shown)
        issuer = squeeze(" ".join(document.of(agency) for agency in agencies))
        if issuer and (key == issuer or (len(key) >= 7 and key in issuer and in_capitals(shown))):
            return True
        if not starts_with(document.folded_of(line), "post"):
            return False
        set_apart = bool(title) and in_capitals(shown) and not in_capitals(document.of(title[-1]))
        if title and not set_apart and _OPEN_END.search(document.folded_of(title[-1])):
            return False  # "... viên chức quản lý" / "GIÁM ĐỐC SỞ Y TẾ" is set apart by its capitals
        following = next((k for k in self.kinds.after(position, 6) if k is not HeaderKind.RULE), None)
        if not in_capitals(shown):
            return bool(issuer) and following is HeaderKind.PREAMBLE and (issuer in key or key in issuer)
        if not title:
            return not bare(shown).startswith("dai hoi")  # "ĐẠI HỘI ĐỒNG CỔ ĐÔNG THƯỜNG NIÊN ..." is a title
        # in a title in capitals only the place right before the preamble tells; an authority may take two lines
        wraps = next(self.kinds.after(position + 1, 1), None) is HeaderKind.PREAMBLE
        return not in_capitals(document.of(title[-1])) or following is HeaderKind.PREAMBLE or wraps

    def is_open(self, line: Line, title: Sequence[Line]) -> bool:
        """The title above ends inside a phrase and this line is set like it: `... THEO` / `ĐIỀU 12 CỦA ...`."""
        if not title or not _OPEN_END.search(self.document.folded_of(title[-1])):
            return False
        return bool(title[-1].style.bold and line.style.bold) or title[-1].paragraph == line.paragraph

    def goes_on(self, position: int, title: Sequence[Line], type_lines: Sequence[Line]) -> bool:
        """The line belongs to the title under the type line."""
        line = self.lines[position]
        shown = self.document.of(line)
        if len(shown) > 600:
            return False
        above = title[-1] if title else type_lines[-1]
        if (title and line.paragraph == above.paragraph) or self._address_comes(position):
            return True
        style, before = line.style, above.style
        if before.bold and style.bold and not shown.endswith((":", "./.")):
            return True  # a line that fills the page is not seen to be centred
        if not title:
            return not self._is_sentence(position)
        if (before.bold and style.bold is False) or (
            before.centred and style.centred is False and not in_capitals(shown)
        ):
            return False
        stops = (".", ":") if shown[0].islower() else (".", ":", ";")  # "... 6 tháng đầu năm;" / "phương hướng ..."
        if self._is_sentence(position) or self.document.of(above).endswith(stops):
            return False
        if shown[0].islower() or shown[0].isdigit() or _OPEN_END.search(self.document.folded_of(above)):
            return True
        if in_capitals(shown):
            return in_capitals(self.document.of(above))
        # a wrapped title in a text without styles: short lines without a stop, up to the preamble or the body
        return _fits(shown) and not starts_with(self.document.folded_of(line), "opener") and self._ends_soon(position)

    def _address_comes(self, position: int) -> bool:
        """All that stands between the type line and `Kính gửi` is title."""
        for kind in self.kinds.after(position, 4):
            if kind is not HeaderKind.OTHER:
                return kind is HeaderKind.ADDRESS
        return False

    def _ends_soon(self, position: int) -> bool:
        """After this line, and a few like it at most, comes what only stands after a title."""
        for offset in range(position + 1, min(position + 5, len(self.lines))):
            line, kind = self.lines[offset], self.kinds.at(offset)
            shown = self.document.of(line)
            if (
                kind in (HeaderKind.RULE, HeaderKind.PREAMBLE, HeaderKind.ADDRESS, HeaderKind.BODY)
                or line.end - line.start > _WRAP
            ):
                return True
            if starts_with(self.document.folded_of(line), "opener") or (
                in_capitals(shown) and starts_with(self.document.folded_of(line), "post")
            ):
                return True
            if not _fits(shown):
                return False
        return False

    def _is_sentence(self, position: int) -> bool:
        """The first paragraph of a body rather than a title."""
        line = self.lines[position]
        shown = self.document.of(line)
        if shown[0] in "-+•":
            return True
        if in_capitals(shown):
            return False
        if shown.endswith((":", "./.")):
            return True
        ended = shown.endswith((".", ";"))
        following = next(self.kinds.after(position, 1), None)
        if starts_with(self.document.folded_of(line), "opener"):
            # "Triển khai thực hiện Nghị quyết ..." may be a title: then it has no stop, and a heading follows
            heading = following in (HeaderKind.RULE, HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ADDRESS)
            return ended or (len(shown) > _WRAP and not heading)
        if len(shown) > 320:
            return following is not HeaderKind.PREAMBLE
        return ended and len(shown) > 140


def _fits(shown: str) -> bool:
    """A line short enough to be one of several of a title, and without a stop at its end."""
    return len(shown) <= _WRAP and not shown.endswith((".", ";", ":"))
