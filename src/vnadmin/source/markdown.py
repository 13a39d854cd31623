"""Takes Markdown off text: emphasis, headings, escapes, links and pipe tables; plain text passes as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Final

import regex

from vnadmin.config import Config
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.header_line import HeaderKind
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.raw import RawLine, is_rule
from vnadmin.layout.flow.tables.drawn import drawn_tables
from vnadmin.layout.flow.tables.table import Block
from vnadmin.layout.flow.wrapping import ends_sentence
from vnadmin.layout.page import PLAIN, Style
from vnadmin.source.inline_marks import ITALIC, MARKS, SPECIAL, unmark
from vnadmin.source.picture_text import without_scraps
from vnadmin.text.pattern import pattern

_KINDS: Final = frozenset(MarkerKind)
# "*- *Căn cứ khoản 1 Điều 3 ...", "**4. ***Về kinh phí:*", "-** Điểm cầu Bộ Tài chính: **Đại diện"
_BEHIND = pattern(
    r"(?P<mark>\*{1,2})(?P<bullet>[-+•]|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)](?= )) *+(?P=mark)(?=\*?[^\s*])"
)
# "- 1/ Giao Sở Nội vụ ...", "   - + Rà soát ...", "- 4.2. Bố trí ...": a converter made a list item of an item that has its own marker
_TWICE = pattern(
    r"(?P<indent>[ \t]*+)- ++(?=(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])\\?[.)/]|\d{1,2}\.\d{1,2}|\d{1,2}-|\\?[+•]) ++\**+\p{L}|\**+Nơi nhận\**+:)"
)
# "- năm 2019." under "... trong quý III", "- 16/7/2013." under "... trước ngày": the end of a line that a converter took for an item
_DATE_OPEN = pattern(r"\b(?:ngày|tháng(?: \d{1,2})?|quý [IV]{1,3})$")
_DATE_GOES_ON = pattern(
    r"[ \t]*+- ++(?P<rest>(?:\d[\d./-]*+ ?(?:tháng \d{1,2} )?|tháng \d{1,2} )?(?:năm \d{4})?[./;,]*+)[ \t]*+"
)
_BEFORE = pattern(r"(?P<bullet>[-+•])\*\* ++(?=[^\s*-][^*]*+\*\*)")
# "**Điều 1. **Công bố kèm theo" / "Quyết định này danh mục ...": the marker alone is bold, so it heads no title
_ARTICLE = pattern(r"\*\*Điều \d{1,3}\.? ?(?:\*\*\*\* ?)?\*\* ?(?=\p{L})")
_HEADING = pattern(r" {0,3}#{1,9}[ \t]++(?=\S)")  # "### Điều 1. ...", of Word's levels up to nine
_CLOSED = pattern(r"(?<![ \t])[ \t]++#++[ \t]*+$")
_QUOTE = pattern(r" {0,3}>(?:[ \t]|$)")
_FENCE = pattern(r" {0,3}(?:```|~~~)[\w-]*+\s*+")
_LISTED = pattern(r"\s*+(?:\\?[*+•-][ \t]++)?")  # a bullet before emphasis, its escape included
# Bold that begins behind the first words of a line of capitals: "BỘ XÂY DỰNG **VĂN PHÒNG**", which were two lines
_TURN = pattern(r"(?P<head>[^*_|<]*[^*_|<\s]) (?P<mark>\*\*|__)(?P<bold>\p{Lu}[^*_|<]*\s[^*_|<]*+)(?P=mark)\s*+")
_EMPHASIS = pattern(r"(?<!\S)(\*\*[^*]++\*\*|\*[^*\s][^*]*+\*)(?!\S)")
_DRAWN = pattern(r"(?<![-_=]) ?[-_=]{3,}+(?=\**+$)")  # a rule behind the words of a run: "PHÒNG NỘI VỤ -------**"
_HEADER = frozenset({HeaderKind.MOTTO, HeaderKind.NUMBER, HeaderKind.PLACE_DATE})
# "| \*\*ỦY BAN NHÂN DÂN\*\* | \*Cần Thơ, ngày 21 tháng 01 năm 2010\* |": converters that escape what they marked in a cell
_ESCAPED_STARS = pattern(r"(?<!\S)(?:\\\*){1,3}[^\\|]++(?:\\\*){1,3}(?!\w)")
# `<img src="a.gif"`, closed on a line below
_OPEN_TAG = pattern(r"</?[a-z][a-z0-9]{0,11}+(?:\s[^<>]*+)?+$", regex.IGNORECASE)
_TAG_LINES = 6
_TABLE = pattern(r"\s*+(?:</?(?:div|center|body|html|p|br)\b[^<>]{0,200}+>\s*+)*+<table\b", regex.IGNORECASE)
_TABLE_TAG = pattern(r"<table\b", regex.IGNORECASE)
_TABLE_CLOSE = pattern(r"</table\s*+>", regex.IGNORECASE)
_BREAK = pattern(r"<br\s*+/?+>|</(?:p|div|li|tr|h[1-6])\s*+>(?=.)", regex.IGNORECASE)
# What opens or closes emphasis: pairs of stars; a star, not one of a list or of "(*)"; an underscore at the edge of a word, none of `______`
_MARK_RUNS = {
    "**": pattern(r"\*\*"),
    "*": pattern(r"(?<![*\\(])\*(?![*)])"),
    "_": pattern(r"(?<![\w_\\])_(?=[^\W_]|[\"“'(\[])|(?<=[^\s_\\])_(?![\w_])"),
}
_EMPHASISED = 40  # lines of one paragraph
# "__ỦY BAN NHÂN DÂN" / "THÀNH PHỐ HÀ NỘI__": bold at an edge of the line; "Họ tên: ____" is none
_UNDERSCORED = pattern(r"^__(?![_\W])|^__ [^_]++__|(?<=[^_\\\s])__$")
_ENDS_AND_BEGINS = pattern(r"(?<![_\\])__(?P<blanks>[ \t]++)__(?!_)")
_UNDERSCORES = pattern(r"(?<![_\\])__(?!_)")
_HEAVY = Style(bold=True)


def is_marked(text: str) -> bool:
    """Whether the text has any character that Markdown could give a meaning, or columns between rows of dashes.

    An ampersand has one where it opens an entity (`&amp;`): `CCN&MT` is an office.
    """
    return any(sign in text and (sign != "&" or unescape(text) != text) for sign in MARKS) or "-- --" in text


def read_markdown(lines: Sequence[RawLine], config: Config) -> list[Block]:
    """Lines and tables without their marks. What emphasis said is kept as `Style`."""
    lines = _whole_dates(_whole_tags(without_scraps(lines)))
    blocks: list[Block] = []
    done = 0
    for index, line in enumerate(lines):
        if index >= done and "<" in line.text and _TABLE.match(line.text):
            end = _table_end(lines, index)
            found = _html_table(lines[index:end], config)
            blocks += [*_unmarked(drawn_tables(lines[done:index])), *found]
            done = end
    return blocks + _unmarked(drawn_tables(lines[done:]))


def _whole_tags(lines: Sequence[RawLine]) -> list[RawLine]:
    """Lines joined where a tag opens on one and closes on another."""
    joined: list[RawLine] = []
    opened = 0
    for line in lines:
        if opened and line.text:
            joined[-1] = joined[-1]._replace(text=f"{joined[-1].text} {line.text}")
            opened -= 1
        else:
            joined.append(line)
            opened = 0
        if "<" not in joined[-1].text or not _OPEN_TAG.search(joined[-1].text):
            opened = 0
        elif not opened:
            opened = _TAG_LINES
    return joined


def _whole_dates(lines: Sequence[RawLine]) -> list[RawLine]:
    """Lines joined where the end of a date became an item of a list."""
    joined: list[RawLine] = []
    last = -1
    for line in lines:
        above = joined[last].text.rstrip() if last >= 0 else ""
        if line.text.lstrip().startswith("- ") and _DATE_OPEN.search(above):
            rest = _DATE_GOES_ON.fullmatch(line.text)
            if rest:
                joined[last] = joined[last]._replace(text=f"{above} {rest['rest']}")
                continue
        joined.append(line)
        last = len(joined) - 1 if line.text else last
    return joined


def _table_end(lines: Sequence[RawLine], index: int) -> int:
    """The position after the line on which a table written in HTML ends."""
    depth = 0
    for position in range(index, len(lines)):
        text = lines[position].text
        if "<" in text:
            depth += len(_TABLE_TAG.findall(text)) - len(_TABLE_CLOSE.findall(text))
            if depth <= 0:
                return position + 1
    return len(lines)


def _html_table(lines: Sequence[RawLine], config: Config) -> list[Block]:
    """A table written in HTML, and what else stands on its lines; `read_html` says what a page of it raises."""
    from vnadmin.source.html.reader import blocks_of

    blocks, _ = blocks_of("\n".join(line.text for line in lines), config)
    return [*_unmarked(_on_page(blocks, lines[0].page))]


def _on_page(blocks: Sequence[Block], page: int | None) -> list[Block]:
    placed: list[Block] = []
    for block in blocks:
        if isinstance(block, RawLine):
            placed.append(block._replace(page=page))
            continue
        for cell in (cell for row in block.rows for cell in row):
            cell.content = _on_page(cell.content, page)
        placed.append(block)
    return placed


def _unmarked(blocks: Sequence[Block]) -> list[Block]:
    """Blocks whose lines have lost their marks."""
    result: list[Block] = []
    lines: list[RawLine] = []
    for block in blocks:
        if isinstance(block, RawLine):
            lines.append(block)
            continue
        result += _unmarked_lines(lines)
        lines = []
        for cell in (cell for row in block.rows for cell in row):
            cell.content = _unmarked(cell.content)
        result.append(block)
    return result + _unmarked_lines(lines)


def _unmarked_lines(lines: Sequence[RawLine]) -> list[RawLine]:
    result: list[RawLine] = []
    for line in _whole_emphasis([*with_whole_markers(map(_starred, map(_blank_break, lines)))]):
        if not SPECIAL.search(line.text):
            result.append(line)
        elif not _FENCE.fullmatch(line.text):
            result += _plain_lines(line)
    return result


def _starred(line: RawLine) -> RawLine:
    """A line with stars for the underscores of its bold, also where a blank stands inside of them: `__CHÍNH PHỦ __`."""
    if "__" not in line.text:
        return line
    text = _ENDS_AND_BEGINS.sub(r"\g<blanks>", line.text)
    return line._replace(text=_UNDERSCORES.sub("**", text) if _UNDERSCORED.search(text.strip()) else text)


def with_whole_markers(lines: Iterable[RawLine]) -> Iterator[RawLine]:
    """The lines, each bullet outside of its emphasis, and each paragraph that a marker in bold opens as one."""
    cut = False
    for line in lines:
        if line.text.lstrip().startswith("- ") and (twice := _TWICE.match(line.text)):
            line = line._replace(text=twice["indent"] + line.text[twice.end() :])
        if cut and line.text and marker_of_text(line.text.lstrip("*_ "), _KINDS) is None:
            line = line._replace(starts_paragraph=False)
        cut = False
        if "*" not in line.text:  # nearly every line
            yield line
            continue
        cut = _ARTICLE.match(line.text) is not None and not ends_sentence(line.text)
        if behind := _BEHIND.match(line.text):
            line = line._replace(text=f"{behind['bullet']} {line.text[behind.end() :]}")
        elif before := _BEFORE.match(line.text):
            line = line._replace(text=f"{before['bullet']} **{line.text[before.end() :]}")
        yield line


def _whole_emphasis(lines: Sequence[RawLine]) -> Iterator[RawLine]:
    """Lines joined where emphasis that opens on one closes on another: the line end stood inside a phrase.

    Where the mark stands at the line end itself (`**KT. CHỦ TỊCH` / `**PHÓ CHỦ TỊCH`), it goes to its own side of it, and
    where the line end was meant (two blanks before it), each line gets marks of its own.
    """
    index = 0
    while index < len(lines):
        end = _emphasis_end(lines, index)
        yield from _closed(lines[index : end + 1]) if end > index else (lines[index],)
        index = end + 1


def _emphasis_end(lines: Sequence[RawLine], index: int) -> int:
    """The position of the line on which all emphasis is closed that is open at the end of this one.

    Italic that ends and begins again shows two stars, in any number: `*(Tầ**ng 33,` / `đườ**n**g Phạm Hùng);*`.
    """
    opened = set(_open_marks(lines[index].text))
    italic = "*" in opened
    for position in range(index + 1, min(len(lines), index + _EMPHASISED)) if opened else ():
        text = lines[position].text
        if not text.strip() or (opened == {"*"} and text.lstrip()[0] == lines[index].text.lstrip()[0] == "*"):
            break  # items of a list whose stars have no blank after them
        opened ^= set(_open_marks(text))
        if not opened or (italic and opened == {"**"}):
            return position
    return index


def _closed(lines: Sequence[RawLine]) -> Iterator[RawLine]:
    line = lines[0]
    for following in lines[1:]:
        head, tail = line.text.rstrip(), following.text[_quote_end(following.text) :].strip()
        for mark in _open_marks(head):
            if tail.startswith(mark):
                head, tail = head + mark, tail[len(mark) :].lstrip()
            elif head.endswith(mark):
                head, tail = head[: -len(mark)].rstrip(), mark + tail
        opened = _open_marks(head)
        if opened and not _hard_break(line.text):
            line = line._replace(text=f"{head} {tail}")
            continue
        yield line._replace(text=head + "".join(reversed(opened)))
        bullet = _LISTED.match(tail)
        at = bullet.end() if bullet else 0
        line = following._replace(
            text=tail[:at] + "".join(opened) + tail[at:] + ("  " if _hard_break(following.text) else "")
        )
    yield line


def _open_marks(text: str) -> list[str]:
    """The marks of emphasis that a line opens and does not close, or closes and has not opened."""
    if "*" not in text and "_" not in text:
        return []
    bullet = _LISTED.match(text)
    text = text[bullet.end() if bullet else 0 :]
    if "*" in text and text.count("**") % 2:
        text = ITALIC.sub("", text)  # "*Hà Nội, ngày 21 tháng 11 năm 2025** *": nothing is open
    return [
        mark
        for mark in ("**", "*", "_")
        if mark in text and not is_rule(text) and len(_MARK_RUNS[mark].findall(text)) % 2
    ]


def _quote_end(text: str) -> int:
    """Where a line begins behind its signs of a quotation: `> > Kính gửi: ...`."""
    at = 0
    while text.startswith((">", " "), at) and (quoted := _QUOTE.match(text, at)):
        at = quoted.end()
    return at


def _blank_break(line: RawLine) -> RawLine:
    """A line whose end was meant, with two blanks for the backslash that says so: `KT. GIÁM ĐỐC\\`."""
    if not line.text.endswith("\\") or line.text.endswith("\\\\"):
        return line
    return line._replace(text=f"{line.text[:-1].rstrip()}  ")


def _hard_break(text: str) -> bool:
    return text.endswith("  ")


def _plain_lines(line: RawLine) -> list[RawLine]:
    """A line without marks; `<br>` makes several of it."""
    text = line.text
    if "\\" in text:
        text = _ESCAPED_STARS.sub(lambda match: match[0].replace("\\", ""), text)
    if "**" in text:
        text = _bold_together(text)
    if "*" in text and (runs := _header_runs(text)):
        return [own for run in runs for own in _plain_lines(line._replace(text=run, rebuilt=True))]
    heading = False
    if text.lstrip(" ")[:1] in "#>":
        text = text[_quote_end(text) :]
        if opened := _HEADING.match(text):
            heading = True
            text = _CLOSED.sub("", text[opened.end() :])
    if "**" in text and (turn := _TURN.fullmatch(text)) and in_capitals(turn["bold"]):
        pieces = [turn["head"], turn["mark"] + turn["bold"] + turn["mark"]]
        return [own for piece in pieces for own in _plain_lines(line._replace(text=piece))]
    if "<" not in text:
        plain, style = unmark(text)
        if heading and style is PLAIN:
            style = _HEAVY
        return [RawLine(plain, style, line.starts_paragraph, line.column, line.cell, line.page)]
    pieces = _BREAK.split(text)
    result = []
    for number, piece in enumerate(pieces):
        plain, style = unmark(piece)
        if heading and style is PLAIN:
            style = _HEAVY
        result.append(line._replace(text=plain, style=style, starts_paragraph=line.starts_paragraph or number > 0))
    return result


def _header_runs(text: str) -> list[str]:
    """The lines of a header that a paragraph joined, where emphasis begins or ends between two of them; none of any other.

    `**BỘ Y TẾ** Số: 350/TB-BYT **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** *Hà Nội, ngày 22 tháng 7 năm 2010* **THÔNG BÁO**`
    """
    runs = [drawn for run in _EMPHASIS.split(text) if (drawn := _DRAWN.sub("", run).strip())]
    marked = [run for run in runs if run[0] == run[-1] == "*"]
    if not all(any(map(str.isalpha, run)) for run in marked):
        return []  # "Số: **7169** /VPCP-NC": emphasis inside a part
    kinds = {line_signs(run.strip("*# ") or "*").kind for run in runs} if len(runs) > 1 and marked else set()
    return runs if HeaderKind.MOTTO in kinds or len(kinds & _HEADER) > 1 else []


def _bold_together(text: str) -> str:
    """Bold that ends and begins again with nothing but blanks between, as one: `**ỦY BAN NHÂN DÂN** **TỈNH HÀ NAM**`."""
    outer = text.split("**")
    inner = [index for index in range(2, len(outer) - 1, 2) if outer[index].isspace()]
    if len(outer) % 2 == 0 or not inner:
        return text
    for index in reversed(inner):
        outer[index - 1 : index + 2] = [f"{outer[index - 1].rstrip()} {outer[index + 1].lstrip()}"]
    return "**".join(part.strip() if number % 2 else part for number, part in enumerate(outer))
