"""Invented letters for archives of tests."""

from __future__ import annotations

LETTER = """\
ỦY BAN NHÂN DÂN TỈNH {place}
SỞ {office}
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: {number}/{sign}
{city}, ngày {day:02d} tháng {month:02d} năm {year}

V/v {subject}

Kính gửi: Ủy ban nhân dân huyện Lạc Thủy.

Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;
Sở đề nghị các đơn vị:
1. Giao Phòng Tổ chức lập danh sách cán bộ trước ngày 30/6/2022.
2. Báo cáo kết quả về Sở.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

{signer}
"""


def letter(i: int, **changes: object) -> str:
    """An invented letter, number `i`."""
    values: dict[str, object] = {
        "place": "BÌNH LẠC",
        "office": "NỘI VỤ",
        "number": 100 + i,
        "sign": "SNV-VP",
        "city": "Bình Lạc",
        "day": 1 + i % 28,
        "month": 1 + i % 12,
        "year": 2015 + i % 8,
        "subject": f"kiểm tra công tác văn thư đợt {i}",
        "signer": ("Nguyễn Văn Thử", "Trần Thị Mẫu", "Lê Đình Ví")[i % 3],
    }
    return LETTER.format(**{**values, **changes})
