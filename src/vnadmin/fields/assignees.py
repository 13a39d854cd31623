"""Assignees: the bodies that an item itself obliges (REFERENCE 8.3, D1-D11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import regex

from vnadmin.fields.bodies import Stop, find_stop, split_bodies, starts_action, starts_body
from vnadmin.found import Found, quote
from vnadmin.gazetteer import words_where
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import fold

# Where a sentence ends inside a paragraph; "TP. Hồ Chí Minh", "ThS. Lê" do not end one.
_SENTENCE = regex.compile(r"(?<!\b(?:TP|Tp|tp|TX|Q|P|H|Đ|ThS|TS|PGS|GS|BS|Mr|Ms|NQ|số))[.!?…] +(?=[\p{Lu}“\"-])")
# Clauses before the subject: "Trong thời hạn 05 ngày, Sở ...", "Căn cứ chức năng, ... Chính phủ chỉ đạo"
_OPENERS: Final = (
    "trong", "căn cứ", "khi", "sau", "trên cơ sở", "theo", "trước", "chậm nhất", "đối với", "nếu", "trường hợp",
    "định kỳ", "hằng", "hàng", "để", "nhằm", "ngoài", "hết", "từ", "tại", "với", "muộn nhất", "vì", "do", "bên cạnh",
    "đồng thời", "hạn chót", "riêng", "về", "qua", "ở", "tùy", "kể từ", "ngay", "thực hiện",
)  # fmt: skip
_OPENER = regex.compile(rf"(?:{'|'.join(fold(word) for word in _OPENERS)})(?!\w)")
_PAST: Final = fold("đã ")
_COMMA = regex.compile(r"[,;] (?:và |thì |đồng thời |còn )?| thì ")
_CLAUSE = regex.compile(r"; (?:đồng thời,? |và )?|, đồng thời,? ")
_COLON = regex.compile(r": ?(?:- ?)?")
# "Điều 10. Trách nhiệm của người đứng đầu cơ quan", "Trách nhiệm thi hành của ..."
_DUTY_OF = regex.compile(
    fold(
        r"(?:quyền và )?(?:trách nhiệm|nghĩa vụ|nhiệm vụ)(?: và (?:quyền hạn|nghĩa vụ|trách nhiệm))?(?: thi hành)? của "
    )
)
# "1. Nghị định số 35/2005/NĐ-CP ...": an item that only lists an instrument
_INSTRUMENT = regex.compile(r"\p{L}++(?: \p{L}++){0,2}(?: liên tịch)? số[: ]++\d")
_HEADING_WORDS: Final = 45
# "theo đề nghị của", "bàn giao", "được giao", "đã giao", "ý kiến đề nghị": no order
_BEFORE_ORDER: Final = frozenset(
    fold(
        "theo xét bàn được chuyển đã kiến văn dung các của những đơn sơ người nội cáo trình khi có việc số ứng nghị"
    ).split()
)


@cache
def _order() -> regex.Pattern[str]:
    words = sorted((fold(w) for w in words_where("action_verbs", "kind", "order")), key=len, reverse=True)
    # "Giao Sở Nội vụ", "yêu cầu: Hội Cựu giáo chức", "Đề nghị Báo Bình Thuận"
    return regex.compile(rf"(?<!\w)(?:{'|'.join(words)})(?: cho)?:? ")


@cache
def _partner() -> regex.Pattern[str]:
    words = sorted((fold(w) for w in words_where("action_verbs", "kind", "partner")), key=len, reverse=True)
    # "phối hợp chặt chẽ với Sở Tài chính", "phối hợp Bộ Tài nguyên và Môi trường"
    return regex.compile(rf"(?<!\w)(?:{'|'.join(words)}) (?:với )?")


def read_assignees(document: SourceDocument, paragraphs: Sequence[Span], heads_list: bool) -> tuple[Found[str], ...]:
    """The bodies obliged by an item, given the slices of its own paragraphs; `heads_list`: it has children."""
    found: list[tuple[Span, str]] = []
    for index, paragraph in enumerate(paragraphs):
        start = paragraph.start
        if index == 0:
            duty = _DUTY_OF.match(document.folded, start, paragraph.end)
            if duty and (head := starts_body(document, duty.end(), paragraph.end)):
                stop = find_stop(document, head.start(), head.end(), paragraph.end)
                found.append((Span(duty.end(), stop.start if stop else paragraph.end), "assignees.heading"))
                continue
            if _INSTRUMENT.match(document.folded, start, paragraph.end):
                continue
            heading = _heading(document, paragraph, heads_list or len(paragraphs) > 1)
            if heading is not None:
                found.append((Span(paragraph.start, heading), "assignees.heading"))
                start = heading
        for first, last in _sentences(document, start, paragraph.end):
            found.extend(_of_sentence(document, first, last))
    return tuple(_names(document, found))


def _sentences(document: SourceDocument, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _SENTENCE.finditer(document.text, start, end):
        yield first, match.start() + 1
        first = match.end()
    if first < end:
        yield first, end


def _heading(document: SourceDocument, paragraph: Span, introduces: bool) -> int | None:
    """Where the name ends if the paragraph opens with nothing but bodies: `2. Sở Y tế`, `a) Bộ Tài chính:` (D3)."""
    match = starts_body(document, paragraph.start, paragraph.end)
    if match is None:
        return None
    stop = find_stop(document, match.start(), match.end(), paragraph.end)
    if stop is None:
        tail = document.text[paragraph.start : paragraph.end]
        if not introduces or len(tail.split()) > _HEADING_WORDS or tail.rstrip().endswith(";"):
            return None
        if ". " in tail:
            return None
        return paragraph.end
    if "colon" not in stop.kinds or len(document.text[paragraph.start : stop.start].split()) > _HEADING_WORDS:
        return None
    rest = document.folded[stop.end : paragraph.end].lstrip(" *_-")
    if not rest:
        return stop.start if introduces else None
    return stop.start if starts_action(rest) else None


def _of_sentence(document: SourceDocument, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """The obliged bodies of one sentence; one that tells what was done (`A đã chỉ đạo B`) has none."""
    start = _skip(document, start, end)
    subject = _subject(document, start, end)
    if subject is not None and document.folded.startswith(_PAST, subject[1].start):
        return
    yield from _subjects(document, start, end)
    yield from _ordered(document, start, end)
    yield from _partners(document, start, end)


def _skip(document: SourceDocument, start: int, end: int) -> int:
    while start < end and document.text[start] in " \n-–:*_;,.":
        start += 1
    return start


def _subjects(document: SourceDocument, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Subjects of a duty: `A có trách nhiệm`, `A chủ trì`, `A rà soát` (D4, D6, D7), clause by clause."""
    position = start
    while position < end:
        answer = _subject(document, position, end)
        if answer is None and _OPENER.match(document.folded, position, end):
            for match in _COMMA.finditer(document.folded, position, end):
                if _in_list(document, position, match.start()):
                    continue
                answer = _subject(document, match.end(), end)
                if answer is not None:
                    break
        if answer is None:
            colon = _COLON.search(document.folded, position, end)
            if colon and colon.end() < end:
                answer = _subject(document, colon.end(), end)
        after = position
        if answer is not None:
            span, stop = answer
            after = stop.end
            if _obliges(document, stop, end):
                yield span, "assignees.duty" if "modal" in stop.kinds else "assignees.verb"
        following = _CLAUSE.search(document.folded, after, end)
        if following is None:
            return
        position = following.end()


