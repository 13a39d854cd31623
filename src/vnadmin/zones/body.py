"""Splits what stands between preface and conclusions into preamble and body."""

from __future__ import annotations

from vnadmin.layout.page import Paragraph, SourceDocument


def split_body(document: SourceDocument, start: int, end: int) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Preamble and body paragraphs of the lines `start` to `end` (indices in document.lines)."""
    paragraphs = [p for p in document.paragraphs if p.lines[0].index >= start and p.lines[-1].index < end]
    return (), tuple(paragraphs)
