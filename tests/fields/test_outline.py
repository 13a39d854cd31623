"""Markers, quoted passages and the tree of items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.genre.marker import MarkerKind, read_markers, roman
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Box, Cell, SourceDocument
from vnadmin.outline import Item, own_paragraphs, read_outline, text_spans
from vnadmin.outline.quoting import quoted_lines
from vnadmin.text.fold import fold


def build(*lines: str, wrapped: frozenset[int] = frozenset()) -> SourceDocument:
    """A document of these lines; those at `wrapped` go on with the paragraph before them."""
    builder = DocumentBuilder("text/plain")
    for index, line in enumerate(lines):
        builder.line(line, starts_paragraph=index not in wrapped)
    return builder.build()


def walk(items: Sequence[Item], depth: int = 1) -> Iterator[tuple[int, Item]]:
    """All items in reading order, each with its depth."""
    for item in items:
        yield depth, item
        yield from walk(item.children, depth + 1)


def items_of(document: SourceDocument) -> list[Item]:
    return [item for _, item in walk(read_outline(document, document.paragraphs))]


def shape(*lines: str, wrapped: frozenset[int] = frozenset()) -> list[tuple[int, str]]:
    """Depth and marker of each item."""
    document = build(*lines, wrapped=wrapped)
    items = walk(read_outline(document, document.paragraphs))
    return [(depth, document.text[item.marker.start : item.marker.end]) for depth, item in items]


@pytest.mark.parametrize(
    ("line", "kind", "marker", "text"),
    [
        ("Điều 12a. Phạm vi", MarkerKind.HEADING, "Điều 12a", "Phạm vi"),
        ("ĐIỀU 1: Phạm vi", MarkerKind.HEADING, "ĐIỀU 1", "Phạm vi"),
        ("Chương II", MarkerKind.HEADING, "Chương II", ""),
        ("Mục 2. QUẢN LÝ THUẾ", MarkerKind.HEADING, "Mục 2", "QUẢN LÝ THUẾ"),
        ("Phần 5a: XỬ LÝ", MarkerKind.HEADING, "Phần 5a", "XỬ LÝ"),
        ("Khoản thứ mười một: Lập quỹ", MarkerKind.HEADING, "Khoản thứ mười một", "Lập quỹ"),
        ("IV/ Kinh phí", MarkerKind.ROMAN, "IV", "Kinh phí"),
        ("I.Tổng quan", MarkerKind.ROMAN, "I", "Tổng quan"),
        ("II- Nội dung", MarkerKind.ROMAN, "II", "Nội dung"),
        ("B. NHIỆM VỤ", MarkerKind.UPPER, "B", "NHIỆM VỤ"),
        ("1/ Ông Nam", MarkerKind.NUMBER, "1", "Ông Nam"),
        ("1-Các xã", MarkerKind.NUMBER, "1", "Các xã"),
        ("12. Kinh phí", MarkerKind.NUMBER, "12", "Kinh phí"),
        ("(2) Cấp cứu", MarkerKind.NUMBER, "2", "Cấp cứu"),
        ("1.1 Mục tiêu", MarkerKind.DOTTED, "1.1", "Mục tiêu"),
        ("2.3.1. Mục tiêu", MarkerKind.DOTTED, "2.3.1", "Mục tiêu"),
        ("đ) Kinh phí", MarkerKind.LETTER, "đ", "Kinh phí"),
        ("a.1) Cấp tỉnh", MarkerKind.LETTERED, "a.1", "Cấp tỉnh"),
        ("iii) Khác", MarkerKind.LOWER_ROMAN, "iii", "Khác"),
        ("(ii) Khác", MarkerKind.LOWER_ROMAN, "ii", "Khác"),
        ("– Treo cờ", MarkerKind.BULLET, "–", "Treo cờ"),
        ("•Treo cờ", MarkerKind.BULLET, "•", "Treo cờ"),
        ("\uf0b7 Treo cờ", MarkerKind.BULLET, "\uf0b7", "Treo cờ"),
    ],
)
def test_marker(line: str, kind: MarkerKind, marker: str, text: str) -> None:
    """Each printed form opens an item of its class; the marker stands without its punctuation."""
    found = read_markers(line, fold(line), 0, len(line))[0]
    assert (found.kind, line[found.start : found.end], line[found.content :]) == (kind, marker, text)


@pytest.mark.parametrize(
    "line",
    [
        "1.5 lần mức lương",
        "1.250.000 đồng",
        "24/7 hỗ trợ",
        "10/BC-UBND ngày 05/3/2021",
        "15/3/2023: họp",
        "7:30 khai mạc",
        "2021. Trong năm",
        "-----",
        "- 0 -",
        "-o0o-",
        "* * *",
        "-5°C",
        "+84 24 3825",
        "Điều 5 Nghị định số 30/2020/NĐ-CP",
        "Khoản 2 Điều 30",
        "Đ/c Nguyễn Văn Nam",
        "Mục tiêu chung",
        "",
    ],
)
def test_no_marker(line: str) -> None:
    """Decimals, dates, numbers of documents, rules and citations open no item."""
    assert shape(line) == []


@pytest.mark.parametrize(
    ("text", "value"), [("i", 1), ("iv", 4), ("xix", 19), ("xl", 40), ("iiii", 4), ("vx", 0), ("ic", 0)]
)
def test_roman(text: str, value: int) -> None:
    """Numerals up to a hundred; letters in another order are none (`IIII` is printed at times)."""
    assert roman(text) == value


def test_letters_out_of_series_open_nothing() -> None:
    """A letter or numeral that begins a name is no marker where no series leads to it."""
    assert shape("1. A", "C-OHSAS là chứng nhận", "P. Hội đồng", "V-League khai mạc", "2. B") == [(1, "1"), (1, "2")]


def test_letter_of_another_alphabet_ends_no_series() -> None:
    """`g)` goes on after an `f)` that the Vietnamese order leaves out."""
    assert shape("1. A", "a) B", "đ) C", "e) D", "f) E", "g) F") == [
        (1, "1"),
        (2, "a"),
        (2, "đ"),
        (2, "e"),
        (2, "f"),
        (2, "g"),
    ]


def test_items_after_a_list_of_bodies_stand_beside_it() -> None:
    """`- Sở A;` / `- Sở B:` / `a)`: what follows is for all of the list; under a single bullet it is that bullet's."""
    bodies = shape("2. Các sở", "- Sở Công Thương;", "- Sở Xây dựng:", "a) Chủ trì;", "b) Hướng dẫn.", "3. Khác.")
    assert bodies == [(1, "2"), (2, "-"), (2, "-"), (2, "a"), (2, "b"), (1, "3")]
    assert shape("2. Các sở", "- Sở Công Thương:", "a) Chủ trì;", "b) Hướng dẫn.")[2:] == [(3, "a"), (3, "b")]


