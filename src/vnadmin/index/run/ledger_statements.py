"""What a run asks and changes for every file, built once: to build a statement costs as much as to run it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Update, bindparam, case, select, update

from vnadmin.index.catalog.insert import send_rows
from vnadmin.index.catalog.schema import Base, Content, File

_CONTENT: Final = (
    Content.state.label("content_state"), Content.version, Content.pages, Content.interrupted, Content.tried_run,
)  # fmt: skip

KNOWN_FILES: Final = (
    select(File.path, File.size, File.modified, File.sha256, File.state, File.error_code, File.error_detail, *_CONTENT)
    .join(Content, Content.sha256 == File.sha256, isouter=True)
    .where(File.path.in_(bindparam("paths", expanding=True)))
)
KNOWN_CONTENTS: Final = select(Content.sha256, *_CONTENT).where(Content.sha256.in_(bindparam("hashes", expanding=True)))


def _by_key(model: type[Base], columns: Sequence[str], **values: Any) -> Update:
    """An update of rows by their key; parameters are named like the columns, with `_` in front."""
    table: Any = model.__table__
    (key,) = table.primary_key
    named: dict[str, Any] = {name: bindparam(f"_{name}") for name in columns}
    return update(table).where(key == bindparam(f"_{key.name}")).values({**named, **values})


OPENED: Final = _by_key(File, ("sha256", "state", "error_code", "error_detail"))
SETTLED: Final = _by_key(
    Content,
    (
        "state", "error_code", "error_detail", "version", "pages", "tried_at", "tried_run", "seconds", "interrupted",
    ),
)  # fmt: skip
MEMBERS: Final = (
    select(File.path, File.sha256, File.state, *_CONTENT)
    .join(Content, Content.sha256 == File.sha256, isouter=True)
    .where(File.container.in_(bindparam("containers", expanding=True)), File.state.in_(("done", "failed")))
    .order_by(File.path)
)
START: Final = _by_key(
    Content, (), state="running", tries=case((Content.state == "running", Content.tries), else_=Content.tries + 1)
)


def update_rows(connection: Connection, statement: Update, rows: Sequence[dict[str, Any]]) -> None:
    """Update rows, each with its key and the statement's columns, in one call."""
    send_rows(connection, statement, [{f"_{name}": value for name, value in row.items()} for row in rows])
