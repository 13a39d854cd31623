"""POST /v1/parse/batch: a zip or many files in, a line of JSON for each as it is done."""

from __future__ import annotations

import asyncio
import io
import zipfile
import zlib
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from vnadmin import VnadminError
from vnadmin_service import examples, work
from vnadmin_service.body import read_uploads
from vnadmin_service.problems import BadRequest, documented, problem
from vnadmin_service.routes.negotiate import Include
from vnadmin_service.routes.parse import PARSE_PROBLEMS
from vnadmin_service.state import Service, ServiceOf, request_id
from vnadmin_service.work import Upload, View

router = APIRouter(tags=["parse"])
_LINES = "application/x-ndjson"
_ZIP = b"PK\x03\x04"


@router.post(
    "/v1/parse/batch",
    summary="Read many documents",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "One JSON object on each line, in the order in which they are done: `file`, `status` (as "
            "`/v1/parse` would have answered) and either `document` or `problem`.",
            "content": {_LINES: {"schema": {"type": "string"}}},
        },
        **documented(*(code for code in PARSE_PROBLEMS if code not in ("bad_body", "not_acceptable"))),
    },
    openapi_extra={"requestBody": examples.batch_body()},
)
async def batch(request: Request, service: ServiceOf, include: Include = "") -> StreamingResponse:
    """Send a form with many files, or one zip (as the body or as the only file of a form).

    A file that cannot be read gives its problem on its line and stops nothing. A batch uses at most half of the
    processes.
    """
    uploads = await read_uploads(request, service.settings.batch_files)
    if not uploads or not uploads[0].data:
        raise BadRequest("There is no file in the request.")
    if len(uploads) == 1 and uploads[0].data.startswith(_ZIP):
        settings = service.settings
        limits = (settings.batch_files, settings.max_bytes, settings.batch_unpacked_bytes)
        uploads = await asyncio.to_thread(unpack, uploads[0], *limits)
    view = View(include=frozenset(filter(None, include.split(","))))
    return StreamingResponse(_lines(service, uploads, view, request_id(request)), media_type=_LINES)


def unpack(upload: Upload, files: int, each: int, in_all: int) -> list[Upload]:
    """The files of a zip; a .docx is a zip too, and stays the one file that it is.

    Raises:
        BadRequest: it is damaged or encrypted, or holds too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(upload.data)) as archive:
            members = [item for item in archive.infolist() if not item.is_dir()]
            if any(item.filename == "[Content_Types].xml" for item in members):
                return [upload]
            if len(members) > files:
                raise BadRequest(f"The zip holds {len(members)} files; the limit is {files}.")
            unpacked: list[Upload] = []
            left = in_all
            for item in members:
                with archive.open(item) as file:
                    data = file.read(min(each + 1, left + 1))
                left -= len(data)
                if left < 0:
                    raise BadRequest(f"The zip unpacks to more than {in_all} bytes.")
                unpacked.append(Upload(data, "file", item.filename))
            return unpacked
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        # RuntimeError: encrypted; NotImplementedError: a compression that Python does not know
        raise BadRequest("The zip is damaged, encrypted or of an unknown compression.") from None


async def _lines(service: Service, uploads: list[Upload], view: View, request: str) -> AsyncIterator[bytes]:
    tasks: set[asyncio.Task[bytes]] = set()
    waiting = list(reversed(uploads))
    uploads.clear()
    try:
        while waiting or tasks:
            while waiting and len(tasks) < 2 * service.settings.workers:
                tasks.add(asyncio.create_task(_line(service, waiting.pop(), view, request)))
            done, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    finally:  # the client went away
        for task in tasks:
            task.cancel()


async def _line(service: Service, upload: Upload, view: View, request: str) -> bytes:
    try:
        answer = await service.pool.run_in_turn(work.answer, upload, service.config, view)
    except VnadminError as error:
        body = problem(error, request).model_dump_json().encode()
        return work.batch_line(upload.name, error.http_status, "problem", body)
    service.metrics.documents.labels(answer.source_type).inc()
    return work.batch_line(upload.name, 200, "document", answer.body)
