"""Assignees: the bodies that an item itself obliges (domain.md 8.3, D1-D11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from vnadmin.fields.directives.bodies import Head, is_bare, split_bodies, starts_body
from vnadmin.fields.directives.lexicon import DUTY, lexicon, link_words
from vnadmin.fields.directives.name_end import find_stop
from vnadmin.fields.directives.orders import STAFFS, agents, asks, ordered, partners
from vnadmin.fields.directives.paragraphs import ENDS, is_quoted, joined_paragraphs, sentences, speaks_to_all
from vnadmin.fields.directives.predicate import Stop, before_adverbial, starts_action
from vnadmin.fields.directives.roster import is_roster
from vnadmin.fields.directives.signs import Signs
from vnadmin.fields.directives.subjects import SubjectReader
from vnadmin.found import Found, quote
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import PARTNER, Grade
from vnadmin.outline import Item, text_spans
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

# "Điều 10. Trách nhiệm của người đứng đầu cơ quan", "Nhiệm vụ, quyền hạn, trách nhiệm của Phòng ...", "Nhiệm vụ chung của"
_RIGHT = r"(?:quyền hạn|quyền|chức năng|thẩm quyền)"
_DUTY_OF = pattern(
    rf"(?:{_RIGHT}(?:,| và) )?{DUTY}(?:(?:,| và|, và) (?:{_RIGHT}|{DUTY})){{0,4}}(?: (?:chung|cụ thể|thi hành|chính))? của "
)
_NUMBERED: Final = " số"
_INSTRUMENT = pattern(r"[^\W\d_]++(?: [^\W\d_]++){0,2}(?: liên tịch)? số[: ]++\d")
# "1. Cơ quan thực hiện" over who that is
_LABEL_OF = pattern(
    r"(?:cơ quan|đơn vị|bộ phận|tổ chức|cá nhân|người|đối tượng) (?:[^\W\d_]++ ){0,2}(?:thực hiện|chủ trì|phối hợp|dự thi|áp dụng)$"
    r"|.{3,60} do .{3,60} thành lập$"
)
_NAMES: Final = 200
# A clause on a name: "được giao quản lý", "cung cấp máy tính"; what follows these is a task
_CLAUSES: Final = frozenset({"relative", "passive", "clause", "naming"})
_PREDICATES: Final = frozenset({"modal", "adverbial", "tail", "order"})
_ENDS_TITLE: Final = frozenset({"tail", "adverbial"})
_STATE: Final = fold("đang ")
_CARRIES: Final = fold("thực hiện")
_FOLLOWS: Final = ("sau", fold("sau đây"))
_CLAUSED_NAME: Final = 160
_COLON = pattern(r"[^:;.]{3,120}+:")
_TOWARDS: Final = fold("đối với ")
_TITLE = pattern(r"[^\W\d_]++(?: [^\W\d_]++){0,5}(?: \([^()]{1,20}\))?")
_TASKS_OF_TITLE: Final = 3  # of so many items under "Đối với thí sinh" one at least tells a task
_BRACKETED = pattern(r"\((?P<inner>[^()]{4,200})\)[ .;]*+$")
_HEADING_WORDS: Final = 80
_POINTS = pattern(r": (?:tối đa |cộng |trừ |được )?\d{1,3}(?:[,.]\d)? điểm(?!\w)")
_LEADING: Final = " \n-–:*_;,."
# "Bộ Y tế đã chỉ đạo ..." reports
_PAST: Final = fold("đã ")
_WILL: Final = " sẽ "  # "Định kỳ, Bộ Y tế sẽ phối hợp với ...": what nobody is told to do
_THEN: Final = " thì "  # but "Sinh viên đã được miễn học phí thì kê khai lại" tells them to


# What counts several tasks inside a sentence; dotted numbers and headings count items
_IN_LINE: Final = frozenset({MarkerKind.NUMBER, MarkerKind.LETTER, MarkerKind.LOWER_ROMAN})


class Setting(NamedTuple):
    """Where an item stands, as far as it matters for who is obliged."""

    item: Item
    titled: bool = False  # a Điều or Chương, whose title is no order
    scope: bool = False  # its own title says so: what its paragraphs lay on somebody is a duty all the same
    defines: bool = False  # it lists who or what is meant: Đối tượng áp dụng, Giải thích từ ngữ
    empowers: bool = False  # it stands under the powers of an office: what that may ask for is no task


def _acts(document: SourceDocument, paragraph: Span) -> bool:
    """Whether a paragraph opens with what somebody is to do."""
    text = document.folded[paragraph.start : paragraph.end].lstrip(_LEADING)
    return starts_action(text)


def _tells_tasks(document: SourceDocument, item: Item, share: int = 2) -> bool:
    """Whether most of the items under one open with what somebody is to do, or one in `share` at least."""
    opens = [spans[0] for child in item.children if (spans := text_spans(child)[0])]
    acts = sum(starts_action(document.folded[span.start : span.end]) for span in opens)
    return 2 * acts > len(opens) or (share > 2 and 0 < len(opens) <= share * acts)


def _tells_none(document: SourceDocument, item: Item) -> bool:
    """Whether an item has children of which none, at any depth, opens with what somebody is to do: names, sums, places."""
    return bool(item.children) and not any(_tells(document, child) for child in item.children)


def _tells(document: SourceDocument, item: Item) -> bool:
    spans = text_spans(item)[0]
    opens = document.folded[spans[0].start : spans[-1].end] if spans else ""
    after = opens.partition(": ")[2]  # "a) Hội Tin học: Đẩy mạnh ..."
    post = bool(spans) and starts_body(document, spans[0].start, spans[-1].end) is not None  # "- Lãnh đạo Phòng Y tế;"
    acts = starts_action(after) or (not post and starts_action(opens))
    return acts or any(_tells(document, child) for child in item.children)


@dataclass(frozen=True, slots=True)
class AssigneeReader:
    """Reads the paragraphs of one item after another of one document."""

    document: SourceDocument
    subjects: SubjectReader
    signs: Signs

    def read(self, paragraphs: Sequence[Span], setting: Setting) -> tuple[Found[str], ...]:
        """The bodies obliged by an item, given the slices of its own paragraphs."""
        if setting.defines and not setting.scope:
            return ()
        document = self.document
        found: list[tuple[Span, str]] = []
        topic: Span | None = None
        joined = joined_paragraphs(document, paragraphs) if len(paragraphs) > 1 else paragraphs
        heads = bool(setting.item.children) or len(paragraphs) > 1  # a bare name over them is their assignee (D3)
        for index, paragraph in enumerate(joined):
            start, close = paragraph
            if index and not setting.titled and speaks_to_all(document, paragraph):
                continue
            pieces = sentences(document, start, close)
            if pieces and is_roster(document, start, pieces[0][1]) and not _DOER.match(document.folded, start):
                if index == 0 and len(paragraphs) == 1 and _tells_tasks(document, setting.item):
                    found.append((paragraph, "assignees.heading"))  # "1. Ông Lê Văn Tám - Trưởng phòng" over his tasks
                start = pieces[0][1]
            if index == 0:
                if _lists_instrument(document, start, close):
                    continue
                labels = heads or setting.titled or document.folded.find(":", start, close) >= 0  # else hardly a label
                headed = self._heading(paragraph, heads, setting) if labels else None
                if headed is not None:
                    found.append((headed, "assignees.heading"))
                    start = headed.end
                    if len(joined) > 1 and not setting.item.children and not _acts(document, joined[1]):
                        topic = headed
            if start != paragraph.start:
                pieces = sentences(document, start, close)
            if start != paragraph.start and document.folded[start:close].lstrip(_LEADING).startswith(STAFFS):
                pieces = pieces[1:]  # "Đối với phòng GDĐT: phân công lãnh đạo phòng làm đầu mối"
            told = [pair for first, end in pieces for pair in self._sentence(first, end, setting)]
            if told and setting.scope:
                told = [pair for pair in told if index > 0 and pair[1] == "assignees.duty"]
            elif told and index == 0 and heads and document.text[close - 1] not in ENDS:
                told = [pair for pair in told if pair[1] != "assignees.verb"]  # "5. Cơ quan, đơn vị tiến hành xác minh"
            found += told
        if not found:  # mostly
            return ()
        found = [pair for pair in found if not is_quoted(document, joined, pair[0].start)]
        if topic is not None and (len(found) > 1 or not _DUTY_OF.match(document.folded, paragraphs[0].start)):
            found = found[1:]  # "3. Viên chức khuyến nông" over "Hội đồng nhân dân xã quyết định số lượng ..."
        return tuple(_names(document, found))

    def _heading(self, paragraph: Span, introduces: bool, setting: Setting) -> Span | None:
        """The bodies of a paragraph that opens with nothing but them: `2. Sở Y tế`, `a) Bộ Tài chính:` (D3)."""
        document, start, end = self.document, paragraph.start, paragraph.end
        duty = _DUTY_OF.match(document.folded, start, end)
        if duty:
            start = duty.end()
        elif document.folded.startswith(_TOWARDS, start, end):  # "Đối với các trường: Công khai dự toán ..."
            start += len(_TOWARDS)
            labelled = self._towards(start, end, setting.item)
            if labelled is not None:
                return labelled
            introduces = _tells_tasks(document, setting.item)
        head = self.subjects.names.head(start, end)
        if head is None and duty and setting.titled and not lexicon().no_subject.at(document.folded, start, end):
            # "Điều 5. Trách nhiệm của đối tượng thanh tra"
            return Span(start, before_adverbial(document.folded, start, end))
        if head is None or (not introduces and document.folded.find(":", head.end, end) < 0):
            return None
        stop = self.subjects.names.stop(head, end)
        if stop is not None and "colon" not in stop.kinds:
            if duty and introduces:
                state = document.folded.startswith(_STATE, stop.start)  # "... của tổ chức đang quản lý tiền lương"
                return Span(start, self._title_end(stop, end)) if state or "never" not in stop.kinds else None
            return self._claused(stop, start, end, setting.item)
        if not introduces:
            return self._labelled(stop, start, end)
        if self.subjects.duty.proposes:
            return None
        close = stop.start if stop else end
        text = document.text[start:close]
        ends = (";",) if setting.item.children else (";", ".")
        if stop is None and (". " in text or text.rstrip().endswith(ends) or (setting.titled and not duty)):
            return None
        if len(text.split()) > _HEADING_WORDS or _LABEL_OF.match(text.strip(" .:").lower()):
            return None
        if stop is not None and document.folded[stop.end : end].strip(" *_-\n"):
            return self._labelled(stop, start, end)
        return None if not duty and _tells_none(document, setting.item) else Span(start, close)

    def _title_end(self, stop: Stop, end: int) -> int:
        """Where the name in a title of duties ends: it has no verb, so one in it tells who is meant (`Cơ quan giám sát`)."""
        words, folded, last = lexicon(), self.document.folded, stop
        for hit in words.stops.find(folded, stop.start, end):
            kinds = words.kinds.get(hit.phrase, _ENDS_TITLE)
            if kinds & _ENDS_TITLE:
                # "Nhiệm vụ của Hội đồng thi thực hiện theo quy chế" is a sentence
                done = "tail" not in kinds and not folded[last.end : hit.start].strip()
                return last.start if done else hit.start
            last = Stop(hit.start, hit.end, stop.kinds)
        return end

    def _towards(self, start: int, end: int, item: Item) -> Span | None:
        """`Đối với thí sinh trúng tuyển nguyện vọng 1: cập nhật ...`: all up to the colon is the name of who is to act.

        A title over tasks is nothing but the name: `II. Đối với cán bộ coi thi (CBCT)`.
        """
        folded = self.document.folded
        if starts_body(self.document, start, end, loose=True) is None:
            return None
        if _TITLE.fullmatch(folded, start, end) and _tells_tasks(self.document, item, _TASKS_OF_TITLE):
            return Span(start, end)
        colon = _COLON.match(folded, start, end)
        if colon is None:
            return None
        return Span(start, colon.end() - 1) if self._tells(colon.end(), end) else None

    def _tells(self, position: int, end: int) -> bool:
        """Whether what follows a colon opens with a task, the first of several or the only one: `UBND xã: (i) Rà soát ...`."""
        rest = self.document.text[position:end].lstrip(" *_-\n")
        marker = marker_of_text(rest, _IN_LINE)
        return starts_action(fold(rest[marker.content if marker else 0 :]))

    def _claused(self, stop: Stop, start: int, end: int, item: Item) -> Span | None:
        """`Các doanh nghiệp cung cấp máy tính: Cài đặt ...`: a name with a clause as a label, or over tasks."""
        folded = self.document.folded
        colon = folded.find(":", stop.end, end)
        close = colon if colon >= 0 else end
        rest = folded[close + 1 : end].lstrip(_LEADING)
        if (
            not stop.kinds & _CLAUSES
            or folded.startswith(_CARRIES, stop.start)
            or folded.endswith(_FOLLOWS, start, close)
        ):
            return None
        if close - start > _CLAUSED_NAME or (self.document.text[end - 1] in ".;" and not rest):
            return None
        words = lexicon()
        kinds = {kind for hit in words.stops.find(folded, stop.end, close) for kind in words.kinds.get(hit.phrase, ())}
        if kinds & _PREDICATES:
            return None
        acts = starts_action(rest) if rest else _tells_tasks(self.document, item)
        return Span(start, close) if acts else None

    def _labelled(self, stop: Stop | None, start: int, end: int) -> Span | None:
        """`Tổng cục Thuế: Chỉ đạo ...`: a name, a colon and what it is to do."""
        if stop is None or "colon" not in stop.kinds:
            return None
        return Span(start, stop.start) if self._tells(stop.end, end) else None

    def _sentence(self, start: int, end: int, setting: Setting) -> list[tuple[Span, str]]:
        """The obliged bodies of one sentence; one that tells what was done (`A đã chỉ đạo B`) has none."""
        document = self.document
        while start < end and document.text[start] in _LEADING:
            start += 1
        if document.folded.startswith(_DOERS, start) and not self.subjects.duty.proposes:
            named = _doers(document, start, end)
            if named:
                return [(span, "assignees.heading") for span in named]
        if _POINTS.search(document.folded, start, end):  # "Các xã thực hiện tốt phong trào: 5 điểm" says what counts
            return [(span, "assignees.agent") for span in agents(document, start, end)]
        subject = self.subjects.first(start, end)
        past = subject is not None and document.folded.startswith(_PAST, subject.stop.start)
        if past and document.folded.find(_THEN, start, end) < 0:
            return []
        orders = self.signs.orders.within(start, end)
        if orders and setting.empowers and asks(orders[0], start):
            return []
        obliged = self.subjects.obliged(start, end, subject)
        found = obliged.copy()
        if orders:
            bearer = obliged[0][0] if obliged else None
            found += [(span, "assignees.order") for span in ordered(self.subjects.names, start, end, orders, bearer)]
        promised = subject is not None and self.subjects.duty.promises(subject, end)
        if not promised and (hits := self.signs.partners.within(start, end)):
            told = [hit for hit in hits if obliged or not document.folded.endswith(_WILL, start, hit.start)]
            found += [(span, PARTNER) for span in partners(document, start, end, told)]
        found += [(span, "assignees.agent") for span in agents(document, start, end)]
        found += [(span, "assignees.verb") for span in self._bracketed(start, end)]
        if obliged or orders:
            found += [(span, PARTNER) for span in self._helpers(start, end)]
        return found

    def _bracketed(self, start: int, end: int) -> Iterator[Span]:
        """Who acts in brackets at the end: `Báo cáo tình hình thu ngân sách (Sở Tài chính chuẩn bị tài liệu)`."""
        found = (
            _BRACKETED.search(self.document.folded, start, end)
            if self.document.text.find(")", start, end) > 0
            else None
        )
        doer = self.subjects.first(found.start("inner"), found.end("inner")) if found else None
        if doer and self.document.folded.startswith(tuple(link_words("told in brackets")), doer.stop.start):
            yield doer.span

    def _helpers(self, start: int, end: int) -> Iterator[Span]:
        """Who helps whoever leads: `Sở Tài chính chủ trì, | Sở Nội vụ phối hợp ...`."""
        folded = self.document.folded
        for at in find_all(folded, _LEADS, start, end):
            helper = self.subjects.first(at + len(_LEADS), end)
            if helper is not None and folded.startswith(_HELPS, helper.stop.start):
                yield helper.span


_LEADS: Final = fold(" chủ trì, ")
_HELPS: Final = fold("phối hợp")
# "Đơn vị chủ trì: Sở Tư pháp", "Cơ quan phối hợp: các xã", "Người thực hiện: Bà Mơ" under a task of a plan
_DOERS: Final = ("đơn vị ", "cơ quan ", "bộ phận ", "người ", "trách nhiệm", "phụ trách")
_DOER = pattern(
    r"(?<!\w)(?:người (?:thực hiện|phụ trách)|trách nhiệm(?: thực hiện)?|phụ trách) ?: ?"
    r"|(?<!\w)(?:đơn vị|cơ quan|bộ phận) (?:chủ trì|phối hợp|thực hiện|chịu trách nhiệm|tham mưu|đầu mối|chỉ đạo)"
    r"(?:(?:,| và)? (?:chủ trì|phối hợp|thực hiện|triển khai|chính)){0,2} ?: ?(?:- ?)?"
)


def _lists_instrument(document: SourceDocument, start: int, end: int) -> bool:
    """`1. Nghị định số 35/2005/NĐ-CP ...`: an item that only lists an instrument."""
    named = document.folded.find(_NUMBERED, start, end) >= 0 and _INSTRUMENT.match(document.folded, start, end)
    return bool(named) and starts_body(document, start, end) is None


def _doers(document: SourceDocument, start: int, end: int) -> list[Span]:
    """Who stands behind the labels of a sentence: `Đơn vị chủ trì: Sở Tư pháp; đơn vị phối hợp: các xã`."""
    found: list[Span] = []
    if _DOER.match(document.folded, start, end) is None:
        return found
    labels = list(_DOER.finditer(document.folded, start, end))
    for label, close in zip(labels, [*(label.start() for label in labels[1:]), end], strict=True):
        head = starts_body(document, label.end(), close)
        if head is not None:
            found.append(Span(label.end(), _names_end(document, head, close)))
    return found


# "; thời gian hoàn thành: Quý II", " - Sản phẩm: báo cáo", ", trong tháng 5": what else is told of a task
_FURTHER = pattern(r"(?:[;,.(]| [-–]) ?(?P<label>(?:[^\W\d_]++ ?){1,8}:)|, (?:trong|trước|xong|từ) ")
_EDGES: Final = " ,;.(-–"


def _names_end(document: SourceDocument, head: Head, end: int) -> int:
    """Where the names behind a label end: before a verb, and before the next label, which names no body."""
    further = (
        match.start()
        for match in _FURTHER.finditer(document.folded, head.end, end)
        if not match["label"] or starts_body(document, match.start("label"), end) is None
    )
    close = min(next(further, end), end)
    stop = find_stop(document, head.start, head.end, close)
    if stop is not None and "colon" not in stop.kinds:
        close = stop.start
    name = document.text[head.start : close].rstrip(_EDGES)
    if name.endswith(")") and "(" not in name:
        name = name[:-1]
    return head.start + len(name)


_GRADES: Final = {
    "assignees.heading": Grade.LIKELY,
    "assignees.order": Grade.LIKELY,
    "assignees.duty": Grade.LIKELY,
    PARTNER: Grade.LIKELY,
    "assignees.agent": Grade.GUESS,
    "assignees.case": Grade.GUESS,
    "assignees.verb": Grade.GUESS,
}


# "Các doanh nghiệp" and later "doanh nghiệp" are the same
_QUANTIFIERS = pattern(r"^(?:(?:tất cả|toàn thể|các|những|mọi|từng|mỗi|quý) )+")


def _names(document: SourceDocument, found: Sequence[tuple[Span, str]]) -> Iterator[Found[str]]:
    """One value for each name, in reading order, none twice."""
    seen: list[Span] = []
    values: list[str] = []
    printed: list[str] = []
    for span, rule in sorted(found, key=lambda pair: (pair[0].start, -pair[0].end)):
        if any(span.start < other.end and other.start < span.end for other in seen[-3:]):
            continue
        if is_bare(document, span):
            continue
        seen.append(span)
        if len(values) > _NAMES:
            return
        told = tuple(printed)  # "người có thẩm quyền ra quyết định", later but "người có thẩm quyền"
        for name in split_bodies(document, span.start, span.end):
            words = document.folded[name.start : name.end]
            key = _QUANTIFIERS.sub("", words)
            if key not in values and not any(earlier.startswith(f"{words} ") for earlier in told):
                values.append(key)
                printed.append(words)
                yield quote(document, name, rule, _GRADES[rule])
