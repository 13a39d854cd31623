"""The words that an option may have: those of a `Literal`."""

from __future__ import annotations

from typing import Any, get_args

import click


def one_of(words: Any) -> click.Choice[str]:
    """One of the words of a `Literal`."""
    return click.Choice(get_args(words))
