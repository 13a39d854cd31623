"""Tables that lay out a page are dissolved; tables of data keep their cells."""

from __future__ import annotations

import pytest

from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.tables.table import Block, Table, TableCell, flatten, is_layout
from vnadmin.layout.page import Cell, Column


def table(*rows: list[str], bordered: bool | None = None) -> Table:
    """A table of texts; a line end in a text makes two lines of it."""
    return Table(
        [
            [TableCell(column, 1, [RawLine(line) for line in text.split("\n")]) for column, text in enumerate(row)]
            for row in rows
        ],
        bordered,
    )


def lines(*blocks: Block) -> list[tuple[str, str]]:
    """The written lines with the first letter of their column, or with their cell."""
    return [
        (f"{line.cell.table}.{line.cell.row}.{line.cell.column}" if line.cell else line.column.value[0], line.text)
        for line in flatten(blocks)
        if line.text
    ]


MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
DATE = "Hạ Sơn, ngày 6 tháng 4 năm 2011"
LEFT_THEN_RIGHT = [
    ("l", "UBND HUYỆN HẠ SƠN"),
    ("l", "PHÒNG NỘI VỤ"),
    ("l", "Số: 12/NV"),
    ("r", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("r", "Độc lập - Tự do - Hạnh phúc"),
    ("r", DATE),
]


@pytest.mark.parametrize(
    "header",
    [
        table(["UBND HUYỆN HẠ SƠN\nPHÒNG NỘI VỤ", MOTTO], ["Số: 12/NV", DATE]),
        table(["UBND HUYỆN HẠ SƠN\nPHÒNG NỘI VỤ\nSố: 12/NV", f"{MOTTO}\n{DATE}"]),
        table(["UBND HUYỆN HẠ SƠN\nPHÒNG NỘI VỤ", "", MOTTO], ["Số: 12/NV", "", DATE]),
        table(["UBND HUYỆN HẠ SƠN", MOTTO], ["PHÒNG NỘI VỤ", ""], ["Số: 12/NV", DATE]),
        table(["UBND HUYỆN HẠ SƠN\nPHÒNG NỘI VỤ", MOTTO], ["Số: 12/NV", DATE], bordered=True),
    ],
    ids=["2x2", "1x2", "empty middle", "agency over rows", "drawn with lines"],
)
def test_header_tables_read_left_then_right(header: Table) -> None:
    """domain.md 1.3.1: however the cells are cut, the left column comes before the right one."""
    assert lines(header) == LEFT_THEN_RIGHT


def test_spans_that_differ_between_rows_keep_their_sides() -> None:
    """Row 1 is 1 + 2 columns wide, row 2 is 2 + 1: the number is still on the left, the date on the right."""
    header = Table(
        [
            [TableCell(0, 1, [RawLine("UBND XÃ")]), TableCell(1, 2, [RawLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")])],
            [TableCell(0, 2, [RawLine("Số: 1/QĐ-UBND")]), TableCell(2, 1, [RawLine(DATE)])],
        ]
    )
    assert [column for column, _ in lines(header)] == ["l", "l", "r", "r"]


def test_a_row_across_the_table_stands_between() -> None:
    """A whole letter typed into one table: header cells, then the title over both columns, then the end."""
    letter = Table(
        [
            [TableCell(0, 1, [RawLine("UBND XÃ")]), TableCell(1, 1, [RawLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")])],
            [TableCell(0, 2, [RawLine("KẾ HOẠCH")])],
            [TableCell(0, 1, [RawLine("Nơi nhận:")]), TableCell(1, 1, [RawLine("CHỦ TỊCH")])],
        ]
    )
    assert lines(letter) == [
        ("l", "UBND XÃ"),
        ("r", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("f", "KẾ HOẠCH"),
        ("l", "Nơi nhận:"),
        ("r", "CHỦ TỊCH"),
    ]


def test_end_table() -> None:
    """Recipients on the left, signature on the right."""
    end = table(["Nơi nhận:\n- Như trên;\n- Lưu: VT.", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Thị Bình"])
    assert [column for column, _ in lines(end)] == ["l"] * 3 + ["r"] * 3


def test_three_signatures_read_one_after_the_other() -> None:
    """Joint circulars: each signer's lines stay together, though they stand in two rows."""
    end = table(["KT. BỘ TRƯỞNG", "KT. BỘ TRƯỞNG", "KT. TỔNG THANH TRA"], ["Trần An", "Lê Bình", "Võ Chi"])
    assert [text for _, text in lines(end)] == [
        *("KT. BỘ TRƯỞNG", "Trần An"),
        *("KT. BỘ TRƯỞNG", "Lê Bình"),
        *("KT. TỔNG THANH TRA", "Võ Chi"),
    ]


def test_signature_alone_in_the_right_column() -> None:
    """A table whose left column is empty still says that the signature stands on the right."""
    assert lines(table(["", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần An"])) == [
        ("r", "TM. ỦY BAN NHÂN DÂN"),
        ("r", "CHỦ TỊCH"),
        ("r", "Trần An"),
    ]


def test_data_table_keeps_cells() -> None:
    """An assignment table is data, numbered in the order of the document."""
    rows = (["STT", "Nhiệm vụ", "Thời hạn"], ["1", "Rà soát hồ sơ", "Quý II"])
    assert lines(table(*rows), RawLine("giữa"), table(*rows, bordered=True)) == [
        *[("0.0.0", "STT"), ("0.0.1", "Nhiệm vụ"), ("0.0.2", "Thời hạn")],
        *[("0.1.0", "1"), ("0.1.1", "Rà soát hồ sơ"), ("0.1.2", "Quý II")],
        ("f", "giữa"),
        *[("1.0.0", "STT"), ("1.0.1", "Nhiệm vụ"), ("1.0.2", "Thời hạn")],
        *[("1.1.0", "1"), ("1.1.1", "Rà soát hồ sơ"), ("1.1.2", "Quý II")],
    ]


@pytest.mark.parametrize("bordered", [True, False, None])
def test_one_column_is_a_frame(bordered: bool | None) -> None:
    """A box around prose holds paragraphs, not data."""
    assert lines(table(["Điều 1. Phê duyệt."], ["Điều 2. Hiệu lực."], bordered=bordered)) == [
        ("f", "Điều 1. Phê duyệt."),
        ("f", "Điều 2. Hiệu lực."),
    ]


def test_address_table_reads_across() -> None:
    """`Kính gửi:` with its addressees in the cell beside it is no column of the page."""
    found = flatten([table(["Kính gửi:", "- Sở Nội vụ;\n- Sở Tài chính."])])
    written = [(line.column, line.text, line.starts_paragraph) for line in found if line.text]
    assert written == [
        (Column.FULL, "Kính gửi:", True),
        (Column.FULL, "- Sở Nội vụ;", True),
        (Column.FULL, "- Sở Tài chính.", True),
    ]


def test_rows_of_three_without_lines_are_a_table() -> None:
    """Members of a board with their posts and roles, set without lines: no row is an item of the text."""
    members = table(
        ["- Ông: Đỗ Nam", "- Bí thư", "- Trưởng ban"], ["- Bà: Lê Na", "- Ủy viên", "- Ủy viên"], bordered=False
    )
    assert [line.cell and line.cell[1:3] for line in flatten([members]) if line.text] == [
        *[(0, 0), (0, 1), (0, 2)],
        *[(1, 0), (1, 1), (1, 2)],
    ]


def test_labels_without_lines_read_across() -> None:
    """An invitation sets `Thời gian:` and its answer side by side without drawing a table."""
    found = flatten([table(["Thời gian:", "8 giờ"], ["Địa điểm:", "Hội trường"], bordered=False)])
    assert [(line.text, line.starts_paragraph) for line in found if line.text] == [
        ("Thời gian:", True),
        ("8 giờ", False),
        ("Địa điểm:", True),
        ("Hội trường", False),
    ]


def test_table_inside_a_cell_of_data_stays_in_the_cell() -> None:
    """A nested table's text is the outer cell's."""
    outer = table(["STT", "Nội dung", "Ghi chú"], ["1", "", "x"], bordered=True)
    outer.rows[1][1].content = [table(["a", "b"], ["c", "d"], bordered=True)]
    assert [text for place, text in lines(outer) if place == "0.1.1"] == ["a", "b", "c", "d"]


def test_header_inside_a_frame() -> None:
    """A page frame drawn as a table around everything changes nothing."""
    header = table(["UBND HUYỆN HẠ SƠN\nPHÒNG NỘI VỤ", MOTTO], ["Số: 12/NV", DATE])
    frame = Table([[TableCell(0, 1, [header, RawLine("KẾ HOẠCH")])]], True)
    assert lines(frame) == [*LEFT_THEN_RIGHT, ("f", "KẾ HOẠCH")]


def test_empty_tables_are_layout() -> None:
    """Nothing to keep."""
    assert is_layout(Table())
    assert is_layout(table(["", " -- "]))
    assert lines(Table(), table(["", ""])) == []


def test_cells_of_data_have_places() -> None:
    """`Cell` counts table, row and grid column from 0."""
    found = flatten([table(["a", "b"], ["c", "d"], bordered=True)])
    assert [line.cell for line in found if line.text] == [Cell(0, 0, 0), Cell(0, 0, 1), Cell(0, 1, 0), Cell(0, 1, 1)]


def test_a_head_in_capitals_is_no_signature() -> None:
    """`NGƯỜI THỰC HIỆN` names a column where the row beside it does: a table of Markdown says nothing of its lines."""
    data = table(["TT", "NỘI DUNG", "NGƯỜI THỰC HIỆN"], ["1", "In giấy mời", "Đ/c Liên"])
    assert not is_layout(data)
    assert is_layout(table(["NGƯỜI LẬP BIỂU", "GIÁM ĐỐC"], ["Vũ Thị Na", "Hà Văn Sự"]))


def test_merged_cells_say_what_they_cover() -> None:
    """A cell's lines know its rows and columns."""
    who = TableCell(1, 2, [RawLine("Phòng Nội vụ")], height=3)
    written = flatten([Table([[TableCell(0, 1, [RawLine("1")]), who]], bordered=True)])
    assert [line.cell for line in written if line.text] == [Cell(0, 0, 0), Cell(0, 0, 1, 3, 2)]
