"""Spells a word as the document spells it where it prints the same phrase again: `sửa đối, bổ sung` for `sửa đổi`."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from vnadmin.gazetteer import rows, words
from vnadmin.ocr.reading import ReadLine, ReadWord
from vnadmin.ocr.vote import misspelt
from vnadmin.source.scan.mending.known import core, respelt
from vnadmin.text.fold import bare, fold

_SURE = 0.85  # confidence from which a word counts as read: `bổng` (.87) beside two misread `bỗng` (.94) was right
_DOUBTED_TIMES, _SURE_TIMES = 2, 3  # as often as this spelling the other one stands between the same words, at least
_PAIR_TIMES = (
    6  # the same of the word before or after alone: `liên thông văn bản` stays beside five of `giao thông vận tải`
)
_STOPS = ".;:"  # the next word begins another phrase: `Tòa án. Nhận` is no `Tòa án nhân dân`

_TABLES = ("action_verbs", "body_words", "positions", "limit_words", "citation_words", "purposes", "issuer_words")
_NAMES = ("agencies", "law_names", "document_types")
_LEAST = 3  # letters of a word in which one was misread: `quv` for `quy`

_Key = tuple[str, str, str]  # before, the word, after: without marks; "" for one that is not asked
_ANY = "*"  # in the place of a word: whatever stands between the two


def mend_repeated(pages: Mapping[int, Sequence[ReadLine]]) -> dict[int, list[ReadLine]]:
    """The lines of all pages, by page, with marks that the same words bear elsewhere, and a letter of what is no word.

    What is asked is the word between two others: alone, `công` and `cộng` are both right. A phrase may go on from one
    line to the next. What is respelt is likely at best.
    """
    printed = [word for lines in pages.values() for line in lines for word in line.words]
    left = iter(_mended(printed) if printed else ())
    return {
        number: [_with_words(line, tuple(next(left) for _ in line.words)) for line in lines]
        for number, lines in pages.items()
    }


def _with_words(line: ReadLine, words: tuple[ReadWord, ...]) -> ReadLine:
    return line if words == line.words else replace(line, words=words)


def _mended(printed: Sequence[ReadWord]) -> list[ReadWord]:
    read = [fold(core(word.text)) for word in printed]
    keys = _keys(printed, list(map(bare, read)))
    spelled: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    for (before, plain, after), form in zip(keys, read, strict=True):
        for key in {(before, plain, after), (before, plain, ""), ("", plain, after), (before, _ANY, after)}:
            spelled[key][form] += 1
    at_home = _at_home(read)
    return [
        word if stays or not form else _meant(word, form, key, spelled)
        for word, form, key, stays in zip(printed, read, keys, at_home, strict=True)
    ]


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """Two words that follow each other in what the tables list: verbs, bodies, posts, words of limits."""
    listed = [phrase for table in _TABLES for phrase in words(table)]
    named = [row["name"] for table in _NAMES for row in rows(table)]
    return frozenset(pair for phrase in map(fold, listed + named) for pair in pairwise(phrase.replace(",", "").split()))


def _at_home(read: Sequence[str]) -> list[bool]:
    """Which words stand as they are in a listed phrase: `bổ sung` was read right where two `bỗ sung` were not."""
    known = [pair in _pairs() for pair in pairwise(read)]
    return [before or after for before, after in zip([False, *known], [*known, False], strict=True)]


def _keys(printed: Sequence[ReadWord], plain: Sequence[str]) -> list[_Key]:
    """Each word between its neighbours; what is no word, or parted from it by a stop, is none."""
    joined = [not word.text.endswith(tuple(_STOPS)) for word in printed]
    before = ["", *(text if on else "" for text, on in zip(plain, joined, strict=True))]
    after = [*(text if on else "" for text, on in zip(plain[1:], joined, strict=False)), ""]
    return list(zip(before[:-1], plain, after, strict=True))


def _meant(word: ReadWord, form: str, key: _Key, spelled: Mapping[_Key, Counter[str]]) -> ReadWord:
    """The word as it is spelt between its neighbours, or beside one of them where the other is new."""
    before, plain, after = key
    measured = not math.isnan(word.confidence)
    sure = measured and word.confidence >= _SURE
    if (sure or not measured) and core(word.text).istitle() and not misspelt(word.text):
        return word  # a name: `Nguyễn Văn Hùng` is not `Nguyễn Văn Hưng`
    if before and after:
        meant = _other(form, spelled[key], _SURE_TIMES if sure else _DOUBTED_TIMES)
        if meant is None and len(form) >= _LEAST and misspelt(word.text):
            meant = _near(form, spelled[before, _ANY, after])
        if meant is not None:
            return respelt(word, meant)
    sides = [
        spelled[side] for side, neighbour in (((before, plain, ""), before), (("", plain, after), after)) if neighbour
    ]
    for at, forms in enumerate(sides):
        meant = _other(form, forms, _PAIR_TIMES)
        if meant is not None and all(other[form] == 1 for other in sides[:at] + sides[at + 1 :]):
            return respelt(word, meant)
    return word


def _other(form: str, forms: Counter[str], times: int) -> str | None:
    """The usual spelling, where it stands so many times as often as this one."""
    usual, count = forms.most_common(1)[0]
    return usual if usual != form and count >= times * forms[form] else None


def _near(form: str, forms: Counter[str]) -> str | None:
    """What stands often between the same words and has one letter else: `blốc` for `biốc`."""
    plain = bare(form)
    found = (
        other
        for other, count in forms.items()
        if count >= _SURE_TIMES and len(other) == len(form) and sum(map(str.__ne__, bare(other), plain)) == 1
    )
    return next(found, None)
