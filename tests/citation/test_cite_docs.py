"""docs/how-to/cite.md: its Python runs as it stands, and its table of identifiers is what the code gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vnadmin.citation import cite_text

PAGE = (Path(__file__).parent.parent.parent / "docs/how-to/cite.md").read_text("utf-8")


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
def test_the_python_of_the_page_runs(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each block alone."""
    exec(compile(code, "cite.md", "exec"), {})


def test_the_table_of_identifiers_is_right() -> None:
    """Each row's citation has the row's identifier."""
    table = re.findall(r"^\| (`.+?`) \| `(/vn/[^`#…]+)`[^|]*\|", PAGE, re.MULTILINE)
    assert len(table) >= 5
    for cited, identifier in table:
        for words in re.findall(r"`([^`]+)`", cited):
            (one,) = cite_text(f"Theo {words}.").citations
            assert one.targets == (identifier,), words
