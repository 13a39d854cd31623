"""Instruments cited without number, by date and issuer: `quyết nghị của Hội đồng Chính phủ ngày 3 tháng 9 năm 1945`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache

import regex

from vnadmin.citation.mention.dates import read_date
from vnadmin.citation.mention.issuer import issuer_end, issuer_grade, read_issuer
from vnadmin.citation.mention.mention import Issuer, Number, Sighting
from vnadmin.citation.mention.title_start import title_start
from vnadmin.citation.mention.words import types_before
from vnadmin.found import trimmed
from vnadmin.gazetteer import words_where
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

_REACH = 130


# "quyết nghị của Hội đồng Chính phủ [ngày 3 tháng 9 năm 1945]", "Công văn [ngày 12/5/2021] của Sở Y tế",
# "Thông tư số 06 [ngày 16 tháng 7 năm 1986] của Bộ Nội thương" (before 1990)
_DATED_BEFORE = pattern(
    lambda: (
        rf"(?r)(?<!\w)(?P<type>{types_before('act', 'letter')})(?:\s+số\s*:?\s*(?P<number>\d{{1,5}}))?"
        r"(?P<of>\s+của\s+[^,;.:()\"\d]{3,90}?)??\s*,?\s+(?:đề\s+)?"
    )
)


# "Căn cứ Biên bản họp [ngày 20/12/2026] của Hội đồng kỷ luật", "- Theo Biên bản [ngày 5/3/2026] của Tổ kiểm tra" at the head of a line;
# not "kết luận của Hiệu trưởng tại buổi họp ... [ngày 26/9/2016]": the day is the meeting's
_GROUND = pattern(
    lambda: (
        rf"(?r)(?<!\w)(?P<ground>căn\s+cứ(?:\s+vào)?|theo|xét)\s+(?P<type>{types_before('act', 'letter', 'paper')})"
        r"(?:\s+(?:lập|ký)|(?P<name>(?:\s+(?!(?:số|tại)\b)[^\W\d_]++){0,8}?)(?<!\s(?:từ|trước|sau|đến|vào|hết|trong))"
        r"(?P<of>\s+của\s+(?:(?!\stại\s)[^,;:.()\"\d]){3,90}?)??(?:\s+được\s+(?:lập|ký))?)(?P<number>)\s*,?\s+"
    )
)
_BULLETS = " -+*•–"
_GROUND_WORDS = ("căn cứ", "theo", "xét")


def _before(folded: str, start: int, at: int) -> regex.Match[str] | None:
    """What stands before the date of such a citation."""
    found = _DATED_BEFORE.match(folded, start, at)
    if found is None and any(folded.find(word, start, at) >= 0 for word in _GROUND_WORDS):
        found = _GROUND.match(folded, start, at)
    return found


def dated_places(folded: str) -> list[int]:
    """Where such a citation may stand: each `ngày` with a type before it."""
    return [
        at
        for at in find_all(folded, "ngày ", 0, len(folded))
        if not _FULL_NUMBER.match(folded, folded.rfind(" ", 0, at - 1) + 1, at)
        and _before(folded, max(0, at - _REACH), at)
    ]


def _dates_itself(document: SourceDocument, kind: tuple[int, int]) -> bool:
    """Whether a day behind such a paper's name is its own; `Kế hoạch tổ chức Hội nghị ngày 20/5` tells the event's."""
    return fold(document.text[slice(*kind)]).startswith(_own_day())


@cache
def _own_day() -> tuple[str, ...]:
    return tuple(map(fold, words_where("citation_words", "list", "own_day")))


_FULL_NUMBER = pattern(r"\d[^\s/]*/")  # "12/2020/nđ-cp [ngày 3 tháng 2 năm 2020]"


def find_dated(
    document: SourceDocument, start: int, end: int, places: Iterable[int], taken: Collection[int]
) -> Iterator[Sighting]:
    """Instruments without a full number that have a full date and an issuer, a title or a bare number.

    Args:
        document: the document.
        start: where a stretch of its text begins.
        end: where it ends.
        places: those of `dated_places` that lie in it.
        taken: the places of full mentions.
    """
    folded = document.folded
    for at in places:
        match = _before(folded, max(start, at - _REACH), at)
        if match is None or match.start("type") in taken:
            continue
        words = match.groupdict()
        if "ground" in words and document.text[start : match.start()].strip(_BULLETS):
            continue  # "... theo kế hoạch tổ chức ngày 5/3/2026"
        date = read_date(folded, at, end)
        if date is None or len(date.value) < 10:
            continue
        issuer = read_issuer(document, match.start("of") if match["of"] else date.end, end)
        name = trimmed(document, *match.span("name")) if words.get("name") else None
        if name and issuer is None and issuer_end(document, name.start, name.end) is not None:
            issuer, name = (name, name.end), None  # "Nghị quyết Hội đồng quản trị ngày 12/5/2026"
        title = title_start(document, max(date.end, issuer[1] if issuer else 0), end, after_issuer=issuer is not None)
        if name is not None and not _dates_itself(document, match.span("type")):
            continue
        shown = name is not None and document.text[match.start("type")].isupper()  # no "theo kế hoạch tổ chức ngày 5/3"
        if issuer is None and not match["number"] and title is None and not shown:
            continue
        yield Sighting(
            start=match.start("type"),
            end=date.end,
            kind="dated",
            rule="reference.dated",
            grade=Grade.LIKELY,
            type=Span(*match.span("type")),
            number=Number(Span(*match.span("number")), match["number"]) if match["number"] else None,
            date=date._replace(grade=Grade.LIKELY) if name else date,
            issuer=Issuer(issuer[0], "after", issuer_grade(document, issuer[0], end)) if issuer else None,
            name=name,
            title_start=title,
        )
