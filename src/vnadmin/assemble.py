"""Assembly: candidates become values, fields are checked against each other, issues raised, the model validated.

The only place that compares fields.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from vnadmin.citation import FoundReference
from vnadmin.fields import FIELDS
from vnadmin.found import Found
from vnadmin.layout.page import Box, Line, SourceDocument, Span
from vnadmin.model import AdminDocument, Grade, Issue, Severity
from vnadmin.text.fold import fold
from vnadmin.zones.zone import Zones

_RANK = {Grade.CERTAIN: 0, Grade.LIKELY: 1, Grade.GUESS: 2}


def assemble(
    data: bytes,
    zones: Zones,
    answers: Mapping[str, Sequence[object]],
    references: Sequence[FoundReference],
    appendix_references: Sequence[Sequence[FoundReference]],
) -> AdminDocument:
    """Build the public document from what the fields and citations found."""
    document = zones.document
    issues: list[Issue] = list(document.issues)
    evidence = _EvidenceWriter(document)
    values: dict[str, Any] = {}
    for field in FIELDS:
        candidates = answers[field.name]
        if field.many:
            values[field.name] = evidence.unwrap(tuple(candidates), f"/{field.name}")
        else:
            chosen = _choose(field.name, candidates, issues)
            values[field.name] = evidence.unwrap(chosen, f"/{field.name}")
    values["legal_references"] = evidence.unwrap(tuple(references), "/legal_references")
    for index, found in enumerate(appendix_references):
        if index < len(values["appendices"]):
            values["appendices"][index]["legal_references"] = evidence.unwrap(
                tuple(found), f"/appendices/{index}/legal_references"
            )
    issues.extend(_absences(values))
    return AdminDocument.model_validate(
        {
            **values,
            "evidence": evidence.entries,
            "issues": issues,
            "text": document.text,
            "source": {
                "sha256": hashlib.sha256(data).hexdigest(),
                "media_type": document.media_type,
                "pages": [
                    {"number": p.number, "width": p.width, "height": p.height, "method": p.method}
                    for p in document.pages
                ],
            },
        }
    )


def _leading(candidate: object) -> Found[Any]:
    """The leaf that stands for a candidate: itself, or the first leaf of its dataclass."""
    if isinstance(candidate, Found):
        return candidate
    first: object = getattr(candidate, fields(candidate)[0].name)  # type: ignore[arg-type]
    if isinstance(first, tuple):
        first = first[0]
    return _leading(first)


def _choose(name: str, candidates: Sequence[object], issues: list[Issue]) -> object | None:
    """One candidate or none: two different ones of the best grade give null and an Issue that lists both."""
    if not candidates:
        return None
    best = min(candidates, key=lambda c: _RANK[_leading(c).grade])
    grade = _leading(best).grade
    rivals = {fold(str(_leading(c).value)): str(_leading(c).value) for c in candidates if _leading(c).grade == grade}
    if len(rivals) > 1:
        listed = " | ".join(rivals.values())
        issues.append(
            Issue(
                code=f"{name}_conflict",
                message=f"More than one value fits: {listed}",
                pointer=f"/{name}",
                severity=Severity.WARNING,
            )
        )
        return None
    return best


def _absences(values: Mapping[str, Any]) -> list[Issue]:
    """Issues for values that a complete document prints and this one does not."""
    found: list[Issue] = []
    number = values["number"]
    if number is None:
        found.append(Issue(code="number_missing", message="No document number was found.", pointer="/number"))
    elif number["sequence"] is None:
        found.append(Issue(code="number_blank", message="The document number was left blank.", pointer="/number"))
    date = values["issued_on"]
    if date is None:
        found.append(Issue(code="date_missing", message="No date of issue was found.", pointer="/issued_on"))
    elif date.day is None:
        found.append(Issue(code="day_blank", message="The day or month of issue was left blank.", pointer="/issued_on"))
    return found


class _EvidenceWriter:
    """Splits Found leaves into plain values and evidence entries."""

    def __init__(self, document: SourceDocument) -> None:
        self.entries: dict[str, list[dict[str, Any]]] = {}
        self._document = document
        self._lines = document.lines + document.furniture
        self._starts = [line.start for line in self._lines]

    def unwrap(self, value: object, pointer: str) -> Any:
        """Plain value of a Found, a dataclass of Founds, or a tuple of them."""
        if isinstance(value, Found):
            self.entries[pointer] = [
                entry for span in value.spans for entry in self._entries(span, value.rule, value.grade)
            ]
            return value.value
        if isinstance(value, tuple):
            return [self.unwrap(item, f"{pointer}/{index}") for index, item in enumerate(value)]
        if is_dataclass(value):
            return {f.name: self.unwrap(getattr(value, f.name), f"{pointer}/{f.name}") for f in fields(value)}
        return value

    def _entries(self, span: Span, rule: str, grade: Grade) -> list[dict[str, Any]]:
        """One entry for each page that the span touches."""
        text = self._document.text
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        lines: list[Line] = []
        for line in self._lines[first:]:
            if line.start >= span.end and lines:
                break
            lines.append(line)
        entries: list[dict[str, Any]] = []
        for line in lines:
            boxes, scores = _boxes(line, span)
            if entries and entries[-1]["page"] == line.page:
                entries[-1]["end"] = min(span.end, line.end)
                entries[-1]["boxes"].extend(boxes)
                entries[-1]["scores"].extend(scores)
            else:
                start = max(span.start, line.start)
                entries.append(
                    {
                        "start": start,
                        "end": min(span.end, line.end),
                        "page": line.page,
                        "boxes": boxes,
                        "scores": scores,
                    }
                )
        for entry in entries:
            entry["quote"] = text[entry["start"] : entry["end"]]
            entry["rule"] = rule
            entry["grade"] = grade
            scores = entry.pop("scores")
            if scores:
                entry["confidence"] = sum(scores) / len(scores)
        return entries


def _boxes(line: Line, span: Span) -> tuple[list[Box], list[float]]:
    """The box of the span's part of one line, and the measured confidences of its words."""
    if not line.words:
        return ([line.box] if line.box else []), []
    box: Box | None = None
    scores = []
    for word in line.words:
        if word.start < span.end and word.end > span.start:
            box = word.box if box is None else box.union(word.box)
            if word.confidence is not None:
                scores.append(word.confidence)
    return ([box] if box else []), scores
