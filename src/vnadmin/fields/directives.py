"""Directives: the numbered, lettered and bulleted items of the body as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.fields.deadline import FoundDeadline
from vnadmin.fields.outline import Item, own_spans, read_outline
from vnadmin.found import Found, quote
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundDirective:
    """Leaves of model.Directive."""

    marker: Found[str]
    text: Found[str]
    assignees: tuple[Found[str], ...]
    deadline: FoundDeadline | None
    children: tuple[FoundDirective, ...]


def read_directives(zones: Zones) -> Iterator[FoundDirective]:
    """The items of the body, top level first to last; children stand inside their parents."""
    for item in read_outline(zones.document, zones.body):
        yield _directive(zones.document, item)


def _directive(document: SourceDocument, item: Item) -> FoundDirective:
    marker = item.marker
    rule = f"directives.{marker.kind}"
    spans = own_spans(item)
    text = quote(document, spans, rule) if spans else Found("", (Span(marker.end, marker.end),), rule)
    return FoundDirective(
        quote(document, Span(marker.start, marker.end), rule),
        text,
        (),
        None,
        tuple(_directive(document, child) for child in item.children),
    )
