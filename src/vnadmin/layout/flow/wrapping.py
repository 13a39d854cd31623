"""Joins lines that a typist or a program broke at a margin: which line goes on with the paragraph before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from vnadmin.gazetteer import provinces, words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.opening import opens_field, opens_part, opens_sentence
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.page import PLAIN, Column, Style
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# Every marker opens a paragraph of its own. A line that begins with a reference goes on: "... theo quy định tại" /
# "Điều 5 Nghị định số ...".
_MARKERS = frozenset(MarkerKind) - {MarkerKind.PROVISION}
_LAST_WORDS = 16  # characters of them
_REST = 80  # characters of what may stand behind the dash of a name
_COUNT = pattern(r"\((\d)\) ")
_DASHES = ("- ", "– ", "— ")
_TERMINAL = (".", ";", ":", "!", "?", "./", ".”", ";”", '."', "…")
_CLOSING = " \"'”’)*_"
_WIDEST = 135  # characters; a margin further right is none, such lines are whole paragraphs
_UP_TO_MARGIN = (0.95, 0.85)  # of the lines; of a short letter the two columns of its header are longer
_WIDE = " " * 5
# "Thu nhập chịu thuế         Tổng thu nhập trong kỳ": pieces of a row, a formula; not "số     /QĐ ngày      tháng"
_SET_APART = pattern(r"(?<=\p{L})(?<!ngày|tháng|năm|[sS]ố) {5,}+(?=\p{L})")
_SHORT_LINE = 30  # of a header or a list
_CENTRED, _ASIDE = Style(centred=True), Style(centred=False)
_BODY_LINE = 40  # shorter lines say nothing about the margin


_UNFINISHED = pattern(lambda: rf"\s(?:{alternation(words_where('link_words', 'kind', 'ends no line'))})$")


def margin(lines: Sequence[RawLine]) -> int:
    """The width at which the lines of a text were broken; 0 where each line is a paragraph."""
    texts = [text for line in lines if line.cell is None and (text := line.text.rstrip())]
    lengths = sorted([len(text) for text in texts if len(text) >= _BODY_LINE])
    if len(lengths) < 6:
        return 0
    for share in _UP_TO_MARGIN:
        width = lengths[int(len(lengths) * share)]
        full = [text for text in texts if width * 0.8 <= len(text) <= width]
        cut = len([text for text in full if not text.endswith(_TERMINAL)])
        if width <= _WIDEST and len(full) * 3 >= len(lengths) and cut * 2 >= len(full):
            return width
    return 0


def join_wrapped(lines: Sequence[RawLine], width: int = 0) -> list[RawLine]:
    """The lines with `starts_paragraph` false where a line goes on with the one before it (see `goes_on`)."""
    result: list[RawLine] = []
    previous: RawLine | None = None
    for line in lines:
        if previous is not None and line.text and goes_on(previous, line, width):
            line = line._replace(starts_paragraph=False)
        result.append(line)
        previous = line if line.text.strip() else None
    return result


def goes_on(previous: RawLine, line: RawLine, width: int = 0) -> bool:
    """Whether a line goes on with the paragraph of the line before it.

    Args:
        previous: the line before; no blank line stands between.
        line: the line.
        width: the margin of the text (see `margin`), 0 if none is known.
    """
    if previous.column is not line.column or previous.cell != line.cell:
        return False
    before, text = previous.text.rstrip(), line.text.lstrip()
    if not before or not text:
        return False
    if text[0] == "(" and (count := _COUNT.match(text)) and before[0] != "(" and f"({int(count[1]) - 1})" in before:
        return True  # "năm việc: (1) quét dọn; (2) tưới cây;" / "(3) trồng hoa": no item of its own
    # "... của Bộ Lao động" / "- Thương binh và Xã hội": the margin fell inside a name
    fell = text.startswith(_DASHES) and not ends_sentence(before)
    fell = fell and ((width > 0 and len(before) >= width * 0.9) or _is_cut_name(before, text))
    joined = _may_go_on(before, text, width, len(line.text) - len(text) - _indent(previous))
    return (fell or joined) and (fell if _opens(text) else joined)


def _is_cut_name(before: str, text: str) -> bool:
    """Whether a known name with a dash stands on both sides of a line end: `Sở Lao động` / `- Thương binh và Xã hội`."""
    rest = text.lstrip(" -–—")[:_REST]
    below = f"{fold(rest)} " if rest[:1].lower() in _rest_initials() else ""
    rests = [(first, rest) for first, rest in _cut_names() if below.startswith(f"{rest} ")]
    return bool(rests) and fold(before[-_LAST_WORDS:]).endswith(tuple(f" {first}" for first, _ in rests))


@cache
def _cut_names() -> tuple[tuple[str, str], ...]:
    names = [fold(name).split(" - ") for name in (*words_where("issuer_words", "kind", "full"), *provinces())]
    return tuple((" ".join(first.split()[-2:]), rest) for name in names for first, rest in pairwise(name))


@cache
def _rest_initials() -> frozenset[str]:
    return frozenset(rest[0] for _, rest in _cut_names())


def _may_go_on(before: str, text: str, width: int, indent: int) -> bool:
    """Whether a text goes on with the one before it, if it opens nothing of its own; `indent` is that over the line above."""
    first = text[0]
    if not width and (_WIDE in before or _WIDE in text) and (_SET_APART.search(before) or _SET_APART.search(text)):
        return False
    if (first.islower() and not in_capitals(before)) or first in ",;)":
        return (width > 0 and len(before) >= width * 0.8) or not ends_sentence(before)
    if first.isdigit() and len(before) > _SHORT_LINE and before[-1].islower() and not ends_sentence(before):
        return True  # "... kể từ ngày 01/07/2024 đến" / "30/06/2025), chi tiết như sau:"
    # a header has short lines that end in such words, items have none: "- Căn cứ quy định tại khoản" / "1, khoản 2"
    unfinished = before[-1].isalpha() and _UNFINISHED.search(before, max(0, len(before) - _LAST_WORDS)) is not None
    if unfinished and not in_capitals(text) and (len(before) > _BODY_LINE or marker_of_text(before, _MARKERS)):
        # "... trong thời gian đến" / "Ngày 03/01/2025, ..."; not "... đối với" / "Họ và tên: Trần Văn Thử"
        return not opens_sentence(text) and not opens_field(text)
    if not width or len(before) < width * 0.75 or indent > 2:
        return False
    ended = ends_sentence(before)
    if in_capitals(before) or in_capitals(text) or (not ended and opens_sentence(text.lstrip())):
        return False
    if ended:
        return before.endswith(".") and not before.endswith("/.") and len(before) >= width * 0.9
    return True


def _opens(text: str) -> bool:
    """Whether a text without blanks at its start opens a paragraph of its own."""
    marker = marker_of_text(text, _MARKERS)
    if marker is not None:
        return marker.content < len(text) or marker.kind is MarkerKind.HEADING  # "... Nguyện vọng 3 và" / "4."
    return text[0] == "“" or opens_part(text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends with the mark of a sentence or an item."""
    return text.rstrip(_CLOSING).endswith(_TERMINAL)


