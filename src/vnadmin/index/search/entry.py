"""What the search index gets of a document: its line of terms and its deadlines, made of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from vnadmin.index.search.terms import HEAD, LETTERS, TITLE, index_line

_Row = Mapping[str, Any]


class Entry(NamedTuple):
    """A document in the index, but for its place; names are those of the columns."""

    first_due: str | None
    last_due: str | None
    line: str


def entry_of(
    document: _Row,
    text: str,
    parties: Iterable[tuple[str, str]],
    *,
    citations: Sequence[_Row],
    tasks: Sequence[_Row],
    assignees: Sequence[_Row],
) -> Entry:
    """The entry of a document, of its row in `documents`, its text, whom it names and its rows in the other tables.

    Args:
        parties: field and name of each.
    """
    named = [(LETTERS[field], name) for field, name in parties]
    values = _header(document) + list(dict.fromkeys([*named, *_values(citations, assignees)]))
    due = [task["deadline"] for task in tasks if task["deadline"]]
    return Entry(min(due, default=None), max(due, default=None), index_line(text, values))


def _header(row: _Row) -> list[tuple[str, str]]:
    """The values of the columns of `documents`, and the title that is made of them."""
    named = {
        "number": [row["number"]],
        "type": [row["type_code"], row["type_name"]],
        "subject": [row["subject"]],
        "issuer": [row["issuing_agency"], row["parent_agency"]],
        "secrecy": [row["secrecy"]],
        "urgency": [row["urgency"]],
        "place": [row["place"]],
    }
    values = [(LETTERS[field], value) for field, texts in named.items() for value in texts if value]
    # `Quyết định phê duyệt …`, as people say it: the type and the subject in one breath.
    title = [" ".join(filter(None, (row["type_name"], row["subject"]))), row["number"]]
    head = [*title, row["issuing_agency"], row["signer"]]
    return values + [(letter, value) for letter, texts in ((TITLE, title), (HEAD, head)) for value in texts if value]


def _values(citations: Sequence[_Row], assignees: Sequence[_Row]) -> Iterator[tuple[str, str]]:
    """The values of the other tables, in the order of the document."""
    for cited in citations:
        named = " ".join(filter(None, (cited["type"], cited["number"], cited["title"])))
        for value in filter(None, (cited["number"], named)):
            yield LETTERS["cites"], value
    for told in assignees:
        yield LETTERS["assignee"], told["name"]
