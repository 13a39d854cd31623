"""The archive of a service, as `client.archive`: search, read, follow, correct."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from vnadmin.client.calls import Call, checked, httpx
from vnadmin.model import AdminDocument

Json: TypeAlias = Any
Values: TypeAlias = dict[str, Json]  # as the reference of the service's addresses has them
_ROOT = "/v1/archive"
_LIMIT = "100"


class Archived(NamedTuple):
    """A document of the archive: its values in force, the number of its last change, and what people said."""

    sha256: str
    revision: int
    document: AdminDocument
    corrections: list[Values]
    questions: int


class Changes(NamedTuple):
    """Documents that changed, each once, as they are now. `next` is what to ask with the next time; `more`: at once."""

    changes: list[Values]
    next: str
    more: bool


class Corrections(NamedTuple):
    """What people said, in the order in which it was written; each row once, by its `id`."""

    corrections: list[Values]
    next: str
    more: bool


class Accesses(NamedTuple):
    """Who read, corrected and exported, in the order in which it was written; `next` also at the end."""

    entries: list[Values]
    next: str


def _send(method: str, path: str, body: Json = None) -> Call:
    if body is None:
        return Call(method, f"{_ROOT}{path}", None)
    return Call(method, f"{_ROOT}{path}", None, {"Content-Type": "application/json"}, json.dumps(body).encode())


def _get(path: str, **asked: str | int | bool) -> Call:
    return Call("GET", f"{_ROOT}{path}", {name: _text(value) for name, value in asked.items()})


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _document(sha256: str, evidence: bool) -> Call:
    return _get(f"/documents/{sha256}", **({"include": "evidence,text"} if evidence else {}))


def _correct(sha256: str, pointer: str, value: Json, revision: int, note: str | None) -> Call:
    headers = {"Content-Type": "application/json", "If-Match": f'"{revision}"'}
    body = json.dumps({"pointer": pointer, "value": value, "note": note}).encode()
    return Call("PUT", f"{_ROOT}/documents/{sha256}/corrections", None, headers, body)


def _undo(sha256: str, pointer: str, revision: int) -> Call:
    asked = {"pointer": pointer}
    return Call("DELETE", f"{_ROOT}/documents/{sha256}/corrections", asked, {"If-Match": f'"{revision}"'})


def _json(response: httpx.Response) -> Json:
    return json.loads(checked(response).content)


def _archived(response: httpx.Response) -> Archived:
    data = _json(response)
    document = AdminDocument.model_validate(data["document"])
    return Archived(data["sha256"], data["revision"], document, data["corrections"], data["questions"])


def _changes(response: httpx.Response) -> Changes:
    return Changes(**_json(response))


def _corrections(response: httpx.Response) -> Corrections:
    return Corrections(**_json(response))


def _accesses(response: httpx.Response) -> Accesses:
    return Accesses(**_json(response))


def _page(name: str, response: httpx.Response) -> tuple[list[Values], str | None]:
    data = _json(response)
    return data[name], data["next"]


class Archive:
    """The archive, by a `Client`: `client.archive`."""

    def __init__(self, send: Callable[[Call], httpx.Response]) -> None:
        self._send = send

    def search(self, q: str = "", *, sort: str = "newest", **chosen: str) -> Iterator[Values]:
        """The documents that a search finds, all of them, page by page; of `sort="best"` the first hundred.

        Args:
            q: as typed on the archive's page.
            chosen: facets, such as `year="2022"`.
        """
        return self._pages("/documents", "documents", q=q, sort=sort, **chosen)

    def document(self, sha256: str, *, evidence: bool = False) -> Archived:
        """A document; its `revision` is what `correct` and `undo` ask for."""
        return _archived(self._send(_document(sha256, evidence)))

    def text(self, sha256: str) -> str:
        """Its text."""
        return checked(self._send(_get(f"/documents/{sha256}/text"))).text

    def file(self, sha256: str) -> bytes:
        """Its file."""
        return checked(self._send(_get(f"/documents/{sha256}/file"))).content

    def correct(self, sha256: str, pointer: str, value: Json, *, revision: int, note: str | None = None) -> int:
        """Set or confirm a value; the document's new revision.

        Raises:
            ServiceRefused: `changed_meanwhile` where the document is not as it was at `revision`. After a connection that
                broke off it may be one's own change: read the document again.
        """
        return int(_json(self._send(_correct(sha256, pointer, value, revision, note)))["revision"])

    def undo(self, sha256: str, pointer: str, *, revision: int) -> int:
        """Go back to what the machine read; the document's new revision."""
        return int(_json(self._send(_undo(sha256, pointer, revision)))["revision"])

    def history(self, sha256: str) -> list[Values]:
        """What people said of a document, the newest first."""
        return list(_json(self._send(_get(f"/documents/{sha256}/corrections")))["corrections"])

    def changes(self, updated_since: str = "", *, limit: int = 100) -> Changes:
        """Documents that changed since an answer's `next`; without it all there are."""
        return _changes(self._send(_get("/changes", updated_since=updated_since, limit=limit)))

    def corrections(self, after: str = "", *, limit: int = 100) -> Corrections:
        """What people said since an answer's `next`; without it from the beginning."""
        return _corrections(self._send(_get("/corrections", after=after, limit=limit)))

    def access(self, after: str = "", *, since: str = "", until: str = "", limit: int = 1000) -> Accesses:
        """The log of access behind an answer's `next`, of a time; needs the scope `admin`. Each look adds an entry."""
        return _accesses(self._send(_get("/access", after=after, since=since, until=until, limit=limit)))

    def tasks(self, *, when: str = "ahead", **asked: str) -> Iterator[Values]:
        """The tasks that documents give: `ahead`, `past`, `undated`, `done` or `none`; `who`, `day`, `q` and facets narrow them."""
        return self._pages("/tasks", "tasks", when=when, **asked)

    def questions(self, sha256: str = "") -> Iterator[Values]:
        """Doubtful values that nobody has looked at, of all documents or of one."""
        return self._pages("/questions", "questions", sha256=sha256)

    def runs(self) -> Values:
        """The passes that put doubtful readings right (`runs`, the newest first), and whether one `waits` or runs."""
        return dict(_json(self._send(_get("/reconcile/runs"))))

    def reconcile(self) -> Values:
        """Ask for such a pass; needs the scope `admin`. `runs` tells its end."""
        return dict(_json(self._send(_send("POST", "/reconcile/runs"))))

    def undo_run(self, run: int) -> int:
        """Take back what a pass made; how many readings. Needs the scope `admin`."""
        return int(_json(self._send(_send("DELETE", f"/reconcile/runs/{run}")))["changes"])

    def redo_run(self, run: int) -> int:
        """Let it hold again; how many readings. Needs the scope `admin`."""
        return int(_json(self._send(_send("PUT", f"/reconcile/runs/{run}")))["changes"])

    def put_right(self, **asked: str | int) -> Iterator[Values]:
        """Readings that the archive's other documents put right, each with its witness; of one `run` or `sha256`."""
        return self._pages("/reconcile/changes", "changes", **{name: str(value) for name, value in asked.items()})

    def webhook(self, url: str) -> Values:
        """Be told at an address that the archive changed: within seconds, signed, until it was taken. One for each key."""
        return dict(_json(self._send(_send("PUT", "/webhook", {"url": url}))))

    def end_webhook(self) -> None:
        """Be told no more."""
        checked(self._send(_send("DELETE", "/webhook")))

    def audits(self) -> list[Values]:
        """All audits, the newest first."""
        return list(_json(self._send(_get("/audits")))["audits"])

    def draw_audit(self, **plan: Json) -> Values:
        """Draw an audit: `half_width`, `expect`, `fields`, `issuer`, `kind`, `year`, `seed`; people review it in the browser."""
        return dict(_json(self._send(_send("POST", "/audits", plan))))

    def audit(self, number: int) -> Values:
        """What an audit shows so far: accuracy by field with intervals."""
        return dict(_json(self._send(_get(f"/audits/{number}"))))

    def _pages(self, path: str, name: str, **asked: str) -> Iterator[Values]:
        after: str | None = ""
        while after is not None:
            found, after = _page(name, self._send(_get(path, after=after, limit=_LIMIT, **asked)))
            yield from found


