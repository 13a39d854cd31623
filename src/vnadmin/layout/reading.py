"""The one recipe by which the lines of a format without geometry become a document's own lines.

Three passes: set aside what is not the document's, cut and join its lines, put them in order (see `stages.py`). A reader
yields blocks and says what its format makes sure; which steps run is decided here alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.flow.letters import decode_lines, with_formulas
from vnadmin.layout.flow.listed import without_list_numbers
from vnadmin.layout.flow.moved_ends import without_moved_ends
from vnadmin.layout.flow.nodes import join_nodes, keeps_source_line_ends
from vnadmin.layout.flow.raw import RawLine, write
from vnadmin.layout.flow.running import SetAside, set_aside
from vnadmin.layout.flow.site import before_header
from vnadmin.layout.flow.stages import in_reading_order
from vnadmin.layout.flow.tables.headed import headed_tables
from vnadmin.layout.flow.tables.table import Block, Table, flatten
from vnadmin.layout.flow.titles import join_title_lines
from vnadmin.layout.flow.wrapping import join_wrapped, margin, with_centring

_SOURCE_LINES = "The text keeps the line ends of a page's source, which break its lines behind the first word."


class Known(NamedTuple):
    """What a format makes sure of its blocks, so that no step needs to find it out."""

    paragraphs: bool = (
        True  # a line ends where its paragraph does, or where the writer broke it; of a text nobody knows
    )
    letters: bool = False  # the letters of an old font were told by it
    of_site: bool = False  # a page of a site: its own title may stand over the document
    marks: Callable[[list[RawLine]], list[Block]] | None = None  # reads what a text's marks mean (Markdown)


class Reading(NamedTuple):
    """The lines of a document in their order, what was set aside, and what its reader is told."""

    lines: list[RawLine]
    furniture: list[SetAside]
    remarks: list[str]
    tables: bool  # marks drew tables

    def write(self, builder: DocumentBuilder) -> None:
        """Write all of it; pages that only a mark between lines tells are opened."""
        for remark in self.remarks:
            builder.issue("layout_damaged", remark)
        write(builder, self.lines)
        for item in self.furniture:
            builder.furniture(item.text, item.kind, page=item.page)

    @property
    def pages(self) -> int:
        """The last page that a line stands on."""
        return max([line.page or 1 for line in self.lines], default=1)


def read(blocks: Sequence[Block], known: Known) -> Reading:
    """The document's own lines in reading order, each part on its own line."""
    remarks: list[str] = []
    furniture: list[SetAside] = []
    if not known.paragraphs:
        lines = without_list_numbers(flatten(blocks))
        if keeps_source_line_ends(lines):
            remarks.append(_SOURCE_LINES)
        lines, furniture = set_aside(join_nodes(without_moved_ends(lines)), of_nodes=True)
        blocks = known.marks(lines) if known.marks else lines
    tables = any(isinstance(block, Table) for block in blocks)
    lines = flatten(headed_tables(blocks))
    if known.paragraphs and not known.letters:
        lines = decode_lines(lines)
    if known.paragraphs:
        lines, furniture = set_aside(lines)
    lines = in_reading_order(lines)
    if known.of_site:
        above, lines = before_header(lines)
        furniture += above
    if not known.paragraphs:
        lines = with_formulas(lines)
        width = margin(lines)
        lines = join_title_lines(join_wrapped(with_centring(lines, width), width))
    else:
        lines = join_wrapped(lines)
    return Reading(lines, furniture, remarks, tables)
