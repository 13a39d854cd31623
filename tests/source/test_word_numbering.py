"""How Word counts and draws: forms of numbers, levels, restarts and bullets, alike in .doc, .rtf and .docx."""

from __future__ import annotations

from pathlib import Path

import pytest

import vnadmin
from vnadmin.source.numbering import Level, Numbering, bullet, format_count, typed_sign, without_private

FIXTURES = Path(__file__).parents[1] / "fixtures" / "word"
LEVELS = {0: Level("decimal", "\x00."), 1: Level("lowerLetter", "\x01)"), 2: Level("decimal", "\x00.\x02")}


def drawn(levels: dict[int, Level], *items: int) -> list[str]:
    """The markers of items at these levels."""
    numbering = Numbering()
    return [numbering.marker(1, 1, levels, level, {}) for level in items]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (4, "decimal", "4"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (2, "upperLetter", "B"),
        (27, "lowerLetter", "aa"),
        (7, "decimalZero", "07"),
        (0, "upperRoman", "0"),
        (9999, "upperRoman", "9999"),
        (3, "cardinalText", "3"),
        (3, "bullet", ""),
    ],
)
def test_forms(count: int, form: str, text: str) -> None:
    """Arabic, Roman, letters, Arabic with a nought; what is written in words is given in figures."""
    assert format_count(count, form) == text


def test_lower_levels_begin_anew() -> None:
    """After an upper level the lower one starts over; a level shows the numbers above it."""
    assert drawn(LEVELS, 0, 1, 1, 0, 1, 2) == ["1.", "a)", "b)", "2.", "a)", "2.1"]


def test_a_level_that_was_never_used_is_shown_but_not_counted() -> None:
    """A list that opens with `1.1` goes on with `1.`."""
    assert drawn(LEVELS, 2, 0) == ["1.1", "1."]


def test_users_of_one_list_share_its_counters() -> None:
    """Two users of one list go on counting, unless the second sets its first number anew."""
    numbering = Numbering()
    assert numbering.marker(1, 1, LEVELS, 0, {}) == "1."
    assert numbering.marker(1, 2, LEVELS, 0, {}) == "2."
    assert numbering.marker(1, 3, LEVELS, 0, {0: 1}) == "1."
    assert numbering.marker(1, 3, LEVELS, 0, {0: 1}) == "2."


def test_a_level_that_never_restarts() -> None:
    """Điều 1, Điều 2 go on through the chapters."""
    levels = {0: Level("upperRoman", "Chương \x00"), 1: Level("decimal", "Điều \x01.", restart_after=0)}
    assert drawn(levels, 0, 1, 1, 0, 1) == ["Chương I", "Điều 1.", "Điều 2.", "Chương II", "Điều 3."]


def test_legal_numbers_are_arabic() -> None:
    """`II` above shows as `2` in `2.1` where the level says so."""
    levels = {0: Level("upperRoman", "\x00."), 1: Level("decimal", "\x00.\x01", legal=True)}
    assert drawn(levels, 0, 0, 1) == ["I.", "II.", "2.1"]


def test_no_number_and_unknown_level() -> None:
    """A level without number shows its text, an unknown one nothing; a bullet has no number to show below it."""
    assert drawn({0: Level("none", "Phụ lục")}, 0) == ["Phụ lục"]
    assert drawn(LEVELS, 7) == [""]
    assert drawn({0: Level("bullet", "-"), 1: Level("decimal", "\x00\x01.")}, 0, 1) == ["-", "1."]


@pytest.mark.parametrize(
    ("sign", "font", "text"),
    [
        ("\uf0b7", "Symbol", "•"),
        ("\uf02d", "Symbol", "-"),
        ("\uf0be", None, "-"),
        ("–", None, "-"),
        ("–", "Symbol", "-"),
        ("+", "Arial", "+"),
        ("*", None, "*"),
        ("\uf0d8", "Wingdings", "•"),
        ("\uf02d", "Wingdings", "•"),
        ("o", "Courier New", "•"),
        ("v", "Wingdings 2", "•"),
        ("v", "Arial", "v"),
        ("►", "Arial", "•"),
        ("-", ".VnTime", "-"),
        ("", None, ""),
    ],
)
def test_bullets(sign: str, font: str | None, text: str) -> None:
    """A drawn sign becomes the one that a person would type; a dash of Wingdings is a picture of a letter box."""
    assert bullet(sign, font) == text
    if sign:
        assert drawn({0: Level("bullet", sign, font=font or "")}, 0) == [text]


def test_typed_signs() -> None:
    """At the head of a line a sign is a bullet; a telephone within a line is none."""
    assert typed_sign("\uf028", "Wingdings", opens=False) == " "
    assert typed_sign("\uf0a7", "Wingdings", opens=True) == "•"
    assert without_private("\uf0b7 Sở Y tế \uf02d") == "• Sở Y tế -"


@pytest.mark.parametrize("form", ["docx", "doc", "rtf"])
def test_a_letter_has_the_same_directives_in_every_form_of_word(form: str) -> None:
    """Bullets of Word's galleries: `o` of Courier New, signs of Symbol and Wingdings, dashes."""

    def marked(items: tuple[vnadmin.model.Directive, ...]) -> list[object]:
        return [entry for item in items for entry in (f"{item.marker} {item.text}", marked(item.children)) if entry]

    document = vnadmin.parse(FIXTURES / f"bullets.{form}")
    assert marked(document.directives) == [
        "1 Ủy ban nhân dân các xã, thị trấn:",
        ["• Rà soát tủ sách của thôn, bản;", "• Báo cáo số sách trước ngày 15/3/2024."],
        "2 Thư viện huyện:",
        [
            "• Chuẩn bị gian hàng sách:",
            "• Sách thiếu nhi;",
            "• Sách nông nghiệp.",
            "• Phối hợp với Đoàn Thanh niên tổ chức thi đọc sách.",
        ],
        "3 Các trường học phát động:",
        [
            "• Quyên góp sách cũ;",
            "• Chọn học sinh dự thi:",
            [
                "- Cấp tiểu học chọn 05 em;",
                "- Cấp trung học cơ sở chọn 10 em.",
                "- Đưa tin về ngày hội:",
                ["+ Trước ngày hội;", "+ Trong ngày hội."],
                "- Phát loa tại chợ.",
            ],
        ],
    ]
