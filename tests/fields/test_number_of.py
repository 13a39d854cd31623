"""A number that a person types is taken apart as a printed one is."""

import pytest

from vnadmin.fields.number import number_of


@pytest.mark.parametrize(
    ("typed", "text", "sequence", "year", "notation"),
    [
        ("123 / UBND-VX", "123/UBND-VX", "123", None, "UBND-VX"),
        ("09/2017/NĐ-CP", "09/2017/NĐ-CP", "09", 2017, "NĐ-CP"),
        ("/UBND-VX", "/UBND-VX", None, None, "UBND-VX"),
        ("07-NQ/TU", "07-NQ/TU", "07", None, "NQ/TU"),
    ],
)
def test_parts(typed: str, text: str, sequence: str | None, year: int | None, notation: str | None) -> None:
    """Sequence, year and notation follow from the whole."""
    number = number_of(typed)
    assert number is not None
    assert (number.text, number.sequence, number.year, number.notation) == (text, sequence, year, notation)


@pytest.mark.parametrize("typed", ["", "  ", "hai mươi", "12/UBND V/v họp"])
def test_no_number(typed: str) -> None:
    """Other text is refused, not guessed at."""
    assert number_of(typed) is None
