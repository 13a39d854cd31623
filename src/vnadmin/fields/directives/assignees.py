"""Assignees: the bodies that an item itself obliges (REFERENCE 8.3, D1-D11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from vnadmin.fields.directives.bodies import (
    Head,
    Stop,
    ends_body,
    find_stop,
    is_bare,
    split_bodies,
    starts_action,
    starts_body,
)
from vnadmin.fields.directives.lexicon import lexicon
from vnadmin.fields.directives.phrases import Hit, PhraseHits
from vnadmin.found import Found, quote
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# Where a sentence may end inside a paragraph; "TP. Hồ Chí Minh", "ThS. Lê" do not end one.
_STOP = pattern(r"[.!?…] +(?=[\w“\"-])")
_ABBREVIATION = pattern(r"(?<!\w)(?:TP|Tp|tp|TX|Q|P|H|Đ|ThS|TS|PGS|GS|BS|Mr|Ms|NQ|số)$")
_LONGEST_ABBREVIATION: Final = 3
# "Đối với các trường ngoài công lập chủ động ..."
_TOWARDS = pattern(fold("đối với "))
_COMMA = pattern(r"[,;] (?:và |thì |đồng thời |còn )?| thì ")
_CLAUSE = pattern(r"; (?:đồng thời,? |và )?|, đồng thời,? | thì ")
_COLON = pattern(r": ?(?:- ?)?")
# "Điều 10. Trách nhiệm của người đứng đầu cơ quan", "Trách nhiệm thi hành của ..."
_DUTY_OF = pattern(
    fold(
        r"(?:quyền và )?(?:trách nhiệm|nghĩa vụ|nhiệm vụ)(?: và (?:quyền hạn|nghĩa vụ|trách nhiệm))?(?: thi hành)? của "
    )
)
# "1. Nghị định số 35/2005/NĐ-CP ...": an item that only lists an instrument
_INSTRUMENT = pattern(r"[^\W\d_]++(?: [^\W\d_]++){0,2}(?: liên tịch)? số[: ]++\d")
# How far a subject, an object or their opening clause is looked for; and how many names one item may have
_REACH: Final = 1500
_NAMES: Final = 200
_CLAUSES: Final = 40  # clauses of one sentence that are read
_HEADING_WORDS: Final = 45
_LEADING: Final = " \n-–:*_;,."
# "Bộ Y tế đã chỉ đạo ..." reports
_PAST: Final = fold("đã ")
# "Giao cho Sở Nội vụ", "yêu cầu: Hội Cựu giáo chức"; "phối hợp với", "phối hợp Bộ Công Thương"
_AFTER_ORDER = pattern(r"(?: cho)?:? ")
_AFTER_PARTNER = pattern(r" (?:với )?")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an item stands, as far as it matters for who is obliged."""

    heads_list: bool = False  # it has children, so a bare name over them is their assignee (D3)
    titled: bool = False  # a Điều or Chương, whose title is no order
    defines: bool = False  # it lists who or what is meant: Đối tượng áp dụng, Giải thích từ ngữ
    proposes: bool = False  # a tờ trình or phiếu trình: what its writer does is no duty


class OrderWords:
    """The words of a body that order (`giao`, `yêu cầu`) and that name partners (`phối hợp với`), each found once."""

    __slots__ = ("orders", "partners")

    def __init__(self, document: SourceDocument, start: int, end: int) -> None:
        words = lexicon()
        self.orders = PhraseHits(words.orders, document.folded, start, end)
        self.partners = PhraseHits(words.partners, document.folded, start, end)


def read_assignees(
    document: SourceDocument, paragraphs: Sequence[Span], setting: Setting, ordering: OrderWords
) -> tuple[Found[str], ...]:
    """The bodies obliged by an item, given the slices of its own paragraphs."""
    if setting.defines:
        return ()
    reader = _Reader(document, setting, ordering)
    found: list[tuple[Span, str]] = []
    for index, paragraph in enumerate(paragraphs):
        start = paragraph.start
        if index == 0:
            if _INSTRUMENT.match(document.folded, start, paragraph.end):
                continue
            headed = reader.heading(paragraph, setting.heads_list or len(paragraphs) > 1)
            if headed is not None:
                found.append((headed, "assignees.heading"))
                start = headed.end
        for first, last in _sentences(document, start, paragraph.end):
            found.extend(reader.sentence(first, last))
    return tuple(_names(document, found))


