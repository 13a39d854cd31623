"""What the archive's commands have in common: which catalogue they are about, and the bounds of what may be asked for."""

from __future__ import annotations

from typing import Final

import click

DEFAULT_CATALOG: Final = "catalog.db"
MOST: Final = 10**9  # documents that can be asked for at once; a database counts to 2**63

catalog_option = click.option(
    "--catalog",
    "-c",
    envvar="VNADMIN_CATALOG",
    show_envvar=True,
    default=DEFAULT_CATALOG,
    help="File of the catalogue, or postgresql://…",
)
