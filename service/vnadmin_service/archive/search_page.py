"""The search page: what was found, and by what it can be narrowed down."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final, NamedTuple

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection
from starlette.responses import Response

from vnadmin.gazetteer import rows
from vnadmin.index.export.registry import ExportFormat
from vnadmin.index.offers.meant import meant, without_a_word
from vnadmin.index.search.facets import Value
from vnadmin.index.search.keys import are_current
from vnadmin.index.search.query import BadQuery, read_query
from vnadmin.index.search.search import COUNTED, Answer, Order, search
from vnadmin_service.archive import queue
from vnadmin_service.archive.exports import OF_SEARCH, missing_extra
from vnadmin_service.archive.facets import COUNTED as FACETED
from vnadmin_service.archive.facets import MOST, SHOWN, Filters, FiltersOf, Text, count_facets, whole_value
from vnadmin_service.archive.intake import failed_files
from vnadmin_service.archive.intake_page import MOST_FAILED
from vnadmin_service.archive.pages import CatalogOf, PageRoute, page, person
from vnadmin_service.archive.saved import saved_by
from vnadmin_service.review.language import language_of

HITS: Final = 20  # of a page
_LAST_PAGE: Final = 500
_FEWER: Final = 4  # searches without a word that are offered where nothing was found

router = APIRouter(route_class=PageRoute)


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
    offer, fewer, unfiltered = None, list[tuple[str, str, int]](), 0
    with catalog.reading() as connection:
        left, current = queue.left(connection), are_current(connection)
        failed = len(failed_files(connection, MOST_FAILED + 1))
        kept = saved_by(connection, person(request))
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
            offer = _offer(connection, q, filters) if number == 1 else None
            if not answer.total:
                fewer = without_a_word(connection, q, filters.among())
                unfiltered = search(connection, query, limit=1).total if filters.among() is not None else 0
    labels = {(facet, whole_value(one.value)): one.label for facet, found in facets.items() for one in found}
    values: dict[str, object] = {
        "q": q,
        "sort": sort.value,
        "filters": filters,
        "chosen": [(facet, value, labels.get((facet, whole_value(value)), value)) for facet, value in filters.chosen()],
        "asked": {"q": q, "sort": "" if sort is Order.BEST else sort.value, **dict(filters.chosen())},
        "answer": answer,
        "facets": facets,
        "shown": SHOWN,
        "most": MOST,
        "current": current,
        "faceted": FACETED if cut else 0,
        "counted": COUNTED,
        "number": number,
        "last": _last_page(answer) if answer else 1,
        "first": (number - 1) * HITS + 1,
        "refused": refused,
        "offer": offer,
        "fewer": fewer[:_FEWER],
        "unfiltered": unfiltered,
        "failed": failed,
        "most_failed": MOST_FAILED,
        "left": left,
        "saved": kept,
        "orders": [order.value for order in Order],
        "missing_extra": missing_extra,
        "formats": [form.value for form in ExportFormat],
        "standards": [form.value for form in OF_SEARCH],
        "fields": [(row["name"], row[language_of(request)], row["example"]) for row in rows("query_fields")],
    }
    return page(request, "search.html", 400 if refused else 200, **values)


class _Offer(NamedTuple):
    """What may have been meant: values for people, the address, and how many documents it finds."""

    told: list[tuple[str, str]]
    asked: dict[str, str]
    total: int
    more: bool


def _offer(connection: Connection, q: str, filters: Filters) -> _Offer | None:
    """What the words may mean, where that finds something."""
    found = meant(connection, q)
    if found is None:
        return None
    chosen = replace(filters, **found.facets)
    try:
        answer = search(connection, found.query, limit=1, among=chosen.among())
    except BadQuery:  # `tháng 13 năm 2020`
        return None
    asked = {"q": found.query, **dict(chosen.chosen())}
    return _Offer(found.told, asked, answer.total, answer.more) if answer.total else None


def _last_page(answer: Answer) -> int:
    return min(_LAST_PAGE, max(1, -(-answer.total // HITS)) + answer.more)
