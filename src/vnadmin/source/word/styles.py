"""Fonts and styles of a Word document: names, and properties that paragraphs and runs start from."""

from __future__ import annotations

from dataclasses import dataclass, field

from vnadmin.source.word.binary import cut, u16
from vnadmin.source.word.fib import Fib
from vnadmin.source.word.sprm import Character, Para, apply_character, apply_paragraph, sprms

_DEEPEST = 12  # styles based on styles; Word itself stops at 11


@dataclass(frozen=True, slots=True)
class Font:
    """A font's name and its Windows character set (163 is Vietnamese, 2 symbols)."""

    name: str
    charset: int = 0


NO_FONT = Font("")


def read_fonts(fib: Fib, table: bytes) -> list[Font]:
    """The font table (SttbfFfn)."""
    data = cut(table, fib.fonts.at, fib.fonts.at + fib.fonts.size)
    at = 4 if fib.word97 else 2
    fonts: list[Font] = []
    while at + 6 < len(data):
        end = at + 1 + data[at]
        charset = data[at + 4]
        if fib.word97:
            name = cut(data, at + 40, end).decode("utf-16-le", "replace").split("\x00")[0]
        else:
            name = cut(data, at + 6, end).split(b"\x00")[0].decode("cp1252", "replace")
        fonts.append(Font(name, charset))
        at = end
    return fonts


@dataclass(frozen=True, slots=True)
class _Style:
    kind: int  # 1 paragraph, 2 character
    base: int
    paragraph: bytes
    character: bytes


@dataclass(slots=True)
class Styles:
    """The style sheet; properties are worked out once and kept."""

    word97: bool
    plain: Character
    base_size: int
    _records: list[bytes] = field(default_factory=list)
    _paragraphs: dict[int, Para] = field(default_factory=dict)
    _characters: dict[int, Character] = field(default_factory=dict)

    def paragraph(self, number: int, depth: int = 0) -> Para:
        """Paragraph properties of a style."""
        known = self._paragraphs.get(number)
        if known is not None:
            return known
        style = self._style(number)
        if style is None or depth > _DEEPEST:
            return Para(style=number)
        base = self.paragraph(style.base, depth + 1)
        made = apply_paragraph(base._replace(style=number), style.paragraph, self.word97)
        self._paragraphs[number] = made
        return made

    def character(self, number: int, depth: int = 0) -> Character:
        """Character properties of a paragraph style."""
        known = self._characters.get(number)
        if known is not None:
            return known
        style = self._style(number)
        if style is None or depth > _DEEPEST:
            return self.plain
        base = self.character(style.base, depth + 1)
        made = apply_character(base, sprms(style.character, self.word97), self.word97, base, self.plain)
        self._characters[number] = made
        return made

    def apply_character_style(self, base: Character, number: int, depth: int = 0) -> Character:
        """`base` changed by a character style."""
        style = self._style(number)
        if style is None or style.kind != 2 or depth > _DEEPEST:
            return base
        base = self.apply_character_style(base, style.base, depth + 1)
        return apply_character(base, sprms(style.character, self.word97), self.word97, base, self.plain)

    def _style(self, number: int) -> _Style | None:
        if not 0 <= number < len(self._records) or len(self._records[number]) < self.base_size:
            return None
        return _read_style(self._records[number], self.base_size, self.word97)


def read_styles(fib: Fib, table: bytes) -> Styles:
    """The style sheet (STSH)."""
    data = cut(table, fib.styles.at, fib.styles.at + fib.styles.size)
    head = u16(data, 0)
    count = u16(data, 2) if head else 0
    base_size = u16(data, 4) or 10
    font, other = (u16(data, 2 + 12), u16(data, 2 + 16)) if fib.word97 and head >= 18 else (u16(data, 2 + 12), -1)
    plain = Character(font=font, font_other=other)
    styles = Styles(fib.word97, plain, base_size)
    at = 2 + head
    for _ in range(min(count, 4095)):
        if at + 2 > len(data):
            break
        size = u16(data, at)
        styles._records.append(cut(data, at + 2, at + 2 + size))
        at += 2 + size + (size & 1)
    return styles


def _read_style(record: bytes, base_size: int, word97: bool) -> _Style:
    if word97:
        at = base_size + 2 + 2 * u16(record, base_size) + 2  # past its name
    else:
        at = base_size + 1 + (record[base_size] if base_size < len(record) else 0) + 1
    kind, parts = u16(record, 2) & 0xF, [b"", b""]
    for k in range(u16(record, 4) & 0xF):
        at += at & 1
        size = u16(record, at)
        parts[k : k + 1] = [cut(record, at + 2, at + 2 + size)]
        at += 2 + size
    paragraph, character = (cut(parts[0], 2), parts[1]) if kind == 1 else (b"", parts[0])
    return _Style(kind, u16(record, 2) >> 4, paragraph, character if kind in (1, 2) else b"")
