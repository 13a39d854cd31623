"""A number and a day that a draft leaves blank are no doubt where nothing can be drawn over the blank."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import vnadmin
from tests.makers.docx_maker import make_docx, paragraph, run
from tests.makers.pdf_maker import PdfPage, make_pdf
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


def _page() -> PdfPage:
    page = PdfPage()
    page.centred(160, 70, "UBND TỈNH SƠN HẢI")
    page.centred(160, 86, "SỞ NÔNG LÂM", font="F2")
    page.text(100, 112, "Số:")
    page.text(160, 112, "/SNL-KH")
    page.centred(410, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, font="F2")
    page.centred(410, 86, "Độc lập - Tự do - Hạnh phúc", font="F2")
    page.text(330, 112, "Sơn Hải, ngày", font="F3")
    page.text(435, 112, "tháng 3 năm 2023", font="F3")
    page.paragraph(
        220, "Kính gửi: Ủy ban nhân dân các xã. " + "Sở Nông Lâm đề nghị các xã báo cáo kết quả trồng rừng. " * 3
    )
    return page


def test_the_blank_of_a_pdf_is_certain() -> None:
    document = vnadmin.parse(make_pdf(_page()), config=vnadmin.Config(ocr="off"))
    assert _grades(document) == [Grade.CERTAIN, Grade.CERTAIN]


def _picture(page: PdfPage) -> None:
    page.image(125, 98, 155, 116)


def _strokes(page: PdfPage) -> None:
    """Figures as a pen of a tablet leaves them: curves."""
    for x in (128, 136, 144):
        y = page.height - 112
        page.parts.append(f"1 w {x} {y} m {x + 2} {y + 12} {x + 6} {y + 8} {x + 5} {y + 1} c S")


def _ink(page: PdfPage) -> None:
    y = page.height - 112
    page.annotations.append(f"/Subtype /Ink /Rect [125 {y} 155 {y + 14}] /InkList [[128 {y} 130 {y + 12}]] /F 4")
    page.appearances.append("0 0 30 14|1 w 3 0 m 5 12 9 8 8 1 c S")


@pytest.mark.parametrize("fill", [_picture, _strokes, _ink])
def test_a_blank_of_a_pdf_over_which_something_is_drawn_is_likely(fill: Callable[[PdfPage], None]) -> None:
    page = _page()
    fill(page)
    document = vnadmin.parse(make_pdf(page), config=vnadmin.Config(ocr="off"))
    assert _grades(document)[0] is not Grade.CERTAIN
