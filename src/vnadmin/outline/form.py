"""Form: the lines of a form's long cell that was read as text between two tables."""

from __future__ import annotations

from dataclasses import dataclass

from vnadmin.genre.marker import MarkerKind, read_markers
from vnadmin.layout.page import Line, SourceDocument


@dataclass(slots=True)
class Form:
    """`1. Hàng hóa đề nghị` opens a cell, `2. Tóm tắt mô tả` a text below the table: that text is a cell, too."""

    document: SourceDocument
    counted: int = 0  # the number that opened a cell last
    open: bool = False

    def holds(self, line: Line, listed: bool) -> bool:
        """Whether a line belongs to such a text; all lines are shown in order, those of cells too.

        Args:
            line: the line.
            listed: whether an item stands open, whose number the line may continue.
        """
        text = self.document.text
        if line.cell is None and (self.open or listed or not self.counted):
            return self.open
        if line.cell is not None:
            self.open = False
        if not text[line.start].isdigit():
            return self.open
        marker = next(iter(read_markers(text, self.document.folded, line.start, line.end)), None)
        if marker is not None and marker.kind is MarkerKind.NUMBER:
            if line.cell is None:
                self.open = marker.value == (self.counted + 1,)
            elif marker.content < line.end:
                self.counted = marker.value[0]
        return self.open
