"""The list definitions of a .doc: the tables of Word 97 (PlfLst, PlfLfo) and what Word 6 keeps in each paragraph (ANLD)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vnadmin.source.numbering import LEVELS, PLACES, Level, Numbering
from vnadmin.source.word.binary import cut, i32, u16, u32
from vnadmin.source.word.fib import Fib
from vnadmin.source.word.sprm import C_FONT, C_FONT_OTHER, Para, sprms
from vnadmin.source.word.styles import Font
from vnadmin.text.legacy import convert

# Number formats by their codes (MS-OSHARED 2.2.1.3, MSONFC); all others are read as figures.
_FORMS = {
    1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero", 23: "bullet", 255: "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Override:
    key: int
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Lists:
    """Marks list paragraphs in the order of the text."""

    fonts: Sequence[Font]
    _overrides: list[_Override | None] = field(default_factory=list)
    _style_levels: dict[int, dict[int, int]] = field(default_factory=dict)
    _numbering: Numbering = field(default_factory=Numbering)

    def marker(self, para: Para) -> str:
        """The marker that Word draws before this paragraph, with its punctuation; empty for none."""
        if para.anld_level and para.anld and not 0 < para.list < 0x7FF:
            return self._old_marker(para)
        number = para.list
        if not 0 < number <= len(self._overrides):
            return ""
        override = self._overrides[number - 1]
        if override is None:
            return ""
        level = para.level
        if not para.level_set:
            level = self._style_levels.get(override.key, {}).get(para.style, level)
        return self._numbering.marker(override.key, number, override.levels, level, override.starts)

    def _old_marker(self, para: Para) -> str:
        """ANLD: form, lengths of the texts before and after the number, font, first number; texts at offset 20."""
        anld = para.anld
        if len(anld) < 20:
            return ""
        before, after = anld[1], anld[2]
        if len(anld) >= 20 + 2 * 32:
            signs = cut(anld, 20, 84).decode("utf-16-le", "replace")
        else:
            signs = cut(anld, 20, 52).decode("cp1252", "replace")
        number = u16(anld, 6)
        font = self.fonts[number].name if number < len(self.fonts) else ""
        if para.anld_level == 11:
            level = Level("bullet", signs[: max(before, after)], font=font)
        else:
            text = signs[:before] + PLACES[0] + signs[before:after]
            level = Level(_FORMS.get(anld[0], "decimal"), text, u16(anld, 10), font)
        return convert(self._numbering.marker(-1 - para.anld_level, 0, {0: level}, 0, {}), font)


def read_lists(fib: Fib, table: bytes, fonts: Sequence[Font]) -> Lists:
    """All list definitions and their overrides."""
    lists = Lists(fonts)
    if not fib.word97 or not fib.lists.size:
        return lists
    definitions: dict[int, dict[int, Level]] = {}
    at = fib.lists.at
    count = min(u16(table, at), 4096)
    records = [cut(table, at + 2 + 28 * k, at + 30 + 28 * k) for k in range(count)]
    at += 2 + 28 * count
    for record in records:
        key = i32(record, 0)
        if len(record) < 28:
            break
        styles = {u16(record, 8 + 2 * level): level for level in range(9) if u16(record, 8 + 2 * level) != 0x0FFF}
        lists._style_levels.setdefault(key, styles)
        levels: dict[int, Level] = {}
        for index in range(1 if record[26] & 1 else 9):
            level, at = _read_level(table, at, fonts)
            if level is None:
                break
            levels[index] = level
        definitions.setdefault(key, levels)
    _read_overrides(fib, table, fonts, definitions, lists)
    return lists


def _read_overrides(
    fib: Fib, table: bytes, fonts: Sequence[Font], definitions: dict[int, dict[int, Level]], lists: Lists
) -> None:
    at = fib.overrides.at
    count = min(u32(table, at), 4096) if fib.overrides.size >= 4 else 0
    heads = [cut(table, at + 4 + 16 * k, at + 20 + 16 * k) for k in range(count)]
    at += 4 + 16 * count
    for head in heads:
        if len(head) < 16:
            break
        key = i32(head, 0)
        levels = dict(definitions.get(key, {}))
        starts: dict[int, int] = {}
        at += 4
        for _ in range(min(head[12], 9)):
            start, flags = u32(table, at), u32(table, at + 4)
            at += 8
            index = flags & 0xF
            if flags & 0x20:
                level, at = _read_level(table, at, fonts)
                if level is None:
                    break
                start = level.start
                if index < LEVELS:
                    levels[index] = level
            if flags & 0x10 and index < LEVELS:
                starts[index] = start
        lists._overrides.append(_Override(key, levels, starts) if levels else None)


def _read_level(table: bytes, at: int, fonts: Sequence[Font]) -> tuple[Level | None, int]:
    """One LVL record at a position, and the position after it."""
    head = cut(table, at, at + 28)
    if len(head) < 28:
        return None, at
    paragraph, character = head[25], head[24]
    grpprl = cut(table, at + 28 + paragraph, at + 28 + paragraph + character)
    at += 28 + paragraph + character
    length = u16(table, at)
    text = cut(table, at + 2, at + 2 + 2 * length).decode("utf-16-le", "replace")
    font = ""
    for code, operand in sprms(grpprl, True):
        if code in (C_FONT, C_FONT_OTHER) and len(operand) == 2 and u16(operand, 0) < len(fonts):
            font = fonts[u16(operand, 0)].name
    form = _FORMS.get(head[4], "decimal")
    flags = head[5]
    level = Level(
        form=form,
        text=text if form == "bullet" else convert(text, font),
        start=u32(head, 0) & 0x7FFF,
        font=font,
        legal=bool(flags & 0x04),
        restart_after=head[26] if flags & 0x08 else None,
    )
    return level, at + 2 + 2 * length
