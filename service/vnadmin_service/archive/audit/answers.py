"""What a person types of a document, as answers of an audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from vnadmin.gazetteer import rows
from vnadmin.index.audit.fields import LISTS
from vnadmin.index.audit.judge import Told
from vnadmin.index.audit.kept import Answer
from vnadmin_service.review.values import BadValue, Kind, Slot, value_of

_TEXT: Final = Slot(Kind.TEXT, nullable=True)
_DATE: Final = Slot(Kind.DATE, nullable=True)


class Box(NamedTuple):
    """A field as it is asked for. `problem`: a key of the page's words, where what was typed is no such value."""

    field: str
    label: str
    many: bool = False
    long: bool = False
    choices: Sequence[str] = ()
    typed: str = ""
    unclear: bool = False
    problem: str = ""


def boxes(fields: Sequence[str], language: str, typed: Mapping[str, str], unclear: Sequence[str]) -> list[Box]:
    """The boxes of a page, with what was typed in them; each with what is wrong with it."""
    names = {row["field"]: row[language] for row in rows("field_names")}
    return [
        Box(
            field,
            names[field],
            many=field in LISTS,
            long=field == "subject",
            choices=_choices(field),
            typed=typed.get(field, ""),
            unclear=field in unclear,
            problem="" if field in unclear else _problem(field, typed.get(field, "")),
        )
        for field in fields
    ]


def answers(found: Sequence[Box]) -> dict[str, Answer]:
    """The answers of boxes without a problem."""
    return {one.field: Answer(None, True) if one.unclear else Answer(_told(one.field, one.typed)) for one in found}


def _problem(field: str, typed: str) -> str:
    try:
        _told(field, typed)
    except BadValue as error:
        return str(error)
    return ""


def _told(field: str, typed: str) -> Told:
    """A text as a value; of a list each line is an entry.

    Raises:
        BadValue: it is no such value.
    """
    if field in LISTS:
        return [str(value_of(_TEXT, line)) for line in typed.splitlines() if line.strip()]
    value = value_of(_DATE if field == "issued_on" else _TEXT, typed)
    return None if value is None else str(value)


def _choices(field: str) -> list[str]:
    if field == "document_type":
        return [row["name"] for row in rows("document_types")]
    return [row["value"] for row in rows("marks") if row["field"] == field]
