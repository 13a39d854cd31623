"""`vnadmin explain`: one document as a page that shows each value where it stands, or its lines after their rules."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple, cast

import click

from vnadmin.commands.alone import Alone, bytes_or_path
from vnadmin.commands.report import told
from vnadmin.export.target import check_target, write
from vnadmin.process.boundary import document_boundary
from vnadmin.text.printable import printable


class Explained(NamedTuple):
    """The page, where one was asked for, and each line's rule and text."""

    page: str
    lines: tuple[tuple[str, str], ...]


@click.command()
@click.argument("file", help="A document, or - for stdin.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="The HTML page to write.")
@click.option("--lines", is_flag=True, help="Print each line after the rule that placed it.")
@click.option("--dpi", type=click.IntRange(40, 300), default=110, help="Resolution of the page pictures.")
def explain(file: str, output: Path | None, lines: bool, dpi: int) -> None:
    """Write one self-contained HTML page that shows each value where it stands; --lines prints the rule of each line."""
    if output is None and not lines:
        raise click.BadParameter("give --output, or --lines", param_hint="--output")
    title = Path(file).name if file != "-" else "stdin"
    with told():
        if output:
            check_target(output, [file])
    with told(file), Alone() as alone:
        found = cast(Explained, alone.run(explained, bytes_or_path(file), title, dpi if output else 0))
    if lines:
        width = max((len(rule) for rule, _ in found.lines), default=0)
        for rule, text in found.lines:
            print(f"{rule:<{width}}  {printable(text) if sys.stdout.isatty() else text}")
    if output:
        with told():
            write(output, found.page.encode(), [file])
        print(printable(str(output)), file=sys.stderr)


def explained(source: str | bytes, title: str, dpi: int) -> Explained:
    """In the worker: the document read, and its page drawn at this resolution; 0 draws none."""
    from vnadmin.config import DEFAULT
    from vnadmin.explain import explain as render
    from vnadmin.held import read_bytes
    from vnadmin.layout.sheet import bands_of
    from vnadmin.pipeline import parse_with_zones
    from vnadmin.source.pictures import page_pictures
    from vnadmin.zones.placed import placed_lines

    with document_boundary():
        data = read_bytes(source, DEFAULT)
        document, zones = parse_with_zones(data)
        rules = placed_lines(zones)
        page = ""
        if dpi:
            pictures = page_pictures(data, document, dpi)
            page = render(document, pictures, title=title, lines=rules, bands=bands_of(zones.document))
        return Explained(page, tuple((rule, document.text[start:end]) for start, end, rule in rules))
