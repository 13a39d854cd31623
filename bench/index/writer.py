"""What one document costs the process that writes the catalogue, apart from those that read, and what it takes on the disk.

    python bench/index/writer.py /tmp/tree-1000 [--files 1000] [--catalog /tmp/writer.db | postgresql://…]

Files of the tree (`bench/index/tree.py`) are read here first, as workers do, and packed as they go through the pipe; then
a run of the indexer gets them from an engine that has them all. What is given is processor time of this process, so that
a busy machine hardly changes it (PostgreSQL's own is not seen). The catalogue must be empty.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import deque
from pathlib import Path

from sqlalchemy import Connection, text

from vnadmin.config import Config
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.run.engine import Answer, Job
from vnadmin.index.run.ledger import Policy
from vnadmin.index.run.run import GATHER, Indexer, Tally, batched
from vnadmin.index.run.walk import Seen, Walk
from vnadmin.index.run.worker import Fingerprint, Reading, fingerprint, read
from vnadmin.process.wire import Inbox, pack, unpack

SIZES = {
    "sqlite": "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC",
    "postgresql": "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC",
}
WORKERS = 2


class Replay:
    """An `Engine` of workers that have read everything before."""

    slots = WORKERS

    def __init__(self, seen: list[Seen], config: Config) -> None:
        self._asked: deque[Job] = deque()
        self._prints: dict[str, Fingerprint] = {}
        self._messages: dict[str, bytes] = {}
        for one in fingerprint(tuple(one.location for one in seen), config):
            self._prints[one.location] = one
            for content in one.inside or (one,):
                if content.sha256 and content.sha256 not in self._messages:
                    reading = read(content.location, content.sha256, config)
                    self._messages[content.sha256] = bytes(pack((True, reading, "")))
        self.unpacking = 0.0

    @property
    def bytes(self) -> int:
        """What went through the pipe."""
        return sum(map(len, self._messages.values()))

    def submit(self, job: Job) -> None:
        self._asked.append(job)

    def finished(self, seconds: float, at_least: int) -> list[tuple[Job, Answer]]:
        jobs = [self._asked.popleft() for _ in range(min(GATHER * WORKERS, len(self._asked)))]
        return [(job, self._answer(job)) for job in jobs]

    def _answer(self, job: Job) -> Answer:
        if job.kind == "fingerprint":
            return [self._prints[location] for location in job.locations]
        began = time.process_time()
        message = Inbox().feed(self._messages[job.sha256])
        answer = unpack(message).get() if message is not None else None
        self.unpacking += time.process_time() - began
        assert isinstance(answer, Reading)
        return answer

    def close(self, *, kill: bool) -> None:
        self._asked.clear()


class Silent:
    """Is told what happens, and tells nobody."""

    def settled(self, reading: Reading) -> None: ...

    def refused(self, location: str, code: str, detail: str) -> None: ...

    def turn(self, tally: Tally) -> None: ...


def sizes(connection: Connection, documents: int) -> None:
    print("\n| table or index | kB a document |\n|---|---|")
    found = connection.execute(text(SIZES[connection.dialect.name])).all()
    for name, size in itertools.takewhile(lambda row: row[1] > 100 * documents, found):
        print(f"| {name} | {size / documents / 1000:.2f} |")
    print(f"| all | {sum(size for _, size in found) / documents / 1000:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--catalog", default="/tmp/vnadmin-writer.db")
    options = parser.parse_args()
    seen = [one for one in itertools.islice(Walk((str(options.tree),)), options.files) if not one.error]
    began = time.process_time()
    workers = Replay(seen, Config(ocr_threads=1))
    reading = time.process_time() - began
    engine = open_catalog(options.catalog)
    indexer = Indexer(Writer(engine), workers, Silent(), version="bench", policy=Policy())
    began = time.process_time()
    tally = indexer.run([str(options.tree)], batched(iter(seen)), [])
    spent = time.process_time() - began
    if not tally.done:
        sys.exit("nothing was read: is the catalogue empty?")
    with engine.connect() as connection:
        print(
            f"{tally.seen} files, {tally.done} documents, {workers.bytes / tally.done / 1000:.1f} kB through the pipe for each\n"
        )
        print("| stage | ms of CPU a document |\n|---|---|")
        print(f"| a worker: fingerprint, parse, rows, line of terms | {1000 * reading / tally.done:.2f} |")
        print(f"| the writer: taken from the pipe | {1000 * workers.unpacking / tally.done:.2f} |")
        print(
            f"| the writer: ledger, documents, search index | {1000 * (spent - workers.unpacking) / tally.done:.2f} |"
        )
        print(f"| the writer in all | {1000 * spent / tally.done:.2f} |")
        sizes(connection, tally.done)
    engine.dispose()


if __name__ == "__main__":
    main()
