"""Pinpoints: `điểm a khoản 2 Điều 5`, lists, ranges and shared tails, taken apart into one provision each.

Vietnamese names the smallest part first, so a pinpoint runs from left to right up the instrument:
tiết, điểm, khoản, Điều, Mục, Chương, Phần; `Phụ lục`, `Mẫu số` and `Biểu` stand beside them (NĐ 30/2020, Phụ lục II).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, Protocol

from vnadmin.citation.mention.words import title_words
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.pattern import pattern

LEVELS = (
    "sentence", "indent", "paragraph", "subpoint", "point", "clause", "article",
    "subsection", "section", "chapter", "part", "form", "appendix",
)  # fmt: skip
"""From the smallest to the largest."""
_RANK = {name: index for index, name in enumerate(LEVELS)}
_LEVEL_OF = {
    "câu": "sentence", "gạch đầu dòng": "indent", "đoạn": "paragraph", "tiết": "subpoint", "điểm": "point",
    "khoản": "clause", "điều": "article", "tiểu mục": "subsection", "mục": "section", "chương": "chapter",
    "phần": "part", "mẫu": "form", "biểu": "form", "phụ lục": "appendix",
}  # fmt: skip
# Points run in the Vietnamese alphabet, without f, j, w, z (domain.md 9.4).
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X",
    "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
)  # fmt: skip

_QUOTE = r"[\"']?"
_ASIDE = r"\([^()]{4,60}\)"
_WORDS = ("điều", "khoản", "điểm", "tiết", "mục", "chương", "phần", "mẫu", "biểu", "phụ")
# Parts of a khoản or điểm, named only before one: "gạch đầu dòng thứ hai điểm a", "đoạn 2 khoản 1"; never "đoạn 2" of a road
_LOW_WORD = r"(?:gạch\s+đầu\s+dòng|đoạn|câu)"
_CLOSED = r"(?:(?<=\s[a-zđ])\))?"  # "các điểm a), b) và c) khoản 2"
_GAP = r"(?:\s+|(?=\d))"  # "khoản1", "Điều12"
# Between two parts: "khoản 1 (đối với dự án nhóm A) và khoản 2", "bổ sung khoản 1a vào sau khoản 1"
_GLUE = (
    rf"{_CLOSED}\s*(?:{_ASIDE}\s*)?(?:,\s*|;\s*|-\s*)?"
    r"(?:(?:và\s+)?bổ\s+sung\s+|và\s+|hoặc\s+|đến\s+|tới\s+|của\s+|thuộc\s+|tại\s+|vào\s+(?:(?:trước|sau)\s+)?)?"
)


def _word() -> str:
    """`khoản`, `điều`; `danh mục A`, `thời điểm a`, `tài khoản 3` hold such a word and are no pinpoint."""
    return (
        rf"(?<!(?:{title_words('no_provision')})\s)"
        r"(?:tiết|điểm|khoản|điều|tiểu\s+mục|mục|chương|phần|phụ\s+lục|mẫu|biểu)"
    )


def _number() -> str:
    """`a`, `đ`, `a1`, `1.3`, `12a`, `IV`, `01`, `(1)`, `III.1.a`, `Phụ lục IIa`, `thứ hai`, `thứ nhất` of old circulars.

    "khoản 50 tỷ đồng", "phần 30%", "cao điểm 30 ngày đêm" are quantities.
    """
    return (
        r"(?:số\s+)?(?:\d{1,3}(?:\.\d{1,2})*(?:\.?[a-zđ](?!\w))?|\(\d{1,2}\)|"
        r"[ivxl]{1,6}(?:\.\d{1,2})*(?:\.[a-zđ])?(?!\w)|(?:i[ivx]{0,2}|vi{1,3})[a-eđ](?!\w)|[a-zđ]\d?(?!\w)|"
        r"thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|\d))(?!\w)(?!/\d)"
        rf"(?!\s*(?:%|(?:{title_words('quantity')})(?!\w)|ngày(?!\s+\d|\w)))"
    )


def _more() -> str:
    """What goes on with a list of numbers: `, 3 và 4`, `đến d`."""
    return rf"(?:{_CLOSED}\s*(?:,|;|-|(?:và|hoặc|đến|tới)(?!\w))\s*{_QUOTE}{_number()}{_QUOTE}(?!\s*/))*+"


def _chain() -> str:
    word, number, more = _word(), _number(), _more()
    item = rf"(?:từ\s+)?(?:(?:các\s+|những\s+)(?:{word}\s+từ|{word})|{word}){_GAP}{_QUOTE}{number}{_QUOTE}{more}"
    return rf"(?<!\w)(?:{_LOW_WORD}\s+{number}{more}{_GLUE}){{0,2}}{item}(?:{_GLUE}{item})*+"


_CHAIN = pattern(_chain)
_LOW_REACH = 50
# As strict as the first item of a chain, so that "điều hành", "phần mềm" start no search for one.
_FIRST = (
    rf"(?:\d|\s+{_QUOTE}(?:số\s+|thứ\s+|từ\s+)?"
    r"(?:\(?\d|(?:[ivxl]{1,6}[a-eđ]?|[a-zđ]\d?|nhất|hai|ba|tư|năm|sáu|bảy)(?!\w)))"
)
_HINT = pattern(lambda: rf"(?<!\w){_word()}{_FIRST}")
# What every hint holds, in a form that is looked for fast.
_PLACE = pattern(rf"(?:tiết|điểm|khoản|điều|mục|chương|phần|lục|mẫu|biểu){_FIRST}")
# Between a pinpoint and its instrument: "của", "tại", "ban hành kèm theo", ","
_LINK = pattern(
    r"\s*,?\s*(?:của\s+|tại\s+|trong\s+|thuộc\s+)?(?:(?:được\s+)?ban\s+hành\s+)?(?:kèm\s+theo\s+)?(?:tại\s+)?(?:các\s+)?"
)
_TOKEN = pattern(
    lambda: (
        rf"(?P<aside>{_ASIDE})|(?<!\w)(?:(?P<word>{_word()}|{_LOW_WORD})(?=[\s\d])|(?P<to>đến|tới)(?!\w))|"
        rf"(?:(?<!\w)|(?<!\d)(?=\d))(?P<number>{_number()})|(?P<dash>-)"
    )
)


class Stretch(Protocol):
    """Anything that has a place in the text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


