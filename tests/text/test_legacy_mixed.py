"""Old encodings beside Unicode: a header alone in TCVN3 or VNI, and text whose letters and marks were stored apart."""

from __future__ import annotations

import unicodedata

import pytest

import vnadmin
from vnadmin.gazetteer import rows

HEADER = """UBND TỈNH HẢI MINH
SỞ XÂY DỰNG
Số: 15/SXD-QLĐT
V/v báo cáo tiến độ đầu tư xây dựng
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Minh, ngày 05 tháng 3 năm 2011
"""
BODY = """Kính gửi: Ủy ban nhân dân tỉnh Hải Minh
Thực hiện Quyết định số 12/QĐ-UBND ngày 10/01/2011 của Ủy ban nhân dân tỉnh, Sở Xây dựng báo cáo như sau:
1. Tiến độ thực hiện đạt yêu cầu.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Nguyễn Văn An
"""


def encoded(text: str, encoding: str) -> str:
    """The text as the old encoding's bytes look in Latin-1."""
    table = {
        row["letter"]: bytes.fromhex(row["hex"].replace(" ", "")).decode("latin-1")
        for row in rows("legacy_letters")
        if row["encoding"] == encoding
    }
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "header"])
def test_old_letters_are_read(encoding: str, form: str, whole: bool) -> None:
    """The values are those of the same letter in Unicode."""
    text = encoded(HEADER, encoding) + (encoded(BODY, encoding) if whole else BODY)
    document = vnadmin.parse(unicodedata.normalize(form, text).encode())  # type: ignore[arg-type]
    assert document.issuing_agency == "SỞ XÂY DỰNG"
    assert document.number is not None
    assert document.number.text == "15/SXD-QLĐT"
    assert document.subject == "báo cáo tiến độ đầu tư xây dựng"
    assert list(document.addressees) == ["Ủy ban nhân dân tỉnh Hải Minh"]
    assert [signatory.name for signatory in document.signatories] == ["Nguyễn Văn An"]
