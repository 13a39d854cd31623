"""Titles of a text without styles: the lines of one block are joined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile
from typing import Final

from vnadmin.genre.document_type import is_type_name
from vnadmin.genre.header_line import holds
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.opening import opens_field, opens_part, opens_sentence
from vnadmin.layout.flow.raw import RawLine, is_rule
from vnadmin.text.fold import fold

_ITEMS: Final = frozenset(MarkerKind) - {MarkerKind.PROVISION}
_BLOCK: Final = range(2, 6)  # lines of a title under its type
_WIDE: Final = 110  # characters of one of them


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
