"""EXPORTS: every form that a document can leave in, and how each is written. The one list to read."""

from __future__ import annotations

import mimetypes
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Final, TypeAlias

from vnadmin.export import dublin_core
from vnadmin.export.akn.document import write_akoma_ntoso
from vnadmin.export.ead import tt05 as ead_tt05
from vnadmin.export.ead.package import File, package
from vnadmin.export.profile import AgencyProfile
from vnadmin.export.qcvn102.envelope import DEFAULT, Options, message_of, notes, write_edxml
from vnadmin.export.qcvn102.message import Attachment
from vnadmin.export.refusal import ExportRefused, Problem
from vnadmin.export.tables import files as tabular_files
from vnadmin.export.tables.rows import TABLES, rows_of
from vnadmin.model import AdminDocument, Row, Table
from vnadmin.text.printable import file_name


@dataclass(frozen=True, slots=True)
class Item:
    """A document to export: its model, the file it was read from, and what the caller says of it."""

    document: AdminDocument
    name: str
    data: bytes | None
    profile: AgencyProfile


@dataclass(frozen=True, slots=True)
class Choices:
    """What the caller chose: hypotheses of edXML, the form of EAD, the table, the schemas of a package, files to send along."""

    edxml: Options = DEFAULT
    form: ead_tt05.Form = "circular"
    table: Table = "documents"
    schemas: Mapping[str, bytes] = field(default_factory=dict)
    attached: Sequence[tuple[str, bytes]] = ()  # name and bytes of files that go along with an edXML message


@dataclass(frozen=True, slots=True)
class Output:
    """One written file: its name, its bytes, and what of the document it could not hold."""

    name: str
    data: bytes
    notes: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Export:
    """A form: what it is, whether each document gives a file or all together give one, and whether their files go along."""

    vi: str
    en: str
    together: bool
    write: Callable[[Sequence[Item], Choices], Output]
    files: bool = False


_Write: TypeAlias = Callable[[AdminDocument], bytes]


def _edxml(items: Sequence[Item], choices: Choices) -> Output:
    item, said = items[0], list[str]()
    own = [(item.name, item.data, item.document.source.media_type)] if item.data is not None else []
    more = [(name, data, "application/octet-stream") for name, data in choices.attached]
    attached = [
        Attachment(name=file_name(name), content_type=_kind(name, otherwise), content_id=f"file{number}", data=data)
        for number, (name, data, otherwise) in enumerate([*own, *more], 1)
    ]
    if not attached:
        said.append("no file goes with the message: a JSON holds none; name the document's file by --attach.")
    message = message_of(item.document, item.profile, attached, choices.edxml)
    said += notes(item.document, message, item.profile)
    return Output(_named(item, ".edxml"), write_edxml(message, choices.edxml.dialect), said)


def _kind(name: str, otherwise: str) -> str:
    return mimetypes.guess_type(name)[0] or otherwise


def _ead(items: Sequence[Item], choices: Choices) -> Output:
    return Output("EAD_doc.csv", ead_tt05.as_csv(_ead_rows(items, choices)))


def _ead_json(items: Sequence[Item], choices: Choices) -> Output:
    return Output("EAD_doc.json", ead_tt05.as_json(_ead_rows(items, choices)))


def _ead_rows(items: Sequence[Item], choices: Choices) -> list[dict[str, str]]:
    """A row for each; what is missing is told of all at once."""
    found, problems = list[dict[str, str]](), list[Problem]()
    for item in items:
        try:
            found.append(ead_tt05.document_fields(item.document, item.profile, choices.form))
        except ExportRefused as refused:
            whose = f"{item.name}: " if len(items) > 1 else ""
            problems += [replace(one, element=whose + one.element) for one in refused.problems]
    if problems:
        raise ExportRefused(problems)
    return found


def _ead_file(items: Sequence[Item], choices: Choices) -> Output:
    entries = [ead_tt05.Entry(item.document, item.profile) for item in items]
    fields = ead_tt05.file_fields(entries, items[0].profile, choices.form)
    return Output("EAD.csv", ead_tt05.as_csv([fields]))


