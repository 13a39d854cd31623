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
from vnadmin.source.docx_names import MAIN, RELATION, STRICT

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
            name = target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}".lstrip("/"))
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


def _without_latent(data: bytes) -> bytes:
    """A styles part without its list of styles that the document does not use, which is two thirds of it."""
    start = data.find(b"<w:latentStyles")
    end = data.find(b"</w:latentStyles>", start) if start >= 0 else -1
    return data[:start] + data[end + len(b"</w:latentStyles>") :] if end >= 0 else data


_CONDITIONAL, _STYLE, _STYLE_END, _TABLE = b"<w:tblStylePr", b"<w:style ", b"</w:style>", b'w:type="table"'


def _without_conditional(data: bytes) -> bytes:
    """A styles part without what its table styles say of first rows, last columns and so on, which nothing reads.

    Styles of a template can hold 300 kB of it, and libxml2 takes 5 ms for that. It is the last that a style says
    (ECMA-376, 17.7.4.17: `tblStylePr` ends the sequence).
    """
    start = data.find(_CONDITIONAL)
    if start < 0:
        return data
    kept: list[bytes] = []
    done = 0
    while start >= 0:
        end = data.find(_STYLE_END, start)
        if end < 0:
            break
        kept.append(data[done:start])
        done = end
        start = data.find(_CONDITIONAL, end)
    kept.append(data[done:])
    return b"".join(kept)


def without_table_styles(data: bytes, named: bytes) -> bytes:
    """A styles part without the table styles that none of its own styles is based on and `named` does not mention.

    Args:
        data: the styles part.
        named: the parts that may name a table style. The template of python-docx has a hundred, a document uses one.
    """
    kept: list[bytes] = []
    used = {*_NAMED.findall(data), *_NAMED.findall(named)}
    start, done = data.find(_STYLE), 0
    while start >= 0:
        opened = data.find(b">", start) + 1
        end = opened if data[opened - 2 : opened] == b"/>" else data.find(_STYLE_END, opened) + len(_STYLE_END)
        if not opened or end < opened:
            break
        if _TABLE in data[start:opened]:
            name = _STYLE_ID.search(data, start, opened)
            if name and name[1] not in used:
                kept.append(data[done:start])
                done = end
        start = data.find(_STYLE, end)
    if not kept:
        return data
    kept.append(data[done:])
    return b"".join(kept)


_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')
_NAMED = re.compile(rb'<w:(?:tblStyle|basedOn) w:val="([^"]*)"')


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
        tree = etree.fromstring(_without_conditional(_without_latent(data)), _parser())
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise LimitExceeded("The elements of the document are nested too deeply.") from error
        raise DamagedInput("The XML of the document is damaged.") from error
    if b"<!DOCTYPE" in data[:_CHUNK]:
        raise DamagedInput("The XML of the document declares a document type, which Word never writes.")
    return tree
