"""The documents that people have open, in memory only, each forgotten when it was not used for a while."""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import cached_property, partial
from typing import Literal

from vnadmin import AdminDocument, Config, VnadminError
from vnadmin.model.pictures import PagePicture
from vnadmin.process.pool import Limits, Workers
from vnadmin.source.pictures import Drawn
from vnadmin_service.pool.call import call
from vnadmin_service.pool.turns import Turns
from vnadmin_service.problems import Busy
from vnadmin_service.review import corrections, work
from vnadmin_service.review.corrections import State, Step
from vnadmin_service.review.settings import ReviewSettings
from vnadmin_service.shares import Shares

_SWEEP_SECONDS = 20.0
_PICTURES_KEPT = 24  # of one document; about 150 kB each

Status = Literal["reading", "ready", "failed", "cancelled"]


class OpenDocument:
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
        self.drawn: Drawn | None = None
        self._reading: work.Reading | None = None
        self._lock = threading.Lock()
        self._steps: list[Step] = []
        self._undone: list[Step] = []
        self._state: State | None = None

    def read(self, reading: work.Reading) -> None:
        """Take in what the worker read."""
        self._reading = reading
        self.data = reading.own or self.data  # its pages are drawn from it
        self.status = "ready"

    @property
    def size(self) -> int:
        """Bytes held of it: the file, what was read of it, its pages and their pictures."""
        read = self._reading.document if self._reading else self.data
        pages = sum(len(picture.data) for picture in list(self.pictures.values()))
        return len(self.data) + len(read) + pages + (len(self.drawn.pdf) + len(self.drawn.text) if self.drawn else 0)

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


class OpenDocuments:
    """All open documents of this process, and the worker processes that read them."""

    def __init__(self, settings: ReviewSettings, config: Config, limits: Limits, keys: int) -> None:
        self.settings = settings
        self._places = Shares(settings.max_open, keys)
        self._bytes = Shares(settings.max_mb * 1024**2, keys)
        self._config = config
        self._workers = Workers(settings.workers, limits=limits)
        self._documents: dict[str, OpenDocument] = {}
        self._turns = Turns(settings.workers, self._leave)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to forget, and start the processes."""
        self._workers.start()
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Forget everything."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        for opened in list(self._documents.values()):
            self.close(opened)
        await asyncio.get_running_loop().run_in_executor(None, lambda: self._workers.close(wait=False))

    def open(self, owner: str, name: str, data: bytes) -> OpenDocument:
        """Open a document and begin to read it.

        Raises:
            Busy: too many are open.
        """
        self._forget()
        held = self._documents.values()
        own = [opened for opened in held if opened.owner == owner]
        size = 2 * len(data)  # what is read of it takes about as much again
        fits = self._places.fits(len(held), len(own), 1)
        if not fits or not self._bytes.fits(
            sum(opened.size for opened in held), sum(opened.size for opened in own), size
        ):
            raise Busy("Too many documents are open on the review page.")
        opened = OpenDocument(owner, name, data)
        self._documents[opened.id] = opened
        self._running[opened.id] = asyncio.create_task(self._read(opened))
        return opened

    async def settled(self, opened: OpenDocument, seconds: float) -> None:
        """Wait until the document was read, but no longer than so long."""
        running = self._running.get(opened.id)
        if running is not None:
            await asyncio.wait([running], timeout=seconds)

    def get(self, owner: str, document_id: str) -> OpenDocument | None:
        """An open document of this owner."""
        opened = self._documents.get(document_id)
        if opened is None or opened.owner != owner:
            return None
        opened.touched = time.monotonic()
        return opened

    def close(self, opened: OpenDocument) -> None:
        """Forget a document; if it is still being read, stop that, unless it ends soon by itself."""
        self._documents.pop(opened.id, None)
        running = self._running.pop(opened.id, None)
        if running is not None:
            running.cancel()

    async def _read(self, opened: OpenDocument) -> None:
        try:
            if not self._turns.take(opened.owner):
                await self._turns.wait(opened.owner)
            leave = partial(self._leave, opened.owner)
            opened.read(await call(self._workers, leave, None, work.read, opened.data, self._config))
            return
        except VnadminError as error:
            opened.error = error
        except (CancelledError, asyncio.CancelledError):
            opened.status = "cancelled"
            return
        finally:
            self._running.pop(opened.id, None)
        opened.status = "failed"
        opened.data = b""  # of no more use

    def _leave(self, owner: str) -> None:
        self._turns.give(owner)
        self._turns.let_in()

    def _forget(self) -> None:
        before = time.monotonic() - 60 * self.settings.keep_minutes
        for opened in list(self._documents.values()):
            if opened.touched < before:
                self.close(opened)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self._forget()
