"""The paragraphs of an item: which are one, where their sentences end, which speak to all or only quote."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from vnadmin.fields.directives.bodies import starts_body
from vnadmin.fields.directives.lexicon import link_words
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import CAPITALS
from vnadmin.text.pattern import pattern

ENDS: Final = ".;:,!?…"
# Where a sentence may end inside a paragraph; "TP. Hồ Chí Minh", "ThS. Lê" do not end one.
_STOP = pattern(r"[.!?…](?: ++|\n)(?=[\w“\"-])")
_ABBREVIATION = pattern(r"(?<!\w)(?:TP|Tp|tp|TX|Q|P|H|Đ|ThS|TS|PGS|GS|BS|Mr|Ms|NQ|số)$")
_LONGEST_ABBREVIATION: Final = 3


def joined_paragraphs(document: SourceDocument, paragraphs: Sequence[Span]) -> list[Span]:
    """The paragraphs, a list of bodies or a phrase that runs over several as one: `Chánh Văn phòng ...;` + `Giám đốc ...`."""
    joined: list[Span] = []
    for paragraph in paragraphs:
        if joined and _goes_on(document, joined[-1], paragraph):
            joined[-1] = Span(joined[-1].start, paragraph.end)
        else:
            joined.append(paragraph)
    return joined


def _goes_on(document: SourceDocument, last: Span, following: Span) -> bool:
    """Whether a paragraph is cut inside a phrase: after a comma before a body, after `Giám đốc`, `phối hợp với`."""
    if document.text[last.end - 1] in ";,":
        return starts_body(document, following.start, following.end) is not None
    if last.end - last.start <= _CUT_NAME and _REST_OF_NAME.match(document.text, following.start, following.end):
        return starts_body(document, last.start, last.end) is not None and document.text[last.end - 1] not in ENDS
    return _UNFINISHED.search(document.folded, max(last.start, last.end - _TAIL), last.end) is not None


# A portal breaks its lines anywhere: "Điều 4. Chánh" + "Văn phòng UBND tỉnh", "Giám đốc" + "Sở Tài chính"
_UNFINISHED = pattern(lambda: rf"(?<!\w)(?:{alternation(link_words('ends no paragraph'))})$")
_TAIL: Final = 16
# "2. Thống đốc Ngân hàng Nhà nước" + "Việt Nam, các Bộ trưởng chịu trách nhiệm ..."
_REST_OF_NAME = pattern(rf"[{CAPITALS}][^\W\d_]*+(?: [{CAPITALS}][^\W\d_]*+){{0,3}}, ")
_CUT_NAME: Final = 60


def sentences(document: SourceDocument, start: int, end: int) -> list[tuple[int, int]]:
    """Where each sentence of a slice begins and ends."""
    first, text, found = start, document.text, []
    for match in _STOP.finditer(text, start, end) if _may_stop(text, start, end) else ():
        at, following = match.span()
        if not (text[following].isupper() or text[following] in '“"-'):
            continue
        if _ABBREVIATION.search(text, max(0, at - _LONGEST_ABBREVIATION), at):
            continue
        found.append((first, at + 1))
        first = following
    if first < end:
        found.append((first, end))
    return found


def _may_stop(text: str, start: int, end: int) -> bool:
    """Whether one of the marks that end a sentence stands in a slice, with a blank where it stands in numbers too."""
    return (
        text.find(". ", start, end) >= 0
        or text.find(".\n", start, end) >= 0
        or text.find("?", start, end) >= 0
        or text.find("!", start, end) >= 0
        or text.find("…", start, end) >= 0
    )


# "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về ...": to all, and of no item (GUIDE) but an Điều
_FEEDBACK = pattern(r"(?:trong )?quá trình [^,.;]{2,80}, ?(?:nếu|trường hợp) [^.;]{0,60}(?:vướng mắc|khó khăn)")


# "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu Thủ trưởng các sở ... thực hiện nghiêm túc Chỉ thị này."
_CARRIES_OUT = pattern(
    r"(?:thực hiện|triển khai|chấp hành)[^.;]{0,40} (?:chỉ thị|công văn|kế hoạch|công điện|thông báo) này(?!\w)"
)


def speaks_to_all(document: SourceDocument, paragraph: Span) -> bool:
    """Whether a paragraph closes its document and speaks to all: what hinders them, that they carry this letter out."""
    folded, start, end = document.folded, paragraph.start, paragraph.end
    return _FEEDBACK.match(folded, start, end) is not None or _CARRIES_OUT.search(folded, start, end) is not None


def is_quoted(document: SourceDocument, paragraphs: Sequence[Span], position: int) -> bool:
    """Whether a place stands in a quotation that its item opens: what an amended or cited provision says (GUIDE)."""
    text = document.text
    opened = text.rfind("“", paragraphs[0].start, position)
    if opened >= 0:
        return text.find("”", opened, position) < 0
    start = paragraphs[bisect_right(paragraphs, position, key=attrgetter("start")) - 1].start
    return text.count('"', start, position) % 2 == 1
