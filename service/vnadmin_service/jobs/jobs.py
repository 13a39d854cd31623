"""Jobs: add, look at, cancel, forget. Everything that waits for the database runs in threads."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from dbos import DBOS, SetWorkflowID, WorkflowStatus
from dbos import error as dbos_error
from sqlalchemy.exc import SQLAlchemyError

from vnadmin.errors import WorkerLost
from vnadmin.process.pool import Workers
from vnadmin_service.jobs.files import Job, JobFiles
from vnadmin_service.jobs.flow import JobRunner
from vnadmin_service.logs import adopt_queue, log
from vnadmin_service.metrics import Metrics
from vnadmin_service.problems import Busy, InternalError, JobsUnavailable
from vnadmin_service.settings import Settings
from vnadmin_service.shares import Shares
from vnadmin_service.webhooks.messenger import Messenger
from vnadmin_service.webhooks.subscriptions import Subscriptions
from vnadmin_service.webhooks.table import WebhookTable
from vnadmin_service.work import Upload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_QUEUE = "vnadmin-jobs"
_CLEAN_SECONDS = 600.0
_TEND_SECONDS = 10.0
_TRIES = 5  # of a job whose workflow broke off by a fault of the database
_POLL_SECONDS = 1.0  # asking takes 3 ms, during which the event loop waits: four times a second was a tenth of its work


class Jobs:
    """The queue of one service. DBOS is one for a process, so there is one `Jobs` at a time."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self._workers = Workers(settings.job_workers, limits=settings.limits(settings.job_seconds))
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="jobs")
        self._metrics = metrics
        self._shares = Shares(settings.job_waiting, settings.keys)
        self._live = 0
        self._tries: Counter[str] = Counter()
        self._left: set[str] = set()
        self._messenger: Messenger | None = None
        self._subscriptions: Subscriptions | None = None
        self._cleaning: asyncio.Task[None] | None = None
        self._tending: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the database and take up what a stop or a crash left unfinished."""
        await self._in_thread(self._launch)
        if self._settings.webhook_secret is not None:
            self._messenger = Messenger(WebhookTable(self._files.engine), self._settings, self._metrics)
        self._cleaning = asyncio.create_task(self._clean())
        self._tending = asyncio.create_task(self._tend_often())

    def subscriptions(self) -> Subscriptions:
        """Who is told of the archive's changes: beside the jobs, in their database. Not for the event loop."""
        if self._subscriptions is None:
            self._subscriptions = Subscriptions(self._files.engine)
        return self._subscriptions

    async def stop(self) -> None:
        """Give running work back to the queue."""
        if self._cleaning is not None:
            self._cleaning.cancel()
        if self._tending is not None:
            self._tending.cancel()
        if self._messenger is not None:
            self._messenger.close()
        self._runner.stop.set()
        await self._in_thread(partial(self._workers.close, wait=False))
        await self._in_thread(partial(DBOS.destroy, workflow_completion_timeout_sec=0))
        self._files.close()
        self._threads.shutdown()

    async def add(self, owner: str, upload: Upload, webhook: str | None = None, request_id: str = "") -> str:
        """Queue a document; its job's id, once it is kept so that no crash loses it. `webhook` is told of its end.

        Raises:
            Busy: too many jobs wait.
            JobsUnavailable: the database does not answer.
        """
        return await self._in_thread(self._add, owner, upload, webhook, request_id)

    async def get(self, owner: str, job: str) -> Job | None:
        """A job of this owner."""
        found = await self._in_thread(self._files.get, job)
        return found if found is not None and found.owner == owner else None

    async def listed(self, owner: str, limit: int, after: tuple[float, str] | None, status: str | None) -> list[Job]:
        """Jobs of this owner, the newest first."""
        return await self._in_thread(self._files.listed, owner, limit, after, status)

    async def document(self, job: str) -> bytes | None:
        """The whole document of a job that is done, as JSON."""
        return await self._in_thread(self._files.document, job)

    async def remove(self, job: str) -> None:
        """Cancel a job that has not ended; forget it and its document in any case."""
        await self._in_thread(self._remove, job)

    async def ping(self) -> None:
        """Fail if the queue cannot be reached."""
        await self._in_thread(self._files.ping)

    def waiting(self) -> int:
        """Jobs that wait or run, as last counted."""
        return self._live

    async def _in_thread(self, function: Callable[..., T], *args: object) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, partial(function, *args))
        except (SQLAlchemyError, dbos_error.DBOSException) as error:
            log.error("jobs unavailable", error=type(error).__name__)
            raise JobsUnavailable from None

    def _launch(self) -> None:
        settings = self._settings
        if settings.database_url is None:
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            for held in settings.jobs_file.parent.glob(f"{settings.jobs_file.name}*"):
                held.chmod(0o600)  # of a version that left them to the umask
            settings.jobs_file.touch(mode=0o600)  # SQLite gives the files beside it the same rights
        self._files = JobFiles(settings.jobs_url)
        DBOS(
            config={
                "name": "vnadmin",
                "system_database_url": settings.jobs_url,
                "application_version": "1",  # of the job, not of vnadmin: jobs survive an upgrade
                "executor_id": settings.machine,
                "log_level": "WARNING",
                "enable_otlp": False,
            }
        )
        self._runner = JobRunner(self._files, self._workers, settings.config(), self._metrics, self._told)
        DBOS.launch()
        adopt_queue()
        self._queue = DBOS.register_queue(
            _QUEUE,
            worker_concurrency=settings.job_workers,
            polling_interval_sec=_POLL_SECONDS,
            on_conflict="always_update",
        )
        for job in self._files.waiting():  # of a stop between keeping a job and queueing it; else it is queued already
            self._enqueue(job)
        self._live = self._files.live()

    def _enqueue(self, job: str) -> None:
        with SetWorkflowID(job):
            self._queue.enqueue(self._runner.parse_job, job)

    def _add(self, owner: str, upload: Upload, webhook: str | None, request_id: str) -> str:
        self._live, own = self._files.live(), self._files.live(owner)
        if not self._shares.fits(self._live, own, 1):
            raise Busy("Too many jobs are waiting.")
        job = uuid.uuid4().hex
        self._files.add(job, owner, upload.kind, upload.name, upload.data, webhook, request_id)
        self._enqueue(job)
        self._live += 1
        return job

    def _told(self) -> None:
        if self._messenger is not None:
            self._messenger.wake()

    def _remove(self, job: str) -> None:
        if self._files.cancel(job):
            DBOS.cancel_workflow(job)
            self._told()
        else:
            self._files.delete(job)

    async def _clean(self) -> None:
        """Forget jobs that ended long ago."""
        while True:
            try:
                for job in await self._in_thread(
                    self._files.expired, time.time() - 3600 * self._settings.job_keep_hours
                ):
                    await self._in_thread(self._forget, job)
            except JobsUnavailable:
                pass  # logged; tried again in the next round
            await asyncio.sleep(_CLEAN_SECONDS)

    async def _tend_often(self) -> None:
        while True:
            await asyncio.sleep(_TEND_SECONDS)
            with suppress(JobsUnavailable):  # logged; tried again in the next round
                await self._in_thread(self._tend)

    def _tend(self) -> None:
        """See that every job that has not ended is in the queue or worked on, whatever the database missed meanwhile."""
        live = self._files.live_ids()
        self._live = len(live)
        idle = [job for job in live if job not in self._runner.active]
        found = DBOS.list_workflows(workflow_ids=idle, load_input=False, load_output=False) if idle else []
        states = {state.workflow_id: state for state in found}
        left = {job for job in idle if self._tend_one(job, states.get(job))}
        for job in left & self._left:  # PENDING twice, and nobody works on it
            DBOS.resume_workflow(job, queue_name=_QUEUE)
        self._left = left - self._left

    def _tend_one(self, job: str, state: WorkflowStatus | None) -> bool:
        """Whether DBOS takes the job for one that runs here."""
        if state is not None and state.executor_id != self._settings.machine:
            return False
        if state is not None and state.status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
            # it took the whole service with it again and again
            self._files.failed(job, WorkerLost.code, "", WorkerLost.advice)
        elif state is None or state.status in ("ERROR", "SUCCESS"):
            self._tries[job] += 1
            if self._tries[job] > _TRIES:
                self._files.failed(job, InternalError.code, "", InternalError.advice)
            else:
                if state is not None:
                    DBOS.delete_workflow(job)
                self._enqueue(job)
        return state is not None and state.status == "PENDING"

    def _forget(self, job: str) -> None:
        self._files.delete(job)
        DBOS.delete_workflows([job])
