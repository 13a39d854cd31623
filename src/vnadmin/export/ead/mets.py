"""METS of a submission package: one for the package, one for its representation (E-ARK CSIP 2, TT 05/2025/TT-BNV)."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from lxml import etree

from vnadmin.export.xml_text import xml_text

METS: Final = "http://www.loc.gov/METS/"
XLINK: Final = "http://www.w3.org/1999/xlink"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
CSIP: Final = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP: Final = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
PROFILE: Final = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
_NAMES: Final = cast("dict[str, str]", {None: METS, "xlink": XLINK, "xsi": XSI, "csip": CSIP, "sip": SIP})


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the package, by its path from the folder of the METS that names it."""

    path: str
    media_type: str
    data: bytes

    @property
    def checksum(self) -> str:
        """SHA-256 in capitals, as the sample package writes it."""
        return hashlib.sha256(self.data).hexdigest().upper()


@dataclass(frozen=True, slots=True)
class Head:
    """What metsHdr and the root say."""

    object_id: str
    label: str
    created: str
    agent: str
    agent_kind: Mapping[str, str]
    note: str
    note_kind: str
    agreement: str | None
    sample: bool  # the sample package adds an empty amdSec and calls EAD `DC`


def package_id(parts: Iterable[Part]) -> str:
    """`uuid-{UUID}` in capitals, from the contents: the same files make the same package."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part.path}\0{part.checksum}\n".encode())
    return f"uuid-{uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest())}".upper().replace("UUID-", "uuid-", 1)


def root_mets(head: Head, ead: Part, schemas: Sequence[Part], representation: Part) -> bytes:
    """METS.xml of the package: its EAD, the schemas, and the representation's METS."""
    mets = _mets(head, "schemas/")
    described = _described(mets, head, [ead])
    if head.sample:
        _empty_amd(mets, head)
    section = _child(mets, "fileSec", ID=_id(head, "fileSec"))
    schema_group = _group(section, head, "Schemas", schemas) if schemas else None
    _group(section, head, "Representations/rep1", [representation])
    top = _structure(mets, head)
    _child(top, "div", ID=_id(head, "div-metadata"), LABEL="Metadata", DMDID=described[ead.path])
    if schema_group is not None:
        _pointers(_child(top, "div", ID=_id(head, "div-schemas"), LABEL="Schemas"), head, schemas)
    div = _child(top, "div", ID=_id(head, "div-rep1"), LABEL="Representations/rep1")
    pointer = _child(div, "mptr", LOCTYPE="URL")
    pointer.set(f"{{{XLINK}}}type", "simple")
    pointer.set(f"{{{XLINK}}}href", representation.path)
    pointer.set(f"{{{XLINK}}}title", _id(head, "Representations/rep1"))
    return _bytes(mets)


def representation_mets(head: Head, pairs: Sequence[tuple[Part, Part]]) -> bytes:
    """METS.xml of rep1: each document's EAD_doc joined to its file by MetadataLink."""
    mets = _mets(head, "../../schemas/")
    described = _described(mets, head, [ead for ead, _ in pairs])
    if head.sample:
        _empty_amd(mets, head)
    section = _child(mets, "fileSec", ID=_id(head, "fileSec"))
    files = [file for _, file in pairs]
    _group(section, head, "Data", files)
    top = _structure(mets, head, LABEL="rep1", TYPE="ORIGINAL")
    _pointers(_child(top, "div", ID=_id(head, "div-data"), LABEL="Data"), head, files)
    links = _child(top, "div", ID=_id(head, "div-links"), LABEL="MetadataLink")
    for ead, file in pairs:
        link = _child(
            links, "div", ID=_id(head, f"link {file.path}"), LABEL="MetadataLink/File", DMDID=described[ead.path]
        )
        _child(link, "fptr", FILEID=_file_id(head, file))
    return _bytes(mets)


