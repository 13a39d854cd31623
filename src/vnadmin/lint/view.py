"""View: a document as the rules look at it; which regime it belongs to, and where its values stand."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Final

from vnadmin.gazetteer import rows
from vnadmin.genre.motto import Motto, motto_of
from vnadmin.lint.finding import Finding
from vnadmin.model import AdminDocument
from vnadmin.text.fold import bare

_PARTY_NUMBER: Final = re.compile(r"\d+[a-zđ]?-[^\W\d]+/[^\W\d]+")  # 36-HD/VPTW
_YEAR: Final = re.compile(r"/((?:19|20)\d\d)/")
_HEAD: Final = 1200  # characters in which the header stands


@cache
def _decree_types() -> frozenset[str]:
    return frozenset(row["code"] for row in rows("document_types") if row["source"].startswith("NĐ 30/2020"))


def _is_party_motto(line: str) -> bool:
    motto = motto_of(bare(line))
    return motto is not None and motto.kind is Motto.PARTY


class View:
    """Reads the model and nothing else."""

    def __init__(self, document: AdminDocument) -> None:
        self.document = document

    @cached_property
    def code(self) -> str | None:
        """Code of the type: QĐ, CV."""
        return self.document.document_type.code if self.document.document_type else None

    @cached_property
    def is_party(self) -> bool:
        """Whether the Party's rules hold instead of Decree 30."""
        number = self.document.number.text if self.document.number else ""
        return bool(_PARTY_NUMBER.fullmatch(number)) or any(
            map(_is_party_motto, self.document.text[:_HEAD].split("\n"))
        )

    @cached_property
    def number_year(self) -> str | None:
        """The year inside the number, which only normative acts have."""
        match = _YEAR.search(self.document.number.text) if self.document.number else None
        return match[1] if match else None

    @cached_property
    def is_admin(self) -> bool:
        """Whether it is of a type that Decree 30 rules, and no normative act."""
        known = {issue.code for issue in self.document.issues}
        return (
            self.code in _decree_types()
            and not self.is_party
            and self.number_year is None
            and "not_administrative" not in known
        )

    @cached_property
    def is_typed(self) -> bool:
        """Whether blanks and marks are as they were typed: not from the geometry of a PDF, not from OCR."""
        return all(page.method == "markup" for page in self.document.source.pages)

    def belongs(self, regime: str) -> bool:
        """Whether the document is of a regime of data/lint_codes.tsv."""
        return regime == "any" or (not self.is_party if regime == "state" else self.is_admin)

    def span(self, pointer: str) -> tuple[int, int]:
        """Where a value stands; (0, 0) where nothing is known of that."""
        evidence = self.document.evidence.get(pointer) or next(
            (e for key, e in self.document.evidence.items() if key.startswith(f"{pointer}/")), None
        )
        return (evidence[0].start, evidence[-1].end) if evidence else (0, 0)

    def quote(self, pointer: str) -> str:
        """A value as printed."""
        start, end = self.span(pointer)
        return self.document.text[start:end]

    def found(self, code: str, pointer: str | None = None, detail: str = "") -> Finding:
        """A finding at the place of a value."""
        start, end = self.span(pointer) if pointer else (0, 0)
        return Finding(code, pointer, start, end, detail)
