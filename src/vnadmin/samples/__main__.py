"""`python -m vnadmin.samples --out DIR`: parse the bundled samples, print a table, write a JSON file for each."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from vnadmin import VnadminError, parse
from vnadmin.commands.console import overview_table
from vnadmin.errors import NoTextLayer, OcrUnavailable
from vnadmin.model import AdminDocument
from vnadmin.samples import samples, scans


def main() -> None:
    """Exit status 1 if a sample could not be read."""
    parser = argparse.ArgumentParser(prog="python -m vnadmin.samples", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("demo-out"), help="folder for the JSON files")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    documents: list[tuple[str, AdminDocument]] = []
    failed = False
    console = Console()
    for item in (*samples(), *scans()):
        try:
            document = parse(item.read_bytes())
        except (NoTextLayer, OcrUnavailable) as error:
            console.print(f"{item.name}: left out. {error}", style="yellow", markup=False)
            continue
        except VnadminError as error:
            console.print(f"{item.name}: {error} [{error.code}]", style="red", markup=False)
            failed = True
            continue
        (out / f"{item.name}.json").write_text(document.model_dump_json(indent=2), "utf-8")
        documents.append((item.name, document))
    console.print(overview_table(documents))
    console.print(f"{len(documents)} JSON files in {out}/", markup=False)
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
