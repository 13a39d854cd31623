"""One body is one facet, however its name is spelled: keys and lines of facets are made anew.

Tables and columns are those of this revision. Keys and lines are made by the functions of now: today's search compares them with
its own, and would find nothing by what a copy of older functions wrote.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from vnadmin.index.catalog.rows import issuer_key
from vnadmin.index.search.facets import line_of
from vnadmin.index.search.index import folders

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AT_ONCE: Final = 500  # documents in memory at once
COLUMNS: Final = (
    "id", "sha256", "issuing_agency", "parent_agency", "issuer_key", "year", "type_code", "type_name", "signer", "place", "urgency",
    "secrecy",
)  # fmt: skip
DOCUMENTS: Final = sa.table("documents", *map(sa.column, COLUMNS))
LINES: Final = sa.table("search_documents", sa.column("document_id"), sa.column("facets"))


def upgrade() -> None:
    connection, last = op.get_bind(), 0
    some = sa.select(DOCUMENTS).order_by(DOCUMENTS.c.id).limit(AT_ONCE)
    set_key = sa.update(DOCUMENTS).where(DOCUMENTS.c.id == sa.bindparam("_id")).values(issuer_key=sa.bindparam("_key"))
    set_line = sa.update(LINES).where(LINES.c.document_id == sa.bindparam("_id")).values(facets=sa.bindparam("_line"))
    while rows := connection.execute(some.where(DOCUMENTS.c.id > last)).all():
        last = rows[-1].id
        where = folders(connection, [row.sha256 for row in rows])
        keys = [{"_id": row.id, "_key": issuer_key(row.issuing_agency, row.parent_agency)} for row in rows]
        lines = [
            {"_id": row.id, "_line": line_of({**row._mapping, "issuer_key": key["_key"]}, row.sha256, where.get(row.sha256, ""))}
            for row, key in zip(rows, keys, strict=True)
        ]  # fmt: skip
        connection.execute(set_key, keys)
        connection.execute(set_line, lines)


def downgrade() -> None:
    """Keys of both kinds are texts: an older vnadmin writes its own when it reads a document again."""
