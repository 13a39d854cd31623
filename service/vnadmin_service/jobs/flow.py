"""One job as a durable DBOS workflow: the queue runs it, and after a crash runs it again, until its answer is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import wait as wait_for
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TypeVar, cast

from dbos import DBOS, DBOSConfiguredInstance
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from vnadmin import Config, VnadminError
from vnadmin.process.pool import ENDED, Workers, why
from vnadmin.process.progress import read_progress
from vnadmin_service.jobs.files import JobFiles
from vnadmin_service.jobs.patience import patiently
from vnadmin_service.jobs.work import Parsed, parse_job
from vnadmin_service.logs import log
from vnadmin_service.metrics import Metrics
from vnadmin_service.problems import InternalError
from vnadmin_service.work import Kind, Upload

T = TypeVar("T")
_LOOK_SECONDS = 0.5  # how often progress is noted and a cancelled job noticed


class _Stopping(BaseException):
    """The service stops: the workflow leaves without an outcome. No Exception, which DBOS would record as one."""


@DBOS.dbos_class()
class JobRunner(DBOSConfiguredInstance):
    """What a queued job needs. DBOS finds it again by its name when it takes up unfinished jobs after a restart."""

    def __init__(
        self, files: JobFiles, workers: Workers, config: Config, metrics: Metrics, told: Callable[[], None]
    ) -> None:
        super().__init__(config_name="vnadmin")
        self._files = files
        self._workers = workers
        self._config = config
        self._metrics = metrics
        self._told = told  # that a job has ended
        self.active: set[str] = set()  # jobs that a thread of this process works on
        self.stop = Event()

    @DBOS.workflow(name="vnadmin.parse_job", max_recovery_attempts=5)
    def parse_job(self, job: str) -> str:
        """Parse the document of a job in a worker process and keep the answer. Safe to run again at any point."""
        self.active.add(job)
        try:
            return self._parse(job)
        except (DBAPIError, PoolTimeout):
            if self.stop.is_set():
                raise _Stopping from None
            raise
        finally:
            self.active.discard(job)

    def _parse(self, job: str) -> str:
        if not self._ask(self._files.run, job):
            return "ended before"  # cancelled while it waited, or killed between keeping the answer and being told so
        found = self._ask(self._files.upload, job)
        if found is None:
            return "ended before"
        kind, name, data = found
        with tempfile.TemporaryDirectory(prefix="vnadmin-job-") as folder:
            note = Path(folder) / "progress"
            try:
                parsed = self._watched(job, note, Upload(data, cast(Kind, kind), name))
            except VnadminError as error:
                return self._ended(
                    job, "failed", self._ask(self._files.failed, job, error.code, error.detail, error.hint)
                )
            except CancelledError:
                return self._ended(job, "cancelled", True)
            except Exception:  # noqa: BLE001  the boundary of a job: a fault ends it with an answer, never without one
                log.error("fault", job=job, exc_info=True)
                return self._ended(job, "failed", self._ask(self._files.failed, job, InternalError.code, "", ""))
        return self._ended(job, "done", self._ask(self._files.done, job, parsed.document, parsed.pages))

    def _ask(self, function: Callable[..., T], *args: object) -> T:
        return patiently(function, *args, stop=self.stop)

    def _watched(self, job: str, note: Path, upload: Upload) -> Parsed:
        """Wait for the worker; meanwhile pass on its progress, and stop it if the job is cancelled (anywhere)."""
        future: Future[object] = self._workers.run(parse_job, upload, self._config, str(note))
        shown = (0, 0)
        while not wait_for([future], timeout=_LOOK_SECONDS).done:
            if self.stop.is_set():
                break
            progress = read_progress(note)
            with suppress(DBAPIError, PoolTimeout):  # looked at again in a moment
                row = self._files.get(job)
                if row is None or row.status == "cancelled":
                    self._workers.cancel(future)
                    raise CancelledError
                if progress != shown:
                    self._files.progress(job, *progress)
                    shown = progress
        if self.stop.is_set() and not (future.done() and future.exception() is None):
            raise _Stopping  # the job stays pending, and is taken up after the restart
        return _outcome(future)

    def _ended(self, job: str, status: str, written: bool) -> str:
        if written:
            self._metrics.jobs.labels(status).inc()
            log.info("job ended", job=job, status=status)
            self._told()
        return status


def _outcome(future: Future[object]) -> Parsed:
    try:
        return cast(Parsed, future.result())
    except ENDED as error:
        raise why(error) from None
