"""Tasks that documents give, and questions about doubtful values."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import literal, select, tuple_
from starlette.responses import Response

from vnadmin.index.catalog.schema import Review
from vnadmin.index.search.query import read_query
from vnadmin_service.archive.catalog_access import today
from vnadmin_service.archive.facets import FiltersOf, Text
from vnadmin_service.archive.tasks.deadlines import Asked, Kind, given_after
from vnadmin_service.archive_api import samples
from vnadmin_service.archive_api.cursors import After, cursor, place_of
from vnadmin_service.archive_api.door import COMMON, ArchiveOf, ArchiveRoute, Limit, told
from vnadmin_service.archive_api.models import GivenTask, Question, Questions, Tasks
from vnadmin_service.problems import InvalidParameter, documented
from vnadmin_service.review.values import BadValue, date_of

router = APIRouter(tags=["archive"], route_class=ArchiveRoute)


@router.get(
    "/v1/archive/tasks",
    operation_id="archive_tasks",
    summary="Tasks that documents give",
    response_class=Response,
    responses={200: {"description": "A page of them.", "model": Tasks, **samples.of("tasks")}, **documented(*COMMON)},
)
def tasks(
    archive: ArchiveOf,
    filters: FiltersOf,
    when: Annotated[
        Kind, Query(description="`ahead` (due from `day` on), `past`, `undated`, `done`, or `none`: people say that it is no task.")
    ] = Kind.AHEAD,
    day: Annotated[
        str, Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", description="From which deadlines are ahead or past; empty: today in Vietnam.")
    ] = "",
    who: Text = "",
    q: Text = "",
    limit: Limit = 20,
    after: After = "",
) -> Response:  # fmt: skip
    """In the order in which the archive got their documents. `who`: to whom they are given; `q` and the facets: of which documents."""
    place = place_of(after, "tasks", int, str)
    among = filters.among()
    asked = Asked(_day(day), who, read_query(q) if q.strip() or among is not None else None, among, laws=True)
    with archive.reading() as connection:
        found, last = given_after(
            connection, asked, when, limit=limit, after=(int(place[0]), str(place[1])) if place else None
        )
    listed = [
        GivenTask(
            sha256=one.sha256,
            document=one.document,
            issuing_agency=one.issuer,
            pointer=one.pointer,
            text=one.text,
            deadline=one.deadline,
            deadline_text=one.deadline_text,
            leads=list(one.leads),
            partners=list(one.partners),
            done_by=one.done_by,
            done_at=one.done_at,
        )
        for one in found
    ]
    return told(Tasks(tasks=listed, next=cursor("tasks", *last) if last else None))


@router.get(
    "/v1/archive/questions",
    operation_id="archive_questions",
    summary="Doubtful values that nobody has looked at",
    response_class=Response,
    responses={
        200: {"description": "A page of them, the most doubtful first.", "model": Questions, **samples.of("questions")},
        **documented(*COMMON),
    },
)
def questions(
    archive: ArchiveOf,
    sha256: Annotated[str, Query(pattern="^([0-9a-f]{64})?$", description="Of this document alone.")] = "",
    limit: Limit = 20,
    after: After = "",
) -> Response:
    """Answered by a correction at the same place: of another value, or of the same one, which confirms it."""
    place = place_of(after, "questions", int, int)
    columns = (Review.id, Review.sha256, Review.pointer, Review.reason, Review.rank, Review.parsed, Review.corrected)
    statement = select(*columns).where(Review.state == "open").order_by(Review.rank, Review.id).limit(limit + 1)
    if place is not None:
        statement = statement.where(tuple_(Review.rank, Review.id) > tuple_(*map(literal, place)))
    if sha256:
        statement = statement.where(Review.sha256 == sha256)
    with archive.reading() as connection:
        rows = connection.execute(statement).all()
    page = rows[:limit]
    listed = [
        Question(
            id=row.id,
            sha256=row.sha256,
            pointer=row.pointer,
            reason=row.reason,
            read=row.parsed,
            corrected=row.corrected,
        )
        for row in page
    ]
    goes_on = cursor("questions", page[-1].rank, page[-1].id) if len(rows) > limit else None
    return told(Questions(questions=listed, next=goes_on))


def _day(text: str) -> str:
    try:
        return str(date_of(text)) if text else today()
    except BadValue:
        raise InvalidParameter("day: is no date.") from None
