"""Takes away line ends that a program set after the text's own were lost: those of a page's source, of sentences, of a new margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vnadmin.genre.flattened.header import holds_header
from vnadmin.genre.flattened.paragraphs import holds_opening
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.wrapping import ends_sentence, margin
from vnadmin.text.pattern import pattern

_FEWEST = 4  # first words at the end of a line, lines of a text of sentences
_SHARE = 0.3  # of the sentences that open inside a line; in a text with a margin one word in twelve ends its line
_STOPPED = 0.9  # of the lines of a text that was cut behind its stops
_REACH = 3000  # characters in which a header ends
# "... tỉnh; - Sở Nội vụ. Theo", "V/v góp ý dự thảo Kính": a sentence or an item opens inside a line, or with its last word
_OPENS_INSIDE = pattern(r"[.;:] (?:[^\w\s] ?)?\p{Lu}\p{L}*+(?P<cut>$)?|[.;:] [^\w\s](?P<cut>$)")


def without_moved_ends(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those that were one in the text as it was printed joined again; most texts stay as they are.

    What their own line ends parted is parted again by its words (see `part_paragraphs`), and is not certain.
    """
    texts = [line.text.strip() for line in lines]
    if _is_stream(texts):
        return _joined([line for line in lines if line.text.strip()])
    width = margin(lines)
    if not width or not any(_holds_joined_header(block) and _is_wrapped(block, width) for block in _blocks(lines)):
        return list(lines)
    result: list[RawLine] = []
    for block in _blocks(lines):
        result += _joined(block) if _is_wrapped(block, width) else block
    return result


def _joined(lines: Sequence[RawLine]) -> list[RawLine]:
    return [lines[0]._replace(text=" ".join(line.text.strip() for line in lines))]


def _is_stream(texts: Sequence[str]) -> bool:
    """Whether a text without blank lines ends its lines behind first words all over (`... Hạnh phúc Bình`), or each behind a stop."""
    if len(texts) < _FEWEST or not all(texts):
        return False
    if sum(map(ends_sentence, texts)) >= _STOPPED * len(texts):
        return any(map(holds_header, texts))
    inside = [match for text in texts for match in _OPENS_INSIDE.finditer(text)]
    cut = sum(match["cut"] is not None for match in inside)
    return cut >= _FEWEST and cut >= _SHARE * len(inside)


def _blocks(lines: Sequence[RawLine]) -> Iterator[list[RawLine]]:
    """The runs of lines that blank ones part, and the blank ones by themselves."""
    block: list[RawLine] = []
    for line in lines:
        if line.text:
            block.append(line)
            continue
        if block:
            yield block
        yield [line]
        block = []
    if block:
        yield block


def _is_wrapped(block: Sequence[RawLine], width: int) -> bool:
    """Whether each line of a block ended because the next word did not fit."""
    texts = [line.text.strip() for line in block]
    return len(texts) > 1 and all(
        len(above) + 1 + len(below.split(" ", 1)[0]) > width for above, below in pairwise(texts)
    )


def _holds_joined_header(block: Sequence[RawLine]) -> bool:
    """Whether a block holds the motto and more of a header, or grounds or addressees with no end before them."""
    if len(block) < 2:
        return False
    text = " ".join(line.text.strip() for line in block)[:_REACH]
    return holds_header(text) or holds_opening(text)
