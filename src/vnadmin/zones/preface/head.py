"""The rules of the two columns on top (ô 1-4, 5b, 10, 11), in the order in which they are asked."""

from __future__ import annotations

from vnadmin.genre.header_line import HeaderKind, is_labelled, squeeze, starts_with
from vnadmin.genre.landmarks import is_place_date
from vnadmin.genre.landmarks import number_label as label_of
from vnadmin.genre.motto import goes_on_as_motto, holds_more_than_motto, is_youth_motto
from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.layout.furniture_line import MOMENT
from vnadmin.layout.page import Column, Span
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.header import END, SKIP, Header, Part, Stage, Step, of, ordered
from vnadmin.zones.preface.letter_subject import (
    date_of_a_letter_subject,
    letter_subject,
    letter_subject_around_the_date,
    letter_subject_below_the_columns,
    letter_subject_by_its_place,
    letter_subject_by_its_word,
    letter_subject_goes_on,
    letter_subject_under_its_number,
    note_under_a_letter_subject,
    subject_without_its_type,
)  # fmt: skip
from vnadmin.zones.preface.type_line import is_type_line, is_unlisted_type, more_header_comes

# "/STC-QLG" alone on its line, cut off its number
_NOTATION = pattern(r" *+/ *+[^\W\d][\w&]*+(?: *+[-/] *+\w[\w&]*+)*+ *+$")
_LAST_GROUP = pattern(r" *+[-–] *+[a-zđư]{2,}+ *+$")  # "- SGDĐT", cut off "Số: 177/QĐ"
_ONE_GROUP = pattern(r"\d/[a-zđư]++$")  # "12/STC-QLG" is complete
_DATE_WORD = pattern(r"ngày|,$")
_FIGURES = pattern(r"[*_]*+SỐ \d{1,3}[*_]*+")
_LOST_CAPITALS = 60  # characters of a name that an old font left in small letters
_NAME = 80  # characters of an agency's line
_LONG_WORD = pattern(r"[a-z]{8}")
_SIGNED_AT = pattern(MOMENT)
_SIGNED_BY_MACHINE = pattern(rf"[\w.]+@[\w.]+$|{MOMENT}|[+]\d\d:\d\d$")
# "13/CT-KTNN", "2010-01-14": no part of a name
_NUMBERED = pattern(r"\d{1,5}/[\d]*+/?+[a-zđ]{2}|\d{4}-\d\d-\d\d")


@of(HeaderKind.RULE)
def drawn_line(header: Header, at: int) -> Step | None:
    """`-----`, `***`, `o0o` under a name or the motto."""
    return SKIP


def foreign_twin(header: Header, at: int) -> Step | None:
    """`DONG XANH JOINT STOCK COMPANY` under the name that it repeats, also where it is cut."""
    if header.kind(at) is HeaderKind.FOREIGN:
        return SKIP
    folded = header.folded(at)
    if not folded.isascii() or " " not in folded or not _LONG_WORD.search(folded):  # nearly every line
        return None
    return SKIP if next(header.kinds.after(at, 1), None) is HeaderKind.FOREIGN else None


def arrival_stamp(header: Header, at: int) -> Step | None:
    """`Số: 7781`, `Ngày: 22/10/2024` under `CÔNG VĂN ĐẾN`: number, day and desk are the receiving office's."""
    return SKIP if at in header.stamp else None


@of(HeaderKind.MOTTO)
def motto(header: Header, at: int) -> Step | None:
    """`CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`, `Độc lập - Tự do - Hạnh phúc`, `ĐẢNG CỘNG SẢN VIỆT NAM`."""
    if not header.is_motto(at):
        return None
    more = holds_more_than_motto(header.document.bare_of(header.lines[at]))
    return Step(Part.MOTTO, opens=False, doubt=Part.AGENCIES if more else None)


def motto_cut_off(header: Header, at: int) -> Step | None:
    """`VIỆT NAM` under `CỘNG HÒA XÃ HỘI CHỦ NGHĨA` in a narrow column."""
    last = header.last(Part.MOTTO)
    if last is None or last.index + 1 != header.lines[at].index or len(header.shown(at)) > 30:
        return None
    cut = goes_on_as_motto(squeeze(header.document.of(last)), squeeze(header.shown(at)))
    return Step(Part.MOTTO, opens=False) if cut else None


def youth_motto(header: Header, at: int) -> Step | None:
    """`ĐOÀN TNCS HỒ CHÍ MINH` where the motto stands: in the right column, or after an issuer's name and without a motto."""
    if not is_youth_motto(header.document.bare_of(header.lines[at])):
        return None
    alone = header.has(Part.AGENCIES) and not header.has(Part.MOTTO) and not header.motto_comes(at)
    return Step(Part.MOTTO, opens=False) if alone or header.lines[at].column is Column.RIGHT else None


