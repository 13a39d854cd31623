"""Values that the document contradicts a second time are not certain; those that it repeats stay so."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin.model import AdminDocument, Grade

HEADER = """{agency}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Hải Minh, ngày 20 tháng 02 năm {year}
{kind}
Về việc ban hành Quy chế làm việc
{body}
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Nguyễn Văn An
{after}
"""
BODY = """Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Sở.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký./."""


def parse(
    agency: str = "SỞ XÂY DỰNG HẢI MINH",
    number: str = "46/QĐ-SXD",
    year: int = 2017,
    kind: str = "QUYẾT ĐỊNH",
    body: str = BODY,
    after: str = "",
) -> AdminDocument:
    """A decision with its parts as given."""
    text = HEADER.format(agency=agency, number=number, year=year, kind=kind, body=body, after=after)
    return vnadmin.parse(text.encode())


def grade(document: AdminDocument, pointer: str) -> Grade:
    """The grade of a value's first slice."""
    return document.evidence[pointer][0].grade


def test_what_agrees_stays_certain() -> None:
    """Number, type, agency and date of a decision that repeats them."""
    quy_che = "QUY CHẾ\nLàm việc của Sở\n(Ban hành kèm theo Quyết định số 46/QĐ-SXD ngày 20 tháng 02 năm 2017 của Sở Xây dựng)"
    document = parse(after=quy_che)
    assert not {issue.code for issue in document.issues if issue.code.endswith("_disagrees")}
    for pointer in ("/document_type/name", "/number/text", "/issuing_agency", "/issued_on"):
        assert grade(document, pointer) is Grade.CERTAIN, pointer


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        pytest.param({"number": "46/TB-SXD"}, "type_disagrees", "/document_type/name", id="notation"),
        pytest.param({"kind": "KẾ HOẠCH", "number": "46/SXD-VP"}, "type_disagrees", "/document_type/name", id="body"),
        pytest.param(
            {"agency": "THỊ TRẤN HẢI VÂN", "number": "46/QĐ-UBND"}, "issuer_disagrees", "/issuing_agency", id="letters"
        ),
        pytest.param({"number": "46/2016/QĐ-SXD"}, "date_disagrees", "/issued_on", id="year"),
        pytest.param(
            {"after": "QUY CHẾ\nLàm việc\n(Ban hành kèm theo Quyết định số 46/QĐ-SXD ngày 25/02/2017 của Sở Xây dựng)"},
            "date_disagrees",
            "/issued_on",
            id="attachment",
        ),
    ],
)
def test_what_disagrees_is_likely(changes: dict[str, str], code: str, pointer: str) -> None:
    """The value stands, its grade falls, an issue says why."""
    document = parse(**changes)  # type: ignore[arg-type]
    assert code in {issue.code for issue in document.issues}
    assert grade(document, pointer) is Grade.LIKELY


NOT_ADMINISTRATIVE = {
    "invoice": "HÓA ĐƠN GIÁ TRỊ GIA TĂNG\nKý hiệu: 1C23TAB\nSố: 00001234\nNgày 05 tháng 3 năm 2023\nĐơn vị bán hàng: Công ty TNHH Đồng Xanh\nMã số thuế: 0100000001\nHọ tên người mua hàng: Nguyễn Văn An\nSTT Tên hàng hóa Số lượng Đơn giá Thành tiền\n1 Giấy A4 10 60.000 600.000\nTổng cộng tiền thanh toán: 660.000\nNgười mua hàng\nNgười bán hàng",
    "contract": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHỢP ĐỒNG THUÊ NHÀ\nSố: 12/2023/HĐTN\nHôm nay, ngày 05 tháng 3 năm 2023, tại Hải Minh, chúng tôi gồm:\nBÊN A: Ông Nguyễn Văn An\nĐịa chỉ: 12 phố Hải Vân\nBÊN B: Bà Trần Thị Bình\nĐịa chỉ: 5 phố Đồng Xanh\nĐiều 1. Bên A đồng ý cho Bên B thuê nhà.\nĐiều 2. Thời hạn thuê là 12 tháng kể từ ngày 01/4/2023.\nĐẠI DIỆN BÊN A\nNguyễn Văn An\nĐẠI DIỆN BÊN B\nTrần Thị Bình",
    "novel": "Chương III\n\nBuổi sáng hôm ấy, trời còn mờ sương. Ông giáo ngồi bên hiên, đợi người đưa thư.\n\n- Thưa thầy, có thư của anh Cả!\n\nÔng run run mở phong bì. Trong thư anh viết rằng quyết định đã có, ngày 5 tháng 3 anh sẽ lên đường.\n\nBà giáo lặng lẽ quay vào bếp.",
    "newspaper": "Thủ tướng chỉ đạo khắc phục hậu quả bão số 3\n\n(Báo Hải Minh) - Ngày 10/9/2024, Thủ tướng Chính phủ ký Công điện số 92/CĐ-TTg về việc tập trung khắc phục hậu quả bão số 3.\n\nTheo đó, Thủ tướng yêu cầu Bộ trưởng các Bộ, Chủ tịch UBND các tỉnh khẩn trương triển khai. Các địa phương báo cáo trước ngày 15/9/2024.\n\nPhóng viên Trần Bình",
    "code": "#!/usr/bin/env python3\n# Công cụ đọc văn bản\nimport re\n\ndef so_hieu(text):\n    \"\"\"Số: 12/QĐ-UBND\"\"\"\n    return re.search(r'Số: (\\d+)', text)\n\nif __name__ == '__main__':\n    print(so_hieu('Số: 15/TB-SXD'))\n",
    "letter": "Dear Mr. Brown,\n\nThank you for your letter of 5 March 2023. We are pleased to confirm our order No. 12/2023.\n\nPlease let us know when the goods will be shipped.\n\nYours sincerely,\n\nJohn Smith\nDirector",
    "recipe": "Cách nấu phở bò\n\nNguyên liệu:\n- 1 kg xương bò\n- 500 g bánh phở\n\n1. Rửa sạch xương, chần qua nước sôi.\n2. Ninh xương 6 giờ.\n3. Trình bày ra bát và thưởng thức.",
}


@pytest.mark.parametrize("name", NOT_ADMINISTRATIVE)
def test_what_is_no_document_of_an_office_says_so(name: str) -> None:
    """An issue, and nothing certain."""
    document = vnadmin.parse(NOT_ADMINISTRATIVE[name].encode())
    assert "not_administrative" in {issue.code for issue in document.issues}
    header = [pointer for pointer in document.evidence if not pointer.startswith(("/legal_references", "/directives"))]
    assert not [p for p in header if grade(document, p) is Grade.CERTAIN]


def test_letters_of_a_central_office_of_the_party() -> None:
    """`11-HD/VPTW`: the office's own letters, then those of TRUNG ƯƠNG, which the line above it ends with."""
    document = vnadmin.parse_text(
        "BAN CHẤP HÀNH TRUNG ƯƠNG\nVĂN PHÒNG\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nSố: 11-HD/VPTW\n\n"
        "Hà Nội, ngày 28 tháng 5 năm 2004\n\nHƯỚNG DẪN\nvề thể thức văn bản\n\n1. Tiêu đề ghi ở góc phải.\n"
    )
    assert "issuer_disagrees" not in {issue.code for issue in document.issues}
    assert grade(document, "/issuing_agency") is Grade.CERTAIN
