"""What an RTF reader keeps while it goes through the groups: the state of a group, a table row, a stretch of text."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import TypeAlias

from vnadmin.layout.flow.tables.table import Block
from vnadmin.source.word.flow import FlowBuilder, RowEnd, Run

# Groups whose text is no part of the page. A group that begins with \* is skipped too, unless it is known below.
SKIPPED = frozenset({
    "stylesheet", "info", "pict", "object", "nonshppict", "fldinst", "datafield", "themedata",
    "colorschememapping", "latentstyles", "datastore", "filetbl", "revtbl", "rsidtbl", "listtable", "listoverridetable",
    "generator", "xmlnstbl", "mmathPr", "sp", "annotation", "atnid", "atnauthor", "atndate", "atnicn", "atnref",
    "bkmkstart", "bkmkend", "pgptbl", "userprops", "docvar", "private", "mhtmltag", "background", "do", "ftnsep",
    "ftnsepc", "aftnsep", "xe", "tc", "pnseclvl", "falt", "pn",
})  # fmt: skip
STARRED = frozenset({"shpinst", "shptxt", "nesttableprops", "footnote", "ud"})
HEADERS = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"})
CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "column": "\n", "emdash": "—", "endash": "–",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ",
    "qmspace": " ",
}  # fmt: skip
SIGNS = {"~": "\u00a0", "_": "-", "-": "\x1f", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
CELL_BORDERS = (
    "clbrdrt", "clbrdrb", "clbrdrl", "clbrdrr", "trbrdrt", "trbrdrb", "trbrdrl", "trbrdrr", "trbrdrh", "trbrdrv",
)  # fmt: skip
BORDER_KINDS = ("brdrs", "brdrth", "brdrdb", "brdrdot", "brdrdash", "brdrhair", "brdrtriple")

BODY, MARKER, FONTS, COLOURS, SKIP = "body", "marker", "fonts", "colours", "skip"
WRITTEN = frozenset({BODY, MARKER})
_MOST_CELLS = 500
# Twips: lines and rows that are not seen, and places off the page.
FLAT, OFF_LEFT, OFF_RIGHT, FAR, FAR_LEFT = 40, -2400, 16000, 23800, -12000
TIGHT, RAISED = -80, 200


@dataclass(slots=True)
class State:
    """What a group inherits and gives back at its end."""

    target: str = BODY  # MARKER: a drawn number
    outer: str = SKIP  # the target around an \upr group, which its Unicode half goes to
    font: int | None = None
    size: int = 24
    bold: bool = False
    italic: bool = False
    caps: bool = False
    hidden: bool = False
    deleted: bool = False
    skip_after_unicode: int = 1
    align: int | None = None
    in_table: bool = False
    depth: int = 0
    ink: int = 0  # of the table of colours; 0 is automatic
    ground: int = 0  # highlight or shade of the letters
    shade: int = 0  # of the paragraph
    scale: int = 100  # per cent of its width
    struck: int = 0
    raised: int = 0  # half points above or below its line
    spaced: int = 0  # twips between letters
    cut: bool = False  # the paragraph is off the page, or its lines have no height
    veiled: bool = False  # by the style of the paragraph
    beside: bool = False  # in a drawn box that stands off the page
    branch: bool = False  # the group opened a flow of its own: a page header, a note, a text box

    def copy(self) -> State:
        """The state that a new group begins with."""
        copied = State(*_parts(self))
        copied.branch = False
        return copied

    @property
    def table_depth(self) -> int:
        """How deep in tables the paragraph stands; 0 outside."""
        return max(self.depth, 1) if self.in_table or self.depth else 0

    def reset_paragraph(self) -> None:
        """\\pard."""
        self.align, self.in_table, self.depth = None, False, 0
        self.shade, self.cut, self.veiled = 0, False, False

    def reset_character(self) -> None:
        """\\plain."""
        self.font, self.size = None, 24
        self.bold = self.italic = self.caps = self.hidden = self.deleted = False
        self.ink, self.ground, self.scale = 0, 0, 100
        self.struck = self.raised = self.spaced = 0

    def indent(self, twips: int) -> None:
        """\\li: far to the left it takes the paragraph off the page."""
        self.cut = self.cut or not OFF_LEFT < twips < OFF_RIGHT

    def lines(self, twips: int) -> None:
        """\\sl: less than nothing is an exact height."""
        self.cut = self.cut or -FLAT < twips < 0

    def box(self, twips: int, *, far_edge: bool) -> None:
        """\\shpright, \\shpbottom, and \\shpleft, \\shptop: between which edges a drawn box stands."""
        self.beside = self.beside or (twips < OFF_LEFT if far_edge else twips > FAR)

    def place(self, twips: int) -> None:
        """\\posx, \\posy: where a frame stands."""
        self.cut = self.cut or not FAR_LEFT < twips < FAR


_parts = attrgetter(*(part.name for part in fields(State)))  # in the order in which they are given


@dataclass(slots=True)
class Row:
    """The definition of a table row as it is read."""

    edges: list[int] = field(default_factory=list)
    continues: list[bool] = field(default_factory=list)
    hangs: list[bool] = field(default_factory=list)
    ruled: bool = False
    in_border: bool = False
    merged: bool = False
    hanging: bool = False
    flat: bool = False
    shades: list[int] = field(default_factory=list)

    def height(self, twips: int) -> None:
        """\\trrh: less than nothing is an exact height."""
        self.flat = -FLAT < twips < 0

    def left(self, number: int) -> None:
        """\\trleft: the first edge."""
        if not self.edges:
            self.edges.append(number)

    def edge(self, number: int) -> None:
        """\\cellx: the right edge of the next cell."""
        if len(self.edges) > _MOST_CELLS:
            return
        if not self.edges:
            self.edges.append(min(0, number - 1))
        self.edges.append(max(number, self.edges[-1]))
        self.continues.append(self.merged)
        self.hangs.append(self.hanging)
        self.merged = self.hanging = self.in_border = False

    def border(self) -> None:
        """A kind of line: it counts where a border of the table or a cell was named before it."""
        if self.in_border:
            self.ruled = True

    def end(self) -> RowEnd:
        """What the flow needs."""
        return RowEnd(tuple(self.edges), tuple(self.continues), tuple(self.hangs), self.ruled)


# How characters are set: part of a drawn marker, font, bold, italic, capitals, size in half points.
Key: TypeAlias = tuple[bool, str | None, bool, bool, bool, int]


@dataclass(slots=True)
class Flow:
    """A stretch of text of its own: the body, a page header, a note, a text box."""

    kind: str
    builder: FlowBuilder
    boxes: list[Block] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _marker: list[Run] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _key: Key | None = None

    @property
    def written(self) -> bool:
        """Whether the paragraph that is open has any text."""
        return bool(self._parts or self._runs or self._marker)

    def add(self, text: str, key: Key) -> None:
        """More text of the open paragraph; what is set alike becomes one run."""
        if key != self._key:
            self._end_run()
            self._key = key
        self._parts.append(text)

    def take(self) -> tuple[list[Run], list[Run]]:
        """The runs of the paragraph and those of its drawn marker; the paragraph is then empty."""
        self._end_run()
        taken = self._runs, self._marker
        self._runs, self._marker = [], []
        return taken

    def _end_run(self) -> None:
        if self._parts and self._key:
            marker, font, bold, italic, caps, size = self._key
            run = Run("".join(self._parts), font, bold, italic, caps, size / 2)
            (self._marker if marker else self._runs).append(run)
        self._parts, self._key = [], None
