"""Finding: one alarm of the check, with its code, its place and its words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from vnadmin.gazetteer import rows
from vnadmin.model import Issue, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A row of data/lint_codes.tsv: what is checked, by which clause, and which documents are held to it."""

    name: str
    severity: Severity
    since: str
    regime: str
    clause: str
    vi: str
    en: str


@cache
def codes() -> Mapping[str, Code]:
    """All codes, in the order of the table."""
    return {
        row["code"]: Code(
            row["code"],
            Severity(row["severity"]),
            row["since"],
            row["regime"],
            row["clause"],
            row["vi"],
            row["en"],
        )
        for row in rows("lint_codes")
    }


@dataclass(frozen=True, slots=True)
class Finding:
    """One alarm. `start` and `end` are a slice of the document's text; both 0 where what is missing has no place."""

    code: str
    pointer: str | None = None
    start: int = 0
    end: int = 0
    detail: str = ""  # values of the document, no words of a language

    @property
    def rule(self) -> Code:
        """The code's row."""
        return codes()[self.code]

    def message(self, language: str) -> str:
        """The sentence in `vi` or `en`, with the values it speaks of."""
        words = self.rule.vi if language == "vi" else self.rule.en
        return f"{words.rstrip('.')}: {self.detail}" if self.detail else words

    def issue(self) -> Issue:
        """As an Issue of the model, for programs that know those."""
        return Issue(code=self.code, message=self.message("en"), pointer=self.pointer, severity=self.rule.severity)
