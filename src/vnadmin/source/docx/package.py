"""Opens a .docx with python-docx, out of a copy that holds nothing but the parts whose size was counted while they were unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded, UnsupportedFormat
from vnadmin.source.docx.names import MAIN, RELATION, STRICT
from vnadmin.source.packed import Packed
from vnadmin.source.xml import broken, refuse_declarations

if TYPE_CHECKING:
    from docx.opc.part import Part
    from lxml.etree import _Element

_NO_TEXT = ("xl/", "ppt/", "visio/")  # where the main part of other programs stands
_SAVE = "Save a spreadsheet or slides as PDF if they hold a document."
_HEAD = 1 << 13  # bytes in which a part names its namespaces
_MOST_PARTS = 1000  # python-docx looks each up among all before it
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = frozenset({"styles", "numbering", "header", "footer", "footnotes", "endnotes"})
_OUTSIDE = frozenset({"image", "aFChunk"})  # not in the copy: most are never looked at
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"


class _Archive(Packed):
    """The zip of a .docx: its XML parts, and how they name each other."""

    def xml(self, name: str) -> bytes | None:
        """An XML part without entities, a "Strict" one under the names of the others."""
        data = self.read(name)
        if data is None:
            return None
        refuse_declarations(data)
        if STRICT in data[:_HEAD]:
            data = data.replace(STRICT, MAIN.encode()).replace(_STRICT_OFFICE[:-1].encode(), RELATION[1:-1].encode())
        return data

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """The relations of a part to parts of Office: kind, id, name of the target; outside targets are left out."""
        folder = dirname(part)
        data = self.xml(f"{folder}/_rels/{part.rpartition('/')[2]}.rels".lstrip("/"))
        for relation in () if data is None else _parsed(data).iterchildren("*"):
            kind, target = relation.get("Type", ""), relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not kind.startswith((_OFFICE, _STRICT_OFFICE)):
                continue
            name = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            if "./" in name or "//" in name:  # "word/../customXml/item1.xml"
                name = normpath(name)
            yield kind.rpartition("/")[2], relation.get("Id", ""), name


@dataclass(frozen=True, slots=True)
class Package:
    """A .docx that is open: its parts as python-docx has them."""

    main: Part
    _archive: _Archive

    def related(self, *kinds: str) -> Iterator[tuple[str, Part]]:
        """The parts that the main document names as its `styles`, `header`, ..., each with the id of the relation."""
        for identity, relation in self.main.rels.items():
            if not relation.is_external and relation.reltype.removeprefix(_OFFICE) in kinds:
                yield identity, relation.target_part

    def outside(self, identity: str) -> bytes | None:
        """The bytes of a picture or of a page that is set in; None for another relation."""
        relation = self.main.rels.get(identity)
        return self._archive.read(relation.target_ref) if relation is not None and relation.is_external else None


def open_package(data: bytes, config: Config) -> Package:
    """The package of a .docx.

    Raises:
        DamagedInput: the zip or the XML of a part is cut off or broken.
        UnsupportedFormat: a zip that is no Word document.
        LimitExceeded: unpacks to too much, or its elements are nested deeper than libxml2 allows (256).
    """
    from docx.package import Package as WordPackage
    from lxml.etree import XMLSyntaxError

    archive = _Archive(data, config)
    try:
        package = WordPackage.open(_copy(archive))
    except XMLSyntaxError as error:
        raise broken(error) from error
    return Package(package.main_document_part, archive)


def root(part: Part) -> _Element:
    """The XML of a part. python-docx has parsed it where it knows the kind, else its own parser is asked here.

    That parser resolves no entities, fetches nothing and refuses huge trees.
    """
    from docx.opc.part import XmlPart

    return part.element if isinstance(part, XmlPart) else _parsed(part.blob)


def _copy(archive: _Archive) -> BytesIO:
    """The main document and what it needs, under names and content types that python-docx opens whatever the file says.

    It would stop at a relation to a part that is missing, at a part without a content type, at damage in a part that
    nothing reads, and it unpacks whole whatever the file names.
    """
    from docx.opc.oxml import CT_Relationships

    main = next((name for kind, _, name in archive.relations("") if kind == "officeDocument"), "")
    main = main or "word/document.xml"
    document = archive.xml(main)
    if document is None:
        raise UnsupportedFormat if archive.archive.NameToInfo else DamagedInput
    if main.startswith(_NO_TEXT):
        raise UnsupportedFormat("The file is of Office and holds no text document.", _SAVE)
    top, relations = CT_Relationships.new(), CT_Relationships.new()
    top.add_rel("rId1", f"{_OFFICE}officeDocument", "word/document.xml")
    names: dict[str, str] = {}
    types = [_override("document.xml", "document.main")]
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        target.writestr("word/document.xml", document)
        for kind, identity, name in archive.relations(main):
            if kind in _OUTSIDE:
                relations.add_rel(identity, _OFFICE + kind, name, is_external=True)
            elif kind in _PARTS:
                if name not in names:
                    part = archive.xml(name)
                    if part is None:
                        continue
                    if len(names) == _MOST_PARTS:
                        raise LimitExceeded(f"The document has more than {_MOST_PARTS} page headers.")
                    names[name] = f"{kind}{len(names)}.xml"
                    types.append(_override(names[name], kind))
                    target.writestr(f"word/{names[name]}", part)
                relations.add_rel(identity, _OFFICE + kind, names[name])
        target.writestr("_rels/.rels", top.xml)
        target.writestr("word/_rels/document.xml.rels", relations.xml)
        extension = f'<Default Extension="rels" ContentType="{_RELATIONS}"/>'
        target.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}">{extension}{"".join(types)}</Types>')
    return copy


def _parsed(data: bytes) -> _Element:
    from docx.oxml.parser import parse_xml
    from lxml.etree import XMLSyntaxError

    try:
        return parse_xml(data)
    except XMLSyntaxError as error:
        raise broken(error) from error


def _override(name: str, kind: str) -> str:
    return f'<Override PartName="/word/{name}" ContentType="{_CONTENT}.{kind}+xml"/>'
