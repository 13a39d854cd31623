"""The seed corpora: the bundled samples, tests/fixtures, and small files by the makers of the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from pathlib import Path

from lxml import etree

from vnadmin.samples import samples

ROOT = Path(__file__).parent.parent
FINDS = ROOT / "tests" / "hostile" / "finds"

_LETTER = next(item for item in samples() if item.name.endswith(".txt")).read_text("utf-8")
_EXTRA_TEXTS = (
    "Số:      /SNV-VP\nV/v họp\n\nKính gửi: Ông Trần Văn Thử\n\nLưu: VT.\n",
    (
        "ĐẢNG CỘNG SẢN VIỆT NAM\nTỈNH ỦY SƠN HẢI\n*\nSố 12-CT/TU\nSơn Hải, ngày 03 tháng 02 năm 2020\n\nCHỈ THỊ\nvề đại hội\n\n"
        "1- Các cấp ủy quán triệt.\n2- Báo cáo trước 15/5.\n\nNơi nhận:\n- Các huyện ủy,\n- Lưu Văn phòng.\nT/M BAN THƯỜNG VỤ\n"
        "PHÓ BÍ THƯ\n(đã ký)\nLê Thị Mẫu\n"
    ),
    (
        "| STT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn |\n|---|---|---|---|---|\n"
        "| 1 | Rà soát | Sở Nội vụ | Sở Tài chính | Quý II/2024 |\n"
    ),
    "Căn cứ khoản 2, 3 và 5 Điều 7, điểm a, b khoản 1 Điều 8 của Luật số 76/2015/QH13 và Nghị định này;\n" * 3,
)


def _read(*suffixes: str) -> list[bytes]:
    fixtures = [
        path for path in sorted((ROOT / "tests" / "fixtures").rglob("*")) if not path.name.startswith("hong")
    ]  # damaged
    found = [item.read_bytes() for item in samples() if item.name.endswith(suffixes)]
    return found + [path.read_bytes() for path in fixtures if path.suffix in suffixes]


def texts() -> list[bytes]:
    """Letters as plain text, in UTF-8, UTF-16 and an old encoding."""
    wide = _LETTER.encode("utf-16")
    old = "Céng hoµ x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc\nSè: 12/Q§-UB\n".encode("cp1252")
    return [*_read(".txt"), *(text.encode() for text in _EXTRA_TEXTS), wide, old]


def markdown() -> list[bytes]:
    """Markdown."""
    return [*_read(".md"), _EXTRA_TEXTS[2].encode(), f"# Tiêu đề\n\n**{_LETTER}**\n\n> - [x](y)\n".encode()]


def pages() -> list[bytes]:
    """HTML."""
    rows = "".join(f"<tr><td rowspan=2 colspan=3>{line}<br></td><td>x</td></tr>" for line in _LETTER.split("\n")[:20])
    site = (
        f"<html><head><meta charset=windows-1258></head><body><nav>x</nav><table>{rows}</table><ol start=3><li>a</ol>"
    )
    return [*_read(".html"), site.encode(), f"<pre>{_LETTER}</pre>".encode()]


def _is_zip(data: bytes) -> bool:
    """One fixture is damaged, and one is of another format."""
    return zipfile.is_zipfile(io.BytesIO(data))


def _lighter(data: bytes) -> bytes:
    """A .docx without the parts that no reader opens, so that a mutation seldom falls on them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            if name.startswith(("[", "_rels", "word/_rels", "word/document", "word/numbering")):
                new.writestr(name, old.read(name))
            elif name == "word/styles.xml":
                new.writestr(name, _fewer_styles(old.read(name)))
    return buffer.getvalue()


