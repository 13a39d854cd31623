"""A plain text, and what tests ask of a document that was read from one."""

from __future__ import annotations

from vnadmin.config import Config
from vnadmin.layout.page import SourceDocument
from vnadmin.source.text import read_text

SAMPLE = "Số: 12/UBND-VX\nKính gửi: Các phòng, ban thuộc huyện Hạ Sơn\nĐề nghị tổ chức thực hiện nghiêm túc."


def read(text: str | bytes) -> SourceDocument:
    return read_text(text if isinstance(text, bytes) else text.encode(), Config())


def texts(text: str | bytes) -> list[str]:
    """The document's own lines."""
    document = read(text)
    return [document.of(line) for line in document.lines]
