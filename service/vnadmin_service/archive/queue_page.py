"""The queue of doubtful values: go to the next one, and decide about it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from vnadmin.index.catalog.answers import begin
from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.follow.revisions import touch
from vnadmin_service.archive import queue
from vnadmin_service.archive.catalog_access import CatalogAccess, stamp
from vnadmin_service.archive.changes import setting
from vnadmin_service.archive.document_page import document_page
from vnadmin_service.archive.pages import ArchiveWords, PageRoute, RowId, catalog_of, page, person, url
from vnadmin_service.archive.questions import groups
from vnadmin_service.archive.questions import page as questions_page
from vnadmin_service.archive.queue import Item
from vnadmin_service.archive.record import record_of
from vnadmin_service.body import SMALL_FORM
from vnadmin_service.problems import NotFound
from vnadmin_service.review.language import language_of
from vnadmin_service.review.values import BadPointer, BadValue

router = APIRouter(route_class=PageRoute, max_body_size=SMALL_FORM)
router.include_router(questions_page.router)
CatalogOf = Annotated[CatalogAccess, Depends(catalog_of)]


@router.get("/archive/queue")
def go_on(request: Request, catalog: CatalogOf, after: RowId | None = None, done: RowId | None = None) -> Response:
    """The document of the next item; or that nothing is left."""
    with catalog.reading() as connection:
        last = queue.item(connection, after) if after is not None else None
        found = queue.following(connection, last)
        left = queue.left(connection)
        ended = queue.item(connection, done) if done is not None else None
        effect = groups.effect_of(connection, ended) if found is None else None
    if found is None:
        return page(request, "queue_end.html", left=left, ended=ended, effect=effect)
    return RedirectResponse(_address(found, done), 303)


@router.get("/archive/queue/{item_id}")
def look(catalog: CatalogOf, item_id: RowId) -> Response:
    """The document of an item, open or decided."""
    with catalog.reading() as connection:
        return RedirectResponse(_address(_item(connection, item_id), None), 303)


class Sent(NamedTuple):
    """What a form of the queue says of itself: a name for its answer, and the last word about its question when it was shown."""

    name: str
    seen: int | None


async def _sent(
    name: Annotated[str, Form(pattern="^([0-9a-f]{32})?$")] = "", seen: Annotated[RowId | None, Form()] = None
) -> Sent:
    return Sent(name or secrets.token_hex(16), seen)


SentOf = Annotated[Sent, Depends(_sent)]


class Answered(Exception):
    """Somebody answered the question, or set its value, since it was shown."""


@router.post("/archive/queue/{item_id}/accept")
def accept(request: Request, catalog: CatalogOf, item_id: RowId, sent: SentOf) -> Response:
    """What the parser reads is right; of an issue: it was looked at."""
    return _decided(request, catalog, item_id, sent, queue.accept)


@router.post("/archive/queue/{item_id}/keep")
def keep(request: Request, catalog: CatalogOf, item_id: RowId, sent: SentOf) -> Response:
    """What a person said before stays."""
    return _decided(request, catalog, item_id, sent, queue.keep)


@router.post("/archive/queue/{item_id}/correct")
def correct(
    request: Request, catalog: CatalogOf, item_id: RowId, sent: SentOf, value: Annotated[str, Form()] = ""
) -> Response:
    """Another value is right."""

    def settle(connection: Connection, asked: Item, who: str, at: str, answer: str) -> None:
        record = record_of(connection, asked.sha256)
        if record is None:
            raise NotFound
        queue.settle(connection, asked, setting(record, asked.pointer, value), who, at, answer)

    return _decided(request, catalog, item_id, sent, settle, typed=value)


def _decided(
    request: Request,
    catalog: CatalogAccess,
    item_id: RowId,
    sent: Sent,
    decide: Callable[[Connection, Item, str, str, str], None],
    typed: str | None = None,
) -> Response:
    """Decide and go on to the next item; or the same page again, with what is wrong. A form that is sent twice decides once."""
    at, who = stamp(), person(request)

    def work(connection: Connection) -> Item:
        touch(connection, [_item(connection, item_id).sha256])  # other writers wait from here on
        asked = _item(connection, item_id)
        if begin(connection, sent.name, who, at):
            if sent.seen is not None and sent.seen != queue.last_word(connection, asked):
                raise Answered
            decide(connection, asked, who, at, sent.name)
        return asked

    try:
        asked = catalog.write(work)
    except (BadPointer, BadValue, BadCorrection, Answered) as error:
        key = str(error) if isinstance(error, BadValue) else "bad_correction"
        key = "queue_answered" if isinstance(error, Answered) else key
        with catalog.reading() as connection:
            asked = _item(connection, item_id)
        problem = ArchiveWords(language_of(request))(key)
        return document_page(request, catalog, asked.sha256, review=asked.id, typed=typed, problem=problem)
    return RedirectResponse(url("/archive/queue", after=asked.id, done=asked.id), 303)


def _item(connection: Connection, item_id: int) -> Item:
    found = queue.item(connection, item_id)
    if found is None:
        raise NotFound
    return found


def _address(found: Item, done: int | None) -> str:
    return url(f"/archive/documents/{found.sha256}", review=found.id, done=done)
