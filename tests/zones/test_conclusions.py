"""The end of the main document: which lines are its list and its signatures, and what is not its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import is_linear
from tests.makers.lines import document_of
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import Role
from vnadmin.genre.person_name import NameLikeness, is_sample_name, name_at_end, name_likeness, without_rank
from vnadmin.genre.post_and_authority import authority_end, is_post
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Cell, Column, SourceDocument
from vnadmin.text.fold import bare, fold
from vnadmin.zones.conclusions.end import find_conclusions
from vnadmin.zones.conclusions.items import list_items
from vnadmin.zones.zone import Conclusions


def texts(document: SourceDocument, conclusions: Conclusions) -> tuple[list[str], list[list[str]]]:
    """The lines of the list and of each signature, as printed."""
    return (
        [document.of(line) for line in conclusions.recipients],
        [[document.of(line) for line in block] for block in conclusions.signatures],
    )


L, R = Column.LEFT, Column.RIGHT


def test_two_columns_give_list_and_signature() -> None:
    """The left column is the list, the right one the signature; body and end share no line."""
    document = document_of(
        "Các phòng thực hiện./.",
        ("Nơi nhận:", L),
        ("- Như trên;", L),
        ("- Lưu: VT.", L),
        ("KT. GIÁM ĐỐC", R),
        ("PHÓ GIÁM ĐỐC", R),
        ("Lê Văn Hòa", R),
    )
    found = find_conclusions(document, 0)
    assert texts(document, found) == (
        ["Nơi nhận:", "- Như trên;", "- Lưu: VT."],
        [["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Hòa"]],
    )
    assert (found.start, found.end) == (1, 7)


def test_list_in_the_right_column_of_a_site_goes_on() -> None:
    """A site's table sets the body beside the list: wrapped items stand in the right column, over the signature."""
    document = document_of(
        ("Thông báo để Công ty biết và thực hiện./.", L),
        ("Nơi nhận:", R),
        ("- Công ty TNHH Công nghệ Sao Biển", R),
        ("Việt Nam (Tầng 3, đường Bờ Hồ, tỉnh Hải Minh);", R),
        ("- Lưu: VT, KTTH.", R),
        ("TL. CỤC TRƯỞNG", R),
        ("TRƯỞNG BAN", R),
        ("Hoàng Thị Lan", R),
    )
    conclusions = find_conclusions(document, 0)
    assert [document.text[item.spans[0].start : item.spans[-1].end] for item in conclusions.items] == [
        "Công ty TNHH Công nghệ Sao Biển\nViệt Nam (Tầng 3, đường Bờ Hồ, tỉnh Hải Minh);",
        "Lưu: VT, KTTH.",
    ]


def test_two_signers_in_two_columns() -> None:
    """Left and right column may both be signatures; each is a block of its own."""
    document = document_of(
        "Thông tư này có hiệu lực từ ngày ký.",
        ("KT. BỘ TRƯỞNG BỘ CÔNG AN", L),
        ("THỨ TRƯỞNG", L),
        ("Lê Văn Hòa", L),
        ("KT. BỘ TRƯỞNG BỘ Y TẾ", R),
        ("THỨ TRƯỞNG", R),
        ("Phan Thị Ngọc", R),
    )
    _, blocks = texts(document, find_conclusions(document, 0))
    assert [block[-1] for block in blocks] == ["Lê Văn Hòa", "Phan Thị Ngọc"]


@pytest.mark.parametrize("lost", [1, 2])
def test_signer_whose_name_a_seal_hid(lost: int) -> None:
    """The name of the next signer is not his, and the list's label shows that the last one's block belongs to the end."""
    names = ["Lê Văn Hòa", "Phan Thị Ngọc", "Ngô Văn Hải"]
    heads = [("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"), ("KT. CHÁNH ÁN", "PHÓ CHÁNH ÁN")]
    rows: list[str | tuple[str, Column]] = ["Thông tư này có hiệu lực từ ngày ký."]
    for number, (head, name) in enumerate(zip(heads, names, strict=True)):
        block = [*head, *([] if number == lost else [name])]
        rows += [(text, R if number else L) for text in block]
    document = document_of(*rows, "Nơi nhận:", "- Văn phòng Chính phủ;", "- Lưu: VT.")
    found = find_conclusions(document, 0)
    items, blocks = texts(document, found)
    assert [block[:2] for block in blocks] == [list(head) for head in heads]
    assert [block[2:] for block in blocks] == [[] if number == lost else [name] for number, name in enumerate(names)]
    assert items[-1] == "- Lưu: VT."


