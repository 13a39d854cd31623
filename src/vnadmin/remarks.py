"""What is to be said about a document: findings of the check, and what the parser itself doubts, in words for a clerk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vnadmin.commented import Remark
from vnadmin.gazetteer import rows
from vnadmin.issues import vietnamese
from vnadmin.lint import Finding
from vnadmin.model import AdminDocument, Evidence, Grade

_GRADES: Final = {Grade.LIKELY: ("khá chắc", "likely"), Grade.GUESS: ("phỏng đoán", "a guess")}


def remarks_of_findings(findings: Iterable[Finding], language: str) -> list[Remark]:
    """One for each finding: its sentence, its clause and its code."""
    return [Remark(one.start, one.end, f"{one.message(language)}\n{one.rule.clause} · {one.code}") for one in findings]


def remarks_of_doubts(document: AdminDocument) -> list[Remark]:
    """Every issue, and every value that is not certain, in Vietnamese and English; what stands at one place is one remark."""
    said: dict[tuple[int, int], list[str]] = {}
    for issue in document.issues:
        entries = document.evidence_of(issue.pointer) if issue.pointer else []
        place = (entries[0].start, entries[0].end) if entries else (0, 0)
        said.setdefault(place, []).append(f"{vietnamese(issue)}\n{issue.message}")
    names = {row["field"]: (row["vi"], row["en"]) for row in rows("field_names")}
    for pointer, found in document.evidence.items():
        for entry in found:
            if entry.grade in _GRADES:
                line = _doubt(names.get(pointer.split("/")[1], (pointer, pointer)), entry)
                lines = said.setdefault((entry.start, entry.end), [])
                if line not in lines:  # number, sequence and notation are one thing
                    lines.append(line)
    return [Remark(*place, "\n".join(lines)) for place, lines in sorted(said.items())]


def _doubt(name: tuple[str, str], entry: Evidence) -> str:
    vi, en = _GRADES[entry.grade]
    return f"{name[0]}: {vi}, cần kiểm tra.\n{name[1]}: {en}, check it."
