"""Reads again what stands under a seal: posts that its ring or a second print crosses, names whose first letters it covers.

Where an engine's layout of the page lost post or name beside a seal, the whole block about it is read again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from vnadmin.genre.closing_line import Role
from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.genre.signs import line_signs
from vnadmin.layout.page import Box
from vnadmin.ocr.image.prepare import PagePicture, drop_colour, turned
from vnadmin.ocr.image.rings import without_seal
from vnadmin.ocr.reading import PageReading, ReadLine, ReadWord
from vnadmin.source.scan.mending.covered import EDGES, FILLED, covered_name, spread
from vnadmin.source.scan.mending.listed import MENDED
from vnadmin.source.scan.mending.phrases import (
    deputy_under_a_seal,
    mend_agency,
    mend_post,
    printed_in_capitals,
)
from vnadmin.source.scan.mending.signature import mend_name, parted
from vnadmin.source.scan.sealed import seals_own
from vnadmin.text.syllable import is_syllable

if TYPE_CHECKING:
    from vnadmin.ocr.image.pixels import Pixels
    from vnadmin.ocr.reading import RawWord

_ABOVE, _BELOW = 40.0, 28.0  # points over and under a seal where posts and names that it touches stand
_BESIDE = 95.0  # points to its right
_UNREAD = 0.55  # mean confidence of a line that says nothing
_TALL = 1.8  # of the usual height of a line: two lines printed into one another
_MARGINS = ((2.0, 1.0), (8.0, 3.0))  # points left and right, above and below
_SIGN = 3  # letters of "KT", "TUQ" at most
_RING = 1.2  # points: half the width of a ring's line
_ASIDE = 12.0  # points: so far a name's middle stands from that of the posts above it
_POSTS = frozenset({Role.AUTHORITY, Role.POST})
_BLOCK = Box(40.0, 58.0, 135.0, 62.0)  # points left of a seal, above, right and below it: the block of a signature
_BLOCK_DPI = ((250.0, False), (400.0, True))  # how a block is read, in turn; whether what a seal says goes before
_READ = 0.8  # mean confidence of words that stay whatever a block says


@runtime_checkable
class StripReader(Protocol):
    """Reads a short picture of one line in more than one way."""

    def readings(self, grey: Pixels) -> Iterator[list[RawWord]]:
        """Readings of it, likeliest first; places are pixels of the picture."""
        ...


@runtime_checkable
class BlockReader(Protocol):
    """Reads a picture of a few lines that stand about one axis."""

    def block(self, grey: Pixels, dpi: float) -> list[list[RawWord]]:
        """The words of each line, in its pixels."""
        ...


def read_beneath(picture: PagePicture, reading: PageReading, reader: StripReader) -> PageReading:
    """The reading with posts and names under its seals read again; what is no better the second time stays.

    Args:
        picture: the page, upright.
        reading: what an engine read on it, and where its seals are.
        reader: reads strips.
    """
    lines = list(reading.lines)
    usual = median(line.box.y1 - line.box.y0 for line in lines)
    strips = _Strips(picture, reader)
    for seal in reading.seals:
        if isinstance(reader, BlockReader):
            lines = _block_again(lines, seal, picture, reading.skew, reader)
        own = seals_own(lines, [seal])
        axis = _axis(lines, seal, own)
        for index in [i for i, line in enumerate(lines) if i not in own and _touches(line.box, seal)]:
            line = lines[index]
            if line.box.y0 >= (seal.y0 + seal.y1) / 2:
                continue
            sign = _sign_above(lines, line)
            whole = _widened(line, axis, seal, strips, sign) if _begins_in_seal_off_axis(line, axis, seal) else None
            if whole is not None:
                lines[index] = whole
            elif not _is_posts(line) and not _reads_well(line):
                posts = list(_posts(line, usual, strips, sign))
                if posts:
                    lines[index] = posts[0]
                    lines += posts[1:]
        name = _name_line(lines, seal, own)
        if name is not None:
            index, axis = name
            lines[index] = _name(lines[index], axis, seal, strips) or lines[index]
    return replace(reading, lines=tuple(lines))


class _Strips:
    """Cuts strips of a page and reads them."""

    def __init__(self, picture: PagePicture, reader: StripReader) -> None:
        self._grey = drop_colour(picture.pixels)
        self._scale = picture.dpi / 72
        self._reader = reader

    def read(self, box: Box, ring: Box | None = None) -> Iterator[list[ReadWord]]:
        """Readings of a box; without the line of a ring where one is given."""
        import numpy as np

        x0, y0, x1, y1 = (max(0, round(value * self._scale)) for value in box)
        strip = np.ascontiguousarray(self._grey[y0:y1, x0:x1])
        if strip.shape[0] < 4 or strip.shape[1] < 4:
            return
        if ring is not None:
            rows, columns = np.ogrid[y0 : y0 + strip.shape[0], x0 : x0 + strip.shape[1]]
            middle = (ring.x0 + ring.x1) / 2 * self._scale, (ring.y0 + ring.y1) / 2 * self._scale
            away = np.hypot(columns - middle[0], rows - middle[1]) - (ring.x1 - ring.x0) / 2 * self._scale
            strip = np.where(np.abs(away) < _RING * self._scale, np.uint8(255), strip)
        for words in self._reader.readings(strip):
            yield [
                ReadWord(
                    word.text,
                    Box(*(value / self._scale for value in (x0 + word.x0, y0 + word.y0, x0 + word.x1, y0 + word.y1))),
                    MENDED,
                )
                for word in words
            ]


def _touches(box: Box, seal: Box) -> bool:
    return box.x1 > seal.x0 and box.x0 < seal.x1 + _BESIDE and box.y1 > seal.y0 - _ABOVE and box.y0 < seal.y1 + _BELOW


def _is_posts(line: ReadLine) -> bool:
    text = line.text
    return line_signs(text).role in _POSTS or mend_post(text.split(), strict=False) is not None


def _reads_well(line: ReadLine) -> bool:
    """Whether a line is words of some confidence; in capitals all must be words but signs like KT.: "PHỘ:THỦ TƯỚNG"."""
    cores = [core for word in line.words if len(core := EDGES.sub("", word.text)) > _SIGN]
    return _confidence(line) >= _UNREAD and (not printed_in_capitals(cores) or all(map(is_syllable, cores)))


def _confidence(line: ReadLine) -> float:
    return sum(word.confidence * len(word.text) for word in line.words) / sum(len(word.text) for word in line.words)


def _posts(line: ReadLine, usual: float, strips: _Strips, sign: str) -> Iterator[ReadLine]:
    """The posts that a line holds when it is read again; two where two lines were taken for one."""
    box = line.box
    middle = (box.y0 + box.y1) / 2
    tall = box.y1 - box.y0 > _TALL * usual
    for part in [box._replace(y1=middle), box._replace(y0=middle)] if tall else [box]:
        for across, down in _MARGINS:
            around = Box(part.x0 - across, part.y0 - down, part.x1 + across, part.y1 + down)
            found = next((words for words in strips.read(around) if _is_a_post(words, sign)), None)
            if found is not None:
                yield ReadLine(tuple(found), "both", ((part.x0 + part.x1) / 2, (part.y0 + part.y1) / 2), usual * 1.3)
                break


def _is_a_post(words: Sequence[ReadWord], sign: str = "") -> bool:
    """Whether words name a post; under `KT. BỘ TRƯỞNG` the agency whose head he is, too."""
    texts = [word.text for word in words]
    return bool(words) and (
        mend_post(texts, strict=False) is not None or (bool(sign) and mend_agency(texts) is not None)
    )


def _axis(lines: Sequence[ReadLine], seal: Box, own: Iterable[int]) -> float:
    """The middle of a signature: of its posts and names that which stands furthest left, for a seal covers beginnings only."""
    block = (line for i, line in enumerate(lines) if i not in own and _touches(line.box, seal))
    return min(
        ((line.box.x0 + line.box.x1) / 2 for line in block if _is_posts(line) or _is_name(line)), default=math.inf
    )


def _begins_in_seal_off_axis(line: ReadLine, axis: float, seal: Box) -> bool:
    """Whether a line that is no name begins within a seal and stands right of the signature's middle.

    Its first words may be lost: "CHỦ NHIỆM" of "BỘ TRƯỞNG, CHỦ NHIỆM".
    """
    box = line.box
    return (box.x0 + box.x1) / 2 - axis > _ASIDE and seal.x0 < box.x0 < seal.x1 + _ASIDE and not _is_name(line)


def _sign_above(lines: Sequence[ReadLine], line: ReadLine) -> str:
    """The nearest `KT. ...` above a line of the same signature; the name of its unit may stand between."""
    box = line.box
    above = [
        each
        for each in lines
        if 0 < box.y0 - each.box.y0 < _ABOVE and each.box.x0 < box.x1 and box.x0 < each.box.x1 and _is_posts(each)
    ]
    return max(above, key=lambda each: each.box.y0).text.rstrip(" .") if above else ""


def _widened(line: ReadLine, axis: float, seal: Box, strips: _Strips, sign: str) -> ReadLine | None:
    """A post read again as wide as it must be to stand about the middle of the signature."""
    box = line.box
    around = Box(2 * axis - box.x1 - 3, box.y0 - 2, box.x1 + 3, box.y1 + 2)
    for ring in (None, seal):
        for words in strips.read(around, ring):
            if not words or words[-1].box.x1 - words[0].box.x0 < FILLED * 2 * (box.x1 - axis):
                continue
            if _is_a_post(words):
                return replace(line, words=tuple(words))
            deputy = deputy_under_a_seal("".join(EDGES.sub("", word.text) for word in words), sign)
            if deputy is not None:
                return replace(line, words=tuple(spread(deputy, ReadLine(tuple(words)).box)))
    return None


def _name_line(lines: Sequence[ReadLine], seal: Box, own: Iterable[int]) -> tuple[int, float] | None:
    """The lowest line that a seal covers in part and that stands out to the right of the middle of the posts above it."""
    posts = [line.box for i, line in enumerate(lines) if i not in own and _touches(line.box, seal) and _is_posts(line)]
    if not posts:
        return None
    axis = median((box.x0 + box.x1) / 2 for box in posts)
    foot = max(box.y1 for box in posts)
    below = [
        i
        for i, line in enumerate(lines)
        if i not in own
        and _touches(line.box, seal)
        and line.box.y0 > foot + 12
        and line.box.x1 > axis
        and line.box.x0 - seal.x1 <= 12
        and not _is_posts(line)
    ]
    if not below:
        return None
    index = max(below, key=lambda i: lines[i].box.y0)
    box = lines[index].box
    known = mend_name(lines[index])
    # A name is centred under its post: "Văn Diệu" to its right has lost a word, though both are family names.
    whole = len(lines[index].words) > 2 or (box.x0 + box.x1) / 2 - axis < _ASIDE
    if whole and known is not None and name_likeness(known.text) is NameLikeness.FULL:
        return None
    return index, axis


def _name(line: ReadLine, axis: float, seal: Box, strips: _Strips) -> ReadLine | None:
    """The name of a line read again as wide as it must be to stand about the middle of the posts."""
    box = line.box
    left = min(box.x0, 2 * axis - box.x1) - 5
    around = Box(left, box.y0 - 2, box.x1 + 3, box.y1 + 2)
    for ring in (None, seal):
        for words in strips.read(around, ring):
            named = covered_name(words)
            if named:
                return replace(line, words=tuple(named))
    return None


def _block_again(
    lines: list[ReadLine], seal: Box, picture: PagePicture, skew: float, reader: BlockReader
) -> list[ReadLine]:
    """The lines with posts and names of a seal's block that they lack, columns apart."""
    area = Box(seal.x0 - _BLOCK.x0, seal.y0 - _BLOCK.y0, seal.x1 + _BLOCK.x1, seal.y1 + _BLOCK.y1)
    lines = parted(lines, frozenset(i for i, line in enumerate(lines) if not _overlaps(line.box, area)), 0.0)
    for dpi, plainer in _BLOCK_DPI:
        if _is_signed([line for line in lines if _overlaps(line.box, area)]):
            break
        for found in _block(area, seal, picture, skew, reader, dpi, plainer=plainer):
            lines = _with(lines, found)
    return lines


