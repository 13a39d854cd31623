"""Titles of a text without styles: the lines of one block are joined, the first item of a list is parted from its title."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile
from typing import Final

from vnadmin.genre.document_type import is_type_name
from vnadmin.genre.header_line import holds
from vnadmin.genre.marker import Marker, MarkerKind, marker_of_text
from vnadmin.genre.opening import opens_field, opens_part, opens_sentence
from vnadmin.layout.flow.raw import RawLine, is_rule
from vnadmin.layout.page import Column
from vnadmin.text.fold import CAPITALS, fold
from vnadmin.text.pattern import pattern

_TITLED: Final = frozenset({MarkerKind.HEADING, MarkerKind.UPPER, MarkerKind.ROMAN, MarkerKind.NUMBER})
_ITEMS: Final = frozenset(MarkerKind) - {MarkerKind.PROVISION}
_LISTED: Final = frozenset({MarkerKind.NUMBER, MarkerKind.DOTTED, MarkerKind.LETTER})
_REACH: Final = 240  # characters of a title
_AHEAD: Final = 12  # lines in which the second item follows the first
_BLOCK: Final = range(2, 6)  # lines of a title under its type
_WIDE: Final = 110  # characters of one of them
# "2. Về Đại lý hải quan 2.1. Điều kiện ...", "Điều 3. Nguyên tắc 1. Công khai ...", "4. Hồ sơ gồm: a) Đơn ..."
_INNER = pattern(rf" (?=[0-9a][0-9.)])(?=(?:\d{{1,2}}\.1\.?|1[.)]|a[.)]) [{CAPITALS}])(?<=[^\W\d_] |[)”\":;] )")
# "theo quy định tại điểm a) Khoản 2" names a provision
_NAMES = pattern(r"(?i)(?<!\w)(?:điểm|tiết|khoản|mục|điều|phần|chương|phụ lục|mẫu|bảng|biểu|số|tại|và|,) $")


def part_titles(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, each title parted from the first item of its list; the second item must open a line below it."""
    whole = "\n".join([line.text for line in lines])
    if not _INNER.search(whole):  # nearly every text
        return list(lines)
    result: list[RawLine] = []
    for index, line in enumerate(lines):
        at = _first_item(lines, index) if line.cell is None and line.column is Column.FULL else 0
        if at:
            result.append(line._replace(text=line.text[:at].rstrip(), rebuilt=True))
            line = line._replace(text=line.text[at:], starts_paragraph=True, rebuilt=True)
        result.append(line)
    return result


def _first_item(lines: Sequence[RawLine], index: int) -> int:
    """Where the first item begins inside a line, 0 where none does."""
    text = lines[index].text
    inner = _INNER.search(text, 0, _REACH)
    title = marker_of_text(text, _TITLED) if inner is not None else None
    if inner is None or title is None or inner.end() <= title.content or _NAMES.search(text, 0, inner.end()):
        return 0
    first = marker_of_text(text[inner.end() :], _LISTED)
    if first is None or not _may_hold(title, first):
        return 0
    for line in lines[index + 1 : index + 1 + _AHEAD]:
        marker = marker_of_text(line.text, _TITLED | _LISTED)
        if marker is None:
            continue
        if marker.series == first.series and marker.value == (*first.value[:-1], 2):
            return inner.end()
        if marker.rank <= title.rank and marker.kind is not MarkerKind.DOTTED:
            return 0
    return 0


def _may_hold(title: Marker, first: Marker) -> bool:
    """Whether an item of this marker may stand first under the title: 2.1 under 2, a) under 1., 1. under Điều 3."""
    if first.kind is MarkerKind.DOTTED:
        return title.value == first.value[:-1]
    return first.rank > title.rank


def join_title_lines(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those between the type and the next blank line as one paragraph: `QUY CHẾ` / `Phối hợp với` / `Hội Làm vườn tỉnh`."""
    result = list(lines)
    for index, line in enumerate(lines):
        if line.cell is not None or not is_type_name(line.text.strip()):
            continue
        block = list(takewhile(_is_printed, islice(lines, index + 1, index + 2 + _BLOCK.stop)))
        end = index + 1 + len(block)
        if len(block) in _BLOCK and end < len(lines) and _is_title(block):
            result[index + 2 : end] = [below._replace(starts_paragraph=False) for below in block[1:]]
    return result


def _is_printed(line: RawLine) -> bool:
    return bool(line.text.strip()) and not is_rule(line.text)


def _is_title(block: Sequence[RawLine]) -> bool:
    """Whether no line of a block is an item, a part of the header or a sentence of the body."""
    for number, line in enumerate(block):
        text = line.text.strip()
        if line.cell is not None or line.column is not block[0].column or len(text) > _WIDE:
            return False
        small = block[number + 1 : number + 2] and block[number + 1].text.lstrip()[0].islower()
        if text.endswith((".", ";")) or (text.endswith(":") and not small):
            return False
        if number and (opens_part(text) or marker_of_text(text, _ITEMS) is not None):
            return False
        if (
            number
            and text[0].isupper()
            and (opens_field(text) or opens_sentence(text) or holds(fold(text), "sentence"))
        ):
            return False
    return True
