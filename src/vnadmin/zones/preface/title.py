"""The rules of the title block (ô 5a): what stands under the type line, told by its setting first, then by its words."""

from __future__ import annotations

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import code_of_notation, match_type
from vnadmin.genre.header_line import HeaderKind, is_issue_mark, squeeze, starts_with
from vnadmin.genre.opening import opens_sentence
from vnadmin.layout.page import Line
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.authority import is_authority, is_number_of_its_own, is_party
from vnadmin.zones.preface.header import END, SKIP, Header, Part, Stage, Step, of, ordered
from vnadmin.zones.preface.likeness import differs, same_setting, set_apart
from vnadmin.zones.preface.phrase import (
    PARAGRAPH,
    WRAP,
    ends_inside_a_phrase,
    fits,
    is_sentence,
    is_sentence_like,
    must_go_on,
    opens_body,
    says_a_particular,
)

_BODY = (HeaderKind.PREAMBLE, HeaderKind.BODY)
_BODY_OR_ATTACHED = (*_BODY, HeaderKind.ATTACHED)
_NO_TITLE = (HeaderKind.RULE, HeaderKind.ADDRESS, *_BODY)
_GROUP = pattern(r"/ ?([^\W\d]{2,4})(?= ?-)")  # "18/2021/TT-BYT"


@of(HeaderKind.RULE)
def drawn_line_under_the_title(header: Header, at: int) -> Step | None:
    """`-----`: what follows one is no title any more."""
    return SKIP._replace(closes=header.has(Part.TITLE))


@of(HeaderKind.MOTTO)
def motto_beside_the_title(header: Header, at: int) -> Step | None:
    """The right column's lines, read after the type line."""
    if header.is_motto(at) and header.lines[at].start >= header.head_end:
        return Step(Part.MOTTO, opens=False)
    return None


@of(HeaderKind.MARK, HeaderKind.OTHER)
def mark_under_the_type(header: Header, at: int) -> Step | None:
    """`(DỰ THẢO)` under the type line or the title; `(Lần 2)` tells which of several it is, and is no part of either."""
    mark = Step(Part.MARKS, opens=False) if header.kind(at) is HeaderKind.MARK else None
    return SKIP if is_issue_mark(header.folded(at)) else mark


@of(HeaderKind.FOREIGN)
def foreign_twin_of_the_title(header: Header, at: int) -> Step | None:
    """`DECISION` under `QUYẾT ĐỊNH`."""
    return SKIP


@of(HeaderKind.ADDRESS)
def address_under_the_title(header: Header, at: int) -> Step | None:
    """`Kính gửi: Ủy ban nhân dân tỉnh` of a tờ trình."""
    return Step(Part.ADDRESS, Stage.ADDRESS)


def type_again(header: Header, at: int) -> Step | None:
    """`THÔNG TƯ` under `Thông tư`, which a site wrote over the text: the block is read from the second one."""
    if header.has(Part.TITLE) or header.lines[at - 1] is not header.last(Part.TYPE_LINE):
        return None
    return Step(Part.TYPE_LINE, Stage.TITLE) if squeeze(header.shown(at)) == squeeze(header.shown(at - 1)) else None


def header_under_the_title(header: Header, at: int) -> Step | None:
    """`BỘ Y TẾ` over `Số: 18/2021/TT-BYT`, under a file's title: `QUY ĐỊNH TIÊU CHUẨN ...`, `THÔNG TƯ QUY ĐỊNH ...`.

    Where the number's notation names another type, the title's first word is none: the type's line was lost.
    """
    if any(map(header.has, (Part.AGENCIES, Part.NUMBER, Part.MOTTO))):
        return None
    if not header.is_upper(at) or not starts_with(header.folded(at), "head"):
        return None
    number = next(iter(header.below(at, 1)), None)
    if number is None or header.kind(number) is not HeaderKind.NUMBER:
        return None
    lines = header.parts[Part.TYPE_LINE]
    named = match_type(header.document.folded, lines[0].start, lines[0].end)
    told = {word.code for group in _GROUP.findall(header.folded(number)) if (word := code_of_notation(group))}
    if not told or named is None:
        return None
    if named.word.code in told:
        titled = any(map(str.isalnum, header.document.text[named.end : lines[0].end]))
        return Step(Part.AGENCIES, Stage.HEAD) if titled else None
    return Step(Part.AGENCIES, Stage.HEAD, doubt=Part.TITLE, untyped=True)


def head_of_a_gazette_block(header: Header, at: int) -> Step | None:
    """`CỦA BỘ THỦY LỢI SỐ 03/2010/TT-BTL`, `NGÀY 15 THÁNG 01 NĂM 2010`: before the title, and no part of it."""
    line = header.lines[at]
    if line.end <= header.head_end:
        return Step(Part.TYPE_LINE)
    return Step(Part.TITLE) if line.start < header.head_end else None


