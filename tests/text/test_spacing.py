"""Facts about mended spacing: what is joined, what is cut, and what must stay as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.text.spacing import joins, split_words


def mended(text: str) -> str:
    """A line whose tokens are joined and cut by spelling alone."""
    tokens = text.split()
    together = set(joins(tokens))
    line = "".join(token if place in together else f" {token}" for place, token in enumerate(tokens))
    return " ".join(piece for part in line.split() for piece in split_words(part))


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("CHÍNH PH Ủ", "CHÍNH PHỦ"),
        ("S ố: 12/UBND", "Số: 12/UBND"),
        ("Hà N ội, ngày 3", "Hà Nội, ngày 3"),
        ("thà nh phố", "thành phố"),
        ("quyề n hạn", "quyền hạn"),
        ("T H Ô N G B Á O", "THÔNG BÁO"),
        ("Q U Y Ế T Đ Ị N H", "QUYẾT ĐỊNH"),
        ("CÔNGĐOÀN VIÊN CHỨC", "CÔNG ĐOÀN VIÊN CHỨC"),
        ("BƯUCHÍNHVIỄNTHÔNGVIỆTNAM", "BƯU CHÍNH VIỄN THÔNG VIỆT NAM"),
        ("đặc khuthuộc tỉnh", "đặc khu thuộc tỉnh"),
        ("chức năng,nhiệm vụ", "chức năng, nhiệm vụ"),
        ("số 43/2025/TT-BYTngày 15", "số 43/2025/TT-BYT ngày 15"),
        ("số 43/QĐ-TTgngày 15", "số 43/QĐ-TTg ngày 15"),
    ],
)
def test_damage_is_mended(damaged: str, right: str) -> None:
    """Forms of damage that were seen in real documents."""
    assert mended(damaged) == right


@pytest.mark.parametrize(
    "text",
    [
        "điểm c ở khoản 2",
        "nhóm B ở đó",
        "các điểm a, b ông A nêu",
        "KT. CHỦ TỊCH",
        "UBND TP. Hà Nội",
        "SỞ TTTT, HĐND tỉnh",
        "Internet, Facebook, online",
        "Số: 12/QĐ-UBND Hà Nội, ngày 5",
        "số 12/QĐ-UBND - Hà Nội",
        "số 12/QĐ-UBND năm 2021",
        "Số 12 Trần Phú",
        "Đắk Lắk, Krông Pa, Êđê",
        "100 m2 đất",
        "tỷ lệ 1 / 3 số hộ",
        "Nguyễn Thị X ủy quyền",
    ],
)
def test_sound_text_stays(text: str) -> None:
    """Abbreviations, labels, names and foreign words are left alone."""
    assert mended(text) == text


def test_gap_without_white_joins() -> None:
    """Pieces with no white between them are one, whatever they spell; two words stay two."""
    assert joins(["Điều", "1", "2", "của"], [0, 0.25, 0.01, 0.25]) == [2]
    assert joins(["của", "Bộ", "Tài", "chính"], [0, 0.01, 0.25, 0.25]) == []
    assert joins(["ngày", "24", "tháng", "3"], [0, 0.01, 0.02, 0.25]) == []


def test_wide_gap_is_believed() -> None:
    """Where a full space stands on the page, spelling alone joins nothing."""
    assert joins(["chính", "ph", "ủ", "rừng"], [0, 0.25, 0.27, 0.25]) == []
    assert joins(["chính", "ph", "ủ", "rừng"]) == [2]


def test_two_widths_of_white() -> None:
    """A heading with letters set apart is cut where the white is wider."""
    tokens = ["C", "ủA", "CH", "ủ", "Tị", "CH"]
    assert joins(tokens, [0, 0.1, 0.5, 0.1, 0.5, 0.1]) == [1, 3, 5]
    assert joins(["S", "ắ", "C", "L", "ệ", "N", "H"], [0, 0.27, 0.27, 0.85, 0.27, 0.27, 0.27]) == [1, 2, 4, 5, 6]


def test_words_are_cut_by_spelling() -> None:
    """The cut gives syllables, the fewest; a syllable that ends in a stop needs its tone."""
    assert split_words("khuthuộc") == ("khu", "thuộc")
    assert split_words("(CÔNGĐOÀN);") == ("(CÔNG", "ĐOÀN);")
    assert split_words("nghiêng") == ("nghiêng",)
    assert split_words("Internet") == ("Internet",)


@given(st.text(max_size=60))
def test_only_blanks_change(text: str) -> None:
    """Mending moves blanks and nothing else."""
    assert mended(text).replace(" ", "") == "".join(text.split())


@given(st.lists(st.text(min_size=1, max_size=6).filter(lambda t: not t.isspace()), min_size=1, max_size=12))
def test_joins_are_positions(tokens: list[str]) -> None:
    """Positions are within the line and never the first."""
    assert all(0 < index < len(tokens) for index in joins(tokens))
