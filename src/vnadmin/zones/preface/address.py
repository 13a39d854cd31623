"""The rules of the Kính gửi block (ô 9a), in the order in which they are asked."""

from __future__ import annotations

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.header_line import HeaderKind, starts_with
from vnadmin.genre.landmarks import address_label_end
from vnadmin.genre.marker import MarkerKind
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.zones.preface.header import END, Header, Part, Step, of, ordered
from vnadmin.zones.preface.phrase import is_sentence_like

_LABELS = ("gửi", "gởi", "trình", "chuyển", "điện")
# "1. Phòng Tham mưu;": other markers open the body, and bullets are entries by themselves
_ENUMERATED = frozenset({MarkerKind.NUMBER})
_LONGEST_ITEM = 160
_LONGEST_SUBJECT = 160
_LONGEST_CUT = 90  # characters of a line that ends an addressee's name
_BROKEN_WITHIN = 4  # lines of the body among which one goes on in small letters
_LONGEST_REST = 70  # characters of the last line of an item


def _is_enumerated(document: SourceDocument, line: Line) -> bool:
    """`2. Phòng Tham mưu;`, `Kính gửi: 1. Phòng Tham mưu;`."""
    item = Span(line.start + address_label_end(document.folded_of(line)), line.end)
    return document.signs(item).marker(_ENUMERATED) is not None


@of(HeaderKind.ADDRESS)
def label_again(header: Header, at: int) -> Step | None:
    """`Đồng kính gửi: Sở Tài chính` under `Kính gửi: Bộ Tài chính`."""
    return Step(Part.ADDRESS)


@of(HeaderKind.MOTTO)
def motto_beside_the_address(header: Header, at: int) -> Step | None:
    """`Độc lập - Tự do - Hạnh phúc` of the right column, read after the label of the left one (PDF, OCR)."""
    return Step(Part.MOTTO, opens=False) if header.is_motto(at) else None


@of(HeaderKind.PLACE_DATE)
def place_and_date_beside_the_address(header: Header, at: int) -> Step | None:
    """`Hà Nội, ngày 16 tháng 7 năm 2010` of the right column, read after the label of the left one."""
    if header.has(Part.PLACE_DATE):
        return None
    return Step(Part.PLACE_DATE, opens=False) if _is_label_alone(header, header.parts[Part.ADDRESS][-1]) else None


@of(HeaderKind.BODY)
def numbered_addressee(header: Header, at: int) -> Step | None:
    """`1. Phòng Tham mưu;` under a label that stands alone, or under another one."""
    if not _is_enumerated(header.document, header.lines[at]):
        return None
    above = header.parts[Part.ADDRESS][-1]
    under_label = _is_label_alone(header, above)
    under_item = header.current is Part.ADDRESS and _is_enumerated(header.document, above)
    shown = header.shown(at)
    if len(shown) > _LONGEST_ITEM or shown.endswith(":") or not (under_label or under_item):
        return None
    if under_label or header.document.of(above).endswith((";", ",")):
        return Step(Part.ADDRESS)
    return None


def letter_subject_below_the_address(header: Header, at: int) -> Step | None:
    """`Về việc đính chính đơn vị tính` in a paragraph of its own between `Kính gửi` and the body."""
    shown = header.shown(at)
    if header.has(Part.LETTER_SUBJECT):
        goes_on = header.current is Part.LETTER_SUBJECT and shown[0].islower() and len(shown) < _LONGEST_SUBJECT
        return Step(Part.LETTER_SUBJECT) if goes_on else None
    if header.kind(at) is not HeaderKind.LETTER_SUBJECT or header.has(Part.TYPE_LINE) or len(shown) > _LONGEST_SUBJECT:
        return None
    if shown.endswith((".", ":", ";", ",")):
        return None  # "Về việc đề nghị của Công ty, Thủ tướng giao ...": a sentence
    return Step(Part.LETTER_SUBJECT, doubt=Part.LETTER_SUBJECT)


def body_below_the_address(header: Header, at: int) -> Step | None:
    """`Căn cứ ...`, `1. ...`, a drawn line, a cell of a table."""
    ends = (
        HeaderKind.PREAMBLE,
        HeaderKind.BODY,
        HeaderKind.RULE,
        HeaderKind.LETTER_SUBJECT,
        HeaderKind.NUMBER,
    )
    last, line = header.parts[Part.ADDRESS][-1], header.lines[at]
    # the label may stand in a cell beside the list, or alone over a table of bullets
    listed = _is_label_alone(header, last) and bullet_end(header.shown(at)) > 0
    in_table = line.cell is not None and last.cell is None and not listed
    return END if header.kind(at) in ends or in_table else None


def bulleted_addressee(header: Header, at: int) -> Step | None:
    """`- Sở Tài chính;`."""
    shown = header.shown(at)
    return Step(Part.ADDRESS) if bullet_end(shown) and len(shown) < 400 else None


def where_the_addressee_lives(header: Header, at: int) -> Step | None:
    """`(Số 95, Lý Nam Đế, ...)`."""
    shown = header.shown(at)
    if shown.startswith("(") and len(shown) < 160 and len(header.parts[Part.ADDRESS]) < 3:
        return Step(Part.ADDRESS)
    return None