def _is_signed(lines: Sequence[ReadLine]) -> bool:
    """Whether a post is read, and a name under it."""
    posts = [line.box.y1 for line in lines if _is_posts(line)]
    return bool(posts) and any(line.box.y0 >= min(posts) and _is_name(line) for line in lines)


def _is_name(line: ReadLine) -> bool:
    known = mend_name(line)
    return known is not None and name_likeness(known.text) is NameLikeness.FULL


def _block(
    area: Box, seal: Box, picture: PagePicture, skew: float, reader: BlockReader, dpi: float, *, plainer: bool
) -> Iterator[ReadLine]:
    """The posts and names of a block."""
    import cv2
    import numpy as np

    scale = picture.dpi / 72
    x0, y0, x1, y1 = (max(0, round(value * scale)) for value in area)
    ring = Box(*(value * scale - corner for value, corner in zip(seal, (x0, y0, x0, y0), strict=True)))
    plain = without_seal(np.ascontiguousarray(picture.pixels[y0:y1, x0:x1]), ring, _RING * scale, plainer=plainer)
    level, turn = turned(plain, skew)
    zoom = dpi / picture.dpi
    way = cv2.INTER_CUBIC if zoom > 1 else cv2.INTER_AREA
    for words in reader.block(np.asarray(cv2.resize(level, None, fx=zoom, fy=zoom, interpolation=way), np.uint8), dpi):
        line = ReadLine(
            tuple(
                ReadWord(word.text, Box(*((x0, y0)[i % 2] / scale + v / scale for i, v in enumerate(box))), MENDED)
                for word in words
                for box in [turn.back(*(value / zoom for value in word[1:5]))]
            )
        )
        named = covered_name(line.words)
        if not named and line.words and (_is_posts(line) or _is_name(line)):
            yield line
            continue
        named = named or next((list(part) for part in _ends(line.words) if _is_name(ReadLine(part))), [])
        if named:
            yield replace(line, words=tuple(named))


def _ends(words: tuple[ReadWord, ...]) -> Iterator[tuple[ReadWord, ...]]:
    """Three words and more at the end of a line, after what a seal's edge is read as: "Suuế “Hã Văn Phúc"."""
    return (words[start:] for start in range(1, len(words) - 2))


def _with(lines: list[ReadLine], found: ReadLine) -> list[ReadLine]:
    """The lines with one more in place of the words that stand where it does, unless these say as much."""
    out = []
    for line in lines:
        there = tuple(word for word in line.words if _is_within(word.box, found.box))
        if there and (_is_posts(line) or _is_name(line) or _confidence(replace(line, words=there)) >= _READ):
            return lines
        rest = tuple(word for word in line.words if word not in there)
        if rest:
            out.append(replace(line, words=rest))
    return [*out, found]


def _is_within(box: Box, outer: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def _overlaps(box: Box, area: Box) -> bool:
    return box.x1 > area.x0 and box.x0 < area.x1 and box.y1 > area.y0 and box.y0 < area.y1
