"""Fills the templates; every page, script and style is the package's own file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from importlib import resources
from typing import NamedTuple

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from vnadmin.gazetteer import resource
from vnadmin_service.review.language import COOKIE, LANGUAGES, Words, language_of
from vnadmin_service.review.panel import label_of

_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Asset(NamedTuple):
    """A static file; its address holds its hash, so that it may be kept for good."""

    body: bytes
    media_type: str
    version: str


@cache
def assets() -> Mapping[str, Asset]:
    """The static files by name: ours, and the style that `vnadmin explain` has too."""
    found = {"explain.css": resource("explain.css").encode("utf-8")}
    for item in resources.files(__package__).joinpath("static").iterdir():
        if item.name.rpartition(".")[2] in _KINDS:
            found[item.name] = item.read_bytes()
    return {
        name: Asset(body, _KINDS[name.rpartition(".")[2]], hashlib.sha256(body).hexdigest()[:12])
        for name, body in found.items()
    }


def static(name: str) -> str:
    """The address of a static file. One script imports another by plain name, which is asked for anew each time."""
    return f"/review/static/{name}?v={assets()[name].version}"


@cache
def environment() -> Environment:
    """The templates. A name that is not given is an error, not a gap in the page."""
    made = Environment(
        loader=PackageLoader("vnadmin_service.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = static
    return made


def page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A page in the reader's language; a language chosen by `?lang=` is kept in a cookie."""
    language = language_of(request)
    response = HTMLResponse(render(language, template, values), status)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=365 * 24 * 3600, samesite="strict", httponly=True, path="/")
    return response


def render(language: str, template: str, values: Mapping[str, object]) -> str:
    """A template with the words and names of a language."""
    t = Words(language)
    return (
        environment().get_template(template).render({**values, "t": t, "label": partial(label_of, language=language)})
    )
