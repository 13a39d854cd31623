"""The short way: POST /v1/parse is called past the framework's layers, everything else goes through them.

FastAPI's route of the same address describes it in /openapi.json and is never reached. Its seven layers would take as
much of the server's processor as all the rest of a request (docs/decisions/0024).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from vnadmin import VnadminError
from vnadmin_service.routes.negotiate import include_of
from vnadmin_service.routes.parse import parse

OnError = Callable[[Request, Exception], Awaitable[Response]]


class Direct:
    """Calls `parse` for its address, with the same answers to errors as everywhere."""

    def __init__(self, app: ASGIApp, *, max_body: int, on_error: OnError, on_http_error: OnError) -> None:
        self._app = app
        self._on_error = on_error
        self._on_http_error = on_http_error
        self._route = Route("/v1/parse", parse, methods=["POST"])  # for its pattern in logs and numbers
        self._counted = RequestBodyLimitMiddleware(self._parse, max_body_size=max_body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/v1/parse" or scope["method"] != "POST":
            await self._app(scope, receive, send)
        elif scope["state"]["announced"]:  # the server takes no more than that, and the guard has looked at it
            await self._parse(scope, receive, send)
        else:
            await self._counted(scope, receive, send)

    async def _parse(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self._route
        request = Request(scope, receive)
        try:
            response = await parse(request, include_of(request))
        except VnadminError as error:
            response = await self._on_error(request, error)
        except HTTPException as error:
            response = await self._on_http_error(request, error)
        await response(scope, receive, send)
