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
from vnadmin.source.sight import ERASED, Unseen

if TYPE_CHECKING:
    from vnadmin.source.pdf.loaded import LoadedPage
    from vnadmin.source.pdf.regions import RegionsRead
    from vnadmin.source.pdf.tables import Drawn
    from vnadmin.source.pdf.text import PageText
    from vnadmin.source.scan.among import ScannedPages

MEDIA_TYPE = "application/pdf"
_new_box = partial(tuple.__new__, Box)
_BESIDE = 9.0  # points: a word that is missing at an end of a line
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
        self.gaps: dict[int, list[Box]] = {}  # of each page, where text stands that nobody sees
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

        sheet, own, drawn = loaded.sheet, loaded.own, loaded.drawn
        self._count(len(loaded.text))
        found, text = self._with_ink(loaded, number)
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

    def _with_ink(self, loaded: LoadedPage, number: int) -> tuple[PageText, str]:
        """The words of a page without what nobody sees, and its text with that erased.

        What is drawn without ink stays where it lies over a picture of the page: read by OCR, it is a layer.
        """
        from vnadmin.source.pdf.sight import dots, erased, is_layered, without, without_ink
        from vnadmin.source.pdf.text import read_words

        sights, pictured = loaded.drawn.sights, covers_page(loaded.drawn.pictures, *loaded.sheet.size)
        layered = pictured and is_layered(sights, *loaded.sheet.size)
        bare = sights.cut if pictured else sights.cut | sights.bare
        text = without_ink(loaded.text_page, loaded.text, bare) if bare else loaded.text
        found = read_words(loaded.text_page, text, loaded.sheet, number, self.fonts)
        for box in loaded.covers:
            sights.paint(box)
        if layered:
            self.builder.layer(number)
        elif hidden := self._hidden(loaded, text, found.upright, number):
            text = without(text, hidden)
            found = read_words(loaded.text_page, text, loaded.sheet, number, self.fonts)
        if text is not loaded.text:
            for piece, box in erased(loaded.text_page, loaded.text, text, loaded.sheet):
                self.unseen.add([piece], number, box)
                self.gaps.setdefault(number, []).append(box)
            found.upright = [
                word._replace(text=left) for word in found.upright if (left := word.text.replace(ERASED, ""))
            ]
        aside = [*found.outside, *dots(found.upright)]
        if aside:
            for line in segments(aside):
                self.unseen.add([line.text], number, line.box)
            keys = {word.key for word in aside}
            found.upright = [word for word in found.upright if word.key not in keys]
        return found, text

    def _hidden(self, loaded: LoadedPage, text: str, words: list[PlacedWord], number: int) -> set[int]:
        """The letters of a page that nobody sees where it is drawn, by their places in its text.

        Under a picture that shows something may stand what it shows, as below a scanned seal: those stay, and are not sure.
        """
        from vnadmin.source.pdf.sight import asked

        sights = loaded.drawn.sights
        places = asked(loaded.text_page, text, sights, loaded.sheet, words, every=self.layers)
        if not places:
            return set()
        from vnadmin.source.pdf.calls import CharBoxes
        from vnadmin.source.pdf.shown import unseen

        seen = unseen(loaded.page, loaded.text_page, loaded.sheet, text, places, sights.odd)
        kept = {index for index in seen.replaced if sights.is_pictured(loaded.text_page, index)}
        boxes = CharBoxes(loaded.text_page, loaded.sheet)
        self.gaps.setdefault(number, []).extend(Box(*box) for index in kept if (box := boxes.of(index)))
        return seen.hidden - kept

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
                unsure=any(map(partial(_stands_on, line.box), self.gaps.get(line.page, ()))),
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


def _stands_on(line: Box, gap: Box) -> bool:
    """Whether what is not seen stands between the words of a line, or beside them."""
    low, high = max(line.y0, gap.y0), min(line.y1, gap.y1)
    return (
        high - low > 0.5 * min(line.y1 - line.y0, gap.y1 - gap.y0)
        and gap.x1 > line.x0 - _BESIDE
        and gap.x0 < line.x1 + _BESIDE
    )
