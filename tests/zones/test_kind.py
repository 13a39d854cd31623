"""Which texts are administrative documents at all."""

from __future__ import annotations

import pytest

from vnadmin.config import DEFAULT
from vnadmin.source import read_source
from vnadmin.zones import find_zones
from vnadmin.zones.kind import is_administrative

LETTER = """
ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN SÔNG MÂY             Độc lập - Tự do - Hạnh phúc
Số: 12/UBND-VX         Sông Mây, ngày 2 tháng 3 năm 2020
V/v tổ chức hội thi

Kính gửi: Các xã.

Đề nghị các xã thực hiện./.
"""
HEADLESS = """
V/v tổ chức hội thi

Kính gửi: Các xã.

Đề nghị các xã thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Hòa
"""
JUDGMENT = """
TÒA ÁN NHÂN DÂN
HUYỆN SÔNG MÂY
Bản án số: 19/2021/HS-ST
Ngày: 10 - 3 - 2021
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
NHÂN DANH
NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Thành phần Hội đồng xét xử sơ thẩm gồm có:
Nơi nhận:
- Bị cáo;
- Lưu hồ sơ vụ án.
TM. HỘI ĐỒNG XÉT XỬ
THẨM PHÁN - CHỦ TỌA PHIÊN TÒA
Lê Văn Hòa
"""
CONTRACT = """
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
HỢP ĐỒNG THUÊ NHÀ
Số: 05/2020/HĐTN
BÊN A: Ông Lê Văn Hòa
BÊN B: Bà Phan Thị Ngọc
Điều 1. Bên A cho bên B thuê căn nhà.
ĐẠI DIỆN BÊN A          ĐẠI DIỆN BÊN B
Lê Văn Hòa              Phan Thị Ngọc
"""
ARTICLE = """
Giá rau tăng mạnh sau bão

Theo ghi nhận tại chợ đầu mối, giá rau đã tăng gấp đôi so với tuần trước.
Chị Hoa, một tiểu thương, cho biết hàng về rất ít.
"""
NOTE = """
Nhắc việc tuần này
- gọi cho phòng kế toán
- in tài liệu họp
"""


@pytest.mark.parametrize(("text", "expected"), [
    (LETTER, True), (HEADLESS, True), (JUDGMENT, False), (CONTRACT, False), (ARTICLE, False), (NOTE, False),
])  # fmt: skip
def test_kind(text: str, expected: bool) -> None:
    """Offices' documents, with or without a header; judgments, contracts, articles and notes are none."""
    assert is_administrative(find_zones(read_source(text.encode(), DEFAULT))) is expected
