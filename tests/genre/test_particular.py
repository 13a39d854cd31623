"""What a line below a task is: a particular of it, or an order that a list of tasks must not lose."""

from __future__ import annotations

import pytest

from vnadmin.genre.particular import is_particular, is_time


@pytest.mark.parametrize(
    "text",
    [
        "Thời gian thực hiện: năm 2025",
        "Địa điểm: hội trường",
        "Số lượng: 30 người",
        "Kinh phí: 20 triệu đồng",
        "Thành phần:",
    ],
)
def test_particulars(text: str) -> None:
    assert is_particular(text)


@pytest.mark.parametrize(
    "text",
    [
        "Số lượng: cử 02 cán bộ trực tại mỗi trường.",
        "Kết quả: báo cáo UBND tỉnh.",
        "Kinh phí: bố trí từ nguồn chi thường xuyên.",
        "Sản phẩm: phải gửi kèm bản điện tử.",
        "Thời gian báo cáo: hằng tháng",
        "Trước ngày 15 tháng 6: nộp nửa số tiền",
        "Báo cáo kết quả: bằng văn bản",
        "Hoàn thành số hóa: 100% hồ sơ",
        "Địa điểm hội trường",
    ],
)
def test_orders(text: str) -> None:
    """A verb opens what stands after the colon, or the label is of work besides the task."""
    assert not is_particular(text)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Thời gian: hoàn thành trước ngày 30 tháng 6", True),
        ("Thời hạn: trước ngày 30 tháng 6", True),
        ("Trước ngày 15 tháng 6: nộp nửa số tiền", False),
        ("Kết quả: báo cáo trước ngày 15 tháng 6", False),
    ],
)
def test_times_of_the_task(text: str, time: bool) -> None:
    assert is_time(text) is time