def _sentences(document: SourceDocument, start: int, end: int) -> Iterator[tuple[int, int]]:
    first, text = start, document.text
    for match in _STOP.finditer(text, start, end):
        at, following = match.span()
        if not (text[following].isupper() or text[following] in '“"-'):
            continue
        if _ABBREVIATION.search(text, max(0, at - _LONGEST_ABBREVIATION), at):
            continue
        yield first, at + 1
        first = following
    if first < end:
        yield first, end


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the paragraphs of one item."""

    document: SourceDocument
    setting: Setting
    ordering: OrderWords
    stops: dict[tuple[int, int], Stop | None] = field(default_factory=dict)

    def heading(self, paragraph: Span, introduces: bool) -> Span | None:
        """The bodies of a paragraph that opens with nothing but them: `2. Sở Y tế`, `a) Bộ Tài chính:` (D3)."""
        document, start, end = self.document, paragraph.start, paragraph.end
        duty = _DUTY_OF.match(document.folded, start, end)
        if duty:
            start = duty.end()
        head = starts_body(document, start, end)
        if head is None or (not introduces and document.folded.find(":", head.end, end) < 0):
            return None
        stop = self._stop(head, end)
        if not introduces:
            return self._labelled(stop, start, end)
        if stop is not None and "colon" not in stop.kinds:
            return Span(start, stop.start) if duty and "tail" in stop.kinds else None
        if self.setting.proposes:
            return None
        close = stop.start if stop else end
        text = document.text[start:close]
        ends = (";",) if self.setting.heads_list else (";", ".")
        if stop is None and (". " in text or text.rstrip().endswith(ends) or (self.setting.titled and not duty)):
            return None
        if len(text.split()) > _HEADING_WORDS:
            return None
        if stop is not None and document.folded[stop.end : end].strip(" *_-\n"):
            return self._labelled(stop, start, end)
        return Span(start, close)

    def _labelled(self, stop: Stop | None, start: int, end: int) -> Span | None:
        """`Tổng cục Thuế: Chỉ đạo ...`: a name, a colon and what it is to do."""
        if stop is None or "colon" not in stop.kinds:
            return None
        rest = self.document.folded[stop.end : end].lstrip(" *_-\n")
        return Span(start, stop.start) if starts_action(rest) else None

    def sentence(self, start: int, end: int) -> Iterator[tuple[Span, str]]:
        """The obliged bodies of one sentence; one that tells what was done (`A đã chỉ đạo B`) has none."""
        document = self.document
        while start < end and document.text[start] in _LEADING:
            start += 1
        subject = self._subject(start, end)
        if subject is not None and document.folded.startswith(_PAST, subject[1].start):
            return
        yield from self._subjects(start, end, subject)
        if orders := self.ordering.orders.within(start, end):
            yield from self._ordered(start, end, orders)
        if partners := self.ordering.partners.within(start, end):
            yield from self._partners(end, partners)

    def _subjects(self, start: int, end: int, first: tuple[Span, Stop] | None) -> Iterator[tuple[Span, str]]:
        """Subjects of a duty: `A có trách nhiệm`, `A chủ trì`, `A rà soát` (D4, D6, D7), clause by clause.

        `first`: the subject with which the sentence opens.
        """
        folded = self.document.folded
        position = start
        for number in range(_CLAUSES):
            answer = self._subject(position, end) if number else first
            if answer is None and lexicon().openers.at(folded, position, end):
                answer = self._after_opener(position, end)
            if answer is None:
                colon = _COLON.search(folded, position, min(end, position + _REACH))
                if colon and colon.end() < end:
                    answer = self._subject(colon.end(), end)
            after = position
            if answer is not None:
                span, stop = answer
                after = stop.end
                if self._obliges(stop, end):
                    yield span, "assignees.duty" if "modal" in stop.kinds else "assignees.verb"
            if (
                folded.find(";", after, end) < 0
                and folded.find(" thì ", after, end) < 0
                and folded.find(", đồng thời", after, end) < 0
            ):  # most sentences are one clause
                return
            following = _CLAUSE.search(folded, after, end)
            if following is None:
                return
            position = following.end()

    def _after_opener(self, start: int, end: int) -> tuple[Span, Stop] | None:
        """The subject after an opening clause: `Trong thời hạn 05 ngày, Sở Y tế ...`, `Đối với các trường chủ động`."""
        document = self.document
        towards = _TOWARDS.match(document.folded, start, end)
        if towards:
            answer = self._subject(towards.end(), end)
            if answer and "modal" in answer[1].kinds and "," not in document.text[answer[0].start : answer[0].end]:
                return answer
        for match in _COMMA.finditer(document.folded, start, min(end, start + _REACH)):
            if match[0][0] in ",;" and ends_body(document, start, match.start()):
                continue
            answer = self._subject(match.end(), end)
            if answer is not None:
                return answer
        return None

    def _subject(self, position: int, end: int) -> tuple[Span, Stop] | None:
        head = starts_body(self.document, position, end)
        if head is None:
            return None
        stop = self._stop(head, end)
        if stop is None or "colon" in stop.kinds:
            return None
        return Span(position, stop.start), stop

    def _stop(self, head: Head, end: int) -> Stop | None:
        """What ends a name; a paragraph of one sentence asks twice, as a heading and as a sentence."""
        key = (head.end, end)
        if key not in self.stops:
            self.stops[key] = find_stop(self.document, head.start, head.end, end)
        return self.stops[key]

    def _obliges(self, stop: Stop, end: int) -> bool:
        """Whether the word after a subject makes a duty of it; the subject of an order (`A giao B`) only gives it."""
        if "never" in stop.kinds or not stop.kinds & {"modal", "verb", "adverbial"}:
            return False
        if self.setting.proposes and "statement" in stop.kinds:
            return False
        if "order" not in stop.kinds:
            return True
        after = stop.end
        while after < end and self.document.folded[after] in " :":
            after += 1
        return starts_body(self.document, after, end, as_object=True) is None

    def _ordered(self, start: int, end: int, hits: Sequence[Hit]) -> Iterator[tuple[Span, str]]:
        """Objects of an order: `Giao A ...`, `Đề nghị A`, `yêu cầu A` (D1, D2, D5)."""
        folded, words = self.document.folded, lexicon()
        for hit in hits:
            before = folded[max(start, hit.start - 12) : hit.start].split()
            if before and before[-1] in words.not_after:
                continue
            gap = _AFTER_ORDER.match(folded, hit.end, end)
            if gap:
                yield from self._object(gap.end(), end, "assignees.order")

    def _partners(self, end: int, hits: Sequence[Hit]) -> Iterator[tuple[Span, str]]:
        """Partners: `phối hợp với B, C` (D1, D6)."""
        for hit in hits:
            gap = _AFTER_PARTNER.match(self.document.folded, hit.end, end)
            if gap:
                yield from self._object(gap.end(), end, "assignees.partner")

    def _object(self, position: int, end: int, rule: str) -> Iterator[tuple[Span, str]]:
        head = starts_body(self.document, position, end, as_object=True)
        if head is not None:
            stop = find_stop(self.document, head.start, head.end, end)
            yield Span(position, stop.start if stop else min(end, position + _REACH)), rule


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
    values: list[str] = []
    for span, rule in sorted(found, key=lambda pair: (pair[0].start, -pair[0].end)):
        if any(span.start < other.end and other.start < span.end for other in seen[-3:]):
            continue
        if is_bare(document, span):
            continue
        seen.append(span)
        if len(values) > _NAMES:
            return
        for name in split_bodies(document, span.start, span.end):
            key = document.folded[name.start : name.end]
            if not any(key in value for value in values):
                values.append(key)
                yield quote(document, name, rule, _GRADES[rule])
