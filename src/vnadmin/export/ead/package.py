"""The submission package (SIP_hoso) of Thông tư 05/2025/TT-BNV: METS, EAD, schemas and files in a zip."""

from __future__ import annotations

import io
import mimetypes
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from lxml import etree

from vnadmin.export.ead.mets import Head, Part, package_id, representation_mets, root_mets
from vnadmin.export.ead.schema import schema
from vnadmin.export.ead.tt05 import Entry, Form, document_fields, document_id, file_fields, problems_of
from vnadmin.export.elements import check, elements, option
from vnadmin.export.profile import AgencyProfile
from vnadmin.export.refusal import ExportRefused, Fault, Problem
from vnadmin.export.xml_text import xml_text

SCHEMAS: Final[Mapping[Form, tuple[str, ...]]] = {
    "circular": ("METS.xsd",),
    "as_sample": ("mets1_12.xsd", "xlink.xsd", "DILCISExtensionMETS.xsd", "DILCISExtensionSIPMETS.xsd"),
}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # of every zip entry: the same files give the same bytes


@dataclass(frozen=True, slots=True)
class File:
    """A document of the package and the file it was read from."""

    entry: Entry
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """A finished package: its zip, the name that the circular gives the zip, and its OBJID."""

    name: str
    object_id: str
    data: bytes


def package(
    files: Sequence[File],
    profile: AgencyProfile,
    form: Form = "circular",
    schemas: Mapping[str, bytes] = MappingProxyType({}),
) -> Package:
    """Pack documents with their metadata.

    Args:
        schemas: the METS schemas by file name, which the package must hold and vnadmin does not own: `METS.xsd`, or
            for the form of the sample package the four names of `SCHEMAS`. The EAD schemas are added.

    Raises:
        ExportRefused: values are missing or do not fit, of the package, the file or any document; all are listed.
    """
    entries = [file.entry for file in files]
    problems = problems_of(entries, profile, form) + _of_package(files, profile, form) + _of_schemas(form, schemas)
    if problems:
        raise ExportRefused(problems)
    rep = _representation(files, form)
    ead = Part("metadata/descriptive/EAD.xml", _xml_type(form), _simpledc(file_fields(entries, profile, form)))
    shipped = dict(schemas) | {_schema_name(kind, form): schema(kind, form) for kind in ("file", "doc")}
    shelf = [Part(f"schemas/{name}", "application/octet-stream", shipped[name]) for name in sorted(shipped)]
    own = profile.archive
    pairs = list(rep)
    inner = [Part(f"representations/rep1/{p.path}", p.media_type, p.data) for pair in pairs for p in pair]
    object_id = package_id([ead, *shelf, *inner])
    sample = form == "as_sample"
    agency = profile.agency.name or ""
    label = own.file_title or ""
    rep_mets = representation_mets(
        Head(
            object_id="rep1" if sample else package_id(inner),
            label=label,
            created=own.created_at or "",
            agent=(own.packer or "") if sample else agency,
            agent_kind={"TYPE": "INDIVIDUAL"} if sample else {"TYPE": "ORGANIZATION"},
            note=own.fonds or "",
            note_kind="IDENTIFICATIONCODE",
            agreement=None,
            sample=sample,
        ),
        pairs,
    )
    head = Head(
        object_id=object_id,
        label=label,
        created=own.created_at or "",
        agent=own.packer or "",
        agent_kind={"TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"},
        note=(own.fonds if sample else own.packer_version) or "",
        note_kind="IDENTIFICATIONCODE" if sample else "SOFTWARE VERSION",
        agreement=own.file_code if sample else own.agreement,
        sample=sample,
    )
    root = root_mets(head, ead, shelf, Part("representations/rep1/METS.xml", "application/xml", rep_mets))
    contents = {"METS.xml": root, "representations/rep1/METS.xml": rep_mets}
    contents |= {part.path: part.data for part in (ead, *shelf, *inner)}
    number = str(own.package_number) if own.package_number is not None else ""
    return Package(f"{number}{object_id}.zip", object_id, _zip(object_id, contents))


def _of_schemas(form: Form, given: Mapping[str, bytes]) -> list[Problem]:
    return [
        Problem(
            f"package/schemas/{name}",
            Fault.MISSING,
            "it is to be had from the owner of the standard",
            "--schemas FOLDER",
        )
        for name in SCHEMAS[form]
        if name not in given
    ]


def _of_package(files: Sequence[File], profile: AgencyProfile, form: Form) -> list[Problem]:
    table, own = elements("ead"), profile.archive
    agreement = own.file_code if form == "as_sample" else own.agreement
    found = [
        *check(table["package/CREATEDATE"], own.created_at),
        *check(table["package/agent"], own.packer),
        *check(table["package/IDENTIFICATIONCODE"], own.fonds),
        *check(table["package/altRecordID"], agreement),
    ]
    if form == "circular":
        found += check(table["package/SOFTWARE VERSION"], own.packer_version)
        if not profile.agency.name:
            found.append(Problem("package/rep1/agent", Fault.MISSING, "from: agency.name", option("agency.name")))
        if own.package_number is None:
            found.append(
                Problem(
                    "package/number", Fault.MISSING, "from: archive.package_number", option("archive.package_number")
                )
            )
        if own.maintenance and own.maintenance != "01":
            found.append(
                Problem("file/maintenance", Fault.NOT_IN_LIST, "a package for the historical archive takes 01 only")
            )
    ids = [document_id(file.entry.profile) for file in files]
    if len(set(ids)) < len(ids):
        found.append(Problem("doc/docId", Fault.BAD_FORM, "two documents have the same"))
    if any(name and PurePosixPath(name).name != name for name in ids):
        found.append(Problem("doc/docId", Fault.BAD_FORM, "it names a file and cannot hold a slash"))
    return found


def _representation(files: Sequence[File], form: Form) -> list[tuple[Part, Part]]:
    """Each document's EAD_doc and its file, both named by docId."""
    head = "EAD_DOC_" if form == "as_sample" else "EAD_doc_"
    pairs = []
    for file in files:
        fields = document_fields(file.entry.document, file.entry.profile, form)
        name, ending = fields["docId"], PurePosixPath(file.name).suffix.lower()
        media_type = mimetypes.guess_type(f"x{ending}")[0] or file.entry.document.source.media_type
        pairs.append(
            (
                Part(f"metadata/descriptive/{head}{name}.xml", _xml_type(form), _simpledc(fields)),
                Part(f"data/{name}{ending}", media_type, file.data),
            )
        )
    return pairs


def _simpledc(fields: Mapping[str, str]) -> bytes:
    root = etree.Element("simpledc")
    for name, value in fields.items():
        etree.SubElement(root, name).text = xml_text(value) or None
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _xml_type(form: Form) -> str:
    return "application/xml" if form == "as_sample" else "text/xml"


def _schema_name(kind: str, form: Form) -> str:
    stem = "ead" if kind == "file" else "ead_doc"
    return f"{stem}.xsd" if form == "as_sample" else f"{stem.replace('ead', 'EAD', 1)}.xsd"


def _zip(folder: str, contents: Mapping[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(contents):
            archive.writestr(zipfile.ZipInfo(f"{folder}/{path}", _EPOCH), contents[path], zipfile.ZIP_DEFLATED)
    return output.getvalue()
