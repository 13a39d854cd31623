"""Reads plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final
from unicodedata import is_normalized

from vnadmin.config import Config
from vnadmin.errors import LimitExceeded
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.flow.raw import RawLine, normal
from vnadmin.layout.page import SourceDocument
from vnadmin.layout.reading import Known, read
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
    marks = partial(read_markdown, config=config) if is_marked(text) else None
    reading = read(without_line_numbers(lines), Known(paragraphs=False, marks=marks))
    builder = DocumentBuilder("text/markdown" if reading.tables else "text/plain")
    for _ in range(reading.pages):
        builder.page()
    for remark in remarks:
        builder.issue("layout_damaged", remark)
    if of_record:
        builder.issue("record_values")
    reading.write(builder)
    unseen.write(builder)
    return builder.build()


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
