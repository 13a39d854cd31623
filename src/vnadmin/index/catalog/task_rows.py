"""The tasks of a document as rows: who must do what until when; a particular of a task is none of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from vnadmin.genre.particular import is_particular, is_time_of_task, opens_with_verb
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
_WORD: Final = pattern(r"\w+")
# "Công tác tuyên truyền", "Về kinh phí", "Thành phần gồm": no list of verbs is complete, so a heading shows itself by what it begins with
_MATTER: Final = pattern(
    r"(?:công tác|về|mục (?:đích|tiêu)|yêu cầu|nhiệm vụ|trách nhiệm|lưu ý|thành phần|đối tượng|nội dung|hình thức|cơ cấu|tiêu chí"
    r"|thời gian|địa điểm|giải (?:thưởng|pháp)|quy trình|thủ tục)\b(?!.*\b(?:phải|cần|có trách nhiệm|đề nghị|yêu cầu|giao)\b)"
)
# what stands around the name of who is told: "Trách nhiệm của Sở A", "Đối với Sở A và Sở B", "Đề nghị Sở A:"
_TOLD: Final = pattern(r"\b(?:trách nhiệm|nhiệm vụ|của|đối với|đề nghị|giao|yêu cầu|các|và)\b")


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
        is_task = _is_task(item, above, told) and not _is_heading(item)
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
    if not (_is_bare(item) and is_particular(item.text)):
        return told
    if item.deadline is None:
        return False
    return _due(above) != item.deadline if above else not _is_year(item.deadline)


def _is_heading(item: Directive) -> bool:
    """Whether an item only heads those below it: it names who is told (`Sở Y tế:`) or a matter (`Giải thưởng`), and says nothing to do.

    What may be an order is none. With nothing but particulars below it (`Hội nghị tổng kết` / `Địa điểm: …`) it is the task itself.
    """
    if _due(item) or all(_is_bare(child) and is_particular(child.text) for child in item.children):
        return False
    text = fold(item.text)
    if item.text.isupper() or _MATTER.match(text):
        return True
    for name in item.assignees:
        text = text.replace(fold(name), " ")
    if item.assignees and not _TOLD.sub(" ", text).strip(" .,;:-–"):
        return True
    words = _WORD.findall(text)
    return text.endswith(":") and not any(opens_with_verb(words[at : at + 3]) for at in range(len(words)))


def _due(item: Directive) -> Deadline | None:
    """Until when: as it says itself, else as a time below it says."""
    below = (
        child.deadline for child in item.children if child.deadline and _is_bare(child) and is_time_of_task(child.text)
    )
    return item.deadline or next(below, None)


def _is_bare(item: Directive) -> bool:
    return not item.assignees and not item.children


def _is_year(deadline: Deadline) -> bool:
    return deadline.date is not None and deadline.date.month is None


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
