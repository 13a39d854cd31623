"""The archive's commands by their names. The imports are written out, so that makers of frozen executables see them."""

from __future__ import annotations

from typing import Final

import click

NAMES: Final = ("index", "ledger", "search", "registers", "reconcile", "known", "audit")


def command_of(name: str) -> click.Command:
    """The command of one of `NAMES`."""
    match name:
        case "index":
            from vnadmin.commands.archive.index import index

            return index
        case "ledger":
            from vnadmin.commands.archive.index import ledger

            return ledger
        case "search":
            from vnadmin.commands.archive.search import search

            return search
        case "registers":
            from vnadmin.commands.archive.registers import registers

            return registers
        case "reconcile":
            from vnadmin.commands.archive.reconcile import reconcile

            return reconcile
        case "known":
            from vnadmin.commands.archive.reconcile import known

            return known
        case _:
            from vnadmin.commands.archive.audit import audit

            return audit
