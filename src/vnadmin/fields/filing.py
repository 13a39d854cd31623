"""Filing: the entry `Lưu: VT, TH (02b)` of Nơi nhận, taken apart (ô 9b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from vnadmin.found import Found, quote, trimmed
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.zones.conclusions_items import list_items
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundFiling:
    """Leaves of model.Filing."""

    units: tuple[Found[str], ...]
    copies: Found[int] | None
    drafter: Found[str] | None


_HEAD = regex.compile(r"[-+•* ]*+luu(?: tru)?+ *+[:;,.]? *+")
# "(02b)", "(3b)", "(110)", "(03 bản)", "(2)", "( b)"
_COPIES = regex.compile(r"\( *+(?:(?P<n>\d{1,4}) *+)?(?:b|ban)? *+\)")
# "Thuận100b", ". 150", "Tuynh 12b": copies without brackets, at the end
_COPIES_BARE = regex.compile(r"(?P<n>\d{2,4})(?:b|ban)?$|(?P<b>\d{1,4})(?:b|ban)$")
_BRACKETS = regex.compile(r"\(([^()]*)\)")
_SPLIT = regex.compile(r"[,;+]|\.(?=[ (\p{Lu}])|\.$")
_UNIT = regex.compile(r"[\p{Lu}\d&/.\- ]+")
# A desk and its drafter glued: "KTTHh5", "VHKGh"; a drafter alone: "Châu", "DNam", "tnh20"
_GLUED = regex.compile(r"(?P<unit>\p{Lu}[\p{Lu}.&/-]+)(?P<drafter>\p{Ll}+\d{0,3})")
_DRAFTER = regex.compile(r"(?:\p{Lu}{0,3}\p{Lu}\p{Ll}+|\p{Ll}{2,6}|\p{Lu}\p{Ll}+\p{Lu}{1,3})-?\d{0,3}")
# Units that are words: "Văn thư", "Văn phòng", "Vụ PC", "Cục IV", "Chi bộ", "Văn phòng Trung ương Đảng"
_UNIT_WORDS = regex.compile(
    r"(?:van thu|van phong|vu|cuc|phong|ban|chi bo|dang uy|ho so|vp|to|khoa|so|hoi|doan|cong doan|thanh tra|bo phan)\b"
)


def read_filing(zones: Zones) -> Iterator[FoundFiling]:
    """The first filing entry of the list."""
    for item in list_items(zones.document, zones.conclusions.recipients):
        if item.is_filing:
            found = _take_apart(zones.document, item.spans)
            if found is not None:
                yield found
            return


def _take_apart(document: SourceDocument, spans: tuple[Span, ...]) -> FoundFiling | None:
    units: list[Found[str]] = []
    copies: Found[int] | None = None
    drafter: Found[str] | None = None
    for number, span in enumerate(spans):
        start, end = trimmed(document, span.start, span.end, ".;*_|")
        if number == 0:
            head = _HEAD.match(document.bare, start, end)
            start = head.end() if head else start
        for part in _parts(document, start, end):
            text = document.text[part.start : part.end]
            plain = document.bare[part.start : part.end]
            if match := _COPIES.fullmatch(plain):
                if match["n"] and copies is None:
                    copies = Found(int(match["n"]), (part,), "filing.copies", Grade.LIKELY)
                continue
            if plain.isdigit():
                copies = copies or Found(int(plain), (part,), "filing.copies", Grade.LIKELY)
                continue
            inner = trimmed(document, part.start, part.end, "()")
            text, plain = document.text[inner.start : inner.end], document.bare[inner.start : inner.end]
            if not text:
                continue
            bare_copies = _COPIES_BARE.search(plain)
            if bare_copies and bare_copies.start() > 1 and _DRAFTER.fullmatch(text[: bare_copies.start()].rstrip()):
                figure = bare_copies["n"] or bare_copies["b"]
                at = inner.start + bare_copies.start()
                if plain.endswith(("b", "ban")) or text[: bare_copies.start()].istitle():
                    copies = copies or Found(int(figure), (Span(at, at + len(figure)),), "filing.copies", Grade.LIKELY)
                    drafter = drafter or quote(
                        document, trimmed(document, inner.start, at), "filing.drafter", Grade.LIKELY
                    )
                    continue
            glued = _GLUED.fullmatch(text)
            if glued and len(glued["drafter"]) <= 6:
                units.append(
                    quote(document, Span(inner.start, inner.start + glued.end("unit")), "filing.unit", Grade.LIKELY)
                )
                drafter = drafter or quote(
                    document, Span(inner.start + glued.start("drafter"), inner.end), "filing.drafter", Grade.GUESS
                )
            elif _UNIT_WORDS.match(plain) or (_UNIT.fullmatch(text) and any(c.isalpha() for c in text)):
                units.append(quote(document, inner, "filing.unit", Grade.LIKELY))
            elif _DRAFTER.fullmatch(text):
                drafter = drafter or quote(document, inner, "filing.drafter", Grade.LIKELY)
            else:
                units.append(quote(document, inner, "filing.unit", Grade.GUESS))
    if not units and copies is None and drafter is None:
        return None
    return FoundFiling(tuple(units), copies, drafter)


def _parts(document: SourceDocument, start: int, end: int) -> Iterator[Span]:
    """Units, brackets and drafters of the entry, in order; what stands in brackets is divided too."""
    position = start
    for match in _BRACKETS.finditer(document.text, start, end):
        yield from _divided(document, position, match.start())
        if _COPIES.fullmatch(document.bare, match.start(), match.end()):
            yield Span(match.start(), match.end())
        else:
            yield from _divided(document, match.start(1), match.end(1))
        position = match.end()
    yield from _divided(document, position, end)


def _divided(document: SourceDocument, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _SPLIT.finditer(document.text, start, end):
        if not _is_abbreviation_stop(document, begin, match.start()):
            span = trimmed(document, begin, match.start(), ".,;")
            if span.end > span.start:
                yield span
            begin = match.end()
    span = trimmed(document, begin, end, ".,;")
    if span.end > span.start:
        yield span


def _is_abbreviation_stop(document: SourceDocument, begin: int, stop: int) -> bool:
    """The stop of "P.CNTT" or "A.xx" divides nothing."""
    return document.text[stop] == "." and len(document.text[begin:stop].strip()) == 1
