"""Agencies: the two lines of the header (ô 2), parent and issuing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from vnadmin.found import Found, quote, trimmed
from vnadmin.gazetteer import provinces, words_where
from vnadmin.genre.agency_name import cut_agencies, cuts_word, is_word_and_place, parent_of_begun_office
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import code_of_notation
from vnadmin.genre.header_line import equals, holds_level, squeeze, starts_with
from vnadmin.genre.initials import Initials, codes_of, find_initials
from vnadmin.genre.landmarks import telegram_sender
from vnadmin.genre.post_and_authority import is_short_unit
from vnadmin.layout.page import Column, Line, SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.alternation import alternation
from vnadmin.text.damage.value import is_torn
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_foreign, is_syllable
from vnadmin.zones.preface.block import names_its_type
from vnadmin.zones.zone import Zones

# A name that a line end cut: "... VÀ ĐẦU TƯ" goes on from "BỘ KẾ HOẠCH"; "BỘ TÀI CHÍNH -" / "BỘ TƯ PHÁP"
_OPEN_END = pattern(r"(?:\b(?:và|của|thuộc|các|cho|-)|[-,–&])[ ]*$")
_OPEN_START = pattern(r"[ ]*(?:và\b|số \d|[-–&(,])")  # "SỐ 2" under "BAN QUẢN LÝ DỰ ÁN"
# "HỘI ĐỒNG NHÂN DÂN TỈNH ..." / "KHÓA XVIII - KỲ HỌP THỨ 5": the term is no part of the name
_TERM = pattern(r"[^\w]*+(?:khoá|khóa|kỳ họp|nhiệm kỳ)(?!\w)")
# A number of a joint document: all names above it issue together ("03/2010/TTLT-BYT-BCA", "102/2025/NQLT-...")
_JOINT = pattern(r"[/-] *+(?:ttlt|ttlb|nqlt|tt ?- ?lt|tt ?- ?lb)(?!\w)")
# "TRƯỜNG ĐẠI HỌC Y TP. HẢI MINH KHOA DƯỢC": behind its place another name may begin
_BEHIND_PLACE = pattern(
    lambda: (
        rf"(?<!\w)(?:tỉnh|thành phố|tp\.?) ?(?:{alternation(map(fold, provinces()))}) (?!khóa|khoá|nhiệm kỳ)[^\W\d_]"
    )
)
_JOINS_HEAD = pattern(
    r"(?<!\w)(?:và|của|thuộc|thường vụ|chấp hành|đại biểu|cổ phần|tnhh)$"
)  # "ủy ban thường vụ quốc hội"
_WORDS_OF_A_NAME = 4  # before a second one may begin
_ENDS_IN_UNIT = pattern(lambda: rf"(?<!\w)(?:{alternation(map(fold, words_where('header_words', 'kind', 'unit')))})$")
_USUAL = 2  # names of a header


class _Name(NamedTuple):
    """Lines of one name; `sure` where a sign says of each line that it begins the name or goes on with it."""

    lines: tuple[Line, ...]
    sure: bool


def read_parent_agency(zones: Zones) -> Iterator[Found[str]]:
    """The line above the issuing agency's, where there are two names; a gazette prints the same one twice, as its heading."""
    names = _names(zones)
    above = [name for name in names[:-1] if _printed(zones, name) != _printed(zones, names[-1])]
    if above and (not _is_joint(zones) or _is_governed(zones, names)):
        parent = above[0] if _is_governed(zones, names) and _is_joint(zones) else above[-1]
        yield _quote(zones, parent.lines, "parent_agency.header-line", sure=parent.sure and names[-1].sure)


