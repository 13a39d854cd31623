"""Runs of `vnadmin` that write the service's catalogue, in processes of their own: one at a time, and each waits for others'."""

from __future__ import annotations

import asyncio
import sys
from typing import Final

from vnadmin.index.catalog.errors import CatalogBusy, CatalogUnavailable

_AGAIN: Final = 5.0  # seconds until a catalogue that another run holds, or that is not there yet, is tried again
_PASSING: Final = (CatalogBusy.exit_code, CatalogUnavailable.exit_code)
_TIMES: Final = 240  # tries: a run over an archive may take long


class CatalogRuns:
    """The runs of one service."""

    def __init__(self, catalog: str) -> None:
        self._catalog = catalog
        self._turn = asyncio.Lock()
        self._running: dict[asyncio.Task[None], str] = {}

    def begin(self, command: str, *arguments: str) -> None:
        """Run a command behind those that wait already."""
        task = asyncio.create_task(self._run(command, arguments))
        self._running[task] = command
        task.add_done_callback(self._running.pop)

    def waits_or_runs(self, command: str) -> bool:
        """Whether such a run has begun and not ended."""
        return command in self._running.values()

    async def stop(self) -> None:
        """End all: each stops in order, and goes on with its next run."""
        tasks = list(self._running)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, command: str, arguments: tuple[str, ...]) -> None:
        # -P: nothing of the working folder is imported
        line = [sys.executable, "-P", "-m", "vnadmin", command, *arguments, "--catalog", self._catalog, "--json"]
        async with self._turn:
            for _ in range(_TIMES):
                run = await asyncio.create_subprocess_exec(
                    *line, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
                    stderr=asyncio.subprocess.DEVNULL,
                )  # fmt: skip
                try:
                    code = await run.wait()
                except asyncio.CancelledError:  # the service ends
                    run.terminate()
                    raise
                if code not in _PASSING:
                    return
                await asyncio.sleep(_AGAIN)
