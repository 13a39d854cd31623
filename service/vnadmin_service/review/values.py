"""What may stand at each JSON Pointer of an AdminDocument, and a person's text as such a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from vnadmin.fields.number import number_of
from vnadmin.gazetteer import rows
from vnadmin.model import (
    AdminDocument,
    Appendix,
    Arrival,
    Assignment,
    Deadline,
    Directive,
    DocumentNumber,
    DocumentType,
    Filing,
    LegalReference,
    PartialDate,
    Provision,
    Recipient,
    Signatory,
)
from vnadmin.text.clean import clean
from vnadmin.text.dates import find_dates
from vnadmin.text.fold import fold
from vnadmin.text.printable import is_forged

FIELDS = tuple(row["field"] for row in rows("field_names"))
LONGEST = 20_000  # characters of one typed value
# The leaf that a person's text fills when a whole object is set or added.
_MAIN: Mapping[type[BaseModel], str] = {
    DocumentType: "name", DocumentNumber: "text", Recipient: "name", Filing: "units", Signatory: "name",
    Deadline: "text", Directive: "text", Assignment: "task", Provision: "text", LegalReference: "title",
    Appendix: "title", Arrival: "number",
}  # fmt: skip


# Members that are set together with what follows from them: the parts of a number, the code of a type.
_WHOLE: Mapping[str, str] = {
    "/number/text": "/number",
    "/document_type/name": "/document_type",
    "/document_type/code": "/document_type",
}

_MONTH = re.compile(r"(\d{1,2})/(\d{4})")  # "9/2021", as a date without a day is shown


class BadPointer(ValueError):
    """No value of a document that a person may set stands at this pointer."""


class BadValue(ValueError):
    """The text is not a value of the kind that stands there. The argument is a key of the page's texts."""


class Kind(StrEnum):
    """How a value is shown and typed."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    CHOICE = "choice"
    TYPE = "type"
    NUMBER = "number"
    OBJECT = "object"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the model. `model` is that of an object or of a list's items; `choices` are (value, label)."""

    kind: Kind
    nullable: bool = False
    model: type[BaseModel] | None = None
    item: Slot | None = None
    choices: tuple[tuple[str, str], ...] = ()

    def leaf(self, name: str) -> Slot:
        """The slot of a member of this object."""
        if self.model is None or name not in self.model.model_fields:
            raise BadPointer(name)
        return _slot(self.model.model_fields[name].annotation)


def parts_of(pointer: str) -> list[str]:
    """The reference tokens of a pointer. Names of the model hold neither `~` nor `/`."""
    if not pointer.startswith("/"):
        raise BadPointer(pointer)
    return pointer[1:].split("/")


def is_index(part: str) -> bool:
    """Whether a token is the index of a list's item: `00` is none (RFC 6901, 4)."""
    return part.isascii() and part.isdigit() and (part == "0" or part[0] != "0")


def whole(pointer: str) -> str:
    """The pointer at which a person sets what stands here."""
    return _WHOLE.get(pointer, pointer)


def list_of(pointer: str) -> str:
    """The pointer of the list whose item stands at a pointer.

    Raises:
        BadPointer: it is no item of a list.
    """
    parent, _, last = pointer.rpartition("/")
    if not parent or not is_index(last) or slot_at(parent).kind is not Kind.LIST:
        raise BadPointer(pointer)
    return parent


def slot_at(pointer: str) -> Slot:
    """The slot at a pointer; `/list/-` and `/list/7` are slots of an item, whether it exists or not.

    Raises:
        BadPointer: the model has no such place, or it is not one of the decree's fields.
    """
    first, *rest = parts_of(pointer)
    if first not in FIELDS:
        raise BadPointer(pointer)
    slot = _slot(AdminDocument.model_fields[first].annotation)
    for part in rest:
        if slot.kind is Kind.LIST and slot.item is not None and (part == "-" or is_index(part)):
            slot = slot.item
        else:
            slot = slot.leaf(part)
    return slot


