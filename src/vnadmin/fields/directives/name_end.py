"""Where the name of a body ends: at the verb of its sentence, never at a verb that belongs to the name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from vnadmin.fields.directives.bodies import CLAUSED, forms_person, lists_bodies, lists_names, starts_body
from vnadmin.fields.directives.lexicon import MARKS, PREDICATES, lexicon, link_words
from vnadmin.fields.directives.noun_clause import (
    ALWAYS,
    AROUND,
    JOINED,
    NAMING,
    NEW_OBJECT,
    RELATIVE,
    bears_clause,
    behind_clause,
    generic,
    is_anybody,
    is_whole_before_short,
    named_elsewhere,
    names_committee,
    names_doer,
    objects,
    on_noun,
    spaced,
)
from vnadmin.fields.directives.phrases import Hit, word_at
from vnadmin.fields.directives.predicate import (
    DUTY_REACH,
    GIVEN,
    MODAL,
    Stop,
    before_adverbial,
    duty_ahead,
    own_duty,
    strong_ahead,
)
from vnadmin.genre.person_name import is_called
from vnadmin.layout.page import SourceDocument
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# The name of one subject, or a list of them, in one sentence: the clause on enforcement of a decree runs to 90 words.
_REACH: Final = 900
_POWER: Final = fold("có thẩm quyền")
_COLON: Final = frozenset({"colon"})
_VERB: Final = frozenset({"verb"})
_CLAUSE: Final = frozenset({"clause"})
_HAS: Final = fold("có")
# never in a name: "Sở Tư pháp Chủ trì"
_LEADS: Final = frozenset(map(fold, ("chủ trì", "chủ trì, phối hợp", "có trách nhiệm", "chịu trách nhiệm")))
_THEN: Final = " thì "
_LED: Final = "chủ trì "
_LISTS: Final = ", "
_LISTED: Final = (", ", "; ", " và ", " hoặc ")
_BUT: Final = " nhưng "
_COUPLED: Final = (" và ", " hoặc ")
_LEADING: Final = " chủ trì"
_THEN_JOINED: Final = ", phối hợp"
_NEVER: Final = frozenset({"never"})
_DOES_OR_TAIL: Final = frozenset({"verb", "relative", "modal", "tail"})
_CLAUSAL: Final = frozenset({"verb", "relative"})
_AND_NEXT = pattern(r"(?P<more>(?: [^\W\d_]++){1,2}?)?(?P<and>,| hoặc) ")
_BEFORE: Final = 32  # characters that hold the noun before a verb and what stands before it


def find_stop(document: SourceDocument, start: int, position: int, end: int, *, governed: bool = False) -> Stop | None:
    """The first word after a body's name that is no part of it: its verb, or a colon.

    The head of the name stands from `start` to `position`. A clause on the noun (`người nộp thuế`, `cơ quan quản lý
    thuế`, `học sinh tham gia dự thi`) is part of the name; then only a later predicate ends it (`phải`, `rà soát`).
    A verb stands before the name (`governed`) that another may be joined to: `phối hợp với các đơn vị và tham khảo`.
    """
    folded = document.folded
    limit = min(end, position + _REACH)
    then = folded.find(_THEN, position, limit)
    limit = then if then >= 0 else limit
    own = own_duty(document, start, position, limit)
    if own is not None:
        return own
    closes = [at for word in _CLOSING if (at := folded.find(word, position, limit)) >= 0]
    whole = _WHOLE.search(folded, min(closes), limit) if closes else None
    return _Name(document, start, position, limit, governed, whole).stop()


@dataclass(slots=True)
class _Name:
    """A name that is read word by word, and what was seen of it so far."""

    document: SourceDocument
    start: int
    position: int  # what stands before belongs to the name
    limit: int
    governed: bool
    whole: regex.Match[str] | None  # where a closed name ends: "các đơn vị liên quan"
    first: Stop | None = None  # a verb that may belong to the name
    clause: str = ""  # how that verb is tied to the noun before it: an answer of `on_noun`, or "led" behind `chủ trì`
    later: Stop | None = None  # a verb after a list that the verb of a clause governs: "cấp giấy phép A, B" + "tổ chức"
    short: Stop | None = None  # a verb of one syllable behind what may be no whole name
    named: int = -1  # where the name of a committee goes on: "Hội đồng xét" + "tặng"

    def stop(self) -> Stop | None:
        """The word that ends the name."""
        whole = self.whole
        for hit in lexicon().stops.find(self.document.folded, self.start, self.limit):
            if hit.start < self.position:
                lead = self._leads(hit)
                if lead is not None:
                    return lead
                continue
            if whole is not None and self.first is None and hit.start > whole.end():
                break
            answer = self._mark(hit) if hit.phrase in MARKS else self._word(hit)
            if answer is not None:
                return answer
        if self.first is None:
            behind = self.short if self.governed else None  # "Yêu cầu các tổ trưởng sản xuất" + "nhắc công nhân"
            return behind if whole is None else Stop(whole.end(), whole.end(), _VERB)
        if self.clause == "one":
            # "Người được bầu cử, suy cử làm ..." tells who is meant
            body = word_at(self.document.folded, self.start, self.limit) not in CLAUSED
            return (body and self.later) or Stop(self.first.start, self.first.end, _CLAUSE)
        return self.first

    def _mark(self, hit: Hit) -> Stop | None:
        """A colon ends a name where it opens no list of names; a parenthesis is passed over."""
        document, limit = self.document, self.limit
        if hit.phrase == ":":
            if lists_bodies(document, hit.start, limit) or lists_names(document, self.start, hit.end, limit):
                return None
            return self.first or Stop(hit.start, hit.end, _COLON)
        close = document.folded.find(")", hit.end, limit)
        self.position = close + 1 if hit.phrase == "(" and close >= 0 else self.position
        return None

    def _word(self, hit: Hit) -> Stop | None:
        document, folded, limit = self.document, self.document.folded, self.limit
        kinds = lexicon().kinds[hit.phrase]
        if self._cites(hit):
            return None
        if hit.phrase == _POWER and _names_holder(document, self.start, hit.start):
            return Stop(hit.start, hit.end, MODAL if _TO_ACT.match(folded, hit.end, limit) else _NEVER)
        if (lead := self._leads(hit)) is not None:
            return lead
        if hit.phrase == _IN_CHARGE and is_called(document.text[self.start : hit.start]):
            return Stop(hit.start, hit.end, MODAL)
        if forms_person(document, hit.end) or self._opens_next(hit, kinds) or self._is_spelt_into(hit, kinds):
            return None
        if self.first is None and hit.phrase == _HAS and _is_eligible(document, hit, limit):
            return Stop(hit.start, hit.end, _NEVER)
        if self._is_governed(hit, kinds) or self._lists_on(hit, kinds):
            return None
        return self._only(hit, kinds) if self.first is None else self._behind(hit, kinds, self.first)

    def _leads(self, hit: Hit) -> Stop | None:
        """`chủ trì` where it opens a predicate: `các đơn vị` + `chủ trì, phối hợp với ...`; `đơn vị chủ trì` is a name."""
        inner = "inner" in lexicon().kinds.get(hit.phrase, ())
        if inner and hit.phrase.endswith(_LEADING) and self.document.folded.startswith(_THEN_JOINED, hit.end):
            return Stop(hit.end - len(_LEADING) + 1, hit.end, MODAL)
        return None

    def _opens_next(self, hit: Hit, kinds: frozenset[str]) -> bool:
        """Whether a word that may be a verb opens the next name of a list: `các khoa; lãnh đạo các phòng`."""
        if "naming" not in kinds or not self.document.folded.endswith(_LISTED, self.start, hit.start):
            return False
        head = starts_body(self.document, hit.start, self.limit, as_object=True)
        if head is None or head.noun not in lexicon().posts:
            return False
        self.position = head.end
        return True

    def _cites(self, hit: Hit) -> bool:
        """Whether a provision is cited, which is passed over: `cơ quan quy định tại khoản 1 Điều này` + `thông báo`."""
        folded, words = self.document.folded, lexicon()
        if hit.phrase == _BY + _LAID_DOWN and len(folded[self.start : hit.start].split()) > _LAID_WORDS:
            return False
        laid = _PROVISION.match(folded, hit.end, self.limit) if hit.phrase.endswith(_LAID_DOWN) else None
        if laid is None:
            return False
        self.position = laid.end()
        follows = words.stops.at(folded, self.position, self.limit)
        if words.kinds.get(follows, _COLON) & PREDICATES:
            self.first = None
        return True

    def _is_spelt_into(self, hit: Hit, kinds: frozenset[str]) -> bool:
        """Whether a verb is a part of a name as it is written: `Ban Chỉ đạo`, `Cục Chăn nuôi và Thú y`."""
        document, limit = self.document, self.limit
        if (document.text[hit.start].isupper() and hit.phrase not in _LEADS) or "inner" in kinds:
            return True
        # "Các đơn vị truyền thông thuộc Bộ"
        noun = not kinds & ALWAYS and document.folded.startswith(_OF, hit.end)
        # "Trung tâm Kiểm định xây dựng là đơn vị sự nghiệp"; "Trung tâm Công nghệ quản lý và Kiểm định xây dựng"
        return (
            noun or _follows_name(document, hit, limit) or _DEFINED.match(document.folded, hit.end, limit) is not None
        )

    def _is_governed(self, hit: Hit, kinds: frozenset[str]) -> bool:
        """Whether what stands before a verb makes it a part of the name, or of a title in it."""
        folded, text, position = self.document.folded, self.document.text, self.position
        if kinds & _CLAUSAL and _IN_TITLE.search(folded, self.start, hit.start):
            # "quy định tại Nghị định số 136/2020/NĐ-CP của Chính phủ quy định chi tiết ..."
            self.position = max(position, folded.find(_IS, hit.end, self.limit))
            return True
        if folded.endswith(_WHERE, self.start, hit.start):
            return True  # "Ủy ban nhân dân cấp tỉnh nơi tổ chức đặt trụ sở chính" + "tiếp nhận hồ sơ"
        given = hit.phrase in link_words("is given by another") and text[hit.end : hit.end + 1] == " "
        if given and _BY_ANOTHER.search(folded, position, hit.start):
            return True  # "các cơ quan báo chí do Tổng Liên đoàn trực tiếp quản lý"
        if kinds == RELATIVE or (self.clause == "one" and kinds == NAMING):
            return True
        who = hit.phrase == _IS.strip() and folded.startswith(_WHO, hit.end)
        if who and _ONE_OF.search(folded, self.start, hit.start):
            return True  # "Tổ chức, doanh nghiệp hoặc cá nhân là người Việt Nam" + "chứng minh"
        if kinds & ALWAYS:
            return False
        if folded.endswith(spaced("opens a noun of a verb"), position, hit.start):
            return True  # "cán bộ chuyên trách bảo vệ an ninh", "ngày thành lập", "việc cho vay"
        if _NAMING_PAIR.search(text, self.start, hit.start):
            return True  # "Cục Quản lý, giám sát bảo hiểm"
        # "khoa học, công nghệ và đổi mới sáng tạo": nothing stands before it that it could be joined to
        return self.first is None and not self.governed and folded.endswith(_COUPLED, position, hit.start)

    def _lists_on(self, hit: Hit, kinds: frozenset[str]) -> bool:
        """Whether another body is joined to a verb without an object, which so tells who is meant: `người được ủy quyền hoặc người đại diện`."""
        joined = _AND_NEXT.match(self.document.folded, hit.end, self.limit) if kinds & (_CLAUSAL | _NEVER) else None
        if joined is None or kinds & MODAL or (joined["more"] and "never" not in kinds):
            return False
        named = joined["and"] != "," or "naming" in kinds
        if not named or starts_body(self.document, joined.end(), self.limit, loose=True) is None:
            return False
        self.position, self.first, self.clause = joined.end(), None, ""
        return True

    def _behind(self, hit: Hit, kinds: frozenset[str], first: Stop) -> Stop | None:
        """What a word is after a verb that may belong to the name: the predicate, or an object's."""
        folded = self.document.folded
        gap = folded[first.end : hit.start]
        if GIVEN.search(gap):
            return None
        if gap.endswith(_BUT):
            return first  # "được cấp có thẩm quyền phê duyệt nhưng phải điều chỉnh": another must
        if self.clause == "competent" and not kinds & PREDICATES:
            gives = "order" in kinds and not gap.endswith(_LISTS)
            return Stop(hit.start, hit.end, _VERB) if gives else first
        if not gap.strip() and names_doer(first.kinds, hit.phrase):
            return Stop(hit.start, hit.end, kinds)
        if "short" in kinds and gap.strip():
            return None  # "cấp giấy chứng nhận": a verb of one syllable is in many nouns
        if self.clause == "many" and kinds <= AROUND:
            return first  # "Các đơn vị thực hiện trước ngày 24/3": the verb of the sentence
        if "verb" not in kinds or (self.clause != "many" and objects(gap, hit.phrase)):
            return Stop(hit.start, hit.end, kinds)
        joined = folded.endswith(JOINED, first.end, hit.start)
        if self.later is None and "," in gap and not joined and NEW_OBJECT.search(gap) is None:
            self.later = Stop(hit.start, hit.end, kinds)
        return None

    def _only(self, hit: Hit, kinds: frozenset[str]) -> Stop | None:
        """What the first word is that may end the name: its end, or the verb of a clause on its noun."""
        document, folded, limit = self.document, self.document.folded, self.limit
        found = Stop(hit.start, hit.end, kinds)
        if "naming" in kinds and folded.endswith(_LED, self.start, hit.start):
            self.first, self.clause = found, "led"
            return None  # "Đơn vị chủ trì tổ chức lễ hội" + "phối hợp"
        # small letters may end a list: "các địa phương, đơn vị báo cáo"
        opens = self.start if document.text[self.start].isupper() else 0
        before = folded[max(opens, hit.start - _BEFORE) : hit.start].split()
        if self._is_named_by(hit, kinds, before):
            return None
        predicate = self._strong(hit, kinds)
        if predicate is not None:
            return predicate
        clausal = kinds & _CLAUSAL and not kinds & MODAL
        if clausal and (hit.start == self.named or named_elsewhere(document, hit, before)):
            self.named = hit.end + 1
            return None  # "Hội đồng xét tặng cấp Bộ", where "thành viên Hội đồng xét tặng" stands in the document
        if not kinds & MODAL and bears_clause(document, self.start, hit, kinds, before):
            behind = behind_clause(document, hit, limit)
            if behind is not None:
                return behind
        self.clause = on_noun(before, hit.phrase, kinds)
        if not self.clause:
            return found
        self.first = found
        return None

    def _is_named_by(self, hit: Hit, kinds: frozenset[str], before: list[str]) -> bool:
        """Whether a verb names the body before it: `Trưởng Ban quản lý`, `Đoàn kiểm tra`; `việc làm`, `thu nhập`."""
        if before and before[-1] in lexicon().links and not kinds & ALWAYS:
            return True  # "Ban chỉ đạo về phòng, chống tham nhũng"
        last = not self.document.folded[hit.end : self.limit].strip(" .;")  # "3. Tiểu ban truyền thông"
        if kinds == NAMING or (
            ("naming" in kinds or last) and names_committee(self.document, self.start, hit.start, before)
        ):
            return True
        if "short" not in kinds or is_whole_before_short(self.document, self.start, hit.start):
            return False
        self.short = self.short or Stop(hit.start, hit.end, kinds)
        return True

    def _strong(self, hit: Hit, kinds: frozenset[str]) -> Stop | None:
        """The strong predicate behind a verb of the name: `tổ chức được cấp phép` + `phải báo cáo`."""
        document, folded, limit = self.document, self.document.folded, self.limit
        passive = "passive" in kinds and (hit.phrase != _DONE or is_anybody(document, self.start, hit.start))
        if passive or (kinds & _CLAUSAL and generic(folded, self.start, hit.start)):
            strong = strong_ahead(folded, hit.start, hit.end, limit, passive and hit.phrase != _DONE)
            if strong is not None:
                return Stop(before_adverbial(folded, self.position, strong.start), strong.end, strong.kinds)
        does = kinds & _DOES_OR_TAIL or hit.phrase == _IS.strip()
        ahead = does and not self.governed and not self._opens_duty(hit)
        noun = folded[max(self.start, hit.start - _BEFORE) : hit.start].replace(",", "").split()
        if not ahead:
            return None
        lists = not kinds & MODAL and any(" ".join(noun[-count:]) in lexicon().listed for count in (1, 2))
        return duty_ahead(document, hit.start, limit, lists=lists)

    def _opens_duty(self, hit: Hit) -> bool:
        return bool(lexicon().strong.at(self.document.folded, hit.start, self.limit))


