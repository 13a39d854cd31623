"""Tells where a picture stands for text that a page should have: a header, a signature, figures set into a blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import islice
from typing import NamedTuple

from vnadmin.genre.closing_line import opens_list
from vnadmin.genre.motto import opens_motto, printed_motto
from vnadmin.genre.person_name import has_name_shape
from vnadmin.genre.post_and_authority import opens_signature
from vnadmin.layout.page import Box, Column
from vnadmin.layout.placed.geometry import LaidLine, PlacedPage, PlacedWord
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_HEADER = 0.3  # of the first page's height
_OUTLINED = 60  # shapes of letters from which a header is text turned to outlines; a rule or a logo has fewer
_BLANKS = 0.5  # of the first page's height: number and day stand above its middle
# What is printed before a blank (folded, without marks), and what stands in it.
_LABELS = {"so": "number", "ngay": "day", "thang": "month", "nam": "year"}
_FIGURES = 400  # drawn things in the upper part of a page; more are a drawing
_MOST_LABELS = 20
_STAMPED = (24.0, 160.0)  # points: the most that a picture of a number is tall and wide
_NEAR = 8.0  # of a line's height: how far a blank's figures may stand from the print before and after them
_SYLLABLES = 0.6  # share of the words of a picture that must be Vietnamese: logos hold names and slogans
_FEWEST = 3  # words of a picture that is more than a logo
_LETTERS = pattern(r"\p{L}[\p{L}\p{M}]+")
_TOP_LINES = 40  # of a text without pages: a motto stands among them
_BODY_SHARE = 3  # a signer's post in the first third of the lines is none that signs
_NAME_LINE = 12.0  # points under a post that a name needs
_SHORT = 60  # letters of a line that names a post


class Part(Enum):
    """A part of a document that may stand as a picture."""

    HEADER = "header"
    SIGNATURE = "signature"


class Gap(NamedTuple):
    """A blank in which something is drawn: `number`, `day`, `month` or `year`, and where the drawn figures stand."""

    kind: str
    box: Box


class FilledLine(NamedTuple):
    """A printed line with such blanks, from its first label to what is printed after the last figures."""

    box: Box
    gaps: tuple[Gap, ...]


def is_illustrated(page: PlacedPage) -> bool:
    """Whether anything is drawn on a page that could stand for text."""
    return bool(page.pictures or page.shapes)


def header_picture(page: PlacedPage, lines: Sequence[LaidLine]) -> Box | None:
    """What stands on top of the first page as a wide picture or as outlines, where no line there is the motto's."""
    if page.number != 1 or not is_illustrated(page):
        return None
    limit = _HEADER * page.height
    found = [box for box in page.pictures if box.y1 < limit + 60 and _is_wide(box, page)]
    outlines = [box for box in page.shapes if box.y1 < limit]
    if len(outlines) >= _OUTLINED and _is_wide(Box.around(outlines), page):
        found.append(Box.around(outlines))
    if not found:
        return None
    top = [line for line in lines if line.page == page.number and line.y0 < limit]
    return None if any(opens_motto(bare(line.text)) for line in top) else Box.around(found)


def signature_picture(page: PlacedPage, lines: Sequence[LaidLine]) -> Box | None:
    """The pictures right of the recipients, where no signature is printed."""
    label, block = _block(page, lines)
    return None if label is None or block else _on_the_right(page, label.y0)


def name_picture(page: PlacedPage, lines: Sequence[LaidLine]) -> Box | None:
    """The pictures under a signer's printed post, where no name is printed: a signature's picture may hold it."""
    _, block = _block(page, lines)
    if not block:
        return None
    post = max(block, key=lambda line: line.y1)
    if not opens_signature(post.text):
        return None
    found = _on_the_right(page, post.y1 + _NAME_LINE)
    return None if found is None else found._replace(y0=max(found.y0, post.y1))


def _block(page: PlacedPage, lines: Sequence[LaidLine]) -> tuple[LaidLine | None, list[LaidLine]]:
    """The label of the recipients and what is printed right of them; without one the last line of the page."""
    own = [line for line in lines if line.page == page.number] if page.pictures else []
    label = next((line for line in own if opens_list(bare(line.text))), None)
    if label is None:
        return None, own[-1:]
    return label, [line for line in own if line.column is Column.RIGHT and line.y1 > label.y0 - 30]


def _on_the_right(page: PlacedPage, least: float) -> Box | None:
    """The pictures in the right half of a page that end under a height."""
    found = [
        box
        for box in page.pictures
        if (box.x0 + box.x1) / 2 > 0.45 * page.width and box.y1 > least and _is_wide(box, page)
    ]
    return Box.around(found) if found else None


def _is_wide(box: Box, page: PlacedPage) -> bool:
    """Whether a picture can hold a line of text: a seal is narrower."""
    return box.x1 - box.x0 > 0.2 * page.width and box.y1 - box.y0 > 12


