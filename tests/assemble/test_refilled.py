"""A date by hand that a cited document contradicts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from vnadmin.assemble.refilled import other_reading, refilled
from vnadmin.layout.page import Span
from vnadmin.model import Grade, PartialDate


@pytest.mark.parametrize(
    ("read", "latest", "day", "month", "meant"),
    [
        ("2021-05-04", "2021-05-19", True, False, "2021-05-24"),  # the first figure was lost
        ("2021-05-01", "2021-05-10", True, False, "2021-05"),  # 11, 21 and 31 fit
        ("2021-02-09", "2021-02-25", True, False, "2021-02"),  # in no calendar of that year
        ("2021-05-04", "2021-05-19", False, False, "2021-05-04"),  # printed: the citation may be wrong
        ("2021-04-23", "2021-07-01", False, True, "2021-11-23"),  # two 1 with long upstrokes
        ("2021-01-29", "2021-03-17", True, True, "2021"),  # a month that several fit
        ("2021-05-04", "2022-05-19", True, True, "2021-05-04"),  # another year is no slip of these figures
    ],
)
def test_what_the_hand_may_have_written(read: str, latest: str, day: bool, month: bool, meant: str) -> None:
    assert other_reading(PartialDate(read), latest, day=day, month=month) == meant


def test_a_chosen_reading_bears_the_rule_that_chose_it() -> None:
    """`ngày 4` by hand under a letter of the 19th: the 24th, by a rule of its own, and an issue."""
    text = "Hải Vân, ngày 4 tháng 5 năm 2021"
    entry = {"start": 0, "end": len(text), "rule": "issued_on.place-date-line", "grade": Grade.GUESS}
    basis = {"relation": "basis", "issued_on": "2021-05-19"}
    document = SimpleNamespace(text=text, handwriting=(Span(text.index("4"), text.index("4") + 1),))
    sure = [{"grade": Grade.CERTAIN}]
    evidence = SimpleNamespace(entries={"/issued_on": [entry], "/legal_references/0/issued_on": sure})
    values = {"issued_on": PartialDate("2021-05-04"), "legal_references": [basis]}
    meant, told = refilled(values, document, evidence)  # type: ignore[arg-type]
    assert (meant, entry["rule"]) == ("2021-05-24", "issued_on.refilled")
    assert told is not None
    assert told.code == "date_before_reference"
