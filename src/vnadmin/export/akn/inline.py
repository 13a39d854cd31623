"""The inline elements of Akoma Ntoso: what of a line is a number, a date, a signer, a reference; no two overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from vnadmin.export.akn.iri import reference_iri
from vnadmin.export.akn.zones import Block, Zones, merged
from vnadmin.export.xml_text import xml_text
from vnadmin.identifiers import home
from vnadmin.model import AdminDocument, LegalReference
from vnadmin.text.fold import fold

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


@dataclass(frozen=True, slots=True)
class Inline:
    """An element over a stretch of the text; `inside` it may hold one more, as a signature holds a person."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]
    inside: str | None = None


@dataclass(slots=True)
class Concepts:
    """The top-level classes that inline elements refer to: an agency, a person, a post, a place."""

    entries: dict[str, tuple[str, str]] = field(default_factory=dict)  # eId: element, name
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, kind: str, stem: str, name: str) -> str:
        """The `#eId` of a concept, the same for the same name."""
        known = self._known.get((kind, name))
        if known is not None:
            return f"#{known}"
        eid = stem if stem not in self.entries else f"{stem}_{len(self.entries) + 1}"
        self.entries[eid] = (kind, name)
        self._known[kind, name] = eid
        return f"#{eid}"


def inlines_of(document: AdminDocument, zones: Zones, concepts: Concepts) -> list[Inline]:
    """All inline elements, sorted, the first of those that overlap; each only in the zone where it belongs."""
    top = zones.preface[-1].end if zones.preface else 0
    close = zones.conclusions[0].start if zones.conclusions else len(document.text)
    found = [
        *(one for one in _preface(document, concepts) if one.end <= top),
        *(one for one in _conclusions(document, concepts) if one.start >= close),
        *_references(document, concepts),
    ]
    kept: list[Inline] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def fill(parent: etree._Element, text: str, block: Block, inlines: list[Inline], ids: Iterator[int], head: str) -> None:
    """Put a block's words into an element, with the inline elements that stand in it."""
    position = block.start
    last: etree._Element | None = None
    place = bisect_left(inlines, block.start, key=lambda one: one.start)
    while place < len(inlines) and inlines[place].start < block.end:
        one = inlines[place]
        place += 1
        if one.end > block.end or one.start < position:
            continue
        _append(parent, last, text[position : one.start])
        last = inner = etree.SubElement(parent, f"{{{AKN}}}{one.name}", {"eId": f"{head}{one.name}_{next(ids)}"})
        if one.inside is not None:
            inner = etree.SubElement(last, f"{{{AKN}}}{one.inside}", {"eId": f"{head}{one.inside}_{next(ids)}"})
        for key, value in one.attributes.items():
            inner.set(key, value)
        inner.text = xml_text(" ".join(text[one.start : one.end].split()))
        position = one.end
    _append(parent, last, text[position : block.end])


def _append(parent: etree._Element, last: etree._Element | None, text: str) -> None:
    """White space of a line's end and of wide gaps becomes one space; XML readers do the same."""
    words = xml_text(" ".join(text.split()))
    if text[:1].isspace():
        words = f" {words}"
    if text[-1:].isspace() and words.strip():
        words = f"{words} "
    if last is None:
        parent.text = (parent.text or "") + words
    else:
        last.tail = (last.tail or "") + words


def _preface(document: AdminDocument, concepts: Concepts) -> Iterator[Inline]:
    yield from _at(document, "/number/text", "docNumber")
    if document.document_type is not None:
        name = fold(document.document_type.name)
        # Of a letter the type is read from its V/v, not from a line that prints it.
        yield from (
            one
            for one in _at(document, "/document_type/name", "docType")
            if fold(" ".join(document.text[one.start : one.end].split())) == name
        )
    yield from _at(document, "/subject", "docTitle")
    if document.issuing_agency:
        issuer = concepts.add("TLCOrganization", "issuer", document.issuing_agency)
        yield from _at(document, "/issuing_agency", "docProponent", refersTo=issuer)
    if document.parent_agency:
        parent = concepts.add("TLCOrganization", "parent", document.parent_agency)
        yield from _at(document, "/parent_agency", "organization", refersTo=parent)
    if document.issued_on:
        yield from _at(document, "/issued_on", "docDate", date=document.issued_on)
    if document.place:
        place = concepts.add("TLCLocation", "place", document.place)
        yield from _at(document, "/place", "location", refersTo=place)
    for place_, name in enumerate(document.addressees):
        told = concepts.add("TLCOrganization", f"addressee_{place_ + 1}", name)
        yield from _at(document, f"/addressees/{place_}", "docAuthority", refersTo=told)


def _conclusions(document: AdminDocument, concepts: Concepts) -> Iterator[Inline]:
    for place, signer in enumerate(document.signatories):
        pointer, number = f"/signatories/{place}", place + 1
        role = None
        if signer.position:
            role = concepts.add("TLCRole", f"role_{number}", signer.position)
            yield from _at(document, f"{pointer}/position", "role", refersTo=role)
        if signer.name:
            person = concepts.add("TLCPerson", f"signer_{number}", signer.name)
            as_role = {"as": role} if role else {}
            for one in _at(document, f"{pointer}/name", "signature"):
                yield Inline(one.start, one.end, "signature", {"refersTo": person, **as_role}, inside="person")
    for place, recipient in enumerate(document.recipients):
        if fold(recipient.name).startswith(("như ", "lưu")):  # `Như trên`, `Lưu: VT`: no agency
            continue
        told = concepts.add("TLCOrganization", f"recipient_{place + 1}", recipient.name)
        yield from _at(document, f"/recipients/{place}/name", "organization", refersTo=told)


def _references(document: AdminDocument, concepts: Concepts) -> Iterator[Inline]:
    for place, reference in enumerate(document.legal_references):
        yield from _mentions(document, f"/legal_references/{place}", reference, concepts)
    for number, appendix in enumerate(document.appendices):
        for place, reference in enumerate(appendix.legal_references):
            yield from _mentions(document, f"/appendices/{number}/legal_references/{place}", reference, concepts)


def _mentions(document: AdminDocument, pointer: str, reference: LegalReference, concepts: Concepts) -> Iterator[Inline]:
    target = reference_iri(reference, home(document))
    if target is None:
        shown = " ".join(filter(None, (reference.type, reference.number or reference.title))) or reference.mentions[0]
        target = concepts.add("TLCReference", f"ref_{pointer.strip('/').replace('/', '_')}", shown)
    for place in range(len(reference.mentions)):
        for evidence in document.evidence.get(f"{pointer}/mentions/{place}", ()):
            yield Inline(evidence.start, evidence.end, "ref", {"href": target})


def _at(document: AdminDocument, pointer: str, name: str, **attributes: str) -> Iterator[Inline]:
    for start, end in merged(((e.start, e.end) for e in document.evidence.get(pointer, ())), document.text):
        yield Inline(start, end, name, attributes)
