"""Where in an act a sentence stands: chapter, article, clause and point, outside and inside quoted amendments."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from vnadmin.citation.provision.chains import LEVELS, level_of
from vnadmin.citation.provision.pinpoint import THIS, Part, Pinpoint
from vnadmin.layout.page import SourceDocument
from vnadmin.text.pattern import pattern

_RANK: Final = {name: index for index, name in enumerate(LEVELS)}
# "Điều 5. Hồ sơ", "Chương II", "Mục 1. QUẢN LÝ"; "Điều 5 của Nghị định" at a line's start is no heading
_HEADING = pattern(
    r"[\s\"“]*(?P<word>phần|chương|tiểu\s+mục|mục|điều|khoản|phụ\s+lục|mẫu|biểu)\s+(?:số\s+)?"
    r"(?P<number>\d{1,3}[a-zđ]?|[ivxl]{1,6}|thứ\s+\w+)\s*(?:[.:)-]|$|\n)"
)
_CLAUSE = pattern(r"[\s\"“]*(?P<number>\d{1,3}[a-zđ]?)\s?[.)]\s")  # "1. ", "2a. "
_POINT = pattern(r"[\s\"“]*(?P<number>[a-zđ]\d?)\s?[.)]\s")  # "a) ", "b1) "


@dataclass(slots=True)
class _Position:
    """The number at each level where reading has come to."""

    numbers: dict[str, str] = field(default_factory=dict)

    def enter(self, level: str, number: str) -> None:
        """Open an item: all below its level closes."""
        self.numbers = {name: n for name, n in self.numbers.items() if _RANK[name] > _RANK[level]}
        self.numbers[level] = number


class Here:
    """Follows the paragraphs of a document in order."""

    def __init__(self, document: SourceDocument) -> None:
        self._document = document
        self._outer, self._quoted = _Position(), _Position()
        self._amended: dict[str, str] = {}
        self._opened = [at for at, char in enumerate(document.text) if char in "“”"]
        self._attachment = 0
        self.articles: Counter[int] = Counter()
        """Articles of the main document (0) and of each attachment, outside quotations."""
        self.annexes = False
        """Whether an annex or a form has its heading here."""

    def quoted(self, at: int) -> int | None:
        """Where the typographic quotation around a position opens; None outside quotations."""
        index = bisect_right(self._opened, at) - 1
        if index >= 0 and self._document.text[self._opened[index]] == "“":
            return self._opened[index]
        return None

    def amend(self, pinpoint: Pinpoint) -> None:
        """Take note of what is amended: the new words that are quoted next stand there."""
        self._amended = {part.level: part.number for part in pinpoint.parts if part.number != THIS}

    def read(self, start: int, end: int, attachment: int = 0) -> int:
        """Take note of the heading or marker with which a paragraph opens, and tell where its words begin."""
        if attachment != self._attachment:
            self._attachment, self._outer = attachment, _Position()
        folded = self._document.folded
        # the mark that opens the quotation belongs to it
        inside = self.quoted(start) is not None
        if inside and self._document.text[start] == "“":
            self._quoted = _Position(self._amended)
            self._amended = {}
        position = self._quoted if inside else self._outer
        heading = _HEADING.match(folded, start, min(end + 1, start + 60))
        if heading:
            level = level_of(heading["word"])
            position.enter(level, self._document.text[slice(*heading.span("number"))])
            if not inside:
                self.articles[attachment] += level == "article"
                self.annexes = self.annexes or level in ("appendix", "form")
            return int(heading.end())
        clause = _CLAUSE.match(folded, start, min(end, start + 12))
        if clause:
            position.enter("clause", clause["number"])
            return int(clause.end())
        point = _POINT.match(folded, start, min(end, start + 12))
        if point:
            position.enter("point", point["number"])
            return int(point.end())
        return start

    def absolute(self, pinpoint: Pinpoint, at: int) -> Pinpoint | None:
        """`khoản 2 Điều này` with the number of the article; None where that is not known."""
        position = (self._quoted if self.quoted(at) is not None else self._outer).numbers
        parts = []
        for part in pinpoint.parts:
            number = position.get(part.level) if part.number == THIS else part.number
            if number is None:
                return None
            parts.append(Part(part.level, number))
        top = parts[0].level
        if pinpoint.parts[0].number == THIS and top in ("clause", "point", "subpoint"):
            # `khoản này` lies in this article; chapters are left out, for articles are numbered through the act
            above = [name for name in ("clause", "article") if _RANK[name] > _RANK[top]]
            for name in above:
                if name not in position:
                    return None
                parts.insert(0, Part(name, position[name]))
        return Pinpoint(pinpoint.spans, tuple(parts))
