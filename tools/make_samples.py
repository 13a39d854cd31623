"""Makes the bundled samples that no person types: .docx, .doc, .rtf, PDF. Invented names throughout.

    python tools/make_samples.py        needs python-docx and LibreOffice Writer (soffice) on the PATH

The results are committed; CI needs neither. `cong-van.txt`, `ke-hoach.md` and `quyet-dinh.html` are written by hand.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from vnadmin.gazetteer import rows

SAMPLES = Path(__file__).parent.parent / "src" / "vnadmin" / "samples"
Run = tuple[str, str]  # text, style letters: b, i


def paragraph(container, text: str, style: str = "", align: str = "justify", number: tuple[int, int] | None = None):
    p = container.add_paragraph()
    p.alignment = {
        "centre": WD_ALIGN_PARAGRAPH.CENTER,
        "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
        "left": WD_ALIGN_PARAGRAPH.LEFT,
    }[align]
    run = p.add_run(text)
    run.bold = "b" in style
    run.italic = "i" in style
    run.font.name = "Liberation Serif"
    run.font.size = Pt(13)
    p.paragraph_format.space_after = Pt(4)
    if align == "justify":
        p.paragraph_format.first_line_indent = Cm(1.27)
    if number:
        properties = p._p.get_or_add_pPr()
        num = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", number[1]), ("w:numId", number[0])):
            element = OxmlElement(tag)
            element.set(qn("w:val"), str(value))
            num.append(element)
        properties.append(num)
    return p


def two_columns(document, left: list[Run], right: list[Run]) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        for text, style in lines:
            paragraph(cell, text, style, "left" if style == "l" else "centre")


def numbering(document) -> int:
    """An automatic list `1.` / `a)`: Word draws these markers and does not store them as text."""
    part = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for level, (kind, text) in enumerate((("decimal", "%1."), ("lowerLetter", "%2)"))):
        lvl = OxmlElement("w:lvl")
        lvl.set(qn("w:ilvl"), str(level))
        for tag, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", text)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            lvl.append(element)
        abstract.append(lvl)
    part.insert(0, abstract)
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), "90")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "90")
    num.append(link)
    part.append(num)
    return 90


def to_trinh() -> Document:
    d = Document()
    number = numbering(d)
    two_columns(
        d,
        [("UBND TỈNH THANH BÌNH", ""), ("SỞ TƯ PHÁP", "b"), ("Số: 204/TTr-STP", "")],
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"),
            ("Độc lập - Tự do - Hạnh phúc", "b"),
            ("Thanh Bình, ngày 05 tháng 9 năm 2022", "i"),
        ],
    )
    paragraph(d, "TỜ TRÌNH", "b", "centre")
    paragraph(d, "Về việc ban hành Quy chế phối hợp trợ giúp pháp lý", "b", "centre")
    paragraph(d, "Kính gửi: Ủy ban nhân dân tỉnh Thanh Bình", "", "centre")
    paragraph(d, "Căn cứ Luật Trợ giúp pháp lý ngày 20 tháng 6 năm 2017;", "i")
    paragraph(
        d,
        "Căn cứ Nghị định số 144/2017/NĐ-CP ngày 15 tháng 12 năm 2017 của Chính phủ quy định chi tiết một số điều "
        "của Luật Trợ giúp pháp lý,",
        "i",
    )
    paragraph(d, "Sở Tư pháp kính trình Ủy ban nhân dân tỉnh xem xét các nội dung sau:")
    paragraph(d, "Sự cần thiết ban hành", "b", number=(number, 0))
    paragraph(d, "Bảo đảm quyền được trợ giúp pháp lý của người dân.", number=(number, 1))
    paragraph(d, "Thống nhất đầu mối phối hợp giữa các cơ quan.", number=(number, 1))
    paragraph(d, "Kiến nghị", "b", number=(number, 0))
    paragraph(
        d,
        "Đề nghị Văn phòng Ủy ban nhân dân tỉnh chủ trì, phối hợp với Sở Tư pháp hoàn thiện hồ sơ trước ngày 30/9/2022.",
        number=(number, 1),
    )
    paragraph(d, "Sở Tư pháp kính trình Ủy ban nhân dân tỉnh xem xét, quyết định./.")
    two_columns(
        d,
        [("Nơi nhận:", "l"), ("- Như trên;", "l"), ("- Sở Tài chính (để phối hợp);", "l"), ("- Lưu: VT, PBGDPL.", "l")],
        [("KT. GIÁM ĐỐC", "b"), ("PHÓ GIÁM ĐỐC", "b"), ("", ""), ("", ""), ("Nguyễn Hoàng Mai Lan", "b")],
    )
    return d


def thong_bao() -> Document:
    d = Document()
    two_columns(
        d,
        [("VĂN PHÒNG CHÍNH QUYỀN", ""), ("THÀNH PHỐ BẮC SƠN", "b"), ("Số: 88/TB-VP", "")],
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"),
            ("Độc lập - Tự do - Hạnh phúc", "b"),
            ("Bắc Sơn, ngày 21 tháng 11 năm 2024", "i"),
        ],
    )
    paragraph(d, "THÔNG BÁO", "b", "centre")
    paragraph(d, "Kết luận của Phó Chủ tịch thành phố tại cuộc họp về chỉnh trang đô thị", "b", "centre")
    paragraph(
        d,
        "Ngày 18 tháng 11 năm 2024, tại trụ sở Ủy ban nhân dân thành phố, Phó Chủ tịch Đặng Xuân Hòa chủ trì cuộc họp "
        "về tiến độ chỉnh trang các tuyến phố trung tâm. Sau khi nghe báo cáo và ý kiến của các đơn vị, Phó Chủ tịch kết "
        "luận như sau:",
    )
    items = [
        (
            "1. Về kết quả thực hiện",
            "Ghi nhận sự cố gắng của các đơn vị trong việc thực hiện Kế hoạch số 305/KH-UBND ngày 12/01/2024 của Ủy ban "
            "nhân dân thành phố về chỉnh trang đô thị năm 2024. Tuy nhiên, tiến độ còn chậm so với yêu cầu, nhất là ở các "
            "tuyến phố có mặt cắt ngang hẹp, nơi công tác giải phóng mặt bằng chưa hoàn thành.",
        ),
        ("2. Nhiệm vụ trong thời gian tới", ""),
    ]
    for head, text in items:
        paragraph(d, head, "b")
        if text:
            paragraph(d, text)
    tasks = [
        "a) Giao Phòng Quản lý đô thị chủ trì, phối hợp với Đội Trật tự xây dựng rà soát biển quảng cáo, báo cáo kết quả "
        "trước ngày 05/12/2024.",
        "b) Giao Công ty Môi trường đô thị thay thế cây xanh bị sâu bệnh, hoàn thành trong tháng 12 năm 2024.",
        "c) Ủy ban nhân dân các phường tuyên truyền, vận động Nhân dân tự chỉnh trang nhà cửa theo Quyết định số "
        "27/2023/QĐ-UBND ngày 14 tháng 8 năm 2023 của Ủy ban nhân dân tỉnh.",
    ]
    for task in tasks:
        paragraph(d, task)
    for index in range(14):
        paragraph(
            d,
            f"- Tuyến phố số {index + 1}: rà soát vỉa hè, hệ thống chiếu sáng và thoát nước; lập danh mục các vị trí cần "
            "sửa chữa, gửi về đơn vị đầu mối để tổng hợp chung theo quy định.",
        )
    paragraph(d, "Văn phòng thông báo để các cơ quan, đơn vị biết, thực hiện./.")
    two_columns(
        d,
        [
            ("Nơi nhận:", "l"),
            ("- CT, các PCT thành phố (để b/c);", "l"),
            ("- Các đơn vị dự họp (để thực hiện);", "l"),
            ("- Lưu: VT, ĐT.", "l"),
        ],
        [("CHÁNH VĂN PHÒNG", "b"), ("", ""), ("", ""), ("Vũ Thị Ngọc Diệp", "b")],
    )
    return d


def chi_thi() -> Document:
    d = Document()
    number = numbering(d)
    two_columns(
        d,
        [("BỘ THỦY LỢI", "b"), ("Số: 03/CT-BTL", "")],
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"),
            ("Độc lập - Tự do - Hạnh phúc", "b"),
            ("Hà Nội, ngày 17 tháng 7 năm 2009", "i"),
        ],
    )
    paragraph(d, "CHỈ THỊ", "b", "centre")
    paragraph(d, "Về việc bảo đảm an toàn hồ chứa trong mùa mưa lũ", "b", "centre")
    paragraph(d, "Thực hiện Chỉ thị số 10/CT-TTg ngày 02/4/2009 của Thủ tướng Chính phủ, Bộ trưởng yêu cầu:")
    paragraph(d, "Giám đốc các công ty khai thác công trình thủy lợi có trách nhiệm:", number=(number, 0))
    paragraph(d, "Kiểm tra toàn bộ hồ chứa trước ngày 31/7/2009.", number=(number, 1))
    paragraph(d, "Trực ban 24/24 giờ trong thời gian có lũ.", number=(number, 1))
    paragraph(d, "Cục Quản lý công trình đôn đốc, kiểm tra việc thực hiện Chỉ thị này.", number=(number, 0))
    two_columns(
        d,
        [("Nơi nhận:", "l"), ("- Văn phòng Chính phủ;", "l"), ("- Các đơn vị thuộc Bộ;", "l"), ("- Lưu: VT, CT.", "l")],
        [("BỘ TRƯỞNG", "b"), ("", ""), ("(Đã ký)", ""), ("", ""), ("Hoàng Văn Trọng", "b")],
    )
    return d


# An old file: TCVN3 bytes in .VnTime, capitals by the capital font .VnTimeH, as offices typed until about 2005.
RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 .VnTime;}{\f1\fnil\fcharset0 .VnTimeH;}}
\fs28\trowd\cellx4500\cellx9500
\intbl\qc\f1 <tcvn3>sở thương mại tỉnh lam sơn</tcvn3>\par \f0 <tcvn3>Số: 71/TM-QLTT</tcvn3>\par <tcvn3>V/v kiểm tra thị trường cuối năm</tcvn3>\cell
\qc\f1 <tcvn3>cộng hòa xã hội chủ nghĩa việt nam</tcvn3>\par\f0 <tcvn3>Độc lập - Tự do - Hạnh phúc</tcvn3>\par\i <tcvn3>Lam Sơn, ngày 06 tháng 12 năm 1999</tcvn3>\i0\cell\row
\pard\qc\f0 <tcvn3>Kính gửi: Đội Quản lý thị trường các huyện, thị xã</tcvn3>\par
\pard\qj <tcvn3>Thực hiện Chỉ thị số 22/1999/CT-TTg ngày 08/11/1999 của Thủ tướng Chính phủ về chống hàng giả, Sở Thương mại yêu cầu các Đội:</tcvn3>\par
<tcvn3>1. Kiểm tra các chợ đầu mối, báo cáo trước ngày 25/12/1999.</tcvn3>\par
<tcvn3>2. Phối hợp với Công an huyện xử lý các điểm bán pháo nổ.</tcvn3>\par
\trowd\cellx4500\cellx9500
\pard\intbl\ql\b\i <tcvn3>Nơi nhận:</tcvn3>\b0\i0\par <tcvn3>- Như trên;</tcvn3>\par <tcvn3>- UBND tỉnh (để b/c);</tcvn3>\par <tcvn3>- Lưu VP.</tcvn3>\cell
\qc\f1 <tcvn3>kt. giám đốc sở thương mại</tcvn3>\par <tcvn3>phó giám đốc</tcvn3>\par\f0\par <tcvn3>Đỗ Hữu Phước</tcvn3>\cell\row
\pard\par}
"""


