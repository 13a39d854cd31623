"""Bodies in running text: where the name of a body, post or group of persons begins, ends and splits into several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from vnadmin.fields.directives.lexicon import MARKS, lexicon
from vnadmin.fields.directives.phrases import Hit, word_at
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# The name of one subject, or a list of them, in one sentence: the clause on enforcement of a decree runs to 90 words.
_REACH: Final = 900
_PERSON: Final = fold("người")
_COLON: Final = frozenset({"colon"})
_CLAUSE: Final = frozenset({"clause"})
_MODAL: Final = frozenset({"modal"})
_RELATIVE: Final = frozenset({"relative"})


@dataclass(frozen=True, slots=True)
class Stop:
    """The word that ends the name of a body: where it stands and what kinds of word it may be."""

    start: int
    end: int
    kinds: frozenset[str]


class Head(NamedTuple):
    """The head of a body's name: where it begins and ends, its noun, and whether `các`, `những` stands before it."""

    start: int
    end: int
    noun: str
    quantified: bool


def starts_body(document: SourceDocument, position: int, end: int, *, as_object: bool = False) -> Head | None:
    """The head of a body's name that opens at `position`: its quantifier and its first noun.

    `as_object`: it follows `giao`, `phối hợp với`, where `cán bộ` in small letters is somebody.
    """
    words, folded, text = lexicon(), document.folded, document.text
    word = word_at(folded, position, end)
    if word not in words.heads:
        return None
    hit = _quantified(folded, position, end, 3, word) if words.quantifiers.opens(word) else None
    quantified = hit is not None
    if hit is None:
        hit = words.alone.at(folded, position, end, word)
        if hit is None:
            return None
    noun, place, follow = hit.phrase, hit.start, hit.end + 1
    if not quantified and not text[place].isupper() and not text[follow : min(follow + 1, end)].isupper():
        # "sở", "thanh tra" in small letters are bodies only after "các" or before a name: "phòng CNTT"
        single = " " not in noun and noun != _PERSON
        if single or noun in words.capital or (noun in words.subject and not as_object):
            return None
    barred = words.unless.get(noun)
    if barred:
        following = folded[hit.end : hit.end + 12]
        if "," in barred and following.startswith(","):
            return None
        rest = following.split()
        capital = text[follow : follow + 1].isupper() and not text[place + 1 : place + 2].isupper()
        if rest and not capital and rest[0].strip(",.;:()") in barred:
            return None  # "bộ máy", "tổ chức", "phòng ngừa"
    return Head(position, hit.end, noun, quantified)


def _quantified(folded: str, position: int, end: int, depth: int, word: str | None = None) -> Hit | None:
    """The noun after one to three quantifiers: `các`, `các đồng chí`, `tất cả các`."""
    words = lexicon()
    for quantifier in words.quantifiers.all_at(folded, position, end, word):
        if folded[quantifier.end : quantifier.end + 1] != " ":
            continue
        noun = words.nouns.at(folded, quantifier.end + 1, end)
        if noun is None and depth > 1:
            noun = _quantified(folded, quantifier.end + 1, end, depth - 1)
        if noun is not None:
            return noun
    return None


def find_stop(document: SourceDocument, start: int, position: int, end: int) -> Stop | None:
    """The first word after a body's name that is no part of it: its verb, or a colon.

    The head of the name stands from `start` to `position`. A clause on the noun (`người nộp thuế`, `cơ quan quản lý
    thuế`) is part of the name; then only a strong word ends it (`phải`, `có trách nhiệm`, `khi`).
    """
    words, folded, text = lexicon(), document.folded, document.text
    limit = min(end, position + _REACH)
    first: Stop | None = None
    needs_strong = False
    for hit in words.stops.find(folded, start, limit):
        if hit.start < position:
            continue
        if hit.phrase == ":":
            if _lists(document, hit.start, limit):
                continue
            return first or Stop(hit.start, hit.end, _COLON)
        if hit.phrase in MARKS:
            close = folded.find(")", hit.end, limit)
            position = close + 1 if hit.phrase == "(" and close >= 0 else position
            continue
        if text[hit.start].isupper():
            continue  # "Ban Chỉ đạo", "Cục Quản lý Dược": part of a name
        kinds = words.kinds[hit.phrase]
        if "inner" in kinds or kinds == _RELATIVE:
            continue
        if first is not None:
            if "verb" not in kinds:
                return Stop(hit.start, hit.end, kinds)
            continue
        if "passive" in kinds:
            strong = next(words.strong.find(folded, hit.end, min(limit, hit.end + 200)), None)
            if strong:
                return Stop(strong.start, strong.end, _MODAL)
        clause = _on_noun(folded[max(0, hit.start - 32) : hit.start].split(), kinds)
        if not clause:
            return Stop(hit.start, hit.end, kinds)
        first = Stop(hit.start, hit.end, kinds)
        needs_strong = clause == "one"
    if first is not None and needs_strong:
        return Stop(first.start, first.end, _CLAUSE)
    return first


