"""Answers have a name of their own, by which they are taken back; questions have their kind of doubt and its measured rank.

The kind of a question that an earlier version asked is not known until the document is read again: its rank is that of a
kind that was never counted (`doubts.rank_of`), and those questions stay in their order.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NEVER_COUNTED = 5000


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("undone_by", sa.String(120), nullable=True),
        sa.Column("undone_at", sa.String(32), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_answers_made_at", "answers", ["made_at"])
    for table in ("corrections", "reviews"):
        op.add_column(table, sa.Column("answer", sa.String(32), nullable=True))
        op.create_index(f"ix_{table}_answer", table, ["answer"])
    op.add_column("reviews", sa.Column("kind", sa.Text(), nullable=True))
    reviews = sa.table("reviews", sa.column("rank", sa.Integer))
    op.execute(reviews.update().where(reviews.c.rank > 0).values(rank=reviews.c.rank + _NEVER_COUNTED))


def downgrade() -> None:
    reviews = sa.table("reviews", sa.column("rank", sa.Integer))
    op.execute(reviews.update().where(reviews.c.rank > 0).values(rank=reviews.c.rank % 10))
    op.drop_column("reviews", "kind")
    for table in ("corrections", "reviews"):
        op.drop_index(f"ix_{table}_answer", table)
        op.drop_column(table, "answer")
    op.drop_table("answers")
