"""How many pages documents have on paper whose files do not tell, said of many at once: EAD, SIP and edXML ask for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple

from fastapi import APIRouter, Form, Query, Request
from pydantic import Field
from sqlalchemy import Connection, Row, select
from starlette.responses import JSONResponse, RedirectResponse, Response

from vnadmin.agencies import whole_name
from vnadmin.export.qcvn102.envelope import UNPAGED
from vnadmin.index.catalog.schema import Document
from vnadmin.index.catalog.told import count_of, tell_pages, told_pages
from vnadmin.index.search.search import found_ids
from vnadmin_service.archive import queue
from vnadmin_service.archive.catalog_access import NO_NUL, CatalogAccess, stamp
from vnadmin_service.archive.document_page import drawn_of
from vnadmin_service.archive.facets import Filters, FiltersOf, Text
from vnadmin_service.archive.graph import name_of
from vnadmin_service.archive.pages import CatalogOf, PageRoute, Sha256, page, person, url
from vnadmin_service.body import SMALL_FORM
from vnadmin_service.state import ServiceOf

SHOWN: Final = 50  # documents of a page
_AT_ONCE: Final = 500
router = APIRouter(route_class=PageRoute, max_body_size=SMALL_FORM)


class Lacking(NamedTuple):
    """A document whose pages nobody has counted."""

    sha256: str
    name: str
    subject: str | None
    issuer: str | None


@router.get("/archive/page-counts")
def ask(
    request: Request, catalog: CatalogOf, filters: FiltersOf, q: Text = "", saved: Annotated[int, Query(ge=0)] = 0
) -> Response:
    """Those of a search, best first, each with a box."""
    return _boxes(request, catalog, filters, q, saved=saved)


@router.post("/archive/page-counts")
def save(
    request: Request,
    catalog: CatalogOf,
    filters: FiltersOf,
    sha256: Annotated[list[Annotated[str, Field(pattern=NO_NUL)]], Form(max_length=SHOWN)],
    value: Annotated[list[str], Form(max_length=SHOWN)],
    q: Text = "",
) -> Response:
    """Keep what was typed; an empty box says nothing."""
    typed = {one: text for one, text in zip(sha256, value, strict=False) if text.strip()}
    told = {one: count_of(text) for one, text in typed.items()}
    if None in told.values():
        return _boxes(request, catalog, filters, q, typed=typed, wrong=[one for one in told if told[one] is None])
    who, at = person(request), stamp()

    def work_on(connection: Connection) -> int:
        known = list(connection.scalars(select(Document.sha256).where(Document.sha256.in_(told))))
        for one in known:
            tell_pages(connection, one, told[one], person=who, at=at)
        return len(known)

    count = catalog.write(work_on)
    return RedirectResponse(url("/archive/page-counts", q=q, **dict(filters.chosen()), saved=count), 303)


@router.get("/archive/documents/{sha256}/printed")
async def printed(request: Request, catalog: CatalogOf, service: ServiceOf, sha256: Sha256) -> Response:
    """How many pages LibreOffice prints a document on; null where it cannot."""
    drawn = await drawn_of(request, catalog, service, sha256)
    return JSONResponse({"pages": len(drawn.sizes) if drawn is not None and drawn.pdf else None})


def _boxes(
    request: Request, catalog: CatalogAccess, filters: Filters, q: str, *, saved: int = 0,
    typed: Mapping[str, str] = MappingProxyType({}), wrong: Collection[str] = (),
) -> Response:  # fmt: skip
    """The page; with what was typed where something of it is no number of pages."""
    with catalog.reading() as connection:
        found = _lacking(connection, found_ids(connection, q, among=filters.among()))
        left = queue.left(connection)
    return page(
        request,
        "page_counts.html",
        422 if wrong else 200,
        found=found[:SHOWN],
        more=len(found) > SHOWN,
        saved=saved,
        typed=typed,
        wrong=wrong,
        asked={"q": q, **dict(filters.chosen())},
        left=left,
    )


def _lacking(connection: Connection, ids: Sequence[int]) -> list[Lacking]:
    """The first of these documents, and one more where there are more than are shown."""
    found = list[Lacking]()
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        columns = (
            Document.id, Document.sha256, Document.type_name, Document.number, Document.subject, Document.issuing_agency,
            Document.parent_agency,
        )  # fmt: skip
        rows = connection.execute(select(*columns).where(Document.id.in_(part), Document.method == UNPAGED)).all()
        told = told_pages(connection, [row.sha256 for row in rows])
        at = {row.id: row for row in rows if row.sha256 not in told}
        found += [
            Lacking(row.sha256, name_of(row.type_name, row.number), row.subject, _issuer(row))
            for row in (at[one] for one in part if one in at)
        ]
        if len(found) > SHOWN:
            break
    return found


def _issuer(row: Row[*tuple[Any, ...]]) -> str | None:
    return whole_name(row.issuing_agency, row.parent_agency) if row.issuing_agency else None
