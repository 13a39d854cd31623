"""Text in annotations: e-office systems set the number and the day of a PDF as the appearances of signatures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pypdfium2.raw as pdfium

from vnadmin.layout.page import Box
from vnadmin.layout.placed.geometry import PlacedWord
from vnadmin.source.pdf.calls import Sheet, text_object
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_MOST = 300  # annotations of a page that are looked at
_MOST_SET = 60  # words of annotations that are sought a place for
_MOST_PICTURED = 40  # pictures in annotations of a page
_DEEPEST = 6  # forms within forms of an appearance
_HIDDEN = 1 << 1  # annotation flag (ISO 32000-1, table 165)
# What may show text of its own; a note and the window of a comment are shown by a viewer, and not on the sheet.
_SUBTYPES = frozenset({
    pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_REDACT, pdfium.FPDF_ANNOT_LINK,
    pdfium.FPDF_ANNOT_WATERMARK,
})  # fmt: skip
_PICTURED = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_INK})
_TEXTS = frozenset({pdfium.FPDF_PAGEOBJ_TEXT})
_PICTURES = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE})
_DRAWINGS = _PICTURES | {pdfium.FPDF_PAGEOBJ_PATH}  # what a pen leaves on a tablet; the frame of a field is no drawing
_OF_FIELDS = _TEXTS | {pdfium.FPDF_PAGEOBJ_PATH}  # a field that is filled lies over what stands there

# What a registry sets into the blanks of a header: "11", "482/CĐVNPT-CS", "08", "2025", "23/7/2025"
_FIGURES = pattern(r"\d{1,6}\p{L}?(?:[/.-][\p{L}\d&.,/-]{1,40})?")
# Marks that are stamped on as annotations: "HỎA TỐC", "KHẨN", "MẬT"
_MARK = pattern(r"(?:thượng |thuợng )?khẩn|h(?:oả|ỏa) tốc.{0,12}|(?:tối |tuyệt )?mật")


class Use(StrEnum):
    """What the text of an annotation is."""

    TEXT = "text"  # the document's own: a number, a day, a filled form field
    STAMP = "stamp"  # who signed, when: furniture


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation that shows something, as it lies on the page."""

    box: Box
    is_form_field: bool  # a field that is filled in, and no signature


def shown_annotations(page: object, sheet: Sheet) -> list[Annotation]:
    """Annotations of a page that may show text of their own, or a field over it; highlights do not."""
    found: list[Annotation] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        item = pdfium.FPDFPage_GetAnnot(page, index)
        if not item:
            continue
        try:
            subtype = pdfium.FPDFAnnot_GetSubtype(item)
            if subtype not in _SUBTYPES or pdfium.FPDFAnnot_GetFlags(item) & _HIDDEN:
                continue
            box = pdfium.FS_RECTF()
            is_field = subtype == pdfium.FPDF_ANNOT_WIDGET and _text_of(item, b"FT") not in ("Sig", "")
            if not pdfium.FPDFAnnot_GetRect(item, box) or not _shows(item, _OF_FIELDS if is_field else _TEXTS):
                continue
            place = Box(*sheet.place(box.left, box.bottom, box.right, box.top))
            if place.x1 - place.x0 > 1 and place.y1 - place.y0 > 1:
                found.append(Annotation(place, is_field))
        finally:
            pdfium.FPDFPage_CloseAnnot(item)
    return found


def covering_annotations(page: object) -> list[tuple[float, float, float, float]]:
    """Where annotations lie, which may cover text; in the page's own points."""
    found = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        item = pdfium.FPDFPage_GetAnnot(page, index)
        if not item:
            continue
        box = pdfium.FS_RECTF()
        if (
            pdfium.FPDFAnnot_GetSubtype(item) != pdfium.FPDF_ANNOT_POPUP
            and not pdfium.FPDFAnnot_GetFlags(item) & _HIDDEN
            and pdfium.FPDFAnnot_GetRect(item, box)
        ):
            found.append((box.left, box.bottom, box.right, box.top))
        pdfium.FPDFPage_CloseAnnot(item)
    return found


def pictured_annotations(page: object, sheet: Sheet) -> list[Box]:
    """Where signatures, stamps and strokes of a pen show a picture and no text: registries set a number, a day or a name so."""
    found: list[Box] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        item = pdfium.FPDFPage_GetAnnot(page, index)
        if not item:
            continue
        box = pdfium.FS_RECTF()
        subtype = pdfium.FPDFAnnot_GetSubtype(item)
        if (
            subtype in _PICTURED
            and not pdfium.FPDFAnnot_GetFlags(item) & _HIDDEN
            and pdfium.FPDFAnnot_GetRect(item, box)
            and _shows(item, _PICTURES if subtype == pdfium.FPDF_ANNOT_WIDGET else _DRAWINGS)
            and not _shows(item, _TEXTS)
        ):
            found.append(Box(*sheet.place(box.left, box.bottom, box.right, box.top)))
        pdfium.FPDFPage_CloseAnnot(item)
    return found[:_MOST_PICTURED]


