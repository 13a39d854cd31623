"""How every command tells of an error: one line on stderr, with the error's code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

from vnadmin.errors import MissingExtra, VnadminError
from vnadmin.text.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn


def report(file: str, error: VnadminError) -> None:
    """What is wrong with a file; its name may hold anything."""
    head = f"{printable(file)}: " if file else ""
    print(f"vnadmin: {head}{printable(str(error))} [{error.code}]", file=sys.stderr)


@contextmanager
def told(file: str = "", needs: str = "index") -> Iterator[None]:
    """Ends the command with one line where something goes wrong: an error of ours, or a package of the extra `needs` is missing."""
    try:
        yield
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "vnadmin":
            raise
        fail(file, MissingExtra(f"This needs {error.name}.", f"pip install 'vnadmin[{needs}]'"))
    except VnadminError as error:
        fail(file, error)


def fail(file: str, error: VnadminError) -> NoReturn:
    """Report, and end with the error's exit status."""
    report(file, error)
    raise typer.Exit(error.exit_code) from error


def progress_bar(*columns: ProgressColumn, shown: bool = True) -> Progress:
    """A bar on stderr, where that is a terminal; what is written to stdout meanwhile goes where it was sent."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    hidden = not (shown and console.is_terminal)
    return Progress(*columns, console=console, transient=True, redirect_stdout=False, disable=hidden)
