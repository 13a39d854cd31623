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
    capital: frozenset[str]  # bodies only when written with a capital: Thanh tra, Hội
    subject: frozenset[str]  # in small letters a subject only after a quantifier: cán bộ
    posts: frozenset[str]
    listed: frozenset[str]  # nouns that stand in lists of bodies
    stop: regex.Pattern[str]
    kinds: dict[str, frozenset[str]]
    nouns: frozenset[str]


def _alternation(words: set[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _words() -> _Words:
    alone: set[str] = set()
    capital: set[str] = set()
    subject: set[str] = set()
    posts: set[str] = set()
    bare: set[str] = set()
    unless: dict[str, frozenset[str]] = {}
    for row in rows("body_words"):
        word = fold(row["word"])
        if row["kind"] == "quantifier":
            continue
        (alone if row["alone"] else bare).add(word)
        if row["alone"] == "capital":
            capital.add(word)
        if row["kind"] == "post":
            posts.add(word)
        if row["alone"] == "subject":
            subject.add(word)
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
            rf"(?<!\w)(?:(?P<q>{quantified}(?: {quantified}){{0,2}}) (?P<qn>{_alternation(alone | bare)})"
            rf"|(?P<n>{_alternation(alone)}))(?!\w)"
        ),
        unless,
        frozenset(capital),
        frozenset(subject),
        frozenset(posts),
        frozenset(alone) | {fold("tổ chức")},
        # "chủ trì", "có trách nhiệm", "rà soát"; also the punctuation that ends a name
        regex.compile(rf"(?<!\w)(?P<word>{_alternation(stops)})(?!\w)|(?P<mark>[:()])"),
        {word: frozenset(of) for word, of in kinds.items()},
        frozenset(alone | bare),
    )


def starts_body(
    document: SourceDocument, position: int, end: int, *, as_object: bool = False
) -> regex.Match[str] | None:
    """The head of a body's name that opens at `position`: its quantifier and its first noun.

    `as_object`: it follows `giao`, `phối hợp với`, where `cán bộ` in small letters is somebody.
    """
    words = _words()
    match = words.start.match(document.folded, position, end)
    if match is None:
        return None
    noun = match["n"] or match["qn"]
    place = match.start("n") if match["n"] else match.start("qn")
    text, follow = document.text, match.end() + 1
    proper = noun in words.capital or (" " not in noun and noun != "người") or (noun in words.subject and not as_object)
    small = match["n"] and proper and not text[place].isupper()
    if small and not text[follow : follow + 1].isupper():
        return None  # "sở", "thanh tra" in small letters are bodies only after "các" or before a name: "phòng CNTT"
    barred = words.unless.get(noun)
    if barred:
        following = document.folded[match.end() : match.end() + 12]
        if "," in barred and following.startswith(","):
            return None
        rest = following.split()
        capital = text[follow : follow + 1].isupper() and not text[place + 1 : place + 2].isupper()
        if rest and not capital and rest[0].strip(",.;:()") in barred:
            return None  # "bộ máy", "tổ chức", "phòng ngừa"
    return match


