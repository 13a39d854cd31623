"""POST /v1/parse/batch: a zip or many files in, a line of JSON for each as it is done."""

from __future__ import annotations

import asyncio
import io
import stat
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from vnadmin import VnadminError
from vnadmin.errors import DamagedInput, EncryptedInput, LimitExceeded, UnsupportedFormat
from vnadmin.source.packed import ADVICE, BOUNDED, DAMAGED_ZIP, LINK
from vnadmin_service import examples, work
from vnadmin_service.body import read_uploads
from vnadmin_service.problems import BadRequest, Language, documented, problem
from vnadmin_service.routes.negotiate import ExactRoute, Include, json_view
from vnadmin_service.routes.parse import PARSE_PROBLEMS
from vnadmin_service.state import Service, ServiceOf, language, owner, request_id
from vnadmin_service.work import Answer, Upload, View

router = APIRouter(tags=["parse"], route_class=ExactRoute)
_LINES = "application/x-ndjson"
Told = Callable[[VnadminError], bytes]  # the problem of a line
Document = tuple[str, Callable[[], bytes]]  # a file's name, and what gives its bytes when its turn comes
Answers = tuple[tuple[str, Answer | VnadminError], ...]  # of the documents of a file, by their names
_ALONE = "Send it in a batch of its own, or its documents in several."
_ZIP = b"PK\x03\x04"


@router.post(
    "/v1/parse/batch",
    operation_id="parse_batch",
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

    A file that cannot be read gives its problem on its line and stops nothing. A mail, a portfolio or a zip in the zip
    gives a line for each document in it, `file` being `thu.eml!/quyet-dinh.pdf`. A batch uses at most half of the
    processes.
    """
    uploads = await read_uploads(request, service.settings.batch_files)
    if not uploads or not uploads[0].data:
        raise BadRequest("There is no file in the request.")
    documents: list[Document] = [(upload.name, partial(bytes, upload.data)) for upload in uploads]
    if len(uploads) == 1 and uploads[0].data.startswith(_ZIP):
        documents = await _members(request, service, uploads[0]) or documents
    told = partial(_problem, request_id(request), language(request))
    return StreamingResponse(
        _lines(service, owner(request), documents, json_view(request, include), told), media_type=_LINES
    )


async def _lines(
    service: Service, whose: str, documents: list[Document], view: View, told: Told
) -> AsyncIterator[bytes]:
    tasks: set[asyncio.Task[bytes]] = set()
    waiting = documents[::-1]
    room = _Room(service.settings.batch_files - len(documents))
    documents.clear()
    try:
        while waiting or tasks:
            while waiting and len(tasks) < 2 * service.settings.workers:
                tasks.add(asyncio.create_task(_lines_of(service, whose, waiting.pop(), view, told, room)))
            done, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    finally:  # the client went away
        for task in tasks:
            task.cancel()


def _problem(request: str, chosen: Language, error: VnadminError) -> bytes:
    return problem(error, request, chosen).model_dump_json().encode()


@dataclass(slots=True)
class _Room:
    """How many more documents a batch may have than files, which hold them in mails and zips."""

    left: int

    def take(self, name: str, answers: Answers) -> Answers:
        """Those of a file that there is room for; where there are more, a problem in place of the rest."""
        given = answers[: self.left + 1]
        self.left -= max(len(given) - 1, 0)
        if len(given) == len(answers):
            return given
        more = LimitExceeded("The batch holds too many documents; the rest of this file was left out.", _ALONE)
        return (*given, (name, more))


async def _lines_of(service: Service, whose: str, document: Document, view: View, told: Told, room: _Room) -> bytes:
    name, read = document
    try:
        async with service.pool.turn(whose) as turn:
            upload = Upload(await asyncio.to_thread(read), "file", name)
            answers: Answers = await turn.run(work.answers, upload, service.config, view, room.left + 1)
    except VnadminError as error:
        answers = ((name, error),)
    return b"".join(_line(service, inner, answer, told) for inner, answer in room.take(name, answers))


def _line(service: Service, name: str, answer: Answer | VnadminError, told: Told) -> bytes:
    if isinstance(answer, VnadminError):
        return work.batch_line(name, answer.http_status, "problem", told(answer))
    service.metrics.documents.labels(answer.source_type).inc()
    return work.batch_line(name, 200, "document", answer.body)


async def _members(request: Request, service: Service, upload: Upload) -> list[Document]:
    """The files of a zip, each unpacked when its turn comes; none of a .docx, which is a zip and one document.

    Raises:
        BadRequest: it is damaged or encrypted, or holds too much.
    """
    settings = service.settings
    found = await service.pool.run_in_turn(work.list_zip, upload.data, settings.batch_files, asked=request)
    if isinstance(found, str):
        raise BadRequest(found)
    # what says that it is larger than a document may be is refused on its own line, and not unpacked
    if sum(size for size in found if size <= settings.max_bytes) > settings.batch_unpacked_bytes:
        raise BadRequest(f"The zip unpacks to more than {settings.batch_unpacked_bytes} bytes.")
    if not found:
        return []
    archive = zipfile.ZipFile(io.BytesIO(upload.data))  # the worker found it whole, and small
    members = [item for item in archive.infolist() if not item.is_dir()]
    return [(item.filename, partial(unpack, archive, item, settings.max_bytes)) for item in members]


def unpack(archive: zipfile.ZipFile, item: zipfile.ZipInfo, most: int) -> bytes:
    """One file of a zip, as large as the zip says that it is.

    Raises:
        LimitExceeded: that is more than a document may have.
        UnsupportedFormat: it is a link.
        EncryptedInput: it is protected by a password.
        DamagedInput: it is damaged, or packed otherwise than by deflate, of which one block may hold gigabytes.
    """
    if item.flag_bits & 1:
        raise EncryptedInput(advice=ADVICE)
    if item.file_size > most:
        raise LimitExceeded(f"The file is larger than {most} bytes.")
    if stat.S_ISLNK(item.external_attr >> 16):
        raise UnsupportedFormat(LINK, "Pack the file itself.")
    if item.compress_type not in BOUNDED:
        raise DamagedInput("The file is packed in the zip otherwise than by deflate.", "Pack it again, by deflate.")
    try:
        with archive.open(item) as file:
            return file.read(item.file_size)  # asked for all, it would unpack what is behind that, too
    except DAMAGED_ZIP:
        raise DamagedInput("The file is damaged in the zip.") from None
