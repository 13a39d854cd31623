"""Names that hold a relative clause, and the main verb behind it: `các tổ chức được giao quản lý cổ vật` + `gửi hồ sơ`."""

from __future__ import annotations

from typing import Final

from vnadmin.fields.directives.bodies import CLAUSED, is_bare, starts_body
from vnadmin.fields.directives.deadline.forms import opens_task
from vnadmin.fields.directives.lexicon import lexicon, link_words
from vnadmin.fields.directives.noun_clause import JOINED, is_anybody, spaced
from vnadmin.fields.directives.phrases import Hit
from vnadmin.fields.directives.predicate import ACTS, Stop, Subject
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.alternation import alternation
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

_DOES: Final = ACTS - {"adverbial"}
_NEVER_IN_CLAUSE: Final = frozenset({"modal", "adverbial", "tail"})
_NOTHING: Final[frozenset[str]] = frozenset()
# "cơ quan không có thẩm quyền", "tập thể có thể đề nghị"; "tổ chức không thuộc phạm vi này" tells who is meant
_NO_TASK = pattern(lambda: rf"(?!không thuộc)(?:{alternation(link_words('tells no task'))})(?!\w)")
_CLAUSE_END = pattern(r"[.;:]| thì | nhưng |$")
_NO_CLAUSE = pattern(lambda: rf" (?:{alternation(link_words('stands in no relative clause'))}) |, (?:các|những) ")
_PASSIVE: Final = "được"
_DONE: Final = " được"
_IS: Final = "là "
_OF: Final = " của "
_THEN: Final = " thì "
_WHO: Final = tuple(f" {noun} " for noun in CLAUSED)
_CLAUSE_WORDS: Final = 20


def beyond_clause(document: SourceDocument, subject: Subject, opener: int, end: int) -> Subject | None:
    """A subject with its relative clause, up to the main verb; None where the name ends at the word that was found.

    `Trong 05 ngày, cơ quan | tiếp nhận hồ sơ gửi thông báo`: the first verb tells which body is meant, the second what
    it does. A main verb must follow where a time limit or a basis stands before (from `opener` on); without one it
    must hand something on (`gửi`, `trình`), which is told of nobody else.
    """
    folded, (span, stop) = document.folded, subject
    told = opens_task(document, opener, span.start)
    if told and "order" in stop.kinds and "verb" not in stop.kinds:
        # "Trên cơ sở tiêu chuẩn, đơn vị đề nghị khen thưởng"
        return Subject(span, Stop(stop.start, stop.end, stop.kinds | {"verb"}))
    idle = not stop.kinds & ACTS or (is_bare(document, span) and not stop.kinds & _NEVER_IN_CLAUSE)
    joined = folded.endswith(spaced("stands before a predicate"), span.start, stop.start)
    if not idle or joined or _NO_TASK.match(folded, stop.start):
        return None
    if not told and ("tail" in stop.kinds or not is_anybody(document, span.start, stop.start)):
        return None
    verb = _main_verb(document, stop, end)
    return Subject(Span(span.start, verb.start), verb) if verb and (told or _hands_on(folded, stop, verb)) else None


def _hands_on(folded: str, stop: Stop, verb: Stop) -> bool:
    """Whether a verb hands something on: `tổ chức được giao quản lý cổ vật` + `gửi hồ sơ`."""
    by = folded[stop.start : stop.end] == _PASSIVE  # "cơ quan được người nộp lựa chọn truyền chứng từ nộp tiền"
    return not by and _is_serial(folded[verb.start : verb.end]) and not folded.startswith(_OF, verb.end)


def _main_verb(document: SourceDocument, stop: Stop, end: int) -> Stop | None:
    """The first verb behind the relative clause that `stop` opens; None where there is none, or it tells no task."""
    folded, words = document.folded, lexicon()
    ends = _CLAUSE_END.search(folded, stop.start, end)
    limit = ends.start() if ends else end
    by_whom = _has_agent(document, stop, limit)
    if (ends and ends[0] == _THEN) or (not by_whom and _is_allowed(folded, stop, limit)):
        return None  # "Sau khi ngân hàng đang quản lý tài khoản khấu trừ đủ thì ...": a case
    plain = not by_whom and not folded.startswith(_IS, stop.start)
    last, suffers = stop.end, "never" in stop.kinds
    for hit in words.stops.find(folded, stop.end, _next_body(document, stop.end, limit) if plain else limit):
        kinds = words.kinds.get(hit.phrase, _NOTHING)
        if hit.phrase == "(":
            last = folded.find(")", hit.end, limit)
        if last < 0 or (hit.start >= last and _NO_TASK.match(folded, hit.start)):
            return None
        if hit.start < last or "inner" in kinds or document.text[hit.start].isupper():
            continue
        if "never" in kinds:
            last, suffers = hit.end, True
        elif kinds & _DOES and ("short" not in kinds or _is_serial(hit.phrase)):
            if not by_whom and not _is_in_clause(folded, last, hit, suffers):
                name = folded[stop.start : hit.start]
                whole = hit.end < limit and not _NO_CLAUSE.search(name) and len(name.split()) <= _CLAUSE_WORDS
                # "khối lượng nghiệm thu."; "hồ sơ nộp được lưu giữ"
                return Stop(hit.start, hit.end, kinds) if whole and not folded.startswith(_DONE, hit.end) else None
            last, by_whom, suffers = hit.end, False, False
    return None


def _has_agent(document: SourceDocument, stop: Stop, limit: int) -> bool:
    """Whether a body follows a passive, so that the next verb is that body's: `cơ quan được Bộ` + `giao quản lý`."""
    passive = document.folded[stop.start : stop.end] == _PASSIVE
    return passive and starts_body(document, stop.end + 1, limit, loose=True) is not None


def _is_allowed(folded: str, stop: Stop, limit: int) -> bool:
    """Whether a passive tells what somebody may do or what is done to them: `Quỹ được thực hiện cơ chế tự chủ`."""
    words = lexicon()
    verb = words.stops.at(folded, stop.end + 1, limit) if folded[stop.start : stop.end] == _PASSIVE else ""
    kinds = words.kinds.get(verb, _DOES) if verb else _NOTHING
    return bool(kinds & _DOES) and "short" not in kinds


def _is_in_clause(folded: str, last: int, hit: Hit, suffers: bool) -> bool:
    """Whether a verb belongs to a clause that reaches to `last`: `quản lý, | sử dụng`, `của người | nộp`, `được giao | quản lý`.

    `suffers`: a passive stands last, behind which `gửi`, `trình` are of the clause too.
    """
    if folded.endswith(JOINED, last, hit.start) or folded.endswith(_WHO, last, hit.start):
        return True
    follows = not folded[last : hit.start].strip() or folded.endswith(spaced("takes a verb"), last - 1, hit.start)
    modal = "modal" in lexicon().kinds[hit.phrase]
    return follows and not modal and (suffers or not _is_serial(hit.phrase))


def _is_serial(phrase: str) -> bool:
    """Whether a verb hands something on: `gửi`, `trình`."""
    return phrase.split()[0] in lexicon().serial


def _next_body(document: SourceDocument, start: int, end: int) -> int:
    """Where another clause begins, at the comma before its body (`cá nhân có thành tích | , đơn vị ...`); else `end`."""
    return next(
        (at for at in find_all(document.folded, ", ", start, end) if starts_body(document, at + 2, end, loose=True)),
        end,
    )
