"""Labels and lines by which a document is known: motto, number, place and date, `Kính gửi`, `V/v`, capitals."""

from __future__ import annotations

import pytest

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.landmarks import address_label_end, is_number_line, is_place_date, number_label, subject_label
from vnadmin.genre.motto import Motto, motto_of
from vnadmin.text.fold import bare, fold


@pytest.mark.parametrize(
    ("line", "kind", "opens"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Motto.STATE, True),
        ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", Motto.STATE, True),
        ("C ỘNG H ÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Motto.STATE, True),
        ("UBND XÃ HẢI MINH  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Motto.STATE, False),
        ("Độc lập – Tự do – Hạnh phúc", Motto.LIBERTY, True),
        ("Độc lập Tự do Hạnh phúc", Motto.LIBERTY, True),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", Motto.PARTY, True),
        ("VIỆT NAM DÂN CHỦ CỘNG HÒA", Motto.OLD, True),
        ("NGHĨA VIỆT NAM", Motto.BROKEN, True),
        ("SOCIALIST REPUBLIC OF VIETNAM", Motto.FOREIGN, True),
    ],
)
def test_motto(line: str, kind: Motto, opens: bool) -> None:
    """Blanks, dashes and the place of a tone do not matter."""
    assert motto_of(bare(line)) == (kind, opens)


@pytest.mark.parametrize("line", ["Điều lệ Đảng Cộng sản Việt Nam", "Tự do báo chí", "Hội nghị Cộng hòa Pháp", ""])
def test_no_motto(line: str) -> None:
    """Words of it alone are none."""
    assert motto_of(bare(line)) is None


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Kính gửi: Sở Y tế", "Sở Y tế"),
        ("Kính gởi : Sở Y tế", "Sở Y tế"),
        ("Đồng kính gửi: Sở Y tế", "Sở Y tế"),
        ("Kính gửi/ To: Sở Y tế", "Sở Y tế"),
        ("Kính trình: Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
        ("Nơi gửi: Sở Y tế", "Sở Y tế"),
        ("CHỦ TỊCH UBND TỈNH điện:", ""),
        ("Kính trình Hội đồng nhân dân tỉnh xem xét.", "Kính trình Hội đồng nhân dân tỉnh xem xét."),
        ("Kính mời: Ông An", "Kính mời: Ông An"),
    ],
)
def test_address_label(line: str, rest: str) -> None:
    """What stands behind the label; all of the line where there is none."""
    assert line[address_label_end(fold(line)) :] == rest


@pytest.mark.parametrize(
    ("line", "rest", "is_about"),
    [
        ("V/v mời họp", "mời họp", False),
        ("(V/v: mời họp)", "mời họp)", False),
        ("V/vmời họp", "mời họp", False),
        ("Vv: mời họp", "mời họp", False),
        ("Về việc mời họp", "mời họp", False),
        ("V/v về việc mời họp", "mời họp", False),
        ("Về mời họp", "mời họp", True),
    ],
)
def test_subject_label(line: str, rest: str, is_about: bool) -> None:
    """`Về` alone is told apart: it opens titles and sentences too."""
    label = subject_label(fold(line))
    assert label is not None
    assert (line[label.end :], label.is_about) == (rest, is_about)


def test_no_subject_label() -> None:
    """`Về` inside a longer word, and a quotation."""
    assert subject_label(fold("Vềnh tai")) is None
    assert subject_label(fold("“Về việc” là gì")) is None


@pytest.mark.parametrize(
    ("line", "is_number"),
    [
        ("Số: 12/UBND-VX", True),
        ("Số:      /UBND-VX", True),
        ("Luật số: 18/2003/QH11", True),
        ("Số 60 TC/CĐKT", True),
        ("Số:", True),
        ("Số 60 Trần Phú", False),
        ("Số điện thoại: 024.3825", False),
        ("Số: 12/ Đường Trần Phú", False),
    ],
)
def test_number_line(line: str, is_number: bool) -> None:
    """The label alone is not enough: a street has one too."""
    assert is_number_line(line, fold(line)) is is_number


def test_type_in_a_number_label() -> None:
    """`Luật số:` names the type."""
    line = "Luật số: 18/2003/QH11"
    label = number_label(fold(line))
    assert label is not None
    assert (line[label.type_start : label.type_end], line[label.end :]) == ("Luật", "18/2003/QH11")


@pytest.mark.parametrize(
    ("line", "is_line"),
    [
        ("Hải Minh, ngày 05 tháng 3 năm 2021", True),
        ("Hải Minh, 25/8/2021", True),
        ("Hải Minh, ngày      tháng     năm 20...", True),
        ("……, ngày … tháng … năm …", True),
        ("Quyết định này có hiệu lực từ ngày 05 tháng 3 năm 2021", False),
        ("- Trước ngày 05/3/2021", False),
        ("Hải Minh", False),
    ],
)
def test_place_and_date(line: str, is_line: bool) -> None:
    """Day and month may be blank; a clause that ends on a date is none."""
    assert is_place_date(line, fold(line)) is is_line


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("QUYẾT ĐỊNH", True),
        ("SắC LệNH", True),
        ("VIệN TRƯỞNG VIỆN KIỂM SÁT", True),
        ("Đ", True),
        ("Sắc lệnh", False),
        ("Tổ      Số", False),
        ("NCKSTTHC.Châu", False),
        ("đ", False),
        ("12", False),
        ("", False),
    ],
)
def test_capitals(text: str, is_so: bool) -> None:
    """A font that lost its marked capitals does not hide them; an abbreviation before a name is not enough."""
    assert in_capitals(text) is is_so
