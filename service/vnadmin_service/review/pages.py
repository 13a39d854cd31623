"""Fills the templates; every page, script and style is the package's own file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from fastapi import Request
from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from vnadmin.gazetteer import resource
from vnadmin.text.printable import printable_lines
from vnadmin_service.assets import Asset, asset, static_files
from vnadmin_service.review.language import COOKIE, LANGUAGES, Words, day, language_of
from vnadmin_service.review.panel import label_of
from vnadmin_service.review.view import layer_of


@cache
def assets() -> Mapping[str, Asset]:
    """The static files by name: ours, and the style that `vnadmin explain` has too."""
    return {**static_files(__package__), "explain.css": asset("explain.css", resource("explain.css").encode("utf-8"))}


def static(name: str) -> str:
    """The address of a static file. One script imports another by plain name, which is asked for anew each time."""
    return f"/review/static/{name}?v={assets()[name].version}"


def templates(loader: BaseLoader) -> Environment:
    """An environment of templates. A name that is not given is an error, not a gap in the page."""
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    made.globals["layer"] = layer_of
    return made


def _printable(value: object) -> object:
    """A value of a page: what a browser would obey or hide of it is written out."""
    return type(value)(printable_lines(value)) if isinstance(value, str) and not value.isprintable() else value


@cache
def environment() -> Environment:
    """The review page's templates."""
    made = templates(PackageLoader("vnadmin_service.review"))
    made.globals["static"] = static
    return made


def page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A page in the reader's language."""
    return kept(request, render(language_of(request), template, values), status)


def kept(request: Request, body: str, status: int) -> Response:
    """A page as an answer; a language chosen by `?lang=` is kept in a cookie."""
    response = HTMLResponse(body, status)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(
            COOKIE, language_of(request), max_age=365 * 24 * 3600, samesite="strict", httponly=True, path="/"
        )
    return response


def render(language: str, template: str, values: Mapping[str, Any]) -> str:
    """A template with the words and names of a language."""
    return filled(environment(), Words(language), label_of, template, values)


def filled(
    templates: Environment, words: Words, label: Callable[..., str], template: str, values: Mapping[str, Any]
) -> str:
    """A template of these with these words; `label` names a value by its pointer."""
    language = words.language
    given = {
        **values,
        "t": words,
        "label": partial(label, language=language, partners=values.get("partners", frozenset())),
        "day": partial(day, language=language),
    }
    return templates.get_template(template).render(given)
