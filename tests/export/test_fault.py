"""A fault of ours in the export of one document costs that document, on the command line and on the archive's pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from vnadmin.commands import export
from vnadmin.export import registry
from vnadmin.export.profile import AgencyProfile
from vnadmin.export.registry import Choices, Export, Item, Output
from vnadmin.pipeline import parse
from vnadmin.samples import samples

LETTER = next(item.read_bytes() for item in samples() if item.name == "cong-van.txt")


def _faulty(items: Sequence[Item], choices: Choices) -> Output:
    if items[0].name == "b.txt":
        raise ZeroDivisionError("a word of the document")
    return Output(f"{items[0].name}.xml", b"<x/>")


@pytest.fixture
def items() -> list[Item]:
    """Three, of which the second is not to be written."""
    document = parse(LETTER)
    return [Item(document, name, None, AgencyProfile()) for name in ("a.txt", "b.txt", "c.txt")]


def test_on_the_command_line(
    items: list[Item], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others are written, and what is said of it holds no word of the document."""
    monkeypatch.setattr(registry, "EXPORTS", {"dc": Export("", "", False, _faulty)})
    refused = export._write(items, "dc", Choices(), tmp_path / "out", ())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.txt.xml", "c.txt.xml"]
    assert [(name, error.code) for name, error in refused] == [("b.txt", "parser_fault")]
    assert "a word" not in capsys.readouterr().err


def test_on_the_pages(items: list[Item]) -> None:
    """The others are in the zip, and this one is listed."""
    exports = pytest.importorskip("vnadmin_service.archive.exports", reason="needs the extras [index,service]")
    made = exports._write(Export("", "", False, _faulty), items, Choices())
    assert [output.name for output in made.outputs] == ["a.txt.xml", "c.txt.xml"]
    assert [lack.name for lack in made.refused] == ["b.txt"]
    assert "a word" not in made.refused[0].line
