"""Says what one line of a header is by its content alone: motto, number, place and date, mark, address label, ..."""

from __future__ import annotations

from enum import Enum, auto
from functools import cache

import regex

from vnadmin.gazetteer import words, words_where
from vnadmin.genre.capitals import is_upper
from vnadmin.genre.line_text import LineText
from vnadmin.text.dates import FULL_DATE
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern


class HeaderKind(Enum):
    """What a line is, as far as its own words tell."""

    RULE = auto()  # "-----", "***", "o0o", a lone "*"
    MOTTO = auto()  # Quốc hiệu, tiêu ngữ, ĐẢNG CỘNG SẢN VIỆT NAM
    NUMBER = auto()
    PLACE_DATE = auto()
    LETTER_SUBJECT = auto()  # V/v ...
    ADDRESS = auto()  # Kính gửi
    MARK = auto()
    PREAMBLE = auto()  # Căn cứ ...
    BODY = auto()  # Điều 1., I., 1.
    ATTACHED = auto()  # (Ban hành kèm theo ...)
    FOREIGN = auto()  # the same header again in English
    OTHER = auto()


_RULE = pattern(r"[\W_]*+(?:o0o|o o o|0|o)?[\W_]*+")
# "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "§éc lËp" comes converted; letters only, so that spacing damage does not matter.
# "CỘNG HOÀ XÃ" / "HỘI CHỦ NGHĨA VIỆT NAM": lines of a page's source that were broken anywhere.
_MOTTO = pattern(
    r"c?ong?hoaxahoichungh|doclap\W*tudo|^dangcongsanvietnam$|^vietnamdanchuconghoa$"
    r"|^conghoaxa(?:hoi(?:chu)?)?$|^(?:xa)?(?:hoi)?(?:chu)?nghiavietnam$|^doclaptu$|^(?:tu)?dohanhphuc$"
    r"|socialistrepublic|independence\W*freedom"
)
# "Số 60 Trần Phú" and "Số điện thoại" fail above; "Số: 12 / Đường ..." is an address too.
_ADDRESS_LINE = pattern(r".*\b(?:đường|phố|điện thoại|đt:|fax|email|e-mail|website|tài khoản|trang|quầy)\b")
# "Hà Nội, ngày 05 tháng 3 năm 2020", "Quận 1, ngày ...", "Hà Nội, 25/8/2021"; "Ngày ban hành: 28-01-2011" is of a site.
_PLACE_DATE = pattern(
    r"[\"'(*_ ]*+(?:[^\d,;:()]{2,45}?(?: \d{1,2})?[^\d,;:()]{0,20}?(?:[,.;:]*+ *+(?=ngày)|, *+))??"
    rf"{FULL_DATE}[ .;,)*_]*+$"
)
# "Hà Nội, ngày      tháng     năm 20...", "ngày … tháng … năm"
_BLANK_DATE = pattern(
    r"[^\d,;:()]{0,45}?,? ?ngày[ .…_/]*+\d{0,2}[ .…_/]*+tháng[ .…_/]*+\d{0,2}[ .…_/]*+(?:năm[ .…_]*+\d{0,4}[ .…_]*+)?$"
)
# "V/v ...", "V/v: ...", "(V/v mời giảng)", "Vv: ...", "Về việc ..."
_LETTER = pattern(r"[\"'(*_]*+(?:v ?/ ?v\b|vv ?:|v/ ?v|về ?việc\b)")
# "Kính gửi:", "Kính trình:", "Đồng kính gửi:", "Kính chuyển", "THỦ TƯỚNG CHÍNH PHỦ điện:", "Gửi:"
# "Kính trình HĐND tỉnh xem xét, quyết định./." is a sentence: only a colon or the line's end makes it a label.
_ADDRESS = pattern(
    r"[-*_ ]*+(?:đồng +)?+k ?ính +(?:g ?ửi(?!\w)|(?:trình|chuyển)(?: *+:| *+$))|(?:nơi +)?gửi ?:|[^.;:]{3,70} điện ?:"
)
_BODY = pattern(
    r"(?:điều|khoản|chương|phần|mục) +(?:thứ |\d|[ivxlc]+(?!\w))"
    r"|[ivx]{1,4} ?[./)-] *+\w|\d{1,2}(?:\.\d+)* ?(?:[.)] *+|/ ++)[^\W\d]"
    r"|[a-h] ?[/)] *+\w|nơi nhận"
)
# "(Ban hành kèm theo Quyết định số ...)", "Mẫu số 01", "MẪU ĐƠN", "Biểu mẫu 2", "Phụ lục I"
_ATTACHED = pattern(
    r"[(*_]*+(?:(?:ban hành )?(?:kèm|đính kèm) (?:theo|với)|ban hành kèm|mẫu (?:số|đơn|biểu|phiếu)|biểu (?:mẫu|số)"
    r"|phụ lục)(?!\w)"
)


