"""What people say of tasks: done, no task at all, or neither after all. Rows are only added, and no run of the indexer takes one away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from vnadmin.index.catalog.errors import BadCorrection
from vnadmin.index.catalog.schema import Document, Task, TaskMark
from vnadmin.text.fold import bare

_KNOWN: Final = 40  # letters at its beginning by which an item is known again, whatever is read behind them
_LEAST: Final = 20  # a shorter one is known as a whole only

# The last mark of each task: what counts. It is of the task at its place that has its words, and of no other.
LAST: Final = (
    select(func.max(TaskMark.id).label("id"))
    .group_by(TaskMark.sha256, TaskMark.pointer, TaskMark.text)
    .subquery("last_marks")
)
MARKS: Final = (
    select(TaskMark.sha256, TaskMark.pointer, TaskMark.text, TaskMark.done, TaskMark.no_task)
    .add_columns(TaskMark.person, TaskMark.made_at)
    .join(LAST, LAST.c.id == TaskMark.id)
    .subquery("marks")
)


def mark(
    connection: Connection, sha256: str, pointer: str, *, done: bool, no_task: bool = False, person: str, at: str
) -> None:
    """Say that a task is done, or that it is no task, or neither, in the caller's transaction.

    Raises:
        BadCorrection: the document has no such task.
    """
    text = connection.scalar(
        select(Task.text)
        .join(Document, Document.id == Task.document_id)
        .where(Document.sha256 == sha256, Task.pointer == pointer)
    )
    if text is None:
        raise BadCorrection(f"There is no task at {pointer!r}.")
    place = {"sha256": sha256, "pointer": pointer, "text": text}
    connection.execute(insert(TaskMark).values(**place, done=done, no_task=no_task, person=person, made_at=at))


def carry(connection: Connection, hashes: Collection[str]) -> None:
    """After documents were read again or corrected: a mark goes with its task, known by its words, to where that stands now.

    One whose task is nowhere to be found keeps its place on record.
    """
    marked: defaultdict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in connection.execute(
        select(TaskMark.id, TaskMark.sha256, TaskMark.pointer, TaskMark.text).where(TaskMark.sha256.in_(hashes))
    ):
        marked[row.sha256].append(row)
    for sha256, rows in marked.items():
        tasks = connection.execute(
            select(Task.pointer, Task.text)
            .join(Document, Document.id == Task.document_id)
            .where(Document.sha256 == sha256)
        ).all()
        for row in rows:
            place = _place(row.pointer, row.text, [(task.pointer, task.text) for task in tasks])
            if place is not None and place != (row.pointer, row.text):
                values = {"pointer": place[0], "text": place[1]}
                connection.execute(update(TaskMark).where(TaskMark.id == row.id).values(values))


def _place(pointer: str, text: str, tasks: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The task that a mark is of: where it was, if its words are those; else the only one of these words, or that begins so."""
    here = next((task for task in tasks if task[0] == pointer), None)
    if here is not None and here[1] == text:
        return here
    same = [task for task in tasks if task[1] == text]
    if len(same) == 1:
        return same[0]
    alike = [task for task in tasks if _begin_alike(task[1], text)]
    if here is not None and here in alike:
        return here
    return alike[0] if len(alike) == 1 else None


def _begin_alike(one: str, other: str) -> bool:
    """Whether two texts are the same as far as the shorter goes, or as far as an item is known by."""
    first, second = (" ".join(bare(text).split()) for text in (one, other))
    length = min(len(first), len(second), _KNOWN)
    return length >= _LEAST and first[:length] == second[:length]
