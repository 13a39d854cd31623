"""Names of agencies in capitals: where one ends and the next begins on a line that holds a parent and its office."""

from __future__ import annotations

from functools import cache

from vnadmin.gazetteer import provinces, words_where
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

# What stands before an office goes on with it: "VÀ TRUNG TÂM", "DỊCH VỤ CÔNG" (not "BỘ NỘI VỤ | CỤC ..."), "TỔNG CÔNG TY", "CÔNG ĐOÀN SỞ", "CHI BỘ SỞ", "CƠ SỞ"
_JOINED = pattern(
    r"(?:\b(?:và|cơ|trụ|của|thuộc|học|(?<!nội )vụ|[ủu][ỷy]|tỉnh|tổng|đoàn|(?:chi|đảng) bộ|hội|kiểm tra)|[-–&,])$"
)
_PARENT = 2  # words of a parent's name at least
# "VĂN PHÒNG SỞ TƯ PHÁP", "THANH TRA SỞ", "BAN QUẢN LÝ DỰ ÁN SỞ Y TẾ": a unit names whose it is
_UNIT = pattern(r"(?:văn phòng|thanh tra|ban quản lý|công đoàn|chi bộ|đoàn|trung tâm|phòng)(?!\w)")
# "LIÊN ĐOÀN LAO ĐỘNG HUYỆN BÌNH AN | CÔNG ĐOÀN GIÁO DỤC"; "BAN CHẤP HÀNH CÔNG ĐOÀN" is one
_UNIONS = ("liên đoàn lao động ", "tổng liên đoàn ", "công đoàn ")
_PARTY = "đảng bộ "  # over it every committee of the Party is an office: "ĐẢNG BỘ TỈNH HẢI VÂN | HUYỆN ỦY BÌNH AN"


# "BỘ Y TẾ | CỤC Y TẾ DỰ PHÒNG", "UBND TỈNH BÌNH THUẬN | SỞ TƯ PHÁP", "SỞ GDĐT TỈNH ĐỒNG THÁP | TRƯỜNG THPT ..."
_OFFICES = pattern(
    lambda: (
        rf"(?:(?<=[^\W\d_] )|(?<=[^\W\d_]  ))(?:(?P<party>{_listed('party_office')})|(?P<union>{_listed('union_office')})|{_listed('office')})(?!\w)"
    )
)
_HEADS = pattern(lambda: rf"(?<=\w )(?:{_listed('head', ' ')})(?!\w)")


_BODIES = pattern(lambda: rf"(?<=\w )(?:{_listed('head')})(?!\w)")


def _listed(kind: str, holding: str = "") -> str:
    return alternation(word for word in map(fold, words_where("header_words", "kind", kind)) if holding in word)


def cut_agencies(text: str) -> list[str]:
    """The names on a line in capitals: `BỘ Y TẾ CỤC Y TẾ DỰ PHÒNG` holds two; most hold one."""
    folded = fold(text)
    for office in _OFFICES.finditer(folded):
        parent = folded[: office.start()].rstrip()
        if parent.count(" ") + 1 < _PARENT or (office[0] == "sở" and _UNIT.match(folded)):
            continue
        over = _UNIONS if office["union"] else _PARTY if office["party"] else ()
        if (parent + " ").startswith(over) if over else not _JOINED.search(parent):
            return [text[: len(parent)], text[office.start() :]]
    return [text]


# "UBND HUYỆN TIỀN HẢI", "ĐIỆN LỰC ĐIỆN BIÊN", "TRƯỜNG ĐẠI HỌC", "VIỆN KHOA HỌC": a place's name of two syllables, a province's, or
# a word of a name is whole
_WHOLE_END = pattern(
    lambda: (
        rf"(?<!\w)(?:(?:{_listed('unit')}) \w+ \w+|{alternation(map(fold, provinces()))}|{_listed('head')}|{_listed('no_head')})$"
    )
)
# "TRƯỜNG", "PHÒNG TỈNH HẢI VÂN": no name of a body, which says more than where it is
_WORD_AND_PLACE = pattern(lambda: rf"\w+(?: (?:{_listed('unit')})(?!\w).*+)?$")


def parent_of_begun_office(above: str, below: str) -> int | None:
    """Where a parent's name ends whose line goes on with the first syllable of its office: `SỞ Y TẾ BỆNH` / `VIỆN ĐA KHOA`."""
    end = len(cut_agencies(f"{above} {below}")[0])
    if end >= len(above) or " " in above[end:].strip() or _WHOLE_END.search(fold(above)):
        return None
    return end


@cache
def _cut_words() -> tuple[tuple[str, str], ...]:
    return tuple((first, rest) for first, rest in map(str.split, words_where("header_words", "kind", "cut_word")))


def cuts_word(above: str, below: str) -> bool:
    """Whether a line may end inside a word whose rest could open a name: `TÀI NGUYÊN VÀ MÔI` / `TRƯỜNG`, not `TIỀN HẢI` / `PHÒNG NỘI VỤ`."""
    cut = any(above.endswith(f" {first}") and f"{below} ".startswith(f"{rest} ") for first, rest in _cut_words())
    return cut and _WHOLE_END.search(above) is None


def is_word_and_place(folded: str) -> bool:
    """Whether a line holds one word, or one and whose it is: the rest of a name, and none of its own."""
    return _WORD_AND_PLACE.match(folded) is not None


def may_be_two(text: str) -> bool:
    """Whether a name holds the words that could open another one: `HỘI ... VIỆT NAM BAN CHẤP HÀNH ...`."""
    folded = fold(text)
    return any(
        folded[: head.start()].count(" ") >= _PARENT and not _JOINED.search(folded[: head.start()].rstrip())
        for head in _HEADS.finditer(folded)
    )


def names_within(folded: str) -> list[int]:
    """Where the names of bodies may begin inside a folded text."""
    return [head.start() for head in _BODIES.finditer(folded)]
