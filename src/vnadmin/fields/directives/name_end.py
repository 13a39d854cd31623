"""Where the name of a body ends: at the verb of its sentence, never at a verb that belongs to the name."""

from __future__ import annotations

from functools import cache
from typing import Final

from vnadmin.fields.directives.bodies import CLAUSED, starts_body
from vnadmin.fields.directives.lexicon import MARKS, lexicon, link_words
from vnadmin.fields.directives.name_elsewhere import named_elsewhere, repeated
from vnadmin.fields.directives.name_lists import lists_bodies, lists_names
from vnadmin.fields.directives.phrases import Hit, word_at
from vnadmin.fields.directives.predicate import (
    DUTY_REACH,
    GIVEN,
    MODAL,
    Stop,
    before_adverbial,
    duty_ahead,
    duty_follows,
    own_duty,
    strong_ahead,
)
from vnadmin.layout.page import SourceDocument
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# The name of one subject, or a list of them, in one sentence: the clause on enforcement of a decree runs to 90 words.
_REACH: Final = 900
_PERSON: Final = fold("người")
_POWER: Final = fold("có thẩm quyền")
_COMPETENT: Final = fold("thẩm quyền").split()
_COLON: Final = frozenset({"colon"})
_VERB: Final = frozenset({"verb"})
_CLAUSE: Final = frozenset({"clause"})
_RELATIVE: Final = frozenset({"relative"})
_ALWAYS: Final = frozenset({"modal", "never", "tail", "adverbial"})  # no preposition makes these part of a name
_PREDICATE: Final = frozenset({"verb", "modal"})
_AROUND: Final = frozenset({"tail", "adverbial"})
_HAS: Final = fold("có")
_LEADS: Final = frozenset(
    map(fold, ("chủ trì", "chủ trì, phối hợp", "có trách nhiệm", "chịu trách nhiệm"))
)  # never in a name: "Sở Tư pháp Chủ trì"
_THEN: Final = " thì "
_LED: Final = "chủ trì "
_LISTS: Final = ", "
_BUT: Final = " nhưng "
_COUPLED: Final = (" và ", " hoặc ")
_JOINED: Final = (", ", " và ", " hoặc ")
_LEADING: Final = " chủ trì"
_THEN_JOINED: Final = ", phối hợp"
_NEVER: Final = frozenset({"never"})
_NAMING: Final = frozenset({"naming"})
_DOES: Final = frozenset({"verb", "relative", "modal"})
_DOES_OR_TAIL: Final = _DOES | {"tail"}
_CLAUSAL: Final = frozenset({"verb", "relative"})