def test_next_page_part_is_not_the_list() -> None:
    """A left column after the signature opens what is attached: its agency is no recipient."""
    document = document_of(
        ("Nơi nhận:", L),
        ("- Như trên;", L),
        ("- Lưu VT", L),
        ("CHÁNH VĂN PHÒNG", R),
        ("Lê Văn Hòa", R),
        ("SỞ GIÁO DỤC ĐÀO TẠO", L),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", R),
    )
    found = find_conclusions(document, 0)
    assert found.end == 5
    assert "SỞ GIÁO DỤC ĐÀO TẠO" not in texts(document, found)[0]


def test_no_end_is_the_end_of_the_text() -> None:
    """A cut page has no conclusions: start and end stand behind the last line."""
    document = document_of("Số: 12/UBND", "1. Các xã báo cáo kết quả.", "2. Các phòng")
    found = find_conclusions(document, 0)
    assert (found.start, found.end, found.recipients, found.signatures) == (3, 3, (), ())


def test_first_end_wins() -> None:
    """A regulation with its own signature follows the decision; the decision's end is the document's."""
    document = document_of(
        "Điều 2. Thi hành./.",
        "Nơi nhận:",
        "- Như Điều 2;",
        "- Lưu: VT.",
        "CHỦ TỊCH",
        "Lê Văn Hòa",
        "QUY CHẾ",
        "Điều 1. Phạm vi",
        "CHỦ TỊCH",
        "Phan Thị Ngọc",
    )
    found = find_conclusions(document, 0)
    assert found.end == 6
    assert texts(document, found)[1] == [["CHỦ TỊCH", "Lê Văn Hòa"]]


def test_unsigned_document_ends_where_its_appendix_begins() -> None:
    """Without list and signature, the appendix still ends the main document, and its form signs nothing."""
    document = document_of(
        "Đề nghị các xã báo cáo.",
        "PHỤ LỤC I",
        "DANH SÁCH CÁC XÃ",
        "NGƯỜI LẬP BIỂU",
        "(Ký, ghi rõ họ tên)",
    )
    found = find_conclusions(document, 0)
    assert (found.start, found.end, found.signatures) == (1, 1, ())


def test_members_in_a_table_are_not_signers() -> None:
    """Posts and names in cells of a data table end nothing."""
    builder = DocumentBuilder("text/plain")
    builder.page()
    builder.line("Điều 1. Thành lập tổ gồm:")
    for row, (name, post) in enumerate([("Lê Văn Hòa", "Tổ trưởng"), ("Phan Thị Ngọc", "Tổ phó")]):
        builder.line(name, cell=Cell(0, row, 0))
        builder.line(post, cell=Cell(0, row, 1))
    builder.line("Điều 2. Tổ có nhiệm vụ giúp việc cho Ủy ban.")
    document = builder.build()
    assert find_conclusions(document, 0).signatures == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Nơi nhận:", Role.LABEL),
        ("**Nơi nhận :**", Role.LABEL),
        ("Nơi nhận TM. BAN THƯỜNG VỤ", Role.LABEL),
        ("Nơi nhận được trình bày tại ô số 9.", Role.OTHER),
        ("- Sở Nội vụ;", Role.ITEM),
        ("- Lưu: VT.", Role.FILING),
        ("- Lưu ý các đơn vị", Role.ITEM),
        ("TM. ỦY BAN NHÂN DÂN", Role.AUTHORITY),
        ("T/M CHI BỘ", Role.AUTHORITY),
        ("KT/ bộ trưởng bộ tài chính", Role.AUTHORITY),
        ("TUQ. GIÁM ĐỐC", Role.AUTHORITY),
        ("THỪA LỆNH BỘ TRƯỞNG", Role.AUTHORITY),
        ("TL. Hòa Bình, ngày mai", Role.OTHER),
        ("THỨ  TRƯỞNG", Role.POST),
        ("PHÓ TRƯỞNG TIỂU BAN", Role.POST),
        ("Giám đốc chịu trách nhiệm thi hành Quyết định này./.", Role.OTHER),
        ("TRƯỜNG KHOA HỌC XÃ HỘI", Role.CAPITALS),
        ("(Đã ký)", Role.MARK),
        ("[daky]", Role.MARK),
        ("(Ký, ghi rõ họ tên)", Role.MARK),
        ("Đại tá", Role.RANK),
        ("Nguyễn Văn Hùng", Role.NAME),
        ("...............", Role.DOTS),
        ("Hà Nội, ngày 2 tháng 3 năm 2010", Role.DATE),
    ],
)
def test_role_of_a_line(line: str, expected: Role) -> None:
    """Each kind of line of an end, and what only looks like it."""
    document = document_of(line)
    assert document.signs(document.lines[0]).role is expected


