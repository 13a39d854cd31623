"""The predicate that a clause must have where a time limit or a basis opens it: `Trong thời hạn 05 ngày, cơ quan được hỏi trả lời`."""

from __future__ import annotations

from typing import Final

from vnadmin.fields.directives.bodies import CLAUSED, is_bare, starts_body
from vnadmin.fields.directives.lexicon import lexicon
from vnadmin.fields.directives.noun_clause import JOINED, is_anybody, spaced
from vnadmin.fields.directives.predicate import Stop
from vnadmin.fields.directives.unnamed import Subject
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

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
