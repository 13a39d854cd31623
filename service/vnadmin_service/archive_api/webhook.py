"""The webhook of a key: where its program is told that the archive changed."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from vnadmin_service.archive_api import samples
from vnadmin_service.archive_api.door import COMMON, ArchiveOf, ArchiveRoute, body_of, read_body, told
from vnadmin_service.archive_api.models import Subscribed, Webhook
from vnadmin_service.problems import NotFound, documented
from vnadmin_service.routes.jobs import checked_url
from vnadmin_service.state import ServiceOf, owner
from vnadmin_service.webhooks.subscriptions import Subscription

router = APIRouter(tags=["archive"], route_class=ArchiveRoute)
_PATH: Final = "/v1/archive/webhook"
_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "Where, and how far.", "model": Subscribed, **samples.of("subscribed")}
}


async def _webhook(request: Request) -> Webhook:
    return await read_body(request, Webhook)


@router.get(
    _PATH,
    operation_id="archive_webhook",
    summary="Where this key is told of changes",
    response_class=Response,
    responses={**_ANSWER, **documented(*COMMON)},
)
def show(request: Request, archive: ArchiveOf, service: ServiceOf) -> Response:
    """404 where nothing is told."""
    found = service.jobs.subscriptions().of(owner(request))
    if found is None:
        raise NotFound("This key has no webhook.")
    return told(_shown(found))


@router.put(
    _PATH,
    operation_id="archive_webhook_put",
    summary="Be told of changes",
    response_class=Response,
    responses={
        **_ANSWER,
        **documented(*COMMON, "cross_site", "webhook_refused", "body_too_large", "body_timeout", "busy", "bad_request"),
    },
    openapi_extra=body_of("Webhook", samples.WEBHOOK),
)
def put(
    request: Request, archive: ArchiveOf, service: ServiceOf, body: Annotated[Webhook, Depends(_webhook)]
) -> Response:
    """One address for each key. From now on a message comes there within seconds of a reading, a correction, an undo: that there is something to ask for at `/v1/archive/changes`.

    It is signed as those of jobs are (docs/how-to/webhooks.md), is told again until it was taken, and may come twice.
    """
    url = checked_url(service.settings, body.url)
    return told(_shown(service.jobs.subscriptions().put(owner(request), url, archive.last_change())))


@router.delete(
    _PATH,
    operation_id="archive_webhook_delete",
    summary="Be told no more",
    status_code=204,
    response_class=Response,
    responses={204: {"description": "Nothing is told."}, **documented(*COMMON, "cross_site")},
)
def end(request: Request, archive: ArchiveOf, service: ServiceOf) -> Response:
    """Also where there was none."""
    service.jobs.subscriptions().end(owner(request))
    return Response(status_code=204)


def _shown(one: Subscription) -> Subscribed:
    return Subscribed(url=one.url, told=one.told, attempts=one.attempts)
