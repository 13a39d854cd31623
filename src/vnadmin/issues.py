"""Issues: made with the sentences and the severities of data/issues.tsv, and told in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from vnadmin.gazetteer import rows
from vnadmin.model import AdminDocument, Issue, Severity
from vnadmin.text.pattern import pattern

_ASIDE = pattern(r" \([^()]*+\)(?=\.$)")  # a sentence's last words, which older versions did not have
_PAGE = pattern(r"\bPage (\d{1,6})\b")


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in rows("issues")}


def issue(code: str, pointer: str | None = None, *values: str, message: str = "", page: int | None = None) -> Issue:
    """An Issue with the text of its code, or a `message` that says more, and the values that it names or compares."""
    row = _table()[code]
    message = " ".join((message or row["en"], " | ".join(values))).rstrip()
    severity = Severity(row["severity"])
    return Issue(code=code, message=message, pointer=pointer, severity=severity, values=[*values], page=page)


def vietnamese(issue: Issue) -> str:
    """The message for a person; of a code that is not in the table the English one."""
    row = _table().get(issue.code)
    if row is None:
        return issue.message
    page, values = issue.page, " | ".join(issue.values)
    if page is None and not values:  # JSON that was saved before an issue had these: its message tells them
        named = _PAGE.search(issue.message)
        page = int(named[1]) if named else None
        rest = issue.message.removeprefix(row["en"]).removeprefix(_ASIDE.sub("", row["en"])).strip()
        values = "" if rest == issue.message or rest.endswith(".") else rest
    where = f" (trang {page})" if page else ""
    return f"{row['vi'].removesuffix('.')}{where}. {values}".rstrip()


def in_vietnamese(document: AdminDocument) -> AdminDocument:
    """The document with the messages of its issues in Vietnamese."""
    told = [issue.model_copy(update={"message": vietnamese(issue)}) for issue in document.issues]
    return document.model_copy(update={"issues": told})
