"""The search index's table as the code sees it; the migration `0002` makes it, and what differs between databases."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text

# Not in the catalogue's own metadata: PostgreSQL has two more columns, SQLite a virtual table beside it.
SEARCH_DOCUMENTS = Table(
    "search_documents",
    MetaData(),
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("document_id", Integer, nullable=False, unique=True),
    Column("first_due", String(10)),  # the earliest and the latest deadline of the document's tasks
    Column("last_due", String(10)),
    Column("facets", Text),  # `search/facets.py`
)
