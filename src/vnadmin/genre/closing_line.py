"""Says what one line of a document's end is: the label, an item, an authority, a post, a signed mark, a name."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from vnadmin.gazetteer import words
from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.landmarks import is_place_date
from vnadmin.genre.line_text import LineText
from vnadmin.genre.person_name import NameLikeness, name_likeness, without_rank
from vnadmin.genre.post_and_authority import authority_end, is_post, is_verdict, opens_with_post_or_act
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern


class Role(Enum):
    """What a line of the conclusions is."""

    LABEL = "label"  # "Nơi nhận:"
    ITEM = "item"  # "- Như trên;"
    FILING = "filing"  # "- Lưu: VT, TH."
    AUTHORITY = "authority"  # "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"
    POST = "post"  # "PHÓ CHỦ TỊCH", "THƯ KÝ"
    MARK = "mark"  # "(Đã ký)", "ĐỒNG Ý"
    NAME = "name"
    RANK = "rank"  # "Đại tá" on a line of its own
    DOTS = "dots"  # a name left blank: "..........."
    BELOW = "below"  # a post printed under its holder's name
    STAMP = "stamp"  # a line of a digital signature's stamp between the post and the name
    DATE = "date"  # "Hà Nội, ngày 2 tháng 3 năm 2010" set above a signature
    CAPITALS = "capitals"  # another short line in capitals: it continues an authority or is a heading
    OTHER = "other"


LONGEST = 110  # characters; a longer line is no label, post or name
_OPENING = r"[*_#>|~ ]*+"
# "Nơi nhận:", "NƠI NHẬN", "Nơi nhận :", "Nơi nhận (để báo cáo):"; not "Nơi nhận được trình bày tại ô số 9".
_LABEL = pattern(_OPENING + r"noi nh[ae]n(?: van ban)?+[*_ ]*+(?:\([^()]{0,30}\) *+)?(?P<stop>[:;.][*_ ]*+)?")
# "Lưu: VT", "Lưu VT, TĐKT", "Lưu , TTCĐ", "Lưu Văn thư"; not "Lưu ý:", "lưu hành", "lưu trữ hồ sơ".
_FILING = pattern(r"luu(?=[ :;,.(]|$)(?! *+(?:y|hanh|giu|thong|luong|tru(?! *:)|dan|loat|luyen)\b)")
_KEPT_BY = pattern(r"luu (?:van (?:thu|phong)|ho so)\b")
_FILING_LABEL = pattern(r"luu(?: tru)?+ *+[:;,.]? *+")  # "Lưu:", "Lưu trữ:"
# Between the entries of a list: "Đồng kính gửi:", "Bản điện tử:", "* Bản giấy", "Gửi văn bản điện tử:", "Gửi qua mạng:"
_LIST_HEADING = pattern(
    r"[-+*•_. ]*+(?:(?:dong )?kinh (?:gui|bao|trinh)\b[^;]{0,40}:"
    r"|(?:(?:gui|nhan|phat hanh) )?(?:ban|van ban|vb) (?:dien tu|giay|in)(?: (?:gui|cho|den))?[: .]*+"
    r"|(?:gui|nhan) qua (?:mang|email|thu dien tu|he thong|truc)\b[^;]{0,40}:)[*_ ]*+$"
)
_SENTENCE_END = pattern(r"[.;,:?!…]['\")]*+$")
# "........", "*.1.°", "—e/=": dots to sign over, and what an engine makes of a seal: a sign that no bullet has; `12/2020` is a number
_DOTS = pattern(r"[.…_\-\s]{4,}+|(?=.*[°^`´¬~“”=#/\\|<>*¡!'\"])(?![\d/ .]++$)[^a-zđ]{1,8}")


# "(Đã ký)", "[daky]", "Đã ký", "( ký tên, đóng dấu)"
_MARKS = pattern(
    lambda: (
        rf"[*_ ]*+(?:[(\[/] *+(?:{alternation(map(bare, words('signed_marks')))})(?: [^()\[\]]{{0,60}})? *+[)\]/]"
        r"|da k[yi]|daky|\(signed\))[*_ .:]*+"
    )
)


# A line of its own: "[CHỜ KÝ]", "[Đã phê duyệt]", "{Vị trí ký số}", "(Đóng dấu)", "(Chưa ký)"; "(kỳ họp)" is none
_IN_BRACKETS = pattern(
    r"(?:[\[{<] *+[^\W\d_][^\[\]{}<>]{2,60}[\]}>]|\((?=[^()]{0,40}\b(?:k[ýí]|dấu)\b)[^()]{0,80}\))[*_ .:]*+"
)


def opening(text: str) -> int:
    """Where a line begins after its emphasis marks."""
    return len(text) - len(text.lstrip("*_#>|~ "))


_LABEL_HINT = pattern(r"[nN]\w[iI] [nN][hH]")  # "Nơi nhân", "Noi nhan" too: what `label_end` takes


def may_hold_label(text: str) -> bool:
    """Whether the words of the label may stand on a line as printed: cheap to ask of every line."""
    hinted = "i nh" in text or "I NH" in text or " Nh" in text or "i NH" in text or "I nh" in text  # hardly a line
    return hinted and _LABEL_HINT.search(text) is not None


_OPENS_LIST = pattern(_OPENING + r"noi nh[ae]n\b")


def opens_list(bare_text: str) -> bool:
    """Whether a line opens with the words of the label; a layout looks no further."""
    return _OPENS_LIST.match(bare_text) is not None


def label_end(line: LineText) -> int:
    """Where the label `Nơi nhận:` that opens the line ends, or -1."""
    text, plain = line.text, line.bare
    match = _LABEL.match(plain)
    if not match:
        return -1
    if len(text) > LONGEST and not (match["stop"] or "").startswith(":"):
        return -1
    end = int(match.end())
    rest = text[end:]
    if match["stop"] or not rest or rest[0] in "-+•–" or text[:end].endswith("   "):
        return end
    if in_capitals(rest) and (authority_end(rest, plain[end:]) or is_post(rest, plain[end:])):
        return end  # "Nơi nhận TM. ỦY BAN NHÂN DÂN": both columns on one line
    return -1


class Place(NamedTuple):
    """A slice of the text that was asked about."""

    start: int
    end: int


# "... thực hiện./. Nơi nhận: - Như trên; - Lưu: VT."
_LABEL_WITHIN = pattern(r"\./\.[ *_]*+(?P<label>noi nh[ae]n *+:)")


def label_within(bare_text: str, start: int, end: int) -> Place | None:
    """The label where it stands behind the last words of a body instead of on a line of its own."""
    match = _LABEL_WITHIN.search(bare_text, start, end)
    return Place(*match.span("label")) if match else None


def is_filing(bare_text: str) -> bool:
    """Whether an item, its bullet taken off, is the filing entry."""
    return _FILING.match(bare_text) is not None


def opens_filing(text: str) -> bool:
    """The same of an item as printed."""
    return text[:1] in ("L", "l") and is_filing(bare(text))


# "Như trên", "Như Điều 3", "Như kính gửi"
_AS_ABOVE = pattern(r"nhu (?:tren|dieu|kinh gui)")


def points_above(bare_text: str) -> bool:
    """Whether an item, its bullet taken off, names those who stand above it."""
    return _AS_ABOVE.match(bare_text) is not None


def is_list_heading(bare_text: str) -> bool:
    """Whether a line among the entries of a list heads those that follow and is none: `Bản điện tử:`."""
    return _LIST_HEADING.match(bare_text) is not None


def filing_label_end(bare_text: str) -> int:
    """Where the label of a filing entry ends, its bullet taken off; 0 without one."""
    match = _FILING_LABEL.match(bare_text)
    return int(match.end()) if match else 0


def mark_end(bare_text: str) -> int:
    """Length of a signed mark that opens the text, 0 without one."""
    match = _MARKS.match(bare_text)
    return int(match.end()) if match else 0


def role(line: LineText) -> Role:
    """What the line is, by its own text alone."""
    start = opening(line.text)
    end = len(line.text.rstrip("*_ |"))
    if start >= end:
        return Role.OTHER
    text, plain = line.text[start:end], line.bare[start:end]
    if label_end(line) >= 0:
        return Role.LABEL
    bulleted = bullet_end(line.text)
    if bulleted:
        return Role.FILING if is_filing(line.bare[bulleted:]) else Role.ITEM
    if len(text) > LONGEST:
        return Role.OTHER
    if is_filing(plain) and len(text) <= 80 and not _is_named_luu(text, plain):
        return Role.FILING
    if (
        mark_end(plain) == len(plain)
        or is_verdict(text, plain)
        or (text[0] in "[{<(" and _is_bracketed_mark(line.folded[start:end], text))
    ):
        return Role.MARK
    if authority_end(text, plain):
        return Role.AUTHORITY
    if is_post(text, plain):
        return Role.POST
    if without_rank(text + " ") == len(text) + 1:
        return Role.RANK
    likeness = name_likeness(text)
    if likeness is not NameLikeness.NONE:
        return Role.NAME
    if _DOTS.fullmatch(plain):
        return Role.DOTS
    if is_place_date(text, line.folded[start:end]):
        return Role.DATE
    if in_capitals(text) and not _SENTENCE_END.search(plain):
        return Role.CAPITALS
    return Role.OTHER


def _is_bracketed_mark(folded: str, text: str) -> bool:
    """Whether brackets around a whole line hold how far the signing is, and no name: `[CHỜ KÝ]`, `(Chưa ký)`."""
    return _IN_BRACKETS.fullmatch(folded) is not None and name_likeness(text.strip("[]{}<> ")) is not NameLikeness.FULL


def _is_named_luu(text: str, bare_text: str) -> bool:
    """`Lưu Đức Hiển` is a signer; `Lưu: VT`, `Lưu Văn thư`, `Lưu Hồ sơ`, `Lưu Hội.` are entries."""
    return name_likeness(text) is NameLikeness.FULL and text[-1] not in ".;" and not _KEPT_BY.match(bare_text)


_ANCHORS = pattern(
    lambda: (
        r"[*_#>|~ ]*+(?P<words>noi nh[ae]n|[-+•·*] *+(?:nhu (?:tren|dieu|kinh gui)|luu)"
        rf"|(?:{alternation(map(bare, words('authorities')))})[ ./]"
        r"|(?:truong|chanh|pho|ben) [a-z])?+"  # "TRƯỞNG BẢN", "BÊN THUÊ": posts and parties that no table lists
    )
)


def may_open_end(bare_text: str, start: int, end: int) -> bool:
    """Whether a line opens with what may begin the end of a document: cheap to ask of every line."""
    anchor = _ANCHORS.match(bare_text, start, end)
    return anchor is not None and (bool(anchor["words"]) or opens_with_post_or_act(bare_text, anchor.end(), end))


# Typed below the list and no item: a path, a system's number, a telephone: "Số EOF: 604430/VBĐT", "d:\\2011\\CV".
_BELOW_LIST = pattern(
    r"(?:so eof|[a-z]:\\|https?:|(?:dt|dien thoai|fax|e-?mail|website|ma (?:dinh danh|xac thuc)[^:]{0,20}) *+:)"
)


def is_below_list(bare_text: str) -> bool:
    """Whether a line holds what is typed below a list of recipients: `Số EOF: 604430/VBĐT`, `ĐT: ...`."""
    return _BELOW_LIST.match(bare_text) is not None


# The second line of a filing entry: "TCT(HC, NV3)", the drafter's mark: "KT12/VP3/2021/DTM -LH", "(L.M.Hoa)", "Hoa 05b", "Hoa, 05", "L.M. Hoa".
_UNIT_OF_FILING = pattern(
    r"[a-z]{2,8} ?\([a-z]{2,6}\d?(?:, ?[a-z]{2,6}\d?)*\)[.;]?"
    r"|(?=\D*\d)[a-z\d]{1,12}(?:[/_.][a-z\d]{1,12}){1,6}(?: ?-[a-z]{1,4})?[.;]?"
    r"|\([^()]{2,20}\)[.;]?|[a-z]{2,8}(?:, ?|-)\d{1,3}[.;]?|(?:[a-z]{1,8}+[. ]*+){1,2}+(?:\(\d{1,3} ?b?\)|\d{1,3} ?b)[.;]?|(?:[a-z]{1,3}\. ?){1,3}+[a-z]{2,6}"
)


def is_unit_of_filing(bare_text: str) -> bool:
    """Whether a line is the rest of a filing entry: the unit, or the drafter's mark."""
    return _UNIT_OF_FILING.fullmatch(bare_text) is not None
