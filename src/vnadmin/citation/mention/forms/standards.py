"""Numbered standards: `TCVN 6909:2001`, `QCVN 03:2023/BCA về ...`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vnadmin.citation.mention.mention import Number, Sighting
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.pattern import pattern

STANDARD_CODES: Final = ("CVN", "QCĐP", "TCXD")
"""A part of every code of a standard: TCVN, QCVN, QCĐP, TCXDVN."""
# "TCVN 6909:2001", "QCVN 03:2023/BCA", "TCVN ISO 9001:2015", "QCVN 16-1:2025/BYT", "QCVN EdXML 102:2016/BTTTT"
_STANDARD = pattern(
    r"(?<!\w)(?P<type>TCVN|QCVN|QCĐP|TCXDVN|TCXD)\s*(?:số\s*)?"
    r"(?P<number>(?:(?:ISO|IEC|EdXML)(?:/IEC)?\s+)?\d{1,5}(?:-\d{1,3})?\s?[:-]\s?(?:19|20)\d\d(?:/\p{Lu}+)?)"
)
# "về phương tiện chữa cháy", "- Công trình cấp nước", "Quy chuẩn kỹ thuật quốc gia về ..."
_TITLE = pattern(r"\s+(?:(?:[Vv]ề\s+việc|[Vv]ề|VỀ)\s+|[-–]\s(?=\p{Lu})|(?=(?:Quy|Tiêu) chuẩn ))")


def find_standards(document: SourceDocument, start: int, end: int) -> Iterator[Sighting]:
    """The standards of a stretch of text, in order."""
    for match in _STANDARD.finditer(document.text, start, end):
        about = _TITLE.match(document.text, match.end(), min(end, match.end() + 20))
        yield Sighting(
            start=match.start(),
            end=match.end(),
            kind="standard",
            rule="reference.standard",
            grade=Grade.CERTAIN,
            type=Span(*match.span("type")),
            number=Number(Span(*match.span("number")), "".join(match["number"].split())),
            title_start=about.end() if about else None,
        )
