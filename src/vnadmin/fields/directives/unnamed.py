"""Subjects that no list knows, by the frame they stand in: only somebody `chịu trách nhiệm` or `chủ động` does a thing."""

from __future__ import annotations

from typing import Final

from vnadmin.fields.directives.bodies import split_bodies
from vnadmin.fields.directives.lexicon import DUTY, lexicon, link_words, names_duty
from vnadmin.fields.directives.phrases import word_at
from vnadmin.fields.directives.predicate import ACTS, MODAL, Stop, Subject
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.alternation import alternation
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

# "Nhà nghỉ dưỡng có trách nhiệm mở sổ", "Các điểm truy nhập Internet công cộng có nghĩa vụ": only somebody bears a duty
_BEARS = pattern(
    lambda: (
        rf"(?P<name>(?:(?! (?:{alternation(link_words('parts a bearer from its duty'))}) )[^;:.()\d]){{4,110}})"
        rf"(?<=\w) (?:đều |cũng |cùng |phải )?(?:có|chịu) {DUTY}(?!\w)"
    )
)
_DUTY_REACH: Final = 340  # characters in which the pattern can end
_BEARER_WORDS: Final = 12
_UNNAMED_REACH: Final = 60
_UNNAMED_WORDS: Final = 8
_AGENT: Final = 40  # characters that hold the word by which only somebody acts
_NO_NAME = pattern(lambda: rf"[,;:.()\d]|(?<!\w)(?:{alternation(link_words('stands in no name'))})(?!\w)")


def unnamed(document: SourceDocument, position: int, end: int, word: str) -> Subject | None:
    """The subject that opens here with `word`, whatever its noun: `Tổ hợp tác chịu trách nhiệm bảo vệ rừng`."""
    words, folded = lexicon(), document.folded
    if folded.find(_CARRIED_OUT, position, end) >= 0 and (enforcers := _enforcers(document, position, end)):
        return enforcers
    noun = position
    if word in words.quantifiers.firsts and (quantifier := words.quantifiers.at(folded, position, end, word)):
        noun += len(quantifier) + 1
        word = word_at(folded, noun, end)
    opens = words.stops.at(folded, noun, end, word)
    if (opens and words.kinds.get(opens, MODAL) & _NO_NOUN) or words.no_subject.at(folded, noun, end, word):
        return None
    bears = bearer(document, position, end)
    if bears is not None or opens:
        return bears
    reach = min(end, position + _UNNAMED_REACH)
    if next(words.agents.find(folded, position, min(end, reach + _AGENT)), None) is None:  # mostly
        return None
    verb = next(
        (hit for hit in words.stops.find(folded, position, reach) if "inner" not in words.kinds.get(hit.phrase, ())),
        None,
    )
    if verb is None or verb.start - 1 <= position or not words.agents.at(folded, verb.start, end):
        return None
    name = folded[position : verb.start].strip()
    if _NO_NAME.search(name) or len(name.split()) > _UNNAMED_WORDS:
        return None
    return Subject(Span(position, verb.start), Stop(verb.start, verb.end, words.kinds[verb.phrase]))


# "Trung tâm Lưu ký; các nhà xuất bản chịu trách nhiệm thi hành Quyết định này": all up to the duty are to carry it out
_ENFORCE = pattern(
    r"(?P<name>(?:(?! (?:này|kể từ|hiệu lực|khi|nếu|được|thay thế) )[^:.]){4,900}?) (?:(?:có|chịu) trách nhiệm|căn cứ) "
    r"(?:(?:tổ chức|phối hợp|triển khai|thực hiện) ){0,3}thi hành (?:\w++ ){1,4}này(?!\w)"
)


def _enforcers(document: SourceDocument, position: int, end: int) -> Subject | None:
    """Who is to carry out the document itself, whatever their nouns; one of a list at least is known."""
    folded = document.folded
    found = _ENFORCE.match(folded, position, end)
    if found is None or not document.text[position].isupper() or lexicon().no_subject.at(folded, position, end):
        return None
    if lexicon().stops.at(folded, position, end):
        return None  # "Giao Trưởng phòng Nội vụ chịu trách nhiệm thi hành Quyết định này"
    close = found.end("name")
    if len(split_bodies(document, position, close)) == 1:
        return None
    return Subject(Span(position, close), Stop(close + 1, found.end(), MODAL))


_CARRIED_OUT: Final = " thi hành "
_NO_NOUN: Final = ACTS | {"tail", "never"}  # kinds of word of which none is the noun of a body


def bearer(document: SourceDocument, position: int, end: int) -> Subject | None:
    """Who bears a duty that follows the name at once, whatever the noun: `hội thể thao quốc gia có trách nhiệm`."""
    folded, reach = document.folded, min(end, position + _DUTY_REACH)
    if not names_duty(folded, position, reach):
        return None
    bears = _BEARS.match(folded, position, end)
    if bears is None or not _is_list(document, position, bears.end("name")):
        return None
    return Subject(Span(position, bears.end("name")), Stop(bears.end("name") + 1, bears.end(), MODAL))


def _is_list(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a short slice is one name or a list of names: `Khối trưởng, Cụm trưởng`."""
    text = document.text
    names = text[start:end].split(", ")
    if len(names) > 1 and not all(name[:1].isupper() for name in names):
        return False
    # "Thông tấn xã Việt Nam, Quỹ Bảo vệ môi trường và Thống đốc ...": behind the first, bodies that are known
    return len(text[start:end].split()) <= _BEARER_WORDS or len(split_bodies(document, start, end)) > 1


def askers(document: SourceDocument, position: int, end: int, word: str) -> tuple[int, ...]:
    """Where who asks may stand in a clause on questions: behind `Mọi thắc mắc`, and behind each comma."""
    asked = _QUESTIONS.match(document.folded, position, end) if word == _EVERY else None
    if asked is None:
        return ()
    commas = find_all(document.folded, ", ", asked.end(), min(end, position + _ASKED_REACH))
    return (asked.end(), *(at + len(", ") for at in commas))


_EVERY: Final = "mọi"
_QUESTIONS = pattern(r"mọi (?:thắc mắc|vướng mắc|khó khăn|ý kiến|thông tin)(?:,? (?:cần|xin|đề nghị))? ")
_ASKED_REACH: Final = 200
ASKS_AT: Final = ("liên hệ", "trao đổi", "phản ánh", "thông báo")  # "sinh viên có thể liên hệ" is free to
