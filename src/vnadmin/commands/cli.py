"""The command line: argument parsing, and nothing else that a library user would miss."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from vnadmin import __version__
from vnadmin.commands.archive import names as archive
from vnadmin.commands.choices import one_of
from vnadmin.commands.comments import check_output, comments_option, write_comments
from vnadmin.commands.lint import Language
from vnadmin.commands.report import Failures, progress_bar, told, whole_command
from vnadmin.config import Config
from vnadmin.errors import ParseTimeout, VnadminError
from vnadmin.held import files_in, odd_in
from vnadmin.process.tasks import dump
from vnadmin.text.printable import printable, printable_json

if TYPE_CHECKING:  # one document that is printed as JSON comes as plain values from its worker
    from vnadmin.model import AdminDocument

_T = TypeVar("_T")


def _command_of(name: str) -> click.Command:
    """A command with a module of its own. The imports are written out, so that makers of frozen executables see them."""
    if name in archive.NAMES:
        return archive.command_of(name)
    match name:
        case "export":
            from vnadmin.commands.export import export

            return export
        case "ocr":
            from vnadmin.commands.ocr import ocr

            return ocr
        case "explain":
            from vnadmin.commands.explain import explain

            return explain
        case "cite":
            from vnadmin.commands.cite import cite

            return cite
        case "lint":
            from vnadmin.commands.lint import lint

            return lint
        case _:
            from vnadmin.commands.mcp.command import mcp

            return mcp


class _Commands(click.Group):
    """All commands; those with a module of their own come first and are made when they are asked for."""

    _APART = (*archive.NAMES, "export", "ocr", "explain", "cite", "lint", "mcp")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._APART, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _command_of(cmd_name) if cmd_name in self._APART else super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stopped:
            raise click.exceptions.Exit(130) from stopped  # what a shell gives for Ctrl-C


Engine = Literal["auto", "fast", "hybrid", "off"]  # the OCR engine of `parse`
PagesOf = Literal["all", "metadata"]  # which pages of a scan `parse` reads
Format = Literal["table", "json", "jsonl", "csv"]  # how `parse` prints


def main() -> None:
    """Entry point of the `vnadmin` command."""
    gc.freeze()  # nothing that was imported is garbage, also when the program ends
    with whole_command():
        app(prog_name="vnadmin")


@click.group(cls=_Commands, context_settings={"show_default": True})
@click.version_option(__version__, message="vnadmin %(version)s", help="Print the version and exit.")
def app() -> None:
    """Đọc văn bản hành chính thành dữ liệu có cấu trúc. Read Vietnamese administrative documents into data."""


@app.command()
@click.argument("sources", metavar="{FILE|DIR|-}...", nargs=-1, required=True, help="Files, folders, or - for stdin.")
@click.option("--format", "-f", "output", type=one_of(Format), help="Default: table on a terminal, else json or jsonl.")
@click.option("--evidence", is_flag=True, help="Include the text and where each value stands.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), default=2, help="Worker processes for several files.")
@click.option("--seconds", type=click.FloatRange(min=1), default=120.0, help="Time limit for each of several files.")
@click.option("--server", help="Address of a service that reads them; its key is in VNADMIN_API_KEY.")
@click.option(
    "--pages",
    type=one_of(PagesOf),
    default="all",
    help="Of scans: all, or the first and those up to Nơi nhận from the end.",
)
@click.option(
    "--ocr",
    type=one_of(Engine),
    default="auto",
    help="Engine for scans; auto takes the best installed, off refuses scans.",
)
@click.option("--lang", "language", type=one_of(Language), default="en", help="Language of the issues' messages.")
@comments_option
def parse(
    sources: tuple[str, ...],
    output: Format | None,
    evidence: bool,
    jobs: int,
    seconds: float,
    server: str | None,
    pages: PagesOf,
    ocr: Engine,
    language: Language,
    comments: Path | None,
) -> None:
    """Read documents and print their fields.

    Exit status: 0 all read; 1 some of several files could not be read; the error's own code for a single file.
    """
    files = list(_files(sources))
    if not files:
        print("vnadmin: no files there", file=sys.stderr)
        raise click.exceptions.Exit(3)
    if comments is not None:
        check_output(comments, sources)
    several = len(files) > 1 or any(Path(s).is_dir() for s in sources)
    chosen = output or ("table" if sys.stdout.isatty() else "jsonl" if several else "json")
    failures = Failures(language)
    if server is None and not several and comments is None and chosen in ("json", "jsonl"):
        dumps = _dumped_alone(files[0], failures, Config(pages=pages, ocr=ocr), evidence, language)
        several = len(dumps) + len(failures) > 1  # a mail or a zip
        _print_json(iter(dumps), output or ("jsonl" if several else "json"), several)
    else:
        if server is not None:
            documents = _parsed_there(files, failures, server, evidence)
        elif several:
            config = Config(pages=pages, ocr=ocr, ocr_threads=1)  # the files are read side by side
            bar = not (sys.stdout.isatty() and chosen in ("csv", "jsonl"))  # there the lines show how far it is
            documents = _parsed(files, failures, jobs, seconds, config, bar)
        else:
            read = _parsed_alone(files[0], failures, Config(pages=pages, ocr=ocr), comments)
            several = len(read) + len(failures) > 1
            documents = iter(read)
            chosen = output or ("table" if sys.stdout.isatty() else "jsonl" if several else "json")
        if chosen == "table":
            _print_tables(documents, several, language)
        elif chosen == "csv":
            _print_csv(documents)
        else:
            _print_json(((name, dump(document, evidence, language)) for name, document in documents), chosen, several)
    if failures:
        raise click.exceptions.Exit(1 if several else failures[0].exit_code)


@app.command()
def fields() -> None:
    """List the fields: name, Vietnamese name, box (ô) of Decree 30, source."""
    from rich.table import Table

    from vnadmin.commands.terminal import console
    from vnadmin.gazetteer import rows

    table = Table(box=None, header_style="bold")
    for head in ("field", "tên", "name", "ô", "source"):
        table.add_column(head)
    for row in rows("field_names"):
        table.add_row(row["field"], row["vi"], row["en"], row["box"], row["source"])
    console(soft_wrap=not sys.stdout.isatty()).print(table)


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing, and how to get it. Exit status 1 if something of the base is missing."""
    from vnadmin.commands.doctor import examine

    checks = examine()
    width = max(len(check.name) for check in checks)
    for check in checks:
        mark = "ok     " if check.ok else "missing"
        print(
            f"{mark}  {check.name:<{width}}  {check.found:<12}  {check.purpose}"
            + (f"  ->  {check.remedy}" if check.remedy else "")
        )
    if any(not check.ok and check.remedy == "pip install 'vnadmin'" for check in checks):
        raise click.exceptions.Exit(1)


