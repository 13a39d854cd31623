"""The outline of a body: its items in reading order as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.landmarks import closing_words
from vnadmin.genre.marker import Marker, MarkerKind, read_markers
from vnadmin.genre.misread import is_misread_one, marker_meant
from vnadmin.layout.page import Furniture, Line, Paragraph, SourceDocument
from vnadmin.outline.form import Form
from vnadmin.outline.item import Item, hand_up, text_spans
from vnadmin.outline.quoting import OPENING, amending_words, quoted_lines
from vnadmin.text.pattern import pattern

# A reference that opens a line is running text, and the steps of a procedure are told within their item.
_ACCEPTED: Final = frozenset(MarkerKind) - {MarkerKind.PROVISION, MarkerKind.STEP}
_MAX_DEPTH: Final = 12
# How far a series may jump ahead and still be one: a number left out, a letter order without đ.
_GAP: Final = 3
_TITLE_WORDS: Final = 25
_WRAPPED: Final = 3  # lines of an item with a further paragraph of two lines
# "theo quy định tại Khoản" / "3 - Điều 61 Luật Lâm nghiệp"
_CUT_REFERENCE: Final = (" khoản", " điều")
_ACCOUNT: Final = "tài khoản"
# "Ủy ban nhân dân huyện yêu cầu Thủ trưởng các cơ quan ...", "Bộ Xây dựng đề nghị ...", "Sở Tư pháp kính trình ... xem xét, quyết định./.": the last sentence
_ISSUER_ORDERS = pattern(
    r"[^,;:.]{4,60} (?:yêu cầu|đề nghị|trân trọng|kính đề nghị|kính trình|giao cho|giao|gửi kèm|thông báo (?:để|đến|tới)) "
)


def read_outline(document: SourceDocument, paragraphs: Sequence[Paragraph]) -> list[Item]:
    """The items of the paragraphs as a tree. Table rows and quoted amendments hold no items."""
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    quoted = quoted_lines(document, lines)
    builder = _Outline(document)
    previous: Line | None = None
    form = Form(document)
    for position, line in enumerate(lines):
        if form.holds(line, bool(builder.stack)) or line.cell is not None or line.furniture is Furniture.FOOTNOTE:
            previous = None
            continue
        marker = None
        if position not in quoted:
            readings = read_markers(document.text, document.folded, line.start, line.end)
            if (
                readings
                and readings[0].kind in _ACCEPTED
                and not (readings[0].kind is MarkerKind.NUMBER and builder.goes_on(previous))
            ):
                starts = previous is None or line.paragraph != previous.paragraph
                marker = builder.choose(readings, starts or _ends_clause(document.text, previous))
        if marker is not None:
            builder.open(marker, line)
        else:
            builder.extend(line, position in quoted or document.text.startswith(OPENING, line.start))
        previous = line
    builder.close()
    hand_up(document, builder.roots)
    return builder.roots


def _ends_clause(text: str, line: Line | None) -> bool:
    """Whether a wrapped line ends where an item may begin."""
    return line is None or text[line.end - 1] in '.;:”"…,'


def _is_bracketed(marker: Marker) -> bool:
    """`(1)`: what counts inside an item, however it is marked."""
    return marker.kind is MarkerKind.NUMBER and marker.series.startswith("(")


@dataclass(slots=True)
class _Outline:
    """The tree so far and the stack of items that are still open."""

    document: SourceDocument
    roots: list[Item] = field(default_factory=list)
    stack: list[Item] = field(default_factory=list)
    last: dict[str, tuple[int, ...]] = field(default_factory=dict)  # by series, the value that was opened last

    def choose(self, readings: tuple[Marker, ...], clean: bool) -> Marker | None:
        """The reading that fits where the outline stands, or None where the line is plain text."""
        if self.stack:
            readings = tuple([marker_meant(self.stack[-1].marker, each) for each in readings])
        for reading in readings:
            if self._follows(reading) is not None:
                return reading
        for reading in readings:
            if self._may_open(reading, clean):
                return reading
        return None

    def goes_on(self, previous: Line | None) -> bool:
        """Whether the line before is cut in a reference, or ends with a comma in a wrapped unnumbered paragraph and a note follows."""
        if previous is None or not self.stack:
            return False
        folded, start, end = self.document.folded, previous.start, previous.end
        if folded.endswith(_CUT_REFERENCE, start, end) and not folded.endswith(_ACCOUNT, start, end):
            return True
        if self.document.text[previous.end - 1] != ",":
            return False
        top = self.stack[-1].lines
        if len(top) < _WRAPPED or top[-1] is not previous:
            return False
        return previous.paragraph != top[0].paragraph and top[-2].paragraph == previous.paragraph

    def _follows(self, marker: Marker) -> Item | None:
        """The open item that this one continues exactly: 3 after 2, b after a, the same bullet."""
        behind: Item | None = None
        for position in range(len(self.stack) - 1, -1, -1):
            item = self.stack[position]
            if _successor(item.marker, marker):
                if not self._covered(position, marker):
                    return item
                behind = behind or item
        return behind or self._loosely(marker)

    def _loosely(self, marker: Marker) -> Item | None:
        """The open item that this one continues under another punctuation: `2)` after `1.`, `c.` after `b)`."""
        if (
            marker.kind in (MarkerKind.NUMBER, MarkerKind.LETTER, MarkerKind.ROMAN)
            and marker.value
            and marker.value[0] > 1
        ):
            for item in reversed(self.stack):
                held = item.marker
                if held.kind is marker.kind and held.value and held.value[0] + 1 == marker.value[0]:
                    return item
        return None

    def _covered(self, position: int, marker: Marker) -> bool:
        """Whether an item of a higher class was opened inside the one at `position`: `Phần 5a` inside `4. Bổ sung`."""
        above = self.stack[position + 1 :]
        return bool(above) and any(item.marker.rank < marker.rank for item in above)

    def _may_open(self, marker: Marker, clean: bool) -> bool:
        """Whether a marker that continues no series exactly may stand."""
        if not clean:
            return False
        kind = marker.kind
        if kind in (MarkerKind.BULLET, MarkerKind.HEADING):
            return True
        value = marker.value
        if not value:
            return True
        if kind is MarkerKind.DOTTED:
            return value[-1] <= 1 + _GAP or self._same_series(marker) is not None or self._parent_of(marker) is not None
        if value[-1] == 1 or (kind is MarkerKind.LETTERED):
            return True
        near = self._same_series(marker)
        if near is not None:
            if not near.marker.value:
                return True  # "g)" after "f)": a letter that stands in no list of điểm
            ahead = value[0] - near.marker.value[0]
            if 0 <= ahead <= _GAP or (ahead > 0 and marker.series == "a)"):
                return True
        if self.stack and self._introduces_amendment():
            return True
        if kind is MarkerKind.LETTER:
            return marker.series == "a)" and near is None
        if kind is MarkerKind.ROMAN:
            return value[0] <= 30 and near is not None
        if kind is MarkerKind.NUMBER:
            if near is not None or any(item.marker.kind is MarkerKind.NUMBER for item in self.stack):
                return False
            # clauses may be counted on under the next heading: "9." of part A, "10." of part B
            return value[0] <= 1 + _GAP or self.last.get(marker.series, (0,))[0] + 1 == value[0]
        return False

    def _introduces_amendment(self) -> bool:
        """`2. Sửa đổi khoản 5 Điều 7 như sau:` and then the new clause without quotation marks."""
        item = self.stack[-1]
        return self._ends_colon(item) and self._amends(item.marker, item.lines[0])

    def _same_series(self, marker: Marker) -> Item | None:
        for position in range(len(self.stack) - 1, -1, -1):
            item = self.stack[position]
            if item.marker.kind is marker.kind and item.marker.series == marker.series:
                return None if self._covered(position, marker) else item
        return None

    def _parent_of(self, marker: Marker) -> Item | None:
        """The open item whose number is the head of a dotted one: 4 of 4.1, a of a.1."""
        head = marker.value[:-1]
        for item in reversed(self.stack):
            kind = item.marker.kind
            if marker.kind is MarkerKind.DOTTED and kind in (
                MarkerKind.NUMBER,
                MarkerKind.DOTTED,
                MarkerKind.ROMAN,
                MarkerKind.HEADING,
            ):
                if item.marker.value == head and not _is_bracketed(item.marker):
                    return item
            elif marker.kind is MarkerKind.LETTERED and kind is MarkerKind.LETTER and item.marker.value == head:
                return item
        return None

    def open(self, marker: Marker, line: Line) -> None:
        """Add an item where its marker says it belongs."""
        item = Item(marker, [line])
        parent = self._place(marker, line)
        while self.stack and self.stack[-1] is not parent:
            self.stack.pop()
        if len(self.stack) >= _MAX_DEPTH:
            self.stack.pop()
        (self.stack[-1].children if self.stack else self.roots).append(item)
        self.stack.append(item)
        if marker.value:
            self.last[marker.series] = marker.value

    def _place(self, marker: Marker, line: Line) -> Item | None:
        """The parent of a new item (None: the top)."""
        depth = len(self.stack)
        if marker.kind in (MarkerKind.DOTTED, MarkerKind.LETTERED):
            parent = self._parent_of(marker)
            if parent is not None:
                return parent
        if depth and self._introduces_amendment() and not self._amends(marker, line):
            return self.stack[-1]
        exact = self._follows(marker)
        if exact is not None and self._amends(marker, line):
            exact = self._outermost_amending(marker) or exact
        if exact is not None:
            return self._above(exact)
        near = self._same_series(marker)
        if near is not None:
            restarts = bool(marker.value) and marker.value[-1] == 1
            if restarts and near.children and self._ends_colon(near):
                return near
            if restarts and near is self.stack[-1] and self._ends_colon(near) and near.marker.value != marker.value:
                return near
            inner = self.stack[-1]
            # "I. MỤC ĐÍCH" / "2. Yêu cầu" / "I. HÌNH THỨC": a II was misread
            nests = marker.kind is not MarkerKind.ROMAN
            if nests and restarts and inner is not near and inner.marker.rank > near.marker.rank and self._leads(inner):
                return inner  # "1. Bà ..." below "* Thư ký" of "2. Các tổ công tác" opens a list in it
            return self._above(near)
        return self._by_rank(marker)

    def _by_rank(self, marker: Marker) -> Item | None:
        """The innermost open item that may hold a class not yet open."""
        last = self.stack[-1] if self.stack else None
        if last is not None and self._is_like_the_one_above(marker):
            return last
        if last is not None and is_misread_one(last.marker, marker) and not self._leads(last):
            return self._above(last)
        for position in range(len(self.stack) - 1, -1, -1):
            item = self.stack[position]
            held = item.marker
            if held.kind is MarkerKind.BULLET:
                if marker.kind is MarkerKind.BULLET:
                    top = item is self.stack[-1]
                    if marker.rank > held.rank or (top and (marker.rank == held.rank or self._ends_colon(item))):
                        return item
                    continue
                if item is self.stack[-1] and self._ends_colon(item) and not self._ends_list(position):
                    return item
                continue
            if marker.kind is MarkerKind.BULLET or marker.rank > held.rank:
                return item
            if marker.rank == held.rank and marker.kind is held.kind and item is self.stack[-1]:
                # "1." and then "1)" or "(1)": another punctuation is another depth
                return item
            if _is_bracketed(marker) and not _is_bracketed(held):
                return item  # "(1)" below bullets of "2.1."
            if item is self.stack[-1] and self._ends_colon(item):
                return item
        return None

    def _is_like_the_one_above(self, marker: Marker) -> bool:
        """`(1)` below `* Thư ký`, where `* Thành phần gồm:` above it holds such a list."""
        siblings = self.stack[-2].children if len(self.stack) > 1 else self.roots
        held = siblings[-2].children if len(siblings) > 1 else []
        return bool(held) and held[0].marker.series == marker.series and held[0].marker.value == marker.value

    def _ends_list(self, position: int) -> bool:
        """Whether the bullet at `position` is the last of a list of bodies that the items below are for: `- Sở A;` / `- Sở B:`."""
        siblings = self.stack[position - 1].children if position else self.roots
        return len(siblings) > 1 and all(
            not item.children and self.document.text[item.lines[-1].end - 1] in ";," for item in siblings[:-1]
        )

    def _above(self, item: Item) -> Item | None:
        position = self.stack.index(item)
        return self.stack[position - 1] if position else None

    def _amends(self, marker: Marker, line: Line) -> bool:
        """Whether an item amends; a new one that does stands beside such an item and not in it."""
        return self.document.folded.startswith(amending_words(), marker.content, line.end)

    def _outermost_amending(self, marker: Marker) -> Item | None:
        for item in self.stack:
            if _successor(item.marker, marker) and self._amends(item.marker, item.lines[0]):
                return item
        return None

    def _leads(self, item: Item) -> bool:
        """Whether an item opens a list: its text ends with a colon, or is a title."""
        return self._ends_colon(item) or self._titles(item)

    def _ends_colon(self, item: Item) -> bool:
        """Its text does; a heading without a number below it (`PHẦN HƯỚNG DẪN:`) is no text of its own."""
        first, last = item.lines[0], item.lines[-1]
        if self.document.text[last.end - 1] != ":":
            return False
        return first is last or not in_capitals(self.document.of(last)) or in_capitals(self.document.of(first))

    def extend(self, line: Line, quoted: bool) -> None:
        """Add a plain line to the innermost open item."""
        if self.stack:
            self.stack[-1].lines.append(line)
            if quoted:
                self.stack[-1].quoted.add(line.index)

    def close(self) -> None:
        """Set apart the paragraphs that close the document from the last item."""
        if not self.stack:
            return
        self._part_enclosures()
        last = self.stack[-1]
        articled = any(item.marker.kind is MarkerKind.HEADING for item in self.stack)
        titled = articled or self._titles(last)
        if titled:
            opens = closing_words("formula")  # an Điều keeps its paragraphs: "Trong quá trình thực hiện, ..."
        else:
            opens = ("",) if last.marker.kind is MarkerKind.BULLET else closing_words("closing")
        started = not titled
        for position in range(1, len(last.lines)):
            line = last.lines[position]
            if line.paragraph == last.lines[position - 1].paragraph:
                continue
            folded = self.document.folded
            issuer = started and not articled and _ISSUER_ORDERS.match(folded, line.start, line.end)
            if folded.startswith(opens, line.start, line.end) or issuer:
                last.tail = len(last.lines) - position
                return
            started = True

    def _part_enclosures(self) -> None:
        """`3. ...` / `Bộ Tài chính gửi kèm bộ tài liệu gồm:` / `- Cẩm nang`: the issuer's list is none of the last item's."""
        last = self.roots[-1]
        if last.marker.kind is not MarkerKind.NUMBER or not last.children or not self._ends_colon(last):
            return
        own = [line for line in last.lines if line.paragraph == last.lines[-1].paragraph]
        if len(own) == len(last.lines) or any(child.marker.kind is not MarkerKind.BULLET for child in last.children):
            return
        if _ISSUER_ORDERS.match(self.document.folded, own[0].start, own[-1].end):
            self.roots += last.children
            last.children, last.tail = [], len(own)

    def _titles(self, item: Item) -> bool:
        """Whether the item's own line is a title, so that the paragraph below it is its text."""
        spans, _ = text_spans(item)
        text = self.document.text[spans[0].start : spans[-1].end] if spans else ""
        return text[-1:] not in (".", ";", "/") and len(text.split()) <= _TITLE_WORDS


def _successor(held: Marker, new: Marker) -> bool:
    """Whether `new` is the next of the series of `held`; a bullet follows the same bullet."""
    if held.kind is not new.kind or held.series != new.series:
        return False
    if new.kind is MarkerKind.BULLET:
        return True
    if not held.value or not new.value:
        return False
    if len(new.value) == len(held.value) and new.value[:-1] == held.value[:-1]:
        return new.value[-1] == held.value[-1] + 1
    return len(new.value) == 1 and len(held.value) == 2 and new.value[0] == held.value[0] + 1
