"""What leaves the archive: tables of a search, and its documents or one document in the forms of `vnadmin.export`."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from enum import StrEnum
from functools import partial
from importlib.util import find_spec
from pathlib import Path as FilePath
from typing import Annotated, BinaryIO, Final, NamedTuple, cast

from fastapi import APIRouter, Path, Request
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from vnadmin import VnadminError
from vnadmin.export.profile import AgencyProfile
from vnadmin.export.refusal import LEFT_OUT, ExportRefused, Fault, Problem, summary
from vnadmin.export.registry import EXPORTS, Choices, Export, Item, Output, distinct, parted, schemas_in
from vnadmin.index.catalog.schema import Document
from vnadmin.index.export.registry import ExportFormat, export
from vnadmin.index.export.standards import Held, held, items
from vnadmin.index.run.walk_open import file_of
from vnadmin.index.search.search import Order, found_ids
from vnadmin.process.boundary import document_boundary
from vnadmin.text.printable import printable
from vnadmin_service.archive.catalog_access import CatalogAccess
from vnadmin_service.archive.facets import FiltersOf, Text
from vnadmin_service.archive.pages import CatalogOf, PageRoute, Sha256, page, url
from vnadmin_service.problems import NotFound
from vnadmin_service.review.downloads import attachment
from vnadmin_service.review.language import language_of
from vnadmin_service.settings import Settings
from vnadmin_service.state import Service, ServiceOf, note

MOST: Final = 500  # documents that leave as files of their own at once; `vnadmin export` has no such limit
_PART: Final = 64 * 1024
_IN_MEMORY: Final = 8 * 1024**2  # of an export; larger ones pass through a temporary file
_OF_ALL: Final = ("file/", "package/")  # elements that are of the documents together
_OF_PROFILE: Final = ("archive.", "agency.", "edxml.", "document.doc_id", "document.sequence")  # told once for all
_MEDIA_TYPES: Final = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
    ExportFormat.JSON_LINES: "application/x-ndjson",
}


class Standard(StrEnum):
    """The forms of `EXPORTS` that are no tables of a search."""

    EDXML = "edxml"
    EAD = "ead"
    EAD_FILE = "ead-file"
    SIP = "sip"
    AKN = "akn"
    DC = "dc"
    XLSX = "xlsx"


_PACKAGES: Final = {"xlsx": ("xlsxwriter", "excel"), "parquet": ("pyarrow", "parquet")}
OF_SEARCH: Final = tuple(form for form in Standard if form is not Standard.XLSX)  # which has its own table
router = APIRouter(route_class=PageRoute)
ExportName = Annotated[str, Path(pattern=r"^van-ban\.(csv|xlsx|parquet|jsonl)$")]


@router.get("/archive/export/{name}")
def take(catalog: CatalogOf, filters: FiltersOf, name: ExportName, q: Text = "", sort: Order = Order.BEST) -> Response:
    """All that a search finds, as a table."""
    form = ExportFormat(name.rpartition(".")[2])

    def write(out: BinaryIO) -> None:
        with catalog.reading() as connection:
            export(connection, q, out, form, order=sort, among=filters.among())

    headers = {"content-disposition": f'attachment; filename="van-ban.{form.value}"'}
    return sent(write, _MEDIA_TYPES[form], headers)


@router.get("/archive/standard/{form}")
async def take_standard(
    request: Request, catalog: CatalogOf, service: ServiceOf, filters: FiltersOf, form: Standard, q: Text = "",
    sort: Order = Order.BEST,
) -> Response:  # fmt: skip
    """The documents of a search in a form of the law or of libraries, corrections in."""

    def find() -> list[Held] | None:
        with catalog.reading() as connection:
            ids = found_ids(connection, q, order=sort, among=filters.among())
            return list(held(connection, ids)) if len(ids) <= MOST else None

    found = await run_in_threadpool(find)
    asked = {"q": q, **dict(filters.chosen())}
    back = url("/archive", **asked)
    if found is None:
        note(request, {"code": ExportRefused.code})
        return page(request, "refused.html", 422, many=MOST, too_large=0, left=0, back=back)
    return await _written(request, service, form, found, back, counts=url("/archive/page-counts", **asked))


@router.get("/archive/documents/{sha256}/export/{form}")
async def take_document(
    request: Request, catalog: CatalogOf, service: ServiceOf, sha256: Sha256, form: Standard
) -> Response:
    """One document in a form, corrections in."""
    found = await run_in_threadpool(_one, catalog, sha256)
    return await _written(request, service, form, found, f"/archive/documents/{sha256}")


def missing_extra(form: str) -> str:
    """The extra without which this server cannot write a form; empty where it can."""
    package, extra = _PACKAGES.get(form, ("", ""))
    return extra if package and find_spec(package) is None else ""


def _one(catalog: CatalogAccess, sha256: str) -> list[Held]:
    with catalog.reading() as connection:
        ids = list(connection.scalars(select(Document.id).where(Document.sha256 == sha256)))
        return list(held(connection, ids))


class _Lack(NamedTuple):
    """What keeps a document from being written; of all of them together where it has no name. `go`: its value on its page."""

    name: str
    sha256: str
    words: str
    go: str = ""
    problem: Problem | None = None  # none: the file could not be written for another reason

    def told(self, language: str) -> str:
        """For a reader of the page."""
        return self.problem.named(language) if self.problem else self.words

    @property
    def line(self) -> str:
        return f"{self.name}: {self.words}" if self.name else self.words


class _Made(NamedTuple):
    """What was written, and what was not."""

    outputs: list[Output]
    refused: list[_Lack]


async def _written(
    request: Request, service: Service, form: Standard, found: list[Held], back: str, *, counts: str = ""
) -> Response:
    """The answer. `counts`: where the pages of all these documents are told at once."""
    if not found:
        raise NotFound
    most = service.settings.export_mb
    if EXPORTS[form.value].files and sum(one.size for one in found) > most * 1024**2:
        note(request, {"code": ExportRefused.code})
        return page(request, "refused.html", 422, many=0, too_large=most, left=0, back=back)
    async with service.packing if EXPORTS[form.value].files else nullcontext():
        return await _made(request, service, form, found, back, counts)


async def _made(
    request: Request, service: Service, form: Standard, found: list[Held], back: str, counts: str
) -> Response:
    chosen, files = EXPORTS[form.value], dict[str, bytes]()
    for one in found if chosen.files else ():
        files[one.sha256] = await service.pool.run_in_turn(
            file_of, one.paths, one.sha256, service.settings.max_bytes, asked=request
        )
    made = await run_in_threadpool(_make, chosen, found, service.settings, files)
    if not made.outputs:
        language = language_of(request)
        note(request, {"code": ExportRefused.code})
        return page(
            request,
            "refused.html",
            422,
            refused=list({(one.sha256, one.told(language)): one for one in made.refused}.values()),
            many=0,
            too_large=0,
            left=0,
            back=back,
            schemas=any(one.problem and one.problem.element.startswith("package/schemas/") for one in made.refused),
            counts=counts if any(one.go.endswith("/number_of_page") for one in made.refused) else "",
            summary=_summary(made.refused, language),
        )
    note(request, {"documents": len(found)})
    if len(made.outputs) == 1 and not made.refused:
        (output,) = made.outputs
        stem, _, ending = output.name.partition(".")
        headers = attachment(f"{stem}.x", ending)
        return await run_in_threadpool(sent, partial(copied, output.data), "application/octet-stream", headers)
    headers = {"content-disposition": f'attachment; filename="{form.value}.zip"'}
    return await run_in_threadpool(sent, partial(_zip, made), "application/zip", headers)


def _make(form: Export, found: list[Held], settings: Settings, files: Mapping[str, bytes]) -> _Made:
    """What is written with the profile and the schemas of the settings."""
    profile = AgencyProfile.read(FilePath(settings.profile)) if settings.profile else AgencyProfile()
    given = items(found, profile, (lambda one: files[one.sha256]) if form.files else None)
    return _write(form, given, Choices(schemas=schemas_in(FilePath(settings.schemas)) if settings.schemas else {}))


def _write(form: Export, given: list[Item], choices: Choices) -> _Made:
    """Each document, or together those that lack nothing."""
    made = _Made([], [])
    for group in [given] if form.together else [[item] for item in given]:
        try:
            _write_group(form, group, made, choices)
        except VnadminError as error:
            made.refused.append(_Lack(group[0].name, _content(group[0]), error.detail))
    made.refused.sort(key=lambda lack: bool(lack.name))  # what holds for all of them first
    return made


def _write_group(form: Export, group: list[Item], made: _Made, choices: Choices) -> None:
    try:
        with document_boundary():
            made.outputs.append(form.write(group, choices))
    except ExportRefused as error:
        kept, refused = parted(form, group, choices)
        found = [lack for item, one in refused for lack in _lacks(item, one)] or list(_lacks(None, error))
        made.refused.extend(dict.fromkeys(found))
        if kept and refused:
            _write_group(form, kept, made, choices)


def _lacks(item: Item | None, refused: ExportRefused) -> Iterator[_Lack]:
    for one in refused.problems:
        words = one.told
        sources = one.detail.removeprefix("from: ").split(", ")
        is_of_all = one.element.startswith(_OF_ALL) and one.fault is not Fault.INCOMPLETE  # a document's day is blank
        if item is None or is_of_all or any(map(_is_of_profile, sources)):
            yield _Lack("", "", words, problem=one)
        else:
            field = sources[0].replace(".", "/")
            go = f"/{field}" if one.detail.startswith("from: ") else ""
            yield _Lack(item.name, _content(item), words, go, one)


def _is_of_profile(source: str) -> bool:
    return source.startswith(_OF_PROFILE)


def _summary(refused: list[_Lack], language: str) -> list[tuple[int, str]]:
    return summary(((one.sha256, one.problem) for one in refused if one.sha256 and one.problem), language)


def _content(item: Item) -> str:
    return item.document.source.sha256 if item.document.source else ""


def copied(data: bytes, out: BinaryIO) -> None:
    """For `sent`: bytes that are there."""
    out.write(data)


def _zip(made: _Made, out: BinaryIO) -> None:
    used = Counter[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for output in made.outputs:
            archive.writestr(zipfile.ZipInfo(distinct(output.name, used)), output.data, zipfile.ZIP_DEFLATED)
        if made.refused:
            heads = [f"{number} văn bản · {told}" for number, told in _summary(made.refused, "vi")]
            told = "\r\n".join([*heads, "", *(printable(lack.line) for lack in made.refused)])
            archive.writestr(zipfile.ZipInfo(LEFT_OUT), told.encode("utf-8-sig"))


def sent(write: Callable[[BinaryIO], None], media_type: str, headers: Mapping[str, str]) -> Response:
    """What is written, from a temporary file where it is large: a client that takes it slowly takes no memory."""
    out = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115  closed when it is sent
    try:
        write(out)
    except BaseException:
        out.close()
        raise
    size = out.seek(0, os.SEEK_END)
    out.seek(0)
    return StreamingResponse(_parts(out), media_type=media_type, headers={**headers, "content-length": str(size)})


def _parts(out: BinaryIO) -> Iterator[bytes]:
    with out:
        while part := out.read(_PART):
            yield part
