"""Laws and the Constitution as they are cited: the name, and a number, a date or a year after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vnadmin.citation.mention.dates import CitedDate, read_date, read_year
from vnadmin.citation.mention.forms.laws import LawName, find_laws
from vnadmin.citation.mention.forms.numbered import digits_start, number_of
from vnadmin.citation.mention.forms.tokens import NumberToken
from vnadmin.citation.mention.issuer import issuer_grade, read_issuer
from vnadmin.citation.mention.mention import Issuer, Sighting
from vnadmin.citation.scope import Segment
from vnadmin.layout.page import SourceDocument
from vnadmin.text.pattern import pattern

_LEGISLATURE = pattern(r"(?:uỷ\s+ban\s+thường\s+vụ\s+)?quốc\s+hội(?!\w)")
_LAW_NUMBER = pattern(r"\s*,?\s*\(?số\s*:?\s*")

_YEAR = 4  # characters of a date that is a year alone
_NEXT_YEAR = pattern(r"(?:,|\s+và)\s+(?=(?:19|20)\d\d(?![\d/-]|\.\d))")


def find_named(
    document: SourceDocument, segment: Segment, places: Iterable[int], tokens: Iterable[NumberToken]
) -> Iterator[tuple[Sighting, NumberToken | None]]:
    """Laws by name, each with the token of its number, those that its name names after it.

    `places` are those of `law_places` in the segment, `tokens` all numbers there.
    """
    numbers = {digits_start(document, token): token for token in tokens}
    for law in find_laws(document, segment.start, segment.end, places):
        sighting, token = _law(document, segment, law, numbers)
        yield sighting, token
        yield from ((further, None) for further in _of_more_years(document, segment, sighting))
        many = len(law.inner) > 1
        for inner in law.inner:
            token = _number_after(document, inner.end, law.end, numbers) if many else None
            yield _sighting(document, inner, token.end if token else inner.end, token, inner=True), token


def _of_more_years(document: SourceDocument, segment: Segment, sighting: Sighting) -> Iterator[Sighting]:
    """`Luật Doanh nghiệp năm 2000, 2005, 2014`, `Luật Đất đai các năm 2003 và 2013`: laws of one name."""
    at = sighting.end
    while sighting.date and len(sighting.date.value) == _YEAR and (gap := _NEXT_YEAR.match(document.folded, at)):
        date = read_year(document.folded, gap.end(), segment.end)
        if date is None:
            return
        yield sighting._replace(start=date.span.start, end=date.end, date=date)
        at = date.end


def _law(
    document: SourceDocument, segment: Segment, law: LawName, numbers: dict[int, NumberToken]
) -> tuple[Sighting, NumberToken | None]:
    at = law.end
    token = _number_after(document, at, segment.end, numbers)
    if token is not None and token.form.name in ("assembly", "normative"):
        at = token.end
    else:
        token = None
    date = read_date(document.folded, at, segment.end) or read_year(document.folded, at, segment.end)
    if date:
        at = date.end
        later = _number_after(document, at, segment.end, numbers) if token is None else None
        if later is not None and later.form.name == "assembly":
            token, at = later, later.end
    issuer, at = _legislature(document, at, segment.end) if token or date else (None, at)
    if issuer and date is None and (date := read_date(document.folded, at, segment.end)):
        at = date.end  # "Luật Giáo dục số 43/2019/QH14 của Quốc hội ngày 14/6/2019"
    return _sighting(document, law, at, token, date, issuer=issuer), token


def _legislature(document: SourceDocument, at: int, end: int) -> tuple[Issuer | None, int]:
    """`của Quốc hội` behind the number or the date of a law, and where reading goes on; no other body makes laws."""
    found = read_issuer(document, at, end)
    if found is None or not _LEGISLATURE.match(document.folded, *found[0]):
        return None, at
    return Issuer(found[0], "after", issuer_grade(document, found[0], end)), found[1]


def _number_after(document: SourceDocument, at: int, end: int, numbers: dict[int, NumberToken]) -> NumberToken | None:
    cue = _LAW_NUMBER.match(document.folded, at, min(end, at + 20))
    if cue is None and document.folded.endswith(" số ", 0, at + 1):
        return numbers.get(at + 1)  # "Luật Chuyển đổi số 148/2025/QH15": one `số` for the name and the number
    return numbers.get(cue.end()) if cue else None


def _sighting(
    document: SourceDocument,
    law: LawName,
    end: int,
    token: NumberToken | None,
    date: CitedDate | None = None,
    *,
    issuer: Issuer | None = None,
    inner: bool = False,
) -> Sighting:
    return Sighting(
        start=law.type.start,
        end=end,
        kind="constitution" if law.rule.startswith("reference.constitution") else "law",
        rule=law.rule,
        grade=law.grade,
        type=law.type,
        number=number_of(document, token) if token else None,
        date=date,
        issuer=issuer,
        name=law.name,
        is_inner=inner,
    )
