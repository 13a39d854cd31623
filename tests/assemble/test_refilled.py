"""A date by hand that a cited document contradicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

import vnadmin
from vnadmin.assemble.evidence import EvidenceWriter
from vnadmin.assemble.refilled import other_reading, refilled
from vnadmin.found import Found
from vnadmin.layout.page import Box, Handwriting, Span
from vnadmin.model import Grade, PartialDate
from vnadmin.source.text import read_text


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
    read = read_text(
        "Hải Vân, ngày 4 tháng 5 năm 2021\nCăn cứ Công văn ngày 19 tháng 5 năm 2021".encode(), vnadmin.Config()
    )
    day = read.text.index("4")
    document = replace(read, handwriting=(Handwriting(day, day + 1, 1, Box(0.4, 0.1, 0.42, 0.12)),))
    evidence = EvidenceWriter(document)
    place_date, cited = (Span(line.start, line.end) for line in document.lines)
    evidence.unwrap(Found("2021-05-04", (place_date,), "issued_on.place-date-line", Grade.GUESS), "/issued_on")
    evidence.unwrap(Found("2021-05-19", (cited,), "citation.test"), "/legal_references/0/issued_on")
    basis = {"relation": "basis", "issued_on": "2021-05-19"}
    values = {"issued_on": PartialDate("2021-05-04"), "legal_references": [basis]}
    meant, told = refilled(values, document, evidence)
    assert (meant, evidence.entries["/issued_on"][0]["rule"]) == ("2021-05-24", "issued_on.refilled")
    assert told is not None
    assert told.code == "date_before_reference"