def read_issuing_agency(zones: Zones) -> Iterator[Found[str]]:
    """The last name above the number; in a gazette text, the name after `của` in the title."""
    document, preface = zones.document, zones.preface
    names = _names(zones)
    joint = names[_is_governed(zones, names) :] if _is_joint(zones) else []
    if len(joint) >= 2:
        yield _quote(zones, [line for name in joint for line in name.lines], "issuing_agency.joint", sure=False)
        return
    if names:
        yield _quote(zones, names[-1].lines, "issuing_agency.header-line", sure=names[-1].sure)
        return
    if preface.block and preface.block.issuer:
        sure = names_its_type(document, preface.block) and _is_issuer_named(zones, preface.block.issuer)
        yield quote(
            document, preface.block.issuer, "issuing_agency.title-block", Grade.CERTAIN if sure else Grade.LIKELY
        )
        return
    for line in preface.address[:1]:  # a telegram whose header a site dropped
        named = telegram_sender(document.of(line))
        if named and starts_with(document.folded_of(line)[slice(*named)], "head"):
            sender = Span(line.start + named[0], line.start + named[1])
            yield quote(document, sender, "issuing_agency.telegram", Grade.LIKELY)
            return
    for line in preface.authority[:1]:
        if starts_with(document.folded_of(line), "head"):
            # a page without a header: only "ỦY BAN NHÂN DÂN THÀNH PHỐ ..." over the preamble names the issuer
            span = _without_post(document, trimmed(document, line.start, line.end, ",.;:*_"))
            yield quote(document, span, "issuing_agency.authority", Grade.LIKELY)


def _is_issuer_named(zones: Zones, issuer: Span) -> bool:
    """Whether the line that enacts names the issuer of a title block again, or the letters of its number stand for it."""
    document, preface = zones.document, zones.preface
    name = squeeze(document.folded[slice(*issuer)])
    if any(squeeze(document.folded_of(line)).endswith(name) for line in preface.authority):
        return True
    number = preface.block.number if preface.block else None
    codes = codes_of(document.text[slice(*number)]) if number else []
    found = [find_initials(code, [document.text[slice(*issuer)]]) for code in codes if not code_of_notation(code)]
    return any(initials.is_close and initials.last == 0 for initials in found if initials)


def _printed(zones: Zones, name: _Name) -> str:
    return squeeze(" ".join(zones.document.folded_of(line) for line in name.lines))


def _without_post(document: SourceDocument, span: Span) -> Span:
    """`CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẢI VÂN` without the post; `THỦ TƯỚNG CHÍNH PHỦ` is an issuer's name as it is."""
    folded = document.folded[span.start : span.end]
    post = next((post for post in words_where("header_words", "kind", "post") if folded.startswith(f"{post} ")), "")
    rest = folded[len(post) + 1 :]
    if not post or squeeze(folded) in _known_names() or not starts_with(rest, "head"):
        return span
    return Span(span.start + len(post) + 1, span.end)


def _is_joint(zones: Zones) -> bool:
    """Several bodies issue together, and none of them is the other's parent."""
    folded, preface = zones.document.folded, zones.preface
    if any(_JOINT.search(folded, line.start, line.end) for line in preface.number):
        return True
    return preface.block is not None and " liên " in folded[preface.block.kind.start : preface.block.kind.end]


def _is_governed(zones: Zones, names: Sequence[_Name]) -> bool:
    """`UBND TỈNH HẢI MINH` over `SỞ TÀI CHÍNH - SỞ XÂY DỰNG`, `LIÊN NGÀNH: ...`: the committee issues nothing with its own offices."""
    if not names:
        return False
    first, *others = (zones.document.folded_of(name.lines[0]) for name in names)
    return starts_with(first, "committee") and bool(others) and all(starts_with(o, "of_committee") for o in others)


def _quote(zones: Zones, lines: Sequence[Line], rule: str, *, sure: bool) -> Found[str]:
    spans = [trimmed(zones.document, line.start, line.end, "*_#•") for line in lines]
    last = trimmed(zones.document, spans[-1].start, spans[-1].end, "-–.:;")
    spans[-1] = Span(spans[-1].start, last.end) if spans[1:] else last  # "... BÀ RỊA" / "– VŨNG TÀU"
    grade = zones.preface.grade_of("agencies")
    name = " ".join(zones.document.folded[slice(*span)] for span in spans)
    alone = len(lines) == len(zones.preface.agencies)
    sure = sure and _BEHIND_PLACE.search(name) is None and not _is_doubtful(name, alone=alone)
    sure = sure and not any(_is_english(zones.document.folded[slice(*span)]) for span in spans)
    return quote(zones.document, spans, rule, grade if sure else Grade.LIKELY)


