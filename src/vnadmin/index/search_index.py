"""The search index beside the catalogue's tables: `refresh` is called in the transaction that writes documents."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection


def refresh(connection: Connection, document_ids: Sequence[int]) -> None:
    """Bring the search index up to date for these rows of `documents` (new, re-read, corrected, or gone)."""
