"""Says of each line of a document which rule placed it, for `vnadmin explain`; a parse does not ask."""

from __future__ import annotations

from vnadmin.model import PlacedLine
from vnadmin.zones.body import PREAMBLE
from vnadmin.zones.zone import Attachment, Conclusions, Placed, Zones


def placed_lines(zones: Zones) -> tuple[PlacedLine, ...]:
    """Each line of the document with the rule that placed it, `none` for those that stand in no zone."""
    placed: Placed = {
        **_place_body(zones),
        **_place_end(zones.conclusions),
        **_place_attachments(zones.attachments),
        **zones.preface.placed,
    }
    return tuple(PlacedLine(line.start, line.end, placed.get(line.index, "none")) for line in zones.document.lines)


def _place_body(zones: Zones) -> Placed:
    """The rule that each line of preamble and body stands under."""
    placed: dict[int, str] = {}
    for paragraph in zones.preamble:
        name = next(name for name, knows in PREAMBLE if knows(zones.document, paragraph))
        placed |= dict.fromkeys((line.index for line in paragraph.lines), f"preamble.{name}")
    for paragraph in zones.body:
        name = "paragraph" if paragraph.cell is None else "table"
        placed |= dict.fromkeys((line.index for line in paragraph.lines), f"body.{name}")
    return placed


def _place_end(conclusions: Conclusions) -> Placed:
    """Each line of the end under the rule that took it into the list or a signature."""
    placed = dict.fromkeys(range(conclusions.start, conclusions.end), "conclusions.between")
    return placed | {index: f"conclusions.{name}" for index, name in conclusions.placed}


def _place_attachments(attachments: tuple[Attachment, ...]) -> Placed:
    placed: dict[int, str] = {}
    for attachment in attachments:
        kind = "copy-block" if attachment.is_copy_block else "attachment"
        for part, lines in (("lines", attachment.lines), ("title", attachment.title), ("label", attachment.label)):
            placed |= {line.index: f"{kind}.{part}" for line in lines}
    return placed
