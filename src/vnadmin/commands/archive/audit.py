"""`vnadmin audit`: draws a sample that people review blind, and writes what it shows."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import secrets
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from vnadmin import __version__
from vnadmin.commands.archive.catalog import catalog_option
from vnadmin.commands.choices import one_of
from vnadmin.commands.lint import Language
from vnadmin.commands.report import told
from vnadmin.export.target import check_target, write
from vnadmin.text.printable import printable

if TYPE_CHECKING:
    from vnadmin.index.audit.interval import Estimate
    from vnadmin.index.audit.kept import Kept
    from vnadmin.index.audit.result import Result

_SEEDS = 2**31
By = Literal["issuer", "year", "kind"]
Field = Literal[
    "document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "addressees",
    "signatories", "recipients", "urgency", "secrecy",
]  # fmt: skip
Form = Literal["text", "json", "html", "xlsx"]  # how figures are printed, or the report to file


@click.group()
def audit() -> None:
    """Prove how good a catalogue is: draw a sample, review it blind in the browser, report accuracy by field.

    Documents are reviewed on the page /archive/audit of `vnadmin serve`.
    """


@audit.command()
@catalog_option
@click.option(
    "--half-width", type=click.FloatRange(0.001, 0.5), default=0.03, help="Of the interval: 0.03 is ±3 points."
)
@click.option("--expect", type=click.FloatRange(0.5, 1), default=0.95, help="Share of right values that is expected.")
@click.option("--confidence", type=click.FloatRange(0.5, 0.999), default=0.95, help="Of the interval.")
@click.option("--by", type=one_of(By), multiple=True, help="What strata are made by; may be repeated. All three.")
@click.option("--simple", is_flag=True, help="No strata: a simple random sample.")
@click.option("--field", "fields", type=one_of(Field), multiple=True, help="Review this field; may be repeated.")
@click.option("--seed", type=click.IntRange(0, _SEEDS - 1), help="Draw the same sample again; else one is chosen.")
@click.option("--issuer", metavar="NAME", help="Only offices whose name holds this, with or without marks.")
@click.option("--type", "kind", metavar="CODE", help="Only documents of this type: CV, QĐ, TB …")
@click.option("--year", type=int, help="Only this year.")
@click.option("--person", metavar="NAME", help="Who draws it; else the name of the user.")
def draw(
    catalog: str,
    half_width: float,
    expect: float,
    confidence: float,
    by: tuple[By, ...],
    simple: bool,
    fields: tuple[Field, ...],
    seed: int | None,
    issuer: str | None,
    kind: str | None,
    year: int | None,
    person: str | None,
) -> None:
    """Draw a random sample, stratified by issuer, year and type, and keep what the catalogue holds of it now.

    Its size follows from the width of the interval that is wanted. The seed and the frame are kept, so that anybody
    can draw it again. Without --field all header fields are reviewed but recipients.
    """
    with told(needs="audit"):
        from vnadmin.index.audit.fields import FIELDS, USUAL
        from vnadmin.index.audit.kept import Chosen, Plan, draw_audit
        from vnadmin.index.audit.kept import audit as kept
        from vnadmin.index.audit.sample import BY
        from vnadmin.index.catalog.connect import open_catalog
        from vnadmin.index.catalog.transact import Writer

        made_by = () if simple else by or BY
        asked = tuple(field for field in FIELDS if field in fields) or USUAL
        plan = Plan(half_width, expect, confidence, made_by, asked)
        chosen, dice = Chosen(issuer, kind, year), secrets.randbelow(_SEEDS) if seed is None else seed
        at, who = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), person or getpass.getuser()
        engine = open_catalog(catalog)
        try:
            drawn = Writer(engine).transact(
                lambda connection: kept(
                    connection,
                    draw_audit(connection, plan, chosen, seed=dice, person=who, at=at, version=__version__),
                )
            )
        finally:
            engine.dispose()
        print(_printed(drawn))


def _printed(drawn: Kept) -> str:
    """An audit that was drawn, in lines."""
    frame = drawn.frame
    lines = [
        f"audit {drawn.id}: {drawn.size} of {frame['documents']} documents, seed {drawn.seed}",
        f"frame {frame['sha256']}",
        *(
            f"  {one.drawn:>5} of {one.documents:<6} "
            + (
                "the rest"
                if one.rest
                else " · ".join(str(x) for x in (one.issuer, one.year, one.kind) if x is not None)
            )
            for one in drawn.strata
        ),
        f"review it at /archive/audit/{drawn.id}",
    ]
    return "\n".join(map(printable, lines))


@audit.command()
@click.argument("number", metavar="[NUMBER]", type=int, required=False, help="The audit's number; else the latest.")
@catalog_option
@click.option("--format", "-f", "form", type=one_of(Form), default="text", help="html prints on A4 with lines to sign.")
@click.option("--lang", "language", type=one_of(Language), default="vi", help="Language of html and xlsx.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to write; else stdout.")
def report(number: int | None, catalog: str, form: Form, language: Language, output: Path | None) -> None:
    """Tell what an audit shows: accuracy by field with its interval, and for the values that were never in question.

    Exit status: 0 all was reviewed and every difference settled; 1 not yet, the figures are provisional.
    """
    with told(needs="audit"):
        from vnadmin.index.audit.result import result
        from vnadmin.index.catalog.connect import reading

        if output is not None:
            check_target(output, [catalog])  # before the work
        with reading(catalog) as connection:
            found = result(connection, number)
        body = _body(found, form, language)
        if output is None:
            click.echo(body, nl=False)
        else:
            write(output, body, [catalog])
    if not found.is_whole:
        raise click.exceptions.Exit(1)


def _body(found: Result, form: Form, language: Language) -> bytes:
    from vnadmin.index.audit.report import as_excel, as_html

    if form == "xlsx":
        return as_excel(found, language)
    if form == "html":
        return as_html(found, language).encode()
    text = json.dumps(_plain(found), ensure_ascii=False) if form == "json" else _lines(found)
    return f"{text}\n".encode()


def _lines(found: Result) -> str:
    """The figures of an audit, a field a line."""
    kept, (agreed, judged) = found.audit, found.agreed
    state = "" if found.is_whole else ", provisional"
    settled = f"{len(found.differences) - found.unsettled} differences settled, {found.unsettled} not"
    head = f"right, {kept.plan.confidence:.0%} interval"
    lines = [
        f"audit {kept.id}: {kept.reviewed} of {kept.size} documents reviewed{state}; {agreed} of {judged} values agree; {settled}",
        f"{'':<16}{head:<34}never in question",
    ]
    lines += [f"{one.field:<16}{_told(one.whole):<34}{_told(one.unasked)}".rstrip() for one in found.figures]
    return "\n".join(map(printable, lines))


def _told(one: Estimate | None) -> str:
    return f"{one.share:.4f} [{one.low:.4f}, {one.high:.4f}] n={one.judged}" if one else "-"


def _plain(found: Result) -> dict[str, object]:
    """An audit as plain values."""
    kept = found.audit
    return {
        **{name: getattr(kept, name) for name in ("id", "drawn_at", "drawn_by", "version", "seed", "frame")},
        "plan": asdict(kept.plan),
        "strata": [asdict(one) for one in kept.strata],
        "documents": kept.size,
        "reviewed": kept.reviewed,
        "whole": found.is_whole,
        "agreed": found.agreed[0],
        "judged": found.agreed[1],
        "figures": [
            {
                "field": one.field,
                "all": asdict(one.whole) if one.whole else None,
                "unasked": asdict(one.unasked) if one.unasked else None,
                "unclear": one.unclear,
            }
            for one in found.figures
        ],
        "reviewers": [one._asdict() for one in found.reviewers],
        "differences": [{**one._asdict(), "document": found.places[one.position].sha256} for one in found.differences],
    }
