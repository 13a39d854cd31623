"""Forms of numbers in citations: the patterns of data/citation_forms.toml, compiled into one scan."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

import regex

from vnadmin.gazetteer import GazetteerError, resource
from vnadmin.text.fold import DASHES
from vnadmin.text.pattern import pattern

Needs = Literal["nothing", "type"]
_PART = pattern(r"\{([a-z]+)\}")


class Form(NamedTuple):
    """One shape of số, ký hiệu. `needs` says what must stand before it for it to be a citation."""

    name: str
    regime: str
    needs: Needs
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class NumberToken(NamedTuple):
    """A stretch of text that has the shape of a number."""

    start: int
    end: int
    form: Form


@cache
def forms() -> tuple[Form, ...]:
    """The forms in the order in which the scan tries them."""
    data = tomllib.loads(resource("citation_forms.toml"))
    parts: dict[str, str] = {}
    for name, source in data["parts"].items():
        parts[name] = _expand(source, parts)
    found = []
    for entry in data["form"]:
        if entry["needs"] not in ("nothing", "type"):
            raise GazetteerError(f"citation_forms.toml: {entry['name']}: needs = {entry['needs']!r}")
        found.append(
            Form(
                entry["name"],
                entry["regime"],
                entry["needs"],
                _expand(entry["pattern"], parts),
                tuple(entry["examples"]),
                tuple(entry["counter_examples"]),
            )
        )
    return tuple(found)


def _expand(pattern: str, parts: dict[str, str]) -> str:
    """Put the named parts into a pattern; `{1,6}` is a repeat count, not a part."""

    def part(match: regex.Match[str]) -> str:
        if match[1] not in parts:
            raise GazetteerError(f"citation_forms.toml: no part named {match[1]!r}")
        return f"(?:{parts[match[1]]})"

    return str(_PART.sub(part, pattern))


_SCAN = pattern(lambda: "|".join(f"(?P<f{index}>{form.pattern})" for index, form in enumerate(forms())))


# Every number has a slash or a dash before a group of letters; all else is passed over at the speed of this search.
# A dash that opens a line is a bullet: "- Sở Y tế".
_HINT = pattern(rf"[-/{DASHES}](?<!\n[-–])\s?[A-ZĐÐƉĂÂÊÔƠƯ\u0410-\u0425]")
_DIGITS = pattern(r"(?<![\d.])\d")
_BLANK_LEAD = pattern(rf"(?r)[sS][ốỐ](?=\s?:?[ .…_]*+[-/{DASHES}])")
_REACH = 26  # longest way from the first digit to the first letter group: "1234567.123a / 2025 /"
_BLANK_REACH = 60


def hint_places(text: str) -> list[int]:
    """Every slash or dash before a group of letters: where a number may stand."""
    return [match.start() for match in _HINT.finditer(text)]


def find_numbers(text: str, start: int, end: int, places: Iterable[int] | None = None) -> Iterator[NumberToken]:
    """Everything between two positions that has the shape of a number, left to right.

    `places` are those of `hint_places` that lie between them, where they are known.
    """
    table, scan, at = forms(), _SCAN, start
    if places is None:
        places = [hint.start() for hint in _HINT.finditer(text, start, end)]
    for where in places:
        if where < at:
            continue
        for digit in _DIGITS.finditer(text, max(at, where - _REACH), where):
            first = digit.start()
            match = scan.match(text, first, min(end, first + 160))
            if match and match.lastgroup and match.end() > where:
                at = match.end()
                yield NumberToken(first, at, table[int(match.lastgroup[1:])])
                break
        else:
            if lead := _BLANK_LEAD.search(text, max(at, where - _BLANK_REACH), where + 1):
                match = scan.match(text, lead.end(), min(end, lead.end() + 220))
                if match and match.lastgroup and match.end() > where:
                    yield NumberToken(match.start(), match.end(), table[int(match.lastgroup[1:])])
                    at = match.end()
