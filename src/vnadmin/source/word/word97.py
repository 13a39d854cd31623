"""Reads .doc: Word 97 to 2003, and Word 6 and 95, out of their OLE container."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, MissingExtra, UnsupportedFormat
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.tables.table import flatten
from vnadmin.layout.page import Furniture, SourceDocument
from vnadmin.layout.reading import Known, read
from vnadmin.ocr.engine import may_read
from vnadmin.source.word.fib import ENCRYPTED_ADVICE, OLD_ADVICE, read_fib
from vnadmin.source.word.reader import ENDNOTES, FOOTNOTES, HEADER_BOXES, HEADERS, MAIN, Reader
from vnadmin.text.legacy import looks_legacy

MEDIA_TYPE = "application/msword"
# Streams by which other OLE files are known, in lower case.
_OTHERS = {
    "workbook": "an Excel workbook (.xls)",
    "book": "an Excel workbook (.xls)",
    "powerpoint document": "a PowerPoint presentation (.ppt)",
    "__properties_version1.0": "an Outlook message (.msg)",
    "visiodocument": "a Visio drawing (.vsd)",
}
_MOST_FURNITURE = 200
# What olefile raises, apart from its own errors (which are OSErrors), when a container is corrupt: found by fuzzing.
_DAMAGE = (OSError, struct.error, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError)


def read_doc(data: bytes, config: Config) -> SourceDocument:
    """Read a .doc.

    Raises:
        DamagedInput: the container or the document in it is cut short or corrupt.
        EncryptedInput: a password protects it (also a .docx with a password, which is an OLE container).
        UnsupportedFormat: another kind of OLE file (.xls, .ppt, .msg), or Word 2 and older.
        MissingExtra: the package `olefile` is not installed.
    """
    word, tables, extra = _streams(data)
    fib = read_fib(word)
    table = tables.get(fib.table_stream.casefold(), b"") if fib.word97 else word
    if not table:
        raise DamagedInput("The Word document has no table stream.")
    reader = Reader(fib, word, table, extra, config.max_nesting)
    if len(reader.text) > config.max_characters:
        raise LimitExceeded(f"The text is longer than {config.max_characters} characters (Config.max_characters).")
    builder = DocumentBuilder(MEDIA_TYPE)
    builder.page()
    blocks = reader.blocks(*reader.story(MAIN))
    if not reader.legacy_fonts and (encoding := looks_legacy(reader.text)):
        # Old text whose fonts were lost or renamed: the whole shows what a short line does not, "Sè: 12/Q§-UB".
        reader = Reader(fib, word, table, extra, config.max_nesting, encoding)
        blocks = reader.blocks(*reader.story(MAIN))
    read(blocks, Known(letters=True)).write(builder)
    for text, kind in _furniture(reader):
        builder.furniture(text, kind)
    reader.unseen.write(builder)
    document = builder.build()
    if document.is_wordless and may_read(config) and (scanned := _scanned(reader, config)) is not None:
        return scanned
    return document


def _scanned(reader: Reader, config: Config) -> SourceDocument | None:
    from vnadmin.source.scan.page_files import read_page_files
    from vnadmin.source.word.pictures import pictures

    return read_page_files(pictures(reader), MEDIA_TYPE, config)


def _furniture(reader: Reader) -> Iterator[tuple[str, Furniture]]:
    """Page headers and footers, each once, then the notes."""
    seen: set[str] = set()
    for story in (HEADERS, HEADER_BOXES, FOOTNOTES, ENDNOTES):
        for line in flatten(reader.blocks(*reader.story(story))):
            text = line.text.strip()
            if text and text not in seen and len(seen) < _MOST_FURNITURE:
                seen.add(text)
                yield text, _kind(line, story)


def _kind(line: RawLine, story: int) -> Furniture:
    if story in (FOOTNOTES, ENDNOTES):
        return Furniture.NOISE
    bare = line.text.strip(" -–—.")
    return Furniture.PAGE_NUMBER if not bare or bare.isdigit() else Furniture.RUNNING_HEAD


def _streams(data: bytes) -> tuple[bytes, dict[str, bytes], bytes]:
    """The streams `WordDocument`, `0Table` and `1Table`, `Data` of an OLE container."""
    try:
        import olefile
    except ImportError as error:
        raise MissingExtra("Reading .doc needs olefile.", "pip install 'vnadmin[legacy]'") from error
    try:
        container = olefile.OleFileIO(io.BytesIO(data))
        names = {"/".join(path).casefold(): path for path in container.listdir()}
        wanted = [name for name in ("worddocument", "0table", "1table", "data") if name in names]
        # A stream that claims more than the file holds would be read again and again, gigabytes of it.
        sizes = [container.root.size, *(container.get_size(names[name]) for name in wanted)]
        if max(sizes) > len(data):
            raise DamagedInput("The OLE container is cut short.")
        found: dict[str, bytes] = {name: container.openstream(names[name]).read() for name in wanted}
    except _DAMAGE as error:
        raise DamagedInput("The OLE container is damaged or cut short.") from error
    if "encryptedpackage" in names:
        raise EncryptedInput(advice=ENCRYPTED_ADVICE)
    if "worddocument" not in found:
        for name, kind in _OTHERS.items():
            if name in names:
                raise UnsupportedFormat(f"The file is {kind}.", OLD_ADVICE)
        raise UnsupportedFormat("The file is an OLE container without a Word document.", OLD_ADVICE)
    return found.pop("worddocument"), found, found.get("data", b"")
