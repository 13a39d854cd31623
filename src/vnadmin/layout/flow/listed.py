"""Takes off the numbers of a list that an office suite's export made of the lines of a header or a signature.

LibreOffice writes paragraphs of Word's heading styles to HTML as items of a numbered list, whether they show numbers or not;
a reader of that page prints the numbers: `1. BỘ Y TẾ`, `2. CỤC DÂN SỐ`, `3. CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import Role
from vnadmin.genre.header_line import HeaderKind
from vnadmin.genre.motto import motto_of
from vnadmin.genre.post_and_authority import authority_end
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.raw import RawLine
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

# "3. CHỦ TỊCH", "2. # BỘ Y TẾ", "4." of an empty paragraph
_ITEM = pattern(r"(?P<indent>\s*+)(?P<number>\d{1,2})\.(?: ++(?:#{1,6} ++)?(?P<rest>\S.*+)|\s*+$)")
_TOP, _REACH = 30, 150  # lines in which the motto stands, and characters of its line
_BELOW = 16  # lines from the motto to the title
_SIGNATURE = 12  # lines from an authority to its name, blank ones among them
_OF_A_HEADER: Final = frozenset(
    {HeaderKind.MOTTO, HeaderKind.NUMBER, HeaderKind.PLACE_DATE, HeaderKind.LETTER_SUBJECT, HeaderKind.ADDRESS}
)
_MARKS = "*_ "


def without_list_numbers(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those of a header whose motto bears a number and of a signature whose authority does without theirs."""
    result = list(lines)
    items = {index: item for index, line in enumerate(lines) if (item := _ITEM.match(line.text))}
    motto = next((index for index in items if index < _TOP and _is_motto(items[index])), None)
    if motto is not None:
        last = 0
        for index in (index for index in items if index < motto + _BELOW):
            number = int(items[index]["number"])
            if index > motto and number != last + 1 and not _is_of_a_header(_words(items[index])):
                break  # "1. Rà soát ...": the body's own numbers begin
            last = number
            result[index] = _bared(lines[index], items[index])
    for index, item in items.items():
        words = _words(item)
        if not words or not in_capitals(words) or not authority_end(words, bare(words)):
            continue
        if not _is_signed(lines, index):
            continue  # "1. TM. ỦY BAN NHÂN DÂN" / "2. KT. CHỦ TỊCH": a guide lists them
        last = int(item["number"]) - 1
        if index - 1 in items and not items[index - 1]["rest"]:
            result[index - 1] = _bared(lines[index - 1], items[index - 1])
        for below in (at for at in items if index <= at < index + _SIGNATURE):
            if int(items[below]["number"]) != last + 1:
                break
            last += 1
            result[below] = _bared(lines[below], items[below])
    return result


def _is_signed(lines: Sequence[RawLine], index: int) -> bool:
    """Whether a name stands below an authority, and nothing between them that is no part of a signature."""
    for line in lines[index + 1 : index + _SIGNATURE]:
        item = _ITEM.match(line.text)
        words = _words(item) if item else line.text.strip(_MARKS)
        what = line_signs(words).role if words else Role.DOTS
        if what in (Role.NAME, Role.OTHER, Role.ITEM):
            return what is Role.NAME
    return False


def _words(item: regex.Match[str]) -> str:
    return (item["rest"] or "").strip(_MARKS)


def _is_of_a_header(words: str) -> bool:
    return bool(words) and line_signs(words).kind in _OF_A_HEADER


def _is_motto(item: regex.Match[str]) -> bool:
    """The motto after a number: no text counts it. An issuer in capitals may stand before it, in two columns read as one."""
    words = _words(item)
    found = motto_of(bare(words[:_REACH])) if words else None
    return found is not None and (found.opens or in_capitals(words.partition(" ")[0]))


def _bared(line: RawLine, item: regex.Match[str]) -> RawLine:
    return line._replace(text=item["indent"] + item["rest"] if item["rest"] else "", rebuilt=True)
