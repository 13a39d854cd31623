"""What is typed into the search box is read as it was meant, and nothing that can be typed breaks a search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.index.search.archive import documents, write
from vnadmin.gazetteer import rows
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.search.query import BadQuery, Choice, Due, Query, Value, Words, read_query
from vnadmin.index.search.query_dates import Period, read_period
from vnadmin.index.search.query_fields import field_named
from vnadmin.index.search.search import search

if TYPE_CHECKING:
    from tests.index.conftest import Postgres


def found(*words: Words) -> Query:
    """All of these words."""
    return Query((Choice(words),))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quy hoạch", found(Words("quy"), Words("hoạch"))),
        ('"quy hoạch"', found(Words("quy hoạch", phrase=True))),
        ("“quy hoạch”", found(Words("quy hoạch", phrase=True))),
        ('"quy hoạch', found(Words("quy hoạch", phrase=True))),  # the quote is not closed yet
        ("-đất", Query(excluded=Choice((Words("đất"),)))),
        ('-"đất đai"', Query(excluded=Choice((Words("đất đai", phrase=True),)))),
        ("a - b", found(Words("a"), Words("b"))),  # a dash between words excludes nothing
        ("UBND-VX", found(Words("UBND-VX", phrase=True))),
        ("so:123/UBND-VX", Query((Choice(values=(Value("number", "123/UBND-VX"),)),))),
        ("Số: 123/UBND-VX", Query((Choice(values=(Value("number", "123/UBND-VX"),)),))),
        ('-co-quan:"Sở Y tế"', Query(excluded=Choice(values=(Value("issuer", "Sở Y tế"),)))),
        ("V/v: họp", found(Words("V/v:", phrase=True), Words("họp"))),
        ("15:30", found(Words("15:30", phrase=True))),
        ("đất OR nhà", Query((Choice((Words("đất"),)), Choice((Words("nhà"),))))),
        (
            "OR đất || | nhà OR",
            Query((Choice((Words("đất"),)), Choice((Words("nhà"),)))),
        ),  # signs too many part nothing
        ("tu:2019 OR đất", Query((Choice((Words("đất"),)),), issued=(Period("2019", None),))),  # dates hold for all
        ("tu:2019 den:2021", Query(issued=(Period("2019", None), Period(None, "2022")))),
        ("han:<2022-06-30", Query(due=(Due(Period(None, "2022-06-30")),))),
        ("-han:2022", Query(due=(Due(Period("2022", "2023"), negative=True),))),
        ("", Query()),
        ('- -- "" : ? "', Query(void=True)),
        ("so:/", replace(Query(void=True), notes=read_query("so:/").notes)),  # its only term was left out
        ("so:-", Query(lacking=frozenset({"number"}))),
        ("-co-quan:-", Query(having=frozenset({"issuer"}))),
        ('cơ quan:"Sở Y tế"', Query((Choice(values=(Value("issuer", "Sở Y tế"),)),))),  # a name of two words
    ],
)
def test_a_query_means(typed: str, meant: Query) -> None:
    """Words, phrases, a minus, fields and dates."""
    assert read_query(typed) == meant


@pytest.mark.parametrize("word", ["OR", "hoặc", "HOẶC", "or", "|"])
def test_or_parts_a_query(word: str) -> None:
    """In small letters it may be a word of a title: the note says how it was read. Between quotes it is one."""
    query = read_query(f"đất {word} đai")
    assert [choice.words for choice in query.choices] == [(Words("đất"),), (Words("đai"),)]
    assert [("phép chọn" in note.vi, "operator" in note.en) for note in query.notes] == [(True, True)] * word.islower()
    assert read_query(f'"đất {word} đai"').notes == ()


@pytest.mark.parametrize("typed", ["so:", 'so:""', "so:/", "tu:", "han:<"])
def test_an_empty_field_is_left_out_and_said_so(typed: str) -> None:
    """While somebody types, the search goes on."""
    query = read_query(f"họp {typed}")
    assert query.choices == (Choice((Words("họp"),)),)
    assert len(query.notes) == 1


def test_a_field_that_is_none_is_words_with_a_hint() -> None:
    """`co-qan:x` is looked for as words, and the name that was meant is said."""
    query = read_query("co-qan:Huế")
    assert query.choices[0].words == (Words("co-qan Huế", phrase=True),)
    assert "co-quan:" in query.notes[0].vi


@pytest.mark.parametrize("typed", ["xyz:abc", '-xyz:"abc"', "đất xyz:abc"])
def test_a_field_that_nobody_knows_is_words_and_said_so(typed: str) -> None:
    """Nothing is near it: without a word the person would look for what is wrong elsewhere."""
    (note,) = read_query(typed).notes
    assert note.vi.startswith("xyz: không phải tên trường")
    assert read_query("Kính gửi: Sở Y tế, 15:30").notes == ()


@pytest.mark.parametrize("typed", ["tu:hôm-qua", "den:32/1/2020", "ngay:2021-02-29", 'tu:"a\nb"', "han:2022..mai"])
def test_a_date_that_is_none_is_refused(typed: str) -> None:
    """A search for another time than the person wants would only mislead."""
    with pytest.raises(BadQuery):
        read_query(typed)


def test_times_that_no_date_lies_in_are_said() -> None:
    """`ngay:2012 OR ngay:2013` finds nothing, for dates hold for all parts: the note tells how a span is typed."""
    (note,) = read_query("ngay:2012 OR ngay:2013").notes
    assert "tu:2012 den:2013" in note.vi
    assert "tu:2012 den:2013" in note.en
    assert read_query("tu:2012 den:2013").notes == ()


def test_many_bodies_in_one_query_stay_few_parts() -> None:
    """Every spelling of every body with every other would be more than a database takes."""
    assert len(read_query(" ".join(['giao:"UBND huyện"'] * 40)).choices) <= 24


def test_a_minus_before_a_time_is_refused() -> None:
    """`-tu:2019` says nothing that tu: and den: do not say better."""
    with pytest.raises(BadQuery, match="tu:"):
        read_query("-tu:2019")


@pytest.mark.parametrize(
    ("typed", "field", "period"),
    [
        ("2021", "on", Period("2021", "2022")),
        ("9/2021", "on", Period("2021-09", "2021-10")),
        ("12/2021", "on", Period("2021-12", "2022-01")),
        ("31/12/2021", "on", Period("2021-12-31", "2022-01-01")),
        ("31.12.2021", "to", Period(None, "2022-01-01")),
        ("2024-2-28", "to", Period(None, "2024-02-29")),
        (">2022-06-30", "deadline", Period("2022-07-01", None)),
        ("≥ 2022", "deadline", Period("2022", None)),
        ("<=6/2022", "deadline", Period(None, "2022-07")),
        ("2021..", "on", Period("2021", None)),
        ("..30/6/2022", "deadline", Period(None, "2022-07-01")),
    ],
)
def test_a_date_as_people_write_it(typed: str, field: str, period: Period) -> None:
    """Days, months and years; from, until, before, after, between."""
    assert read_period(typed, field) == period


def test_every_name_of_a_field_means_that_field_alone() -> None:
    """No two fields share a name, and each example of the table uses its own."""
    seen: dict[str, str] = {}
    for row in rows("query_fields"):
        for name in (row["name"], row["field"], *filter(None, row["aliases"].split(", "))):
            assert field_named(name) == row["field"]
            assert seen.setdefault(name, row["field"]) == row["field"]
        example = read_query(row["example"])
        assert row["example"].startswith(f"{row['name']}:")
        assert example.choices[0].values or example.issued or example.due


def test_a_long_query_is_cut_and_said_so() -> None:
    """A page pasted into the search box does not become a thousand conditions."""
    query = read_query("công văn " * 500)
    assert len(query.choices[0].words) == 40
    assert len(query.notes) == 2


@pytest.fixture(scope="module")
def connections(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Iterator[list[Connection]]:
    """A connection to each database."""
    urls = (str(tmp_path_factory.mktemp("query") / "catalog.db"), postgres.create("query"))
    engines = [open_catalog(url) for url in urls]
    for engine in engines:
        write(engine, documents())
    opened = [engine.connect() for engine in engines]
    yield opened
    for connection in opened:
        connection.close()
    for engine in engines:
        engine.dispose()


_TYPED = st.text(
    st.one_of(
        st.sampled_from(list("\"'-:<>=.()*&|!/\\%_^{}~đĐơưạ \u0300\u0301\x00\n")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)
_SIGNS = "AND OR NOT NEAR( * ^ ' -- ; -loai:CV t:x :| =| { vien-dan:9/2017 co-quan: so:123 so:/ han:<2023 giao:Sở"
_PIECES = st.lists(
    st.sampled_from([*_SIGNS.split(), "đường", "duong", '"quy hoạch"', "-đất", "tu:2019"]), max_size=6
).map(" ".join)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.one_of(_TYPED, _PIECES))
def test_nothing_that_can_be_typed_breaks_a_search(connections: list[Connection], typed: str) -> None:
    """Either the query is refused as bad, or both databases answer, and answer alike."""
    try:
        query = read_query(typed)
    except BadQuery:
        return
    first, second = ([h.sha256 for h in search(connection, query).hits] for connection in connections)
    assert first == second
