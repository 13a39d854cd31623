"""What carried a text: numbers of lines, escapes, records, a markup that is not read."""

from __future__ import annotations

import json

import pytest

from tests.source.plain_text import read, texts

LINES = ["SỞ Y TẾ", "Số: 1/SYT", "", "Kính gửi: Các trạm y tế", *(f"{n}. Rà soát việc thứ {n}." for n in range(1, 8))]


@pytest.mark.parametrize("shape", ["{0:6d}\t{1}", "{0:4d}  {1}", "{0}:{1}", "{0} | {1}"])
def test_numbered_lines(shape: str) -> None:
    """`cat -n`, `grep -n`: a number before each line is none of the document's; those of items stay."""
    numbered = "\n".join(shape.format(number, line) for number, line in enumerate(LINES, 1))
    assert texts(numbered) == [line for line in LINES if line]
    assert texts("\n".join(LINES)) == [line for line in LINES if line]
    items = [f"{number}. Rà soát" for number in range(1, 15)]
    assert texts("\n".join(items)) == items


def test_escaped_line_ends() -> None:
    """The text of a JSON string, its quotes and letters escaped too; a path of Windows alone is none."""
    text = "\n".join(["Kính gửi: Các trạm y tế", *LINES[-7:], 'Đề nghị "khẩn"'])
    wanted = [line for line in text.split("\n") if line]
    assert texts(text.replace('"', '\\"').replace("\n", "\\n")) == wanted
    assert texts(json.dumps(text)) == wanted
    assert texts("Tệp C:\\new\\note") == ["Tệp C:\\new\\note"]


def test_records_that_carry_a_text() -> None:
    """A field of a table of values, a record of JSON or of Python, a list of lines; a quotation is none."""
    text = "\n".join(["Kính gửi: Các trạm y tế", *LINES[-7:], "Đề nghị khẩn"])
    wanted = [line for line in text.split("\n") if line]
    assert texts(f'id,content\n12,"{text}"\n') == wanted
    assert texts(json.dumps({"id": 5, "content": text}, ensure_ascii=False)) == wanted
    assert texts(f"page_content={text!r} metadata={{'source': 'a.pdf'}}") == wanted
    assert texts(repr(wanted)) == wanted
    quoted = [*wanted, "Thủ tướng nêu: “Phải làm ngay”"]
    assert texts("\n".join(quoted)) == quoted
    assert {issue.code for issue in read(f'id,content\n12,"{text}"\n').issues} == {"record_values"}


@pytest.mark.parametrize(
    "beside",
    [
        {"title": "THÔNG BÁO\nVề lịch nghỉ"},
        {"path": "D:\\nghi dinh\\nam 2024\\nhap"},
        {"title": "THÔNG BÁO\nVề lịch nghỉ", "source": "Cổng\nthông tin"},
    ],
)
def test_short_strings_with_a_line_end_beside_the_text_of_a_record(beside: dict[str, str]) -> None:
    """A title of two lines and a path with `\\\\n` are no pages of the document."""
    text = "\n".join(["Kính gửi: Các trạm y tế", *LINES[-7:], "Đề nghị khẩn"])
    for record in (
        json.dumps({"id": 5, "content": text, **beside}, ensure_ascii=False),
        json.dumps({**beside, "content": text}),
        f"page_content={text!r} metadata={beside!r}",
    ):
        assert texts(record) == text.split("\n")
        assert {issue.code for issue in read(record).issues} == {"record_values"}


def test_the_pages_of_a_record_are_all_its_text() -> None:
    """Found by review: the longest was taken for the text, and the signer stood on the other."""
    first = (
        "SỞ Y TẾ\\nSố: 5/QĐ-SYT\\nQUYẾT ĐỊNH\\nĐiều 1. Lập tổ công tác gồm các ông, bà sau đây theo đề nghị của các phòng."
        + 8 * " Tổ họp hằng tuần."
    )
    second = "Điều 2. Chánh Văn phòng thi hành.\\nGIÁM ĐỐC\\nTrần Văn Bình"
    for record in (f'{{"id": 5, "pages": ["{first}", "{second}"]}}', f'{{"page_1": "{first}", "page_2": "{second}"}}'):
        assert "Trần Văn Bình" in "\n".join(texts(record))


def test_what_is_no_record_keeps_all_its_text() -> None:
    """Prose beside or between quotations, two records, a backslash before an x outside a string."""
    articles = '["Điều 1"] Bổ sung như sau ["Điều 2"] và ["Điều 3"]'
    assert texts(articles) == [articles]
    text = "\n".join(LINES[-7:])
    assert texts(f'Thông báo,"{text}" và những điều còn lại')[-1].endswith("và những điều còn lại")
    two = "\n".join(json.dumps({"c": own}, ensure_ascii=False) for own in (3 * text, "Số 5. " + text))
    assert "Số 5" in read(two).text
    assert texts("C:\\xab\\n" + text.replace("\n", "\\n"))[0] == "C:\\xab"


@pytest.mark.parametrize(
    "table",
    [
        "|===\n|Số: 5/TB-UBND |An Lạc, ngày 2 tháng 3 năm 2024\n|===",
        '{| class="wikitable"\n| Số: 5/TB-UBND\n|}',
        "| Số: 5/TB-UBND | An Lạc |\n|---------------+--------|",
        "\\begin{longtable}{ll}\nSố: 5/TB-UBND & An Lạc \\\\\n\\end{longtable}",
    ],
)
def test_a_markup_that_is_not_read_is_told(table: str) -> None:
    """AsciiDoc, MediaWiki, Org and LaTeX are read as plain text, and an issue says so, which lowers every grade."""
    assert [issue.code for issue in read(table).issues] == ["layout_damaged"]
