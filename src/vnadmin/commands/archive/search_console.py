"""The answer to a search as a person reads it on a terminal, and as a program reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from vnadmin.index.search.marks import Piece
from vnadmin.index.search.search import Answer, Hit
from vnadmin.model import PartialDate
from vnadmin.text.printable import printable

MARK: Final = "bold black on yellow"
INDENT: Final = 5
Line: TypeAlias = tuple[int, Text]  # how far it is indented, and what it says


def lines(answer: Answer, offset: int) -> Iterator[Line]:
    """Some lines for each hit, then how many there are."""
    for place, hit in enumerate(answer.hits, offset + 1):
        yield from _hit(hit, place)
    for note in answer.query.notes:
        yield 0, Text(str(note), "yellow")
    yield 0, Text(summary(answer, offset), "bold")


def show(console: Console, answer: Answer, offset: int) -> None:
    """Print an answer; on a terminal, what is wrapped stays under its first line."""
    for indent, text in lines(answer, offset):
        if console.is_terminal and text:
            console.print(Padding(text, (0, 0, 0, indent), expand=False))
        else:
            console.print(Text(" " * indent).append_text(text), soft_wrap=True)


def summary(answer: Answer, offset: int) -> str:
    """How many documents there are, and which of them are shown."""
    if not answer.total:
        return "Không tìm thấy văn bản nào. No documents found."
    total = f"hơn {answer.total}" if answer.more else str(answer.total)
    number = f"more than {answer.total}" if answer.more else str(answer.total)
    shown = f"{offset + 1}–{offset + len(answer.hits)}" if answer.hits else "–"
    noun = "document" if answer.total == 1 else "documents"
    typed, folded = answer.as_typed, answer.total - (answer.as_typed or 0)
    of_them = f" ({typed} đúng dấu, {folded} khác dấu)" if typed is not None and folded else ""
    return f"{shown} / {total} văn bản{of_them}. {number} {noun}."


def _hit(hit: Hit, place: int) -> Iterator[Line]:
    head = Text.assemble((f"{place:>3}. ", "dim"), (hit.type_name or "–", "bold"), " ", pieces(hit.number, "bold cyan"))
    if hit.issued_on:
        head.append(f"  {PartialDate(hit.issued_on).printed}")
    if hit.issuer:
        head.append("  ").append_text(pieces(hit.issuer))
        if hit.parent:
            head.append(" (").append_text(pieces(hit.parent)).append(")")
    yield 0, head
    if hit.subject:
        yield INDENT, pieces(hit.subject, "bold")
    if hit.signer:
        yield INDENT, Text.assemble(("ký: ", "dim"), pieces(hit.signer, "green"))
    for task in hit.tasks:
        told = Text.assemble("→ ", pieces(task.text))
        names = Text("; ").join(pieces(name, "magenta") for name in task.assignees)
        due = Text(task.deadline, "red") if task.deadline else Text()
        yield INDENT, Text(" · ").join(part for part in (told, names, due) if part)
    if any(piece.marked for piece in hit.part):
        yield INDENT, pieces(hit.part, "dim")
    if hit.paths:
        more = f" (+{len(hit.paths) - 1})" if len(hit.paths) > 1 else ""
        yield INDENT, Text(printable(hit.paths[0]) + more, "dim italic")
    yield 0, Text()


def pieces(parts: Sequence[Piece], style: str = "") -> Text:
    """Marked text in colours."""
    return Text.assemble(*((piece.text, MARK if piece.marked else style) for piece in parts))


def as_json(hit: Hit) -> dict[str, Any]:
    """A hit with its marks as (start, end) in each text."""
    return {
        "sha256": hit.sha256,
        "type_code": hit.type_code,
        "type_name": hit.type_name,
        "issued_on": hit.issued_on,
        "number": _marked(hit.number),
        "issuing_agency": _marked(hit.issuer),
        "subject": _marked(hit.subject),
        "signer": _marked(hit.signer),
        "part": _marked(hit.part),
        "tasks": [
            {
                "text": _marked(task.text),
                "assignees": ["".join(piece.text for piece in name) for name in task.assignees],
                "deadline": task.deadline,
            }
            for task in hit.tasks
        ],
        "paths": list(hit.paths),
        "found": {"place": hit.place, "accents": hit.accents},
    }


def _marked(parts: Sequence[Piece]) -> dict[str, Any] | None:
    if not parts:
        return None
    marks, at = [], 0
    for piece in parts:
        if piece.marked:
            marks.append([at, at + len(piece.text)])
        at += len(piece.text)
    return {"text": "".join(piece.text for piece in parts), "marks": marks}
