"""Stand-alone marks: urgency, secrecy, circulation (ô 10a, 10b, 11)."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin.found import Found, quote, trimmed
from vnadmin.gazetteer import rows
from vnadmin.genre.header_line import mark_of
from vnadmin.model import Grade
from vnadmin.text.fold import fold
from vnadmin.zones.zone import Zones


def read_urgency(zones: Zones) -> Iterator[Found[str]]:
    """Khẩn, Thượng khẩn, Hỏa tốc; an hour printed with it stays (`HỎA TỐC: 14 giờ`)."""
    yield from _read(zones, "urgency")


def read_secrecy(zones: Zones) -> Iterator[Found[str]]:
    """Mật, Tối mật, Tuyệt mật."""
    yield from _read(zones, "secrecy")


def read_circulation(zones: Zones) -> Iterator[Found[str]]:
    """Lưu hành nội bộ, Xem xong trả lại."""
    yield from _read(zones, "circulation")


def _read(zones: Zones, field: str) -> Iterator[Found[str]]:
    document = zones.document
    for line in zones.preface.marks:
        found = mark_of(document.of(line), document.folded_of(line))
        if found and found[0] == field:
            span = trimmed(document, line.start, line.end, "[]()*_.:;")
            printed = quote(document, span, f"{field}.stand-alone-mark", Grade.CERTAIN)
            if fold(printed.value) == found[1]:
                name = next(row["value"] for row in rows("marks") if fold(row["mark"]) == found[1])
                printed = Found(name, printed.spans, printed.rule, printed.grade)
            yield printed
            return
