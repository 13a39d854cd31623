"""The search page: what was found, and by what it can be narrowed down."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from vnadmin.gazetteer import rows
from vnadmin.index.export.registry import ExportFormat
from vnadmin.index.search.facets import Value
from vnadmin.index.search.keys import are_current
from vnadmin.index.search.query import BadQuery, read_query
from vnadmin.index.search.search import COUNTED, Answer, Order, search
from vnadmin_service.archive import queue
from vnadmin_service.archive.exports import OF_SEARCH, missing_extra
from vnadmin_service.archive.facets import COUNTED as FACETED
from vnadmin_service.archive.facets import MOST, SHOWN, FiltersOf, Text, count_facets, whole_value
from vnadmin_service.archive.intake import failed_files
from vnadmin_service.archive.intake_page import MOST_FAILED
from vnadmin_service.archive.pages import CatalogOf, PageRoute, page, person
from vnadmin_service.archive.saved import saved_by
from vnadmin_service.review.language import language_of

HITS: Final = 20  # of a page
_LAST_PAGE: Final = 500

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


def _last_page(answer: Answer) -> int:
    return min(_LAST_PAGE, max(1, -(-answer.total // HITS)) + answer.more)
