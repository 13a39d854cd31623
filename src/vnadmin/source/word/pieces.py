"""The piece table: which bytes of the file are the text, in which order (MS-DOC 2.4.1)."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin.errors import DamagedInput
from vnadmin.source.word.binary import cut, numbers, u16, u32
from vnadmin.source.word.fib import Fib


class Piece(NamedTuple):
    """Characters `start` to `end` of the text stand at file offset `at`, one or two bytes each."""

    start: int
    end: int
    at: int
    width: int
    changes: bytes  # modifiers that a fast save put on the whole piece


# Code page 1252 with its holes read as Latin-1: no byte is lost.
_CP1252 = "".join(
    bytes([code]).decode("cp1252") if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(code) for code in range(256)
)


def read_pieces(fib: Fib, word: bytes, table: bytes) -> list[Piece]:
    """The pieces in the order of the text.

    Raises:
        DamagedInput: no text can be found.
    """
    total = sum(fib.stories)
    clx = cut(table, fib.pieces.at, fib.pieces.at + fib.pieces.size)
    pieces = _from_table(clx, fib.word97, len(word)) if clx and (fib.word97 or fib.complex) else []
    if not pieces and total and (not fib.word97 or not fib.complex):
        width = 1
        room = max(len(word) - fib.text_start, 0) // width
        pieces = [Piece(0, min(total, room), fib.text_start, width, b"")] if room else []
    if not pieces:
        raise DamagedInput("The Word document's text cannot be found.")
    return pieces


def _from_table(clx: bytes, word97: bool, limit: int) -> list[Piece]:
    at = 0
    changes: list[bytes] = []
    while at < len(clx) and clx[at] == 1:
        size = u16(clx, at + 1)
        changes.append(cut(clx, at + 3, at + 3 + size))
        at += 3 + size
    if at >= len(clx) or clx[at] != 2:
        return []
    size = u32(clx, at + 1)
    plc = cut(clx, at + 5, at + 5 + size)
    count = max((len(plc) - 4) // 12, 0)
    starts = numbers(plc, 0, count + 1)
    pieces: list[Piece] = []
    for k in range(count):
        record = 4 * (count + 1) + 8 * k
        place = u32(plc, record + 2)
        modifier = u16(plc, record + 6)
        width = 1
        if word97:
            if place & 0x40000000:
                place = (place & 0x3FFFFFFF) // 2
            else:
                width = 2
        start, end = starts[k], starts[k + 1]
        end = min(end, start + max(limit - place, 0) // width)
        expected = pieces[-1].end if pieces else 0
        if start != expected or end <= start:
            if end == start:
                continue
            break
        pieces.append(Piece(start, end, place, width, _modifiers(modifier, changes, word97)))
    return pieces


def _modifiers(modifier: int, changes: list[bytes], word97: bool) -> bytes:
    """Prm: either one small modifier (numbered as in Word 6), or the number of a list of them."""
    if modifier & 1:
        index = modifier >> 1
        return changes[index] if index < len(changes) else b""
    code, value = (modifier >> 1) & 0x7F, modifier >> 8
    if not code:
        return b""
    if not word97:
        return bytes((code, value))
    new = {5: 0x2403, 24: 0x2416, 25: 0x2417, 65: 0x0800, 67: 0x0802, 85: 0x0835, 86: 0x0836, 91: 0x083B, 92: 0x083C}
    return new[code].to_bytes(2, "little") + bytes((value,)) if code in new else b""


def read_text(pieces: list[Piece], word: bytes) -> str:
    """The text, one character for each character position: surrogate pairs stay two."""
    parts: list[str] = []
    for piece in pieces:
        raw = cut(word, piece.at, piece.at + (piece.end - piece.start) * piece.width)
        if piece.width == 1:
            parts.append(raw.decode("latin-1").translate(_CP1252))
            continue
        part = raw.decode("utf-16-le", "surrogatepass")
        if len(part) != piece.end - piece.start:
            part = "".join(chr(raw[k] | raw[k + 1] << 8) for k in range(0, len(raw) - 1, 2))
        parts.append(part)
    return "".join(parts)