@of(HeaderKind.NUMBER)
def number_of_an_agency(header: Header, at: int) -> Step | None:
    """`SỐ 2` under `BAN QUẢN LÝ DỰ ÁN`, the document's own number below it: the rest of the agency's name."""
    if header.current is not Part.AGENCIES or not _FIGURES.fullmatch(header.shown(at)):
        return None
    own = any(header.kind(below) is HeaderKind.NUMBER and "/" in header.shown(below) for below in header.below(at, 3))
    return Step(Part.AGENCIES) if own else None


@of(HeaderKind.NUMBER)
def number_label(header: Header, at: int) -> Step | None:
    """`Số: 12/UBND-VX`, `Luật số: 18/2003/QH11`."""
    return Step(Part.NUMBER) if not header.has(Part.NUMBER) and at >= header.anchor else None


@of(HeaderKind.NUMBER)
def titled_number(header: Header, at: int) -> Step | None:
    """`NGHỊ QUYẾT SỐ 297 NQ/UBTVQH9 NGÀY 24-02-1996` over `CỦA ỦY BAN THƯỜNG VỤ QUỐC HỘI`: the title block of a collection."""
    if header.has(Part.NUMBER) or header.has(Part.MOTTO):
        return None
    label = label_of(header.folded(at))
    if label is None or label.type_end == label.type_start or not header.is_upper(at):
        return None
    below = next(iter(header.below(at, 1)), None)
    issued = below is not None and header.folded(below).startswith("của ") and header.is_upper(below)
    if not issued or header.motto_comes(at):
        return None
    return Step(Part.TYPE_LINE, Stage.TITLE, drops=Part.AGENCIES)  # the name of the collection


@of(HeaderKind.PLACE_DATE)
def place_and_date(header: Header, at: int) -> Step | None:
    """`Hà Nội, ngày 05 tháng 3 năm 2020`."""
    if at < header.anchor or (header.has(Part.PLACE_DATE) and not _is_of_a_form(header, at)):
        return None
    return Step(Part.PLACE_DATE, drops=Part.PLACE_DATE)


def place_and_date_cut(header: Header, at: int) -> Step | None:
    """`Hải Vân, ngày 09 tháng 02 năm` / `2023` in a narrow column."""
    line, last = header.lines[at], header.last(Part.PLACE_DATE)
    if last is not None and header.current is Part.PLACE_DATE and last.index + 1 == line.index:
        whole = Span(last.start, line.end)
        above, ends = header.document.folded_of(last).rstrip(), ("năm", "tháng", "ngày", ",")
        open_end = above.endswith(ends) or header.folded(at).startswith(ends)
    else:
        below = next(iter(header.below(at, 1)), None)
        if (
            header.has(Part.PLACE_DATE)
            or below is None
            or not {"ngày", ","} & set(_DATE_WORD.findall(header.folded(at)))
        ):
            return None
        whole = Span(line.start, header.lines[below].end)
        open_end = header.lines[below].column is line.column
    text = header.document.text[whole.start : whole.end].replace("\n", " ")
    if not open_end or len(text) > 70 or not is_place_date(text, header.document.folded_of(whole)):
        return None
    return Step(Part.PLACE_DATE)


@of(HeaderKind.MARK)
def stand_alone_mark(header: Header, at: int) -> Step | None:
    """`KHẨN`, `MẬT`, `DỰ THẢO LẦN 2`."""
    return Step(Part.MARKS, opens=False)


@of(HeaderKind.ADDRESS)
def address_label(header: Header, at: int) -> Step | None:
    """`Kính gửi: Sở Tài chính`; above the header it greets the reader of a mail."""
    return Step(Part.ADDRESS, Stage.ADDRESS) if at >= header.anchor else None


def number_below_its_label(header: Header, at: int) -> Step | None:
    """`Số:` alone on its line, then `/TTr-VPCP` in the same column."""
    last = header.last(Part.NUMBER)
    line = header.lines[at]
    if header.current is not Part.NUMBER or last is None or line.column is not last.column:
        return None
    begins = header.folded(at)[0] in "0123456789/-.…"
    if line.end - line.start < 40 and begins and header.document.text[last.end - 1] in ":ố":
        return Step(Part.NUMBER)
    return None


