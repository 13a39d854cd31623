"""ASGI middleware behind the guard: asks for the scope that a request to the archive needs, and notes each answer in the log of access.

An answer leaves only once its entry is kept: a log that cannot be written stops the archive's answers, and not the rest of the service.
"""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vnadmin_service.access.log import AccessLog, Entry, now
from vnadmin_service.access.scopes import needed_for
from vnadmin_service.logs import log
from vnadmin_service.metrics import Metrics
from vnadmin_service.problems import AccessLogUnavailable, ScopeMissing, ServiceError, problem_response

NOBODY = "local"  # who it was where keys are off


class AccessRecorder:
    """Asks and notes; `access` is None where the service has no archive."""

    def __init__(self, app: ASGIApp, *, access: AccessLog | None, metrics: Metrics) -> None:
        self._app = app
        self._access = access
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        needed = needed_for(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if needed is None:
            await self._app(scope, receive, send)
            return
        state = scope["state"]
        state.setdefault("noted", {}).update(key=state["owner"] or NOBODY, role=state["role"])
        if self._access is None:
            app = (
                self._app
                if needed in state["scopes"]
                else self._refusal(ScopeMissing(f"It needs the scope {needed}."), scope)
            )
            await app(scope, receive, send)
            return
        access, refused = self._access, False

        async def noted(message: Message) -> None:
            nonlocal refused
            if refused:
                return
            if message["type"] == "http.response.start":
                try:
                    await access.add(_entry(scope, needed, message["status"]))
                except SQLAlchemyError as error:
                    refused = True
                    log.error("log of access unavailable", error=type(error).__name__)
                    await self._refusal(AccessLogUnavailable(), scope)(scope, receive, send)
                    return
            await send(message)

        allowed = needed in state["scopes"]
        app = self._app if allowed else self._refusal(ScopeMissing(f"It needs the scope {needed}."), scope)
        await app(scope, receive, noted)

    def _refusal(self, error: ServiceError, scope: Scope) -> ASGIApp:
        self._metrics.problems.labels(error.code).inc()
        scope["state"]["noted"]["code"] = error.code
        language = Headers(scope=scope).get("accept-language", "")
        return problem_response(error, scope["state"]["request_id"], accept_language=language)


def _entry(scope: Scope, action: str, status: int) -> Entry:
    state = scope["state"]
    route = getattr(scope.get("route"), "path", "") or "none"
    sha256 = scope.get("path_params", {}).get("sha256")
    content = (
        sha256 if isinstance(sha256, str) and len(sha256) == 64 and sha256.isalnum() and sha256.isascii() else None
    )
    return Entry(
        now(), state["owner"] or NOBODY, state["role"], action, scope["method"][:8], route, content, status, state["request_id"]
    )  # fmt: skip