def find_stop(document: SourceDocument, start: int, position: int, end: int, *, governed: bool = False) -> Stop | None:
    """The first word after a body's name that is no part of it: its verb, or a colon.

    The head of the name stands from `start` to `position`. A clause on the noun (`người nộp thuế`, `cơ quan quản lý
    thuế`, `học sinh tham gia dự thi`) is part of the name; then only a later predicate ends it (`phải`, `rà soát`). A verb stands before
    the name (`governed`) that another may be joined to: `phối hợp với các đơn vị và tham khảo ...`.
    """
    words, folded, text = lexicon(), document.folded, document.text
    limit = min(end, position + _REACH)
    then = folded.find(_THEN, position, limit)
    limit = then if then >= 0 else limit
    own = own_duty(document, start, position, limit)
    if own is not None:
        return own
    first: Stop | None = None  # a verb that may belong to the name
    clause = ""
    opens = start if text[start].isupper() else 0  # small letters may end a list: "các địa phương, đơn vị báo cáo"
    named = -1  # where the name of a committee goes on: "Hội đồng xét" + "tặng"
    closes = any(folded.find(word, position, limit) >= 0 for word in _CLOSING)
    whole = _WHOLE.search(folded, position, limit) if closes else None
    # A verb after a list that the verb of a clause governs: "cấp giấy phép A, giấy phép B" + "tổ chức"
    later: Stop | None = None
    for hit in words.stops.find(folded, start, limit):
        if hit.start < position:
            continue
        if whole is not None and first is None and hit.start > whole.end():
            break
        if hit.phrase == ":":
            if lists_bodies(document, hit.start, limit) or lists_names(document, start, hit.end, limit):
                continue
            return first or Stop(hit.start, hit.end, _COLON)
        if hit.phrase in MARKS:
            close = folded.find(")", hit.end, limit)
            position = close + 1 if hit.phrase == "(" and close >= 0 else position
            continue
        kinds = words.kinds[hit.phrase]
        laid_down = hit.phrase == _LAID_DOWN or (
            hit.phrase == _BY + _LAID_DOWN and len(folded[start : hit.start].split()) <= _LAID_WORDS
        )
        if laid_down and (laid := _PROVISION.match(folded, hit.end, limit)):
            position = laid.end()  # "cơ quan quy định tại khoản 1 Điều này" + "thông báo"
            follows = words.stops.at(folded, position, limit)
            if follows is not None and words.kinds.get(follows.phrase, _COLON) & _PREDICATE:
                first = None
            continue
        if hit.phrase == _POWER and _names_holder(document, start, hit.start):
            return Stop(hit.start, hit.end, MODAL if _TO_ACT.match(folded, hit.end, limit) else _NEVER)
        if "inner" in kinds and hit.phrase.endswith(_LEADING) and folded.startswith(_THEN_JOINED, hit.end):
            return Stop(hit.end - len(_LEADING) + 1, hit.end, MODAL)  # "các đơn vị chủ trì, phối hợp với ..."
        if (text[hit.start].isupper() and hit.phrase not in _LEADS) or "inner" in kinds:
            continue  # "Ban Chỉ đạo", "Cục Quản lý Dược": part of a name
        noun = not kinds & _ALWAYS and folded.startswith(_OF, hit.end)  # "Các đơn vị truyền thông thuộc Bộ"
        if noun or _follows_name(document, hit, limit) or _DEFINED.match(folded, hit.end, limit):
            continue  # "Trung tâm Kiểm định xây dựng là đơn vị sự nghiệp"; "Cục Chăn nuôi và Thú y", "Trung tâm Công nghệ quản lý và Kiểm định xây dựng"
        if first is None and hit.phrase == _HAS and _is_eligible(document, hit, limit):
            return Stop(hit.start, hit.end, _NEVER)
        if kinds & _CLAUSAL and _IN_TITLE.search(folded, start, hit.start):
            position = max(position, folded.find(_IS, hit.end, limit))
            continue  # "quy định tại Nghị định số 136/2020/NĐ-CP của Chính phủ quy định chi tiết ..."
        if folded.endswith(_WHERE, start, hit.start):
            continue  # "Ủy ban nhân dân cấp tỉnh nơi tổ chức đặt trụ sở chính" + "tiếp nhận hồ sơ"
        given = hit.phrase in link_words("is given by another") and text[hit.end : hit.end + 1] == " "
        if given and _BY_ANOTHER.search(folded, position, hit.start):
            continue  # "các cơ quan báo chí do Tổng Liên đoàn trực tiếp quản lý"
        if not kinds & _ALWAYS and folded.endswith(_spaced("tells of a name"), position, hit.start):
            continue  # "cán bộ chuyên trách bảo vệ an ninh", "cơ quan quản lý đối tượng tham gia bảo hiểm" + "xác định"
        if not kinds & _ALWAYS and _NAMING_PAIR.search(text, start, hit.start):
            continue  # "Cục Quản lý, giám sát bảo hiểm"
        if kinds == _RELATIVE or (clause == "one" and kinds == _NAMING):
            continue
        if first is None and not governed and not kinds & _ALWAYS and folded.endswith(_COUPLED, position, hit.start):
            continue  # "khoa học, công nghệ và đổi mới sáng tạo": nothing stands before it that it could be joined to
        if not kinds & _ALWAYS and folded.endswith(_spaced("opens a noun of a verb"), position, hit.start):
            continue
        if first is not None:
            gap = folded[first.end : hit.start]
            if GIVEN.search(gap):
                continue
            if gap.endswith(_BUT):
                return first  # "được cấp có thẩm quyền phê duyệt nhưng phải điều chỉnh": another must
            if clause == "competent" and not kinds & {"verb", "modal"}:
                gives = "order" in kinds and not gap.endswith(_LISTS)
                return Stop(hit.start, hit.end, _VERB) if gives else first
            if "short" in kinds and gap.strip():
                continue  # "cấp giấy chứng nhận": a verb of one syllable is in many nouns
            if clause == "many" and kinds <= _AROUND and not duty_follows(document, hit.end, limit):
                return first  # "Các đơn vị thực hiện trước ngày 24/3": the verb of the sentence
            if "verb" not in kinds or (clause != "many" and _objects(gap, hit.phrase)):
                return Stop(hit.start, hit.end, kinds)
            joined = folded.endswith(_JOINED, first.end, hit.start)
            listed = "," in gap and not joined and _NEW_OBJECT.search(gap) is None
            if later is None and "verb" in kinds and listed:
                later = Stop(hit.start, hit.end, kinds)
            continue
        if first is None and "naming" in kinds and folded.endswith(_LED, start, hit.start):
            first, clause = Stop(hit.start, hit.end, kinds), "led"
            continue  # "Đơn vị chủ trì tổ chức lễ hội" + "phối hợp"
        before = folded[max(opens, hit.start - 32) : hit.start].split()
        if before and before[-1] in words.links and not kinds & _ALWAYS:
            continue  # "Ban chỉ đạo về phòng, chống tham nhũng"
        if kinds == _NAMING or ("naming" in kinds and _names_committee(document, start, hit.start, before)):
            continue  # "Trưởng Ban quản lý các khu công nghiệp", "Đoàn kiểm tra lập biên bản"
        if "short" in kinds and not _completes(document, start, hit.start):
            continue  # "việc làm", "thu nhập"
        passive = "passive" in kinds and (hit.phrase != _DONE or _is_anybody(document, start, hit.start))
        if passive or (kinds & _CLAUSAL and _generic(folded, start, hit.start)):
            strong = strong_ahead(folded, hit.start, hit.end, limit, passive and hit.phrase != _DONE)
            if strong is not None:
                return Stop(before_adverbial(folded, position, strong.start), strong.end, strong.kinds)
        if (kinds & _DOES_OR_TAIL or hit.phrase == _IS.strip()) and not words.strong.at(folded, hit.start, limit):
            duty = duty_ahead(document, hit.start, limit)
            if duty is not None:
                return duty
        clausal = kinds & _CLAUSAL and not kinds & MODAL
        if clausal and (hit.start == named or named_elsewhere(document, hit, before)):
            named = hit.end + 1
            continue  # "Hội đồng xét tặng cấp Bộ", where "thành viên Hội đồng xét tặng" stands in the document
        if not kinds & MODAL and _bears_clause(document, start, hit, kinds, before):
            behind = _behind_clause(document, hit, limit)
            if behind is not None:
                return behind
        clause = _on_noun(before, hit.phrase, kinds)
        if not clause:
            return Stop(hit.start, hit.end, kinds)
        first = Stop(hit.start, hit.end, kinds)
    if first is None and whole is not None:
        return Stop(whole.end(), whole.end(), _VERB)
    if first is not None and clause == "one":
        body = word_at(folded, start, limit) not in CLAUSED  # "Người được bầu cử, suy cử làm ..." tells who is meant
        return (body and later) or Stop(first.start, first.end, _CLAUSE)
    return first


