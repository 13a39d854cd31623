"""What an issue says in Vietnamese: the sentence of data/issues.tsv, with its values and its page."""

from __future__ import annotations

from functools import cache

from vnadmin.gazetteer import rows
from vnadmin.model import AdminDocument, Issue


@cache
def _sentences() -> dict[str, str]:
    return {row["code"]: row["vi"] for row in rows("issues")}


def vietnamese(issue: Issue) -> str:
    """The message for a person; of a code that is not in the table the English one."""
    told = _sentences().get(issue.code)
    if told is None:
        return issue.message
    page = f" (trang {issue.page})" if issue.page else ""
    return " ".join((told.removesuffix(".") + page + ".", " | ".join(issue.values))).rstrip()


def in_vietnamese(document: AdminDocument) -> AdminDocument:
    """The document with the messages of its issues in Vietnamese."""
    told = [issue.model_copy(update={"message": vietnamese(issue)}) for issue in document.issues]
    return document.model_copy(update={"issues": told})
