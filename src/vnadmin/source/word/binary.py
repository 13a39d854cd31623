"""Little-endian numbers out of bytes that may be cut short: what lies outside reads as zero, never raises."""

from __future__ import annotations

import struct

_U16 = struct.Struct("<H")
_I16 = struct.Struct("<h")
_U32 = struct.Struct("<I")
_I32 = struct.Struct("<i")


def cut(data: bytes, start: int, end: int | None = None) -> bytes:
    """`data[start:end]`, empty where a damaged length puts the end before the start, or the start before the data.

    The slice that mypyc (mypy 2.4) compiles for bytes asks C for a negative size there and fails.
    """
    stop = len(data) if end is None else min(end, len(data))
    return data[start:stop] if 0 <= start < stop else b""


def u16(data: bytes, at: int) -> int:
    """Two bytes at a position, unsigned."""
    return int(_U16.unpack_from(data, at)[0]) if 0 <= at <= len(data) - 2 else 0


def i16(data: bytes, at: int) -> int:
    """Two bytes at a position, signed."""
    return int(_I16.unpack_from(data, at)[0]) if 0 <= at <= len(data) - 2 else 0


def u32(data: bytes, at: int) -> int:
    """Four bytes at a position, unsigned."""
    return int(_U32.unpack_from(data, at)[0]) if 0 <= at <= len(data) - 4 else 0


def i32(data: bytes, at: int) -> int:
    """Four bytes at a position, signed."""
    return int(_I32.unpack_from(data, at)[0]) if 0 <= at <= len(data) - 4 else 0


def numbers(data: bytes, at: int, count: int) -> tuple[int, ...]:
    """`count` unsigned four-byte numbers; fewer where the bytes end."""
    count = max(min(count, (len(data) - at) // 4), 0) if at >= 0 else 0
    return struct.unpack_from(f"<{count}I", data, at) if count else ()