def find_stop(document: SourceDocument, start: int, position: int, end: int) -> Stop | None:
    """The first word after a body's name that is no part of it: its verb, or a colon.

    The head of the name stands from `start` to `position`. A clause on the noun (`người nộp thuế`, `cơ quan quản lý
    thuế`) is part of the name; then only a strong word ends it (`phải`, `có trách nhiệm`, `khi`).
    """
    words = _words()
    folded, text = document.folded, document.text
    limit = min(end, position + _REACH)
    first: Stop | None = None
    needs_strong = False
    for match in words.stop.finditer(folded, start, limit):
        if match.start() < position:
            continue
        mark = match["mark"]
        if mark == ":":
            if _lists(document, match.start(), limit):
                continue
            return first or Stop(match.start(), match.end(), frozenset(("colon",)))
        if mark:
            depth_end = folded.find(")", match.end(), limit)
            position = depth_end + 1 if mark == "(" and depth_end >= 0 else position
            continue
        if text[match.start()].isupper():
            continue  # "Ban Chỉ đạo", "Cục Quản lý Dược": part of a name
        kinds = words.kinds[match["word"]]
        if "inner" in kinds or kinds == {"relative"}:
            continue
        if first is not None:
            if "verb" not in kinds:
                return Stop(match.start(), match.end(), kinds)
            continue
        if match["word"] in _PASSIVE:
            strong = _STRONG.search(folded, match.end(), min(limit, match.end() + 200))
            if strong:
                return Stop(strong.start(), strong.end(), frozenset(("modal",)))
        before = folded[max(0, match.start() - 32) : match.start()].split()
        clause = _on_noun(before, kinds)
        if clause:
            first = Stop(match.start(), match.end(), kinds)
            needs_strong = clause == "one"
            continue
        return Stop(match.start(), match.end(), kinds)
    if first is not None and needs_strong:
        return Stop(first.start, first.end, frozenset(("clause",)))
    return first


def ends_body(document: SourceDocument, start: int, end: int) -> bool:
    """Whether the words before `end` are a body's noun: a comma after `cán bộ` stands in a list."""
    words = document.folded[max(start, end - 30) : end].split()
    nouns = _words().listed
    return bool(words) and (words[-1] in nouns or " ".join(words[-2:]) in nouns)


def is_bare(document: SourceDocument, span: Span) -> bool:
    """Whether a slice is nothing but a noun for one body: `đơn vị`, `cơ quan`; it names nobody."""
    folded = document.folded[span.start : span.end].strip(" ,;:.")
    return folded in _GENERIC or folded == "người"


def starts_action(folded: str) -> bool:
    """Whether folded text opens with what a body is to do: `Tham mưu ...`, `chủ trì ...`."""
    words = _words()
    match = words.stop.match(folded)
    return bool(match and match["word"] and words.kinds[match["word"]] & {"modal", "verb", "adverbial"})


_PLURAL: Final = frozenset(fold(w) for w in ("các", "những", "mọi", "và", "từng", "mỗi", "toàn"))
_PASSIVE: Final = frozenset(fold(w) for w in ("được", "được giao"))
# "các xã, phường được bổ sung kinh phí, chịu trách nhiệm ..."
_STRONG = regex.compile(r"(?<!\w)(?:có trách nhiệm|chịu trách nhiệm|có nghĩa vụ|có nhiệm vụ)(?!\w)")
_GENERIC: Final = frozenset(
    fold(w) for w in ("cơ quan", "đơn vị", "tổ chức", "cán bộ", "bộ phận", "cá nhân", "nhân viên")
)


def _on_noun(before: list[str], kinds: frozenset[str]) -> str:
    """Whether a verb may open a clause on the noun before it; "one" where only a strong word can then be the predicate.

    `người nộp thuế`, `đơn vị tư vấn` speak of one such; `các đơn vị rà soát` is a sentence.
    """
    if not before or (kinds & {"modal", "never"} and before[-1] != "người"):
        return ""
    if before[-1] == "người":
        return "one"
    if " ".join(before[-2:]) not in _GENERIC:
        return ""
    ahead = before[-3] if len(before) > 2 else ""
    if not ahead.endswith(",") and ahead not in _PLURAL:
        return "one"
    return "many" if "relative" in kinds else ""


def _lists(document: SourceDocument, colon: int, limit: int) -> bool:
    """Whether a colon stands inside a list of names: `Giám đốc các Sở: Tài chính, Nội vụ`, `các hội: Hội Nghề cá`."""
    words = _words()
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
    return plural and (noun in words.nouns or pair in words.nouns)


def split_bodies(document: SourceDocument, start: int, end: int) -> list[Span]:
    """One slice for each name of a list; names with inner commas (`Bộ Văn hóa, Thể thao và Du lịch`) stay whole."""
    folded, text = document.folded, document.text
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
