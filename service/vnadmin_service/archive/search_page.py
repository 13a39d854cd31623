"""The search page, exports of what it finds, and the list of tasks by deadline."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from typing import Annotated, BinaryIO, Final, cast

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response, StreamingResponse

from vnadmin.gazetteer import rows
from vnadmin.index.export.registry import ExportFormat, export
from vnadmin.index.search.query import BadQuery, read_query
from vnadmin.index.search.search import COUNTED, Answer, Order, search
from vnadmin_service.archive import queue
from vnadmin_service.archive.catalog_access import CatalogAccess, today
from vnadmin_service.archive.deadlines import due
from vnadmin_service.archive.facets import COUNTED as FACETED
from vnadmin_service.archive.facets import Filters, Value, count_facets
from vnadmin_service.archive.pages import PageRoute, catalog_of, page
from vnadmin_service.review.language import language_of

HITS: Final = 20  # of a page
_LAST_PAGE: Final = 500
_PART: Final = 64 * 1024
_IN_MEMORY: Final = 8 * 1024**2  # of an export; larger ones pass through a temporary file
_MEDIA_TYPES: Final = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
    ExportFormat.JSON_LINES: "application/x-ndjson",
}

router = APIRouter(route_class=PageRoute)
CatalogOf = Annotated[CatalogAccess, Depends(catalog_of)]
Text = Annotated[str, Query(max_length=2000)]
ExportName = Annotated[str, Path(pattern=r"^van-ban\.(csv|xlsx|parquet|jsonl)$")]


async def _filters(
    year: Text = "", type: Text = "", issuer: Text = "", signer: Text = "", status: Text = ""
) -> Filters:
    return Filters(year, type, issuer, signer, status)


FiltersOf = Annotated[Filters, Depends(_filters)]


@router.get("/archive")
def show(
    request: Request,
    catalog: CatalogOf,
    filters: FiltersOf,
    q: Text = "",
    sort: Order = Order.BEST,
    number: Annotated[int, Query(alias="page", ge=1, le=_LAST_PAGE)] = 1,
) -> Response:
    """What was found, best first, with the words marked; beside it, by what it can be narrowed down."""
    answer, facets, cut, refused = None, dict[str, list[Value]](), False, False
    with catalog.reading() as connection:
        left = queue.left(connection)
        try:
            query = read_query(q)
        except BadQuery:
            refused = True
        else:
            answer = search(
                connection, query, limit=HITS, offset=(number - 1) * HITS, order=sort, among=filters.among()
            )
            counted, cut = count_facets(connection, query, filters)
            facets = dict(counted)
    values: dict[str, object] = {
        "q": q,
        "sort": sort.value,
        "filters": filters,
        "chosen": list(filters.chosen()),
        "asked": {"q": q, "sort": "" if sort is Order.BEST else sort.value, **dict(filters.chosen())},
        "answer": answer,
        "facets": facets,
        "labels": {(name, value.value): value.label for name, found in facets.items() for value in found},
        "faceted": FACETED if cut else 0,
        "counted": COUNTED,
        "number": number,
        "last": _last_page(answer) if answer else 1,
        "first": (number - 1) * HITS + 1,
        "refused": refused,
        "left": left,
        "orders": [order.value for order in Order],
        "formats": [form.value for form in ExportFormat],
        "fields": [(row["name"], row[language_of(request)], row["example"]) for row in rows("query_fields")],
    }
    return page(request, "search.html", 400 if refused else 200, **values)


@router.get("/archive/export/{name}")
def take(catalog: CatalogOf, filters: FiltersOf, name: ExportName, q: Text = "", sort: Order = Order.BEST) -> Response:
    """All that a search finds, as a file."""
    form = ExportFormat(name.rpartition(".")[2])
    out = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115  closed when it is sent
    try:
        with catalog.reading() as connection:
            export(connection, q, out, form, order=sort, among=filters.among())
    except BaseException:
        out.close()
        raise
    out.seek(0)
    headers = {"content-disposition": f'attachment; filename="van-ban.{form.value}"'}
    return StreamingResponse(_parts(out), media_type=_MEDIA_TYPES[form], headers=headers)


@router.get("/archive/tasks")
def tasks(
    request: Request,
    catalog: CatalogOf,
    when: Annotated[str, Query(pattern="^(ahead|past)$")] = "ahead",
    day: Text = "",
    who: Text = "",
    number: Annotated[int, Query(alias="page", ge=1, le=_LAST_PAGE)] = 1,
) -> Response:
    """Tasks with a deadline: those ahead, the nearest first; or those past, the last first."""
    try:
        since = dt.date.fromisoformat(day).isoformat()
    except ValueError:
        since = today()
    with catalog.reading() as connection:
        found, more = due(connection, since, past=when == "past", who=who, page=number)
        left = queue.left(connection)
    return page(
        request,
        "tasks.html",
        tasks=found,
        more=more,
        when=when,
        since=since,
        who=who,
        number=number,
        asked={"when": when, "day": since, "who": who},
        left=left,
    )


def _last_page(answer: Answer) -> int:
    return min(_LAST_PAGE, max(1, -(-answer.total // HITS)) + answer.more)


def _parts(out: BinaryIO) -> Iterator[bytes]:
    with out:
        while part := out.read(_PART):
            yield part
