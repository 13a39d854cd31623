"""Recipients: the items of Nơi nhận (ô 9b)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from vnadmin.found import Found, quote, trimmed
from vnadmin.gazetteer import words
from vnadmin.genre.closing_line import Role, opens_filing
from vnadmin.genre.header_line import starts_with
from vnadmin.genre.particular import opens_with_verb
from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.genre.post_and_authority import is_post, mark_of_authority
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.alternation import alternation
from vnadmin.text.damage.misread import STROKES, any_marks
from vnadmin.text.damage.value import has_run_together
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_spelled
from vnadmin.zones.conclusions.items import Item
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundRecipient:
    """Leaves of model.Recipient."""

    name: Found[str]
    purpose: Found[str] | None


# The last brackets of an item: "Bộ trưởng (để b/c)", "Ban chỉ đạo 127TW(để b/c)", "Như trên “Để thực hiện”"
_BRACKETS = pattern(r"[(\"]([^()\"]{1,80})[)\"][ ;.,:*_/]*+$")
_CLOSES = pattern(r"([^()\n]{1,80})\)[ ;.,:*_/]*+$")
_EDGE = f";.,:*_|/'–—{STROKES}"  # "Như Điều 3; ^ '", "Lưu: VT. ‹"
_NOTE = pattern(r"(?<![.…])[.…]{2,}+ *+\(\d")  # "Như trên ..(5)" of a blank form
_PIECE = pattern(r"[,;.]|[BCDĐGHKLMNPQRSTVX] \p{Ll}")  # ", các Phó", "C hủ tịch": a reader cut it out of a line
# "UBND huyện; Ngày ký: 03-03-2020", "Lưu: KTTH (5b), Văn thư. thủ tướng chính phủ": what the other column held
# "Tòa án nhân dân tối cao,Nguyễn Văn An", "Sở Nội vụ,BÍ THƯ"
_JOINED = pattern(
    r"\) *+[-–] *+\p{Lu}|\p{Ll}{2}\. \p{L}+ \p{L}|[{}]|\p{Ll},\p{Lu}\p{Ll}++(?: \p{Lu}\p{Ll}++){1,3}$"
    r"|[\p{Ll})],\p{Lu}{2,}+(?: \p{Lu}{2,}+)+$"
)
_HALVES = pattern(r"; *+(?=\S)")
_INITIALS = pattern(r"[A-ZĐ]{2,}+(?![^\W\d_])")  # "HĐT", "CĐ ngành TW"; a post has marks: "GIÁM ĐỐC"
# "(bnt)" and "Ktr168/02", "Hcc6" of a filing entry: drafter's letters, units with figures; no syllables, and no damage
_CODE = pattern(r"(?<=\p{L})\(\p{L}{1,5}\)|\b\p{L}{1,5}\d[\w/.-]*+(?:\([\d/]++\))?")
_MARK_BELOW = pattern(r"[.; ]*+\n(?=[^\n]*\d)[^\n:]{2,9}+\n")  # "Lưu: VT." over "NLg 25": perhaps the drafter's mark
_CUT_NAME = pattern(r" \p{Lu}\.")  # "Thứ trưởng Lê Văn T. (để b/c)"; at the end of an entry the stop ends it
_OPEN = pattern(r" (?:và|các|của|[Đđ]iều)$")  # "CT và", "Như Điều": the rest stands elsewhere
_SHORT = 5  # letters of a name that no other word speaks for


# "để b/c", "báo cáo", "tự kiểm tra văn bản"; with its accents, for "(Đề án 06)" and "(Báo Cà Mau)" are none. OCR reads "dé b/c".
_PURPOSES = pattern(lambda: rf" *+(?:{any_marks('để')} )?(?:{alternation(map(fold, words('purposes')))})(?![^\W\d_])")

# "(Chi cục Đê điều - để b/c)", "(qua Vụ Tổng hợp để báo cáo)": who gets it there, and why; readers differ on what of it is a reason
_REASON_BEHIND = pattern(
    lambda: (
        rf"\([^()]*?(?:[-–] *+|(?<!\w)(?={any_marks('để')} ))(?:{any_marks('để')} )?+(?:{alternation(map(fold, words('purposes')))})(?!\w)"
    )
)


def read_recipients(zones: Zones) -> Iterator[FoundRecipient]:
    """The items in order, the filing entry (`Lưu: VT, ...`) among them."""
    items = zones.conclusions.items
    labelled = bool(items) and items[0].labelled
    found = [_recipient(zones.document, item, labelled) for item in items]
    told = {(fold(one.name.value), one.purpose and fold(one.purpose.value)) for one in found}
    if len(told) < len(found) or _may_hold_the_name(zones):  # pieces of a text that overlap, put together again
        found = [replace(one, name=one.name._replace(grade=Grade.LIKELY)) for one in found]
    yield from found


def _may_hold_the_name(zones: Zones) -> bool:
    """`Nơi nhận: KT. BỘ TRƯỞNG`, `- Báo Nhân dân, Trần Văn An`: the signer's lines stand among the list, without a name."""
    end = zones.conclusions
    if not end.recipients or any(Role.NAME in roles for roles in end.roles):
        return False
    first, last = end.recipients[0].index, end.recipients[-1].index
    return any(first < line.index < last for block in end.signatures for line in block)


