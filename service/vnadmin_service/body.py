"""A request's body: how many are read at a time, how long and how much of them; and the files that it holds.

The size of each is limited while it comes in, by Starlette's middleware.
"""

from __future__ import annotations

import asyncio

from fastapi import Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vnadmin_service.problems import BadRequest, BodyTimeout, Busy, UnsupportedCoding
from vnadmin_service.settings import Settings
from vnadmin_service.shares import Shares
from vnadmin_service.work import Upload

SMALL_FORM = 256 * 1024  # bytes of a form that holds no file
_ONE = "Send one file, as the part `file` with a name; several go to /v1/parse/batch."


class BodyLimits:
    """ASGI middleware: so many bodies are read at a time, each within its time; and so many bytes of them are held.

    A body is held until its request was answered. Of several keys one takes at most half of the places and bytes, so
    that it cannot keep the others out.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._seconds = settings.body_seconds
        self._places = Shares(settings.max_uploads, settings.keys)
        self._bytes = Shares(settings.bodies_mb * 1024**2, settings.keys)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        scope["headers"] = [
            (name, _in_utf_8(value) if name == b"content-type" else value) for name, value in scope["headers"]
        ]
        body = _Body(receive, scope["state"]["owner"], self._seconds, self._places, self._bytes)
        try:
            await self._app(scope, body.receive, send)
        finally:
            body.end()


class _Body:
    """One body: its place while it is read, its bytes for as long as the request lasts."""

    def __init__(self, receive: Receive, owner: str, seconds: float, places: Shares, held: Shares) -> None:
        self._receive = receive
        self._owner = owner
        self._seconds = seconds
        self._places = places
        self._held = held
        self._deadline: float | None = None
        self._whole = False
        self._size = 0

    async def receive(self) -> Message:
        """The next piece.

        Raises:
            HTTPException: 408, it came too slowly; 503, too many are being read or held. (FastAPI lets nothing else
                through while it reads a form.)
        """
        if self._whole:
            return await self._receive()
        if self._deadline is None:
            self._take(self._places, 1)
            self._deadline = asyncio.get_running_loop().time() + self._seconds
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(BodyTimeout.http_status) from None
        if message["type"] == "http.request":
            size = len(message.get("body", b""))
            self._take(self._held, size)
            self._size += size
        if not message.get("more_body"):
            self._read()
        return message

    def end(self) -> None:
        """The request was answered."""
        self._read()
        self._held.give(self._owner, self._size)

    def _take(self, shares: Shares, size: int) -> None:
        if not shares.take(self._owner, size):
            raise HTTPException(Busy.http_status)

    def _read(self) -> None:
        if self._deadline is not None and not self._whole:
            self._places.give(self._owner, 1)
        self._whole = True


def _has_body(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def _in_utf_8(content_type: bytes) -> bytes:
    """A form's type without the character set that a client may name: Starlette would hand names to any codec of Python's.

    `undefined` raises on everything, `unicode_escape` makes half a surrogate pair. Names are UTF-8 (RFC 7578, 5.1).
    """
    if b"charset" not in content_type.lower():
        return content_type
    kind, parameters = parse_options_header(content_type)
    if kind != b"multipart/form-data" or b"charset" not in parameters:
        return content_type
    return kind + b'; boundary="' + parameters.get(b"boundary", b"") + b'"'


def media_type_of(request: Request) -> str:
    """The body's media type without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_upload(request: Request) -> Upload:
    """The document of the request: a form's one file, the JSON `{"text": …}`, or the body itself.

    Any other media type is taken as the document; its content decides what it is.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedCoding
    kind = media_type_of(request)
    if kind != "multipart/form-data":
        return Upload(await request.body(), "json" if kind == "application/json" else "file")
    files = await _form_files(request, 1, _ONE)
    if len(files) != 1:
        raise BadRequest("The form holds no file.", _ONE)
    return files[0]


async def read_uploads(request: Request, limit: int) -> list[Upload]:
    """The files of a batch: all of a form, or the body itself (a zip)."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedCoding
    if media_type_of(request) == "multipart/form-data":
        advice = f"A form may hold {limit} files; a name is needed for each."
        return await _form_files(request, limit, advice)
    return [Upload(await request.body())]


async def _form_files(request: Request, limit: int, advice: str) -> list[Upload]:
    try:
        async with request.form(max_files=limit, max_fields=20) as form:
            parts = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
            # PostgreSQL keeps no NUL; a mark stands for it, as in the catalogue, so that two names stay two
            return [
                Upload(await part.read(), "file", (part.filename or "").replace("\x00", "\ufffd")) for part in parts
            ]
    except HTTPException as error:
        if error.status_code != BadRequest.http_status:  # of the limits on bodies
            raise
        raise BadRequest(f"The form cannot be read: {error.detail}"[:200], advice) from None
