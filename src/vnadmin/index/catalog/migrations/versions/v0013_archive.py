"""What the archive knows of its issuers, and the readings that it puts right (`index/witness/`)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "archive_runs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32)),
        sa.Column("undone_at", sa.String(32)),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
    )
    op.create_table(
        "archive_changes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("before", JSON),
        sa.Column("after", JSON),
        sa.Column("witness", JSON, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("ended_run", sa.Integer()),
        sa.Column("undone", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_archive_changes_sha256_pointer", "archive_changes", ["sha256", "pointer"])
    op.create_index("ix_archive_changes_run", "archive_changes", ["run"])
    op.create_table(
        "known_values",
        sa.Column("issuer_key", sa.Text(), primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("value", sa.Text(), primary_key=True),
        sa.Column("about", sa.Text(), primary_key=True),
        sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("samples", JSON, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forgotten_values",
        sa.Column("issuer_key", sa.Text(), primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("value", sa.Text(), primary_key=True),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("forgotten_values", "known_values", "archive_changes", "archive_runs"):
        op.drop_table(table)
