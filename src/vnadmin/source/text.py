"""Reads plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from unicodedata import is_normalized

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded
from vnadmin.genre.misread import LONGEST, mended_formula
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.flow.listed import without_list_numbers
from vnadmin.layout.flow.moved_ends import without_moved_ends
from vnadmin.layout.flow.nodes import join_nodes, keeps_source_line_ends
from vnadmin.layout.flow.raw import RawLine, normal, write
from vnadmin.layout.flow.running import set_aside
from vnadmin.layout.flow.stages import in_reading_order
from vnadmin.layout.flow.tables.headed import headed_tables
from vnadmin.layout.flow.tables.table import Block, flatten
from vnadmin.layout.flow.titles import join_title_lines
from vnadmin.layout.flow.wrapping import join_wrapped, margin, with_centring
from vnadmin.layout.page import SourceDocument
from vnadmin.source.carried import has_foreign_markup, unescaped, without_line_numbers
from vnadmin.source.decoding import decode
from vnadmin.source.labelled import as_document, is_labelled
from vnadmin.source.markdown import is_marked, read_markdown
from vnadmin.source.org import without_org
from vnadmin.source.sight import Unseen
from vnadmin.source.sniff import without_pictures
from vnadmin.source.veiled import without_veiled
from vnadmin.text import legacy
from vnadmin.text.damage.drawn import with_hung_letters
from vnadmin.text.damage.glued import has_glued_words, with_blanks
from vnadmin.text.damage.horns import has_lost_horns, with_horns
from vnadmin.text.damage.tokenised import as_printed, is_tokenised
from vnadmin.text.damage.twice_read import read_once, twice_read
from vnadmin.text.pattern import pattern

# "63/2010/NĐ           -CP": a reader of PDF set the gap of a justified line inside a number
_SPREAD = pattern(r"(/(?:[A-ZĐ]{2}|[A-ZĐ]{5})) ++(?=-[A-ZĐ]{2})")

_OLD_LETTERS = re.compile("[®µ¶¸¹»¼½¾]")  # of TCVN3, as Latin-1 shows them: đ, à, ả, á, ạ and more
# What tells a kind of damage, what mends it, and what the reader is told; in this order.
_DAMAGE: Final[tuple[tuple[Callable[[str], object], Callable[[str], str], str], ...]] = (
    (
        twice_read,
        read_once,
        "The text was converted from an old font twice; the words that are sure were put right.",
    ),
    (is_tokenised, as_printed, "The text was cut into tokens, with blanks around its marks; they were taken out."),
    (is_labelled, as_document, "The text was a document in labelled lines; they were set as a document prints them."),
    (has_lost_horns, with_horns, "The text had lost its letters ư; those that are sure were put back."),
    (has_glued_words, with_blanks, "Words of the text had run together; those that are sure were parted."),
)
_MISREAD: Final = 2  # formulas of a text that a machine read
_SOURCE_LINES = "The text keeps the line ends of a page's source, which break its lines behind the first word."
_FOREIGN = "The text is marked up in AsciiDoc, Org, MediaWiki or LaTeX, which is read as plain text."


def read_text(data: bytes, config: Config) -> SourceDocument:
    """Text or Markdown; a form feed or a page marker begins a new page.

    Raises:
        LimitExceeded: more characters than `Config.max_characters`.
    """
    text = decode(without_pictures(data))
    if len(text) > config.max_characters:
        raise LimitExceeded(f"The text is longer than {config.max_characters} characters (Config.max_characters).")
    unseen = Unseen()
    text, of_record = unescaped(text.replace("\x00", ""))
    text = without_veiled(normal(_in_unicode(text)), unseen)
    text = without_org(_SPREAD.sub(r"\1", text))
    text = with_hung_letters(text)
    remarks = []
    for is_damaged, mended, remark in _DAMAGE:
        if is_damaged(text):
            text = mended(text)
            remarks.append(remark)
    if has_foreign_markup(text):
        remarks.append(_FOREIGN)
    lines = [
        RawLine(line if line and not line.isspace() else "", page=page)
        for page, part in enumerate(text.split("\f"), 1)
        for line in part.splitlines()
    ]
    lines = without_list_numbers(lines)
    if keeps_source_line_ends(lines):
        remarks.append(_SOURCE_LINES)
    own, furniture = set_aside(join_nodes(without_moved_ends(without_line_numbers(lines))), of_nodes=True)
    blocks: list[Block] = read_markdown(own, config) if is_marked(text) else list(own)
    own = in_reading_order(flatten(headed_tables(blocks)))
    own = _with_formulas(own)
    width = margin(own)
    own = join_title_lines(join_wrapped(with_centring(own, width), width))
    builder = DocumentBuilder(
        "text/markdown" if any(not isinstance(block, RawLine) for block in blocks) else "text/plain"
    )
    for _ in range(max([line.page or 1 for line in own], default=1)):
        builder.page()
    for remark in remarks:
        builder.issue("layout_damaged", remark)
    if of_record:
        builder.issue("record_values")
    write(builder, own)
    for item in furniture:
        builder.furniture(item.text, item.kind, page=item.page)
    unseen.write(builder)
    return builder.build()


def _with_formulas(lines: list[RawLine]) -> list[RawLine]:
    """The lines, their formulas put right where several were misread: one alone may be its writer's."""
    short = [(index, line.text) for index, line in enumerate(lines) if 0 < len(line.text) <= LONGEST]
    mended = {index: after for index, text in short if (after := mended_formula(text)) != text}
    if len(mended) < _MISREAD:
        return lines
    return [
        line._replace(text=mended[index], rebuilt=True) if index in mended else line for index, line in enumerate(lines)
    ]


def _in_unicode(text: str) -> str:
    """The text without soft hyphens, converted from an old encoding: among letters of TCVN3 they are the letter ư."""
    if not legacy.has_signs(text) and is_normalized("NFC", text):  # nearly every text
        return text
    steps: tuple[Callable[[str], str], ...] = (_without_soft_hyphens, legacy.convert)
    for step in reversed(steps) if _OLD_LETTERS.search(text) else steps:
        text = step(text)
    return text


def _without_soft_hyphens(text: str) -> str:
    return text.replace("\u00ad", "")
