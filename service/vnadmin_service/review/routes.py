"""The addresses of the review page: open a document, look at it, correct it, take it away, forget it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources.abc import Traversable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Form, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from vnadmin import VnadminError
from vnadmin.errors import EmptyInput
from vnadmin.samples import samples, scans
from vnadmin_service.assets import answer
from vnadmin_service.body import SMALL_FORM, read_upload
from vnadmin_service.problems import BadRequest, NotFound
from vnadmin_service.review import corrections, work
from vnadmin_service.review.downloads import DOWNLOADS, attachment
from vnadmin_service.review.language import Words, language_of
from vnadmin_service.review.open_documents import OpenDocument, OpenDocuments
from vnadmin_service.review.pages import assets, page, render
from vnadmin_service.review.panel import document_values, editor_values, label_of, laid_values, partners_of, targets
from vnadmin_service.review.settings import ReviewSettings
from vnadmin_service.review.values import BadPointer, BadValue
from vnadmin_service.review.view import selected, words
from vnadmin_service.state import Service, ServiceOf, note, owner

_AT_ONCE_SECONDS = 1.5  # most documents are read in this time, and no progress need be shown


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service = app.state.service
    settings = ReviewSettings()
    app.state.documents = documents = OpenDocuments(
        settings, service.config, service.settings.limits(settings.seconds), service.settings.keys
    )
    documents.start()
    try:
        yield
    finally:
        await documents.stop()


router = APIRouter(lifespan=_lifespan)


def _documents(request: Request) -> OpenDocuments:
    documents = request.app.state.documents
    if not isinstance(documents, OpenDocuments):
        raise TypeError("the router's lifespan makes the documents")
    return documents


def _document(request: Request, document_id: str) -> OpenDocument:
    """The open document; only its owner's."""
    opened = _documents(request).get(owner(request), document_id)
    if opened is None:
        raise NotFound
    return opened


def _read_document(request: Request, document_id: str) -> OpenDocument:
    opened = _document(request, document_id)
    if opened.status != "ready":
        raise NotFound
    return opened


OpenDocumentsOf = Annotated[OpenDocuments, Depends(_documents)]
OpenDocumentOf = Annotated[OpenDocument, Depends(_document)]
ReadDocument = Annotated[OpenDocument, Depends(_read_document)]


@router.get("/")
def home(request: Request, service: ServiceOf, documents: OpenDocumentsOf) -> Response:
    """Where a document is dropped."""
    limit = service.settings.max_bytes
    return page(
        request,
        "home.html",
        samples=[item.name for item in _samples(service)],
        max_bytes=limit,
        max_mb=limit // 1024**2,
        keep_minutes=round(documents.settings.keep_minutes),
        archive=bool(service.settings.catalog),
    )


@router.post("/review")
async def open_upload(request: Request, documents: OpenDocumentsOf) -> Response:
    """Open the file of the form."""
    try:
        upload = await read_upload(request)
        if not upload.data:
            raise EmptyInput if upload.name else BadRequest
        opened = documents.open(owner(request), upload.name[:200] or "–", upload.data)
    except VnadminError as error:
        return _problem(request, error)
    return await _opened(documents, opened)


@router.post("/review/sample", max_body_size=SMALL_FORM)
async def open_sample(request: Request, documents: OpenDocumentsOf, sample: Annotated[str, Form()]) -> Response:
    """Open one of the bundled documents."""
    try:
        data = next((item.read_bytes() for item in (*samples(), *scans()) if item.name == sample), None)
        if data is None:
            raise NotFound
        opened = documents.open(owner(request), sample, data)
    except VnadminError as error:
        return _problem(request, error)
    return await _opened(documents, opened)


@router.get("/review/static/{name}")
async def static_file(name: str, v: str = "") -> Response:
    """A style or script."""
    return answer(assets().get(name), v)


