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
from vnadmin_service.body import SMALL_FORM, read_upload
from vnadmin_service.problems import BadRequest, NotFound
from vnadmin_service.review import corrections, work
from vnadmin_service.review.desk import Desk, Sheet
from vnadmin_service.review.downloads import DOWNLOADS, attachment
from vnadmin_service.review.language import Words, language_of
from vnadmin_service.review.pages import assets, page, render
from vnadmin_service.review.panel import doubtful, field_rows, had, issue_list, label_of, targets
from vnadmin_service.review.settings import ReviewSettings
from vnadmin_service.review.values import BadPointer, BadValue, slot_at, whole
from vnadmin_service.review.view import grade_of, page_views, pieces, selected, words
from vnadmin_service.state import Service, ServiceOf, note, owner

_AT_ONCE_SECONDS = 1.5  # most documents are read in this time, and no progress need be shown
_FOR_GOOD = "public, max-age=31536000, immutable"


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service = app.state.service
    settings = ReviewSettings()
    app.state.desk = desk = Desk(
        settings, service.config, service.settings.limits(settings.seconds), service.settings.keys
    )
    desk.start()
    try:
        yield
    finally:
        await desk.stop()


router = APIRouter(lifespan=_lifespan)


def _desk(request: Request) -> Desk:
    desk = request.app.state.desk
    if not isinstance(desk, Desk):
        raise TypeError("the router's lifespan makes the desk")
    return desk


def _sheet(request: Request, sheet_id: str) -> Sheet:
    """The open document; only its owner's."""
    sheet = _desk(request).get(owner(request), sheet_id)
    if sheet is None:
        raise NotFound
    return sheet


def _read_sheet(request: Request, sheet_id: str) -> Sheet:
    sheet = _sheet(request, sheet_id)
    if sheet.status != "ready":
        raise NotFound
    return sheet


DeskOf = Annotated[Desk, Depends(_desk)]
SheetOf = Annotated[Sheet, Depends(_sheet)]
ReadSheet = Annotated[Sheet, Depends(_read_sheet)]


@router.get("/")
def home(request: Request, service: ServiceOf, desk: DeskOf) -> Response:
    """Where a document is dropped."""
    return _home(request, service, desk)


@router.post("/review")
async def open_upload(request: Request, desk: DeskOf) -> Response:
    """Open the file of the form."""
    try:
        upload = await read_upload(request)
        if not upload.data:
            raise EmptyInput if upload.name else BadRequest
        sheet = desk.open(owner(request), upload.name[:200] or "–", upload.data)
    except VnadminError as error:
        return _problem(request, error)
    return await _opened(desk, sheet)


@router.post("/review/sample", max_body_size=SMALL_FORM)
async def open_sample(request: Request, desk: DeskOf, sample: Annotated[str, Form()]) -> Response:
    """Open one of the bundled documents."""
    try:
        data = next((item.read_bytes() for item in (*samples(), *scans()) if item.name == sample), None)
        if data is None:
            raise NotFound
        sheet = desk.open(owner(request), sample, data)
    except VnadminError as error:
        return _problem(request, error)
    return await _opened(desk, sheet)


@router.get("/review/static/{name}")
async def static_file(name: str, v: str = "") -> Response:
    """A style or script; for good only under the address that holds its hash."""
    asset = assets().get(name)
    if asset is None:
        raise NotFound
    keep = _FOR_GOOD if v == asset.version else "no-cache"
    return Response(asset.body, media_type=asset.media_type, headers={"cache-control": keep})


@router.get("/review/{sheet_id}")
def show(request: Request, sheet_id: str, desk: DeskOf) -> Response:
    """The document beside what was read; before that, that it is being read; or why it was not."""
    sheet = desk.get(owner(request), sheet_id)
    if sheet is None or sheet.status == "cancelled":
        return _problem(request, NotFound(), "gone_title")
    if sheet.error is not None:
        return _problem(request, sheet.error)
    if sheet.status == "reading":
        return page(request, "reading.html", sheet=sheet)
    language = language_of(request)
    note(request, {"source_type": sheet.document.source.media_type, "pages": len(sheet.document.source.pages)})
    return page(request, "sheet.html", targets=targets(language), **_shown(sheet, language))


@router.get("/review/{sheet_id}/state")
async def state(sheet: SheetOf) -> Response:
    """Whether the document is still being read, and since when."""
    return JSONResponse(sheet.told())


@router.get("/review/{sheet_id}/pages/{number}")
async def picture(sheet: ReadSheet, service: ServiceOf, desk: DeskOf, number: int) -> Response:
    """The picture of a page."""
    found = sheet.pictures.get(number)
    if found is None:
        media_type = sheet.document.source.media_type
        found = await service.pool.run_in_turn(work.draw, sheet.data, media_type, number, desk.settings.dpi)
        if found is None:
            raise NotFound
        sheet.keep_picture(number, found)
    return Response(found.data, media_type=found.media_type)


@router.get("/review/{sheet_id}/pages/{number}/words")
def page_words(sheet: ReadSheet, number: int) -> Response:
    """The words of a page as text that can be selected over its picture."""
    shown = render("vi", "words.svg", {"words": words(sheet.document.text, sheet.lines, number)})
    return Response(shown, media_type="image/svg+xml")


