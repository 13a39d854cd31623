"""What an issue says in Vietnamese: the sentence of data/issues.tsv, with the values and the page that the English one names."""

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
    english, told = _sentences().get(issue.code, ("", issue.message))
    values = issue.message.removeprefix(english).strip() if english and issue.message.startswith(english) else ""
    if values and not values.endswith("."):  # no sentence, which is English
        return f"{told} {values}"
    page = _PAGE.search(issue.message)
    return f"{told.removesuffix('.')} (trang {page[1]})." if page else told


def in_vietnamese(document: AdminDocument) -> AdminDocument:
    """The document with the messages of its issues in Vietnamese."""
    told = [issue.model_copy(update={"message": vietnamese(issue)}) for issue in document.issues]
    return document.model_copy(update={"issues": told})
