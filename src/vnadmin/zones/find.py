"""Cuts a SourceDocument into Zones: attachments off the end, then the preface, the conclusions and the body between."""

from __future__ import annotations

from vnadmin.layout.page import SourceDocument
from vnadmin.outline import read_outline
from vnadmin.zones.attachments import find_attachments
from vnadmin.zones.body import place_body, split_body
from vnadmin.zones.conclusions.end import find_conclusions
from vnadmin.zones.preface.read import find_preface
from vnadmin.zones.zone import Attachment, Conclusions, Placed, Zones


def find_zones(document: SourceDocument) -> Zones:
    """Each step sees only lines that no earlier step took."""
    preface = find_preface(document)
    conclusions = find_conclusions(document, preface.end)
    attachments = find_attachments(document, conclusions.end)
    preamble, body = split_body(document, preface.end, conclusions.start)
    placed = {
        **place_body(document, preamble, body),
        **_place_end(conclusions),
        **_place_attachments(attachments),
        **preface.placed,
    }
    outline = tuple(read_outline(document, body))
    return Zones(document, preface, preamble, body, conclusions, attachments, outline, placed)


def _place_end(conclusions: Conclusions) -> Placed:
    """Each line of the end under its role in the block of a signature, or under Nơi nhận."""
    placed = dict.fromkeys(range(conclusions.start, conclusions.end), "conclusions.between")
    placed |= {line.index: "conclusions.recipients" for line in conclusions.recipients}
    for lines, roles in zip(conclusions.signatures, conclusions.roles, strict=True):
        placed |= {line.index: f"conclusions.{role.value}" for line, role in zip(lines, roles, strict=True)}
    return {**placed, **conclusions.placed}


def _place_attachments(attachments: tuple[Attachment, ...]) -> Placed:
    placed: dict[int, str] = {}
    for attachment in attachments:
        kind = "copy-block" if attachment.is_copy_block else "attachment"
        for part, lines in (("lines", attachment.lines), ("title", attachment.title), ("label", attachment.label)):
            placed |= {line.index: f"{kind}.{part}" for line in lines}
    return placed