def test_a_reference_cut_by_a_line_end_opens_no_item() -> None:
    """`theo quy định tại Khoản` / `3 - Điều 61 ...` is one sentence; an account (`tài khoản`) is not cut."""
    assert shape("2. Gửi ý kiến theo Khoản", "3 - Điều 61 Luật Thư viện.", "3. Hoàn thiện.") == [(1, "2"), (1, "3")]
    assert shape("2. Mở tài khoản", "3. Hoàn thiện.") == [(1, "2"), (1, "3")]


def test_a_one_misread_as_another_marker() -> None:
    """OCR reads `1.` as `I.`: a 2 after a whole sentence stands beside it, after a title below it; `l)` is read as `1)`."""
    assert shape("I. Tuyên truyền đến mọi người dân;", "2. Rà soát văn bản.") == [(1, "I"), (1, "2")]
    assert shape("I. MỤC ĐÍCH", "2. Rà soát văn bản.") == [(1, "I"), (2, "2")]
    letters = shape("1. Nhiệm vụ:", "i) Lập hồ sơ;", "k) Cấp giấy;", "1) Thông báo;", "m) Trả lãi.", "2. Khác.")
    assert letters == [(1, "1"), (2, "i"), (2, "k"), (2, "1"), (2, "m"), (1, "2")]


