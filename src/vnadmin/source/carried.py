"""Takes off a text what carried it: escapes of a JSON string, the numbers of its lines; knows a markup that is not read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from vnadmin.layout.flow.raw import RawLine
from vnadmin.text.pattern import pattern

_FEWEST: Final = 5  # line ends that were written out
_ESCAPE = pattern(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<sign>[nrtbf\"'/\\]))")
_ESCAPE_IN_STRING = pattern(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|x(?P<code>[0-9a-fA-F]{2})|(?P<sign>[nrtbf\"'/\\]))")
_PAIR = pattern(r"\\(.)", regex.DOTALL)  # a backslash may be escaped itself: no line end stands in "D:\\nghi"
_SIGNS: Final = {"n": "\n", "r": "", "t": "\t", "b": "", "f": "\n"}
# Tables of AsciiDoc, MediaWiki and Org, and the environments of LaTeX
_FOREIGN_MARKUP = pattern(
    r"^(?:\|===$|\{\| ?class=|\|-{3,}+\+[-+]*+\|$|\\begin\{(?:document|longtable|itemize|quote)\})", regex.MULTILINE
)
# "     1<tab>SỞ Y TẾ" (`cat -n`), "   1  SỞ Y TẾ", "1:SỞ Y TẾ" (`grep -n`), "1 | SỞ Y TẾ"; not the item "1. Rà soát"
_NUMBERED = pattern(r" *+(?P<number>\d{1,6})(?:\t|: ?| \| ?| {1,2}|$)")
# A string as JSON and Python write it; a list of nothing but strings; one record, with nothing but names and numbers beside
# its strings; the field of a table of values separated by commas that runs over lines, with other fields beside it
_OWN = r"(?:\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+')"
_STRING = pattern(_OWN)
_LIST = pattern(rf"\s*+\[(?:\s*+{_OWN}\s*+(?:,|(?=\])))++\s*+\]\s*+")
_RECORD = pattern(
    rf"(?:{_OWN}|\w[\w.]*+ ?+[=(]|(?:true|false|null|None|True|False)(?!\w)|-?+\d[\d.eE+-]*+(?!\w)"
    r"|\}(?!\s*+,?+\s*+\{)|[\s{\[\](),:])++"
)
_FIELD = pattern(
    r"\s*+(?:[^\"\n]{1,300}\n)?[^\"\n]{0,300}[,;\t]\"(?P<own>(?:[^\"]|\"\")*+)\"(?:[,;\t][^\"\n]{0,300})?+\s*+"
)
_MAIN: Final = 0.6  # of a record is its text
_SEVERAL: Final = 2  # line ends of a string that is a page of its own
_FEWEST_LINES: Final = 10
_MOST_LINES: Final = 0.9  # have a number; a sign inside one may part it for us


def unescaped(text: str) -> tuple[str, bool]:
    """A text whose line ends were written out on its way (`\\r\\n`, `\\n` of a JSON string), with line ends; others as they are.

    Also whether it was one value of a record, whose other values are left out.
    """
    if (field := _FIELD.fullmatch(text)) and field["own"].count("\n") >= _FEWEST:
        return str(field["own"].replace('""', '"')), True  # 'id,text' / '12,"SỞ Y TẾ'
    if text.lstrip().startswith(("['", '["')) and _LIST.fullmatch(text):
        return "\n".join(map(_of_string, _STRING.findall(text))), False  # "['SỞ Y TẾ', 'Số: 5/SYT-VP']"
    if "\\" not in text:
        return text, False
    wrapped = text.count("\n") >= _FEWEST  # line ends of its own too: those written out only wrap
    if text.count("\\r\\n") >= _FEWEST and wrapped:
        return text.replace("\\r\\n", " "), False
    if wrapped or _line_ends(text) < _FEWEST:
        return text, False
    return _of_record(text.strip())


def _of_record(record: str) -> tuple[str, bool]:
    """The text in a record: `{"id": 5, "content": "SỞ Y TẾ\\n..."}`, `page_content='...' metadata={...}`; else all of it.

    The text is the longest string with line ends, at least 0.6 of the record. Where another string has two line ends or
    more they are pages of one document, of which none is left out; a title of two lines and a path are no page.
    """
    texts = sorted(filter(_line_ends, _STRING.findall(record)), key=len) if _RECORD.fullmatch(record) else []
    if texts and len(texts[-1]) >= _MAIN * len(record) and all(_line_ends(text) < _SEVERAL for text in texts[:-1]):
        return _of_string(texts[-1]), texts[-1] != record
    return str(_ESCAPE.sub(_sign, record)), False


def _line_ends(text: str) -> int:
    """How many line ends were written out in a text."""
    return int(_PAIR.findall(text).count("n"))


def _of_string(quoted: str) -> str:
    return str(_ESCAPE_IN_STRING.sub(_sign, quoted[1:-1]))


def has_foreign_markup(text: str) -> bool:
    """Whether a text is written in a markup that is read as plain text: AsciiDoc, Org, MediaWiki, LaTeX, as pandoc writes them."""
    return ("|" in text or "\\begin{" in text) and _FOREIGN_MARKUP.search(text) is not None


def _sign(match: regex.Match[str]) -> str:
    return chr(int(match["code"], 16)) if match["code"] else _SIGNS.get(match["sign"], match["sign"])


def without_line_numbers(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines without the numbers that a program set before each of them; others as they are."""
    opened = _NUMBERED.match(lines[0].text) if len(lines) >= _FEWEST_LINES else None
    if opened is None:
        return list(lines)
    number = int(opened["number"])
    found: list[RawLine] = []
    counted = 0
    for line in lines:
        match = _NUMBERED.match(line.text)
        if match and int(match["number"]) == number + counted:
            text = line.text[match.end() :]
            line = line._replace(text=text if text.strip() else "")
            counted += 1
        found.append(line)
    return found if counted >= len(lines) * _MOST_LINES else list(lines)
