"""Reading a request's body within its time; its size is limited while it comes in, by Starlette's middleware."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from vnadmin_service.problems import BadRequest, BodyTimeout, Busy, UnsupportedCoding
from vnadmin_service.work import Upload

T = TypeVar("T")
_ONE = "Send one file, as the part `file` with a name; several go to /v1/parse/batch."


class Uploads:
    """The bodies that are being read: so many at a time, each within its time."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._open = 0

    async def read(self, reading: Callable[[], Awaitable[T]]) -> T:
        """The body, by a function that reads it."""
        if self._open >= self._limit:
            raise Busy("Too many bodies are being read.")
        self._open += 1
        try:
            async with asyncio.timeout(self._seconds):
                return await reading()
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
    if kind != "multipart/form-data":
        return Upload(await uploads.read(request.body), "json" if kind == "application/json" else "file")
    files = await uploads.read(lambda: _form_files(request, 1, _ONE))
    if len(files) != 1:
        raise BadRequest("The form holds no file.", _ONE)
    return files[0]


async def read_uploads(request: Request, uploads: Uploads, limit: int) -> list[Upload]:
    """The files of a batch: all of a form, or the body itself (a zip)."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedCoding
    if media_type_of(request) == "multipart/form-data":
        advice = f"A form may hold {limit} files; a name is needed for each."
        return await uploads.read(lambda: _form_files(request, limit, advice))
    return [Upload(await uploads.read(request.body))]


async def _form_files(request: Request, limit: int, advice: str) -> list[Upload]:
    try:
        async with request.form(max_files=limit, max_fields=20) as form:
            parts = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
            return [Upload(await part.read(), "file", part.filename or "") for part in parts]
    except HTTPException as error:
        if error.status_code == 413:  # of the limit on bodies
            raise
        raise BadRequest(f"The form cannot be read: {error.detail}"[:200], advice) from None
