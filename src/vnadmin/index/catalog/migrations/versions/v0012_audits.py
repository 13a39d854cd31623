"""Audits: samples that people review blind, as a proof of quality."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("drawn_at", sa.String(32), nullable=False),
        sa.Column("drawn_by", sa.String(120), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("plan", json, nullable=False),
        sa.Column("frame", json, nullable=False),
        sa.Column("strata", json, nullable=False),
    )
    op.create_table(
        "audit_items",
        sa.Column("audit_id", sa.Integer(), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stratum", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(120)),
        sa.Column("reviewed_at", sa.String(32)),
    )
    op.create_table(
        "audit_values",
        sa.Column("audit_id", sa.Integer(), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("field", sa.String(40), primary_key=True),
        sa.Column("held", json),
        sa.Column("unasked", sa.Boolean(), nullable=False),
        sa.Column("told", json),
        sa.Column("unclear", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("verdict", sa.String(8)),
        sa.Column("settled_by", sa.String(120)),
        sa.Column("settled_at", sa.String(32)),
    )


def downgrade() -> None:
    for name in ("audit_values", "audit_items", "audits"):
        op.drop_table(name)
