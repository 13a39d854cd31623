"""Writes small OLE containers, and a bare Word 6 document, for tests: streams of any content under any name."""

from __future__ import annotations

import struct

SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(streams: dict[str, bytes]) -> bytes:
    """A version 3 container; streams are padded to 4,096 bytes, so that none lies in the mini stream."""
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(content: bytes) -> int:
        first = len(sectors)
        count = max(-(-len(content) // SECTOR), 1)
        for k in range(count):
            sectors.append(content[k * SECTOR : (k + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(first + k + 1 if k + 1 < count else _END)
        return first

    entries = [("Root Entry", 5, _END, 0)]
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        entries.append((name, 2, put(padded), len(padded)))
    directory = b""
    for index, (name, kind, start, size) in enumerate(entries):
        raw = name.encode("utf-16-le")
        right = index + 1 if 0 < index < len(entries) - 1 else _FREE
        child = 1 if index == 0 and len(entries) > 1 else _FREE
        directory += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, _FREE, right, child)
        directory += bytes(16 + 4 + 8 + 8) + struct.pack("<IQ", start, size)
    directory_start = put(directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0"))
    fat_start = len(sectors)
    fat.append(_FAT)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    assert len(table) == SECTOR, "one FAT sector holds 127 others"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory_start, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<I", fat_start) + b"\xff" * (4 * 108)
    return head + b"".join(sectors) + table


def word6(text: bytes, *, magic: int = 0xA5DC, version: int = 101, flags: int = 0) -> bytes:
    """A Word 6 document without any formatting: only its text, one byte a character."""
    start = 0x300
    stream = bytearray(start + len(text))
    struct.pack_into("<HH", stream, 0, magic, version)
    struct.pack_into("<H", stream, 0x0A, flags)
    struct.pack_into("<II", stream, 0x18, start, start + len(text))
    struct.pack_into("<I", stream, 0x34, len(text))
    stream[start:] = text
    return ole({"WordDocument": bytes(stream)})
