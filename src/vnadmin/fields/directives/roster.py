"""Items that only list who sits where: members of a committee, attendees, contacts. They oblige nobody (GUIDE)."""

from __future__ import annotations

from functools import cache
from typing import Final

from vnadmin.fields.directives.bodies import starts_body
from vnadmin.fields.directives.lexicon import PREDICATES
from vnadmin.fields.directives.name_end import find_stop
from vnadmin.fields.directives.predicate import starts_action
from vnadmin.gazetteer import words_where
from vnadmin.genre.person_name import CALLED, NameLikeness, name_likeness
from vnadmin.layout.page import SourceDocument
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# "Ông Lê Văn Tám - Trưởng phòng", "Đ/c Nguyễn Thị Hoa, Chủ tịch Công đoàn: Phó Trưởng ban"
_PERSON = pattern(rf"(?:các )?(?:{CALLED}[:.]? )?(?P<name>[^,;:()–-]{{5,40}})(?:[,;:(.]| ?[-–] |$)")
# The parts of such a line; "- phụ trách chung", ": chủ trì cuộc họp" tell a duty
_PART = pattern(r"[:;,] ?| [-–] ")
_LONGEST_LABEL: Final = 70
_LABEL = pattern(rf"(?P<label>[^:;.]{{3,{_LONGEST_LABEL}}}): ?+(?=\S)")
_LONGEST: Final = 400
_NAME_REACH: Final = 60  # characters in which a person's name ends; it holds two capitals


def is_roster(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a paragraph names members and posts and nothing that they are to do."""
    folded = document.folded
    label = _LABEL.match(folded, start, end) if folded.find(":", start, start + _LONGEST_LABEL + 1) >= 0 else None
    if label is not None and label["label"].startswith(_roles()):
        parts = (label.end(), *(part.end() for part in _PART.finditer(folded, label.end(), min(end, start + _LONGEST))))
        return not any(_acts(document, part, end) for part in parts)
    opens = label.end() if label else start
    if end - start > _LONGEST or document.text[opens + 1 : min(end, opens + _NAME_REACH)].islower():
        return False
    person = _PERSON.match(folded, opens, end)
    if person is None:
        return False
    first, last = person.span("name")
    if name_likeness(document.text[first:last].strip()) is not NameLikeness.FULL:
        return False
    behind = [part.end() for part in _PART.finditer(folded, last, end)]
    acts = any(_acts(document, part, end) for part in behind)
    last_is_role = len(behind) > 1 and folded.startswith(_roles(), behind[-1], end)
    if acts or (last_is_role and not _post_acts(document, behind[-1], end)):
        return not acts  # "Ông Lê Văn Tám, Chuyên viên theo dõi công tác xã, Thành viên"
    return not any(_post_acts(document, part, end) for part in behind)


def _acts(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a part opens with a verb; `Lãnh đạo Sở Y tế` is a post."""
    return starts_body(document, start, end) is None and starts_action(document.folded[start:end])


def _post_acts(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a part is a post with what it does: `Phó Hiệu trưởng chuẩn bị tài liệu`, no `Trưởng phòng Kiểm tra`."""
    head = starts_body(document, start, end)
    stop = find_stop(document, head.start, head.end, end) if head else None
    return stop is not None and bool(stop.kinds & PREDICATES) and not stop.kinds & _TELLS_WHICH


_TELLS_WHICH: Final = frozenset({"naming", "relative"})


@cache
def _roles() -> tuple[str, ...]:
    return tuple(fold(word) for word in words_where("roster_words", "kind", "role"))
