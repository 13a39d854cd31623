"""Cells of a table's rows."""

from __future__ import annotations

from vnadmin.genre.table.row import is_limit, is_time, numbers_columns, numbers_row, row_number


def test_numbers_of_rows() -> None:
    """With or without a mark, of several levels; a roman numeral or a capital numbers a group."""
    assert [row_number(text) for text in ("1", "02.", "(3)", "1.2", "B1")] == [(1,), (2,), (3,), (1, 2), (1,)]
    assert [row_number(text) for text in ("I", "A", "120.000", "7h30", "")] == [None, None, (120, 0), None, None]
    assert all(map(numbers_row, ("1", "IV", "A.", "(2)")))
    assert not any(map(numbers_row, ("Sở Y tế", "30/6/2024", "a")))


def test_numbers_of_columns() -> None:
    """The row below a head; two cells are too few to tell."""
    assert numbers_columns(["(1)", "(2)", "(3)"]) and numbers_columns(["A", "B", "1", "3=1+2"])
    assert not numbers_columns(["1", "2"]) and not numbers_columns(["1", "Rà soát", "2"])


def test_times() -> None:
    """A time limit may hold no figure; a time does."""
    assert all(map(is_limit, ("Trước ngày 30/6", "Quý II/2024", "Thường xuyên", "2025", "Hằng tháng")))
    assert not any(map(is_limit, ("Sở Y tế", "30 học sinh", "Báo cáo")))
    assert all(map(is_time, ("7h30 - 8h00", "08 giờ 15 phút", "20/11", "Tuần 2", "13:30")))
    assert not any(map(is_time, ("Thường xuyên", "Ngày", "5 đại biểu")))
