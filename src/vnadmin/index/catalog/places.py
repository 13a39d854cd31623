"""Where the file of a content is: the places that the last run saw first, then those that it missed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from vnadmin.index.catalog.schema import File

# Of one content or container: without the sum of texts SQLite would go through all files there are, by the index of states.
IS_PLACED: Final = File.state.concat("") == "done"


def paths_of(connection: Connection, sha256: str) -> Sequence[str]:
    """The places of a content that the last run saw, that it was first seen at before others; then those that it missed."""
    statement = select(File.path, File.state).where(File.sha256 == sha256).order_by(File.found_at, File.path)
    rows = connection.execute(statement).all()
    return [row.path for row in sorted(rows, key=lambda row: row.state != "done")]
