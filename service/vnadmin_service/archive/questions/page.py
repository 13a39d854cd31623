"""The pages of questions that are alike: the groups, one of them, what an answer will change, and the way back."""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from vnadmin.index.catalog.answers import answer_of, latest, settled_by, undo
from vnadmin.index.catalog.doubts import asked_at
from vnadmin.index.catalog.errors import BadCorrection
from vnadmin_service.archive import queue
from vnadmin_service.archive.catalog_access import NO_NUL, CatalogAccess, stamp
from vnadmin_service.archive.pages import ArchiveWords, CatalogOf, PageRoute, RowId, issue_name, page, person, url
from vnadmin_service.archive.questions import groups
from vnadmin_service.archive.questions.answers import Answer, Stale, carry_out, mark, plan
from vnadmin_service.body import SMALL_FORM
from vnadmin_service.problems import NotFound
from vnadmin_service.review.language import language_of
from vnadmin_service.review.values import BadPointer, BadValue, Kind, Slot, slot_at, whole

router = APIRouter(route_class=PageRoute, max_body_size=SMALL_FORM)
AnswerId = Annotated[str, Form(pattern="^[0-9a-f]{32}$")]
_SHOWN: Final = 50  # groups of the page
_LATEST: Final = 10  # answers that can be taken back from the page


@router.get("/archive/questions")
def show(
    request: Request, catalog: CatalogOf, done: Annotated[str, Query(pattern="^([0-9a-f]{32})?$")] = "",
    kept: RowId = 0,
) -> Response:  # fmt: skip
    """The groups, what is likely wrong first; how many questions remain, and how sure the rest is."""
    with catalog.reading() as connection:
        here = groups.decided(connection)
        found, left = groups.groups(connection, here), queue.left(connection)
        values: dict[str, Any] = {
            "wrong": round(groups.likely_wrong(connection)),
            "done": answer_of(connection, done) if done else None,
            "settled": settled_by(connection, done) if done else 0,
            "latest": latest(connection, _LATEST),
        }
    seen = groups.Seen(sum(one.number for one in here.values()), sum(one.right for one in here.values()))
    values |= {"groups": found[:_SHOWN], "more": max(0, len(found) - _SHOWN), "many": len(found), "kept": kept}
    values |= {"seen": seen, "first": groups.FIRST if left > groups.FIRST else 0}
    return page(request, "questions.html", left=left, issue_name=issue_name, **values)


@router.get("/archive/questions/group")
def group(request: Request, catalog: CatalogOf, item: RowId, same: bool = False) -> Response:
    """The questions like one, and one answer for all that are ticked; `same`: only those with the same value."""
    with catalog.reading() as connection:
        asked = _item(connection, item)
        left, like = queue.left(connection), groups.like(connection, asked)
        found = groups.members(connection, asked, same=same)
    if not found:
        return RedirectResponse("/archive/questions", 303)
    values: dict[str, Any] = {
        "asked": asked,
        "members": found,
        "like": like,
        "same": same,
        "slot": _slot(asked.pointer),
    }
    return page(request, "question_group.html", left=left, issue_name=issue_name, most=groups.MOST, **values)


async def _told(
    answer: Annotated[str, Form(pattern="^(accept|set|replace|typed)$")],
    value: Annotated[str, Form(max_length=20_000, pattern=NO_NUL)] = "",
    find: Annotated[str, Form(max_length=20_000, pattern=NO_NUL)] = "",
    by: Annotated[str, Form(max_length=20_000, pattern=NO_NUL)] = "",
) -> Answer:
    """The answer of a form: what is typed to be set and what is typed to be put in have boxes of their own."""
    told = Answer(answer, value, find).meant  # type: ignore[arg-type]
    return told._replace(value=by) if told.how == "replace" else told


Told = Annotated[Answer, Depends(_told)]
Ids = Annotated[list[RowId], Form(max_length=groups.MOST)]


@router.post("/archive/questions/preview")
def preview(request: Request, catalog: CatalogOf, told: Told, item: Ids | None = None) -> Response:
    """What will change, value by value; nothing is written yet."""
    return _previewed(request, catalog, item or [], told)


@router.post("/archive/questions/apply")
def apply(
    request: Request, catalog: CatalogOf, told: Told, name: AnswerId,
    shown: Annotated[str, Form(max_length=40)], item: Ids | None = None,
) -> Response:  # fmt: skip
    """Carry out what was shown; where something changed since, nothing is written and it is shown anew."""
    at, who, ids = stamp(), person(request), item or []
    try:
        catalog.write(lambda connection: carry_out(connection, ids, told, shown, name, who, at))
    except (Stale, BadPointer, BadValue, BadCorrection):
        return _previewed(request, catalog, ids, told, stale=True)
    return RedirectResponse(url("/archive/questions", done=name), 303)


@router.post("/archive/questions/undo")
def take_back(request: Request, catalog: CatalogOf, name: AnswerId) -> Response:
    """Take back as a whole what was answered together."""
    at, who = stamp(), person(request)
    undone = catalog.write(lambda connection: undo(connection, name, who, at))
    return RedirectResponse(url("/archive/questions", done=name, kept=undone.kept if undone else ""), 303)


def _previewed(
    request: Request, catalog: CatalogAccess, ids: list[int], told: Answer, *, stale: bool = False
) -> Response:
    planned, problem = [], ""
    with catalog.reading() as connection:
        left = queue.left(connection)
        first = queue.item(connection, ids[0]) if ids else None
        try:
            planned = plan(connection, ids, told)
        except (BadPointer, BadValue) as error:
            problem = ArchiveWords(language_of(request))(str(error) if isinstance(error, BadValue) else "bad_pointer")
    values: dict[str, Any] = {"planned": planned, "told": told, "shown": mark(planned), "first": first}
    values |= {"changed": sum(one.changes for one in planned), "name": secrets.token_hex(16)}
    status = 422 if problem else 409 if stale else 200
    return page(request, "question_preview.html", status, left=left, problem=problem, stale=stale, **values)


def _item(connection: Connection, item_id: int) -> queue.Item:
    found = queue.item(connection, item_id)
    if found is None or found.reason == "disagreement":
        raise NotFound
    return found


def _slot(pointer: str) -> Slot | None:
    """How a value of this field is typed; None where it is not typed in one line."""
    try:
        slot = slot_at(whole(asked_at(pointer))) if pointer else None
    except BadPointer:
        return None
    return None if slot is None or slot.kind in (Kind.LIST, Kind.OBJECT) else slot
