"""Takes Markdown off text: emphasis, headings, escapes, links and pipe tables; plain text passes as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

import regex

from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.tables import Block, Table, TableCell
from vnadmin.layout.page import PLAIN, Style
from vnadmin.text.pattern import pattern

_MARKS = "*_#|\\`<>[&~"
_SPECIAL = re.compile(f"[{re.escape(_MARKS)}]")  # `re` walks a plain class some twenty times as fast as `regex`
_HEADING = pattern(r" {0,3}#{1,6}[ \t]++(?=\S)")  # "### Điều 1. ..."
_CLOSED = pattern(r"(?<![ \t])[ \t]++#++[ \t]*+$")
_QUOTE = pattern(r" {0,3}>(?:[ \t]|$)")
_FENCE = pattern(r" {0,3}(?:```|~~~)[\w-]*+\s*+")
_BULLET = pattern(r"(?P<mark>\s*+[*+-][ \t]++)")
_ESCAPE = pattern(r"\\([\\`*_{}\[\]()#+\-.!|>~<\"/])")  # "1\.", "\-", "\*"
_BOLD = pattern(
    r"\*\*(?=\S)(?P<inner>[^*]++(?:\*[^*]++\*)?+[^*]*+)\*\*|(?<![\w_])__(?=[^\s_])(?P<inner>[^_]++)(?<=\S)__(?![\w_])"
)
# "(*ban hành theo ...*)"; not "5*3", "(*)", "* mục"
_ITALIC = pattern(
    r"(?<![\w*])\*(?=[\w\"“'(\[.…])(?P<inner>[^*]++)(?<=[^\s(])\*(?![\w*])"
    r"|(?<![\w_])_(?=[\w\"“'(\[.…])(?P<inner>[^_]++)(?<=[^\s_])_(?![\w_])"
)
_PICTURE = pattern(r"!\[[^\]\n]{0,200}+\]\([^)\n]{0,2000}+\)")
_LINK = pattern(r"\[(?P<inner>[^\]\[\n]{1,500}+)\]\((?:https?:|mailto:|www\.|/|#|\.)[^)\n]{0,2000}+\)")
_TAG = pattern(
    r"</?(?:a|b|i|u|p|em|strong|center|div|span|font|sup|sub|small|big|hr|details|summary|tbody|thead|section)\b[^<>]{0,200}+>",
    regex.IGNORECASE,
)
_BREAK = pattern(r"<br\s*+/?+>", regex.IGNORECASE)
_COMMENT = pattern(r"<!--[^>]{0,500}+-->")
# "| :---: | :--- |", "---|---"
_SEPARATOR = pattern(r"\s*+\|?(?:\s*+:?-{2,}+:?\s*+\|)++(?:\s*+:?-{2,}+:?\s*+)?")
_PIPE = pattern(r"(?<!\\)\|")


_HEAVY = Style(bold=True)


def is_marked(text: str) -> bool:
    """Whether the text has any character that Markdown could give a meaning."""
    return any(map(text.__contains__, _MARKS))


def read_markdown(lines: Sequence[RawLine]) -> list[Block]:
    """Lines and tables without their marks. What emphasis said is kept as `Style`."""
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if "|" in line.text and (end := _table_end(lines, index)):
            blocks.append(_table(lines[index:end]))
            index = end
            continue
        index += 1
        if not _SPECIAL.search(line.text):
            blocks.append(line)
        elif not _FENCE.fullmatch(line.text):
            blocks += _plain_lines(line)
    return blocks


def _plain_lines(line: RawLine) -> list[RawLine]:
    """A line without marks; `<br>` makes several of it."""
    text = line.text
    heading = False
    if text.lstrip(" ")[:1] in "#>":
        while quoted := _QUOTE.match(text):
            text = text[quoted.end() :]
        if opened := _HEADING.match(text):
            heading = True
            text = _CLOSED.sub("", text[opened.end() :])
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


def unmark(text: str) -> tuple[str, Style]:
    """The text of one line without inline marks, and whether most of it was bold or italic."""
    if not _SPECIAL.search(text):
        return text, PLAIN
    head = ""
    if text.lstrip()[:1] in "*+-" and (bullet := _BULLET.match(text)):
        head = bullet["mark"]
        text = text[len(head) :]
    escaped = "\\" in text
    if escaped:
        text = _ESCAPE.sub(lambda match: chr(0xF200 + ord(match[1])), text)
    if "<" in text:
        text = _TAG.sub("", _COMMENT.sub("", text))
    if "](" in text:
        text = _LINK.sub(r"\g<inner>", _PICTURE.sub("", text))
    if "`" in text:
        text = text.replace("`", "")
    if "~~" in text:
        text = text.replace("~~", "")
    bold = italic = 0
    if "**" in text or "__" in text:
        core = text[2:-2]
        if text[:2] == text[-2:] == "**" and core.strip() == core and core and "*" not in core and "_" not in core:
            text, bold = core, len(core)  # all of a cell
        else:
            text, bold = _strip(_BOLD, text)
    if "*" in text or "_" in text:
        text, italic = _strip(_ITALIC, text)
        if "**" in text:
            text = _loose(text)
    if "&" in text:
        text = html.unescape(text)
    if escaped:
        text = "".join(chr(ord(char) - 0xF200) if "\uf200" <= char <= "\uf27f" else char for char in text)
    length = len(text.strip())
    if not bold and not italic:
        return head + text, PLAIN
    return head + text, Style(bold=bold * 4 >= length * 3, italic=italic * 4 >= length * 3)


def _strip(marks: regex.Pattern[str], text: str) -> tuple[str, int]:
    """Take paired marks off; also how many characters stood between them."""
    inside = 0

    def inner(match: regex.Match[str]) -> str:
        nonlocal inside
        inside += len(match["inner"])
        return str(match["inner"])

    return marks.sub(inner, text), inside


def _loose(text: str) -> str:
    """Bold that opens on one line and closes on another leaves its stars at the ends."""
    core = text.strip()
    if core.startswith("**") and "**" not in core[2:]:
        return text.replace("**", "", 1)
    if core.endswith("**") and "**" not in core[:-2]:
        return text.replace("**", "", 1)
    return text


def _cell(text: str, line: RawLine) -> list[Block]:
    own = RawLine(text, page=line.page)
    return [*_plain_lines(own)] if _SPECIAL.search(text) else [own]


def _table_end(lines: Sequence[RawLine], index: int) -> int:
    """The position after a pipe table that begins here; 0 if none does."""
    text = lines[index].text
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    framed = text.lstrip().startswith("|")
    if _is_row(text) and _is_row(following):
        end = index + 2
        while end < len(lines) and _is_row(lines[end].text):
            end += 1
        return end
    if not _SEPARATOR.fullmatch(following) and not (framed and following.lstrip().startswith("|")):
        return 0
    end = index + 1
    while end < len(lines) and "|" in lines[end].text and (not framed or lines[end].text.lstrip().startswith("|")):
        end += 1
    return end


def _is_row(text: str) -> bool:
    """`ỦY BAN NHÂN DÂN | CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM |`: how readers of web pages write a row of a table."""
    text = text.strip()
    return text.endswith("|") and not text.startswith("|") and " | " in text


def _table(lines: Sequence[RawLine]) -> Table:
    table = Table()
    for line in lines:
        if "--" in line.text and _SEPARATOR.fullmatch(line.text):
            continue
        texts = _PIPE.split(line.text.strip()) if "\\|" in line.text else line.text.strip().split("|")
        if texts and not texts[0].strip():
            texts = texts[1:]
        if texts and not texts[-1].strip():
            texts = texts[:-1]
        table.rows.append([TableCell(column, 1, _cell(text.strip(), line)) for column, text in enumerate(texts)])
    return table
