"""What a person typed into the search box, as data: words, phrases, fields, dates, and what must not be there.

`quy hoạch "đất đai" -thu hồi co-quan:"Sở Y tế" tu:2019`: words and values stand together with AND; a leading minus
excludes. A body is looked for as it was typed, and abbreviated or written out. `OR` and `hoặc` part the query: what fulfils one part is found; dates and exclusions hold for all parts. A word with signs inside (`123/UBND-VX`) is a phrase. What is no field (`15:30`, `V/v:`) is words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vnadmin.errors import VnadminError
from vnadmin.index.search import query_notes as told
from vnadmin.index.search.query_bodies import NAMED, spellings
from vnadmin.index.search.query_dates import Period, read_period
from vnadmin.index.search.query_fields import field_named, nearest
from vnadmin.index.search.query_notes import Note
from vnadmin.index.search.terms import LETTERS, tokens

LONGEST: Final = 1000  # characters of a query that are read
MOST: Final = 40  # words and values of a query that are read
_MOST_CHOICES: Final = 24  # parts that a query has with all spellings of its bodies
_NONE: Final = "-"  # typed as a value: the field is empty
_TYPED: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "：": ":"})
_OR: Final = frozenset({"or", "hoặc", "||", "|"})
_PART = re.compile(
    r"""(?P<minus>(?<!\S)-(?=[^\s-]))?
        (?:(?P<name>[^\W\d_][\w-]*):\s*)?
        (?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+)|(?(name)|(?!)))""",
    re.VERBOSE,
)


class BadQuery(VnadminError):
    """The search cannot be understood."""

    code = "bad_query"
    http_status = 400
    exit_code = 30
    advice = (
        "Dates are written 2021, 2021-09, 2021-09-25, 9/2021 or 25/9/2021; `vnadmin search --help` lists the fields."
    )


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand in the document; a phrase: next to each other."""

    text: str
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A text that stands in a field: `co-quan:"Sở Y tế"`."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Due:
    """A task's deadline must (or no task's deadline may) fall into the period."""

    period: Period
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What must all be there, in one of the parts that `OR` parts a query into."""

    words: tuple[Words, ...] = ()
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A search. `choices` are its parts, one at least; `notes` tell the person what was not understood as they may have meant it."""

    choices: tuple[Choice, ...] = (Choice(),)
    excluded: Choice = Choice()  # none of it may be there
    issued: tuple[Period, ...] = ()
    due: tuple[Due, ...] = ()
    lacking: frozenset[str] = frozenset()  # fields that must have no value
    having: frozenset[str] = frozenset()  # fields that must have one
    void: bool = False  # something was typed, and nothing of it can be looked for: nothing is found
    notes: tuple[Note, ...] = ()

    @property
    def names(self) -> list[list[str]]:
        """To whom a task must be given, of each part."""
        return [[value.text for value in choice.values if value.field == "assignee"] for choice in self.choices]


def read_query(text: str) -> Query:
    """Read what was typed. Quotes that are not closed, empty fields and stray signs are forgiven.

    Raises:
        BadQuery: a date that is none, a minus before a date of issue.
    """
    reader = _Reader()
    if len(text) > LONGEST:
        reader.notes.append(told.cut(LONGEST, "ký tự", "characters"))
    for count, part in enumerate(_PART.finditer(text[:LONGEST].translate(_TYPED))):
        if count == MOST:
            reader.notes.append(told.cut(MOST, "từ", "words"))
            break
        reader.take(part)
    return reader.query(text)


class _Reader:
    """Takes one part of what was typed after the other."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self._parts: list[tuple[list[Words], list[Value]]] = [([], [])]
        self._excluded: tuple[list[Words], list[Value]] = ([], [])
        self._issued: list[tuple[Period, str]] = []
        self._due: list[Due] = []
        self._empty: tuple[set[str], set[str]] = (set(), set())  # fields that have no value, and that have one

    def take(self, part: re.Match[str]) -> None:
        """A word, a phrase, a value of a field, or the sign of a choice."""
        negative = part["minus"] is not None
        words, values = self._excluded if negative else self._parts[-1]
        name, value = part["name"], part["quoted"] or part["plain"] or ""
        field = field_named(name) if name else None
        close = bool(name) and not part.group()[part.end("name") - part.start() + 1 :][:1].isspace()
        if field is None and close and words and (field := field_named(f"{words[-1].text}-{name}")):
            words.pop()  # `cơ quan:"Sở Y tế"`: a name of two words
        if field is None:
            if name and (near := nearest(name)):
                self.notes.append(told.meant(name, near))
            elif close:  # not "Kính gửi: Sở"
                self.notes.append(told.no_field(name))
            if name is None and part["quoted"] is None and value.lower() in _OR:
                self._choose(value)
            else:
                words += _words(f"{name} {value}" if name else value)
        elif value == _NONE and field in LETTERS:
            self._empty[negative].add(field)
        elif not tokens(value):
            self.notes.append(told.left_out(name))
        elif field in ("from", "to", "on", "deadline"):
            self._time(name, field, value, negative)
        else:
            values.append(Value(field, value))

    def _choose(self, word: str) -> None:
        if any(self._parts[-1]):
            self._parts.append(([], []))
        if word.islower():
            self.notes.append(told.read_as_or(word))

    def _time(self, name: str, field: str, value: str, negative: bool) -> None:
        try:
            period = read_period(value, field)
        except ValueError:
            raise BadQuery(f"Không phải ngày: {name}:{value} is no date.") from None
        if field == "deadline":
            self._due.append(Due(period, negative))
        elif negative:
            raise BadQuery(f"-{name}: is not understood: name the time that you want with tu: and den:.")
        else:
            self._issued.append((period, value))

    def query(self, text: str) -> Query:
        """All that was taken of a text."""
        choices = tuple(_spelled([part for part in self._parts if any(part)]))
        words, values = self._excluded
        without = Choice(tuple(words), tuple(one for value in values for one in _spellings(value, _MOST_CHOICES)))
        if self._issued and (note := told.no_day(self._issued)):
            self.notes.append(note)
        something = choices or words or values or self._issued or self._due or any(self._empty)
        return Query(
            choices or (Choice(),),
            without,
            tuple(period for period, _ in self._issued),
            tuple(self._due),
            frozenset(self._empty[0]),
            frozenset(self._empty[1]),
            bool(text.strip()) and not something,
            tuple(dict.fromkeys(self.notes)),
        )


def _spelled(parts: Sequence[tuple[list[Words], list[Value]]]) -> Iterator[Choice]:
    """The parts, each as often as its bodies are spelled; so many values that they were too many stay as typed."""
    room = max(1, _MOST_CHOICES // max(1, len(parts)))
    for words, values in parts:
        spelled: list[tuple[Value, ...]] = [()]
        for value in values:
            spelled = [(*one, other) for one in spelled for other in _spellings(value, room // len(spelled))]
        yield from (Choice(tuple(words), one) for one in spelled)


def _spellings(value: Value, most: int) -> list[Value]:
    named = spellings(value.text) if value.field in NAMED else (value.text,)
    return [Value(value.field, text) for text in named[: max(1, most)]]


def _words(text: str) -> list[Words]:
    count = len(tokens(text))
    return [Words(text, count > 1)] if count else []