def header_kind(line: LineText) -> HeaderKind:
    """What one line of a header is. Lines too long for any part of one cost one comparison of lengths."""
    text, folded, bare_text = line
    length = len(folded)
    if length > 400:
        return HeaderKind.PREAMBLE if starts_with(folded, "preamble") else HeaderKind.OTHER
    if length < 60 and _RULE.fullmatch(folded):
        return HeaderKind.RULE
    if length < 90 and _MOTTO.search(_letters(bare_text)):
        # "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;" is none
        return HeaderKind.PREAMBLE if starts_with(folded, "preamble") else HeaderKind.MOTTO
    if length < 160 and _is_number(text, folded) and not _ADDRESS_LINE.match(folded):
        return HeaderKind.NUMBER
    if length < 110 and _has_place_date(folded) and not _is_clause(text):
        return HeaderKind.PLACE_DATE
    if _LETTER.match(folded):
        return HeaderKind.LETTER_SUBJECT
    if _ADDRESS.match(folded) and not folded.endswith(("./.", "./")):
        return HeaderKind.ADDRESS
    if length < 60 and mark_of(text, folded):
        return HeaderKind.MARK
    if starts_with(folded, "preamble"):
        return HeaderKind.PREAMBLE
    if _BODY.match(folded):
        return HeaderKind.BODY
    if _ATTACHED.match(folded):
        return HeaderKind.ATTACHED
    if _is_foreign(folded):
        return HeaderKind.FOREIGN
    return HeaderKind.OTHER


def _has_place_date(text: str) -> bool:
    """Nearly every line is turned away by its characters alone: the patterns are slow on lines without a date."""
    if "ngày" in text:
        dated = text.rstrip(" .;,)*_")[-1:].isdigit() and _PLACE_DATE.match(text) is not None
        return dated or ("tháng" in text and _BLANK_DATE.match(text) is not None)
    return text[-1].isdigit() and text[0] not in "-+" and bool(_PLACE_DATE.match(text))


def is_old_motto(bare_text: str) -> bool:
    """`VIỆT NAM DÂN CHỦ CỘNG HOÀ` (1945-1976), which stands under the issuer's name in decree-laws, not above all."""
    return _letters(bare_text).startswith("vietnamdanchu")


@cache
def _number_label() -> regex.Pattern[str]:
    # "Số: 12/UBND-VX", "Số 36-HD/VPTW", "S ố: 309/2025", "Luật số: 18/2003/QH11", "Bản án số: 19/2021/HS-ST",
    # "Số/ No.: 4844", "Số.: 01/2024", "**Số:** 15/NQ-HĐND"
    names = "|".join(
        sorted((regex.escape(fold(name)) for name in words("document_types", "name")), key=len, reverse=True)
    )
    return pattern(rf"[*_# ]*+(?:(?:{names})\s)?+s ?ố(?!\w)(?: ?/ ?no)?+[ .:;*_]*+")


# After the label: a sequence, dots or blanks, then "/" or "-" and a notation; or nothing at all.
_NUMBER = pattern(r"$|[\d .…_]*+[a-zđ]{0,2}+[ .…_]*+[/-]|[\d .…_]++$")
# "Số 60 TC/CĐKT", "Số 178 CP" (before 1998); printed in capitals, so that "Số 60 Trần Phú" is none
_OLD_NUMBER = pattern(r"\d+ *+[A-ZĐƯ&]{2,12}(?:[/-][A-ZĐƯ0-9-]+)?$")