# Nothing of a name stands after these but a link: "các đơn vị liên quan" + "đẩy nhanh", "UBND cấp xã" + "nắm chắc"
_CLOSING: Final = ("liên quan ", "cấp ")
_WHOLE = pattern(
    lambda: (
        r"(?<!\w)(?:liên quan|cấp (?:xã|huyện|tỉnh|trung ương)) "
        rf"(?=[^\W\d_])(?!(?:{alternation(link_words('goes on behind a closed name'))})(?!\w))"
    )
)


_BY: Final = "được "
_LAID_WORDS: Final = 12  # a longer "name" before "được quy định tại Điều 2" holds the verb of its sentence
_LAID_DOWN: Final = fold("quy định tại")
_PROVISION = pattern(
    lambda: (
        rf" (?:(?:{alternation(link_words('stands in a citation'))}|[a-zđ]|\d++[a-zđ]?|[ivx]++)(?:, ?+| |(?=[.;:]|$)))++"
    )
)
_BY_ANOTHER = pattern(r" do (?:[^\W\d_]++ ?){1,12}$")
_IN_TITLE = pattern(
    r"(?:nghị định|thông tư|quyết định|nghị quyết|thông tư liên tịch) số \d[^,;:]{0,80} của [^,;:]{3,60}$"
)
_WHERE: Final = " nơi "
_NAMING_PAIR = pattern(r"(?:Quản lý|Thanh tra|Kiểm tra|Giám sát|Kiểm soát|Phòng|Nghiên cứu|Đào tạo|Tư vấn), $")


