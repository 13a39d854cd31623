"""The search index: FTS5 in SQLite, tsvector with GIN in PostgreSQL; `0006` fills it with documents that are there already."""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CONTENTLESS = (3, 43)  # SQLite from then on deletes rows of an index that keeps no copy of the text


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgres()


def _sqlite() -> None:
    op.execute(
        "CREATE TABLE search_documents (position INTEGER PRIMARY KEY, document_id INTEGER NOT NULL UNIQUE"
        " CONSTRAINT fk_search_documents_document_id REFERENCES documents (id) ON DELETE CASCADE,"
        " first_due VARCHAR(10), last_due VARCHAR(10), facets TEXT)"
    )
    lean = "content = '', contentless_delete = 1, " if sqlite3.sqlite_version_info >= CONTENTLESS else ""
    words = "tokenize = \"ascii tokenchars '=:|'\""  # the terms come finished: nothing to fold or to cut
    op.execute(f"CREATE VIRTUAL TABLE search_index USING fts5 (line, {lean}{words})")
    op.execute(
        "CREATE TRIGGER search_documents_gone AFTER DELETE ON search_documents"
        " BEGIN DELETE FROM search_index WHERE rowid = old.position; END"
    )


def _postgres() -> None:
    known = "SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
    quick = "COMPRESSION lz4 " if op.get_bind().scalar(sa.text(known)) else ""  # lines are read to look for phrases
    op.execute(
        "CREATE TABLE search_documents (position BIGINT CONSTRAINT pk_search_documents PRIMARY KEY,"
        " document_id INTEGER NOT NULL CONSTRAINT uq_search_documents_document_id UNIQUE"
        " CONSTRAINT fk_search_documents_document_id REFERENCES documents (id) ON DELETE CASCADE,"
        f" first_due VARCHAR(10), last_due VARCHAR(10), facets TEXT, line TEXT {quick}NOT NULL, terms TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_search_documents_terms ON search_documents USING gin (terms)")


def downgrade() -> None:
    op.execute("DROP TABLE search_documents")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
