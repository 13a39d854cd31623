"""What a post says: whether a deputy signs, with marks or without."""

from __future__ import annotations

import pytest

from vnadmin.genre.post_and_authority import is_deputy
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