def test_levels_by_class_and_stack() -> None:
    """A dash under a letter under a number; the next number closes both."""
    assert shape("1. A", "a) B", "- C", "+ D", "- E", "b) F", "2. G") == [
        (1, "1"),
        (2, "a"),
        (3, "-"),
        (4, "+"),
        (3, "-"),
        (2, "b"),
        (1, "2"),
    ]


def test_numbering_restarts_under_each_roman() -> None:
    """`1.` under II is a child of II."""
    assert shape("I. A", "1. B", "2. C", "II. D", "1. E") == [(1, "I"), (2, "1"), (2, "2"), (1, "II"), (2, "1")]


def test_letter_i_after_h_is_a_letter() -> None:
    """`i)` continues h) as a letter and opens a series of its own otherwise."""
    assert shape("1. A", "a) B", "g) C", "h) D", "i) E", "k) F")[-2:] == [(2, "i"), (2, "k")]
    assert shape("a) A", "i) B", "ii) C", "b) D") == [(1, "a"), (2, "i"), (2, "ii"), (1, "b")]


def test_wrapped_lines_open_items_only_after_an_ending() -> None:
    """In a paragraph of several lines, `1.` at a line's head is an item only where the line before ended."""
    lines = ("1. Theo quy định tại điểm", "a) khoản 2 Điều này;", "b) Khoản 3.")
    assert shape(*lines, wrapped=frozenset({1, 2})) == [(1, "1"), (2, "b")]


def test_table_rows_are_no_items() -> None:
    """Lines of data tables have a cell and open nothing."""
    builder = DocumentBuilder("text/plain")
    builder.line("1. Giá cả")
    builder.line("I. Lương thực", cell=Cell(0, 0, 0))
    builder.line("1. Gạo", cell=Cell(0, 1, 0))
    builder.line("2. Kinh phí")
    document = builder.build()
    assert [document.text[i.marker.start : i.marker.end] for i in items_of(document)] == ["1", "2"]


