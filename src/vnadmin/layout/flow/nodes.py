"""Puts a page's paragraphs together again whose text was taken out of HTML node by node, each node on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vnadmin.genre.capitals import in_capitals
from vnadmin.layout.flow.raw import BLANK, RawLine, is_rule
from vnadmin.layout.flow.wrapping import opens_paragraph
from vnadmin.text.fold import bare
from vnadmin.text.syllable import is_syllable

_FEWEST = 4  # paragraphs whose first word stands alone, for a text to be taken as such a page
_SHARE = 8  # one in so many of those of several lines
_SHARE_OF_LINES = 12  # one in so many of the lines under another
_APART = 3  # blank lines that part two cells or blocks; two part paragraphs, one stands for a line break
_TITLE = 10  # blank lines of a page's head, under its title
_PIECE = 3  # letters of a piece of a word
_SYLLABLE = 7
_BULLET = "-–+•* \t"
_TIGHT = ".,;:)/?!"
_DASHES = ("-", "–", "+")


def join_nodes(lines: Sequence[RawLine]) -> list[RawLine]:
    """Each paragraph as one line: `VĂN` / tabs and `PHÒNG CHÍNH PHỦ`, `T` / `ỈNH QUẢNG BÌNH`, `Căn` / `cứ Luật ...`.

    An office suite breaks the source of its pages behind the first word of a paragraph, and where its lines are full;
    text taken out of it keeps these line ends, and has a line end between two nodes. Blank lines tell paragraphs.
    """
    if not _is_page_source(lines):
        return _with_rests(lines)
    joined: list[RawLine] = []
    blanks = 0
    for line in lines:
        text = line.text.strip()
        if not text:
            blanks += 1
            continue
        above = joined[-1] if joined and joined[-1].text else None
        between = _between(above, line, blanks) if above is not None else None
        if above is not None and between is not None:
            joined[-1] = above._replace(text=f"{above.text.rstrip()}{between}{text}")
        else:
            joined += [BLANK] * (blanks if blanks >= _TITLE else blanks >= _APART)
            joined.append(line)
        blanks = 0
    return joined


def keeps_source_line_ends(lines: Sequence[RawLine]) -> bool:
    """Whether first words stand alone over the rest of their lines all over a text: `Căn` / `cứ Luật ...`, `-` / tabs.

    Tables and narrow columns have a few such lines; where tabs open the rests as well, a smaller share tells.
    """
    texts = [line.text for line in lines]
    pairs = [(above, line) for above, line in pairwise(texts) if above and line]
    alone = sum([_is_first_word(above, line) for above, line in pairs if " " not in above.strip(_BULLET)])
    if alone < _FEWEST:
        return False
    return alone * _SHARE_OF_LINES >= len(pairs) or sum(line.startswith("\t\t") for _, line in pairs) >= _FEWEST


def _is_first_word(above: str, line: str) -> bool:
    """`Căn` over `cứ Luật`, `QUYẾT` over `ĐỊNH`, a bullet or a word over a line that tabs open."""
    word = above.strip(_BULLET)
    if " " in word:  # nearly every line
        return False
    if line.startswith("\t\t"):
        return True
    if len(word) < 2 or not word[0].isupper() or not is_syllable(word):
        return False
    text = line.lstrip()
    return text[:1].islower() or (in_capitals(word) and in_capitals(text.split(maxsplit=1)[0] if text else ""))


def _with_rests(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines of such a page without its blank ones, each rest joined to the words over it.

    `- Văn` / tabs and `phòng Chính phủ;`, `QUYẾT` / `ĐỊNH`.
    """
    if not keeps_source_line_ends(lines):
        return list(lines)
    joined: list[RawLine] = []
    above = ""  # the line over it as the source has it
    for line in lines:
        text = line.text.strip()
        if above and text and (line.text.startswith("\t\t") or _is_first_word(above, line.text)):
            between = _between(joined[-1], line, 0)
            whole = f"{joined[-1].text.rstrip()}{' ' if between is None else between}{text}"
            joined[-1] = joined[-1]._replace(text=whole, rebuilt=True)
        else:
            joined.append(line)
        above = line.text
    return joined


def _is_page_source(lines: Sequence[RawLine]) -> bool:
    """Whether paragraphs of a text go on behind their first word, or in by tabs, and blank lines stand in runs."""
    blank = [line.text for line in lines].count("")
    if blank * 2 < len(lines):
        return False
    blocks = [block for block in _blocks(lines) if len(block) > 1]
    cut = sum(
        second[0] == "\t" or (first.strip().isalpha() and len(first.strip()) <= _SYLLABLE)
        for first, second, *_ in blocks
    )
    return cut >= _FEWEST and cut * _SHARE >= len(blocks)


def _blocks(lines: Sequence[RawLine]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in (*lines, BLANK):
        if line.text:
            block.append(line.text)
        elif block:
            yield block
            block = []


def _between(above: RawLine, line: RawLine, blanks: int) -> str | None:
    """What stood between a line and the one under it in one paragraph; None where a paragraph begins."""
    before, text = above.text, line.text.strip()
    if any(len(part) > 2 and is_rule(part) for part in (before, text)):
        return None
    if blanks > 1:
        return " " if line.text[0] == "\t" and text[0].islower() and blanks < _TITLE else None
    last, first = before.rsplit(maxsplit=1)[-1], text.split(maxsplit=1)[0]
    glued = not before[-1].isspace() and not line.text[0].isspace() and _is_one_word(last, first)
    goes_on = glued or text[0].islower() or last in _DASHES or before.endswith(",")
    if blanks and (not goes_on or (opens_paragraph(above, line) and not glued)):
        return None
    return "" if glued else " "


def _is_one_word(last: str, first: str) -> bool:
    """`Đ` / `ồng`, `QUY` / `ẾT`, `năm 20` / `25`, `272/QĐ-U` / `BND`, `NĐ` / `-CP`: pieces of one word."""
    if first[0] in _TIGHT or (last[-1].isdigit() and first[0].isdigit()):
        return True
    if first[0] == "-":
        return last[-1].isalnum() and in_capitals(first[1:2])
    if "/" in last:
        return in_capitals(first) and first.isalpha() and len(last.rsplit("-", 1)[-1]) < len(first)
    first = first.rstrip(_TIGHT)
    if not last.isalpha() or not first.isalpha():
        return False
    if not is_syllable(last + first):
        return len(last + first) <= _PIECE and not is_syllable(last) and not is_syllable(first)  # "n" / "ă" / "m"
    return bare(first[0]) in "aeiouy" or any(len(piece) <= _PIECE and not is_syllable(piece) for piece in (last, first))
