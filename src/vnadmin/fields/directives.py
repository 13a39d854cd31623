"""Directives: the numbered, lettered and bulleted items of the body as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.fields.assignees import read_assignees
from vnadmin.fields.deadline import FoundDeadline, date_of_issue, read_deadline
from vnadmin.fields.outline import Item, further_spans, own_paragraphs, read_outline, title_spans
from vnadmin.found import Found, quote
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import PartialDate
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundDirective:
    """Leaves of model.Directive."""

    marker: Found[str]
    text: Found[str]
    paragraphs: tuple[Found[str], ...]
    assignees: tuple[Found[str], ...]
    deadline: FoundDeadline | None
    children: tuple[FoundDirective, ...]


def read_directives(zones: Zones) -> Iterator[FoundDirective]:
    """The items of the body, top level first to last; children stand inside their parents."""
    document = zones.document
    reader = _Reader(document, date_of_issue(document, zones.preface), _reports(zones))
    for item in read_outline(document, zones.body):
        yield reader.directive(item)


def _reports(zones: Zones) -> bool:
    """A báo cáo tells what was done and obliges nobody (GUIDE)."""
    return any(zones.document.bare_of(line).startswith("bao cao") for line in zones.preface.type_line)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one item after another of one document."""

    document: SourceDocument
    issued: PartialDate | None
    reports: bool

    def directive(self, item: Item) -> FoundDirective:
        document, marker = self.document, item.marker
        rule = f"directives.{marker.kind}"
        spans = title_spans(item)
        text = quote(document, spans, rule) if spans else Found("", (Span(marker.end, marker.end),), rule)
        paragraphs = own_paragraphs(item)
        return FoundDirective(
            quote(document, Span(marker.start, marker.end), rule),
            text,
            tuple(quote(document, span, rule) for span in further_spans(item)),
            () if self.reports else read_assignees(document, paragraphs, bool(item.children)),
            None if self.reports else read_deadline(document, paragraphs, self.issued),
            tuple(self.directive(child) for child in item.children),
        )
