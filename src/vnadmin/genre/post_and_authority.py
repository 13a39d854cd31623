"""Posts and authorities: `PHÓ CHỦ TỊCH`, `THƯ KÝ`, `TM. ỦY BAN NHÂN DÂN`, `KT. BỘ TRƯỞNG` (ô 7a)."""

from __future__ import annotations

import re
import sys
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from vnadmin.gazetteer import rows, words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern

_SENTENCE_END = pattern(r"[.;,:?!…]['\")]*+$")
_DIGITS = pattern(r"\d")


@cache
def listed_posts() -> frozenset[str]:
    """The posts of the table without their marks: offices, parts in an act, delegates."""
    return frozenset(bare(w) for kind in ("post", "role", "delegate") for w in words_where("positions", "kind", kind))


@cache
def listed_acts() -> frozenset[str]:
    """What signers do with another's paper, without marks: `phe duyet`."""
    return frozenset(map(bare, words_where("positions", "kind", "act")))


_POST = pattern(lambda: rf"(?<![a-z])(?:{alternation(listed_posts())})(?![a-z])")
_BEFORE_POST = pattern(r"(?:[pq]\. *+|quyen |pho |nguyen |cac )*+")
# What units open with: "phong", "van phong"
_UNIT = pattern(lambda: rf"(?:{alternation(map(bare, words_where('header_words', 'kind', 'head')))})(?![a-z])")


def _post_end(bare_text: str, start: int = 0, end: int = sys.maxsize) -> int:
    """Where a post of the table that stands at a place ends, or 0: `PHÓ GIÁM ĐỐC`, `Q. VỤ TRƯỞNG`; `TRƯỞNG PHÓ PHÒNG` is none."""
    before = _BEFORE_POST.match(bare_text, start, end)
    post = _POST.match(bare_text, before.end(), end) if before else None
    return post.end() if post else 0


def opens_with_post_or_act(bare_text: str, start: int, end: int) -> bool:
    """Whether listed words of a signature stand at a place, whatever follows: `PHÓ GIÁM ĐỐC`, `PHÊ DUYỆT`."""
    return _post_end(bare_text, start, end) > 0 or _ACTS.match(bare_text, start, end) is not None


def _is_deputy_of_unit(bare_text: str) -> bool:
    """`PHÓ VĂN PHÒNG`, `PHÓ PHÒNG`."""
    unit = bare_text.removeprefix("pho ")
    return unit != bare_text and _UNIT.match(unit.lstrip(" ")) is not None


# "TM. ỦY BAN", "KT.CHỦ TỊCH", "T/M BAN THƯỜNG VỤ", "KT/ bộ trưởng", "THỪA LỆNH BỘ TRƯỞNG", "TM BAN CHẤP HÀNH"
_AUTHORITIES = pattern(
    lambda: rf"(?:(?P<sign>{_listed('sign')})(?P<stop>[ ]*+[./:,] *+| ++)|(?:{_listed('words')}) ++)(?=[a-z])"
)


def _listed(shape: str) -> str:
    """The authorities of one shape (`sign`: TM., `words`: thừa lệnh) as one alternative, without marks."""
    return alternation(map(bare, words_where("authorities", "shape", shape)))


# What signs through another: names of collectives that follow TM., beside the posts.
_COLLECTIVE = ("ban ", "bo ", "uy vien", "thuong truc", "lien ", "tap the", "ubtv", "chap hanh")


def is_post(text: str, bare_text: str) -> bool:
    """Whether the text is a post: a title of the table, in capitals or short, and no part of a sentence."""
    if _SENTENCE_END.search(bare_text):
        return False
    end = _post_end(bare_text)
    if in_capitals(text):
        if _is_deputy_of_unit(bare_text) or _ACTS.match(bare_text) or _HEAD.match(text) or _is_party(text, bare_text):
            return True
        if text.endswith(_LEADS) and _is_leader(bare_text):
            return True
        return end > 0 and not _SCHOOL.match(text)
    if not end:
        return text[0].isupper() and (_ACT_OF.fullmatch(bare_text) or _LETTERED.fullmatch(text)) is not None
    rest = bare_text[end:].strip()
    if _DIGITS.search(rest) or rest.count(" ") > 6 or "," in rest:
        return False
    return not rest or rest[0].isalpha() or rest[0] in "-(/"


# What the signer does with another's paper, above the post: "PHÊ DUYỆT", "XÁC NHẬN CỦA ỦY BAN NHÂN DÂN XÃ"
_ACTS = pattern(lambda: rf"(?:{alternation(listed_acts())})(?![a-z])")

# "Phê duyệt của Giám đốc": so in small letters too, where it names the one who does it
_ACT_OF = pattern(lambda: rf"(?:{alternation(listed_acts())}) cua(?: [a-z]+){{1,6}}")

