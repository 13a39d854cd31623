"""What a post says: whether a deputy signs, with marks or without."""

from __future__ import annotations

import pytest

from vnadmin.genre.post_and_authority import is_deputy, signs_and_posts
from vnadmin.text.fold import bare, fold


@pytest.mark.parametrize(
    "post",
    [
        "PHÓ CHỦ TỊCH",
        "PHÓ CHỦ TỊCH UBND THÀNH PHỐ",
        "HIỆU PHÓ",
        "P. HIỆU TRƯỞNG",
        "PCT",
        "THỨ TRƯỞNG",
        "PHÓ THỐNG ĐỐC",
        "Q. PHÓ GIÁM ĐỐC",
        "PHÓ HIỆU TRƯỞNG TRƯỜNG PHỔ THÔNG DÂN TỘC NỘI TRÚ",
    ],
)
def test_a_deputy(post: str) -> None:
    """Who signs for the head."""
    assert is_deputy(fold(post))
    assert is_deputy(bare(post))


@pytest.mark.parametrize(
    "post",
    [
        "CHỦ TỊCH",
        "CHỦ TỊCH UBND THÀNH PHỐ",
        "GIÁM ĐỐC CÔNG AN THÀNH PHỐ",
        "TỔ TRƯỞNG TỔ DÂN PHỐ",
        "TRƯỞNG KHU PHỐ 3",
        "HIỆU TRƯỞNG TRƯỜNG PHỔ THÔNG DÂN TỘC NỘI TRÚ",
    ],
)
def test_a_head(post: str) -> None:
    """`phố` and `phổ` without their marks are no `phó`."""
    assert not is_deputy(fold(post))
    assert not is_deputy(bare(post))


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("VỤ TRƯỞNG VỤ TỔ CHỨC CÁN BỘ", 1),
        ("NGƯỜI ĐỨNG ĐẦU CƠ QUAN, ĐƠN VỊ CÓ THẨM QUYỀN QUẢN LÝ", 1),
        ("TRƯỞNG BAN ĐẠI DIỆN CHA MẸ HỌC SINH", 1),
        ("KT. VỤ TRƯỞNG PHÓ VỤ TRƯỞNG", 2),
    ],
)
def test_a_post_within_a_name_begins_no_part(line: str, parts: int) -> None:
    assert len(signs_and_posts(bare(line))) == parts
