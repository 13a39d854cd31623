"""Says what one line of a header is by its content alone: motto, number, place and date, mark, address label, ..."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import cache

import regex

from vnadmin.gazetteer import words, words_where
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.text.dates import FULL_DATE
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern


class Kind(Enum):
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


def kind_of(document: SourceDocument, line: Line) -> Kind:
    """The kind of one line. Lines too long for any part of a header cost one comparison of lengths."""
    length = line.end - line.start
    folded = document.folded
    if length > 400:
        return Kind.PREAMBLE if _starts(folded, line, "preamble") else Kind.OTHER
    text = folded[line.start : line.end]
    if length < 60 and _RULE.fullmatch(text):
        return Kind.RULE
    if length < 90 and _MOTTO.search(_letters(document.bare_of(line))):
        # "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;" is none
        return Kind.PREAMBLE if _starts(folded, line, "preamble") else Kind.MOTTO
    if length < 160 and _is_number(document, line) and not _ADDRESS_LINE.match(text):
        return Kind.NUMBER
    if length < 110 and _has_place_date(text) and not _is_clause(document, line):
        return Kind.PLACE_DATE
    if _LETTER.match(text):
        return Kind.LETTER_SUBJECT
    if _ADDRESS.match(text) and not text.endswith(("./.", "./")):
        return Kind.ADDRESS
    if length < 60 and mark_of(document, line):
        return Kind.MARK
    if _starts(folded, line, "preamble"):
        return Kind.PREAMBLE
    if _BODY.match(text):
        return Kind.BODY
    if _ATTACHED.match(text):
        return Kind.ATTACHED
    if _is_foreign(text):
        return Kind.FOREIGN
    return Kind.OTHER


def _has_place_date(text: str) -> bool:
    """Nearly every line is turned away by its characters alone: the patterns are slow on lines without a date."""
    if "ngày" in text:
        dated = text.rstrip(" .;,)*_")[-1:].isdigit() and _PLACE_DATE.match(text) is not None
        return dated or ("tháng" in text and _BLANK_DATE.match(text) is not None)
    return text[-1].isdigit() and text[0] not in "-+" and bool(_PLACE_DATE.match(text))


class Kinds:
    """The kinds of the first lines of a document, each found once and only when it is asked for."""

    def __init__(self, document: SourceDocument, lines: Sequence[Line]) -> None:
        self._document = document
        self._lines = lines
        self._known: dict[int, Kind] = {}

    def at(self, position: int) -> Kind:
        """The kind of one line."""
        kind = self._known.get(position)
        if kind is None:
            kind = self._known[position] = kind_of(self._document, self._lines[position])
        return kind

    def after(self, position: int, count: int) -> Iterator[Kind]:
        """The kinds of the lines after one, `count` of them at most."""
        return map(self.at, range(position + 1, min(position + 1 + count, len(self._lines))))


def is_old_motto(document: SourceDocument, line: Line) -> bool:
    """`VIỆT NAM DÂN CHỦ CỘNG HOÀ` (1945-1976), which stands under the issuer's name in decree-laws, not above all."""
    return _letters(document.bare_of(line)).startswith("vietnamdanchu")


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


def number_start(document: SourceDocument, line: Line) -> int | None:
    """Where the number begins on a line that opens with its label (`Số:`, `Luật số:`); None without the label."""
    label = _number_label().match(document.folded, line.start, line.end)
    return label.end() if label else None


def _is_number(document: SourceDocument, line: Line) -> bool:
    start = number_start(document, line)
    if start is None:
        return False
    return bool(_NUMBER.match(document.folded, start, line.end) or _OLD_NUMBER.match(document.text, start, line.end))


def mark_of(document: SourceDocument, line: Line) -> tuple[str, str] | None:
    """The stand-alone mark on a line as (field, mark): `KHẨN`, `HỎA TỐC HẸN GIỜ: 14h00`, `(MẬT)`, `DỰ THẢO LẦN 2`."""
    match = _marks().match(document.folded, line.start, line.end)
    if not match:
        return None
    name = match["mark"]
    field = _mark_fields()[name]
    if (
        not is_upper(document.text[match.start("mark") : match.end("mark")])
        and field != "draft"
        and "(" not in match[0]
    ):
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


def is_upper(text: str) -> bool:
    """Set in capitals. Only letters without marks are asked: a capital font loses its marked letters ("SắC LệNH")."""
    letters = [c for c in text if "a" <= c <= "z" or "A" <= c <= "Z"]
    if len(letters) < 2:
        return text.upper() == text and any(map(str.isalpha, text))
    return sum(map(str.isupper, letters)) >= 0.75 * len(letters)


def starts_with(document: SourceDocument, line: Line, kind: str) -> bool:
    """The line opens with a word of that kind of `data/header_words.tsv`."""
    return _starts(document.folded, line, kind)


def equals(document: SourceDocument, line: Line, kind: str) -> bool:
    """The line is such a word and nothing else."""
    return document.folded_of(line).strip(" .:*_") in _set(kind)


def _starts(folded: str, line: Line, kind: str) -> bool:
    return _opening(kind).match(folded, line.start, line.end) is not None


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


def _is_clause(document: SourceDocument, line: Line) -> bool:
    """`Quyết định này có hiệu lực từ ngày ...`: words before the date that are no place."""
    head = document.text[line.start : line.end].lstrip("\"'(*_ ")
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


__all__ = ["Kind", "Kinds", "equals", "is_upper", "kind_of", "mark_of", "number_start", "squeeze", "starts_with"]
