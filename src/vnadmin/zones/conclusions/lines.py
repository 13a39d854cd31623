"""Says what one line of a document's end is: the label, an item, an authority, a post, a signed mark, a name."""

from __future__ import annotations

from enum import Enum
from functools import cache

import regex

from vnadmin.gazetteer import rows, words, words_where
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern
from vnadmin.zones.conclusions.names import NameLikeness, name_likeness, without_rank


class Role(Enum):
    """What a line of the conclusions is."""

    LABEL = "label"  # "Nơi nhận:"
    ITEM = "item"  # "- Như trên;"
    FILING = "filing"  # "- Lưu: VT, TH."
    AUTHORITY = "authority"  # "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"
    POST = "post"  # "PHÓ CHỦ TỊCH", "THƯ KÝ"
    MARK = "mark"  # "(Đã ký)"
    NAME = "name"
    RANK = "rank"  # "Đại tá" on a line of its own
    DOTS = "dots"  # a name left blank: "..........."
    DATE = "date"  # "Hà Nội, ngày 2 tháng 3 năm 2010" set above a signature
    CAPITALS = "capitals"  # another short line in capitals: it continues an authority or is a heading
    OTHER = "other"


LONGEST = 110  # characters; a longer line is no label, post or name
_OPENING = r"[*_#>|~ ]*+"
_BULLET = pattern(r"[*_|~ ]*+(?:[-+•·*●▪◦§○]|\\-|o(?= )|\.(?= ?[^\W\d_]))[ *_]*+")  # "- ", "+ ", ". Văn phòng" (2003)
_BULLET_OPENS = frozenset("*_|~ -+•·●▪◦§○\\o.")
# "Nơi nhận:", "NƠI NHẬN", "Nơi nhận :", "Nơi nhận (để báo cáo):"; not "Nơi nhận được trình bày tại ô số 9".
_LABEL = pattern(_OPENING + r"noi nh[ae]n(?: van ban)?+[*_ ]*+(?:\([^()]{0,30}\) *+)?(?P<stop>[:;.][*_ ]*+)?")
# "Lưu: VT", "Lưu VT, TĐKT", "Lưu , TTCĐ", "Lưu Văn thư"; not "Lưu ý:", "lưu hành", "lưu trữ hồ sơ".
_FILING = pattern(r"luu(?=[ :;,.(]|$)(?! *+(?:y|hanh|giu|thong|luong|tru(?! *:)|dan|loat|luyen)\b)")
_SENTENCE_END = pattern(r"[.;,:?!…]['\")]*+$")
_DOTS = pattern(r"[.…_\-\s]{4,}+")
# "Hà Nội, ngày 2 tháng 3 năm 2010", "......., ngày ... tháng ... năm 20..."
_DATE = pattern(r"(?:[^,]{0,40}, *+)?ngay[ .…/\d]*+thang[ .…/\d]*+nam[ .…\d]*+$")
_DIGITS = pattern(r"\d")


def spaced(words: str) -> str:
    """A phrase as a pattern that allows any number of blanks between its words ("THỨ  TRƯỞNG")."""
    return " ++".join(regex.escape(word) for word in words.split())


@cache
def _posts() -> regex.Pattern[str]:
    listed = {bare(w) for kind in ("post", "role", "delegate") for w in words_where("positions", "kind", kind)}
    alternatives = "|".join(spaced(word) for word in sorted(listed, key=len, reverse=True))
    # "PHÓ GIÁM ĐỐC", "Q. VỤ TRƯỞNG", "P. HIỆU TRƯỞNG", "TRƯỞNG PHÓ PHÒNG" is none
    return pattern(rf"(?:[pq]\. *+|quyen |pho |nguyen |cac )*+(?:{alternatives})(?![a-z])")


