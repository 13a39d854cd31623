"""Ruled tables of a PDF page, from the lines that are drawn on it.

pdfplumber's table finder answers the same question in 80 to 120 ms a page, and its time grows with the square of the
crossings; a lattice over merged rules needs about one, so that no page has to be guarded from it.
"""

from __future__ import annotations

import ctypes
import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from vnadmin.layout.page import Box
from vnadmin.layout.placed.geometry import Grid, GridCell
from vnadmin.source.pdf.calls import Sheet
from vnadmin.source.pdf.sight import Sights, bounds_of, placed

_THIN = 3.0  # points: a filled box not thicker than this is a rule
_SNAP = 2.5  # rules nearer than this are one
_MAX_OBJECTS = 20_000  # a map or a drawing, no table
_MAX_RULES = 3_000
_DEEPEST = 3  # forms within forms
_MAX_SHAPES = 2_000
_LEAST_LETTER, _LETTER = 4.0, 24.0  # points of height
_REPLACEMENT = b"ActualText"
_FIGURES = 90.0  # points of width: all figures of a number may be one path


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page besides text."""

    rules: list[tuple[float, float, float, float]]  # thin boxes, as shown
    pictures: list[Box]
    paths: int
    shapes: list[Box]  # paths of the size of letters
    sights: Sights = field(default_factory=Sights)

    @property
    def texts(self) -> int:
        """How many text objects there are."""
        return self.sights.texts


def drawn_on(page: object, sheet: Sheet) -> Drawn:
    """Rules and pictures of a page, those within forms too (one level).

    On the way what a file says stands in place of its letters (`/Span <</ActualText …>>`) is taken away: no reader of the page sees that.
    """
    found = Drawn([], [], 0, [])
    count = pdfium.FPDFPage_CountObjects(page)
    _walk(page, count, pdfium.FPDFPage_GetObject, found, sheet, 0, _UNMOVED)
    return found if count <= _MAX_OBJECTS else Drawn([], [], 0, [], Sights(uncertain=True))


def _walk(
    holder: object, count: int, get: Callable[[object, int], object], found: Drawn, sheet: Sheet, depth: int,
    moved: tuple[float, ...],
) -> None:  # fmt: skip
    """The objects of a page or of a form on it."""
    sights = found.sights
    for index in range(min(count, _MAX_OBJECTS)):
        item = get(holder, index)
        marks = _count_marks(item)
        if marks:
            _unmark(item, marks)
        mode = _text_mode(item)  # of text alone, which nearly every object is
        if mode == _NO_TEXT:
            _add(item, found, sheet, depth, moved)
        else:
            sights.look_at_text(item, mode, moved)


def _add(item: object, found: Drawn, sheet: Sheet, depth: int, moved: tuple[float, ...]) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        inner = _moved_by(item, moved)
        if inner is None or depth == _DEEPEST or pdfium.FPDFPageObj_HasTransparency(item):
            found.sights.uncertain = True
            inner = inner or moved
        if depth < _DEEPEST:
            count = pdfium.FPDFFormObj_CountObjects(item)
            _walk(item, count, pdfium.FPDFFormObj_GetObject, found, sheet, depth + 1, inner)
        return
    bounds = bounds_of(item)
    if bounds is None:
        return
    where = placed(bounds, moved) if depth else bounds
    x0, low, x1, high = bounds[0], where[1], bounds[2], where[3]
    found.sights.look_at_mark(item, kind, where)
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found.pictures.append(Box(*sheet.place(*where)))
        return
    if kind != pdfium.FPDF_PAGEOBJ_PATH or len(found.rules) > _MAX_RULES:
        return
    found.paths += 1
    if _LEAST_LETTER <= high - low <= _LETTER and 1 <= x1 - x0 <= _FIGURES and len(found.shapes) < _MAX_SHAPES:
        found.shapes.append(Box(*sheet.place(*where)))
    if min(x1 - x0, high - low) <= _THIN:
        if depth == 0:
            found.rules.append(sheet.place(x0, low, x1, high))
    elif depth == 0:
        found.rules += _outline(item, sheet)


_UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_count_marks, _text_mode, _NO_TEXT = (
    pdfium.FPDFPageObj_CountMarks,
    pdfium.FPDFTextObj_GetTextRenderMode,
    pdfium.FPDF_TEXTRENDERMODE_UNKNOWN,
)
_mark, _kind_of = pdfium.FPDFPageObj_GetMark, pdfium.FPDFPageObjMark_GetParamValueType
_STRING = pdfium.FPDF_OBJECT_STRING


def _unmark(item: object, marks: int) -> None:
    while marks:
        marks -= 1
        mark = _mark(item, marks)
        if _kind_of(mark, _REPLACEMENT) == _STRING:
            pdfium.FPDFPageObj_RemoveMark(item, mark)


def _moved_by(form: object, outer: tuple[float, ...]) -> tuple[float, ...] | None:
    """Where a form lies on the page, and how large; None of one that is turned."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(form, matrix) or matrix.a <= 0 or not matrix.d or matrix.b or matrix.c:
        return None
    return (
        outer[0] * matrix.a, 0.0, 0.0, outer[3] * matrix.d,
        outer[0] * matrix.e + outer[4], outer[3] * matrix.f + outer[5],
    )  # fmt: skip