@router.get("/review/{document_id}")
def show(request: Request, document_id: str, documents: OpenDocumentsOf) -> Response:
    """The document beside what was read; before that, that it is being read; or why it was not."""
    opened = documents.get(owner(request), document_id)
    if opened is None or opened.status == "cancelled":
        return _problem(request, NotFound(), "gone_title")
    if opened.error is not None:
        return _problem(request, opened.error)
    if opened.status == "reading":
        return page(request, "reading.html", opened=opened)
    language = language_of(request)
    note(request, {"source_type": opened.document.source.media_type, "pages": len(opened.document.source.pages)})
    return page(request, "sheet.html", targets=targets(language), **_shown(opened, language))


@router.get("/review/{document_id}/state")
async def state(opened: OpenDocumentOf) -> Response:
    """Whether the document is still being read, and since when."""
    return JSONResponse(opened.told())


@router.get("/review/{document_id}/pages/{number}")
async def picture(
    request: Request, opened: ReadDocument, service: ServiceOf, documents: OpenDocumentsOf, number: int
) -> Response:
    """The picture of a page."""
    found = opened.pictures.get(number)
    if found is None:
        data, media_type = opened.data, opened.document.source.media_type
        if opened.drawn is not None and opened.drawn.pdf:
            data, media_type = opened.drawn.pdf, "application/pdf"
        dpi = documents.settings.dpi
        found = await service.pool.run_in_turn(work.draw, data, media_type, number, dpi, asked=request)
        if found is None:
            raise NotFound
        opened.keep_picture(number, found)
    return Response(found.data, media_type=found.media_type)


@router.get("/review/{document_id}/laid")
async def laid(request: Request, opened: ReadDocument, service: ServiceOf) -> Response:
    """The pane of pages of a document that has none: printed by LibreOffice, else its lines side by side."""
    if opened.drawn is None:
        media_type = opened.document.source.media_type
        given = (opened.data, media_type, service.config)
        opened.drawn = await service.pool.run_in_turn(work.lay_out, *given, asked=request)
    values = {"here": _here(opened), **laid_values(opened.document, opened.state, opened.drawn)}
    return Response(render(language_of(request), "laid.html", values), media_type="text/html")


@router.get("/review/{document_id}/pages/{number}/words")
def page_words(opened: ReadDocument, number: int) -> Response:
    """The words of a page as text that can be selected over its picture."""
    if all(page.number != number for page in opened.document.source.pages):
        raise NotFound
    shown = render("vi", "words.svg", {"words": words(opened.document.text, opened.lines, number)})
    return Response(shown, media_type="image/svg+xml")


@router.get("/review/{document_id}/edit")
def editor(request: Request, opened: ReadDocument, pointer: Annotated[str, Query(max_length=400)]) -> Response:
    """The form in which a value is corrected."""
    language = language_of(request)
    try:
        values = {"here": _here(opened), **editor_values(opened.state, pointer)}
    except BadPointer:
        return _refused(language, "bad_pointer")
    return Response(render(language, "editor.html", values), media_type="text/html")


@router.post("/review/{document_id}/set", max_body_size=SMALL_FORM)
def set_value(
    request: Request,
    opened: ReadDocument,
    pointer: Annotated[str, Form(max_length=400)],
    value: Annotated[str | None, Form()] = None,
    start: Annotated[str, Form(max_length=12)] = "",
    end: Annotated[str, Form(max_length=12)] = "",
    clear: Annotated[str, Form(max_length=1)] = "",
) -> Response:
    """Correct a value by typing, or by what is selected in the document; without `value` that text itself is it."""
    language = language_of(request)
    try:
        chosen = None
        if start.isdecimal() and end.isdecimal() and not clear:
            chosen = selected(opened.document, opened.lines, int(start), int(end))
        if value is None and chosen is None:
            raise BadValue("bad_selection")
        text = "" if clear else value if value is not None else chosen.quote if chosen else ""
        step = opened.do(lambda state: corrections.set_value(state, pointer, text, chosen))
    except BadPointer:
        return _refused(language, "bad_pointer")
    except BadValue as error:
        return _refused(language, str(error))
    confirmed = step.operations[0]["op"] == "test"
    return _changes(opened, language, "said_confirmed" if confirmed else "said_set", step.pointer)


