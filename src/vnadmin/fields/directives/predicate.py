"""The strong predicate of a sentence whose subject holds verbs itself: `các tổ chức được cấp phép phải báo cáo`."""

from __future__ import annotations

from typing import Final, NamedTuple

import regex

from vnadmin.fields.directives.lexicon import DUTIES, DUTY, PREDICATES, lexicon, link_words, names_duty
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

MODAL: Final = frozenset({"modal"})
ACTS: Final = PREDICATES | {"order", "adverbial"}  # kinds of word by which somebody acts
_DOES: Final = PREDICATES | {"adverbial"}
TELLS: Final = PREDICATES | {"never", "order"}
_PERSON: Final = fold("người")


class Stop(NamedTuple):
    """The word that ends the name of a body: where it stands and what kinds of word it may be."""

    start: int
    end: int
    kinds: frozenset[str]


class Subject(NamedTuple):
    """The name of who acts, and the word that ends it."""

    span: Span
    stop: Stop


def _joined_to(before: str, strong: str) -> bool:
    """Whether a strong word is joined to another predicate, or tells of a noun: `những việc phải làm`."""
    found = _COORDINATED.search(before)
    # no thing bears a duty: "được giao thực hiện nhiệm vụ có trách nhiệm lưu giữ"
    return found is not None and not (strong.endswith(DUTIES) and found["thing"])


_COORDINATED = pattern(
    lambda: (
        rf"(?:^|[ ,])(?:{alternation(link_words('joins predicates'))}"
        rf"|(?P<thing>{alternation(link_words('thing before a predicate'))})) $"
    )
)


def strong_ahead(folded: str, verb: int, position: int, limit: int, passive: bool) -> Stop | None:
    """The strong predicate of the same clause after a clause on the noun: `các tổ chức được cấp phép phải báo cáo`.

    The verb of the clause on the noun stands from `verb` to `position`.
    """
    words = lexicon()
    ends = (_SENTENCE_END if passive else _CLAUSE_END).search(folded, position, limit)
    limit = min(limit, position + _CLAUSE_REACH, ends.start() if ends else limit)
    strong = next(words.strong.find(folded, position, limit), None)
    if passive:  # "Cơ quan được Bộ Quốc phòng giao nhiệm vụ quản lý vật liệu nổ chủ trì tổ chức kiểm tra"
        agent = next(words.agents.find(folded, position, limit), None)
        leads = agent is not None and "modal" in words.kinds.get(agent.phrase, ()) and agent.start - position > 1
        if agent is not None and leads and (strong is None or agent.start < strong.start):
            strong = agent
    if strong is None or _joined_to(folded[position : strong.start], strong.phrase):
        return None
    who = folded.endswith(_WHO, position, strong.start) or GIVEN.search(folded, position, strong.start)
    if not passive and (who or directs_another(folded, verb, strong.start, limit, verb=True)):
        return None  # "tổng hợp bản kê khai của người có nghĩa vụ kê khai"
    whole = words.stops.at(folded, strong.start, len(folded)) or strong.phrase  # "phải đáp ứng" lays no duty
    end = before_adverbial(folded, position, strong.start)
    return Stop(end, strong.start + len(whole), words.kinds.get(whole, MODAL))


_WHO: Final = " người "
_NOT: Final = " không "
_AND: Final = "và "


def duty_ahead(document: SourceDocument, start: int, limit: int, *, lists: bool = False) -> Stop | None:
    """The predicate of a name that holds verbs: `Đài phát thanh, truyền hình tỉnh chịu trách nhiệm thi hành ...`.

    Two frames need no list of verbs. What is to be enforced closes a whole list of bodies; a duty that nothing joins
    to another (`và có trách nhiệm`) is the only predicate of its sentence, where no verb gives it to a body that
    stands before it (`chỉ đạo các sở có trách nhiệm`). `lists`: behind a generic noun `và` joins bodies, not clauses.
    """
    folded = document.folded
    if not names_duty(folded, start, limit):
        return None
    ends = DUTY_REACH.search(folded, start, limit)
    limit = ends.start() + 1 if ends else limit
    duty = _ENFORCES.search(folded, start, limit)
    if duty is not None:
        return Stop(duty.start(), duty.end(), MODAL)
    duty = _HAS_DUTY.search(folded, start, limit)
    if duty is None or _joined_to(folded[start : duty.start()], duty[0]):
        return None
    directs = _DIRECTS.search(folded, start, duty.start())
    if GIVEN.search(folded, start, duty.start()):
        return None
    if directs and directs_another(folded, start, duty.start(), limit, verb=lists):
        return None
    return Stop(before_adverbial(folded, start, duty.start()), duty.end(), MODAL)


