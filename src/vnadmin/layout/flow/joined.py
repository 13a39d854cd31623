"""Parts the lines of a text that came without its line ends, or with few of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.flattened.address import addressees, is_address, runs_into_body
from vnadmin.genre.flattened.header import holds_header
from vnadmin.genre.flattened.paragraphs import (
    holds_opening,
    issuer_start,
    issuers_sentence,
    may_end_title,
    named_start,
    opens_grounds,
    paragraphs,
)
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.motto import WHOLE_MOTTO
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.page import Column
from vnadmin.text.damage.glued import has_dropped_ends, with_line_ends
from vnadmin.text.pattern import pattern

# "-----------Thực hiện Kế hoạch số 4-KH/ĐTN ...", "-----o0o----TỜ TRÌNH"
_RULE_BEFORE = pattern(r"\s*+(?:[-–—=~]{4,}+|_{4,}+)(?:[o0*]{1,5}[-–—=~_]{2,}+)?(?=\p{Lu})")
_RULED = frozenset("-–—=~_")
_DRAWN = " -–—_=*~"
_MOTTO_ENDS = "NAM"  # the last word of both its forms
_LONG = 300  # characters of a line that may have been several
_TITLE_WITHIN = 4  # pieces of a joined line
_MANY = 3  # lines that a long line was, on the average, where line ends were lost
_INDENT = "    "
_BEHIND_GAP = pattern(rf"(?<=\p{{Ll}}[.;:]){_INDENT} *+(?=\S)")
_GOES_ON = 60  # characters of the item's first line, which runs to the margin; a second column is narrower
_KINDS = frozenset(MarkerKind)
_SHARE = 0.5  # of a text that stands in long lines then


def part_paragraphs(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, each that was joined of several parted where one of them opens.

    A line with the motto and more, or with grounds after a title, was several in any text. Of others: a text has lost its
    line ends where most of it stands in long lines, and these hold many openings each; one that has
    kept them is left as it is: an item may name what it holds on one line ("gồm: 1. ...; 2. ...").
    """
    long = [
        (index, line.text)
        for index, line in enumerate(lines)
        if (len(line.text) > _LONG or holds_opening(line.text)) and line.cell is None and line.column is Column.FULL
    ]
    mostly = sum(len(text) for _, text in long) > _SHARE * sum([len(line.text) for line in lines])
    parts = {index: paragraphs(text) for index, text in long if mostly or _was_several(text)}
    lost = mostly and sum(map(len, parts.values())) >= _MANY * len(parts)
    result: list[RawLine] = []
    for index, line in enumerate(lines):
        pieces = parts.get(index, ())
        if len(pieces) > 1 and (lost or _was_several(line.text)):
            result += [line._replace(text=piece, rebuilt=True) for piece in _with_addressees(_with_body(pieces))]
        elif is_address(line.text) and runs_into_body(line.text):
            result += [line._replace(text=piece, rebuilt=True) for piece in addressees(line.text)]
        else:
            result.append(line)
    return _before_grounds(result)


def _with_body(pieces: Sequence[str]) -> Iterator[str]:
    """The pieces, the one of a title parted from the body that the issuer's name opens."""
    motto = WHOLE_MOTTO.search(pieces[0])
    header = pieces[0][: motto.start()] if motto else ""
    for number, piece in enumerate(pieces):
        at = issuers_sentence(piece, header) if header and 0 < number < _TITLE_WITHIN else 0
        if at:
            yield piece[:at].rstrip()
        yield piece[at:]


def _with_addressees(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, those of the addressees parted from the body that goes on behind the last of them."""
    open_list = False
    for piece in pieces:
        if is_address(piece) or (open_list and bullet_end(piece)):
            parts = addressees(piece)
            open_list = len(parts) == 1 or is_address(parts[-1])
            yield from parts
        else:
            open_list = False
            yield piece


def part_site_titles(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, each title that a site set before a header parted from the issuer that follows it on its line.

    `Công văn 384/BYT-KCB năm 2014 về cấp giấy phép do Bộ Y tế ban hành. BỘ Y TẾ -------`, over or before the motto.
    """
    result: list[RawLine] = []
    done = 0
    texts = [line.text for line in lines]
    for index, (text, below) in enumerate(zip_longest(texts, texts[1:], fillvalue="")):
        if _MOTTO_ENDS not in text and _MOTTO_ENDS not in below:
            continue
        line = lines[index]
        at = _site_title_end(text, below) if line.cell is None and line.column is Column.FULL else 0
        if at:
            result += lines[done:index]
            result.append(line._replace(text=text[:at].rstrip(), rebuilt=True))
            result.append(line._replace(text=text[at:], rebuilt=True))
            done = index + 1
    return [*result, *lines[done:]]


def _site_title_end(text: str, below: str) -> int:
    """Where the issuer begins behind a site's title, on the line of the motto or on the one above it."""
    motto = WHOLE_MOTTO.search(text)
    if motto is None and not WHOLE_MOTTO.match(below.strip()):
        return 0
    return named_start((text[: motto.start()] if motto else text).rstrip(_DRAWN))


def part_glued(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, each of a header or a signature whose line ends were dropped with blanks in their places."""
    result = list(lines)
    if not has_dropped_ends("\n".join([line.text for line in lines])):
        return result
    for index, line in enumerate(lines):
        text = line.text
        if in_capitals(text[:2]) or text.startswith("Số"):
            apart = with_line_ends(text)
            if apart != text:
                result[index] = line._replace(text=apart, rebuilt=True)
    return result


def part_behind_gaps(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, each item parted that a reader of PDF set behind the end of the paragraph above it, the indent between.

    `... khi có yêu cầu của địa phương.         5. Bộ Công an chỉ đạo triển khai lực lượng phân luồng, ...`
    """
    result: list[RawLine] = []
    for line in lines:
        text = line.text
        gap = _BEHIND_GAP.search(text) if _INDENT in text and line.cell is None and line.column is Column.FULL else None
        if gap and marker_of_text(text[gap.end() :], _KINDS) and len(text) - gap.end() >= _GOES_ON:
            result.append(line._replace(text=text[: gap.start()], rebuilt=True))
            line = line._replace(text=text[gap.end() :], starts_paragraph=True, rebuilt=True)
        result.append(line)
    return result


def part_rules(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, each rule that a reader of PDF drew before the next line's words on a line of its own."""
    result: list[RawLine] = []
    for line in lines:
        rule = _RULE_BEFORE.match(line.text) if line.text.lstrip()[:1] in _RULED else None
        if rule:
            result.append(line._replace(text=rule[0]))
            line = line._replace(text=line.text[rule.end() :], starts_paragraph=True)
        result.append(line)
    return result


def _before_grounds(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, each title parted from the issuer that was joined to it (`... năm 2025 ỦY BAN THƯỜNG VỤ QUỐC HỘI`)."""
    result: list[RawLine] = []
    following = ""
    for line in reversed(lines):
        may_end = line.cell is None and may_end_title(line.text) and opens_grounds(following)
        at = issuer_start(line.text) if may_end else 0
        if line.text[:at].strip():
            result.append(line._replace(text=line.text[at:], rebuilt=True))
            line = line._replace(text=line.text[:at].rstrip(), rebuilt=True)
        result.append(line)
        following = line.text or following
    return result[::-1]


def _was_several(text: str) -> bool:
    return holds_header(text) or holds_opening(text)
