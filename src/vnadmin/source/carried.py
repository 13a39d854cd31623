"""Takes off a text what carried it: escapes of a JSON string, the numbers of its lines; knows a markup that is not read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from vnadmin.layout.flow.raw import RawLine
from vnadmin.text.pattern import pattern

_FEWEST: Final = 5  # line ends that were written out
_ESCAPE = pattern(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|x(?P<code>[0-9a-fA-F]{2})|(?P<sign>[nrtbf\"'/\\]))")
_SIGNS: Final = {"n": "\n", "r": "", "t": "\t", "b": "", "f": "\n"}
# Tables of AsciiDoc, MediaWiki and Org, and the environments of LaTeX
_FOREIGN_MARKUP = pattern(
    r"^(?:\|===$|\{\| ?class=|\|-{3,}+\+[-+]*+\|$|\\begin\{(?:document|longtable|itemize|quote)\})", regex.MULTILINE
)
# "     1<tab>SỞ Y TẾ" (`cat -n`), "   1  SỞ Y TẾ", "1:SỞ Y TẾ" (`grep -n`), "1 | SỞ Y TẾ"; not the item "1. Rà soát"
_NUMBERED = pattern(r" *+(?P<number>\d{1,6})(?:\t|: ?| \| ?| {1,2}|$)")
# The strings of a record, as JSON and Python write them; the field of a table of values separated by commas that runs over lines
_STRING = pattern(r"(?<!\\)(?P<sign>[\"'])(?P<own>(?:(?!(?P=sign))[^\\]|\\.)*+)(?P=sign)")
_FIELD = pattern(r"\s*+(?:[^\"\n]{1,300}\n)?[^\"\n]{0,300}[,;\t]\"(?P<own>(?:[^\"]|\"\")*+)\"[^\"\n]{0,300}\s*+")
_MAIN: Final = 0.6  # of a record is its text
_FEWEST_LINES: Final = 10
_MOST_LINES: Final = 0.9  # have a number; a sign inside one may part it for us


def unescaped(text: str) -> str:
    """A text whose line ends were written out on its way (`\\r\\n`, `\\n` of a JSON string), with line ends; others as they are."""
    if (field := _FIELD.fullmatch(text)) and field["own"].count("\n") >= _FEWEST:
        return str(field["own"].replace('""', '"'))  # 'id,text' / '12,"SỞ Y TẾ'
    if text.lstrip().startswith(("['", '["')) and text.rstrip().endswith(("']", '"]')):
        return "\n".join(_unescaped(match["own"]) for match in _STRING.finditer(text))  # "['SỞ Y TẾ', 'Số: 5/SYT-VP']"
    if "\\" not in text:
        return text
    wrapped = text.count("\n") >= _FEWEST  # line ends of its own too: those written out only wrap
    if text.count("\\r\\n") >= _FEWEST and wrapped:
        return text.replace("\\r\\n", " ")
    if wrapped or text.count("\\n") < _FEWEST:
        return text
    return _unescaped(_longest_string(text.strip()))


def _unescaped(own: str) -> str:
    return str(_ESCAPE.sub(_sign, own))


def _longest_string(record: str) -> str:
    """The text in a record: `{"id": 5, "content": "SỞ Y TẾ\\n..."}`, `page_content='...' metadata={...}`; all of it where none is most."""
    longest = max((match["own"] for match in _STRING.finditer(record)), key=len, default="")
    return longest if len(longest) >= _MAIN * len(record) else record


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