@app.command()
@click.option("--host", help="Address to listen on (VNADMIN_HOST).")
@click.option("--port", type=int, help="Port to listen on (VNADMIN_PORT).")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that parse (VNADMIN_WORKERS).")
@click.option("--new-key", metavar="NAME", help="Make an API key, print it, and do not serve.")
@click.option("--webhook-secret", metavar="NAME", help="Print the secret of a key's webhooks, and do not serve.")
@click.option("--setup", metavar="FOLDER", help="Make the secrets of compose.yaml in a folder, once, and do not serve.")
def serve(
    host: str | None,
    port: int | None,
    workers: int | None,
    new_key: str | None,
    webhook_secret: str | None,
    setup: str | None,
) -> None:
    """Serve over HTTP: the API under /v1 and the review page on /. Settings come from VNADMIN_* variables."""
    with told("serve", needs="service"):
        from vnadmin_service.serve import from_command_line
    from_command_line(host, port, workers, new_key, webhook_secret=webhook_secret, setup=setup)


def _files(sources: Sequence[str]) -> Iterator[str]:
    """Paths in order; a folder gives its files, sorted, hidden ones left out."""
    for source in sources:
        path = Path(source)
        if not source:  # of a shell's variable that is not set; as a path it would be the folder here
            raise click.BadParameter("an empty path: name a file or a folder", param_hint="FILE DIR -")
        if source != "-" and path.is_dir():
            for odd in odd_in(path):
                print(f"vnadmin: {printable(str(odd))}: left out, a link or no file", file=sys.stderr)
            yield from map(str, files_in(path))
        else:
            yield source


