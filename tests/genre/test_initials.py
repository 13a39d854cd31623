"""For which words of a name the letters of a notation stand, and how surely."""

from __future__ import annotations

import pytest

from vnadmin.genre.initials import Initials, codes_of, find_initials


@pytest.mark.parametrize(
    ("code", "lines", "expected", "close"),
    [
        ("sxd", ["SỞ XÂY DỰNG"], Initials(0, 0, 0, 3), True),
        ("ubnd", ["UBND TỈNH HẢI MINH"], Initials(0, 0, 0, 4), True),
        ("slđtbxh", ["SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"], None, False),  # bare letters alone are codes
        ("sldtbxh", ["SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"], Initials(0, 1, 0, 7), True),
        ("sxm", ["SỞ XÂY DỰNG MỚI"], Initials(0, 0, 1, 3), True),  # one word passed over
        ("sxm", ["SỞ XÂY DỰNG ĐÔ MỚI"], Initials(0, 0, 2, 3), False),  # two
        ("sx", ["SỞ XÂY DỰNG"], Initials(0, 0, 0, 2), False),  # two letters meet by chance
        ("dhtd", ["TRƯỜNG ĐẠI HỌC TÂY ĐÔ"], Initials(0, 0, 2, 4), False),  # a word before the first initial
        ("qd", ["SỞ XÂY DỰNG"], None, False),
    ],
)
def test_letters_stand_for_words(code: str, lines: list[str], expected: Initials | None, close: bool) -> None:
    """Which lines the letters are of, what was passed over, and whether that is close."""
    found = find_initials(code, lines)
    assert found == expected
    assert bool(found and found.is_close) is close


def test_codes_are_the_groups_with_letters() -> None:
    """Figures and single letters stand for nobody."""
    assert codes_of("15/QĐ-SXD") == ["qd", "sxd"]
    assert codes_of("2021/A-TTr") == ["ttr"]
