"""Builds raw lines from styled pieces: how much of a line is bold or italic decides how the line is set."""

from __future__ import annotations

from functools import lru_cache

from vnadmin.layout.flow.raw import RawLine, normal
from vnadmin.layout.page import PLAIN, Style

_MOST = 0.7  # of its letters, for a line to count as bold or italic: "**Điều 1.** Phê duyệt ..." is not bold


@lru_cache(maxsize=256)
def style_of(bold: bool, italic: bool, size: float | None, centred: bool | None) -> Style:
    """One object for the lines that are set alike."""
    return Style(bold, italic, size, centred)


class LineMaker:
    """Collects the pieces of one line at a time; `end` gives the line and begins the next."""

    def __init__(self, centred: bool | None = None, page: int | None = None) -> None:
        self.centred = centred
        self.page = page
        self._texts: list[str] = []
        self._letters = self._bold = self._italic = self._size_letters = 0
        self._size: float | None = None

    def add(self, text: str, bold: bool | None = False, italic: bool | None = False, size: float | None = None) -> None:
        """Append a piece of text with its font's properties."""
        self._texts.append(text)
        letters = len(text) - text.count(" ")
        self._letters += letters
        if bold:
            self._bold += letters
        if italic:
            self._italic += letters
        if size is not None and letters > self._size_letters:
            self._size, self._size_letters = size, letters

    @property
    def empty(self) -> bool:
        """Whether nothing has been added since the last `end`."""
        return not self._texts

    @property
    def written(self) -> bool:
        """Whether anything but blanks has been added since the last `end`."""
        return any(map(str.strip, self._texts))

    @property
    def tail(self) -> str:
        """The last piece that was added."""
        return self._texts[-1] if self._texts else ""

    def end(self, starts_paragraph: bool = True) -> RawLine:
        """The line; what follows goes into the next one."""
        if not self._letters:
            self._texts.clear()
            return RawLine("", PLAIN, starts_paragraph, page=self.page)
        text = "".join(self._texts)
        most = _MOST * self._letters
        style = style_of(self._bold > most, self._italic > most, self._size, self.centred)
        line = RawLine(normal(text) if text.strip() else "", style, starts_paragraph, page=self.page)
        self._texts.clear()
        self._letters = self._bold = self._italic = self._size_letters = 0
        self._size = None
        return line
