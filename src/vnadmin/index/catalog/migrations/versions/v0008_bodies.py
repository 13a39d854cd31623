"""One body is one facet, however its name is spelled: a run makes keys and lines of facets anew (`index/search/keys.py`).

Until 0009 they were made here, by functions that went on changing; a migration changes tables alone.
"""

from __future__ import annotations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables stay."""


def downgrade() -> None:
    """The tables stay."""
