"""Signers named elsewhere than in a signature block: "Chuyên viên theo dõi: ...", a digital signature's stamp."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin.found import Found, quote, trimmed
from vnadmin.gazetteer import words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.header_line import starts_with
from vnadmin.genre.person_name import NameLikeness, has_name_shape, name_likeness
from vnadmin.layout.furniture_line import signer_label
from vnadmin.layout.page import Column, Furniture, Span
from vnadmin.model import Grade
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones

_LONGEST = 160
_LAST = 8  # lines at the end of the body in which a name without a post may stand
_SIGNED = pattern(r"[(\[] *+da ky *+[)\]][*_|. ]*+$")
# "- Sở Tư pháp;        Đã ký: Nguyễn Văn An", "(đã ký) Nguyễn Văn An"
_MARK_OF_NAME = r"(?:[(\[] *+da ky *+[)\]] *+:?|da ky *+:) *+(?=\p{L})"
_MARKED_NAME, _AFTER_GAP = pattern(_MARK_OF_NAME), pattern(rf"(?<=  ){_MARK_OF_NAME}")
_BELOW = 4  # lines
_NAME_EDGE = "*_.,;|“”\"'‘’"
_BETWEEN = pattern(r" *+(?:\+|;|,| và ) *+")


_ROLES = pattern(lambda: rf"[*_ ]*+({alternation(map(bare, words_where('positions', 'kind', 'inline')))})[ *_]*+: *+")


def inline_signers(zones: Zones) -> Iterator[tuple[Found[str], Found[str]]]:
    """Name and post where a submission slip (phiếu trình) names them on one line: "Chuyên viên theo dõi: A + B"."""
    document = zones.document
    for paragraph in zones.body:
        for line in paragraph.lines:
            if line.end - line.start > _LONGEST:
                continue
            match = _ROLES.match(document.bare, line.start, line.end)
            if not match:
                continue
            post = Span(*match.span(1))
            start = match.end()
            cuts = [(m.start(), m.end()) for m in _BETWEEN.finditer(document.folded, start, line.end)]
            begins, ends = [start, *(b for _, b in cuts)], [*(a for a, _ in cuts), line.end]
            for begin, end in zip(begins, ends, strict=True):
                span = trimmed(document, begin, end, "*_.,;")
                if name_likeness(document.of(span)) >= NameLikeness.CAPITALS:
                    yield (
                        quote(document, span, "signatory.inline-role", Grade.LIKELY),
                        quote(document, post, "signatory.inline-role", Grade.LIKELY),
                    )


def marked_signers(zones: Zones) -> Iterator[tuple[Found[str] | None, Found[str] | None]]:
    """A name beside `(Đã ký)` without any post, as under decree-laws of 1945-1957: `Hồ Chí Minh` / `(Đã ký)`; below the list, where there is one.

    Where a unit stands there (`Phòng KHTC` / `(Đã ký)`), it signs, as a post does, and no person.
    """
    document, end = zones.document, zones.conclusions
    lines = [line for paragraph in zones.body[-_LAST:] for line in paragraph.lines][-_LAST:]
    if end.items:
        lines = [*document.lines[end.end : end.end + _BELOW]]
    for number, line in enumerate(lines):
        if line.end - line.start > _LONGEST or not (mark := _SIGNED.search(document.bare, line.start, line.end)):
            continue
        own = trimmed(document, line.start, mark.start(), "*_.,;|")
        near = [own, *(trimmed(document, x.start, x.end, "*_.,;|") for x in lines[max(0, number - 1) : number + 2])]
        for span in near:
            shown = document.of(span)
            # "Hồ Chí Minh" is a city's name too; over the mark it is the President's
            if span.end > span.start and (name_likeness(shown) is NameLikeness.FULL or has_name_shape(shown)):
                if name_likeness(shown) is not NameLikeness.FULL and starts_with(document.folded_of(span), "head"):
                    yield None, quote(document, span, "signatory.unit-signed-mark", Grade.LIKELY)
                else:
                    yield quote(document, span, "signatory.signed-mark", Grade.LIKELY), None
                break


def name_beside_a_mark(zones: Zones) -> Found[str] | None:
    """The name of a block that has none, where it stands with its mark: right of a recipient, or just below the end.

    A reviewer's copy sets `Đã ký: Nguyễn Văn An` into a frame, which is anchored at whatever paragraph is near.
    """
    document, end = zones.document, zones.conclusions
    for line in document.lines[end.start : end.end + _BELOW]:
        place = document.bare, line.start, line.end
        match = _MARKED_NAME.match(*place) or _AFTER_GAP.search(*place)
        if match is None:
            continue
        span = trimmed(document, match.end(), line.end, "*_.,;|")
        if name_likeness(document.of(span)) is NameLikeness.FULL:
            return quote(document, span, "signatory.signed-mark", Grade.LIKELY)
    return None


def name_below_the_list(zones: Zones) -> Iterator[Found[str]]:
    """`Trần Văn An` alone under the filing entry, no list of members: the authority and the post beside the list are lost.

    On a scan scraps of the post may stand above the name in its column: `M$CHÍNH PHỦ` / `PÙNTƯỚNG` / `Trần Văn An`.
    """
    document, end = zones.document, zones.conclusions
    if not any(item.is_filing for item in end.items):
        return
    below = [
        (line, trimmed(document, line.start, line.end, _NAME_EDGE))
        for line in document.lines[end.end : end.end + _BELOW]
    ]
    named = [name_likeness(document.of(span)) is NameLikeness.FULL for _, span in below]
    at = named.index(True) if sum(named) == 1 else -1
    if at == 0 or (at > 0 and all(line.column is Column.RIGHT for line, _ in below[: at + 1])):
        yield quote(document, below[at][1], "signatory.below-the-list", Grade.LIKELY)


def unit_alone(zones: Zones) -> Iterator[Found[str]]:
    """`BAN QUẢN TRỊ KÝ TÚC XÁ` as the last line of all, under the body's last sentence: the unit signs, and no person."""
    document = zones.document
    lines = [line for paragraph in zones.body[-_LAST:] for line in paragraph.lines][-2:]
    if len(lines) < 2 or lines[1] is not document.lines[-1] or not document.of(lines[0]).endswith((".", "./")):
        return
    span = trimmed(document, lines[1].start, lines[1].end, "*_.,;|")
    if in_capitals(document.of(span)) and starts_with(document.folded_of(span), "head"):
        yield quote(document, span, "signatory.unit-alone", Grade.LIKELY)


def stamped_signer(zones: Zones) -> Iterator[Found[str]]:
    """The person of a digital signature's stamp, where the document itself names no signer; an agency signs too."""
    document = zones.document
    for line in document.furniture:
        if line.furniture is not Furniture.SIGNATURE_STAMP:
            continue
        name_at = signer_label(document.bare, line.start, line.end)
        if name_at is None:
            continue
        span = trimmed(document, name_at, line.end, "*_.,;")
        if name_likeness(document.of(span)) >= NameLikeness.CAPITALS:
            yield quote(document, span, "signatory.stamp", Grade.GUESS)
            return
