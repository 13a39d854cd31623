"""Cursors: where a list goes on, as text that says nothing to whoever carries it.

A cursor names a place and no count of rows, so that what comes in or goes meanwhile neither shifts nor repeats anything.
"""

from __future__ import annotations

import base64
import json
from typing import Annotated, Final

from fastapi import Query

from vnadmin_service.problems import InvalidParameter

LONGEST: Final = 1000
_LARGEST: Final = 2**62
Part = int | str
After = Annotated[
    str, Query(max_length=LONGEST, pattern=r"^[A-Za-z0-9_-]*$", description="`next` of the page before; empty: from the beginning.")
]  # fmt: skip


def cursor(kind: str, *parts: Part) -> str:
    """The cursor of a place in a list of this kind."""
    text = json.dumps([kind, *parts], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(text: str, kind: str, *types: type[Part]) -> list[Part] | None:
    """The place that a cursor names; None where none was given.

    Raises:
        InvalidParameter: it is no cursor of this kind of list.
    """
    if not text:
        return None
    parts: list[Part]
    try:
        found, *parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError, RecursionError):
        found, parts = "", []
    fits = found == kind and len(parts) == len(types)
    if not fits or not all(_is(part, wanted) for part, wanted in zip(parts, types, strict=True)):
        raise InvalidParameter("The cursor is none that this service gave.")
    return parts


def _is(part: Part, wanted: type[Part]) -> bool:
    if type(part) is not wanted:
        return False
    return 0 <= part <= _LARGEST if isinstance(part, int) else part.isascii() and part.isprintable()