def _holds_second_head(name: str) -> bool:
    """`chi cục kiểm lâm hải minh hạt kiểm lâm đá bạc` on one line: perhaps two names; `xã hội`, `đảng bộ` are words of one."""
    words = name.split()
    for at in range(_WORDS_OF_A_NAME, len(words)):
        above, below = " ".join(words[:at]), " ".join(words[at:])
        if not above.replace(" ", "").isalpha():
            return False
        opens = starts_with(below, "head") and not starts_with(below, "no_head")
        if opens and not _JOINS_HEAD.search(above) and not cuts_word(above, below):
            return True
    return False


def _is_doubtful(name: str, *, alone: bool) -> bool:
    """Whether a folded name is none yet (`ủy ban nhân dân`), was torn (`giám sát a n ninh`), or has its twin in English behind it."""
    if equals(name, "short_head") or (alone and _is_head_alone(name)):
        return True
    if alone and _holds_second_head(name):
        return True
    return is_torn(name) or _hangs_together(name) or is_foreign(name)


def _is_english(line: str) -> bool:
    """`border gate management board`: a folded line under a name that says it in English."""
    words = line.split()
    return line.isascii() and sum(len(word) > 3 and word.isalpha() and not is_syllable(word) for word in words) > 1


def _is_head_alone(name: str) -> bool:
    """`công đoàn`, `trung tâm`: a folded name that is none yet."""
    return equals(name, "head") and not equals(name, "whole_name")


def _names(zones: Zones) -> list[_Name]:
    """The lines of the header's left column, grouped to names."""
    document, folded = zones.document, zones.document.folded
    printed = [line for line in zones.preface.agencies if not _TERM.match(folded, line.start, line.end)]
    lines = [part for line in printed for part in _cut(document, line)]
    lines = [line for line, below in zip_longest(lines, lines[1:]) if not _comes_whole(document, line, below)]
    codes = _signed(zones, lines)
    signed = codes[0] if codes else None
    read = max((initials.last for initials in codes), default=0)
    names: list[_Name] = []
    for index, line in enumerate(lines):
        own = signed is not None and signed.first == index  # the letters of the number begin with the line
        if names and not own and (begun := _begun_office(document, names[-1].lines[-1], line)):
            names[-1] = _Name((*names[-1].lines[:-1], begun[0]), sure=False)
            names.append(_Name((begun[1], line), sure=False))
            continue
        joins = _joins(document, names[-1].lines, line) if names else False
        if joins is False and _repeats(document, names):
            joins = True
        if joins is None and _is_said_whole(document, names[-1].lines[-1], line, lines[-1].end):
            joins = True
        sure = joins is not None and (
            bool(names) or _opens(document, line) or (signed is not None and signed.first == 0)
        )
        if names and joins is False and _is_inside(document, names[-1].lines, line):
            joins, sure = not _spans_the_country(document, names[-1].lines), False
        if names and signed and not joins:
            if signed.first < index <= signed.last or (joins is None and signed.first < index):
                joins, sure = True, True  # the letters of the number run on into this line
            elif joins is False and 0 < signed.first <= read < index and signed.price == 0 and signed.length > 2:
                joins, sure = True, False  # "12/TB-CĐCS" begins on CÔNG ĐOÀN CƠ SỞ, and the last name issues
            elif joins is None and signed.first == index and signed.length > 2:
                joins, sure = False, signed.is_close
        if joins is False:
            names.append(_Name((line,), sure))
        else:
            names[-1] = _Name((*names[-1].lines, line), names[-1].sure and sure)
    if len(names) > _USUAL and (signed is None or lines[signed.first] is not names[-1].lines[0]):
        names[-_USUAL:] = [
            name._replace(sure=False) for name in names[-_USUAL:]
        ]  # one of them may be a part of another
    return names