def test_own_text_is_slices() -> None:
    """An item's title, its further paragraphs and the slices that orders are read from."""
    document = build("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "Quyết định này quy định mức thu.", "1. Mức thu")
    chapter, article, clause = items_of(document)
    assert [document.of(s) for s in text_spans(chapter)[0]] == ["QUY ĐỊNH CHUNG"]
    assert [document.of(s) for s in text_spans(article)[0]] == ["Phạm vi"]
    assert [document.of(s) for s in text_spans(article)[1]] == ["Quyết định này quy định mức thu."]
    assert [document.of(s) for s in own_paragraphs(clause)] == ["Mức thu"]


def test_quoted_lines() -> None:
    """A passage opened at a line's head runs to its closing mark; nested quotations do not close it."""
    document = build("1. Sửa Điều 8:", "“Điều 8. Tên", "1. Cụm từ “an” là một.", "2. Hết.”.", "2. Sửa Điều 9")
    assert quoted_lines(document, document.lines) == {2, 3}


def test_unclosed_quotation_opens_nothing() -> None:
    """A mark that is never closed leaves the rest as it is."""
    document = build("1. Sửa:", "“Điều 8. Tên", "2. Sửa Điều 9", "3. Hết")
    assert quoted_lines(document, document.lines) == frozenset()


def test_unclosed_new_wording_ends_at_the_next_amending_item() -> None:
    """Under `1. Sửa đổi ...:` an opening mark is enough: the next such item ends what it opens."""
    document = build(
        "1. Sửa đổi khoản 2 như sau:", "“2. Mức thu", "a) Cấp tỉnh", "b) Cấp xã", "2. Bổ sung khoản 3:", "“3. Hết.”"
    )
    assert quoted_lines(document, document.lines) == {2, 3}


def test_quotation_wrapped_over_a_line_does_not_close_a_passage() -> None:
    """`“lấy cái` / `đẹp dẹp cái xấu”` inside a passage pairs with itself."""
    document = build("“1. Nêu cao “lấy cái", "đẹp dẹp cái xấu”", "2. Hết”", "3. Ngoài")
    assert quoted_lines(document, document.lines) == {1, 2}


@given(st.lists(st.text('1ai.)-+“”"IĐiều ', max_size=12), max_size=30))
def test_any_lines_give_a_tree(lines: list[str]) -> None:
    """Whatever the lines, each item begins on a line of its own and no line is an item twice."""
    document = build(*lines)
    items = items_of(document)
    starts = [item.marker.start for item in items]
    assert starts == sorted(set(starts))
    for item in items:
        assert all(0 <= span.start < span.end <= len(document.text) for span in own_paragraphs(item))


def test_depth_is_bounded() -> None:
    """Classes that nest without end do not nest without bound."""
    lines = [f"{'.'.join(['1'] * (n % 5 + 2))} A" for n in range(200)]
    assert max(depth for depth, _ in shape(*lines)) <= 12


def test_numbers_run_on_under_the_next_heading() -> None:
    """A rulebook counts its clauses through its parts; a number that continues nothing is running text."""
    assert shape("A. Chủ nhiệm", "1. Lập sổ.", "2. Họp lớp.", "B. Tư vấn", "3. Gặp sinh viên.", "9 giờ có mặt.") == [
        *[(1, "A"), (2, "1"), (2, "2"), (1, "B"), (2, "3")],
    ]
    assert shape("A. Chủ nhiệm", "1. Lập sổ.", "B. Tư vấn", "8. Gặp sinh viên.") == [(1, "A"), (2, "1"), (1, "B")]


def test_a_footnote_is_no_item() -> None:
    """It stands where its page ends, between two items, and opens with a number of its own."""
    builder = DocumentBuilder("application/pdf")
    box = Box(0, 0, 1, 1)
    for text, is_note in (("1. Lập tổ.", False), ("2. Phường An Phú.", True), ("2. Họp tổ.", False)):
        builder.words([(word, box, None) for word in text.split()], is_note=is_note)
    document = builder.build()
    items = read_outline(document, document.paragraphs)
    assert [document.of(line) for item in items for line in item.own] == ["1. Lập tổ.", "2. Họp tổ."]


def test_doubled_single_marks_open_a_passage() -> None:
    document = build(
        "Điều 2. Sửa đổi Điều 7", "‘‘Điều 7. Hồ sơ", "1. Đơn đề nghị.", "2. Bản sao.’’", "Điều 3. Hiệu lực"
    )
    assert quoted_lines(document, document.lines) == {2, 3}


@pytest.mark.parametrize(("celled", "shown"), [(True, ["Điều 1"]), (False, ["2", "-", "Điều 1"])])
def test_long_cell_of_a_form_holds_no_items(celled: bool, shown: list[str]) -> None:
    """`1. Hàng hóa đề nghị` stands in a cell, `2. Tóm tắt mô tả` was too long for one."""
    builder = DocumentBuilder("text/plain")
    builder.line("1. Hàng hóa đề nghị xác định", cell=Cell(0, 0, 0) if celled else None)
    for line in ("2. Tóm tắt mô tả hàng hóa:", "- Cấu tạo: vỏ nhựa"):
        builder.line(line)
    builder.line("Công ty An", cell=Cell(1, 0, 0))
    builder.line("Điều 1. Hiệu lực")
    document = builder.build()
    found = [document.text[i.marker.start : i.marker.end] for i in items_of(document)]
    assert found[-len(shown) :] == shown


def test_list_of_enclosures_is_none_of_the_last_item() -> None:
    lines = [
        "1. Phổ biến cẩm nang.",
        "2. Chỉ đạo đầu mối phối hợp.",
        "Sở Y tế gửi kèm tài liệu gồm:",
        "- Cẩm nang;",
        "- Video.",
    ]
    assert shape(*lines) == [(1, "1"), (1, "2"), (1, "-"), (1, "-")]
    lines[2] = "Nội dung phối hợp gồm:"
    assert shape(*lines) == [(1, "1"), (1, "2"), (2, "-"), (2, "-")]