@of(HeaderKind.NUMBER)
def number_under_the_type(header: Header, at: int) -> Step | None:
    """`Số: 12/QĐ-ABC` between the type line and the title; in a title it is a cited act's, if the title goes on."""
    if header.has(Part.NUMBER) or (header.has(Part.TITLE) and not is_number_of_its_own(header, at, _above(header))):
        return None
    return Step(Part.NUMBER, opens=False, doubt=Part.NUMBER if header.has(Part.TITLE) else None)


@of(HeaderKind.PLACE_DATE)
def place_and_date_under_the_title(header: Header, at: int) -> Step | None:
    """`Hà Nội, ngày 05 tháng 3 năm 2020` below the type line, or of the right column read last."""
    if header.has(Part.PLACE_DATE):
        return None
    folded = header.folded(at).lstrip(" (*_")
    if header.has(Part.TITLE) and (not folded[0].isalpha() or folded.startswith("ngày")):
        return None  # "ngày 08 tháng 12 năm 2016" of a cited act, at the start of a line
    return Step(Part.PLACE_DATE, opens=False)


def table_begins(header: Header, at: int) -> Step | None:
    """A cell of a table is no title."""
    return END if header.lines[at].cell is not None else None


def heading_of_a_table(header: Header, at: int) -> Step | None:
    """`Nội dung chương trình` over the first row of a table, not centred as the title above is."""
    above, line = header.last(Part.TITLE), header.lines[at]
    if above is None or above.style.centred is not True or line.style.centred is True:
        return None
    below = header.lines[at + 1] if at + 1 < len(header.lines) else None
    short = line.end - line.start < WRAP // 2  # a line that fills the page is not seen to be centred
    return END if below is not None and below.cell is not None and short else None


def issued_with(header: Header, at: int) -> Step | None:
    """`(Ban hành kèm theo Quyết định số ...)`, `(Phê duyệt kèm theo ...)`: in brackets it is no part of the title."""
    if not header.shown(at).lstrip("*_ ").startswith("("):
        return None
    with_it = header.kind(at) is HeaderKind.ATTACHED or "kèm theo" in header.folded(at)[:40]
    return Step(Part.ISSUED_WITH, ends=True) if with_it else None


@of(*_BODY_OR_ATTACHED, HeaderKind.NUMBER, HeaderKind.LETTER_SUBJECT)
def open_phrase(header: Header, at: int) -> Step | None:
    """`... THEO` / `ĐIỀU 12 CỦA LUẬT ...`: set like the title above, which ends inside a phrase."""
    above = header.last(Part.TITLE)
    if above is None or not ends_inside_a_phrase(header.document.folded_of(above)):
        return None
    line = header.lines[at]
    alike = bool(above.style.bold and line.style.bold) or above.paragraph == line.paragraph
    return Step(Part.TITLE) if alike else None


@of(HeaderKind.ATTACHED)
def cited_issue(header: Header, at: int) -> Step | None:
    """`BAN HÀNH KÈM THEO QUYẾT ĐỊNH SỐ 193/2001/QĐ-TTG` without brackets, set like the title above."""
    above = header.last(Part.TITLE)
    if above is None or header.closed or not header.folded(at).startswith("ban hành"):
        return None
    line = header.lines[at]
    if line.paragraph == above.paragraph or same_setting(above, line):
        return Step(Part.TITLE)
    if set_apart(above, line):
        return None
    same_case = header.is_upper(at) == in_capitals(header.document.of(above))
    return Step(Part.TITLE) if same_case and (header.is_upper(at) or header.shown(at)[0].islower()) else None


@of(*_BODY, HeaderKind.LETTER_SUBJECT)
def small_letter_goes_on(header: Header, at: int) -> Step | None:
    """`... quy định chi tiết` / `thi hành một số điều của Luật`: no căn cứ and no article begins with a small letter."""
    above, line = header.last(Part.TITLE), header.lines[at]
    if above is None or header.closed or set_apart(above, line):
        return None
    word = header.shown(at).split(" ", 1)[0]
    small = word.islower() and word.isalpha() and len(word) > 1
    return Step(Part.TITLE) if small and not header.document.of(above).endswith((".", ";")) else None


def preamble_or_body(header: Header, at: int) -> Step | None:
    """`Căn cứ ...`, `Điều 1.`, `I. ...`, `Mẫu số 01`."""
    invites = starts_with(header.folded(at), "invitation")  # "Kính mời: Các phòng" under "GIẤY MỜI"
    return END if invites or header.kind(at) in _BODY_OR_ATTACHED else None


