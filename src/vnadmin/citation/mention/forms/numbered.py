"""Instruments cited by number: the type before it, date and issuer after it, and where the title opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from vnadmin.citation.mention.dates import CitedDate, read_date
from vnadmin.citation.mention.forms.tokens import NumberToken
from vnadmin.citation.mention.introduction import Inline, read_over
from vnadmin.citation.mention.issuer import issuer_end, issuer_grade, read_issuer, read_issuing_clause
from vnadmin.citation.mention.left import Head, kind_of, read_head, type_by_code, type_of_list, unknown_type
from vnadmin.citation.mention.lists import goes_on
from vnadmin.citation.mention.mention import Issuer, Number, Sighting
from vnadmin.citation.mention.title_start import title_start
from vnadmin.citation.scope import Segment
from vnadmin.gazetteer import rows
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import DASHES, LOOKALIKES, bare, fold
from vnadmin.text.pattern import pattern

_YEAR_IN_NUMBER = pattern(r"/\s?((?:19|20)\d\d)\s?/")
# "Nghị quyết số 11-NQ/TW (khóa XIII) của Bộ Chính trị", "Nghị quyết số 10/2016/NQ-HĐND tỉnh ngày 7/12/2016"
_TERM = pattern(
    r"\s*\(?khoá\s+[ivxlc\d]+\)?(?!\w)|\s+(?:tỉnh|thành\s+phố|huyện|quận|xã|phường)(?=\s*,?\s*(?:ngày|về|v/v)\s)"
)
# "Công an tỉnh ra [Quyết định số 31/QĐ-CSĐT] khởi tố vụ án": what follows is what the instrument does
_ISSUED = pattern(r"(?r)(?<!\w)(?:ban\s+hành|ra|ký)(?:\s+các)?\s+")
# "ngày 5/9/2025 (nhận ngày 15/9/2025) của Công ty ...", "của Chính phủ (sửa đổi, bổ sung Điều 4 Nghị định ...) quy định về ...",
# "ngày 15/5/2014 (đã được sửa đổi, bổ sung tại Nghị định số ...) của Chính phủ"
_ASIDE = pattern(
    r"\s*\((?:nhận|(?:đã\s+)?(?:được\s+)?(?:sửa\s+đổi|bổ\s+sung|thay\s+thế))(?!\w)[^()]{3,300}\)(?=\s+(?:của|về|quy\s+định|hướng\s+dẫn)\s)"
)
_JOINT = pattern(r"TTL[TB]|NQLT|(?:^|[/-])LT(?:[/-]|$)")
# Look-alike letters and dashes of a printed number, as they are recorded.
_MENDED = str.maketrans({**LOOKALIKES, **dict.fromkeys(DASHES, "-")})
# "126/2024/NĐ-CP1": the sign of a footnote, set small in print, stands right after the number
_FOOTNOTE_SIGN = pattern(r"(?<=[-/](?:CP|TTg|UBND|HĐND))\d{1,2}$")
# "5/CV UBND tỉnh": a hyphen may have been lost, or an agency follows; "16/CT-Tg": a misprint ends the number
_CUT = pattern(r"[ \xa0][A-ZĐ]{2}|[-–]\p{L}")


def find_numbered(document: SourceDocument, segment: Segment, tokens: Sequence[NumberToken]) -> Iterator[Sighting]:
    """The numbers that words beside them, or a list, tell to be citations."""
    previous: Sighting | None = None
    inline = Inline(document, segment)
    for token in tokens:
        sighting = _sighting(document, segment, inline, token, previous)
        if sighting:
            yield sighting
            previous = sighting


def digits_start(document: SourceDocument, token: NumberToken) -> int:
    """Where the printed number begins, after the colon or blanks of an unfilled one."""
    at = token.start
    while at < token.end and document.text[at] in " :":
        at += 1
    return at


def number_of(document: SourceDocument, token: NumberToken) -> Number:
    """The number as it is recorded: no white space, no dots of a blank, look-alike letters mended."""
    value = "".join(document.text[token.start : token.end].split())
    if value[-1].isdigit():
        value = _FOOTNOTE_SIGN.sub("", value)
    if token.form.name == "blank":
        value = value.lstrip(".…_:")
    return Number(Span(digits_start(document, token), token.end), value.translate(_MENDED))


@cache
def _type_codes() -> dict[str, frozenset[str]]:
    """First groups of notations that say whose number it is (QĐ, KH, TTr), with the types they stand for."""
    found: dict[str, set[str]] = {}
    for row in rows("instrument_codes"):
        found.setdefault(fold(row["code"]), set()).add(bare(row["type"]))
    return {code: frozenset(types) for code, types in found.items()}


_FIRST_GROUP = pattern(r"\d[\d.]*\p{L}?[/-](?:(?:19|20)\d\d/)?(\p{L}+)")


@lru_cache(maxsize=4096)
def _types_of_code(value: str) -> frozenset[str]:
    match = _FIRST_GROUP.match(value)
    return _type_codes().get(fold(match[1]), frozenset()) if match else frozenset()


def _sighting(
    document: SourceDocument, segment: Segment, inline: Inline, token: NumberToken, previous: Sighting | None
) -> Sighting | None:
    """A citation by number, or None where nothing beside the number says that it is one."""
    number = number_of(document, token)
    named = _named(document, segment, inline, token, number, previous)
    if named is None:
        return None
    kind, head, how, sure = named
    sure = sure and token.form.name not in ("dashed", "glued", "blank", "misprinted-year", "parted")
    sure = sure and not (token.form.name == "single" and _CUT.match(document.text, token.end))
    before = Issuer(head.issuer, "before") if head.issuer else None
    letter = kind is not None and kind_of(document, kind) == "letter"
    issued = _ISSUED.match(document.folded, max(segment.start, head.start - 30), head.start) is not None
    after = _read_after(document, segment, token.end, number.value, before, letter=letter, issued=issued)
    dated = read_date(document.folded, head.dated, token.start) if head.dated is not None else None
    return Sighting(
        start=head.start,
        end=after.end,
        kind="number",
        rule=f"reference.number.{token.form.name}{how}",
        grade=Grade.CERTAIN if sure else Grade.LIKELY,
        type=kind,
        number=number,
        date=after.date or dated,
        issuer=after.issuer,
        name=head.title,
        title_start=after.title_start,
    )


class _Named(NamedTuple):
    """What type of instrument a number is of, where the citation opens, how that was found (for the rule's name)."""

    type: Span | None
    head: Head
    how: str = ""
    sure: bool = True


def _named(
    document: SourceDocument,
    segment: Segment,
    inline: Inline,
    token: NumberToken,
    number: Number,
    previous: Sighting | None,
) -> _Named | None:
    """The type beside a number, or what stands for one; None where nothing says that the number is an instrument's."""
    names = _types_of_code(number.value)
    head = type_by_code(document, segment.start, read_head(document, segment.start, token.start), names)
    if head.type is not None:
        # a standard has a form of its own, a contract is no instrument
        return None if kind_of(document, head.type) in ("standard", "contract") else _Named(head.type, head)
    if previous is not None and previous.type is not None and goes_on(document, previous, head.start):
        return _Named(previous.type, head, ".listed")
    listed = type_of_list(document, segment.start, head.start)  # "Chỉ thị 01, 13, 33/CT-UB"
    if listed is not None:
        return _Named(listed, head)
    introduced = inline.before(head.start)
    if introduced is None and head.start <= _text_start(document, segment.words) + 3:
        introduced = read_over(document, segment.scope)
    if introduced is not None:
        return _Named(introduced.type, head, ".introduced", sure=False)
    if not names and read_date(document.folded, token.end, segment.end):
        printed = unknown_type(document, segment.start, head)
        if printed is not None:
            return _Named(printed, head._replace(start=printed.start), sure=False)
    if token.form.needs == "type" or not (token.form.name == "assembly" or names):
        return None
    if segment.row_type is not None and segment.cell is not None:
        return _Named(segment.row_type, head, ".row")  # a table of documents: | Quyết định | 15/QĐ-UBND | ... |
    if segment.cell is not None:
        return None if head.cue else _Named(None, head, sure=False)
    # "Số: 15/QĐ-UBND" alone on its line: a letterhead given as an example, or the document's own
    alone = head.start <= _text_start(document, segment.start) + 3
    return None if alone else _Named(None, head, sure=False)


def _text_start(document: SourceDocument, at: int) -> int:
    while at < len(document.text) and not document.text[at].isalnum():
        at += 1
    return at


class _After(NamedTuple):
    """What follows a number; `end` is after its date."""

    end: int
    date: CitedDate | None
    issuer: Issuer | None
    title_start: int | None


def _read_after(
    document: SourceDocument,
    segment: Segment,
    number_end: int,
    number: str,
    before: Issuer | None,
    *,
    letter: bool,
    issued: bool,
) -> _After:
    """Date and issuer after the number, in either order, and where the title opens."""
    folded, end = document.folded, segment.end
    joint = _JOINT.search(number) is not None
    year = _YEAR_IN_NUMBER.search(number)
    term = _TERM.match(folded, number_end, min(end, number_end + 30))
    at = core = term.end() if term else number_end
    date: CitedDate | None = None
    issuer = before
    after_issuer = False
    for _ in range(2):
        aside = _ASIDE.match(folded, at, end)
        at = aside.end() if aside else at
        if date is None:
            date = read_date(folded, at, end, int(year[1]) if year else None)
            if date:
                at = core = date.end
                continue
        if issuer is None or issuer is before:
            found = read_issuer(document, at, end, joint=joint)
            if found:
                issuer, at = Issuer(found[0], "after", issuer_grade(document, found[0], end)), found[1]
                after_issuer = True
                continue
            clause = read_issuing_clause(document, at, end)
            if clause:
                issuer, at = Issuer(clause[0], "after", Grade.CERTAIN), clause[1]
    if after_issuer and (twice := read_issuer(document, at, end)):
        at = twice[1]  # "của Thanh tra Chính phủ ngày 26/3/2007 của Thanh tra Chính phủ"
    if not after_issuer and date is not None:
        # "ngày 21/4/2010 Chính phủ quy định về ...": the issuer without `của`
        stop = issuer_end(document, at + 1, end) if document.text[at : at + 1] == " " else None
        if stop and document.text[at + 1].isupper() and title_start(document, stop, end, after_issuer=False):
            issuer, at = Issuer(Span(at + 1, stop), "after"), stop
    aside = _ASIDE.match(folded, at, end)
    at = aside.end() if aside else at
    return _After(
        core,
        date,
        issuer,
        title_start(document, at, end, after_issuer=after_issuer or issued, letter=letter and not issued),
    )
