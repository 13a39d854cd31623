"""One request to a service and what its answer means; both clients send the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from vnadmin import errors
from vnadmin._version import __version__
from vnadmin.errors import MissingExtra, VnadminError

try:
    import httpx
    from httpx_retries import Retry, RetryTransport
except ImportError:
    raise MissingExtra("Talking to a service needs httpx.", "pip install 'vnadmin[client]'") from None

__all__ = [
    "Call",
    "RetryTransport",
    "ServiceRefused",
    "ServiceUnreachable",
    "checked",
    "error_of",
    "httpx",
    "retry_of",
    "settings_of",
    "unreachable",
]
KNOWN = {c.code: c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, VnadminError)}


class ServiceRefused(VnadminError):
    """The service answered with a problem that the library does not have, such as `busy` or `unauthorized`.

    `problem` is the whole answer (RFC 9457); `problem["code"]` says which it is.
    """

    code: ClassVar[str] = "service_refused"
    exit_code: ClassVar[int] = 15
    http_status: ClassVar[int] = 502

    def __init__(self, detail: str = "", advice: str | None = None, problem: Mapping[str, Any] | None = None) -> None:
        super().__init__(detail, advice)
        self.problem = dict(problem or {})


class ServiceUnreachable(VnadminError):
    """The service does not answer."""

    code: ClassVar[str] = "service_unreachable"
    exit_code: ClassVar[int] = 16
    http_status: ClassVar[int] = 502
    advice: ClassVar[str] = "Check the address, and that `vnadmin serve` runs there."


def unreachable(error: httpx.HTTPError) -> ServiceUnreachable:
    """The error with the address that was asked, without a name or a password in it."""
    url = error.request.url.copy_with(userinfo=b"", path="/", query=None)
    return ServiceUnreachable(f"{url} does not answer: {type(error).__name__}.")


class _Again(httpx.TransportError):
    """An answer that asks to be asked again."""


def _asks_again(response: httpx.Response) -> None:
    """429 and 503 with Retry-After. A 503 without it, such as `parse_timeout`, would only end the same way again."""
    if response.status_code in (429, 503) and "retry-after" in response.headers:
        raise _Again("busy")


async def _asks_again_async(response: httpx.Response) -> None:
    _asks_again(response)


def retry_of(attempts: int, longest_wait: float, asynchronous: bool) -> Retry:
    return Retry(
        total=attempts - 1,
        allowed_methods=[
            "GET",
            "POST",
            "PUT",
            "DELETE",
        ],  # parsing changes nothing; a correction is written once (If-Match)
        status_forcelist=[502, 504],  # of a proxy in front
        retry_on_exceptions=[httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError, _Again],
        backoff_factor=0.25,
        backoff_jitter=0.5,
        max_backoff_wait=longest_wait,
        validate_response=_asks_again_async if asynchronous else _asks_again,
    )


@dataclass(frozen=True, slots=True)
class Call:
    """One request; both clients send the same."""

    method: str
    path: str
    params: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    content: bytes | None = None
    files: list[tuple[str, tuple[str, bytes, str]]] | None = None

    def arguments(self) -> dict[str, Any]:
        return {k: v for k in ("params", "headers", "content", "files") if (v := getattr(self, k)) is not None}


def error_of(status: int, body: bytes) -> VnadminError:
    """The library's own error where the service names one."""
    try:
        problem = json.loads(body)
        code = problem["code"]
    except (ValueError, TypeError, KeyError):
        return ServiceRefused(f"The answer was HTTP {status}.")
    detail, advice = problem.get("detail") or problem.get("title", ""), problem.get("advice", "")
    if code in KNOWN:
        return KNOWN[code](detail, advice)
    return ServiceRefused(f"{detail} [{code}]", advice, problem)


def checked(response: httpx.Response) -> httpx.Response:
    if response.status_code >= 400:
        raise error_of(response.status_code, response.content)
    return response


def settings_of(url: str, api_key: str | None, timeout: float) -> dict[str, Any]:
    headers = {"User-Agent": f"vnadmin/{__version__}", **({"Authorization": f"Bearer {api_key}"} if api_key else {})}
    return {"base_url": url, "headers": headers, "timeout": httpx.Timeout(timeout, connect=10.0)}