def _repeats(document: SourceDocument, names: Sequence[_Name]) -> bool:
    """`NGÂN HÀNG NHÀ NƯỚC` under `NGÂN HÀNG NHÀ NƯỚC VIỆT NAM`: the branch's name has only begun."""
    if len(names) < 2 or len(names[-1].lines) > 1:
        return False
    above = " ".join(document.folded_of(line) for line in names[-2].lines)
    return above.startswith(f"{document.folded_of(names[-1].lines[0])} ")


def _is_said_whole(document: SourceDocument, above: Line, line: Line, below_header: int) -> bool:
    """`Trường Đại học Công nghiệp Thực phẩm TP. Hải Vân` in the text below: the two lines that hold it are one name."""
    begun = document.folded_of(above).strip()
    at = document.folded.find(f"{begun} {document.folded_of(line).strip()}", below_header)
    return at >= 0 and document.text[at + len(begun)] != "\n"  # the header of a second page has the same line end


def _is_inside(document: SourceDocument, name: Sequence[Line], line: Line) -> bool:
    """`BAN ĐẠI DIỆN CHA MẸ HỌC SINH` / `TRƯỜNG ...`, `KHOA DƯỢC` / `BỆNH VIỆN ...`: the lower line says whose body the upper one is.

    A body of a place (`HỘI NÔNG DÂN TỈNH ...`) may have a school below it.
    """
    above = document.folded_of(name[0])
    return (
        starts_with(above, "inner")
        and starts_with(document.folded_of(line), "house")
        and not any(holds_level(document.folded_of(part)) for part in name)
    )


def _spans_the_country(document: SourceDocument, name: Sequence[Line]) -> bool:
    """`HỘI SINH VIÊN VIỆT NAM` / `TRƯỜNG ...`: the whole, or its part in that school; nobody can tell."""
    return any(document.folded_of(part).endswith(("việt nam", "trung ương")) for part in name)


def _hangs_together(name: str) -> bool:
    """`ubnd tỉnh hải vâns ở nội vụ`: the first letter of the next name hangs on a word. `Krông Búk` is a name."""
    return any(
        not is_syllable(word) and is_syllable(word[:-1]) and is_syllable(word[-1] + following)
        for word, following in pairwise(name.split())
    )


def _comes_whole(document: SourceDocument, line: Line, below: Line | None) -> bool:
    """`ỦY BAN NHÂN DÂN` of a page's title over `ỦY BAN NHÂN DÂN TỈNH HẢI VÂN`: the name comes whole on the line below.

    A name over that of its branch (`ĐẠI HỌC HẢI VÂN`, `ĐẠI HỌC HẢI VÂN PHÂN HIỆU ...`) is the parent's.
    """
    name = document.folded_of(line)
    begun = equals(name, "short_head") or _is_head_alone(name)
    return begun and below is not None and f"{document.folded_of(below)} ".startswith(f"{name} ")


def _cut(document: SourceDocument, line: Line) -> list[Line]:
    """`BỘ TƯ PHÁP VĂN PHÒNG`: both names in the one heading that a converter made of them."""
    names = cut_agencies(document.of(line)) if line.column is Column.FULL and in_capitals(document.of(line)) else [""]
    if len(names) == 1:
        return [line]
    parent, office = names
    return [
        line._replace(end=line.start + len(parent), words=()),
        line._replace(start=line.end - len(office), words=()),
    ]


def _signed(zones: Zones, lines: Sequence[Line]) -> list[Initials]:
    """Where the letters of the number begin and end in the names, the best first: `12/VTHV-KT` under `VIỄN THÔNG HẢI VÂN`."""
    document = zones.document
    printed = [document.of(line) for line in lines]
    notation = "".join(document.of(line) for line in zones.preface.number)
    found = [find_initials(code, printed) for code in codes_of(notation) if not code_of_notation(code)]
    return sorted((initials for initials in found if initials), key=lambda initials: initials.price)


