"""What a line below a task is: a particular of it, or an order that a list of tasks must not lose."""

from __future__ import annotations

import pytest

from vnadmin.genre.particular import is_particular, is_time_of_task


@pytest.mark.parametrize(
    "text",
    [
        "Thời gian thực hiện: năm 2025",
        "Địa điểm: hội trường",
        "Số lượng: 30 người",
        "Kinh phí: 20 triệu đồng",
        "Thành phần:",
        "Thời gian: 15 ngày, bắt đầu từ ngày 20/5/2026 đến ngày 09/6/2026.",
        "Địa điểm: Phòng họp Sở (tầng 2), số 12 đường Lam Hải.",
        "Thời gian: Theo lịch công tác của lãnh đạo.",
        "Đối tượng: Cán bộ, công chức cấp xã theo quy định của Bộ.",
    ],
)
def test_particulars(text: str) -> None:
    assert is_particular(text)


@pytest.mark.parametrize(
    "text",
    [
        "Số lượng: cử 02 cán bộ trực tại mỗi trường.",
        "Kết quả: báo cáo UBND tỉnh.",
        "Số lượng: không quá 02 người, gửi danh sách về Sở trước ngày 30/6/2026.",
        "Số lượng: ít nhất 02 cán bộ; cử trực tại mỗi trường.",
        "Hình thức: trực tuyến. Chuẩn bị phòng họp trước ngày 30/6/2026.",
        "Thời gian thực hiện: trước ngày 30/6/2026 gửi báo cáo về Sở.",
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
    """A verb opens what stands after the colon or a clause of it, or the label is of work besides the task."""
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
    assert is_time_of_task(text) is time
