"""Middleware around every request: a request id, security headers, a log line, metrics; no trace reaches a client."""

from __future__ import annotations

import os
import re
import time

import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vnadmin_service.logs import log
from vnadmin_service.metrics import Metrics
from vnadmin_service.problems import InternalError, problem_response

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

# Pages load their own files only; boxes are placed by script or SVG, so that no inline style is needed. A route
# may set a policy of its own, and then that stays.
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_GONE = 499  # no status of HTTP: nginx logs it for a client that went away before it was answered
_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


def _headers(given: list[tuple[bytes, bytes]], request_id: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours."""
    names = {name for name, _ in given}
    added = [*_ALWAYS, (b"x-request-id", request_id.encode("ascii"))]
    if b"content-security-policy" not in names:
        added.append((b"content-security-policy", POLICY))
    if b"cache-control" not in names:
        added.append((b"cache-control", b"no-store"))
    return [*given, *added]


class RequestContextMiddleware:
    """The outermost middleware: nothing that goes wrong inside reaches the client or the log as it is."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else os.urandom(16).hex()
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        status = 0
        start = time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _headers(list(message.get("headers", ())), request_id)
            await send(message)

        self._metrics.open += 1
        try:
            await self._app(scope, receive, send_with_headers)
        except ClientDisconnect:
            status = _GONE
        except Exception:  # noqa: BLE001  the one boundary of the service: a fault costs one answer and leaks nothing
            log.error("fault", exc_info=True)
            if not status:
                language = Headers(scope=scope).get("accept-language", "")
                response = problem_response(InternalError(), request_id, accept_language=language)
                await response(scope, receive, send_with_headers)
        finally:
            self._metrics.open -= 1
            self._note(scope, status, time.perf_counter() - start)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """Count and log. The route is the pattern, never the path, which a client may fill with anything."""
        route = getattr(scope.get("route"), "path", "") or "none"
        self._metrics.answered(route, scope["method"][:8], status, seconds)
        level = log.debug if route in ("/livez", "/readyz", "/metrics") else log.info
        level(
            "request",
            method=scope["method"],
            route=route,
            status=status,
            ms=round(1000 * seconds, 1),
            **scope["state"].get("noted", {}),
        )
