"""Cuts a page into full-width lines and two-column regions: the header (agency | motto) and the end (Nơi nhận | signature)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vnadmin.layout.geometry import Segment, join, rows
from vnadmin.layout.page import Column
from vnadmin.text.fold import bare

# The right column of a header or of an end begins at least this far across the text (seen: 0.40 to 0.60).
_RIGHT_FROM = 0.38
# Where a page's right column begins with these words, its left edge is known (NĐ 30/2020, Phụ lục I, ô 1; HD 36 of the Party).
_MOTTO = ("cong hoa xa hoi", "doc lap", "dang cong san viet")
_ADDRESS = ("kinh gui", "kinh trinh")  # ô 9a: never within a column
_RECIPIENTS = ("noi nhan",)  # ô 9b


@dataclass(slots=True)
class Row:
    """A line of one column."""

    segment: Segment
    column: Column


def arrange(items: Sequence[Segment]) -> list[Row]:
    """The lines of one page in reading order, in a two-column region the left column before the right one."""
    if not items:
        return []
    page = _Page(sorted(items, key=lambda item: (item.y1, item.x0)))
    return page.arrange()


class _Page:
    def __init__(self, items: list[Segment]) -> None:
        self.items = items
        self.bare = [bare(item.text[:40]) for item in items]
        heights = sorted(item.height for item in items)
        self.height = heights[len(heights) // 2]
        left = min(item.x0 for item in items)
        right = max(item.x1 for item in items)
        wide = [item for item in items if item.x1 - item.x0 > 0.55 * (right - left)]
        if len(wide) >= 3:
            left, right = min(item.x0 for item in wide), max(item.x1 for item in wide)
        self.left, self.right = left, right
        self.middle = (left + right) / 2

    def arrange(self) -> list[Row]:
        taken = [False] * len(self.items)
        blocks: list[tuple[float, list[Row]]] = []
        index = 0
        while index < len(self.items):
            if not taken[index] and self._opens_right(index):
                band = self._band(index, taken)
                for member in (*band.left, *band.right):
                    taken[member] = True
                blocks.append((min(self.items[i].y0 for i in (*band.left, *band.right)), self._column_rows(band)))
            index += 1
        full = [item for item, used in zip(self.items, taken, strict=True) if not used]
        for row in rows(full):
            line = join(row)
            blocks.append((line.y0, [Row(line, Column.FULL)]))
        blocks.sort(key=lambda block: block[0])
        return [row for _, block in blocks for row in block]

    def _opens_right(self, index: int) -> bool:
        """Whether this segment can be the first of a right column."""
        item = self.items[index]
        if self.bare[index].startswith(_MOTTO):
            return not self._centred(item)
        if item.x0 < self.left + _RIGHT_FROM * (self.right - self.left) or self.bare[index].startswith(_ADDRESS):
            return False
        return not self._centred(item)

    def _centred(self, item: Segment) -> bool:
        return abs(item.middle - self.middle) < 0.05 * (self.right - self.left)

    def _band(self, seed: int, taken: list[bool]) -> _Band:
        items, seed_item = self.items, self.items[seed]
        band = _Band(left=[], right=[seed], low=self.left, high=seed_item.x0, axis=seed_item.middle)
        top, bottom = seed_item.y0, seed_item.y1
        # Upwards: what stands beside the seed on its left, and the label of the recipients or the agency above it.
        for index in range(len(items) - 1, -1, -1):
            item = items[index]
            if taken[index] or index == seed or item.x1 > band.high or item.y0 > bottom:
                continue
            beside = item.y1 > top + 0.3 * item.height and item.y0 < bottom
            label = self.bare[index].startswith(_RECIPIENTS) and top - item.y1 < 3 * self.height
            if beside or label:
                band.left.append(index)
                band.low = max(band.low, item.x1)
                top = min(top, item.y0)
        if self.bare[seed].startswith(_MOTTO):
            self._agency_above(band, top, taken)
        members = set(band.left) | {seed}
        last = bottom
        for index in range(len(items)):
            item = items[index]
            if index in members or taken[index] or item.y1 <= top:
                continue
            if item.y0 - last > 6 * self.height and not (band.left and item.x0 >= band.low):
                break
            side = self._side(index, band)
            if side is None:
                if item.y1 > bottom:
                    break
                continue
            if side is Column.LEFT:
                if not self._may_follow_left(index, band, last):
                    break
                band.left.append(index)
                band.low = max(band.low, item.x1)
            else:
                band.right.append(index)
                band.high = min(band.high, item.x0)
            last = max(last, item.y1)
        return band

    def _agency_above(self, band: _Band, top: float, taken: list[bool]) -> None:
        for index in range(len(self.items) - 1, -1, -1):
            item = self.items[index]
            if taken[index] or index in band.left or item.x1 > band.high or item.y1 > top + 0.5 * item.height:
                continue
            if top - item.y1 < 1.5 * item.height and item.middle < self.middle:
                band.left.append(index)
                band.low = max(band.low, item.x1)
                top = item.y0

    def _side(self, index: int, band: _Band) -> Column | None:
        item = self.items[index]
        if self.bare[index].startswith(_ADDRESS):
            return None
        fits_left, fits_right = item.x1 <= band.high, item.x0 >= band.low
        if not (fits_left or fits_right):
            return None
        if self._centred(item) and not self._has_neighbour(index):
            # A short title is no line of either column; the middle of the page is nearer than theirs.
            if abs(item.middle - band.axis) > abs(item.middle - self.middle):
                return None
        if fits_left and fits_right:
            return Column.RIGHT if item.middle > self.middle else Column.LEFT
        return Column.LEFT if fits_left else Column.RIGHT

    def _has_neighbour(self, index: int) -> bool:
        item = self.items[index]
        for step in (-1, 1):
            other = index + step
            while 0 <= other < len(self.items) and abs(self.items[other].y1 - item.y1) < item.height:
                if min(item.y1, self.items[other].y1) - max(item.y0, self.items[other].y0) > 0.3 * item.height:
                    return True
                other += step
        return False

    def _may_follow_left(self, index: int, band: _Band, last: float) -> bool:
        item = self.items[index]
        if band.left:
            return item.y0 - last < 2.5 * self.height
        right_bottom = max(self.items[i].y1 for i in band.right)
        return item.y0 < right_bottom

    def _column_rows(self, band: _Band) -> list[Row]:
        out: list[Row] = []
        for column, members in ((Column.LEFT, band.left), (Column.RIGHT, band.right)):
            for row in rows([self.items[i] for i in members]):
                out.append(Row(join(row), column))
        return out


@dataclass(slots=True)
class _Band:
    """A two-column region: indices of its segments, and the white gutter between `low` and `high`."""

    left: list[int]
    right: list[int]
    low: float
    high: float
    axis: float
