"""Cells of a table's rows: numbers of rows, groups and columns, times."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vnadmin.text.dates import HOUR
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# "1", "02.", "(3)", "1.2", "B1"
_ROW = pattern(r"[(\[]?[A-Z]?(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}+)[.)\]]?")
_GROUP = pattern(r"[(\[]?(?:[IVX]{1,5}|[A-Z])[.)\]]?")  # "I", "A."
# "(1)", "3", "A", "[2]", "(5)=(3)+(4)"
_COLUMN = pattern(r"[(\[]?(?:\d{1,2}|[a-zđA-ZĐ])[)\].]?(?:=[\d+*/().-]{1,12})?")
_LEAST_NUMBERED: Final = 3
# "7h30", "08 giờ 00 - 08 giờ 15", "13:30 - 14:00"
_HOUR = pattern(rf"(?:từ )?{HOUR}")
# "Trước 30/6", "Quý II/2024", "Thường xuyên"
_LIMIT = pattern(
    r"(?:(?:trước|từ|trong|đến|hết|xong|chậm nhất) )*+"
    r"(?:ngày|tháng|quý|năm|tuần|\d{1,2}/\d|20\d\d|thường xuyên|h[àằ]ng|cả năm)"
)
_DIGIT = pattern(r"\d")


def row_number(text: str) -> tuple[int, ...] | None:
    """The number of a row, by its parts: `02.` is (2,), `1.2` is (1, 2), `B1` is (1,)."""
    match = _ROW.fullmatch(text)
    return tuple(map(int, match["number"].split("."))) if match else None


def numbers_row(text: str) -> bool:
    """Whether a cell numbers a row, or the rows of a group: `I`, `A`."""
    return row_number(text) is not None or _GROUP.fullmatch(text) is not None


def numbers_columns(cells: Iterable[str]) -> bool:
    """Whether a row gives each column its number, below the head: `(1) | (2) | (3)`."""
    texts = list(cells)
    return len(texts) >= _LEAST_NUMBERED and all(map(_COLUMN.fullmatch, texts))


def is_limit(text: str) -> bool:
    """Whether a cell opens as a time limit does: `Trước ngày 30/6`, `Thường xuyên`."""
    return _LIMIT.match(fold(text)) is not None


def is_time(text: str) -> bool:
    """Whether a cell holds an hour or a day: `7h30`, `20/11`, `Tuần 2`."""
    return _HOUR.match(fold(text)) is not None or (is_limit(text) and _DIGIT.search(text) is not None)
