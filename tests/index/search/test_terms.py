"""What is one word to a person is one term to the index, whatever the accents, the case and the coding."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.index.search.order import position, positions
from vnadmin.index.search.query_dates import Period
from vnadmin.index.search.terms import _PRINTED, LONGEST_WORD, folded, has_marks, index_line, terms, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("Thủy", "thuỷ"), ("QUÝ", "qúy"), ("Đường", "đường"), ("Ðường", "đường"), ("hòa", "ho\u0300a")],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    """Tone placement, case, look-alike letters and combining marks make no difference, even with accents."""
    assert tokens(one, marks=True) == tokens(other, marks=True)


@pytest.mark.parametrize(("one", "other"), [("đường", "dương"), ("hòa", "hóa"), ("đất", "dất")])
def test_other_words_are_others_with_accents_and_one_without(one: str, other: str) -> None:
    """đ folds to d, and every accent to none, only where accents do not count."""
    assert tokens(one, marks=True) != tokens(other, marks=True)
    assert tokens(one) == tokens(other)


def test_noughts_do_not_count_in_numbers_of_documents() -> None:
    """`9/2017/NĐ-CP` and `09/2017/NĐ-CP` are one number; in a text a figure stays as it is."""
    assert terms("n", "09/2017/NĐ-CP", marks=False) == terms("n", "9/2017/NĐ-CP", marks=False)
    assert terms("", "09", marks=False) != terms("", "9", marks=False)


def test_accents_are_noticed() -> None:
    """What has none is looked for without."""
    assert has_marks("đất")
    assert not has_marks("UBND 123")


def test_a_phrase_does_not_run_from_one_value_into_the_next() -> None:
    """Between two values stands an edge."""
    line = index_line("", [("i", "Sở Y tế"), ("i", "Hà Nội")])
    assert " i:y i:te " in line
    assert " i:te i:ha " not in line


def test_a_corrected_value_is_found_by_plain_words() -> None:
    """What the text does not hold, a person may have put right."""
    assert " :hon :da " in index_line("hoa da", [("h", "Hòn Đá")])


def test_a_word_without_end_is_cut() -> None:
    """A block of Base64 does not become a term that PostgreSQL refuses."""
    assert tokens("x" * 5000) == ["x" * LONGEST_WORD]


@given(st.text(max_size=200))
def test_a_line_holds_terms_that_need_no_quoting(text: str) -> None:
    """Letters, digits and our own signs: nothing that is a sign to FTS5 or tsquery."""
    for term in index_line(text, [("i", text)]).split():
        rest = term.lstrip("abcdefghijklmnopqrstuvwxyz")[1:] if term[0] not in ":=" else term[1:]
        assert rest == "|" or rest.isalnum() or all(c.isalnum() for c in rest)


@given(st.text(max_size=60), st.sampled_from("vn"))
def test_a_value_stands_in_the_line_as_it_is_looked_for(value: str, letter: str) -> None:
    """What a query makes of a value is what the line has between the edges."""
    for marks, sign in ((False, ":"), (True, "=")):
        edge = f"{letter}{sign}|"
        assert f" {' '.join([edge, *terms(letter, value, marks=marks), edge])} " in index_line("", [(letter, value)])


@given(st.text(max_size=200))
def test_words_are_those_of_the_folded_text(text: str) -> None:
    """Cutting into words and folding each is folding the whole and cutting that."""
    whole = "".join(char if char.isalnum() else " " for char in folded(text))
    assert tokens(text, marks=True) == [word[:LONGEST_WORD] for word in whole.split()]


@given(st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ ắờữỷ"), max_size=60))
def test_whole_and_combining_letters_are_one(text: str) -> None:
    """NFC and NFD give the same terms."""
    assert tokens(unicodedata.normalize("NFD", text), marks=True) == tokens(text, marks=True)


DATES = ["2024-01-05", "2021-09-25", "2021-09-01", "2021-09", "2021", "1999-12-31", None]


def test_positions_go_from_new_to_old() -> None:
    """A month without its day comes behind its days, what has no date comes last."""
    found = [position(date, "a") for date in DATES]
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    assert found[0] >= 0 and found[-1] < 2**63


@pytest.mark.parametrize(
    ("period", "inside"),
    [
        (Period("2021-09-01", "2021-10"), ["2021-09-25", "2021-09-01", "2021-09", "2021"]),
        (Period("2021-09-02", "2021-09-26"), ["2021-09-25", "2021-09", "2021"]),
        (Period("2021", "2022"), ["2021-09-25", "2021-09-01", "2021-09", "2021"]),
        (Period("2021-12", None), ["2024-01-05", "2021"]),
        (Period(None, "2000"), ["1999-12-31"]),
        (Period(None, None), DATES[:-1]),
    ],
)
def test_a_period_holds(period: Period, inside: list[str]) -> None:
    """What is less exact than the period counts as inside where it overlaps; what has no date is in no period."""
    stretches = positions(period)
    found = [
        date
        for date in DATES
        if any(first <= position(date, sha) < behind for first, behind in stretches for sha in "ab")
    ]
    assert found == inside


def test_what_stands_without_a_blank_is_not_kept() -> None:
    """Words are remembered, of which there are few; a line of 100,000 letters is not."""
    long = "xã," * 40_000
    index_line(long, [])
    assert long not in _PRINTED
    index_line("xã Sơn Hải", [])
    assert "Hải" in _PRINTED
