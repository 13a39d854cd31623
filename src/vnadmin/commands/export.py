"""`vnadmin export`: arguments, where documents come from, and where files go."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from vnadmin.commands.alone import Alone
from vnadmin.commands.archive.catalog import MOST
from vnadmin.commands.choices import one_of
from vnadmin.commands.report import fail, report, told
from vnadmin.config import DEFAULT
from vnadmin.errors import VnadminError
from vnadmin.export.refusal import LEFT_OUT, ExportRefused, summary
from vnadmin.export.target import OutputUnwritable, check_target, write
from vnadmin.process.boundary import document_boundary
from vnadmin.text.printable import printable

if TYPE_CHECKING:  # `vnadmin --version` does not wait for XML and the exports
    from vnadmin.export.profile import AgencyProfile
    from vnadmin.export.registry import Choices, Item, Output


_Refused = list[tuple[str, VnadminError]]  # documents that were not written, by their names, and why

# The forms of `registry.EXPORTS`, and json, which reads edXML
To = Literal[
    "edxml", "ead", "ead-json", "ead-file", "sip", "akn", "dc", "dc-json", "csv", "xlsx", "parquet", "json"
]  # fmt: skip

Table = Literal["documents", "directives", "assignments", "recipients", "references"]
Dialect = Literal["vpcp", "vnpt"]
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    type=_PATH,
    help="Documents, folders of them, or JSON of `vnadmin parse --evidence`.",
)
@click.option(
    "--to", "-t", type=one_of(To), required=True, help="The form; json reads edXML messages. See docs/how-to/export.md."
)
@click.option("--catalog", "-c", help="In place of files: a catalogue, corrections in; else VNADMIN_CATALOG.")
@click.option("--query", "-q", help="What of the catalogue, as in `vnadmin search`; else all of it.")
@click.option("--limit", "-n", type=click.IntRange(1, MOST), help="Documents of the catalogue.")
@click.option("--output", "-o", type=_PATH, help="File or folder to write; a single file may go to stdout.")
@click.option("--profile", "-p", type=_PATH, help="TOML file with what documents cannot hold.")
@click.option(
    "--set", "values", metavar="NAME=VALUE", multiple=True, help="One value of the profile, such as archive.mode=01."
)
@click.option("--table", type=one_of(Table), default="documents", help="Table of csv and parquet.")
@click.option("--as-sample", is_flag=True, help="EAD and SIP as the official sample package, not as the circular.")
@click.option("--schemas", type=_PATH, help="Folder with the METS schemas that a package must hold.")
@click.option("--dialect", type=one_of(Dialect), default="vpcp", help="Order of the elements of edXML.")
@click.option(
    "--attach",
    type=_PATH,
    multiple=True,
    help="A file to send along with the edXML message, such as that of a JSON; may be repeated.",
)
@click.option(
    "--leave-out", is_flag=True, help="Write the documents that lack nothing; the others are listed. Status 15."
)
@click.option(
    "--lengths/--no-lengths", default=True, help="Check the lengths of edXML, which no text of the law shows."
)
def export(
    files: tuple[Path, ...],
    to: To,
    catalog: str | None,
    query: str | None,
    limit: int | None,
    output: Path | None,
    profile: Path | None,
    values: tuple[str, ...],
    table: Table,
    as_sample: bool,
    schemas: Path | None,
    dialect: Dialect,
    attach: tuple[Path, ...],
    leave_out: bool,
    lengths: bool,
) -> None:
    """Write documents for other systems: edXML, archival packages, Akoma Ntoso, Dublin Core, tables.

    What a standard asks for and nobody gave is listed, and nothing is written: no value is ever made up.
    Exit status: 0 all written; 15 something is missing; the error's own code for a file that cannot be read.
    """
    archived = catalog is not None or query is not None
    if archived == bool(files):
        raise click.BadParameter("name files, or --catalog with --query", param_hint="FILE")
    if to == "json":
        _show_messages(files)
        return
    held = (catalog or os.environ.get("VNADMIN_CATALOG") or "catalog.db", query or "", limit) if archived else None
    with told():
        from vnadmin.export.profile import AgencyProfile
        from vnadmin.export.qcvn102.envelope import Options
        from vnadmin.export.registry import EXPORTS, Choices

        if output is not None and not output.is_dir():
            check_target(output, [*files, *attach])
        if len(files) > 1 and not EXPORTS[to].together:
            _check_folder(output)
        given_schemas = _schemas(schemas)
        if held and to in ("csv", "xlsx", "parquet") and table == "documents":
            _tables(*held, to, output)
            return
        given = (AgencyProfile.read(profile) if profile else AgencyProfile()).with_values(_pairs(values))
        items, unread = _items(held, files, to, given)
        choices = Choices(
            edxml=Options(dialect=dialect, lengths=lengths),
            form="as_sample" if as_sample else "circular",
            table=table,
            schemas=given_schemas,
            attached=_attached(attach, to, items),
        )
    kept, refused = _parted(items, to, choices) if leave_out else (items, _Refused())
    if kept or not items:
        refused += _write(kept, to, choices, output, files)
    if len(items) > 1 and output is not None:
        _list_refused(refused, output, files)
    worst = refused[-1][1] if refused else unread
    if worst is not None:
        raise click.exceptions.Exit(worst.exit_code)


def _items(
    held: tuple[str, str, int | None] | None, files: Sequence[Path], to: To, profile: AgencyProfile
) -> tuple[list[Item], VnadminError | None]:
    """What is exported, of a catalogue (its name, query, limit) or of files; and the last error of a file in a folder.

    A file that was named and cannot be read ends the command.
    """
    from vnadmin.commands.export_sources import from_catalog, from_files
    from vnadmin.export.registry import EXPORTS, Item

    items, unread = list[Item](), None
    with Alone() as alone:
        if held:
            return from_catalog(alone, *held, profile, with_files=EXPORTS[to].files), None
        for found in from_files(alone, files, profile):
            if isinstance(found, Item):
                items.append(found)
                continue
            name, unread = found
            if not any(file.is_dir() for file in files):
                fail(name, unread)
            report(name, unread)
    return items, unread


def _parted(items: list[Item], to: To, choices: Choices) -> tuple[list[Item], _Refused]:
    """The documents that can be written, and those that lack something. Of a form of its own each is written or not anyway."""
    from vnadmin.export.registry import EXPORTS, parted

    form = EXPORTS[to]
    if not form.together or len(items) < 2:
        return items, []
    kept, refused = parted(form, items, choices)
    for item, error in refused:
        _report(item.name, error)
    if refused:
        print(f"vnadmin: {len(refused)} / {len(items)} văn bản để lại. Left out.", file=sys.stderr)
    return kept, [(item.name, error) for item, error in refused]


def _write(items: list[Item], to: To, choices: Choices, output: Path | None, sources: Sequence[Path]) -> _Refused:
    """Write the items, each or together as the form has it; what could not be written is given back."""
    from vnadmin.export.registry import EXPORTS, distinct

    form, used, refused = EXPORTS[to], Counter[str](), _Refused()
    groups = [items] if form.together and items else [[item] for item in items]
    if len(groups) > 1:
        folder = _check_folder(output)
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            fail("", OutputUnwritable.of(folder, error))
    for group in groups:
        try:
            with document_boundary():
                made = form.write(group, choices)
            _put(replace(made, name=distinct(made.name, used)), output, sources)
        except VnadminError as error:
            name = "" if form.together else group[0].name
            _report(name, error)
            refused.append((name, error))
    return refused


def _check_folder(output: Path | None) -> Path:
    if output is None or output.is_file() or (output.suffix and not output.exists()):
        raise click.BadParameter("name a folder: each document gives a file", param_hint="--output")
    return output


def _list_refused(refused: _Refused, output: Path, sources: Sequence[Path]) -> None:
    """A list of what keeps documents from being written, beside those that were; a file of all together has none beside it."""
    lines = [
        printable(f"{name}: {problem}")
        for name, error in refused
        if name
        for problem in ([one.told for one in error.problems] if isinstance(error, ExportRefused) else [error.detail])
    ]
    if lines:
        told_of = [
            (str(place), one)
            for place, (name, error) in enumerate(refused)
            if name and isinstance(error, ExportRefused)
            for one in error.problems
        ]
        lines = [*(f"{number} văn bản · {words}" for number, words in summary(told_of, "vi")), "", *lines]
        place = (output if output.is_dir() else output.parent) / LEFT_OUT
        with told():
            write(place, "\r\n".join(lines).encode("utf-8-sig"), sources)
        print(printable(str(place)), file=sys.stderr)


def _tables(catalog: str, query: str, limit: int | None, form: To, output: Path | None) -> None:
    """The tables of a search, written a batch at a time: an archive does not fit into memory."""
    from vnadmin.index.export.registry import ExportFormat, export, export_file
    from vnadmin.index.search.connect import reading

    kind = ExportFormat(form)
    with reading(catalog) as connection:
        if output is None:
            if form != "csv":
                raise click.BadParameter("it is no text: name a file", param_hint="--output")
            export(connection, query, sys.stdout.buffer, kind, limit=limit)
            return
        path = output / f"vnadmin.{form}" if output.is_dir() else output
        count = export_file(connection, query, path, kind, limit=limit)
    print(f"{printable(str(path))}: {count} văn bản. {count} document{'' if count == 1 else 's'}.", file=sys.stderr)


def _pairs(values: Sequence[str]) -> dict[str, str]:
    found = {}
    for value in values:
        name, equals, text = value.rpartition("=") if value.startswith("directory.") else value.partition("=")
        if not equals:
            raise click.BadParameter(f"{value}: write NAME=VALUE", param_hint="--set")
        found[name.strip()] = text.strip()
    return found


def _attached(files: Sequence[Path], to: To, items: Sequence[Item]) -> list[tuple[str, bytes]]:
    from vnadmin.held import read_bytes

    if files and (to != "edxml" or len(items) > 1):
        raise click.BadParameter("it goes with one message: name one document, --to edxml", param_hint="--attach")
    return [(file.name, read_bytes(file, DEFAULT)) for file in files]


def _schemas(folder: Path | None) -> dict[str, bytes]:
    if folder is None:
        return {}
    if not folder.is_dir():
        raise click.BadParameter("there is no such folder", param_hint="--schemas")
    from vnadmin.export.registry import schemas_in

    return schemas_in(folder)


def _put(output: Output, place: Path | None, sources: Sequence[Path]) -> None:
    """To the file or folder named, else to stdout; a package, whose name is part of it, to the current folder."""
    for note in output.notes:
        print(printable(f"vnadmin: {output.name}: {note}"), file=sys.stderr)
    if place is None and not output.name.endswith(".zip"):
        if sys.stdout.isatty() and output.name.endswith((".xlsx", ".parquet")):
            raise click.BadParameter("it is no text: name a file", param_hint="--output")
        sys.stdout.buffer.write(output.data)
        sys.stdout.buffer.flush()
        return
    path = (place / output.name if place.is_dir() else place) if place is not None else Path(output.name)
    write(path, output.data, sources)
    print(printable(str(path)), file=sys.stderr)


def _show_messages(files: Sequence[Path]) -> None:
    """edXML messages as JSON; attached files are told by their size."""
    from vnadmin.export.qcvn102.envelope import read_edxml
    from vnadmin.held import read_bytes

    for file in files:
        with told(file.name):
            message = read_edxml(read_bytes(file, DEFAULT))
        sizes = [
            replaced.model_copy(update={"data": None, "description": f"{len(replaced.data or b'')} bytes"})
            for replaced in message.attachments
        ]
        print(message.model_copy(update={"attachments": sizes}).model_dump_json(indent=2, exclude_defaults=True))


def _report(file: str, error: VnadminError) -> None:
    """A refusal as a list in both languages, any other error as one line."""
    if not isinstance(error, ExportRefused):
        report(file, error)
        return
    head = f"vnadmin: {printable(file)}: " if file else "vnadmin: "
    print(f"{head}không xuất được, còn thiếu hoặc chưa đúng · cannot export, missing or not fitting:", file=sys.stderr)
    for problem in error.problems:
        words = problem.vi.removeprefix(f"{problem.element}: ").partition(" (")[0]
        told = problem.en.removeprefix(f"{problem.element}: ")
        if problem.remedy:  # it names what the value comes from
            told = f"{told.partition(' (from: ')[0]} → {problem.remedy}"
        print(printable(f"  {problem.element}: {words} · {told}"), file=sys.stderr)
    print(f"vnadmin: {error.hint} [{error.code}]", file=sys.stderr)
