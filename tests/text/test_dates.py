"""The grammar of printed dates: every form, its slice, and what is no date."""

from __future__ import annotations

import datetime as dt

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.text.dates import FULL_DATE, MONTH, find_dates, match_date
from vnadmin.text.fold import fold


def value_of(folded: str) -> str | None:
    """The value of the date that opens a text."""
    match = match_date(folded, years=True)
    return match.value if match else None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("ngày 05 tháng 3 năm 2020", "2020-03-05"),
        ("ngày 6 tháng 4 năm 2011", "2011-04-06"),
        ("ngày 19 tháng 09 năm 2025", "2025-09-19"),
        ("ngày 05 tháng11 năm1998", "1998-11-05"),
        ("ngày20 tháng 01 năm 2010", "2010-01-20"),
        ("ngày 03 tháng bốn năm 2018", "2018-04-03"),
        ("ngày 4 tháng Giêng năm 1950", "1950-01-04"),
        ("ngày 4 tháng năm năm 1950", "1950-05-04"),
        ("ngày mồng 5 tháng mười hai năm 1960", "1960-12-05"),
        ("ngày 12 thắng 4 nâm 2018", "2018-04-12"),  # marks as OCR reads them
        ("ngày 25/8/2021", "2021-08-25"),
        ("ngày 06 / 7 /2005", "2005-07-06"),
        ("Ngày: 10 - 3 - 2021", "2021-03-10"),
        ("ngày 12.4.2018", "2018-04-12"),
        ("ngày 22/2/99", "1999-02-22"),
        ("ngày 22/2/05", "2005-02-22"),
        ("01-10-1997", "1997-10-01"),
        ("09/02/2017", "2017-02-09"),
        ("ngày 5 tháng 3/2019", "2019-03-05"),
        ("tháng 9 năm 2021", "2021-09"),
        ("tháng 9/2022", "2022-09"),
        ("năm 2013", "2013"),
        ("ngày\xa005 tháng 3 năm\n2020", "2020-03-05"),
        ("NGÀY 15 THÁNG 01 NĂM 2010", "2010-01-15"),
        ("ngày 3 tháng 12 năm 202 5", "2025-12-03"),
        ("ngày 14/05/2012/.", "2012-05-14"),  # "/." ends a text as "./." does
        ("tháng 11 năm 2015/.", "2015-11"),
    ],
)
def test_printed_forms(printed: str, value: str) -> None:
    """Each printed form has the date that a reader sees."""
    assert value_of(fold(printed)) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("ngày      tháng 9 năm 2021", "2021-09"),
        ("ngày … tháng … năm 2026", "2026"),
        ("ngày .... tháng .... năm 2026", "2026"),
        ("ngày tháng năm 2016", "2016"),
        ("ngày    /9/2021", "2021-09"),
        ("ngày 7 tháng    năm 2016", "2016"),
    ],
)
def test_blank_parts(printed: str, value: str) -> None:
    """A part left blank lowers the precision and is reported."""
    match = match_date(fold(printed))
    assert match is not None
    assert (match.value, match.blank) == (value, True)


@pytest.mark.parametrize(
    ("printed", "value"), [("ngày 31 tháng 2 năm 2020", "2020-02"), ("ngày 12 tháng 13 năm 2020", "2020")]
)
def test_days_that_the_calendar_does_not_have(printed: str, value: str) -> None:
    """What is out of range is dropped; what is in range stays."""
    assert value_of(fold(printed)) == value


@pytest.mark.parametrize(
    "printed",
    ["12/5/2020/QĐ", "ngày 30/6", "số 12/2020", "1/1/1800", "2020-2021", "10.3.20215", "192.168.1.2020", "Quý I/2022"],
)
def test_what_is_no_date(printed: str) -> None:
    """Numbers of documents, days without a year and other digits give nothing."""
    assert [match.value for match in find_dates(fold(printed)) if match.value] == []


def test_lone_years_only_where_asked_for() -> None:
    """`năm 2013` is a date for a law and none for a plan."""
    folded = fold("Luật Đất đai năm 2013")
    assert list(find_dates(folded)) == []
    assert [match.value for match in find_dates(folded, years=True)] == ["2013"]


def test_spans_and_order() -> None:
    """Dates come in order, each with its slice, naked digits marked as such."""
    text = "từ ngày 01/02/2020 (công văn 03-04-2021) đến tháng 5/2022"
    found = list(find_dates(fold(text)))
    assert [text[m.start : m.end] for m in found] == ["ngày 01/02/2020", "03-04-2021", "tháng 5/2022"]
    assert [m.worded for m in found] == [True, False, True]


def test_stretch() -> None:
    """Only the asked stretch is read."""
    folded = fold("ngày 01/02/2020 ngày 03/04/2021")
    assert [m.value for m in find_dates(folded, 16)] == ["2021-04-03"]
    assert [m.value for m in find_dates(folded, 0, 15)] == ["2020-02-01"]


def test_fragments_have_no_groups() -> None:
    """Other grammars embed the fragments, so they must not shift group numbers."""
    assert regex.compile(MONTH).groups == 0
    assert regex.compile(rf"(?P<date>{FULL_DATE})").groups == 1


@given(st.dates(min_value=dt.date(1945, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: dt.date) -> None:
    """Any calendar day printed in the three usual forms is read back."""
    d, m, y = day.day, day.month, day.year
    for printed in (f"ngày {d:02d} tháng {m} năm {y}", f"ngày {d}/{m}/{y}", f"{d:02d}-{m:02d}-{y}"):
        assert value_of(printed) == f"{y:04d}-{m:02d}-{d:02d}"


@given(st.text(alphabet="ngàytháứm 0123456789/.-…", max_size=200))
def test_any_text_is_searched(text: str) -> None:
    """Whatever the text, slices lie inside it and in order."""
    last = 0
    for match in find_dates(fold(text), years=True):
        assert last <= match.start < match.end <= len(text)
        last = match.end
