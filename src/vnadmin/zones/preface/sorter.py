"""Finds the preface: the lines of the header, each given to its component by its content and its column."""

from __future__ import annotations

from dataclasses import dataclass, field

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.header_line import HeaderKind, mark_of, starts_with
from vnadmin.genre.motto import Motto, motto_of
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.kinds import Kinds
from vnadmin.zones.preface.title import TitleReader, is_type_line
from vnadmin.zones.zone import Preface

_WINDOW = 120  # lines that a header may fill, stamps and site furniture before it included
_ANCHOR = 40  # a document whose first sign of a header stands later has none
# "/STC-QLG" alone on its line, cut off its number
_NOTATION = pattern(r" *+/ *+[^\W\d][\w&]*+(?: *+[-/] *+\w[\w&]*+)*+ *+$")
# "Số: 7781", "Ngày: 22/10/2024", "Giờ: 8h00", "Chuyển: Đ/c Hà", "Lưu hồ sơ số: 12"
_STAMP = pattern(
    r"số(?: đến)? ?[:.…]* ?\d{1,6}\W*$|ngày(?: đến)? ?[:.…]* ?\d{1,2} ?[/.-]|giờ ?[:.…\d]|chuyển ?:|lưu hồ sơ số"
)
_STAMP_LINES = 6
_CUES = frozenset({HeaderKind.MOTTO, HeaderKind.NUMBER, HeaderKind.PLACE_DATE, HeaderKind.ADDRESS})


def find_preface(document: SourceDocument) -> Preface:
    """The header of the main document; empty where the document has none."""
    return _Sorter(document).sort()


