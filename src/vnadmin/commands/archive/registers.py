"""`vnadmin registers`: which numbers of an office and a year are missing, double or out of order."""

from __future__ import annotations

import json
from typing import Any, Final, Literal

import click

from vnadmin.commands.archive.catalog import catalog_option
from vnadmin.commands.choices import one_of
from vnadmin.commands.report import told
from vnadmin.gazetteer import rows
from vnadmin.text.printable import printable

Form = Literal["text", "jsonl"]  # how registers are printed
Language = Literal["vi", "en"]  # the language of the lines
_WIDTH: Final = 20  # of what is found, before its numbers


@click.command()
@catalog_option
@click.option("--issuer", metavar="NAME", help="Only offices whose name holds this, with or without marks.")
@click.option("--type", "kind", metavar="CODE", help="Only documents of this type: CV, QĐ, TB …")
@click.option("--year", type=int, help="Only this year.")
@click.option("--format", "-f", "form", type=one_of(Form), default="text", help="jsonl: a register a line.")
@click.option("--lang", "language", type=one_of(Language), default="vi", help="Language of the lines.")
def registers(
    catalog: str, issuer: str | None, kind: str | None, year: int | None, form: Form, language: Language
) -> None:
    """Look through the registers of an archive: gaps, doubles, numbers out of order, and what they may have been.

    A register is what one office issued of one type in one year; letters (CV) of all its units count together. A number
    is missing or given twice where nothing else explains it; what a misread figure (1, 4 and 7; 3 and 8; 0 and 6) may
    explain is called possible. What is proposed fits days and numbers around it, and nothing else does; it changes
    nothing. Exit status: 0 found; 1 no register.
    """
    found = False
    with told(language=language):
        from vnadmin.index.catalog.connect import reading
        from vnadmin.index.registers.kept import as_plain
        from vnadmin.index.registers.kept import registers as kept

        with reading(catalog) as connection:
            for register in kept(connection, issuer=issuer, kind=kind, year=year):
                found = True
                plain = as_plain(connection, register)
                print(json.dumps(plain, ensure_ascii=False) if form == "jsonl" else printable_register(plain, language))
    if not found:
        raise click.exceptions.Exit(1)


def printable_register(register: dict[str, Any], language: Language) -> str:
    """A register in lines, one finding a line."""
    from vnadmin.index.registers.book import stretch

    word = {row["key"]: row[language] for row in rows("register_words")}
    counts = word["counts"].format(n=register["documents"], last=register["last"], unnumbered=register["unnumbered"])
    found: list[tuple[str, str]] = []
    for kind, name in (("missing", "gaps"), ("maybe_missing", "possible_gaps")):
        if register[name]:
            found.append((kind, ", ".join(stretch(*gap) for gap in register[name])))
    for double in register["doubles"]:
        kind = "copies" if double["copies"] else "double" if double["sure"] else "maybe_double"
        found.append((kind, f"{double['number']}: {', '.join(map(_place, double['documents']))}"))
    found += [("out_of_order", f"{entry['number']}: {_place(entry)}") for entry in register["out_of_order"]]
    for each in register["proposals"]:
        read = each["number"] if each["field"] == "number" else each["issued_on"]
        found.append((f"maybe_{each['field']}", f"{read} → {each['value']}: {_place(each)}"))
    lines = [f"  {word[kind]:<{_WIDTH}}  {text}" for kind, text in found]
    return "\n".join(
        map(printable, [f"{register['issuer']} · {register['type']} · {register['year']}: {counts}", *lines])
    )


def _place(entry: dict[str, Any]) -> str:
    path = entry["paths"][0] if entry["paths"] else "-"
    return f"{path} ({entry['issued_on'] or '?'})"
