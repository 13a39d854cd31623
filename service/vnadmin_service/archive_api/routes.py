"""All routes of the archive's API, in the order of the OpenAPI document."""

from __future__ import annotations

from typing import Final

from starlette.routing import Route

from vnadmin_service.archive_api import access, audits, corrections, documents, feeds, lists, webhook, witness

_PARTS: Final = (documents, corrections, feeds, webhook, lists, witness, audits, access)
ROUTES: Final = [route for part in _PARTS for route in part.router.routes if isinstance(route, Route)]