class Pin(NamedTuple):
    """One provision: the slices that print it, and the number at each level."""

    spans: tuple[Span, ...]
    numbers: tuple[tuple[str, str, Span], ...]  # (level, number, slice), smallest first


class _Part(NamedTuple):
    """One level of a chain: a word and its numbers."""

    level: str
    word: Span
    numbers: tuple[tuple[str, Span], ...]
    apart: bool = False  # after "và", "hoặc" or ";"
    each: bool = False  # "các Điều 5, 6 và 7": what is smaller stands in each of them


def level_of(word: str) -> str:
    """The level that a folded word names: `khoản` is `clause`."""
    return _LEVEL_OF[" ".join(word.split())]


def find_chains(document: SourceDocument, start: int, end: int) -> list[Span]:
    """Where pinpoints stand, in order."""
    folded = document.folded
    chains: list[Span] = []
    at = start
    for word in _WORDS:  # nearly every stretch that has a pinpoint says `điều` or `khoản`
        if folded.find(word, start, end) >= 0:
            break
    else:
        return chains
    further = start
    while place := _PLACE.search(folded, further, end):
        further = place.end()
        hint = _HINT.search(folded, max(at, place.start() - 6), further)  # "tiểu mục 2"; never "danh mục 2"
        if hint is None:
            continue
        low = folded.find("đoạn", max(at, hint.start() - _LOW_REACH), hint.start())
        if low < 0:
            low = max(folded.find(word, max(at, hint.start() - _LOW_REACH), hint.start()) for word in ("gạch", "câu"))
        match = _CHAIN.search(folded, low if low >= 0 else max(at, hint.start() - 12), end)
        if match is None:
            break
        chains.append(Span(match.start(), match.end()))
        at = further = max(match.end(), hint.end())
    return chains


def leads_to(document: SourceDocument, chain: Stretch, mention_start: int) -> bool:
    """Whether a pinpoint belongs to the instrument named at `mention_start`."""
    if chain.end > mention_start or mention_start - chain.end > 80:
        return False
    link = _LINK.match(document.folded, chain.end, mention_start)
    return link is not None and link.end() == mention_start


def read_pins(document: SourceDocument, chain: Span) -> tuple[Pin, ...]:
    """The provisions of one pinpoint, in the order in which they are printed."""
    parts = list(_parts(document, chain))
    if len(parts) > 1 and _descends(parts):
        parts.reverse()  # "Mục III, khoản 2": some old circulars name the largest part first
    pins: list[Pin] = []
    index = 0
    while index < len(parts):
        # a run that climbs: điểm a, b | khoản 2 | Điều 5; the next part that is not larger opens another run
        run = [parts[index]]
        index += 1
        while index < len(parts) and _RANK[parts[index].level] > _RANK[run[-1].level] and not parts[index].apart:
            run.append(parts[index])
            index += 1
        pins.extend(_expand(run))
    return tuple(_distribute(pins))


def _descends(parts: list[_Part]) -> bool:
    ranks = [_RANK[part.level] for part in parts]
    return all(a > b for a, b in pairwise(ranks)) and all(len(p.numbers) == 1 for p in parts)


