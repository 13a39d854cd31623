"""The arrival stamp: what is legible of it becomes `arrival`, and nothing of it the document's own number or day."""

from __future__ import annotations

import pytest

from vnadmin.fields.arrival import FoundArrival, read_arrival
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Furniture
from vnadmin.zones import find_zones


def arrival(*lines: str) -> FoundArrival | None:
    """What is read of a stamp with these lines."""
    builder = DocumentBuilder("application/pdf")
    builder.page(595, 842, "text_layer")
    builder.line("Số: 12/UBND-VX")
    for line in lines:
        builder.furniture(line, Furniture.ARRIVAL_STAMP)
    return next(read_arrival(find_zones(builder.build())), None)


def test_number_and_day() -> None:
    """Both printed in the stamp."""
    found = arrival("CÔNG VĂN ĐẾN", "Số: 345", "Ngày: 15/4/2024")
    assert found is not None
    assert found.number is not None and found.number.value == "345"
    assert found.date is not None and found.date.value == "2024-04-15"


@pytest.mark.parametrize(("printed", "day"), [("Ngày 16/10/12", "2012-10-16"), ("Ngày: 3/5/98", "1998-05-03")])
def test_year_of_two_figures(printed: str, day: str) -> None:
    """Hands write the year short."""
    found = arrival("ĐẾN", printed)
    assert found is not None and found.date is not None and found.date.value == day


@pytest.mark.parametrize("day", ["Ngày: 15/412024", "Ngày: 31/2/2024", "Ngày: .../.../2024", "Ngày: 3/14/2024"])
def test_no_digit_is_invented(day: str) -> None:
    """A stroke that OCR lost, or a day that no calendar has, gives no date."""
    assert arrival("ĐẾN", day) is None


def test_own_number_is_no_arrival() -> None:
    """A document without a stamp has no arrival."""
    assert arrival() is None


def test_number_that_touches_letters_is_not_read() -> None:
    """`Số: 3A5` was not read cleanly."""
    assert arrival("ĐẾN Số: 3A5") is None
