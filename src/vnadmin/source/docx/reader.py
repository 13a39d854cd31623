"""Reads .docx: paragraphs and tables in document order, with the numbers that Word draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, OcrUnavailable
from vnadmin.layout.flow.interleaved import arrange
from vnadmin.layout.flow.raw import RawLine, write
from vnadmin.layout.flow.running import SetAside, set_aside
from vnadmin.layout.flow.tables import Block, flatten
from vnadmin.layout.flow.wrapping import join_wrapped
from vnadmin.layout.page import DocumentBuilder, Furniture, SourceDocument
from vnadmin.model import Issue, Severity
from vnadmin.ocr.engine import may_read
from vnadmin.source.decoding import decode_lines
from vnadmin.source.docx.body import Walker
from vnadmin.source.docx.cut import (
    without_conditional,
    without_latent,
    without_recurring,
    without_table_styles,
    without_unused_lists,
)
from vnadmin.source.docx.lists import Lists
from vnadmin.source.docx.names import W
from vnadmin.source.docx.package import Package, holds_text, open_package, parse_xml
from vnadmin.source.docx.sections import Heads, split_sections
from vnadmin.source.docx.styles import Properties, Styles
from vnadmin.source.html.reader import read_blocks, sniff_html
from vnadmin.source.numbering import without_private

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnadmin.source.docx.pictures import Pasted

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a protected .docx inside an OLE file
_TEMPLATE = 1 << 16  # bytes: a styles part of this size holds a template's styles, few of which are used
_WITH_TABLES = frozenset({"header", "footer", "footnotes", "endnotes"})
_PICTURES = (b"<a:blip ", b"<v:imagedata ")
_ADVICE = "Open the file in Word or LibreOffice with its password and save it again without one."


def sniff_docx(data: bytes) -> bool:
    """A zip with parts of Office, or an OLE file that holds an encrypted one."""
    if data.startswith(_OLE):
        return _ENCRYPTED in data[: 1 << 20] or _ENCRYPTED in data[-(1 << 20) :]
    return data.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in data or b"word/" in data)


def read_docx(data: bytes, config: Config) -> SourceDocument:
    """A Word document as Word prints it with all changes accepted.

    Raises:
        EncryptedInput: protected by a password.
        DamagedInput: cut off or broken.
        LimitExceeded: unpacks to too much, or nested too deeply.
        UnsupportedFormat: a zip of another kind (.xlsx, .odt).
    """
    if data.startswith(_OLE):
        raise EncryptedInput(advice=_ADVICE)
    package, main = open_package(data, config)
    return _Reader(package, main, config).read()


class _Reader:
    """One document: the main part and what it names."""

    def __init__(self, package: Package, main: str, config: Config) -> None:
        self.package = package
        self.main = main
        self.config = config
        data, recurring, properties = _apart(package.read(main) or b"")
        self.body = parse_xml(data).find(W + "body")
        self.illustrated = any(name in data for name in _PICTURES)
        self.rendered = b"lastRenderedPageBreak" in data
        styles = self._styles(data)
        self.styles = Styles(None if styles is None else parse_xml(styles))
        self.properties = Properties(self.styles, properties)
        self.naming = (data, recurring, styles or b"")  # the parts that name lists
        self.chunks: set[str] = set()

    def read(self) -> SourceDocument:
        document = self._read({})
        if self.body is None or not self.illustrated:
            return document
        from vnadmin.source.docx.pictures import pasted_pictures, read_pictures

        pasted = pasted_pictures(self.body, document)
        found: dict[_Element, list[RawLine]] = {}
        if pasted and may_read(self.config):
            try:
                found = read_pictures(pasted, self.package, self.main, self.config)
            except OcrUnavailable:
                if self.config.ocr != "auto":
                    raise
        return self._read(found) if found else replace(document, issues=(*document.issues, *map(_unread, pasted)))

    def _read(self, pictures: Mapping[_Element, list[RawLine]]) -> SourceDocument:
        """The document, with what was read in its pictures in their places."""
        heads = Heads(self.package, self.main, Properties(self.styles), self.config.max_nesting)  # no number is theirs
        walker = Walker(self.properties, self._lists, self.config.max_nesting, count_breaks=not self.rendered)
        walker.load_chunk = self._chunk
        self.chunks.clear()
        walker.pictures = pictures
        blocks: list[Block] = []
        for section in () if self.body is None else split_sections(self.body):
            page = walker.page
            content = walker.blocks(section.elements)
            blocks += heads.header_of(section, content, page)
            blocks += content
        lines, furniture = set_aside([_without_private(line) for line in decode_lines(flatten(blocks))])
        builder = DocumentBuilder(_MEDIA_TYPE)
        for _ in range(walker.page):
            builder.page()
        write(builder, join_wrapped(arrange(lines)))
        if builder.length > self.config.max_characters:
            raise LimitExceeded(
                f"The text is longer than {self.config.max_characters} characters (Config.max_characters)."
            )
        for item in (*furniture, *heads.furniture(), *self._footnotes(heads)):
            builder.furniture(item.text, item.kind, page=item.page)
        if walker.too_deep:
            builder.issue(
                "nesting_too_deep",
                f"What is nested deeper than {self.config.max_nesting} levels was left out (Config.max_nesting).",
                Severity.WARNING,
            )
        if pictures:
            message = "A part of the document is a picture and was read by OCR."
            builder.issue("picture_read", message, Severity.INFO)
        return builder.build()

    def _chunk(self, identity: str) -> list[Block]:
        """A page that stands in the package as it is (`w:altChunk`): some programs write .docx this way.

        Each stands once: a chunk named a thousand times is a thousandfold document in a small file.
        """
        _, name = self.package.targets(self.main).get(identity, ("", ""))
        if name in self.chunks:
            return []
        self.chunks.add(name)
        data = self.package.read(name) if name else None
        return read_blocks(data, self.config)[0] if data and sniff_html(data) else []

    def _part(self, kind: str) -> bytes | None:
        name = self.package.target(self.main, kind)
        return self.package.read(name) if name else None

    def _styles(self, body: bytes) -> bytes | None:
        data = self._part("styles")
        if data is None:
            return None
        if len(data) > _TEMPLATE:
            others = {part for kind, part in self.package.targets(self.main).values() if kind in _WITH_TABLES}
            named = b"".join([body, *(self.package.read(part) or b"" for part in sorted(others))])
            data = without_table_styles(data, named)
        return without_conditional(without_latent(data))

    def _lists(self) -> Lists:
        data = self._part("numbering")
        tree = None if data is None else parse_xml(without_unused_lists(data, self.naming))
        return Lists(() if tree is None else tree, self.styles.lists())

    def _footnotes(self, heads: Heads) -> list[SetAside]:
        found: list[SetAside] = []
        for kind in ("footnotes", "endnotes"):
            data = self._part(kind)
            for note in parse_xml(data) if data and holds_text(data) else ():
                if note.get(W + "type") in (None, "normal"):
                    lines = flatten(heads.read(note))
                    found += [SetAside(line.text, Furniture.FOOTNOTE, 1) for line in lines if line.text]
        return found


def _apart(main: bytes) -> tuple[bytes, bytes, Iterable[_Element]]:
    """A main part without its recurring properties, and those as XML and as elements."""
    body, recurring = without_recurring(main)
    try:
        return body, recurring, parse_xml(recurring) if recurring else ()
    except DamagedInput:  # or they need a name that is declared on the way to them, not at the root
        return main, b"", ()


def _without_private(line: RawLine) -> RawLine:
    return line if line.text.isascii() else line._replace(text=without_private(line.text))


def _unread(picture: Pasted) -> Issue:
    message = f"The {picture.part.value} seems to be a picture; reading it needs OCR."
    return Issue(code="picture_in_header", message=message, severity=Severity.INFO)
