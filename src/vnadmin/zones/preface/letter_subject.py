"""The rules of a letter's subject (ô 5b): where it opens in the two columns or below them, and how far it goes on."""

from __future__ import annotations

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import code_of_notation
from vnadmin.genre.header_line import HeaderKind, is_labelled, starts_with
from vnadmin.layout.page import Column
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.header import SKIP, Header, Part, Step, of
from vnadmin.zones.preface.phrase import ends_inside_a_phrase
from vnadmin.zones.preface.type_line import is_type_line, more_header_comes

_GROUPS = pattern(r"[^\W\d_]{2,6}+")
_TITLE_BLANKS = 3  # between the words of a title at least
_NARROW = 60  # characters of a line of the left column
_ADDRESS_WITHIN = 14  # lines from a letter's subject to `Kính gửi`
_PARTY_LETTER = pattern(r"- *+cv *+/")  # "Số 153-CV/TU", "Số:     -CV/ĐU"


@of(HeaderKind.PLACE_DATE)
def date_of_a_letter_subject(header: Header, at: int) -> Step | None:
    """`Về cho học sinh nghỉ học` / `ngày 26/11/2018` in the left column; the letter's own date stands in the right one."""
    if header.current is not Part.LETTER_SUBJECT:
        return None
    if not header.folded(at).startswith("ngày") or header.lines[at].column is Column.RIGHT:
        return None
    other = header.has(Part.PLACE_DATE) or HeaderKind.PLACE_DATE in header.kinds.after(at, 8)
    return Step(Part.LETTER_SUBJECT) if other else None


def note_under_a_letter_subject(header: Header, at: int) -> Step | None:
    """`(Kèm theo hồ sơ dự toán)`, `Kèm theo Công văn số 5/STC` under the subject: of the letter's enclosures."""
    if header.current is not Part.LETTER_SUBJECT:
        return None
    above = header.shown(at - 1)
    if above.startswith("(") and ")" not in above and header.kind(at - 1) is HeaderKind.ATTACHED:
        return SKIP  # "dự toán)"
    if header.kind(at) is not HeaderKind.ATTACHED or not header.shown(at).startswith(("(", "Kèm ")):
        return None
    return SKIP if header.lines[at].column is Column.LEFT or more_header_comes(header, at) else None


def letter_subject_goes_on(header: Header, at: int) -> Step | None:
    """`V/v rà soát vị trí trọng điểm` / `xung yếu đê điều`: a wrapped line of a letter's subject."""
    last = header.last(Part.LETTER_SUBJECT)
    line, kind = header.lines[at], header.kind(at)
    if header.current is not Part.LETTER_SUBJECT or last is None:
        return None
    if kind in (HeaderKind.MARK, HeaderKind.PLACE_DATE, HeaderKind.MOTTO) or line.column is not last.column:
        return None
    # "V/v sửa đổi Quy chế" / "ban hành kèm theo Quyết định số 5/QĐ-UBND", "V/v điều chỉnh" / "Phụ lục II" goes on
    headed = kind is HeaderKind.ATTACHED and not header.shown(at)[0].islower() and line.column is not Column.LEFT
    comes = more_header_comes(header, at)
    if headed and not comes:
        return None
    if line.column is Column.LEFT or line.paragraph == last.paragraph:
        return Step(Part.LETTER_SUBJECT)
    if kind not in (HeaderKind.OTHER, HeaderKind.NUMBER, HeaderKind.ATTACHED):
        return None
    before = header.document.of(last)
    if header.is_upper(at) and not in_capitals(before) and " " in header.shown(at):
        return None  # and "phòng, chống dịch" / "COVID-19" goes on
    colon = before[-1] == ":" and more_header_comes(header, at)  # "V/v gói thầu số 03:" / "Thi công xây dựng"
    ended = before[-1] == "." or (before[-1] in ":;" and not (colon or header.shown(at)[0].islower()))
    if line.end - line.start >= 120 or ended:
        return None
    if comes or not header.shown(at).endswith((".", ":", ";")):
        return Step(Part.LETTER_SUBJECT, doubt=Part.LETTER_SUBJECT if headed else None)
    return None


@of(HeaderKind.OTHER)
def letter_subject_around_the_date(header: Header, at: int) -> Step | None:
    """`tỉnh, thành phố` under `Hà Nội, ngày ...` and over `Kính gửi`: a reader of PDF set the other column's line between."""
    last, line = header.last(Part.LETTER_SUBJECT), header.lines[at]
    if last is None or header.current is not Part.PLACE_DATE or line.column is not last.column:
        return None
    if not header.shown(at)[0].islower() or line.end - line.start > _NARROW:
        return None
    return Step(Part.LETTER_SUBJECT, doubt=Part.LETTER_SUBJECT) if header.address_comes(at, 4) else None


@of(HeaderKind.OTHER)
def letter_subject_below_the_columns(header: Header, at: int) -> Step | None:
    """`của Thanh tra tỉnh`: the left column is longer than the right one, its last lines stand below it."""
    line, last = header.lines[at], header.last(Part.LETTER_SUBJECT)
    if last is None or last.column is not Column.LEFT or line.column is not Column.FULL:
        return None
    if line.end - line.start > _NARROW or header.is_upper(at):
        return None
    if header.document.of(last).endswith((".", ";")) or not header.address_comes(at, 4):
        return None
    goes_on = not header.shown(at)[0].isupper() or ends_inside_a_phrase(header.document.folded_of(last))
    return Step(Part.LETTER_SUBJECT, doubt=None if goes_on else Part.LETTER_SUBJECT)


