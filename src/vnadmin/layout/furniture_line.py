"""Tells by its words what a line of furniture is: a page number, a gazette's running head, a digital signature's stamp.

All of them take text without marks (`fold.bare`), where a source may have lost them.
"""

from __future__ import annotations

from functools import cache

from vnadmin.gazetteer import words_where
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

# "2", "- 2 -", "Trang 3/12", "2/6", "Page 2 of 6"
_PAGE_NUMBER = pattern(
    r" *+(?:[-–—|] *+)?(?:(?:trang|page)(?: so)? *+:? *+)?\d{1,4}(?: *+(?:/|of|tren) *+\d{1,4})?(?: *+[-–—|])? *+"
)
_DAY_OF_ISSUE = r"ngay (?:\d[\d /.-]{5,13}|\d{1,2} thang \d{1,2} nam \d{4})"
_ISSUE = r"so *+:? *+\d[\d +,&-]{0,24}+(?:/ *+\d{4} *+)?+"
# "CÔNG BÁO/Số 75 + 76/Ngày 16-01-2025", "CÔNG BÁO TỈNH HẢI MINH/Số 15/Ngày 10-8-2021", the page number on either side
_GAZETTE = pattern(
    rf" *+(?:\d{{1,4}} *+)?cong bao(?: [^\d/|:;.]{{2,40}}?)? *+[/|,–-] *+{_ISSUE}[/|,–-]? *+{_DAY_OF_ISSUE}(?: *+\d{{1,4}})? *+"
)
# "CÔNG BÁO", "CÔNG BÁO TỈNH HẢI MINH" over "Số 15 + 16" and "Ngày 10-8-2021"
_GAZETTE_OF = r"(?:tinh|thanh pho|tp)[. ] *+[^\d/|:;*_]{2,30}"
_GAZETTE_NAME = pattern(rf"[*_# ]*+cong bao(?: {_GAZETTE_OF})?[*_ ]*+")
_GAZETTE_PLACE = pattern(rf"[*_# ]*+{_GAZETTE_OF}[*_ ]*+")
_GAZETTE_NUMBER = pattern(
    rf"[*_# ]*+(?:cong bao[^\d/|:;.]{{0,40}}?[/|,– -]++)?(?:{_ISSUE}(?:[/|,– -]*+{_DAY_OF_ISSUE})?|{_DAY_OF_ISSUE}) *+[*_]*+ *+(?:\d{{1,4}})?"
)
# "24.01.2025 20:01:14 +07:00"
MOMENT = r"\d{1,2}[./-]\d{1,2}[./-]\d{4} \d{1,2}:\d\d"

_CLOCK = r"\d{1,2}:\d\d(?:(?::\d\d)? ?(?:am|pm|sa|ch))?"
# What a browser prints over a page, and its title beside it: "12/3/26, 1:10 PM   Cổng thông tin", "13:10 3/12/26", "03/12/2026, 13:10"
_PRINTED_AT = pattern(
    rf" *+(?:\d{{1,2}}/\d{{1,2}}/\d{{2,4}}, {_CLOCK}|{_CLOCK},? \d{{1,2}}/\d{{1,2}}/\d{{2,4}})(?P<title>(?: .{{0,130}})?)"
)
# "https://xa.vidu.vn/van-ban/12  1/2" under it
_PRINTED_FROM = pattern(r" *+(?:https?://|file:///|about:)\S+(?:\s++\d{1,3}/\d{1,3})? *+")


def printed_title(text: str) -> str | None:
    """The title beside the hour at which a browser printed a page, `""` where none stands there; None of any other line."""
    if not text[:3].strip()[:1].isdigit() or ":" not in text:  # nearly every line
        return None
    match = _PRINTED_AT.fullmatch(text)
    return match["title"].strip() if match else None


def is_printed_address(text: str) -> bool:
    """Whether a line holds the address that a browser prints under a page, alone or with the page's number."""
    return _PRINTED_FROM.fullmatch(text) is not None


def is_page_number(text: str) -> bool:
    """Whether a line holds a page's number and nothing else."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def is_gazette_head(text: str) -> bool:
    """Whether a line is the running head of a Công báo."""
    return _GAZETTE.fullmatch(text) is not None


def gazette_name(text: str) -> bool:
    """Whether a line holds a Công báo's name and nothing else."""
    return _GAZETTE_NAME.fullmatch(text) is not None


def is_gazette_place(text: str) -> bool:
    """Whether a line goes on with the name of a province's gazette: `TỈNH HẢI MINH` under `CÔNG BÁO`."""
    return _GAZETTE_PLACE.fullmatch(text) is not None


def is_gazette_issue(text: str) -> bool:
    """Whether a line holds which issue of a Công báo it is, with its name or below it: `Số 15 + 16`, `Ngày 10-8-2021`."""
    return _GAZETTE_NUMBER.fullmatch(text) is not None


@cache
def _words(kind: str) -> str:
    return alternation(bare(word) for word in words_where("stamp_words", "kind", kind))


_LABEL = pattern(lambda: rf"(?:{_words('signer')}) *+: *+")


_OPENING = pattern(lambda: rf" *+(?:{_words('signer')}|{_words('verdict')})(?!\w)")


_LINE = pattern(lambda: rf" *+(?:(?:{_words('signer')}|{_words('time')}) *+:|{_words('verdict')})")


_END = pattern(lambda: rf".{{0,60}}?(?:(?:{_words('time')}|date) *+: *+[\d/.:-]|foxit .{{0,30}}version)")


_PART = pattern(lambda: rf"(?:{_words('part')}) ?:|cn ?=|{MOMENT}")


def signer_label(text: str, start: int, end: int) -> int | None:
    """Where the label ends that names who signed (`Người ký: `, `Ký bởi:`); None without one."""
    match = _LABEL.search(text, start, end)
    return match.end() if match else None


def opens_foot(text: str) -> bool:
    """Whether a line opens what a site sets under a document: `Tin liên quan`, `Bình luận (0)`, `Tệp đính kèm:`."""
    return text.strip(" :.|>»-()0123456789") in _foot_words()


@cache
def _foot_words() -> frozenset[str]:
    return frozenset(bare(word) for word in words_where("stamp_words", "kind", "foot"))


def opens_stamp(text: str) -> bool:
    """Whether a line opens the stamp of a digital signature: `Người ký`, `Signature Not Verified`."""
    return _OPENING.match(text) is not None


def closes_stamp(text: str) -> bool:
    """Whether a line is the last of such a stamp: `Thời gian ký: 12.02.2025 10:33:35`."""
    return _END.match(text) is not None


def is_stamp(text: str) -> bool:
    """Whether a line is a stamp's by itself: a label and its colon, or what a reader of PDF says of the signature."""
    return _LINE.match(text) is not None


def stands_in_stamp(text: str) -> bool:
    """Whether a line may be one of a stamp, where it stands beside one that is: `Email: ...`, `Cơ quan: ...`."""
    return _PART.match(text) is not None
