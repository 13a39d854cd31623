"""EAD of TT 05/2025/TT-BNV: fields, lengths and lists each way, and a package that an independent validator accepts."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from vnadmin.export.ead.mets import METS, XLINK
from vnadmin.export.ead.package import SCHEMAS, File, package
from vnadmin.export.ead.schema import schema
from vnadmin.export.ead.tt05 import Entry, Form, as_csv, as_json, document_fields, file_fields, names
from vnadmin.export.elements import codes, elements
from vnadmin.export.profile import AgencyProfile
from vnadmin.export.refusal import ExportRefused, Fault
from vnadmin.model import AdminDocument, DocumentType, PartialDate

FORMS: tuple[Form, ...] = ("circular", "as_sample")
GIVEN = {name: b"<schema/>" for form in FORMS for name in SCHEMAS[form]}


def _faults(error: ExportRefused) -> set[tuple[str, str]]:
    return {(problem.element, problem.fault.value) for problem in error.problems}


def test_the_fields_of_a_document(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Values of the document and of the profile, in the order and number of the circular's schema."""
    fields = document_fields(letter, profile)
    assert len(fields) == 19
    assert {name: value for name, value in fields.items() if value} == {
        "docId": "H37.18.2021.12.1",
        "docCode": "H37.18.2021.12.0000001",
        "maintenance": "01",
        "typeName": "22",  # 18 in edXML
        "codeNumber": "1234",
        "codeNotation": "SYT-NVY",
        "issuedDate": "06/09/2021",
        "organName": "SỞ Y TẾ (ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN)",
        "subject": "phối hợp phòng, chống dịch <cúm> & sốt rét",
        "language": "01",
        "numberOfPage": "2",
        "mode": "01",
    }
    assert "Đỗ Thị Hương Mơ" not in fields.values()  # autograph is bút tích, not the signer


@pytest.mark.parametrize(
    ("issuer", "parent", "told"),
    [
        ("VĂN PHÒNG", "HĐND TỈNH LAM HẢI", "VĂN PHÒNG (HĐND TỈNH LAM HẢI)"),
        ("VĂN PHÒNG", None, "VĂN PHÒNG"),
        ("BỘ Y TẾ", "CHÍNH PHỦ", "BỘ Y TẾ"),
        ("SỞ Y TẾ TỈNH LAM HẢI", "UBND TỈNH LAM HẢI", "SỞ Y TẾ TỈNH LAM HẢI"),
        ("CỤC THUẾ TỈNH LAM HẢI", "TỔNG CỤC THUẾ", "CỤC THUẾ TỈNH LAM HẢI"),  # the place says whose it is
        ("VĂN PHÒNG TỈNH ỦY", "ĐẢNG BỘ LAM HẢI", "VĂN PHÒNG TỈNH ỦY (ĐẢNG BỘ LAM HẢI)"),
        ("UBND XÃ LAM SƠN", "HUYỆN LAM HẢI", "UBND XÃ LAM SƠN (HUYỆN LAM HẢI)"),
        ("TRUNG TÂM Y TẾ", "SỞ Y TẾ", "TRUNG TÂM Y TẾ (SỞ Y TẾ)"),
        ("UBND XÃ TÂN AN", "UBND HUYỆN TÂN AN", "UBND XÃ TÂN AN (UBND HUYỆN TÂN AN)"),
        ("BAN QUẢN LÝ " + "A " * 90, "UBND TỈNH LAM HẢI", ("BAN QUẢN LÝ " + "A " * 90).strip()),  # no room for both
    ],
)
def test_a_name_that_names_nobody_has_the_body_above_it(
    letter: AdminDocument, profile: AgencyProfile, issuer: str, parent: str | None, told: str
) -> None:
    """There is a `VĂN PHÒNG` in every province."""
    document = letter.model_copy(update={"issuing_agency": issuer.strip(), "parent_agency": parent})
    assert document_fields(document, profile)["organName"] == told