# What a head writes under such an act: "ĐỒNG Ý", "Nhất trí", "Đồng ý cho vay."
_VERDICT = pattern(
    lambda: rf"(?:{alternation(map(bare, words_where('positions', 'kind', 'verdict')))})(?: [a-z]+){{0,5}}+[./ ]*+"
)


def is_verdict(text: str, bare_text: str) -> bool:
    """Whether a line says what somebody thought of a paper, and not who: `ĐỒNG Ý`, `Nhất trí`, `Duyệt`; `PHÊ DUYỆT` is an act."""
    return _VERDICT.fullmatch(bare_text) is not None and not is_act(text, bare_text)


# "BÊN ĐƯỢC ỦY QUYỀN", "BÊN THUÊ NHÀ (BÊN B)": parties sign what they agree on; in small letters they open its clauses
_PARTY = pattern(r"bên ++\w")
_LETTERED = pattern(r"Bên \p{Lu}")  # "Bên A", alone on its line or in its column


def _is_party(text: str, bare_text: str) -> bool:
    return bare_text.startswith("ben ") and _PARTY.match(fold(text)) is not None  # `BẾN TRE` is a place


# "Bên A: Sở Nội vụ", "**Bên B (bên mua):** ..."
_PARTY_LABEL = pattern(r"[*_ ]*+Bên \p{Lu}(?: \([^()]{1,60}\))?[*_ ]*+:")


def labels_party(text: str) -> bool:
    """Whether a line says who a party is, told by its letter."""
    return _PARTY_LABEL.match(text) is not None


def is_act(text: str, bare_text: str) -> bool:
    """Whether a line says by which act somebody signs, not who: `PHÊ DUYỆT`, `XÁC NHẬN CỦA UBND XÃ`, `Duyệt của Giám đốc`."""
    if not in_capitals(text):
        return _ACT_OF.fullmatch(bare_text) is not None
    return _ACTS.match(bare_text) is not None and not _SENTENCE_END.search(bare_text)


def is_act_or_party(text: str, bare_text: str) -> bool:
    """Whether a line in capitals names an act or a party of a contract: words that head a part of a body as well."""
    return in_capitals(text) and (_ACTS.match(bare_text) is not None or _is_party(text, bare_text))


def names_party(text: str, bare_text: str) -> bool:
    """Whether a line in capitals names a party (`BÊN A: CÔNG TY ...`) or a part in an act, alone: `NGƯỜI LAO ĐỘNG`."""
    return in_capitals(text) and (_is_party(text, bare_text) or bare_text.rstrip(" :") in _role_words())


# Posts that no table lists: "TRƯỞNG ĐƠN VỊ", "PHÓ TRƯỞNG TIỂU BAN", "PHÓ BAN"; "TRƯỜNG KHOA HỌC" is a school.
_HEAD = pattern(r"(?:PHÓ\s++(?:TRƯỞNG|BAN|CHỦ|CHÁNH|TỔNG|GIÁM)|TRƯỞNG|CHÁNH)\s++\p{Lu}")
# "CHI HỘI TRƯỞNG", "LIÊN ĐỘI PHÓ", "CỤM TRƯỞNG": who leads a body of any kind
_LEADS = (" TRƯỞNG", " PHÓ")
_SCHOOL = pattern(r"TRƯỜNG\b")


def _is_leader(bare_text: str) -> bool:
    """Whether a text is what units open with and its leader, up to two words before it."""
    *words, _ = bare_text.split(" ")
    return any(_UNIT.fullmatch(" ".join(words[at:])) and all(map(str.isalpha, words[:at])) for at in range(3))


_UNITS = pattern(lambda: rf"(?:{alternation(map(fold, words_where('header_words', 'kind', 'head')))})(?!\w)")
_SHORT_UNIT = pattern(r"P\. ?\p{Lu}{2,}+ \p{Lu}")  # "P. CÔNG NGHỆ THÔNG TIN", a phòng


def is_unit(text: str, folded: str) -> bool:
    """Whether the text is the name of a unit in capitals, as some are printed above a signature: `KHOA KHÁM BỆNH`, `P. ĐÀO TẠO`.

    With its marks, for `Số` is not `Sở`. `P. HIỆU TRƯỞNG` is a deputy.
    """
    if not in_capitals(text) or _SENTENCE_END.search(folded):
        return False
    return _UNITS.match(folded) is not None or is_short_unit(text)


def is_short_unit(text: str) -> bool:
    """`P. CÔNG NGHỆ THÔNG TIN`: a room, or a ward (`P. TÂN BÌNH`); `P. HIỆU TRƯỞNG` is a deputy."""
    return _SHORT_UNIT.match(text) is not None and not is_post(text, bare(text))