def _fewer_styles(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for style in list(root):
        if "latentStyles" in style.tag or "table" in style.values() or len(etree.tostring(style)) > 3000:
            root.remove(style)
    return etree.tostring(root)


def docx() -> list[bytes]:
    """.docx: the sample, and one small file for each thing that the reader knows."""
    from tests.makers import docx_maker as maker

    body = "".join(maker.paragraph(line) for line in _LETTER.split("\n") if line.strip())
    small = [
        maker.make_docx(body),
        maker.make_docx(maker.table(["UBND TỈNH SƠN HẢI", "CỘNG HÒA"], ["Số: 1/A", "ngày 1 tháng 2 năm 2023"]) + body),
        maker.make_docx(
            "".join(maker.item(text, 1, level) for text, level in (("Một", 0), ("Hai", 1), ("Ba", 0))),
            numbering='<w:abstractNum w:abstractNumId="0">'
            + maker.levels(("decimal", "%1."), ("lowerLetter", "%2)"))
            + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
            styles='<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/><w:pPr><w:jc w:val="center"/></w:pPr>'
            "</w:style>",
            footnotes='<w:footnote w:id="2"><w:p><w:r><w:t>Chú thích</w:t></w:r></w:p></w:footnote>',
        ),
    ]
    return [*map(_lighter, filter(_is_zip, _read(".docx"))), *small]


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_NAMES = (
    " ".join(f'xmlns:{prefix}="{_ODF}{prefix}:1.0"' for prefix in ("office", "style", "text", "table", "draw"))
    + f' xmlns:fo="{_ODF}xsl-fo-compatible:1.0"'
)


def odf() -> list[bytes]:
    """OpenDocument, flat and in its zip: styles, a list, a table, a frame, a tracked change."""
    lines = "".join(
        f'<text:p text:style-name="C">{escape(line)}</text:p>' for line in _LETTER.split("\n") if line.strip()
    )
    head = "".join(
        f"<table:table-cell table:number-columns-spanned='1'><text:p>{cell}<text:s text:c='3'/><text:tab/>x</text:p></table:table-cell>"
        for cell in ("UBND TỈNH SƠN HẢI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    )
    body = (
        f"<table:table><table:table-column table:number-columns-repeated='2'/><table:table-row>{head}</table:table-row></table:table>{lines}"
        "<text:list text:style-name='L' text:continue-numbering='true'><text:list-item text:start-value='3'><text:p>Một</text:p>"
        "<text:list><text:list-item><text:p>Hai</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<text:p><draw:frame><draw:text-box><text:p>Khung</text:p></draw:text-box></draw:frame><text:span text:style-name='W'>ẩn</text:span></text:p>"
        "<text:p><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Chú</text:p></text:note-body></text:note></text:p>"
    )
    styles = (
        "<style:style style:name='C' style:family='paragraph'><style:paragraph-properties fo:text-align='center' fo:break-before='page'/></style:style>"
        "<style:style style:name='W' style:family='text'><style:text-properties fo:color='#ffffff' fo:font-size='1pt' text:display='none'/></style:style>"
        "<text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='a' style:num-suffix=')' text:start-value='2'/>"
        "<text:list-level-style-bullet text:level='2' text:bullet-char='-'/></text:list-style>"
    )
    content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
    kind = "application/vnd.oasis.opendocument.text"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", f"<office:document-content {_ODF_NAMES}>{content}</office:document-content>")
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {_ODF_NAMES}><office:styles>{styles}</office:styles></office:document-styles>",
        )
    return [
        f'<office:document {_ODF_NAMES} office:mimetype="{kind}">{content}</office:document>'.encode(),
        buffer.getvalue(),
    ]


def mails() -> list[bytes]:
    """Mails: a letter attached in base64 and quoted-printable, a mail in a mail, a zip, HTML beside text."""
    letter = EmailMessage()
    letter["Subject"], letter["From"] = "Công văn số 12", "van-thu@example.vn"
    letter.set_content("Kính gửi anh, công văn gửi kèm.\n")
    letter.add_alternative("<p>Kính gửi anh</p>", subtype="html")
    letter.add_attachment(_LETTER.encode(), maintype="text", subtype="plain", filename="công văn.txt")
    letter.add_attachment(docx()[-3], maintype="application", subtype="octet-stream", filename="công văn.docx")
    plain = EmailMessage()
    plain["Subject"], plain["From"] = "Văn bản", "van-thu@example.vn"
    plain.set_content(_LETTER, cte="quoted-printable")
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a/1.txt", _LETTER)
        archive.writestr("a/1.txt ", _EXTRA_TEXTS[0])
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "Fwd: hồ sơ", "mot-cua@example.vn"
    outer.set_content("Chuyển tiếp.\n")
    outer.add_attachment(plain)
    outer.add_attachment(zipped.getvalue(), maintype="application", subtype="zip", filename="hồ sơ.zip")
    return [item.as_bytes() for item in (letter, plain, outer)] + [zipped.getvalue()]


def doc() -> list[bytes]:
    """.doc: Word 97 and Word 6."""
    from tests.makers.ole_file import word6

    return [*_read(".doc"), word6("Số: 12/UBND\rKính gửi: Các sở\r".encode("cp1258", "replace"))]


def rtf() -> list[bytes]:
    """.rtf."""
    table = r"{\rtf1\ansi\trowd\cellx100\cellx200 a\cell b\cell\row{\*\shpinst x}{\listtext 1.\tab}\u7889?\'e1\par}"
    return [*_read(".rtf"), table.encode()]


def pdf() -> list[bytes]:
    """PDFs whose streams are not compressed, so that a mutation reaches what they say."""
    from tests.makers import pdf_maker as maker

    page = maker.PdfPage()
    maker.letter_head(page)
    page.paragraph(
        200, "Thực hiện Kế hoạch số 12/KH-UBND ngày 02/01/2023, đề nghị các phòng báo cáo trước ngày 15/4/2023."
    )
    page.grid([85, 250, 540], [300, 330, 360])
    page.text(90, 320, "Nhiệm vụ")
    page.signature(300, 500, 500, 540, "Ký bởi: Sở Nông Lâm", "Ngày ký: 14/03/2023")
    second = maker.PdfPage(rotate=90, crop=(10, 10, 500, 700))
    second.centred(300, 40, "2")
    second.text(85, 100, "PHỤ LỤC I", matrix="0.9 0.1 -0.1 0.9")
    second.image(100, 300, 200, 400)
    made = [maker.make_pdf(page), maker.make_pdf(page, second), maker.make_pdf(maker.PdfPage())]
    return [unpacked(data) for data in made]


def unpacked(data: bytes) -> bytes:
    """A PDF with its streams unpacked and each object plain to see."""
    import pikepdf

    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(
            buffer,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return buffer.getvalue()


def ocr_files() -> tuple[list[bytes], list[bytes]]:
    """hOCR and ALTO of a page that the fake engine read."""
    import numpy as np

    from siege.engine import Odd
    from vnadmin.ocr.image.prepare import PagePicture
    from vnadmin.source.ocr_file.alto import write_alto
    from vnadmin.source.ocr_file.hocr import write_hocr

    sheets = [PagePicture(np.full((1754, 1240), 200 + shade, np.uint8), 150.0) for shade in (1, 2, 7, 9)]
    readings = [[Odd().read(sheet)] for sheet in sheets]
    readings.append([reading for one in readings for reading in one])
    return [write_hocr(item).encode() for item in readings], [write_alto(item).encode() for item in readings]


def scans() -> list[bytes]:
    """Small pictures in each encoding, and PDFs of pictures."""
    from PIL import Image, ImageDraw
    from tests.makers import scan_maker as maker

    grey = Image.new("L", (124, 175), "white")
    draw = ImageDraw.Draw(grey)
    for y in range(10, 160, 7):
        draw.line((12, y, 60 + y % 50, y), fill=40, width=2)
    colour = grey.convert("RGB")
    ImageDraw.Draw(colour).ellipse((70, 120, 100, 150), outline="red", width=2)
    return [
        maker.encoded(grey, "PNG", dpi=(150, 150)), maker.encoded(colour, "PNG"), maker.encoded(colour, "JPEG", dpi=(200, 200)),
        maker.encoded(grey, "TIFF", compression="group4") if grey.mode == "1" else maker.encoded(grey, "TIFF"),
        maker.encoded(grey.convert("1"), "TIFF", compression="group4", dpi=(200, 200)),
        maker.encoded(colour, "TIFF", compression="tiff_lzw", save_all=True, append_images=[grey, colour]),
        maker.encoded(colour, "BMP"), maker.encoded(colour, "GIF"), maker.encoded(colour, "WEBP"),
        maker.encoded(grey.convert("P"), "PNG"), maker.encoded(grey.convert("I;16"), "PNG"),
        maker.encoded(colour.convert("RGBA"), "PNG"), maker.encoded(colour.convert("CMYK"), "JPEG"),
        maker.pdf_of([maker.jpeg_stream(colour)], colour.size),
        maker.pdf_of([maker.fax_stream(grey), maker.fax_stream(grey)], grey.size),
        maker.pdf_of([maker.jbig2_stream(grey)], grey.size),
    ]  # fmt: skip


def with_finds(name: str, make: Callable[[], list[bytes]]) -> list[bytes]:
    """The seeds of a target and what it has found before."""
    finds = sorted((FINDS / name).glob("*")) if (FINDS / name).is_dir() else []
    return make() + [path.read_bytes() for path in finds]
