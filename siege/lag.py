"""`python -m siege.lag`: the service, with what holds its event loop up written to the file that SIEGE_LAG names.

What others on the machine take is told apart: of each call of the loop its seconds of the processor, those that it waited for one (the
kernel's run queue, Linux), and the rest, in which it was blocked (a file, a lock, the interpreter's). The same for a tick that is due
every 5 ms: how late it came. On asyncio's own loop, whose calls can be seen; uvloop's are of C.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from vnadmin_service import serve
from vnadmin_service.settings import Settings

TICK = 0.005
LONG = 0.02  # seconds, past which a call is written down by name


class Lag:
    """The longest calls and the latest ticks of a loop, in milliseconds."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._queue = -1
        self.begin()

    def begin(self) -> None:
        """Count from now on."""
        self.calls: dict[str, list[float]] = {}
        self.most = {"processor": 0.0, "blocked": 0.0, "own": 0.0, "late": 0.0, "late_by_itself": 0.0}
        self.count = self.ticks = 0

    def waited(self) -> float:
        """Seconds that this thread was ready and had no processor."""
        if self._queue < 0:
            self._queue = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        return int(os.pread(self._queue, 64, 0).split()[1]) / 1e9

    def run(self, handle: asyncio.Handle, call: Callable[[asyncio.Handle], None]) -> None:
        """One call of the loop."""
        began, used, waited = time.perf_counter(), time.thread_time(), self.waited()
        call(handle)
        used, waited = time.thread_time() - used, self.waited() - waited
        own = time.perf_counter() - began - waited
        self.count += 1
        for key, value in (("processor", used), ("own", own), ("blocked", own - used)):
            self.most[key] = max(self.most[key], 1000 * value)
        if own > LONG:
            name = _name(handle)
            self.calls.setdefault(name, []).append(round(1000 * own, 1))

    async def tick(self) -> None:
        """Look every few milliseconds how late it is."""
        while True:
            due, waited = time.perf_counter() + TICK, self.waited()
            await asyncio.sleep(TICK)
            late = max(0.0, time.perf_counter() - due)
            self.most["late"] = max(self.most["late"], 1000 * late)
            by_itself = late - (self.waited() - waited)
            self.most["late_by_itself"] = max(self.most["late_by_itself"], 1000 * by_itself)
            self.ticks += 1
            if self.ticks % 100 == 0:
                told: dict[str, Any] = {"calls": self.count, "ticks": self.ticks}
                told |= {key: round(value, 1) for key, value in self.most.items()}
                told["long"] = {name: sorted(found)[-5:] for name, found in self.calls.items()}
                self._out.write_text(json.dumps(told, indent=1), "utf-8")


def _name(handle: asyncio.Handle) -> str:
    call = handle._callback  # type: ignore[attr-defined]
    task = getattr(call, "__self__", None)
    if isinstance(task, asyncio.Task):
        frames = task.get_stack(limit=1)
        place = f" at {Path(frames[0].f_code.co_filename).name}:{frames[0].f_lineno}" if frames else ""
        return f"{task.get_coro().__qualname__}{place}"  # type: ignore[union-attr]
    return str(getattr(call, "__qualname__", call))


def main() -> None:
    """Serve, and watch."""
    lag = Lag(Path(os.environ["SIEGE_LAG"]))
    call = asyncio.Handle._run  # type: ignore[attr-defined]
    asyncio.Handle._run = lambda handle: lag.run(handle, call)  # type: ignore[attr-defined]
    run, startup = uvicorn.run, uvicorn.Server.startup

    async def begin(server: uvicorn.Server, sockets: Any = None) -> None:
        await startup(server, sockets)
        lag.begin()  # what the start took is no lag: nobody is answered before
        server.lag = asyncio.create_task(lag.tick())  # type: ignore[attr-defined]

    uvicorn.Server.startup = begin  # type: ignore[method-assign]
    uvicorn.run = lambda *args, **kwargs: run(*args, **{**kwargs, "loop": "asyncio"})
    serve.serve(Settings.read())


if __name__ == "__main__":
    main()