@router.get("/review/{sheet_id}/edit")
def editor(request: Request, sheet: ReadSheet, pointer: Annotated[str, Query(max_length=400)]) -> Response:
    """The form in which a value is corrected."""
    language = language_of(request)
    try:
        slot = slot_at(whole(pointer))
        value = "" if pointer.endswith("/-") else _text_of(sheet.state.at(whole(pointer)))
    except BadPointer:
        return _refused(language, "bad_pointer")
    evidence = next(iter(sheet.state.evidence.get(pointer, ())), None)
    return Response(
        render(
            language,
            "editor.html",
            {
                "here": _here(sheet),
                "pointer": pointer,
                "slot": slot,
                "value": value,
                "evidence": evidence,
                "grade": grade_of(evidence) if evidence else "none",
                "had": had(sheet.state, pointer),
                "changed": pointer in sheet.state.was,
            },
        ),
        media_type="text/html",
    )


@router.post("/review/{sheet_id}/set", max_body_size=SMALL_FORM)
def set_value(
    request: Request,
    sheet: ReadSheet,
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
            chosen = selected(sheet.document, sheet.lines, int(start), int(end))
        if value is None and chosen is None:
            raise BadValue("bad_selection")
        text = "" if clear else value if value is not None else chosen.quote if chosen else ""
        step = sheet.do(lambda state: corrections.set_value(state, pointer, text, chosen))
    except BadPointer:
        return _refused(language, "bad_pointer")
    except BadValue as error:
        return _refused(language, str(error))
    confirmed = step.operations[0]["op"] == "test"
    return _changes(sheet, language, "said_confirmed" if confirmed else "said_set", step.pointer)


@router.post("/review/{sheet_id}/remove", max_body_size=SMALL_FORM)
def remove(request: Request, sheet: ReadSheet, pointer: Annotated[str, Form(max_length=400)]) -> Response:
    """Take an item out of its list."""
    language = language_of(request)
    try:
        step = sheet.do(lambda state: corrections.remove_item(state, pointer))
    except BadPointer:
        return _refused(language, "bad_pointer")
    except BadValue as error:
        return _refused(language, str(error))
    return _changes(sheet, language, "said_removed", step.pointer)


@router.post("/review/{sheet_id}/undo")
def undo(request: Request, sheet: ReadSheet) -> Response:
    """Take back the last correction."""
    step = sheet.undo()
    return _changes(sheet, language_of(request), "said_undone", step.pointer if step else "")


@router.post("/review/{sheet_id}/redo")
def redo(request: Request, sheet: ReadSheet) -> Response:
    """Do again what was taken back."""
    step = sheet.redo()
    return _changes(sheet, language_of(request), "said_redone", step.pointer if step else "")


@router.get("/review/{sheet_id}/download/{what}")
def download(sheet: ReadSheet, what: str) -> Response:
    """The result in one of its forms."""
    form = DOWNLOADS.get(what)
    if form is None:
        raise NotFound
    return Response(form.write(sheet), media_type=form.media_type, headers=attachment(sheet.name, form.ending))


@router.post("/review/{sheet_id}/close")
def close(sheet: SheetOf, desk: DeskOf) -> Response:
    """Forget the document now."""
    desk.close(sheet)
    return RedirectResponse("/", 303)


def _here(sheet: Sheet) -> str:
    return f"/review/{sheet.id}"


async def _opened(desk: Desk, sheet: Sheet) -> Response:
    await desk.settled(sheet, _AT_ONCE_SECONDS)
    return RedirectResponse(_here(sheet), 303)


def _home(request: Request, service: ServiceOf, desk: Desk, status: int = 200, problem: str = "") -> Response:
    limit = service.settings.max_bytes
    return page(
        request,
        "home.html",
        status,
        samples=[item.name for item in _samples(service)],
        max_bytes=limit,
        max_mb=limit // 1024**2,
        keep_minutes=round(desk.settings.keep_minutes),
        archive=bool(service.settings.catalog),
        problem=problem,
    )


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


def _shown(sheet: Sheet, language: str) -> dict[str, Any]:
    """What the page of a document shows, and after a correction shows anew."""
    state, document = sheet.state, sheet.document
    return {
        "sheet": sheet,
        "here": _here(sheet),
        "rows": field_rows(state, language),
        "issues": issue_list(state, document.issues, language),
        "doubtful": doubtful(state),
        "pieces": pieces(document.text, state.evidence),
        "pages": page_views(document, state.evidence),
    }


def _changes(sheet: Sheet, language: str, said: str, pointer: str) -> Response:
    told = Words(language)(said, n=label_of(pointer, language)) if pointer else ""
    values = {**_shown(sheet, language), "said": told, "focus": pointer}
    return Response(render(language, "changes.html", values), media_type="text/html")


def _refused(language: str, key: str) -> Response:
    """What is wrong with a typed value; the script shows it beside the form."""
    return JSONResponse({"message": Words(language)(key)}, 422)


def _text_of(value: object) -> str:
    """A value as it is edited: a list by semicolons, an object by its parts."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(_text_of, value))
    if isinstance(value, dict):
        return str(next((value[name] for name in ("text", "name", "title", "task") if value.get(name)), ""))
    return str(value)