def authority(header: Header, at: int) -> Step | None:
    """`BỘ TRƯỞNG BỘ Y TẾ`, `HỘI ĐỒNG NHÂN DÂN TỈNH ...` over the preamble."""
    title = header.parts.get(Part.TITLE, [])
    if not is_authority(header, at, header.block_issuer, title):
        return None
    if not title and next(header.kinds.after(at, 1), None) is HeaderKind.LETTER_SUBJECT:
        return Step(Part.TYPE_LINE)  # "NGHỊ QUYẾT" / "HỘI ĐỒNG QUẢN TRỊ" / "(V/v: ...)"
    return Step(Part.AUTHORITY, ends=True)


def after_a_drawn_line(header: Header, at: int) -> Step | None:
    """The body's first sentence under a drawn line."""
    return END if header.closed else None


def operative_word(header: Header, at: int) -> Step | None:
    """`QUYẾT ĐỊNH:` without a preamble; `BÊN CHO THUÊ (BÊN A)` under the title of a contract."""
    shown = header.shown(at)
    operates = shown.endswith(":") and in_capitals(shown) and len(shown) < 40 and header.has(Part.TITLE)
    return END if operates or is_party(header, at, _above(header)) else None


def note_in_brackets(header: Header, at: int) -> Step | None:
    """`(Báo cáo trình kỳ họp thứ 4 ...)`: a line in brackets that says what the document is for."""
    shown = header.shown(at).strip("*_ ")
    above = header.last(Part.TITLE)
    if above is None:
        return None
    if shown.startswith("(") and len(shown) < 300:
        closes = shown.rstrip(".").endswith(")") or any(
            ")" in header.shown(below) for below in header.below(at, 3) if header.kind(below) is HeaderKind.OTHER
        )
        return Step(Part.TITLE) if closes else None
    text = header.document.text[header.parts[Part.TITLE][0].start : above.end]
    if text.count("(") <= text.count(")") or len(shown) >= 300:
        return None
    # "(Bổ sung 01 nội dung;" / "Chuyển nội dung ... sang phiên sau)": a mark within a bracket ends nothing
    return Step(Part.TITLE) if any(")" in header.shown(line) for line in (at, *header.below(at, 2))) else None


def same_paragraph(header: Header, at: int) -> Step | None:
    """The source holds the line to be one paragraph with the title above; not one that `<br>` alone ends: `... báo cáo như sau:`."""
    above, line = header.last(Part.TITLE), header.lines[at]
    if above is None or above.paragraph != line.paragraph or (above.style.bold and line.style.bold is False):
        return None
    if header.shown(at)[0].isupper() and is_sentence(header, at):
        return None
    return END._replace(doubt=Part.TITLE) if opens_body(header, at, _above(header)) else Step(Part.TITLE)


def all_before_the_address(header: Header, at: int) -> Step | None:
    """Up to four lines between the type line and `Kính gửi`."""
    for kind in header.kinds.after(at, 4):
        if kind is not HeaderKind.OTHER:
            return Step(Part.TITLE) if kind is HeaderKind.ADDRESS else None
    return None


def same_weight(header: Header, at: int) -> Step | None:
    """Bold under bold; a line that fills the page is not seen to be centred."""
    above = _above(header)
    shown = header.shown(at)
    if not (above.style.bold and header.lines[at].style.bold) or shown.endswith("./."):
        return None
    if bullet_end(shown) and not ends_inside_a_phrase(header.document.folded_of(above)):
        return None  # "- Nội dung được hướng dẫn" of a site
    if header.has(Part.TITLE) and (differs(above, header.lines[at]) or is_sentence(header, at)):
        return None
    if (header.has(Part.TITLE) or header.is_titled) and says_a_particular(header, at):
        return END  # "Địa điểm: Phòng họp số 2", as bold as the title of the minutes
    if shown.endswith(":") and header.lines[at].style.centred is not True:
        return None
    return Step(Part.TITLE)


def first_line(header: Header, at: int) -> Step | None:
    """What stands right under the type line, unless it is a sentence of the body."""
    if header.has(Part.TITLE):
        return None
    if is_sentence(header, at) or (header.is_titled and says_a_particular(header, at)):
        return END
    shown = header.shown(at)
    # "(Sửa đổi, bổ sung ngày 24 tháng 4 năm 2018)" alone may say what the document is, or only of when it is
    return Step(Part.TITLE, doubt=Part.TITLE if shown[0] == "(" and shown[-1] == ")" else None)


def other_setting(header: Header, at: int) -> Step | None:
    """Plain under bold, or not centred under centred: the body."""
    return END if set_apart(_above(header), header.lines[at]) else None


def sentence_or_stop(header: Header, at: int) -> Step | None:
    """A sentence of the body, or any line under one that ends with a stop."""
    shown = header.shown(at)
    stops = (".", ":") if shown[0].islower() else (".", ":", ";")  # "... 6 tháng đầu năm;" / "phương hướng ..."
    above = header.document.of(_above(header))
    if is_sentence(header, at):
        listed = shown[0] in "-+•" and HeaderKind.PREAMBLE in header.kinds.after(at, 4)
        return END._replace(doubt=Part.TITLE) if listed else END  # "+ Tập thể thôn ..." over "Căn cứ ..."
    return END if above.endswith(stops) and not _is_lead(header, at, above) else None


