"""Appendices: labels and titles of what follows the main document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnadmin.found import Found, quote, trimmed
from vnadmin.genre.attachment_line import ISSUED_WITH
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.model import Grade
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones

# "KẾ HOẠCH NĂM 2023 (Kèm theo Quyết định số 25/QĐ-UBND ngày 17/02/2023)": no part of the title
_ISSUED = pattern(rf"(?<=\w) ?\({ISSUED_WITH}")


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
    spans = []
    for line in lines:
        issued = _ISSUED.search(document.bare, line.start, line.end)
        span = trimmed(document, line.start, issued.start() if issued else line.end, "*_#|:.;")
        spans += [span] if span.end > span.start else []
    return quote(document, spans, rule, Grade.LIKELY) if spans else None
