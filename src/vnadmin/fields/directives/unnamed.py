"""Subjects by the frame they stand in: what only somebody does (`Tổ hợp tác chịu trách nhiệm`), what a time limit demands."""

from __future__ import annotations

from typing import Final, NamedTuple

from vnadmin.fields.directives.bodies import CLAUSED, is_bare, starts_body
from vnadmin.fields.directives.lexicon import lexicon
from vnadmin.fields.directives.noun_clause import JOINED, is_anybody, spaced
from vnadmin.fields.directives.predicate import MODAL, Stop
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

_ACTS: Final = frozenset({"modal", "verb", "order", "adverbial", "tail", "never"})
# "Nhà nghỉ dưỡng có trách nhiệm mở sổ", "Các điểm truy nhập Internet công cộng có nghĩa vụ": only somebody bears a duty
_BEARS = pattern(
    r"(?P<name>(?:(?! (?:của|cho|về|với|để|là|thì|mà|khi|nếu|không|phải|người|cần|và có|và chịu|do) )[^;:.()\d]){4,110})"
    r"(?<=\w) (?:đều |cũng |cùng |phải )?(?:có|chịu) (?:trách nhiệm|nghĩa vụ|nhiệm vụ)(?!\w)"
)
_BEARER_WORDS: Final = 12
_UNNAMED_REACH: Final = 60
_UNNAMED_WORDS: Final = 8
_BROKEN = pattern(r"[,;:.()\d]|(?<!\w)(?:và|hoặc|các|những|mọi|cho|để|với|không|được|bị)(?!\w)")


class Subject(NamedTuple):
    """A subject and the word that ends it."""

    span: Span
    stop: Stop


def unnamed(document: SourceDocument, position: int, end: int) -> Subject | None:
    """A subject that no list knows, by what only somebody does: `Tổ hợp tác chịu trách nhiệm bảo vệ rừng`."""
    words, folded = lexicon(), document.folded
    quantifier = words.quantifiers.at(folded, position, end)
    noun = quantifier.end + 1 if quantifier else position
    opens = words.stops.at(folded, noun, end)
    if words.no_subject.at(folded, noun, end) or (opens and words.kinds.get(opens.phrase, MODAL) & _ACTS):
        return None
    bears = bearer(document, position, end)
    if bears is not None or opens:
        return bears
    reach = min(end, position + _UNNAMED_REACH)
    verb = next(
        (hit for hit in words.stops.find(folded, position, reach) if "inner" not in words.kinds.get(hit.phrase, ())),
        None,
    )
    if verb is None or verb.start - 1 <= position or not words.agents.at(folded, verb.start, end):
        return None
    name = folded[position : verb.start].strip()
    if _BROKEN.search(name) or len(name.split()) > _UNNAMED_WORDS:
        return None
    return Subject(Span(position, verb.start), Stop(verb.start, verb.end, words.kinds[verb.phrase]))


def bearer(document: SourceDocument, position: int, end: int) -> Subject | None:
    """Who bears a duty that follows the name at once, whatever the noun: `hội thể thao quốc gia có trách nhiệm`."""
    bears = _BEARS.match(document.folded, position, end)
    if bears is None or not _is_list(document, position, bears.end("name")):
        return None
    return Subject(Span(position, bears.end("name")), Stop(bears.end("name") + 1, bears.end(), MODAL))


