"""Rules over cited instruments: dates and years that disagree, notations of another type, blanks, small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from vnadmin.gazetteer import rows
from vnadmin.lint.finding import Finding
from vnadmin.lint.view import View
from vnadmin.text.fold import bare, fold

_YEAR: Final = re.compile(r"/((?:19|20)\d\d)/")
_NOTATION: Final = re.compile(r"\d[\d.]*[a-zđ]?/(?:(?:19|20)\d\d/)?([^\W\d]+)-[^\W\d]")
# Codes that stand for one type and nothing else (domain.md 2.4), and the words of types that have such a code.
_CLEAR: Final = frozenset(("NĐ", "QĐ", "NQ", "TTr", "TB", "KH", "BC", "TTLT", "HD"))
_LETTERS: Final = re.compile(r"(?<!\w)(?:điều|chương|mục)(?= \S)")


def date_before_cited(view: View) -> Iterator[Finding]:
    """A document of March that cites one of May; the first one. A draft that is to come is no citation."""
    date = view.document.issued_on
    for index, reference in enumerate(view.document.legal_references):
        cited = reference.issued_on
        if date is None or cited is None or len(cited) < 10:
            continue
        if cited[: len(date)] > date[: len(cited)]:
            shown = reference.number or reference.title or ""
            yield view.found("date_before_cited", f"/legal_references/{index}/issued_on", f"{shown}: {date} < {cited}")
            return


def reference_year(view: View) -> Iterator[Finding]:
    """`Nghị định số 86/2015/NĐ-CP ngày 02/10/2014`."""
    for index, reference in enumerate(view.document.legal_references):
        year = _YEAR.search(reference.number or "")
        if year and reference.issued_on and year[1] != reference.issued_on[:4]:
            detail = f"{reference.number}, {reference.issued_on}"
            yield view.found("reference_year", f"/legal_references/{index}/issued_on", detail)


@cache
def _types() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows("instrument_codes"):
        if row["code"] in _CLEAR:
            found.setdefault(fold(row["code"]), []).append(bare(row["type"]))
    return {code: tuple(names) for code, names in found.items()}


def reference_type(view: View) -> Iterator[Finding]:
    """`Nghị định số 66/2013/QĐ-TTg`."""
    known = {name for names in _types().values() for name in names}
    for index, reference in enumerate(view.document.legal_references):
        match = _NOTATION.match(reference.number or "")
        named = _types().get(fold(match[1])) if match else None
        printed = " ".join(bare(reference.type or "").split())
        if named and printed in known and printed not in named:
            detail = f"{reference.type} {reference.number}"
            yield view.found("reference_type", f"/legal_references/{index}/number", detail)


def reference_blank(view: View) -> Iterator[Finding]:
    """`Tờ trình số      /TTr-SNV`."""
    for index, reference in enumerate(view.document.legal_references):
        if reference.number and reference.number.startswith("/"):
            yield view.found("reference_blank", f"/legal_references/{index}/number", reference.number)


def provision_letter(view: View) -> Iterator[Finding]:
    """`khoản 2 điều 5 Nghị định`; the first one."""
    for index, reference in enumerate(view.document.legal_references):
        for place, provision in enumerate(reference.provisions):
            if provision.article and _LETTERS.search(provision.text):
                pointer = f"/legal_references/{index}/provisions/{place}/text"
                start = view.span(pointer)[0]
                if fold(view.document.text[max(0, start - 4) : start]) == "các ":
                    continue  # "các điều 5 và 6" counts articles
                yield view.found("provision_letter", pointer, provision.text)
                return
