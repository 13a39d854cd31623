"""Problems in Vietnamese, down to what is particular to one error: every message that the service can answer with."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from vnadmin.errors import LimitExceeded
from vnadmin_service.problems import PROBLEMS, in_vietnamese, problem

REPOSITORY = Path(__file__).parents[3]
# Raised by commands, adapters and the index alone, which no request reaches.
ELSEWHERE = (
    "/commands/",
    "/index/run/launch",
    "/index/run/watch",
    "/index/run/walk.py",
    "/index/run/engine_ray",
    "/vnadmin/client/",
    "/langchain.py",
    "/commented.py",
    "/export/profile",
)
NAMES = {kind.__name__ for kind in PROBLEMS.values()} | {"NotAllowed"}


def template(node: ast.expr) -> str | None:
    """A text that is written out, with {} for what is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def messages() -> Iterator[tuple[str, str]]:
    """Where an error is raised, and its detail or advice."""
    for root in ("src/vnadmin", "service/vnadmin_service"):
        for path in sorted((REPOSITORY / root).rglob("*.py")):
            if any(part in path.as_posix() for part in ELSEWHERE):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
                    for part in (
                        *node.args,
                        *(word.value for word in node.keywords if word.arg in ("detail", "advice")),
                    ):
                        if text := template(part):
                            yield f"{path.name}:{node.lineno}", text


FOUND = {text: where for where, text in messages()}


@pytest.mark.parametrize("text", sorted(FOUND), ids=lambda text: FOUND[text])
def test_every_message_is_translated(text: str) -> None:
    """Numbers and names stay in it; a command to type is the same in both languages."""
    told = text.replace("{}", "7")
    if not re.fullmatch(r"pip install '[^' ]*'", told):
        assert in_vietnamese(told) != told
    assert in_vietnamese(told).count("7") == told.count("7")


def test_enough_is_looked_at() -> None:
    """The walk over the code finds the messages."""
    assert len(FOUND) > 80


def test_what_is_not_in_the_table_stays() -> None:
    """Codes of parameters, the place of a fault."""
    assert in_vietnamese("query.limit: greater_than") == "query.limit: greater_than"


def test_a_list_of_what_an_export_misses() -> None:
    """Each element on its own."""
    assert in_vietnamese("eId: has no value.") == "eId: chưa có giá trị."
    assert in_vietnamese("eId: has no value (from: number.text).") == "eId: chưa có giá trị (lấy từ: number.text)."
    assert (
        in_vietnamese("eId: has no value; date: is known only in part.")
        == "eId: chưa có giá trị; date: chỉ biết một phần."
    )


def test_numbers_stay_in_their_places() -> None:
    """In Vietnamese as in English."""
    told = problem(LimitExceeded("The PDF has 5000 pages, more than 2000 (Config.max_pages)."), language="vi")
    assert told.detail == "PDF có 5000 trang, nhiều hơn 2000 (Config.max_pages)."


def test_the_service_answers_so(http: httpx.Client) -> None:
    """By Accept-Language, the detail as well."""
    for language, detail in (("vi", "Không có công việc này."), ("en", "There is no such job.")):
        answer = http.get("/v1/jobs/" + 32 * "0", headers={"accept-language": language})
        assert answer.status_code == 404
        assert answer.json()["detail"] == detail
        assert answer.headers["content-language"] == language