def may_be_signature(text: str, bare_text: str) -> bool:
    """Whether a text opens with the words of an authority or a post, whatever follows: cheap to ask of every line."""
    return (
        _AUTHORITIES.match(bare_text) is not None
        or _post_end(bare_text) > 0
        or _HEAD.match(text) is not None
        or _is_deputy_of_unit(bare_text)
    )


def opens_signature(text: str) -> bool:
    """Whether a text as printed opens a signature: an authority or a post in capitals, a party (`Bên A`, `Bên giao`) alone."""
    text = text.strip()
    if not in_capitals(text):
        return text.startswith("Bên ") and (_LETTERED.fullmatch(text) is not None or is_role(bare(text)))
    plain = bare(text)
    return authority_end(text, plain) > 0 or is_post(text, plain)


@cache
def _role_words() -> tuple[str, ...]:
    return tuple(bare(w) for w in words_where("positions", "kind", "role"))


def is_role(bare_text: str) -> bool:
    """Whether a post is a part in an act ("THƯ KÝ", "NGƯỜI LẬP BIỂU"), not an office."""
    return bare_text.lstrip("*_# ").startswith(_role_words())


def authority_end(text: str, bare_text: str) -> int:
    """Length of the mark (`TM.`, `KT/`, `THỪA LỆNH`) that opens an authority line, 0 where it is none."""
    match = _AUTHORITIES.match(bare_text)
    if not match:
        return 0
    rest = bare_text[match.end() :]
    upper = in_capitals(text)
    stop = match["stop"]
    if stop is not None and not stop.strip() and not (upper and text[: match.end()].rstrip().isupper()):
        return 0  # a sign without stop or slash is one only in capitals: "TM BAN CHẤP HÀNH"
    if match["sign"] == "q" and not _post_end(rest):
        return 0
    if (stop is not None and stop.strip() == ",") or _SENTENCE_END.search(bare_text):
        return 0
    signs = upper or _post_end(rest) or (stop is not None and (rest.startswith(_COLLECTIVE) or _UNIT.match(rest)))
    return int(match.end()) if upper or (signs and rest.count(" ") <= 9) else 0


@cache
def _marks() -> dict[str, str]:
    return {bare(row["word"]): row["mark"] for row in rows("authorities")}


class AuthorityMark(NamedTuple):
    """The mark of an authority as the decree prints it (`KT.`), and as it is printed (`K/T`, `KÝ THAY`)."""

    mark: str
    printed: str


def mark_of_authority(text: str) -> AuthorityMark | None:
    """The mark with which a line of authority opens."""
    plain = bare(text)
    match = _AUTHORITIES.match(plain) if authority_end(text, plain) else None
    if match is None:
        return None
    return AuthorityMark(_marks()[match["sign"] or " ".join(match[0].split())], text[: match.end()].strip())


# "PHÓ GIÁM ĐỐC", "THỨ TRƯỞNG", "P. HIỆU TRƯỞNG", "PCT", "HIỆU PHÓ" (folded, or without marks); `pho` is also that of a
# place or a school: "CHỦ TỊCH UBND THÀNH PHỐ", "TỔ TRƯỞNG TỔ DÂN PHỐ", "TRƯỞNG KHU PHỐ", "HIỆU TRƯỞNG TRƯỜNG PHỔ THÔNG",
# but not in "PHÓ THỐNG ĐỐC"
_DEPUTY = pattern(
    r"(?<!\w)(?:phó|(?<!thanh )(?<!dan )(?<!khu )pho(?! thong(?! doc))|th[uứ] tr[uư][oở]ng|p ?\.|pct|pg[dđ])(?!\w)|(?<!\w)p\."
)


def is_deputy(text: str) -> bool:
    """Whether a post, folded or without marks, is that of a deputy, who signs for the head (KT.)."""
    return _DEPUTY.search(text) is not None


# "KT. CHỦ TỊCH", "KT.CHỦ TỊCH", "K/T CHÁNH VĂN PHÒNG", "K.T HIỆU TRƯỞNG", "KT BỘ TRƯỞNG", "THỪA LỆNH BỘ TRƯỞNG"; "P. HIỆU TRƯỞNG"
_PARTS = pattern(
    lambda: (
        rf"(?:(?<![a-z.])|{_behind_sign()})(?:(?P<sign>(?:{_listed('sign')})(?: *+[./]|(?<=[./][a-z]) |(?<=/uq) |(?<=^(?:kt|tm|tl)) |(?<=^tuq) )|"
        rf"(?:{_listed('words')}) )"
        rf"|(?P<post>(?:[pq]\. *+|pho |nguyen ){{0,3}}+(?:{alternation(listed_posts())})(?![a-z])))"
    )
)


