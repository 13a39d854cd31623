"""Appendices: labels and titles of what follows the main document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnadmin.found import Found, quote, trimmed
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.model import Grade
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundAppendix:
    """Leaves of model.Appendix; its references come from citation."""

    label: Found[str] | None
    title: Found[str] | None


def read_appendices(zones: Zones) -> Iterator[FoundAppendix]:
    """One for each attachment; copy blocks and documents of their own apart."""
    for attachment in zones.attachments:
        if not (attachment.is_copy_block or attachment.is_other_document):
            yield FoundAppendix(
                _leaf(zones.document, attachment.label, "appendix.label"),
                _leaf(zones.document, attachment.title, "appendix.title"),
            )


def _leaf(document: SourceDocument, lines: Sequence[Line], rule: str) -> Found[str] | None:
    spans = [span for line in lines if (span := trimmed(document, line.start, line.end, "*_#|:.;")).end > span.start]
    return quote(document, spans, rule, Grade.LIKELY) if spans else None
