"""Reading a request's body: its size and time are limited while it comes in, not afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request
from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vnadmin_service.problems import BadRequest, BodyTimeout, BodyTooLarge, Busy, UnsupportedCoding, problem_response
from vnadmin_service.work import Upload

_DRAIN_BYTES = 8 * 1024 * 1024  # read on and thrown away after the limit, so that the client gets to see the answer
_DRAIN_SECONDS = 3.0


class _Overflow(Exception):
    """More came in than is allowed. No VnadminError: it must pass by the handlers of the app and reach `BodyLimit`."""


class BodyLimit:
    """Counts what comes in, whoever reads it, and answers 413 past the limit. Files of a form have some room on top."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes + 64 * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > self._max_bytes:
            await self._refuse(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._max_bytes:
                raise _Overflow
            return message

        started = False

        async def noticed(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, noticed)
        except _Overflow:
            if not started:
                await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        drained = 0
        expects = Headers(scope=scope).get("expect", "").lower() == "100-continue"
        try:
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not expects and drained < _DRAIN_BYTES:
                    message = await receive()
                    drained += len(message.get("body", b""))
                    if message["type"] == "http.disconnect" or not message.get("more_body", False):
                        break
        except TimeoutError:
            pass
        error = BodyTooLarge(f"The limit is {self._max_bytes} bytes.")
        await problem_response(error, scope["state"]["request_id"], {"connection": "close"})(scope, receive, send)


class Uploads:
    """The bodies that are being read: so many at a time, each within its time."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._open = 0

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Around the reading of one body."""
        if self._open >= self._limit:
            raise Busy("Too many bodies are being read.")
        self._open += 1
        try:
            async with asyncio.timeout(self._seconds):
                yield
        except TimeoutError:
            raise BodyTimeout from None
        finally:
            self._open -= 1


def media_type_of(request: Request) -> str:
    """The body's media type without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_upload(request: Request, uploads: Uploads) -> Upload:
    """The document of the request: a form's one file, the JSON `{"text": …}`, or the body itself.

    Any other media type is taken as the document; its content decides what it is.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedCoding
    kind = media_type_of(request)
    async with uploads.reading():
        if kind != "multipart/form-data":
            return Upload(await request.body(), "json" if kind == "application/json" else "file")
        files = await _form_files(request, 1)
    if len(files) != 1:
        raise BadRequest("The form must hold exactly one file.", "Send several files to /v1/parse/batch.")
    return files[0]


async def read_uploads(request: Request, uploads: Uploads, limit: int) -> list[Upload]:
    """The files of a batch: all of a form, or the body itself (a zip)."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedCoding
    async with uploads.reading():
        if media_type_of(request) == "multipart/form-data":
            return await _form_files(request, limit)
        return [Upload(await request.body())]


async def _form_files(request: Request, limit: int) -> list[Upload]:
    try:
        async with request.form(max_files=limit, max_fields=20) as form:
            parts = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
            return [Upload(await part.read(), "file", part.filename or "") for part in parts]
    except HTTPException as error:
        raise BadRequest(f"The form cannot be read: {error.detail}"[:200]) from None
