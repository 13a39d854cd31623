"""Tells where a phrase of a title is still open, and what is a sentence of a body rather than a title."""

from __future__ import annotations

from vnadmin.gazetteer import words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.header_line import HeaderKind, holds, starts_with
from vnadmin.genre.particular import is_particular
from vnadmin.genre.post_and_authority import labels_party
from vnadmin.layout.page import Line
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.header import Header, Part

WRAP = 110  # characters of the longest printed line; a paragraph of a body in a text without line breaks is longer
PARAGRAPH = 12  # lines of the body's first paragraph
_LONGEST = 320  # characters of a title that nothing but its place speaks for


_OPEN_END = pattern(
    lambda: rf"(?:[,(:-]|\w/|\b(?:{alternation(map(fold, words_where('link_words', 'kind', 'ends no title')))}))$"
)


_HALF_OPEN_END = pattern(
    lambda: rf"\b(?:{alternation(map(fold, words_where('link_words', 'kind', 'hardly ends a title')))})$"
)


def ends_inside_a_phrase(folded: str) -> bool:
    """`... THEO`, `... viên chức quản lý`, `... gói thầu số 03:`: the next line goes on with it."""
    return must_go_on(folded) or _HALF_OPEN_END.search(folded) is not None


def must_go_on(folded: str) -> bool:
    """`... CỦA`, `... VÀ`: whatever stands below belongs to the phrase."""
    return _OPEN_END.search(folded) is not None


def is_sentence_like(folded: str) -> bool:
    """Whether a text has a verb with which letters say what they want, as no name of a body has."""
    return holds(folded, "sentence")


def fits(shown: str) -> bool:
    """A line short enough to be one of several of a title, and without a stop at its end."""
    return len(shown) <= WRAP and not shown.endswith((".", ";", ":"))


def is_sentence(header: Header, at: int) -> bool:
    """The first paragraph of a body rather than a title."""
    shown = header.shown(at)
    if shown[0] in "-+•":
        return not is_further_name(header, at)
    if in_capitals(shown):
        return False
    following = next(header.kinds.after(at, 1), None)
    if shown.endswith((":", "./.")):
        return not (shown.endswith(":") and (_title_follows(header, at) or _goes_on(header, at)))
    ended = shown.endswith((".", ";"))
    if shown[0].islower() and not ended:
        return False  # "KẾ HOẠCH" / "thực hiện Nghị quyết số 05-NQ/TW ...": a sentence has a capital
    if starts_with(header.folded(at), "opener"):
        # "Triển khai thực hiện Nghị quyết ..." may be a title: then it has no stop, and a heading follows
        heading = following in (HeaderKind.RULE, HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ADDRESS)
        return ended or (len(shown) > WRAP and not heading)
    if len(shown) > _LONGEST:
        return following is not HeaderKind.PREAMBLE
    return ended and len(shown) > 140


def is_further_name(header: Header, at: int) -> bool:
    """`- hộ bà Cù Thị Nết`, `- Đoạn qua thôn ...` under a title: one line with a dash, not of a list, over the preamble or in small letters."""
    below = next(iter(header.below(at, 1)), None)
    if below is None or not header.has(Part.TITLE) or not fits(header.shown(at)) or header.shown(below)[0] in "-+•":
        return False
    return header.kind(below) is HeaderKind.PREAMBLE or header.shown(at)[1:].lstrip()[:1].islower()


def _goes_on(header: Header, at: int) -> bool:
    """`... gói thầu số 03:` / `thi công xây dựng`: the layout holds both lines to be one paragraph, and no stop ends it."""
    below = next(iter(header.below(at, 1)), None)
    if below is None or header.lines[below].paragraph != header.lines[at].paragraph:
        return False
    return header.shown(below)[0].islower() and fits(header.shown(below))


def _title_follows(header: Header, at: int) -> bool:
    """`... gói thầu số 03:` / `Thi công xây dựng`: short lines, and the preamble or the issuer's line after them."""
    for below in header.below(at, 4):
        kind = header.kind(below)
        if kind is HeaderKind.PREAMBLE or (header.is_upper(below) and starts_with(header.folded(below), "post")):
            return below > at + 1
        if kind is not HeaderKind.OTHER or not fits(header.shown(below)):
            return False
    return False


def opens_body(header: Header, at: int, above: Line) -> bool:
    """`Trường Sơn Ca thông báo tuyển sinh` / `năm 2026 như sau:` over an item, or prose up to a stop: the margin fell behind the title."""
    line, last = header.lines[at], at
    if not header.shown(at)[0].isupper() or header.is_upper(at) or must_go_on(header.document.folded_of(above)):
        return False
    for below in header.below(at, PARAGRAPH):
        if header.lines[below].paragraph != line.paragraph:
            break
        last = below
    shown = header.shown(last)
    return shown.endswith(".") or (
        shown.endswith(":") and next(header.kinds.after(last, 1), None) in (HeaderKind.PREAMBLE, HeaderKind.BODY)
    )


def says_a_particular(header: Header, at: int) -> bool:
    """`Thời gian: 8 giờ 30`, `Địa điểm: hội trường` of minutes, `Bên A: ...`; a number may belong to what the title names."""
    shown = header.shown(at)
    return labels_party(shown) or (header.kind(at) is not HeaderKind.NUMBER and is_particular(shown))
