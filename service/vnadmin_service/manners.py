"""What every answer has: a request id, security headers, a log line, a count; and a problem instead of a trace."""

from __future__ import annotations

import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vnadmin_service.logs import log
from vnadmin_service.metrics import Metrics
from vnadmin_service.problems import InternalError, problem_response

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

# Pages load their own files only; boxes are placed by script or SVG, so that no inline style is needed. A route
# may set a header of these itself, and then its own value stays.
SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Manners:
    """The outermost middleware: nothing that goes wrong inside reaches the client or the log as it is."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        status = 0
        start = time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        self._metrics.open.inc()
        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:  # noqa: BLE001  the one boundary of the service: a fault costs one answer and leaks nothing
            log.error("fault", exc_info=True)
            if not status:
                await problem_response(InternalError(), request_id)(scope, receive, send_with_headers)
        finally:
            self._metrics.open.dec()
            self._note(scope, status, time.perf_counter() - start)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """Count and log. The route is the pattern, never the path, which a client may fill with anything."""
        route = getattr(scope.get("route"), "path", "") or "none"
        self._metrics.requests.labels(route, scope["method"][:8], str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        level = log.debug if route in ("/livez", "/readyz", "/metrics") else log.info
        level(
            "request",
            method=scope["method"],
            route=route,
            status=status,
            ms=round(1000 * seconds, 1),
            **scope["state"].get("noted", {}),
        )
