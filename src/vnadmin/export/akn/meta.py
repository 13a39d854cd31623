"""The meta element of Akoma Ntoso: identification of work, expression and manifestation, and the references."""

from __future__ import annotations

from lxml import etree

from vnadmin.export.akn.inline import AKN, Concepts
from vnadmin.export.xml_text import xml_text
from vnadmin.identifiers import slug
from vnadmin.model import AdminDocument


def add_meta(
    parent: etree._Element, document: AdminDocument, iri: str, concepts: Concepts | None, part: str = ""
) -> None:
    """`meta` of the document, or of one of its attachments (`part` as `att_1`).

    The one date that is known is the date of the document; the manifestation bears it under the name `Promulgation`, for
    the day of writing is not asked of a clock.
    """
    meta = _child(parent, "meta")
    identification = _child(meta, "identification", source="#vnadmin")
    this = f"{iri}/!{part or 'main'}"
    kind = document.document_type.name if document.document_type else ""
    work = _level(identification, "FRBRWork", this, iri, document)
    _child(work, "FRBRcountry", value="vn")
    _child(work, "FRBRsubtype", value=slug(kind))
    if document.number:
        _child(work, "FRBRnumber", value=xml_text(document.number.text))
    if document.subject and not part:
        _child(work, "FRBRname", value=xml_text(document.subject))
    expression = _level(identification, "FRBRExpression", f"{iri}/vie@/!{part or 'main'}", f"{iri}/vie@", document)
    _child(expression, "FRBRlanguage", language="vie")
    _level(identification, "FRBRManifestation", f"{iri}/vie@/!{part or 'main'}.xml", f"{iri}/vie@.akn", document)
    if concepts is None:
        return
    references = _child(meta, "references", source="#vnadmin")
    for eid, (element, name) in concepts.entries.items():
        kind = element.removeprefix("TLC").lower()
        entry = _child(
            references, element, eId=eid, href=f"/akn/ontology/{kind}/vn/{slug(name)}", showAs=xml_text(name)
        )
        if element == "TLCReference":
            entry.set("name", "instrument")
    _child(references, "TLCOrganization", eId="vnadmin", href="/akn/ontology/organization/vnadmin", showAs="vnadmin")


def _level(identification: etree._Element, name: str, this: str, uri: str, document: AdminDocument) -> etree._Element:
    level = _child(identification, name)
    _child(level, "FRBRthis", value=this)
    _child(level, "FRBRuri", value=uri)
    _child(level, "FRBRdate", date=document.issued_on or "", name="Promulgation")
    _child(level, "FRBRauthor", href="#issuer")
    return level


def _child(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{AKN}}}{tag}", attributes)
