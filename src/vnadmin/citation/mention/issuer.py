"""Issuers in citations: the body named after `của`, before `tại Tờ trình số`, or before `ban hành Quyết định số`."""

from __future__ import annotations

from functools import cache
from typing import Final

from vnadmin.citation.mention.words import issuers, long_verbs, title_words, triggers, types_folded
from vnadmin.gazetteer import words_where
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_LONGEST = 140
# "của Bộ Tài chính", ", của Thủ tướng Chính phủ", "củaBộ Tài chính" (pages lose blanks), "do Bộ trưởng Bộ Y tế ban hành"
_OF = pattern(r"\s*+[,-]?\s*+của\s*+(?:của\s++)?")
_BY = pattern(r"\s*+,?\s*+do\s++")
# A place, or a parenthesis that tells which of two bodies, after a full name: "tỉnh Bình Thuận", "(trước sắp xếp)"
# "ủy ban nhân dân (UBND) tỉnh Nghệ An"
_ABBREVIATED = pattern(r"\s*\(\p{Lu}{2,12}\)(?=\s+(?:tỉnh|thành\s+phố|huyện|quận|xã|phường))")
# "liên Bộ: Thông tin và Truyền thông - Công an"
_JOINT_BODY = pattern(r"liên\s+(?:bộ|ngành|sở)\s*:?\s*(?=\w)")
_CAPITAL_WORDS = pattern(r"(?:\s+(?:-\s+)?\p{Lu}[\p{L}\d.]*+(?!/)){1,5}")
# "Sở Nội vụ [Hải Minh] Tổ chức hội thi ..."
_BEFORE_TITLE = pattern(r"(?:\s\p{Lu}\p{L}*){1,4}?(?=\s\p{Lu}\p{L}*\s\p{Ll})")
_SMALL_NUMBER = pattern(r"\s+(?:khoá\s+)?[ivxlc\d]+(?![\w/])")


def _offices() -> str:
    """`Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ`, `Chủ tịch Hội đồng quản trị kiêm Tổng Giám đốc`."""
    return rf"(?:{issuers('office')})(?:\s*(?:,|và|kiêm)\s+(?:{issuers('office')}))?(?!\w)"


_OFFICES = pattern(_offices)
_OFFICE_OF = pattern(lambda: rf"(?:{issuers('office')})\s+")
# "Bộ trưởng Bộ Tài chính", "Giám đốc Sở Nội vụ", "Chủ tịch Ủy ban nhân dân tỉnh" (the last by _HEAD)
_FULL = pattern(lambda: rf"(?:{_offices()}\s+)?(?:{issuers('full')})(?!\w)")
_KNOWN = pattern(lambda: rf"(?<!\w)(?:{_offices()}\s+)?(?:{issuers('full')})(?!\w)")
_BARE = pattern(lambda: rf"(?:{issuers('bare')})(?:\s+(?:{issuers('level')}))*")
_COMPOUND = pattern(lambda: rf"\s*(?:{issuers('compound')})(?!\w)")
_HEAD = pattern(lambda: rf"(?:{issuers('head')})(?!\w)")
_ENDS = pattern(
    lambda: (
        rf"\s?[\"(]|[,;.:)\[\]]|\s++(?:{issuers('end')}|năm(?=\s+\d)|số(?=\s*:?\s*[\d/.…])(?!\s+\d{{1,2}}(?![\d/-]|\.\d))|thành(?!\s+(?:phố|lập)(?!\w))"
        rf"|và\s+(?:các\s+)?(?:{types_folded('act', 'law', 'letter', 'paper')}|{issuers('end_and')}"
        rf"|{triggers('amend')}|{triggers('repeal')})|(?P<title>{title_words('title')}|{title_words('speech')}|{long_verbs()}))(?!\w)"
    )
)
_JOINT = pattern(r"\s*(?:,\s*và|,|và|-|;)\s+")
# "tỉnh Bình Thuận"
_PLACE = pattern(lambda: rf"\s+(?:{issuers('place')})(?!\w)\.?")
# "(trước sắp xếp)": which of two bodies of one name
_NOTE = pattern(lambda: rf"\s*\((?:{issuers('note')})(?!\w)[^()]{{0,40}}\)")
# "Sở Văn hóa, Thể thao và Du lịch", "Hội nghị Trung ương 10, khóa XIII": a comma inside one name
_INNER = pattern(lambda: rf",\s+(?:khoá\s+[ivx\d]|{issuers('inner')})")