def _parsed_alone(
    file: str, failures: Failures, config: Config, comments: Path | None
) -> list[tuple[str, AdminDocument]]:
    """The document of a single file, or those that it holds; its doubts are written as comments where that is asked."""
    from vnadmin.commands.alone import Alone, bytes_or_path

    with Alone(config) as alone:
        found = alone.parse_each(file, bytes_or_path(file))
        document = found[0][1]
        if comments is not None and not isinstance(document, VnadminError):
            from vnadmin.remarks import remarks_of_doubts

            try:
                write_comments(alone, file, comments, document.text, remarks_of_doubts(document))
            except VnadminError as error:
                failures.tell(file, error)
    return _kept(found, failures)


def _dumped_alone(
    file: str, failures: Failures, config: Config, evidence: bool, language: Language
) -> list[tuple[str, dict[str, object]]]:
    """The same as plain values."""
    from vnadmin.commands.alone import Alone, bytes_or_path

    with Alone(config) as alone:
        return _kept(alone.dump_each(file, bytes_or_path(file), evidence, language), failures)


def _kept(found: Sequence[tuple[str, _T | VnadminError]], failures: Failures) -> list[tuple[str, _T]]:
    """What could be read; the errors are told and kept in `failures`."""
    read = []
    for name, outcome in found:
        if isinstance(outcome, VnadminError):
            failures.tell(name, outcome)
        else:
            read.append((name, outcome))
    return read


def _parsed_there(
    files: list[str], failures: Failures, server: str, evidence: bool
) -> Iterator[tuple[str, AdminDocument]]:
    """Each document as a service reads it."""
    import os

    from vnadmin.commands.alone import bytes_or_path

    with told(server):
        from vnadmin.client import Client, ServiceRefused
    key = os.environ.get("VNADMIN_API_KEY")
    with Client(server, api_key=key) as client:
        for file in files:
            try:
                source = bytes_or_path(file)
                try:
                    yield file, client.parse(source, evidence=evidence)
                except ParseTimeout:  # a long scan: a job has more time
                    yield file, client.wait(client.submit(source, evidence=evidence).id)
            except VnadminError as error:
                if not key and isinstance(error, ServiceRefused) and error.problem.get("code") == "unauthorized":
                    error = ServiceRefused(error.detail, "Put the service's key into VNADMIN_API_KEY.", error.problem)
                failures.tell(file, error)


def _parsed(
    files: list[str], failures: Failures, jobs: int, seconds: float, config: Config, bar: bool
) -> Iterator[tuple[str, AdminDocument]]:
    """Each document that could be read; the others are named on stderr and kept in `failures`."""
    from vnadmin.process.pool import Limits, Workers
    from vnadmin.process.scratch import scratch

    with (
        scratch(),
        progress_bar(shown=bar) as progress,
        Workers(jobs, config=config, limits=Limits(seconds=seconds)) as workers,
    ):
        task = progress.add_task("vnadmin", total=len(files))
        for file, outcome in workers.parse_all(files):
            if isinstance(outcome, VnadminError):
                failures.tell(file, outcome)
            else:
                yield file, outcome
            progress.advance(task)


def _print_json(documents: Iterator[tuple[str, dict[str, object]]], chosen: str, several: bool) -> None:
    """A line for each document; or one object for one file, an array for several."""
    if chosen == "jsonl":
        for name, document in documents:
            print(_json({"file": name, **document}), flush=True)
    elif several:
        print(_json([{"file": name, **document} for name, document in documents], indent=2))
    else:
        for _, document in documents:
            print(_json(document, indent=2))


def _json(value: object, indent: int | None = None) -> str:
    """JSON; on a terminal with escapes, which are JSON too, for what would act there."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return printable_json(text) if sys.stdout.isatty() else text


def _print_csv(documents: Iterator[tuple[str, AdminDocument]]) -> None:
    from vnadmin.export.tables.csv_text import write_csv
    from vnadmin.export.tables.flat_row import COLUMNS, row

    sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]  # the writer ends its lines itself
    shown = printable if sys.stdout.isatty() else str
    write_csv(sys.stdout, COLUMNS, (list(map(shown, row(document, name).values())) for name, document in documents))


def _print_tables(documents: Iterator[tuple[str, AdminDocument]], several: bool, language: Language) -> None:
    """Several files: a line each. One file: its fields below each other."""
    from vnadmin.commands.console import document_table, overview_table
    from vnadmin.commands.terminal import console
    from vnadmin.issues import in_vietnamese

    shown = console()
    if several:
        shown.print(overview_table(documents))
        return
    for name, document in documents:
        shown.print(document_table(in_vietnamese(document) if language == "vi" else document, name))
