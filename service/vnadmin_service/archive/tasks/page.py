"""The tasks that documents give: what is due, overdue, without a day, done; marked as done; taken along as files."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from vnadmin.index.catalog.task_marks import mark
from vnadmin.index.search.query import read_query
from vnadmin_service.archive import queue
from vnadmin_service.archive.catalog_access import NO_NUL, stamp, today
from vnadmin_service.archive.facets import Filters, FiltersOf, Text
from vnadmin_service.archive.pages import CatalogOf, PageRoute, page, person, url
from vnadmin_service.archive.tasks.deadlines import COUNTED, Asked, Kind, counts, due, marked, of_laws, opens_on
from vnadmin_service.archive.tasks.files import as_calendar, as_excel, as_mail, is_overdue
from vnadmin_service.body import SMALL_FORM
from vnadmin_service.review.values import BadValue, date_of
from vnadmin_service.state import ServiceOf

_LAST_PAGE: Final = 500
_MOST: Final = 20_000  # tasks of a file
_TYPES: Final = {
    "ics": "text/calendar; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
}
Number = Annotated[int, Query(alias="page", ge=1, le=_LAST_PAGE)]
Laws = Annotated[bool, Query()]
Sha = Annotated[str, Query(pattern="^([0-9a-f]{64})?$")]
At = Annotated[str, Query(max_length=400, pattern=NO_NUL)]
Whose = Annotated[
    str, Query(pattern="^(own|all)?$")
]  # of the own office, which is what is asked first, or of everybody
When = Annotated[str, Query(pattern="^(ahead|past|undated|done|none)?$")]
router = APIRouter(route_class=PageRoute, max_body_size=SMALL_FORM)


@router.get("/archive/tasks")
def tasks(
    request: Request, catalog: CatalogOf, service: ServiceOf, filters: FiltersOf, when: When = "", day: Text = "",
    who: Text = "", whose: Whose = "", q: Text = "", laws: Laws = False, number: Number = 1, sha256: Sha = "",
    pointer: At = "",
) -> Response:  # fmt: skip
    """A list of tasks, of all documents or of those of a search; it opens on what is due. `pointer`: what was just marked."""
    own = service.settings.office
    asked = _asked(day, who, () if whose == "all" else own, q, filters, laws)
    with catalog.reading() as connection:
        counted = counts(connection, asked)
        kind = Kind(when) if when else opens_on(counted)
        found, more = due(connection, asked, kind, page=number)
        more_laws = kind is Kind.UNDATED and not laws and of_laws(connection, asked)
        left = queue.left(connection)
        just = marked(connection, sha256, pointer) if sha256 else None
    chosen = dict(filters.chosen())
    return page(
        request,
        "tasks.html",
        tasks=found,
        late={task.pointer + task.sha256 for task in found if is_overdue(task, asked.day)},
        mail=as_mail(found, asked.day),
        more=more,
        just=just,
        when=kind.value,
        counted={kind.value: number for kind, number in counted.items()},
        most=COUNTED,
        since=asked.day,
        wrong_day=day if day.strip() and _day_of(day) is None else "",
        who=who,
        own=own,
        whose="" if who.strip() or not own else whose or "own",
        q=q,
        chosen=list(filters.chosen()),
        number=number,
        laws=laws,
        more_laws=more_laws,
        asked={
            "when": kind.value,
            "day": day,
            "who": who,
            "whose": whose,
            "q": q,
            "laws": "1" if laws else "",
            **chosen,
        },
        left=left,
    )


@router.get("/archive/tasks/nhiem-vu.{form}")
def take(
    catalog: CatalogOf, service: ServiceOf, filters: FiltersOf, form: Annotated[str, Path(pattern="^(ics|xlsx|txt)$")],
    when: When = "", day: Text = "", who: Text = "", whose: Whose = "", q: Text = "", laws: Laws = False,
) -> Response:  # fmt: skip
    """The whole list as a file."""
    asked = _asked(day, who, () if whose == "all" else service.settings.office, q, filters, laws)
    with catalog.reading() as connection:
        kind = Kind(when) if when else opens_on(counts(connection, asked))
        found, _ = due(connection, asked, kind, size=_MOST)
    body = {
        "ics": lambda: as_calendar(found, dt.datetime.now(dt.UTC)),
        "xlsx": lambda: as_excel(found, asked.day),
        "txt": lambda: as_mail(found, asked.day).encode("utf-8-sig"),
    }[form]()
    headers = {"content-disposition": f'attachment; filename="nhiem-vu.{form}"'}
    return Response(body, media_type=_TYPES[form], headers=headers)


@router.post("/archive/tasks/mark")
def mark_task(
    request: Request,
    catalog: CatalogOf,
    sha256: Annotated[str, Form(pattern="^[0-9a-f]{64}$")],
    pointer: Annotated[str, Form(max_length=400, pattern=NO_NUL)],
    said: Annotated[str, Form(pattern="^(done|none|open)$")],
    back: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Say that a task is done, that it is none, or neither; who and when is kept."""
    who, at = person(request), stamp()
    is_done, is_none = said == "done", said == "none"
    catalog.write(lambda c: mark(c, sha256, pointer, done=is_done, no_task=is_none, person=who, at=at))
    place = url("", sha256="" if said == "open" else sha256, pointer="" if said == "open" else pointer)[1:]
    asked = "&".join(filter(None, (quote(back, safe="=&%+"), place)))
    return RedirectResponse(f"/archive/tasks?{asked}" if asked else "/archive/tasks", 303)


def _day_of(typed: str) -> str | None:
    """A day as people type it, the first of a month or year; a browser's own box for dates shows 11/28/2026 to many of them."""
    try:
        found = str(date_of(typed.strip()))
    except BadValue:
        return None
    return found + "-01" * (2 - found.count("-"))


def _asked(day: str, who: str, own: tuple[str, ...], q: str, filters: Filters, laws: bool) -> Asked:
    among = filters.among()
    query = read_query(q) if q.strip() or among is not None else None
    return Asked(_day_of(day) or today(), who, query, among, own, laws)
