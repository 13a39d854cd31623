"""Searches that a person keeps under a name: the query and what was chosen beside it."""

from __future__ import annotations

from typing import Annotated, Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from sqlalchemy import Connection, delete, func, insert, select
from starlette.responses import RedirectResponse, Response

from vnadmin.errors import LimitExceeded
from vnadmin.index.catalog.schema import SavedSearch
from vnadmin_service.archive.catalog_access import NO_NUL, stamp
from vnadmin_service.archive.pages import CatalogOf, PageRoute, RowId, person
from vnadmin_service.body import SMALL_FORM

MOST: Final = 100  # of one person
_KEPT: Final = frozenset(
    {"q", "sort", "year", "type", "issuer", "signer", "place", "urgency", "secrecy", "folder", "status"}
)
router = APIRouter(route_class=PageRoute, max_body_size=SMALL_FORM)


class Saved(NamedTuple):
    """A search, and the address of its results."""

    id: int
    name: str
    address: str


def saved_by(connection: Connection, who: str) -> list[Saved]:
    """What a person kept, by name."""
    columns = (SavedSearch.id, SavedSearch.name, SavedSearch.address)
    rows = connection.execute(select(*columns).where(SavedSearch.person == who).order_by(SavedSearch.name))
    return [Saved(*row) for row in rows]


@router.post("/archive/searches")
def save(
    request: Request,
    catalog: CatalogOf,
    name: Annotated[str, Form(min_length=1, max_length=200, pattern=NO_NUL)],
    address: Annotated[str, Form(max_length=4000)],
) -> Response:
    """Keep a search; one of the same name is replaced."""
    who, at = person(request), stamp()
    kept = urlencode([(key, value) for key, value in parse_qsl(address) if key in _KEPT])

    def write(connection: Connection) -> None:
        connection.execute(delete(SavedSearch).where(SavedSearch.person == who, SavedSearch.name == name.strip()))
        count = select(func.count()).select_from(SavedSearch).where(SavedSearch.person == who)
        if (connection.scalar(count) or 0) >= MOST:
            raise LimitExceeded(f"More than {MOST} searches are kept.", "Delete some of them.")
        values = {"person": who, "name": name.strip(), "address": kept, "made_at": at}
        connection.execute(insert(SavedSearch).values(values))

    catalog.write(write)
    return RedirectResponse(f"/archive?{kept}", 303)


@router.post("/archive/searches/{search_id}/delete")
def forget(request: Request, catalog: CatalogOf, search_id: RowId) -> Response:
    """Keep it no longer; nobody deletes another's."""
    who = person(request)
    catalog.write(
        lambda connection: connection.execute(
            delete(SavedSearch).where(SavedSearch.id == search_id, SavedSearch.person == who)
        )
    )
    return RedirectResponse("/archive", 303)
