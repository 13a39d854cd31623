"""Makes the bundled scan: an invented letter, printed, numbered and dated by hand, signed, sealed, laid askew.

    python tools/make_scan.py        needs python-docx and LibreOffice Writer (soffice) on the PATH

The result is committed; CI does not run this.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from docx import Document
from docx.shared import Cm
from make_samples import SAMPLES, paragraph, two_columns
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))
import degrade

DPI = 150
NUMBER, DAY = "\u00a0" * 11, "\u00a0" * 9  # blanks left in the print


def letter() -> Document:
    d = Document()
    for section in d.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin, section.top_margin = Cm(2.6), Cm(1.8), Cm(2)
    columns(
        d,
        [
            ("UBND TỈNH THANH BÌNH", ""),
            ("SỞ XÂY DỰNG", "b"),
            (f"Số:{NUMBER}/SXD-QLN", ""),
            ("V/v báo cáo nhà ở công vụ", ""),
        ],
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"),
            ("Độc lập - Tự do - Hạnh phúc", "b"),
            (f"Thanh Bình, ngày{DAY}tháng 5 năm 2022", "i"),
        ],
    )
    paragraph(d, "Kính gửi: Ủy ban nhân dân các huyện, thị xã.", "", "centre")
    paragraph(
        d,
        "Thực hiện Công văn số 1846/BXD-QLN ngày 20 tháng 4 năm 2022 của Bộ Xây dựng về việc báo cáo nhà ở công vụ, "
        "Sở Xây dựng đề nghị Ủy ban nhân dân các huyện, thị xã:",
    )
    paragraph(d, "1. Rà soát quỹ nhà ở công vụ trên địa bàn, lập danh mục theo mẫu đính kèm.")
    paragraph(d, "2. Báo cáo kết quả về Sở Xây dựng trước ngày 15/6/2022 để tổng hợp.")
    paragraph(d, "Đề nghị các đơn vị quan tâm, phối hợp thực hiện./.")
    two_columns(
        d,
        [("Nơi nhận:", "l"), ("- Như trên;", "l"), ("- UBND tỉnh (để báo cáo);", "l"), ("- Lưu: VT, QLN.", "l")],
        [("KT. GIÁM ĐỐC", "b"), ("PHÓ GIÁM ĐỐC", "b"), ("", ""), ("", ""), ("", ""), ("Phan Thị Thu Hằng", "b")],
    )
    return d


def columns(document, left, right) -> None:
    """The header, its right column wide enough for the name of the state on one line."""
    two_columns(document, left, right)
    table = document.tables[-1]
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, (6.2, 10.6), strict=True):
        column.width = cell.width = Cm(width)


def printed() -> tuple[Image.Image, dict[str, tuple[float, float, float, float]]]:
    """The page as a picture, and where some of its words stand, in pixels from the top left."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.docx"
        letter().save(str(path))
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)],
            check=True,
            capture_output=True,
        )
        pdf = pypdfium2.PdfDocument((Path(folder) / "letter.pdf").read_bytes())
    page = pdf[0]
    scale = DPI / 72
    text = page.get_textpage()
    places = {}
    for name in ("Số:", "/SXD", "ngày", "tháng 5", "PHÓ GIÁM", "Phan Thị"):
        index, count = text.search(name).get_next()
        boxes = [text.get_charbox(i) for i in range(index, index + count)]
        height = page.get_height()
        places[name] = (
            min(b[0] for b in boxes) * scale,
            (height - max(b[3] for b in boxes)) * scale,
            max(b[2] for b in boxes) * scale,
            (height - min(b[1] for b in boxes)) * scale,
        )
    return page.render(scale=scale).to_pil().convert("RGB"), places


def main() -> None:
    image, at = printed()
    for figures, left, right in (("347", "Số:", "/SXD"), ("09", "ngày", "tháng 5")):
        x0, x1 = at[left][2], at[right][0]
        height = 24
        wide = height / 6 * 5 * len(figures)
        image = degrade.handwritten(image, figures, (x0 + x1 - wide) / 2, at[left][1] - 6, height, seed=len(figures))
    post, name = at["PHÓ GIÁM"], at["Phan Thị"]
    middle = (name[1] + post[3]) / 2
    image = degrade.pen(image, post[0] + 20, middle - 30, 190, 62, seed=4)
    image = degrade.seal(image, post[0] - 26, middle + 4, 92)
    image = degrade.specks(degrade.skewed(image, 0.7), 0.0004, seed=7)
    small = image.quantize(48, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    folder = SAMPLES / "scans"
    folder.mkdir(exist_ok=True)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True, dpi=(DPI, DPI))
    (folder / "cong-van-quet.png").write_bytes(buffer.getvalue())
    print(len(buffer.getvalue()))


if __name__ == "__main__":
    main()
