"""Issues with the text of data/issues.tsv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from vnadmin.gazetteer import rows
from vnadmin.model import Issue, Severity


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in rows("issues")}


def issue(code: str, pointer: str | None = None, *values: str) -> Issue:
    """An Issue with the text of data/issues.tsv, and the values of the document that it names or compares."""
    row = _table()[code]
    message = " ".join((row["en"], " | ".join(values))).rstrip()
    return Issue(code=code, message=message, pointer=pointer, severity=Severity(row["severity"]), values=[*values])