def read_issuer(document: SourceDocument, start: int, end: int, *, joint: bool = False) -> tuple[Span, int] | None:
    """The issuer after `của`, and where reading may go on; `joint` for instruments of several bodies."""
    of = _OF.match(document.folded, start, min(end, start + 20))
    if of is None or not (of[0][-1].isspace() or document.text[of.end() : of.end() + 1].isupper()):
        return None
    stop = issuer_end(document, of.end(), end, joint=joint)
    if stop is None:
        return None
    session = _SESSION.search(document.folded, of.end(), min(end, stop + _SESSION_REACH))
    if session and session.start() <= stop:
        return Span(of.end(), session.start("at") if session["at"] else session.end()), session.end()
    stop = _with_parent(document, stop, end)
    now = _NOW.match(document.folded, stop, min(end, stop + 90)) or _SHORT_NAME.match(document.text, stop, end)
    return Span(of.end(), stop), now.end() if now else stop


# "của Hội đồng nhân dân tỉnh Hải Vân khóa XIV, kỳ họp thứ 13 về ...", "tại kỳ họp bất thường"
_SESSION = pattern(
    r"(?:,?\s+khoá\s+[ivxlc\d]++)?(?:(?P<at>,?\s+tại)|,)?\s+kỳ\s+họp\s+(?:thứ\s+(?:\d++|(?:mười|hai\s+mươi)(?:\s+(?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín))?|\w++)|bất\s+thường|chuyên\s+đề)"
)
_SESSION_REACH: Final = 60
# "của Bộ trưởng Bộ Giáo dục và Đào tạo (GDĐT) về ..."
_SHORT_NAME = pattern(r"\s*\(\p{Lu}[\p{Lu}&-]{1,11}\)(?=\s)")


def _with_parent(document: SourceDocument, stop: int, end: int) -> int:
    """With the body over it, where the title follows: `Trường Đại học Y, Đại học Quốc gia Hà Nội về việc ...`."""
    comma = _COMMA_BODY.match(document.folded, stop, end)
    if comma is None or not document.text[comma.end()].isupper() or not _opens_body(document, comma.end(), end):
        return stop
    further = issuer_end(document, comma.end(), end)
    return further if further and _ABOUT_NEXT.match(document.folded, further, end) else stop


_COMMA_BODY = pattern(r",\s+")
_ABOUT_NEXT = pattern(r"\s+(?:về|v/v)(?!\w)")
# "Ban Tổ chức Cán bộ Chính phủ (nay là Bộ Nội vụ) hướng dẫn ...": what it is called today is not what was printed
_NOW = pattern(
    r"\s*\((?:nay|bây\s+giờ)\s[^()]*\)|,?\s+nay\s+là\s[^,;.()]{3,60}?(?=\s+(?:về|quy\s+định|hướng\s+dẫn|ban\s+hành)\s)"
)


def read_issuing_clause(document: SourceDocument, start: int, end: int) -> tuple[Span, int] | None:
    """`do Thủ tướng Chính phủ ban hành`: the issuer, and the end of the clause."""
    by = _BY.match(document.folded, start, min(end, start + 20))
    if by is None:
        return None
    stop = issuer_end(document, by.end(), end)
    if stop is None:
        return None
    verb = _ISSUED.match(document.folded, stop, min(end, stop + 30))
    return (Span(by.end(), stop), verb.end()) if verb else None


_ISSUED = pattern(r"\s+(?:ban\s+hành|ký|phê\s+duyệt)(?!\w)")


def issuer_grade(document: SourceDocument, issuer: Span, end: int) -> Grade:
    """`certain` where a known name or a mark, `về` or a date ends the name, `likely` where any other word does."""
    if _SESSION.search(document.folded, *issuer):
        return Grade.LIKELY  # its session may be no part of its name
    following = document.text[issuer.end : issuer.end + 2]
    if is_known(document, issuer) and not following.strip()[:1].isupper():
        return Grade.CERTAIN
    return Grade.CERTAIN if issuer.end >= end or _HARD_END.match(document.folded, issuer.end, end) else Grade.LIKELY


