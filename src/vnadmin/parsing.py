"""The library's front door: parse, parse_text and parse_many. The rooms behind it open with the first document."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from vnadmin.config import DEFAULT, Config
from vnadmin.errors import VnadminError
from vnadmin.held import Source, is_pdf_page, read_bytes
from vnadmin.model import AdminDocument, Row, Table

if TYPE_CHECKING:
    from vnadmin.process.pool import Limits


class Parsed(NamedTuple):
    """What became of one path of `parse_many`: its document, or the error for which there is none.

    `path` is a `str` also where a `Path` was given: `ho-so.zip!/quyet-dinh.pdf` is no path of the disk.
    """

    path: str
    document: AdminDocument | None
    error: VnadminError | None


def parse(
    source: Source, *, config: Config = DEFAULT, progress: Callable[[int, int], None] | None = None
) -> AdminDocument:
    """Read a document.

    Args:
        source: a path, bytes (also a bytearray or memoryview), an open binary file at any position, a `Document` of
            python-docx, or a `PDF` or `Page` of pdfplumber (a page as it was cropped or filtered).
        config: limits and choices. With `Config(isolated=True)` a worker process reads it, which a hostile file
            can kill without harm; `progress` is not told then.
        progress: told of each page of a scan that was read: how many by now, and how many in all.

    Raises:
        VnadminError: only for input that cannot be read (see docs/errors.md). Odd content gives `issues`.
        TypeError: the source holds no document; the message says what to do.
    """
    if config.isolated and not is_pdf_page(source):
        return _isolated(source, config)
    from vnadmin.pipeline import parse as run

    return run(source, config=config, progress=progress)


def parse_text(text: str, *, config: Config = DEFAULT) -> AdminDocument:
    """Read a text that another program took out of a document: plain, Markdown or HTML.

    Raises:
        VnadminError: it cannot be read, as when it is empty.
        TypeError: it is no `str`.
    """
    if not isinstance(text, str):
        raise TypeError(f"parse_text() takes a str, not {type(text).__name__}; for a file call vnadmin.parse().")
    return parse(text.encode("utf-8", "replace"), config=config)


def parse_all(source: Source, *, config: Config = DEFAULT) -> Iterator[Parsed]:
    """Read every document of a file: the attachments of a mail, the members of a zip, the files of a PDF portfolio.

    A file that is itself a document gives this one, under an empty name; the others are named as in their file, and
    one that cannot be read is an item with its error.

    Raises:
        VnadminError: the file as a whole cannot be read.
    """
    from vnadmin.pipeline import parse_each

    for name, outcome in parse_each(source, config=config):
        if isinstance(outcome, AdminDocument):
            yield Parsed(name, outcome, None)
        else:
            yield Parsed(name, None, outcome)


def parse_many(
    paths: Iterable[str | os.PathLike[str]],
    *,
    workers: int | None = None,
    seconds: float = 120.0,
    config: Config = DEFAULT,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Parsed]:
    """Read many files in worker processes and give each in the order of `paths`; a bad one stops nothing.

    A mail, a zip or a portfolio gives an item for each document in it, named `ho-so.zip!/quyet-dinh.pdf`.

    Safe in a plain script, a notebook and under `python -c`: no `__main__` guard is needed.

    Args:
        paths: the files; an iterator is read a little ahead.
        workers: processes; None is one for each processor.
        seconds: time for one file; past it, its error is `ParseTimeout`. A scan takes some seconds a page: give long
            ones more, or read their first and last pages by `Config(pages="metadata")`.
        config: limits and choices.
        progress: told after each file how many are done.

    Raises:
        TypeError: `paths` is one path; at once, before anything is read.
    """
    if isinstance(paths, str | bytes | os.PathLike):
        raise TypeError(f"parse_many() takes a list of paths, not {type(paths).__name__}: parse_many([path]).")
    from vnadmin.process.pool import Limits

    return _parsed(paths, workers, Limits(seconds=seconds), config, progress)


def _parsed(
    paths: Iterable[str | os.PathLike[str]],
    workers: int | None,
    limits: Limits,
    config: Config,
    progress: Callable[[int], None] | None,
) -> Iterator[Parsed]:
    from vnadmin.process.pool import Workers

    count = workers or os.cpu_count() or 1
    with Workers(count, config=config, limits=limits) as pool:
        for done, (path, outcome) in enumerate(pool.parse_all(os.fspath(path) for path in paths), 1):
            if isinstance(outcome, AdminDocument):
                yield Parsed(path, outcome, None)
            else:
                yield Parsed(path, None, outcome)
            if progress is not None:
                progress(done)


def to_rows(document: AdminDocument, table: Table = "directives", file: str = "") -> list[Row]:
    """A document as flat rows, as `pandas.DataFrame(rows)` takes them.

    Args:
        document: what `parse` gave.
        table: `documents` (one row), `directives`, `assignments`, `recipients` or `references`.
        file: what the column `file` says: the path as `Parsed.path` and the command line give it.

    Raises:
        TypeError: the document is none, as the item of `parse_many` or its missing document.
        ValueError: there is no such table.
    """
    from vnadmin.export.tables.rows import TABLES, rows_of

    if not isinstance(document, AdminDocument):
        raise TypeError(
            f"to_rows() takes the document that parse() gave, not {type(document).__name__}; of parse_many: item.document,"
            " which is None where item.error says why."
        )
    if table not in TABLES:
        raise ValueError(f"There is no table {table!r}; there are {', '.join(TABLES)}.")
    return list(rows_of(table, document, file))


def _isolated(source: Source, config: Config) -> AdminDocument:
    from vnadmin.process.pool import Workers, result

    data = read_bytes(source, config)
    with Workers(1, config=replace(config, isolated=False)) as pool:
        return result(pool.submit(data))
