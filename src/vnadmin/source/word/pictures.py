"""Finds the pictures of a Word 97 document: those set in lines, in the stream `Data`, and those that float (MS-ODRAW)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vnadmin.source.scan.page_files import PageFile
from vnadmin.source.word.binary import cut, i16, i32, numbers, u16, u32
from vnadmin.source.word.reader import MAIN, Reader

_TWIP = 20  # to a point
_BITMAPS = frozenset({0xF01D, 0xF01E, 0xF029, 0xF02A})  # JPEG, PNG, TIFF, JPEG in CMYK; the others are drawings
_ENTRY, _SHAPE, _PROPERTIES = 0xF007, 0xF00A, 0xF00B  # of the store of pictures; a shape's number; what is set of it
_PICTURE = 0x104  # the property that names an entry of the store
_FOLDER = 15  # the version of a record that holds records


class _Record(NamedTuple):
    kind: int
    instance: int
    at: int  # of its content


def pictures(reader: Reader) -> Iterator[PageFile]:
    """The pictures of the main text, in its order."""
    if not reader.fib.word97:
        return
    floating = _floating(reader)
    for place, at in reader.signs(*reader.story(MAIN)):
        found = _in_line(reader.data, at) if at is not None else floating.get(place)
        if found:
            yield found


def _in_line(data: bytes, at: int) -> PageFile | None:
    """A picture at its place in the stream `Data` (PICFAndOfficeArtData)."""
    end, start = at + max(i32(data, at), 0), at + u16(data, at + 4)
    if start <= at or end > len(data):
        return None
    wide, tall = (i16(data, at + side) * u16(data, at + side + 4) / 1000 / _TWIP for side in (0x1C, 0x1E))
    found = next(filter(None, (_bitmap(data, record.at - 8) for record in _records(data, start, end))), b"")
    return PageFile(found, wide, tall) if found else None


def _floating(reader: Reader) -> dict[int, PageFile]:
    """Pictures by the place of their anchor in the text."""
    fib, table = reader.fib, reader.table
    end = min(fib.drawings.at + fib.drawings.size, len(table))
    if not fib.drawings.size or not fib.anchors.size:
        return {}
    stored: list[int] = []  # where in the stream of the text the pictures of the store lie
    shown: dict[int, int] = {}  # shape to entry of the store, from 1
    shape = 0
    for kind, count, place in _drawings(table, fib.drawings.at, end):
        if kind == _ENTRY:
            stored.append(u32(table, place + 28))
        elif kind == _SHAPE:
            shape = u32(table, place)
        elif kind == _PROPERTIES:
            for each in range(count):
                if u16(table, place + 6 * each) & 0x3FFF == _PICTURE:
                    shown.setdefault(shape, u32(table, place + 6 * each + 2))
    spots = cut(table, fib.anchors.at, fib.anchors.at + fib.anchors.size)
    many = max((len(spots) - 4) // 30, 0)
    found: dict[int, PageFile] = {}
    for each, place in enumerate(numbers(spots, 0, many)):
        at = 4 * (many + 1) + 26 * each
        number = shown.get(u32(spots, at), 0)
        left, top, right, bottom = (i32(spots, at + side) / _TWIP for side in (4, 8, 12, 16))
        if 0 < number <= len(stored) and (data := _bitmap(reader.word, stored[number - 1])):
            found[place] = PageFile(data, right - left, bottom - top)
    return found


def _drawings(table: bytes, at: int, end: int) -> Iterator[_Record]:
    """The records of all drawings: before each but the first a byte says whether it is of the text or the page headers."""
    while at + 8 <= end:
        after = at + 8 + u32(table, at + 4)
        yield from _records(table, at, min(after, end))
        at = after + 1


def _records(data: bytes, at: int, end: int) -> Iterator[_Record]:
    """The drawing records between two places, those within others too."""
    while at + 8 <= end:
        head, kind, length = u16(data, at), u16(data, at + 2), u32(data, at + 4)
        yield _Record(kind, head >> 4, at + 8)
        at += 8 if head & 15 == _FOLDER else 8 + length


def _bitmap(data: bytes, at: int) -> bytes:
    """The picture file in a record, or in the entry of the store around it; empty for drawings and what is cut short."""
    kind = u16(data, at + 2)
    if kind == _ENTRY:
        at += 8 + 36 + (data[at + 8 + 33] if at + 8 + 33 < len(data) else 0)
        kind = u16(data, at + 2)
    if kind not in _BITMAPS:
        return b""
    sums = 2 if u16(data, at) >> 4 & 1 else 1  # of 16 bytes each, then a byte; the instance says how many
    return cut(data, at + 8 + 16 * sums + 1, at + 8 + u32(data, at + 4))
