"""Heads of tables: what column a head cell names (`Nội dung công việc`, `Cơ quan chủ trì`, `Thời hạn hoàn thành`)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from vnadmin.gazetteer import rows, words_where
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# A longer text is a title or a row.
_LONGEST: Final = 70
# Words before the one that names the column: "Tên nhiệm vụ", "Dự kiến thời gian"; a longer run is a sentence.
_WORDS_BEFORE: Final = 2
# Words between an actor and what it does: "Cơ quan chuyên môn chủ trì", "Đơn vị được giao thực hiện".
_WORDS_BETWEEN: Final = 2
_BODY_RANK: Final = 6  # a column "Đơn vị" counts after each that says what the body does
_NAMED_RANK: Final = 3  # "Họ tên cán bộ phụ trách" counts after "Đơn vị thực hiện"
_DOUBTFUL_RANK: Final = 2  # "Nội dung" is the work, "Nội dung đăng ký thi đua" may not be
_PERIOD_RANK: Final = 3  # from here on the words of deadlines name days, months, years


class ColumnKind(StrEnum):
    """What a column of a table holds."""

    NUMBER = "number"
    TASK = "task"
    LEAD = "lead"
    PARTNERS = "partners"
    SHARED = "shared"  # who leads and who helps in one column: "Chủ trì/phối hợp"
    BODY = "body"  # "Đơn vị" alone: who does the work, or whom the row is about
    DEADLINE = "deadline"
    NOTE = "note"
    QUANTITY = "quantity"
    PERIOD = "period"  # what falls into a time: "Năm 2024", "Quý I"
    RIVAL = "rival"  # what the rows of another table are about
    OTHER = "other"


_ONLY_HEADS: Final = frozenset(
    (ColumnKind.TASK, ColumnKind.LEAD, ColumnKind.SHARED, ColumnKind.NOTE, ColumnKind.QUANTITY, ColumnKind.RIVAL)
)


class HeadCell(NamedTuple):
    """What a head cell names; of several columns of one kind that with the lowest rank counts."""

    kind: ColumnKind
    rank: int


class _Word(NamedTuple):
    kind: str
    rank: int
    start: int
    end: int


# "(triệu đồng)", "(nếu có)", "(dự kiến)": says something about the column, and not what it is
_ASIDE = pattern(r"\([^()]*+\)")
_SPACE = pattern(r"\s++")
_EDGE: Final = " .,:;*_-–/()"
_TOKEN = pattern(r"\w++")


@cache
def _links() -> frozenset[str]:
    return frozenset(map(fold, words_where("link_words", "kind", "names no column")))


@cache
def _known() -> dict[str, tuple[str, int]]:
    return {fold(row["word"]): (row["kind"], int(row["rank"])) for row in rows("assignment_columns")}


_PATTERN = pattern(lambda: rf"(?<!\w)(?:{alternation(_known())})(?!\w)")


def read_head_cell(folded: str) -> HeadCell | None:
    """What column a cell names, from its folded text; None where no word of it is known."""
    text = _SPACE.sub(" ", _ASIDE.sub(" ", folded)).strip(_EDGE)
    if not text or len(text) > _LONGEST:
        return None
    words = [
        _Word(*_known()[_SPACE.sub(" ", match[0])], match.start(), match.end()) for match in _PATTERN.finditer(text)
    ]
    if not words or _gap(text, 0, words[0].start) > _WORDS_BEFORE:
        return None
    first = words[0]
    match first.kind:
        case "number":
            return HeadCell(ColumnKind.NUMBER, 0) if first.end == len(text) and first.start == 0 else None
        case "actor":
            return _after_actor(text, words)
        case "lead" | "doing" | "partners":
            return _without_actor(text, words)
        case "deadline":
            return _deadline(text, words)
        case "rival":
            return _rival(words)
        case "task" if first.rank == _DOUBTFUL_RANK and _all_known(text, words) and _is_done(words):
            return HeadCell(ColumnKind.TASK, _DOUBTFUL_RANK - 1)
        case kind:
            return HeadCell(ColumnKind(kind), first.rank)


@cache
def _openings() -> frozenset[str]:
    return frozenset(word.split()[0] for word, (kind, _) in _known().items() if kind in ("number", "deadline"))


_OPENING = pattern(lambda: rf"(?i)\n[^\S\n]*+((?:{alternation(_openings())})(?!\w)[^\n]{{0,{_LONGEST}}})(?=\n)")


def may_hold_head(text: str) -> bool:
    """Whether a line of a text may be the first cell of a head, or hold several cells: nearly no text has one."""
    return "\t" in text or " | " in text or any(map(opens_head, _OPENING.findall(f"\n{text}\n")))


def opens_head(text: str) -> bool:
    """Whether a line as printed may be the first cell of a head: it names a column of numbers or of times."""
    word = _TOKEN.match(text)
    if word is None or word[0].lower() not in _openings():
        return False
    cell = read_head_cell(fold(text))
    return cell is not None and cell.kind in (ColumnKind.NUMBER, ColumnKind.DEADLINE)


def names_columns(cells: Iterable[str]) -> bool:
    """Whether folded texts are a head row: they name a column of numbers, or two things that no other row holds."""
    read = [read_head_cell(text) for text in cells]
    kinds = {cell.kind for cell in read if cell is not None}
    return len(read) > 1 and (ColumnKind.NUMBER in kinds or len(kinds & _ONLY_HEADS) > 1)


def names_other_work(folded: str) -> bool:
    """`Thời gian báo cáo` is of work besides the task, `Thời gian thực hiện` of the task itself."""
    found = (_known()[_SPACE.sub(" ", match[0])] for match in _PATTERN.finditer(folded))
    return any(kind == "doing" and rank >= _PERIOD_RANK for kind, rank in found)


def _deadline(text: str, words: list[_Word]) -> HeadCell:
    """`Thời gian hoàn thành`, `Tháng`, `Thứ/ngày`; a column `Năm 2024`, `Quý I` holds what falls into that time."""
    if words[0].rank >= _PERIOD_RANK and not _all_known(text, words):
        return HeadCell(ColumnKind.PERIOD, 0)
    return HeadCell(ColumnKind.DEADLINE, min(word.rank for word in words if word.kind == "deadline"))


def _is_done(words: list[_Word]) -> bool:
    """`Nội dung thực hiện` is work; `Nội dung báo cáo`, `Nội dung theo dõi` is what others do."""
    return all(word.rank < _PERIOD_RANK for word in words)


def _rival(words: list[_Word]) -> HeadCell:
    """`Họ và tên` lists people; `Họ tên cán bộ phụ trách` says who does what stands in the row."""
    ranks = [word.rank for word in words if word.kind in ("lead", "doing")]
    return HeadCell(ColumnKind.LEAD, max(_NAMED_RANK, min(ranks))) if ranks else HeadCell(ColumnKind.RIVAL, 0)


def _after_actor(text: str, words: list[_Word]) -> HeadCell:
    """`Đơn vị chủ trì` leads, `Cơ quan phối hợp` helps; `Đơn vị` may be either, `Đơn vị công tác` is neither."""
    if _gap(text, 0, words[0].start):
        return HeadCell(ColumnKind.OTHER, 0)
    position = words[0].end
    for index, word in enumerate(words[1:], 1):
        between = _gap(text, position, word.start)
        if word.kind == "actor" and not between:
            position = word.end
            continue
        if word.kind in ("lead", "doing", "partners") and between <= _WORDS_BETWEEN:
            return _who(words[index:])
        return HeadCell(ColumnKind.OTHER, 0)
    if _gap(text, position, len(text)):
        return HeadCell(ColumnKind.OTHER, 0)
    return HeadCell(ColumnKind.BODY, _BODY_RANK)


def _without_actor(text: str, words: list[_Word]) -> HeadCell:
    """`Chủ trì`, `Phân công thực hiện`, `Thực hiện`; `Thực hiện năm 2016` is what was reached."""
    first = words[0]
    known = all(word.kind in ("lead", "doing", "partners", "actor", "task") for word in words)
    if _gap(text, 0, first.start) or not (first.kind == "lead" or (known and _all_known(text, words))):
        return HeadCell(ColumnKind.OTHER, 0)
    return _who(words)


def _who(words: list[_Word]) -> HeadCell:
    """Whether the words of a column of who speak of who leads, of who helps, or of both: who leads is named first."""
    if words[0].kind == "partners":
        return HeadCell(ColumnKind.PARTNERS, 0)
    rank = min(word.rank for word in words if word.kind in ("lead", "doing"))
    helps = any(word.kind == "partners" for word in words)
    return HeadCell(ColumnKind.SHARED if helps else ColumnKind.LEAD, rank)


def _all_known(text: str, words: list[_Word]) -> bool:
    """Whether nothing else stands in the cell."""
    gaps = zip([0, *(word.end for word in words)], [*(word.start for word in words), len(text)], strict=True)
    return not any(_gap(text, start, end) for start, end in gaps)


def _gap(text: str, start: int, end: int) -> int:
    """How many words stand between two places, those that only join left out."""
    return sum(word not in _links() for word in _TOKEN.findall(text, start, end))
