"""What column a head cell names."""

from __future__ import annotations

import pytest

from vnadmin.genre.table.head import ColumnKind, names_columns, read_head_cell
from vnadmin.text.fold import fold


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (ColumnKind.NUMBER, "STT | Số TT | TT. | Số thứ tự"),
        (
            ColumnKind.TASK,
            "Nội dung công việc | Nhiệm vụ, giải pháp | Tên nhiệm vụ | Tên dự án | NHÓM NHIỆM VỤ | Công việc phụ trách",
        ),
        (
            ColumnKind.LEAD,
            (
                "Họ tên cán bộ phụ trách | Họ và tên người thực hiện | "
                "Cơ quan chủ trì | Đơn vị/ cá nhân phụ trách | Thực hiện | Người thực hiện | Phân công thực hiện"
                " | Cơ quan chủ trì thẩm tra | Đơn vị được giao chủ trì | Đầu mối thực hiện | Đơn vị chịu trách nhiệm"
                " | Cơ quan chuyên môn chủ trì | Đơn vị chủ trì tham mưu | Trách nhiệm thực hiện"
            ),
        ),
        (ColumnKind.PARTNERS, "Phối hợp | Cơ quan phối hợp thực hiện | Cơ quan tham gia thẩm tra | Đơn vị tham gia"),
        (ColumnKind.SHARED, "Chủ trì/phối hợp | Cơ quan chủ trì, phối hợp | Đơn vị thực hiện, phối hợp"),
        (ColumnKind.BODY, "Đơn vị | Cơ quan, đơn vị | Tên cơ quan, đơn vị"),
        (ColumnKind.DEADLINE, "Thời gian hoàn thành | Dự kiến hoàn thành | Tháng/năm | Thứ/ngày | Tiến độ trình"),
        (ColumnKind.NOTE, "Ghi chú"),
        (ColumnKind.QUANTITY, "Đơn vị tính | ĐVT | Đơn giá (đồng) | Số lượng"),
        (ColumnKind.PERIOD, "Năm 2024 | Quý I | Tháng 10/2023"),
        (ColumnKind.RIVAL, "Họ và tên | Tên thủ tục hành chính | Môn thi"),
        (
            ColumnKind.OTHER,
            (
                "Địa điểm thực hiện | Cách thức và địa điểm thực hiện | Kết quả thực hiện | Kinh phí thực hiện"
                " | Thực hiện năm 2016 | Đơn vị công tác | Cơ quan ban hành | Nội dung chi"
                " | Số cuộc thực hiện | Nội dung sửa đổi, bổ sung"
            ),
        ),
    ],
)
def test_kinds(kind: ColumnKind, cells: str) -> None:
    """The first word that is known decides, what stands beside an actor says whether it leads."""
    for text in cells.split(" | "):
        cell = read_head_cell(fold(text))
        assert cell is not None and cell.kind is kind, text


def test_no_head() -> None:
    """Rows and titles name no column."""
    for text in ("Rà soát trường lớp", "1", "", "Danh sách các hộ dân đề nghị hỗ trợ kinh phí theo nội dung của tỉnh"):
        assert read_head_cell(fold(text)) is None


def test_the_column_that_says_most_counts() -> None:
    """Who leads before who carries out, before the bare body; the time limit before the month."""
    ranks = [read_head_cell(fold(text)) for text in ("Chủ trì", "Người thực hiện", "Lãnh đạo phụ trách", "Đơn vị")]
    assert [cell and cell.rank for cell in ranks] == [1, 2, 3, 6]
    work = [
        read_head_cell(fold(text)) for text in ("Nội dung công việc", "Nội dung cụ thể", "Nội dung báo cáo", "Công tác")
    ]
    assert [cell and cell.rank for cell in work] == [1, 1, 2, 3]
    times = [read_head_cell(fold(text)) for text in ("Thời gian hoàn thành", "Thời gian", "Tháng")]
    assert [cell and cell.rank for cell in times] == [1, 2, 3]


@pytest.mark.parametrize(
    ("row", "is_head"),
    [
        ("TT | Mặt hàng | Giá", True),
        ("Thời gian | Nội dung | Thực hiện", True),
        ("1 | Hoạt động ngoại khóa | Đơn vị | Tháng 10", False),
        ("CƠ QUAN CHỦ TRÌ | ĐƠN VỊ THỰC HIỆN", False),
        ("STT", False),
    ],
)
def test_head_rows(row: str, is_head: bool) -> None:
    """A head names a column of numbers, or two things that no row of work holds."""
    assert names_columns(map(fold, row.split(" | "))) is is_head
