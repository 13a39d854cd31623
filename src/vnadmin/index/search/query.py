"""What a person typed into the search box, as data: words, phrases, fields, dates, and what must not be there.

`quy hoạch "đất đai" -thu hồi co-quan:"Sở Y tế" tu:2019`: words and values stand together with AND; a leading minus
excludes. `OR` and `hoặc` part the query: what fulfils one part is found; dates and exclusions hold for all parts. A word with signs inside (`123/UBND-VX`) is a phrase. What is no field (`15:30`, `V/v:`) is words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from vnadmin.errors import VnadminError
from vnadmin.index.search.query_dates import Period, read_period
from vnadmin.index.search.query_fields import field_named, nearest
from vnadmin.index.search.terms import tokens

LONGEST: Final = 1000  # characters of a query that are read
MOST: Final = 40  # words and values of a query that are read
_TYPED: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "：": ":"})
_OR: Final = frozenset({"or", "hoặc", "||", "|"})
_READ_AS_OR: Final = (
    "{0} được hiểu là phép chọn: tìm văn bản khớp phần trước hoặc phần sau; cần chính chữ này thì đặt trong ngoặc kép. "
    '"{0}" was read as an operator: what matches either side is found; in quotes it is a word.'
)
_NO_FIELD: Final = (
    "{0}: không phải tên trường, nên được tìm như từ ngữ; xem các trường ở Cách tìm. "
    "{0}: is no field and was read as a word; `vnadmin search --help` lists the fields."
)
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
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> list[list[str]]:
        """To whom a task must be given, of each part."""
        return [[value.text for value in choice.values if value.field == "assignee"] for choice in self.choices]


def read_query(text: str) -> Query:
    """Read what was typed. Quotes that are not closed, empty fields and stray signs are forgiven.

    Raises:
        BadQuery: a date that is none, a minus before a date of issue.
    """
    parts: list[tuple[list[Words], list[Value]]] = [([], [])]
    excluded: tuple[list[Words], list[Value]] = ([], [])
    issued: list[Period] = []
    due: list[Due] = []
    notes: list[str] = []
    if len(text) > LONGEST:
        notes.append(f"Chỉ đọc {LONGEST} ký tự đầu. Only the first {LONGEST} characters were read.")
    for count, part in enumerate(_PART.finditer(text[:LONGEST].translate(_TYPED))):
        if count == MOST:
            notes.append(f"Chỉ đọc {MOST} từ đầu. Only the first {MOST} words were read.")
            break
        negative = part["minus"] is not None
        words, values = excluded if negative else parts[-1]
        name, value = part["name"], part["quoted"] or part["plain"] or ""
        field = field_named(name) if name else None
        if field is None:
            if name and (meant := nearest(name)):
                notes.append(f"Không có trường {name}:, có phải {meant}: không? No field {name}:, was it {meant}:?")
            elif name and not part.group()[part.end("name") - part.start() + 1 :][:1].isspace():  # "Kính gửi: Sở"
                notes.append(_NO_FIELD.format(name))
            if name is None and part["quoted"] is None and value.lower() in _OR:
                if any(parts[-1]):
                    parts.append(([], []))
                if value.islower():
                    notes.append(_READ_AS_OR.format(value))
                continue
            words += _words(f"{name} {value}" if name else value)
        elif not tokens(value):
            notes.append(f"{name}: trống, được bỏ qua. {name}: is empty and was left out.")
        elif field in ("from", "to", "on", "deadline"):
            try:
                period = read_period(value, field)
            except ValueError:
                raise BadQuery(f"Không phải ngày: {name}:{value} is no date.") from None
            if field == "deadline":
                due.append(Due(period, negative))
            elif negative:
                raise BadQuery(f"-{name}: is not understood: name the time that you want with tu: and den:.")
            else:
                issued.append(period)
        else:
            values.append(Value(field, value))
    choices = tuple(Choice(tuple(words), tuple(values)) for words, values in parts if words or values)
    return Query(
        choices or (Choice(),),
        Choice(tuple(excluded[0]), tuple(excluded[1])),
        tuple(issued),
        tuple(due),
        tuple(dict.fromkeys(notes)),
    )


def _words(text: str) -> list[Words]:
    count = len(tokens(text))
    return [Words(text, count > 1)] if count else []