@router.post("/review/{document_id}/remove", max_body_size=SMALL_FORM)
def remove(request: Request, opened: ReadDocument, pointer: Annotated[str, Form(max_length=400)]) -> Response:
    """Take an item out of its list."""
    language = language_of(request)
    try:
        step = opened.do(lambda state: corrections.remove_item(state, pointer))
    except BadPointer:
        return _refused(language, "bad_pointer")
    except BadValue as error:
        return _refused(language, str(error))
    return _changes(opened, language, "said_removed", step.pointer)


@router.post("/review/{document_id}/undo")
def undo(request: Request, opened: ReadDocument) -> Response:
    """Take back the last correction."""
    step = opened.undo()
    return _changes(opened, language_of(request), "said_undone", step.pointer if step else "")


@router.post("/review/{document_id}/redo")
def redo(request: Request, opened: ReadDocument) -> Response:
    """Do again what was taken back."""
    step = opened.redo()
    return _changes(opened, language_of(request), "said_redone", step.pointer if step else "")


@router.get("/review/{document_id}/download/{what}")
def download(opened: ReadDocument, what: str) -> Response:
    """The result in one of its forms."""
    form = DOWNLOADS.get(what)
    if form is None:
        raise NotFound
    return Response(form.write(opened), media_type=form.media_type, headers=attachment(opened.name, form.ending))


@router.post("/review/{document_id}/close")
async def close(opened: OpenDocumentOf, documents: OpenDocumentsOf) -> Response:
    """Forget the document now."""
    documents.close(opened)
    return RedirectResponse("/", 303)


def _here(opened: OpenDocument) -> str:
    return f"/review/{opened.id}"


async def _opened(documents: OpenDocuments, opened: OpenDocument) -> Response:
    await documents.settled(opened, _AT_ONCE_SECONDS)
    return RedirectResponse(_here(opened), 303)


def _samples(service: Service) -> tuple[Traversable, ...]:
    """The bundled documents that can be read here: scans where there are an engine and its Vietnamese data."""
    found = {check["name"] for check in service.checks if check["ok"]}
    if service.config.ocr == "off" or not {"tesserocr", "opencv-python-headless", "vie.traineddata"} <= found:
        return samples()
    return (*samples(), *scans())


def _problem(request: Request, error: VnadminError, heading: str = "failed") -> Response:
    """A page that says what is wrong and what to do, with the status that the API would answer."""
    t = Words(language_of(request))
    note(request, {"code": error.code})
    return page(
        request, "problem.html", error.http_status, heading=t(heading), message=t.error(error.code), code=error.code
    )


def _shown(opened: OpenDocument, language: str) -> dict[str, Any]:
    """What the page of a document shows, and after a correction shows anew."""
    confirmed = sum(all(one["op"] == "test" for one in step.operations) for step in opened.steps)
    return {
        "opened": opened,
        "here": _here(opened),
        "confirmed": confirmed,
        "corrected": len(opened.steps) - confirmed,
        **document_values(opened.document, opened.state, language),
    }


def _changes(opened: OpenDocument, language: str, said: str, pointer: str) -> Response:
    told = Words(language)(said, n=label_of(pointer, language, partners_of(opened.state))) if pointer else ""
    values = {**_shown(opened, language), "said": told, "focus": pointer}
    return Response(render(language, "changes.html", values), media_type="text/html")


def _refused(language: str, key: str) -> Response:
    """What is wrong with a typed value; the script shows it beside the form."""
    return JSONResponse({"message": Words(language)(key)}, 422)