@dataclass(slots=True)
class _Sorter:
    """Walks down the first lines and gives each to a component. `state` is the component that may still go on."""

    document: SourceDocument
    lines: tuple[Line, ...] = ()
    kinds: Kinds = field(init=False)
    titles: TitleReader = field(init=False)
    parts: dict[str, list[Line]] = field(default_factory=dict)
    state: str = "agencies"
    closed: bool = False  # a rule ended the title
    stamped: int = 0  # lines that an arrival stamp may still take
    end: int = 0

    def sort(self) -> Preface:
        self.lines = self.document.lines[:_WINDOW]
        self.kinds = Kinds(self.document, self.lines)
        self.titles = TitleReader(self.document, self.lines, self.kinds)
        anchor = self._anchor()
        if anchor is None:
            return Preface()
        for position, line in enumerate(self.lines):
            if not self._take(position, line, position < anchor):
                break
        else:
            self.end = len(self.lines) if self.end == 0 else self.end
        return Preface(
            agencies=self._part("agencies"),
            number=self._part("number"),
            letter_subject=self._part("letter_subject"),
            motto=self._part("motto"),
            place_date=self._part("place_date"),
            type_line=self._part("type_line"),
            title=self._part("title"),
            address=self._part("address"),
            authority=self._part("authority"),
            marks=self._part("marks"),
            end=self.end,
        )

    def _part(self, name: str) -> tuple[Line, ...]:
        return tuple(self.parts.get(name, ()))

    def _anchor(self) -> int | None:
        """The first line that only a header has; None where the body begins before one comes."""
        body = 0
        for position, line in enumerate(self.lines[:_ANCHOR]):
            kind = self.kinds.at(position)
            if kind in _CUES:
                return None if kind is HeaderKind.ADDRESS and body else position
            body += kind in (HeaderKind.BODY, HeaderKind.PREAMBLE)
            if body > 2:
                return None  # a page from the middle of a document
            if is_type_line(self.document, line, kind, bare_head=True) and not self._motto_comes(position):
                return position
        return None

    def _motto_comes(self, position: int) -> bool:
        """The motto is still to come: what looks like a type line above it is a heading of a site or a file's name."""
        if "motto" in self.parts:
            return False
        for offset, kind in enumerate(self.kinds.after(position, 29), position + 1):
            if kind is HeaderKind.MOTTO and not self._is_old(self.lines[offset]):
                return True
            if kind in (HeaderKind.PREAMBLE, HeaderKind.ADDRESS, HeaderKind.BODY):
                return False
        return False

    def _is_old(self, line: Line) -> bool:
        """`VIỆT NAM DÂN CHỦ CỘNG HOÀ` stands under the issuer's name in decree-laws, not above all."""
        motto = motto_of(self.document.bare_of(line))
        return motto is not None and motto.kind is Motto.OLD

    def _give(self, name: str, line: Line) -> bool:
        self.parts.setdefault(name, []).append(line)
        self.end = line.index + 1
        return True

    def _take(self, position: int, line: Line, before_anchor: bool) -> bool:
        """Give one line to its component; False where it is the first line after the preface."""
        kind = self.kinds.at(position)
        if self.state == "address":
            return self._take_address(line, kind)
        if self.state in ("type_line", "title"):
            return self._take_title(position, line, kind)
        return self._take_head(position, line, kind, before_anchor)

    # --- head: agencies, number, motto, place and date ---------------------------------------------------

    def _take_head(self, position: int, line: Line, kind: HeaderKind, before_anchor: bool) -> bool:
        if kind is HeaderKind.RULE or kind is HeaderKind.FOREIGN or self._is_stamp(line):
            self.end = line.index + 1
            return True
        if kind is HeaderKind.MOTTO:
            return self._give("motto", line)
        if kind is HeaderKind.NUMBER and "number" not in self.parts:
            self.state = "number"
            return self._give("number", line)
        if kind is HeaderKind.PLACE_DATE and "place_date" not in self.parts:
            self.state = "place_date"
            return self._give("place_date", line)
        if kind is HeaderKind.MARK:
            return self._give("marks", line)
        if kind is HeaderKind.ADDRESS:
            self.state = "address"
            return self._give("address", line)
        if self._goes_on_left(position, line, kind):
            return self._give(self.state, line)
        if self._is_cut_number(line):
            return self._give("number", line)
        if kind is HeaderKind.LETTER_SUBJECT and ("number" in self.parts or not before_anchor):
            self.state = "letter_subject"
            return self._give("letter_subject", line)
        if is_type_line(self.document, line, kind, bare_head=not self._complete()) and not self._motto_comes(position):
            self.state = "type_line"
            return self._give("type_line", line)
        if kind in (HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ATTACHED) and not before_anchor:
            return False
        return self._take_unknown(position, line, kind, before_anchor)

    def _is_stamp(self, line: Line) -> bool:
        """A line of the receiving office's stamp under `CÔNG VĂN ĐẾN`: number, day and desk are not the document's."""
        mark = mark_of(self.document.of(line), self.document.folded_of(line))
        if mark is not None and mark[0] == "arrival":
            self.stamped = _STAMP_LINES
        elif self.stamped and _STAMP.match(self.document.folded_of(line)):
            self.stamped -= 1
            return True
        else:
            self.stamped = 0
        return False

    def _complete(self) -> bool:
        return "place_date" in self.parts or ("number" in self.parts and "motto" in self.parts)

    def _goes_on_left(self, position: int, line: Line, kind: HeaderKind) -> bool:
        """A wrapped line of the number or of `V/v ...` in the left column."""
        last = self.parts[self.state][-1] if self.state in self.parts else None
        if last is None or line.column is not last.column:
            return False
        length = line.end - line.start
        if self.state == "number":
            # "Số:" alone on its line, then "/TTr-VPCP" (REFERENCE 12, case 19)
            text = self.document.folded_of(line)
            return length < 40 and self.document.text[last.end - 1] in ":ố" and text[0] in "0123456789/-.…"
        if self.state != "letter_subject" or kind in (
            HeaderKind.MARK,
            HeaderKind.ATTACHED,
            HeaderKind.PLACE_DATE,
            HeaderKind.MOTTO,
        ):
            return False
        if line.column is Column.LEFT or line.paragraph == last.paragraph:
            return True
        if kind is not HeaderKind.OTHER and kind is not HeaderKind.NUMBER:
            return False
        shown = self.document.of(line)
        if in_capitals(shown) and not in_capitals(self.document.of(last)):
            return False
        if length >= 120 or self.document.text[last.end - 1] in ".:;":
            return False
        return self._more_header(position) or not shown.endswith((".", ":", ";"))

    def _more_header(self, position: int) -> bool:
        """A part that is still missing comes within a few lines, before any body."""
        missing = {
            kind
            for kind, name in (
                (HeaderKind.MOTTO, "motto"),
                (HeaderKind.NUMBER, "number"),
                (HeaderKind.PLACE_DATE, "place_date"),
            )
            if name not in self.parts
        }
        for kind in self.kinds.after(position, 8):
            if kind in (HeaderKind.PREAMBLE, HeaderKind.BODY):
                break
            if kind in missing or kind is HeaderKind.ADDRESS:
                return True
        return self.state != "letter_subject" and self._type_comes(position)

    def _type_comes(self, position: int) -> bool:
        """The type line stands a line or two below: what is between is a stamp (`ĐẾN Giờ: ... Ngày: ...`)."""
        for offset in range(position + 1, min(position + 4, len(self.lines))):
            if is_type_line(self.document, self.lines[offset], self.kinds.at(offset), bare_head=True):
                return in_capitals(self.document.of(self.lines[offset]))
        return False

    def _left_comes(self, position: int, line: Line) -> bool:
        """The left column is still open: the number has not come (it may stand below the right column's lines)."""
        if line.column is Column.LEFT:
            return True
        for kind in self.kinds.after(position, 5):
            if kind is not HeaderKind.OTHER and kind is not HeaderKind.RULE:
                return kind is HeaderKind.NUMBER
        return False

    def _is_cut_number(self, line: Line) -> bool:
        """`/UBND-VX` cut off its label by the blank left for the number (`Số:          /UBND-VX`)."""
        number = self.parts.get("number")
        if number is None or len(number) > 1 or line.end - line.start > 40:
            return False
        label = self.document.folded_of(number[0]).rstrip(" .:…")
        shown = self.document.folded_of(line)
        if label.endswith("số"):
            return shown.lstrip(" .…0123456789")[:1] in ("/", "-")
        return label[-1:].isdigit() and bool(_NOTATION.match(shown))  # "Số: 1432" / motto / "/STC-QLG"

    def _take_unknown(self, position: int, line: Line, kind: HeaderKind, before_anchor: bool) -> bool:
        document = self.document
        shown = document.of(line)
        if self.state == "agencies" or ("number" not in self.parts and self._left_comes(position, line)):
            if (
                kind is not HeaderKind.ATTACHED
                and len(shown) < 140
                and (in_capitals(shown) or starts_with(document.folded_of(line), "head"))
                and line.cell is None
            ):
                return self._give("agencies", line)
            if before_anchor:
                # a file name, a page mark of a converter, a line of a site: what stood above it was no agency either
                self.parts.pop("agencies", None)
                return True
        if line.column is not Column.FULL:
            self.end = line.index + 1
            return True
        if self._complete() and self.titles.is_unknown_type(position):
            self.state = "type_line"
            return self._give("type_line", line)
        return before_anchor or (len(shown) < 200 and self._more_header(position))

    # --- title: the type line and what stands under it -----------------------------------------------------

    def _take_title(self, position: int, line: Line, kind: HeaderKind) -> bool:
        if kind is HeaderKind.RULE:
            self.closed = "title" in self.parts
            self.end = line.index + 1
            return True
        if kind in (HeaderKind.MOTTO, HeaderKind.MARK):
            return self._give("motto" if kind is HeaderKind.MOTTO else "marks", line)
        if kind is HeaderKind.FOREIGN:
            self.end = line.index + 1
            return True
        if kind is HeaderKind.ADDRESS:
            self.state = "address"
            return self._give("address", line)
        if kind is HeaderKind.NUMBER and "number" not in self.parts:
            return self._give("number", line)
        if self.state == "type_line" and self._is_type_head(line):
            # gazette style: "THÔNG TƯ" / "CỦA BỘ X SỐ 03/2010/TT-BX" / "NGÀY 15 THÁNG 01 NĂM 2010" / the title
            return self._give("type_line", line)
        if kind is HeaderKind.PLACE_DATE and "place_date" not in self.parts:
            return self._give("place_date", line)
        title = self.parts.get("title", [])
        if kind in (HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ATTACHED) and not self.titles.is_open(line, title):
            return False
        if line.cell is not None:
            return False
        if self.titles.is_authority(position, self._part("agencies"), title):
            if not title and next(self.kinds.after(position, 1), None) is HeaderKind.LETTER_SUBJECT:
                return self._give("type_line", line)  # "NGHỊ QUYẾT" / "HỘI ĐỒNG QUẢN TRỊ" / "(V/v: ...)"
            self.parts.setdefault("authority", []).append(line)
            return False
        if self.closed or not self.titles.goes_on(position, title, self.parts["type_line"]):
            return False
        self.state = "title"
        return self._give("title", line)

    def _is_type_head(self, line: Line) -> bool:
        text = self.document.folded_of(line).lstrip(" (*_")
        if "number" in self.parts:
            return text.startswith("của ") and in_capitals(self.document.of(line))
        return text.startswith(("của ", "số ", "số:", "ngày ", "luật số"))

    # --- address: Kính gửi -----------------------------------------------------------------------------------

    def _take_address(self, line: Line, kind: HeaderKind) -> bool:
        if kind is HeaderKind.ADDRESS:
            return self._give("address", line)
        if (
            kind
            in (HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.RULE, HeaderKind.LETTER_SUBJECT, HeaderKind.NUMBER)
            or line.cell is not None
        ):
            return False
        last = self.parts["address"][-1]
        document = self.document
        shown = document.of(line)
        ended = document.of(last).endswith((".", "./."))
        if bullet_end(shown) and len(shown) < 400:
            return self._give("address", line)
        if shown.startswith("(") and len(shown) < 160 and len(self.parts["address"]) < 3:
            return self._give("address", line)  # the addressee's own address in brackets
        if starts_with(document.folded_of(line), "opener") or in_capitals(shown) or len(shown) > 260:
            return False
        if line.paragraph == last.paragraph and not ended:
            return self._give("address", line)
        label_only = document.folded_of(last).rstrip(" :").endswith(("gửi", "trình", "chuyển", "điện"))
        listed = document.of(last).endswith((";", ",", ":"))
        if label_only or listed:
            return self._give("address", line)
        if not ended and shown[0].islower() and len(shown) < 160:
            return self._give("address", line)
        return False