def rtf_1999() -> bytes:
    """The text between <tcvn3> marks as TCVN3 bytes, escaped for RTF."""
    table = {
        row["letter"]: f"\\'{row['hex'].lower()}"
        for row in rows("legacy_letters")
        if row["encoding"] == "tcvn3" and len(row["hex"]) == 2
    }

    def encode(match: re.Match[str]) -> str:
        return "".join(table.get(letter, letter) for letter in match[1])

    return re.sub(r"<tcvn3>(.*?)</tcvn3>", encode, RTF, flags=re.S).encode("ascii")


def convert(source: Path, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", "--headless", "--convert-to", kind, "--outdir", folder, str(source)],
            check=True,
            capture_output=True,
        )
        shutil.copy(Path(folder) / f"{source.stem}.{kind}", SAMPLES / f"{source.stem}.{kind}")


def main() -> None:
    to_trinh().save(str(SAMPLES / "to-trinh.docx"))
    with tempfile.TemporaryDirectory() as folder:
        for name, document, kind in (("thong-bao", thong_bao(), "pdf"), ("chi-thi", chi_thi(), "doc")):
            path = Path(folder) / f"{name}.docx"
            document.save(str(path))
            convert(path, kind)
    (SAMPLES / "cong-van-1999.rtf").write_bytes(rtf_1999())


if __name__ == "__main__":
    main()