def own_duty(document: SourceDocument, start: int, position: int, limit: int) -> Stop | None:
    """The duty of a generic noun, whatever clause stands on it: `Tổ chức nhận tiền phí, lệ phí ... có trách nhiệm`."""
    folded, words = document.folded, lexicon()
    if (
        not document.text[start + 1 : position].islower()
        or next(words.strong.find(folded, position, limit), None) is None
    ):
        return None
    quantifier = words.quantifiers.at(folded, start, limit)
    if words.nouns.at(folded, start + len(quantifier) + 1 if quantifier else start, limit) not in words.anybody:
        return None
    ends = DUTY_REACH.search(folded, position, limit)
    limit = ends.start() if ends else limit
    for duty in words.strong.find(folded, position, limit):
        gap = _HELPS.sub(" ", folded[position : duty.start])
        if gap.endswith(_NOT):
            continue  # "bên cho vay không phải là ngân hàng" + "phải mở tài khoản"
        if _joined_to(gap, duty.phrase) or _GOES_ON.search(gap):
            return None
        if GIVEN.search(gap) or gap.endswith(_WHO) or not gap.strip():
            continue  # "tổ chức thu tiền của người có nghĩa vụ nộp", "Người có nghĩa vụ kê khai" + "phải"
        if directs_another(folded, position, duty.start, limit, verb=False):
            return None
        whole = words.stops.at(folded, duty.start, len(folded)) or duty.phrase
        name = before_adverbial(folded, position, position + len(gap))
        return Stop(name, duty.start + len(whole), words.kinds.get(whole, MODAL))
    return None


def directs_another(folded: str, start: int, end: int, limit: int, *, verb: bool) -> bool:
    """Whether a verb tells another what it must do: `thông báo cho người nộp thuế phải nộp`.

    After one `verb` alone `và` joins names: `Giáo viên hướng dẫn và học sinh tham gia phải ...`.
    """
    told = _DIRECTS_NEXT.finditer(folded, start, end)
    return any(_opens_body(folded, hit.end(), limit) for hit in told if not (verb and hit[0] == _AND))


# "sẽ", "đều" before the duty are of the predicate; "..., được miễn thuế nhưng phải kê khai" goes on after another
_HELPS = pattern(r" (?:(?:sẽ|đều|cũng|cùng|còn|cần|phải|hoàn toàn) ){1,3}$")
_GOES_ON = pattern(r" (?:nhưng|song|còn|có thể|không được|sẽ) [^,;]{0,200}$| (?:thuế|tiền|phí|nợ) $")
# "chỉ đạo các sở", "thông báo cho doanh nghiệp"; "theo quy định của", "được giao" direct nobody
_DIRECTS_NEXT = pattern(lambda: rf"(?<!\w)(?<!theo )(?<!được )(?:{alternation(link_words('directs'))}) (?:cho )?")


def before_adverbial(folded: str, start: int, end: int) -> int:
    """Where a name ends before an adverbial of its predicate: `cán bộ bảo vệ rừng` + `khi đi tuần có trách nhiệm`."""
    found = _ADVERBIAL.search(folded, start, end)
    if found is None or folded.count("(", start, found.start()) != folded.count(")", start, found.start()):
        return end
    return int(found.start())


def _opens_body(folded: str, position: int, limit: int) -> bool:
    """Whether a quantifier, a person or a body's noun of several syllables stands here; one of one syllable is in many words."""
    words = lexicon()
    if words.quantifiers.at(folded, position, limit):
        return True
    noun = words.alone.at(folded, position, limit)
    return " " in noun or noun == _PERSON


