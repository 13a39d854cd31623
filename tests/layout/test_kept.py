"""What looks like furniture and is the document's own stays in it."""

from __future__ import annotations

import vnadmin


def test_a_greeting_that_is_the_only_addressee_stays() -> None:
    """Set aside only over a document with addressees of its own."""
    alone = vnadmin.parse_text("Kính gửi thầy cô trong toàn trường\n\nNhà trường thông báo lịch họp.\n")
    assert alone.evidence_of("/addressees") or "Kính gửi thầy cô" in alone.text.split("Nhà trường")[0]
    pasted = vnadmin.parse_text("Kính gửi anh chị, em gửi văn bản bên dưới.\n\nSố: 1/SNV-VP\nKính gửi: Sở Y tế\n")
    assert pasted.addressees == ["Sở Y tế"]


def test_an_address_in_the_letterhead_takes_no_issuer_away() -> None:
    head = "CÔNG TY CỔ PHẦN HẠ SƠN\n{}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    head += "Số: 12/HS-VP\nHạ Sơn, ngày 05 tháng 5 năm 2026\nKính gửi: Sở Công Thương\n"
    assert vnadmin.parse_text(head.format("vanthu@hason.gov.vn")).issuing_agency == "CÔNG TY CỔ PHẦN HẠ SƠN"
    assert vnadmin.parse_text(head.format("Email: vanthu@hason.gov.vn")).issuing_agency == "CÔNG TY CỔ PHẦN HẠ SƠN"
