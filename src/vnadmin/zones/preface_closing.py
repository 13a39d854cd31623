"""Parts of a header that some documents print at their end: the place and date of minutes, petitions, contracts."""

from __future__ import annotations

from vnadmin.layout.page import Line
from vnadmin.zones.preface_lines import Kind, kind_of
from vnadmin.zones.zone import Zones

_ABOVE = 4  # lines above the signature block in which `Hà Nội, ngày ...` may stand


def closing_place_date(zones: Zones) -> tuple[Line, ...]:
    """`Hà Nội, ngày 12 tháng 3 năm 2020` over the signatures, where the header has no such line."""
    if zones.preface.place_date:
        return ()
    ending = zones.conclusions
    first = max(ending.start - _ABOVE, zones.preface.end)
    for line in zones.document.lines[first : ending.end]:
        if line.cell is None and kind_of(zones.document, line) is Kind.PLACE_DATE:
            return (line,)
    return ()
