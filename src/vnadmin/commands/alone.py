"""How a command reads single documents: in a worker process, so that a hostile file ends with an error and not the command."""

from __future__ import annotations

import sys
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from vnadmin.commands.report import progress_bar
from vnadmin.config import DEFAULT, Config
from vnadmin.errors import VnadminError
from vnadmin.process import tasks
from vnadmin.process.pool import ENDED, Limits, Workers, result, settled, why
from vnadmin.process.progress import read_progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from vnadmin.citation import CitedText
    from vnadmin.model import AdminDocument

_NO_LIMIT = 7 * 24 * 3600.0  # a person waits, sees the pages counted, and has Ctrl-C
_LOOK_SECONDS = 0.2


class Alone:
    """One worker process, started with the first document of a command.

    Usage:
        with Alone() as alone:
            document = alone.parse("scan.pdf")
    """

    def __init__(self, config: Config = DEFAULT, seconds: float = _NO_LIMIT) -> None:
        self._workers = Workers(1, config=config, limits=Limits(seconds=seconds))
        self.config = self._workers.config

    def __enter__(self) -> Alone:
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.close(wait=False)

    def parse(self, source: str | bytes) -> AdminDocument:
        """Read a path or the bytes of a document, of a file with several the first.

        Raises:
            VnadminError: it cannot be read, or its worker ended.
        """
        return result(self._workers.submit(source))

    def cite(self, source: str | bytes) -> CitedText:
        """The citations of a document.

        Raises:
            VnadminError: it cannot be read, or its worker ended.
        """
        return cast("CitedText", self.run(tasks.cite, source, self.config))

    def parse_each(self, name: str, source: str | bytes) -> list[tuple[str, AdminDocument | VnadminError]]:
        """Each document of a file, or the error of each; a terminal sees the pages of a scan counted."""
        return self._each(name, tasks.parse_each, source)

    def dump_each(
        self, name: str, source: str | bytes, evidence: bool, language: str
    ) -> list[tuple[str, dict[str, object] | VnadminError]]:
        """As `parse_each`, each document as plain values."""
        return self._each(name, tasks.dump_each, source, evidence, language)

    def _each(self, name: str, task: Callable[..., object], source: str | bytes, *how: object) -> list[tuple[str, Any]]:
        if not sys.stderr.isatty():
            return list(settled(name, self._workers.run(task, source, self.config, "", *how)))
        import tempfile

        with tempfile.TemporaryDirectory(prefix="vnadmin-") as folder:
            note = Path(folder) / "pages"
            future = self._workers.run(task, source, self.config, str(note), *how)
            _show(future, note)
            return list(settled(name, future))

    def run(self, function: Callable[..., object], *args: object) -> object:
        """What an importable function gives in the worker.

        Raises:
            VnadminError: as the function, or its worker ended.
        """
        try:
            return self._workers.run(function, *args).result()
        except ENDED as error:
            raise why(error) from None


def bytes_or_path(file: str) -> str | bytes:
    """What to read: standard input for `-`, up to the limit, else the path."""
    return sys.stdin.buffer.read(DEFAULT.max_bytes + 1) if file == "-" else file


def _show(future: Future[object], note: Path) -> None:
    """A bar with the time left, once it is known that there are several pages to read."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    pages = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with progress_bar(*pages) as progress:
        task = progress.add_task("trang", total=None, visible=False)
        while not wait_for([future], timeout=_LOOK_SECONDS).done:
            done, total = read_progress(note)
            if total > 1:
                progress.update(task, completed=done, total=total, visible=True)
