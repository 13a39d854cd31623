"""Static files of the pages, kept for good under addresses that hold their hashes."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import NamedTuple

from starlette.responses import Response

from vnadmin_service.problems import NotFound

_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "png": "image/png"}


class Asset(NamedTuple):
    """A static file; its address holds its hash, so that it may be kept for good."""

    body: bytes
    media_type: str
    version: str


def asset(name: str, body: bytes) -> Asset:
    """A file by its ending."""
    return Asset(body, _KINDS[name.rpartition(".")[2]], hashlib.sha256(body).hexdigest()[:12])


def static_files(package: str) -> dict[str, Asset]:
    """What stands in the folder `static` of a package."""
    files = resources.files(package).joinpath("static").iterdir()
    return {item.name: asset(item.name, item.read_bytes()) for item in files if item.name.rpartition(".")[2] in _KINDS}


def answer(found: Asset | None, version: str) -> Response:
    """A style or script; for good only under the address that holds its hash."""
    if found is None:
        raise NotFound
    keep = "public, max-age=31536000, immutable" if version == found.version else "no-cache"
    return Response(found.body, media_type=found.media_type, headers={"cache-control": keep})
