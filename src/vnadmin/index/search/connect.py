"""A connection for searches: the catalogue of one moment, and its search index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, inspect

from vnadmin.index.catalog import connect
from vnadmin.index.catalog.errors import CatalogUnavailable


@contextmanager
def reading(catalog: str | Engine) -> Iterator[Connection]:
    """As `vnadmin.index.catalog.connect.reading`.

    Raises:
        CatalogUnavailable: also where the catalogue has no search index yet.
    """
    with connect.reading(catalog) as connection:
        if not inspect(connection).has_table("search_documents"):
            raise CatalogUnavailable(
                "The catalogue has no search index.",
                "It was made by an older vnadmin: run vnadmin index on it once.",
            )
        yield connection
