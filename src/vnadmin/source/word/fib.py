"""The file information block of a Word document: which stream holds what, and where (MS-DOC 2.5; Word 6 before it)."""

from __future__ import annotations

from dataclasses import dataclass

from vnadmin.errors import DamagedInput, EncryptedInput, UnsupportedFormat
from vnadmin.source.word.binary import i32, u16, u32

WORD97 = 0xA5EC
WORD6 = 0xA5DC  # Word 6.0 and 95
_ENCRYPTED = 0x0100
_TABLE1 = 0x0200
_COMPLEX = 0x0004

ENCRYPTED_ADVICE = "Open the file in Word or LibreOffice with its password and save it again without one."
OLD_ADVICE = "Open the file in Word or LibreOffice and save it as .docx."


@dataclass(frozen=True, slots=True)
class Part:
    """Place and size of a structure in the table stream."""

    at: int
    size: int


@dataclass(frozen=True, slots=True)
class Fib:
    """What the reader needs of the block. Word 6 and 95 keep all in one stream and have 1-byte properties."""

    word97: bool
    complex: bool
    table_stream: str
    text_start: int
    # The lengths of: text, footnotes, page headers, macros, annotations, endnotes, text boxes, those of page headers.
    stories: tuple[int, ...]
    styles: Part
    fonts: Part
    characters: Part
    paragraphs: Part
    pieces: Part
    anchors: Part = Part(0, 0)  # drawn objects of the main text (PlcSpaMom)
    boxes: Part = Part(0, 0)  # their text boxes (PlcftxbxTxt)
    drawings: Part = Part(0, 0)  # shapes and the store of their pictures (OfficeArtContent)
    lists: Part = Part(0, 0)
    overrides: Part = Part(0, 0)


def read_fib(word: bytes) -> Fib:
    """Read the block at the start of the stream `WordDocument`.

    Raises:
        DamagedInput: the stream is too short or no Word document.
        EncryptedInput: protected by a password.
        UnsupportedFormat: Word 2 or older.
    """
    magic = u16(word, 0)
    if len(word) < 0x200:
        raise DamagedInput("The Word document is cut short.")
    if magic not in (WORD97, WORD6):
        if magic in (0xA59B, 0xA59C, 0xA5DB):
            raise UnsupportedFormat("The file was made by Word 2 or older.", OLD_ADVICE)
        raise DamagedInput("The Word document has no valid header.")
    flags = u16(word, 0x0A)
    if flags & _ENCRYPTED:
        raise EncryptedInput(advice=ENCRYPTED_ADVICE)
    if magic == WORD6 or u16(word, 2) < 105:
        return Fib(
            word97=False,
            complex=bool(flags & _COMPLEX),
            table_stream="WordDocument",
            text_start=u32(word, 0x18),
            stories=tuple(max(i32(word, 0x34 + 4 * k), 0) for k in range(8)),
            styles=_part(word, 0x60),
            fonts=_part(word, 0xD0),
            characters=_part(word, 0xB8),
            paragraphs=_part(word, 0xC0),
            pieces=_part(word, 0x160),
        )

    return Fib(
        word97=True,
        complex=bool(flags & _COMPLEX),
        table_stream="1Table" if flags & _TABLE1 else "0Table",
        text_start=u32(word, 0x18),
        stories=tuple(max(i32(word, 0x4C + 4 * k), 0) for k in range(8)),
        styles=_part(word, 0x9A + 8 * 1),
        characters=_part(word, 0x9A + 8 * 12),
        paragraphs=_part(word, 0x9A + 8 * 13),
        fonts=_part(word, 0x9A + 8 * 15),
        pieces=_part(word, 0x9A + 8 * 33),
        anchors=_part(word, 0x9A + 8 * 40),
        drawings=_part(word, 0x9A + 8 * 50),
        boxes=_part(word, 0x9A + 8 * 56),
        lists=_part(word, 0x9A + 8 * 73),
        overrides=_part(word, 0x9A + 8 * 74),
    )


def _part(word: bytes, at: int) -> Part:
    return Part(u32(word, at), u32(word, at + 4))