def _behind_sign() -> str:
    """`(?<=KT[./])` for each sign: one look-behind of any width is for `regex`, which compiles the posts in 5 times the time."""
    return "|".join(
        rf"(?<=(?<![a-z]){re.escape(bare(sign))}[./])" for sign in words_where("authorities", "shape", "sign")
    )


# What joins two words of one post: "BỘ TRƯỞNG, CHỦ NHIỆM", "CHỦ TỊCH KIÊM TỔNG GIÁM ĐỐC", "TRƯỞNG BAN VÀ PHÓ BAN"
_JOINED = pattern(r"(?:[,&(/–-]|\b(?:kiem|va|cua|cac|van phong|thay mat|thua lenh|uy quyen)) *+$")
_OPEN = pattern(r"(?:[,&(/–-]|\b(?:kiem|va|cua|cac)) *+$")  # a line that ends so: not "PHÓ CHÁNH VĂN PHÒNG"
# "PHÓ CHỦ TỊCH PHỤ TRÁCH": what a deputy is in charge of; alone, and under a sign (`TL.`), it is a post
_IN_CHARGE = "phu trach"
# "TRƯỞNG BAN ĐẠI DIỆN CHA MẸ HỌC SINH", "VỤ TRƯỞNG VỤ TỔ CHỨC CÁN BỘ", "ĐƠN VỊ CÓ THẨM QUYỀN": within a name
_WITHIN_NAMES = {"dai dien": " ban ", "can bo": " to chuc ", "quyen": " tham "}


def signs_and_posts(bare_text: str) -> list[int]:
    """Where authorities and posts begin in a line of capitals that holds several, the first of them included.

    The post that a sign stands before is its own: `KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC` has two beginnings.
    """
    starts: list[int] = []
    deputy = leads = False  # in a part that opens with a deputy's post; behind "KT.", "PHỤ TRÁCH", whose post follows
    done = 0
    for match in _PARTS.finditer(bare_text):
        before = _WITHIN_NAMES.get(match[0].rstrip())
        if before and bare_text.endswith(before, 0, match.start()):
            done, leads = match.end(), False
            continue
        between = bare_text[done : match.start()]
        own = (leads and (not between.strip() or _is_leader(between.lstrip() + match[0]))) or (
            deputy and match[0] == _IN_CHARGE
        )
        # "DUYỆT CỦA HIỆU TRƯỞNG" begins with none
        if match["sign"] or (not starts and not _ACTS.match(bare_text)) or not (own or _JOINED.search(between)):
            starts.append(match.start())
            deputy = match["sign"] is None and is_deputy(match[0])
        leads = match["sign"] is not None or match[0] == _IN_CHARGE
        done = match.end()
    return starts


def goes_on_with_post(above: str, below: str) -> bool:
    """Whether a post goes on over a line end: `PHÓ CHỦ TỊCH` / `PHỤ TRÁCH`, `PHÓ BÍ THƯ -` / `CHỦ TỊCH` (both without marks)."""
    charge = below == _IN_CHARGE or (below.startswith(_IN_CHARGE) and is_deputy(above))
    return charge or below.startswith(("-", "–")) or _OPEN.search(above) is not None


@cache
def _inner_words() -> frozenset[tuple[str, str]]:
    """Each two words that follow one another in a listed post."""
    return frozenset(pair for post in listed_posts() for pair in pairwise(post.split()))


def is_cut_post(above: str, below: str) -> bool:
    """Whether a line ended inside a post: `PHÓ CHỈ HUY TRƯỞNG - THAM` / `MƯU TRƯỞNG`, `PHÓ TỔNG` / `GIÁM ĐỐC` (without marks).

    `TRẦN VĂN HIỆU` / `TRƯỞNG BAN` has a name before it, `KẾ TOÁN` / `TRƯỞNG PHÒNG` another post behind it.
    """
    last, first = above.rpartition(" ")[2], below.partition(" ")[0]
    if last.isalpha() and first.isalpha() and (last, first) not in _inner_words():  # nearly every line
        return False
    whole = f"{above} {below}"
    end = next((m.end() for m in _POST.finditer(whole) if m.start() < len(above) < m.end() - 1), 0)
    if not end:
        return False
    own = _POST.match(below)
    if own and len(above) + 1 + own.end() > end:
        return False
    done = 0
    for part in _PARTS.finditer(whole):
        between = whole[done : part.start()]
        if between.strip() and not _JOINED.search(between):
            return False
        if part.end() >= end:
            return True
        done = part.end()
    return False


def is_plain_post(bare_text: str) -> bool:
    """Whether a text is a listed post and nothing else, a sign before it allowed: `KT. CHỦ TỊCH`."""
    ends = [match.end() for match in _PARTS.finditer(bare_text)]
    return bool(ends) and ends[-1] == len(bare_text.rstrip())
