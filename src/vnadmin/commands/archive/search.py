"""`vnadmin search`: arguments, and where the answer goes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from vnadmin.commands.archive.catalog import MOST, catalog_option
from vnadmin.commands.choices import one_of
from vnadmin.commands.report import told
from vnadmin.gazetteer import rows
from vnadmin.text.printable import printable

if TYPE_CHECKING:  # what needs the extra [index] is imported by the functions that use it
    from vnadmin.index.search.search import Answer


Form = Literal["text", "json", "jsonl", "csv", "xlsx", "parquet"]  # how the answer is printed or written
Sorting = Literal["best", "newest", "oldest"]  # how answers are sorted


@click.command()
@click.argument(
    "query", metavar="QUERY...", nargs=-1, help='Words, "phrases", -without, field:value; nothing: all documents.'
)
@catalog_option
@click.option("--limit", "-n", type=click.IntRange(1, MOST), help="Documents shown (20) or exported (all).")
@click.option("--offset", type=click.IntRange(0, MOST), default=0, help="Documents to pass over: the next page.")
@click.option("--sort", type=one_of(Sorting), default="best", help="best: by where the words stand, then newest first.")
@click.option(
    "--format", "-f", "form", type=one_of(Form), help="text; json: a page; jsonl, csv, xlsx, parquet: an export."
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to export to; its ending tells the format.")
@click.option("--fields", is_flag=True, help="List the fields that can stand before a colon.")
def search(
    query: tuple[str, ...],
    catalog: str,
    limit: int | None,
    offset: int,
    sort: Sorting,
    form: Form | None,
    output: Path | None,
    fields: bool,
) -> None:
    """Search a catalogue, or export what a search finds.

    With accents, exact matches come first; without, all that folds to it. In the shell, put the query between quotes:
    vnadmin search 'co-quan:"Sở Y tế" tu:2019 quy hoạch -thu hồi'. A query that begins with a minus stands behind --.
    Exit status: 0 found; 1 nothing found.
    """
    if fields:
        _print_fields()
        return
    chosen = form or _by_ending(output)
    text = " ".join(query)
    with told():
        if chosen in ("text", "json"):
            if output is not None:
                raise click.BadParameter("name a format for it: jsonl, csv, xlsx or parquet", param_hint="--output")
            found = _show(catalog, text, limit or 20, offset, sort, chosen)
        else:
            found = _export(catalog, text, limit, sort, chosen, output)
    if not found:
        raise click.exceptions.Exit(1)


def _by_ending(output: Path | None) -> Form:
    if output is None:
        return "text"
    ending = output.suffix.lower().lstrip(".")
    if ending in ("jsonl", "csv", "xlsx", "parquet"):
        return cast("Form", ending)
    raise click.BadParameter("end it with .jsonl, .csv, .xlsx or .parquet, or say --format", param_hint="--output")


def found(catalog: str, query: str, limit: int, offset: int, sort: Sorting = "best") -> dict[str, Any]:
    """A page of answers as plain values.

    Raises:
        VnadminError: the query or the catalogue cannot be read.
    """
    return as_page(_answer(catalog, query, limit, offset, sort))


def as_page(answer: Answer) -> dict[str, Any]:
    """An answer as plain values."""
    from vnadmin.commands.archive.search_console import as_json

    return {
        "total": answer.total,
        "more": answer.more,
        "as_typed": answer.as_typed,
        "notes": list(map(str, answer.query.notes)),
        "hits": [as_json(hit) for hit in answer.hits],
    }


def _answer(catalog: str, query: str, limit: int, offset: int, sort: Sorting) -> Answer:
    from vnadmin.index.search.connect import reading
    from vnadmin.index.search.search import Order, search

    with reading(catalog) as connection:
        return search(connection, query, limit=limit, offset=offset, order=Order(sort))


def _show(catalog: str, query: str, limit: int, offset: int, sort: Sorting, form: Form) -> int:
    from vnadmin.commands.archive.search_console import show
    from vnadmin.commands.terminal import console

    answer = _answer(catalog, query, limit, offset, sort)
    if form == "json":
        print(json.dumps(as_page(answer), ensure_ascii=False, indent=2))
    else:
        show(console(highlight=False), answer, offset)
    return answer.total


def _export(catalog: str, query: str, limit: int | None, sort: Sorting, form: Form, output: Path | None) -> int:
    from vnadmin.index.export.registry import ExportFormat, export, export_file
    from vnadmin.index.search.connect import reading
    from vnadmin.index.search.search import Order

    order, kind = Order(sort), ExportFormat(form)
    if output is None and form in ("xlsx", "parquet"):
        raise click.BadParameter(f"a {form} file needs a name", param_hint="--output")
    with reading(catalog) as connection:
        if output is None:
            return export(connection, query, sys.stdout.buffer, kind, order=order, limit=limit)
        count = export_file(connection, query, output, kind, order=order, limit=limit)
    noun = "document" if count == 1 else "documents"
    print(f"{printable(str(output))}: {count} văn bản. {count} {noun}.", file=sys.stderr)
    return count


def _print_fields() -> None:
    from rich.table import Table

    from vnadmin.commands.terminal import console

    table = Table(box=None, header_style="bold")
    for head in ("trường", "cũng viết (also)", "nghĩa (meaning)", "ví dụ (example)"):
        table.add_column(head, no_wrap=head in ("trường", "ví dụ (example)"))
    for row in rows("query_fields"):
        table.add_row(
            f"{row['name']}:",
            ", ".join(filter(None, (row["field"], row["aliases"]))),
            f"{row['vi']}\n{row['en']}",
            row["example"],
        )
    console(soft_wrap=not sys.stdout.isatty(), highlight=False).print(table)
