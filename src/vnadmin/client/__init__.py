"""Client and AsyncClient: the service's answers as the library's own types; waits and tries again when it is busy.

Needs the extra: pip install 'vnadmin[client]'
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnadmin.client.archive import Accesses, Archive, Archived, AsyncArchive, Changes, Corrections
from vnadmin.client.calls import (
    Call,
    RetryTransport,
    ServiceRefused,
    ServiceUnreachable,
    checked,
    error_of,
    httpx,
    retry_of,
    settings_of,
    unreachable,
)
from vnadmin.config import DEFAULT
from vnadmin.errors import VnadminError
from vnadmin.held import Source, read_bytes
from vnadmin.model import AdminDocument

__all__ = [
    "Accesses",
    "Archive",
    "Archived",
    "AsyncArchive",
    "AsyncClient",
    "Changes",
    "Client",
    "Corrections",
    "JobState",
    "ServiceRefused",
    "ServiceUnreachable",
]
_ASYNC = {"Prefer": "respond-async"}


@dataclass(frozen=True, slots=True)
class JobState:
    """A job as the service last told of it. `document` is there once `status` is `done`, `error` where it is `failed`."""

    id: str
    status: str
    pages_done: int
    pages_total: int | None
    document: AdminDocument | None = None
    error: VnadminError | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in ("done", "failed", "cancelled")


def _include(evidence: bool) -> dict[str, str]:
    return {"include": "evidence,text"} if evidence else {}


def _parse_call(source: Source, evidence: bool, queued: bool = False, webhook: str | None = None) -> Call:
    told = {"X-Webhook-Url": webhook} if webhook else {}
    headers = {"Content-Type": "application/octet-stream", **(_ASYNC if queued else {}), **told}
    return Call("POST", "/v1/parse", _include(evidence), headers, read_bytes(source, DEFAULT))


def _batch_call(
    sources: Iterable[Source], evidence: bool
) -> tuple[Call | None, list[tuple[str, AdminDocument | VnadminError]]]:
    """The request, if anything can be sent; and those sources that cannot even be read here."""
    files: list[tuple[str, tuple[str, bytes, str]]] = []
    unreadable: list[tuple[str, AdminDocument | VnadminError]] = []
    for index, source in enumerate(sources):
        name = str(source) if isinstance(source, str | Path) else str(index)
        try:
            files.append(("file", (name, read_bytes(source, DEFAULT), "application/octet-stream")))
        except VnadminError as error:
            unreadable.append((name, error))
    return (Call("POST", "/v1/parse/batch", _include(evidence), files=files) if files else None), unreadable


def _document(response: httpx.Response) -> AdminDocument:
    return AdminDocument.model_validate_json(checked(response).content)


def _job(response: httpx.Response) -> JobState:
    return _state(json.loads(checked(response).content))


def _jobs_call(status: str | None, after: str) -> Call:
    return Call("GET", "/v1/jobs", {"limit": "100", "after": after, **({"status": status} if status else {})})


def _job_page(response: httpx.Response) -> tuple[list[JobState], str | None]:
    data = json.loads(checked(response).content)
    return [_state(one) for one in data["jobs"]], data["next"]


def _state(data: Mapping[str, Any]) -> JobState:
    trouble = data["problem"]
    return JobState(
        id=data["id"],
        status=data["status"],
        pages_done=data["pages"]["done"],
        pages_total=data["pages"]["total"],
        document=None if data.get("document") is None else AdminDocument.model_validate(data["document"]),
        error=None if trouble is None else error_of(trouble["status"], json.dumps(trouble).encode()),
    )


def _line(line: str) -> tuple[str, AdminDocument | VnadminError]:
    data = json.loads(line)
    if "problem" in data:
        return data["file"], error_of(data["status"], json.dumps(data["problem"]).encode())
    return data["file"], AdminDocument.model_validate(data["document"])


def _outcome(job: JobState) -> AdminDocument:
    if job.document is not None:
        return job.document
    raise job.error or ServiceRefused(f"The job was {job.status}.")


class Client:
    """A service of vnadmin.

    Usage:
        with Client("http://127.0.0.1:8000") as client:
            document = client.parse("cong-van.pdf")
    """

    def __init__(
        self,
        url: str,
        *,
        api_key: str | None = None,
        timeout: float = 150.0,
        attempts: int = 6,
        longest_wait: float = 30.0,
    ) -> None:
        """
        Args:
            url: where the service is.
            api_key: the key, where the service asks for one.
            timeout: seconds to wait for an answer.
            attempts: how often to send a request while the service says 429 or 503 and when to come back, or while it
                cannot be reached; the waits grow, and Retry-After is honoured.
            longest_wait: seconds that one wait may last, whatever Retry-After says.
        """
        transport = RetryTransport(httpx.HTTPTransport(), retry_of(attempts, longest_wait, asynchronous=False))
        self.archive = Archive(self._send)  # search, read, follow, correct
        self._http = httpx.Client(transport=transport, **settings_of(url, api_key, timeout))

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def parse(self, source: Source, *, evidence: bool = True) -> AdminDocument:
        """Read a document, as `vnadmin.parse` does; without `evidence` the answer is smaller.

        Raises:
            VnadminError: the same errors as of `vnadmin.parse`; ServiceRefused and ServiceUnreachable besides.
        """
        return _document(self._send(_parse_call(source, evidence)))

    def parse_batch(
        self, sources: Iterable[Source], *, evidence: bool = True
    ) -> Iterator[tuple[str, AdminDocument | VnadminError]]:
        """Each source (its path, or its place in the list) with its document or its error, as each is done."""
        call, unreadable = _batch_call(sources, evidence)
        yield from unreadable
        if call is None:
            return
        try:
            with self._http.stream(call.method, call.path, **call.arguments()) as response:
                if response.status_code >= 400:
                    raise error_of(response.status_code, response.read())
                for line in response.iter_lines():
                    yield _line(line)
        except httpx.HTTPError as error:
            raise unreachable(error) from error

    def submit(self, source: Source, *, evidence: bool = True, webhook: str | None = None) -> JobState:
        """Queue a document, such as a scan of many pages; `webhook` is an address that is told of its end."""
        return _job(self._send(_parse_call(source, evidence=evidence, queued=True, webhook=webhook)))

    def jobs(self, status: str | None = None) -> Iterator[JobState]:
        """The jobs of this key, the newest first, without their documents; those in one state, if it is named."""
        after: str | None = ""
        while after is not None:
            states, after = _job_page(self._send(_jobs_call(status, after)))
            yield from states

    def job(self, job_id: str, *, evidence: bool = True) -> JobState:
        """How far a job is, and its document once it is done."""
        return _job(self._send(Call("GET", f"/v1/jobs/{job_id}", _include(evidence))))

    def jobs_until_ended(self, job_id: str, *, every: float = 1.0) -> Iterator[JobState]:
        """The job again and again, for showing progress; the last one has ended."""
        while True:
            state = self.job(job_id)
            yield state
            if state.ended:
                return
            time.sleep(every)

    def wait(self, job_id: str, *, every: float = 1.0) -> AdminDocument:
        """The document of a job, when it is done; its error, if it failed."""
        *_, last = self.jobs_until_ended(job_id, every=every)
        return _outcome(last)

    def cancel(self, job_id: str) -> None:
        """Stop a job, or forget one that has ended."""
        checked(self._send(Call("DELETE", f"/v1/jobs/{job_id}")))

    def _send(self, call: Call) -> httpx.Response:
        try:
            return self._http.request(call.method, call.path, **call.arguments())
        except httpx.HTTPError as error:
            raise unreachable(error) from error


class AsyncClient:
    """The same as `Client`, for asyncio."""

    def __init__(
        self,
        url: str,
        *,
        api_key: str | None = None,
        timeout: float = 150.0,
        attempts: int = 6,
        longest_wait: float = 30.0,
    ) -> None:
        """As for `Client`."""
        transport = RetryTransport(httpx.AsyncHTTPTransport(), retry_of(attempts, longest_wait, asynchronous=True))
        self.archive = AsyncArchive(self._send)
        self._http = httpx.AsyncClient(transport=transport, **settings_of(url, api_key, timeout))

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def parse(self, source: Source, *, evidence: bool = True) -> AdminDocument:
        """As `Client.parse`."""
        return _document(await self._send(_parse_call(source, evidence)))

    async def parse_batch(
        self, sources: Iterable[Source], *, evidence: bool = True
    ) -> AsyncIterator[tuple[str, AdminDocument | VnadminError]]:
        """As `Client.parse_batch`."""
        call, unreadable = _batch_call(sources, evidence)
        for outcome in unreadable:
            yield outcome
        if call is None:
            return
        try:
            async with self._http.stream(call.method, call.path, **call.arguments()) as response:
                if response.status_code >= 400:
                    raise error_of(response.status_code, await response.aread())
                async for line in response.aiter_lines():
                    yield _line(line)
        except httpx.HTTPError as error:
            raise unreachable(error) from error

    async def submit(self, source: Source, *, evidence: bool = True, webhook: str | None = None) -> JobState:
        """As `Client.submit`."""
        return _job(await self._send(_parse_call(source, evidence=evidence, queued=True, webhook=webhook)))

    async def jobs(self, status: str | None = None) -> AsyncIterator[JobState]:
        """As `Client.jobs`."""
        after: str | None = ""
        while after is not None:
            states, after = _job_page(await self._send(_jobs_call(status, after)))
            for state in states:
                yield state

    async def job(self, job_id: str, *, evidence: bool = True) -> JobState:
        """As `Client.job`."""
        return _job(await self._send(Call("GET", f"/v1/jobs/{job_id}", _include(evidence))))

    async def wait(self, job_id: str, *, every: float = 1.0) -> AdminDocument:
        """As `Client.wait`."""
        while not (state := await self.job(job_id)).ended:
            await asyncio.sleep(every)
        return _outcome(state)

    async def cancel(self, job_id: str) -> None:
        """As `Client.cancel`."""
        checked(await self._send(Call("DELETE", f"/v1/jobs/{job_id}")))

    async def _send(self, call: Call) -> httpx.Response:
        try:
            return await self._http.request(call.method, call.path, **call.arguments())
        except httpx.HTTPError as error:
            raise unreachable(error) from error
