"""An invented letter as a PDF, and what tests ask of a document that was read from one."""

from __future__ import annotations

from tests.makers.pdf_maker import PdfPage, letter_head, make_pdf
from vnadmin.config import Config
from vnadmin.layout.page import Column, SourceDocument
from vnadmin.source.pdf.reader import read_pdf

CONFIG = Config()
LONG = (
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2023 của Ủy ban nhân dân tỉnh về trồng rừng, Sở Nông Lâm "
    "đề nghị các đơn vị báo cáo kết quả trước ngày 30 tháng 3 năm 2023 theo các nội dung sau đây để tổng hợp:"
)
GARBLED = "LTBND TiNH SON HAI CONG HoA xA HQI CHU NGHiA VI$T NAM Can cu Ke hoach s6 12 ngdy cua tinh ve viec tr6ng rung"


def read(*pages: PdfPage) -> SourceDocument:
    return read_pdf(make_pdf(*pages), CONFIG)


def column(document: SourceDocument, side: Column) -> list[str]:
    return [document.of(line) for line in document.lines if line.column is side and line.cell is None]


def paragraphs(document: SourceDocument) -> list[str]:
    return [document.of(paragraph).replace("\n", " ") for paragraph in document.paragraphs]


def letter() -> PdfPage:
    page = PdfPage()
    letter_head(page)
    page.centred(300, 190, "Kính gửi: Ủy ban nhân dân các huyện")
    y = page.paragraph(220, LONG)
    y = page.paragraph(y + 6, "1. Diện tích đã trồng và tỷ lệ cây sống.")
    y = page.paragraph(y + 6, "2. Khó khăn, vướng mắc và kiến nghị, đề xuất của địa phương về giống cây, kinh phí và "
                              "nhân lực trong năm sau.") + 20  # fmt: skip
    page.text(85, y, "Nơi nhận:", 12, "F3")
    for index, item in enumerate(["- Như trên;", "- UBND tỉnh (để báo cáo);", "- Lưu: VT, KH."]):
        page.text(85, y + 14 + index * 12.5, item, 11)
    page.centred(430, y + 2, "KT. GIÁM ĐỐC", font="F2")
    page.centred(430, y + 18, "PHÓ GIÁM ĐỐC", font="F2")
    page.centred(430, y + 95, "Trần Văn Thử", font="F2")
    return page
