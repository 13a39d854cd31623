"""create_app: the FastAPI app, put together from settings; nothing happens at import."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import Response
from starlette.routing import Match, Route

from vnadmin import AdminDocument, VnadminError, __version__
from vnadmin.errors import MissingExtra
from vnadmin_service import examples
from vnadmin_service.access.recorder import AccessRecorder
from vnadmin_service.body import BodyLimits
from vnadmin_service.guard import FORM_BYTES, Guard
from vnadmin_service.http.request_context import RequestContextMiddleware
from vnadmin_service.logs import configure, greet, log
from vnadmin_service.problems import (
    BadRequest,
    BodyTimeout,
    BodyTooLarge,
    Busy,
    InvalidParameter,
    MethodNotAllowed,
    NotFound,
    Problem,
    ServiceError,
    limit_of,
    problem_response,
)
from vnadmin_service.routes import about, batch, docs, jobs, parse
from vnadmin_service.settings import Settings, unknown_variables
from vnadmin_service.state import Service, note, request_id, service_of
from vnadmin_service.work import TextBody

_ABOUT = """Reads Vietnamese administrative documents (văn bản hành chính) into data, with evidence for every value.

Answers are `AdminDocument`; errors are problem details (RFC 9457) with a stable `code`, their title and advice in
Vietnamese where `Accept-Language` prefers it. How to connect a records
system, and what each setting does: docs/how-to/connect.md and docs/reference/settings.md of the project.
"""

_PARTS = (parse, batch, jobs, about)
_KINDS: Mapping[int, type[ServiceError]] = {
    404: NotFound, 405: MethodNotAllowed, 408: BodyTimeout, 413: BodyTooLarge, 503: Busy,
}  # fmt: skip


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service for these settings (default: those of the environment). One running app for each process."""
    settings = settings or Settings()
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure(settings)
        await service.start()
        log.info("started", version=__version__, workers=settings.workers, keys=settings.needs_key)
        for name in unknown_variables():
            log.warning("no such setting", name=name)
        greet(settings)
        try:
            yield
        finally:
            await service.stop()
            log.info("stopped")

    app = FastAPI(
        title="vnadmin",
        version=__version__,
        description=_ABOUT,
        license_info={"name": "MIT", "identifier": "MIT"},
        lifespan=lifespan,
        routes=[*_routes()],  # found at once; a router that is included is searched twice for each request
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere; ours: routes/docs.py
        redoc_url=None,
        redirect_slashes=False,  # it would lead to wherever the Host header says
        separate_input_output_schemas=False,
        # OpenTelemetry is not used, and would cost time at each request
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.service = service
    app.include_router(docs.router, include_in_schema=False)
    _mount_review(app)
    if settings.catalog:
        _mount_archive(app)
    app.add_exception_handler(VnadminError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_bad_parameter)
    app.add_exception_handler(HTTPException, _on_http_error)
    # innermost first
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=settings.max_bytes + FORM_BYTES)
    app.add_middleware(BodyLimits, settings=settings)
    app.add_middleware(AccessRecorder, access=service.access, metrics=service.metrics)
    app.add_middleware(Guard, settings=settings, metrics=service.metrics)
    app.add_middleware(RequestContextMiddleware, metrics=service.metrics)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _mount_review(app: FastAPI) -> None:
    """The review page, once it is installed."""
    found = find_spec("vnadmin_service.review")
    if found is None or found.origin is None:
        return
    review = import_module("vnadmin_service.review")
    app.include_router(review.router, include_in_schema=False)


def _mount_archive(app: FastAPI) -> None:
    """The archive's pages, on the catalogue of the settings."""
    if find_spec("alembic") is None or find_spec("filelock") is None:
        raise MissingExtra("VNADMIN_CATALOG needs the index.", "pip install 'vnadmin[index]'")
    archive = import_module("vnadmin_service.archive")
    app.include_router(archive.router, include_in_schema=False)


def _archive_api() -> Any:
    """The archive's API, where the index is installed: without a catalogue it says that there is no archive."""
    has_index = find_spec("alembic") is not None and find_spec("filelock") is not None
    return import_module("vnadmin_service.archive_api") if has_index else None


async def _on_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, VnadminError):
        raise error
    service = service_of(request)
    service.metrics.problems.labels(error.code).inc()
    note(request, {"code": error.code})
    headers = {"retry-after": str(service.settings.retry_after)} if isinstance(error, Busy) else None
    return problem_response(
        error, request_id(request), headers, accept_language=request.headers.get("accept-language", "")
    )


async def _on_bad_parameter(request: Request, error: Exception) -> Response:
    """Names the parameters and what is wrong with them, and does not send back what was in them."""
    if not isinstance(error, RequestValidationError):
        raise error
    told = "; ".join(f"{'.'.join(str(part)[:40] for part in e['loc'][:4])}: {_wanted(e)}" for e in error.errors()[:5])
    return await _on_error(request, InvalidParameter(told))


_WANTED: Mapping[str, str] = {
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "int_parsing": "a whole number",
    "literal_error": "one of {expected}",
    "string_pattern_mismatch": "of the form {pattern}",
}


def _wanted(error: Mapping[str, Any]) -> str:
    """What the parameter must be, from its declaration alone."""
    kind = str(error["type"])
    return _WANTED.get(kind, kind).format(**error.get("ctx", {}))


async def _on_http_error(request: Request, error: Exception) -> Response:
    """Starlette's own (no such route, wrong method, body too large), and those of `BodyLimits`."""
    if not isinstance(error, HTTPException):
        raise error
    limit = service_of(request).settings.max_bytes
    told = limit_of(limit) if error.status_code == 413 else ""
    response = await _on_error(request, _KINDS.get(error.status_code, BadRequest)(told))
    if error.status_code in (408, 413):
        response.headers["connection"] = "close"  # the rest of the body is not waited for
    if error.status_code == 405:  # Starlette names the methods of one route only
        partly = [r for r in _routes() if r.matches(request.scope)[0] is not Match.NONE]
        methods = {method for route in partly for method in route.methods or ()}
        response.headers["allow"] = ", ".join(sorted(methods)) or (error.headers or {}).get("Allow", "")
    return response


def _routes() -> list[Route]:
    own = [route for part in _PARTS for route in part.router.routes if isinstance(route, Route)]
    return [*own, *getattr(_archive_api(), "ROUTES", ())]


def get_examples(app: FastAPI) -> examples.Made:
    """Those made at the start; an app that was not started, as when the documents are written, makes them now."""
    service: Service = app.state.service
    return service.examples or examples.make()


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The document, with the schemas that are named only by reference, and the ways to bring a key."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            license_info=app.license_info,
            routes=app.routes,
            separate_input_output_schemas=False,
        )
        schemas = made["components"]["schemas"]
        for model in (AdminDocument, Problem, TextBody, *getattr(_archive_api(), "BODIES", ())):
            schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(schema.pop("$defs", {}))
            schemas[model.__name__] = schema
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        made["components"]["securitySchemes"] = {
            "bearer": {"type": "http", "scheme": "bearer"},
            "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        }
        for path, item in made["paths"].items():
            for operation in item.values():
                if path not in ("/livez", "/readyz"):
                    operation["security"] = [{"bearer": []}, {"header": []}, {}]
        examples.fill(made, get_examples(app))
        app.openapi_schema = made
    return app.openapi_schema
