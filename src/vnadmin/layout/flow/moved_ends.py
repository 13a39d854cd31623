"""Takes away line ends that a program set where the text's own were lost.

Three programs do so: one prints a page's source, whose lines end behind the first word of an element; one ends a line
behind each sentence; one wraps a joined text at a new margin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import filterfalse, groupby, islice, pairwise

from vnadmin.genre.flattened.header import holds_header
from vnadmin.genre.flattened.paragraphs import holds_opening
from vnadmin.genre.header_line import starts_with
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.motto import MOTTO_IN_ONE, WHOLE_LIBERTY, WHOLE_MOTTO
from vnadmin.layout.flow.raw import RawLine, is_rule
from vnadmin.layout.flow.wrapping import ends_sentence, margin
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_FEWEST = 4  # first words at the end of a line; lines of a text of sentences
_SHARE = 0.3  # of the sentences that open inside a line; in a text with a margin one word in twelve ends its line
_STOPPED = 0.9  # of the lines of a text that was cut behind its stops
_FULL = 0.8  # of the longest line
_FAR = 0.5  # of a full line
_WIDEST = 135  # characters of a line of print
_REACH = 3000  # characters in which a header ends
# "... tỉnh; - Sở Nội vụ. Theo": a sentence or an item opens inside a line, or with its last word; "Giới tính: Nam" is of a form
_OPENS_INSIDE = pattern(
    r"(?:[.;] (?:[^\w\s] ?)?|: [^\w\s] ?)(?P<word>\p{Lu}\p{L}*+)(?P<cut>$)?|[.;:] [^\w\s](?P<cut>$)"
)
_NAME = 40  # characters in which a name's head ends
_ITEMS = frozenset(MarkerKind) - {MarkerKind.PROVISION, MarkerKind.BULLET}


def without_moved_ends(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those that were one in the text as it was printed joined again; most texts stay as they are.

    What their own line ends parted is parted again by its words (see `part_paragraphs`), and is not certain.
    """
    texts = [line.text.strip() for line in lines]
    if _is_stream(texts):
        return _joined([line for line in lines if line.text.strip()])
    poured = _poured(texts)
    if poured is not None:
        rest = [line._replace(text=" ".join(line.text.split())) for line in lines[poured:] if line.text.strip()]
        return [*lines[:poured], *_joined(rest)]
    width = margin(lines)
    if not width or not any(_holds_joined_header(block) and _is_wrapped(block, width) for block in _blocks(lines)):
        return list(lines)
    result: list[RawLine] = []
    for block in _blocks(lines):
        result += _joined(block) if _is_wrapped(block, width) else block
    return result


def _joined(lines: Sequence[RawLine]) -> list[RawLine]:
    """One line of each page."""
    pages = [list(page) for _, page in groupby(lines, lambda line: line.page)]
    return [page[0]._replace(text=" ".join(line.text.strip() for line in page), rebuilt=True) for page in pages]


def _is_stream(texts: Sequence[str]) -> bool:
    """Whether a text ends all its lines behind stops, or without blank lines behind first words all over (`... Hạnh phúc Bình`).

    A text whose own lines hold the motto, or open its items, has not lost their ends.
    """
    own = list(filter(None, texts))
    if len(own) < _FEWEST:
        return False
    open_ends = islice(filterfalse(ends_sentence, own), len(own) // 4 + 1)  # more of them tell nothing more
    if len(own) - sum(1 for _ in open_ends) >= _STOPPED * len(own):
        return any(map(holds_header, own)) and not any(map(_opens_item, own))
    if len(own) < len(texts) or any(WHOLE_MOTTO.fullmatch(text) or WHOLE_LIBERTY.fullmatch(text) for text in texts):
        return False
    inside = [(match, below) for text, below in pairwise((*texts, "")) for match in _OPENS_INSIDE.finditer(text)]
    cut = sum(match["cut"] is not None and _goes_on(match["word"], below) for match, below in inside)
    return cut >= _FEWEST and cut >= _SHARE * len(inside) and sum(map(_opens_item, own)) < cut


def _poured(texts: Sequence[str]) -> int | None:
    """Where a text begins that was poured into a page's width: a line holds both of the motto and more, nearly all below are full.

    Lines of print have no one length, and a justified one has wide blanks that say nothing.
    """
    at = next((at for at, text in enumerate(texts) if "NAM" in text and MOTTO_IN_ONE.search(text)), None)
    if at is None:
        return None
    lengths = [len(" ".join(text.split())) for text in texts]
    below = [length for length in lengths[at:] if length]
    full = _FULL * max(below)
    below.pop()  # the last line of all
    if (
        len(below) < _FEWEST
        or max(below) > _WIDEST
        or len([length for length in below if length >= full]) < _STOPPED * len(below)
    ):
        return None
    if _has_paragraphs(texts[at:], full):
        return None
    while at and (not texts[at - 1] or lengths[at - 1] >= full):
        at -= 1  # the header begins on a line above
    return at


def _has_paragraphs(texts: Sequence[str], full: float) -> bool:
    """Whether lines end where they were broken: short of the margin behind a stop, far from it, or over blank lines behind stops."""
    own = list(filter(None, texts))
    short = [text for text in own[:-1] if len(text) < full and any(map(str.isalpha, text))]
    if sum(ends_sentence(text) or len(text) < _FAR * full for text in short) > 1:
        return True
    over_blanks = [text for text, below in pairwise(texts) if text and not below]
    return len(over_blanks) > 1 and sum(map(ends_sentence, over_blanks)) * 2 > len(over_blanks)


def _opens_item(text: str) -> bool:
    """Whether a line begins with a marker and goes on: `1. Rà soát`; a program that parts sentences leaves `1.` alone."""
    marker = marker_of_text(text, _ITEMS)
    return marker is not None and marker.content < len(text)


def _goes_on(word: str | None, below: str) -> bool:
    """Whether a line goes on with the word, or the bullet, that ended the one above: `Thống` / `nhất`, `Sở` / `Tài chính`."""
    if word is None:
        return below[:1].isalpha()
    return below[:1].islower() or starts_with(fold(f"{word} {below[:_NAME]}"), "head")


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
    if any(text.startswith(("|", "+-")) or (is_rule(text) and " " in text) for text in texts):
        return False  # rows of a table end at one width: "| BỘ Y TẾ |", "---------- ----------"
    return len(texts) > 1 and all(
        len(above) + 1 + len(below.split(" ", 1)[0]) > width for above, below in pairwise(texts)
    )


def _holds_joined_header(block: Sequence[RawLine]) -> bool:
    """Whether a block holds the motto and more of a header, or grounds or addressees with no end before them."""
    if len(block) < 2:
        return False
    text = " ".join([line.text.strip() for line in block])[:_REACH]
    return holds_header(text) or holds_opening(text)
