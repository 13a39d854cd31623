"""The facets of a document beside its place in the search index, and its secrecy, urgency and place among its terms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    if "facets" not in {column["name"] for column in sa.inspect(connection).get_columns("search_documents")}:
        op.add_column("search_documents", sa.Column("facets", sa.Text()))


def downgrade() -> None:
    op.drop_column("search_documents", "facets")
