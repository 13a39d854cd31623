"""Builds a run from its options: which work, which engine, which catalogue; and the facts for its summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from packaging.version import InvalidVersion, Version
from sqlalchemy import Connection, func, select

from vnadmin.config import Config
from vnadmin.errors import SourceNotFound
from vnadmin.index.catalog.connect import catalog_url
from vnadmin.index.catalog.schema import Content, Document, File, Review
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.run.engine import Engine
from vnadmin.index.run.engine_local import LocalEngine
from vnadmin.index.run.ledger import Policy, Read, contents_to_repeat, failed_places, versions_in
from vnadmin.index.run.run import BATCH, batched
from vnadmin.index.run.walk import Seen, Walk, read_list
from vnadmin.index.run.walk_open import MEMBER, is_url, path_of
from vnadmin.process.pool import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for."""

    sources: tuple[str, ...]
    catalog: str
    only: Literal["failed", "older-than"] | None = None
    version: str = ""
    retry: bool = False
    pages: Literal["all", "metadata"] = "all"
    ocr: Literal["auto", "fast", "hybrid", "off"] = "auto"
    jobs: int = 2
    seconds: float = 600.0
    memory_mb: int = 4096
    engine: str = "local"

    @property
    def config(self) -> Config:
        """How each file is read. One page at a time: the pool of workers is parallel enough."""
        return Config(pages=self.pages, ocr=self.ocr, ocr_threads=1)

    @property
    def limits(self) -> Limits:
        memory = self.memory_mb * 1024 * 1024
        if not self.may_be_elsewhere:
            return Limits(self.seconds, memory)
        return Limits(self.seconds, memory, file_bytes=self.config.max_bytes, network=True)  # fsspec may keep copies

    @property
    def may_be_elsewhere(self) -> bool:
        """Whether workers may have to open URLs: a source is one, a list may name one, the catalogue may hold one."""
        return not self.sources or any(name.startswith("@") or is_url(name) for name in self.sources)


def check_sources(options: Options) -> None:
    """Refuse a source that is not there before anything begins.

    Raises:
        SourceNotFound: a folder, file or list that the user named does not exist.
    """
    if not options.sources and options.only is None and not options.retry:
        raise SourceNotFound("Nothing to index.", "Name a folder, a file, a zip archive or a list.")
    for source in options.sources:
        name = source.removeprefix("@")
        if source != "@-" and not is_url(name) and not Path(name).exists():
            raise SourceNotFound(f"There is no {name}.")


def engine_for(options: Options) -> Engine:
    """The engine that was asked for.

    Raises:
        MissingExtra: Ray is not installed.
        EngineUnavailable: the cluster does not answer.
    """
    if options.engine == "local":
        return LocalEngine(options.jobs, options.config, options.limits)
    from vnadmin.index.run.engine_ray import RayEngine

    return RayEngine(options.engine, options.config, options.limits)


def walk_for(options: Options) -> Walk:
    """The walk over the sources; it passes by the catalogue's own files."""
    url = catalog_url(options.catalog)
    own: frozenset[str] = frozenset()
    if url.get_backend_name() == "sqlite" and url.database:
        paths = {str(Path(url.database).absolute()), str(Path(url.database).resolve())}
        own = frozenset(path + end for path in paths for end in ("", "-wal", "-shm", "-journal", ".lock"))
    return Walk(options.sources, own)


def policy_for(writer: Writer, options: Options) -> Policy:
    """Which contents are read again."""
    versions: frozenset[str] = frozenset()
    if options.only == "older-than":
        known = writer.transact(versions_in)
        versions = frozenset(v for v in known if _older(v, options.version))
    retry = options.retry or options.only == "failed"
    return Policy(retry=retry, versions=versions, complete=options.pages == "all")


def work_for(writer: Writer, options: Options, policy: Policy) -> Iterator[list[Seen] | list[Read]]:
    """What the run works off: a walk over the sources, or the part of the ledger that `only` names."""
    walk = walk_for(options)
    if options.only is None and options.sources:
        yield from batched(walk)
        return
    roots = _roots(walk, options)
    yield from _contents(writer, roots, policy)
    if policy.retry:
        yield from _places(writer, walk, roots)


def _contents(writer: Writer, roots: list[str], policy: Policy) -> Iterator[list[Read]]:
    after = ""
    while True:
        page = partial(
            contents_to_repeat, after=after, limit=BATCH, roots=roots, failed=policy.retry, versions=policy.versions
        )
        reads = writer.transact(page) if policy.retry or policy.versions else []
        if not reads:
            return
        after = reads[-1].sha256
        yield [read for read in reads if read.location]


def _places(writer: Writer, walk: Walk, roots: list[str]) -> Iterator[list[Seen]]:
    """Files that could not be opened, walked to again; of a member its whole archive, once."""
    after = ""
    while True:
        paths = writer.transact(partial(failed_places, after=after, limit=BATCH))
        if not paths:
            return
        after = paths[-1]
        wanted = [path for path in paths if not roots or any(_is_below(path, root) for root in roots)]
        outer = dict.fromkeys(path_of(path.partition(MEMBER)[0]) for path in wanted)
        yield from batched(Walk(tuple(outer), walk.skip, walk.zip_limits))


def _roots(walk: Walk, options: Options) -> list[str]:
    listed = [line for source in options.sources if source.startswith("@") for line in read_list(source[1:])]
    return walk.roots() + Walk(tuple(listed)).roots()


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith((root.rstrip("/") + "/", root + MEMBER))


def _older(one: str, other: str) -> bool:
    try:
        return Version(one) < Version(other)
    except InvalidVersion as error:
        raise SourceNotFound(f"{other} is no version of vnadmin.", "Give it like 0.3.0.") from error


def facts(connection: Connection) -> dict[str, int]:
    """What the catalogue holds, for the summary."""

    def count(statement: object) -> int:
        return int(connection.scalar(statement) or 0)  # type: ignore[call-overload]

    placed = select(func.count()).select_from(File).where(File.state == "done")
    dispatches = select(func.count(Document.dispatch_key) - func.count(Document.dispatch_key.distinct()))
    contents = select(func.count(File.sha256.distinct())).where(File.state == "done")
    return {
        "documents": count(select(func.count()).select_from(Document)),
        "copies": count(placed) - count(contents),
        "same_dispatch": count(dispatches),
        "reviews": count(select(func.count()).select_from(Review).where(Review.state == "open")),
        "missing": count(select(func.count()).select_from(File).where(File.state == "missing")),
        "failed": count(select(func.count()).select_from(Content).where(Content.state == "failed"))
        + count(select(func.count()).select_from(File).where(File.state == "failed")),
    }
