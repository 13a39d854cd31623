"""Forms of numbers in citations: the patterns of data/citation_forms.toml, compiled into one scan."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from vnadmin.gazetteer import GazetteerError, resource

Needs = Literal["nothing", "type"]
_PART = regex.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Form:
    """One shape of số, ký hiệu. `needs` says what must stand before it for it to be a citation."""

    name: str
    regime: str
    needs: Needs
    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A stretch of text that has the shape of a number."""

    start: int
    end: int
    form: Form


@cache
def forms() -> tuple[Form, ...]:
    """The forms in the order in which the scan tries them."""
    data = tomllib.loads(resource("citation_forms.toml"))
    parts: dict[str, str] = {}
    for name, pattern in data["parts"].items():
        parts[name] = _expand(pattern, parts)
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


@cache
def _scan() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?P<f{index}>{form.pattern})" for index, form in enumerate(forms())))


def find_numbers(text: str, start: int, end: int) -> Iterator[NumberToken]:
    """Everything between two positions that has the shape of a number, left to right."""
    table = forms()
    for match in _scan().finditer(text, start, end):
        yield NumberToken(match.start(), match.end(), table[int(match.lastgroup[1:])])
