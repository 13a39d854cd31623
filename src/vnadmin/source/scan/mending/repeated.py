"""Gives a word the marks that it bears where the document prints the same phrase again: `sửa đối, bổ sung` for `sửa đổi`."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vnadmin.ocr.engine import ReadLine
from vnadmin.source.scan.mending.known import core, respelt
from vnadmin.text.fold import bare, fold

_SURE = 0.85  # confidence from which a word counts as read: `bổng` (.87) beside two misread `bỗng` (.94) was right
_DOUBTED_TIMES, _SURE_TIMES = 2, 3  # as often as this spelling the other one stands in the document, at least


class _Place(NamedTuple):
    page: int
    line: int
    word: int


def mend_repeated(pages: Mapping[int, Sequence[ReadLine]]) -> dict[int, list[ReadLine]]:
    """The lines of all pages, by page, with marks that the same three words bear elsewhere.

    What is asked is the word between two others: alone, `công` and `cộng` are both right. A phrase may go on from one
    line to the next. What is respelt is likely at best.
    """
    out = {number: [list(line.words) for line in lines] for number, lines in pages.items()}
    places = [
        _Place(number, row, column)
        for number, rows in out.items()
        for row, words in enumerate(rows)
        for column in range(len(words))
    ]
    read = [fold(core(out[page][line][word].text)) for page, line, word in places]
    plain = list(map(bare, read))
    spelled: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    keys = [
        (before, plain[at + 1], after)
        for at, (before, _, after) in enumerate(zip(plain, plain[1:], plain[2:], strict=False))
    ]
    for key, middle in zip(keys, read[1:], strict=False):
        if all(key):
            spelled[key][middle] += 1
    for place, key, middle in zip(places[1:], keys, read[1:], strict=False):
        forms = spelled.get(key)
        if forms is None or len(forms) == 1:
            continue
        meant, times = forms.most_common(1)[0]
        word = out[place.page][place.line][place.word]
        sure = not math.isnan(word.confidence) and word.confidence >= _SURE
        if times >= (_SURE_TIMES if sure else _DOUBTED_TIMES) * forms[middle]:
            out[place.page][place.line][place.word] = respelt(word, meant)
    return {
        number: [
            line if words == list(line.words) else replace(line, words=tuple(words))
            for line, words in zip(pages[number], out[number], strict=True)
        ]
        for number in pages
    }