def sentence_below_the_address(header: Header, at: int) -> Step | None:
    """`Thực hiện ...`, a line in capitals, a paragraph of the body."""
    shown = header.shown(at)
    if starts_with(header.folded(at), "opener") or header.is_upper(at) or len(shown) > 260:
        return END
    return None


def addressee_goes_on(header: Header, at: int) -> Step | None:
    """A wrapped line of an addressee, or the next one under a label alone or after `;`."""
    last, line = header.parts[Part.ADDRESS][-1], header.lines[at]
    above = header.document.of(last)
    ended = above.endswith((".", "./."))
    if header.shown(at)[0].isupper() and is_sentence_like(header.folded(at)):
        return END
    if line.paragraph == last.paragraph and not ended:
        return Step(Part.ADDRESS)
    bulleted = any(bullet_end(header.document.of(item)) for item in header.parts[Part.ADDRESS])
    if bulleted and above.endswith((";", ".")) and len(header.shown(at)) > _LONGEST_SUBJECT:
        return END  # "- Các phòng, ban;" over the body, which has no bullet
    # "- Sở Giao dịch Sao Biển/" / "Seastar Exchange"; "- Sở Nội vụ/" / "Ban Tổ chức" are two
    twin = above[-1] == "/" and above[-2:-1].isalnum() and not starts_with(header.folded(at), "head")
    if _is_label_alone(header, last) or above.endswith((";", ",", ":")) or twin:
        return Step(Part.ADDRESS)
    if not ended and header.shown(at)[0].islower() and len(header.shown(at)) < 160:
        return Step(Part.ADDRESS)
    return None


def item_goes_on(header: Header, at: int) -> Step | None:
    """`- Bí thư thứ nhất Đoàn Thanh niên Cộng sản` / `Hồ Chí Minh;`: a short line that ends an item."""
    last, shown = header.parts[Part.ADDRESS][-1], header.shown(at)
    above = header.document.of(last)
    if not bullet_end(above) or above.endswith((".", ";", ",")) or len(shown) > _LONGEST_REST:
        return None
    return Step(Part.ADDRESS) if shown.endswith((";", ".")) and not is_sentence_like(header.folded(at)) else None


def addressee_cut_by_a_margin(header: Header, at: int) -> Step | None:
    """`Kính gửi: Công ty TNHH` / `Bao bì Sao Việt.` over a body whose lines are broken: a short line that ends the list."""
    shown, above = header.shown(at), header.document.of(header.parts[Part.ADDRESS][-1])
    if header.current is not Part.ADDRESS or above.endswith((".", ";", ":")) or len(shown) > _LONGEST_CUT:
        return None
    if not shown.endswith((".", ";")) or shown.endswith("./.") or is_sentence_like(header.folded(at)):
        return None
    broken = any(header.shown(below)[0].islower() for below in header.below(at, _BROKEN_WITHIN))
    return Step(Part.ADDRESS) if broken else None


def set_like_the_address(header: Header, at: int) -> Step | None:
    """`Phòng Công Thương huyện` in the middle of the page under `Kính gửi: UBND huyện`, over a body at the margin."""
    last, line = header.parts[Part.ADDRESS][-1], header.lines[at]
    below = next(iter(header.below(at, 1)), None)
    if not (last.style.centred and line.style.centred) or below is None or len(header.shown(at)) > 120:
        return None
    if header.lines[below].style.centred is not False or header.document.of(last).endswith((".", "./.")):
        return None
    if header.lines[below].paragraph == line.paragraph or is_sentence_like(header.folded(at)):
        return None  # a paragraph whose first line is set in
    return Step(Part.ADDRESS) if starts_with(header.folded(at), "head") else None


def addressee_by_its_head(header: Header, at: int) -> Step | None:
    """`Chủ tịch Ủy ban nhân dân các tỉnh.` in a paragraph of its own under `Kính gửi: Bộ trưởng các Bộ`, which ends without a stop."""
    last, line, shown = header.parts[Part.ADDRESS][-1], header.lines[at], header.shown(at)
    if header.current is not Part.ADDRESS or len(shown) > 120 or shown.endswith((":", ";", ",", "./.")):
        return None
    below = next(iter(header.below(at, 1)), None)
    if below is None or header.lines[below].paragraph == line.paragraph or not header.shown(below)[0].isupper():
        return None
    if header.document.of(last).endswith((".", "./.")) or is_sentence_like(header.folded(at)):
        return None
    names = starts_with(header.folded(at), "head") or starts_with(header.folded(at), "post")
    return Step(Part.ADDRESS, doubt=Part.ADDRESS) if names else None


def address_ends(header: Header, at: int) -> Step | None:
    """The first sentence of the body."""
    return END


ADDRESS = ordered(
    label_again,
    motto_beside_the_address,
    place_and_date_beside_the_address,
    numbered_addressee,
    letter_subject_below_the_address,
    body_below_the_address,
    bulleted_addressee,
    where_the_addressee_lives,
    sentence_below_the_address,
    addressee_goes_on,
    item_goes_on,
    addressee_cut_by_a_margin,
    set_like_the_address,
    addressee_by_its_head,
    address_ends,
)


def _is_label_alone(header: Header, line: Line) -> bool:
    return header.document.folded_of(line).rstrip(" :*_").endswith(_LABELS)
