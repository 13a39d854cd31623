"""A plain zip of documents."""

from __future__ import annotations

import io
import zipfile

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, UnsupportedFormat
from vnadmin.source.container.mail import Files
from vnadmin.source.packed import DAMAGED_ZIP, Packed
from vnadmin.source.sniff import sniff_docx

_BESIDE = ("__MACOSX/", "._", ".DS_Store", "Thumbs.db")  # what a system packs beside the files
_MIMETYPE = b"mimetype"  # the first entry of .odt, and of .epub, .ods, .odp, which are no archives of documents
_FIRST_NAME = 30  # where a zip has it
_OFFICE = "[Content_Types].xml"  # in every file of Word, Excel, PowerPoint


def sniff_zip(data: bytes) -> bool:
    """A zip that is no file of Office or OpenDocument, which are zips too."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or data.startswith(_MIMETYPE, _FIRST_NAME):
        return False
    if data.startswith(_OFFICE.encode(), _FIRST_NAME):  # the first entry, as Word writes it
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _OFFICE not in archive.NameToInfo
    except DAMAGED_ZIP:
        return not sniff_docx(data)


def zip_files(data: bytes, config: Config) -> Files:
    """The files in the order of the zip, each with its name; two of one name are two, and a damaged one is its error."""
    package = Packed(data, config)
    for info in package.archive.infolist():
        name = info.filename
        if info.is_dir() or name.startswith(_BESIDE) or name.rpartition("/")[2].startswith(_BESIDE):
            continue
        try:
            yield name, package.member(info)
        except (DamagedInput, EncryptedInput, UnsupportedFormat) as error:
            yield name, error
