"""What runs in a worker process: a document's bytes in, the bytes of the answer out."""

from __future__ import annotations

import gc
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import ClassVar, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vnadmin import AdminDocument, Config, VnadminError
from vnadmin.export.refusal import ExportRefused
from vnadmin.issues import in_vietnamese
from vnadmin.process import pool
from vnadmin.process.boundary import document_boundary
from vnadmin.source.container.archive import sniff_zip
from vnadmin.source.packed import DAMAGED_ZIP

Kind = Literal["file", "json"]
_WITHOUT_OCR = Config(ocr="off")


class Upload(NamedTuple):
    """A body as it came in: a file of some format, or the JSON `{"text": …}`."""

    data: bytes
    kind: Kind = "file"
    name: str = ""


class View(NamedTuple):
    """How an answer is written: its media type, which parts a JSON answer includes, and the language of its issues."""

    media_type: str = "application/json"
    include: frozenset[str] = frozenset()
    language: Literal["vi", "en"] = "en"


class Answer(NamedTuple):
    """The bytes to send, with what the log may say about the document."""

    body: bytes
    source_type: str
    pages: int
    issues: int


class TextBody(BaseModel):
    """The JSON body of `/v1/parse`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(description="The text of one document.", min_length=1)


class BadBody(VnadminError):
    """The JSON body is not `{"text": "…"}`."""

    code: ClassVar[str] = "bad_body"
    http_status: ClassVar[int] = 400
    advice: ClassVar[str] = 'Send {"text": "…"}, or the file itself as multipart or raw body.'


class NotExportable(VnadminError):
    """The form that was asked for needs values which the document does not give; none is made up."""

    code: ClassVar[str] = "export_refused"
    http_status: ClassVar[int] = 422
    advice: ClassVar[str] = "Ask for application/json; or correct the document, and export it by `vnadmin export`."


def unwrap(upload: Upload) -> bytes:
    """The document's bytes."""
    if upload.kind == "file":
        return upload.data
    try:
        return TextBody.model_validate_json(upload.data).text.encode("utf-8")
    except (ValidationError, UnicodeEncodeError):
        raise BadBody from None  # the validator's own message quotes the text


def parse(upload: Upload, config: Config, progress: Callable[[int, int], None] | None = None) -> AdminDocument:
    """The document, where whatever goes wrong is an error of the document."""
    from vnadmin import pipeline

    with document_boundary():
        return pipeline.parse(unwrap(upload), config=config, progress=progress, name=upload.name)


def answer(upload: Upload, config: Config, view: View) -> Answer:
    """Parse, and write the answer."""
    return write(parse(upload, config), view, upload.name)


def answers(upload: Upload, config: Config, view: View, most: int) -> tuple[tuple[str, Answer | VnadminError], ...]:
    """The answer for each document of a file, named `thu.eml!/quyet-dinh.pdf` where it is one of several.

    One more than `most` shows that there are more.
    """
    from vnadmin.pipeline import parse_each

    found: list[tuple[str, Answer | VnadminError]] = []
    for inner, outcome in parse_each(unwrap(upload), config=config, boundary=document_boundary, name=upload.name):
        name = f"{upload.name}!/{inner}" if inner else upload.name
        found.append((name, outcome if isinstance(outcome, VnadminError) else write(outcome, view, name)))
        if len(found) > most:
            break
    return tuple(found)


def rewrite(document_json: bytes, view: View, name: str) -> Answer:
    """The answer from a document that was parsed before."""
    return write(AdminDocument.model_validate_json(document_json), view, name)


def write(document: AdminDocument, view: View, name: str) -> Answer:
    """The answer for a document.

    Raises:
        NotExportable: the form asks for a value that the document does not give.
    """
    if view.language == "vi":
        document = in_vietnamese(document)
    try:
        with document_boundary():
            body = WRITERS[view.media_type](document, view.include, name)
    except ExportRefused as refused:
        raise NotExportable("; ".join(missing.en for missing in refused.problems) + ".") from None
    return Answer(body, document.source.media_type, len(document.source.pages), len(document.issues))


def ready() -> list[dict[str, object]]:
    """What `vnadmin doctor` reports, as plain data; it may look for programs, so it runs in a worker too."""
    from vnadmin.commands.doctor import examine

    base = "pip install 'vnadmin'"  # an extra only keeps some formats from being read
    return [
        {"name": c.name, "ok": c.ok, "needed": c.remedy == base, "found": c.found, "remedy": c.remedy}
        for c in examine()
    ]


def begin() -> None:
    """Runs once in each new process: reads a bundled document of each format, so that no later one is the first."""
    from vnadmin.samples import samples

    pool.begin()
    for item in samples():
        # told where a document needs it: an error here would leave the service without processes
        with suppress(Exception):
            answer(Upload(item.read_bytes()), _WITHOUT_OCR, View())
    gc.collect()
    gc.freeze()  # what was loaded stays; the collector need not look at it again for every document


def _json(document: AdminDocument, include: frozenset[str], name: str) -> bytes:
    return document.model_dump_json(exclude={"evidence", "text"} - include).encode("utf-8")


def _csv(document: AdminDocument, include: frozenset[str], name: str) -> bytes:
    from vnadmin.export.tables.csv_text import write_csv
    from vnadmin.export.tables.flat_row import COLUMNS, row

    out = io.StringIO(newline="")
    write_csv(out, COLUMNS, [list(row(document, name).values())])
    return out.getvalue().encode("utf-8")


def _akoma_ntoso(document: AdminDocument, include: frozenset[str], name: str) -> bytes:
    from vnadmin.export.akn.document import write_akoma_ntoso

    return write_akoma_ntoso(document)


def _dublin_core(document: AdminDocument, include: frozenset[str], name: str) -> bytes:
    from vnadmin.export.dublin_core import write_json

    return write_json(document)


def _excel(document: AdminDocument, include: frozenset[str], name: str) -> bytes:
    from vnadmin.export.tables.files import excel_bytes
    from vnadmin.export.tables.rows import TABLES, rows_of

    return excel_bytes({table: list(rows_of(table, document, name)) for table in TABLES})


AKOMA_NTOSO, JSON_LD = "application/akn+xml", "application/ld+json"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Writer = Callable[[AdminDocument, frozenset[str], str], bytes]
WRITERS: Mapping[str, Writer] = {  # the first is what a client gets that does not care
    "application/json": _json,
    "text/csv": _csv,
    AKOMA_NTOSO: _akoma_ntoso,
    JSON_LD: _dublin_core,
    EXCEL: _excel,
}


def list_zip(data: bytes, most: int) -> list[int] | str:
    """The sizes that a zip says its files have, none of a .docx or .odt, which are one file; or what keeps it from being unpacked.

    In a worker, since a directory of 64 MB takes ten times as much memory.
    """
    try:
        if not sniff_zip(data):
            return []
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [item for item in archive.infolist() if not item.is_dir()]
    except DAMAGED_ZIP:
        return "The zip is damaged."
    if len(archive.infolist()) > most:
        return f"The zip holds {len(archive.infolist())} files and folders; the limit is {most}."
    if members and all(item.flag_bits & 1 for item in members):
        return "The zip is encrypted."
    return [item.file_size for item in members]


def batch_line(name: str, status: int, key: str, body: bytes) -> bytes:
    """One line of a batch's answer; `body` is JSON already."""
    head = json.dumps({"file": name, "status": status}, ensure_ascii=False)[:-1]
    return f'{head}, "{key}": '.encode() + body + b"}\n"
