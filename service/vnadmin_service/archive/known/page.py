"""`Cơ quan này`: what the archive knows of an issuer, since when and by which documents; taken along as a file, and forgotten."""

from __future__ import annotations

import csv
import io
import json
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from vnadmin.index.catalog.schema import KEY_LIMIT
from vnadmin.index.witness.kept import (
    as_plain,
    forget,
    forgotten_of,
    issuers,
    listed,
    read_known,
    remember,
    spelling_of,
)
from vnadmin.index.witness.known import KINDS
from vnadmin_service.archive import queue
from vnadmin_service.archive.catalog_access import NO_NUL, stamp
from vnadmin_service.archive.pages import CatalogOf, PageRoute, page, person, url
from vnadmin_service.body import SMALL_FORM
from vnadmin_service.problems import NotFound
from vnadmin_service.review.downloads import attachment

SHOWN = 50  # values of a kind that a page shows, the most frequent ones
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
Key = Annotated[str, Query(alias="issuer", min_length=1, max_length=KEY_LIMIT, pattern=NO_NUL)]
KeyGiven = Annotated[str, Form(min_length=1, max_length=KEY_LIMIT, pattern=NO_NUL)]
Kind = Annotated[str, Form(pattern=f"^({'|'.join(KINDS)})$")]
Value = Annotated[str, Form(min_length=1, max_length=KEY_LIMIT, pattern=NO_NUL)]
router = APIRouter(route_class=PageRoute, max_body_size=SMALL_FORM)


@router.get("/archive/known")
def all_issuers(
    request: Request, catalog: CatalogOf, name: Annotated[str, Query(max_length=KEY_LIMIT)] = ""
) -> Response:
    """The issuers of which anything is known, by name."""
    with catalog.reading() as connection:
        found = issuers(connection, name)
        left = queue.left(connection)
    return page(request, "known.html", issuers=sorted(found, key=lambda one: one[1]), name=name, key="", left=left)


@router.get("/archive/known/issuer")
def of_issuer(request: Request, catalog: CatalogOf, issuer: Key) -> Response:
    """What is known of one issuer, the most frequent first."""
    with catalog.reading() as connection:
        known = read_known(connection, issuer)
        forgotten = sorted((kind, value) for kind, value in forgotten_of(connection, issuer) if value)
        left = queue.left(connection)
    if not known.rows and not forgotten:
        raise NotFound
    groups = {kind: [name for other, name in listed(known) if other == kind] for kind in KINDS}
    return page(
        request,
        "known.html",
        key=issuer,
        spelling=spelling_of(known, issuer),
        groups={kind: names[:SHOWN] for kind, names in groups.items() if names},
        more={kind: len(names) - SHOWN for kind, names in groups.items()},
        forgotten=forgotten,
        left=left,
    )


@router.get("/archive/known/co-quan.{form}")
def take(catalog: CatalogOf, issuer: Key, form: Annotated[str, Path(pattern="^(json|csv)$")]) -> Response:
    """All that is known of an issuer, as a file."""
    with catalog.reading() as connection:
        known = read_known(connection, issuer)
    spelling = spelling_of(known, issuer)
    rows = [as_plain(issuer, spelling, kind, name) for kind, name in listed(known)]
    if not rows:
        raise NotFound
    if form == "json":
        body = json.dumps(rows, ensure_ascii=False, indent=1)
    else:
        sheet = io.StringIO()
        writer = csv.writer(sheet)
        writer.writerow(rows[0])
        writer.writerows([" ".join(cell) if isinstance(cell, list) else cell for cell in row.values()] for row in rows)
        body = "\ufeff" + sheet.getvalue()
    return Response(body.encode(), media_type=_TYPES[form], headers=attachment(f"co-quan.{form}", form))


@router.post("/archive/known/forget")
def forget_value(request: Request, catalog: CatalogOf, issuer: KeyGiven, kind: Kind, value: Value) -> Response:
    """Forget a value: it is not learned again, and what rested on it ends with the next `vnadmin reconcile`."""
    who, at = person(request), stamp()
    catalog.write(lambda connection: forget(connection, issuer, kind, value, person=who, at=at))
    return RedirectResponse(url("/archive/known/issuer", issuer=issuer), 303)


@router.post("/archive/known/remember")
def remember_value(catalog: CatalogOf, issuer: KeyGiven, kind: Kind, value: Value) -> Response:
    """Let a forgotten value be learned again."""
    catalog.write(lambda connection: remember(connection, issuer, kind, value))
    return RedirectResponse(url("/archive/known/issuer", issuer=issuer), 303)
