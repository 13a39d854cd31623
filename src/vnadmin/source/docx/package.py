"""Opens a .docx as parts of python-docx, those alone that are read, their size counted while they were unpacked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, normpath
from typing import Final, cast

from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package as WordPackage
from lxml.etree import Comment, ProcessingInstruction, XMLSyntaxError, _Element, strip_tags

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded, UnsupportedFormat
from vnadmin.source.docx.names import MAIN, RELATION, STRICT
from vnadmin.source.packed import Packed
from vnadmin.source.xml import broken, refuse_declarations

_NO_TEXT: Final = ("xl/", "ppt/", "visio/")  # where the main part of other programs stands
_SAVE: Final = "Save a spreadsheet or slides as PDF if they hold a document."
_HEAD: Final = 1 << 13  # bytes in which a part names its namespaces
_MOST_PARTS: Final = 1000
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS: Final = frozenset({"styles", "numbering", "header", "footer", "footnotes", "endnotes"})
_OUTSIDE: Final = frozenset({"image", "aFChunk", "theme", "settings"})  # left in the archive: most are never looked at


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

    def aside(self, kind: str) -> _Element | None:
        """The XML of a part that is hardly ever needed, as the `theme`; None where it is missing or damaged."""
        for relation in self.main.rels.values():
            if relation.is_external and relation.reltype == _OFFICE + kind:
                data = self._archive.xml(relation.target_ref)
                try:
                    return None if data is None else parse_xml(data)
                except XMLSyntaxError:
                    return None
        return None

    def outside(self, identity: str) -> bytes | None:
        """The bytes of a picture or of a page that is set in; None for another relation."""
        relation = self.main.rels.get(identity)
        return self._archive.read(relation.target_ref) if relation is not None and relation.is_external else None


def open_package(data: bytes, config: Config) -> Package:
    """The package of a .docx: the main document and what it names of what is read.

    Each part is python-docx's own, made here and not by its reader, which stops at a relation to a part that is missing,
    at a part without a content type, at damage in a part that nothing reads, and unpacks whole whatever the file names.

    Raises:
        DamagedInput: the zip or the XML of a part is cut off or broken.
        UnsupportedFormat: a zip that is no Word document.
        LimitExceeded: unpacks to too much, or its elements are nested deeper than libxml2 allows (256).
    """
    archive = _Archive(data, config)
    name = (
        next((name for kind, _, name in archive.relations("") if kind == "officeDocument"), "") or "word/document.xml"
    )
    document = archive.xml(name)
    if document is None:
        raise UnsupportedFormat if archive.archive.NameToInfo else DamagedInput
    if name.startswith(_NO_TEXT):
        raise UnsupportedFormat("The file is of Office and holds no text document.", _SAVE)
    package = WordPackage()
    try:
        main = _part(package, "document.xml", "document.main", document)
        _load_related(package, main, name, archive)
    except XMLSyntaxError as error:
        raise broken(error) from error
    return Package(main, archive)


def root(part: Part) -> _Element:
    """The XML of a part. python-docx has parsed it where it knows the kind, else its own parser is asked here.

    That parser resolves no entities, fetches nothing and refuses huge trees.
    """
    return part.element if isinstance(part, XmlPart) else _without_comments(_parsed(part.blob), part.blob)


def _load_related(package: WordPackage, main: Part, name: str, archive: _Archive) -> None:
    """Give the main document, which stands in the archive under this name, the parts that it names."""
    parts: dict[str, Part] = {}
    for kind, identity, target in archive.relations(name):
        if kind in _OUTSIDE:
            main.load_rel(_OFFICE + kind, target, identity, is_external=True)
        elif kind in _PARTS:
            if target not in parts:
                data = archive.xml(target)
                if data is None:
                    continue
                if len(parts) == _MOST_PARTS:
                    raise LimitExceeded(f"The document has more than {_MOST_PARTS} page headers.")
                parts[target] = _part(package, f"{kind}{len(parts)}.xml", kind, data)
            main.load_rel(_OFFICE + kind, parts[target], identity)


def _part(package: WordPackage, name: str, kind: str, data: bytes) -> Part:
    uri = PackURI(f"/word/{name}")
    part = cast("Part", PartFactory(uri, f"{_CONTENT}.{kind}+xml", _OFFICE + kind, data, package))
    if isinstance(part, XmlPart):
        _without_comments(part.element, data)
    return part


def _without_comments(tree: _Element, data: bytes) -> _Element:
    """The XML that these bytes are, its comments and instructions taken out. Most files have no sign that begins one."""
    if b"!" in data or data.count(b"?") > 2:  # those of the declaration
        strip_tags(tree, Comment, ProcessingInstruction)
    return tree


def _parsed(data: bytes) -> _Element:
    try:
        return parse_xml(data)
    except XMLSyntaxError as error:
        raise broken(error) from error
