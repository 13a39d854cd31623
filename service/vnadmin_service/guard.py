"""Access control: host, site and API key of each request, and its rate. One ASGI middleware before every route."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import math
import secrets
import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from limits import RateLimitItem, parse
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.storage import storage_from_string
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vnadmin_service.access.scopes import ALL, scopes_of
from vnadmin_service.metrics import Metrics
from vnadmin_service.problems import (
    BodyTooLarge,
    Forbidden,
    ServiceError,
    TooManyRequests,
    Unauthorized,
    UnknownHost,
    limit_of,
    problem_response,
)
from vnadmin_service.settings import Settings

FORM_BYTES = 64 * 1024  # room for what a form adds to its files
OPEN_PATHS = frozenset({"/livez", "/readyz"})
_TAKEN = ("/v1/", "/export/", "/standard/", "/nhiem-vu.", "/download/")  # what is taken along, not looked at
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def new_key(name: str, role: str = "") -> tuple[str, str]:
    """A new key, and the entry for VNADMIN_API_KEYS.

    The key has 256 random bits, so one SHA-256 is enough: slow hashes protect secrets that people choose.
    """
    key = secrets.token_urlsafe(32)
    entry = f"{name}:{hashlib.sha256(key.encode()).hexdigest()}"
    return key, f"{entry}:{role}" if role else entry


class Owner(NamedTuple):
    """Whose key it is, and what it may do in the archive: a role, or scopes."""

    name: str
    role: str = "admin"


class Keys:
    """The known API keys, as hashes."""

    def __init__(self, entries: tuple[str, ...]) -> None:
        self._known = [(Owner(name, *role), digest) for name, digest, *role in (entry.split(":") for entry in entries)]

    def owner(self, key: str) -> Owner | None:
        """Whose key it is. Every known hash is compared, in constant time each."""
        digest = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
        found = None
        for owner, known in self._known:
            if hmac.compare_digest(digest, known):
                found = owner
        return found


def presented_key(headers: Headers) -> str | None:
    """The key in the request: Bearer, X-API-Key, or the password of Basic (browsers ask for it themselves)."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() == "basic":
        try:
            decoded = base64.b64decode(value.strip(), validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return None
        return decoded.partition(":")[2] or None
    return headers.get("x-api-key") or None


class Guard:
    """Checks each request before its body is read; `scope["state"]["owner"]` names whose key it was."""

    def __init__(self, app: ASGIApp, *, settings: Settings, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._hosts = settings.hosts
        self._needs_key = settings.needs_key
        self._max_bytes = settings.max_bytes
        self._keys = Keys(settings.api_keys)
        self._limit: RateLimitItem | None = parse(settings.rate_limit) if settings.rate_limit else None
        self._limiter = SlidingWindowCounterRateLimiter(storage_from_string(settings.rate_storage))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._check(scope)
        except ServiceError as error:
            self._metrics.problems.labels(error.code).inc()
            scope["state"]["noted"] = {"code": error.code}
            response = problem_response(
                error,
                scope["state"]["request_id"],
                self._extra(error, scope),
                accept_language=Headers(scope=scope).get("accept-language", ""),
            )
            await response(scope, receive, send)
            return
        rate = [(name.encode(), value.encode()) for name, value in scope["state"].get("rate", {}).items()]

        async def send_with_rate(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *rate]
            await send(message)

        await self._app(scope, receive, send_with_rate if rate else send)

    async def _check(self, scope: Scope) -> None:
        headers = _first_of_each(scope["headers"])
        state = scope["state"]
        state["owner"], state["role"], state["scopes"] = "", "admin", ALL
        host = headers.get(b"host", b"").decode("latin-1").rpartition("@")[2].lower()
        name = host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
        announced = headers.get(b"content-length", b"")
        if announced.isdigit() and int(announced) > self._max_bytes + FORM_BYTES:
            raise BodyTooLarge(limit_of(self._max_bytes))
        if self._hosts and name not in self._hosts:
            raise UnknownHost
        if (_is_loaded if scope["method"] in _SAFE else _from_elsewhere)(headers, host, scope["path"]):
            raise Forbidden
        if self._needs_key:
            key = presented_key(Headers(scope=scope))
            owner = self._keys.owner(key) if key else None
            if scope["path"] in OPEN_PATHS:  # which say more to those who have a key
                state["owner"] = owner.name if owner else ""
                return
            if owner is None:
                await self._count(f"failed:{_address(scope)}")
                raise Unauthorized
            state["owner"], state["role"], state["scopes"] = owner.name, owner.role, scopes_of(owner.role)
        if self._limit is not None and scope["path"] not in OPEN_PATHS:
            state["rate"] = await self._count(state["owner"] or _address(scope))

    async def _count(self, who: str) -> Mapping[str, str]:
        """Count a request; what is left, as headers."""
        if self._limit is None:
            return {}
        fits = await self._limiter.hit(self._limit, who)
        stats = await self._limiter.get_window_stats(self._limit, who)
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        if not fits:
            error = TooManyRequests(
                f"The limit is {self._limit.amount} requests in {self._limit.get_expiry()} seconds."
            )
            error.wait = wait
            raise error
        return self._rate(stats.remaining, wait)

    def _rate(self, remaining: int, wait: int) -> dict[str, str]:
        """What the limit is and what is left of it (draft-ietf-httpapi-ratelimit-headers-08 and later)."""
        if self._limit is None:
            return {}
        policy = f'"default";q={self._limit.amount};w={self._limit.get_expiry()}'
        return {"ratelimit-policy": policy, "ratelimit": f'"default";r={remaining};t={wait}'}

    def _extra(self, error: ServiceError, scope: Scope) -> dict[str, str]:
        if isinstance(error, TooManyRequests):
            return {"retry-after": str(error.wait), **self._rate(0, error.wait)}
        if isinstance(error, BodyTooLarge):
            return {"connection": "close"}  # the body is not waited for
        if isinstance(error, Unauthorized):
            # only a page asks the browser for a password; a program gets no challenge that would pop up a window
            page = not scope["path"].startswith(("/v1/", "/metrics", "/openapi.json"))
            return {"www-authenticate": 'Basic realm="vnadmin", charset="UTF-8"' if page else 'Bearer realm="vnadmin"'}
        return {}


def _is_loaded(headers: Mapping[bytes, bytes], host: str, path: str) -> bool:
    """Whether a page of another site loads this: it could not read it, but begin exports without an end.

    A link to a page, as a mail has it, is followed.
    """
    if headers.get(b"sec-fetch-site") != b"cross-site" or path in OPEN_PATHS:
        return False
    link = headers.get(b"sec-fetch-mode") == b"navigate" and headers.get(b"sec-fetch-dest") == b"document"
    return not link or any(part in path for part in _TAKEN)


def _from_elsewhere(headers: Mapping[bytes, bytes], host: str, path: str) -> bool:
    """Whether a browser says that a page of another origin sends this.

    Over plain http it sends `Sec-Fetch-Site` from loopback only, and `Origin` always (`null`: it will not say). Programs
    send neither.
    """
    if headers.get(b"sec-fetch-site", b"none") not in (b"same-origin", b"none"):
        return True
    origin = headers.get(b"origin")
    return origin is not None and origin.decode("latin-1").partition("://")[2].lower() != host


def _first_of_each(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """By name, which the server gives in small letters; of several with one name the first, as `Headers` has it."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        found.setdefault(name, value)
    return found


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else "unknown"