def number_start(folded: str) -> int | None:
    """Where the number begins in a line that opens with its label (`Số:`, `Luật số:`); None without the label."""
    label = _number_label().match(folded)
    return label.end() if label else None


def _is_number(text: str, folded: str) -> bool:
    start = number_start(folded)
    return start is not None and bool(_NUMBER.match(folded, start) or _OLD_NUMBER.match(text, start))


def mark_of(text: str, folded: str) -> tuple[str, str] | None:
    """The stand-alone mark on a line as (field, mark): `KHẨN`, `HỎA TỐC HẸN GIỜ: 14h00`, `(MẬT)`, `DỰ THẢO LẦN 2`."""
    match = _marks().match(folded)
    if not match:
        return None
    name = match["mark"]
    field = _mark_fields()[name]
    if not is_upper(text[match.start("mark") : match.end("mark")]) and field != "draft" and "(" not in match[0]:
        return None
    return field, name


@cache
def _mark_fields() -> dict[str, str]:
    return {
        fold(mark): field
        for field in ("secrecy", "urgency", "circulation", "draft", "arrival", "copy")
        for mark in words_where("marks", "field", field, "mark")
    }


@cache
def _marks() -> regex.Pattern[str]:
    names = "|".join(sorted(map(regex.escape, _mark_fields()), key=len, reverse=True))
    # the whole line is the mark: "KHẨN", "[MẬT]", "HỎA TỐC: 14 giờ 00", "Dự thảo lần 3", "DỰ THẢO 2", "DỰ THẢO ngày 12"
    return pattern(
        rf"[^\w]*+(?P<mark>{names})(?!\w)"
        r"(?:[^\w]*+$| *+[:(-]? *+(?:(?:lần|hẹn giờ|trước|ngày|số)\b.{0,30}|\d.{0,20})$)"
    )


def starts_with(folded: str, kind: str) -> bool:
    """The line opens with a word of that kind of `data/header_words.tsv`."""
    return _opening(kind).match(folded) is not None


def equals(folded: str, kind: str) -> bool:
    """The line is such a word and nothing else."""
    return folded.strip(" .:*_") in _set(kind)


@cache
def _set(kind: str) -> frozenset[str]:
    return frozenset(map(fold, words_where("header_words", "kind", kind)))


@cache
def _opening(kind: str) -> regex.Pattern[str]:
    names = sorted(_set(kind), key=len, reverse=True)
    return pattern(r"[-+*_•\"'( ]*+(?:" + "|".join(map(regex.escape, names)) + r")(?!\w)")


def _letters(text: str) -> str:
    joined = text.replace(" ", "")
    return joined if joined.isalpha() else "".join(filter(str.isalpha, joined))


def _is_clause(text: str) -> bool:
    """`Quyết định này có hiệu lực từ ngày ...`: words before the date that are no place."""
    head = text.lstrip("\"'(*_ ")
    before = fold(head).split("ngày")[0]
    if not before.strip(" ,.;:"):
        return False
    return not head[0].isupper() or len(before.split()) > 8 or bool(_CLAUSE.search(before))


_CLAUSE = pattern(r"\b(?:hiệu lực|kể từ|từ|trước|đến|sau|theo|vào|hồi|quyết định|số|thời gian|hạn|căn cứ|cấp)\b")


def _is_foreign(text: str) -> bool:
    """A line of an English twin: plain ASCII, with a known English word or two words longer than any syllable."""
    if not text.isascii():
        return False
    parts = regex.findall(r"[a-z]+", text)
    return not _set("english").isdisjoint(parts) or sum(len(part) > 7 for part in parts) >= 2


def squeeze(text: str) -> str:
    """Only the letters and digits, folded and without marks: what two printings of one name share."""
    return "".join(filter(str.isalnum, bare(text)))
