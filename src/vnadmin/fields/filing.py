"""Filing: the entry `Lưu: VT, TH (02b)` of Nơi nhận, taken apart (ô 9b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vnadmin.found import Found, quote, trimmed
from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.closing_line import filing_label_end
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundFiling:
    """Leaves of model.Filing."""

    units: tuple[Found[str], ...]
    copies: Found[int] | None
    drafter: Found[str] | None


_BRACKETS = pattern(r"\(([^()]*)\)")
# "VT, TH; HC", "ĐK: CN", "NCTH.Hưng", "KT.bngoc106"; not the stop of "P.CNTT" or "A.xx"
_SPLIT = pattern(r"[,;:+]|\.(?=[ (\p{Lu}])|(?<=\p{Lu}{2})\.(?=\p{Ll}{2})|\.$")
# "(02b)", "(3b)", "(110)", "(03 bản)", "(2)", "( b)"
_COPIES = pattern(r"\( *+(?:(?P<n>\d{1,4}) *+)?(?:b|ban)? *+\)")
# "(L-40b)", "(Ngan-15)", "Thuận100b", "Tuynh 12b": drafter and copies
_DRAFTER_COPIES = pattern(r"(?P<drafter>\p{L}{1,10}) ?-?(?P<n>\d{1,4})(?P<b>b)?")
# "VHTT b": the number of copies left blank
_BLANK_COPIES = pattern(r" ++b$")
# "(N.A.D)": initials; "VDuẩn", "DNam": initials before a name
_INITIALS = pattern(r"\p{Lu}(?:\.\p{Lu}){1,3}\.?")
_INITIAL_NAME = pattern(r"\p{Lu}{1,2}(?=\p{Lu}\p{Ll})\p{Lu}\p{Ll}{2,6}")
# "Châu", "Ngan", "NamVH", "bnt", "Hcc6"
_DRAFTER = pattern(r"(?:\p{Lu}\p{Ll}{1,6}\p{Lu}{0,3}|\p{Ll}{2,8})\d{0,3}")
# A desk and its drafter glued: "KTTHh5", "KTHTtr35", "KTbngoc602"; one small letter alone belongs to the desk ("TTr")
_GLUED = pattern(r"(?P<unit>\p{Lu}[\p{Lu}.&/-]+)(?P<drafter>\p{Ll}{1,8}\d{1,3})")
_UNIT = pattern(r"[\p{Lu}\d&/.\- ]+")
# Units that are words: "Văn thư", "Văn phòng", "Vụ PC", "Cục IV", "Chi bộ", "Văn phòng Trung ương Đảng"
_UNIT_WORDS = pattern(
    r"(?:van thu|van phong|vu|cuc|phong|ban|chi bo|dang uy|ho so|vp|to|khoa|so|hoi|doan|cong doan|thanh tra|bo phan|ttra)\b"
)


def read_filing(zones: Zones) -> Iterator[FoundFiling]:
    """The first filing entry of the list."""
    for item in zones.conclusions.items:
        if item.is_filing:
            entry = _Entry(zones.document)
            for number, span in enumerate(item.spans):
                entry.take(span, is_first=number == 0)
            if entry.units or entry.copies or entry.drafter:
                yield FoundFiling(tuple(entry.units), entry.copies, entry.drafter)
            return


@dataclass(slots=True)
class _Entry:
    """What the parts of the entry gave so far."""

    document: SourceDocument
    units: list[Found[str]] = field(default_factory=list)
    copies: Found[int] | None = None
    drafter: Found[str] | None = None

    def take(self, span: Span, *, is_first: bool) -> None:
        start, end = trimmed(self.document, span.start, span.end, ".;*_|")
        if is_first:
            start += bullet_end(self.document.text[start:end])
            start += filing_label_end(self.document.bare[start:end])
        for part, bracketed in _parts(self.document, start, end):
            self._part(part, bracketed)

    def _part(self, part: Span, bracketed: bool) -> None:
        text, plain = self.document.of(part), self.document.bare_of(part)
        if blank := _BLANK_COPIES.search(plain):
            part = Span(part.start, part.start + blank.start())
            text, plain = self.document.of(part), self.document.bare_of(part)
        if (copies := _COPIES.fullmatch(plain)) is not None:
            if copies["n"]:
                self._copies(part.start + copies.start("n"), copies["n"])
        elif plain.isdigit():
            self._copies(part.start, plain)
        elif bracketed and _INITIALS.fullmatch(text):
            self._drafter(part, Grade.LIKELY)
        elif (
            (both := _DRAFTER_COPIES.fullmatch(text))
            and (both["b"] or both["drafter"].istitle())
            and len(both["n"]) > 1
        ):
            self._drafter(Span(part.start, part.start + both.end("drafter")), Grade.LIKELY)
            self._copies(part.start + both.start("n"), both["n"])
        elif _INITIAL_NAME.fullmatch(text) and plain != "ttra":  # "TTra" is the desk Thanh tra
            self._drafter(part, Grade.LIKELY)
        elif glued := _GLUED.fullmatch(text):
            self._unit(Span(part.start, part.start + glued.end("unit")), Grade.LIKELY)
            self._drafter(Span(part.start + glued.start("drafter"), part.end), Grade.GUESS)
        elif _UNIT_WORDS.match(plain) or (_UNIT.fullmatch(text) and any(c.isalpha() for c in text)):
            self._unit(part, Grade.LIKELY)
        elif _DRAFTER.fullmatch(text):
            self._drafter(part, Grade.LIKELY)
        else:
            self._unit(part, Grade.GUESS)

    def _unit(self, span: Span, grade: Grade) -> None:
        self.units.append(quote(self.document, span, "filing.unit", grade))

    def _drafter(self, span: Span, grade: Grade) -> None:
        if self.drafter is None:
            self.drafter = quote(self.document, span, "filing.drafter", grade)

    def _copies(self, start: int, figure: str) -> None:
        if self.copies is None:
            self.copies = Found(int(figure), (Span(start, start + len(figure)),), "filing.copies", Grade.LIKELY)


def _parts(document: SourceDocument, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """Units, brackets and drafters of the entry, in order, and whether they stand in brackets."""
    position = start
    for match in _BRACKETS.finditer(document.text, start, end):
        yield from ((span, False) for span in _divided(document, position, match.start()))
        inner = trimmed(document, match.start(1), match.end(1), ".;")
        if _COPIES.fullmatch(document.bare, match.start(), match.end()):
            yield Span(match.start(), match.end()), True
        elif inner.end > inner.start and _INITIALS.fullmatch(document.text, inner.start, inner.end):
            yield inner, True
        else:
            yield from ((span, True) for span in _divided(document, match.start(1), match.end(1)))
        position = match.end()
    yield from ((span, False) for span in _divided(document, position, end))


def _divided(document: SourceDocument, start: int, end: int) -> Iterator[Span]:
    """The parts between commas, semicolons and stops."""
    begin = start
    for match in [*_SPLIT.finditer(document.text, start, end), None]:
        stop = match.start() if match else end
        if match and document.text[stop] == "." and len(document.text[begin:stop].strip()) == 1:
            continue  # the stop of "P.CNTT" or "A.xx" divides nothing
        span = trimmed(document, begin, stop, ".,;:(|")
        if span.end > span.start and any(c.isalnum() for c in document.of(span)):
            yield span
        begin = match.end() if match else end
