"""Names of agencies in capitals: where one ends and the next begins on a line that holds a parent and its office."""

from __future__ import annotations

from functools import cache

import regex

from vnadmin.gazetteer import words_where
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# What stands before an office goes on with it: "VÀ TRUNG TÂM", "TỔNG CÔNG TY", "CÔNG ĐOÀN SỞ", "CHI BỘ SỞ"
_JOINED = pattern(r"(?:\b(?:và|của|thuộc|học|vụ|[ủu][ỷy]|tỉnh|tổng|đoàn|(?:chi|đảng) bộ|hội|kiểm tra)|[-–&,])$")
_PARENT = 2  # words of a parent's name at least
_PARTY = "đảng bộ "  # over it every committee of the Party is an office: "ĐẢNG BỘ TỈNH HẢI VÂN | HUYỆN ỦY BÌNH AN"


@cache
def _offices() -> regex.Pattern[str]:
    # "BỘ Y TẾ | CỤC Y TẾ DỰ PHÒNG", "UBND TỈNH BÌNH THUẬN | SỞ TƯ PHÁP", "SỞ GDĐT TỈNH ĐỒNG THÁP | TRƯỜNG THPT ..."
    names, party = (
        alternation(map(fold, words_where("header_words", "kind", kind))) for kind in ("office", "party_office")
    )
    return pattern(rf"(?<=[^\W\d_] )(?:(?P<party>{party})|{names})(?!\w)")


@cache
def _heads() -> regex.Pattern[str]:
    heads = (fold(word) for word in words_where("header_words", "kind", "head"))
    return pattern(rf"(?<=\w )(?:{alternation(word for word in heads if ' ' in word)})(?!\w)")


def cut_agencies(text: str) -> list[str]:
    """The names on a line in capitals: `BỘ Y TẾ CỤC Y TẾ DỰ PHÒNG` holds two; most hold one."""
    folded = fold(text)
    for office in _offices().finditer(folded):
        parent = folded[: office.start()].rstrip()
        if parent.count(" ") + 1 < _PARENT:
            continue
        if (parent + " ").startswith(_PARTY) if office["party"] else not _JOINED.search(parent):
            return [text[: len(parent)], text[office.start() :]]
    return [text]


def may_be_two(text: str) -> bool:
    """Whether a name holds the words that could open another one: `HỘI ... VIỆT NAM BAN CHẤP HÀNH ...`."""
    folded = fold(text)
    return any(
        folded[: head.start()].count(" ") >= _PARENT and not _JOINED.search(folded[: head.start()].rstrip())
        for head in _heads().finditer(folded)
    )
