"""Fills the archive's templates, which build on those of the review page; and answers problems with a page."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Coroutine, Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Any, Protocol, cast
from urllib.parse import urlencode

from fastapi import Depends, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import ChoiceLoader, Environment, PackageLoader
from pydantic import Field
from starlette.responses import Response

from vnadmin import VnadminError
from vnadmin.index.catalog.told import PAGES
from vnadmin.index.export.rows import person_name
from vnadmin.issues import issue, vietnamese
from vnadmin_service.archive.catalog_access import NOBODY, VIETNAM, CatalogAccess
from vnadmin_service.archive.catalog_runs import CatalogRuns
from vnadmin_service.archive.intake import Intake
from vnadmin_service.assets import Asset, static_files
from vnadmin_service.problems import InvalidParameter
from vnadmin_service.review import pages as review
from vnadmin_service.review.language import LANGUAGES, Words, day, language_of
from vnadmin_service.review.panel import is_date, label_of
from vnadmin_service.state import note, owner, service_of

Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
RowId = Annotated[int, Field(ge=0, lt=2**63)]  # what a database takes for one


class ArchiveWords(Words):
    """The words of the archive's pages, and behind them those of the review page."""

    def __call__(self, key: str, *, n: object = "", name: object = "") -> str:
        own = _words().get(key)
        if own is None:
            return super().__call__(key, n=n, name=name)
        return own[self.language].replace("{n}", str(n)).replace("{name}", str(name))

    def person(self, person: str) -> str:
        """Who said something."""
        return self("local_person", name=person_name(person)) if person == NOBODY else person

    def error(self, code: str) -> str:
        key = f"error_{code}"
        return self(key) if key in _words() else super().error(code)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


@cache
def assets() -> Mapping[str, Asset]:
    """The static files by name."""
    return static_files(__package__)


def static(name: str) -> str:
    """The address of a static file, ours or the review page's."""
    if name not in assets():
        return review.static(name)
    return f"/archive/static/{name}?v={assets()[name].version}"


@cache
def environment() -> Environment:
    """The archive's templates, and behind them those of the review page."""
    made = review.templates(
        ChoiceLoader([PackageLoader("vnadmin_service.archive"), PackageLoader("vnadmin_service.review")])
    )
    made.globals["static"] = static
    made.globals["url"] = url
    made.globals["moment"] = moment
    made.globals["is_date"] = is_date
    return made


def url(path: str, **values: object) -> str:
    """An address with those of its parameters that say something."""
    given = {name: value for name, value in values.items() if value not in ("", None)}
    return f"{path}?{urlencode(given)}" if given else path


def here(stamp: str) -> dt.datetime:
    """A time of the catalogue (UTC) as it was in Vietnam."""
    return dt.datetime.fromisoformat(stamp).astimezone(VIETNAM)


def moment(stamp: str) -> str:
    """A time of the catalogue (UTC) as it was in Vietnam: `08:04, 27/11/2026`."""
    then = here(stamp)
    return f"{then:%H:%M}, {day(then.date().isoformat(), 'vi')}"


def page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A page in the reader's language, with a link to the same page in the other one."""
    language = language_of(request)
    other = {**dict(request.query_params), "lang": next(name for name in LANGUAGES if name != language)}
    shown = {"switch": url(request.url.path, **other) if request.method == "GET" else "", "here_path": request.url.path}
    return review.kept(request, render(language, template, {**shown, **values}), status)


def render(language: str, template: str, values: Mapping[str, Any]) -> str:
    """A template with the words and names of a language."""
    return review.filled(environment(), ArchiveWords(language), _label, template, values)


def issue_name(code: str, language: str) -> str:
    """What an issue says, without what it says of one document."""
    try:
        told = issue(code)
    except KeyError:  # of another version
        return code
    return vietnamese(told) if language == "vi" else told.message


def _label(pointer: str, language: str, partners: frozenset[str]) -> str:
    if pointer in ("", PAGES):
        return ArchiveWords(language)("page_count" if pointer else "whole_document")
    return label_of(pointer, language, partners)


class PageRoute(APIRoute):
    """A route for people: what goes wrong is told on a page, with the status that the API would answer."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_for_people(request: Request) -> Response:
            try:
                return await handle(request)
            except (VnadminError, RequestValidationError) as raised:
                error = raised if isinstance(raised, VnadminError) else InvalidParameter()
                service_of(request).metrics.problems.labels(error.code).inc()
                return problem(request, error)

        return handle_for_people


def problem(request: Request, error: VnadminError) -> Response:
    """A page that says what is wrong and what to do."""
    t = ArchiveWords(language_of(request))
    note(request, {"code": error.code})
    return page(
        request, "problem.html", error.http_status, heading=t("trouble"), message=t.error(error.code), code=error.code
    )


class _HasCatalog(Protocol):
    catalog: CatalogAccess
    intake: Intake
    runs: CatalogRuns


async def catalog_of(request: Request) -> CatalogAccess:
    """For `Depends`."""
    return cast(_HasCatalog, request.app.state).catalog


def intake_of(request: Request) -> Intake:
    """Where files come in."""
    return cast(_HasCatalog, request.app.state).intake


def runs_of(request: Request) -> CatalogRuns:
    """Runs that write the catalogue."""
    return cast(_HasCatalog, request.app.state).runs


CatalogOf = Annotated[CatalogAccess, Depends(catalog_of)]


def person(request: Request) -> str:
    """Who corrects: the name of the key that the request brought."""
    return owner(request) or NOBODY
