"""Loads the tables of `vnadmin/data`: cached, and refused when a row is not clean (what a clerk corrects is data)."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

_COMMITTEES = ("Ủy ban nhân dân tỉnh ", "Ủy ban nhân dân thành phố ")


_STRAY = re.compile(r"^ | $| (?=[ \t])|\t |[^\S \t]")  # at the ends of a cell, twice, or of another kind


class GazetteerError(ValueError):
    """A table of the package is not clean: a defect of the package or of a clerk's edit, never of a document."""


def resource(name: str) -> str:
    """The text of one file of `vnadmin/data`, such as `document_types.tsv`."""
    return resources.files("vnadmin").joinpath("data", name).read_text("utf-8")


def read_rows(text: str, name: str) -> tuple[Mapping[str, str], ...]:
    """Check and read the text of one TSV table: a head line, then one row a line; lines that open with `#` are remarks.

    Raises:
        GazetteerError: not NFC, stray white space, wrong number of cells, a row without a source, a row twice.
    """
    head: list[str] | None = None
    found: list[Mapping[str, str]] = []
    seen: set[tuple[str, ...]] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        where = f"{name}, line {number}"
        if not unicodedata.is_normalized("NFC", line):
            raise GazetteerError(f"{where}: not NFC")
        cells = [sys.intern(cell) for cell in line.split("\t")]  # a column says the same again and again
        if _STRAY.search(line):
            raise GazetteerError(f"{where}: stray white space")
        if head is None:
            if "source" not in cells or len(set(cells)) != len(cells):
                raise GazetteerError(f"{where}: the head needs a `source` column and no column twice")
            head = cells
            continue
        if len(cells) != len(head):
            raise GazetteerError(f"{where}: {len(cells)} cells for {len(head)} columns")
        row = dict(zip(head, cells, strict=True))
        if not row["source"]:
            raise GazetteerError(f"{where}: no source")
        identity = tuple(value for column, value in row.items() if column not in ("source", "note"))
        if identity in seen:
            raise GazetteerError(f"{where}: the row stands twice")
        seen.add(identity)
        found.append(MappingProxyType(row))
    return tuple(found)


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `data/<name>.tsv`, checked; each maps a column's name to its cell (empty cells are "")."""
    return read_rows(resource(f"{name}.tsv"), f"{name}.tsv")


@cache
def words(name: str, column: str = "word") -> tuple[str, ...]:
    """One column of `data/<name>.tsv` in order, without empty cells and repetitions."""
    return tuple(dict.fromkeys(row[column] for row in rows(name) if row[column]))


@cache
def words_where(name: str, key: str, value: str, column: str = "word") -> tuple[str, ...]:
    """One column of the rows whose `key` is `value`: several small lists may share a table."""
    return tuple(dict.fromkeys(row[column] for row in rows(name) if row[key] == value and row[column]))


@cache
def cited_types() -> Mapping[str, str]:
    """The names of instruments in citations and their kinds: of `document_types`, and those that only citations know."""
    names = {row["name"]: row["cited"] for row in rows("document_types") if row["cited"]}
    return MappingProxyType(names | {row["word"]: row["kind"] for row in rows("instrument_types")})


@cache
def provinces() -> tuple[str, ...]:
    """Names of provinces and of cities that are one: those that have a committee in `data/agencies.tsv`."""
    names = (row["name"] for row in rows("agencies"))
    return tuple(name.removeprefix(head) for name in names for head in _COMMITTEES if name.startswith(head))
