"""Loads the tables of `vnadmin/data`: cached, and refused when a row is not clean (what a clerk corrects is data)."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from operator import itemgetter
from types import MappingProxyType

_COMMITTEES = ("Ủy ban nhân dân tỉnh ", "Ủy ban nhân dân thành phố ")

# At an end of a cell or twice; white space of another kind. Literals first: a class takes three times as long.
_STRAY_BLANK = re.compile(r" [ \t\n]")
_STRAY = ("\t ", "\n ", *(char for char in map(chr, range(0x3001)) if char.isspace() and char not in " \t\n"))


class GazetteerError(ValueError):
    """A table of the package is not clean: a defect of the package or of a clerk's edit, never of a document."""


def resource(name: str) -> str:
    """The text of one file of `vnadmin/data`, such as `document_types.tsv`."""
    return resources.files("vnadmin").joinpath("data", name).read_text("utf-8")


def read_columns(text: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """Check and read the text of one TSV table: a head line, then one row a line; lines that open with `#` are remarks.

    Raises:
        GazetteerError: not NFC, stray white space, wrong number of cells, a row without a source, a row twice.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line and not line.startswith("#")]
    for number, line in lines if _fault(text) else ():
        if fault := _fault(line):
            raise GazetteerError(f"{name}, line {number}: {fault}")
    head = lines[0][1].split("\t") if lines else ["source"]
    if "source" not in head or len(set(head)) != len(head):
        raise GazetteerError(f"{name}, line {lines[0][0]}: the head needs a `source` column and no column twice")
    said = itemgetter(*([place for place, column in enumerate(head) if column not in ("source", "note")] or [0]))
    source = head.index("source")
    first: dict[object, int] = {}  # the line of each row, without its source
    table = [line.split("\t") for _, line in lines[1:]]
    for (number, _), cells in zip(lines[1:], table, strict=True):
        if len(cells) != len(head):
            raise GazetteerError(f"{name}, line {number}: {len(cells)} cells for {len(head)} columns")
        if not cells[source]:
            raise GazetteerError(f"{name}, line {number}: no source")
        if first.setdefault(said(cells), number) != number:
            raise GazetteerError(f"{name}, line {number}: the row stands twice")
    # interned: a column says the same again and again
    return {title: tuple([sys.intern(cells[at]) for cells in table]) for at, title in enumerate(head)}


def _fault(text: str) -> str | None:
    """What is not clean in a table or a line of one."""
    if not unicodedata.is_normalized("NFC", text):
        return "not NFC"
    lined = f"\n{text}\n"
    return "stray white space" if _STRAY_BLANK.search(lined) or any(stray in lined for stray in _STRAY) else None


@cache
def columns(name: str) -> Mapping[str, tuple[str, ...]]:
    """The columns of `data/<name>.tsv`, checked, by their names; they are of one length (empty cells are "")."""
    return read_columns(resource(f"{name}.tsv"), f"{name}.tsv")


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `data/<name>.tsv`; each maps a column's name to its cell. Long tables are better read by columns."""
    table = columns(name)
    return tuple([dict(zip(table, cells, strict=True)) for cells in zip(*table.values(), strict=True)])


@cache
def words(name: str, column: str = "word") -> tuple[str, ...]:
    """One column of `data/<name>.tsv` in order, without empty cells and repetitions."""
    return tuple(dict.fromkeys(filter(None, columns(name)[column])))


def words_where(name: str, key: str, value: str, column: str = "word") -> tuple[str, ...]:
    """One column of the rows whose `key` is `value`: several small lists may share a table."""
    return _words_by(name, key, column).get(value, ())


@cache
def _words_by(name: str, key: str, column: str) -> Mapping[str, tuple[str, ...]]:
    lists: dict[str, dict[str, None]] = {}
    for kind, word in zip(columns(name)[key], columns(name)[column], strict=True):
        if word:
            lists.setdefault(kind, {})[word] = None
    return {value: tuple(words) for value, words in lists.items()}


@cache
def cited_types() -> Mapping[str, str]:
    """The names of instruments in citations and their kinds: of `document_types`, and those that only citations know."""
    names = {row["name"]: row["cited"] for row in rows("document_types") if row["cited"]}
    return MappingProxyType(names | {row["word"]: row["kind"] for row in rows("instrument_types")})


@cache
def provinces() -> tuple[str, ...]:
    """Names of provinces and of cities that are one: those that have a committee in `data/agencies.tsv`."""
    names = columns("agencies")["name"]
    return tuple(name.removeprefix(head) for name in names for head in _COMMITTEES if name.startswith(head))
