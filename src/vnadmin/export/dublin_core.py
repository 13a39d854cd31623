"""Dublin Core (DCMI Metadata Terms): a document as XML or JSON-LD, for catalogues that know no Vietnamese standard."""

from __future__ import annotations

import json
from typing import Final

from lxml import etree

from vnadmin.agencies import whole_name
from vnadmin.export.elements import check, elements
from vnadmin.export.qcvn102.envelope import pages
from vnadmin.export.refusal import ExportRefused
from vnadmin.export.xml_text import xml_text
from vnadmin.identifiers import home, identify_document, identify_reference
from vnadmin.model import AdminDocument, LegalReference

TERMS: Final = "http://purl.org/dc/terms/"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# What the document does with an instrument, as a term; all others are references.
_RELATIONS: Final = {"repeals": "replaces", "amends": "relation", "replies_to": "relation"}
_WORDS: Final = frozenset({"title", "type", "creator", "audience", "hasPart", "spatial", "accessRights"})


def terms_of(document: AdminDocument) -> dict[str, list[str]]:
    """Values by term, in the order of the table; what the document does not have is not there.

    Raises:
        ExportRefused: no title: a record that nobody can recognise.
    """
    count = pages(document)
    values: dict[str, list[str | None]] = {
        "title": [document.subject],
        "type": [document.document_type.name if document.document_type else None],
        "identifier": [document.number.text if document.number else None, identify_document(document).uri],
        "issued": [document.issued_on],
        "spatial": [document.place],
        "creator": [whole_name(document.issuing_agency, document.parent_agency) if document.issuing_agency else None],
        "contributor": [signer.name for signer in document.signatories],
        "audience": list(document.addressees),
        "accessRights": [document.secrecy, document.circulation],
        "language": ["vi"],
        "format": [document.source.media_type],
        "extent": [f"{count} pages" if count is not None else None],
        "references": [],
        "replaces": [],
        "relation": [],
        "hasPart": [". ".join(filter(None, (a.label, a.title))) for a in document.appendices],
    }
    for reference in document.legal_references:
        values[_RELATIONS.get(reference.relation, "references")].append(_named(reference, home(document)))
    problems = check(elements("dc")["dcterms:title"], document.subject)
    if problems:
        raise ExportRefused(problems)
    order = [name.removeprefix("dcterms:") for name in elements("dc")]
    return {name: kept for name in order if (kept := [v for v in values.get(name, []) if v])}


def write_xml(document: AdminDocument) -> bytes:
    """A flat record of `dcterms:` elements; Vietnamese words are marked as such."""
    root = etree.Element("record", nsmap={"dcterms": TERMS})
    for name, values in terms_of(document).items():
        for value in values:
            element = etree.SubElement(root, f"{{{TERMS}}}{name}")
            element.text = xml_text(value)
            if name in _WORDS:
                element.set(_XML, "vi")
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def write_json(document: AdminDocument) -> bytes:
    """The same as JSON-LD; a term with one value is a string, with several a list."""
    record: dict[str, object] = {"@context": {"dcterms": TERMS}}
    for name, values in terms_of(document).items():
        record[f"dcterms:{name}"] = values[0] if len(values) == 1 else values
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _named(reference: LegalReference, within: str | None) -> str:
    """An instrument as people name it, with its identifier where it says enough for one."""
    words = " ".join(filter(None, (reference.type, reference.number or reference.title))) or reference.mentions[0]
    uri = identify_reference(reference, within).uri
    return f"{words} <{uri}>" if uri else words
