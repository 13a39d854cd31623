"""A zip as it came, for formats that are zips: .docx, .odt, and plain archives of documents."""

from __future__ import annotations

import stat
import zipfile
import zlib
from io import BytesIO

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, UnsupportedFormat

_CHUNK = 1 << 16
_PLAIN = 1 << 24  # bytes that a part may always have
_DENSEST = 100  # times its packed size; Word's own XML packs 10 to 30 to 1
# Of these a member gives as much as is asked for; a block of bzip2 or LZMA may hold gigabytes.
BOUNDED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What opening or reading a damaged zip was seen to raise.
DAMAGED_ZIP = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, IndexError,
)  # fmt: skip
ADVICE = "Open the file with its password and save it again without one."
LINK = "It is a link to a file, and no document."


class Packed:
    """Parts are unpacked when asked for, and all together never beyond `Config.max_unpacked_bytes`.

    Raises:
        DamagedInput: it is no zip, or cut off.
    """

    def __init__(self, data: bytes, config: Config) -> None:
        self.limit = config.max_unpacked_bytes
        self.unpacked = 0
        try:
            self.archive = zipfile.ZipFile(BytesIO(data))
        except DAMAGED_ZIP as error:
            raise DamagedInput("The file is a zip that is damaged or cut off.") from error

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None if there is no such part.

        Raises:
            LimitExceeded: the package unpacks to more than the limit, whatever sizes it declares.
            DamagedInput: the part cannot be unpacked.
            EncryptedInput: the part is protected by a password.
            UnsupportedFormat: it is packed by a method whose unpacking cannot be bounded.
        """
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        return self.member(info)

    def member(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of an entry, which two entries of one name do not confuse; errors as of `read`."""
        if info.flag_bits & 1:
            raise EncryptedInput(advice=ADVICE)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise UnsupportedFormat(LINK, "Pack the file itself.")
        if info.compress_type not in BOUNDED:
            raise UnsupportedFormat("A part of the file is packed by bzip2, LZMA or the like.", "Pack it by deflate.")
        chunks: list[bytes] = []
        size = 0
        try:
            with self.archive.open(info) as part:
                while chunk := part.read(_CHUNK):
                    self.unpacked += len(chunk)
                    size += len(chunk)
                    if self.unpacked > self.limit or size > max(_PLAIN, _DENSEST * info.compress_size):
                        raise LimitExceeded(
                            f"The file unpacks to more than {self.limit} bytes (Config.max_unpacked_bytes), "
                            "or is packed as only a zip bomb is."
                        )
                    chunks.append(chunk)
        except DAMAGED_ZIP as error:
            raise DamagedInput("A part of the file cannot be unpacked.") from error
        return b"".join(chunks)
