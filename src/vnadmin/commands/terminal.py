"""What a terminal is sent: a console whose colours are its own, and streams where nothing else of a text acts."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from vnadmin.text.printable import printable_lines


class Terminal(Console):
    """A console of Rich that sends controls of its own, and none that stands in a text."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else printable_lines(text), style, control)


def console(*, stderr: bool = False, **options: Any) -> Console:
    """Standard output or error for tables, colours and bars."""
    stream = sys.stderr if stderr else sys.stdout
    return Terminal(file=getattr(stream, "beneath", stream), stderr=stderr, **options)