@of(HeaderKind.LETTER_SUBJECT)
def letter_subject(header: Header, at: int) -> Step | None:
    """`V/v trả lời kiến nghị`, `Về việc ...` under the number, without one under the agency, or below the place and date."""
    reach = 4 if header.lines[at].column is Column.LEFT else 1  # its number may be unread, and the subject wrapped
    unnumbered = header.current is Part.AGENCIES and HeaderKind.MOTTO in header.kinds.after(at, reach)
    return Step(Part.LETTER_SUBJECT) if header.has(Part.NUMBER) or at >= header.anchor or unnumbered else None


def letter_subject_by_its_word(header: Header, at: int) -> Step | None:
    """`Về tổ chức hội thao`, `Về: góp ý dự thảo` under the number, before `Kính gửi`."""
    folded = header.folded(at).lstrip("\"'(*_ ")
    if not folded.startswith(("về ", "về:")) or not header.has(Part.NUMBER) or header.has(Part.LETTER_SUBJECT):
        return None
    return Step(Part.LETTER_SUBJECT) if header.address_comes(at, _ADDRESS_WITHIN) else None


@of(HeaderKind.OTHER)
def letter_subject_under_its_number(header: Header, at: int) -> Step | None:
    """`Tham mưu tổ chức hội nghị` between `Số 12-CV/HU` and the motto: the Party's letters print it without `V/v`."""
    number = header.last(Part.NUMBER)
    if number is None or header.current is not Part.NUMBER or header.has(Part.LETTER_SUBJECT):
        return None
    line, shown = header.lines[at], header.shown(at)
    if line.column is not number.column or header.is_upper(at) or not shown[0].isupper() or " " not in shown:
        return None
    if is_labelled(header.folded(at), "contact") or shown[-1] in ":;":
        return None
    if is_type_line(header.document, line, HeaderKind.OTHER, bare_head=True) or not _is_letter(header, at):
        return None  # "TỜ TRÌNH Về việc tổ chức đại hội"
    party = _PARTY_LETTER.search(header.document.folded_of(number)) is not None
    return Step(Part.LETTER_SUBJECT, doubt=None if party else Part.LETTER_SUBJECT)


def _is_letter(header: Header, at: int) -> bool:
    """`Kính gửi` comes, and neither a type line nor a labelled subject before it."""
    for below in header.below(at, _ADDRESS_WITHIN):
        kind = header.kind(below)
        if kind is HeaderKind.ADDRESS:
            return True
        if kind in (HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ATTACHED, HeaderKind.LETTER_SUBJECT):
            return False  # "Hải Minh, ngày" cut from its date, over "V/v góp ý dự thảo"
        if is_type_line(header.document, header.lines[below], kind, bare_head=True):
            return False
    return False


@of(HeaderKind.OTHER)
def subject_without_its_type(header: Header, at: int) -> Step | None:
    """`Phê duyệt Điều lệ hội` over `CHỦ TỊCH ỦY BAN NHÂN DÂN ...`: a site dropped the heading `QUYẾT ĐỊNH` above it."""
    shown = header.shown(at)
    if not header.is_complete or not header.has(Part.NUMBER) or header.has(Part.LETTER_SUBJECT):
        return None
    if header.lines[at].column is not Column.FULL or len(shown) > 250 or shown[-1] in ".:;" or not shown[0].isupper():
        return None
    if header.is_upper(at):
        return Step(Part.LETTER_SUBJECT, doubt=Part.LETTER_SUBJECT) if _is_title_in_capitals(header, at) else None
    for below in header.below(at, 3):
        if header.kind(below) is HeaderKind.PREAMBLE:
            return Step(Part.LETTER_SUBJECT, doubt=Part.LETTER_SUBJECT)
        folded = header.folded(below)
        if header.is_upper(below) and (starts_with(folded, "post") or starts_with(folded, "head")):
            return Step(Part.LETTER_SUBJECT, doubt=Part.LETTER_SUBJECT)
        if header.kind(below) is not HeaderKind.OTHER or not header.shown(below)[0].islower():
            return None
    return None


def _is_title_in_capitals(header: Header, at: int) -> bool:
    """`CÔNG TÁC TỔ CHỨC PHIÊN TÒA RÚT KINH NGHIỆM` over the first sentence, where the number is a type's: `136/HD-TANDTC`."""
    folded, below = header.folded(at), next(iter(header.below(at, 1)), None)
    if folded.count(" ") < _TITLE_BLANKS or below is None or starts_with(folded, "post") or starts_with(folded, "head"):
        return False
    number = header.document.of(header.parts[Part.NUMBER][0])
    typed = any(code_of_notation(group) for group in _GROUPS.findall(number))
    return typed and not (header.is_upper(below) and header.kind(below) is HeaderKind.OTHER)


def letter_subject_by_its_place(header: Header, at: int) -> Step | None:
    """`Đề nghị gia hạn thời gian nộp báo cáo` in the middle between the two columns and `Kính gửi`."""
    shown = header.shown(at)
    if not header.is_complete or not header.has(Part.NUMBER) or header.has(Part.LETTER_SUBJECT) or len(shown) > 250:
        return None
    if header.is_upper(at) or shown[-1] in ".:;" or not shown[0].isupper() or not header.address_comes(at, 4):
        return None
    return Step(Part.LETTER_SUBJECT, doubt=Part.LETTER_SUBJECT)
