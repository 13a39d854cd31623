"""`vnadmin registers`: which numbers of an office and a year are missing, double or out of order."""

from __future__ import annotations

import json
from typing import Any, Literal

import click

from vnadmin.commands.choices import one_of
from vnadmin.commands.index import catalog_option
from vnadmin.commands.report import told
from vnadmin.text.printable import printable

Form = Literal["text", "jsonl"]  # how registers are printed


@click.command()
@catalog_option
@click.option("--issuer", metavar="NAME", help="Only offices whose name holds this, with or without marks.")
@click.option("--type", "kind", metavar="CODE", help="Only documents of this type: CV, QĐ, TB …")
@click.option("--year", type=int, help="Only this year.")
@click.option("--format", "-f", "form", type=one_of(Form), default="text", help="jsonl: a register a line.")
def registers(catalog: str, issuer: str | None, kind: str | None, year: int | None, form: Form) -> None:
    """Look through the registers of an archive: gaps, doubles, numbers out of order, and what they may have been.

    A register is what one office issued of one type in one year; letters (CV) of all its units count together. What is
    proposed is one figure read otherwise (1, 4 and 7; 3 and 8; 0 and 6) that fits days and numbers around it, and
    nothing else does; it changes nothing. Exit status: 0 found; 1 no register.
    """
    found = False
    with told():
        from vnadmin.index.catalog.connect import reading
        from vnadmin.index.registers.kept import as_plain
        from vnadmin.index.registers.kept import registers as kept

        with reading(catalog) as connection:
            for register in kept(connection, issuer=issuer, kind=kind, year=year):
                found = True
                plain = as_plain(connection, register)
                print(json.dumps(plain, ensure_ascii=False) if form == "jsonl" else printable_register(plain))
    if not found:
        raise click.exceptions.Exit(1)


def printable_register(register: dict[str, Any]) -> str:
    """A register in lines, one finding a line."""
    name = f"{register['issuer']} · {register['type']} · {register['year']}"
    lines = [
        f"{name}: {register['documents']} documents, numbers to {register['last']}, {register['unnumbered']} without one"
    ]
    if register["gaps"]:
        stretches = (f"{first}" if first == last else f"{first}-{last}" for first, last in register["gaps"])
        lines.append(f"  missing       {', '.join(stretches)}")
    for double in register["doubles"]:
        kind = "copies" if double["copies"] else "double" if double["fits"] else "double?"
        lines.append(f"  {kind:<13} {double['number']}: {', '.join(_place(each) for each in double['documents'])}")
    for entry in register["out_of_order"]:
        lines.append(f"  out of order  {entry['number']}: {_place(entry)}")
    for each in register["proposals"]:
        read = each["number"] if each["field"] == "number" else each["issued_on"]
        lines.append(f"  perhaps       {read} is {each['value']}: {_place(each)}")
    return "\n".join(map(printable, lines))


def _place(entry: dict[str, Any]) -> str:
    path = entry["paths"][0] if entry["paths"] else "-"
    return f"{path} ({entry['issued_on'] or '?'})"
