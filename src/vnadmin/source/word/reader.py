"""Reads the stories of a binary Word document into blocks: text, properties and numbers brought together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from vnadmin.layout.flow.tables.table import Block
from vnadmin.source.numbering import draws_signs
from vnadmin.source.sight import BLACK, NARROWEST, SMALLEST, WHITE, Unseen, is_alike
from vnadmin.source.word.binary import cut, numbers, u16, u32
from vnadmin.source.word.fib import Fib
from vnadmin.source.word.flow import FlowBuilder, RowEnd, Run, paragraph_lines
from vnadmin.source.word.lists import Lists, read_lists
from vnadmin.source.word.pages import Exceptions, read_exceptions
from vnadmin.source.word.pieces import Piece, read_pieces, read_text
from vnadmin.source.word.sprm import C_STYLE, Character, Para, apply_character, apply_paragraph, sprms
from vnadmin.source.word.styles import NO_FONT, Font, Styles, read_fonts, read_styles
from vnadmin.text.legacy import Encoding, font_encoding
from vnadmin.text.pattern import pattern

MAIN, FOOTNOTES, HEADERS, ENDNOTES, BOXES, HEADER_BOXES = 0, 1, 2, 5, 6, 7
_END = pattern(r"[\r\x07\x0c]")
_FIELD = pattern(r"[\x13\x14\x15]")
_PICTURE = pattern(r"[\x01\x08]")  # set in the line, or the anchor of one that floats
_ROW_MARK = pattern(r"[\x07\r]")
_MOST_CELLS = 300
_VIETNAMESE = 163

# Characters of the file that are signs to Word: line and column breaks, hard hyphen; pictures and marks of notes go.
_SIGN = pattern(r"[\x00-\x08\x0b\x0e\x1e\x1f]")
_SIGNS = {0x0B: "\n", 0x0E: "\n", 0x1E: "-", **dict.fromkeys((0, 1, 2, 3, 4, 5, 6, 8))}


@dataclass(slots=True)
class Reader:
    """A Word document opened: `blocks` reads one of its stories."""

    fib: Fib
    word: bytes
    table: bytes
    data: bytes
    deepest: int
    encoding: Encoding | None = None  # of text in fonts that do not tell it, where the whole document shows it
    legacy_fonts: bool = False  # a font that tells its encoding was met
    text: str = ""
    fonts: list[Font] = field(default_factory=list)
    _styles: Styles = field(init=False)
    _lists: Lists | None = None  # read when the first item of a list comes
    _pieces: list[Piece] = field(default_factory=list)
    _piece_starts: list[int] = field(default_factory=list)
    _paragraphs: Exceptions = field(init=False)
    _run_starts: list[int] = field(default_factory=list)
    _run_values: list[tuple[bytes, bytes]] = field(default_factory=list)
    _characters: dict[tuple[int, bytes, bytes], Character] = field(default_factory=dict)
    _paras: dict[tuple[bytes, bytes], Para] = field(default_factory=dict)
    _anchors: dict[int, tuple[int, int]] = field(default_factory=dict)
    unseen: Unseen = field(default_factory=Unseen)
    _hidden: list[str] = field(default_factory=list)  # what nobody sees of the open paragraph

    def __post_init__(self) -> None:
        fib = self.fib
        self._pieces = read_pieces(fib, self.word, self.table)
        self._piece_starts = [piece.start for piece in self._pieces]
        self.text = read_text(self._pieces, self.word)
        self.fonts = read_fonts(fib, self.table)
        self._styles = read_styles(fib, self.table)
        self._paragraphs = read_exceptions(self.word, self.table, fib.paragraphs, fib.word97, True)
        self._index_runs(read_exceptions(self.word, self.table, fib.characters, fib.word97, False))
        self._find_boxes()

    def story(self, number: int) -> tuple[int, int]:
        """Where a story begins and ends in the text."""
        start = sum(self.fib.stories[:number])
        return min(start, len(self.text)), min(start + self.fib.stories[number], len(self.text))

    def signs(self, start: int, end: int) -> Iterator[tuple[int, int | None]]:
        """Places in the text where pictures stand; for one set in the line, its own place in the stream `Data`."""
        for match in _PICTURE.finditer(self.text, start, end):
            place, mark = match.start(), _END.search(self.text, match.start())
            if mark is not None:
                para = self._para(mark.start())
                yield place, self._character(place, para).picture if match[0] == "\x01" else None

    def blocks(self, start: int, end: int) -> list[Block]:
        """The blocks of a stretch of text."""
        flow = FlowBuilder(self.deepest)
        hidden: list[bool] = []  # one entry for each open field: whether its code is being read
        runs: list[Run] = []
        boxes: list[Block] = []
        marker = ""
        numbered = False
        for first, last in _paragraphs(self.text, start, end):
            mark = self.text[last - 1]
            para = self._para(last - 1)
            if not numbered and (para.list or para.anld_level) and (mark != "\x0c" or self._written(first, last)):
                self._lists = self._lists or read_lists(self.fib, self.table, self.fonts)
                marker, numbered = self._lists.marker(para), True
            runs += self._runs(first, last, para, hidden, boxes)
            if self._hidden:
                self.unseen.add(["".join(self._hidden)])
                self._hidden.clear()
            mark_set = self._character(last - 1, para)
            if mark == "\r" and (mark_set.deleted or mark_set.hidden) and not para.inner_cell and last < end:
                continue  # the paragraph's end was deleted or hidden: it runs on into the next
            depth = max(para.depth, 1) if para.in_table or para.depth else 0
            if boxes:
                flow.paragraph(boxes, depth)
                boxes = []
            row_end = para.row_end and depth and mark in "\r\x07"
            if not row_end:
                centred = para.align == 1 if para.align in (0, 1, 2, 3, 4, 5) else None
                if not depth and not _has_text(runs):
                    marker = ""  # an empty item is noise, but a numbered cell may be all of its column
                flow.paragraph(paragraph_lines(runs, marker, centred, self.encoding), depth)
            if row_end:
                flow.end_row(depth, _row_end(para))
            elif depth and (mark == "\x07" or para.inner_cell):
                flow.end_cell(1 if mark == "\x07" else depth)
            runs = []
            if not (mark == "\x0c" and self._same_paragraph(last - 1, last)):
                marker, numbered = "", False
            else:
                marker = ""
        return flow.close()

    def _written(self, first: int, last: int) -> bool:
        return bool(self.text[first : last - 1].strip())

    def _same_paragraph(self, one: int, other: int) -> bool:
        if other >= len(self.text):
            return False
        return self._paragraphs.at(self._place(one)) == self._paragraphs.at(self._place(other))

    def _place(self, position: int) -> int:
        """File offset of a character."""
        piece = self._pieces[bisect_right(self._piece_starts, position) - 1]
        return piece.at + (position - piece.start) * piece.width

    def _para(self, position: int) -> Para:
        """Properties of the paragraph whose end mark stands at this position."""
        index = self._paragraphs.at(self._place(position))
        value = self._paragraphs.values[index] if index >= 0 else b""
        changes = self._pieces[bisect_right(self._piece_starts, position) - 1].changes
        key = (value, changes)
        known = self._paras.get(key)
        if known is None:
            style_size = 2
            style = u16(value, 0) if value else 0
            known = self._styles.paragraph(style)
            known = apply_paragraph(known, cut(value, style_size), self.fib.word97, self.data)
            if changes:
                known = apply_paragraph(known, changes, self.fib.word97)
            self._paras[key] = known
        return known

    def _index_runs(self, exceptions: Exceptions) -> None:
        """Character runs by position in the text instead of the file."""
        starts, values = exceptions.starts, exceptions.values
        for piece in self._pieces:
            index = exceptions.at(piece.at)
            place, end = piece.at, piece.at + (piece.end - piece.start) * piece.width
            while place < end:
                self._run_starts.append(piece.start + (place - piece.at) // piece.width)
                self._run_values.append((values[index] if index >= 0 else b"", piece.changes))
                index += 1
                place = starts[index] if index < len(starts) else end

    def _character(self, position: int, para: Para) -> Character:
        index = max(bisect_right(self._run_starts, position) - 1, 0)
        return self._resolve(index, para)

    def _resolve(self, index: int, para: Para) -> Character:
        grpprl, changes = self._run_values[index]
        key = (para.style, grpprl, changes)
        known = self._characters.get(key)
        if known is None:
            word97 = self.fib.word97
            known = self._styles.character(para.style)
            modifiers = list(sprms(grpprl, word97))
            for code, operand in modifiers:
                if code == C_STYLE:
                    known = self._styles.apply_character_style(known, u16(operand, 0))
            known = apply_character(known, modifiers, word97, known, self._styles.plain)
            if changes:
                known = apply_character(known, sprms(changes, word97), word97, known, self._styles.plain)
            self._characters[key] = known
        return known

    def _runs(self, first: int, last: int, para: Para, hidden: list[bool], boxes: list[Block]) -> list[Run]:
        """The runs of one paragraph without its end mark; field codes, hidden and deleted text left out.

        Neighbours that are set alike are read as one: Word parts a text wherever it was edited or its spelling checked.
        """
        found: list[Run] = []
        starts, position, end = self._run_starts, first, last - 1
        index = max(bisect_right(starts, first) - 1, 0)
        while position < end:
            set_as = self._resolve(index, para)
            index += 1
            one_font = set_as.font_other in (-1, set_as.font)
            while index < len(starts) and starts[index] < end and one_font and self._resolve(index, para) == set_as:
                index += 1
            stop = min(starts[index], end) if index < len(starts) else end
            if stop > position:
                run = self._run(position, stop, set_as, para, hidden, boxes)
                if run is not None:
                    found.append(run)
                position = stop
        return found

    def _run(
        self, start: int, stop: int, set_as: Character, para: Para, hidden: list[bool], boxes: list[Block]
    ) -> Run | None:
        text = self.text[start:stop]
        if "\x08" in text and self._anchors:
            for position in range(start, stop):
                box = self._anchors.pop(position, None)
                if box is not None:
                    boxes += self.blocks(*box)
        if "\x13" in text or "\x14" in text or "\x15" in text:
            text = _without_codes(text, hidden)
        elif any(hidden):
            return None
        if set_as.deleted or not text:
            return None
        if set_as.hidden or (self._is_unseen(set_as, para, stop) and text.strip()):
            self._hidden.append(text.translate(_SIGNS))
            return None
        font = self._font(set_as, text)
        if set_as.symbol and set_as.special:
            number, code = set_as.symbol
            font = self.fonts[number] if number < len(self.fonts) else NO_FONT
            text = chr(code) * len(text) if code else ""
        elif draws_signs(text, font.name):
            self._hidden.append(text)
            return None
        elif font_encoding(font.name):
            self.legacy_fonts = self.legacy_fonts or not text.isascii()
            text = text.replace("\x1f", "\xad").translate(_SIGNS)  # the soft hyphen is the letter ư of TCVN3
        else:
            if _SIGN.search(text):
                text = text.replace("\x1f", "\xad" if self.encoding else "").translate(_SIGNS)
            if not self.fib.word97 and font.charset == _VIETNAMESE and not text.isascii():
                text = text.encode("cp1252", "replace").decode("cp1258", "replace")
        return Run(text, font.name, set_as.bold, set_as.italic, set_as.caps, set_as.size / 2)

    def _is_unseen(self, set_as: Character, para: Para, position: int) -> bool:
        """Whether letters set so are not seen: too small, off the page, of the colour that lies under them."""
        if set_as.size < 2 * SMALLEST or set_as.scale < NARROWEST or para.cut:
            return True
        ink, ground = set_as.ink, set_as.ground or para.ground
        if ink is None:
            return set_as.ground == BLACK
        if not is_alike(ink, ground or WHITE):
            return False
        return ground is not None or not para.in_table or not self._row_is_shaded(position)

    def _row_is_shaded(self, position: int) -> bool:
        """Whether cells of the row around a position have a ground; its end, which comes after them, says."""
        ends = islice(_ROW_MARK.finditer(self.text, position), _MOST_CELLS)
        row_end = next((para for end in ends if (para := self._para(end.start())).row_end), None)
        return row_end is not None and row_end.shaded

    def _font(self, set_as: Character, text: str) -> Font:
        """The font of a run: Word keeps one for ASCII and one for other letters; a legacy font in either decides."""
        ascii_font = self.fonts[set_as.font] if 0 <= set_as.font < len(self.fonts) else NO_FONT
        if text.isascii():
            return ascii_font
        other = self.fonts[set_as.font_other] if 0 <= set_as.font_other < len(self.fonts) else ascii_font
        return other if font_encoding(other.name) or not font_encoding(ascii_font.name) else ascii_font

    def _find_boxes(self) -> None:
        """Text boxes by the place of their anchor in the main text (shape numbers tie the two)."""
        fib = self.fib
        if not fib.boxes.size or not fib.stories[BOXES]:
            return
        plc = cut(self.table, fib.boxes.at, fib.boxes.at + fib.boxes.size)
        count = max((len(plc) - 4) // 26, 0)
        starts = numbers(plc, 0, count + 1)
        base, limit = self.story(BOXES)
        shapes: dict[int, tuple[int, int]] = {}
        for k in range(count):
            shape = u32(plc, 4 * (count + 1) + 22 * k + 14)
            start, end = base + starts[k], min(base + starts[k + 1], limit)
            if shape and start < end:
                shapes[shape] = (start, end)
        spots = cut(self.table, fib.anchors.at, fib.anchors.at + fib.anchors.size)
        count = max((len(spots) - 4) // 30, 0)
        places = numbers(spots, 0, count)
        free: list[int] = []
        for k, place in enumerate(places):
            shape = u32(spots, 4 * (count + 1) + 26 * k)
            if shape in shapes:
                self._anchors[place] = shapes.pop(shape)
            else:
                free.append(place)
        for place, box in zip(free, shapes.values(), strict=False):  # boxes within groups: in order
            self._anchors[place] = box


def _has_text(runs: list[Run]) -> bool:
    return any(not run.text.isspace() for run in runs if run.text)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches that end with a paragraph mark, a cell mark or a page break, the mark included."""
    first = start
    for match in _END.finditer(text, start, end):
        yield first, match.end()
        first = match.end()


def _without_codes(text: str, hidden: list[bool]) -> str:
    """Field results without their codes: \\x13 opens a code, \\x14 its result, \\x15 ends both."""
    kept: list[str] = []
    at = 0
    for match in _FIELD.finditer(text):
        if not any(hidden):
            kept.append(text[at : match.start()])
        sign = match[0]
        if sign == "\x13":
            hidden.append(True)
        elif hidden:
            if sign == "\x14":
                hidden[-1] = False
            else:
                hidden.pop()
        at = match.end()
    if not any(hidden):
        kept.append(text[at:])
    return "".join(kept)


def _row_end(para: Para) -> RowEnd:
    if para.row is None:
        return RowEnd(ruled=para.ruled or None)
    return RowEnd(para.row.edges, para.row.continues, para.row.hangs, para.row.ruled or para.ruled)
