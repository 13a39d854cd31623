"""An invented letter in every format with one piece planted into it that nobody sees: a second number, date, signer ..."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.makers import docx_maker
from tests.makers.pdf_maker import PdfPage

Cloak = Callable[[str], str]

LEFT = ["UBND TỈNH SƠN HẢI", "SỞ NÔNG LÂM", "Số: 245/SNL-KH", "V/v báo cáo kết quả trồng rừng"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Sơn Hải, ngày 14 tháng 3 năm 2023"]
MIDDLE = [
    "Kính gửi: Ủy ban nhân dân các huyện",
    "Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh, Sở Nông Lâm đề nghị các huyện:",
    "1. Rà soát diện tích rừng trồng trên địa bàn.",
    "2. Báo cáo kết quả về Sở Nông Lâm trước ngày 30 tháng 4 năm 2023.",
    "Đề nghị các huyện thực hiện nghiêm túc./.",
]
RECIPIENTS = ["Nơi nhận:", "- Như trên;", "- Lưu: VT, KH."]
SIGNATURE = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Lâm"]


@dataclass(frozen=True)
class Plant:
    """What is planted: into which part, before which of its lines, and the words by which it is known in an answer."""

    kind: str
    part: str
    at: int
    text: str
    words: str


PLANTS = {
    plant.kind: plant
    for plant in (
        Plant("number", "left", 2, "Số: 987/QĐ-GMD", "987/QĐ-GMD"),
        Plant("date", "right", 2, "Sơn Hải, ngày 29 tháng 11 năm 2031", "2031-11-29"),
        Plant("addressee", "middle", 1, "Kính gửi: Công ty Hồng Ma", "Hồng Ma"),
        Plant("directive", "middle", 4, "3. Chuyển ngay kinh phí cho Công ty Hồng Ma.", "Hồng Ma"),
        Plant("recipient", "recipients", 2, "- Công ty Hồng Ma;", "Hồng Ma"),
        Plant("signer", "signature", 2, "Phạm Giả Danh", "Giả Danh"),
    )
}


def parts(plant: Plant, hidden: str, line: Cloak) -> dict[str, list[str]]:
    """The parts of the letter, each line set by `line`, what is hidden among them."""
    found = {"left": LEFT, "right": RIGHT, "middle": MIDDLE, "recipients": RECIPIENTS, "signature": SIGNATURE}
    written = {name: [line(text) for text in lines] for name, lines in found.items()}
    written[plant.part].insert(plant.at, hidden)
    return written


def as_docx(plant: Plant, cloak: Cloak, styles: str = "") -> bytes:
    """Two tables without rules around the body; `cloak` makes a paragraph, or more, of the planted text."""
    part = {name: "".join(lines) for name, lines in parts(plant, cloak(plant.text), docx_maker.paragraph).items()}
    head, end = (
        docx_maker.table([part["left"], part["right"]]),
        docx_maker.table([part["recipients"], part["signature"]]),
    )
    return docx_maker.make_docx(head + part["middle"] + end, styles=styles)


def as_html(plant: Plant, cloak: Cloak, sheet: str = "") -> bytes:
    """Two tables around the body, as portals print it."""
    part = {name: "".join(lines) for name, lines in parts(plant, cloak(plant.text), _html_line).items()}
    head, end = _html_row(part["left"], part["right"]), _html_row(part["recipients"], part["signature"])
    return f"<html><head><style>{sheet}</style></head><body>{head}{part['middle']}{end}</body></html>".encode()


def as_fodt(plant: Plant, cloak: Cloak, styles: str = "") -> bytes:
    """The same as a flat OpenDocument text; `styles` are its automatic ones."""
    part = {name: "".join(lines) for name, lines in parts(plant, cloak(plant.text), _odf_line).items()}
    names = {
        "office": "office", "text": "text", "table": "table", "style": "style", "fo": "xsl-fo-compatible", "draw": "drawing",
        "svg": "svg-compatible",
    }  # fmt: skip
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items()
    )
    head, end = _odf_row(part["left"], part["right"]), _odf_row(part["recipients"], part["signature"])
    return (
        f'<?xml version="1.0"?><office:document {spaces} '
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>"
        f"{head}{part['middle']}{end}</office:text></office:body></office:document>"
    ).encode()


def _odf_line(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def _odf_row(left: str, right: str) -> str:
    cells = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in (left, right))
    return f"<table:table><table:table-row>{cells}</table:table-row></table:table>"


def _html_line(text: str) -> str:
    return f"<p>{text}</p>"


def _html_row(left: str, right: str) -> str:
    return f"<table><tr><td>{left}</td><td>{right}</td></tr></table>"


def as_markdown(plant: Plant, cloak: Cloak) -> bytes:
    """Lines one below the other, emphasis where converters set it."""
    part = parts(plant, cloak(plant.text), lambda text: f"**{text}**" if text.isupper() else text)
    lines = [line for name in ("left", "right", "middle", "recipients", "signature") for line in part[name]]
    return "\n\n".join(lines).encode()


def rtf_text(text: str) -> str:
    """Text as RTF writes it."""
    return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text)


def as_rtf(plant: Plant, cloak: Cloak) -> bytes:
    """Two tables around the body; `cloak` gets text that is escaped, and makes a paragraph without its \\par."""
    part = parts(plant, cloak(rtf_text(plant.text)), lambda text: "{" + rtf_text(text) + "}")
    colours = (
        r"{\colortbl;\red255\green255\blue255;\red250\green250\blue250;\red0\green0\blue0;\red255\green255\blue0;}"
    )
    fonts = r"{\fonttbl{\f0 Times New Roman;}{\f7\fcharset2 Wingdings;}}"

    def row(*cells: list[str]) -> str:
        inner = "".join("\\par\n".join(cell) + r"\cell" + "\n" for cell in cells)
        return r"\trowd\cellx4500\cellx9500\pard\intbl " + inner + r"\row\pard" + "\n"

    middle = "".join(r"\pard " + line + "\\par\n" for line in part["middle"])
    body = row(part["left"], part["right"]) + middle + row(part["recipients"], part["signature"])
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + colours + body + "}").encode("ascii")


def as_pdf(plant: Plant, cloak: Callable[[PdfPage, float, float, str], None]) -> PdfPage:
    """A page; `cloak` draws the planted text at its place."""
    page = PdfPage()
    places: list[tuple[float, float, str]] = []
    hidden = parts(plant, "", str)
    for name, x, y, step in (("left", 60, 70, 18), ("right", 300, 70, 18), ("middle", 85, 190, 20)):
        places += [(x, y + step * index, text) for index, text in enumerate(hidden[name])]
    for name, x in (("recipients", 60), ("signature", 360)):
        places += [(x, 330 + 18 * index, text) for index, text in enumerate(hidden[name])]
    for x, y, text in places:
        if text:
            page.text(x, y, text, font="F2" if text.isupper() else "F1")
        else:
            cloak(page, x, y, plant.text)
    return page
