"""The registers that a catalogue holds: the numbered documents of one office, type and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from vnadmin.index.catalog.places import paths_of
from vnadmin.index.catalog.schema import Document, key
from vnadmin.index.registers.series import Double, Entry, Findings, look_through
from vnadmin.text.pattern import pattern

# "123", "30c": a number of a register; "66.15" and the like count otherwise
_NUMBER: Final = pattern(r"(?P<number>\d{1,6})(?P<suffix>\p{L}?)")


@dataclass(frozen=True)
class Register:
    """What one office issued of one type in one year (sổ đăng ký văn bản đi; Decree 30/2020, articles 15 and 16).

    Attributes:
        issuer: the office, as most of its documents print it.
        kind: the type's code, `CV` for letters.
        year: of issue.
        unnumbered: documents whose number is blank or none that counts.
        findings: what its numbers and days show.
        hashes: the content of each entry, by its key.
    """

    issuer: str
    kind: str
    year: int
    unnumbered: int
    findings: Findings
    hashes: dict[int, str] = field(repr=False)


def registers(
    connection: Connection, *, issuer: str | None = None, kind: str | None = None, year: int | None = None
) -> Iterator[Register]:
    """The registers of a catalogue, office by office, year by year.

    Args:
        connection: to the catalogue, for reading.
        issuer: only offices whose name holds this, marks and case apart.
        kind: only this type's code.
        year: only this year.
    """
    code = Document.type_code
    chosen = (
        select(
            Document.id,
            Document.sha256,
            Document.issuing_agency,
            Document.issuer_key,
            code,
            Document.year,
            Document.sequence,
            Document.issued_on,
            Document.subject,
        )
        .where(Document.issuer_key.is_not(None), Document.year.is_not(None), code.is_not(None))
        .order_by(Document.issuer_key, code, Document.year, Document.id)
    )
    if issuer is not None:
        chosen = chosen.where(Document.issuer_key.contains(key(issuer) or "", autoescape=True))
    if kind is not None:
        chosen = chosen.where(code == kind)
    if year is not None:
        chosen = chosen.where(Document.year == year)
    rows = connection.execute(chosen.execution_options(stream_results=True))
    for (_, of_kind, of_year), group in groupby(rows, key=lambda row: (row.issuer_key, row.type_code, row.year)):
        yield _register(of_kind, of_year, list(group))


def _register(kind: str, year: int, rows: Sequence[Row[*tuple[Any, ...]]]) -> Register:
    entries = [entry for row in rows if (entry := _entry(row)) is not None]
    names = Counter(row.issuing_agency for row in rows)
    return Register(
        issuer=max(sorted(names), key=names.__getitem__),
        kind=kind,
        year=year,
        unnumbered=len(rows) - len(entries),
        findings=look_through(entries),
        hashes={row.id: row.sha256 for row in rows},
    )


def _entry(row: Row[*tuple[Any, ...]]) -> Entry | None:
    found = _NUMBER.fullmatch(row.sequence or "")
    if found is None:
        return None
    day = row.issued_on if row.issued_on and len(row.issued_on) == len("2021-03-05") else None
    return Entry(row.id, int(found["number"]), found["suffix"].lower(), day, key(row.subject) or "")


def as_plain(connection: Connection, register: Register) -> dict[str, Any]:
    """A register as plain values, its documents by their paths."""

    def paths(entry: Entry) -> list[str]:
        return list(paths_of(connection, register.hashes[entry.key]))

    def shown(entry: Entry) -> dict[str, Any]:
        return {"number": f"{entry.number}{entry.suffix}", "issued_on": entry.day, "paths": paths(entry)}

    def doubled(double: Double) -> dict[str, Any]:
        return {
            "number": f"{double.number}{double.suffix}",
            "copies": double.copies,
            "sure": double.sure,
            "documents": [shown(entry) for entry in double.entries],
        }

    findings = register.findings
    return {
        "issuer": register.issuer,
        "type": register.kind,
        "year": register.year,
        "documents": findings.entries + register.unnumbered,
        "unnumbered": register.unnumbered,
        "last": findings.last,
        "gaps": [list(gap) for gap in findings.gaps],
        "possible_gaps": [list(gap) for gap in findings.possible_gaps],
        "doubles": list(map(doubled, findings.doubles)),
        "out_of_order": list(map(shown, findings.out_of_order)),
        "proposals": [{"field": each.field, "value": each.value, **shown(each.entry)} for each in findings.proposals],
    }