def known_names(document: SourceDocument, start: int, end: int) -> list[int]:
    """Where names that the list holds open with a capital: `Sau khi [Bộ Tài chính] ban hành`."""
    return [m.start() for m in _KNOWN.finditer(document.folded, start, end) if document.text[m.start()].isupper()]


def is_office(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a name opens with an office: `Cục trưởng Cục ...`."""
    return _OFFICES.match(document.folded, start, end) is not None


def after_office(document: SourceDocument, start: int, end: int) -> int:
    """Where the body opens whose office stands at a place: `Chủ tịch [Ủy ban nhân dân huyện]`; the place itself if none does."""
    office = _OFFICE_OF.match(document.folded, start, end)
    return office.end() if office else start


def opening_end(document: SourceDocument, start: int, end: int) -> int | None:
    """Where the offices, the word or the whole name that tells a body at a place end: `Cục trưởng`, `Sở`, `Chính phủ`."""
    for words in (_OFFICES, _HEAD, _FULL):
        if opening := words.match(document.folded, start, end):
            return opening.end()
    return None


def _opens_body(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a whole name or the word that opens one stands at a place: `Chính phủ`, `Sở`."""
    return any(words.match(document.folded, start, end) for words in (_HEAD, _FULL))


def _may_join(document: SourceDocument, start: int, end: int) -> bool:
    """Whether a body stands behind a link, its office before it or not; `..., Hiệu trưởng yêu cầu` goes on with who acts."""
    return _opens_body(document, start, end) or _opens_body(document, after_office(document, start, end), end)


def is_known(document: SourceDocument, issuer: Span) -> bool:
    """Whether the list holds a name, with an office before it or without."""
    return _FULL.fullmatch(document.folded, issuer.start, issuer.end) is not None


_HARD_END = pattern(lambda: rf"\s*(?:[,;.:()\"\[\]]|(?:{title_words('name_stop')})(?!\w))")


def issuer_end(document: SourceDocument, start: int, end: int, *, joint: bool = False) -> int | None:
    """Where the name of a body that opens at `start` ends; None if no name of a body opens there."""
    end = min(end, start + _LONGEST)
    if _NO_BODY.match(document.folded, start, end):
        return None
    several = _JOINT_BODY.match(document.folded, start, end)
    if several and ":" in several[0]:
        stop = _generic(document, several.end(), end)
        return _joined(document, stop, end, True) if stop else None
    full = _FULL.match(document.folded, start, end)
    if full:
        stop = _with_place(document, full.end(), end)
        if document.text[stop : stop + 1] != " " or not document.text[stop + 1 : stop + 2].islower():
            longer = _generic(document, start, end) if _NAME_ON.match(document.text, stop, end) and not joint else None
            return longer if longer and _in_capitals(document, stop, longer) else _joined(document, stop, end, joint)
        following = _ENDS.match(document.folded, stop, end)
        longer = None if following or joint else _generic(document, start, end)
        # "Sở Thông tin và Truyền thông thành phố": a known name goes on only with words that end nothing
        return longer if longer and _goes_on(document, stop, longer) else _joined(document, stop, end, joint)
    if not opening_end(document, start, end) and not document.text[start : start + 1].isupper():
        return None
    stop = _generic(document, start, end)
    return _joined(document, stop, end, joint) if stop else None


# "ngày 30 tháng 01 năm 2024 Về việc thành lập ...", "NGÀY 12 THÁNG 6 NĂM 2025 QUY ĐỊNH VỀ ...": what an act is about, with
# capitals; "biểu số 06/KTTS/N của Phụ lục II": a part of an act
_NO_BODY = pattern(lambda: rf"(?:{title_words('strong')}|phụ\s+lục|điều|khoản|chương|mục)(?!\w)")


# "Ban Bí thư [Trung ương]", "Ban Chấp hành Trung ương Đảng [Cộng sản Việt Nam]"
_NAME_ON = pattern(r"\s\p{Lu}\p{Ll}+\s\p{L}")


def _in_capitals(document: SourceDocument, full_end: int, longer: int) -> bool:
    """Whether a few words after a known name belong to it: the first has a capital and is no verb, and a mark or `về` ends them."""
    title = _TITLE_WORDS.match(document.folded, full_end, longer)
    few = document.folded.count(" ", full_end, longer) <= _FEW
    return title is None and few and _HARD_END.match(document.folded, longer) is not None


_FEW: Final = 4  # words
_TITLE_WORDS = pattern(lambda: rf"\s(?:{title_words('title')}|{title_words('speech')}|{long_verbs()})(?!\w)")


def _goes_on(document: SourceDocument, full_end: int, longer: int) -> bool:
    """Whether the words after a known name belong to it: only a place does."""
    return bool(_PLACE.match(document.folded, full_end, longer))


def _joined(document: SourceDocument, stop: int, end: int, joint: bool) -> int:
    """With the other bodies of a joint instrument: "Bộ Tài chính, Bộ Công an"; "Bộ Nội vụ và Văn phòng Chính phủ"."""
    for _ in range(6):
        join = _JOINT.match(document.folded, stop, end)
        name = _FULL.match(document.folded, join.end(), end) if join else None
        if join is None or not (_may_join(document, join.end(), end) if joint else name and "và" in join[0]):
            break
        further = name.end() if name else _generic(document, join.end(), end)
        if further is None:
            break
        stop = _with_place(document, further, end)
    return stop


def _with_place(document: SourceDocument, stop: int, end: int) -> int:
    """The end with a place after the name: "tỉnh Bình Thuận", "Đồng Tháp", "khóa X", "(trước sắp xếp)"."""
    place = _PLACE.match(document.folded, stop, end)
    if place:
        stop = place.end()
    if not _ENDS.match(document.folded, stop, end):
        capital = _CAPITAL_WORDS.match(document.text, stop, end)
        if capital and (capital.end() >= end or _ENDS.match(document.folded, capital.end(), end)):
            stop = capital.end()
        elif capital and (name := _BEFORE_TITLE.match(document.text, stop, end)):
            stop = name.end() if _TITLE_WORDS.match(document.folded, name.end(), end) else stop
    number = _SMALL_NUMBER.match(document.folded, stop, end)
    if number and place:
        stop = number.end()
    note = _NOTE.match(document.folded, stop, end)
    return note.end() if note else stop


def _generic(document: SourceDocument, start: int, end: int) -> int | None:
    """The end of a name that no list holds: the first word or mark that cannot be part of a name."""
    folded, text = document.folded, document.text
    committee = folded.startswith("ban chỉ đạo", start)
    limit = min(end, start + _LONGEST)
    offices = _OFFICES.match(folded, start, limit)
    skip = offices.end() if offices else start
    bare = _BARE.match(folded, start, limit)
    shouted = text[start : start + 12].isupper()
    for match in _ENDS.finditer(folded, start, limit):
        at = match.start()
        if at < skip:
            continue
        word = match[0].strip()
        capital = word[0].isalpha() and text[match.end() - len(word)].isupper()
        if (
            capital
            and not shouted
            and word not in _strong()
            and not (match["title"] and _whole_before(document, start, at))
        ):
            continue  # "Công ty TNHH Thành Hưng"
        if match["title"]:
            if folded.count(" ", start, at) < 1 or (bare and bare.end() >= at):
                continue  # "Ban Chỉ đạo phòng, chống ma túy", "Trung tâm bồi dưỡng chính trị": a name must go on
            if _COMPOUND.match(folded, at, limit):
                continue  # "Ban Quản lý dự án các công trình giao thông"
        if word == "," and _goes_on_within(document, at, limit):
            continue
        if committee and word in (",", "về") and (stop := _field_end(document, at, limit)):
            skip = stop  # "Ban Chỉ đạo quốc gia về phòng, chống thiên tai về việc ..."
            continue
        if word == "năm" and (meeting := _MEETING_YEAR.match(folded, at, limit)) and _YEARLY.match(folded, start, at):
            skip = meeting.end()  # "Đại hội đồng cổ đông thường niên năm 2025 Công ty cổ phần An Bình"
            continue
        if word == "." and text[at - 2 : at] in ("TP", "Tp"):
            continue
        if word == "(":
            short = _ABBREVIATED.match(text, at - 1, end) or _ABBREVIATED.match(text, at, end)
            if short:
                skip = short.end()
                continue
            note = _NOTE.match(folded, at, end)
            return note.end() if note else _trim(folded, start, at)
        return _trim(folded, start, at)
    return _trim(folded, start, limit) if limit == end and limit - start < _LONGEST else None


# "Ủy ban nhân dân tỉnh [Công bố danh mục ...]", "UBND thành phố Hòa An", "Ban Thường vụ Tỉnh ủy"
_PLACE_WORD = pattern(
    lambda: rf"(?<!\w)(?:(?:tỉnh|thành|huyện|quận|thị|đảng)\s+uỷ|việt\s+nam|{issuers('place')})(?!\w)\.?"
)
_PLACE_NAME = pattern(r"(?:\s+(?:-\s+)?\p{Lu}\p{L}*){0,5}")
_SMALL_SECOND = pattern(r"\s+\p{L}+\s+\p{Ll}")


def _whole_before(document: SourceDocument, start: int, at: int) -> bool:
    """Whether a name is whole, a place the last of it, and what follows has a capital as the first word of a title only."""
    *_, place = [None, *_PLACE_WORD.finditer(document.folded, max(start, at - 60), at)]
    if place is None or not _SMALL_SECOND.match(document.text, at):
        return False
    return _PLACE_NAME.fullmatch(document.text, place.end(), at) is not None


def _goes_on_within(document: SourceDocument, comma: int, limit: int) -> bool:
    """Whether a comma stands inside a name: `Sở Văn hóa, Thể thao và Du lịch`, `Ủy ban Quốc phòng, An ninh và Đối ngoại`."""
    if _INNER.match(document.folded, comma, limit):
        return True
    fields = _FIELDS.match(document.text, comma, limit)
    if fields is not None:
        return opening_end(document, fields.start("field"), limit) is None
    last = _LAST_FIELD.match(document.folded, comma, limit)
    if last is None or opening_end(document, last.start("field"), limit):
        return False
    end = _ENDS.search(document.folded, comma + 1, limit)
    return end is not None and end.start() == last.end("field")


# ", An ninh và Đối ngoại"; another body opens with a word of its own: ", Công an và Viện kiểm sát"
_FIELDS = pattern(r",\s+(?P<field>\p{Lu}\p{Ll}+(?:\s\p{Ll}+){0,2})\s+và\s+\p{Lu}\p{Ll}+\s+\p{Ll}+")
# "Cục Quản lý Khám, chữa bệnh về việc": nothing else stands between a comma and what the act is about. Before `về` alone
# a long one may be a clause: "Bảo tàng Hải Minh, chi nhánh huyện đăng ký về tham quan"
_LAST_FIELD = pattern(
    r",\s+(?P<field>[^\W\d]+(?:\s+[^\W\d]+){1,2}?(?=\s+về(?!\w))|[^\W\d]+(?:\s+[^\W\d]+){1,7}?(?=\s+(?:về\s+việc|v/v)(?!\w)))"
)
_MEETING_YEAR = pattern(r"\s+năm\s+\d{4}")
_YEARLY = pattern(r"(?r)\s(?:thường\s+niên|bất\s+thường)")
_FIELD_ABOUT = pattern(r"[^;:.()\d]*?(?=\s(?:về\s+việc|v/v)\s)")


def _field_end(document: SourceDocument, at: int, limit: int) -> int | None:
    """Where what a committee is for ends, commas in it or not: `Ban Chỉ đạo Phòng, chống ma túy, mại dâm [và ...] về việc`."""
    about = _FIELD_ABOUT.match(document.folded, at, limit)
    if about is None or about.end() == at:
        return None
    opens = (match.end() for match in _COMMA_BODY.finditer(document.folded, at, about.end()))
    body = any(document.text[one].isupper() and _may_join(document, one, limit) for one in opens)
    return None if body else about.end()


@cache
def _strong() -> frozenset[str]:
    return frozenset(fold(word) for word in words_where("citation_words", "list", "strong"))


def _trim(folded: str, start: int, stop: int) -> int | None:
    while stop > start and folded[stop - 1] in " ,;.:-":
        stop -= 1
    if folded[max(start, stop - 3) : stop] == " và":
        stop -= 3
    return stop if stop - start >= 3 else None
