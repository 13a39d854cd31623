"""How every command tells of an error: one line on stderr, with the error's code."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from vnadmin.errors import VnadminError
from vnadmin.text.printable import printable


def report(file: str, error: VnadminError) -> None:
    """What is wrong with a file; its name may hold anything."""
    head = f"{printable(file)}: " if file else ""
    print(f"vnadmin: {head}{printable(str(error))} [{error.code}]", file=sys.stderr)


def fail(file: str, error: VnadminError) -> NoReturn:
    """Report, and end with the error's exit status."""
    report(file, error)
    raise typer.Exit(error.exit_code) from error