def _mets(head: Head, schemas: str) -> etree._Element:
    root = etree.Element(f"{{{METS}}}mets", nsmap=_NAMES)
    root.set("OBJID", head.object_id)
    root.set("LABEL", xml_text(head.label))
    root.set("TYPE", "Mixed")
    root.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
    root.set("PROFILE", PROFILE)
    places = [METS, f"{schemas}{'mets1_12.xsd' if head.sample else 'METS.xsd'}"]
    if head.sample:
        for space, name in ((XLINK, "xlink"), (CSIP, "DILCISExtensionMETS"), (SIP, "DILCISExtensionSIPMETS")):
            places += [space, f"{schemas}{name}.xsd"]
    root.set(f"{{{XSI}}}schemaLocation", " ".join(places))
    header = _child(root, "metsHdr", CREATEDATE=head.created, LASTMODDATE=head.created, RECORDSTATUS="NEW")
    header.set(f"{{{CSIP}}}OAISPACKAGETYPE", "SIP")
    agent = _child(header, "agent", ROLE="CREATOR", **head.agent_kind)
    _child(agent, "name").text = xml_text(head.agent)
    note = _child(agent, "note")
    note.set(f"{{{CSIP}}}NOTETYPE", head.note_kind)
    note.text = xml_text(head.note)
    if head.agreement is not None:
        _child(header, "altRecordID", TYPE="SUBMISSIONAGREEMENT").text = xml_text(head.agreement)
    return root


def _described(mets: etree._Element, head: Head, parts: Sequence[Part]) -> dict[str, str]:
    found = {}
    for part in parts:
        found[part.path] = name = _id(head, f"dmd {part.path}")
        section = _child(mets, "dmdSec", ID=name, CREATED=head.created, STATUS="CURRENT")
        kind = {"MDTYPE": "DC"} if head.sample else {"MDTYPE": "OTHER", "OTHERMDTYPE": "EAD"}
        reference = _child(
            section, "mdRef", LOCTYPE="URL", **kind, MDTYPEVERSION="1.0.0" if head.sample else "1.0",
            MIMETYPE="application/xml" if head.sample else "text/xml", SIZE=str(len(part.data)), CREATED=head.created,
            CHECKSUMTYPE="SHA-256", CHECKSUM=part.checksum,
        )  # fmt: skip
        reference.set(f"{{{XLINK}}}type", "simple")
        reference.set(f"{{{XLINK}}}href", part.path)
    return found


def _group(section: etree._Element, head: Head, use: str, parts: Sequence[Part]) -> etree._Element:
    group = _child(section, "fileGrp", USE=use, ID=_id(head, use))
    for part in parts:
        file = _child(
            group, "file", ID=_file_id(head, part), MIMETYPE=part.media_type, SIZE=str(len(part.data)),
            CREATED=head.created, CHECKSUMTYPE="SHA-256", CHECKSUM=part.checksum,
        )  # fmt: skip
        location = _child(file, "FLocat", LOCTYPE="URL")
        location.set(f"{{{XLINK}}}type", "simple")
        location.set(f"{{{XLINK}}}href", part.path)
    return group


def _structure(mets: etree._Element, head: Head, **attributes: str) -> etree._Element:
    structure = _child(mets, "structMap", ID=_id(head, "structMap"), LABEL="CSIP", TYPE="PHYSICAL")
    return _child(structure, "div", **{"ID": _id(head, "div"), "LABEL": head.object_id, **attributes})


def _pointers(div: etree._Element, head: Head, parts: Sequence[Part]) -> None:
    for part in parts:
        _child(div, "fptr", FILEID=_file_id(head, part))


def _empty_amd(mets: etree._Element, head: Head) -> None:
    _child(mets, "amdSec", ID=_id(head, "amdSec"))


def _id(head: Head, name: str) -> str:
    """`uuid-{UUID}`, the same for the same package and thing: no two runs differ."""
    made = uuid.uuid5(uuid.NAMESPACE_OID, f"{head.object_id} {head.label} {name}")
    return f"uuid-{str(made).upper()}"


def _file_id(head: Head, part: Part) -> str:
    """`ID-{UUID}`: files alone are named so."""
    return _id(head, f"file {part.path}").replace("uuid-", "ID-", 1)


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{METS}}}{name}")
    for key, value in attributes.items():
        child.set(key, value)
    return child


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