def _shows(item: object, kinds: frozenset[int]) -> bool:
    """Whether the appearance has one of these: most signatures are a picture only."""
    return any(
        _holds(pdfium.FPDFAnnot_GetObject(item, index), kinds, 0)
        for index in range(min(pdfium.FPDFAnnot_GetObjectCount(item), _MOST))
    )


def _holds(item: object, kinds: frozenset[int], depth: int) -> bool:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        return any(
            _holds(pdfium.FPDFFormObj_GetObject(item, index), kinds, depth + 1)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST))
        )
    return kind in kinds


def _text_of(item: object, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(item, key, None, 0)
    if not 2 < length < 100:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(item, key, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")


def own_length(page: object, text_page: object, text: str, objects: int) -> int:
    """How many characters of a page that was flattened are its own; all, where those of annotations stand among them.

    Flattening adds one form, after the `objects` that the page had.
    """
    if pdfium.FPDFPage_CountObjects(page) != objects + 1:
        return len(text)  # the page's own drawing ends in the middle of something
    # Two levels of forms are made by flattening: one for all annotations, in it one for each.
    added = set(_text_objects(pdfium.FPDFPage_GetObject(page, objects), -2))
    end = len(text)
    while end and ((item := text_object(text_page, end - 1)) is None or item in added):
        end -= 1
    # pdfium sorts what stands on one line, but no more than that.
    for index in range(end - 1, -1, -1):
        if text[index] == "\n":
            break
        if text_object(text_page, index) in added:
            return len(text)
    return end


def _text_objects(item: Any, depth: int) -> Iterator[int]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        yield ctypes.addressof(item.contents)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _text_objects(pdfium.FPDFFormObj_GetObject(item, index), depth + 1)


def sort_words(words: list[PlacedWord], found: list[Annotation]) -> tuple[list[PlacedWord], list[list[PlacedWord]]]:
    """The words that annotations show: those that belong to the document's text, and those of stamps, each together."""
    groups: dict[int, list[PlacedWord]] = {}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        around = [
            (index, item)
            for index, item in enumerate(found)
            if item.box.x0 - 2 <= x <= item.box.x1 + 2 and item.box.y0 - 2 <= y <= item.box.y1 + 2
        ]
        nearest = min(around, key=lambda pair: _area(pair[1].box), default=(-1, None))[0]
        groups.setdefault(nearest, []).append(word)
    own: list[PlacedWord] = []
    stamps: list[list[PlacedWord]] = []
    for index, group in groups.items():
        if (index >= 0 and found[index].is_form_field) or _use(group) is Use.TEXT:
            own += group
        else:
            stamps.append(group)
    return own, stamps


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _use(group: list[PlacedWord]) -> Use:
    text = " ".join(word.text for word in group)
    first = group[0]
    one_line = all(min(word.y1, first.y1) - max(word.y0, first.y0) > 0 for word in group)
    if one_line and len(text) <= 48 and (_FIGURES.fullmatch(text.replace(" ", "")) or _MARK.fullmatch(fold(text))):
        return Use.TEXT
    return Use.STAMP


def insert(words: list[PlacedWord], own: list[PlacedWord]) -> list[PlacedWord]:
    """Put words that were set into blanks where they are read: after their left neighbour on the line."""
    out = list(words)
    for word in own[:_MOST_SET]:
        middle = (word.x0 + word.x1) / 2
        y0, y1 = word.y0, word.y1
        height = y1 - y0
        best = -1
        best_gap = 8 * max(height, 8.0)
        for index, other in enumerate(out):
            _, left, top, right, low, _, _ = other
            if top > y1 or low < y0 or min(y1, low) - max(y0, top) < 0.25 * min(height, low - top):
                continue  # nearly all stand on other lines
            if (left + right) / 2 > middle:
                continue
            gap = word.x0 - right
            if gap < best_gap:
                best, best_gap = index, gap
        if best < 0:
            out.append(word)
            continue
        line = out[best]
        # The registry's figures seldom stand quite on the line: the box takes in the line's height.
        out.insert(best + 1, word._replace(y0=min(word.y0, line.y0), y1=max(word.y1, line.y1)))
    return out + own[_MOST_SET:]
