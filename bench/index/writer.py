"""What one document costs the process that writes the catalogue, apart from those that read, and what it takes on the disk.

    python bench/index/writer.py /tmp/tree-1000 [--files 1000] [--catalog /tmp/writer.db | postgresql://…]

Files of the tree (`bench/index/tree.py`) are read here first, as workers do, and packed as they come through the pipe.
Then they are unpacked and written in transactions as large as those of a run: processor time of this process alone, so
that a busy machine hardly changes it (PostgreSQL's own is not seen). An empty catalogue is needed.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, text

from vnadmin.config import Config
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.transact import Writer
from vnadmin.index.run.ledger import Ledger, Policy, Read
from vnadmin.index.run.run import BATCH, GATHER, stamp
from vnadmin.index.run.walk import Seen, Walk
from vnadmin.index.run.walk_open import open_location
from vnadmin.index.run.worker import Fingerprint, Reading, read
from vnadmin.process.wire import Inbox, pack, unpack

SIZES = {
    "sqlite": "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC",
    "postgresql": "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC",
}
WORKERS = 2


class Clock:
    """Adds up the processor time of stages, in ms."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def add(self, stage: str, since: float) -> None:
        self.spent[stage] = self.spent.get(stage, 0.0) + 1000 * (time.process_time() - since)


def readings(seen: list[Seen], config: Config) -> Iterator[bytes]:
    """What a worker sends for each file."""
    for one in seen:
        data = open_location(one.location, config.max_bytes)
        answer = read(one.location, hashlib.sha256(data).hexdigest(), config)
        yield bytes(pack((True, answer, "")))


def write(writer: Writer, seen: list[Seen], messages: list[bytes], clock: Clock) -> tuple[int, int]:
    """(documents, characters of text) written."""
    ledger = Ledger(1, "bench", Policy(), stamp())
    documents = size = 0
    batch = GATHER * WORKERS
    for start in range(0, len(messages), batch):
        began = time.process_time()
        whole = [Inbox().feed(message) for message in messages[start : start + batch]]
        answers = [unpack(message).get() for message in whole if message is not None]
        found = [answer for answer in answers if isinstance(answer, Reading)]
        clock.add("taken from the pipe", began)
        began = time.process_time()
        places = seen[start : start + batch]
        for first in range(0, len(places), BATCH):
            part, prints = places[first : first + BATCH], found[first : first + BATCH]
            marks = [Fingerprint(r.location, r.sha256, 1) for r in prints]
            writer.transact(lambda c, part=part: ledger.see(c, part))  # type: ignore[misc]
            writer.transact(lambda c, marks=marks: ledger.fingerprinted(c, marks))  # type: ignore[misc]
        unique = list({one.sha256: one for one in found}.values())
        writer.transact(lambda c, u=unique: ledger.start(c, [Read(r.sha256, r.location) for r in u]))  # type: ignore[misc]
        clock.add("the ledger", began)
        began = time.process_time()
        writer.transact(lambda c, u=unique: ledger.settle(c, u, stamp()))  # type: ignore[misc]
        clock.add("documents and search index", began)
        documents += sum(one.rows is not None for one in unique)
        size += sum(len(message) for message in messages[start : start + batch])
    return documents, size


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
    config = Config(ocr_threads=1)
    seen = list(itertools.islice((one for one in Walk((str(options.tree),)) if not one.error), options.files))
    began = time.process_time()
    messages = list(readings(seen, config))
    worker = 1000 * (time.process_time() - began) / len(seen)
    engine, clock = open_catalog(options.catalog), Clock()
    documents, size = write(Writer(engine), seen, messages, clock)
    print(f"{len(seen)} files, {documents} documents, {size / documents / 1000:.1f} kB through the pipe for each\n")
    print(f"| stage | ms of CPU a document |\n|---|---|\n| a worker: read, rows, line of terms | {worker:.2f} |")
    for stage, spent in clock.spent.items():
        print(f"| {stage} | {spent / documents:.2f} |")
    print(f"| the writer in all | {sum(clock.spent.values()) / documents:.2f} |")
    with engine.connect() as connection:
        sizes(connection, documents)
    engine.dispose()


if __name__ == "__main__":
    main()
