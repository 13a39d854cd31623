"""Evidence, grades and issues: where a value stands, which rule read it, how sure, and what is odd."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Base of every public class: immutable, and no field that the schema does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Grade(StrEnum):
    """How sure a value is; the measured precision of each grade is in docs/evaluation.md."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"


class Severity(StrEnum):
    """How much an issue matters to someone who files the document."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Evidence(Frozen):
    """One stretch of the canonical text from which a value was read."""

    start: int = Field(description="Offset of the first character in `text`.")
    end: int = Field(description="Offset after the last character in `text`.")
    quote: str = Field(description="`text[start:end]`, exactly.")
    page: int = Field(description="Page number, from 1; 1 for formats without pages, such as .docx.")
    boxes: list[tuple[float, float, float, float]] = Field(
        default_factory=list,
        description="Boxes on that page as x0, y0, x1, y1 in points from the top left corner; empty without a layout.",
    )
    rule: str = Field(description="Name of the rule that read the value.")
    grade: Grade = Field(description="How sure the rule is.")
    confidence: float | None = Field(
        default=None, description="Mean word confidence 0..1 where an OCR engine measured it."
    )


class PlacedLine(NamedTuple):
    """A line of the canonical text and the rule that placed it: `head.number-label`, `title.same-weight`.

    It is no part of the document: `vnadmin.pipeline.parse_with_zones` gives it beside one.
    """

    start: int
    end: int
    rule: str


class Issue(Frozen):
    """Something about the document that a person should know; codes are listed in docs/errors.md."""

    code: str = Field(description="Stable identifier, such as `number_blank`.")
    message: str = Field(description="One sentence in English.")
    pointer: str | None = Field(default=None, description="JSON Pointer (RFC 6901) of the value it is about.")
    severity: Severity = Field(default=Severity.WARNING)
    values: list[str] = Field(
        default_factory=list, description="What it names or compares, at the end of `message` too: `QĐ` and `TB`."
    )
    page: int | None = Field(default=None, description="The page that it is about, from 1.")
