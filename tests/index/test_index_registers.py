"""Registers: numbers grow with their days; what does not fit is told, and proposed where one reading alone fits."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.growth import is_linear
from tests.index.letters import letter
from tests.index.runs import run
from vnadmin.commands.cli import app
from vnadmin.index.registers.series import Entry, look_through, readings


def entries(*numbers: tuple[int, str]) -> list[Entry]:
    """Entries of a year, by number and day."""
    return [Entry(key, number, "", f"2022-{day}", f"about {key}") for key, (number, day) in enumerate(numbers)]


def month(count: int, *, without: int = 0) -> list[Entry]:
    """A register with a number a day, but for one."""
    return [
        Entry(i, i, "", f"2022-{1 + (i - 1) // 28:02d}-{1 + (i - 1) % 28:02d}", f"about {i}")
        for i in range(1, count + 1)
        if i != without
    ]


def test_missing_numbers_from_the_first_on() -> None:
    found = look_through(entries((2, "01-05"), (3, "01-09"), (9, "02-01")))
    assert (found.gaps, found.possible_gaps) == (((1, 1), (4, 8)), ())
    assert (found.last, found.entries, found.out_of_order, found.proposals) == (9, 3, (), ())


def test_numbers_before_a_last_one_that_may_be_misread_are_possibly_missing() -> None:
    found = look_through(entries((2, "01-05"), (3, "01-09"), (7, "02-01")))  # or a 4
    assert (found.gaps, found.possible_gaps) == (((1, 1),), ((4, 6),))


def test_two_letters_of_one_number_are_a_double() -> None:
    found = look_through(entries((1, "01-05"), (2, "01-09"), (2, "01-12"), (3, "02-01")))
    assert [(each.number, each.copies, each.sure) for each in found.doubles] == [(2, False, True)]


def test_one_letter_in_two_files_is_copies() -> None:
    copies = [Entry(0, 2, "", "2022-01-09", "hop"), Entry(1, 2, "", "2022-01-09", "hop")]
    assert [each.copies for each in look_through(copies).doubles] == [True]


def test_a_letter_behind_a_number_makes_another_number() -> None:
    found = look_through([Entry(0, 30, "", "2022-01-09"), Entry(1, 30, "c", "2022-01-09")])
    assert found.doubles == ()


def test_a_misread_number_is_proposed_where_one_reading_fits() -> None:
    """Seen on scans: a 1 with a long upstroke is read as 4 or 7."""
    kept = month(60, without=51)
    found = look_through([*kept, Entry(99, 54, "", "2022-02-23", "other")])
    assert [(each.field, each.value, each.entry.key) for each in found.proposals] == [("number", "51", 99)]
    assert found.gaps == ()


def test_a_misread_day_is_proposed_where_the_number_fits() -> None:
    kept = [each for each in month(110) if each.number != 95]
    found = look_through([*kept, Entry(95, 95, "", "2022-01-11", "x")])
    assert [(each.field, each.value) for each in found.proposals] == [("day", "2022-04-11")]
    found = look_through([*kept, Entry(95, 95, "", "2022-08-12", "x")])
    assert found.proposals == ()  # August is not taken for April
    assert [each.key for each in found.out_of_order] == [95]


def test_the_last_number_far_behind_the_others_may_be_misread() -> None:
    found = look_through([*month(50), Entry(99, 57, "", "2022-03-01", "x"), Entry(98, 81, "", "2022-03-02", "y")])
    assert found.last == 81
    found = look_through([*month(50), Entry(99, 451, "", "2022-03-01", "x")])
    assert (found.last, found.gaps) == (451, ((51, 450),))  # no reading of it is next to 50
    found = look_through([*month(150), Entry(99, 754, "", "2022-06-26", "x")])
    assert found.last == 754  # two figures are not both misread
    found = look_through([*month(150), Entry(999, 451, "", "2022-06-26", "x")])
    assert [(each.value, found.last, found.gaps) for each in found.proposals] == [("151", 151, ())]


def test_of_two_numbers_of_one_day_either_may_be_missing() -> None:
    """Ten numbers a day: a 48 that is a misread 43 fits as well as the other; neither gap nor double is sure."""
    kept = [Entry(i, i, "", f"2022-01-{1 + i // 10:02d}", f"about {i}") for i in range(1, 90) if i not in (43, 75)]
    found = look_through([*kept, Entry(99, 48, "", "2022-01-05", "x")])
    assert (found.gaps, found.possible_gaps) == (((75, 75),), ((43, 43),))
    assert [(each.number, each.sure) for each in found.doubles] == [(48, False)]
    found = look_through([*kept, Entry(99, 52, "", "2022-01-06", "x")])  # a 2 is taken for nothing else
    assert (found.gaps, [(each.number, each.sure) for each in found.doubles]) == (((43, 43), (75, 75)), [(52, True)])


def test_a_long_register_is_looked_through_in_linear_time() -> None:
    """Half of the entries stand out of order: each is looked up, and no row is copied for it."""

    def work(count: int) -> Callable[[], object]:
        days = [f"2022-{1 + i * 12 // count:02d}-{1 + i % 28:02d}" for i in range(count)]
        made = [Entry(i, 1000 + i * 3, "", day, f"{i}") for i, day in enumerate(days)]
        return lambda: look_through(made)

    assert is_linear(work, 4_000)


def test_nobody_can_tell_which_of_two_was_misread() -> None:
    """Either of two 44s may be the 44 of the register: none is proposed. Alone, the first is the 41 that its day says."""
    kept = [each for each in month(60) if each.number not in (41, 44, 47)]
    first, second = Entry(90, 44, "", "2022-02-13", "x"), Entry(91, 44, "", "2022-02-19", "y")
    assert [(each.entry.key, each.value) for each in look_through([*kept, first]).proposals] == [(90, "41")]
    assert look_through([*kept, first, second]).proposals == ()


def test_without_days_only_gaps_and_doubles_are_told() -> None:
    found = look_through([Entry(0, 1), Entry(1, 5), Entry(2, 5)])
    assert found.gaps == ((2, 4),)
    assert [each.number for each in found.doubles] == [5]
    assert (found.out_of_order, found.proposals) == ((), ())


def test_an_empty_register_has_nothing() -> None:
    assert look_through([]).last == 0


@pytest.mark.parametrize("seed", range(20))
def test_a_whole_register_shows_nothing_whatever_its_order(seed: int) -> None:
    kept = month(120)
    random.Random(seed).shuffle(kept)
    found = look_through(kept)
    assert (found.gaps, found.doubles, found.out_of_order, found.proposals) == ((), (), (), ())


def test_readings_change_one_figure() -> None:
    assert list(readings("10")) == ["40", "70", "16"]
    assert list(readings("259")) == []


def test_the_command_tells_gaps_and_doubles_of_one_office(catalog: str, archive: Path) -> None:
    for number, day in ((101, 1), (102, 2), (104, 4), (105, 5)):
        (archive / f"{number}.txt").write_text(letter(1, number=number, day=day, month=3, year=2021), "utf-8")
    (archive / "again.txt").write_text(letter(1, number=105, day=5, month=3, year=2021, subject="tập huấn"), "utf-8")
    (archive / "other.txt").write_text(letter(1, office="TƯ PHÁP", sign="STP-VP", day=5, month=3, year=2021), "utf-8")
    run(catalog, archive)
    runner = CliRunner()
    done = runner.invoke(app, ["registers", "-c", catalog, "--issuer", "noi vu", "--year", "2021", "-f", "jsonl"])
    assert done.exit_code == 0, done.output
    (register,) = map(json.loads, done.output.splitlines())
    assert (register["issuer"], register["type"], register["year"]) == ("SỞ NỘI VỤ", "CV", 2021)
    assert register["gaps"] == [[1, 100], [103, 103]]
    (double,) = register["doubles"]
    assert (double["number"], double["copies"], double["sure"]) == ("105", False, True)
    assert sorted(Path(path).name for each in double["documents"] for path in each["paths"]) == ["105.txt", "again.txt"]
    shown = runner.invoke(app, ["registers", "-c", catalog, "--year", "2021"]).output
    assert "thiếu số              1-100, 103" in shown
    english = runner.invoke(app, ["registers", "-c", catalog, "--year", "2021", "--lang", "en"]).output
    assert "missing               1-100, 103" in english
    assert "given twice" in english
    assert "given twice" not in shown
    assert "SỞ TƯ PHÁP · CV · 2021" in shown
    assert runner.invoke(app, ["registers", "-c", catalog, "--year", "1999"]).exit_code == 1
    lost = runner.invoke(app, ["registers", "-c", str(archive / "none.db"), "--lang", "vi"])
    assert lost.stderr.startswith("vnadmin: ")
    assert "[catalog_unavailable]" in lost.stderr