def test_forms_have_their_own_fields(letter: AdminDocument, profile: AgencyProfile) -> None:
    """19 and 17 fields in the circular, 21 and 18 in the official sample package."""
    assert [len(names("doc", form)) for form in FORMS] == [19, 21]
    assert [len(names("file", form)) for form in FORMS] == [17, 18]
    told = profile.with_values({"archive.risk_recovery": "1", "archive.risk_recovery_status": "02"})
    assert document_fields(letter, told, "as_sample")["riskRecoveryStatus"] == "02"
    assert "riskRecovery" not in document_fields(letter, told)


def test_all_that_is_missing_is_listed(letter: AdminDocument) -> None:
    """An empty profile and a draft without day and pages: every field that must have a value is named."""
    draft = letter.model_copy(
        update={"issued_on": PartialDate("2021-09"), "source": letter.source.model_copy(update={"pages": []})}
    )
    with pytest.raises(ExportRefused) as refused:
        document_fields(draft, AgencyProfile())
    assert _faults(refused.value) == {
        ("doc/docId", "missing"),
        ("doc/docCode", "missing"),
        ("doc/maintenance", "missing"),
        ("doc/issuedDate", "incomplete"),
        ("doc/language", "missing"),
        ("doc/numberOfPage", "missing"),
        ("doc/mode", "missing"),
    }


@pytest.mark.parametrize(
    ("values", "element"),
    [
        ({"archive.maintenance": "08"}, "doc/maintenance"),
        ({"archive.language": "01,12"}, "doc/language"),
        ({"archive.mode": "04"}, "doc/mode"),
        ({"archive.confidence_level": "04"}, "doc/confidenceLevel"),
        ({"document.process": "2"}, "doc/process"),
        ({"archive.confidence_level": "01"}, "doc/process"),  # asked for where the document is born digital
        ({"archive.risk_recovery": "1"}, "doc/riskRecoveryStatus"),
        ({"archive.risk_recovery": "2"}, "doc/riskRecovery"),
        ({"archive.risk_recovery": "1", "archive.risk_recovery_status": "03"}, "doc/riskRecoveryStatus"),
    ],
)
def test_codes_outside_their_lists_are_refused(
    letter: AdminDocument, profile: AgencyProfile, values: dict[str, str], element: str
) -> None:
    """Each coded field with a value that its list does not have."""
    with pytest.raises(ExportRefused) as refused:
        document_fields(letter, profile.with_values(values), "as_sample")
    assert [problem.element for problem in refused.value.problems] == [element]