def phrase_goes_on(header: Header, at: int) -> Step | None:
    """A small letter or a figure at the start, a phrase left open above, `Nhiệm kỳ 2022 - 2025` under `Đại hội Chi bộ`."""
    shown, title = header.shown(at), header.parts.get(Part.TITLE, [])
    # "... trong thời gian đến" / "Ngày 03/01/2025, ..." opens the body; so does what stands under a paragraph of two lines
    dated = shown[0].isupper() and opens_sentence(" ".join(shown.split()))
    above = header.document.folded_of(_above(header))
    if shown[0].isupper() and shown.endswith(".") and is_sentence_like(header.folded(at)) and not must_go_on(above):
        return None  # "... của Chủ tịch UBND xã" / "Văn phòng thông báo lịch làm việc."
    parted = len(title) > 1 and title[-2].paragraph == title[-1].paragraph != header.lines[at].paragraph
    is_open = must_go_on if parted else ends_inside_a_phrase
    open_above = not dated and is_open(above)
    goes_on = shown[0].islower() or shown[0].isdigit() or open_above or (fits(shown) and header.is_term(at))
    return Step(Part.TITLE) if goes_on else None


def capitals_under_capitals(header: Header, at: int) -> Step | None:
    """A title in capitals over several lines of a text without styles; capitals under small letters end it."""
    if not header.is_upper(at):
        return None
    return Step(Part.TITLE) if in_capitals(header.document.of(_above(header))) else END


def short_line_before_the_body(header: Header, at: int) -> Step | None:
    """A wrapped title in a text without styles: short lines without a stop, up to the preamble or the body.

    With a capital the line may as well be a sentence: `Nhà trường thông báo lịch nghỉ lễ`.
    """
    if _opens_paragraph(header, at) or says_a_particular(header, at):
        return END
    if fits(header.shown(at)) and not starts_with(header.folded(at), "opener") and _ends_soon(header, at):
        says = is_sentence_like(header.folded(at))
        return END._replace(doubt=Part.TITLE) if says else Step(Part.TITLE, doubt=Part.TITLE)
    return None


def title_ends(header: Header, at: int) -> Step | None:
    """Whatever else stands under a title is the body; nothing but its words told so."""
    return Step(ends=True, doubt=Part.TITLE)


TITLE = ordered(
    drawn_line_under_the_title,
    header_under_the_title,
    type_again,
    head_of_a_gazette_block,
    motto_beside_the_title,
    mark_under_the_type,
    foreign_twin_of_the_title,
    address_under_the_title,
    number_under_the_type,
    place_and_date_under_the_title,
    table_begins,
    heading_of_a_table,
    issued_with,
    open_phrase,
    cited_issue,
    small_letter_goes_on,
    preamble_or_body,
    authority,
    after_a_drawn_line,
    operative_word,
    note_in_brackets,
    same_paragraph,
    all_before_the_address,
    same_weight,
    first_line,
    other_setting,
    sentence_or_stop,
    phrase_goes_on,
    capitals_under_capitals,
    short_line_before_the_body,
    title_ends,
)


def _above(header: Header) -> Line:
    """The last line of the title, or of the type."""
    return header.last(Part.TITLE) or header.parts[Part.TYPE_LINE][-1]


def _is_lead(header: Header, at: int, above: str) -> bool:
    """`... gói thầu số 03:` / `Thi công xây dựng`: a colon inside a title, with the preamble below."""
    if not above.endswith(":") or not fits(header.shown(at)):
        return False
    return header.has(Part.TITLE) and _ends_soon(header, at)


def _opens_paragraph(header: Header, at: int) -> bool:
    """`Hội nghị lần thứ bảy ... họp` / `ngày 26/4/2022 ... và kết luận:`: lines in small letters that end with a stop."""
    last = at
    for below in header.below(at, PARAGRAPH):
        shown = header.shown(below)
        if header.kind(below) in _NO_TITLE or not (shown[0].islower() or shown[0].isdigit()):
            break
        last = below
    return last > at and header.shown(last).endswith((":", ".", ";"))


def _ends_soon(header: Header, at: int) -> bool:
    """After this line, and a few like it at most, comes what only stands after a title."""
    for below in header.below(at, 4):
        kind, shown = header.kind(below), header.shown(below)
        if kind in _NO_TITLE or len(shown) > WRAP:
            return True
        folded = header.folded(below)
        if starts_with(folded, "opener") or (in_capitals(shown) and starts_with(folded, "post")):
            return True
        if not fits(shown):
            return False
    return False
