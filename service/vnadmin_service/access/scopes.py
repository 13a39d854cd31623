"""Scopes: what a key may do in the archive; roles are names for the usual ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

SCOPES: Final = ("read", "correct", "export", "admin")
ALL: Final = frozenset(SCOPES)
ROLES: Final[Mapping[str, frozenset[str]]] = {
    "reader": frozenset({"read"}),
    "clerk": frozenset({"read", "correct"}),
    "archivist": frozenset({"read", "correct", "export"}),
    "admin": ALL,
}
_FILE: Final = re.compile(r"\.(?:csv|xlsx|jsonl|parquet|ics|txt|zip|pdf|xml|html|graphml|json)$")
_EXPORTS: Final = ("/export/", "/exports", "/standard/", "/report")
_OF_A_PERSON: Final = ("/archive/searches", "/v1/archive/webhook")  # what a reader keeps for himself
_RUNS: Final = "/v1/archive/reconcile"  # a run changes what the whole archive shows
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def scopes_of(role: str) -> frozenset[str]:
    """What a role may do, or scopes that are named one by one (`read+export`); without a name everything.

    Raises:
        ValueError: there is no such role, and no such scope.
    """
    if not role:
        return ALL
    if role in ROLES:
        return ROLES[role]
    named = frozenset(role.split("+"))
    if not named <= ALL:
        raise ValueError(f"a role is one of {', '.join(ROLES)}, or some of {'+'.join(SCOPES)}")
    return named


def needed_for(method: str, path: str) -> str | None:
    """The scope that a request needs; None where it is not about the archive.

    By address and method, so that a page which is added is not open by mistake: what changes anything is `correct`.
    """
    if path != "/archive" and not path.startswith(("/archive/", "/v1/archive/")):
        return None
    if path.startswith("/archive/static/"):
        return None
    if path.startswith("/v1/archive/access") or (path.startswith(_RUNS) and method not in _SAFE):
        return "admin"
    if any(part in path for part in _EXPORTS) or _FILE.search(path):
        return "export"
    return "read" if method in _SAFE or path.startswith(_OF_A_PERSON) else "correct"
