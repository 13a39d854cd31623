"""The registers that an office keeps by Decree 30/2020, appendix IV: what it issued (sổ đăng ký văn bản đi) or received (đến) in a year.

What the decree's form asks for and no document says (how many copies, when and by whom received) stays empty: a clerk fills it in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, select

from vnadmin.agencies import whole_name
from vnadmin.gazetteer import rows
from vnadmin.genre.closing_line import filing_label_end
from vnadmin.index.catalog.corrections import documents_in_force
from vnadmin.index.catalog.schema import Document
from vnadmin.index.registers.form import Direction
from vnadmin.index.registers.kept import entry_of
from vnadmin.index.registers.received import Received, received
from vnadmin.index.registers.series import Double, Entry, Findings, look_through
from vnadmin.model import AdminDocument
from vnadmin.text.fold import bare, fold

Note = tuple[str, str]  # a key of `data/register_words.tsv`, and the numbers or the value that it is said of
_AT_ONCE: Final = 500  # documents read at once
NO_NUMBER: Final[Mapping[str, str]] = {
    "key": "no_number", "vi": "không có số hoặc số không đọc được", "en": "no number, or none that can be read",
}  # fmt: skip
_LETTER: Final = "CV"
_COLUMNS: Final = (
    Document.id, Document.sha256, Document.type_code, Document.type_name, Document.number, Document.sequence,
    Document.issued_on, Document.subject, Document.signer, Document.issuing_agency, Document.parent_agency,
)  # fmt: skip
_Row = Row[*tuple[Any, ...]]


class Line(NamedTuple):
    """A line of a register: a document, or numbers that none has.

    Attributes:
        place: STT; None for numbers without a document.
        id: `documents.id`; None likewise.
        cells: by the columns of `form.py`.
        notes: what is found of it.
    """

    place: int | None
    id: int | None
    sha256: str
    cells: Mapping[str, str | None]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Series:
    """What is numbered on its own: of a register of issued documents one type; of received ones all."""

    name: str
    lines: tuple[Line, ...]
    found: tuple[Note, ...]  # what is to be looked at, as the list at the register's end says it
    last: int


@dataclass(frozen=True)
class Book:
    """The register of an office and a year."""

    direction: Direction
    office: str
    parent: str | None
    year: int
    series: tuple[Series, ...]

    @property
    def lines(self) -> list[Line]:
        """The lines of all series."""
        return [line for series in self.series for line in series.lines]

    @property
    def documents(self) -> int:
        """How many there are, copies counted once."""
        return sum(line.place is not None for line in self.lines)

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and the last day of registration that are known whole."""
        column = "issued_on" if self.direction is Direction.OUT else "arrived_on"
        days = [day for line in self.lines if (day := line.cells.get(column)) and len(day) == len("2021-03-05")]
        return (min(days), max(days)) if days else None


def book(connection: Connection, direction: Direction, office: str, year: int, kind: str | None = None) -> Book | None:
    """The register of an office and a year; None where the catalogue has no document for it.

    Args:
        office: `documents.issuer_key` of the office.
        kind: only this type's code, of what was issued.
    """
    name, parent = _names(connection, office)
    if direction is Direction.OUT:
        series = list(_issued(connection, office, year, kind))
    else:
        series = list(_received(connection, office, name or office, year))
    if not any(one.lines for one in series):
        return None
    return Book(direction, name or office, parent, year, tuple(_numbered(series)))


