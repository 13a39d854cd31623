"""Emphasis that a Markdown writer ended inside a marker, and paragraphs that it broke behind a marker in bold."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin.layout.flow.raw import RawLine
from vnadmin.source.markdown import with_whole_markers


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("*- *Căn cứ khoản 1 Điều 3 của Quy chế.", "- Căn cứ khoản 1 Điều 3 của Quy chế."),
        ("-** Điểm cầu tại Sở: **Đại diện các phòng.", "- **Điểm cầu tại Sở: **Đại diện các phòng."),
        ("**- Điểm cầu tại xã:** Công chức xã.", "**- Điểm cầu tại xã:** Công chức xã."),
        ("* Ghi chú: *theo mẫu* số 2", "* Ghi chú: *theo mẫu* số 2"),
    ],
)
def test_bullet(text: str, whole: str) -> None:
    assert [line.text for line in with_whole_markers([RawLine(text)])] == [whole]


@pytest.mark.parametrize(
    ("first", "second", "goes_on"),
    [
        ("**Điều 1. **Giao Chánh Văn phòng", "Ủy ban nhân dân tỉnh theo dõi.", True),
        ("**Điều 1. Phạm vi điều chỉnh**", "Quy chế này quy định việc phối hợp.", False),
        ("**Điều 2. **Tổ chức thực hiện", "1. Sở Y tế công khai nội dung.", False),
        ("**Điều 3. **Quyết định này có hiệu lực từ ngày ký.", "Chánh Văn phòng chịu trách nhiệm.", False),
    ],
)
def test_article(first: str, second: str, goes_on: bool) -> None:
    lines = list(with_whole_markers([RawLine(first), RawLine(second)]))
    assert lines[1].starts_paragraph is not goes_on


def test_a_line_of_a_backslash_below_an_open_star() -> None:
    """`*` left open above a line break of its own: a fuzzer's find, an IndexError."""
    assert "Số: 5/TB-UBND" in vnadmin.parse_text("Ghi chú *\n\\\nSố: 5/TB-UBND\n").text


def test_emphasis_over_the_lines_of_a_quotation() -> None:
    document = vnadmin.parse_text(
        "> **Kính gửi: Ủy ban Chứng khoán (*State\n> Securities Commission*)**\n>\n> Đề nghị góp ý.\n"
    )
    assert "State Securities Commission" in document.text


def test_a_rule_of_underscores_is_no_open_emphasis() -> None:
    """A reader of PDF wrote the rule of one column before the words of the other."""
    text = (
        "BỘ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n_______ Độc lập - Tự do - Hạnh phúc\nSố: 12/QĐ-BYT ____________\n"
    )
    assert "Số: 12/QĐ-BYT" in vnadmin.parse_text(text).text.splitlines()
