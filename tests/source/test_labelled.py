"""A document handed over as labelled lines is read like a printed one; a page with a header of its own is left as it is."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin.model import Grade
from vnadmin.source.labelled import as_document, is_labelled

LETTER = """SỐ KÝ HIỆU: 15/THPTHM
CƠ QUAN BAN HÀNH: TRƯỜNG THPT HẢI MINH
NGÀY BAN HÀNH: 12/5/2026
TRÍCH YẾU: V/v tăng cường phòng, chống dịch bệnh
KÍNH GỬI: Các tổ chuyên môn
NƠI NHẬN: Như trên; Sở GDĐT (để báo cáo); Lưu: VT
NỘI DUNG:
Thực hiện Công văn số 20/SGDĐT-VP ngày 5/5/2026 của Sở Giáo dục và Đào tạo, nhà trường yêu cầu:
1. Các tổ chuyên môn rà soát trước ngày 20/5/2026.
- Nội dung: vệ sinh trường lớp.
NGƯỜI KÝ: Trần Văn An
CHỨC VỤ: HIỆU TRƯỞNG
"""


def test_labelled_lines() -> None:
    """Each value is found, none of them certain."""
    document = vnadmin.parse_text(LETTER)
    assert document.number is not None
    assert document.number.text == "15/THPTHM"
    assert document.issuing_agency == "TRƯỜNG THPT HẢI MINH"
    assert str(document.issued_on) == "2026-05-12"
    assert document.subject == "tăng cường phòng, chống dịch bệnh"
    assert list(document.addressees) == ["Các tổ chuyên môn"]
    assert [entry.name for entry in document.recipients] == ["Như trên", "Sở GDĐT", "Lưu: VT"]
    assert [(signer.name, signer.position) for signer in document.signatories] == [("Trần Văn An", "HIỆU TRƯỞNG")]
    assert [item.marker for _, item in document.walk()] == ["1", "-"]
    assert Grade.CERTAIN not in {e.grade for found in document.evidence.values() for e in found}
    assert "layout_damaged" in {issue.code for issue in document.issues}


def test_a_type_has_its_title() -> None:
    """`Loại văn bản: Thông báo` prints its type over the subject."""
    page = as_document(f"**Loại văn bản:** Thông báo\n{LETTER}".replace("V/v tăng", "Tăng"))
    assert "\nTHÔNG BÁO\nTăng cường" in page


def test_labels_that_are_not_known() -> None:
    """They belong to no value, and their words are kept."""
    lines = LETTER.replace("NGÀY BAN", "LĨNH VỰC: Giáo dục\nNGÀY BAN").replace("KÍNH GỬI", "ĐỘ MẬT: Mật\nKÍNH GỬI")
    document = vnadmin.parse_text(f"{lines}TÌNH TRẠNG: Còn hiệu lực\n")
    assert document.issuing_agency == "TRƯỜNG THPT HẢI MINH"
    assert document.subject == "tăng cường phòng, chống dịch bệnh"
    assert [signer.position for signer in document.signatories] == ["HIỆU TRƯỞNG"]
    assert all(words in document.text for words in ("LĨNH VỰC: Giáo dục", "ĐỘ MẬT: Mật", "TÌNH TRẠNG: Còn hiệu lực"))


def test_the_body_goes_on_below_a_post_in_it() -> None:
    """`Chức vụ: ...` of a person whom the body names is one line."""
    body = "1. Ông Lê Văn Bình\nChức vụ: Tổ trưởng\n2. Các tổ nộp báo cáo trước ngày 25/5/2026.\n"
    head = "Số: 15/KH-THPT\nTrích yếu: Kế hoạch kiểm tra\n"
    page = as_document(f"{head}Nội dung:\n{body}")
    assert page.endswith("1. Ông Lê Văn Bình\n2. Các tổ nộp báo cáo trước ngày 25/5/2026.\n\nTổ trưởng")
    signed = as_document(f"{head}Người ký: Trần Văn An\nNội dung:\n{body}")
    assert signed.endswith(f"{body}Trần Văn An")


@pytest.mark.parametrize(
    "text",
    [
        f"SỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{LETTER}",
        LETTER.replace("SỐ KÝ HIỆU", "MÃ HỒ SƠ"),
        f"VĂN PHÒNG TỈNH ỦY HẢI VÂN\nPHIẾU TRÌNH\n{LETTER}",
        LETTER.replace("NỘI DUNG:\n", "NỘI DUNG:\nTRƯỜNG THPT HẢI MINH\nSố: 15/THPTHM\n"),
        "Kính gửi: Các xã\nĐề nghị ghi đúng trích yếu: nội dung, số ký hiệu, nơi nhận.",
    ],
)
def test_other_texts(text: str) -> None:
    """A page that has the header too, a record of another thing, a slip, a site's page and words of a sentence are none."""
    assert not is_labelled(text)