@cache
def _authorities() -> regex.Pattern[str]:
    signs = "|".join(spaced(bare(w)) for w in _by_length("sign"))
    phrases = "|".join(spaced(bare(w)) for w in _by_length("words"))
    # "TM. ỦY BAN", "KT.CHỦ TỊCH", "T/M BAN THƯỜNG VỤ", "KT/ bộ trưởng", "THỪA LỆNH BỘ TRƯỞNG", "TM BAN CHẤP HÀNH"
    return pattern(rf"(?:(?P<sign>{signs})(?P<stop>[ ]*+[./:,] *+| ++)|(?:{phrases}) ++)(?=[a-z])")


def _by_length(shape: str) -> list[str]:
    return sorted((row["word"] for row in rows("authorities") if row["shape"] == shape), key=len, reverse=True)


# What signs through another: names of collectives that follow TM., beside the posts.
_COLLECTIVE = pattern(
    r"(?:uy ban|ubnd|hoi dong|hdnd|ban |chinh phu|doan |bo |chi bo|dang uy|cong ty|uy vien|thuong truc|to |lien |"
    r"hoi |truong |phong |nhom |khoa|hop tac xa|dai hoi|tap the|ubtv|quoc hoi|chap hanh|tinh uy|thanh uy|huyen uy)"
)


@cache
def _marks() -> regex.Pattern[str]:
    listed = "|".join(spaced(bare(w)) for w in sorted(words("signed_marks"), key=len, reverse=True))
    # "(Đã ký)", "[daky]", "Đã ký", "( ký tên, đóng dấu)"
    return pattern(
        rf"[*_ ]*+(?:[(\[/] *+(?:{listed})(?: [^()\[\]]{{0,60}})? *+[)\]/]|da k[yi]|daky|\(signed\))[*_ .:]*+"
    )


def capitals(text: str) -> bool:
    """Whether the letters of a line are capitals, a stray small one of an old font apart ("TOàN")."""
    letters = sum(map(str.isalpha, text))
    return letters >= 2 and sum(map(str.islower, text)) <= 0.15 * letters


def opening(document: SourceDocument, line: Line) -> int:
    """Position in the text after emphasis marks that open a line."""
    position = line.start
    while position < line.end and document.text[position] in "*_#>|~ ":
        position += 1
    return position


def bullet_end(text: str) -> int:
    """Length of the bullet that opens a line, 0 without one."""
    if text[:1] not in _BULLET_OPENS:  # nearly every line
        return 0
    match = _BULLET.match(text)
    return int(match.end()) if match and match.end() < len(text) else 0


def label_end(document: SourceDocument, line: Line) -> int:
    """Position in the text after the label `Nơi nhận:` that opens the line, or -1."""
    if line.end - line.start > 400:
        return -1
    match = _LABEL.match(document.bare, line.start, line.end)
    if not match:
        return -1
    rest, plain = document.text[match.end() : line.end], document.bare[match.end() : line.end]
    if match["stop"] or not rest or rest[0] in "-+•–":
        return int(match.end())
    if capitals(rest) and (authority_end(rest, plain) or is_post(rest, plain)):
        return int(match.end())  # "Nơi nhận TM. ỦY BAN NHÂN DÂN": both columns on one line
    return -1


def is_filing(bare_text: str) -> bool:
    """Whether an item, its bullet taken off, is the filing entry."""
    return _FILING.match(bare_text) is not None


def is_post(text: str, bare_text: str) -> bool:
    """Whether the text is a post: a title of the table, in capitals or short, and no part of a sentence."""
    if _SENTENCE_END.search(bare_text):
        return False
    match = _posts().match(bare_text)
    if capitals(text):
        return (match is not None and not _SCHOOL.match(text)) or _HEAD.match(text) is not None
    if not match:
        return False
    rest = bare_text[match.end() :].strip()
    if _DIGITS.search(rest) or rest.count(" ") > 6 or "," in rest:
        return False
    return not rest or rest[0].isalpha() or rest[0] in "-(/"