def filled_lines(page: PlacedPage) -> list[FilledLine]:
    """The lines of number and date in whose blanks figures are drawn: "Số:  ⟨2362⟩ /QĐ-UBND", "ngày ⟨11⟩ tháng ⟨9⟩".

    Registries set them as outlines or as a small picture, which a text layer does not show (seen in signed PDFs).
    """
    if page.number != 1 or not is_illustrated(page):
        return []
    limit = _BLANKS * page.height
    tall, wide = _STAMPED
    marks = [box for box in page.shapes if box.y1 < limit]
    marks += [box for box in page.pictures if box.y1 < limit and box.y1 - box.y0 <= tall and box.x1 - box.x0 <= wide]
    words = [word for word in page.words if word.y0 < limit]
    if len(marks) > _FIGURES:  # of a drawing those alone that stand on the lines of a label
        labels = [word for word in words if bare(word.text).rstrip(" .:;…_") in _LABELS][:_MOST_LABELS]
        near = (box for box in marks if any(word.y0 < box.y1 and word.y1 > box.y0 for word in labels))
        marks = list(islice(near, _FIGURES))
    if not marks:
        return []
    found: dict[bool, list[tuple[Gap, Box]]] = {}  # number or date: the blanks, each with its stretch
    for figures in _clusters(marks):
        beside = _neighbours(figures, words)
        if beside is None:
            continue
        left, right = beside
        label = _LABELS.get(bare(left.text).rstrip(" .:;…_"))
        if label is None:
            continue
        ends = [Box(*left[1:5]), figures, *([] if right is None else [Box(*right[1:5])])]
        found.setdefault(label == "number", []).append((Gap(label, figures), Box.around(ends)))
    return [
        FilledLine(Box.around([stretch for _, stretch in items]), tuple(gap for gap, _ in items))
        for items in found.values()
    ]


def _clusters(marks: list[Box]) -> Iterator[Box]:
    """Drawn figures that stand side by side, together."""
    marks.sort(key=lambda box: box.x0)
    groups: list[Box] = []
    for box in marks:
        for index, group in enumerate(groups):
            height = group.y1 - group.y0
            beside = min(box.y1, group.y1) - max(box.y0, group.y0) > 0.5 * min(box.y1 - box.y0, height)
            if beside and box.x0 - group.x1 < 0.8 * height:
                groups[index] = group.union(box)
                break
        else:
            groups.append(box)
    yield from groups


def _neighbours(figures: Box, words: Sequence[PlacedWord]) -> tuple[PlacedWord, PlacedWord | None] | None:
    """The words before and after what is drawn on a line; None where a word stands there itself, or none before."""
    left: PlacedWord | None = None
    right: PlacedWord | None = None
    middle = (figures.x0 + figures.x1) / 2
    for word in words:
        across = min(word.y1, figures.y1) - max(word.y0, figures.y0)
        height = word.y1 - word.y0
        if across < 0.4 * min(height, figures.y1 - figures.y0):
            continue
        if word.x0 < middle < word.x1:
            return None
        if word.x1 <= middle and figures.x0 - word.x1 < _NEAR * height and (left is None or word.x1 > left.x1):
            left = word
        elif word.x0 >= middle and word.x0 - figures.x1 < _NEAR * height and (right is None or word.x0 < right.x0):
            right = word
    return None if left is None else (left, right)


def missing_parts(texts: Sequence[str]) -> set[Part]:
    """The parts that the lines of a text without pages lack."""
    missing: set[Part] = set()
    if not _has_motto(texts[:_TOP_LINES]):
        missing.add(Part.HEADER)
    if not _has_signer(texts[len(texts) // _BODY_SHARE :]):
        missing.add(Part.SIGNATURE)
    return missing


def shows_part(part: Part, texts: Sequence[str]) -> bool:
    """Whether lines read in a picture are such a part, and not a logo or a seal."""
    if not is_text([word for text in texts for word in text.split()]):
        return False
    if part is Part.HEADER:
        return _has_motto(texts)
    return _has_signer(texts) or (len(texts) > 1 and has_name_shape(texts[-1]))


def _has_motto(texts: Sequence[str]) -> bool:
    return any(printed_motto(text) for text in texts)


def _has_signer(texts: Sequence[str]) -> bool:
    return any(len(text) <= _SHORT and opens_signature(text) for text in texts)


def is_text(words: Sequence[str]) -> bool:
    """Whether words of a picture are Vietnamese text; a logo's are a name or a slogan, if it has any."""
    letters = [match[0] for word in words if (match := _LETTERS.search(word)) is not None]
    syllables = sum(1 for word in letters if is_syllable(word))
    marked = sum(1 for word in letters if not word.isascii())
    return len(letters) >= _FEWEST and marked >= 2 and syllables >= _SYLLABLES * len(letters)
