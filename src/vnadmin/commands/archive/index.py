"""`vnadmin index` and `vnadmin ledger`: arguments, what is shown, and how a run is stopped."""

from __future__ import annotations

import gc
import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from vnadmin import __version__
from vnadmin.commands.archive.catalog import catalog_option
from vnadmin.commands.choices import one_of
from vnadmin.commands.report import told
from vnadmin.process.scratch import scratch
from vnadmin.text.printable import printable

if TYPE_CHECKING:  # what needs the extra [index] is imported by the functions that use it
    from vnadmin.index.catalog.transact import Writer
    from vnadmin.index.run.launch import Options
    from vnadmin.index.run.run import Indexer, Report, Tally
    from vnadmin.index.run.watch import Watch

STOPPED = 130  # what a shell gives for Ctrl-C

Engine = Literal["auto", "fast", "hybrid", "off"]


@click.command()
@click.argument(
    "sources", metavar="SOURCE...", nargs=-1, help="Folders, files, zip archives, URLs; @list.txt or @- for a list."
)
@catalog_option
@click.option("--only", metavar="failed|older-than VERSION", help="Read again what failed or an older one read.")
@click.option("--retry", is_flag=True, help="Besides new files, try again those that failed.")
@click.option("--pages", metavar="all|first-last", default="all", help="first-last: of scans only pages with metadata.")
@click.option("--ocr", type=one_of(Engine), default="auto", help="The engine for scans; auto takes the best installed.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), default=2, help="Worker processes on this machine.")
@click.option("--seconds", type=click.FloatRange(min=1), default=600.0, help="Time limit for one file.")
@click.option("--memory", type=click.IntRange(min=0), default=4096, help="Memory limit of a worker in MB; 0: none.")
@click.option(
    "--engine",
    metavar="local|ray://…",
    default="local",
    help="Where files are read: here, or on a Ray cluster.",
)
@click.option(
    "--reconcile",
    is_flag=True,
    envvar="VNADMIN_RECONCILE",
    show_envvar=True,
    help="At the end put doubtful readings right, as vnadmin reconcile does.",
)
@click.option("--watch", is_flag=True, help="Stay, and take up new files that stopped growing.")
@click.option("--poll", is_flag=True, help="With --watch, for network shares: they give no notice.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each file, the summary last.")
def index(
    sources: tuple[str, ...],
    catalog: str,
    only: str | None,
    retry: bool,
    pages: str,
    ocr: Engine,
    jobs: int,
    seconds: float,
    memory: int,
    engine: str,
    reconcile: bool,
    watch: bool,
    poll: bool,
    as_json: bool,
) -> None:
    """Index an archive: read every file into a catalogue that can be searched, corrected and exported.

    Stop it at any moment and start it again: it goes on where it was. Exit status: 0 all read; 1 some files failed
    (`vnadmin ledger` lists them); 20 and above trouble with the catalogue; 130 stopped.
    """
    named, version = _older_than(only, list(sources))
    if only not in (None, "failed", "older-than"):
        raise click.BadParameter("failed, or older-than VERSION", param_hint="--only")
    if pages not in ("all", "first-last"):
        raise click.BadParameter("all, or first-last", param_hint="--pages")
    with told():
        from vnadmin.index.run.launch import Options

        options = Options(
            sources=tuple(named),
            catalog=catalog,
            only="failed" if only == "failed" else "older-than" if only else None,
            version=version,
            retry=retry,
            pages="metadata" if pages == "first-last" else "all",
            ocr=ocr,
            jobs=jobs,
            seconds=seconds,
            memory_mb=memory,
            engine=engine,
        )
        with scratch():
            status = _run(options, at_end=reconcile, watch=watch, poll=poll, as_json=as_json)
    raise click.exceptions.Exit(status)


@click.command()
@catalog_option
@click.option("--state", metavar="found|done|unpacked|failed|missing", default="", help="Only files in this state.")
@click.option("--json", "as_json", is_flag=True, help="Lines of JSON.")
def ledger(catalog: str, state: str, as_json: bool) -> None:
    """List every file that was ever seen: its state, error, tries and the version that read it."""
    with told():
        from vnadmin.index.catalog.connect import reading
        from vnadmin.index.run.ledger_list import entries

        with reading(catalog) as connection:
            for entry in entries(connection, state):
                if as_json:
                    print(json.dumps(entry, ensure_ascii=False))
                else:
                    print(
                        f"{entry['state']:<8}{entry['tries'] or 0:>3} {entry['version'] or '-':<10} "
                        f"{entry['error_code'] or '-':<20} {printable(entry['path'])}"
                    )


def _older_than(only: str | None, sources: list[str]) -> tuple[list[str], str]:
    """`--only older-than 0.3`: the version stands where the shell puts it, before the sources."""
    if only == "older-than" and sources and sources[0][:1].isdigit() and not Path(sources[0]).exists():
        return sources[1:], sources[0]
    return sources, __version__


def _run(options: Options, *, at_end: bool, watch: bool, poll: bool, as_json: bool) -> int:
    from vnadmin.index.catalog.connect import open_catalog
    from vnadmin.index.catalog.transact import Writer
    from vnadmin.index.run.launch import check_sources, engine_for, facts, policy_for, walk_for, work_for
    from vnadmin.index.run.run import Indexer
    from vnadmin.index.run.watch import Watch
    from vnadmin.index.search.keys import renew_keys

    check_sources(options)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # rows are many small objects that all die with their transaction
    writer = Writer(open_catalog(options.catalog))
    with writer.alone():
        renew_keys(writer)
        policy = policy_for(writer, options)
        watcher = Watch(walk_for(options), poll=poll) if watch else None
        with _report(options, as_json=as_json) as report:
            workers, whole = engine_for(options), False
            try:
                indexer = Indexer(writer, workers, report, version=__version__, policy=policy)
                with _stoppable(indexer, watcher):
                    work = watcher or work_for(writer, options, policy)
                    roots = [] if watch or options.only else walk_for(options).roots()
                    tally = indexer.run(list(options.sources), work, roots)
                whole = not tally.stopped
            finally:
                workers.close(kill=not whole)
        if at_end and whole:
            _reconcile(writer, as_json=as_json)
        found = writer.transact(facts)
    writer.engine.dispose()
    _summary(tally, found, as_json=as_json)
    return STOPPED if tally.stopped and not watch else 1 if tally.failed else 0


def _reconcile(writer: Writer, *, as_json: bool) -> None:
    """Wherever files were read: the catalogue is written here alone."""
    from vnadmin.commands.archive.reconcile import print_outcome
    from vnadmin.index.run.run import stamp
    from vnadmin.index.witness.reconcile import reconcile

    print_outcome(reconcile(writer, stamp), as_json=as_json)


@contextmanager
def _report(options: Options, *, as_json: bool) -> Iterator[Report]:
    from vnadmin.commands.terminal import console
    from vnadmin.index.run.launch import walk_for
    from vnadmin.index.run.live import JsonReport, LiveReport, PlainReport

    errors = console(stderr=True)
    if as_json or not errors.is_terminal:
        yield JsonReport() if as_json else PlainReport()
        return
    total: list[int] = []

    def count() -> None:
        total.append(sum(1 for _ in walk_for(options)))

    if options.only is None and not any(source == "@-" for source in options.sources):
        threading.Thread(target=count, daemon=True).start()
    with LiveReport(errors, lambda: total[0] if total else None) as live:
        yield live


@contextmanager
def _stoppable(indexer: Indexer, watcher: Watch | None) -> Iterator[None]:
    """The first Ctrl-C (or SIGTERM) ends the run in order, the second at once."""

    def stop(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        print("vnadmin: stopping; start the same command again to go on", file=sys.stderr)
        indexer.stop()
        if watcher is not None:
            watcher.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _summary(tally: Tally, found: dict[str, int], *, as_json: bool) -> None:
    from vnadmin.commands.terminal import console
    from vnadmin.index.run.live import summary_table

    if as_json:
        print(json.dumps({"event": "summary", **tally.as_dict(), "catalog": found}, ensure_ascii=False))
    else:
        console(stderr=True).print(summary_table(tally, found))
