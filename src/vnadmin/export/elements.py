"""Element: what a standard says of one element (required, length, code list) and how it is filled; checks values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from vnadmin.export.refusal import Fault, Problem
from vnadmin.gazetteer import rows
from vnadmin.model import AdminDocument

PROFILE: Final = ("agency", "edxml", "archive", "document")  # sections of the agency profile
_FORMS: Final = {
    "yyyy/mm/dd": re.compile(r"\d{4}/\d\d/\d\d"),
    "dd/mm/yyyy": re.compile(r"\d\d/\d\d/\d{4}"),
    "stamp": re.compile(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d"),
    "iso-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d"),
    "integer": re.compile(r"\d+"),
    "boolean": re.compile(r"[01]"),
}


@dataclass(frozen=True, slots=True)
class Element:
    """A row of `data/<standard>_elements.tsv`."""

    name: str
    required: bool
    longest: int | None
    form: str  # a key of _FORMS, `codes:NAME`, `several:NAME` (codes joined by commas), or empty for text
    field: str
    filled: str
    standing: str  # law: a text of the law or a table of it; seen: files or code in use; hypothesis: neither yet
    source: str


@cache
def elements(standard: str) -> dict[str, Element]:
    """The elements of one standard by name, in the order of its table."""
    return {
        row["element"]: Element(
            name=row["element"],
            required=row["required"] == "yes",
            longest=int(row["longest"]) if row["longest"] else None,
            form=row["form"],
            field=row["field"],
            filled=row["filled"],
            standing=row["standing"],
            source=row["source"],
        )
        for row in rows(f"{standard}_elements")
    }


@cache
def codes(name: str) -> dict[str, str]:
    """A code list of `data/export_codes.tsv`: code to name."""
    return {row["code"]: row["name"] for row in rows("export_codes") if row["list"] == name}


@cache
def code_of(name: str, word: str, guessed: bool = True) -> str | None:
    """The code of a name in a list, the document's own spelling folded; without `guessed` only what a source shows."""
    for row in rows("export_codes"):
        shown = guessed or row["standing"] != "hypothesis"
        if row["list"] == name and shown and row["name"].casefold() == word.casefold():
            return row["code"]
    return None


def check(element: Element, value: str | None, *, shown: str | None = None, lengths: bool = True) -> list[Problem]:
    """What is wrong with a value; `shown` names the element in the list, where it stands several times.

    Args:
        lengths: check the length. The lengths of edXML rest on no text of the law (`standing`), so that they can be
            switched off.
    """
    name = shown or element.name
    if value is None or not value.strip():
        if element.required:
            return [Problem(name, Fault.MISSING, f"from: {element.field}" if element.field else "", _remedy(element))]
        return []
    found = []
    if lengths and element.longest is not None and len(value) > element.longest:
        found.append(Problem(name, Fault.TOO_LONG, f"{len(value)} characters, at most {element.longest}"))
    kind, _, listed = element.form.partition(":")
    if kind in _FORMS and not _FORMS[kind].fullmatch(value):
        found.append(Problem(name, Fault.BAD_FORM, element.form))
    given = [value] if kind == "codes" else re.split(r",\s*", value)
    if kind in ("codes", "several") and any(code not in codes(listed) for code in given):
        found.append(Problem(name, Fault.NOT_IN_LIST, f"{listed}: {', '.join(codes(listed))}", _remedy(element)))
    return found


def _remedy(element: Element) -> str:
    """Where the value could come from: a name of the profile, or how the element is filled from the document."""
    told = [name for name in element.field.split(", ") if name.partition(".")[0] in PROFILE]
    return option(*told) if told else ""


def option(*names: str) -> str:
    """How a value of the profile is given on the command line: `--set archive.mode=…`."""
    return " · ".join(f"--set {name}=…" for name in names)


def notation_of(document: AdminDocument) -> str | None:
    """What stands after the number: of `09/2017/NĐ-CP` the year as well, so that the two join to the whole."""
    number = document.number
    if number is None or number.notation is None:
        return None
    return f"{number.year}/{number.notation}" if number.year else number.notation
