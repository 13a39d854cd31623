"""Rules over Nơi nhận: the line Lưu, the marks at line ends, and bodies that the body tasks (NĐ 30/2020, Phụ lục I, II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vnadmin.agencies import Outcome, resolve
from vnadmin.gazetteer import words_where
from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.closing_line import is_filing
from vnadmin.lint.finding import Finding
from vnadmin.lint.view import View
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern

_TASKED: Final = re.compile(r"(?:giám đốc\s+)?(?P<body>sở [^,;:()]{3,60})$")


_TAKES_IN_ALL: Final = pattern(
    lambda: rf"(?<!\w)(?:{alternation(map(fold, words_where('lint_words', 'kind', 'all')))})(?!\w)"
)


def recipients_missing(view: View) -> Iterator[Finding]:
    """A signed document that is sent to nobody."""
    if view.document.signatories and not view.document.recipients:
        yield view.found("recipients_missing", "/recipients")


def filing_missing(view: View) -> Iterator[Finding]:
    """A list without `Lưu: VT`."""
    recipients = view.document.recipients
    if (
        recipients
        and not any(is_filing(bare(one.name)[bullet_end(one.name) :]) for one in recipients)
        and view.document.filing is None
    ):
        yield view.found("filing_missing", f"/recipients/{len(recipients) - 1}")


def recipients_marks(view: View) -> Iterator[Finding]:
    """One finding for the list: the first line before the last that does not end with a semicolon."""
    recipients, text = view.document.recipients, view.document.text
    for index in range(len(recipients) - 1):
        ends = [
            e.end for key in ("name", "purpose") for e in view.document.evidence.get(f"/recipients/{index}/{key}", ())
        ]
        following = view.document.evidence.get(f"/recipients/{index + 1}/name", ())
        if not ends or not following:
            return
        end = max(ends)
        between = text[end : following[0].start] if following[0].start >= end else ";"
        if "\n" in between and ";" not in between:  # several on one line are one entry of the list
            yield view.found("recipients_marks", f"/recipients/{index}", recipients[index].name)
            return


def tasked_not_recipient(view: View) -> Iterator[Finding]:
    """`Giao Sở Y tế` where neither Kính gửi nor Nơi nhận names Sở Y tế or all sở; the first one."""
    document = view.document
    told = [fold(name) for name in (*document.addressees, *(one.name for one in document.recipients))]
    if not document.recipients or any(_TAKES_IN_ALL.search(name) for name in told if not name.startswith("như trên")):
        return
    own = fold(document.issuing_agency or "")
    for pointer, item in view.document.walk():
        for place, name in enumerate(item.assignees):
            match = _TASKED.fullmatch(fold(name))
            if not match:
                continue
            body = match["body"]
            if body not in own and not any(body.removeprefix("sở ") in one for one in told):
                yield view.found("tasked_not_recipient", f"{pointer}/assignees/{place}", name)
                return


def level_ended(view: View) -> Iterator[Finding]:
    """`UBND các huyện` after 1 July 2025, among those who are to read or to act; the first one."""
    document = view.document
    names = [
        *((f"/addressees/{i}", name) for i, name in enumerate(document.addressees)),
        *((f"/recipients/{i}/name", one.name) for i, one in enumerate(document.recipients)),
    ]
    for pointer, name in names:
        if resolve(name, on=document.issued_on).outcome is Outcome.LEVEL_ENDED:
            yield view.found("level_ended", pointer, name)
            return
