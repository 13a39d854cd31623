"""Reads .rtf: characters by the code page of their font, tables, drawn markers; pictures and other objects skipped."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.flow.tables.table import Block, flatten
from vnadmin.layout.page import Furniture, SourceDocument
from vnadmin.layout.reading import Known, read
from vnadmin.source.numbering import bullet, draws_signs, letters_of_signs
from vnadmin.source.sight import Unseen
from vnadmin.source.word.flow import FlowBuilder, paragraph_lines
from vnadmin.source.word.rtf_sight import Colours, hidden_styles, may_hide, sight_words
from vnadmin.source.word.rtf_state import (
    BODY,
    CHARACTERS,
    COLOURS,
    FONTS,
    HEADERS,
    MARKER,
    SIGNS,
    SKIPPED,
    STARRED,
    WRITTEN,
    Flow,
    Row,
    State,
)
from vnadmin.source.word.rtf_tokens import SYMBOLS, FontTable, Token, Tokens, codec, decode
from vnadmin.source.word.rtf_words import Action, row_words, state_words
from vnadmin.text.legacy import Encoding, looks_legacy

MEDIA_TYPE = "application/rtf"
_DEEPEST_GROUP = 1000
_SAMPLE = 40_000  # characters that show the encoding of a whole document


def read_rtf(data: bytes, config: Config) -> SourceDocument:
    """Read an .rtf.

    Raises:
        DamagedInput: the file is cut short before any text.
        LimitExceeded: groups nested deeper than 1,000, or more text than `config` allows.
    """
    source = data.decode("latin-1")
    reader = _Reader(config)
    reader.read(source)
    blocks = reader.finish()
    if not reader.legacy_fonts and (encoding := looks_legacy("".join(reader.sample))):
        # Old text whose fonts were lost or renamed: the whole shows what a short line does not.
        reader = _Reader(config, encoding)
        reader.read(source)
        blocks = reader.finish()
    builder = DocumentBuilder(MEDIA_TYPE)
    builder.page()
    read(blocks, Known(letters=True)).write(builder)
    if not builder.length and reader.open_groups:
        raise DamagedInput("The RTF file is cut short.")
    for text, kind in reader.furniture.items():
        builder.furniture(text, kind)
    if may_hide(source):
        reader.unseen.odd.append(None)
    reader.unseen.write(builder)
    return builder.build()


class _Reader:
    """Goes through the tokens once, with a stack of states instead of recursion."""

    def __init__(self, config: Config, encoding: Encoding | None = None) -> None:
        self.config = config
        self.encoding = encoding
        self.legacy_fonts = False
        self.sample: list[str] = []
        self.furniture: dict[str, Furniture] = {}
        self.unseen = Unseen()
        self._hidden: list[str] = []  # what nobody sees of the open paragraph
        self._colours = Colours()
        self._hidden_styles: frozenset[str] = frozenset()
        self._fonts = FontTable()
        self._codec = "cp1252"
        self._state = State()
        self._stack: list[State] = []
        self._flows: list[Flow] = [Flow(BODY, FlowBuilder(config.max_nesting))]
        self._rows: dict[int, Row] = {}
        self._row_depth = 1
        self._bytes = bytearray()
        self._pending_skip = 0
        self._length = 0
        self._fresh = self._starred = False
        self._words = self._word_table()

    @property
    def open_groups(self) -> int:
        """Groups that were never closed."""
        return len(self._stack)

    def read(self, text: str) -> None:
        """Take in the whole file."""
        self._hidden_styles = hidden_styles(text)
        stream = Tokens(text, frozenset((*self._words, *CHARACTERS, *HEADERS, "u")))
        for token in stream:
            kind = token.kind
            if kind == "word" or (kind == "unknown" and self._fresh):
                self._word(token, stream)
            elif kind == "unknown":
                self._pending_skip = 0
                stream.report_unknown = False
            elif kind == "text":
                self._characters(token.value)
            elif kind == "{":
                self._open_group()
                continue
            elif kind == "}":
                self._close_group()
            else:
                self._sign(token.value)
                if token.value == "*":
                    continue
            self._fresh = self._starred = False

    def finish(self) -> list[Block]:
        """The blocks of the body."""
        self._flush()
        while len(self._flows) > 1:
            self._end_flow()
        if self._flows[0].written:
            self._end_paragraph(self._state.table_depth)
        self._words.clear()  # they hold the reader, which would wait for the collector with all that it read
        return self._flows[0].builder.close()

    # -- tokens

    def _open_group(self) -> None:
        if self._bytes:
            self._flush()
        self._pending_skip = 0
        if len(self._stack) >= _DEEPEST_GROUP:
            raise LimitExceeded(f"RTF groups are nested deeper than {_DEEPEST_GROUP}.", "")
        self._stack.append(self._state)
        self._state = self._state.copy()
        self._fresh, self._starred = True, False

    def _close_group(self) -> None:
        if self._bytes:
            self._flush()
        self._pending_skip = 0
        self._fonts.end(len(self._stack))
        if self._state.branch:
            self._state.branch = False
            self._end_flow()
        if self._stack:
            self._state = self._stack.pop()

    def _characters(self, text: str) -> None:
        if self._pending_skip:
            cut = min(self._pending_skip, len(text))
            self._pending_skip -= cut
            text = text[cut:]
        target = self._state.target
        if target == FONTS:
            self._fonts.name(text.encode("latin-1", "replace"))
        elif target == COLOURS:
            self._colours.end(text.count(";"))
        elif target in WRITTEN and text:
            if not self._bytes and text.isascii() and not self._symbols():
                self._emit(text)
            else:
                self._bytes += text.encode("latin-1", "replace")

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = self._fresh
        elif self._pending_skip:
            self._pending_skip -= 1
        elif sign in "\r\n":
            self._break()
        elif self._state.target in WRITTEN and sign in SIGNS:
            self._emit(SIGNS[sign])

    def _word(self, token: Token, stream: Tokens) -> None:
        name, number = token.value, token.number
        state = self._state
        if name == "u":
            if state.target in WRITTEN and number is not None:
                self._emit(chr(number & 0xFFFF))
            self._pending_skip = state.skip_after_unicode
            stream.report_unknown = True  # any word ends what is to be skipped
            return
        self._pending_skip = 0
        if self._fresh and (name in SKIPPED or (self._starred and name not in STARRED)):
            stream.skip_group()
            return
        action = self._words.get(name)
        if action is not None:
            if self._bytes:
                self._flush()
            action(number)
        elif name in CHARACTERS:
            if state.target in WRITTEN:
                self._emit(CHARACTERS[name])
        elif name in HEADERS:
            self._open_flow("header")

    # -- characters

    def _symbols(self) -> bool:
        known = self._fonts.get(self._state.font)
        return known is not None and known.codec == SYMBOLS

    def _flush(self) -> None:
        """Decode bytes that stood together: marks of code page 1258 follow their letter."""
        if self._bytes:
            raw, self._bytes = bytes(self._bytes), bytearray()
            known = self._fonts.get(self._state.font)
            self._emit(decode(raw, (known.codec if known else None) or self._codec))

    def _emit(self, text: str) -> None:
        if self._bytes:
            self._flush()
        state = self._state
        if state.deleted:
            return
        self._length += len(text)
        if self._length > self.config.max_characters:
            raise LimitExceeded(f"The text is longer than {self.config.max_characters} characters.")
        row = self._rows.get(self._row_depth) if state.in_table else None
        if state.hidden or (self._colours.are_unseen(state, row) and text.strip()):
            self._hidden.append(text)
            return
        known = self._fonts.get(self._state.font)
        name, legacy = (known.name, known.is_legacy) if known else (None, False)
        if "\x1f" in text:  # the soft hyphen is the letter ư of TCVN3
            text = text.replace("\x1f", "\xad" if legacy or self.encoding else "")
        if legacy and not text.isascii():
            self.legacy_fonts = True
        if self._length < _SAMPLE:
            self.sample.append(text)
        key = (state.target == MARKER, name, state.bold, state.italic, state.caps, state.size)
        self._flows[-1].add(text, key)

    def _set_font(self, number: int | None) -> None:
        if self._state.target == FONTS:
            self._fonts.begin(number or 0, len(self._stack))
        else:
            self._state.font = number

    # -- flows

    def _open_flow(self, kind: str) -> None:
        self._flows.append(Flow(kind, FlowBuilder(self.config.max_nesting)))
        self._state.branch = True
        self._state.target = BODY
        self._state.reset_paragraph()

    def _end_flow(self) -> None:
        flow = self._flows[-1]
        if flow.written:
            self._end_paragraph(self._state.table_depth)
        self._flows.pop()
        blocks = flow.builder.close()
        if flow.kind == "box":
            self._flows[-1].boxes += blocks
            return
        for line in flatten(blocks):
            text = line.text.strip()
            if text:
                bare = text.strip(" -–—.")
                kind = Furniture.PAGE_NUMBER if not bare or bare.isdigit() else Furniture.RUNNING_HEAD
                self.furniture.setdefault(text, Furniture.NOISE if flow.kind == "note" else kind)

    def _end_paragraph(self, depth: int) -> None:
        self._flush()
        flow = self._flows[-1]
        if flow.boxes:
            flow.builder.paragraph(flow.boxes, depth)
            flow.boxes = []
        runs, marker_runs = flow.take()
        self._hidden += [letters_of_signs(run.text) for run in runs if draws_signs(run.text, run.font)]
        if self._hidden:
            runs = [run for run in runs if not draws_signs(run.text, run.font)]
            self.unseen.add(["".join(self._hidden)])
            self._hidden.clear()
        marker = ""
        if marker_runs and (depth or any(run.text.strip() for run in runs)):
            marker = " ".join(line.text.strip() for line in paragraph_lines(marker_runs))
            if len(marker) == 1:  # "o", the default bullet of Word's second level; "–"
                marker = bullet(marker, None)
        flow.builder.paragraph(paragraph_lines(runs, marker, self._state.align == 1, self.encoding), depth)

    def _break(self) -> None:
        if self._state.target in WRITTEN:
            self._end_paragraph(self._state.table_depth)

    def _page_break(self) -> None:
        if self._flows[-1].written:
            self._break()

    # -- tables

    def _row(self) -> Row:
        return self._rows.setdefault(self._row_depth, Row())

    def _nested_row(self) -> None:
        """The definition of a nested row stands in a group of its own, before its \\nestrow."""
        self._row_depth = max(self._state.depth, 2)
        self._rows[self._row_depth] = Row()

    def _end_cell(self, depth: int) -> None:
        if self._state.target in WRITTEN:
            self._end_paragraph(depth)
            self._flows[-1].builder.end_cell(depth)

    def _end_row(self, depth: int) -> None:
        if self._state.target not in WRITTEN:
            return
        flow = self._flows[-1]
        flow.take()
        flow.builder.end_row(depth, self._rows.get(depth, Row()).end())
        if depth > 1:
            self._row_depth = 1

    # -- control words

    def _word_table(self) -> dict[str, Action]:
        """What each control word does; those that end a stretch of text or open a flow stand here."""

        def page(name: str) -> Action:
            return lambda _: setattr(self, "_codec", name)

        return {
            **state_words(lambda: self._state),
            **row_words(self._row),
            **sight_words(lambda: self._state, self._row, self._colours, lambda: self._hidden_styles),
            "par": lambda _: self._break(),
            "sect": lambda _: self._break(),
            "page": lambda _: self._page_break(),
            "f": self._set_font,
            "ansicpg": lambda number: setattr(self, "_codec", codec(number) or self._codec),
            "mac": page("mac_roman"),
            "pc": page("cp437"),
            "pca": page("cp850"),
            "deff": lambda number: setattr(self._fonts, "default", number),
            "fcharset": self._fonts.charset,
            "cpg": self._fonts.page,
            "footnote": lambda _: self._open_flow("note"),
            "shptxt": lambda _: self._open_flow("box"),
            "trowd": lambda _: self._rows.__setitem__(self._row_depth, Row()),
            "nesttableprops": lambda _: self._nested_row(),
            "cell": lambda _: self._end_cell(1),
            "nestcell": lambda _: self._end_cell(max(self._state.depth, 2)),
            "row": lambda _: self._end_row(1),
            "nestrow": lambda _: self._end_row(max(self._state.depth, 2)),
        }
