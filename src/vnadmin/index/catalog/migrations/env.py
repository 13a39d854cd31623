"""Alembic's door: `catalog.open_catalog` runs the migrations on its own connection; there is no alembic.ini."""

from __future__ import annotations

from alembic import context

from vnadmin.index.catalog.schema import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
