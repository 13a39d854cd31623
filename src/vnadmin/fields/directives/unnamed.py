"""Subjects that no list of bodies knows, by what only somebody does: `Tổ hợp tác chịu trách nhiệm bảo vệ rừng`."""

from __future__ import annotations

from typing import Final, NamedTuple

from vnadmin.fields.directives.lexicon import lexicon
from vnadmin.fields.directives.predicate import MODAL, Stop
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.pattern import pattern

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
