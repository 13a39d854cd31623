"""Cuts a SourceDocument into Zones: attachments off the end, then the preface, the conclusions and the body between."""

from __future__ import annotations

from vnadmin.layout.page import SourceDocument
from vnadmin.outline import read_outline
from vnadmin.zones.attachments import find_attachments
from vnadmin.zones.body import split_body
from vnadmin.zones.conclusions.end import find_conclusions
from vnadmin.zones.preface.read import find_preface
from vnadmin.zones.zone import Zones


def find_zones(document: SourceDocument) -> Zones:
    """Each step sees only lines that no earlier step took."""
    preface = find_preface(document)
    conclusions = find_conclusions(document, preface.end)
    attachments = find_attachments(document, conclusions.end)
    preamble, body = split_body(document, preface.end, conclusions.start)
    outline = tuple(read_outline(document, body))
    return Zones(document, preface, preamble, body, conclusions, attachments, outline)
