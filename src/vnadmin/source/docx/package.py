"""Opens the zip package of a .docx within limits: its parts as XML trees, its relations, its main document."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, UnsupportedFormat
from vnadmin.source.docx.names import MAIN, RELATION, STRICT

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_CHUNK = 1 << 16
_PLAIN = 1 << 24  # bytes that a part may always have
_DENSEST = 100  # times its packed size; Word's own XML packs 10 to 30 to 1
_HEAD = 1 << 13  # bytes in which a part names its namespaces
_STRICT_RELATION = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)
_TEXT = re.compile(rb"<(?:\w+:)?(?:t|sym|noBreakHyphen)[\s/>]|\0")  # a zero byte: in UTF-16 it is not looked for
_DOC_HELP = "Open the file in Word or LibreOffice with its password and save it again without one."


@dataclass(slots=True)
class Package:
    """A .docx. Parts are unpacked when asked for, and all together never beyond `Config.max_unpacked_bytes`."""

    archive: zipfile.ZipFile
    limit: int
    unpacked: int = 0
    relations: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None if the package has no such part.

        Raises:
            LimitExceeded: the package unpacks to more than the limit.
            DamagedInput: the part cannot be unpacked.
        """
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise EncryptedInput(advice=_DOC_HELP)
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
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise DamagedInput("A part of the .docx file cannot be unpacked.") from error
        return b"".join(chunks)

    def tree(self, name: str) -> _Element | None:
        """A part as XML. Entities are not expanded, and a document type declaration is refused."""
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id to (kind, name of the target part); outside targets are left out."""
        if part not in self.relations:
            self.relations[part] = self._targets(part)
        return self.relations[part]

    def target(self, part: str, kind: str) -> str | None:
        """The first part that `part` names as its `styles`, `numbering`, `footnotes`, ..."""
        return next((name for found, name in self.targets(part).values() if found == kind), None)

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        folder = dirname(part)
        tree = self.tree(f"{folder}/_rels/{part.rpartition('/')[2]}.rels".lstrip("/"))
        found: dict[str, tuple[str, str]] = {}
        for relation in () if tree is None else tree:
            kind, target = relation.get("Type", ""), relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not kind.startswith(_OFFICE):
                continue
            name = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            if "./" in name or "//" in name:  # "word/../customXml/item1.xml"
                name = normpath(name)
            found[relation.get("Id", "")] = (kind.rpartition("/")[2], name)
        return found


def open_package(data: bytes, config: Config) -> tuple[Package, str]:
    """The package and the name of its main document.

    Raises:
        DamagedInput: the zip is cut off or broken.
        UnsupportedFormat: a zip that is no Word document.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedInput("The .docx file is damaged or cut off.") from error
    package = Package(archive, config.max_unpacked_bytes)
    main = package.target("", "officeDocument") or "word/document.xml"
    if main not in archive.NameToInfo:
        raise UnsupportedFormat if archive.NameToInfo else DamagedInput
    return package, main


@cache
def _parser() -> XMLParser:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def holds_text(data: bytes) -> bool:
    """Whether a part may hold text. Most page heads are empty, and nearly all notes hold a separator only."""
    return _TEXT.search(data) is not None


def parse_xml(data: bytes) -> _Element:
    """XML of a part, with nothing fetched and nothing expanded.

    Raises:
        DamagedInput: it is no well-formed XML.
        LimitExceeded: elements nested deeper than libxml2 allows (256).
    """
    from lxml import etree

    if STRICT in data[:_HEAD]:
        data = data.replace(STRICT, MAIN.encode()).replace(_STRICT_RELATION, RELATION[1:-1].encode())
    try:
        tree = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise LimitExceeded("The elements of the document are nested too deeply.") from error
        raise DamagedInput("The XML of the document is damaged.") from error
    if b"<!DOCTYPE" in data[:_CHUNK]:
        raise DamagedInput("The XML of the document declares a document type, which Word never writes.")
    return tree
