"""`vnadmin mcp`: the official SDK's own client calls each tool over stdio, and gets nothing from outside the named folders."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

import vnadmin
from vnadmin.samples import samples

pytest.importorskip("mcp", reason="needs the extra [mcp]")

LETTER = next(item for item in samples() if item.name == "cong-van.txt").read_bytes()
Call = Callable[..., tuple[bool, Any]]  # whether it is an error, and what came


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of documents, with a link out of it."""
    inside = tmp_path / "kho"
    (inside / "2026").mkdir(parents=True)
    (inside / "2026/cong-van.txt").write_bytes(LETTER)
    (inside / "rác.bin").write_bytes(b"\x00\x01\x02" * 200)
    (inside / ".hidden.txt").write_bytes(LETTER)
    (tmp_path / "private.txt").write_bytes(LETTER)
    (inside / "link.txt").symlink_to(tmp_path / "private.txt")
    return inside


def asked(words: list[str], *calls: tuple[str, dict[str, Any]], listed: bool = False) -> list[Any]:
    """What a server that was started with these words answers: its tools, or (is it an error, content) of each call."""
    from mcp import ClientSession, StdioServerParameters, stdio_client

    async def run() -> list[Any]:
        server = StdioServerParameters(
            command=sys.executable, args=["-m", "vnadmin", "mcp", *words], env=dict(os.environ)
        )
        async with AsyncExitStack() as stack:
            read, write = await stack.enter_async_context(stdio_client(server))
            session = await stack.enter_async_context(ClientSession(read, write))
            await session.initialize()
            if listed:
                return list((await session.list_tools()).tools)
            answers = []
            for name, arguments in calls:
                answer = await session.call_tool(name, arguments)
                told = "".join(part.text for part in answer.content)
                answers.append((bool(answer.is_error), told if answer.is_error else json.loads(told)))
            return answers

    return asyncio.run(run())


def test_the_tools_are_listed_with_what_they_take(folder: Path) -> None:
    """All only read; a search is offered where a catalogue was named."""
    tools = {tool.name: tool for tool in asked([str(folder)], listed=True)}
    assert set(tools) == {"files", "parse", "cite", "lint"}
    for tool in tools.values():
        assert tool.description
        assert tool.annotations is not None and tool.annotations.read_only_hint
        assert all("description" in one for one in tool.input_schema["properties"].values()), tool.name


def test_each_tool_answers_as_its_command_does(folder: Path) -> None:
    """By a path within a folder, or an absolute one."""
    document = vnadmin.parse(LETTER)
    files, parsed, shown, cited, linted = asked(
        [str(folder)],
        ("files", {}),
        ("parse", {"path": "2026/cong-van.txt"}),
        ("parse", {"path": str(folder / "2026/cong-van.txt"), "evidence": True}),
        ("cite", {"path": "2026/cong-van.txt"}),
        ("lint", {"path": "2026/cong-van.txt", "language": "en"}),
    )
    assert files == (False, {"files": ["rác.bin", "2026/cong-van.txt"], "more": False})
    assert parsed[1]["documents"][0]["document"] == document.model_dump(mode="json", exclude={"evidence", "text"})
    assert shown[1]["documents"][0]["document"] == document.model_dump(mode="json")
    assert [one["uri"] for one in cited[1]["instruments"]]
    assert {one["code"] for one in linted[1]["findings"]} == {f.code for f in vnadmin_lint(document)}


def vnadmin_lint(document: vnadmin.AdminDocument) -> tuple[Any, ...]:
    """What the library finds."""
    from vnadmin.lint import lint

    return lint(document)


@pytest.mark.parametrize(
    "path", ["../private.txt", "link.txt", "/etc/passwd", "2026/../../private.txt", "nothing.txt", "2026", "a\x00b", ""]
)
def test_nothing_outside_the_named_folders_is_read(path: str, folder: Path) -> None:
    """Nor is it told whether there is something."""
    given = str(folder.parent / "private.txt") if path == "" else path
    (answer,) = asked([str(folder)], ("parse", {"path": given}))
    assert answer[0]
    assert "source_not_found" in answer[1]
    assert "17/" not in answer[1]


def test_a_file_that_cannot_be_read_is_an_error_with_its_code_and_the_server_goes_on(folder: Path) -> None:
    """The worker's error is what the command line would say."""
    bad, good = asked([str(folder)], ("parse", {"path": "rác.bin"}), ("parse", {"path": "2026/cong-van.txt"}))
    assert bad[0] and "unsupported_format" in bad[1]
    assert not good[0]


def test_a_search_answers_from_the_catalogue_that_was_named(folder: Path, tmp_path: Path) -> None:
    """As `vnadmin search --format json`."""
    pytest.importorskip("sqlalchemy", reason="needs the extra [index]")
    from click.testing import CliRunner

    from vnadmin.commands.cli import app

    catalog = str(tmp_path / "catalog.db")
    assert CliRunner().invoke(app, ["index", str(folder / "2026"), "--catalog", catalog]).exit_code == 0
    document = vnadmin.parse(LETTER)
    assert document.number is not None
    found, wrong = asked(
        [str(folder), "--catalog", catalog],
        ("search", {"query": f'so:"{document.number.text}"'}),
        ("search", {"query": "khongco:1"}),
    )
    assert found[1]["total"] == 1
    assert found[1]["hits"][0]["subject"]["text"] == document.subject
    assert wrong[0] or wrong[1]["notes"] or wrong[1]["total"] == 0


def test_a_folder_that_is_not_there_is_told_at_the_start(tmp_path: Path) -> None:
    """One sentence and the exit status of a path that is not there."""
    from click.testing import CliRunner

    from vnadmin.commands.cli import app

    ran = CliRunner().invoke(app, ["mcp", str(tmp_path / "none")])
    assert ran.exit_code == 3
    assert "source_not_found" in ran.output
