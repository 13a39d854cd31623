"""Bytes to SourceDocument: one module for each input format, chosen by content."""

from vnadmin.source.registry import SOURCES, PagesRead, Source, read_source

__all__ = ["SOURCES", "PagesRead", "Source", "read_source"]
