"""Document number: số, ký hiệu (ô 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnadmin.fields.blank import is_printed_blank
from vnadmin.found import Found, trimmed
from vnadmin.genre.landmarks import number_label
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import DocumentNumber, Grade
from vnadmin.text.fold import DASHES, mend_lookalikes
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.block import names_its_type
from vnadmin.zones.zone import Zones

# The whole rest of the line is the number, blanks anywhere: "120 /202 5 /QH1 5", "102/2025/NQLT - UBTVQH15 - CP",
# "      /UBND-VX", "....../QĐ-STC", "1906 /SGDĐT-CTrTT"; "60 TC/CĐKT", "178 CP" without a slash (before 1998).
# Matched on the text without white space.
_WHOLE = pattern(
    r"(?P<seq>\d+(?:\.\d+)*[A-Za-zĐđ]?)?[.…_]*+"
    r"(?P<tail>(?:(?<=[\da-zđ])[A-ZĐƯ&]{2,12})?(?:[/-][A-ZĐƯa-zđ0-9&@.+_]*[A-ZĐƯa-zđ0-9])*)[.;,…]*+"
)
# A number with something behind it on the same line: "3467/QĐ-BYT Hà Nội, ngày 15 ...", "12/UBND-VX V/v ...", "12/UBND - Hà Nội, ngày"
_CHAIN = pattern(
    r"(?P<seq>\d+(?:\.\d+)*[A-Za-zĐđ]?)?[ .…_]*+(?P<tail>(?: ?[/-](?! \p{Lu}\p{Ll}++[ ,]) ?[A-ZĐƯ0-9][A-ZĐƯa-zđ0-9&@+_]*+)+)"
)
# "Z32Ø/BTC-QLCS", "đút /VPCP- KTTH", "443! /BĐH": figures by hand that OCR took for letters; the notation is sure
_MISREAD = pattern(r"(?P<seq>[\w!?]{1,6}) ?(?P<tail>/(?: ?-? ?[A-ZĐƯ]{1,8}){1,3})(?!\w)")
# "37/2007/nđ-cp" of a site's title, of which figures alone were read; "15/KH-Đội", read to the Đ; not "12/UBND - Hà Nội, ngày"
_GOES_ON = pattern(r"\p{L}| ?[/-] ?(?!\p{L}[^,]{1,30}, *+ngày(?!\w))\p{L}{2}")
_STRAY = pattern(r"(?<=\w) \p{Ll}{2}")  # "1432/STC-QLG men...": a stroke that OCR took for a word
_BETWEEN_NUMBERS = pattern(r"\s*+(?:[;,&+]|và\b)\s*+(?:[Ss]ố\s*+:?\s*+)?")  # "204/STP-VP; 205/STP-VP"
_YEAR = pattern(r"/((?:19|20)\d\d)(?=[/-])")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """Leaves of model.DocumentNumber."""

    text: Found[str]
    sequence: Found[str] | None
    year: Found[int] | None
    notation: Found[str] | None


def read_number(zones: Zones) -> Iterator[FoundNumber]:
    """Candidates, best first: the number line, else the number in the title of a gazette text."""
    document, preface = zones.document, zones.preface
    if preface.number:
        first, last = preface.number[0], preface.number[-1]
        label = number_label(document.folded_of(first))
        start = first.start + (label.end if label else 0)
        if last.index > first.index + 1:
            found = _read_cut(document, Span(start, first.end), Span(last.start, last.end))
        else:
            found = _read(document, start, last.end, "number.header-line", preface.grade_of("number"))
        if found:
            yield found
            yield from _second_number(document, found.text.spans[-1].end, last.end)
        return
    if preface.block and preface.block.number:
        grade = Grade.CERTAIN if names_its_type(document, preface.block) else Grade.LIKELY
        found = _read(document, *preface.block.number, "number.title-block", grade)
        if found:
            yield found


def _read_cut(document: SourceDocument, label: Span, rest: Span) -> FoundNumber | None:
    """A number that lines of the other column cut in two: `Số: 1432`, the motto, `/STC-QLG`."""
    printed = mend_lookalikes(document.of(label) + document.of(rest)).translate(_DASHES)
    match = _WHOLE.fullmatch("".join(printed.split()))
    if match is None:
        return _read(document, label.start, label.end, "number.header-line", Grade.LIKELY)
    spans = tuple(trimmed(document, *part, ".;,…*_") for part in (label, rest) if document.of(part).strip(" .…"))
    return _leaves(match["seq"] or "", match["tail"] or "", spans, "number.cut-line", Grade.LIKELY)


def _second_number(document: SourceDocument, start: int, end: int) -> Iterator[FoundNumber]:
    """A whole number behind the first one on its line: which of the two is meant is not said."""
    between = _BETWEEN_NUMBERS.match(document.text, start, end)
    printed = mend_lookalikes(document.text[between.end() : end]).translate(_DASHES) if between else ""
    match = _CHAIN.match(printed)
    if between and match and match["seq"]:
        found = _read(document, between.end(), between.end() + match.end(), "number.header-line", Grade.CERTAIN)
        if found:
            yield found


def number_of(text: str) -> DocumentNumber | None:
    """A number that a person gives (`12 / UBND-VX`) taken apart as a printed one is, or None."""
    squeezed = "".join(mend_lookalikes(text).translate(_DASHES).split())
    match = _WHOLE.fullmatch(squeezed)
    if match is None or not (match["seq"] or match["tail"]):
        return None
    sequence, tail = match["seq"], match["tail"] or ""
    year = _YEAR.match(tail)
    notation = (tail[year.end() :] if year else tail).lstrip("/-")
    return DocumentNumber(
        text=(sequence or "") + tail, sequence=sequence, year=int(year[1]) if year else None, notation=notation or None
    )


def _read(document: SourceDocument, start: int, end: int, rule: str, grade: Grade) -> FoundNumber | None:
    """The number in a slice. Leaves share the slice: a value made of damaged text has no smaller place of its own."""
    printed = mend_lookalikes(document.text[start:end]).translate(_DASHES)
    stray = _STRAY.search(printed)
    match = None if stray else _WHOLE.fullmatch("".join(printed.split()))
    span = trimmed(document, start, end, ".;,…*_")
    if match is None:
        match = _CHAIN.match(printed)
        if match is None and (match := _MISREAD.match(printed)):
            rule, grade = "number.misread", Grade.GUESS
        if match is None:
            return None
        if _GOES_ON.match(printed, match.end()):
            grade = Grade.GUESS
        elif stray and stray.start() == match.end() and grade is Grade.CERTAIN:
            grade = Grade.LIKELY
        span = trimmed(document, start, start + match.end(), ".;,…*_")
    tail = "".join((match["tail"] or "").split())
    opens = document.text.find(tail[:1] or "/", start, end)  # "      /QĐ-UBND": what stands before its slash
    blank = opens >= start and is_printed_blank(document, len(document.text[:opens].rstrip(" .…_")), opens)
    return _leaves(match["seq"] or "", tail, (span,), rule, grade, blank=blank)


def _leaves(
    sequence: str, tail: str, spans: tuple[Span, ...], rule: str, grade: Grade, *, blank: bool = False
) -> FoundNumber | None:
    if not tail and not (sequence and grade):
        return None
    # a number may be stamped where the text has a blank; its notation stand in the other column
    if not tail or not (sequence or blank):
        grade = max(grade, Grade.LIKELY, key=_ORDER.index)
    year = _YEAR.match(tail)
    if sequence.endswith(_LIKE_FIGURES) or (not year and _MISREAD_YEAR.match(tail)):
        grade = max(grade, Grade.LIKELY, key=_ORDER.index)
    notation = (tail[year.end() :] if year else tail).lstrip("/-")

    def leaf(value: str) -> Found[str] | None:
        return Found(value, spans, rule, grade) if value else None

    return FoundNumber(
        text=Found(sequence + tail, spans, rule, grade),
        sequence=leaf(sequence),
        year=Found(int(year[1]), spans, rule, grade) if year else None,
        notation=leaf(notation),
    )


_LIKE_FIGURES = ("l", "I", "O", "o")  # "33l/CCTL-QLCT"
_MISREAD_YEAR = pattern(r"/(?=[\dOolI]{4}[/-])\d*+[OolI]")  # "25/2O26/TB-BQT"
_ORDER = (Grade.CERTAIN, Grade.LIKELY, Grade.GUESS)
_DASHES = dict.fromkeys(map(ord, DASHES), "-")
