"""A number and a day that a draft leaves blank are no doubt where nothing can be drawn over the blank."""

from __future__ import annotations

import pytest

import vnadmin
from tests.makers.docx_maker import make_docx, paragraph, run
from vnadmin.model import Grade

LINES = (
    "ỦY BAN NHÂN DÂN TỈNH HẢI VÂN",
    "Số:{gap}/QĐ-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Hải Vân, ngày{gap}tháng 02 năm 2026",
    "QUYẾT ĐỊNH",
    "Về việc thành lập Tổ giúp việc",
    "Điều 1. Thành lập Tổ giúp việc.",
)


def _grades(document: vnadmin.AdminDocument) -> list[Grade]:
    return [document.evidence[pointer][0].grade for pointer in ("/number/text", "/issued_on")]


@pytest.mark.parametrize(("gap", "grade"), [("        ", Grade.CERTAIN), (" ", Grade.LIKELY)])
def test_a_wide_blank_of_a_docx_is_certain(gap: str, grade: Grade) -> None:
    body = "".join(paragraph(run(line.format(gap=gap))) for line in LINES)
    document = vnadmin.parse(make_docx(body))
    assert document.number is not None
    assert document.number.text == "/QĐ-UBND"
    assert str(document.issued_on) == "2026-02"
    assert _grades(document) == [grade, grade]


def test_plain_text_may_come_from_a_pdf_with_a_drawn_number() -> None:
    text = "\n".join(LINES).format(gap="        ")
    assert _grades(vnadmin.parse(text.encode())) == [Grade.LIKELY, Grade.LIKELY]
