"""The ledger as a person reads it: one entry for each place, with what became of its content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, case, func, select

from vnadmin.index.catalog.schema import Content, File


def entries(connection: Connection, state: str = "") -> Iterator[dict[str, Any]]:
    """Every file in the order of its path; `state` is that of its content once the file was opened."""
    now = case((File.state == "done", func.coalesce(Content.state, File.state)), else_=File.state)
    statement = (
        select(
            File.path,
            now.label("state"),
            func.coalesce(File.error_code, Content.error_code).label("error_code"),
            func.coalesce(File.error_detail, Content.error_detail).label("error_detail"),
            File.sha256,
            Content.tries,
            Content.tried_at,
            Content.version,
            Content.pages,
            Content.seconds,
        )
        .join(Content, Content.sha256 == File.sha256, isouter=True)
        .order_by(File.path)
        .execution_options(yield_per=500)
    )
    if state:
        statement = statement.where(now == state)
    for row in connection.execute(statement):
        yield dict(row._mapping)