def test_codes_of_their_lists_pass(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Every code of every list, also several languages."""
    for section, name in (
        ("archive.maintenance", "maintenance"),
        ("archive.language", "language"),
        ("archive.mode", "mode"),
    ):
        for code in codes(name):
            assert document_fields(letter, profile.with_values({section: code}))
    told = {"archive.confidence_level": "03", "document.process": "1", "archive.language": "01, 02"}
    assert document_fields(letter, profile.with_values(told))["language"] == "01, 02"


def test_every_type_of_the_decree_has_a_code_or_is_refused(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Names of the list get its code; a type outside is reported and never sent as `32 Khác`."""
    for code, name in codes("ead_type").items():
        document = letter.model_copy(update={"document_type": DocumentType(code=None, name=name.upper())})
        assert document_fields(document, profile)["typeName"] == code
    law = letter.model_copy(update={"document_type": DocumentType(code="TT", name="Thông tư")})
    with pytest.raises(ExportRefused) as refused:
        document_fields(law, profile)
    assert _faults(refused.value) == {("doc/typeName", "not_in_list")}


def test_a_mark_of_secrecy_decides_the_mode(letter: AdminDocument, profile: AgencyProfile) -> None:
    """A secret document is never filed as public, whatever the profile says."""
    secret = letter.model_copy(update={"secrecy": "Mật"})
    assert document_fields(secret, profile)["mode"] == "03"
    assert file_fields([Entry(letter, profile), Entry(secret, profile)], profile)["mode"] == "03"


_PLACES = {
    "doc/docId": "document.doc_id",
    "doc/docCode": "archive.file_code",
    "doc/codeNumber": "number.sequence",
    "doc/codeNotation": "number.notation",
    "doc/organName": "issuing_agency",
    "doc/subject": "subject",
    "doc/numberOfPage": "document.number_of_page",
    "doc/inforSign": "archive.info_sign",
    "doc/keyword": "document.keyword",
    "doc/autograph": "document.autograph",
    "doc/format": "archive.format",
    "doc/description": "document.description",
    "file/fileCode": "archive.file_code",
    "file/title": "archive.file_title",
    "file/keyword": "archive.keyword",
    "file/numberOfPaper": "archive.number_of_paper",
    "file/format": "archive.format",
    "file/inforSign": "archive.info_sign",
    "file/paperFileCode": "archive.paper_file_code",
    "file/description": "archive.description",
}


def test_every_length_is_tried() -> None:
    """No field with a free text and a length is left out below."""
    free = {
        e.name for e in elements("ead").values() if e.longest and not e.form.startswith(("codes", "several", "boo"))
    }
    assert free - set(_PLACES) == {"file/totalDoc", "file/numberOfPage"}  # counts, of ten digits


@pytest.mark.parametrize("name", sorted(_PLACES))
def test_every_length_is_checked_each_way(letter: AdminDocument, profile: AgencyProfile, name: str) -> None:
    """A value of the full length passes, one character more is reported, by us and by the schema we ship."""
    longest = elements("ead")[name].longest
    assert longest is not None
    for extra in (0, 1):
        number = elements("ead")[name].form == "integer"
        text = ("9" if number else "x") * (longest + extra - (8 if name == "doc/docCode" else 0))
        document, told = letter, profile
        if _PLACES[name].startswith(("archive.", "document.")):
            told = profile.with_values({_PLACES[name]: text})
        elif _PLACES[name].startswith("number."):
            assert letter.number is not None
            changed = letter.number.model_copy(update={_PLACES[name].removeprefix("number."): text})
            document = letter.model_copy(update={"number": changed})
        else:
            document = letter.model_copy(update={_PLACES[name]: text})
        if name in ("doc/docCode", "file/fileCode"):
            told = told.with_values({"document.doc_id": "1"})
        try:
            if name.startswith("doc/"):
                fields = document_fields(document, told, "as_sample")
            else:
                fields = file_fields([Entry(document, told)], told, "as_sample")
        except ExportRefused as error:
            assert extra and _faults(error) == {(name, "too_long")}
        else:
            assert not extra
            assert _schema(name.split("/")[0], "as_sample").validate(_record(fields))
            fields[name.split("/")[1]] += "9" if number else "x"
            assert not _schema(name.split("/")[0], "as_sample").validate(_record(fields))


def _schema(kind: str, form: Form) -> etree.XMLSchema:
    assert kind in ("doc", "file")
    return etree.XMLSchema(etree.fromstring(schema("doc" if kind == "doc" else "file", form)))


def _record(fields: dict[str, str]) -> etree._Element:
    root = etree.Element("simpledc")
    for name, value in fields.items():
        etree.SubElement(root, name).text = value
    return root


def test_the_fields_of_a_file(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Dates from the first to the last document, pages summed, documents counted."""
    later = letter.model_copy(update={"issued_on": PartialDate("2021-12-31")})
    fields = file_fields([Entry(later, profile), Entry(letter, profile)], profile)
    assert (fields["startDate"], fields["endDate"]) == ("06/09/2021", "31/12/2021")
    assert (fields["totalDoc"], fields["numberOfPage"]) == ("2", "4")
    told = profile.with_values({"archive.start_date": "2020-01-02"})
    assert file_fields([Entry(letter, told)], told)["startDate"] == "02/01/2020"


@pytest.mark.parametrize(
    ("blank", "missing"),
    [
        ("2021-09", {"file/startDate", "file/endDate"}),  # beside 06/09/2021: may be earlier, may be later
        ("2021-08", {"file/startDate"}),
        ("2022", {"file/endDate"}),
    ],
)
def test_a_blank_day_that_may_be_the_first_or_the_last_is_not_passed_over(
    letter: AdminDocument, profile: AgencyProfile, blank: str, missing: set[str]
) -> None:
    """The file's time is not that of its other documents alone; a person tells it in the profile."""
    draft = letter.model_copy(update={"issued_on": PartialDate(blank)})
    with pytest.raises(ExportRefused) as refused:
        file_fields([Entry(letter, profile), Entry(draft, profile)], profile)
    assert {problem.element for problem in refused.value.problems} == missing
    assert {problem.fault for problem in refused.value.problems} == {Fault.INCOMPLETE}
    told = profile.with_values({"archive.start_date": "2021-01-02", "archive.end_date": "2022-12-31"})
    fields = file_fields([Entry(letter, told), Entry(draft, told)], told)
    assert (fields["startDate"], fields["endDate"]) == ("02/01/2021", "31/12/2022")


def test_a_file_of_digitised_paper_names_the_paper(letter: AdminDocument, profile: AgencyProfile) -> None:
    """paperFileCode is asked for where confidenceLevel is 02 (the official sample leaves it empty)."""
    told = profile.with_values({"archive.confidence_level": "02"})
    with pytest.raises(ExportRefused) as refused:
        file_fields([Entry(letter, told)], told)
    assert _faults(refused.value) == {("file/paperFileCode", "missing")}


def test_csv_and_json(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Rows read back by independent readers are the fields."""
    fields = document_fields(letter, profile)
    rows = list(csv.DictReader(io.StringIO(as_csv([fields, fields]).decode("utf-8-sig"))))
    assert rows == [fields, fields]
    assert json.loads(as_json([fields])) == [fields]


def _package(letter: AdminDocument, profile: AgencyProfile, form: Form, schemas: dict[str, bytes]) -> dict[str, bytes]:
    second = profile.with_values({"document.sequence": "2"})
    files = [File(Entry(letter, profile), "a.PDF", b"%PDF-1"), File(Entry(letter, second), "b.docx", b"PK")]
    made = package(files, profile, form, schemas)
    assert made == package(files, profile, form, schemas)  # the same bytes again
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert archive.testzip() is None
        names_ = archive.namelist()
        assert all(name.startswith(f"{made.object_id}/") for name in names_)
        assert made.name == f"1{made.object_id}.zip"
        return {name.removeprefix(f"{made.object_id}/"): archive.read(name) for name in names_}


@pytest.mark.parametrize("form", FORMS)
def test_a_package_is_whole(letter: AdminDocument, profile: AgencyProfile, form: Form) -> None:
    """Each file is named once by a METS with its size and SHA-256; each document is joined to its own metadata."""
    schemas = {name: GIVEN[name] for name in SCHEMAS[form]}
    contents = _package(letter, profile, form, schemas)
    named: set[str] = set()
    for folder in ("", "representations/rep1/"):
        mets = etree.fromstring(contents[f"{folder}METS.xml"])
        for entry in mets.iter(f"{{{METS}}}mdRef", f"{{{METS}}}file"):
            place = entry if entry.tag.endswith("mdRef") else entry[0]
            path = folder + str(place.get(f"{{{XLINK}}}href"))
            assert path not in named
            named.add(path)
            assert entry.get("SIZE") == str(len(contents[path]))
            assert entry.get("CHECKSUM") == hashlib.sha256(contents[path]).hexdigest().upper()
        ids = [str(i) for i in mets.xpath("//@ID")]
        assert len(ids) == len(set(ids))
        assert {str(i) for i in mets.xpath("//@FILEID | //@DMDID")} <= set(ids)
    assert named | {"METS.xml"} == set(contents)
    rep = etree.fromstring(contents["representations/rep1/METS.xml"])
    for link in rep.xpath("//*[@LABEL='MetadataLink/File']"):
        metadata = rep.xpath(f"//*[@ID='{link.get('DMDID')}']/*/@xlink:href", namespaces={"xlink": XLINK})[0]
        file = rep.xpath(f"//*[@ID='{link[0].get('FILEID')}']/*/@xlink:href", namespaces={"xlink": XLINK})[0]
        assert Path(file).stem in metadata
    stem = "EAD_DOC_" if form == "as_sample" else "EAD_doc_"
    assert f"representations/rep1/metadata/descriptive/{stem}H37.18.2021.12.2.xml" in contents
    assert "representations/rep1/data/H37.18.2021.12.1.pdf" in contents
    record = etree.fromstring(contents[f"representations/rep1/metadata/descriptive/{stem}H37.18.2021.12.1.xml"])
    own = next(name for name in contents if name.lower() == "schemas/ead_doc.xsd")
    assert etree.XMLSchema(etree.fromstring(contents[own])).validate(record)


def test_a_package_lists_all_that_is_missing(letter: AdminDocument, profile: AgencyProfile) -> None:
    """Of the package, of the file and of each document, in one list."""
    bad = letter.model_copy(update={"subject": None})
    files = [File(Entry(letter, profile), "a.pdf", b""), File(Entry(bad, profile), "b.pdf", b"")]
    bare = {"archive.created_at": "2026-06-12", "archive.fonds": "", "archive.maintenance": "02"}
    with pytest.raises(ExportRefused) as refused:
        package(files, profile.with_values(bare))
    assert _faults(refused.value) == {
        ("doc[2]/subject", "missing"),
        ("package/CREATEDATE", "bad_form"),
        ("package/IDENTIFICATIONCODE", "missing"),
        ("file/maintenance", "not_in_list"),
        ("doc/docId", "bad_form"),  # both have number 1
        ("package/schemas/METS.xsd", "missing"),
    }


def test_a_document_id_cannot_leave_the_package(letter: AdminDocument, profile: AgencyProfile) -> None:
    """A docId with a slash would name a file elsewhere."""
    told = profile.with_values({"document.doc_id": "../../x"})
    with pytest.raises(ExportRefused, match="slash"):
        package([File(Entry(letter, told), "a.pdf", b"")], told, "circular", GIVEN)


class _Local(etree.Resolver):
    """XML schemas of the validator's package in place of their addresses on the web."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, url: str, public_id: str, context: object) -> object:
        return self.resolve_filename(str(self.folder / Path(url).name), context)  # type: ignore[attr-defined]


@pytest.mark.skipif(find_spec("eark_validator") is None, reason="eark-validator pins lxml 5.1: make installs it alone")
@pytest.mark.parametrize("form", FORMS)
def test_an_independent_validator_accepts_the_mets(letter: AdminDocument, profile: AgencyProfile, form: Form) -> None:
    """Both METS are valid against METS and its CSIP and SIP extensions, as the E-ARK validator ships them."""
    folder = Path(str(resources.files("eark_validator"))) / "ipxml/resources"
    parser = etree.XMLParser()
    parser.resolvers.add(_Local(folder / "schema"))
    xsd = etree.XMLSchema(etree.parse(folder / "schema/mets.csip.local.v2-0.xsd", parser))
    contents = _package(letter, profile, form, {name: GIVEN[name] for name in SCHEMAS[form]})
    for name in ("METS.xml", "representations/rep1/METS.xml"):
        xsd.assertValid(etree.fromstring(contents[name]))
