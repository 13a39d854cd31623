"""What a document says does not hang on the format that it came in. `bench/invariance.py` measures it on 200 documents."""

from __future__ import annotations

from collections import Counter

import pytest

import vnadmin
from invariance import HEADER, LISTS, compare
from tests.makers.every_format import FORMATS, Columns

FLOWING = [name for name in FORMATS if name != "pdf"]  # formats that place nothing
_BODY = [
    "Kính gửi: Các phòng, ban chuyên môn.",
    "Thực hiện Kế hoạch số 5/KH-UBND ngày 02/3/2021 của Ủy ban nhân dân tỉnh, Sở Nội vụ yêu cầu các đơn vị:",
    "1. Rà soát số liệu của các đơn vị trực thuộc.",
    "2. Báo cáo kết quả trước ngày 15/5/2021./.",
]
_LEFT = ["UBND TỈNH SƠN HẢI", "SỞ NỘI VỤ", "Số: 12/SNV-VP", "V/v rà soát số liệu"]
_MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
_DATE = "Sơn Hải, ngày 6 tháng 4 năm 2021"
_HEAD = [*_LEFT, *_MOTTO, _DATE]
_END = ["Nơi nhận:", "- Như trên;", "- Lưu: VT, VP.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn An"]


@pytest.mark.parametrize("name", FLOWING)
@pytest.mark.parametrize(
    ("head", "end", "authority"),
    [
        ([" ".join(_HEAD)], _END, ["KT. GIÁM ĐỐC"]),
        ([*_LEFT, *_MOTTO, "Sơn Hải, ngày 6", "tháng 4 năm 2021"], _END, ["KT. GIÁM ĐỐC"]),
        (_HEAD, ["Nơi nhận: - Như trên;", "PHÓ GIÁM ĐỐC Nguyễn Văn An"], []),
        (_HEAD, [*_END[:3], "KT. GIÁM ĐỐCPHÓ GIÁM ĐỐC(Đã ký)Nguyễn Văn An"], ["KT. GIÁM ĐỐC"]),
        (_HEAD, [Columns(_END[:3], ["KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Văn An"], True)], ["KT. GIÁM ĐỐC"]),
    ],
    ids=["header in one paragraph", "date on two lines", "signature behind recipients", "glued", "glued in a cell"],
)
def test_parts_that_came_on_one_line(name: str, head: list[str], end: list[str], authority: list[str]) -> None:
    document = vnadmin.parse(FORMATS[name]([*head, *_BODY, *end]))
    assert document.number is not None
    assert document.number.text == "12/SNV-VP"
    assert str(document.issued_on) == "2021-04-06"
    assert (document.parent_agency, document.issuing_agency) == ("UBND TỈNH SƠN HẢI", "SỞ NỘI VỤ")
    assert document.subject == "rà soát số liệu"
    assert document.addressees == ["Các phòng, ban chuyên môn"]
    assert [(signer.name, signer.position, signer.authority) for signer in document.signatories] == [
        ("Nguyễn Văn An", "PHÓ GIÁM ĐỐC", authority)
    ]


def test_all_formats_say_the_same() -> None:
    same, asked = Counter[str](), Counter[str]()
    for _, field, answers in compare(40, seed=7):
        same[field] += len(set(answers.values())) == 1
        asked[field] += 1
    assert sum(same[field] for field in HEADER) >= 0.99 * sum(asked[field] for field in HEADER)
    assert min(same[field] / asked[field] for field in LISTS) >= 0.9
