"""Tables as rows of cells."""

from __future__ import annotations

from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Cell
from vnadmin.zones.tables import read_tables


def read(*cells: tuple[str, tuple[int, ...] | None]) -> list[list[dict[int, tuple[str, bool]]]]:
    """The rows of the tables that these lines hold: by column the text, and whether the cell begins there."""
    builder = DocumentBuilder("text/html")
    for text, place in cells:
        builder.line(text, cell=Cell(*place) if place else None)
    document = builder.build()
    return [
        [{c: (document.of(held.lines[0]), held.begins) for c, held in row.items()} for row in table.rows]
        for table in read_tables(document.lines)
    ]


def test_a_merged_cell_stands_in_each_row_that_it_spans() -> None:
    """Rows that it does not span have none there; a row without text is none."""
    assert read(
        *[("1", (0, 0, 0)), ("Phòng Y tế", (0, 0, 1, 3, 1)), ("2", (0, 1, 0)), ("3", (0, 3, 0)), ("Hết", (0, 3, 1))]
    ) == [
        [
            {0: ("1", True), 1: ("Phòng Y tế", True)},
            {0: ("2", True), 1: ("Phòng Y tế", False)},
            {0: ("3", True), 1: ("Hết", True)},
        ]
    ]


def test_tables_follow_each_other_and_prose_is_none() -> None:
    """The number of the table parts them; a cell that says it covers more rows than there are ends with the table."""
    assert read(("a", (0, 0, 0, 9, 1)), ("Các đơn vị thực hiện.", None), ("b", (1, 0, 0))) == [
        [{0: ("a", True)}],
        [{0: ("b", True)}],
    ]
