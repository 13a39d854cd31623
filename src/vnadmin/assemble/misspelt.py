"""Values of the header that are a known name but for a mark (`Ù` for `Ủ`), no words at all, or written otherwise elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import Any, Final
from unicodedata import normalize

from vnadmin.assemble.evidence import Entry
from vnadmin.gazetteer import columns, provinces, words_where
from vnadmin.layout.page import SourceDocument
from vnadmin.text.damage.value import is_damaged
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all
from vnadmin.text.syllable import is_syllable


def misspelt(values: Mapping[str, Any]) -> Iterator[str]:
    """The pointers of place and agencies that are a province or a body of the lists but for a mark, or are damaged."""
    for name, known in (("place", _provinces()), ("issuing_agency", _bodies()), ("parent_agency", _bodies())):
        value = values[name] or ""
        spellings = known.get(bare(fold(value)), set())
        if fold(value) in spellings:
            continue
        if spellings or is_damaged(value) or (name == "place" and any(map(_is_mismarked, _WORD.findall(value)))):
            yield f"/{name}"


_WORD = pattern(r"(?<![\w'’])[^\W\d_]+")  # not the end of "Cư M'gar"


def _is_mismarked(word: str) -> bool:
    """Whether a word is no syllable with its marks and one without, or a piece of one: `Nộì`, `Q uảng`; not `Krông`, `Tp`."""
    return not is_syllable(word) and (word.islower() or is_syllable(bare(fold(word))))


@cache
def _provinces() -> dict[str, set[str]]:
    return _by_letters(provinces())


@cache
def _bodies() -> dict[str, set[str]]:
    return _by_letters([*columns("agencies")["name"], *words_where("header_words", "kind", "name")])


def _by_letters(names: Iterable[str]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for name in names:
        known.setdefault(bare(name), set()).add(fold(name))
    return known


def respelt(document: SourceDocument, evidence: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    """The pointers of subject, agencies and place that hold two words as no other place of the document has them, but for marks.

    `THÀNH LẬP TÔ QUAN LÝ` over `Tổ quản lý` in each article, `UBND XÃ TAN HỢP` beside `Tân Hợp, ngày ...`.
    """
    for name in ("/subject", "/issuing_agency", "/parent_agency", "/place"):
        pairs = (pair for entry in evidence.get(name, ()) for pair in _pairs(document, entry["start"], entry["end"]))
        if any(_is_written_otherwise(document, start, end) for start, end in pairs):
            yield name


def _pairs(document: SourceDocument, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where two words stand side by side, long enough not to be any two."""
    words = [found.span() for found in _LETTERS.finditer(document.folded, start, end)]
    for (first, close), (begin, last) in pairwise(words):
        if begin == close + 1 and last - first >= _SHORTEST_PAIR:
            yield first, last


def _is_written_otherwise(document: SourceDocument, start: int, end: int) -> bool:
    """Whether words stand elsewhere with marks that they lack here, or often with others, and nowhere with these.

    `mưa lũ` beside `mùa lũ` are two things.
    """
    folded, plain = document.folded, document.bare
    printed, reach = folded[start:end], min(len(plain), _REACH)
    if folded.find(printed, end, reach) >= 0 or folded.find(printed, 0, start) >= 0:  # mostly
        return False
    others: Counter[str] = Counter()
    for at in find_all(plain, plain[start:end], 0, reach):
        close = at + end - start
        whole = not plain[at - 1 : at].isalnum() and not plain[close : close + 1].isalnum()
        if at != start and whole and not _is_of_person(document.text, at, close):
            others[folded[at:close]] += 1
    return others.total() >= _OFTEN or any(map(partial(_lacks_marks, printed), others))


def _is_of_person(text: str, start: int, end: int) -> bool:
    """`Văn Thử` of `Nguyễn Văn Thử`, who signs a letter about `công tác văn thư`."""
    around = _THREE_WORDS.finditer(text, max(0, start - _LONGEST_WORD), end + _LONGEST_WORD)
    return any(name.start() <= start and end <= name.end() for name in around)


def _lacks_marks(text: str, other: str) -> bool:
    """Whether a text is another without some of its marks: `quan lý` and `quản lý`, `số diều` and `số điều`."""
    pairs = zip(text, other, strict=True)
    return all(a == b or a == bare(b) or set(normalize("NFD", a)) < set(normalize("NFD", b)) for a, b in pairs)


_LETTERS = pattern(r"[^\W\d_]++")
_THREE_WORDS = pattern(r"(?<!\w)\p{Lu}\p{Ll}*+(?: \p{Lu}\p{Ll}*+){2,4}+")
_LONGEST_WORD: Final = 18  # letters of two words before or behind
_OFTEN: Final = 3
_SHORTEST_PAIR: Final = 6  # letters and the blank
_REACH: Final = 12_000  # characters of a document