def _outline(item: object, sheet: Sheet) -> Iterator[tuple[float, float, float, float]]:
    """The straight strokes of a path: a drawn frame, or many rules in one path."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    count = pdfium.FPDFPath_CountSegments(item)
    if count > 2000 or not (stroke.value or count > 5):
        return
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    figures: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            figures.append([point])
        elif kind == pdfium.FPDF_SEGMENT_LINETO and figures:
            figures[-1].append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                figures[-1].append(figures[-1][0])
        elif figures:  # a curve: what follows starts anew
            figures.append([point])
    for figure in figures:
        if stroke.value:
            for (ax, ay), (bx, by) in itertools.pairwise(figure):
                if min(abs(ax - bx), abs(ay - by)) <= 1.0:
                    yield sheet.place(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        else:
            xs, ys = [point[0] for point in figure], [point[1] for point in figure]
            if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
                yield sheet.place(min(xs), min(ys), max(xs), max(ys))


@dataclass(slots=True)
class _Rule:
    """A straight rule: at `at` across, from `start` to `end` along."""

    at: float
    start: float
    end: float


def grids(rules: list[tuple[float, float, float, float]]) -> list[Grid]:
    """The tables that rules draw, top to bottom; a frame around a single cell is none."""
    if len(rules) < 5:
        return []
    across, down = [], []
    for x0, y0, x1, y1 in rules:
        if x1 - x0 >= y1 - y0:
            across.append(_Rule((y0 + y1) / 2, x0, x1))
        if y1 - y0 >= x1 - x0:  # the dot where two rules cross belongs to both
            down.append(_Rule((x0 + x1) / 2, y0, y1))
    across, down = _merge(across), _merge(down)
    if len(across) < 2 or len(down) < 2 or len(across) * len(down) > 250_000:
        return []
    found = [grid for group in _connected(across, down) if (grid := _grid(*group))]
    return sorted(found, key=lambda grid: grid.box.y0)


def _merge(rules: list[_Rule]) -> list[_Rule]:
    """Rules on one line joined, those shorter than any cell dropped."""
    out: list[_Rule] = []
    rules.sort(key=lambda rule: rule.at)
    group: list[_Rule] = []
    for rule in [*rules, None]:
        if rule is not None and (not group or rule.at - group[0].at <= _SNAP):
            group.append(rule)
            continue
        if group:
            at = sum(item.at for item in group) / len(group)
            group.sort(key=lambda item: item.start)
            open_rule = _Rule(at, group[0].start, group[0].end)
            for item in group[1:]:
                if item.start <= open_rule.end + _SNAP:
                    open_rule.end = max(open_rule.end, item.end)
                else:
                    out.append(open_rule)
                    open_rule = _Rule(at, item.start, item.end)
            out.append(open_rule)
        group = [rule] if rule is not None else []
    return [rule for rule in out if rule.end - rule.start > 5.0]


def _connected(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Groups of rules that touch one another."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, row in enumerate(across):
        for j, column in enumerate(down):
            if (
                row.start - _SNAP <= column.at <= row.end + _SNAP
                and column.start - _SNAP <= row.at <= column.end + _SNAP
            ):
                parent[root(len(across) + j)] = root(i)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = defaultdict(lambda: ([], []))
    for i, row in enumerate(across):
        groups[root(i)][0].append(row)
    for j, column in enumerate(down):
        groups[root(len(across) + j)][1].append(column)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _grid(across: list[_Rule], down: list[_Rule]) -> Grid | None:
    """Cells of one table: the smallest fields of its lattice, joined where no rule parts them."""
    xs, ys = sorted({rule.at for rule in down}), sorted({rule.at for rule in across})
    columns, lines = len(xs) - 1, len(ys) - 1
    if columns < 2 or lines < 1 or columns * lines > 100_000:
        return None
    walls = _walls(down, xs, ys)  # walls[i]: rows of fields that have a rule on their left edge xs[i]
    floors = _walls(across, ys, xs)
    seen = [[False] * columns for _ in range(lines)]
    cells = []
    for row in range(lines):
        for column in range(columns):
            if seen[row][column]:
                continue
            right = column + 1
            while right < columns and row not in walls[right] and not seen[row][right]:
                right += 1
            below = row + 1
            while below < lines and not any(c in floors[below] for c in range(column, right)):
                below += 1
            for r in range(row, below):
                seen[r][column:right] = [True] * (right - column)
            box = Box(xs[column], ys[row], xs[right], ys[below])
            cells.append(GridCell(row, column, box, below - row, right - column))
    if len(cells) < 2 or len({cell.column for cell in cells}) < 2:
        return None
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), tuple(cells))


def _walls(rules: list[_Rule], ats: list[float], steps: list[float]) -> list[set[int]]:
    """For each line of the lattice the fields (between two steps) along which a rule runs."""
    index = {at: i for i, at in enumerate(ats)}
    found: list[set[int]] = [set() for _ in ats]
    middles = [(a + b) / 2 for a, b in itertools.pairwise(steps)]
    for rule in rules:
        first, last = bisect_right(middles, rule.start), bisect_right(middles, rule.end)
        found[index[rule.at]].update(range(first, last))
    return found
