"""What a terminal, a page, a table and a folder are given of names and values that strangers wrote."""

from __future__ import annotations

import io
import unicodedata

import pytest

from vnadmin.commands.terminal import Terminal
from vnadmin.export.tables.csv_text import write_csv
from vnadmin.text.printable import file_name, is_forged, printable, printable_json, printable_lines

BAD = "a\x1b[2J\x00\u202eb\x9bc\rd\ud800"


def acts(text: str) -> set[str]:
    """What of a text a terminal would obey."""
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\t\n"}


@pytest.mark.parametrize("shown", [printable, printable_lines, printable_json, file_name])
def test_nothing_acts(shown: object) -> None:
    assert callable(shown)
    assert not acts(shown(BAD))
    assert shown("Sở Tư pháp – “số” 5") == "Sở Tư pháp – “số” 5"


def test_lines_stay_lines() -> None:
    assert printable_lines("a\tb\r\nc\n") == "a\tb\r\nc\n"


def test_a_cell_holds_no_control() -> None:
    """Seen: a correction with ESC, NUL and RLO in the CSV of an archive."""
    out = io.StringIO(newline="")
    write_csv(out, ["a"], [[BAD], ["=1+1"], [["x", "y\x1b"]]])
    assert not acts(out.getvalue().replace("\r\n", "\n"))
    assert "'=1+1" in out.getvalue()


def test_a_table_on_a_terminal_holds_no_control_of_a_value() -> None:
    out = io.StringIO()
    Terminal(file=out, force_terminal=True, width=200).print("x" + BAD, style="bold red", markup=False)
    assert out.getvalue().startswith("\x1b[1;31mx")
    assert "\x1b[2J" not in out.getvalue()
    assert not acts(out.getvalue()) - {"\x1b"}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("r\rFAKE", "r_FAKE"), ("new\nline", "new_line"), ("\x1b[31mdo\u202efdp", "_[31mdo_fdp"),
        ("<img src=x onerror=alert(1)>", "_img src=x onerror=alert(1)_"), ("..", ""), ("Công văn 1", "Công văn 1"),
    ],
)  # fmt: skip
def test_names_that_are_written(name: str, plain: str) -> None:
    """Seen in the zip of an archive: Windows could not unpack it, and the list of an unzip moved the cursor."""
    assert file_name(name) == plain


def test_what_is_typed_is_not_forged() -> None:
    assert not is_forged("Hà Nội\u00a0\r\n\t– “a”\u00ad\u200b")
    assert is_forged("\x00")
