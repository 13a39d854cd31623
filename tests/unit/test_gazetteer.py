"""The tables of the package: what the loader refuses, and that every table of the package is clean."""

from __future__ import annotations

from importlib import resources

import pytest

from vnadmin.gazetteer import GazetteerError, columns, read_columns, rows, words, words_where

HEAD = "word\tkind\tsource\n"


def test_columns_by_their_names() -> None:
    """A column is read by its name in the head; remarks and empty lines are skipped."""
    table = read_columns("# a remark:  two blanks\n\n" + HEAD + "Sở\thead\tNĐ 30/2020\nCục\t\tx\n", "t.tsv")
    assert table == {"word": ("Sở", "Cục"), "kind": ("head", ""), "source": ("NĐ 30/2020", "x")}


def test_rows_map_columns_to_cells() -> None:
    """A row is read by the names of the head."""
    table = rows("authorities")
    assert [row["word"] for row in table] == [*columns("authorities")["word"]]
    assert all(row["source"] for row in table)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEAD + "So\u031b\u0309\thead\tx\n", "not NFC"),
        (HEAD + "Sở \thead\tx\n", "stray white space"),
        (HEAD + "Sở  Y tế\thead\tx\n", "stray white space"),
        (HEAD + "Sở\u00a0Y tế\thead\tx\n", "stray white space"),
        (HEAD + "Sở\thead\n", "cells"),
        (HEAD + "Sở\thead\t\n", "no source"),
        (HEAD + "Sở\thead\tx\nSở\thead\ty\n", "twice"),
        ("word\tkind\nSở\thead\n", "source"),
        ("word\tword\tsource\nSở\tSở\tx\n", "twice"),
    ],
)
def test_refused(text: str, reason: str) -> None:
    """A table that is not clean is refused, with the line and the reason."""
    with pytest.raises(GazetteerError, match=reason):
        read_columns(text, "t.tsv")


def test_every_table_with_a_source_column_is_clean() -> None:
    """All tables of the package load."""
    names = [path.name for path in resources.files("vnadmin").joinpath("data").iterdir() if path.name.endswith(".tsv")]
    assert names
    for name in names:
        assert rows(name.removesuffix(".tsv")), name


def test_words_are_read_once() -> None:
    """Loading is cached: the same object comes back."""
    assert rows("document_types") is rows("document_types")
    assert words("document_types", "name") is words("document_types", "name")


def test_words_of_one_kind() -> None:
    """Several small lists may share a table."""
    assert "KHẨN" in words_where("marks", "field", "urgency", "mark")
    assert "KHẨN" not in words_where("marks", "field", "secrecy", "mark")


def test_an_empty_table() -> None:
    assert read_columns("", "t.tsv") == {"source": ()}
    assert read_columns("source\nNĐ 30/2020\n", "t.tsv") == {"source": ("NĐ 30/2020",)}