def notation_cut_off(header: Header, at: int) -> Step | None:
    """`/UBND-VX` cut off its label by the blank left for the number (`Số:          /UBND-VX`), or off `Số: 1432`."""
    number = header.parts.get(Part.NUMBER)
    if number is None or len(number) > 1 or header.lines[at].end - header.lines[at].start > 40:
        return None
    label, shown = header.document.folded_of(number[0]).rstrip(" .:…"), header.folded(at)
    doubt = None
    if label.endswith("số"):
        cut = shown.lstrip(" .…0123456789")[:1] in ("/", "-")
    else:
        cut = label[-1:].isdigit() and _NOTATION.match(shown) is not None
        if not cut and _ONE_GROUP.search(label) and _LAST_GROUP.match(shown):
            cut, doubt = True, Part.NUMBER
    return Step(Part.NUMBER, doubt=doubt) if cut else None


@of(HeaderKind.OTHER)
def type_line(header: Header, at: int) -> Step | None:
    """`QUYẾT ĐỊNH`, `KẾ HOẠCH TRIỂN KHAI ...`."""
    line = header.lines[at]
    if not is_type_line(
        header.document,
        line,
        HeaderKind.OTHER,
        bare_head=not header.is_complete,
        lost_capitals=header.lost_capitals,
        right_is_middle=line.column is Column.RIGHT and header.right_is_middle,
    ):
        return None
    return None if header.motto_comes(at) else Step(Part.TYPE_LINE, Stage.TITLE)


@of(HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ATTACHED)
def body_begins(header: Header, at: int) -> Step | None:
    """`Căn cứ ...`, `Điều 1.`, `1. ...`, `(Ban hành kèm theo ...)`."""
    return END if at >= header.anchor else None


def agency(header: Header, at: int) -> Step | None:
    """`UBND TỈNH HẢI MINH`, `Sở Xây dựng`: lines of the left column before its number, in capitals or by their head."""
    if not _agencies_may_come(header, at) or header.lines[at].cell is not None:
        return None
    if header.kind(at) in (HeaderKind.ATTACHED, HeaderKind.ADDRESS) or len(header.shown(at)) >= 140:
        return None
    if header.lines[at].column is Column.RIGHT and header.motto_comes(at):
        return None  # "TTĐT" written over the motto, the office of a portal's stamp
    if header.shown(at)[0].islower() and len(header.shown(at)) > _LOST_CAPITALS:
        return None  # "ban hành quy định về ...": a site's title in small letters
    if _NUMBERED.search(header.folded(at)):
        return None  # "Chỉ thị 13/CT-KTNN 2010-01-14 TỔ CHỨC ĐÓN TẾT": a site's own title
    if header.is_upper(at):
        return Step(Part.AGENCIES)
    if at and name_likeness(header.shown(at - 1)) is NameLikeness.FULL:
        return None  # "Trần Văn Bình" / "Phòng Hành chính" under a mail
    if starts_with(header.folded(at), "head") and not header.shown(at).endswith((".", ":")):
        return Step(Part.AGENCIES)
    return None  # "Ủy ban nhân dân tỉnh vừa ban hành văn bản sau:", a site's sentence


@of(HeaderKind.OTHER)
def agency_under_the_motto(header: Header, at: int) -> Step | None:
    """`BỘ CÔNG THƯƠNG` / `TRƯỜNG CAO ĐẲNG HẢI MINH` under the motto, no number below: the right column was written first."""
    if header.last(Part.MOTTO) is None or header.has(Part.NUMBER) or header.has(Part.PLACE_DATE):
        return None
    goes_on = header.current is Part.AGENCIES  # "THÀNH PHỐ HẢI MINH", the rest of a name
    if header.has(Part.AGENCIES) is not goes_on or not (goes_on or starts_with(header.folded(at), "head")):
        return None
    if not header.is_upper(at) or header.lines[at].cell is not None or len(header.shown(at)) >= _NAME:
        return None
    for below in header.below(at, 4):
        line = header.lines[below]
        if header.kind(below) is HeaderKind.PLACE_DATE or is_type_line(
            header.document, line, header.kind(below), bare_head=True
        ):
            return Step(Part.AGENCIES, doubt=Part.AGENCIES)
        if header.kind(below) is not HeaderKind.OTHER or not header.is_upper(below):
            return None
    return None


def signature_stamp(header: Header, at: int) -> Step | None:
    """`ttcb@example.gov.vn`, `24.01.2025 20:01:14`: a portal signed; the office named above it is the portal's."""
    if header.has(Part.NUMBER) or not _SIGNED_BY_MACHINE.match(header.folded(at)):
        return None
    near = range(at, min(at + 3, len(header.lines)))
    if not any(_SIGNED_AT.search(header.folded(number)) for number in near):
        return SKIP  # the issuer's own address in its letterhead
    column = header.lines[at].column
    return SKIP._replace(drops=Part.AGENCIES, drops_in=None if column is Column.FULL else column)


def heading_of_a_gazette(header: Header, at: int) -> Step | None:
    """`CÔNG BÁO TỈNH HẢI MINH`, `Số 15 + 16`, `Ngày 10-8-2021` over the header of what it prints."""
    return SKIP if at in header.gazette else None