def ends_body(document: SourceDocument, start: int, end: int) -> bool:
    """Whether the words before `end` are a body's noun: a comma after `cán bộ` stands in a list."""
    words = document.folded[max(start, end - 30) : end].split()
    nouns = lexicon().listed
    return bool(words) and (words[-1] in nouns or " ".join(words[-2:]) in nouns)


def is_bare(document: SourceDocument, span: Span) -> bool:
    """Whether a slice is nothing but a noun for one body: `đơn vị`, `cơ quan`; it names nobody."""
    folded = document.folded[span.start : span.end].strip(" ,;:.")
    return folded in lexicon().clause or folded == _PERSON


def starts_action(folded: str) -> bool:
    """Whether folded text opens with what a body is to do: `Tham mưu ...`, `chủ trì ...`."""
    words = lexicon()
    hit = words.stops.at(folded, 0, len(folded))
    return hit is not None and bool(words.kinds.get(hit.phrase, frozenset()) & {"modal", "verb", "adverbial"})


def _on_noun(before: list[str], kinds: frozenset[str]) -> str:
    """Whether a verb may open a clause on the noun before it; "one" where only a strong word can then be the predicate.

    `người nộp thuế`, `đơn vị tư vấn` speak of one such; `các đơn vị rà soát` is a sentence.
    """
    words = lexicon()
    if not before or (kinds & {"modal", "never"} and before[-1] != _PERSON):
        return ""
    if before[-1] == _PERSON:
        return "one"
    if " ".join(before[-2:]) not in words.clause:
        return ""
    ahead = before[-3] if len(before) > 2 else ""
    if not ahead.endswith(",") and ahead not in words.plural:
        return "one"
    return "many" if "relative" in kinds else ""


def _lists(document: SourceDocument, colon: int, limit: int) -> bool:
    """Whether a colon stands inside a list of names: `Giám đốc các Sở: Tài chính, Nội vụ`, `các hội: Hội Nghề cá`."""
    words = lexicon()
    before = document.folded[max(0, colon - 30) : colon].split()
    if len(before) < 2:
        return False
    noun, pair = before[-1], " ".join(before[-2:])
    after = colon + 1
    while after < limit and document.folded[after] == " ":
        after += 1
    if not document.text[after : after + 1].isupper():
        return False
    if noun in words.posts or pair in words.posts:
        return True
    plural = "các" in before[-4:-1] or "những" in before[-4:-1]
    return plural and (noun in words.known or pair in words.known)


def split_bodies(document: SourceDocument, start: int, end: int) -> list[Span]:
    """One slice for each name of a list; names with inner commas (`Bộ Văn hóa, Thể thao và Du lịch`) stay whole."""
    folded, text, posts = document.folded, document.text, lexicon().posts
    spans: list[Span] = []
    first = start
    for match in _SEPARATOR.finditer(folded, start, end):
        if match.start() < first:
            continue
        if match[0][0] == "(":
            if match[0] == "(bà)":
                continue
            _add(document, spans, first, match.start())
            first = match.end()
            continue
        following = starts_body(document, match.end(), end)
        if following is None:
            continue
        named = text[match.end()].isupper() or text[following.end + 1 : min(following.end + 2, end)].isupper()
        if not (following.quantified or named or following.noun in posts):
            continue  # "các sở, ban, ngành", "cơ quan, tổ chức, cá nhân"
        _add(document, spans, first, match.start())
        first = match.end()
    _add(document, spans, first, end)
    return spans


# ", ", "; ", " và ", " hoặc ", " cùng "; a parenthesis "(cơ quan thường trực)" is left out
_SEPARATOR = pattern(r"\([^()]*+\)|[,;] (?:và |hoặc |cùng )?| (?:và|hoặc|cùng|cùng với|với) ")
_EDGE: Final = ' \n,;:.-–*_“”"/'


def _add(document: SourceDocument, spans: list[Span], start: int, end: int) -> None:
    text = document.text
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if start < end:
        spans.append(Span(start, end))
