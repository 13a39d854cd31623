"""Search, and one document: its values, its text, its file."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection, func, select
from starlette.responses import Response

from vnadmin.index.catalog.reviews import IS_OPEN
from vnadmin.index.catalog.schema import Review
from vnadmin.index.follow.revisions import Change, revision_of
from vnadmin.index.search.facets import Value
from vnadmin.index.search.query import read_query
from vnadmin.index.search.search import Hit, Order, count_found, page_after, search
from vnadmin_service import work
from vnadmin_service.archive import document_page
from vnadmin_service.archive.facets import FiltersOf, Text, count_facets
from vnadmin_service.archive.pages import Sha256
from vnadmin_service.archive.record import Record as Kept
from vnadmin_service.archive.record import record_of
from vnadmin_service.archive_api import samples
from vnadmin_service.archive_api.cursors import After, cursor, place_of
from vnadmin_service.archive_api.door import COMMON, ETAG, ArchiveOf, ArchiveRoute, Limit, etag, matches, told
from vnadmin_service.archive_api.entries import entries_of, said_of
from vnadmin_service.archive_api.models import FacetValue, Found, FoundEntry, Piece, Record
from vnadmin_service.problems import NotFound, documented
from vnadmin_service.review.corrections import corrected
from vnadmin_service.routes.negotiate import VARY, Include, json_view
from vnadmin_service.state import ServiceOf, note

router = APIRouter(tags=["archive"], route_class=ArchiveRoute)
_KINDS: Final = {Order.NEWEST: "newest", Order.OLDEST: "oldest"}


@router.get(
    "/v1/archive/documents",
    operation_id="archive_search",
    summary="Search the archive",
    response_class=Response,
    responses={
        200: {"description": "A page of what was found.", "model": Found, **samples.of("found")},
        **documented(*COMMON),
    },
)
def find(
    request: Request,
    archive: ArchiveOf,
    filters: FiltersOf,
    q: Text = "",
    sort: Annotated[
        Order,
        Query(description="`newest` or `oldest` by the day of issue, page by page; `best`: the best ones, one page of them."),
    ] = Order.NEWEST,
    facets: Annotated[bool, Query(description="Count by what the found documents can be narrowed down.")] = False,
    limit: Limit = 20,
    after: After = "",
) -> Response:  # fmt: skip
    """Words, phrases and fields as on the archive's page (docs/how-to/search.md). Pages follow the day of issue: documents that come in meanwhile shift nothing."""
    query, among = read_query(q), filters.among()
    place = None if sort is Order.BEST else place_of(after, _KINDS[sort], int)
    with archive.reading() as connection:
        total, more = count_found(connection, query, among=among)
        if sort is Order.BEST:
            hits, last = list(search(connection, query, limit=limit, among=among).hits), None
        else:
            behind = int(place[0]) if place else None
            hits, last = page_after(
                connection, query, limit=limit, oldest=sort is Order.OLDEST, among=among, after=behind
            )
        counted = count_facets(connection, query, filters)[0] if facets else None
        documents = _found(connection, hits)
    values = None if counted is None else {name: [_facet(one) for one in found] for name, found in counted.items()}
    goes_on = None if last is None else cursor(_KINDS[sort], last)
    note(request, {"documents": len(documents)})
    return told(Found(documents=documents, total=total, total_is_least=more, facets=values, next=goes_on))


@router.get(
    "/v1/archive/documents/{sha256}",
    operation_id="archive_document",
    summary="A document of the archive",
    response_class=Response,
    responses={
        200: {
            "description": "Its values with people's corrections.",
            "model": Record,
            "headers": ETAG,
            **samples.of("record"),
        },
        304: {"description": "It is as `If-None-Match` says."},
        **documented(*COMMON),
    },
)
def document(request: Request, archive: ArchiveOf, sha256: Sha256, include: Include = "") -> Response:
    """Known by the SHA-256 of its file. `ETag` names its state; send it as `If-Match` with a correction."""
    with archive.reading() as connection:
        record, change = kept(connection, sha256)
        headers = {**VARY, "etag": etag(change.number)}
        if matches(request.headers.get("if-none-match", ""), change.number):
            return Response(status_code=304, headers=headers)
        said = [one for one in said_of(connection, sha256) if one.in_force]
        asked = connection.scalar(select(func.count()).where(Review.sha256 == sha256, IS_OPEN)) or 0
    whole = corrected(record.document, record.state)
    head = Record.model_construct(
        sha256=sha256, revision=change.number, changed_at=change.changed_at, questions=asked, corrections=said
    )
    values = work.write(whole, json_view(request, include), record.name).body
    body = head.model_dump_json(exclude={"document"}).encode()[:-1] + b',"document":' + values + b"}"
    return Response(body, headers=headers, media_type="application/json")


@router.get(
    "/v1/archive/documents/{sha256}/text",
    operation_id="archive_text",
    summary="The text of a document",
    response_class=Response,
    responses={
        200: {
            "description": "The canonical text, into which evidence points.",
            "content": {"text/plain": {"schema": {"type": "string"}, "example": samples.TEXT}},
        },
        **documented(*COMMON),
    },
)
def text(archive: ArchiveOf, sha256: Sha256) -> Response:
    """No correction changes it."""
    with archive.reading() as connection:
        record, _ = kept(connection, sha256)
    return Response(record.document.text, media_type="text/plain; charset=utf-8")


@router.get(
    "/v1/archive/documents/{sha256}/file",
    operation_id="archive_file",
    summary="The file of a document",
    response_class=Response,
    responses={
        200: {
            "description": "The bytes, whose SHA-256 is that of the address.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}, "example": "%PDF-1.7 …"}},
        },
        **documented(*COMMON, "worker_lost", "parser_fault", "busy", "parse_timeout"),
    },
)  # fmt: skip
async def file(request: Request, archive: ArchiveOf, service: ServiceOf, sha256: Sha256) -> Response:
    """From where it was catalogued; 404 where it is there no more."""
    return await document_page.original(request, archive, service, sha256)


def kept(connection: Connection, sha256: str) -> tuple[Kept, Change]:
    """A document and its last change.

    Raises:
        NotFound: the archive does not have it.
    """
    record, change = record_of(connection, sha256), revision_of(connection, sha256)
    if record is None or change is None:
        raise NotFound("The archive has no such document.")
    return record, change


def _facet(one: Value) -> FacetValue:
    return FacetValue(value=one.value, label=one.label, count=one.number)


def _found(connection: Connection, hits: list[Hit]) -> list[FoundEntry]:
    entries = entries_of(connection, [hit.sha256 for hit in hits])
    return [
        FoundEntry(
            **dict(entries[hit.sha256]), excerpt=[Piece(text=one.text, marked=one.marked) for one in hit.part]
        )
        for hit in hits
    ]  # fmt: skip
