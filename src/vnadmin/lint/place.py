"""Line and column of a finding in the text as it was read, and its page."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from vnadmin.lint.finding import Finding
from vnadmin.model import AdminDocument


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands; lines and columns count from 1, in the text that `vnadmin parse --evidence` gives."""

    line: int
    column: int
    end_line: int
    end_column: int
    page: int
    words: str  # the line, as it stands


class Lines:
    """The lines of a document's text."""

    def __init__(self, document: AdminDocument) -> None:
        self._document = document
        self._starts = [0, *(at + 1 for at, char in enumerate(document.text) if char == "\n")]

    def place(self, finding: Finding) -> Place:
        """Where a finding stands; what is missing is told at the first line."""
        line, column = self._at(finding.start)
        end_line, end_column = self._at(max(finding.end, finding.start))
        start = self._starts[line - 1]
        stop = self._document.text.find("\n", start)
        words = self._document.text[start : stop if stop >= 0 else None]
        return Place(line, column, end_line, end_column, self._page(finding), words)

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def _page(self, finding: Finding) -> int:
        if finding.pointer is None or not finding.end:
            return 1
        for key, evidence in self._document.evidence.items():
            if key == finding.pointer or key.startswith(f"{finding.pointer}/"):
                return evidence[0].page
        return 1
