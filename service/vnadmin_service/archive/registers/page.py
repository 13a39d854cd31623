"""The registers of an office and a year (NĐ 30/2020, PL IV): as a page, as an Excel file, and as pages to print."""

from __future__ import annotations

from functools import partial
from typing import Annotated, BinaryIO, Final

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection
from starlette.responses import Response

from vnadmin.agencies import body_key
from vnadmin.index.registers.book import Book, book, filled, said
from vnadmin.index.registers.book_excel import FINDINGS, NO_FINDINGS, SIGNERS, cells, cover, write_book
from vnadmin.index.registers.form import FORMS, Direction
from vnadmin.index.registers.kept import offices, types_of
from vnadmin_service.archive import queue
from vnadmin_service.archive.catalog_access import NO_NUL
from vnadmin_service.archive.exports import sent
from vnadmin_service.archive.pages import CatalogOf, PageRoute, page
from vnadmin_service.problems import NotFound
from vnadmin_service.review.language import language_of
from vnadmin_service.state import ServiceOf
from vnadmin_service.work import EXCEL

PAGE: Final = 100  # lines
_SHOWN: Final = 200  # offices that are listed
_BY_HAND: Final = frozenset(
    {"copies", "moved_on", "received", "receiver"}
)  # columns that no document fills: in print and Excel
Office = Annotated[str, Query(min_length=1, max_length=400, pattern=NO_NUL)]
Year = Annotated[int, Query(ge=1900, le=2999)]
Kind = Annotated[str, Query(alias="type", max_length=40, pattern=NO_NUL)]
router = APIRouter(route_class=PageRoute)


@router.get("/archive/registers")
def choose(
    request: Request,
    catalog: CatalogOf,
    service: ServiceOf,
    office: Annotated[str, Query(max_length=400, pattern=NO_NUL)] = "",
) -> Response:
    """The offices of the archive, and the years of each; the own one first."""
    with catalog.reading() as connection:
        found, left = offices(connection), queue.left(connection)
    own = tuple(body_key(name) for name in service.settings.office)
    found.sort(key=lambda one: not (one.key in own or body_key(one.name.partition(" (")[0]) in own))
    return page(
        request,
        "registers.html",
        offices=[one for one in found if not office or one.key == office][:_SHOWN],
        more=max(0, len(found) - _SHOWN) if not office else 0,
        left=left,
    )


@router.get("/archive/registers/{direction}")
def show(
    request: Request, catalog: CatalogOf, direction: Direction, office: Office, year: Year, kind: Kind = "",
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:  # fmt: skip
    """A page of a register, and what is to be looked at in the whole of it."""
    with catalog.reading() as connection:
        found = _book(connection, direction, office, year, kind)
        lines = [(series.name, line) for series in found.series for line in series.lines]
        part = lines[(number - 1) * PAGE : number * PAGE]
        shown = list(filled(connection, direction, [line for _, line in part]))
        types = types_of(connection, office, year) if direction is Direction.OUT else []
        left = queue.left(connection)
    form = [one for one in FORMS[direction] if one.column not in _BY_HAND]
    return page(
        request,
        "register.html",
        book=found,
        direction=direction.value,
        form=form,
        lines=[(name, line) for (name, _), line in zip(part, shown, strict=True)],
        types=types,
        kind=kind,
        found=_findings(found, language_of(request)),
        marked=sum(bool(line.notes) for _, line in lines),
        asked={"office": office, "year": year, "type": kind},
        number=number,
        last=max(1, -(-len(lines) // PAGE)),
        said=partial(said, language=language_of(request)),
        left=left,
    )


@router.get("/archive/registers/{direction}/so-dang-ky.xlsx")
def take(catalog: CatalogOf, direction: Direction, office: Office, year: Year, kind: Kind = "") -> Response:
    """The register as an Excel workbook."""

    def write(out: BinaryIO) -> None:
        with catalog.reading() as connection:
            write_book(connection, _book(connection, direction, office, year, kind), out)

    name = f"so-dang-ky-van-ban-{'di' if direction is Direction.OUT else 'den'}-{year}.xlsx"
    return sent(write, EXCEL, {"content-disposition": f'attachment; filename="{name}"'})


@router.get("/archive/registers/{direction}/print")
def to_print(
    request: Request, catalog: CatalogOf, direction: Direction, office: Office, year: Year, kind: Kind = ""
) -> Response:
    """The whole register in the decree's form, for A3 landscape."""
    form = FORMS[direction]
    with catalog.reading() as connection:
        found = _book(connection, direction, office, year, kind)
        series = [
            (one.name, [(line, cells(line, form)) for line in filled(connection, direction, one.lines)])
            for one in found.series
        ]
    title, *names = cover(found)
    return page(
        request,
        "register_print.html",
        book=found,
        heading=title,
        names=names,
        form=form,
        series=series,
        found=_findings(found, "vi"),
        findings=FINDINGS,
        no_findings=NO_FINDINGS,
        signers=SIGNERS,
    )


def _book(connection: Connection, direction: Direction, office: str, year: int, kind: str) -> Book:
    found = book(connection, direction, office, year, kind or None)
    if found is None:
        raise NotFound
    return found


def _findings(found: Book, language: str) -> list[tuple[str, list[str]]]:
    return [(series.name, [said(note, language) for note in series.found]) for series in found.series if series.found]
