"""Reads the day that a hand wrote into a stamp of arrival (ĐẾN ... Ngày: 16/10/12): figures parted by strokes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from statistics import fmean

from vnadmin.layout.page import Box
from vnadmin.ocr.image.prepare import PagePicture, to_grey
from vnadmin.ocr.reading import PageReading, ReadWord
from vnadmin.source.scan.arrival import arrival_lines, day_line
from vnadmin.source.scan.filled_in.slots import DigitReader, FigureReader, HandReader
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

# "ngày 18 tháng 4 năm 2012" in the header: a document arrives in its month or soon after
_ISSUED = pattern(r"thang ?(?P<month>\d{1,2}) ?nam ?(?P<year>(?:19|20)\d\d)")
_PRINTED = pattern(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\W*$")  # "Ngày: 12/3/2021", set by a dater
_SURE = 0.8
_HEADER = 0.4  # of the page, from its top
_SOON = 75  # days from the first of that month
# The stamp is 60 mm wide in every office: its label ends so many points from the line's start (three cuts are read).
_LABEL_WIDTHS = (16.0, 20.0, 24.0)
_ROOMS = (8.0, 10.0)  # points above and below the line's middle
_LEAST, _MOST = 60.0, 150.0  # points from the label to the stamp's right edge
# How readers of figures take a stroke between them: for a one, for nothing, for a seven.
_STROKES = {"1": 1.0, "": 0.3, "7": 0.3, "/": 1.0}
_SEVENS = {"7": 1.0, "1": 0.2}  # how a seven without its bar is read
_EDGES = {"": 1.0, "1": 0.3, "4": 0.3}  # what the stamp's right edge adds to the year
_FAINTEST = 0.002  # mean probability of a day that was read
_CONFIDENCE = 0.5  # a guess


def read_stamped_day(picture: PagePicture, reading: PageReading, reader: FigureReader) -> PageReading:
    """The reading with the likeliest day in place of what was read after the stamp's label.

    Only days soon after the document's own month are asked for, so nothing is read where the header does not tell it.

    Args:
        picture: the first page, upright.
        reading: what an engine read on it.
        reader: reads figures.
    """
    stamp = arrival_lines(reading.lines, reading.height)
    at = day_line(reading.lines, stamp)
    days = list(_days(reading))
    if at is None or not days:
        return reading
    line = reading.lines[at]
    if _PRINTED.search(line.text) and min(word.confidence for word in line.words) >= _SURE:
        return reading
    right = max(reading.lines[index].box.x1 for index in stamp)
    readings = list(_read(picture, line.box, right, reader))
    scores = {day: _score(day, readings) for day in days}
    best = max(days, key=lambda day: scores[day])
    if scores[best] < _FAINTEST:
        return reading
    box = line.box
    words = (
        ReadWord("Ngày:", box._replace(x1=box.x0 + _LABEL_WIDTHS[0]), _CONFIDENCE),
        ReadWord(f"{best.day}/{best.month}/{best.year}", box._replace(x0=box.x0 + _LABEL_WIDTHS[0]), _CONFIDENCE),
    )
    lines = (*reading.lines[:at], replace(line, words=words), *reading.lines[at + 1 :])
    return replace(reading, lines=lines)


def _days(reading: PageReading) -> Iterator[dt.date]:
    """The days on which the document may have arrived."""
    for line in reading.lines:
        issued = _ISSUED.search(bare(line.text))
        if issued is None or line.box.y0 > _HEADER * reading.height or not 1 <= int(issued["month"]) <= 12:
            continue
        first = dt.date(int(issued["year"]), int(issued["month"]), 1)
        yield from (first + dt.timedelta(days=after) for after in range(_SOON))
        return


def _read(picture: PagePicture, label: Box, right: float, reader: FigureReader) -> Iterator[Mapping[str, float]]:
    """What each reader sees in each cut."""
    import numpy as np

    grey = to_grey(picture.pixels)
    scale = picture.dpi / 72
    middle = (label.y0 + label.y1) / 2
    end = min(max(right, label.x0 + _LEAST), label.x0 + _MOST)
    for width in _LABEL_WIDTHS:
        for room in _ROOMS:
            edges = (middle - room, middle + room, label.x0 + width, end)
            top, foot, x0, x1 = (max(0, round(edge * scale)) for edge in edges)
            cut = np.ascontiguousarray(grey[top:foot, x0:x1])
            if min(cut.shape) < 8:
                continue
            if isinstance(reader, DigitReader):
                yield dict(reader.digits(cut))
            if isinstance(reader, HandReader):
                yield dict(reader.by_hand(cut))


def _figures(number: int) -> set[str]:
    """A day or month as it may be written: `4`, `04`."""
    return {str(number), f"{number:02}"}


def _score(day: dt.date, readings: Sequence[Mapping[str, float]]) -> float:
    """The mean probability of the ways in which a day's figures and strokes are read."""
    forms: dict[str, float] = {}
    for one, month, year in product(_figures(day.day), _figures(day.month), (str(day.year), f"{day.year % 100:02}")):
        shares = product(_STROKES.items(), _STROKES.items(), _SEVENS.items(), _EDGES.items())
        for (left, share), (right, part), (seven, doubt), (edge, rest) in shares:
            text = f"{one}{left}{month.replace('7', seven)}{right}{year}{edge}"
            forms[text] = max(forms.get(text, 0.0), share * part * (doubt if "7" in month else 1.0) * rest)
    return (
        fmean(sum(chance * forms.get(text, 0.0) for text, chance in each.items()) for each in readings)
        if readings
        else 0.0
    )
