"""Akoma Ntoso 3.0: a document as linked law, `act` where it is normative and `doc` otherwise, with all of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final, cast

from lxml import etree

from vnadmin.export.akn.inline import AKN, Concepts, Inline, fill, inlines_of
from vnadmin.export.akn.iri import document_iri, is_act
from vnadmin.export.akn.meta import add_meta
from vnadmin.export.akn.zones import Block, Node, Zones, zones_of
from vnadmin.export.elements import check, elements
from vnadmin.export.refusal import ExportRefused, Fault, Problem
from vnadmin.export.xml_text import xml_text
from vnadmin.genre.closing_line import opens_list
from vnadmin.genre.marker import MarkerKind, read_label
from vnadmin.identifiers import provision, slug
from vnadmin.model import AdminDocument
from vnadmin.text.fold import bare, fold

# The element of an item by its marker; under an article the decrees call `1.` khoản and `a)` điểm.
_HEADINGS: Final = {
    "phần": "part", "chương": "chapter", "mục": "section", "tiểu mục": "subsection", "điều": "article",
}  # fmt: skip
_KINDS: Final = {
    MarkerKind.ROMAN: "section", MarkerKind.DOTTED: "subparagraph", MarkerKind.NUMBER: "paragraph",
    MarkerKind.LETTER: "point", MarkerKind.LETTERED: "point", MarkerKind.LOWER_ROMAN: "point", MarkerKind.UPPER: "point",
    MarkerKind.BULLET: "indent",
}  # fmt: skip
# The level of `identifiers.provision` that an element is; "1.1." is cited as a khoản.
_LEVELS: Final = {
    "part": "part", "chapter": "chapter", "section": "section", "subsection": "subsection", "article": "article",
    "paragraph": "clause", "subparagraph": "clause", "point": "point",
}  # fmt: skip
_NUMBER: Final = re.compile(r"(?:phần|chương|tiểu mục|mục|điều)\s+(?:thứ\s+)?|(?<![.):/\s-])[.):/\s-]+$")
_TITLED: Final = frozenset({"part", "chapter", "section", "subsection"})


def write_akoma_ntoso(document: AdminDocument) -> bytes:
    """The document as XML that the OASIS schema accepts.

    Raises:
        ExportRefused: its identifier needs a type, an issuer, a number and a whole date; those that are missing are listed.
    """
    problems = list(problems_of(document))
    if problems:
        raise ExportRefused(problems)
    return _Writer(document).write()


def problems_of(document: AdminDocument) -> Iterator[Problem]:
    """What keeps the document from having an identifier."""
    table = elements("akn")
    number = document.number.text if document.number and document.number.sequence else None
    kind = document.document_type.name if document.document_type else None
    yield from check(table["preface/docType"], kind)
    yield from check(table["preface/docProponent"], document.issuing_agency)
    yield from check(table["preface/docNumber"], number)
    if document.issued_on and document.issued_on.to_date() is None:
        yield Problem("preface/docDate", Fault.INCOMPLETE, "day or month left blank")
    else:
        yield from check(table["preface/docDate"], document.issued_on)


class _Writer:
    """One document being written: its zones, its inline elements, and the numbers given so far."""

    def __init__(self, document: AdminDocument) -> None:
        self.document = document
        self.zones: Zones = zones_of(document)
        self.concepts = Concepts()
        self.concepts.add("TLCOrganization", "issuer", document.issuing_agency or "")
        self.inlines: list[Inline] = inlines_of(document, self.zones, self.concepts)
        self.ids = count(1)
        self.given: set[str] = set()
        self.iri = document_iri(document)
        self.head = ""  # of eIds: they are unique over the whole file, attachments included

    def write(self) -> bytes:
        document, zones = self.document, self.zones
        kind = document.document_type.name if document.document_type else ""
        act = is_act(kind, document.number.text if document.number else None)
        root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap=cast("dict[str, str]", {None: AKN}))
        main = _child(root, "act" if act else "doc", name=slug(kind), contains="originalVersion")
        add_meta(main, document, self.iri, self.concepts)
        if zones.preface:
            preface = _child(main, "preface", eId="preface")
            self._paragraphs(preface, zones.preface)
        self._preamble(main)
        body = _child(main, "body" if act else "mainBody", eId="body")
        self._pieces(body, zones.body, plain=not act)
        if not len(body):  # a document without a word between its header and its signature
            _child(body, "hcontainer" if act else "p", **({"name": "empty", "eId": "empty"} if act else {}))
        if zones.conclusions:
            self._conclusions(_child(main, "conclusions", eId="conclusions"))
        if any(blocks for _, blocks in zones.attachments):
            self._attachments(_child(main, "attachments"))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def _preamble(self, main: etree._Element) -> None:
        found = self.zones.preamble
        if not found.grounds and found.formula is None:
            return
        preamble = _child(main, "preamble", eId="preamble")
        self._paragraphs(preamble, found.before)
        group: etree._Element | None = None
        for block in found.grounds:
            # Grounds of law are citations, a proposal or a reason is a recital (OASIS: citation, recital).
            cited = fold(self.document.text[block.start : block.start + 8]).startswith(("căn cứ", "chiếu"))
            name = "citation" if cited else "recital"
            if group is None or etree.QName(group).localname != f"{name}s":
                group = _child(preamble, f"{name}s", eId=self._id(f"{name}s"))
            self._paragraphs(_child(group, name, eId=self._id(name)), [block])
        if found.formula is not None:
            formula = _child(preamble, "formula", name="enacting", eId=self._id("formula"))
            self._paragraphs(formula, [found.formula])

    def _pieces(
        self, parent: etree._Element, pieces: Sequence[Block | Node], plain: bool, path: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Items and paragraphs in order; where paragraphs may not stand bare they get a container."""
        for piece in pieces:
            if isinstance(piece, Node):
                self._item(parent, piece, path)
            elif plain:
                self._paragraphs(parent, [piece])
            else:
                holder = _child(parent, "hcontainer", name="text", eId=self._id("hcontainer"))
                self._paragraphs(_child(holder, "content", eId=self._id("content")), [piece])

    def _item(self, parent: etree._Element, node: Node, above: Sequence[tuple[str, str]]) -> None:
        name = _kind(node.marker)
        attributes = {"name": "item"} if name == "hcontainer" else {}
        path = _path(above, name, node.marker)
        item = _child(parent, name, eId=self._provision(name, path, above), **attributes)
        number = _child(item, "num", eId=self._id("num"))
        number.text = xml_text(" ".join(self.document.text[node.number.start : node.number.end].split()))
        inside = list(node.inside)
        if inside and isinstance(inside[0], Block) and self._titles(name, inside):
            title = inside.pop(0)
            assert isinstance(title, Block)
            self._fill(_child(item, "heading", eId=self._id("heading")), title)
        items = [place for place, piece in enumerate(inside) if isinstance(piece, Node)]
        if not items:
            content = _child(item, "content", eId=self._id("content"))
            blocks = [piece for piece in inside if isinstance(piece, Block)]
            self._paragraphs(content, blocks)
            if not blocks:
                _child(content, "p")
            return
        before = [piece for piece in inside[: items[0]] if isinstance(piece, Block)]
        after = [piece for piece in inside[items[-1] + 1 :] if isinstance(piece, Block)]
        if before:
            self._paragraphs(_child(item, "intro", eId=self._id("intro")), before)
        self._pieces(item, inside[items[0] : items[-1] + 1], plain=False, path=path)
        if after:
            self._paragraphs(_child(item, "wrapUp", eId=self._id("wrapUp")), after)

    def _titles(self, name: str, inside: Sequence[Block | Node]) -> bool:
        """Whether an item's first words are its title: of a chapter always, of an article where more follows them."""
        if name in _TITLED:
            return True
        first = inside[0]
        last = self.document.text[first.end - 1] if isinstance(first, Block) else ""
        return name == "article" and len(inside) > 1 and last not in ".:;,"

    def _conclusions(self, parent: etree._Element) -> None:
        """The lines of Nơi nhận in a container of their own, the signers' lines as they stand."""
        spans = [
            evidence
            for pointer, found in self.document.evidence.items()
            if pointer.startswith("/recipients/")
            for evidence in found
        ]
        first = min((e.start for e in spans), default=-1)
        last = max((e.start for e in spans), default=-1)
        holder: etree._Element | None = None
        for block in self.zones.conclusions:
            label = opens_list(bare(self.document.text[block.start : block.end]))
            if label or (first >= 0 and block.end > first and block.start <= last):
                if holder is None:
                    holder = _child(parent, "container", name="recipients", eId=self._id("container"))
                self._paragraphs(holder, [block])
            else:
                holder = None
                self._paragraphs(parent, [block])

    def _attachments(self, parent: etree._Element) -> None:
        numbered = [(place, blocks) for place, blocks in self.zones.attachments if blocks]
        for number, (place, blocks) in enumerate(numbered, 1):
            self.head = f"att_{number}__"
            attachment = _child(parent, "attachment", eId=f"att_{number}")
            appendix = self.document.appendices[place]
            name = slug(appendix.label or "") or "van-ban-kem-theo"
            part = _child(attachment, "doc", name=name, contains="originalVersion")
            add_meta(part, self.document, self.iri, None, f"att_{number}")
            self._paragraphs(_child(part, "mainBody", eId=f"{self.head}body"), blocks)

    def _paragraphs(self, parent: etree._Element, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._fill(_child(parent, "p", eId=self._id("p")), block)

    def _fill(self, element: etree._Element, block: Block) -> None:
        fill(element, self.document.text, block, self.inlines, self.ids, self.head)

    def _id(self, name: str) -> str:
        eid = f"{self.head}{name}_{next(self.ids)}"
        return eid if eid not in self.given else self._id(name)

    def _provision(self, name: str, path: Sequence[tuple[str, str]], above: Sequence[tuple[str, str]]) -> str:
        """`art_5__para_2`, by which citations name the item; a running number where it has none or another bears it."""
        eid = provision(path) if path != above else ""
        if not eid or eid in self.given:
            return self._id(name)
        self.given.add(eid)
        return eid


def _path(above: Sequence[tuple[str, str]], name: str, marker: str) -> Sequence[tuple[str, str]]:
    """An item's place in the act, the largest part first; bullets have no number and stand for the item above."""
    level = _LEVELS.get(name)
    number = _NUMBER.sub("", fold(marker).strip())
    if level is None or not number or " " in number:
        return above
    if name == "subparagraph":
        above = [part for part in above if part[0] != "clause"]
    return [*above, (level, number)]


def _kind(label: str) -> str:
    """The element for a marker; what none is known for is a container with a name."""
    marker = next(iter(read_label(label)), None)
    if marker is None:
        return "hcontainer" if any(map(str.isalnum, label)) else "indent"
    if marker.kind in (MarkerKind.HEADING, MarkerKind.PROVISION):
        return _HEADINGS.get(marker.series, "hcontainer")
    return _KINDS.get(marker.kind, "hcontainer")


def _child(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{AKN}}}{tag}", attributes)