def _begun_office(document: SourceDocument, above: Line, line: Line) -> tuple[Line, Line] | None:
    """`SỞ Y TẾ BỆNH` over `VIỆN ĐA KHOA`: the parent's line, and the syllable that begins the name of its office."""
    end = parent_of_begun_office(document.of(above), document.of(line))
    if end is None:
        return None
    return above._replace(end=above.start + end, words=()), above._replace(start=above.start + end + 1, words=())


@cache
def _known_names() -> frozenset[str]:
    """Names that a line end cuts before a word that could open a name: `ỦY BAN THƯỜNG VỤ` / `QUỐC HỘI`."""
    return frozenset(map(squeeze, words_where("header_words", "kind", "name")))


def _opens(document: SourceDocument, line: Line) -> bool:
    """Whether a line opens like the name of a body."""
    folded = document.folded_of(line)
    return starts_with(folded, "head") and not starts_with(folded, "no_head")


def _is_room(document: SourceDocument, above: Line, line: Line) -> bool:
    """`P. CÔNG NGHỆ THÔNG TIN` under `BỆNH VIỆN ...`; under a committee `P. TÂN BÌNH` is the ward whose it is."""
    text, begun = document.of(line), document.folded_of(above)
    if not text.startswith("P."):  # nearly every line
        return False
    return is_short_unit(text) and (starts_with(begun, "house") or starts_with(begun, "company"))


def _says_again(document: SourceDocument, name: Sequence[Line], folded: str) -> bool:
    """`THỦY NÔNG CƠ SỞ VÂN HÒA` under `THỦY NÔNG TỈNH HẢI VÂN`: no name says its own two words again."""
    begun = " ".join(folded.split(" ", 2)[:2])
    return " " in begun and any(f" {begun} " in f" {document.folded_of(line)} " for line in name)


def _joins(document: SourceDocument, name: Sequence[Line], line: Line) -> bool | None:
    """Whether the line goes on with the name begun above it; None where its own words do not tell."""
    above = document.folded_of(name[-1])
    folded = document.folded_of(line)
    if _OPEN_END.search(above) or _OPEN_START.match(folded):
        return True
    opens = _opens(document, line) or _is_room(document, name[0], line)
    if (starts_with(folded, "hamlet") or starts_with(folded, "hamlet_marked")) and not starts_with(folded, "no_hamlet"):
        if _ENDS_IN_UNIT.search(above):
            return True  # "ỦY BAN NHÂN DÂN TỈNH" / "SÓC TRĂNG": the place's own name is still to come
        return not holds_level(above)  # "BAN BẢO VỆ" / "KHU PHỐ 2"; a commune's hamlet is a body
    if starts_with(folded, "unit") and not opens:
        return True  # "TỈNH HẢI VÂN", and not "TỈNH ỦY", "HUYỆN ĐOÀN"
    if len(name) == 1 and equals(above, "short_head") and (not opens or starts_with(above, "company")):
        return True
    if len(name) == 1 and _is_head_alone(above):
        return True
    if squeeze(" ".join(document.of(part) for part in (*name, line))) in _known_names():
        return True
    if cuts_word(above, folded):
        return True if is_word_and_place(folded) else None
    if _spans_the_country(document, name) and _is_branch(folded):
        return False
    return False if opens or _says_again(document, name, folded) else None


def _is_branch(folded: str) -> bool:
    """`vnpt hà nội` under `tập đoàn bưu chính viễn thông việt nam`: what no syllable writes, of a province."""
    brand, _, place = folded.partition(" ")
    return not is_syllable(brand) and brand.isalpha() and place in _provinces()


@cache
def _provinces() -> frozenset[str]:
    return frozenset(map(fold, provinces()))
