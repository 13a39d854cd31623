"""The archive's own API, `/v1/archive/…`: what its pages show and do, for programs; `routes.py` is where to begin."""

from vnadmin_service.archive_api.models import BODIES
from vnadmin_service.archive_api.routes import ROUTES

__all__ = ["BODIES", "ROUTES"]