def _indent(line: RawLine) -> int:
    return len(line.text) - len(line.text.lstrip())


def opens_paragraph(previous: RawLine, line: RawLine) -> bool:
    """Whether a line after a soft break (`<w:br/>`, `<br>`) is a paragraph of its own."""
    return _opens(line.text.lstrip()) or ends_sentence(previous.text)


def with_centring(lines: Sequence[RawLine], width: int) -> list[RawLine]:
    """Say of each line of a wrapped text whether it is centred, where blanks at its start show how the page was set.

    A title of several lines is known by it; a text whose lines all begin at the margin says nothing.
    """
    if not width:
        return list(lines)
    full = [line.text.rstrip() for line in lines if line.cell is None and len(line.text.rstrip()) >= width * 0.8]
    left = min([len(text) - len(text.lstrip()) for text in full], default=0)
    if not any(_indent(line) > left + 8 for line in lines):
        return list(lines)
    middle = (left + width) / 2
    result: list[RawLine] = []
    for line in lines:
        text = line.text.rstrip()
        if text and line.cell is None and line.column is Column.FULL:
            start = _indent(line)
            centred = start >= left + 4 and abs((start + len(text)) / 2 - middle) <= 4
            plain = _CENTRED if centred else _ASIDE
            line = line._replace(style=plain if line.style is PLAIN else replace(line.style, centred=centred))
        result.append(line)
    return result