def _is_eligible(document: SourceDocument, hit: Hit, limit: int) -> bool:
    """Whether `có` tells what somebody is to have: `Tập thể có quá trình xây dựng từ 10 năm trở lên`; no duty follows."""
    folded = document.folded
    ends = DUTY_REACH.search(folded, hit.end, limit)
    limit = ends.start() if ends else limit
    return (
        _ELIGIBLE.match(folded, hit.end, limit) is not None
        and next(lexicon().strong.find(folded, hit.end, limit), None) is None
    )


_ELIGIBLE = pattern(lambda: rf" (?:{alternation(link_words('makes eligible'))}|\d++)(?!\w)")


def _follows_name(document: SourceDocument, hit: Hit, limit: int) -> bool:
    """Whether a verb stands amid a name: a capital before it, and after its `và` one that opens no other body."""
    text, following = document.text, hit.end + len(_AND)
    if not document.folded.startswith(_AND, hit.end) or not text[following : following + 1].isupper():
        return False
    before = text[max(0, hit.start - _TWO_WORDS) : hit.start].split()
    return any(word[0].isupper() for word in before[-2:]) and starts_body(document, following, limit) is None


_IN_CHARGE: Final = "phụ trách"  # "Thầy Trần Quốc Bảo" + "phụ trách âm thanh"; "Phó Giám đốc phụ trách" is a name
_WHO: Final = " người "
_ONE_OF = pattern(r"(?:,| và| hoặc) (?:cá nhân|tổ chức|đơn vị|cơ quan|doanh nghiệp) $")
_AND: Final = " và "
_IS: Final = " là "
_OF: Final = (" thuộc ", " trực thuộc ")
_DEFINED = pattern(r"(?: (?!mà |không |phải |(?:chậm|muộn|trễ) nhất )[^\W\d_]++){0,2}? là ")
_TWO_WORDS: Final = 16
# "Giám đốc Sở có thẩm quyền cấp thẻ" names who does it; "có thẩm quyền:" and "có thẩm quyền theo quy định" tell of powers
_TO_ACT = pattern(r" (?!(?:theo|của|trong|tại|và|hoặc|để|thì|quy định)(?!\w))\w")


def _names_holder(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a name is whole before `có thẩm quyền`; `cơ quan nhà nước có thẩm quyền` is a name itself."""
    words = lexicon()
    name = document.folded[start:end].split()
    if not document.text[start + 1 : end].islower():
        return True
    return any(noun in words.posts or noun in _HOLDERS for noun in (name[0], " ".join(name[:2]), " ".join(name[:4])))


_HOLDERS: Final = frozenset(map(fold, ("ủy ban nhân dân", "ubnd")))


_DONE: Final = "đã"  # "Tổ chức đã nộp hồ sơ phải bổ sung"; "Ủy ban nhân dân tỉnh đã giao ..." reports
