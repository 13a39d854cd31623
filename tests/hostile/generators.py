"""Pieces of this genre that a text may hold thousands of, and the forms in which they are written: lines, one line, HTML, .docx."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.makers import docx_maker

GENERATORS: dict[str, str] = {
    "appendix with its decision": "PHỤ LỤC {n} DANH MỤC THIẾT BỊ (Kèm theo Quyết định số {n}/QĐ-UBND ngày 3/4/2023)",
    "appendix": "PHỤ LỤC I",
    "appendix with a title": "PHỤ LỤC {n} DANH MỤC (Kèm theo Công văn)",
    "appendix of words": "Phụ lục {n} Danh mục thiết bị của Trần Văn Lâm (Kèm theo Tờ trình của Sở)",
    "number": "Số: {n}/QĐ-UBND",
    "agency and number": "ỦY BAN NHÂN DÂN TỈNH SƠN HẢI Số: {n}/QĐ-UBND",
    "motto": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
    "date": "Sơn Hải, ngày 14 tháng 3 năm 2023",
    "basis": "Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;",
    "cited": "theo Nghị định số {n}/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
    "cited within": "điểm a khoản 2 Điều {n} Thông tư số 01/2019/TT-BNV",
    "article": "Điều {n}. Trách nhiệm thi hành",
    "item": "{n}. Giao Sở Nông Lâm chủ trì, phối hợp với Sở Tài chính báo cáo trước ngày 30 tháng 4 năm 2023;",
    "point": "a) Rà soát diện tích rừng trồng;",
    "addressee": "Kính gửi: Ủy ban nhân dân các huyện;",
    "recipients": "Nơi nhận: - Như trên; - Lưu: VT, KH.",
    "signature": "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Trần Văn Lâm",
    "ranks": "TS. BS. GS. PGS. Thiếu tướng Đại tá",
    "name": "Trần Văn Lâm",
    "capital words": "TRẦN VĂN LÂM",
    "capital": "A",
    "letter": "a",
    "posts": "GIÁM ĐỐC PHÓ GIÁM ĐỐC CHỦ TỊCH",
    "end": "Đề nghị các huyện thực hiện nghiêm túc./.",
    "subject": "V/v báo cáo kết quả trồng rừng",
    "decides": "QUYẾT ĐỊNH:",
    "agencies": "Sở Nông Lâm, Sở Tài chính và Ủy ban nhân dân các huyện",
    "table": "| 1 | Rà soát | Sở Nông Lâm | 30/4/2023 |",
    "brackets": "(a (b (c",
    "quotes": "“a ‘b ”c",
    "dashes": "- - - -",
    "dots": "........ /",
    "slashes": "1/2/3/4-A-B-C",
    "stars": "**a *b",
    "tags": "<span style='color:red'>a</span>",
    "digits": "123456789",
}


def pieces(piece: str, size: int, more: int) -> list[str]:
    """As many pieces as this size takes, `more` bytes beside each; those that are counted bear their numbers."""
    count = size // (len(piece.encode()) + more) + 1
    return [piece.replace("{n}", str(number)) for number in range(1, count + 1)] if "{n}" in piece else [piece] * count


def flattened(piece: str, size: int) -> bytes:
    """All on one line."""
    return " ".join(pieces(piece, size, 1)).encode()


def joined(piece: str, size: int) -> bytes:
    """The header of a letter and all of them in one line, as what lost its lines."""
    head = "UBND TỈNH SƠN HẢI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM SỞ NÔNG LÂM Độc lập - Tự do - Hạnh phúc Số: 245/SNL-KH Sơn Hải, ngày 14 tháng 3 năm 2023 Kính gửi: Các huyện "
    return (
        head + " ".join(pieces(piece, size, 1)) + " Nơi nhận: - Như trên; - Lưu: VT. GIÁM ĐỐC Trần Văn Lâm"
    ).encode()


def behind(piece: str, size: int) -> bytes:
    """A letter that lost its lines, and all of them behind its signature."""
    head = joined(piece, 1).decode()
    return (head + " " + " ".join(pieces(piece, size, 1))).encode()


def html(piece: str, size: int) -> bytes:
    """A paragraph each."""
    return f"<html><body>{''.join(f'<p>{escape(own)}</p>' for own in pieces(piece, size, 7))}</body></html>".encode()


def docx(piece: str, size: int) -> bytes:
    """A paragraph each; the size is that of the text."""
    return docx_maker.make_docx("".join(docx_maker.paragraph(escape(own)) for own in pieces(piece, size, 0)))


FORMS: dict[str, Callable[[str, int], bytes]] = {
    "text": lambda piece, size: "\n".join(pieces(piece, size, 1)).encode(),
    "flattened": flattened,
    "joined": joined,
    "behind": behind,
    "html": html,
    "docx": docx,
}
