"""Subjects of a duty: `A có trách nhiệm`, `A chủ trì`, `A rà soát`, at the head of a clause or behind what opens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import regex

from vnadmin.fields.directives.bodies import ends_body, parts_bodies, starts_body
from vnadmin.fields.directives.deadline.forms import CLOCK, DAY, EVERY, STARTS_TIME, opens_task
from vnadmin.fields.directives.duty import Duty
from vnadmin.fields.directives.lexicon import DUTY, PREDICATES, lexicon, link_words
from vnadmin.fields.directives.names import Names
from vnadmin.fields.directives.noun_clause import spaced
from vnadmin.fields.directives.phrases import Hit, word_at
from vnadmin.fields.directives.predicate import ACTS, TELLS, Stop, Subject, acts_at, ends_entry, in_brackets
from vnadmin.fields.directives.relative_clause import beyond_clause
from vnadmin.fields.directives.unnamed import ASKS_AT, askers, bearer, unnamed
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import CAPITALS
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

# "Đối với các trường ngoài công lập chủ động ..."
_TOWARDS = pattern(r"(?:riêng )?đối với |(?P<alone>riêng )|còn ")
_THING_LISTED = pattern(lambda: rf", (?:{alternation(link_words('thing behind a name'))}) ")
_ABOUT: Final = " về "
_SAID_BY = pattern(r"[^,;:.]{3,80} của [^,;:.]{3,60}$")
_NOT_ALONE = pattern(r", | (?:và|về|tại|của|trong|theo) ")  # the list of givers goes on, or their paper is named
# "báo cáo Ủy ban nhân dân, Bộ Tài chính về tình hình"
_ABOUT_MATTERS = pattern(r" về (?:tình hình|kết quả|việc|nội dung) ")
_ALIKE: Final = 24
_LINKS = "(?:và |thì |đồng thời |còn )?"
_COMMA = pattern(rf", {_LINKS}|; {_LINKS}| thì ")
_COMMA_MARK: Final = ", "
_BEFORE_LIST = pattern(r", |: ")
_COMMA_OR_THEN = pattern(r"[,;:.]| thì ")
_TOWARDS_REACH: Final = 200
_NOT: Final = " không "
# "là nhà nhập khẩu, đồng thời là nhà phân phối thì ..." is one clause
_CLAUSE = pattern(r"; (?:đồng thời,? |và )?|, đồng thời,? (?!là )| thì ")
# "Hội đồng cấp Bộ do Bộ trưởng thành lập, có nhiệm vụ ..."; without a duty of its own it is but set up
_SET_UP_BY = pattern(r" do (?=[^;]{3,90}+$)")
_AND_DUTY = pattern(rf"[^,;.]{{2,40}}, (?:có|chịu) {DUTY}(?!\w)")
_MODAL: Final = frozenset({"modal"})
_THEN: Final = " thì "
# Words that open the case of a "thì", or part it from the subject before
_NEW_CASE = pattern(r"[,:]|(?<!\w)(?:nếu|khi|trường hợp|hễ|mà|bao giờ)(?!\w)")
_CASE = pattern(r"(?:trong )?(?:trường hợp|nếu|(?:sau )?khi) ")
_MUST = pattern(r"(?:vẫn |đều )?(?:phải|có trách nhiệm) (?!được|bị|có )")
_SUFFERS = pattern(r"(?:không|chưa|được|bị|dự kiến|vi phạm) ")
_ASIDE = pattern(r", (?:ngay )?(?:trong (?:thời hạn|thời gian|vòng)|chậm nhất|muộn nhất) [^,;:.()]{4,120}, ")
_LABEL = pattern(r"[^,;:]{2,150}+: ")
_COLON = pattern(r": ?(?:- ?)?")
# "Hàng tháng GVCN ...", "15h30 ngày 5 tháng 4 năm 2025 các lớp ...", "Cuối tháng, ...", "Đúng 07h00 ngày 13/12 (thứ 7) ..."
_TIME = pattern(
    rf"{STARTS_TIME}(?:(?:vào |đúng |lúc )*{CLOCK},? ?(?:(?:sáng |chiều )?{DAY})?|{DAY}|{EVERY}|(?:đầu|cuối|giữa) (?:mỗi )?(?:tháng|quý|năm|tuần|kỳ))"
    r"(?: ?\([^()]{1,30}\))? "
)
_CAPITAL, _REACH = pattern(rf"(?<!\w)[{CAPITALS}]"), 1500
_TOPIC_WORDS: Final = 24
_CLAUSES: Final = 40  # clauses of one sentence that are read
_BACK_WORDS: Final = 10
_VERB: Final = frozenset({"verb"})
_PLAIN: Final = PREDICATES | {"relative", "never"}
_NEAR: Final = 60
_TIME_ALONE: Final = 12  # characters of "hằng năm", "định kỳ"
_BEARER_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class SubjectReader:
    """Finds the subjects of the sentences of one document."""

    document: SourceDocument
    duty: Duty
    names: Names

    def obliged(self, start: int, end: int, opening: Subject | None) -> list[tuple[Span, str]]:
        """Whom one sentence obliges, clause by clause, each with its rule (D4, D6, D7); `opening` is what opens it.

        `Sở A rà soát, ...; Sở B tổng hợp` has two clauses; `nếu doanh nghiệp chậm nộp | thì kê khai lại` obliges whom
        the case before `thì` is about.
        """
        position, told = start, False
        found: list[tuple[Span, str]] = []
        for _ in range(_CLAUSES):
            answer = self._of_clause(position, end, opening if position == start else self.first(position, end))
            answer = answer or (self._alike(position, end) if told else None)
            mark = self._clause_mark(position if answer is None else answer.stop.end, end)
            if answer is not None and mark is not None and self._is_topic(answer, mark):
                if self._told_of(answer, position, mark, end):
                    found.append((Span(position, mark.start()), "assignees.case"))
                answer = None
            tells = answer is not None and (position == start or answer.stop.kinds & TELLS)
            told = answer is not None and bool(tells) and self.duty.obliges(answer, end)
            if answer is not None and told:
                found.append((answer.span, "assignees.duty" if "modal" in answer.stop.kinds else "assignees.verb"))
                found += self._beside(answer, end if mark is None else mark.start())
            if mark is None or ends_entry(self.document, start, position, mark, answer):
                break
            if answer is None and mark[0] == _THEN:
                case = self._of_case(position, mark.end(), end)
                if case is not None:
                    found.append((case, "assignees.case"))
            position = mark.end()
        return found

    def _of_clause(self, position: int, end: int, opening: Subject | None) -> Subject | None:
        """The subject of a clause, the one that opens it or one behind, with the relative clause that its name may hold."""
        answer = opening or self._behind_opening(position, end)
        if answer is not None and answer.span.start > position:
            answer = self._from_first(answer, position, end)
        return answer and (beyond_clause(self.document, answer, position, end) or answer)

    def _from_first(self, answer: Subject, position: int, end: int) -> Subject:
        """The whole list of which a later name was found: `Sau khi học xong, | giáo viên, các tổ trưởng nộp báo cáo`."""
        document, found = self.document, answer.span.start
        for mark in islice(_BEFORE_LIST.finditer(document.folded, position, found), 1):
            head = starts_body(document, mark.end(), end, loose=True)
            listed = mark[0] == _COMMA_MARK and ends_body(document, position, mark.start())
            stop = self.names.stop(head, end) if head and not listed else None
            small = mark[0] != _COMMA_MARK or self._is_small(mark.end())
            if stop is not None and small and stop.start == answer.stop.start:
                return Subject(Span(mark.end(), answer.span.end), answer.stop)
        return answer

    def _clause_mark(self, start: int, end: int) -> regex.Match[str] | None:
        """What parts a clause from the next: `; `, ` thì `, `, đồng thời `."""
        folded = self.document.folded
        if all(folded.find(mark, start, end) < 0 for mark in (";", _THEN, ", đồng thời")):
            return None  # most sentences
        return _CLAUSE.search(folded, start, end)

    def _is_topic(self, subject: Subject, mark: regex.Match[str]) -> bool:
        """Whether a subject without a duty stands before `thì`: `Đoàn kiểm tra do doanh nghiệp thành lập thì ...`."""
        then = mark[0] == _THEN and not _NEW_CASE.search(self.document.folded, subject.stop.end, mark.start())
        return then and "modal" not in subject.stop.kinds

    def _alike(self, position: int, end: int) -> Subject | None:
        """The subject of a clause after one that told a task: `Tổ văn phòng chuẩn bị âm thanh;` + `kế toán dự trù kinh phí`.

        In small letters a plain verb must follow its noun.
        """
        answer = self.first(position, end, loose=True)
        if answer is None or "relative" in answer.stop.kinds or answer.span.end - position > _ALIKE:
            return None
        return answer

    def _beside(self, subject: Subject, end: int) -> Iterator[tuple[Span, str]]:
        """Whom else a clause obliges: `Tổ trưởng viết bài, Ban Thanh niên quay phim`; behind a body a comma lists another."""
        document, position, noun = self.document, subject.stop.end, self.names.head(subject.span.start, end)
        for comma in find_all(document.folded, _COMMA_MARK, position, end):
            words = find_all(document.folded, " ", position, comma)
            if any(starts_body(document, at + 1, comma, as_object=True, loose=True) for at in words):
                return
            head = starts_body(document, comma + len(_COMMA_MARK), end, loose=True)
            alike = head and (
                (noun and head.noun == noun.noun) or head.quantified or document.text[head.start].isupper()
            )
            beside = self.first(head.start, end, loose=True) if head and alike else None
            if beside is None or "," in document.text[slice(*beside.span)] or comma - position > _NEAR:
                return
            if beside.stop.kinds & _PLAIN == _VERB and self.duty.obliges(beside, end):
                yield beside.span, "assignees.verb"
                position = beside.stop.end

    def _told_of(self, subject: Subject, position: int, then: regex.Match[str], end: int) -> bool:
        """Whether what a subject is or was leads to its task: `sinh viên đã được miễn học phí thì kê khai trực tuyến`."""
        folded = self.document.folded
        tells = "never" in subject.stop.kinds and subject.span.start == position
        short = len(folded[position : then.start()].split()) <= _TOPIC_WORDS
        return tells and short and acts_at(folded, then.end(), end)

    def _of_case(self, position: int, after: int, end: int) -> Span | None:
        """Whom a case is about where its consequence names nobody: `Trường hợp tổ chức bán lẻ thì đăng ký giá bán lẻ`."""
        folded = self.document.folded
        case = _CASE.match(folded, position, after)
        if case is None or not (_MUST.match(folded, after, end) or acts_at(self.document.folded, after, end)):
            return None
        head = starts_body(self.document, case.end(), after, as_object=True, loose=True)
        stop = self.names.stop(head, end) if head else None
        if stop is None or stop.start >= after or "colon" in stop.kinds:
            return None
        if not _MUST.match(folded, after, end) and _SUFFERS.match(folded, stop.start, after):
            return None  # "Trường hợp nhà đầu tư chưa nộp tiền thì thu hồi đất": another acts
        return Span(case.end(), stop.start)

    def first(self, position: int, end: int, *, loose: bool = False) -> Subject | None:
        """The subject that opens exactly here, or behind `..., Thủ tướng Chính phủ, trong thời hạn 10 ngày, | Vụ Thi đua ...`.

        `loose`: small letters will do, for a verb follows at once.
        """
        document = self.document
        head = starts_body(document, position, end, loose=True) if loose else self.names.head(position, end)
        stop = self.names.stop(head, end) if head else None
        if head is None or stop is None or "colon" in stop.kinds:
            return None
        aside = _ASIDE.match(document.folded, stop.start - 2, end) if "adverbial" in stop.kinds else None
        if aside is not None and (beyond := self.first(aside.end(), end)) is not None:
            return beyond
        set_up = _SET_UP_BY.search(document.folded, head.end, stop.start)
        # "doanh nghiệp do Bộ quản lý" + "quy định cụ thể"
        managed = document.folded.endswith(spaced("is given by another"), head.end, stop.start)
        if (
            set_up
            and not managed
            and "modal" not in stop.kinds
            and starts_body(document, set_up.end(), end, loose=True)
        ):
            duty = _AND_DUTY.match(document.folded, stop.start, end)
            return Subject(Span(position, set_up.start()), Stop(duty.end(), duty.end(), _MODAL)) if duty else None
        if _THING_LISTED.search(document.folded, head.end, stop.start):
            return None  # "Khi có yêu cầu của Văn phòng Quốc hội, Văn phòng Chính phủ, việc khai thác ..."
        if loose and stop.start - head.end > _NEAR:
            return None
        return Subject(Span(position, stop.start), stop)

    def _behind_opening(self, position: int, end: int) -> Subject | None:
        """The subject of a clause that no known body opens: after a time, after what opens it, after a label and its colon."""
        folded = self.document.folded
        word = word_at(folded, position, end)
        answer = unnamed(self.document, position, end, word) or self._of_questions(position, end, word)
        if answer is not None:
            return answer
        if word in lexicon().openers.firsts and lexicon().openers.at(folded, position, end, word):
            label = _LABEL.match(folded, position, end)  # "Trước ngày 10/10/2022: Các địa phương, đơn vị ..."
            answer = self.first(label.end(), end) if label else None
            answer = answer or self._after_time(position, end) or self._after_opener(position, end)
        else:
            answer = self._after_time(position, end)
        if answer is not None:
            return answer
        colon = _COLON.search(folded, position, min(end, position + _REACH))
        if colon is None or colon.end() >= end:
            return None
        if folded.endswith(tuple(link_words("labels no task")), position, colon.start()):
            return None
        answer = self._after_time(colon.end(), end) or self.first(colon.end(), end)
        if answer is None and lexicon().openers.at(folded, colon.end(), end):
            answer = self._after_opener(colon.end(), end)
        return answer

    def _of_questions(self, position: int, end: int, word: str) -> Subject | None:
        """Who asks: `Mọi thắc mắc về việc nộp chứng chỉ, chứng nhận, sinh viên liên hệ Phòng Đào tạo`."""
        found = (self.first(place, end, loose=True) for place in askers(self.document, position, end, word))
        return next((who for who in found if who and self.document.folded.startswith(ASKS_AT, who.stop.start)), None)

    def _after_time(self, position: int, end: int) -> Subject | None:
        """The subject that follows a time without a comma: `Hằng năm Sở Y tế tổng hợp ...`."""
        time = _TIME.match(self.document.folded, position, end)
        return self.first(time.end(), end, loose=True) if time else None

    def _after_opener(self, start: int, end: int) -> Subject | None:
        """The subject after an opening clause: `Trong thời hạn 05 ngày, Sở Y tế ...`, `Đối với các trường chủ động`."""
        folded = self.document.folded
        towards = _TOWARDS.match(folded, start, end)
        answer = self._towards(towards.end(), end, alone=towards["alone"] is not None) if towards else None
        if answer is not None:
            return answer
        reach = min(end, start + _REACH)
        text, marks = self.document.text, _COMMA.finditer(folded, start, reach)
        commas = [found for found in marks if not in_brackets(text, start, found.start())]
        strong = next(lexicon().strong.find(folded, start, reach), None)
        if strong is not None and (not commas or strong.end <= commas[0].start()):
            answer = self._before_strong(start, strong, end)
            if answer is not None:
                return answer
        soon = commas[0].end() if commas and commas[0].start() - start <= _TIME_ALONE else end
        again = lexicon().openers.at(folded, soon, end)  # "Hằng tháng, hằng quý, Sở Y tế ..."
        if not again and acts_at(self.document.folded, soon, end) and self.first(soon, end, loose=True) is None:
            return None  # "Hằng năm, quyết định mức lương của Trưởng ban": what the body of its heading is told
        imperative = bool(lexicon().imperatives.at(folded, start, end))
        commas = [match for match in commas if not self._is_agent(start, match.start())]
        listed = [match for match in commas if match[0][0] in ",;" and ends_body(self.document, start, match.start())]
        idle: Subject | None = None
        for answer in self._behind_commas(start, end, [m for m in commas if m not in listed], imperative):
            if not opens_task(self.document, start, answer.span.start) or not self._is_idle(answer, end):
                return answer
            idle = idle or answer  # "Trên cơ sở chỉ tiêu mà tập thể, cá nhân đạt được, các đơn vị bình xét"
        if imperative:
            return self._behind_giver(start, end, listed[:1])
        answer = self._behind_list(start, end, [match.end() for match in listed])
        if answer is None and strong is not None:
            answer = self._before_strong(start, strong, end) or self._bearer(start, strong, end)
        return answer or idle

    def _behind_commas(
        self, start: int, end: int, commas: Sequence[regex.Match[str]], imperative: bool
    ) -> Iterator[Subject]:
        """The subjects that open behind commas; behind an imperative only bodies that need no verb to be known.

        `Thực hiện quy định của Bộ Chính trị, Ban Bí thư về ...` names whose paper is meant.
        """
        for loose in (False,) if imperative else (False, True):
            for comma in commas:
                answer = self.first(comma.end(), end, loose=loose)
                name = self.document.folded[slice(*answer.span)] if answer is not None else ""
                about = _ABOUT in name if imperative else _ABOUT_MATTERS.search(name) is not None
                if answer is not None and not about:
                    yield beyond_clause(self.document, answer, start, end) or answer

    def _behind_giver(self, start: int, end: int, commas: Sequence[regex.Match[str]]) -> Subject | None:
        """Who carries out what another said: `Thực hiện chỉ đạo của Thủ tướng Chính phủ, | Sở Y tế tổ chức ...`."""
        first = [match.end() for match in commas if _SAID_BY.match(self.document.folded, start, match.start())]
        answer = self._behind_list(start, end, first)
        if answer is None or not answer.stop.kinds & PREDICATES:
            return None
        return None if _NOT_ALONE.search(self.document.text, answer.span.start, answer.stop.start) else answer

    def _behind_list(self, start: int, end: int, places: Sequence[int]) -> Subject | None:
        """The subject at one of these places, each behind a comma that may go on with a list of bodies.

        A capital or a duty tells it: `trên cơ sở báo cáo của doanh nghiệp, cơ quan Hải quan tiến hành ...`.
        """
        for place in sorted(places, key=self._is_small):  # "của Công an các đơn vị, địa phương, Thủ trưởng Công an ..."
            answer = self.first(place, end)
            if answer is None:
                continue
            labelled = self.document.folded.find(":", start, place) >= 0
            if _CAPITAL.search(self.document.text, *answer.span) or (answer.stop.kinds & _MODAL and not labelled):
                return answer
        return None

    def _bearer(self, start: int, strong: Hit, end: int) -> Subject | None:
        """Whoever stands between the last comma and a duty: `Hằng năm, hội thể thao quốc gia có trách nhiệm báo cáo`."""
        folded = self.document.folded
        last = folded.rfind(_COMMA_MARK, start, strong.start) + len(_COMMA_MARK)
        if last <= start or lexicon().no_subject.at(folded, last, end) or acts_at(self.document.folded, last, end):
            return None
        answer = bearer(self.document, last, end)
        if answer is not None and len(folded[last : answer.span.end].split()) < _BEARER_WORDS:
            return None  # "khám bệnh, chữa bệnh có trách nhiệm": the rest of a list
        return answer

    def _is_idle(self, subject: Subject, end: int) -> bool:
        """Whether a clause ends without a task: `cá nhân đạt được, ...`, `tập thể có thành tích xuất sắc, ...`."""
        folded, words = self.document.folded, lexicon()
        comma = folded.find(_COMMA_MARK, subject.stop.end, end)
        if subject.stop.kinds & ACTS or comma < 0 or self.duty.obliges(subject, end):
            return False
        hits = words.stops.find(folded, subject.stop.end, comma)
        return not any(words.kinds.get(hit.phrase, _MODAL) & TELLS for hit in hits)

    def _is_small(self, position: int) -> bool:
        """Whether a noun in small letters stands here without `các`."""
        text, folded = self.document.text, self.document.folded
        return text[position].islower() and not lexicon().quantifiers.at(folded, position, len(folded))

    def _is_agent(self, start: int, comma: int) -> bool:
        """Whether nothing but a body stands between `do` and a comma, so that another follows: `do Bộ Y tế, Bộ Nội vụ ban hành`."""
        agent = self.document.folded.rfind(" do ", start, comma) + len(" do ")
        head = starts_body(self.document, agent, comma, loose=True) if agent > start + len(" do ") else None
        return head is not None and self.names.stop(head, comma) is None

    def _towards(self, start: int, end: int, *, alone: bool) -> Subject | None:
        """`Đối với doanh nghiệp không dùng hóa đơn điện tử phải đăng ký ...`; `alone` with any verb: `Riêng Hội Phụ nữ lập danh sách`."""
        folded = self.document.folded
        answer = self.first(start, end)
        if answer is None:
            return None
        if alone and answer.stop.kinds & PREDICATES:
            return answer
        if "modal" in answer.stop.kinds:
            return answer if parts_bodies(self.document, start, answer.span, end) else None
        strong = next(lexicon().strong.find(folded, start, min(end, start + _TOWARDS_REACH)), None)
        if strong is None or folded.endswith(_NOT, start, strong.start):
            return None  # "Đối với đơn vị không phải là đầu mối, ..."
        if _COMMA_OR_THEN.search(folded, answer.stop.start, strong.start):
            return None
        return Subject(Span(start, strong.start), Stop(strong.start, strong.end, frozenset({"modal"})))

    def _before_strong(self, start: int, strong: Hit, end: int) -> Subject | None:
        """A subject with no comma before it: `khi nhập khẩu doanh nghiệp có trách nhiệm kê khai`."""
        folded, at = self.document.folded, strong.start
        places: list[int] = []
        for _ in range(_BACK_WORDS):
            at = folded.rfind(" ", start, at)
            if at < 0 or folded[at - 1] in ",;:.":
                break
            places.append(at + 1)
        for place in reversed(places):
            answer = self.first(place, end, loose=True)
            if answer is None or answer.stop.start != strong.start or self._is_part(place, end):
                continue
            name = folded[place : strong.start].split()
            governed = folded[start:place].split()[-1:]
            if link_words("governs").intersection(governed) or lexicon().links.intersection(name):
                return None  # "thông báo của cơ quan Hải quan về số thuế phải nộp"
            return answer
        return None

    def _is_part(self, position: int, end: int) -> bool:
        """Whether a noun that is a body only in capitals stands here in small letters: `làm thủ tục hải quan phải nộp`."""
        noun = lexicon().alone.at(self.document.folded, position, end)
        return noun in lexicon().capital and self.document.text[position].islower()
