"""GET /docs: the addresses as a page to try them on, Swagger UI served from this machine alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from vnadmin_service.problems import NotFound

router = APIRouter()
_FOR_GOOD = "public, max-age=31536000, immutable"
_SWAGGER = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css", "favicon-32x32.png": "image/png"}


class Asset(NamedTuple):
    """A file of the page; its address holds its hash, so that it may be kept for good."""

    body: bytes
    media_type: str
    version: str


@cache
def assets() -> Mapping[str, Asset]:
    """The files by name: Swagger UI's, which the package fastapi-swagger holds, and ours."""
    swagger = resources.files("fastapi_swagger") / "resources"
    found = {name: (swagger.joinpath(name).read_bytes(), kind) for name, kind in _SWAGGER.items()}
    found["docs.js"] = (_ours("docs.js"), "text/javascript")
    return {name: Asset(body, kind, hashlib.sha256(body).hexdigest()[:12]) for name, (body, kind) in found.items()}


@router.get("/docs")
async def page() -> Response:
    """The page, with the addresses of its files."""
    text = _ours("docs.html").decode("utf-8")
    return HTMLResponse(
        re.sub(r"\{([\w.-]+)\}", lambda name: f"/docs/static/{name[1]}?v={assets()[name[1]].version}", text)
    )


@router.get("/docs/static/{name}")
async def file(name: str) -> Response:
    """A file of the page."""
    asset = assets().get(name)
    if asset is None:
        raise NotFound
    return Response(asset.body, media_type=asset.media_type, headers={"cache-control": _FOR_GOOD})


def _ours(name: str) -> bytes:
    return resources.files("vnadmin_service").joinpath("static", name).read_bytes()