def _obliges(document: SourceDocument, stop: Stop, end: int) -> bool:
    """Whether the word after a subject makes a duty of it; the subject of an order (`A giao B`) only gives it."""
    if "never" in stop.kinds or not stop.kinds & {"modal", "verb", "adverbial"}:
        return False
    if "order" not in stop.kinds:
        return True
    after = stop.end
    while after < end and document.folded[after] in " :":
        after += 1
    return starts_body(document, after, end) is None


def _in_list(document: SourceDocument, start: int, comma: int) -> bool:
    """Whether a comma stands in a list of bodies: `cho cán bộ, công chức`."""
    for words in (2, 1):
        tail = document.folded[max(start, comma - 30) : comma].split()[-words:]
        head = comma - len(" ".join(tail))
        match = starts_body(document, head, comma)
        if match is not None and match.end() == comma:
            return True
    return False


def _subject(document: SourceDocument, position: int, end: int) -> tuple[Span, Stop] | None:
    match = starts_body(document, position, end)
    if match is None:
        return None
    stop = find_stop(document, match.start(), match.end(), end)
    if stop is None or "colon" in stop.kinds:
        return None
    return Span(position, stop.start), stop


def _ordered(document: SourceDocument, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Objects of an order: `Giao A ...`, `Đề nghị A`, `yêu cầu A` (D1, D2, D5)."""
    folded = document.folded
    for match in _order().finditer(folded, start, end):
        before = folded[max(start, match.start() - 12) : match.start()].split()
        if before and before[-1].strip(",") in _BEFORE_ORDER and not before[-1].endswith(","):
            continue
        head = starts_body(document, match.end(), end)
        if head is None:
            continue
        stop = find_stop(document, head.start(), head.end(), end)
        yield Span(match.end(), stop.start if stop else end), "assignees.order"


def _partners(document: SourceDocument, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Partners: `phối hợp với B, C` (D1, D6)."""
    for match in _partner().finditer(document.folded, start, end):
        head = starts_body(document, match.end(), end)
        if head is None:
            continue
        stop = find_stop(document, head.start(), head.end(), end)
        yield Span(match.end(), stop.start if stop else end), "assignees.partner"


_GRADES: Final = {
    "assignees.heading": Grade.LIKELY,
    "assignees.order": Grade.LIKELY,
    "assignees.duty": Grade.LIKELY,
    "assignees.partner": Grade.LIKELY,
    "assignees.verb": Grade.GUESS,
}


def _names(document: SourceDocument, found: Sequence[tuple[Span, str]]) -> Iterator[Found[str]]:
    """One value for each name, in reading order, none twice."""
    seen: list[Span] = []
    values: set[str] = set()
    for span, rule in sorted(found, key=lambda pair: (pair[0].start, -pair[0].end)):
        if any(span.start < other.end and other.start < span.end for other in seen[-3:]):
            continue
        seen.append(span)
        for name in split_bodies(document, span.start, span.end):
            key = document.folded[name.start : name.end]
            if key not in values:
                values.add(key)
                yield quote(document, name, rule, _GRADES[rule])
