"""The forms of the registers (NĐ 30/2020, PL IV, I.2 and VI.2): the columns as the decree heads them, and how wide they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Direction(StrEnum):
    """Which of the two registers."""

    OUT = "out"
    IN = "in"


class FormColumn(NamedTuple):
    """A column: its name, its head, the kind of its values, and its width in characters."""

    column: str
    vi: str
    kind: str
    width: float


FORMS: Final[Mapping[Direction, Sequence[FormColumn]]] = MappingProxyType(
    {
        Direction.OUT: (
            FormColumn("number", "Số, ký hiệu văn bản", "text", 18),
            FormColumn("issued_on", "Ngày tháng văn bản", "date", 12),
            FormColumn("title", "Tên loại và trích yếu nội dung văn bản", "text", 52),
            FormColumn("signer", "Người ký", "text", 20),
            FormColumn("recipients", "Nơi nhận văn bản", "text", 36),
            FormColumn("keeper", "Đơn vị, người nhận bản lưu", "text", 16),
            FormColumn("copies", "Số lượng bản", "text", 8),
            FormColumn("moved_on", "Ngày chuyển", "text", 11),
            FormColumn("received", "Ký nhận", "text", 11),
            FormColumn("note", "Ghi chú", "text", 24),
        ),
        Direction.IN: (
            FormColumn("arrived_on", "Ngày đến", "date", 12),
            FormColumn("arrival", "Số đến", "text", 8),
            FormColumn("issuer", "Tác giả", "text", 30),
            FormColumn("number", "Số, ký hiệu văn bản", "text", 18),
            FormColumn("issued_on", "Ngày tháng văn bản", "date", 12),
            FormColumn("title", "Tên loại và trích yếu nội dung văn bản", "text", 56),
            FormColumn("receiver", "Đơn vị hoặc người nhận", "text", 18),
            FormColumn("moved_on", "Ngày chuyển", "text", 11),
            FormColumn("received", "Ký nhận", "text", 11),
            FormColumn("note", "Ghi chú", "text", 24),
        ),
    }
)
