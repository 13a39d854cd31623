"""`vnadmin reconcile` and `vnadmin known`: what an archive's documents tell of one another."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import click

from vnadmin.commands.archive.catalog import catalog_option
from vnadmin.commands.choices import one_of
from vnadmin.commands.report import told
from vnadmin.text.printable import printable

if TYPE_CHECKING:  # what needs the extra [index] is imported by the functions that use it
    from vnadmin.index.witness.reconcile import Outcome

Form = Literal["text", "jsonl", "csv"]  # how known values are printed
_PERSON = "cli"  # who forgot, as the catalogue notes it


@click.command()
@catalog_option
@click.option("--dry-run", is_flag=True, help="Print what would be put right, and change nothing.")
@click.option("--undo", type=int, metavar="RUN", help="Take back what a run put right; it is not made again.")
@click.option("--redo", type=int, metavar="RUN", help="Let what was taken back hold again.")
@click.option("--runs", "list_runs", is_flag=True, help="List the runs with what each made.")
@click.option("--json", "as_json", is_flag=True, help="Lines of JSON.")
def reconcile(catalog: str, dry_run: bool, undo: int | None, redo: int | None, list_runs: bool, as_json: bool) -> None:
    """Put doubtful readings right by what the archive's other documents show.

    A name, a post, a code or a place that is a letter or two away from exactly one that its issuer used in that year, and
    a number or a day that one figure read otherwise puts between its neighbours, are taken as likely; what was read
    surely and what people said stays. Stop it at any moment and start it again: it goes on where it was.
    """
    with told():
        from vnadmin.index.catalog.connect import open_catalog, reading
        from vnadmin.index.catalog.transact import Writer
        from vnadmin.index.run.run import stamp
        from vnadmin.index.witness import reconcile as witness

        if dry_run or list_runs:
            with reading(catalog) as connection:
                for row in witness.runs(connection) if list_runs else map(vars_of, witness.proposals(connection)):
                    print(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
            return
        writer = Writer(open_catalog(catalog, create=False))
        try:
            with writer.alone():
                if undo is not None or redo is not None:
                    run = undo if undo is not None else redo or 0
                    count = witness.undo(writer, run, stamp() if undo is not None else None)
                    print(json.dumps({"run": run, "changes": count}) if as_json else f"run {run}: {count} changes")
                else:
                    print_outcome(witness.reconcile(writer, stamp), as_json=as_json)
        finally:
            writer.engine.dispose()


@click.command()
@catalog_option
@click.option("--issuer", metavar="NAME", help="Only issuers whose name holds this, with or without marks.")
@click.option("--format", "-f", "form", type=one_of(Form), default="text", help="jsonl, csv: a value a line.")
@click.option(
    "--forget",
    nargs=2,
    metavar="KIND VALUE",
    help="Forget a value of the one issuer that --issuer names: signer 'Nguyễn Văn An'; an empty value: all of the kind.",
)
@click.option("--remember", nargs=2, metavar="KIND VALUE", help="Let a forgotten value be learned again.")
def known(
    catalog: str,
    issuer: str | None,
    form: Form,
    forget: tuple[str, str] | None,
    remember: tuple[str, str] | None,
) -> None:
    """List what the archive knows of its issuers: spelling, parents, places, codes, posts, signers, recipients.

    It is learned by `vnadmin reconcile` from what was read surely and from what people corrected. Exit status: 0 found; 1
    nothing known.
    """
    found = False
    with told():
        from vnadmin.index.catalog.connect import reading
        from vnadmin.index.witness import kept

        if forget or remember:
            _change(catalog, issuer, forget, remember)
            return
        writer = csv.writer(sys.stdout, lineterminator="\n")
        with reading(catalog) as connection:
            for key, spelling in kept.issuers(connection, issuer):
                if form == "text":
                    print(printable(spelling))
                for kind, name in kept.listed(kept.read_known(connection, key)):
                    row = kept.as_plain(key, spelling, kind, name)
                    if form == "csv":
                        writer.writerows(([] if found else [list(row)]) + [[_cell(value) for value in row.values()]])
                    else:
                        print(json.dumps(row, ensure_ascii=False) if form == "jsonl" else _known_line(row))
                    found = True
    if not found:
        raise click.exceptions.Exit(1)


def print_outcome(outcome: Outcome, *, as_json: bool) -> None:
    """What a run did, in one line."""
    if as_json:
        row = {
            "event": "reconciled",
            "run": outcome.run,
            "made": dict(sorted(outcome.made.items())),
            "ended": outcome.ended,
        }
        print(json.dumps(row))
        return
    made = ", ".join(f"{rule} {count}" for rule, count in sorted(outcome.made.items())) or "nothing"
    print(f"run {outcome.run}: put right {made}; {outcome.ended} no longer held")


def vars_of(proposed: Any) -> dict[str, Any]:
    """A proposal as plain values."""
    names = ("sha256", "pointer", "rule", "before", "after", "witness")
    return {name: getattr(proposed, name) for name in names}


def _line(row: Mapping[str, Any]) -> str:
    if "made" in row:
        state = f"undone {row['undone_at']}" if row["undone_at"] else row["ended_at"] or "not ended"
        return f"{row['run']:>4} {row['started_at']} {row['made']:>6} made {row['in_force']:>6} in force  {state}"
    seen = f"{row['witness']['count']} documents"
    change = f"{row['before']} -> {row['after']}"
    return printable(f"{row['sha256'][:12]} {row['pointer']}: {change} ({row['rule']}, {seen})")


def _known_line(row: Mapping[str, Any]) -> str:
    years = "-".join(str(year) for year in dict.fromkeys((row["first_year"], row["last_year"])) if year)
    about = f" ({row['about']})" if row["about"] else ""
    people = f" + {row['people']} by people" if row["people"] else ""
    return printable(f"  {row['kind']:<10} {row['documents']:>5}{people}  {years:<9}  {row['value']}{about}")


def _cell(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value


def _change(catalog: str, issuer: str | None, forget: tuple[str, str] | None, remember: tuple[str, str] | None) -> None:
    from vnadmin.index.catalog.connect import open_catalog
    from vnadmin.index.catalog.transact import Writer
    from vnadmin.index.run.run import stamp
    from vnadmin.index.witness import kept

    writer = Writer(open_catalog(catalog, create=False))
    try:
        named = writer.transact(lambda connection: kept.issuers(connection, issuer)) if issuer else []
        exact = [one for one in named if issuer in one] or named
        if len(exact) != 1:
            listed = "; ".join(f"{spelling} ({key})" for key, spelling in exact)
            raise click.BadParameter(f"names no one issuer: {listed or issuer}", param_hint="--issuer")
        key = exact[0][0]
        at = stamp()
        if forget:
            count = writer.transact(
                lambda connection: kept.forget(connection, key, forget[0], forget[1], person=_PERSON, at=at)
            )
            print(f"{count} forgotten; the next reconcile ends what rested on it")
        if remember:
            was = writer.transact(lambda connection: kept.remember(connection, key, remember[0], remember[1]))
            print("learned again by the next reconcile" if was else "was not forgotten")
    finally:
        writer.engine.dispose()
