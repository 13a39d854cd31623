"""The container of a file: documents in mails and portfolios have rows of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("files", sa.Column("container", sa.Text()))
    op.create_index("ix_files_container", "files", ["container"])


def downgrade() -> None:
    op.drop_index("ix_files_container", "files")
    op.drop_column("files", "container")
