"""The page of a catalogued document: its pictures and boxes, what it is linked with, and corrections of its values."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from vnadmin.errors import SourceNotFound
from vnadmin.export.qcvn102.envelope import pages
from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.catalog.places import paths_of
from vnadmin.index.catalog.rows import value_at
from vnadmin.index.catalog.schema import Document
from vnadmin.index.catalog.told import PAGES, count_of, tell_pages
from vnadmin.index.run.walk_open import file_of
from vnadmin.source.pictures import Drawn
from vnadmin_service.archive import graph, queue, work
from vnadmin_service.archive.catalog_access import NO_NUL, CatalogAccess, stamp
from vnadmin_service.archive.changes import Change, in_force_at, put, removal, setting, take_back
from vnadmin_service.archive.exports import Standard, copied, missing_extra, sent
from vnadmin_service.archive.pages import ArchiveWords, CatalogOf, PageRoute, RowId, Sha256, page, person, render
from vnadmin_service.archive.questions import groups
from vnadmin_service.archive.record import Record, record_of
from vnadmin_service.body import SMALL_FORM
from vnadmin_service.problems import NotFound
from vnadmin_service.review import work as review
from vnadmin_service.review.downloads import attachment
from vnadmin_service.review.language import language_of
from vnadmin_service.review.panel import document_values, editor_values, label_of, laid_values, partners_of, targets
from vnadmin_service.review.settings import ReviewSettings
from vnadmin_service.review.values import BadPointer, BadValue, Kind, slot_at, text_of, whole
from vnadmin_service.state import Service, ServiceOf, note

router = APIRouter(route_class=PageRoute, max_body_size=SMALL_FORM)
Pointer = Annotated[str, Form(max_length=400, pattern=NO_NUL)]


@router.get("/archive/documents/{sha256}")
def show(
    request: Request,
    catalog: CatalogOf,
    sha256: Sha256,
    go: Annotated[str, Query(max_length=400)] = "",
    show: Annotated[str, Query(pattern="^(pages|text|related)?$")] = "",
    review: RowId | None = None,
    done: RowId | None = None,
) -> Response:
    """The document beside what was read of it; with `review`, an item of the queue is asked about above."""
    return document_page(request, catalog, sha256, go=go, tab=show, review=review, done=done)


def document_page(
    request: Request,
    catalog: CatalogAccess,
    sha256: str,
    *,
    go: str = "",
    tab: str = "",
    review: int | None = None,
    done: int | None = None,
    typed: str | None = None,
    problem: str = "",
) -> Response:
    """The page; `typed` and `problem` are of a correction in the queue that was refused."""
    language = language_of(request)
    with catalog.reading() as connection:
        record = _record(connection, sha256)
        links = {
            "cites": graph.cites(connection, record.document_id),
            "cited": graph.cited_by(connection, record.document_id),
            "copies": graph.copies(connection, record.document_id),
        }
        asked = queue.item(connection, review) if review is not None else None
        ended = queue.item(connection, done) if done is not None else None
        outcome = _outcome(connection, ended) if ended else None
        before = ended or (queue.preceding(connection, asked) if asked else None)
        left = queue.left(connection)
        like = groups.like(connection, asked) if asked and asked.open and asked.reason != "disagreement" else None
        effect = groups.effect_of(connection, ended)
        seen = queue.last_word(connection, asked) if asked else 0
    if asked is not None and asked.sha256 != sha256:
        raise NotFound
    note(request, {"source_type": record.document.source.media_type, "pages": len(record.document.source.pages)})
    shown = _shown(catalog, record, language)
    there = work.may_be_there(record.paths)
    drawable = bool(shown["pages"])
    if not there:
        shown["pages"] = []
    return page(
        request,
        "record.html",
        422 if problem else 200,
        **shown,
        **links,
        targets=targets(language),
        missing_extra=missing_extra,
        forms=[form.value for form in Standard],
        there=there,
        can_lay_out=there and not drawable,
        tab=tab if tab and (tab != "pages" or there) else "pages" if shown["pages"] else "text",
        go=asked.pointer if asked else go,
        asked=asked,
        ended=ended,
        outcome=outcome,
        before=before,
        like=like,
        effect=effect,
        seen=seen,
        answer_name=secrets.token_hex(16),
        left=left,
        asking=_asking(record, asked) if asked else None,
        typed=typed,
        problem=problem,
    )


@router.get("/archive/documents/{sha256}/pages/{number}")
async def picture(request: Request, catalog: CatalogOf, service: ServiceOf, sha256: Sha256, number: RowId) -> Response:
    """The picture of a page, drawn in a worker process from the file where it was catalogued."""
    found = catalog.picture(sha256, number)
    if found is None:
        media_type, paths = await run_in_threadpool(source_of, catalog, sha256)
        run, dpi = partial(service.pool.run_in_turn, asked=request), ReviewSettings().dpi
        if (drawn := catalog.drawn(sha256)) is not None and drawn.pdf:
            found = await run(review.draw, drawn.pdf, "application/pdf", number, dpi)
        else:
            limit = service.settings.max_bytes
            found = await run(work.draw, paths, sha256, media_type, number, dpi, limit)
        if found is None:
            raise NotFound
        catalog.keep_picture(sha256, number, found)
    return Response(found.data, media_type=found.media_type)


async def drawn_of(request: Request, catalog: CatalogAccess, service: Service, sha256: str) -> Drawn | None:
    """A document that has no pages as LibreOffice prints it, else its lines side by side; None where it is neither."""
    if kept := catalog.drawn(sha256):
        return kept
    media_type, paths = await run_in_threadpool(source_of, catalog, sha256)
    return await service.pool.run_in_turn(work.lay_out, paths, sha256, media_type, service.config, asked=request)


@router.get("/archive/documents/{sha256}/laid")
async def laid(request: Request, catalog: CatalogOf, service: ServiceOf, sha256: Sha256) -> Response:
    """The pane of pages of a document that has none: printed by LibreOffice, else its lines side by side."""
    drawn = await drawn_of(request, catalog, service, sha256)
    if drawn is None:
        raise NotFound
    catalog.keep_drawn(sha256, drawn)
    return await run_in_threadpool(_laid, request, catalog, sha256, drawn)


@router.get("/archive/documents/{sha256}/file")
async def original(request: Request, catalog: CatalogOf, service: ServiceOf, sha256: Sha256) -> Response:
    """The file as it was catalogued, to be kept and not to be run."""
    _, paths = await run_in_threadpool(source_of, catalog, sha256)
    try:
        data = await service.pool.run_in_turn(file_of, paths, sha256, service.settings.max_bytes, asked=request)
    except SourceNotFound:
        raise NotFound from None
    name = paths[0].rpartition("/")[2]
    headers = attachment(name, name.rpartition(".")[2])
    return await run_in_threadpool(sent, partial(copied, data), "application/octet-stream", headers)


@router.get("/archive/documents/{sha256}/edit")
def editor(
    request: Request, catalog: CatalogOf, sha256: Sha256, pointer: Annotated[str, Query(max_length=400)]
) -> Response:
    """The form in which a value is corrected."""
    language = language_of(request)
    with catalog.reading() as connection:
        record = _record(connection, sha256)
    try:
        values = editor_values(record.state, pointer)
    except BadPointer:
        return _refused(language, "bad_pointer")
    values |= {"here": _here(sha256), "in_force": in_force_at(record, pointer)}
    return Response(render(language, "archive_editor.html", values), media_type="text/html")


@router.post("/archive/documents/{sha256}/set")
def set_value(
    request: Request,
    catalog: CatalogOf,
    sha256: Sha256,
    pointer: Pointer,
    value: Annotated[str | None, Form()] = None,
    start: Annotated[str, Form(max_length=12)] = "",
    end: Annotated[str, Form(max_length=12)] = "",
    clear: Annotated[str, Form(max_length=1)] = "",
    withdraw: Annotated[str, Form(max_length=1)] = "",
) -> Response:
    """Correct a value by typing, or by what is selected in the text; or go back to what the parser read."""
    if withdraw:
        return _withdrawn(request, catalog, sha256, pointer)

    def change(record: Record) -> Change:
        text = "" if clear else value
        if text is None:
            text = _selected(record, start, end)
        return setting(record, pointer, text)

    return _change(request, catalog, sha256, change, "said_set")


@router.post("/archive/documents/{sha256}/remove")
def remove(request: Request, catalog: CatalogOf, sha256: Sha256, pointer: Pointer) -> Response:
    """Take an item out of its list."""
    return _change(request, catalog, sha256, lambda record: removal(record, pointer), "said_removed")


@router.post("/archive/documents/{sha256}/page-count")
def set_page_count(
    request: Request, catalog: CatalogOf, sha256: Sha256, value: Annotated[str, Form(max_length=12)] = ""
) -> Response:
    """Say how many pages a document has whose file does not tell; empty takes it back."""
    language, at, who = language_of(request), stamp(), person(request)
    count = count_of(value)
    if value.strip() and count is None:
        return _refused(language, "bad_page_count")

    def work_on(connection: Connection) -> Record:
        _record(connection, sha256)
        tell_pages(connection, sha256, count, person=who, at=at)
        return _record(connection, sha256)

    return _changes(catalog, catalog.write(work_on), language, "said_page_count", "")


def _change(
    request: Request, catalog: CatalogAccess, sha256: str, make: Callable[[Record], Change], said: str
) -> Response:
    """Make a change of the document as it stands now and write it, in one transaction."""
    language, at, who = language_of(request), stamp(), person(request)

    def work_on(connection: Connection) -> tuple[Record, Change, bool]:
        before = _record(connection, sha256)
        change = make(before)
        same = said == "said_set" and _is(before, change)
        put(connection, sha256, change, who, at)
        return _record(connection, sha256), change, same

    try:
        record, change, same = catalog.write(work_on)
    except BadPointer:
        return _refused(language, "bad_pointer")
    except BadValue as error:
        return _refused(language, str(error))
    except BadCorrection:
        return _refused(language, "bad_correction")
    return _changes(catalog, record, language, "said_confirmed" if same else said, change.pointer)


def _withdrawn(request: Request, catalog: CatalogAccess, sha256: str, pointer: str) -> Response:
    language, at, who = language_of(request), stamp(), person(request)

    def work_on(connection: Connection) -> Record:
        place = in_force_at(_record(connection, sha256), pointer)
        if place is not None:
            take_back(connection, sha256, place, who, at)
        return _record(connection, sha256)

    return _changes(catalog, catalog.write(work_on), language, "said_withdrawn", pointer)


def _is(record: Record, change: Change) -> bool:
    """Whether the value stands there already, so that it is confirmed."""
    try:
        return bool(record.state.at(change.pointer) == change.value)
    except BadPointer:
        return False


def _selected(record: Record, start: str, end: str) -> str:
    text = record.document.text
    if start.isdecimal() and end.isdecimal() and 0 <= int(start) < int(end) <= len(text):
        return text[int(start) : int(end)]
    raise BadValue("bad_selection")


def _record(connection: Connection, sha256: str) -> Record:
    record = record_of(connection, sha256)
    if record is None:
        raise NotFound
    return record


def source_of(catalog: CatalogAccess, sha256: str) -> tuple[str, list[str]]:
    """The media type of a document and the places of its file."""
    with catalog.reading() as connection:
        media_type = connection.scalar(select(Document.media_type).where(Document.sha256 == sha256))
        paths = list(paths_of(connection, sha256))
    if media_type is None or not paths:
        raise NotFound
    return media_type, paths


def _laid(request: Request, catalog: CatalogAccess, sha256: str, drawn: Drawn) -> Response:
    with catalog.reading() as connection:
        record = _record(connection, sha256)
    values = {"here": _here(sha256), **laid_values(record.document, record.state, drawn)}
    return Response(render(language_of(request), "laid.html", values), media_type="text/html")


def _here(sha256: str) -> str:
    return f"/archive/documents/{sha256}"


def _shown(catalog: CatalogAccess, record: Record, language: str) -> dict[str, Any]:
    """What the page shows, and after a correction shows anew."""
    drawn = catalog.drawn(record.sha256)
    confirmed = sum(one.confirmed for one in record.in_force)
    return {
        "record": record,
        "has_pages": pages(record.document) is not None,
        "told_pages": record.corrections.get(PAGES),
        "printed": len(drawn.sizes) if drawn is not None and drawn.pdf else 0,
        "here": _here(record.sha256),
        "confirmed": confirmed,
        "corrected": len(record.corrections) - confirmed,
        **document_values(record.document, record.state, language),
    }


def _outcome(connection: Connection, ended: queue.Item) -> tuple[str, Any]:
    """Of which document an item was, and what stands there now."""
    record = record_of(connection, ended.sha256)
    if record is None:  # it has gone meanwhile
        return "", None
    try:
        return record.name, value_at(record.state.data, ended.pointer)
    except KeyError:  # an issue may be about what is not there
        return record.name, None


def _asking(record: Record, asked: queue.Item) -> dict[str, Any]:
    """How an item of the queue is shown: the value in force, and whether it can be typed in one line."""
    try:
        slot = slot_at(whole(asked.pointer))
        value = text_of(record.state.at(whole(asked.pointer)))
    except BadPointer:
        return {"slot": None, "value": ""}
    return {"slot": None if slot.kind in (Kind.LIST, Kind.OBJECT) else slot, "value": value}


def _changes(catalog: CatalogAccess, record: Record, language: str, said: str, pointer: str) -> Response:
    told = ArchiveWords(language)(said, n=label_of(pointer, language, partners_of(record.state)))
    with catalog.reading() as connection:
        left = queue.left(connection)
    values = {**_shown(catalog, record, language), "said": told, "focus": pointer, "left": left}
    return Response(render(language, "archive_changes.html", values), media_type="text/html")


def _refused(language: str, key: str) -> Response:
    """What is wrong with a typed value; the script shows it beside the form."""
    return JSONResponse({"message": ArchiveWords(language)(key)}, 422)
