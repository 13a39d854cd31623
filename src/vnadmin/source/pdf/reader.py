"""Reads the text layer of a PDF: words with boxes, columns by geometry, furniture set aside."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded, NoTextLayer, OcrUnavailable
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Box, Furniture, Method, SourceDocument
from vnadmin.layout.placed.compose import Composition, compose
from vnadmin.layout.placed.geometry import PlacedPage, PlacedWord, Segment, segment_of, segments
from vnadmin.layout.placed.pictures import filled_lines, header_picture, is_illustrated, name_picture, signature_picture
from vnadmin.ocr.engine import may_read
from vnadmin.source.pdf.open import open_pdf
from vnadmin.source.pdf.quality import PageKind, covers_page, is_readable, judge, lost_letters
from vnadmin.source.sight import Unseen

if TYPE_CHECKING:
    from vnadmin.source.pdf.loaded import LoadedPage
    from vnadmin.source.pdf.regions import RegionsRead
    from vnadmin.source.pdf.tables import Drawn
    from vnadmin.source.pdf.text import PageText
    from vnadmin.source.scan.among import ScannedPages

MEDIA_TYPE = "application/pdf"
_new_box = partial(tuple.__new__, Box)
_END_WITHIN = 1024  # bytes: where readers look for the end


def read_pdf(data: bytes, config: Config) -> SourceDocument:
    """Read the text layer.

    Raises:
        EncryptedInput: the file needs a password.
        DamagedInput: pdfium cannot open it, or none of its pages.
        LimitExceeded: more pages or characters than Config allows.
        NoTextLayer: no page has text that can be used.
    """
    with closing(open_pdf(data)) as document:
        reader = _Reader(data, document, config)
        if b"%%EOF" not in data[-_END_WITHIN:]:
            # pdfium reads what it finds, which may be an earlier state of a file that was signed later.
            reader.builder.issue("file_truncated")
        return reader.read()


class _Reader:
    """One parse: pages in turn, each closed before the next is opened (pdfium keeps much of an open page)."""

    def __init__(self, data: bytes, document: Any, config: Config) -> None:
        from vnadmin.source.pdf.sight import has_layers
        from vnadmin.source.pdf.text import Fonts

        self.data = data
        self.document = document
        self.config = config
        self.builder = DocumentBuilder(MEDIA_TYPE)
        self.characters = 0
        self.fonts = Fonts()
        self.unread: list[int] = []
        self.broken: list[int] = []
        self.sheets: list[tuple[float | None, float | None, Method]] = []
        self.stamps: list[tuple[int, Segment]] = []
        self.has_lost_letters = False  # those of a font that says no letters for some of its glyphs
        self.unseen = Unseen()
        self.layers = has_layers(data)
        self.scanned: ScannedPages | None = None
        self.regions: RegionsRead | None = None

    def read(self) -> SourceDocument:
        import pypdfium2.raw as pdfium

        count = pdfium.FPDF_GetPageCount(self.document)
        if count > self.config.max_pages:
            raise LimitExceeded(f"The PDF has {count} pages, more than {self.config.max_pages} (Config.max_pages).")
        pages = [page for index in range(count) if (page := self._page(index))]
        if len(self.broken) == count:
            raise DamagedInput
        if self.unread and any(page.words for page in pages):
            pages = self._with_scanned(pages)
        for sheet in self.sheets:
            self.builder.page(*sheet)
        for number, line in self.stamps:
            self.builder.furniture(line.text, Furniture.SIGNATURE_STAMP, page=number, box=line.box)
        self._write(pages)
        if self.has_lost_letters:
            self.builder.issue("layout_damaged", "The text layer of the PDF lost letters of a font.")
        document = self.builder.build()
        if not document.lines:
            raise NoTextLayer
        document = document if self.scanned is None else self.scanned.marked(document)
        return document if self.regions is None else self.regions.marked(document)

    def _with_scanned(self, pages: list[PlacedPage]) -> list[PlacedPage]:
        """The pages in order, those that are pictures read by OCR where it may be and can be."""
        if not may_read(self.config):
            return pages
        from vnadmin.source.scan.among import read_among

        try:
            self.scanned = read_among(self.data, self.config, self.unread)
        except OcrUnavailable:
            if self.config.ocr != "auto":
                raise
            return pages  # the text is read all the same; an Issue names each page that was not
        for page in self.scanned.pages:
            self.sheets[page.number - 1] = (page.width, page.height, "ocr")
        self.unread = [number for number in self.unread if number not in self.scanned.placed]
        return sorted([*pages, *self.scanned.pages], key=lambda page: page.number)

    def _with_regions(self, pages: list[PlacedPage], composition: Composition) -> Composition:
        """The pages laid out again with what stands on them as pictures and could be read."""
        if not any(map(is_illustrated, pages)) or not may_read(self.config):
            return composition
        from vnadmin.source.pdf.regions import find_regions, read_regions

        regions = find_regions(pages, composition.lines)
        if not regions:
            return composition
        try:
            self.regions = read_regions(self.data, self.config, pages, regions)
        except OcrUnavailable:
            if self.config.ocr != "auto":
                raise
            return composition
        return compose(pages)

    def _page(self, index: int) -> PlacedPage | None:
        from vnadmin.source.pdf.loaded import loaded_page

        with loaded_page(self.document, index) as loaded:
            if loaded is None:
                self.sheets.append((None, None, "none"))
                self.broken.append(index + 1)
                return None
            return self._placed(loaded, index + 1)

    def _placed(self, loaded: LoadedPage, number: int) -> PlacedPage | None:
        from vnadmin.source.pdf.annotations import insert, sort_words
        from vnadmin.source.pdf.tables import grids
        from vnadmin.source.pdf.text import read_words

        sheet, text, own = loaded.sheet, loaded.text, loaded.own
        self._count(len(text))
        drawn = loaded.drawn
        text = self._with_ink(loaded, drawn, number)
        found = read_words(loaded.text_page, text, sheet, number, self.fonts)
        self._take_unseen(loaded, drawn, found, text, number)
        width, height = sheet.size
        words = found.upright
        stamps: list[list[PlacedWord]] = []
        if own < len(text):
            added = [word for word in words if word.key >= own]
            words = [word for word in words if word.key < own]
            set_in, stamps = sort_words(added, loaded.annotations)
            words = insert(words, set_in)
        texts = [word[0] for word in words]
        kind = judge(texts, drawn.pictures, width, height, drawn.paths)
        if kind is PageKind.TEXT and lost_letters(texts):
            self.has_lost_letters = True
            if may_read(self.config):
                kind = PageKind.SCAN
        # What pdfium read bounds what pdfplumber will: a page without text objects may be a bomb, and is not asked for.
        if kind is PageKind.GARBLED or (not words and kind is not PageKind.SCAN and drawn.texts):
            page = self._by_second_reader(number, drawn)
            if page is not None:
                return page
        if kind in (PageKind.PICTURE, PageKind.SCAN, PageKind.GARBLED):
            self.sheets.append((width, height, "none"))
            self.unread.append(number)
            return None
        self.sheets.append((width, height, "text_layer"))
        self.stamps += [(number, line) for stamp in stamps for line in segments(stamp)]
        if kind is PageKind.BLANK:
            return None
        watermarks = [segment_of(found.turned)] if found.turned else []
        pictures = [*drawn.pictures, *loaded.signed]
        return PlacedPage(number, width, height, words, grids(drawn.rules), watermarks, pictures, drawn.shapes)

    def _with_ink(self, loaded: LoadedPage, drawn: Drawn, number: int) -> str:
        """The text of a page without what is drawn without ink, unless it lies over a picture of the page: read by OCR."""
        bare = drawn.sights.cut
        if drawn.sights.bare and not covers_page(drawn.pictures, *loaded.sheet.size):
            bare = bare | drawn.sights.bare
        if not bare:
            return loaded.text
        from vnadmin.source.pdf.sight import erased, without_ink

        kept = without_ink(loaded.text_page, loaded.text, bare)
        for piece, box in erased(loaded.text_page, loaded.text, kept, loaded.sheet):
            self.unseen.add([piece], number, box)
        return kept

    def _take_unseen(self, loaded: LoadedPage, drawn: Drawn, found: PageText, text: str, number: int) -> None:
        """Take the words that are not seen out of those of a page."""
        from vnadmin.source.pdf.sight import ERASED, blank, covered, dots, is_layered, of_objects, overwritten

        sights = drawn.sights
        if is_layered(sights, *loaded.sheet.size) and covers_page(drawn.pictures, *loaded.sheet.size):
            self.builder.layer(number)
        words, aside = found.upright, [*found.outside, *dots(found.upright)]
        if ERASED in text:
            words = [word._replace(text=seen) for word in words if (seen := word.text.replace(ERASED, ""))]
        pale = of_objects(loaded.text_page, words, sights.pale)
        veiled = of_objects(loaded.text_page, words, sights.veiled)
        sights.covers += [(sights.texts, box, None) for box in loaded.covers]
        asked = words
        if not (self.layers or sights.grouped):
            hidden = covered(loaded.page, sights, loaded.sheet, words) if sights.covers else []
            aside += overwritten(hidden, [word for word in words if word.key >= loaded.own])
            asked = [*hidden, *(word for word in words if word.key in pale or word.key in veiled)]
        if asked:
            aside += blank(loaded.page, loaded.sheet, asked, pale)
        if aside:
            for line in segments(aside):
                self.unseen.add([line.text], number, line.box)
            keys = {word.key for word in aside}
            words = [word for word in words if word.key not in keys]
        found.upright = words

    def _by_second_reader(self, number: int, drawn: Drawn) -> PlacedPage | None:
        """The page as pdfplumber reads it, where its words are spelled as words are; None otherwise."""
        from vnadmin.source.pdf.second_reader import read_page
        from vnadmin.source.pdf.tables import grids

        read = read_page(self.data, number, self.fonts)
        if read is None or not is_readable([word.text for word in read.words]):
            return None
        self._count(sum(len(word.text) + 1 for word in read.words))
        self.sheets.append((read.width, read.height, "text_layer"))
        return PlacedPage(
            number, read.width, read.height, read.words, grids(drawn.rules), [], drawn.pictures, drawn.shapes
        )

    def _count(self, characters: int) -> None:
        self.characters += characters
        if self.characters > self.config.max_characters:
            limit = self.config.max_characters
            raise LimitExceeded(f"The text has more than {limit} characters (Config.max_characters).")

    def _write(self, pages: list[PlacedPage]) -> None:
        composition = self._with_regions(pages, compose(pages))
        builder = self.builder
        for page in pages:
            if not is_illustrated(page):
                continue
            if header_picture(page, composition.lines):
                message = "The header seems to be a picture; reading it needs OCR."
                builder.issue("picture_in_header", message, page.number)
            if filled_lines(page):
                message = "Figures of the number or the date are drawn as pictures; reading them needs OCR."
                builder.issue("picture_in_header", message, page.number)
            if signature_picture(page, composition.lines) or name_picture(page, composition.lines):
                message = f"The signature on page {page.number} seems to be a picture; reading it needs OCR."
                builder.issue("picture_in_header", message, page.number)
        pages.clear()
        lines = composition.lines[::-1]
        composition.lines.clear()
        while lines:  # each is let go when it is written: a thousand pages hold half a million words
            line = lines.pop()
            if self.scanned is not None and line.page in self.scanned.placed:
                self.scanned.write(builder, line)
                continue
            style = self.fonts.style_of(line.page, line.words, line.centred)
            if self.regions is None:
                words: list[tuple[str, Box, float | None]] = [
                    (word[0], _new_box(word[1:5]), None) for word in line.words
                ]
            else:
                words, style = self.regions.written(line, style)
            builder.words(
                words,
                starts_paragraph=line.starts_paragraph,
                column=line.column,
                style=style,
                cell=line.cell,
                page=line.page,
                is_note=line.is_note,
            )
        self.unseen.write(builder)
        for item in composition.furniture:
            builder.furniture(item.text, item.kind, page=item.page, box=item.box)
        for read in (self.scanned, self.regions):
            if read is not None:
                read.report(builder)
        for numbers, code, message in (
            (
                self.unread,
                "page_without_text",
                "Page {} is a picture, or its text layer is unusable; reading it needs OCR.",
            ),
            (self.broken, "page_damaged", "Page {} is damaged and was not read."),
        ):
            for number in numbers:
                builder.issue(code, message.format(number), number)
