"""A connection for readers: one consistent view of the catalogue, and database errors in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.errors import CatalogUnavailable, from_database


@contextmanager
def reading(catalog: str) -> Iterator[Connection]:
    """A connection that only reads: all its queries see the catalogue of one moment, while a run goes on writing.

    Raises:
        CatalogUnavailable: there is no catalogue, it cannot be reached, or it has no search index yet.
    """
    engine = open_catalog(catalog, read_only=True)
    try:
        with engine.connect().execution_options(**_view(engine.dialect.name)) as connection, connection.begin():
            if not inspect(connection).has_table("search_documents"):
                raise CatalogUnavailable(
                    "The catalogue has no search index.",
                    "It was made by an older vnadmin: run vnadmin index on it once.",
                )
            yield connection
    except DBAPIError as error:
        raise from_database(error) from error
    finally:
        engine.dispose()


def _view(dialect: str) -> dict[str, str]:
    return {} if dialect == "sqlite" else {"isolation_level": "REPEATABLE READ"}