def filled(connection: Connection, direction: Direction, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with what only whole documents say: who receives and who keeps a copy."""
    if direction is Direction.IN:
        yield from lines
        return
    for start in range(0, len(lines), _AT_ONCE):
        part = lines[start : start + _AT_ONCE]
        ids = [line.id for line in part if line.id is not None]
        said = {found: _parties(document) for found, _, document in documents_in_force(connection, ids)}
        for line in part:
            yield line if line.id is None else line._replace(cells={**line.cells, **said.get(line.id, {})})


def _parties(document: AdminDocument) -> dict[str, str | None]:
    names, kept = list(document.addressees), list[str]()
    for one in document.recipients:
        end = filing_label_end(bare(one.name))
        if end:
            kept.append(one.name[end:].strip(" :"))
        elif not (names and fold(one.name).strip(" ;.,") == "như trên"):
            names.append(one.name)
    units = ", ".join(document.filing.units) if document.filing else ""
    return {"recipients": "; ".join(names) or None, "keeper": "; ".join(kept) or units or None}


def _names(connection: Connection, office: str) -> tuple[str | None, str | None]:
    """The office and the one above it, as most of its documents print them."""
    printed = connection.execute(
        select(Document.issuing_agency, Document.parent_agency).where(Document.issuer_key == office)
    ).all()
    return _most(row.issuing_agency for row in printed), _most(row.parent_agency for row in printed)


def _most(names: Iterable[str | None]) -> str | None:
    counted = Counter(name for name in names if name)
    return max(sorted(counted), key=counted.__getitem__, default=None)


def _issued(connection: Connection, office: str, year: int, kind: str | None) -> Iterator[Series]:
    chosen = select(*_COLUMNS).where(Document.issuer_key == office, Document.year == year)
    if kind is not None:
        chosen = chosen.where(Document.type_code == kind)
    found = sorted(connection.execute(chosen).all(), key=lambda row: (_type(row), row.id))
    for name, group in groupby(found, key=_type):
        of_type = list(group)
        entries = {row.id: entry_of(row.id, row.sequence, row.issued_on, row.subject) for row in of_type}
        yield _series(name, of_type, entries, {row.id: _cells(row) for row in of_type})


def _received(connection: Connection, office: str, name: str, year: int) -> Iterator[Series]:
    said = received(connection, office, name, year)
    chosen = select(*_COLUMNS).where(Document.id.in_(said)).order_by(Document.issued_on, Document.id)
    found = connection.execute(chosen).all() if said else []
    entries = {row.id: entry_of(row.id, said[row.id].number, said[row.id].day, row.number) for row in found}
    yield _series("", found, entries, {row.id: {**_cells(row), **_arrival(said[row.id])} for row in found})


def _type(row: _Row) -> str:
    return str(row.type_name or row.type_code or "")


def _cells(row: _Row) -> dict[str, str | None]:
    link = " về việc " if row.type_code == _LETTER and row.type_name else " "
    return {
        "number": row.number,
        "issued_on": row.issued_on,
        "title": link.join(filter(None, (row.type_name, row.subject))) or None,
        "signer": row.signer,
        "issuer": row.issuing_agency and whole_name(row.issuing_agency, row.parent_agency),
    }


def _arrival(one: Received) -> dict[str, str | None]:
    return {"arrival": one.number, "arrived_on": one.day}


def _series(
    name: str,
    found: Sequence[_Row],
    entries: Mapping[int, Entry | None],
    cells: Mapping[int, Mapping[str, str | None]],
) -> Series:
    """Documents by number, those without one last; numbers that nobody has between them; a letter in several files once."""
    findings = look_through([entry for entry in entries.values() if entry is not None])
    notes, again = _notes(findings)
    if name:  # a stamp ĐẾN that was not read is no fault of the document
        notes |= {document: [("no_number", "")] for document, entry in entries.items() if entry is None}
    hashes = {row.id: row.sha256 for row in found}
    lines: list[tuple[tuple[int, str, str, int], Line]] = []
    for document, entry in entries.items():
        if document in again:
            continue
        day = cells[document]["issued_on"] or "9"
        at = (entry.number, entry.suffix, day, document) if entry else (10**9, "", day, document)
        lines.append((at, Line(0, document, hashes[document], cells[document], tuple(notes[document]))))
    for kind, gaps in (("missing", findings.gaps), ("maybe_missing", findings.possible_gaps)):
        lines += [
            ((first, "", "", 0), Line(None, None, "", {}, ((kind, stretch(first, last)),))) for first, last in gaps
        ]
    lines.sort(key=lambda one: one[0])
    return Series(name, tuple(line for _, line in lines), tuple(_told(findings)), findings.last)


def _notes(findings: Findings) -> tuple[defaultdict[int, list[Note]], set[int]]:
    """What is said of each document, and those that are copies of another one."""
    notes, again = defaultdict[int, list[Note]](list), set[int]()
    for double in findings.doubles:
        first, *others = sorted(entry.key for entry in double.entries)
        if double.copies:
            notes[first].append(("copies", f"×{len(double.entries)}"))
            again.update(others)
        else:
            for one in double.entries:
                notes[one.key].append((_kind(double), ""))
    for entry in findings.out_of_order:
        notes[entry.key].append(("out_of_order", ""))
    for each in findings.proposals:
        notes[each.entry.key].append((f"maybe_{each.field}", each.value))
    return notes, again


def _told(findings: Findings) -> Iterator[Note]:
    """The list at the register's end: one line for each kind of finding, none for a letter in several files."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for kind, gaps in (("missing", findings.gaps), ("maybe_missing", findings.possible_gaps)):
        said[kind] += [stretch(*gap) for gap in gaps]
    for double in findings.doubles:
        if not double.copies:
            said[_kind(double)].append(f"{double.number}{double.suffix}")
    said["out_of_order"] += [f"{entry.number}{entry.suffix}" for entry in findings.out_of_order]
    for each in findings.proposals:
        read = f"{each.entry.number}{each.entry.suffix}"
        said[f"maybe_{each.field}"].append(f"{read} → {each.value}")
    return ((kind, ", ".join(texts)) for kind, texts in said.items() if texts)


def _kind(double: Double) -> str:
    return "double" if double.sure else "maybe_double"


def stretch(first: int, last: int) -> str:
    """Numbers that follow on each other: `7`, `7-9`."""
    return f"{first}" if first == last else f"{first}-{last}"


def _numbered(series: Iterable[Series]) -> Iterator[Series]:
    """STT goes on over all series."""
    place = 0
    for one in series:
        lines = []
        for line in one.lines:
            place += line.place is not None
            lines.append(line._replace(place=place) if line.place is not None else line)
        yield replace(one, lines=tuple(lines))


def said(note: Note, language: str = "vi") -> str:
    """A finding in words: `Thiếu số: 3-5`."""
    words = [*rows("register_words"), NO_NUMBER]
    word = next(row[language] for row in words if row["key"] == note[0])
    head = f"{word[:1].upper()}{word[1:]}"
    return f"{head}: {note[1]}" if note[1] else head
