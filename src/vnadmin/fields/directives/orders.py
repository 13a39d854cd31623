"""Who is named after a word: the objects of an order (`Giao A`), partners (`phối hợp với B`), agents (`do C chi trả`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import regex

from vnadmin.fields.directives.bodies import CLAUSED, Head, split_bodies, starts_body
from vnadmin.fields.directives.lexicon import DUTY, PREDICATES, lexicon, link_words, names_duty
from vnadmin.fields.directives.name_end import find_stop
from vnadmin.fields.directives.names import Names
from vnadmin.fields.directives.phrases import Hit
from vnadmin.genre.capitals import in_capitals
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.fold import CAPITALS, fold
from vnadmin.text.pattern import pattern

_REACH: Final = 1500
_BEFORE: Final = 160
# "Giao cho Sở Nội vụ", "yêu cầu: Hội Cựu giáo chức"
_AFTER_ORDER = pattern(r"(?: cho)?:? ")
# "phối hợp với", "phối hợp Bộ Công Thương", "phối hợp chặt chẽ, thường xuyên với", "phối hợp, làm việc với"
_AFTER_PARTNER = pattern(
    r"(?:,? (?!các|những|cùng|giữa|của|trong|để)[^\W\d_]++){0,4}? (?:với|cùng) (?:với )?| (?:cùng |với )?|: "
)
# "Sở Nội vụ có Công văn số 2903/SNV-TCCC đề nghị các sở ...": what was asked for then
_TOLD = pattern(r"(?<!\w)(?:có (?:\w++ ){1,3}số \d|đã )")
_QUOTED = pattern(r"\"[^\"]*+$")
_MARKS: Final = ",;:.(-*_"
# "chỉ đạo Thanh tra Sở phối hợp với B"; "sau khi đã thống nhất với B"
_ASIDE = pattern(
    r"(?:(?<!\w)(?:chỉ đạo|hướng dẫn|đôn đốc) (?:(?!chủ trì)(?:[^,;:.]"
    r"|, (?=(?:thành phố|thị xã|quận|huyện|phường|xã|thị trấn|ban|ngành|đơn vị|cá nhân)(?!\w))))*+"
    r"(?:chủ trì, )?|sau khi (?:đã )?)$"
)
# A name of two parts in capitals: only somebody is a partner, whatever the noun
_NAMED = pattern(rf"[{CAPITALS}][^\W\d_]+ (?:[^\W\d_]++ ){{0,2}}?[{CAPITALS}][^\W\d_]*")
ASKS: Final = frozenset(map(fold, ("đề nghị", "kính đề nghị", "yêu cầu")))
_GUESTS: Final = fold("mời")
_AGREED: Final = fold("thống nhất ")
# "Hội nghị thống nhất giao đồng chí Lan", "Tập thể chi bộ thống nhất phân công ..."
_MEETING = pattern(
    r"(?:toàn thể |tập thể |qua thảo luận,? )?(?:hội nghị|cuộc họp|đại hội|hội đồng|chi bộ|chủ toạ|các đại biểu|các thành viên)(?!\w)[^,;:.]{0,40}$"
)
STAFFS: Final = (fold("phân công"), fold("cử"), fold("chỉ định"))  # whom a body sends is its own staff
_ATTEND = pattern(r"[^;:.]{2,200} (?:cùng |đến |về |tới ){0,2}(?:tham )?dự (?!toán|án|thảo|kiến|thầu|phòng)")
_EMPOWERS: Final = fold("ủy quyền")
# "Ủy quyền cho ông Lê Văn Hải ... được ký hóa đơn", "... thực hiện các quyền sau đây:": a right, no duty
_RIGHTS = pattern(r" (?:được|(?:(?:thực hiện|có) )?các quyền) [^;:]")
_IMPERSONAL: Final = frozenset({fold("doanh nghiệp")})  # "Yêu cầu doanh nghiệp báo cáo khi cần": a power of an office
_SAME = pattern(r"[^;.:]*+$")
_DO: Final = "do "
_THEN: Final = " thì"
_WORK: Final = "công tác "
_BEARS: Final = ("chịu trách nhiệm", "có trách nhiệm")
_DUTY: Final = "trách nhiệm"
_BY: Final = "được "
_DONE: Final = " được "
_DUTY_OF = pattern(rf"là {DUTY}(?: (?:chung|riêng|thường xuyên))? của ")
_CLAUSE_END = pattern(r"[.;]|$")
# "sẽ do A tổ chức", "việc kê khai do A tự thực hiện"; what `do A ban hành` describes is no duty of A
_DONE_BY = pattern(
    r"(?:(?:sẽ|phải|đều|cũng) |(?:^|[,;:.(] ?)(?:việc|chi phí|kinh phí|lịch|hình thức|mức giá|\w++ này) ?[^,;:.()]{0,120})$"
)
# "Việc thông báo tuyển chọn được Sở Khoa học và Công nghệ thực hiện"
_TASK_BY = pattern(r"(?:^|[;:.] ?)(?:hàng năm, |hằng năm, )?việc [^;:.()]{0,120}(?<!đã )$")


# "Người có uy tín được cấp ủy nơi cư trú phổ biến ..."; who is named, sent or approved by a body tells of himself
_SERVED_BY = pattern(
    r"(?:^|, )(?:người|đối tượng|hộ) (?:(?!là |gồm |đã |phải |không |chỉ |khi |nếu |để )[^\s;:.()]++ ){1,24}$"
)
_AGENTS: Final = ((_DO, _DONE_BY), (_BY, _TASK_BY), (_BY, _SERVED_BY))


def ordered(names: Names, start: int, end: int, hits: Sequence[Hit], bearer: Span | None = None) -> Iterator[Span]:
    """Objects of an order: `Giao A ...`, `Đề nghị A`, `yêu cầu A` (D1, D2, D5); `bearer` is the subject of its sentence."""
    document, folded = names.document, names.document.folded
    for hit in hits:
        if not _is_order(names, start, hit, end):
            continue
        if (
            bearer is not None
            and (hit.phrase in ASKS or hit.phrase in STAFFS)
            and bearer.end <= hit.start
            and _SAME.match(folded, bearer.end, hit.start)
        ):
            continue  # "Đơn vị lập kế hoạch, đề nghị bệnh viện thành lập Hội đồng": what its bearer asks for
        gap = _AFTER_ORDER.match(folded, hit.end, end)
        if (
            gap is not None
            and hit.phrase.endswith(_GUESTS)
            and (":" in gap[0] or _ATTEND.match(folded, gap.end(), end))
        ):
            continue  # "Kính mời: Ông Lê Văn Tám", "Thân mời thầy cô cùng tham dự buổi lễ": who attends
        head = starts_body(document, gap.end(), end, as_object=True) if gap else None
        if gap is not None and head is None and hit.start == start:
            named = _whole_unknown(document, gap.end(), end)
            if named is not None:
                yield named
        if gap is None or head is None:
            continue
        span = _whole(document, gap.end(), head.end, end)
        if hit.phrase.startswith(_EMPOWERS) and _gets_right(folded, head.end, span.end, end):
            continue
        told = is_somebody(document, head) or (hit.start == start and _is_told(document, hit, head, span))
        if told and not _asks_upward(document, start, hit.start):
            yield span


def _gets_right(folded: str, start: int, close: int, end: int) -> bool:
    """Whether a right stands in or behind a name, before any verb; not "tổ chức xét tuyển những người [được cử] đi học"."""
    right, words = _RIGHTS.search(folded, start, end), lexicon()
    does = words.stops.find(folded, close, right.start()) if right else ()
    return right is not None and not any("verb" in words.kinds.get(hit.phrase, ()) for hit in does)


def _is_told(document: SourceDocument, order: Hit, head: Head, span: Span) -> bool:
    """Whether a sentence opens with an order to a group of persons, or to one body of a kind: `Yêu cầu cơ quan thuế`."""
    words = lexicon()
    generic = head.noun in words.clause
    if order.phrase in ASKS and head.noun in words.anybody and head.noun not in _IMPERSONAL and not generic:
        return True
    if lexicon().agents.at(document.folded, span.end, len(document.folded)):
        return True  # "Giao tổ trưởng" + "chủ trì, phối hợp với ..."
    if (generic and head.noun not in words.persons) or head.noun in CLAUSED or order.phrase in words.invites:
        return (
            False  # "Đề nghị cơ quan, tổ chức, cá nhân cung cấp thông tin", "Mời chuyên gia tư vấn; tiếp xúc": a power
        )
    if order.phrase in ASKS and span.end > head.end + 1:
        return True
    return len(split_bodies(document, span.start, span.end)) > 1 or "," in document.text[span.start : span.end]


def _whole_unknown(document: SourceDocument, start: int, end: int) -> Span | None:
    """A name in capitals that no list knows, up to its verb: `Giao` + `Khu Quản lý đường bộ III` + `rà soát`."""
    words, folded = lexicon(), document.folded
    named = _NAMED.match(document.text, start, end)
    if named is None or words.no_subject.at(folded, start, end) or words.stops.at(folded, start, end):
        return None
    stop = find_stop(document, start, named.end(), end, governed=True)
    if stop is None or not stop.kinds & PREDICATES or len(folded[start : stop.start].split()) > _NAME_WORDS:
        return None
    return Span(start, stop.start)


_NAME_WORDS: Final = 12


def asks(order: Hit, start: int) -> bool:
    """Whether a sentence opens with what its writer asks of others: `Yêu cầu các bộ cung cấp tài liệu`."""
    return order.start == start and (order.phrase in ASKS or order.phrase in lexicon().invites)


def _asks_upward(document: SourceDocument, start: int, order: int) -> bool:
    """Whether a verb opens the sentence of an order: `Tổng hợp, đề nghị Chủ tịch Ủy ban nhân dân tỉnh khen thưởng` asks for a decision.

    In `Chuẩn bị: Đề nghị Ban Quản lý chuẩn bị hồ sơ` it is the item's title.
    """
    words = lexicon()
    if document.folded.rfind(":", start, order) >= 0:
        return False
    does = words.stops.at(document.folded, start, order)
    opens = words.openers.at(document.folded, start, order)
    if not does or (opens and not document.folded[start + len(opens) : order].strip(" ,")):
        return False  # "Đồng thời, đề nghị các xã rà soát"
    return bool(words.kinds.get(does, frozenset()) & PREDICATES)


def is_somebody(document: SourceDocument, head: Head) -> bool:
    """Whether a head is a body that can be told to act: `các trường`, `Sở Y tế`; `phân công giáo viên` orders nobody."""
    text = document.text
    named = text[head.start].isupper() or text[head.end + 1 : head.end + 2].isupper()
    return named or head.quantified or head.noun not in lexicon().anybody


def _is_order(names: Names, start: int, hit: Hit, end: int) -> bool:
    """Whether a word of order opens its clause, or follows who gives the order (`Ủy ban nhân dân huyện yêu cầu A`)."""
    folded = names.document.folded
    before = folded[max(start, hit.start - _BEFORE) : hit.start].rstrip()
    if not before:
        return True
    if before.endswith(_THEN) and hit.phrase in ASKS:
        return False  # "Trường hợp có sai sót thì đề nghị Hội đồng sửa đổi": what its heading's body is to do
    if hit.phrase in lexicon().invites or _QUOTED.search(before) or _TOLD.search(before):
        return False
    if hit.phrase.startswith(_AGREED) and _MEETING.match(folded, start, hit.start):
        return True
    if before[-1] in _MARKS or before.split()[-1] in link_words("stands before an order"):
        return True
    for clause in {start, max(folded.rfind(mark, start, hit.start) for mark in [",", ";", ":", "."]) + 2}:
        giver = names.head(clause, end)
        stop = names.stop(giver, end) if giver else None
        if stop is not None and stop.start == hit.start:
            return True
    return False


def partners(document: SourceDocument, start: int, end: int, hits: Sequence[Hit]) -> Iterator[Span]:
    """Partners: `phối hợp với B, C` (D1, D6); those of a body that another directs are none (`chỉ đạo A phối hợp với B`)."""
    for hit in hits:
        if document.folded.startswith(_WORK, start) and hit.start == start + len(_WORK):
            continue  # "Công tác phối hợp với các cơ quan": a title
        aside = _ASIDE.search(document.folded, max(start, hit.start - _BEFORE), hit.start)
        if aside is not None and (aside.start() == start or document.text[aside.start()].islower()):  # no "Ban Chỉ đạo"
            continue
        gap = _AFTER_PARTNER.match(document.folded, hit.end, end)
        if gap is None:
            continue
        head = starts_body(document, gap.end(), end, as_object=True)
        if head is not None:
            yield _whole(document, gap.end(), head.end, end)
            continue
        named = _NAMED.match(document.text, gap.end(), end)  # "phối hợp với Viễn thông Đắk Nông công khai ..."
        if named is not None and not in_capitals(document.text[hit.start : gap.end()]):
            yield _whole(document, gap.end(), named.end(), end)


def agents(document: SourceDocument, start: int, end: int) -> list[Span]:
    """Agents of a passive sentence: `kinh phí do tổ chức chi trả` (GUIDE: another `do X ...` obliges X)."""
    folded, found = document.folded, []
    for word, before in _AGENTS:
        at = folded.find(word, start, end)
        while at >= 0:  # hardly ever
            found.append(_agent(document, start, at, end, word, before))
            at = folded.find(word, at + len(word), end)
    for duty in _DUTY_OF.finditer(folded, start, end) if names_duty(folded, start, end) else ():
        if starts_body(document, duty.end(), end, as_object=True, loose=True):
            clause_end = _CLAUSE_END.search(folded, duty.end(), end)
            found.append(Span(duty.end(), clause_end.start() if clause_end else end))
    return [agent for agent in found if agent is not None]


def _agent(
    document: SourceDocument, start: int, at: int, end: int, word: str, before: regex.Pattern[str]
) -> Span | None:
    """The agent behind `do` or `được` at `at`, where what stands `before` or its own verb tells that it is to act.

    `việc kê khai do A thực hiện` and `chi phí do A chi trả` tell so before it, `do Phòng Hậu cần chịu trách nhiệm mua`
    behind it.
    """
    folded = document.folded
    done = before.search(folded[start:at]) is not None
    made = not done and word == _DO and _made_by(document, start, at, end)
    duty = word == _DO and folded.find(_DUTY, at, min(end, at + _BEFORE)) >= 0
    head = starts_body(document, at + len(word), end, as_object=True) if done or made or duty else None
    stop = find_stop(document, head.start, head.end, end, governed=True) if head else None
    if stop is None or "never" in stop.kinds or lexicon().decides.at(folded, stop.start, end):
        return None
    # "Xe nghi lễ do lực lượng Cảnh sát đảm nhiệm"; but "Phí do tổ chức thực hiện được để lại"
    does = (*_BEARS, *link_words("carries out")) if made else _BEARS
    bears = folded.startswith(does, stop.start) and not folded.startswith(_DONE, stop.end)
    appointed = before is _SERVED_BY and folded.startswith(tuple(link_words("appoints")), stop.start)
    if not (done or bears) or appointed or ("colon" in stop.kinds and before is not _SERVED_BY):
        return None
    return Span(at + len(word), stop.start)


def _made_by(document: SourceDocument, start: int, at: int, end: int) -> bool:
    """Whether `do X V` is the predicate of a thing: `Xe nghi lễ do đơn vị chủ trì đảm nhiệm.`"""
    folded = document.folded
    clause = max(folded.rfind(mark, start, at) + 1 for mark in (";", ":", ".")) or start
    while clause < at and not folded[clause].isalnum():
        clause += 1
    if clause == at or _UNLIKE_THING.search(folded, clause, at) or starts_body(document, clause, at):
        return False
    words = lexicon()
    opens = words.openers.at(folded, clause, at) or words.stops.at(folded, clause, at)
    return not opens and next(words.strong.find(folded, clause, end), None) is None


# What is told of a thing in brackets, in a list or after "là" is no sentence with the thing as its subject
_UNLIKE_THING = pattern(r"[(]| (?:là|gồm|theo|đã|được) ")


def _whole(document: SourceDocument, start: int, position: int, end: int) -> Span:
    stop = find_stop(document, start, position, end, governed=True)
    return Span(start, stop.start if stop else min(end, start + _REACH))
