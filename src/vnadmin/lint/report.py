"""Findings as text in the manner of a compiler, as JSON, and as annotations of GitHub."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vnadmin.lint.finding import Finding
from vnadmin.lint.place import Lines
from vnadmin.model import AdminDocument, Severity

_WORDS: Final = {
    Severity.ERROR: {"vi": "lỗi", "en": "error"},
    Severity.WARNING: {"vi": "cảnh báo", "en": "warning"},
    Severity.INFO: {"vi": "lưu ý", "en": "note"},
}
_GITHUB: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_LONGEST: Final = 100  # of a line that is shown


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and what was found in it."""

    path: str
    document: AdminDocument
    findings: Sequence[Finding]


def as_text(checked: Checked, language: str) -> Iterator[str]:
    """`path:line:column: severity code: message [clause]`, with the line and a mark under what is meant."""
    lines = Lines(checked.document)
    several = len(checked.document.source.pages) > 1
    for finding in checked.findings:
        place = lines.place(finding)
        page = (f" ({'trang' if language == 'vi' else 'page'} {place.page})") if several and finding.end else ""
        severity = _WORDS[finding.rule.severity][language]
        yield (
            f"{checked.path}:{place.line}:{place.column}: {severity} {finding.code}: "
            f"{finding.message(language)} [{finding.rule.clause}]{page}"
        )
        if finding.end > finding.start:
            yield from _shown(place.words, place.column - 1, finding.end - finding.start)


def _shown(line: str, column: int, length: int) -> Iterator[str]:
    """The line, cut around the place where it is long, and carets."""
    cut = max(0, min(column - 20, len(line) - _LONGEST)) if len(line) > _LONGEST else 0
    window = line[cut : cut + _LONGEST]
    if not window.strip():
        return
    head = "…" if cut else ""
    yield f"    {head}{window}"
    marks = max(1, min(length, len(window) - (column - cut)))
    yield f"    {' ' * (len(head) + column - cut)}{'^' * marks}"


def as_json(everything: Iterable[Checked]) -> list[dict[str, object]]:
    """Plain values, both languages."""
    told: list[dict[str, object]] = []
    for checked in everything:
        lines = Lines(checked.document)
        for finding in checked.findings:
            place = lines.place(finding)
            told.append(
                {
                    "file": checked.path,
                    "code": finding.code,
                    "severity": finding.rule.severity.value,
                    "clause": finding.rule.clause,
                    "vi": finding.message("vi"),
                    "en": finding.message("en"),
                    "pointer": finding.pointer,
                    "start": finding.start,
                    "end": finding.end,
                    "line": place.line,
                    "column": place.column,
                    "page": place.page,
                    "quote": checked.document.text[finding.start : finding.end],
                }
            )
    return told


def as_github(checked: Checked, language: str) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the file."""
    lines = Lines(checked.document)
    for finding in checked.findings:
        place = lines.place(finding)
        message = f"{finding.message(language)} [{finding.rule.clause}]"
        yield (
            f"::{_GITHUB[finding.rule.severity]} file={_property(checked.path)},line={place.line},col={place.column},"
            f"title={_property(finding.code)}::{_data(message)}"
        )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
