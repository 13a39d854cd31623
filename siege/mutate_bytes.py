"""Mutations that know a format of bytes: streams of an OLE file, objects of a PDF, control words of RTF, pictures."""

from __future__ import annotations

import io
import random
import re
import struct
import zlib
from functools import lru_cache

from siege.mutate import NUMBERS, RAW, Bytes

_INTEGERS = (0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 512, 4096)


def _integers(data: bytearray, chance: random.Random, first: int, last: int) -> None:
    """Some whole numbers of 1, 2 or 4 bytes set to telling values, between two places."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        size, code = chance.choice(((1, "<B"), (2, "<H"), (4, "<I")))
        if last - first <= size:
            return
        place = chance.randrange(first, last - size)
        place -= place % size if chance.random() < 0.8 else 0
        (old,) = struct.unpack_from(code, data, place)
        new = chance.choice(_INTEGERS) if chance.random() < 0.6 else old + chance.choice((-1, 1, 16, -256, 1000))
        struct.pack_into(code, data, place, new % (1 << 8 * size))


@lru_cache(maxsize=64)
def _streams(data: bytes) -> tuple[tuple[str, bytes], ...] | None:
    import olefile

    try:
        container = olefile.OleFileIO(io.BytesIO(data))
        names = ["/".join(path) for path in container.listdir()]
        wanted = [name for name in names if name.casefold() in ("worddocument", "0table", "1table", "data")]
        if any(container.get_size(name) > len(data) for name in wanted):
            return None
        return tuple((name, container.openstream(name).read()) for name in wanted)
    except Exception:  # noqa: BLE001 - whatever a damaged container makes olefile raise, it is mutated by bytes
        return None


def doc(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """A .doc by one of its streams, in place: the numbers of its tables, its text; seldom by bytes."""
    streams = _streams(data)
    if not streams or chance.random() < RAW:
        return plain(data, most)
    changed = bytearray(data)
    name, stream = chance.choice(streams)
    start = data.find(stream[:256]) if len(stream) >= 256 else -1
    if start < 0:
        return plain(data, most)
    end = min(start + len(stream), len(data))
    kind = chance.random()
    if kind < 0.35 and name.casefold() == "worddocument":  # its head: offsets and lengths of everything
        _integers(changed, chance, start, min(start + 0x5A0, end))
    elif kind < 0.75:
        _integers(changed, chance, start, end)
    elif kind < 0.85:  # a piece copied over another
        size = chance.choice((2, 8, 40, 512))
        source, target = (
            chance.randrange(start, max(end - size, start + 1)),
            chance.randrange(start, max(end - size, start + 1)),
        )
        changed[target : target + size] = changed[source : source + size]
    else:
        size = min(end - start, chance.choice((64, 512, 2048)))
        place = chance.randrange(start, end - size + 1)
        piece = plain(bytes(changed[place : place + size]), size)
        changed[place : place + len(piece)] = piece
    return bytes(changed[:most])


_PDF_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_PDF_NAME = re.compile(rb"/[A-Za-z0-9]+")
_PDF_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL)
_PDF_LINE = re.compile(rb"(?:BT .*? ET|q .*? Q|[^\n]*? S)\n?", re.DOTALL)


def pdf(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """A PDF by its numbers, names, references, objects and drawing lines; pdfium mends the table of places itself."""
    if chance.random() < RAW:
        return plain(data, most)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = _one_of_pdf(data, chance, plain)
    return data[:most]


def _one_of_pdf(data: bytes, chance: random.Random, plain: Bytes) -> bytes:
    kind = chance.randrange(7)
    form = (_PDF_NUMBER, _PDF_NUMBER, _PDF_NAME, _PDF_OBJECT, _PDF_LINE, _PDF_LINE, _PDF_OBJECT)[kind]
    found = list(form.finditer(data))
    if not found:
        return data
    one, other = chance.choice(found), chance.choice(found)
    start, end = one.span()
    if kind <= 1:
        new = chance.choice(NUMBERS).encode() if chance.random() < 0.5 else other.group()
    elif kind == 2:
        new = other.group()
    elif kind in (3, 4):
        new = one.group() + b"\n" + other.group() if chance.random() < 0.5 else b""
    elif kind == 5:
        new = other.group() * chance.choice((1, 2, 30))
    else:
        new = plain(one.group(), len(one.group()) + 40)
    return data[:start] + new + data[end:]


_RTF_PIECE = re.compile(rb"\\[a-z]+-?\d* ?|\\'..|[{}]|[^\\{}]+")
_RTF_WORDS = (
    rb"\par ", rb"\cell ", rb"\row ", rb"\trowd", rb"\intbl ", rb"\itap2 ", rb"\nestcell ", rb"{\nestrow}", rb"\cellx", rb"\u7889?",
    rb"\u-1", rb"\uc9 ", rb"\bin99999 ", rb"\bin3 abc", rb"{\*\foo ", rb"{\listtext ", rb"{\header ", rb"{\fonttbl", rb"\f1 ", rb"\fcharset163 ",
    rb"\v ", rb"\deleted ", rb"\sect ", rb"\page ", rb"\pard ", rb"\plain ", rb"\'e1", rb"\'", rb"\ansicpg1258 ", rb"\upr{", rb"\clvmrg ",
    rb"{\pict ", rb"{\field{\*\fldinst ", rb"{\fldrslt ", rb"\tab ", rb"\line ", rb"{", rb"}", rb"\~", rb"\_", rb"\*",
)  # fmt: skip


def rtf(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """RTF by its control words and groups; sometimes by bytes."""
    if chance.random() < RAW:
        return plain(data, most)
    pieces = _RTF_PIECE.findall(data)
    for _ in range(chance.choice((1, 1, 2, 5)) if pieces else 0):
        place, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        kind = chance.randrange(6)
        if kind == 0:
            pieces[place : place + chance.choice((1, 2, 10))] = []
        elif kind == 1:
            pieces.insert(place, chance.choice(_RTF_WORDS))
        elif kind == 2:
            pieces[place], pieces[other] = pieces[other], pieces[place]
        elif kind == 3:
            pieces[place:place] = pieces[other : other + chance.choice((1, 3, 30))] * chance.choice((1, 1, 20))
        elif kind == 4:
            pieces[place] = re.sub(rb"-?\d+|$", chance.choice(NUMBERS[:17]).encode(), pieces[place], count=1)
        else:
            pieces[place] = plain(pieces[place], len(pieces[place]) + 20)
        if not pieces:
            return data
    return b"".join(pieces)[:most]


def picture(data: bytes, most: int, chance: random.Random, plain: Bytes) -> bytes:
    """A picture file by bytes, mostly in its head; the checksums of a PNG are made right again."""
    if data.startswith(b"%PDF"):
        return pdf(data, most, chance, plain)
    changed = bytearray(data)
    if chance.random() < 0.6:
        _integers(changed, chance, 0, min(len(changed), chance.choice((64, 256, len(changed)))))
        made = bytes(changed)
    else:
        made = plain(data, most)
    return _png(made) if made.startswith(b"\x89PNG") and chance.random() < 0.9 else made


def _png(data: bytes) -> bytes:
    out = [data[:8]]
    place = 8
    while place + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, place)
        size = min(size, len(data) - place - 12)
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        out.append(struct.pack(">I", size) + kind + content + struct.pack(">I", zlib.crc32(kind + content)))
        place += 12 + size
    return b"".join(out)
