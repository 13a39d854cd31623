"""The registers that a catalogue holds: the numbered documents of one office, type and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, func, select

from vnadmin.agencies import whole_name
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
    read = (entry_of(row.id, row.sequence, row.issued_on, row.subject) for row in rows)
    entries = [entry for entry in read if entry is not None]
    names = Counter(row.issuing_agency for row in rows)
    return Register(
        issuer=max(sorted(names), key=names.__getitem__),
        kind=kind,
        year=year,
        unnumbered=len(rows) - len(entries),
        findings=look_through(entries),
        hashes={row.id: row.sha256 for row in rows},
    )


def entry_of(document: int, number: str | None, day: str | None, about: str | None) -> Entry | None:
    """A document as an entry of its register; None where its number is none that counts."""
    found = _NUMBER.fullmatch(number or "")
    if found is None:
        return None
    whole = day if day and len(day) == len("2021-03-05") else None
    return Entry(document, int(found["number"]), found["suffix"].lower(), whole, key(about) or "")


class Office(NamedTuple):
    """An office of the catalogue: its key, its name as printed, and how many documents it issued in each year, the last first."""

    key: str
    name: str
    years: tuple[tuple[int, int], ...]

    @property
    def documents(self) -> int:
        """Of all years."""
        return sum(count for _, count in self.years)


def offices(connection: Connection) -> list[Office]:
    """The offices that issued something in a known year, those with the most documents first."""
    counted = connection.execute(
        select(
            Document.issuer_key, Document.year, func.count(), func.min(Document.issuing_agency),
            func.min(Document.parent_agency),
        )
        .where(Document.issuer_key.is_not(None), Document.year.is_not(None))
        .group_by(Document.issuer_key, Document.year)
        .order_by(Document.issuer_key, Document.year.desc())
    ).all()  # fmt: skip
    found = []
    for of_office, group in groupby(counted, key=lambda row: row[0]):
        rows = list(group)
        found.append(
            Office(
                of_office, whole_name(rows[0][3] or of_office, rows[0][4]), tuple((row[1] or 0, row[2]) for row in rows)
            )
        )
    return sorted(found, key=lambda office: (-office.documents, office.name))


def types_of(connection: Connection, office: str, year: int) -> list[tuple[str, str, int]]:
    """Code, name and number of documents of each type that an office issued in a year."""
    name = func.min(Document.type_name)
    counted = select(Document.type_code, name, func.count()).where(
        Document.issuer_key == office, Document.year == year, Document.type_code.is_not(None)
    )
    return [
        (row[0] or "", row[1] or row[0] or "", row[2])
        for row in connection.execute(counted.group_by(Document.type_code).order_by(name))
    ]


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
