"""What stands before a number: its type, the word `số`, the issuer between them, and the issuer or date before all."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin.citation.mention.dates import CitedDate
from vnadmin.citation.mention.issuer import is_known, is_office, issuer_end, known_names, opening_end
from vnadmin.citation.mention.mention import Issuer
from vnadmin.citation.mention.words import instrument_kinds, title_words, types_pattern, words_before
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.dates import find_dates
from vnadmin.text.pattern import pattern

_WINDOW = 170


# "Biên bản họp số 12", "Văn bản liên ngành số 5": what kind it is, not what it is about
_KIND = pattern(lambda: title_words("kind"))


class Head(NamedTuple):
    """The words before a number. `cue` is true when `số` is printed."""

    type: Span | None
    issuer: Span | None
    cue: bool
    start: int
    title: Span | None = None  # "Biên bản họp thẩm định giá số 12/BB-X": what it is about stands before its number
    dated: int | None = None  # "Công văn ngày 5/3/2024 số 12/SYT-VP": where the date before the number may open


# "năm 2024", "năm học 2023 - 2024", "lớp 10", "kỳ họp thứ 5", "lần 2" among the words before `số`
_COUNTED = r"(?:nam|hoc|lop|thu|lan|khoa|quy)\s+\d{1,4}(?:\s*[-–]\s*\d{4})?"


# "Quyết định số", "Nghị định số:", "Thông tư", "Quyết định của Bộ Chính trị số", "Nghị quyết Hội đồng quản trị số",
# "Thông báo kết luận số", "Công điện hỏa tốc số"; read from right to left, on text without marks
_BEFORE = pattern(
    lambda: (
        rf"(?r)(?<!\w)(?P<type>{types_pattern()})(?:\s*[,:]?|\s*,?\s+cua\s+(?P<of>[^,;.:()\d\"]{{3,90}}?)\s*,?|(?P<dated>\s*,?\s+ngay\s[\d/.\-]{{6,12}}|\s*,?\s+ngay\s\d{{1,2}}\sthang\s\d{{1,2}}\snam\s\d{{4}})\s*,?(?=\s*so\b)|(?P<loose>(?:\s+(?!tai\s)(?:{_COUNTED}|[^\W\d]+(?:\s*[-&]\s*[^\W\d]+)?)){{1,12}}?(?=\s*so\b)))"
        r"\s*(?P<cue>so(?:\s+hieu)?\s*[:.,]{0,2})?\s*\"?"
    )
)


_CUE = pattern(r"(?r)(?<!\w)so(?:\s+hieu)?\s*[:.,]{0,2}\s*")
_SHORT = frozenset(("nd", "tt", "qd", "nq", "cv", "ct"))


def read_head(document: SourceDocument, start: int, number: int) -> Head:
    """The type and cue that stand right before a number, not further back than `start`."""
    low = max(start, number - _WINDOW)
    match = _BEFORE.match(document.bare, low, number)
    if match and not (match["type"] in _SHORT and not document.text[slice(*match.span("type"))].isupper()):
        issuer = title = None
        if match["of"]:
            stop = issuer_end(document, match.start("of"), match.end("of"))
            if stop is None or document.bare[stop : match.end("of")].strip():
                return _without_type(document, low, number)
            issuer = Span(match.start("of"), stop)
        elif match["loose"]:
            at = match.start("loose") + 1
            of = document.bare.startswith("cua ", at)
            at += len("cua ") if of else 0
            joint = match["type"].startswith("thong tu lien")
            # "Luật Công nghiệp công nghệ số 71/2025/QH15": what stands between is the name of the law
            named = kind_of(document, Span(*match.span("type"))) == "law"
            stop = None if named else issuer_end(document, at, match.end("loose"), joint=joint)
            if stop and not document.bare[stop : match.end("loose")].strip():
                issuer = Span(at, stop)
            elif not of and not _KIND.fullmatch(document.folded, at, match.end("loose")):
                title = Span(at, match.end("loose"))
        dated = match.start("dated") if match["dated"] else None
        return Head(Span(*match.span("type")), issuer, bool(match["cue"]), match.start(), title, dated)
    return _without_type(document, low, number)


# "Quyết định phê duyệt dự án [số 123/QĐ-UBND]": the notation says that the number is the decision's, not the project's
def type_by_code(document: SourceDocument, start: int, head: Head, names: frozenset[str]) -> Head:
    """The head with the type that the notation names, where it stands a little further to the left."""
    if head.type is None or not names:
        return head
    printed = " ".join(document.bare[head.type.start : head.type.end].split())
    if printed in names or any(printed.startswith(name) for name in names) or printed in _LOOSE_TYPES:
        return head
    low = max(start, head.type.start - 90)
    window = document.bare[low : head.type.start]
    for name in names:
        at = window.rfind(name)
        if at >= 0 and not _BREAK.search(window, at) and (at == 0 or not window[at - 1].isalnum()):
            span = Span(low + at, low + at + len(name))
            return Head(span, None, head.cue, span.start, Span(span.end + 1, head.type.end))
    return head


_LOOSE_TYPES = frozenset(("cong van", "van ban", "cong van khan", "cong van hoa toc"))
_BREAK = pattern(r"[,;.:()\d]|\s(?:tai|theo|cua|va)\s")


def _without_type(document: SourceDocument, low: int, number: int) -> Head:
    cue = _CUE.match(document.bare, low, number)
    return Head(None, None, bool(cue), cue.start() if cue else number)


# "Căn cứ Kết quả thẩm định [số 88/KQTĐ-SXD ngày ...]": a type that no list holds opens with a capital
# "Trên cơ sở Đơn đề nghị xác định mã số [số 02-25/SB ngày ...]"
_UNKNOWN = pattern(
    r"(?r)(?:^|\n|[,;:(]\s*|\s(?:tại|theo|và|xét|cứ|vào|sở)\s)(?P<type>\p{Lu}\p{Ll}+(?:\s\p{Ll}+){1,6})\s+"
)


def unknown_type(document: SourceDocument, start: int, head: Head) -> Span | None:
    """Two to seven words with a capital right before `số`, at the head of a phrase."""
    low = max(start, head.start - 60)
    match = _UNKNOWN.match(document.text, low, head.start) if head.cue else None
    if match is None or _NO_TYPE.match(document.folded, match.start("type")):
        return None
    return Span(*match.span("type"))


_NO_TYPE = pattern(lambda: rf"(?:{title_words('no_type')})(?!\w)")


# "Chỉ thị 01, 13, [33/CT-UB]", "các Quyết định số 12, số 15 và [số 18/QĐ-UB]"
_BARE_LIST = pattern(
    lambda: (
        rf"(?r)(?<!\w)(?P<type>{types_pattern()})(?:\s+so)?\s+\d{{1,4}}(?:\s*,\s*(?:so\s+)?\d{{1,4}}){{0,6}}\s*(?:,|va\s)\s*"
    )
)


def type_of_list(document: SourceDocument, start: int, at: int) -> Span | None:
    """The type before a list of bare numbers of which only the last has its notation."""
    match = _BARE_LIST.match(document.bare, max(start, at - 80), at)
    return Span(*match.span("type")) if match else None


def kind_of(document: SourceDocument, span: Span) -> str:
    """The kind of a printed type (`gazetteer.cited_types`); one that is unknown is a paper."""
    return instrument_kinds().get(" ".join(document.bare_of(span).split()), "paper")


# "đề nghị của Giám đốc Sở Nội vụ tại [Tờ trình]", "chỉ đạo của Thủ tướng Chính phủ thông báo tại [công văn]"
_AT = pattern(
    lambda: (
        rf"(?r)(?<!\w)của\s+(?P<issuer>[^;:\"]{{3,110}}?)(?P<verb>\s+(?:{words_before('tells')}))?\s+(?:tại|theo)(?:\s+các)?\s*"
    )
)
# "Cục trưởng Cục Giám định nhà nước [về chất lượng công trình]": what a body is for ends its name
_ABOUT_FIELD = pattern(r"\s+về\s+(?!việc\s)[^,;:.()\d]+$")
_HONOUR = pattern(r"(?:đồng\s+chí|đ/c|ông|bà)\s+(?=\S)")  # "của đồng chí Chủ tịch Ủy ban nhân dân huyện tại"
# "Sở Nội vụ (Ban Thi đua - Khen thưởng) [tại văn bản]"
_NOTE = pattern(r"(?:\s*\([^()]{2,60}\))?[ ,]*")
# "Đề án được Thủ tướng Chính phủ phê duyệt tại [Quyết định]"
_BY_AT = pattern(
    lambda: (
        rf"(?r)(?<!\w)(?:được|do)\s+(?P<issuer>[^;:,\"]{{3,90}}?)\s+(?:{words_before('approves')})(?:\s+kèm)?"
        r"\s+(?:tại|theo|bằng)(?:\s+các)?\s*"
    )
)
# "[Thủ tướng Chính phủ] ban hành [Quyết định]", "ngày 30/8/2024 Sở Nội vụ đã có [Công văn]"
# "các Công văn của Sở Nội vụ: [Công văn] và [Công văn]"
_OF_LIST = pattern(r"(?r)(?<!\w)của\s+(?P<issuer>[^;:,\"]{3,90}?)\s*(?:sau\s+đây|sau|gồm)?\s*:\s*")
# "Xét báo cáo của Sở Nội vụ ([công văn])", "ý kiến của Bộ Công Thương (công văn số 1), Bộ Tư pháp ([công văn])", "gồm: Sở Y tế ("
_BRACKET = pattern(r"(?r)(?:(?<!\w)của|\)\s*(?:[,;]|và)|:)\s+(?P<issuer>[^;:,.()\"]{3,90}?)\s*\(\s*(?:tại\s+)?")
# "- Công ty An Bình tại [Công văn]", "2. Trường Đại học Hải Minh ([Công văn])": the words of an item, up to a letter
_ITEM = pattern(r"(?P<issuer>[^;:,.()\"]{3,110}?)(?:\s+tại\s+|\s*\(\s*(?:tại\s+)?)")
# "... của Giám đốc Sở Nội vụ tại Tờ trình số 1 và Chủ tịch Hội X tại [Công văn]"
# "... tại Tờ trình số 1, Bộ Nông nghiệp và Môi trường tại [Công văn]": the comma opens a name that may hold `và`
_COMMA_AT = pattern(r"(?r),\s+(?P<issuer>[^;:,\"]{3,110}?)\s+tại\s*")
_AND_AT = pattern(r"(?r)(?<!\w)và\s+(?P<issuer>[^;:,\"]{3,110}?)\s+tại\s*")
_SPEAKS = pattern(lambda: rf"(?:{title_words('speech')})(?!\w)")
_ISSUES = pattern(
    lambda: (
        r"(?r)(?P<clause>[^;:.\"]{3,110}?)\s*(?:\s(?:đã|tiếp\s+tục|cũng))*"
        rf"\s(?:{words_before('issues')})(?:\s+các)?\s*"
    )
)


# `Sở Nội vụ đã báo cáo tại [Công văn]`, `Sở Nội vụ đã triển khai thực hiện tại [Công văn]`
_SAID_AT = pattern(
    lambda: (
        rf"(?r)(?P<clause>[^;:.\"]{{3,110}}?)\s(?:(?:đã\s+)?(?:có\s+)?(?:{title_words('speech')})"
        rf"(?:,?\s+(?:{title_words('speech')}))?|đã(?:\s+[^\W\d]+){{2,4}})\s+tại(?:\s+các)?\s*"
    )
)


_CLAUSE = pattern(r"[,;]\s*|[.:]\s+|\s(?:và|do|mà|được|tham\s+mưu(?:\s+cho)?|trình)\s")


def issuer_before(document: SourceDocument, start: int, mention: int, *, after_list: bool = False) -> Issuer | None:
    """An issuer named before its reference; `của ... tại` names it for a whole list, `ban hành` does not."""
    low = max(start, mention - _WINDOW)
    tells = _AT.match(document.folded, low, mention)
    at = tells or _BY_AT.match(document.folded, low, mention)
    if at:
        start_at, end_at = at.span("issuer")
        honour = _HONOUR.match(document.folded, start_at, end_at)
        start_at = honour.end() if honour else start_at
        if tells and tells["verb"] and is_known(document, Span(start_at, at.end("verb"))):
            end_at = at.end("verb")  # "của Bộ trưởng Bộ Ngoại giao tại [Tờ trình]"
        stop = issuer_end(document, start_at, end_at)
        if stop and _NOTE.fullmatch(document.folded, stop, end_at):
            return Issuer(Span(start_at, stop), "before", holds=True)
        if stop and _ABOUT_FIELD.match(document.folded, stop, end_at) and is_office(document, start_at, end_at):
            return Issuer(Span(start_at, end_at), "before", Grade.LIKELY, holds=True)
    item = _ITEM.fullmatch(document.folded, low, mention)
    if item and (
        _SPEAKS.match(document.folded, item.start("issuer")) or not opening_end(document, *item.span("issuer"))
    ):
        item = None  # "- Báo cáo tình hình tại [Công văn]", "- Nội dung tại [Công văn]"
    of_list, bracket = (words.match(document.folded, low, mention) for words in (_OF_LIST, _BRACKET))
    for listed, holds in ((of_list, True), (bracket, False), (item, False)):
        stop = issuer_end(document, listed.start("issuer"), listed.end("issuer")) if listed else None
        if listed and stop is not None and stop == listed.end("issuer"):
            return Issuer(Span(listed.start("issuer"), stop), "before", holds=holds)
    if after_list:
        for words in (_COMMA_AT, _AND_AT):
            further = words.match(document.folded, low, mention)
            stop = issuer_end(document, further.start("issuer"), further.end("issuer")) if further else None
            if further and stop is not None and stop == further.end("issuer"):
                return Issuer(Span(further.start("issuer"), stop), "before", holds=True)
    issues = _ISSUES.match(document.folded, low, mention) or _SAID_AT.match(document.folded, low, mention)
    if issues is None:
        return None
    # the whole clause lies to the left; take the issuer that ends right at the verb, a known name before any other
    stop_at = issues.end("clause")
    named = [at for at in _starts(document, low, stop_at) if issuer_end(document, at, stop_at) == stop_at]
    best = next((at for at in named if is_known(document, Span(at, stop_at))), named[0] if named else None)
    return None if best is None else Issuer(Span(best, stop_at), "before")


def _starts(document: SourceDocument, low: int, high: int) -> list[int]:
    """Where an issuer may open: the window, a known name, after a comma, after a date, after `và`."""
    starts = [match.end() for match in _CLAUSE.finditer(document.folded, low, high)]
    starts += [match.end + 1 for match in find_dates(document.folded, low, high)]
    starts += known_names(document, low, high)
    starts.append(low)
    return sorted({s for s in starts if s < high}, reverse=True)


# "Ngày 21/7/2008, Thủ tướng Chính phủ ban hành [Quyết định]"; never "ngày 20/4/2026 ... nhận được [Công văn]"
_DATED_VERB = pattern(
    lambda: (
        r"\s*,?\s*(?:[^;:.,]{0,90}?\s)?(?:đã\s+|tiếp\s+tục\s+|cũng\s+)*"
        rf"(?:{title_words('issues')}|thông\s+qua)(?:\s+các)?\s*"
    )
)


def date_before(document: SourceDocument, start: int, mention: int) -> CitedDate | None:
    """The date that stands before a reference in the same clause, where the verb says that it was issued then."""
    low = max(start, mention - _WINDOW)
    if "ngày" not in document.folded[low:mention]:
        return None
    last = None
    for found in find_dates(document.folded, low, mention):
        last = found
    if last is None or last.value is None or len(last.value) < 10 or not last.worded:
        return None
    if _DATED_VERB.fullmatch(document.folded, last.end, mention):
        return CitedDate(last.value, Span(last.start, last.end), last.end, Grade.LIKELY)
    return None
