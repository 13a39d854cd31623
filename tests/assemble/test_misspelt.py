"""Places and agencies that are written as nothing is are not certain, and an issue says which."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin.model import Grade

HEADER = """{agency}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 46/QĐ-SXD
{place}, ngày 20 tháng 02 năm 2017
QUYẾT ĐỊNH
Về việc ban hành Quy chế làm việc
Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Sở.
Nơi nhận:
- Như Điều 1;
- Lưu: VT.
GIÁM ĐỐC
Nguyễn Văn An
"""


@pytest.mark.parametrize(
    ("place", "agency", "pointer"),
    [
        ("Hà Nộì", "SỞ XÂY DỰNG", "/place"),  # two marks on one syllable
        ("Qu ảng Bình", "SỞ XÂY DỰNG", "/place"),  # cut where a cell was; a first letter alone is put back
        ("Bình Thuân", "SỞ XÂY DỰNG", "/place"),  # a province but for its tone
        ("Hải Minh", "TRƯỜNG TIỂU HỌC (HẢI MINH", "/issuing_agency"),
    ],
)
def test_misspelt(place: str, agency: str, pointer: str) -> None:
    """The issue names the value, which is likely at best."""
    document = vnadmin.parse(HEADER.format(place=place, agency=agency).encode())
    assert [issue.pointer for issue in document.issues if issue.code == "name_misspelt"] == [pointer]
    assert all(entry.grade is not Grade.CERTAIN for entry in document.evidence[pointer])


@pytest.mark.parametrize(
    "place", ["Hà Nội", "Hải Minh", "Krông Năng", "Tp. Hồ Chí Minh", "TP.Vinh", "Pleiku", "Cư M'gar"]
)
def test_spelled(place: str) -> None:
    """Names of other languages and abbreviated units are no misspelling."""
    document = vnadmin.parse(HEADER.format(place=place, agency="SỞ XÂY DỰNG").encode())
    assert document.place == place
    assert not any(issue.code == "name_misspelt" for issue in document.issues)
    assert document.evidence["/place"][0].grade is Grade.CERTAIN


def test_a_header_without_number_and_date_makes_no_neighbour_certain() -> None:
    """OCR wrote the number and the date line in letters: the date line ended the subject."""
    text = (
        "SỞ Y TẾ TỈNH HẢI SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        "§Ø/SYT-KH\nV/v rà soát danh mục thuốc\nHải Sơn, ngày AF tháng 4Ô\n\nKính gửi: Bệnh viện đa khoa tỉnh\n\n"
        "Đề nghị Bệnh viện rà soát danh mục thuốc.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\n\nTrần Văn Bình\n"
    )
    document = vnadmin.parse_text(text)
    assert document.number is None
    assert document.issued_on is None
    free = [
        pointer
        for pointer in document.evidence
        if pointer.startswith(("/subject", "/addressees", "/recipients", "/signatories"))
    ]
    assert "/addressees/0" in free
    assert all(entry.grade is not Grade.CERTAIN for pointer in free for entry in document.evidence[pointer])


@pytest.mark.parametrize(
    ("printed", "body", "pointers"),
    [
        ("ban hành Quy chê làm việc", "Quy chế làm việc", ["/subject"]),
        ("công tác mùa mưa lũ", "mùa lũ năm nay", []),  # two things
        ("công tác quan lý đất", "quan lý đất và quản lý rừng", []),  # written so elsewhere
        ("công tác văn thư", "nhiệm vụ, do ông Nguyễn Văn Thử", []),  # the name of a person
    ],
)
def test_respelt(printed: str, body: str, pointers: list[str]) -> None:
    """A subject that lacks marks which the same words have elsewhere is not certain."""
    text = HEADER.format(place="Hải Minh", agency="SỞ XÂY DỰNG").replace("ban hành Quy chế làm việc", printed, 1)
    document = vnadmin.parse(text.replace("Quy chế làm việc của Sở", f"{body} của Sở").encode())
    assert [issue.pointer for issue in document.issues if issue.code == "name_misspelt"] == pointers
    assert not pointers or document.evidence["/subject"][0].grade is Grade.LIKELY


@pytest.mark.parametrize(
    ("place", "printed", "pointer"),
    [
        ("Về việc ban hành", "Về việc bảo vệ công trình thủy 1ợi, ban hành", "/subject"),  # a figure for a letter
        ("làm việc\n", "làm việc nâm 2017\n", "/subject"),  # a month or a year without its mark
        ("làm việc\n", "làm việc thang 10\n", "/subject"),
        ("làm việc\n", "làm việc năm 2O17\n", "/subject"),
        ("làm việc\n", "làm việc quý lV\n", "/subject"),
        ("Số: 46/QĐ-SXD", "Số: 46/2O17/QĐ-SXD", "/number/text"),
        ("Số: 46/QĐ-SXD", "Số: 46l/QĐ-SXD", "/number/text"),
        ("SỞ XÂY DỰNG", "SỞ XÂY DỰNG ĐẠl HƯNG", "/issuing_agency"),
    ],
)
def test_misread_figures_and_letters(place: str, printed: str, pointer: str) -> None:
    """A letter that another stands for is seen, and the value is not certain."""
    text = HEADER.format(place="Hải Minh", agency="SỞ XÂY DỰNG")
    assert vnadmin.parse(text.encode()).evidence[pointer][0].grade is Grade.CERTAIN
    document = vnadmin.parse(text.replace(place, printed, 1).encode())
    assert document.evidence[pointer][0].grade is not Grade.CERTAIN
