"""Splits Found leaves into plain values and evidence entries keyed by JSON Pointer (RFC 6901)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypedDict

from vnadmin.found import Found
from vnadmin.layout.page import Box, Line, SourceDocument, Span, Word
from vnadmin.model import Grade


class Entry(TypedDict):
    """An evidence entry before the model validates it."""

    start: int
    end: int
    quote: str
    page: int
    boxes: list[Box]
    rule: str
    grade: Grade
    confidence: float | None


@cache
def attributes(kind: type[Any]) -> tuple[tuple[str, str, Callable[[Any], Any]], ...] | None:
    """Of each attribute of a dataclass its name, its part of a pointer and its getter; None for any other class."""
    return tuple((f.name, f"/{f.name}", attrgetter(f.name)) for f in fields(kind)) if is_dataclass(kind) else None


class EvidenceWriter:
    """Walks values once; `entries` holds the evidence of every leaf met."""

    def __init__(self, document: SourceDocument) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self._text = document.text
        self._lines = document.lines + document.furniture
        self._starts = [line.start for line in self._lines]
        self._measured = document.measured

    def unwrap(self, value: object, pointer: str) -> Any:
        """Plain value of a Found, of a dataclass of Founds, or of a tuple of them."""
        if isinstance(value, Found):
            self.entries[pointer] = self._evidence(value)
            return value.value
        if isinstance(value, tuple):
            return [self.unwrap(item, f"{pointer}/{index}") for index, item in enumerate(value)]
        kind: Any = type(value)
        plain: dict[str, Any] = {}
        for name, part, get in attributes(kind) or ():
            inner = get(value)
            if type(inner) is Found:  # nearly every one
                self.entries[pointer + part] = self._evidence(inner)
                plain[name] = inner.value
            else:
                plain[name] = None if inner is None else self.unwrap(inner, pointer + part)
        return plain or value

    def regrade(self, pointer: str, grade: Grade) -> None:
        """Lower the grade of a value that another field speaks against."""
        lower(self.entries.get(pointer, ()), grade)

    def _evidence(self, found: Found[Any]) -> list[Entry]:
        """The entries of one leaf, in reading order."""
        _, spans, rule, grade = found
        entries: list[Entry] = []
        for span in spans:
            start, end = span
            index = bisect_right(self._starts, start) - 1  # the first line begins at 0
            line = self._lines[index] if index >= 0 else None
            if line is not None and start < end <= line.end:  # nearly every slice
                box, scores = _box(line, span) if line.words else (line.box, [])
                entries.append(
                    {
                        "start": start,
                        "end": end,
                        "quote": self._text[start:end],
                        "page": line.page,
                        "boxes": [] if box is None else [_rounded(box)],
                        "rule": rule,
                        "grade": grade,
                        "confidence": sum(scores) / len(scores) if scores else None,
                    }
                )
            elif line is not None:
                self._add(entries, span, index, rule, grade)
        if self._measured:
            self._measure(entries)
        return entries

    def _add(self, entries: list[Entry], span: Span, index: int, rule: str, grade: Grade) -> None:
        """One entry for each page that a span touches; it begins on the line of this index."""
        entry: Entry | None = None
        scores: list[float] = []
        while index < len(self._lines):
            line = self._lines[index]
            if line.start >= span.end:
                break
            index += 1
            end = min(span.end, line.end)
            if entry is None or entry["page"] != line.page:
                self._close(entry, scores)
                start = max(span.start, line.start)
                scores = []
                entry = Entry(
                    start=start, end=end, quote="", page=line.page, boxes=[], rule=rule, grade=grade, confidence=None
                )
                entries.append(entry)
            entry["end"] = end
            box, found = _box(line, span)
            if box:
                entry["boxes"].append(_rounded(box))
            scores.extend(found)
        self._close(entry, scores)

    def _measure(self, entries: list[Entry]) -> None:
        """The mean confidence of the words of each slice that were read without boxes."""
        for entry in entries:
            at = bisect_right(self._measured, entry["start"], key=lambda word: word.end)
            scores = []
            while at < len(self._measured) and self._measured[at].start < entry["end"]:
                scores.append(self._measured[at].confidence)
                at += 1
            if scores:
                entry["confidence"] = sum(scores) / len(scores)

    def _close(self, entry: Entry | None, scores: list[float]) -> None:
        if entry:
            entry["quote"] = self._text[entry["start"] : entry["end"]]
            if scores:
                entry["confidence"] = sum(scores) / len(scores)


_GRADES: Final = tuple(Grade)  # the best first


def lower(entries: Sequence[Entry], grade: Grade) -> None:
    """Lower the grades that are better than this one."""
    better = _GRADES[: _GRADES.index(grade)]
    for entry in entries:
        if entry["grade"] in better:
            entry["grade"] = grade


def _rounded(box: Box) -> Box:
    """To a hundredth of a point: the readers of PDF give 32 bits as 17 figures."""
    x0, y0, x1, y1 = box
    return Box(round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


def _box(line: Line, span: Span) -> tuple[Box | None, list[float]]:
    """The box of the span's part of one line, and the confidences that an engine measured for its words."""
    words: Sequence[Word] = line.words
    if not words:
        return line.box, []
    start, end = span
    if start > line.start or end < line.end:
        words = [word for word in words if word[0] < end and word[1] > start]
        if not words:
            return None, []
        box = words[0].box if len(words) == 1 else Box.around([word.box for word in words])
    else:
        box = line.box or Box.around([word.box for word in words])
    return box, [word[3] for word in words if word[3] is not None]