def _slot(annotation: Any) -> Slot:
    arguments = get_args(annotation)
    if NoneType in arguments:
        inner = _slot(next(a for a in arguments if a is not NoneType))
        return Slot(inner.kind, True, inner.model, inner.item, inner.choices)
    if get_origin(annotation) is list:
        item = _slot(arguments[0])
        return Slot(Kind.LIST, model=item.model, item=item)
    if get_origin(annotation) is Literal:
        return Slot(Kind.CHOICE, choices=tuple((str(a), str(a)) for a in arguments))
    if annotation is PartialDate:
        return Slot(Kind.DATE)
    if annotation is int:
        return Slot(Kind.INTEGER)
    if annotation is DocumentType:
        return Slot(
            Kind.TYPE, model=DocumentType, choices=tuple((r["name"], r["name"]) for r in rows("document_types"))
        )
    if annotation is DocumentNumber:
        return Slot(Kind.NUMBER, model=DocumentNumber)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Slot(Kind.OBJECT, model=annotation)
    return Slot(Kind.TEXT)


def value_of(slot: Slot, text: str) -> Any:
    """The JSON value for a person's text; blanks are made single, an empty text is null where that may be.

    Raises:
        BadValue: the text is no such value.
    """
    if len(text) > LONGEST:
        raise BadValue("bad_long")
    if is_forged(text):
        raise BadValue("bad_control")
    text = clean(" ".join(text.split()))
    if not text:
        if slot.nullable:
            return None
        raise BadValue("bad_empty")
    if slot.kind is Kind.DATE:
        return date_of(text)
    if slot.kind is Kind.INTEGER:
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise BadValue("bad_integer")
        return int(text)
    if slot.kind is Kind.CHOICE:
        if text not in {value for value, _ in slot.choices}:
            raise BadValue("bad_choice")
        return text
    if slot.kind is Kind.TYPE:
        return _type_of(text)
    if slot.kind is Kind.NUMBER:
        number = number_of(text)
        return (number or DocumentNumber(text="".join(text.split()))).model_dump(mode="json")
    if slot.kind is Kind.LIST:
        return [value_of(slot.item, part) for part in text.split(";") if part.strip()] if slot.item else []
    if slot.kind is Kind.OBJECT and slot.model is not None:
        return _object_of(slot, slot.model, text)
    return text


def date_of(text: str) -> str:
    """ISO of a date as typed (`2021-09-25`, `25/9/2021`, `9/2021`) or as printed (`ngày 25 tháng 9 năm 2021`)."""
    month = _MONTH.fullmatch(text)
    try:
        return PartialDate.of(int(month[2]), int(month[1])) if month else PartialDate(text)
    except ValueError:
        if month:
            raise BadValue("bad_date") from None
        found = next(find_dates(fold(text), years=True), None)
    if found is None or found.value is None:
        raise BadValue("bad_date")
    numbers = re.findall(r"\d+", text[found.start : found.end])
    if len(numbers) == 3 and found.value.day is None:
        raise BadValue("bad_date")  # day 31 of month 2: what was printed so is a month, what is typed so is a slip
    return str(found.value)


def _type_of(text: str) -> dict[str, Any]:
    """The type by its name or code; any other text is a type outside the table."""
    wanted = fold(text)
    for row in rows("document_types"):
        if wanted in (fold(row["name"]), fold(row["code"])):
            return {"code": row["code"], "name": row["name"]}
    return {"code": None, "name": text}


def _object_of(slot: Slot, model: type[BaseModel], text: str) -> dict[str, Any]:
    main = _MAIN[model]
    made: dict[str, Any] = {main: value_of(slot.leaf(main), text)}
    for name, info in model.model_fields.items():
        if info.is_required() and name not in made:
            made[name] = None if slot.leaf(name).nullable else "-"  # a directive's marker
    if model is Deadline:
        try:
            made["date"] = date_of(text)
        except BadValue:  # `hằng quý`, `5 ngày làm việc`
            made["date"] = None
    dumped = model.model_validate(made).model_dump(mode="json")
    return dict(dumped)


def text_of(value: object) -> str:
    """A value as it is edited: a list by semicolons, an object by its parts."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(text_of, value))
    if isinstance(value, dict):
        return str(next((value[name] for name in ("text", "name", "title", "task") if value.get(name)), ""))
    return str(value)
