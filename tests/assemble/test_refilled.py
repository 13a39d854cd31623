"""A date by hand that a cited document contradicts."""

from __future__ import annotations

import pytest

from vnadmin.assemble.refilled import other_reading
from vnadmin.model import PartialDate


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
