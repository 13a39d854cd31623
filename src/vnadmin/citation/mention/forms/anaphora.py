"""Short and anaphoric forms: `Nghị định 15`, `Quyết định số 1200 nói trên`, `Công văn nêu trên`, and declared aliases.

`Nghị định này` is the document itself and no reference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache

import regex

from vnadmin.citation.mention.dates import read_date
from vnadmin.citation.mention.issuer import issuer_grade, read_issuer
from vnadmin.citation.mention.mention import Issuer, Number, Sighting
from vnadmin.citation.mention.title_start import title_start
from vnadmin.citation.mention.words import instrument_words, title_words, types_before
from vnadmin.gazetteer import words_where
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

# "(sau đây gọi tắt là Nghị định 15)", "(gọi là Luật Đất đai)", "(viết tắt là Đề án 06)"
_ALIAS = pattern(
    r"\s*\(\s*(?:sau\s+đây|dưới\s+đây)?\s*(?:được\s+)?(?:gọi|viết)\s*(?:tắt\s+|chung\s+|gọn\s+)?là\s*:?\s*\"?(?P<alias>[^()\"]{3,60}?)\"?\s*\)"
)
# "Nghị định 15", "Quyết định số 1200", "Nghị định 30/2020"; never the head of a full number, a date or a share
_DIGITS = pattern(r" \d{1,5}+(?!\d)")
_NUMBER = pattern(r"\d{1,5}+[^\W\d_]?(?:/(?:19|20)\d\d)?(?!\s?[/-]\s?[^\W_])(?![.,]?\d)(?!\w)(?!\s*%)")


@cache
def _last_words() -> frozenset[str]:
    words = instrument_words("act", "letter", "law", "paper", "short")
    return frozenset(("số", *(word.split()[-1] for word in words)))


def _number_places(document: SourceDocument) -> Iterator[int]:
    """Numbers of up to five digits after `số` or the last word of a type."""
    folded, text, last_words = document.folded, document.text, _last_words()
    for digits in _DIGITS.finditer(folded):
        at = digits.start() + 1
        if folded[max(0, at - 12) : at - 1].rpartition(" ")[2] in last_words:
            stop = text.find("\n", at, at + 20)  # what stands on the next line may be of another paragraph
            if _NUMBER.match(folded, at, at + 20 if stop < 0 else stop):
                yield at


_BACK = pattern(lambda: rf"(?:{title_words('back')}|trên(?=\s*[,;.)]|\s+(?:đã|được|có|thì|và|là|quy|để)\s))(?!\w)")


def _back_places(folded: str) -> Iterator[int]:
    """`Công văn nêu trên`, `Quyết định nói trên`, `Nghị định trên đây`: the words that point back."""
    end = len(folded)
    places = [at + 1 for word in (" đã dẫn", " đã nêu") for at in find_all(folded, word, 0, end)]
    for at in find_all(folded, " trên", 0, end):
        led = at >= 4 and folded[at - 4] == " " and folded[at - 3 : at] in _LEADS
        places.append(at - 3 if led else at + 1)
    back = _BACK
    return (at for at in places if back.match(folded, at, at + 24))


_LEADS = ("nêu", "nói", "dẫn")


_UNIT = pattern(lambda: rf"\s+(?:{title_words('unit')})(?!\w)")


_TYPE_BEFORE = pattern(
    lambda: rf"(?r)(?<!\w)(?P<type>{types_before('act', 'letter', 'law', 'paper', 'short')})\s+(?P<cue>số\s+)?"
)


def anaphora_places(document: SourceDocument) -> list[int]:
    """Where a number or a word that points back has a type before it."""
    folded, types = document.folded, _TYPE_BEFORE
    places = [*_number_places(document), *_back_places(folded)]
    return sorted(at for at in places if types.match(folded, max(0, at - 40), at))


def find_anaphora(
    document: SourceDocument, start: int, end: int, places: Iterable[int], taken: Collection[int]
) -> Iterator[Sighting]:
    """Short and anaphoric forms of a stretch of text.

    Args:
        document: the document.
        start: where the stretch begins.
        end: where it ends.
        places: those of `anaphora_places` that lie in it.
        taken: the places where full mentions open.
    """
    for at in places:
        short = document.folded[at].isdigit()
        match = (_NUMBER if short else _BACK).match(document.folded, at, min(end, at + (20 if short else 24)))
        kind = _type_of(document, start, at, taken) if match else None
        if match is None or kind is None:
            continue
        if not short:
            yield Sighting(kind.start, match.end(), "anaphora", "reference.anaphora", Grade.LIKELY, kind)
        elif sighting := _short(document, end, match, kind):
            yield sighting


def _type_of(document: SourceDocument, start: int, at: int, taken: Collection[int]) -> Span | None:
    """The type that stands right before a number or `nêu trên`."""
    before = _TYPE_BEFORE.match(document.folded, max(start, at - 40), at)
    if before is None or before.start() in taken:
        return None
    span = Span(*before.span("type"))
    if span.end - span.start <= 3 and not document.text[span.start].isupper():
        return None
    return span


def _short(document: SourceDocument, end: int, match: regex.Match[str], kind: Span) -> Sighting | None:
    """`Nghị định 15`, `Quyết định số 1200 ngày 3/5/2021`."""
    cued = "số" in document.folded[kind.end : match.start()]
    capital = document.text[kind.start].isupper()
    if not cued and not capital:
        return None  # "quyết định 02 nội dung": a verb
    if _UNIT.match(document.folded, match.end(), min(end, match.end() + 20)):
        return None  # "Kế hoạch 5 năm"
    number = Number(Span(match.start(), match.end()), document.text[match.start() : match.end()])
    date = read_date(document.folded, match.end(), end)
    if date and len(date.value) < 10:
        date = None
    name = " ".join(document.folded_of(kind).split())
    whole = capital and date is None and name in instrument_words("act", "letter", "paper")
    issuer, title = _told_behind(document, match.end(), end) if whole else (None, None)
    return Sighting(
        start=kind.start,
        end=date.end if date else match.end(),
        kind="anaphora",
        rule="reference.short",
        grade=Grade.LIKELY,
        type=kind,
        number=number,
        date=date,
        issuer=Issuer(issuer, "after", issuer_grade(document, issuer, end)) if issuer else None,
        title_start=title,
        stands_alone=(date is not None and cued and capital)
        or title is not None
        or ("/" in number.value and name in map(fold, words_where("citation_words", "list", "normative"))),
    )


def _told_behind(document: SourceDocument, at: int, end: int) -> tuple[Span | None, int | None]:
    """The issuer behind a bare number and where a title opens, both or none: `Công văn số 300 của Văn phòng Chính phủ về ...`."""
    found = read_issuer(document, at, end) if document.folded.startswith(" của ", at) else None
    title = title_start(document, found[1], end, after_issuer=True) if found else None
    if found is None or title is None or document.folded.find("về ", found[1], title) < 0:
        return None, None  # "Đề án 30 của Bộ kiên quyết không nhận và yêu cầu ..."
    return found[0], title


def read_alias(document: SourceDocument, at: int, end: int) -> tuple[str, int] | None:
    """The alias that brackets after a citation declare, folded, and where the brackets close."""
    match = _ALIAS.match(document.folded, at, min(end, at + 140))
    return (" ".join(match["alias"].split()), match.end()) if match else None
