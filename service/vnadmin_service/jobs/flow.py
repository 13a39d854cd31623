"""One job as a durable DBOS workflow: the queue runs it, and after a crash runs it again, until its answer is kept."""

from __future__ import annotations

import tempfile
from concurrent.futures import CancelledError, Future
from concurrent.futures import wait as wait_for
from pathlib import Path
from typing import cast

from dbos import DBOS, DBOSConfiguredInstance

from vnadmin import Config, VnadminError
from vnadmin.process.pool import ENDED, Workers, why
from vnadmin.process.progress import read_progress
from vnadmin_service.jobs.files import JobFiles
from vnadmin_service.jobs.work import Parsed, parse_job
from vnadmin_service.logs import log
from vnadmin_service.metrics import Metrics
from vnadmin_service.work import Kind, Upload

_LOOK_SECONDS = 0.5  # how often progress is noted and a cancelled job noticed


class _Stopping(BaseException):
    """The service stops: the workflow leaves without an outcome. No Exception, which DBOS would record as one."""


@DBOS.dbos_class()
class JobRunner(DBOSConfiguredInstance):
    """What a queued job needs. DBOS finds it again by its name when it takes up unfinished jobs after a restart."""

    def __init__(self, files: JobFiles, workers: Workers, config: Config, metrics: Metrics) -> None:
        super().__init__(config_name="vnadmin")
        self._files = files
        self._workers = workers
        self._config = config
        self._metrics = metrics
        self.stopping = False

    @DBOS.workflow(name="vnadmin.parse_job", max_recovery_attempts=5)
    def parse_job(self, job: str) -> str:
        """Parse the document of a job in a worker process and keep the answer. Safe to run again at any point."""
        if not self._files.run(job):
            return "ended before"  # cancelled while it waited, or killed between keeping the answer and being told so
        found = self._files.upload(job)
        if found is None:
            return "ended before"
        kind, name, data = found
        with tempfile.TemporaryDirectory(prefix="vnadmin-job-") as folder:
            note = Path(folder) / "progress"
            try:
                parsed = self._watched(job, note, Upload(data, cast(Kind, kind), name))
            except VnadminError as error:
                return self._ended(job, "failed", self._files.failed(job, error.code, error.detail, error.hint))
            except CancelledError:
                return self._ended(job, "cancelled", True)
            except Exception:  # noqa: BLE001  the boundary of a job: a fault ends it with an answer, never without one
                log.error("fault", job=job, exc_info=True)
                return self._ended(job, "failed", self._files.failed(job, "internal_error", "", ""))
        return self._ended(job, "done", self._files.done(job, parsed.document, parsed.pages))

    def _watched(self, job: str, note: Path, upload: Upload) -> Parsed:
        """Wait for the worker; meanwhile pass on its progress, and stop it if the job is cancelled (anywhere)."""
        future: Future[object] = self._workers.run(parse_job, upload, self._config, str(note))
        shown = (0, 0)
        while not wait_for([future], timeout=_LOOK_SECONDS).done:
            if self.stopping:
                break
            row = self._files.get(job)
            if row is None or row.status == "cancelled":
                self._workers.cancel(future)
                raise CancelledError
            progress = read_progress(note)
            if progress != shown:
                self._files.progress(job, *progress)
                shown = progress
        if self.stopping and not (future.done() and future.exception() is None):
            raise _Stopping  # the job stays pending, and is taken up after the restart
        return _outcome(future)

    def _ended(self, job: str, status: str, written: bool) -> str:
        if written:
            self._metrics.jobs.labels(status).inc()
            log.info("job ended", job=job, status=status)
        return status


def _outcome(future: Future[object]) -> Parsed:
    try:
        return cast(Parsed, future.result())
    except ENDED as error:
        raise why(error) from None
