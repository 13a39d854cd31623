"""`vnadmin cite`: the citations of a document as a table, as JSON, or marked in its text."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Literal

import click

from vnadmin.commands.choices import one_of
from vnadmin.commands.report import told

if TYPE_CHECKING:  # `vnadmin --version` does not wait for the parser
    from vnadmin.citation import Citation, CitedText


Show = Literal["table", "json", "text", "html"]  # how `cite` prints


@click.command()
@click.argument("file", help="A document, or - for stdin.")
@click.option("--format", "-f", "output", type=one_of(Show), help="Default: table on a terminal, else json.")
@click.option("--base", default="", help="What html puts before each identifier: the address of your portal.")
@click.option("--before", default="[[", help="What text puts before a citation; {target}, {kind}.")
@click.option("--after", default="|{target}]]", help="What text puts after a citation; {target}, {kind}.")
def cite(file: str, output: Show | None, base: str, before: str, after: str) -> None:
    """Print what a document cites, where, and the identifier of each instrument and provision.

    A citation that says too little for an identifier is shown without one, and what it leaves out is named.
    Exit status: 0, also where nothing is cited; the error's own code for a file that cannot be read.
    """
    from vnadmin.commands.alone import Alone, bytes_or_path

    with told(file), Alone() as alone:
        cited = alone.cite(bytes_or_path(file))
    chosen = output or ("table" if sys.stdout.isatty() else "json")
    if chosen == "json":
        print(json.dumps(as_json(cited), ensure_ascii=False, indent=2))
    elif chosen == "table":
        _print_table(cited)
    else:
        print(_marked(cited, chosen, base, before, after))


def as_json(cited: CitedText) -> dict[str, object]:
    """Plain values: what the document is, the instruments it cites, and each place with its targets."""
    return {
        "uri": cited.itself.uri,
        "missing": list(cited.itself.missing),
        "instruments": [asdict(one) for one in cited.instruments],
        "citations": [
            {
                "text": _words(cited, one),
                "start": one.start,
                "end": one.end,
                "kind": one.kind,
                "instrument": one.instrument,
                "itself": one.of_itself,
                "relation": one.relation,
                "provisions": [{part.level: part.number for part in pinpoint.parts} for pinpoint in one.pinpoints],
                "targets": list(one.targets),
            }
            for one in cited.citations
        ],
    }


def _words(cited: CitedText, one: Citation) -> str:
    return " ".join(cited.text[one.start : one.end].split())


def _marked(cited: CitedText, chosen: Show, base: str, before: str, after: str) -> str:
    import html

    from vnadmin.citation import annotate, html_links

    if chosen == "html":
        body = annotate(_on_one_line(cited), html_links(base), escape=html.escape)
        paragraphs = "".join(f"<p>{line}</p>\n" for line in body.splitlines() if line.strip())
        return f'<!doctype html>\n<html lang="vi">\n<meta charset="utf-8">\n<title>vnadmin cite</title>\n{paragraphs}</html>'

    def marks(one: Citation) -> tuple[str, str] | None:
        if not one.targets:
            return None
        told = (("{target}", one.targets[0]), ("{kind}", one.kind))
        pair = [before, after]
        for name, value in told:
            pair = [text.replace(name, value) for text in pair]
        return pair[0], pair[1]

    return annotate(cited, marks)


def _on_one_line(cited: CitedText) -> CitedText:
    """The text with no line end inside a citation, so that a link stands in one paragraph."""
    text = list(cited.text)
    for one in cited.citations:
        text[one.start : one.end] = [" " if char == "\n" else char for char in text[one.start : one.end]]
    return replace(cited, text="".join(text))


def _print_table(cited: CitedText) -> None:
    from rich.markup import escape
    from rich.table import Table

    from vnadmin.commands.terminal import console

    table = Table(box=None, header_style="bold", pad_edge=False)
    for head in ("trích dẫn · citation", "quan hệ · relation", "mã định danh · identifier"):
        table.add_column(head, overflow="fold")
    for one in cited.citations:
        table.add_row(
            escape(_words(cited, one)), one.relation, "\n".join(one.targets) or f"[dim]{_why(cited, one)}[/dim]"
        )
    shown = console(markup=True, highlight=False)
    shown.print(table)
    known = sum(1 for one in cited.instruments if one.uri)
    shown.print(
        f"\n{len(cited.citations)} trích dẫn, {len(cited.instruments)} văn bản, {known} có mã định danh · "
        f"{len(cited.citations)} citations, {len(cited.instruments)} instruments, {known} with an identifier"
    )


_MISSING = {
    "type": "loại văn bản · type",
    "number": "số, ký hiệu · number",
    "year": "năm · year",
    "issuer": "cơ quan ban hành · issuer",
}


def _why(cited: CitedText, one: Citation) -> str:
    """What a citation without identifier leaves out."""
    if one.instrument is not None:
        missing = cited.instruments[one.instrument].missing
    elif one.of_itself:
        missing = cited.itself.missing
    else:
        missing = ()
    return f"thiếu · missing: {', '.join(_MISSING[name] for name in missing)}" if missing else "–"