def _bears_clause(document: SourceDocument, start: int, hit: Hit, kinds: frozenset[str], before: list[str]) -> bool:
    """Whether a verb that tells a function follows a generic noun: `Doanh nghiệp quản lý`, `Tổ chức, cá nhân thực hiện`."""
    words = lexicon()
    count = next((n for n in (3, 2, 1) if " ".join(before[-n:]) in words.anybody), 0)
    name = document.folded[start : hit.start].split()
    if not count or name[0] in words.plural or not _is_anybody(document, start, hit.start):
        return False
    if len(name) > count and not (name[-count - 1].endswith(",") or name[-count - 1] in _LINKED):
        return False
    if "never" in kinds:
        return hit.phrase == _ENTRUSTED or hit.phrase in link_words("wishes")
    person = " ".join(before[-count:]) in words.persons
    return "relative" in kinds or ("naming" in kinds and not person and hit.phrase != _ORGANIZATION)


_ENTRUSTED: Final = fold("được giao")
_LINKED: Final = ("và", "hoặc")


@cache
def _spaced(kind: str) -> tuple[str, ...]:
    return tuple(f" {word} " for word in link_words(kind))


def _behind_clause(document: SourceDocument, clause: Hit, limit: int) -> Stop | None:
    """The predicate behind a clause on a generic noun: `Doanh nghiệp quản lý, vận hành đường sắt` + `lập hồ sơ`."""
    words, folded, last = lexicon(), document.folded, clause.end
    asks = "order" in words.kinds[clause.phrase] or clause.phrase in link_words("wishes")
    for hit in words.stops.find(folded, clause.end, limit):
        kinds = words.kinds.get(hit.phrase, _COLON)
        if hit.phrase == ":" or kinds & _AROUND:
            return None
        if hit.phrase == "(":
            last = folded.find(")", hit.end, limit)
        if last < 0:
            return None
        in_name = "inner" in kinds or document.text[hit.start].isupper() or kinds in (_RELATIVE, _NAMING)
        if hit.start < last or in_name or hit.phrase in MARKS:
            continue
        joined = folded.endswith(_JOINED, last, hit.start)
        if words.strong.at(folded, hit.start, limit) and (joined or GIVEN.search(folded, last, hit.start)):
            return None
        taken = (
            joined
            or not folded[last : hit.start].strip()
            or folded.endswith(_spaced("takes a verb"), last - 1, hit.start)
        )
        if "verb" in kinds and taken:
            last = hit.end
        elif hit.phrase in words.serial and not asks:
            return None
        elif "short" not in kinds:
            return Stop(hit.start, hit.end, kinds)
    return None


