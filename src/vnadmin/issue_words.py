"""What an issue says in Vietnamese: the sentence of data/issues.tsv, with its values and its page."""

from __future__ import annotations

from functools import cache

from vnadmin.gazetteer import rows
from vnadmin.model import AdminDocument, Issue
from vnadmin.text.pattern import pattern

_PAGE = pattern(r"\bPage (\d{1,6})\b")


@cache
def _sentences() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["en"], row["vi"]) for row in rows("issues")}


def vietnamese(issue: Issue) -> str:
    """The message for a person; of a code that is not in the table the English one."""
    if issue.code not in _sentences():
        return issue.message
    english, told = _sentences()[issue.code]
    page, values = issue.page, " | ".join(issue.values)
    if page is None and not values:  # JSON that was saved before an issue had these: its message tells them
        named = _PAGE.search(issue.message)
        page = int(named[1]) if named else None
        rest = issue.message.removeprefix(english).strip()
        values = "" if rest == issue.message or rest.endswith(".") else rest
    where = f" (trang {page})" if page else ""
    return f"{told.removesuffix('.')}{where}. {values}".rstrip()


def in_vietnamese(document: AdminDocument) -> AdminDocument:
    """The document with the messages of its issues in Vietnamese."""
    told = [issue.model_copy(update={"message": vietnamese(issue)}) for issue in document.issues]
    return document.model_copy(update={"issues": told})
