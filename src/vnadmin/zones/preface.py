"""Finds the preface: the lines of the header, each given to its component."""

from __future__ import annotations

from vnadmin.layout.page import SourceDocument
from vnadmin.zones.zone import Preface


def find_preface(document: SourceDocument) -> Preface:
    """The header of the main document."""
    return Preface()