_BELONGS: Final = ("của", "thuộc")

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


_AND: Final = " và "
_IS: Final = " là "
_OF: Final = (" thuộc ", " trực thuộc ")
_DEFINED = pattern(r"(?: (?!mà |không |phải )[^\W\d_]++){0,2}? là ")
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


def _names_committee(document: SourceDocument, start: int, end: int, before: list[str]) -> bool:
    """Whether a verb names the body before it: `Ban quản lý`, `Hội đồng thẩm định`; `các Tổ xây dựng ...` is a sentence."""
    words = lexicon()
    if " ".join(before[-2:]) in words.committees:
        return True
    if not before or before[-1] not in words.committees or (before[-2:-1] and before[-2] in words.plural):
        return False
    place = end - 1 - len(before[-1])
    return place == start or document.text[place].isupper()


def _completes(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a name may be complete before a verb of one syllable: after `Y tế`, a figure, or when it is short."""
    words = document.text[start:end].split()
    if not words or words[0].lower() == _PERSON:
        return False
    if words[-1][0].isupper() or words[-1].isdigit() or (len(words) > 2 and words[-2][0].isupper()):
        return True
    if len(words) > 2 and words[0][0].isupper() and words[-1] in _LEVELS:
        return True  # "Đài Truyền thanh huyện" + "mở"
    if len(words) > _SHORT_NAME or any(word[0].isupper() for word in words[1:]):
        return len(words) > 2 and repeated(document, start, end)
    if words[0].lower() in lexicon().committees:
        return True
    known = lexicon().known
    return any(fold(" ".join(words[-count:])) in known for count in range(1, len(words) + 1))


_LEVELS: Final = frozenset(["tỉnh", "huyện", "quận", "xã", "phường", "thôn"])
_SHORT_NAME: Final = 4


def _objects(gap: str, phrase: str) -> bool:
    """Whether the words between two verbs are the bare object of the first: `cơ quan tiếp nhận hồ sơ kiểm tra ...`."""
    if phrase in lexicon().serial or "," in gap or not gap.strip():
        return False
    return _NEW_OBJECT.search(gap) is None


_NEW_OBJECT = pattern(lambda: rf"(?<!\w)(?:{alternation(link_words('opens an object'))})(?!\w)")


def _generic(folded: str, start: int, end: int) -> bool:
    """Whether a name is but a generic noun, of which a clause may tell more: `học sinh`, `các trường`."""
    return len(folded[start:end].split()) <= _GENERIC_WORDS


_GENERIC_WORDS: Final = 4
_ORGANIZATION: Final = fold("tổ chức")
_DONE: Final = "đã"  # "Tổ chức đã nộp hồ sơ phải bổ sung"; "Ủy ban nhân dân tỉnh đã giao ..." reports


def _is_anybody(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a name opens with a generic noun, or with a quantifier and holds no capital."""
    noun = lexicon().alone.at(document.folded, start, end)
    if noun is None or document.folded.startswith(_ORGANIZATION, start):
        return noun is not None or document.text[start + 1 : end].islower()
    return noun.phrase in lexicon().anybody


def _on_noun(before: list[str], verb: str, kinds: frozenset[str]) -> str:
    """Whether a verb may open a clause on the noun before it; "one" where only a strong word can then be the predicate.

    `người nộp thuế`, `đơn vị tư vấn` speak of one such; `các đơn vị rà soát` is a sentence. After `có thẩm quyền`
    a verb is of the clause where another follows: `người có thẩm quyền ra quyết định xác minh xem xét ...`.
    """
    words = lexicon()
    if before[-2:] == _COMPETENT and not kinds & _ALWAYS:
        return "competent"
    if not before or (kinds & {"modal", "never", "adverbial"} and before[-1] not in CLAUSED):
        return ""
    if before[-1] in CLAUSED:
        return "one"
    noun = " ".join(before[-2:])
    if noun not in words.clause or (noun in words.persons and verb in words.serial):
        return ""
    ahead = before[-3] if len(before) > 2 else ""
    belongs = ahead in _BELONGS and "relative" not in kinds  # "Bộ phận tuyển chọn của đơn vị" + "tổng hợp"
    if belongs or ahead in words.committees or " ".join(before[-4:-2]) in words.known - words.posts:
        return ""  # "Ban tổ chức nhận bài", "Văn thư cơ quan đóng dấu": the noun belongs to another
    if not ahead.endswith(",") and ahead not in words.plural:
        return "one"
    return "many" if "relative" in kinds else ""
