"""Finds what follows the main document: appendices, attached regulations, forms, copy blocks."""

from __future__ import annotations

from functools import cache

import regex

from vnadmin.gazetteer import words
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.text.fold import bare
from vnadmin.zones.conclusions_lines import capitals
from vnadmin.zones.zone import Attachment

_OPENING = r"[*_#>|~\[ ]*+"
_LONGEST = 160
_MOTTO = regex.compile(_OPENING + r"(?:cong ?hoa xa ?hoi chu nghia|dang cong san viet nam)")
_ISSUED_WITH = regex.compile(_OPENING + r"\(? *+(?:ban hanh |dinh |gui )?kem theo\b")
_COPY = regex.compile(_OPENING + r"(?:sao y(?: ban chinh)?|sao luc|trich sao)[ .:*_]*+$")


@cache
def _label() -> regex.Pattern[str]:
    listed = "|".join(regex.escape(bare(w)) for w in sorted(words("attachment_labels"), key=len, reverse=True))
    # "PHỤ LỤC", "Phụ lục số 2b", "PHỤ LỤC I", "Mẫu số 01", "MẪU SỐ 01A", "Biểu số 1", "Phụ lục 1:"
    return regex.compile(
        _OPENING + rf"(?P<label>(?:{listed})(?: *+(?:[ivx]++|\d{{1,3}}[a-z]?(?:[./-]\d{{1,2}})?[a-z]?(?:[-/][a-zđ.-]{{1,12}})?|[a-z](?![a-z])))?+)(?![a-z0-9])[ *_]*+(?P<stop>[:.-] *+)?"
    )


def begins_attachment(document: SourceDocument, index: int) -> bool:
    """Whether the line at `index` opens something attached: its label, a motto, `(Ban hành kèm theo ...)`."""
    line = document.lines[index]
    if line.end - line.start > _LONGEST:
        return False
    first = document.bare[line.start : line.start + 24].lstrip("*_#>|~[ (")[:4]
    if first not in _FIRST:
        return False
    if _MOTTO.match(document.bare, line.start, line.end):
        return True
    if line.cell is not None and line.cell.row > 1:
        return False
    return _label_line(document, line) is not None or _COPY.match(document.bare, line.start, line.end) is not None


# First letters of what may open an attachment: a cheap test before the patterns.
_FIRST = frozenset({"phu ", "mau ", "bieu", "danh", "bang", "cong", "dang", "sao ", "tric", "kem ", "ban ", "dinh"})


def _label_line(document: SourceDocument, line: Line) -> tuple[int, int] | None:
    """The slice of the label where the line is an attachment's heading: "PHỤ LỤC I", "Mẫu số 02: TỜ KHAI"."""
    match = _label().match(document.bare, line.start, line.end)
    if not match:
        return None
    rest = document.text[match.end() : line.end].strip(" *_]|")
    heading = document.text[match.start("label") : match.end("label")]
    numbered = any(c.isdigit() for c in heading) or heading.split()[-1].isupper()
    if not numbered and bare(heading) not in ("phu luc", "phu bieu", "phu luc dinh kem"):
        return None
    if heading[0].islower():
        return None
    if not rest or rest.startswith("("):
        return match.span("label")
    if rest.endswith((".", ";", ",")) or rest[0].islower():
        return None
    if match["stop"] or capitals(rest):
        return match.span("label")
    return None


def find_attachments(document: SourceDocument, start: int) -> tuple[Attachment, ...]:
    """Attachments from line `start` to the end of the document."""
    lines = document.lines
    if start >= len(lines):
        return ()
    bounds = [start]
    bounds += [i for i in range(start + 1, len(lines)) if begins_attachment(document, i) and _label_line(document, lines[i])]
    bounds.append(len(lines))
    return tuple(Attachment(lines=lines[a:b]) for a, b in zip(bounds, bounds[1:], strict=False))
