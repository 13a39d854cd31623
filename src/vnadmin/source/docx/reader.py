"""Reads .docx: paragraphs and tables in document order, with the numbers that Word draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml.etree import _Element

from vnadmin.config import Config
from vnadmin.errors import EncryptedInput, LimitExceeded, OcrUnavailable
from vnadmin.issues import issue
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.running import SetAside
from vnadmin.layout.flow.tables.table import Block, flatten
from vnadmin.layout.page import Furniture, SourceDocument
from vnadmin.layout.reading import Known, read
from vnadmin.model import Issue
from vnadmin.ocr.engine import may_read
from vnadmin.source.docx.body import Walker
from vnadmin.source.docx.converted import restore_lines
from vnadmin.source.docx.lists import Lists
from vnadmin.source.docx.names import PICTURES, W
from vnadmin.source.docx.odd import may_cover
from vnadmin.source.docx.package import Package, open_package, root
from vnadmin.source.docx.sections import PageHeaders, split_sections
from vnadmin.source.docx.styles import Styles
from vnadmin.source.docx.theme import Theme
from vnadmin.source.html.reader import read_blocks
from vnadmin.source.nesting import say_too_deep
from vnadmin.source.sight import Unseen
from vnadmin.source.sniff import OLE, sniff_html

if TYPE_CHECKING:
    from vnadmin.source.docx.pictures import Pasted

_MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RENDERED: Final = W + "lastRenderedPageBreak"
_ADVICE: Final = "Open the file in Word or LibreOffice with its password and save it again without one."


def read_docx(data: bytes, config: Config) -> SourceDocument:
    """A Word document as Word prints it with all changes accepted.

    Raises:
        EncryptedInput: protected by a password.
        DamagedInput: cut off or broken.
        LimitExceeded: unpacks to too much, or nested too deeply.
        UnsupportedFormat: a zip of another kind (.xlsx, .odt).
    """
    if data.startswith(OLE):
        raise EncryptedInput(advice=_ADVICE)
    return _Reader(open_package(data, config), config).read()


class _Reader:
    """One document: the main part and what it names."""

    def __init__(self, package: Package, config: Config) -> None:
        self.package = package
        self.config = config
        self.body = root(package.main).find(W + "body")
        marks = {mark.tag for mark in self.body.iter(*PICTURES, _RENDERED)} if self.body is not None else set()
        self.illustrated = not marks.isdisjoint(PICTURES)
        self.rendered = _RENDERED in marks
        self.theme = Theme(package.aside)
        self.theme.settle(self.body if self.body is None else self.body.getparent())
        self.may_cover = self.body is not None and may_cover(self.body)
        self.styles = Styles(self._part("styles"), self.theme.settle)
        self.chunks: set[bytes] = set()
        self.unseen = Unseen()
        self.converted = self.body is not None and restore_lines(self.body)

    def read(self) -> SourceDocument:
        document = self._read({})
        if self.body is None or not self.illustrated:
            return document
        if document.is_wordless and may_read(self.config) and (scanned := self._scanned()) is not None:
            return scanned
        from vnadmin.source.docx.pictures import pasted_pictures, read_pictures

        pasted = pasted_pictures(self.body, document)
        found: dict[_Element, list[RawLine]] = {}
        if pasted and may_read(self.config):
            try:
                found = read_pictures(pasted, self.package, self.config)
            except OcrUnavailable:
                if self.config.ocr != "auto":
                    raise
        return self._read(found) if found else replace(document, issues=(*document.issues, *map(_unread, pasted)))

    def _scanned(self) -> SourceDocument | None:
        from vnadmin.source.docx.pictures import picture_places
        from vnadmin.source.scan.page_files import PageFile, read_page_files

        places = () if self.body is None else picture_places(self.body)
        files = ((self.package.outside(place.relation), place) for place in places)
        pages = (PageFile(data, place.width, place.height) for data, place in files if data)
        return read_page_files(pages, _MEDIA_TYPE, self.config)

    def _read(self, pictures: Mapping[_Element, list[RawLine]]) -> SourceDocument:
        """The document, with what was read in its pictures in their places."""
        headers = PageHeaders(self.package, self.styles, self.config.max_nesting)
        walker = Walker(self.styles, self._lists, self.config.max_nesting, count_breaks=not self.rendered)
        walker.load_chunk = self._chunk
        self.chunks.clear()
        walker.pictures = pictures
        self.unseen = walker.unseen = headers.unseen
        blocks: list[Block] = []
        for section in () if self.body is None else split_sections(self.body):
            page = walker.page
            content = walker.blocks(section.elements)
            blocks += headers.header_of(section, content, page)
            blocks += content
        builder = DocumentBuilder(_MEDIA_TYPE)
        for _ in range(walker.page):
            builder.page()
        read(blocks, Known()).write(builder)
        if builder.length > self.config.max_characters:
            raise LimitExceeded(
                f"The text is longer than {self.config.max_characters} characters (Config.max_characters)."
            )
        for item in (*headers.furniture(), *self._footnotes(headers)):
            builder.furniture(item.text, item.kind, page=item.page)
        if self.theme.unresolved or self.may_cover:
            walker.unseen.odd.append(None)
        walker.unseen.write(builder)
        if walker.too_deep:
            say_too_deep(builder, self.config)
        if pictures:
            message = "A part of the document is a picture and was read by OCR."
            builder.issue("picture_read", message)
        return builder.build()

    def _chunk(self, identity: str) -> list[Block]:
        """A page that stands in the package as it is (`w:altChunk`): some programs write .docx this way.

        Each stands once: a chunk named a thousand times is a thousandfold document in a small file.
        """
        data = self.package.outside(identity)
        if not data or data in self.chunks or not sniff_html(data):
            return []
        self.chunks.add(data)
        blocks, page = read_blocks(data, self.config)
        self.unseen.pieces += page.unseen.pieces
        self.unseen.odd += page.unseen.odd
        return blocks

    def _part(self, kind: str) -> _Element | None:
        return next((root(part) for _, part in self.package.related(kind)), None)

    def _lists(self) -> Lists:
        numbering = self._part("numbering")
        return Lists(() if numbering is None else numbering, self.styles.lists())

    def _footnotes(self, headers: PageHeaders) -> list[SetAside]:
        found: list[SetAside] = []
        for _, part in self.package.related("footnotes", "endnotes"):
            for note in root(part).iterchildren("*"):
                if note.get(W + "type") in (None, "normal"):
                    lines = flatten(headers.read(note))
                    found += [SetAside(line.text, Furniture.FOOTNOTE, 1) for line in lines if line.text]
        return found


def _unread(picture: Pasted) -> Issue:
    message = f"The {picture.part.value} seems to be a picture; reading it needs OCR."
    return issue("picture_in_header", message=message)