def _recipient(document: SourceDocument, item: Item, labelled: bool) -> FoundRecipient:
    rule = "recipients.item" if labelled else "recipients.without-label"
    grade = Grade.CERTAIN if labelled and item.is_plain else Grade.LIKELY
    last = item.spans[-1]
    first = item.spans[0]
    # brackets may open on one line and close on the next; the slice between two lines of a column holds only a line end
    whole = Span(first.start, last.end) if item.is_run else last
    purpose: Found[str] | None = None
    spans = item.spans
    match = _purpose(document, whole)
    if (parted := None if item.is_run or match else _parted_purpose(document, spans)) is not None:
        purpose = quote(document, parted, f"{rule}-purpose", grade)
        spans = (*spans[:-2], Span(spans[-2].start, parted[0].start - 1))
    if match and match.start() > first.start:
        inner = trimmed(document, match.start(1), match.end(1))
        if _PURPOSES.match(match[1]) is None:
            grade = Grade.LIKELY  # a verb may belong to the name: "Ban Quản lý dự án (đầu tư xây dựng)"
        purpose = quote(document, inner, f"{rule}-purpose", grade)
        kept = [Span(s.start, min(s.end, match.start())) for s in spans if s.start < match.start()]
        further = trimmed(document, match.end(), whole.end, _EDGE)
        spans = (*(trimmed(document, *s) for s in kept), *([further] if further.start < further.end else ())) or spans
    tail = trimmed(document, spans[-1].start, spans[-1].end, _EDGE)
    if match and _CUT_NAME.match(document.text, tail.end - 2, match.start()):
        tail = Span(tail.start, tail.end + 1)
    head = trimmed(document, spans[0].start, spans[0].end)
    if len(spans) == 1:
        spans = (Span(head.start, max(tail.end, head.start)),)
    else:
        spans = (head, *spans[1:-1], Span(spans[-1].start, tail.end))
    name = quote(document, spans, rule, grade)
    if item.is_filing and _MARK_BELOW.match(document.text, spans[-1].end):
        return FoundRecipient(name._replace(grade=Grade.LIKELY), purpose)
    return FoundRecipient(name if _is_whole(name.value) else name._replace(grade=Grade.LIKELY), purpose)


def _purpose(document: SourceDocument, item: Span) -> regex.Match[str] | None:
    """The brackets that say why the body is told: the last, or those before them: `Sở Tài chính (báo cáo) (bản giấy)`."""
    stop = item.end
    for _ in range(2):
        match = _BRACKETS.search(document.folded, item.start, stop)
        if match is None or _PURPOSES.match(match[1]):
            return match
        if document.text[match.start(1)].islower() and opens_with_verb(match[1].split()):
            return match  # "(cấp phát)", "(rà soát hồ sơ)"
        stop = match.start()
    return None


def _parted_purpose(document: SourceDocument, spans: Sequence[Span]) -> tuple[Span, Span] | None:
    """Brackets that open on one line and close on another, other columns' lines between: `(để báo cáo Thủ tướng` / `và Phó TTg);`."""
    if len(spans) < 2:
        return None
    above, last = spans[-2:]
    opened = document.text.rfind("(", above.start, above.end)
    closed = _CLOSES.match(document.text, last.start, last.end)
    if opened <= above.start or closed is None or document.text.find(")", opened, above.end) >= 0:
        return None
    inner = trimmed(document, opened + 1, above.end), Span(last.start, closed.end(1))
    return inner if _PURPOSES.match(document.folded, *inner[0]) else None


def _holds_sign(name: str) -> bool:
    """`Lưu: VT, TH KT.`: the sign of the authority in the other column ran into the filing entry."""
    units, _, last = name.rpartition(" ")
    return opens_filing(name) and not units.endswith((",", ":", ";")) and mark_of_authority(f"{last}.") is not None


def _is_second_body(half: str) -> bool:
    """Whether `Website Chính phủ` behind `Công báo;` is meant with it; else the other column of a page may have held it."""
    folded = fold(half)
    if half[0].isupper() and (starts_with(folded, "head") or starts_with(folded, "medium")):
        return True  # and not "báo để các cơ quan biết", the sentence of a column beside it
    if _CODE.fullmatch(half):
        return True
    return (
        _INITIALS.match(half) is not None and not is_post(half, bare(half)) and name_likeness(half) is NameLikeness.NONE
    )


def _is_whole(name: str) -> bool:
    """Whether the name holds no trace of damage: `Ạệ` of a stroke, `Như Điều3`, a word that is no syllable."""
    # the end of a line that columns were not cut from; a mark of Markdown
    if name[:1].islower() or "*" in name or _JOINED.search(name):
        return False
    if _OPEN.search(name) or _holds_sign(name):
        return False
    if not all(_is_second_body(half) for half in _HALVES.split(name)[1:]):
        return False
    told = _CODE.sub("", name) if opens_filing(name) else name
    return (
        is_spelled(told, names=len(told) < _SHORT)
        and not has_run_together(told, initials=True)
        and _NOTE.search(name) is None
        and ("(" not in name or _REASON_BEHIND.search(fold(name)) is None)
        and _PIECE.match(name) is None
    )
