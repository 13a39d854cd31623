"""How Word counts: forms of numbers, levels, restarts and bullets."""

from __future__ import annotations

import pytest

from vnadmin.source.word.numbering import BULLET, NONE, Level, Numbering, bullet, count_as

LEVELS = {0: Level(0, 1, "\x00."), 1: Level(4, 1, "\x01)"), 2: Level(0, 1, "\x00.\x02")}


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, 0, "4"),
        (14, 1, "XIV"),
        (9, 2, "ix"),
        (2, 3, "B"),
        (27, 4, "aa"),
        (7, 22, "07"),
        (0, 1, "0"),
        (9999, 1, "9999"),
    ],
)
def test_forms(number: int, form: int, text: str) -> None:
    """Arabic, Roman, letters, arabic with a nought."""
    assert count_as(number, form) == text


def test_lower_levels_begin_anew() -> None:
    """After an upper level the lower one starts over; a level shows the numbers above it."""
    numbering = Numbering()
    found = [numbering.marker(1, 1, LEVELS, level, {}) for level in (0, 1, 1, 0, 1, 2)]
    assert found == ["1.", "a)", "b)", "2.", "a)", "2.1"]


def test_users_of_one_list_share_its_counters() -> None:
    """Two overrides of one list go on counting, unless the second sets its first number anew."""
    numbering = Numbering()
    assert numbering.marker(1, 1, LEVELS, 0, {}) == "1."
    assert numbering.marker(1, 2, LEVELS, 0, {}) == "2."
    assert numbering.marker(1, 3, LEVELS, 0, {0: 1}) == "1."
    assert numbering.marker(1, 3, LEVELS, 0, {0: 1}) == "2."


def test_a_level_that_never_restarts() -> None:
    """Điều 1, Điều 2 go on through the chapters."""
    levels = {0: Level(1, 1, "Chương \x00"), 1: Level(0, 1, "Điều \x01.", restart_after=0)}
    numbering = Numbering()
    found = [numbering.marker(1, 1, levels, level, {}) for level in (0, 1, 1, 0, 1)]
    assert found == ["Chương I", "Điều 1.", "Điều 2.", "Chương II", "Điều 3."]


def test_legal_numbers_are_arabic() -> None:
    """`II` above shows as `2` in `2.1` where the level says so."""
    levels = {0: Level(1, 1, "\x00."), 1: Level(0, 1, "\x00.\x01", legal=True)}
    numbering = Numbering()
    assert [numbering.marker(1, 1, levels, level, {}) for level in (0, 0, 1)] == ["I.", "II.", "2.1"]


def test_no_number_and_unknown_level() -> None:
    """A level without number shows its text, an unknown one nothing."""
    numbering = Numbering()
    assert numbering.marker(1, 1, {0: Level(NONE, 1, "Phụ lục")}, 0, {}) == "Phụ lục"
    assert numbering.marker(1, 1, LEVELS, 7, {}) == ""


@pytest.mark.parametrize(
    ("sign", "font", "text"),
    [("\uf0b7", "Symbol", "•"), ("\uf02d", "Symbol", "-"), ("–", None, "-"), ("+", "Arial", "+"), ("*", None, "*"),
     ("\uf0d8", "Wingdings", "•"), ("o", "Courier New", "•"), ("v", "Wingdings", "•"), ("-", ".VnTime", "-"),
     ("", None, "")],
)  # fmt: skip
def test_bullets(sign: str, font: str | None, text: str) -> None:
    """A drawn sign becomes the one that a person would type."""
    assert bullet(sign, font) == text
    if sign:
        assert Numbering().marker(1, 1, {0: Level(BULLET, 1, sign, font)}, 0, {}) == text
