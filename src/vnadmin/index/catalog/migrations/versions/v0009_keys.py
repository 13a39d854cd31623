"""By which rule keys of bodies were made; a run makes them anew where it is another (`index/search/keys.py`)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_passes",
        sa.Column("rule", sa.String(40), primary_key=True),
        sa.Column("last", sa.Integer(), nullable=True),
    )


def downgrade() -> None:
    op.drop_table("key_passes")
