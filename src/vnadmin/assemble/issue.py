"""Issues with the text of data/issues.tsv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from vnadmin.gazetteer import rows
from vnadmin.model import Issue, Severity


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in rows("issues")}


def issue(code: str, pointer: str | None = None, detail: str = "") -> Issue:
    """An Issue with the text of data/issues.tsv, and a detail that holds no more than values of the model."""
    row = _table()[code]
    message = f"{row['en']} {detail}".strip()
    return Issue(code=code, message=message, pointer=pointer, severity=Severity(row["severity"]))