# Posts that no table lists: "TRƯỞNG ĐƠN VỊ", "PHÓ TRƯỞNG TIỂU BAN", "PHÓ BAN"; "TRƯỜNG KHOA HỌC" is a school.
_HEAD = pattern(r"(?:PHÓ\s++(?:TRƯỞNG|BAN|CHỦ|CHÁNH|TỔNG|GIÁM)|TRƯỞNG|CHÁNH)\s++\p{Lu}")
_SCHOOL = pattern(r"TRƯỜNG\b")


@cache
def _role_words() -> tuple[str, ...]:
    return tuple(bare(w) for w in words_where("positions", "kind", "role"))


def is_role(bare_text: str) -> bool:
    """Whether a post is a part in an act ("THƯ KÝ", "NGƯỜI LẬP BIỂU"), not an office."""
    return bare_text.lstrip("*_# ").startswith(_role_words())


def authority_end(text: str, bare_text: str) -> int:
    """Length of the mark (`TM.`, `KT/`, `THỪA LỆNH`) that opens an authority line, 0 where it is none."""
    match = _authorities().match(bare_text)
    if not match:
        return 0
    rest = bare_text[match.end() :]
    upper = capitals(text)
    stop = match["stop"]
    if stop is not None and not stop.strip() and not (upper and text[: match.end()].rstrip().isupper()):
        return 0  # a sign without stop or slash is one only in capitals: "TM BAN CHẤP HÀNH"
    if match["sign"] == "q" and not _posts().match(rest):
        return 0
    if (stop is not None and stop.strip() == ",") or _SENTENCE_END.search(bare_text):
        return 0
    if upper or ((_posts().match(rest) or (_COLLECTIVE.match(rest) and stop is not None)) and rest.count(" ") <= 9):
        return int(match.end())
    return 0


def mark_end(bare_text: str) -> int:
    """Length of a signed mark that opens the text, 0 without one."""
    match = _marks().match(bare_text)
    return int(match.end()) if match else 0


def role(document: SourceDocument, line: Line) -> Role:
    """What the line is, by its own text alone."""
    start = opening(document, line)
    end = line.end
    while end > start and document.text[end - 1] in "*_ |":
        end -= 1
    if start >= end:
        return Role.OTHER
    text, plain = document.text[start:end], document.bare[start:end]
    if label_end(document, line) >= 0:
        return Role.LABEL
    raw = document.text[line.start : line.end]
    bulleted = bullet_end(raw)
    if bulleted:
        return Role.FILING if is_filing(document.bare[line.start + bulleted : line.end]) else Role.ITEM
    if len(text) > LONGEST:
        return Role.OTHER
    if is_filing(plain) and len(text) <= 80:
        return Role.FILING
    if mark_end(plain) == len(plain):
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
    if _DATE.match(plain):
        return Role.DATE
    if capitals(text) and not _SENTENCE_END.search(plain):
        return Role.CAPITALS
    return Role.OTHER


@cache
def anchors() -> regex.Pattern[str]:
    """What a line opens with that may begin the end of a document: cheap to try on every line."""
    signs = "|".join(spaced(bare(row["word"])) for row in rows("authorities"))
    posts = "|".join(
        sorted(
            (
                regex.escape(bare(w))
                for kind in ("post", "role", "delegate")
                for w in words_where("positions", "kind", kind)
            ),
            key=len,
            reverse=True,
        )
    )
    return pattern(
        rf"[*_#>|~ ]*+(?:noi nh[ae]n|[-+•·*] *+(?:nhu (?:tren|dieu|kinh gui)|luu)|(?:{signs})[ ./]"
        rf"|(?:[pq]\. ?|quyen |pho |cac )*+(?:{posts})(?![a-z]))"
    )


__all__ = [
    "LONGEST",
    "Role",
    "anchors",
    "authority_end",
    "bullet_end",
    "capitals",
    "is_filing",
    "is_post",
    "label_end",
    "mark_end",
    "opening",
    "role",
]
