"""Bodies in running text: where the name of a body, post or group of persons begins, ends and splits into several."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import regex

from vnadmin.gazetteer import rows, words_where
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.fold import fold

# The name of one subject, or a list of them, in one sentence: the clause on enforcement of a decree runs to 90 words.
_REACH: Final = 900


@dataclass(frozen=True, slots=True)
class Stop:
    """The word that ends the name of a body: where it stands and what kinds of word it may be."""

    start: int
    end: int
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists as compiled patterns."""

    start: regex.Pattern[str]
    unless: dict[str, frozenset[str]]
    stop: regex.Pattern[str]
    kinds: dict[str, frozenset[str]]
    nouns: frozenset[str]
    persons: frozenset[str]


def _alternation(words: set[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _words() -> _Words:
    alone: set[str] = set()
    bare: set[str] = set()
    persons: set[str] = set()
    unless: dict[str, frozenset[str]] = {}
    for row in rows("body_words"):
        word = fold(row["word"])
        if row["kind"] == "quantifier":
            continue
        (alone if row["alone"] else bare).add(word)
        if row["kind"] == "person":
            persons.add(word)
        if row["unless"]:
            unless[word] = frozenset(fold(part) for part in row["unless"].split(","))
    quantifiers = {fold(word) for word in words_where("body_words", "kind", "quantifier")}
    kinds: dict[str, set[str]] = {}
    for row in rows("action_verbs"):
        kinds.setdefault(fold(row["word"]), set()).add(row["kind"])
    stops = {word for word, of in kinds.items() if of != {"partner"}}
    quantified = f"(?:{_alternation(quantifiers)})"
    return _Words(
        # "Các sở, ban, ngành", "Ủy ban nhân dân", "đồng chí Chủ tịch", "các tổ chức, cá nhân"
        regex.compile(
            rf"(?<!\w)(?:(?P<q>{quantified}(?: {quantified})*+) (?P<qn>{_alternation(alone | bare)})"
            rf"|(?P<n>{_alternation(alone)}))(?!\w)"
        ),
        unless,
        # "chủ trì", "có trách nhiệm", "rà soát"; also the punctuation that ends a name
        regex.compile(rf"(?<!\w)(?P<word>{_alternation(stops)})(?!\w)|(?P<mark>[:()])"),
        {word: frozenset(of) for word, of in kinds.items()},
        frozenset(alone | bare),
        frozenset(persons),
    )


def starts_body(document: SourceDocument, position: int, end: int) -> regex.Match[str] | None:
    """The head of a body's name that opens at `position`: its quantifier and its first noun."""
    words = _words()
    match = words.start.match(document.folded, position, end)
    if match is None:
        return None
    noun = match["n"] or match["qn"]
    barred = words.unless.get(noun)
    if barred:
        rest = document.folded[match.end() : match.end() + 12].split()
        following = rest[0].strip(",.;:()") if rest else ""
        if following in barred or (rest and rest[0][:1] in barred and rest[0][:1] == ","):
            return None
        if "," in barred and document.folded[match.end() : match.end() + 1] == ",":
            return None
    return match


def find_stop(document: SourceDocument, position: int, end: int) -> Stop | None:
    """The first word after a body's name that is no part of it: its verb, or a colon."""
    words = _words()
    folded, text = document.folded, document.text
    limit = min(end, position + _REACH)
    while position < limit:
        match = words.stop.search(folded, position, limit)
        if match is None:
            return None
        position = match.end()
        mark = match["mark"]
        if mark == "(":
            close = folded.find(")", position, limit)
            position = close + 1 if close >= 0 else position
            continue
        if mark == ")":
            continue
        if mark == ":":
            if _lists(document, match.start(), limit):
                continue
            return Stop(match.start(), match.end(), frozenset(("colon",)))
        if text[match.start()].isupper():
            continue  # "Ban Chỉ đạo", "Cục Quản lý Dược": part of a name
        kinds = words.kinds[match["word"]]
        if "inner" in kinds or kinds == {"relative"}:
            continue
        before = folded[max(0, match.start() - 24) : match.start()].split()
        if before and _on_noun(before, kinds) and _later_verb(document, match.end(), limit):
            continue  # "cơ quan quản lý thuế phải ...", "người kê khai ký ..."
        return Stop(match.start(), match.end(), kinds)
    return None


_GENERIC: Final = frozenset(
    fold(w) for w in ("cơ quan", "đơn vị", "tổ chức", "cán bộ", "bộ phận", "cá nhân", "nhân viên")
)


def _on_noun(before: list[str], kinds: frozenset[str]) -> bool:
    """Whether a verb may open a clause on the noun before it: `người nộp thuế`, `cơ quan quản lý thuế`."""
    if before[-1] == "người":
        return True
    return "relative" in kinds and " ".join(before[-2:]) in _GENERIC


def _later_verb(document: SourceDocument, position: int, limit: int) -> bool:
    """Whether another verb follows soon, so that the first may belong to a clause on the noun."""
    words = _words()
    stop = min(limit, position + 160)
    for match in words.stop.finditer(document.folded, position, stop):
        if match["mark"]:
            if match["mark"] == ":":
                return False
            continue
        if document.text[match.start()].isupper():
            continue
        kinds = words.kinds[match["word"]]
        if kinds & {"modal", "verb", "never"} and "inner" not in kinds:
            return True
    return False


def _lists(document: SourceDocument, colon: int, limit: int) -> bool:
    """Whether a colon stands inside a list of names: `Giám đốc các Sở: Tài chính, Nội vụ`, `các hội: Hội Nghề cá`."""
    words = _words()
    before = document.folded[max(0, colon - 30) : colon].split()
    if len(before) < 2:
        return False
    noun = before[-1]
    plural = "các" in before[-4:-1] or "những" in before[-4:-1]
    after = colon + 1
    while after < limit and document.folded[after] == " ":
        after += 1
    return (
        plural
        and (noun in words.nouns or noun in ("sở", "ngành", "hội", "cục"))
        and document.text[after : after + 1].isupper()
    )


def split_bodies(document: SourceDocument, start: int, end: int) -> list[Span]:
    """One slice for each name of a list; names with inner commas (`Bộ Văn hóa, Thể thao và Du lịch`) stay whole."""
    folded, text = document.folded, document.text
    spans: list[Span] = []
    first = start
    for match in _SEPARATOR.finditer(folded, start, end):
        if match.start() < first:
            continue
        if match[0][0] == "(":
            _add(document, spans, first, match.start())
            first = match.end()
            continue
        following = starts_body(document, match.end(), end)
        if following is None:
            continue
        noun = following["n"]
        if noun is not None and not text[match.end()].isupper() and len(noun.split()) == 1:
            continue  # "các sở, ban, ngành"
        if match[0][0] == ":":
            continue
        _add(document, spans, first, match.start())
        first = match.end()
    _add(document, spans, first, end)
    return spans


# ", ", "; ", " và ", " hoặc ", " cùng "; a parenthesis "(cơ quan thường trực)" is left out
_SEPARATOR = regex.compile(r"\([^()]*+\)|[,;] (?:và |hoặc |cùng )?| (?:và|hoặc|cùng|cùng với|với) ")
_EDGE: Final = ' \n,;:.-–*_“”"/'


def _add(document: SourceDocument, spans: list[Span], start: int, end: int) -> None:
    text = document.text
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if start < end:
        spans.append(Span(start, end))
