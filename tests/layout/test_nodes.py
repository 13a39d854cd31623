"""Text of a page taken out node by node comes back as its paragraphs; other texts keep their lines."""

from __future__ import annotations

from vnadmin.layout.flow.nodes import join_nodes
from vnadmin.layout.flow.raw import RawLine

# What `BeautifulSoup(page).get_text("\n")` gives of a page that an office suite saved.
PAGE = """UBND XÃ HẠ SƠN




















UBND
\t\t\tXÃ HẠ SƠN






CỘNG
\t\t\tHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM


Đ

ộc
\t\t\tlập - Tự do - Hạnh phúc




Số:
\t\t\t12/QĐ-U
BND


QUYẾT
ĐỊNH




Căn
cứ Luật Tổ chức chính quyền
địa phương
;


Nơi
\t\t\tnhận:


-
\t\t\tNhư trên;

- Phòng
\t\t\tTư pháp;


n
ă
m
20
26
"""


def joined(text: str) -> list[str]:
    return [line.text for line in join_nodes([RawLine(line) for line in text.split("\n")]) if line.text]


def test_paragraphs_of_a_page() -> None:
    """Words that a line end or a node cut come together; a line break before an item stays."""
    assert joined(PAGE)[1:] == [
        "UBND XÃ HẠ SƠN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Nơi nhận:",
        "- Như trên;",
        "- Phòng Tư pháp;",
        "năm 2026",
    ]


def test_other_texts_stay() -> None:
    """Lines that a typist broke, with a blank line under each paragraph."""
    text = "UBND XÃ HẠ SƠN\nSố: 12/QĐ-UBND\n\nQUYẾT ĐỊNH\nVề việc phê duyệt\n\nĐiều 1. Phê duyệt\nphương án.\n"
    assert joined(text) == [line for line in text.split("\n") if line]


def test_page_without_its_blank_lines() -> None:
    """`get_text("\\n", strip=True)`: what tabs open goes on with the word over it; a typist's right column does not."""
    page = "UBND\n\t\t\tXÃ HẠ SƠN\nNơi\n\t\t\tnhận:\n- Văn\n\t\t\tphòng Chính phủ;\n-\n\t\t\tSở Tư pháp;\n- Lưu:\n\t\t\tVT."
    assert joined(page) == ["UBND XÃ HẠ SƠN", "Nơi nhận:", "- Văn phòng Chính phủ;", "- Sở Tư pháp;", "- Lưu: VT."]
    typed = "Số: 12/UBND\n\t\t\tHạ Sơn, ngày 5 tháng 3\nNơi nhận:\n\t\t\tCHỦ TỊCH\n- Như trên;\n\t\t\tLê Văn Hòa"
    assert joined(typed) == typed.split("\n")
