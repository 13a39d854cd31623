"""Headings of what is attached: `PHỤ LỤC I`, `Mẫu số 02: TỜ KHAI`."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin.gazetteer import words
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.line_text import LineText
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern


class AttachmentLabel(NamedTuple):
    """Where a label stands on its line; what follows is the title or nothing."""

    start: int
    end: int


_SUFFIX = r"(?:[-/][a-z.-]{1,12}|\.[a-z]{1,6}(?:\.[a-z]{1,6})?(?=[ *_]*+$))?"
# "I", "2b", "01", "01/TTS", "1.2", "A", "01.GĐN" alone on its line
_NUMBER = rf" *+(?:[ivx]++|\d{{1,3}}[a-z]?(?:[./-]\d{{1,2}})?[a-z]?{_SUFFIX}|[a-z](?![a-z]))"
# "PHỤ LỤC", "Phụ lục số 2b", "PHỤ LỤC I", "Mẫu số 01", "MẪU SỐ 01A", "Biểu số 1", "Phụ lục 1:"
_LABEL = pattern(
    lambda: (
        rf"[*_#>|~\[ ]*+(?P<label>(?:{alternation(map(bare, words('attachment_labels')))})(?P<number>{_NUMBER})?+)"
        r"(?![a-z0-9])[ *_]*+(?P<stop>[:.-] *+)?"
    )
)


# "(Ban hành kèm theo Quyết định số ...)", "Mẫu số 1 ban hành kèm theo Thông tư số ...", "(Kèm với Công văn ...)"
ISSUED_WITH = r"(?:(?:ban hanh |dinh |gui )?kem (?:theo|voi)|ban hanh kem)\b"
_ISSUED_WITH = pattern(ISSUED_WITH)


def attachment_label(line: LineText) -> AttachmentLabel | None:
    """The label with which the heading of an attachment opens; a sentence that opens so is none."""
    match = _LABEL.match(line.bare)
    if not match:
        return None
    label = AttachmentLabel(match.start("label"), match.end("label"))
    rest = line.text[match.end() :].strip(" *_]|")
    heading = line.text[label.start : label.end]
    if not match["number"] and not bare(heading).startswith("phu "):
        return None
    if heading[0].islower():
        return None
    if not rest or rest.startswith("(") or (_ISSUED_WITH.match(bare(rest)) and not rest.endswith((".", ";"))):
        return label
    if rest.endswith((".", ";", ",")) or rest[0].islower():
        return None
    return label if match["stop"] or in_capitals(rest) else None
