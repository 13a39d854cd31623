"""Lines below a task that say when, where or how much (`Thời gian thực hiện: năm 2025`), labelled by what heads a column beside tasks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from vnadmin.gazetteer import words_where
from vnadmin.genre.table.head import ColumnKind, names_other_work, read_head_cell
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_PARTICULARS: Final = frozenset((ColumnKind.DEADLINE, ColumnKind.QUANTITY, ColumnKind.NOTE, ColumnKind.OTHER))
# "02 người, gửi danh sách về Sở", "trước ngày 30/6/2026 gửi báo cáo về Sở"
_CLAUSE: Final = pattern(r"[;.,] +|(?<=/\d{4}) +")
_ORDERS: Final = ("verb", "short", "order", "strong")  # kinds of words that open what is to be done


def is_particular(text: str) -> bool:
    """`Địa điểm: hội trường`; `Số lượng: cử 02 cán bộ` and `Thời gian báo cáo: hằng tháng` say what is to be done."""
    label, _, value = fold(text).partition(":")
    return _label_kind(text) is not None and not names_other_work(label) and not _orders(value.strip())


def is_time_of_task(text: str) -> bool:
    """`Thời gian: hoàn thành trước ngày 30 tháng 6`: labelled as the time of the task above it."""
    return _label_kind(text) is ColumnKind.DEADLINE


def _label_kind(text: str) -> ColumnKind | None:
    label, colon, _ = fold(text).partition(":")
    words = label.split()
    if not colon or opens_with_verb(words) or read_head_cell(label) is None:
        return None
    cells = (read_head_cell(" ".join(words[:number])) for number in (1, 2))
    return next((cell.kind for cell in cells if cell is not None and cell.kind in _PARTICULARS), None)


def _orders(value: str) -> bool:
    """Whether a verb opens a value or a clause behind: `gửi danh sách về Sở`, and not `bắt đầu từ ngày 20/5`, which is a time."""
    events = words_where("limit_words", "kind", "event")
    first, *behind = _CLAUSE.split(value)
    clauses = [first, *(clause for clause in behind if not clause.startswith(events))]
    return any(opens_with_verb(clause.split()) for clause in clauses)


def opens_with_verb(words: Sequence[str]) -> bool:
    """Whether folded words open with one that says what is to be done: `rà soát hồ sơ`."""
    return any(" ".join(words[:number]) in _verbs() for number in (1, 2, 3))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(fold(word) for kind in _ORDERS for word in words_where("action_verbs", "kind", kind))
