"""Cuts a page into full-width lines and two-column regions: the header and the end (Nơi nhận | signature)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vnadmin.genre.bullet import bullets
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import opens_list
from vnadmin.genre.document_type import is_type_name
from vnadmin.genre.landmarks import opens_address
from vnadmin.genre.motto import Motto, motto_of, opens_motto
from vnadmin.layout.page import Column
from vnadmin.layout.placed.geometry import Segment, join, rows, segment_of
from vnadmin.layout.placed.signers import signer_columns
from vnadmin.text.fold import bare

# The right column of a header or of an end begins at least this far across the text (seen: 0.40 to 0.60).
_RIGHT_FROM = 0.38
# A title stands within this share of the text's width from its middle; the columns' own middles lie 0.25 away.
_CENTRED = 0.05
_MOTTO_WORDS = 6
_TRIES = 60  # right columns that are looked for on a page: a drawing has thousands of words and none


@dataclass(frozen=True, slots=True)
class Extent:
    """Left and right edge of a page's text."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True)
class Row:
    """A line of one column."""

    segment: Segment
    column: Column


@dataclass(slots=True)
class Arranged:
    """The lines of a page part, and whether they end with recipients and signature (which may go on overleaf)."""

    rows: list[Row] = field(default_factory=list)
    ends_open: bool = False


def extent_of(items: Sequence[Segment]) -> Extent:
    """The edges of the text: of its wide lines, where there are some, else of all."""
    left = min(item.x0 for item in items)
    right = max(item.x1 for item in items)
    wide = [item for item in items if item.x1 - item.x0 > 0.55 * (right - left)]
    if len(wide) >= 3:
        left, right = min(item.x0 for item in wide), max(item.x1 for item in wide)
    return Extent(left, right)


def arrange(items: Sequence[Segment], extent: Extent, *, page_top: bool, goes_on: bool = False) -> Arranged:
    """The lines of a page, or of the part of it between two tables, in reading order: left columns before right ones.

    Args:
        items: segments that are neither furniture nor in a table.
        extent: the edges of the page's text.
        page_top: whether this part is the top of the page, where a header may stand.
        goes_on: whether the page before ended within recipients and signature.
    """
    if not items:
        return Arranged()
    pieces = [piece for item in items for piece in (_cut_before_motto(item) if page_top else (item,))]
    return _Part(sorted(pieces, key=lambda item: (item.y1, item.x0)), extent, page_top, goes_on).arrange()


def _cut_before_motto(item: Segment) -> Sequence[Segment]:
    """Agency and motto apart where their cells nearly touch: "NGÂN HÀNG NHÀ NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA"."""
    words = item.words
    for index in range(1, len(words) - 1):
        if words[index].text[0] in "CĐÐ":
            rest = " ".join(word.text for word in words[index : index + _MOTTO_WORDS])
            # "của nước Cộng hòa xã hội chủ nghĩa Việt Nam" is running text: only capitals are a header's, and not those of
            # "CỦA QUỐC HỘI NƯỚC CỘNG HÒA ... SỐ 19/1998/QH10" in a gazette
            if words[index - 1].text == "NƯỚC" and (index < 2 or words[index - 2].text != "NHÀ"):
                continue
            # "Đảng Cộng sản Việt Nam" in small letters is running text too
            loud = in_capitals(rest)
            if (loud or rest[0] != "C") and opens_motto(bare(rest)) and (loud or _is_liberty(bare(rest))):
                return segment_of(words[:index]), segment_of(words[index:])
    return (item,)


def _is_liberty(bare_text: str) -> bool:
    """The second line of the motto, which alone is printed in small letters."""
    motto = motto_of(bare_text)
    return motto is not None and motto.kind is Motto.LIBERTY


@dataclass(slots=True)
class _Band:
    """A two-column region: indices of its segments, and the white gutter between `low` and `high`."""

    left: list[int]
    right: list[int]
    low: float
    high: float
    axis: float
    top: float
    is_end: bool = False


