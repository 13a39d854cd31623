"""One body is one facet, however its name is spelled: keys and lines of facets are made anew."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from vnadmin.index.catalog.rows import issuer_key
from vnadmin.index.search.index import replace_folders

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AT_ONCE: Final = 500  # documents in memory at once
COLUMNS: Final = ("id", "sha256", "issuing_agency", "parent_agency", "issuer_key")
DOCUMENTS: Final = sa.table("documents", *map(sa.column, COLUMNS))


def upgrade() -> None:
    connection, last = op.get_bind(), 0
    some = sa.select(DOCUMENTS).order_by(DOCUMENTS.c.id).limit(AT_ONCE)
    change = sa.update(DOCUMENTS).where(DOCUMENTS.c.id == sa.bindparam("_id")).values(issuer_key=sa.bindparam("_key"))
    while rows := connection.execute(some.where(DOCUMENTS.c.id > last)).all():
        last = rows[-1].id
        keys = [{"_id": row.id, "_key": issuer_key(row.issuing_agency, row.parent_agency)} for row in rows]
        connection.execute(change, keys)
        replace_folders(connection, [row.sha256 for row in rows])


def downgrade() -> None:
    """Keys of both kinds are texts: an older vnadmin writes its own when it reads a document again."""
