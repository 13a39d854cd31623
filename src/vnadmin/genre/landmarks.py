"""Landmarks: the label of the number, place and date, `V/v`, `Kính gửi`, `Nơi nhận`, and how a body closes.

The first half is asked of folded lines. The second half runs on text as printed (NFC), where a layout needs the place
on the line and capitals are part of the evidence.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, NamedTuple

from vnadmin.gazetteer import words, words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import match_type
from vnadmin.text.alternation import alternation
from vnadmin.text.damage.misread import any_marks
from vnadmin.text.dates import FULL_DATE, HOUR, MONTH
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern


class NumberLabel(NamedTuple):
    """The label of a number: the type that it names (`Luật số:`), an empty slice for `Số:`, and where it ends."""

    type_start: int
    type_end: int
    end: int


# "CĂN CỨ QUY ĐỊNH PHÁP LUẬT", "Cơ sở xây dựng kế hoạch", "Căn cứ các văn bản sau đây:"
_GROUNDS_HEADING = pattern(
    lambda: (
        r"(?:các )?(?:căn cứ(?: \w+){0,8}"
        rf"|(?:{alternation(map(fold, words_where('relation_triggers', 'kind', 'grounds_heading')))})(?:,? \w+){{0,10}})[ :]*"
    )
)


def heads_grounds(folded: str) -> bool:
    """Whether words that single blanks part are a heading over lines of grounds (căn cứ)."""
    return _GROUNDS_HEADING.fullmatch(folded) is not None


# "Số: 12/UBND-VX", "Số 36-HD/VPTW", "S ố: 309/2025", "Luật số: 18/2003/QH11", "Bản án số: 19/2021/HS-ST",
# "Số/ No.: 4844", "Số.: 01/2024", "**Số:** 15/NQ-HĐND"; not a site's "Số/Ký hiệu 84/2004/TT-BTC"; "sé: 860/BHXH-BT" of OCR
_NUMBER_LABEL = pattern(
    lambda: (
        rf"[*_# ]*+(?:(?P<type>{alternation(map(fold, words('document_types', 'name')))})\s)?+"
        r"(?:s ?ố(?!\w)(?! ?/ ?ký hiệu)(?: ?/ ?no)?+|(?:s[éèêôóò]|\$6)(?= ?:))[ .:;*_]*+"
    )
)


def number_label(folded: str) -> NumberLabel | None:
    """The label with which a line of the number opens."""
    match = _NUMBER_LABEL.match(folded)
    if not match:
        return None
    start, end = match.span("type") if match["type"] else (0, 0)
    return NumberLabel(start, end, match.end())


# After the label: a sequence, dots or blanks, then "/" or "-" and a notation; or nothing at all.
_NUMBER = pattern(r"$|[\d .…_]*+[a-zđ]{0,2}+[ .…_]*+[/-]|[\d .…_]++$")
# "Số: Z32Ø/BTC-QLCS", "Số: đút /VPCP-KTTH": figures that OCR misread, before a notation in capitals
_MISREAD_NUMBER = pattern(r"(?<=: ?)\w{1,6} ?/ ?(?:[A-ZĐƯ]{1,8} ?- ?)?[A-ZĐƯ]{2,8}(?!\w)")
# "Số 60 TC/CĐKT", "Số 178 CP" (before 1998); printed in capitals, so that "Số 60 Trần Phú" is none
_OLD_NUMBER = pattern(r"\d+ *+[A-ZĐƯ&]{2,12}(?:[/-][A-ZĐƯ0-9-]+)?$")
# "Số 60 Trần Phú" and "Số điện thoại" fail above; "Số: 12 / Đường ..." is an address too.
_STREET = pattern(r".*\b(?:đường|phố|điện thoại|đt:|fax|email|e-mail|website|tài khoản|trang|quầy)\b")


def is_number_line(text: str, folded: str) -> bool:
    """Whether a line is that of the number: its label, and a number or the blank that is left for one."""
    label = number_label(folded)
    if label is None or ("ngày" not in folded and _STREET.match(folded)):
        return False  # beside a date stands "Thành phố ..."
    at = label.end
    return bool(_NUMBER.match(folded, at) or _OLD_NUMBER.match(text, at) or _MISREAD_NUMBER.match(text, at))


# "hồi 09 giờ 00,", "15 giờ 30 phút" before the date of a telegram (công điện)
AT_HOUR = rf"(?:hồi *+)?{HOUR}"
BEFORE_PLACE: Final = "\"'(*_"  # "*Hà Nội, ngày ...*" of Markdown, "(Hà Nội, ngày ...)"
# "Hà Nội, ngày 05 tháng 3 năm 2020", "Quận 1, ngày ...", "Hà Nội, 25/8/2021"; "Ngày ban hành: 28-01-2011" is of a site.
# "Hà Nội, ngày     tháng 01 năm 2025  24": the stamped day is drawn last. "... năm 20212021": the year set twice.
_PLACE_DATE = pattern(
    rf"[\"'(*_ ]*+(?:[^\d,;:()]{{2,45}}?(?: \d{{1,2}})?[^\d,;:()]{{0,20}}?(?:[,.;:]*+ *+(?=ngày)|, *+))??(?:{AT_HOUR},? *+)?"
    rf"{FULL_DATE}(?:[ *_]*+(?:19|20)\d\d(?!\d))?+[ .;,)*_]*+(?:(?<=[ *_])\d{{1,2}}[ *_]*+)?$"
)
# "Hà Nội, ngày OF thang 2! năm 2018", "Bắc Ninh, ngày/WÍ tháng 07 năm 2018": a day by hand that OCR took for letters
MISREAD_DATE: Final = (
    rf"ngày ?+(?!\d{{1,2}} )[^\s,;:()]{{1,3}} {any_marks('tháng')} ?(?:(?P<month>\d{{1,2}})(?!\S)|[^\s,;:()]{{1,3}})"
    r" ?năm (?P<year>(?:19|20)\d\d)(?!\d)"
)
_MISREAD_DATE = pattern(rf"[^\d,;:()]{{2,45}}, ?{MISREAD_DATE}[ .;,)*_]*+$")
# "Đá Bạc, tháng 6 năm 2022" on the cover of a plan
_PLACE_MONTH = pattern(rf"[(*_ ]*+[^\d,;:()]{{2,45}}, *+{MONTH}[ .)*_]*+$")
_HOUR = pattern(AT_HOUR)
# "Hà Nội, ngày      tháng     năm 20...", "ngày … tháng … năm"
_BLANK_DATE = pattern(
    r"[^\d,;:()]{0,45}?,? ?ngày[ .…_/]*+\d{0,2}[ .…_/]*+tháng[ .…_/]*+\d{0,2}[ .…_/]*+(?:năm[ .…_]*+\d{0,4}[ .…_]*+)?$"
)
_CLAUSE = pattern(r"\b(?:hiệu lực|kể từ|từ|trước|đến|sau|theo|vào|hồi|quyết định|số|thời gian|hạn|căn cứ|cấp)\b")

# "Đăng ngày ...", "Kỳ họp ngày ..."; what stands there else may be any place: "Biên hòa ngày ...", "Vinh ngày ..."
_HAPPENS = pattern(lambda: rf"(?:{alternation(map(fold, words_where('header_words', 'kind', 'happens')))})(?!\w)")

# "Thứ ba, 12/03/2024" of a site's page
_WEEKDAY = pattern(r"(?:Thứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|Chủ [Nn]hật)\b")

_SMALL_WORDS = 2  # of a place's name: "Hà nội", "Hồ chí minh"; not "(Sửa đổi bổ sung ngày ...)"


@cache
def _generic() -> frozenset[str]:
    """Words before a name: `Thành phố Hồ Chí Minh`."""
    return frozenset(part for word in words_where("header_words", "kind", "unit") for part in fold(word).split())


def is_place_date(text: str, folded: str) -> bool:
    """Whether a line is that of place and date; day and month may have been left blank.

    Nearly every line is turned away by its characters alone: the patterns are slow on lines without a date.
    """
    if "ngày" in folded:
        dated = folded.rstrip(" .;,)*_")[-1:].isdigit() and _PLACE_DATE.match(folded) is not None
        found = dated or bool(_BLANK_DATE.match(folded) or _MISREAD_DATE.match(folded))
    else:
        may = folded[-1:].isdigit() and folded[0] not in "-+"
        found = may and (_PLACE_DATE.match(folded) is not None or _is_place_month(text, folded))
    return found and not _is_clause(text)


def _is_place_month(text: str, folded: str) -> bool:
    """`Đá Bạc, tháng 6 năm 2022`, each word with its capital; `LỊCH TRỰC, THÁNG 6/2022` and `Bảng lương, tháng 6/2022` are titles."""
    if _PLACE_MONTH.match(folded) is None:
        return False
    place = text[: text.index(",")]
    return not in_capitals(place) and not any(word.islower() and fold(word) not in _generic() for word in place.split())


def _is_clause(text: str) -> bool:
    """`Quyết định này có hiệu lực từ ngày ...`, `Thông báo khẩn ngày ...`: words before the date that are no place."""
    head = text.lstrip("\"'(*_ ")
    if _WEEKDAY.match(head):
        return True
    before = _HOUR.sub("", fold(head).split("ngày")[0])
    if not before.strip(" ,.;:…_"):
        return False
    if not head[0].isupper() or len(before.split()) > 8 or _CLAUSE.search(before):
        return True
    small = sum(word.islower() and fold(word) not in _generic() for word in head[: len(before)].split())
    happens = _HAPPENS.match(before)
    named = happens is not None and head[happens.end() :].lstrip()[:2].istitle()  # "Đăng Hưng, ngày ..."
    return (
        small > _SMALL_WORDS or (happens is not None and not named) or match_type(fold(head), 0, len(head)) is not None
    )


# "Kính gửi:", "Kính gởi :", "Kínhgửi:", "Đồng kính gửi:", "Kính gửi/ To:", "THỦ TƯỚNG CHÍNH PHỦ điện:", "Nơi gửi:"
# "Kính trình HĐND tỉnh xem xét, quyết định./." is a sentence: only a colon or the line's end makes it a label.
_ADDRESS = pattern(
    r"[-*_ ]*+(?:(?:đồng +)?+k ?ính *+(?:g ?[ửở]i(?!\w)(?: ?/ ?to)?+|(?:trình|chuyển)(?= *+:| *+$))"
    r"|(?:nơi +)?g[ửở]i(?= ?:)|[^.;:]{3,70} điện(?= ?:))[ :*_]*+"
)
_OPENS_ADDRESS = frozenset("đkng-*_ ")


def address_label_end(folded: str) -> int:
    """Where the label `Kính gửi:` that opens a line ends, 0 without one."""
    if folded[:1] not in _OPENS_ADDRESS and " điện" not in folded:  # nearly every line
        return 0
    match = _ADDRESS.match(folded)
    return match.end() if match else 0


# "**BỘ TRƯỞNG BỘ THỦY LỢI điện:**"
_SENDS = pattern(r"[*_ ]*+(\p{Lu}[^.;:]{3,70}?) (?:điện|ĐIỆN) ?:")


def telegram_sender(text: str) -> tuple[int, int] | None:
    """Where the sender of a telegram (công điện) stands in the line that opens with it."""
    match = _SENDS.match(text)
    return match.span(1) if match else None


# Where marks may be misread: "KINH GUI", "Kính gởi"
_BARE_ADDRESS = pattern(r"[-*_ ]*+(?:dong +)?+kinh (?:gui|goi|trinh|chuyen)\b")


def opens_address(bare_text: str) -> bool:
    """The same of a line whose marks are not trusted; nothing is asked of what follows."""
    return _BARE_ADDRESS.match(bare_text) is not None


class SubjectLabel(NamedTuple):
    """`V/v`, `Về việc`, `Trích yếu:` or a mere `Về` before a subject."""

    start: int
    end: int
    is_about: bool  # "Về" alone, which opens titles and sentences too


# "V/v: ", "V/V", "V.v phân bổ", "V.v. ủng hộ", "VWv" of OCR, "(V/v mời giảng)", "V/vmời", "Vv:", "Về việc ", "Vê việc", "Về viêc" (a misread mark), "Về ",
# "Trích yếu: "; "V/v" / ": Thực hiện ..." over two lines
_SUBJECT = pattern(
    r"[^\w\"“]*+(?P<label>v ?/ ?v(?!\w)|v\. ?v(?=[ :.])|v/ ?v|v[w1lií⁄|]v(?!\w)|vv(?= ?:)"
    rf"|{any_marks('về')} ?{any_marks('việc')}(?!\w)|trích yếu(?: nội dung)?(?= ?:)"
    r"|(?P<about>về(?!\w)))[ :.,]*+(?:về việc(?!\w) ?|v ?/ ?v(?!\w) ?)?+"
)


def subject_label(folded: str) -> SubjectLabel | None:
    """The label with which a subject opens."""
    match = _SUBJECT.match(folded)
    return SubjectLabel(match.start("label"), match.end(), match["about"] is not None) if match else None


@cache
def closing_words(kind: Literal["closing", "formula"]) -> tuple[str, ...]:
    """With what the last paragraph of a body opens, folded: any such word, or the formulas that leave no doubt."""
    return tuple(fold(word) for word in words_where("outline_marks", "kind", kind))


# --- as printed, with the place on the line ---------------------------------------------------------------------------

# "ngày 6 tháng 4 năm 2011", "ngày     tháng 9 năm 2021", "ngày … tháng …", "ngày 05/4/2012"
_DATE = pattern(r"\b[nN]gày(?:[\s.…_\d/]{0,40}[tT]háng|\s{0,9}\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d)")
# The date line of a header to its end: "ngày 6 tháng 4 năm 2011", "ngày   tháng   năm 20..."
_DATE_LINE = pattern(
    r"\b[nN]gày(?:(?:[\s.…_\d/]{0,40}+| ?[^\s,;:()]{1,3} )[tT]h[áa]ng[\s.…_\d/]{0,40}+(?:[^\snN] )?+(?:[nN][ăaáâ]m[\s.…_\d/]{0,40}+)?+"
    r"|\s{0,9}+\d{1,2}\s?+[/.-]\s?+\d{1,2}\s?+[/.-]\s?+(?:19|20)\d\d)[\s.,;)*]*+$"
)


# What only a document has, anywhere inside a text: "Nơi nhận:", "Điều 1.", "Căn cứ Luật", "Kính gửi:"
_ONLY_DOCUMENTS = pattern(r"Nơi nhận\s*:|Điều 1\b|Căn cứ (?:Luật|Nghị|Hiến|Thông|Quyết|chức)|Kính g[ửở]i\s*:")


def holds_landmark(text: str) -> bool:
    """Whether a long text holds words of a document, so that it is no menu of a site."""
    return _ONLY_DOCUMENTS.search(text) is not None


def holds_date(text: str) -> bool:
    """Whether a text as printed holds a date, or the blanks for one."""
    return "gày" in text and _DATE.search(text) is not None


def date_line_start(text: str) -> int:
    """Where the date begins that ends a line as printed; -1 without one."""
    match = _DATE_LINE.search(text) if "gày" in text else None
    return match.start() if match else -1