def _is_list(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a short slice is one name or a list of names: `Khối trưởng, Cụm trưởng`."""
    text = document.text
    names = text[start:end].split(", ")
    return len(text[start:end].split()) <= _BEARER_WORDS and (len(names) == 1 or all(n[:1].isupper() for n in names))


ACTIVE: Final = frozenset({"modal", "verb", "order", "adverbial"})
_DOES: Final = frozenset({"modal", "verb", "order"})
_ALWAYS: Final = frozenset({"modal", "adverbial", "tail"})
_LIMIT = (
    r"(?:(?:trong (?:thời (?:hạn|gian)|vòng)|chậm nhất|muộn nhất|không quá|sau|trước)(?= [^,;:.]{0,60}\d)"
    r"|(?:ngay )?sau khi|trước khi|định kỳ|h[ằà]ng (?:năm|quý|tháng|tuần)|căn cứ|trên cơ sở)(?!\w)"
)
_LIMITED, _LIMITED_THEN = pattern(_LIMIT), pattern(rf"(?<=, ){_LIMIT}")
# What is allowed, forbidden or told of somebody is no task, whatever opens the clause
_RIGHT = pattern(r"(?:không(?! thuộc)|chưa|chỉ|vẫn|có quyền|có thể|được (?:phép|quyền|hưởng)|gồm|bao gồm)(?!\w)")
_CLAUSE_END = pattern(r"[.;:]| thì | nhưng |$")
_OBJECT = pattern(r" (?:về|vào|cho|đến|tới|để|bằng|nhưng|còn) |, (?:các|những) ")
_PREDICATES: Final = (
    " và ",
    " hoặc ",
    " còn ",
    " sẽ ",
    " cũng ",
    " đều ",
)  # a word behind these tells of nobody's name
_PASSIVE: Final = "được"
_IS: Final = "là "
_OF: Final = " của "
_THEN: Final = " thì "
_WHO: Final = tuple(f" {noun} " for noun in CLAUSED)
_CLAUSE_WORDS: Final = 20


def limited(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a time limit or a basis opens a clause, or follows what opens it: `Trường hợp ..., trong thời hạn 05 ngày`."""
    return bool(_LIMITED.match(document.folded, start, end) or _LIMITED_THEN.search(document.folded, start, end))


def due(document: SourceDocument, subject: Subject, opener: int, end: int) -> Subject | None:
    """A subject whose name goes on to the verb of its clause; `opener` is where the clause that comes before it begins.

    The word that was taken for the end of the name tells but who is meant: `cơ quan` + `tiếp nhận`, `các tổ chức` +
    `được giao quản lý`. A time limit or a basis is never of a clause without a task, so its verb stands behind.
    """
    folded, span, stop = document.folded, subject.span, subject.stop
    if "order" in stop.kinds and "verb" not in stop.kinds and limited(document, opener, span.start):
        # "Trên cơ sở tiêu chuẩn, đơn vị đề nghị khen thưởng"
        return Subject(span, Stop(stop.start, stop.end, stop.kinds | {"verb"}))
    idle = not stop.kinds & ACTIVE or (is_bare(document, span) and not stop.kinds & _ALWAYS)
    if not idle or _RIGHT.match(folded, stop.start) or folded.endswith(_PREDICATES, span.start, stop.start):
        return None
    must = limited(document, opener, span.start)
    if not must and ("tail" in stop.kinds or not is_anybody(document, span.start, stop.start)):
        return None
    verb = _verb(document, stop, end)
    return Subject(Span(span.start, verb.start), verb) if verb and (must or _sends(folded, stop, verb)) else None


def _sends(folded: str, stop: Stop, verb: Stop) -> bool:
    """Whether a verb hands something on, which is told of nobody else: `tổ chức được giao quản lý cổ vật gửi hồ sơ`."""
    by = folded[stop.start : stop.end] == _PASSIVE  # "cơ quan được người nộp lựa chọn truyền chứng từ nộp tiền"
    return (
        not by and folded[verb.start : verb.end].split()[0] in lexicon().serial and not folded.startswith(_OF, verb.end)
    )


def _verb(document: SourceDocument, stop: Stop, end: int) -> Stop | None:
    """The first verb behind the clause that a word opens, which neither follows another at once nor is joined to it."""
    folded, words, last = document.folded, lexicon(), stop.end
    ends = _CLAUSE_END.search(folded, stop.start, end)
    limit = ends.start() if ends else end
    if ends and ends[0] == _THEN:
        return None  # "Sau khi ngân hàng đang quản lý tài khoản khấu trừ đủ thì ...": a case
    passive = folded[stop.start : stop.end] == _PASSIVE
    given = passive and starts_body(document, last + 1, limit, loose=True) is not None
    right = words.stops.at(folded, last + 1, limit) if passive and not given else None
    kinds = words.kinds.get(right.phrase, _DOES) if right else frozenset()
    if kinds & _DOES and "short" not in kinds:
        return None  # "Quỹ được thực hiện cơ chế tự chủ"; "các phòng được hỏi" + "trả lời"
    told = "never" in stop.kinds
    comma = -1 if given or folded.startswith(_IS, stop.start) else _next_body(document, last, limit)
    for hit in words.stops.find(folded, last, limit if comma < 0 else comma):
        kinds = words.kinds.get(hit.phrase, frozenset())
        if hit.phrase == "(":
            last = folded.find(")", hit.end, limit)
        if last < 0 or (hit.start >= last and _RIGHT.match(folded, hit.start)):
            return None
        if hit.start < last or "inner" in kinds or document.text[hit.start].isupper():
            continue
        if "never" in kinds:
            last, told = hit.end, True
            continue
        serial = hit.phrase.split()[0] in words.serial
        if not kinds & _DOES or ("short" in kinds and not serial):
            continue
        joined = folded.endswith(JOINED, last, hit.start)
        follows = not folded[last : hit.start].strip() or folded.endswith(spaced("takes a verb"), last - 1, hit.start)
        who = folded.endswith(_WHO, last, hit.start)
        if given or joined or who or (follows and "modal" not in kinds and (told or not serial)):
            last, given, told = hit.end, False, False
            continue
        name = folded[stop.start : hit.start]
        if hit.end >= limit or _OBJECT.search(name) or len(name.split()) > _CLAUSE_WORDS:
            return None  # "khối lượng nghiệm thu."
        return None if folded.startswith(f" {_PASSIVE}", hit.end) else Stop(hit.start, hit.end, kinds)
    return None


def _next_body(document: SourceDocument, start: int, end: int) -> int:
    """The comma behind which another body stands: `cá nhân có thành tích, đơn vị ...` is two clauses, -1 where none does."""
    return next(
        (at for at in find_all(document.folded, ", ", start, end) if starts_body(document, at + 2, end, loose=True)), -1
    )
