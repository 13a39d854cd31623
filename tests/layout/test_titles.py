"""A title that was joined to the first item of its list is parted from it where the second item opens a line."""

from __future__ import annotations

import pytest

from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.titles import part_titles


def parted(*texts: str) -> list[str]:
    return [line.text for line in part_titles([RawLine(text) for text in texts])]


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        ("2. Về đại lý làm thủ tục", "2.1. Điều kiện của nhân viên đại lý.", "2.2. Thẩm quyền công nhận."),
        ("Điều 3. Nguyên tắc thực hiện", "1. Công khai, đúng đối tượng.", "2. Đúng thời hạn."),
        ("4. Hồ sơ gồm:", "a) Đơn đề nghị;", "b) Bản sao giấy phép."),
        ("II. NHIỆM VỤ", "1. Tuyên truyền đến nhân dân.", "2. Kiểm tra việc thực hiện."),
    ],
)
def test_parted(title: str, first: str, second: str) -> None:
    assert parted(f"{title} {first}", second) == [title, first, second]


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("2. Thực hiện theo điểm a) Khoản 5 của Quy chế.", "b) Các đơn vị báo cáo."),
        ("2. Hồ sơ gồm: a) Đơn; b) Giấy phép.", "3. Nơi nộp hồ sơ."),
        ("1. Giá vàng là 2.1. Theo báo cáo tuần", "2. Giá xăng tăng."),
    ],
)
def test_left_whole(text: str, following: str) -> None:
    assert parted(text, following) == [text, following]