def section_of_a_gazette(header: Header, at: int) -> Step | None:
    """`VĂN BẢN QUY PHẠM PHÁP LUẬT` over the first header of a Công báo."""
    return SKIP if header.is_upper(at) and starts_with(header.folded(at), "section") else None


def issuers_contact(header: Header, at: int) -> Step | None:
    """`Điện thoại: 0203.3888.999`, `Email: ...`, `Địa chỉ: ...` under the issuer's name."""
    return SKIP if is_labelled(header.folded(at), "contact") and len(header.shown(at)) < 160 else None


def above_the_header(header: Header, at: int) -> Step | None:
    """A file name, a converter's page mark, a site's menu, a greeting: names above it were no agencies either."""
    if at >= header.anchor or not _agencies_may_come(header, at) or header.lines[at].column is not Column.FULL:
        return None
    return SKIP._replace(drops=Part.AGENCIES)


def unexplained_in_a_column(header: Header, at: int) -> Step | None:
    """A line of the two columns that no rule knows: a scanned stroke, a slogan, a telephone number."""
    if header.lines[at].column is Column.FULL:
        return None
    if header.lines[at].column is Column.LEFT:
        # one letter or sign is none of a name: the star under a Party committee's name is read as "x"
        strange = not header.has(Part.NUMBER) and sum(map(str.isalnum, header.shown(at))) > 1
    else:
        strange = header.motto_comes(at)  # "Bản tin số 12/2024" over the motto: a portal's own head stands on this line
    return Step(opens=False, doubt=Part.AGENCIES if strange else None)


def unlisted_type(header: Header, at: int) -> Step | None:
    """`GIẤY BÁO DỰ HỌP`: capitals where the type line stands, of a type outside the table."""
    read = header.is_complete or (header.has(Part.MOTTO) and header.has(Part.AGENCIES))
    if read and header.lines[at].column is Column.FULL and is_unlisted_type(header, at):
        return Step(Part.TYPE_LINE, Stage.TITLE)
    return None


def unexplained_in_the_header(header: Header, at: int) -> Step | None:
    """A stamp or a stray line, with more of the header below it."""
    if at < header.anchor:
        return SKIP
    if len(header.shown(at)) < 200 and more_header_comes(header, at):
        if header.is_complete:
            return Step(opens=False, doubt=Part.TITLE)  # a reader of PDF may have set the title over its type
        return Step(opens=False, doubt=None if header.has(Part.NUMBER) else Part.AGENCIES)
    return None


def header_ends(header: Header, at: int) -> Step | None:
    """The first sentence of the body."""
    return END


HEAD = ordered(
    drawn_line,
    foreign_twin,
    arrival_stamp,
    heading_of_a_gazette,
    titled_number,
    motto,
    motto_cut_off,
    youth_motto,
    number_of_an_agency,
    number_label,
    date_of_a_letter_subject,
    place_and_date,
    place_and_date_cut,
    stand_alone_mark,
    address_label,
    number_below_its_label,
    note_under_a_letter_subject,
    letter_subject_goes_on,
    letter_subject_around_the_date,
    letter_subject_below_the_columns,
    notation_cut_off,
    letter_subject,
    letter_subject_by_its_word,
    letter_subject_under_its_number,
    type_line,
    body_begins,
    signature_stamp,
    section_of_a_gazette,
    issuers_contact,
    agency,
    agency_under_the_motto,
    above_the_header,
    unexplained_in_a_column,
    unlisted_type,
    subject_without_its_type,
    letter_subject_by_its_place,
    unexplained_in_the_header,
    header_ends,
)


def _is_of_a_form(header: Header, at: int) -> bool:
    """Whether the date before is one of a form that the document is written on: `Ngày: 01/7/2022` over the motto."""
    first, motto = header.parts[Part.PLACE_DATE][0], header.last(Part.MOTTO)
    over = motto is not None and first.index < motto.index < header.lines[at].index
    return over and header.document.folded_of(first).startswith("ngày") and not header.folded(at).startswith("ngày")


def _agencies_may_come(header: Header, at: int) -> bool:
    """The left column is still open: the number has not come (it may stand below the right column's lines)."""
    if header.current in (None, Part.AGENCIES) and not (header.has(Part.MOTTO) and at >= header.anchor):
        return True
    if header.has(Part.NUMBER):
        return False
    if header.lines[at].column is Column.LEFT:
        return True
    for kind in header.kinds.after(at, 5):
        if kind not in (HeaderKind.OTHER, HeaderKind.RULE, HeaderKind.MOTTO, HeaderKind.PLACE_DATE):
            return kind is HeaderKind.NUMBER
    return False
