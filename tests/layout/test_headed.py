"""Tables that a text holds without drawing them."""

from __future__ import annotations

from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.tables.headed import headed_tables
from vnadmin.layout.flow.tables.table import Block, Table


def read(*lines: str) -> list[str | list[list[str]]]:
    """Lines as they are, tables as rows of cells; a cell of several lines has them joined by a stroke."""
    return [shown(block) for block in headed_tables([RawLine(line) for line in lines])]


def shown(block: Block) -> str | list[list[str]]:
    if isinstance(block, RawLine):
        return block.text
    assert isinstance(block, Table)
    return [
        ["/".join(line.text for line in cell.content if isinstance(line, RawLine)) for cell in row]
        for row in block.rows
    ]


HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]


def test_tabs_part_cells() -> None:
    """A row may be broken inside a cell; a line without tabs heads a group; a heading ends the table."""
    assert read(
        "II. NỘI DUNG",
        "TT\tNhiệm vụ\tChủ trì\tThời hạn",
        "Công tác tuyên truyền",
        "1\tTreo băng rôn,",
        "khẩu hiệu\tPhòng Văn hóa\tTháng 9",
        "2\tPhát loa\t\tTháng 10",
        "III. TỔ CHỨC THỰC HIỆN",
    ) == [
        "II. NỘI DUNG",
        [
            HEAD,
            ["Công tác tuyên truyền"],
            ["1", "Treo băng rôn,/khẩu hiệu", "Phòng Văn hóa", "Tháng 9"],
            ["2", "Phát loa", "", "Tháng 10"],
        ],
        "III. TỔ CHỨC THỰC HIỆN",
    ]


def test_bars_part_cells() -> None:
    """Rows of a library that writes a table's cells with bars between."""
    assert read("Thời gian | Nội dung | Thực hiện", "7h30 | Đón đại biểu | Văn phòng", "V. KINH PHÍ") == [
        [["Thời gian", "Nội dung", "Thực hiện"], ["7h30", "Đón đại biểu", "Văn phòng"]],
        "V. KINH PHÍ",
    ]


def test_the_heading_of_the_next_table_is_no_group() -> None:
    """What stands above another head is a heading."""
    first, heading, second = read(
        "TT\tNội dung\tThực hiện", "1\tIn giấy mời\tĐ/c Liên", "V. KINH PHÍ", "TT\tNội dung\tĐơn giá", "1\tHoa\t90"
    )
    assert isinstance(first, list) and isinstance(second, list) and heading == "V. KINH PHÍ"


def test_columns_of_a_header_are_no_table() -> None:
    """Tabs set the header and the end of a letter, too: their first line names no columns."""
    lines = ["UBND XÃ HẠ SƠN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/UBND\tĐộc lập - Tự do - Hạnh phúc"]
    assert read(*lines) == lines


def test_cells_on_lines_of_their_own() -> None:
    """Rows begin with their number; blank lines between mean nothing; a wrapped line goes on with its cell."""
    lines = [*HEAD, "1", "Rà soát", "quy định", "Vụ Pháp chế", "Quý II/2024", "2", "Nâng cấp", "Cục Số", "2025"]
    table = [HEAD, ["1", "Rà soát/quy định", "Vụ Pháp chế", "Quý II/2024"], ["2", "Nâng cấp", "Cục Số", "2025"]]
    assert read(*lines, "III. TỔ CHỨC THỰC HIỆN") == [table, "III. TỔ CHỨC THỰC HIỆN"]
    assert read(*(text for line in lines for text in (line, "")))[0] == table


def test_groups_among_listed_rows() -> None:
    """`I` and its title, a title over the first row, a title between two rows: each a row of its own."""
    assert read(*HEAD, "Đợt một", "1", "Làm", "Tổ A", "Tháng 1", "Đợt hai", "2", "Nghỉ", "Tổ B", "Tháng 2") == [
        [HEAD, ["Đợt một"], ["1", "Làm", "Tổ A", "Tháng 1"], ["Đợt hai"], ["2", "Nghỉ", "Tổ B", "Tháng 2"]]
    ]
    assert read(*HEAD, "I", "Đợt một", "1", "Làm", "Tổ A", "Tháng 1")[0] == [
        *[HEAD, ["I", "Đợt một", "", "", ""], ["1", "Làm", "Tổ A", "Tháng 1"]]
    ]


def test_an_empty_cell_among_listed_ones() -> None:
    """Which cell is empty is not known but for the time limit: what may be of another column is given to none."""
    head = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn"]
    whole = ["1", "Rà soát", "Vụ A", "Vụ B", "Báo cáo", "Tháng 1"]
    assert read(*head, *whole, "2", "Mua máy", "Cục C", "Máy chủ", "Tháng 2", "Nơi nhận:") == [
        [head, whole, ["2", "Mua máy", "Cục C", "", "", "Tháng 2", "Máy chủ"]],
        "Nơi nhận:",
    ]


def test_lines_of_a_page_are_no_cells() -> None:
    """Where a reader of PDF gives the lines of all cells as they come, no line is given to a column."""
    assert read(*HEAD, "1", "Rà", "Vụ", "Tháng", "Soát", "Pháp chế", "Hai", "2", "Mua", "Bán", "Ba") == [
        [HEAD, ["1/Rà/Vụ/Tháng/Soát/Pháp chế/Hai"], ["2/Mua/Bán/Ba"]]
    ]


def test_hours_begin_rows() -> None:
    """A programme without a column of numbers; a title stands over its rows, and a paragraph may go on below."""
    assert read(
        *["Thời gian", "Nội dung", "Thực hiện", "Buổi sáng", "7h00 - 7h15", "Tập trung", "Tổ A", "Buổi chiều"],
        *["13h30", "Kiểm tra", "Tổ B", "BUỔI TỐI"],
    ) == [
        [
            ["Thời gian", "Nội dung", "Thực hiện"],
            *[["Buổi sáng"], ["7h00 - 7h15", "Tập trung", "Tổ A"], ["Buổi chiều"], ["13h30", "Kiểm tra", "Tổ B"]],
        ],
        "BUỔI TỐI",
    ]


def test_prose_with_words_of_heads_is_none() -> None:
    """A line alone that names a column is a line."""
    lines = ["Thời gian", "Ngày 20/11/2023.", "Nội dung", "Các đơn vị tổ chức hội nghị.", "1", "2"]
    assert read(*lines) == lines
