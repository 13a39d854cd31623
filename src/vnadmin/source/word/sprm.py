"""Property modifiers (sprms) of Word 97 and Word 6: walking them, and applying the few that the reader needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from vnadmin.source.sight import Colour
from vnadmin.source.word.binary import cut, i16, u16, u32

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # operand size by the top three bits of the code; 6 is of variable size

# Codes of Word 97 (MS-DOC 2.6).
P_ALIGN80, P_ALIGN, P_LEVEL, P_LIST = 0x2403, 0x2461, 0x260A, 0x460B
P_IN_TABLE, P_ROW_END, P_DEPTH, P_DEPTH_STEP = 0x2416, 0x2417, 0x6649, 0x664A
P_INNER_CELL, P_INNER_ROW_END, P_HUGE, P_HUGE_OLD = 0x244B, 0x244C, 0x6646, 0x6645
P_ANLD, P_ANLD_LEVEL = 0xC63E, 0x2C3D  # Word 6 numbering; the second code is this reader's own
T_DEFINE, T_BORDERS80, T_BORDERS = 0xD608, 0xD605, 0xD613
C_DELETED, C_SYMBOL, C_STYLE, C_PLAIN = 0x0800, 0x6A09, 0x4A30, 0x2A33
C_BOLD, C_ITALIC, C_CAPS, C_HIDDEN = 0x0835, 0x0836, 0x083B, 0x083C
C_SIZE, C_FONT, C_FONT_OTHER, C_SPECIAL, C_PICTURE = 0x4A43, 0x4A4F, 0x4A51, 0x0855, 0x6A03
C_ICO, C_COLOUR, C_HIGHLIGHT, C_SHADE80, C_SHADE, C_SCALE = 0x2A42, 0x6870, 0x2A0C, 0x4866, 0xCA71, 0x4852
P_LEFT80, P_LEFT, P_LINES, P_SHADE80, P_SHADE = 0x840F, 0x845E, 0x6412, 0x442D, 0xC64D
T_SHADES80, T_SHADES = 0xD609, 0xD612

# Word 6 and 95 have codes of one byte. Size of the operand by code; -1: a size byte follows, -2: a size word.
_OLD_SIZES = {
    **dict.fromkeys((4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 24, 25, 29, 37, 44, 50, 51), 1),
    **dict.fromkeys((2, 16, 17, 18, 19, 21, 22, 26, 27, 28, *range(30, 37), *range(38, 44), *range(45, 50)), 2),
    **dict.fromkeys((20, 70, 192, 194, 196, 200), 4),
    **dict.fromkeys((65, 66, 67, 71, 75, *range(85, 93), 94, 98, 100, 102, 104, 117, 118, 119), 1),
    **dict.fromkeys((69, 72, 80, 93, 96, 97, 99, 101, 107, 109, 110, 121, 122, 123, 124), 2),
    **dict.fromkeys((73, 95, 136, 137), 3),
    **dict.fromkeys((131, 132, 138, 139, 142, 143, 146, 147, 150, 151, 152, 153, 158, 159, 162, 185, 186), 1),
    **dict.fromkeys((140, 141, 144, 145, 148, 149, 154, 155, 156, 157, 160, 161, *range(163, 172)), 2),
    **dict.fromkeys((182, 183, 184, 189, 195, 197, 198), 2),
    **dict.fromkeys((193, 199), 5),
    **dict.fromkeys((3, 12, 15, 23, 64, 68, 74, 77, 79, 81, 82, 103, 105, 106, 108, 120, 133, 191), -1),
    **dict.fromkeys(range(111, 117), -1),
    187: 12,
    188: -2,
    190: -2,
}  # fmt: skip
_OLD_CODES = {
    5: P_ALIGN80, 12: P_ANLD, 13: P_ANLD_LEVEL, 24: P_IN_TABLE, 25: P_ROW_END, 65: C_DELETED, 74: C_SYMBOL,
    80: C_STYLE, 83: C_PLAIN, 85: C_BOLD, 86: C_ITALIC, 91: C_CAPS, 92: C_HIDDEN, 93: C_FONT, 98: C_ICO, 99: C_SIZE, 117: C_SPECIAL, 187: T_BORDERS80, 190: T_DEFINE,
}  # fmt: skip


def sprms(grpprl: bytes, word97: bool) -> Iterator[tuple[int, bytes]]:
    """Codes (always those of Word 97) and operands; stops quietly where the bytes make no sense."""
    at, end = 0, len(grpprl)
    if not word97:
        while at < end:
            old = grpprl[at]
            at += 1
            size = _OLD_SIZES.get(old, 0)
            if size == -1:
                if at >= end:
                    return
                size = grpprl[at]
                at += 1
            elif size == -2:
                size = max(u16(grpprl, at) - 1, 0)
                at += 2
            if old in _OLD_CODES:
                yield _OLD_CODES[old], cut(grpprl, at, at + size)
            at += size
        return
    while at + 2 < end:
        code = grpprl[at] | grpprl[at + 1] << 8
        at += 2
        size = _SIZES[code >> 13]
        if not size:
            if code in (T_DEFINE, 0xD606):
                size = max(u16(grpprl, at) - 1, 0)
                at += 2
            else:
                size = grpprl[at]
                at += 1
                if code == 0xC615 and size == 255:  # sprmPChgTabs whose size does not fit a byte
                    deleted = grpprl[at] if at < end else 0
                    added_at = at + 1 + 4 * deleted
                    size = 2 + 4 * deleted + 3 * (grpprl[added_at] if added_at < end else 0)
        yield code, cut(grpprl, at, at + size)
        at += size


class Character(NamedTuple):
    """Character properties that matter: fonts by number, how it is set, whether it shows at all."""

    font: int = -1
    font_other: int = -1  # for letters beyond ASCII
    size: int = 20  # half points
    bold: bool = False
    italic: bool = False
    caps: bool = False
    hidden: bool = False
    deleted: bool = False
    special: bool = False
    symbol: tuple[int, int] | None = None  # font and character
    ink: Colour | None = None
    ground: Colour | None = None
    scale: int = 100  # per cent of its width
    picture: int | None = None  # where in the stream `Data` the picture lies that this character stands for


@dataclass(frozen=True, slots=True)
class TableRow:
    """What the end of a table row says: edges of its cells in twips, merged cells, whether lines are drawn."""

    edges: tuple[int, ...] = ()
    continues: tuple[bool, ...] = ()  # a cell merged into the one at its left
    hangs: tuple[bool, ...] = ()  # a cell merged into the one above
    ruled: bool = False


class Para(NamedTuple):
    """Paragraph properties that matter."""

    style: int = 0
    align: int = 0  # 0 left, 1 centred, 2 right, 3 both
    list: int = 0  # number of the list override, from 1; 0 none
    level: int = 0
    level_set: bool = False
    depth: int = 0  # of tables
    in_table: bool = False
    inner_cell: bool = False
    row_end: bool = False
    anld: bytes = b""  # the numbering of Word 6
    anld_level: int = 0
    row: TableRow | None = None
    ruled: bool = False  # the table's own borders are drawn
    ground: Colour | None = None
    cut: bool = False  # off the page, or lines of no height
    shaded: bool = False  # cells of the row that ends here have a ground of their own


OFF_LEFT, FLAT = -2400, 40  # twips
_COLOURS: tuple[Colour | None, ...] = (
    None, (0, 0, 0), (0, 0, 255), (0, 255, 255), (0, 255, 0), (255, 0, 255), (255, 0, 0), (255, 255, 0), (255, 255, 255),
    (0, 0, 128), (0, 128, 128), (0, 128, 0), (128, 0, 128), (128, 0, 0), (128, 128, 0), (128, 128, 128), (192, 192, 192),
)  # fmt: skip
SIGHT = frozenset({C_ICO, C_COLOUR, C_HIGHLIGHT, C_SHADE80, C_SHADE})


def colour_of(code: int, operand: bytes) -> Colour | None:
    """The colour that a modifier of letters or of a paragraph says; None for an automatic one."""
    if code in (C_ICO, C_HIGHLIGHT):
        return _COLOURS[operand[0]] if operand[0] < len(_COLOURS) else None
    if code in (C_SHADE80, P_SHADE80):
        shade = u16(operand, 0)
        number = shade & 31 if shade >> 10 == 1 else shade >> 5 & 31  # pattern 1 is solid: the fore colour
        return _COLOURS[number] if number < len(_COLOURS) else None
    at = 0 if code == C_COLOUR or u16(operand, 8) == 1 else 4
    channels = cut(operand, at, at + 4)
    return (channels[0], channels[1], channels[2]) if len(channels) == 4 and channels[3] != 0xFF else None


def shades(code: int, operand: bytes) -> bool:
    """Whether any cell of a row has a ground of its own."""
    if code == T_SHADES80:
        return any(u16(operand, at) >> 5 & 31 not in (0, 8) for at in range(0, len(operand) - 1, 2))
    return any(
        operand[at + 3] != 0xFF and cut(operand, at, at + 3) != b"\xff\xff\xff" for at in range(4, len(operand) - 3, 10)
    )


_TOGGLES = {C_BOLD: "bold", C_ITALIC: "italic", C_CAPS: "caps", C_HIDDEN: "hidden"}


def apply_character(
    base: Character, modifiers: Iterable[tuple[int, bytes]], word97: bool, style: Character, plain: Character
) -> Character:
    """`base` changed by the modifiers; `style` is what the values 0x80 and 0x81 of a toggle refer to."""
    change: dict[str, Any] = {}
    for code, operand in modifiers:
        if code == C_PLAIN:
            base, change = plain, {}
        if code == C_PLAIN or not operand:
            continue
        value = operand[0]
        if code in _TOGGLES:
            name = _TOGGLES[code]
            was = bool(getattr(style, name))
            change[name] = was if value == 0x80 else not was if value == 0x81 else bool(value)
        elif code == C_FONT:
            change["font"] = u16(operand, 0)
            if not word97:
                change["font_other"] = u16(operand, 0)
        elif code == C_FONT_OTHER:
            change["font_other"] = u16(operand, 0)
        elif code == C_SIZE:
            change["size"] = u16(operand, 0)
        elif code == C_DELETED:
            change["deleted"] = bool(value)
        elif code == C_SPECIAL:
            change["special"] = bool(value)
        elif code == C_SYMBOL and len(operand) >= 3:
            change["symbol"] = (u16(operand, 0), u16(operand, 2) if len(operand) >= 4 else operand[2])
            change["special"] = True
        elif code == C_PICTURE:
            change["picture"] = u32(operand, 0)
        elif code == C_SCALE:
            change["scale"] = u16(operand, 0)
        elif code in SIGHT:
            change["ink" if code in (C_ICO, C_COLOUR) else "ground"] = colour_of(code, operand)
    return base._replace(**change) if change else base


def apply_paragraph(base: Para, grpprl: bytes, word97: bool, data: bytes = b"") -> Para:
    """`base` changed by the modifiers; `data` is the stream that holds what was too long (sprmPHugePapx)."""
    change: dict[str, Any] = {}
    for code, operand in sprms(grpprl, word97):
        if code in (P_HUGE, P_HUGE_OLD) and len(operand) == 4 and data:
            at = u32(operand, 0)
            inner = cut(data, at + 2, at + 2 + u16(data, at))
            base = base._replace(**change) if change else base
            base, change = apply_paragraph(base, inner, word97), {}
        elif not operand:
            continue
        elif code in (P_ALIGN, P_ALIGN80):
            change["align"] = operand[0]
        elif code == P_LIST:
            change["list"] = u16(operand, 0)
        elif code == P_LEVEL:
            change["level"] = min(operand[0], 8)
            change["level_set"] = True
        elif code == P_IN_TABLE:
            change["in_table"] = bool(operand[0])
        elif code in (P_ROW_END, P_INNER_ROW_END):
            change["row_end"] = bool(operand[0])
        elif code == P_INNER_CELL:
            change["inner_cell"] = bool(operand[0])
        elif code in (P_LEFT, P_LEFT80):
            change["cut"] = base.cut or i16(operand, 0) < OFF_LEFT
        elif code == P_LINES:
            change["cut"] = base.cut or -FLAT < i16(operand, 0) < 0
        elif code in (P_SHADE, P_SHADE80):
            change["ground"] = colour_of(code, operand)
        elif code in (T_SHADES, T_SHADES80):
            change["shaded"] = base.shaded or shades(code, operand)
        elif code == P_DEPTH:
            change["depth"] = u32(operand, 0)
        elif code == P_DEPTH_STEP:
            change["depth"] = max(base.depth + i16(operand, 0), 0)
        elif code == P_ANLD:
            change["anld"] = operand
        elif code == P_ANLD_LEVEL:
            change["anld_level"] = operand[0]
        elif code == T_DEFINE:
            change["row"] = _row(operand, word97)
        elif code in (T_BORDERS, T_BORDERS80):
            change["ruled"] = _borders(operand, code, word97)
    return base._replace(**change) if change else base


def _row(operand: bytes, word97: bool) -> TableRow | None:
    """sprmTDefTable: number of cells, their edges, a record for each (20 bytes; 10 in Word 6)."""
    count = operand[0]
    if count > 64:
        return None
    edges = tuple(i16(operand, 1 + 2 * k) for k in range(count + 1))
    at = 1 + 2 * (count + 1)
    step = 20 if word97 else 10
    flags = [u16(operand, at + step * k) for k in range(count)]
    records = [cut(operand, at + step * k, at + step * (k + 1)) for k in range(count)]
    return TableRow(
        edges=edges,
        continues=tuple(bool(flag & 2) for flag in flags),
        hangs=tuple(flag & 0x60 == 0x20 for flag in flags) if word97 else (False,) * count,
        ruled=any(_drawn(record, word97) for record in records),
    )


def _drawn(record: bytes, word97: bool) -> bool:
    """Whether any of the four borders of a cell is drawn."""
    if word97:
        return any(cut(record, at + 1, at + 2) not in (b"", b"\x00", b"\xff") for at in range(4, 20, 4))
    return any(u16(record, at) & 0x18 for at in range(2, 10, 2))


def _borders(operand: bytes, code: int, word97: bool) -> bool:
    """Whether any of the six borders that a table sets for itself is drawn."""
    if not word97:
        return any(u16(operand, at) & 0x18 for at in range(0, 12, 2))
    first, step = (5, 8) if code == T_BORDERS else (1, 4)
    return any(operand[at] not in (0, 0xFF) for at in range(first, len(operand), step))
