"""Puts the objects of a PDF together: header, objects in order, table of places, trailer."""

from __future__ import annotations

from collections.abc import Sequence


def assembled(
    objects: Sequence[bytes], *, root: int = 1, trailer: bytes = b"", version: bytes = b"1.7", start: int | None = None
) -> bytes:
    """The file; objects are numbered from 1.

    Args:
        root: the number of the catalogue.
        trailer: more entries of the trailer.
        start: where the file says that its table stands, if not where it does.
    """
    out = bytearray(b"%PDF-" + version + b"\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root %d 0 R %s >>\n" % (len(objects) + 1, root, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % (table if start is None else start)
    return bytes(out)
