"""The way into the archive for the API: its catalogue, its errors as problems of the service, and ETags."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Annotated, Any, Final, TypeVar, cast

from fastapi import Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from vnadmin.index.catalog.errors import CatalogBusy, CatalogFull, CatalogReadOnly, CatalogUnavailable
from vnadmin.index.search.query import BadQuery
from vnadmin_service.archive.catalog_access import CatalogAccess
from vnadmin_service.archive.pages import catalog_of
from vnadmin_service.body import SMALL_FORM
from vnadmin_service.logs import log
from vnadmin_service.problems import ArchiveUnavailable, BodyTooLarge, InvalidParameter, NotFound, limit_of
from vnadmin_service.routes.negotiate import ExactRoute
from vnadmin_service.state import service_of

Model = TypeVar("Model", bound=BaseModel)
COMMON: Final = (
    "unauthorized", "scope_missing", "too_many_requests", "internal_error", "invalid_parameter", "not_found", "archive_unavailable",
)  # fmt: skip
ETAG: Final = {"ETag": {"schema": {"type": "string"}, "description": "The document's revision, in quotes."}}
Limit = Annotated[int, Query(ge=1, le=100, description="Most entries of a page.")]


class ArchiveRoute(ExactRoute):
    """A route of the archive's API: errors of the catalogue name paths and hosts of the server, which stay in the log."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_archive(request: Request) -> Response:
            try:
                return await handle(request)
            except CatalogFull as error:
                raise _unavailable(error, "The archive's disk is full.") from None
            except CatalogReadOnly as error:
                raise _unavailable(error, "The archive is read-only.") from None
            except (CatalogUnavailable, CatalogBusy) as error:
                raise _unavailable(error, "") from None
            except BadQuery:
                raise InvalidParameter("q: holds a date that is none.") from None

        return handle_archive


async def _catalog(request: Request) -> CatalogAccess:
    """For `Depends`.

    Raises:
        NotFound: the service has no archive.
    """
    if not service_of(request).settings.catalog:
        raise NotFound("This service has no archive.", "The operator sets VNADMIN_CATALOG.")
    return await catalog_of(request)


ArchiveOf = Annotated[CatalogAccess, Depends(_catalog)]


async def read_body(request: Request, model: type[Model]) -> Model:
    """The JSON body of a request, which is small.

    Raises:
        BodyTooLarge: it is not.
        InvalidParameter: it is not of the model; what it holds is not told.
    """
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > SMALL_FORM:
            raise BodyTooLarge(limit_of(SMALL_FORM), "A body here is a few lines of JSON.")
    try:
        body = model.model_validate_json(bytes(data))
        body.model_dump_json()  # half of a surrogate pair
    except ValueError:
        raise InvalidParameter("The body is not of the documented form.") from None
    return body


def body_of(model: str, example: Mapping[str, Any]) -> dict[str, Any]:
    """A body that `read_body` reads, for the OpenAPI document."""
    schema = {"$ref": f"#/components/schemas/{model}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema, "example": example}}}}


def told(model: BaseModel, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """The answer."""
    return Response(model.model_dump_json(), status, headers, "application/json")


def etag(revision: int) -> str:
    """The tag of a document's state, and of all that hangs on it."""
    return f'"{revision}"'


def matches(header: str, revision: int) -> bool:
    """Whether a list of tags, as `If-Match` and `If-None-Match` have it, names this state."""
    tags = [tag.strip() for tag in header.split(",")]
    return "*" in tags or etag(revision) in tags


def _unavailable(error: Exception, detail: str) -> ArchiveUnavailable:
    log.error("archive unavailable", error=type(error).__name__, why=cast(Any, error).detail)
    return ArchiveUnavailable(detail)
