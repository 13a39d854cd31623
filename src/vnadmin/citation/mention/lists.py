"""Lists: what one member says of all (`số A, số B và C ngày ... của ...`), and what stands before a reference."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.citation.mention.dates import CitedDate
from vnadmin.citation.mention.introduction import Inline, read_over
from vnadmin.citation.mention.left import date_before, issuer_before
from vnadmin.citation.mention.mention import Issuer, Parts, Sighting, Titled, number_year
from vnadmin.citation.mention.words import triggers
from vnadmin.citation.scope import Segment
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.pattern import pattern

_SEPARATORS = pattern(r"\s*(?:[,;]?\s*(?:và|hoặc)?\s*|\s*-\s*)(?:các\s+)?")

_HISTORY = 90  # characters
_CHANGED_BY = pattern(
    lambda: (
        rf"\s*,?\s*\(?(?:đã\s+)?được\s+(?:{triggers('amend')}|{triggers('repeal')})[^.;:]*?\s(?:tại|bởi|theo|bằng)\s+"
    )
)
# "ý kiến của Bộ Tài chính tại văn bản số A[, Bộ Tư pháp tại] văn bản số B về chủ trương ..."
_EACH_AT = pattern(r"\s*,\s+(?:ý\s+kiến\s+của\s+)?[^;:.,()\"]{3,90}\s+tại\s+(?:các\s+)?")
# "tại Quyết định số A [và Quy trình nội bộ có số thứ tự 03 phần I tại] Quyết định số B của Chủ tịch"
_PART_OF = pattern(r"(?:\s+và|,)\s+[^.:§]{3,170}\s(?:tại|của|kèm\s+theo)\s+")


def goes_on(document: SourceDocument, previous: Sighting, at: int) -> bool:
    """Whether a number goes on a list: "Nghị định số A, số B và C" with only dates or issuers between."""
    issuer = previous.issuer
    end = max(previous.end, issuer.span.end if issuer and issuer.place == "after" else 0)
    if end > at:
        return False
    gap = _SEPARATORS.match(document.folded, end, at)
    return gap is not None and gap.end() == at and bool(document.folded[end:at].strip(" "))


def share_parts(document: SourceDocument, segment: Segment, mentions: Sequence[Titled]) -> list[Parts]:
    """The third stage: what the last member of a list says holds for those before it, then what stands before each."""
    parts = [Parts(one.sighting.date, one.sighting.issuer, one.title) for one in mentions]
    for index in range(len(mentions) - 2, -1, -1):
        if _is_listed(document, mentions[index], mentions[index + 1]):
            one, other = mentions[index].sighting, mentions[index + 1].sighting
            bare = other.rule.endswith(".listed")
            following = parts[index + 1]
            if following.date and _of_another_year(one, following.date):
                following = following._replace(date=None)
            if not bare and ";" in document.folded[mentions[index].issuer_end : other.start]:
                following = following._replace(date=None, title=None)  # members that stand apart
            elif following.title and _names(mentions[index + 2 :], following.title, one):
                following = following._replace(title=None)  # "[A] và [B] sửa đổi, bổ sung [A]"
            elif other.name is not None:  # "Biên bản họp giá số 12": before a number, of this one alone
                following = following._replace(title=None)
            about = bare or _is_about(document, following.title)
            parts[index] = _shared(parts[index], following, alike=_alike(document, one, other), bare=about)
        elif issuer := _issuer_of_both(document, mentions[index], mentions[index + 1], parts[index + 1]):
            parts[index] = parts[index]._replace(issuer=issuer)
    previous: int | None = None
    for index, mention in enumerate(mentions):
        if mention.sighting.kind == "number":
            held = parts[previous].issuer if previous is not None else None
            words = min(segment.words, mention.start)
            low = max(words, mentions[previous].sighting.end if previous is not None else 0)
            parts[index] = _with_before(document, mention.start, parts[index], low, held)
            previous = index
    return parts


_ABOUT_BEFORE = pattern(r"(?r)(?<!\w)(?:về|về\s+việc|v/v)\s*:?\s*")


def _is_about(document: SourceDocument, title: Span | None) -> bool:
    """Whether `về` opens a title."""
    return title is not None and _ABOUT_BEFORE.match(document.folded, 0, title.start) is not None


def _of_another_year(one: Sighting, date: CitedDate) -> bool:
    """Whether a number has its own year: `Nghị định số 8/2021/NĐ-CP, Nghị định số 9/2025/NĐ-CP ngày 30/6/2025`."""
    year = number_year(one.number.value) if one.number else None
    return year is not None and not date.value.startswith(year)


def _issuer_of_both(document: SourceDocument, mention: Titled, following: Titled, parts: Parts) -> Issuer | None:
    """Both are of one body: `Nghị định số A được sửa đổi, bổ sung tại Nghị định số B của Chính phủ`, `Luật A và Luật B của Quốc hội`."""
    one, other = mention.sighting, following.sighting
    if one.kind == other.kind == "law":
        listed = parts.issuer and _SEPARATORS.fullmatch(document.folded, mention.issuer_end, other.start)
        return Issuer(parts.issuer.span, "later") if parts.issuer and listed and not one.issuer else None
    if one.kind != "number" or other.kind != "number" or one.issuer or mention.title or parts.issuer is None:
        return None
    stretch = (document.folded, one.end, other.start)
    if not 0 < other.start - one.end < 2 * _HISTORY:
        return None
    changed = (other.start - one.end < _HISTORY and _CHANGED_BY.fullmatch(*stretch)) or _PART_OF.fullmatch(*stretch)
    if changed is None or parts.issuer.place != "after" or not _alike(document, one, other):
        return None
    return Issuer(parts.issuer.span, "later", Grade.LIKELY)


def _names(later: Sequence[Titled], title: Span, one: Sighting) -> bool:
    """Whether a title names an instrument by its number."""
    inside = (mention.sighting.number for mention in later if title.start <= mention.start < title.end)
    return one.number is not None and any(number and number.value == one.number.value for number in inside)


def _is_listed(document: SourceDocument, mention: Titled, following: Titled) -> bool:
    """Whether two numbers stand in one list: nothing but a comma, a dash, `và` or who says the next one between them."""
    if (
        mention.sighting.kind != "number"
        or following.sighting.kind != "number"
        or mention.title
        or mention.is_nested != following.is_nested
    ):
        return False
    end = mention.issuer_end
    if following.start < end:
        return False
    pinpoint = following.pinpoint
    opens = pinpoint.start if pinpoint and pinpoint.start >= end else following.start
    gap = _SEPARATORS.match(document.folded, end, opens)
    return (gap is not None and gap.end() == opens) or _EACH_AT.fullmatch(document.folded, end, opens) is not None


def _shared(own: Parts, following: Parts, *, alike: bool, bare: bool) -> Parts:
    """Date and title hold for every member that has none, an issuer for those of the same type or body.

    Where both name their issuers, only a title that `về` opens (`Nghị định số 5 của A, Thông tư số 6 của B về ...`) is shared, or that
    of a bare number: what one of them guides or amends is its own.
    """
    date, issuer = own.date, own.issuer
    if date is None and following.date is not None:
        date = following.date._replace(grade=Grade.LIKELY)
    apart = issuer is not None and issuer.place == "after" and following.issuer is not None and not bare
    title = own.title or (None if apart else following.title)
    named_later = following.issuer is not None and following.issuer.place != "before"
    if alike and named_later and following.issuer is not None and (issuer is None or issuer.place != "after"):
        issuer = Issuer(following.issuer.span, "later")
    return Parts(date, issuer, title)


_BODY = pattern(r"(?:[/-](?:19|20)\d\d)?[/-](?:[^/-]+[/-])?(?P<body>[^/-]+)$")


def _alike(document: SourceDocument, one: Sighting, other: Sighting) -> bool:
    """Whether two references are of one type, or of one body by their notation: `12/QĐ-UBND`, `13/KH-UBND`."""
    if one.type and other.type and document.bare_of(one.type) == document.bare_of(other.type):
        return True
    bodies = [match["body"] for m in (one, other) if m.number and (match := _BODY.search(m.number.value))]
    return len(bodies) == 2 and bodies[0] == bodies[1]


def _with_before(document: SourceDocument, start: int, parts: Parts, low: int, held: Issuer | None) -> Parts:
    """The parts of a reference, with date and issuer that stand before it; `held` is the issuer of the one before."""
    date, issuer = parts.date, parts.issuer
    holds = held is not None and held.holds
    if date is None:
        date = date_before(document, low, start)
    if issuer is None:
        issuer = issuer_before(document, low, start, after_list=holds)
        if issuer is None and holds:
            gap = _SEPARATORS.match(document.folded, low, start)
            issuer = held if gap and gap.end() == start else None
    return Parts(date, issuer, parts.title)


def add_introduced(
    document: SourceDocument, segment: Segment, mentions: Sequence[Titled], parts: Sequence[Parts]
) -> list[Parts]:
    """The parts, completed from the introduction of their list: the issuer of `các Thông tư của Bộ Tài chính:`."""
    found, inline = list(parts), Inline(document, segment)
    for index, mention in enumerate(mentions):
        part, kind = found[index], mention.sighting.type
        if mention.sighting.kind != "number" or kind is None or (part.issuer and part.date):
            continue
        introduction = inline.before(mention.start)
        if introduction is None and index == 0 and segment.is_item:
            introduction = read_over(document, segment.scope)
        if introduction is None or not introduction.holds_for(document, kind):
            continue
        issuer = part.issuer or (Issuer(introduction.issuer, "before") if introduction.issuer else None)
        date = part.date or (introduction.date._replace(grade=Grade.LIKELY) if introduction.date else None)
        found[index] = Parts(date, issuer, part.title)
    return found