@pytest.mark.parametrize(
    ("text", "likeness"),
    [
        ("Nguyễn Văn Hùng", NameLikeness.FULL),
        ("PGS.TS. Phạm Văn Bình", NameLikeness.FULL),
        ("Thượng tướng Lê Văn Quang", NameLikeness.FULL),
        ("Y Thông Niê", NameLikeness.FULL),
        ("ĐINH THỊ HỒNG", NameLikeness.CAPITALS),
        ("BOLAT DUISENOV", NameLikeness.SHAPE),
        ("UBND HUYỆN", NameLikeness.NONE),
        ("Hồ Chí Minh", NameLikeness.NONE),
        ("Hòa", NameLikeness.NONE),
        ("Lê Văn Hòa 12", NameLikeness.NONE),
        ("nguyễn văn hùng", NameLikeness.NONE),
    ],
)
def test_likeness_of_a_name(text: str, likeness: NameLikeness) -> None:
    """Family name and case decide; ranks before the name do not."""
    assert name_likeness(text) is likeness


def test_sample_names() -> None:
    """Names of manuals end in one letter."""
    assert is_sample_name("Nguyễn Văn A")
    assert not is_sample_name("Nguyễn Văn An")


def test_name_at_end_takes_the_rank_too() -> None:
    """A name cut from the end of a line keeps the rank before it."""
    text = "- UBND các huyện; Đại tá Lê Thanh Tùng"
    start = name_at_end(text, fold(text))
    assert start is not None
    assert text[start:] == "Đại tá Lê Thanh Tùng"
    assert without_rank(text[start:]) == len("Đại tá ")


def test_authority_needs_a_post_or_a_collective() -> None:
    """In small letters, a sign alone is none: "KT. Hòa" is a drafter."""
    assert authority_end("KT. Hòa", bare("KT. Hòa")) == 0
    assert authority_end("KT.BỘ TRƯỞNG", bare("KT.BỘ TRƯỞNG")) == 3


def test_post_is_no_sentence() -> None:
    """A post that opens a sentence is no post line."""
    assert is_post("GIÁM ĐỐC", "giam doc")
    assert not is_post("Giám đốc,", "giam doc,")


def test_capitals_allow_a_stray_small_letter() -> None:
    """Old capital fonts leave a letter small: "TOàN QUốC"."""
    assert in_capitals("VIệN TRƯỞNG VIỆN KIỂM SÁT")
    assert not in_capitals("Viện trưởng")


def test_items_keep_order_and_join_wraps() -> None:
    """Items on one line are divided, wrapped lines joined."""
    document = document_of(
        "Nơi nhận: - Như trên; - Các Bộ, cơ quan ngang Bộ,", "cơ quan thuộc Chính phủ;", "- Lưu: VT."
    )
    found = find_conclusions(document, 0)
    items = list_items(document, found.recipients)
    assert [" ".join(document.of(span) for span in item.spans) for item in items] == [
        "Như trên;",
        "Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ;",
        "Lưu: VT.",
    ]
    assert [item.is_filing for item in items] == [False, False, True]


PIECES = [
    "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Lê Văn Hòa", "PHỤ LỤC I",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "1. Nội dung", "Ví dụ:", "thường trực;", "....", "TM.", "KT.", "-",
    "Sở A;   GIÁM ĐỐC",
]  # fmt: skip


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(list(Column))), max_size=14))
def test_zones_lie_in_the_document(rows: list[tuple[str, Column]]) -> None:
    """Whatever the lines, the end lies between start and the last line, and every piece inside it."""
    document = document_of(*rows)
    found = find_conclusions(document, 0)
    assert 0 <= found.start <= found.end <= len(document.lines)
    for line in [*found.recipients, *(line for block in found.signatures for line in block)]:
        whole = document.lines[line.index]
        assert whole.start <= line.start < line.end <= whole.end


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_line_has_a_role(text: str) -> None:
    """No text of a line raises."""
    document = document_of(text)
    for line in document.lines:
        assert document.signs(line).role in Role


@pytest.mark.parametrize("line", ["GIÁM ĐỐC", "TM. ỦY BAN NHÂN DÂN", "- Như trên;", "- Lưu: VT.", "Nơi nhận:"])
def test_time_grows_linearly(line: str) -> None:
    """Four times the anchors take about four times as long, though each could begin an end."""

    def work(count: int) -> Callable[[], object]:
        document = document_of(*[line, "việc khác"] * count)
        return lambda: find_conclusions(document, 0)

    assert is_linear(work, 2000)