class _Part:
    def __init__(self, items: list[Segment], extent: Extent, page_top: bool, goes_on: bool) -> None:
        self.items = items
        self.extent = extent
        self.page_top = page_top
        self.goes_on = goes_on
        self.bare = [item.bare[:40] for item in items]
        self.height = sorted(item.height for item in items)[len(items) // 2]
        self.taken = [False] * len(items)

    def arrange(self) -> Arranged:
        blocks = self._signers()
        open_end = -1.0
        refused: set[int] = set()
        tries = 0
        for index in range(len(self.items)):
            if self.taken[index] or index in refused or not self._opens_right(index):
                continue
            tries += 1
            if tries > _TRIES:
                break
            band = self._band(index)
            if not self._is_real(band):
                refused.update(i for i in band.right if not in_capitals(self.items[i].text))
                continue
            for member in (*band.left, *band.right):
                self.taken[member] = True
            blocks.append((band.top, self._rows_of(band)))
            if band.is_end:
                open_end = max(self.items[i].y1 for i in (*band.left, *band.right))
        free = [item for item, used in zip(self.items, self.taken, strict=True) if not used]
        for row in rows(free):
            top = min(item.y0 for item in row)
            for line in self._apart(row):
                blocks.append((top, [Row(line, self._column_alone(line))]))
        blocks.sort(key=lambda block: block[0])
        last = max(item.y1 for item in self.items)
        return Arranged([row for _, block in blocks for row in block], open_end >= last - 1)

    def _signers(self) -> list[tuple[float, list[Row]]]:
        """Signers side by side, each whole before the next."""
        taken, columns = signer_columns(self.items, self.height)
        laid = set(map(id, taken))  # not `in taken`: the segments of words that were printed twice are equal
        self.taken = [id(item) in laid for item in self.items]
        found = [
            Row(join(row), Column.RIGHT if place else Column.LEFT)
            for place, column in enumerate(columns)
            for row in rows(column)
        ]
        return [(found[0].segment.y0, found)] if found else []

    def _apart(self, row: list[Segment]) -> list[Segment]:
        """A row as one line; as two a type in the middle of the page beside what is read of a watermark, and a stamp
        (`HỎA TỐC`) beside `Kính gửi`.
        """
        label = next((place for place, item in enumerate(row) if place and opens_address(item.bare)), 0)
        if label:
            return [join(row[:label]), join(row[label:])]
        title = (
            next((item for item in row if self._centred(item) and is_type_name(item.text)), None) if row[1:] else None
        )
        if title is None:
            return [join(row)]
        return [join([item for item in row if item is not title]), title]

    def _column_alone(self, line: Segment) -> Column:
        """Recipients that go on overleaf, where no signature stands beside them any more."""
        if (
            self.goes_on
            and line.words[0].text[0] in bullets()
            and line.x1 < self.extent.middle + 0.1 * self.extent.width
        ):
            return Column.LEFT
        return Column.FULL

    def _opens_right(self, index: int) -> bool:
        """Whether this segment can be the first of a right column."""
        item = self.items[index]
        if self._is_motto(index):
            return not self._centred(item) or self._has_neighbour(index)
        if self._centred(item):
            return False
        return item.x0 >= self.extent.left + _RIGHT_FROM * self.extent.width and not opens_address(self.bare[index])

    def _is_motto(self, index: int) -> bool:
        """Whether a segment is the motto, set right of an agency; running text may begin with its words too."""
        item, extent = self.items[index], self.extent
        return (
            opens_motto(self.bare[index])
            and item.x0 > extent.left + 0.12 * extent.width
            and item.x1 - item.x0 < 0.75 * extent.width
        )

    def _centred(self, item: Segment) -> bool:
        return abs(item.middle - self.extent.middle) < _CENTRED * self.extent.width

    def _band(self, seed: int) -> _Band:
        items = self.items
        first = items[seed]
        band = _Band([], [seed], self.extent.left, first.x0, first.middle, first.y0)
        self._grow_beside(seed, band)
        if self._is_motto(seed) or self.goes_on:
            self._grow_up_left(band, 3.5 if self._is_motto(seed) else 60.0)
        members = {*band.left, seed}
        bottom = last = first.y1
        for index, item in enumerate(items):
            if index in members or self.taken[index] or item.y1 <= band.top:
                continue
            if item.y0 - last > 8 * self.height and not (band.left and item.x0 >= band.low):
                break
            side = self._side(index, band, last)
            if side is None:
                if item.y1 > bottom:
                    break
                continue
            if side is Column.LEFT:
                band.left.append(index)
                band.low = max(band.low, item.x1)
            else:
                band.right.append(index)
                band.high = min(band.high, item.x0)
            last = max(last, item.y1)
        band.is_end = any(opens_list(self.bare[i]) for i in band.left)
        return band

    def _grow_beside(self, seed: int, band: _Band) -> None:
        """What stands beside the seed on its left, and the label of the recipients a line above it."""
        first = self.items[seed]
        for index in range(len(self.items) - 1, -1, -1):
            item = self.items[index]
            if self.taken[index] or index == seed or item.x1 > band.high or item.y0 > first.y1:
                continue
            beside = item.y1 > band.top + 0.3 * item.height and item.y0 < first.y1 - 0.3 * item.height
            label = opens_list(self.bare[index]) and band.top - item.y1 < 3 * self.height
            if beside or label:
                band.left.append(index)
                band.low = max(band.low, item.x1)
                band.top = min(band.top, item.y0)

    def _grow_up_left(self, band: _Band, reach: float) -> None:
        """Lines of the left column that begin above the right one: a long agency's name, recipients from overleaf."""
        limit = band.top - reach * self.height
        for index in range(len(self.items) - 1, -1, -1):
            item = self.items[index]
            if self.taken[index] or index in band.left or item.x1 > band.high or item.y1 > band.top + 0.5 * item.height:
                continue
            if band.top - item.y1 < 1.5 * item.height and item.middle < self.extent.middle and item.y0 > limit:
                band.left.append(index)
                band.low = max(band.low, item.x1)
                band.top = item.y0

    def _side(self, index: int, band: _Band, last: float) -> Column | None:
        """The column of the band to which a segment belongs; None if it crosses the gutter or is a title."""
        item = self.items[index]
        if opens_address(self.bare[index]):
            return None
        fits_left, fits_right = item.x1 <= band.high, item.x0 >= band.low
        if not (fits_left or fits_right):
            return self._cut_at_gutter(index, band)
        alone = not self._has_neighbour(index)
        if (
            (alone or is_type_name(item.text))
            and self._centred(item)
            and abs(item.middle - band.axis) > abs(item.middle - self.extent.middle)
        ):
            return None  # a short title is no line of either column: the middle of the page is nearer than theirs
        if fits_left and not (fits_right and item.middle > self.extent.middle):
            return Column.LEFT if self._may_follow_left(index, band, last) else None
        return Column.RIGHT

    def _cut_at_gutter(self, index: int, band: _Band) -> Column | None:
        """Number and date apart where they nearly touch: "Số: 12/2020/TT-BTC Hà Nội, ngày 3 tháng 2 năm 2020"."""
        item = self.items[index]
        if not (self.page_top and "ngay" in item.bare and "so" in self.bare[index]):
            return None
        words = item.words
        gaps = [
            (after.x0 - before.x1, position)
            for position, (before, after) in enumerate(pairwise(words), 1)
            if after.x0 > band.low - self.height and before.x1 < band.high + 4 * self.height
        ]
        if not gaps or max(gaps)[0] < 0.4 * self.height:
            return None
        position = max(gaps)[1]
        self.items[index] = segment_of(words[:position])
        self.bare[index] = self.items[index].bare[:40]
        right = segment_of(words[position:])
        self.items.append(right)
        self.bare.append(right.bare[:40])
        self.taken.append(False)
        band.right.append(len(self.items) - 1)
        return Column.LEFT

    def _may_follow_left(self, index: int, band: _Band, last: float) -> bool:
        item = self.items[index]
        if band.left:  # two signers side by side leave room for their hands
            return item.y0 - last < (8 if self._has_neighbour(index) else 2.5) * self.height
        if opens_list(self.bare[index]):
            return item.y0 - last < 4 * self.height
        return item.y0 < max(self.items[i].y1 for i in band.right)

    def _has_neighbour(self, index: int) -> bool:
        """Whether another segment stands beside this one."""
        item = self.items[index]
        for step in (-1, 1):
            other = index + step
            while 0 <= other < len(self.items) and abs(self.items[other].y1 - item.y1) < item.height:
                if min(item.y1, self.items[other].y1) - max(item.y0, self.items[other].y0) > 0.3 * item.height:
                    return True
                other += step
        return False

    def _is_real(self, band: _Band) -> bool:
        """Whether a region is a header or an end, and not a list under `Kính gửi:` or a table without rules."""
        if band.is_end or any(self._is_motto(i) for i in band.right):
            return True
        if self.goes_on and band.left and band.top - self.items[0].y0 < 1.5 * self.height:
            band.is_end = True
            return True
        head = self.items[band.right[0]]
        if head.words[0].text[0] in bullets():
            return False
        if self.page_top and band.left and band.top - self.items[0].y0 < 1.5 * self.height:
            return 4 <= len(band.left) + len(band.right) <= 24 and not self._is_tabular(band)
        return in_capitals(head.text) and not self._is_tabular(band)

    def _is_tabular(self, band: _Band) -> bool:
        """Whether the columns are read across: numbered rows with three parts or more on one baseline."""
        lines = rows([self.items[i] for i in (*band.left, *band.right)])
        wide = sum(1 for line in lines if len(line) >= 3)
        return len(lines) >= 3 and wide * 2 > len(lines)

    def _rows_of(self, band: _Band) -> list[Row]:
        return [
            Row(join(row), column)
            for column, members in ((Column.LEFT, band.left), (Column.RIGHT, band.right))
            for row in rows([self.items[i] for i in members])
        ]