class AsyncArchive:
    """The same as `Archive`, by an `AsyncClient`."""

    def __init__(self, send: Callable[[Call], Awaitable[httpx.Response]]) -> None:
        self._send = send

    def search(self, q: str = "", *, sort: str = "newest", **chosen: str) -> AsyncIterator[Values]:
        """As `Archive.search`."""
        return self._pages("/documents", "documents", q=q, sort=sort, **chosen)

    async def document(self, sha256: str, *, evidence: bool = False) -> Archived:
        """As `Archive.document`."""
        return _archived(await self._send(_document(sha256, evidence)))

    async def text(self, sha256: str) -> str:
        """As `Archive.text`."""
        return checked(await self._send(_get(f"/documents/{sha256}/text"))).text

    async def file(self, sha256: str) -> bytes:
        """As `Archive.file`."""
        return checked(await self._send(_get(f"/documents/{sha256}/file"))).content

    async def correct(self, sha256: str, pointer: str, value: Json, *, revision: int, note: str | None = None) -> int:
        """As `Archive.correct`."""
        return int(_json(await self._send(_correct(sha256, pointer, value, revision, note)))["revision"])

    async def undo(self, sha256: str, pointer: str, *, revision: int) -> int:
        """As `Archive.undo`."""
        return int(_json(await self._send(_undo(sha256, pointer, revision)))["revision"])

    async def history(self, sha256: str) -> list[Values]:
        """As `Archive.history`."""
        return list(_json(await self._send(_get(f"/documents/{sha256}/corrections")))["corrections"])

    async def changes(self, updated_since: str = "", *, limit: int = 100) -> Changes:
        """As `Archive.changes`."""
        return _changes(await self._send(_get("/changes", updated_since=updated_since, limit=limit)))

    async def corrections(self, after: str = "", *, limit: int = 100) -> Corrections:
        """As `Archive.corrections`."""
        return _corrections(await self._send(_get("/corrections", after=after, limit=limit)))

    async def access(self, after: str = "", *, since: str = "", until: str = "", limit: int = 1000) -> Accesses:
        """As `Archive.access`."""
        return _accesses(await self._send(_get("/access", after=after, since=since, until=until, limit=limit)))

    def tasks(self, *, when: str = "ahead", **asked: str) -> AsyncIterator[Values]:
        """As `Archive.tasks`."""
        return self._pages("/tasks", "tasks", when=when, **asked)

    def questions(self, sha256: str = "") -> AsyncIterator[Values]:
        """As `Archive.questions`."""
        return self._pages("/questions", "questions", sha256=sha256)

    async def runs(self) -> Values:
        """The passes that put doubtful readings right (`runs`, the newest first), and whether one `waits` or runs."""
        return dict(_json(await self._send(_get("/reconcile/runs"))))

    async def reconcile(self) -> Values:
        """Ask for such a pass; needs the scope `admin`. `runs` tells its end."""
        return dict(_json(await self._send(_send("POST", "/reconcile/runs"))))

    async def undo_run(self, run: int) -> int:
        """Take back what a pass made; how many readings. Needs the scope `admin`."""
        return int(_json(await self._send(_send("DELETE", f"/reconcile/runs/{run}")))["changes"])

    async def redo_run(self, run: int) -> int:
        """Let it hold again; how many readings. Needs the scope `admin`."""
        return int(_json(await self._send(_send("PUT", f"/reconcile/runs/{run}")))["changes"])

    def put_right(self, **asked: str | int) -> AsyncIterator[Values]:
        """Readings that the archive's other documents put right, each with its witness; of one `run` or `sha256`."""
        return self._pages("/reconcile/changes", "changes", **{name: str(value) for name, value in asked.items()})

    async def webhook(self, url: str) -> Values:
        """Be told at an address that the archive changed: within seconds, signed, until it was taken. One for each key."""
        return dict(_json(await self._send(_send("PUT", "/webhook", {"url": url}))))

    async def end_webhook(self) -> None:
        """Be told no more."""
        checked(await self._send(_send("DELETE", "/webhook")))

    async def audits(self) -> list[Values]:
        """All audits, the newest first."""
        return list(_json(await self._send(_get("/audits")))["audits"])

    async def draw_audit(self, **plan: Json) -> Values:
        """Draw an audit: `half_width`, `expect`, `fields`, `issuer`, `kind`, `year`, `seed`; people review it in the browser."""
        return dict(_json(await self._send(_send("POST", "/audits", plan))))

    async def audit(self, number: int) -> Values:
        """What an audit shows so far: accuracy by field with intervals."""
        return dict(_json(await self._send(_get(f"/audits/{number}"))))

    async def _pages(self, path: str, name: str, **asked: str) -> AsyncIterator[Values]:
        after: str | None = ""
        while after is not None:
            found, after = _page(name, await self._send(_get(path, after=after, limit=_LIMIT, **asked)))
            for one in found:
                yield one
