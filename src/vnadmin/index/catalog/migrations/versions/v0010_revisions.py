"""The order in which documents changed, for programs that follow a catalogue (`index/follow/revisions.py`)."""

from __future__ import annotations

import datetime as dt
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    revisions = op.create_table(
        "revisions",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_revisions_number", "revisions", ["number"], unique=True)
    counter = op.create_table(
        "revision_counter",
        sa.Column("epoch", sa.String(32), primary_key=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
    )
    connection = op.get_bind()
    documents = sa.table("documents", sa.column("id", sa.Integer), sa.column("sha256", sa.String))
    at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    known = sa.select(documents.c.sha256, documents.c.id, sa.literal(at), sa.false())
    connection.execute(revisions.insert().from_select(["sha256", "number", "changed_at", "gone"], known))
    last = connection.scalar(sa.select(sa.func.max(documents.c.id))) or 0
    connection.execute(counter.insert().values(epoch=secrets.token_hex(8), number=last))


def downgrade() -> None:
    op.drop_table("revision_counter")
    op.drop_table("revisions")
