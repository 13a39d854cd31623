"""A document of a sample, reviewed blind: its pages or its text, empty boxes beside it, and nothing that the machine read."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from vnadmin.index.audit.kept import Kept, Place, audit, following, place, tell
from vnadmin.index.catalog.corrections import read_document
from vnadmin.index.catalog.places import paths_of
from vnadmin.source.pictures import has_pictures
from vnadmin_service.archive import work
from vnadmin_service.archive.audit.answers import Box, answers, boxes
from vnadmin_service.archive.audit.page import Number, back_to
from vnadmin_service.archive.catalog_access import CatalogAccess, stamp
from vnadmin_service.archive.document_page import drawn_of
from vnadmin_service.archive.pages import CatalogOf, PageRoute, page, person, render
from vnadmin_service.body import SMALL_FORM
from vnadmin_service.problems import NotFound
from vnadmin_service.review.language import language_of
from vnadmin_service.review.view import page_views, sheet_bands
from vnadmin_service.state import ServiceOf

router = APIRouter(route_class=PageRoute, max_body_size=SMALL_FORM)
Position = Annotated[int, Path(ge=1, lt=2**31)]
_READ = ("ocr", "mixed")  # how a text came about that is itself the machine's reading


@router.get("/archive/audit/{number}/review")
def go_on(catalog: CatalogOf, number: Number, after: Annotated[int, Query(ge=0, lt=2**31)] = 0) -> Response:
    """The next document that nobody has reviewed; behind the last one the list."""
    with catalog.reading() as connection:
        audit(connection, number)
        found = following(connection, number, after)
    if found is None:
        return RedirectResponse(f"/archive/audit#audit-{number}", 303)
    return RedirectResponse(f"/archive/audit/{number}/review/{found.position}", 303)


@router.get("/archive/audit/{number}/review/{position}")
def show(request: Request, catalog: CatalogOf, number: Number, position: Position) -> Response:
    """The document and its boxes."""
    with catalog.reading() as connection:
        kept, found = _asked(connection, number, position)
    if found.reviewed_at is not None:
        return RedirectResponse(back_to(number, position), 303)
    return _page(request, catalog, kept, found, boxes(kept.plan.fields, language_of(request), {}, ()))


@router.post("/archive/audit/{number}/review/{position}")
async def keep(request: Request, catalog: CatalogOf, number: Number, position: Position) -> Response:
    """Keep what was typed and go on; or the same page again, with what is wrong."""
    form = await request.form()
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    unclear = [value for value in form.getlist("unclear") if isinstance(value, str)]
    return await run_in_threadpool(_kept, request, catalog, number, position, typed, unclear)


def _kept(
    request: Request, catalog: CatalogAccess, number: int, position: int, typed: dict[str, str], unclear: list[str]
) -> Response:
    who, at = person(request), stamp()
    with catalog.reading() as connection:
        kept, found = _asked(connection, number, position)
    unreadable = list(kept.plan.fields) if "unreadable" in typed else unclear
    asked = boxes(kept.plan.fields, language_of(request), typed, unreadable)
    if any(box.problem for box in asked):
        return _page(request, catalog, kept, found, asked)
    catalog.write(lambda connection: tell(connection, number, position, answers(asked), person=who, at=at))
    return RedirectResponse(back_to(number, position), 303)


@router.get("/archive/audit/{number}/review/{position}/laid")
async def laid(
    request: Request, catalog: CatalogOf, service: ServiceOf, number: Number, position: Position
) -> Response:
    """The pages of a document that has none, without a mark on what was read."""

    def find() -> str:
        with catalog.reading() as connection:
            return _asked(connection, number, position)[1].sha256

    sha256 = await run_in_threadpool(find)
    drawn = await drawn_of(request, catalog, service, sha256)
    if drawn is None:
        raise NotFound
    catalog.keep_drawn(sha256, drawn)
    values = {
        "here": f"/archive/documents/{sha256}",
        "sizes": drawn.sizes,
        "same": False,
        "bands": sheet_bands(drawn.text, {}, drawn.bands),
    }
    made = partial(render, language_of(request), "laid.html", values)
    return Response(await run_in_threadpool(made), media_type="text/html")


def _asked(connection: Connection, number: int, position: int) -> tuple[Kept, Place]:
    kept, found = audit(connection, number), place(connection, number, position)
    if found is None:
        raise NotFound
    return kept, found


def _page(request: Request, catalog: CatalogAccess, kept: Kept, found: Place, asked: list[Box]) -> Response:
    with catalog.reading() as connection:
        shown = _shown(connection, found.sha256)
    wrong = any(box.problem for box in asked)
    return page(
        request,
        "audit_review.html",
        422 if wrong else 200,
        audit=kept,
        place=found,
        boxes=asked,
        here=f"/archive/documents/{found.sha256}",
        own=f"/archive/audit/{kept.id}/review/{found.position}",
        **shown,
    )


def _shown(connection: Connection, sha256: str) -> dict[str, Any]:
    """What there is to look at: pictures where the file is there, and a text that no machine made out."""
    document = read_document(connection, sha256, corrected=False)
    if document is None:
        return {"pages": [], "text": "", "can_lay_out": False}
    there = work.may_be_there(paths_of(connection, sha256))
    drawable = has_pictures(document.source.media_type)
    is_read = any(one.method in _READ for one in document.source.pages)
    return {
        "pages": page_views(document, {}) if there and drawable else [],
        "text": "" if is_read else document.text,
        "can_lay_out": there and not drawable,
    }