# "..., các đơn vị phát sóng truyền hình chịu trách nhiệm thi hành Quyết định này"
_ENFORCES = pattern(r"(?:chịu|có) trách nhiệm (?:tổ chức )?(?:triển khai )?thi hành(?!\w)")
_HAS_DUTY = pattern(
    rf"(?<=[^,] )(?<!(?<!\w)(?:người|là|tự) )(?:(?:phải|đều|cũng|cùng|sẽ) ){{0,2}}(?:có|chịu) {DUTY}(?!\w)"
)
# "Bộ Y tế chỉ đạo các sở có trách nhiệm báo cáo": the duty is theirs; "Chi cục Thuế quản lý người nộp thuế có trách nhiệm" is not
_DIRECTS = pattern(lambda: rf"(?<!\w)(?:{alternation(link_words('directs'))})(?!\w)")
# "chuyển đơn đến cơ quan có trách nhiệm giải quyết"
GIVEN = pattern(r" (?:đến|tới|cho|từ|với) (?:cơ quan|đơn vị|người|bộ phận|tổ chức|cá nhân) $")
DUTY_REACH = pattern(r"[.;:]")
# "cơ quan bảo vệ an ninh khi áp dụng biện pháp này có trách nhiệm", "theo quy định tại Điều 6"
_ADVERBIAL = pattern(
    r" (?:khi|mỗi khi|mỗi lần|trước khi|sau khi|theo (?:quy định|chức năng|thẩm quyền|nhiệm vụ|phân công|sự|yêu cầu|đề nghị)|trong quá trình) "
)


# "các xã được bổ sung kinh phí, chịu trách nhiệm quản lý"
_SENTENCE_END = pattern(r"[.;:]|,(?! (?:có|chịu) trách nhiệm)| thì | theo quy định ")
_CLAUSE_END = pattern(r"[.;:,]| thì | theo quy định ")
_CLAUSE_REACH: Final = 200


_IN_CHARGE: Final = "phụ trách "  # a task after a colon; elsewhere it tells which teacher is meant


def starts_action(folded: str) -> bool:
    """Whether folded text opens with what a body is to do: `Tham mưu ...`, `chủ trì ...`."""
    words = lexicon()
    if folded.startswith(_IN_CHARGE):
        return True
    return bool(words.kinds.get(words.stops.at(folded, 0, len(folded)), frozenset()) & _DOES)


_BRACKETS_REACH: Final = 300  # a bracket that none closes within so many characters was lost or misread


def in_brackets(text: str, start: int, at: int) -> bool:
    """Whether brackets are open: `tổ chức tín dụng (ngân hàng, | chi nhánh ngân hàng nước ngoài) hoạt động ...`."""
    opened = text.rfind("(", start, at)
    if opened < 0 or text.find(")", opened, at) >= 0:
        return False
    close = text.find(")", at, at + _BRACKETS_REACH)
    return close >= 0 and text.find("(", at, close) < 0


def acts_at(folded: str, position: int, end: int) -> bool:
    """Whether a verb stands here, and no adverbial (`thì tùy theo mức độ bị xử phạt`)."""
    words = lexicon()
    return bool(words.kinds.get(words.stops.at(folded, position, end), frozenset()) & PREDICATES)


def ends_entry(
    document: SourceDocument, start: int, position: int, mark: regex.Match[str], subject: Subject | None
) -> bool:
    """Whether a semicolon ends no clause but an entry of a list, so that no subject follows.

    `Tên, địa chỉ của chi nhánh; chi nhánh ở nước ngoài` holds no verb; `Khen thưởng đối ngoại là ...; cá nhân có
    thành tích` defines.
    """
    if mark[0][0] != ";":
        return False
    if position == start and subject is None and not _holds_verb(document.folded, start, mark.start()):
        return True
    return _DEFINES.search(document.folded, position, mark.start()) is not None


def _holds_verb(folded: str, start: int, end: int) -> bool:
    """Whether a clause holds a verb or opens as clauses do; if not, it lists things."""
    words = lexicon()
    hits = words.stops.find(folded, start, end)
    return bool(words.openers.at(folded, start, end)) or any(words.kinds.get(x.phrase, MODAL) & TELLS for x in hits)


_DEFINES = pattern(r"(?:là(?<!\wlà)(?<!(?:chậm|muộn|trễ) nhất là)|gồm(?<!\wgồm))(?!\w)")
