"""GET /docs: the addresses as a page to try them on, Swagger UI served from this machine alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from vnadmin_service.assets import Asset, answer, asset

router = APIRouter()
_SWAGGER = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png")


@cache
def assets() -> Mapping[str, Asset]:
    """The files by name: Swagger UI's, which the package fastapi-swagger holds, and ours."""
    swagger = resources.files("fastapi_swagger") / "resources"
    found = {name: swagger.joinpath(name).read_bytes() for name in _SWAGGER}
    return {name: asset(name, body) for name, body in {**found, "docs.js": _ours("docs.js")}.items()}


@router.get("/docs")
async def page() -> Response:
    """The page, with the addresses of its files."""
    text = _ours("docs.html").decode("utf-8")
    return HTMLResponse(
        re.sub(r"\{([\w.-]+)\}", lambda name: f"/docs/static/{name[1]}?v={assets()[name[1]].version}", text)
    )


@router.get("/docs/static/{name}")
async def file(name: str, v: str = "") -> Response:
    """A file of the page."""
    return answer(assets().get(name), v)


def _ours(name: str) -> bytes:
    return resources.files("vnadmin_service").joinpath("static", name).read_bytes()
