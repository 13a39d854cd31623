"""The desk: documents that people have open, in memory only, each forgotten when it was not used for a while."""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import cached_property
from typing import Literal, cast

from vnadmin import AdminDocument, Config, VnadminError
from vnadmin.model.pictures import PagePicture
from vnadmin.process.pool import ENDED, Limits, Workers, why
from vnadmin_service.problems import Busy
from vnadmin_service.review import corrections, work
from vnadmin_service.review.corrections import State, Step
from vnadmin_service.review.settings import ReviewSettings
from vnadmin_service.shares import Shares

_SWEEP_SECONDS = 20.0
_PICTURES_KEPT = 24  # of one document; about 150 kB each

Status = Literal["reading", "ready", "failed", "cancelled"]


class Sheet:
    """One open document: what the machine read, and what the person did since."""

    def __init__(self, owner: str, name: str, data: bytes) -> None:
        self.id = secrets.token_urlsafe(18)
        self.owner = owner
        self.name = name
        self.data = data
        self.status: Status = "reading"
        self.error: VnadminError | None = None
        self.touched = time.monotonic()
        self.begun = time.monotonic()
        self.pictures: dict[int, PagePicture] = {}
        self._reading: work.Reading | None = None
        self._lock = threading.Lock()
        self._steps: list[Step] = []
        self._undone: list[Step] = []
        self._state: State | None = None

    def read(self, reading: work.Reading) -> None:
        """Take in what the worker read."""
        self._reading = reading
        self.status = "ready"

    @property
    def size(self) -> int:
        """Bytes held of it: the file, what was read of it, pictures of its pages."""
        read = self._reading.document if self._reading else self.data
        return len(self.data) + len(read) + sum(len(picture.data) for picture in list(self.pictures.values()))

    @cached_property
    def document(self) -> AdminDocument:
        """What the machine read; validated when first asked for, in the thread of a request."""
        if self._reading is None:
            raise LookupError("not read yet")
        return AdminDocument.model_validate_json(self._reading.document)

    @property
    def lines(self) -> tuple[work.LineAt, ...]:
        """The lines of the document's text."""
        return self._reading.lines if self._reading else ()

    @property
    def state(self) -> State:
        """The document with the corrections so far."""
        if self._state is None:
            self._state = corrections.machine(self.document)
        return self._state

    @property
    def steps(self) -> tuple[Step, ...]:
        """The corrections so far."""
        return tuple(self._steps)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone and nothing else done since."""
        return bool(self._undone)

    def do(self, make: Callable[[State], Step]) -> Step:
        """Correct. What was undone is dropped.

        Raises:
            BadPointer, BadValue: it cannot be done; nothing changed.
        """
        with self._lock:
            step = make(self.state)
            self._state = corrections.apply(self.state, step)
            self._steps.append(step)
            self._undone.clear()
        return step

    def undo(self) -> Step | None:
        """Take back the last correction."""
        with self._lock:
            if not self._steps:
                return None
            step = self._steps.pop()
            self._undone.append(step)
            self._state = corrections.fold_steps(corrections.machine(self.document), self._steps)
        return step

    def redo(self) -> Step | None:
        """Do again what was taken back."""
        with self._lock:
            if not self._undone:
                return None
            step = self._undone.pop()
            self._state = corrections.apply(self.state, step)
            self._steps.append(step)
        return step

    def told(self) -> dict[str, object]:
        """What the page asks for while it waits."""
        return {"status": self.status, "seconds": round(time.monotonic() - self.begun)}

    def keep_picture(self, number: int, picture: PagePicture) -> None:
        """Keep a drawn page, and of all only the last ones."""
        with self._lock:
            self.pictures[number] = picture
            while len(self.pictures) > _PICTURES_KEPT:
                del self.pictures[next(iter(self.pictures))]


class Desk:
    """All open documents of this process, and the worker processes that read them."""

    def __init__(self, settings: ReviewSettings, config: Config, limits: Limits, keys: int) -> None:
        self.settings = settings
        self._places = Shares(settings.max_open, keys)
        self._bytes = Shares(settings.max_mb * 1024**2, keys)
        self._config = config
        self._workers = Workers(settings.workers, limits=limits)
        self._sheets: dict[str, Sheet] = {}
        self._running: dict[str, tuple[Future[object], asyncio.Task[None]]] = {}
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to forget, and start the processes."""
        self._workers.start()
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Forget everything."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        for sheet in list(self._sheets.values()):
            self.close(sheet)
        await asyncio.get_running_loop().run_in_executor(None, lambda: self._workers.close(wait=False))

    def open(self, owner: str, name: str, data: bytes) -> Sheet:
        """Put a document on the desk and begin to read it.

        Raises:
            Busy: the desk is full.
        """
        self._forget()
        sheets = self._sheets.values()
        own = [sheet for sheet in sheets if sheet.owner == owner]
        size = 2 * len(data)  # what is read of it takes about as much again
        fits = self._places.fits(len(sheets), len(own), 1)
        if not fits or not self._bytes.fits(
            sum(sheet.size for sheet in sheets), sum(sheet.size for sheet in own), size
        ):
            raise Busy("Too many documents are open on the review page.")
        sheet = Sheet(owner, name, data)
        future = self._workers.run(work.read, data, self._config)
        self._sheets[sheet.id] = sheet
        self._running[sheet.id] = (future, asyncio.create_task(self._wait(sheet, future)))
        return sheet

    async def settled(self, sheet: Sheet, seconds: float) -> None:
        """Wait until the document was read, but no longer than so long."""
        running = self._running.get(sheet.id)
        if running is not None:
            await asyncio.wait([running[1]], timeout=seconds)

    def get(self, owner: str, sheet_id: str) -> Sheet | None:
        """An open document of this owner."""
        sheet = self._sheets.get(sheet_id)
        if sheet is None or sheet.owner != owner:
            return None
        sheet.touched = time.monotonic()
        return sheet

    def close(self, sheet: Sheet) -> None:
        """Forget a document; if it is still being read, stop that."""
        self._sheets.pop(sheet.id, None)
        running = self._running.pop(sheet.id, None)
        if running is not None:
            self._workers.cancel(running[0])

    async def _wait(self, sheet: Sheet, future: Future[object]) -> None:
        try:
            sheet.read(cast(work.Reading, await asyncio.wrap_future(future)))
            return
        except VnadminError as error:
            sheet.error = error
        except ENDED as error:
            sheet.error = why(error)
        except (CancelledError, asyncio.CancelledError):
            sheet.status = "cancelled"
            return
        finally:
            self._running.pop(sheet.id, None)
        sheet.status = "failed"
        sheet.data = b""  # of no more use

    def _forget(self) -> None:
        before = time.monotonic() - 60 * self.settings.keep_minutes
        for sheet in list(self._sheets.values()):
            if sheet.touched < before:
                self.close(sheet)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self._forget()
