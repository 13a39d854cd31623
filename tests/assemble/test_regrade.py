"""A check that speaks against a value lowers its grade and never raises it."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin.assemble.evidence import EvidenceWriter
from vnadmin.found import Found
from vnadmin.layout.page import Span
from vnadmin.model import Grade
from vnadmin.source.text import read_text


@pytest.mark.parametrize(
    ("before", "after"), [(Grade.CERTAIN, Grade.LIKELY), (Grade.LIKELY, Grade.LIKELY), (Grade.GUESS, Grade.GUESS)]
)
def test_a_date_before_its_basis(before: Grade, after: Grade) -> None:
    """A guess stays one: `issued_on` before the date of an instrument that it rests on."""
    writer = EvidenceWriter(read_text("Hải Minh, ngày 01 tháng 02 năm 2020".encode(), vnadmin.Config()))
    writer.unwrap(Found("2020-02-01", (Span(10, 35),), "issued_on.test", before), "/issued_on")
    writer.regrade("/issued_on", Grade.LIKELY)
    assert [entry["grade"] for entry in writer.entries["/issued_on"]] == [after]
