"""What the client asks for: media type (Accept), parts (include), asynchronous work (Prefer)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import lru_cache
from typing import Annotated, Any, Final

import mimeparse
from fastapi import Query, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from vnadmin_service.problems import InvalidParameter, NotAcceptable
from vnadmin_service.state import language
from vnadmin_service.work import WRITERS, View

Include = Annotated[
    str,
    Query(
        pattern=r"^((evidence|text)(,(evidence|text))*)?$",
        description="Parts to add to the answer, separated by commas: `evidence` (where each value stands and by which "
        "rule it was read), `text` (the canonical text that evidence points into).",
        examples=["evidence,text"],
    ),
]


VARY: Final = {"vary": "accept, accept-language"}  # what an answer with a document depends on


def view_of(request: Request, include: str) -> View:
    """How the answer is to be written.

    Raises:
        NotAcceptable: nothing in `Accept` can be written.
    """
    view = _view(",".join(request.headers.getlist("accept")) or "*/*", include)
    return view._replace(language=language(request))


@lru_cache(maxsize=256)
def _view(accept: str, include: str) -> View:
    """A client sends the same `Accept` each time."""
    try:
        # mimeparse prefers the last of equals; JSON is what a client gets that does not care
        chosen = mimeparse.best_match(list(WRITERS)[::-1], accept)
    except (mimeparse.MimeTypeParseException, ValueError):
        chosen = ""
    if not chosen:
        raise NotAcceptable(f"Can be written: {', '.join(WRITERS)}.")
    return View(chosen, frozenset(filter(None, include.split(","))))


def json_view(request: Request, include: str) -> View:
    """How a document within other JSON is to be written."""
    return View("application/json", frozenset(filter(None, include.split(","))), language(request))


class ExactRoute(APIRoute):
    """A route of the API: a misspelt parameter in the address would be an answer to another question.

    By the class of the route, since FastAPI's way through one `Depends` takes a tenth of a request's cost.

    Raises:
        InvalidParameter: the address has a parameter that the route does not take.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        parts = (self.dependant, *self.dependant.dependencies)
        known = [field.alias for part in parts for field in part.query_params]

        async def handle_known(request: Request) -> Response:
            if not set(request.query_params).issubset(known):
                raise InvalidParameter(
                    f"A parameter in the address is not known; here are taken: {', '.join(known) or '-'}."
                )
            return await handle(request)

        return handle_known


def wants_job(request: Request) -> bool:
    """Whether `Prefer: respond-async` (RFC 7240) is among the preferences."""
    preferences = ",".join(request.headers.getlist("prefer"))
    return any(part.partition(";")[0].strip().lower() == "respond-async" for part in preferences.split(","))