def _parts(document: SourceDocument, chain: Span) -> Iterator[_Part]:
    folded = document.folded
    word: Span | None = None
    level = ""
    numbers: list[tuple[str, Span]] = []
    to: Span | None = None
    apart = each = False
    for match in _TOKEN.finditer(folded, chain.start, chain.end):
        span = Span(match.start(), match.end())
        if match["word"]:
            name = _LEVEL_OF[" ".join(match["word"].split())]
            if to is not None and name == level and numbers:
                continue  # "từ điểm b đến điểm i": the word once more inside a range
            if word is not None:
                yield _Part(level, word, tuple(numbers), apart, each)
                gap = numbers[-1][1].end if numbers else word.end
                apart, each = (
                    bool(_APART.search(folded, gap, span.start)),
                    bool(_EACH.fullmatch(folded, gap, span.start)),
                )
            word, level, numbers = span, name, []
        elif match["to"] or match["dash"]:
            to = span
        elif match["number"] and word is not None:
            value = _clean(document.text[span.start : span.end])
            if to is not None and numbers:
                first, first_span = numbers[-1]
                whole = Span(first_span.start, span.end)
                between = list(_between(first, value))
                numbers[-1] = (first, whole)
                numbers.extend((step, whole) for step in between[1:])
                if not between:
                    numbers.append((value, whole))
            else:
                numbers.append((value, span))
            to = None
    if word is not None:
        yield _Part(level, word, tuple(numbers), apart, each)


_APART = pattern(r"(?<!\w)(?:và|hoặc)(?!\w)|;")
_EACH = pattern(r"\s+(?:của\s+)?các\s+")


def _clean(printed: str) -> str:
    words = printed.strip("()").split()
    return " ".join(words[1:]) if words and words[0].lower() == "số" else " ".join(words)


def _between(first: str, last: str) -> Iterator[str]:
    """`b` to `i` in the Vietnamese alphabet, `10` to `15`; nothing where the ends are not of one kind."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= 200:
        yield from (str(n).zfill(len(first)) for n in range(int(first), int(last) + 1))
    elif first in _ROMAN and last in _ROMAN:
        yield from _ROMAN[_ROMAN.index(first) : _ROMAN.index(last) + 1]
    elif len(first) == len(last) == 1 and first.lower() in _ALPHABET and last.lower() in _ALPHABET:
        low, high = _ALPHABET.index(first.lower()), _ALPHABET.index(last.lower())
        yield from _ALPHABET[low : high + 1]


def _expand(run: list[_Part]) -> Iterator[Pin]:
    """One pin for each number of the smallest part; of the larger parts the first number holds unless they list too."""
    tails = tuple((part.level, *part.numbers[0]) for part in run[1:] if part.numbers)
    tail_spans = tuple(Span(part.word.start, part.numbers[0][1].end) for part in run[1:] if part.numbers)
    smallest = run[0]
    for number, span in smallest.numbers:
        own = (Span(smallest.word.start, span.end),) if span == smallest.numbers[0][1] else (smallest.word, span)
        yield Pin(own + tail_spans, ((smallest.level, number, span), *tails))
    for position, part in enumerate(run[1:], 1):
        for number, span in part.numbers[1:]:
            if part.each and position == 1:
                for low, low_span in smallest.numbers:
                    each = (Span(smallest.word.start, low_span.end), part.word, span)
                    yield Pin(each, ((smallest.level, low, low_span), (part.level, number, span)))
                continue
            rest = tuple((p.level, *p.numbers[0]) for p in run[position + 1 :] if p.numbers)
            rest_spans = tuple(Span(p.word.start, p.numbers[0][1].end) for p in run[position + 1 :] if p.numbers)
            yield Pin((part.word, span, *rest_spans), ((part.level, number, span), *rest))


def _distribute(pins: list[Pin]) -> Iterator[Pin]:
    """Larger parts named once at the end hold for the pins before them: `điểm b khoản 2 và khoản 3 Điều 19`."""
    following: Pin | None = None
    spread: list[Pin] = []
    for pin in reversed(pins):
        top = _RANK[pin.numbers[-1][0]]
        if following is not None:
            more = tuple(n for n in following.numbers if _RANK[n[0]] > top)
            bottom = _RANK[following.numbers[0][0]]
            # `điểm b khoản 2 và khoản 3 Điều 19`: both of Điều 19; `Điều 5 và khoản 1 Điều 6`: Điều 5 stands whole
            if more and bottom <= top:
                tail = tuple(s for s in following.spans if any(s.end >= n[2].end >= s.start for n in more))
                pin = pin._replace(spans=pin.spans + tail, numbers=pin.numbers + more)
        spread.append(pin)
        following = pin
    yield from reversed(spread)