def _sip(items: Sequence[Item], choices: Choices) -> Output:
    files = [
        File(ead_tt05.Entry(item.document, item.profile), file_name(item.name), item.data or b"") for item in items
    ]
    made = package(files, items[0].profile, choices.form, choices.schemas)
    return Output(made.name, made.data)


def _one(ending: str, write: _Write) -> Callable[[Sequence[Item], Choices], Output]:
    return lambda items, choices: Output(_named(items[0], ending), write(items[0].document))


def _csv(items: Sequence[Item], choices: Choices) -> Output:
    return Output(f"{choices.table}.csv", tabular_files.csv_bytes(choices.table, _rows(items, choices.table)))


def _xlsx(items: Sequence[Item], choices: Choices) -> Output:
    return Output("vnadmin.xlsx", tabular_files.excel_bytes({table: _rows(items, table) for table in TABLES}))


def _parquet(items: Sequence[Item], choices: Choices) -> Output:
    found = _rows(items, choices.table)
    return Output(f"{choices.table}.parquet", tabular_files.parquet_bytes(choices.table, found))


def _rows(items: Sequence[Item], table: Table) -> list[Row]:
    return [row for item in items for row in rows_of(table, item.document, item.name)]


def _named(item: Item, ending: str) -> str:
    return f"{file_name(PurePath(item.name).stem) or 'document'}{ending}"


def parted(
    form: Export, items: Sequence[Item], choices: Choices
) -> tuple[list[Item], list[tuple[Item, ExportRefused]]]:
    """The documents that a form can be written of, and the others with what each lacks."""
    kept, refused = list[Item](), list[tuple[Item, ExportRefused]]()
    for item in items:
        try:
            form.write([item], choices)
            kept.append(item)
        except ExportRefused as error:
            refused.append((item, error))
    return kept, refused


def schemas_in(folder: Path) -> dict[str, bytes]:
    """The schemas that a package must hold, by file name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.xsd"))}


def distinct(name: str, used: Counter[str]) -> str:
    """The name of a file among others: `a.edxml`, and a second one `a-2.edxml`."""
    used[name.lower()] += 1
    stem, dot, ending = name.partition(".")
    return name if used[name.lower()] == 1 else distinct(f"{stem}-{used[name.lower()]}{dot}{ending}", used)


EXPORTS: Final[Mapping[str, Export]] = MappingProxyType(
    {
        "edxml": Export(
            "Thông điệp edXML (QCVN 102:2016/BTTTT)", "edXML message, the file attached", False, _edxml, True
        ),
        "ead": Export("EAD của tài liệu, CSV (TT 05/2025/TT-BNV)", "EAD of each document as CSV", True, _ead),
        "ead-json": Export("EAD của tài liệu, JSON", "EAD of each document as JSON", True, _ead_json),
        "ead-file": Export("EAD của hồ sơ, CSV", "EAD of the file that holds them as CSV", True, _ead_file),
        "sip": Export("Gói nộp lưu SIP (METS, EAD, zip)", "submission package: METS, EAD, files", True, _sip, True),
        "akn": Export("Akoma Ntoso 3.0", "Akoma Ntoso 3.0", False, _one(".akn.xml", write_akoma_ntoso)),
        "dc": Export("Dublin Core, XML", "Dublin Core as XML", False, _one(".dc.xml", dublin_core.write_xml)),
        "dc-json": Export(
            "Dublin Core, JSON-LD", "Dublin Core as JSON-LD", False, _one(".dc.json", dublin_core.write_json)
        ),
        "csv": Export("Bảng CSV (--table)", "one table as CSV (--table)", True, _csv),
        "xlsx": Export("Excel, mỗi bảng một trang", "Excel workbook, a sheet for each table", True, _xlsx),
        "parquet": Export("Bảng Parquet (--table)", "one table as Parquet (--table)", True, _parquet),
    }
)
