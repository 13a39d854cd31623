"""The tasks of a document as rows: who must do what until when; headings and particulars of a task are none of their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from vnadmin.gazetteer import words_where
from vnadmin.genre.table_head import ColumnKind, read_head_cell
from vnadmin.index.catalog.schema import key
from vnadmin.model import AdminDocument, Deadline, Directive, Responsible
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

Row = dict[str, Any]
# "Nghị quyết này được thực hiện đến hết ngày 31/12/2030", "Chương IV Nghị định này có hiệu lực từ": for how long a
# document holds, which nobody has to do
_VALIDITY: Final = pattern(
    r"(?i)(?:(?:chương|mục|điều|khoản|điểm|các|những) [^.;:]{0,80}?)?\b(?:luật|pháp lệnh|nghị quyết|nghị định|thông tư|quyết định"
    r"|chỉ thị|quy định|quy chế|điều lệ|kế hoạch|đề án|chương trình|văn bản) này (?:được (?:thực hiện|áp dụng|thi hành)"
    r"|có (?:hiệu lực|giá trị)|hết hiệu lực|thực hiện|áp dụng|thi hành)\b"
)
_PARTICULARS: Final = frozenset((ColumnKind.DEADLINE, ColumnKind.QUANTITY, ColumnKind.NOTE, ColumnKind.OTHER))
_LONGEST_HEADING: Final = 10  # words; a longer text is a sentence


def task_rows(document: AdminDocument) -> tuple[list[Row], list[Row]]:
    """The rows of `tasks` and of `assignees`, in the order of the document."""
    tasks: list[Row] = []
    assignees: list[Row] = []
    stack: list[tuple[Directive, str, bool, Directive | None]] = [
        (item, f"/directives/{i}", False, None) for i, item in reversed(list(enumerate(document.directives)))
    ]
    while stack:
        item, pointer, inherited, above = stack.pop()
        told = inherited or bool(item.assignees) or (item.deadline is not None and not _VALIDITY.match(item.text))
        is_task = _is_task(item, above, told)
        if is_task:
            tasks.append(_task(pointer, item.marker, item.text, _due(item)))
        # with the leads from above where it names partners alone: readers ask the nearest item that has rows
        if item.assignees:
            who = document.responsible(pointer) if document.evidence else Responsible(item.assignees, [])
            _assign(assignees, pointer, [("lead", n) for n in who.leads] + [("partner", n) for n in who.partners])
        stack += [
            (c, f"{pointer}/children/{i}", told, item if is_task else None)
            for i, c in reversed(list(enumerate(item.children)))
        ]
    for i, row in enumerate(document.assignments):
        pointer = f"/assignments/{i}"
        tasks.append(_task(pointer, None, row.task, row.deadline))
        _assign(assignees, pointer, [("lead", row.lead)] if row.lead else [])
        _assign(assignees, pointer, [("partner", name) for name in row.partners], first=1)
    return tasks, assignees


def _is_task(item: Directive, above: Directive | None, told: bool) -> bool:
    """A particular is one only where it says another time than the task above it; below none, if it names more than a year."""
    if not _is_particular(item):
        return told and not _is_heading(item)
    if item.deadline is None:
        return False
    return _due(above) != item.deadline if above else len(item.deadline.date or "") != len("2025")


def _due(item: Directive) -> Deadline | None:
    """Until when: as it says itself, else as a particular below it says."""
    below = (child.deadline for child in item.children if child.deadline and _is_particular(child))
    return item.deadline or next(below, None)


def _is_particular(item: Directive) -> bool:
    """`Thời gian thực hiện: năm 2025`, `Địa điểm: hội trường`: labelled by what heads a column beside the tasks of a table."""
    label, colon, _ = item.text.partition(":")
    if not colon or item.assignees or item.children:
        return False
    words = fold(label).split()
    openings = (read_head_cell(" ".join(words[:number])) for number in (1, 2))
    named = any(cell is not None and cell.kind in _PARTICULARS for cell in openings)
    return named and not _opens_with_verb(words) and read_head_cell(fold(label)) is not None


def _is_heading(item: Directive) -> bool:
    """`1. Công tác tuyên truyền` above tasks: it tells nobody to do anything itself."""
    words = fold(item.text).split()
    bare = bool(item.children) and not item.assignees and item.deadline is None
    return bare and len(words) <= _LONGEST_HEADING and not _opens_with_verb(words)


def _opens_with_verb(words: Sequence[str]) -> bool:
    return any(" ".join(words[:number]) in _verbs() for number in (1, 2, 3))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(
        fold(word) for kind in ("verb", "short", "order") for word in words_where("action_verbs", "kind", kind)
    )


def _task(pointer: str, marker: str | None, text: str, deadline: Deadline | None) -> Row:
    return {"pointer": pointer, "marker": marker, "text": text, **_deadline(deadline)}


def _deadline(deadline: Deadline | None) -> Row:
    return {
        "deadline_text": deadline.text if deadline else None,
        "deadline": str(deadline.date) if deadline and deadline.date else None,
    }


def _assign(assignees: list[Row], pointer: str, named: Sequence[tuple[str, str]], first: int = 0) -> None:
    assignees += [
        {"pointer": pointer, "ordinal": first + i, "role": role, "name": name, "name_key": key(name)}
        for i, (role, name) in enumerate(named)
    ]
