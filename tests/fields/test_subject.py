"""Subjects whose setting tells more than their words."""

from __future__ import annotations

import pytest

import vnadmin

MINUTES = """<html><body>
<p><b>BỆNH VIỆN ĐA KHOA HẢI MINH</b></p>
<p><b>PHÒNG CÔNG NGHỆ THÔNG TIN</b></p>
<p>Số: 15/BB-CNTT</p>
<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
<p><b>BIÊN BẢN NGHIỆM THU</b></p>
<p><b>PHẦN MỀM CẤP SỐ THỨ TỰ</b></p>
<p><b>{line}</b></p>
<p>Chúng tôi gồm: Phòng Công nghệ thông tin và Khoa Khám bệnh.</p>
</body></html>"""


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Địa điểm: Phòng Công nghệ thông tin", "NGHIỆM THU PHẦN MỀM CẤP SỐ THỨ TỰ"),
        ("TẠI PHÒNG CÔNG NGHỆ THÔNG TIN", "NGHIỆM THU PHẦN MỀM CẤP SỐ THỨ TỰ TẠI PHÒNG CÔNG NGHỆ THÔNG TIN"),
    ],
)
def test_bold_line_under_a_bold_title(line: str, subject: str) -> None:
    """Seen in minutes of acceptance (.docx): a labelled place is set as the title is, and is none of it."""
    assert vnadmin.parse(MINUTES.format(line=line).encode()).subject == subject
