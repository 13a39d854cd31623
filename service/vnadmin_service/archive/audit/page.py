"""Audits: those that were drawn, how far each is, drawing one, settling differences, and the report."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated, Final, Literal, TypeVar

from fastapi import APIRouter, Form, Path, Query, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vnadmin import __version__
from vnadmin.errors import MissingExtra
from vnadmin.gazetteer import rows
from vnadmin.index.audit.fields import FIELDS, USUAL
from vnadmin.index.audit.kept import Chosen, Plan, audit, audits, differences, draw_audit, judged, places, settle
from vnadmin.index.audit.sample import BY
from vnadmin_service.archive import queue
from vnadmin_service.archive.catalog_access import NO_NUL, CatalogAccess, stamp
from vnadmin_service.archive.pages import CatalogOf, PageRoute, page, person, url
from vnadmin_service.body import SMALL_FORM
from vnadmin_service.problems import NotFound
from vnadmin_service.review.language import language_of

T = TypeVar("T")
_SEEDS: Final = 2**31
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The report is a page of its own with its style in it, and nothing else.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HALF_WIDTHS: Final = (0.02, 0.03, 0.04, 0.05)
EXPECTED: Final = (0.9, 0.95, 0.98, 0.99)
router = APIRouter(route_class=PageRoute, max_body_size=SMALL_FORM)
Number = Annotated[int, Path(ge=1, lt=2**31)]
Short = Annotated[str, Form(max_length=200, pattern=NO_NUL)]


@router.get("/archive/audit")
def show(request: Request, catalog: CatalogOf) -> Response:
    """All audits, the latest first, and a form that draws one."""
    with catalog.reading() as connection:
        found = audits(connection)
        open_ = {
            one.id: sum(each.verdict is None for each in differences(judged(connection, one.id)))
            for one in found
            if one.reviewed == one.size
        }
        left = queue.left(connection)
    names = {row["field"]: row[language_of(request)] for row in rows("field_names")}
    return page(
        request,
        "audits.html",
        audits=found,
        open=open_,
        left=left,
        half_widths=HALF_WIDTHS,
        expected=EXPECTED,
        fields=[(field, names[field], field in USUAL) for field in FIELDS],
    )


@router.post("/archive/audit")
def draw(
    request: Request,
    catalog: CatalogOf,
    half_width: Annotated[float, Form(ge=0.005, le=0.5)] = 0.03,
    expect: Annotated[float, Form(ge=0.5, le=1)] = 0.95,
    field: Annotated[list[str], Form(max_length=len(FIELDS))] = [],  # noqa: B006  FastAPI copies it
    issuer: Short = "",
    kind: Short = "",
    year: Annotated[str, Form(pattern=r"^\s*(\d{4})?\s*$")] = "",
) -> Response:
    """Draw a sample with a seed of its own."""
    fields = tuple(one for one in FIELDS if one in field) or USUAL
    plan = Plan(half_width, expect, fields=fields, by=BY)
    chosen = Chosen(issuer.strip() or None, kind.strip() or None, int(year) if year.strip() else None)
    number = draw_one(request, catalog, plan, chosen)
    return RedirectResponse(f"/archive/audit#audit-{number}", 303)


@router.get("/archive/audit/{number}")
def look(catalog: CatalogOf, number: Number) -> Response:
    """An audit in the list."""
    with catalog.reading() as connection:
        audit(connection, number)
    return RedirectResponse(f"/archive/audit#audit-{number}", 303)


@router.get("/archive/audit/{number}/differences")
def compare(request: Request, catalog: CatalogOf, number: Number) -> Response:
    """What was read otherwise, once the whole sample is reviewed: until then nobody sees what the machine read."""
    with catalog.reading() as connection:
        kept = audit(connection, number)
        if kept.reviewed < kept.size:
            return RedirectResponse(f"/archive/audit#audit-{number}", 303)
        found = differences(judged(connection, number))
        at = {one.position: one for one in places(connection, number)}
        left = queue.left(connection)
    return page(request, "audit_differences.html", audit=kept, differences=found, places=at, left=left)


@router.post("/archive/audit/{number}/differences")
def decide(
    request: Request,
    catalog: CatalogOf,
    number: Number,
    position: Annotated[int, Form(ge=1, lt=2**31)],
    field: Short,
    verdict: Annotated[Literal["right", "wrong"], Form()],
) -> Response:
    """Say of a difference whether what the catalogue held is right."""
    who, at = person(request), stamp()

    def work(connection: Connection) -> None:
        kept = audit(connection, number)
        if kept.reviewed < kept.size or not settle(connection, number, position, field, verdict, person=who, at=at):
            raise NotFound

    catalog.write(work)
    return RedirectResponse(f"/archive/audit/{number}/differences#d-{position}-{field}", 303)


@router.get("/archive/audit/{number}/report")
def report(
    request: Request, catalog: CatalogOf, number: Number, form: Annotated[Literal["html", "xlsx"], Query()] = "html"
) -> Response:
    """The report, as a page to print or as a workbook."""
    language: Literal["vi", "en"] = "en" if language_of(request) == "en" else "vi"

    def make() -> Response:
        from vnadmin.index.audit.report import as_excel, as_html
        from vnadmin.index.audit.result import result

        with catalog.reading() as connection:
            found = result(connection, number)
        if form == "html":
            return HTMLResponse(as_html(found, language), headers={"content-security-policy": _POLICY})
        headers = {"content-disposition": f'attachment; filename="kiem-tra-{number}.xlsx"'}
        return Response(as_excel(found, language), media_type=_EXCEL, headers=headers)

    return with_extra(make)


def draw_one(request: Request, catalog: CatalogAccess, plan: Plan, chosen: Chosen, seed: int | None = None) -> int:
    """Draw an audit, with a seed of its own where none is given; its number.

    Raises:
        NothingToAudit: no document fits.
        MissingExtra: the extra [audit] is not installed.
    """
    who, at = person(request), stamp()
    chance = secrets.randbelow(_SEEDS) if seed is None else seed

    def work(connection: Connection) -> int:
        return draw_audit(connection, plan, chosen, seed=chance, person=who, at=at, version=__version__)

    return with_extra(lambda: catalog.write(work))


def with_extra(work: Callable[[], T]) -> T:
    """Do what needs the extra [audit].

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        return work()
    except ImportError as error:
        raise MissingExtra(f"This needs {error.name}.", "pip install 'vnadmin[audit]'") from error


def back_to(number: int, after: int) -> str:
    """Where the next document of an audit is."""
    return url(f"/archive/audit/{number}/review", after=after)
