"""Tells whether a line end fell inside a phrase that is never broken in its sense: a date, a number, the motto, a type."""

from __future__ import annotations

from functools import cache
from itertools import islice

from vnadmin.gazetteer import words
from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import opens_filing
from vnadmin.genre.document_type import type_words
from vnadmin.genre.header_line import HeaderKind, mark_of
from vnadmin.genre.motto import FIRST_WORDS, LAST_WORDS, MOTTO_LETTERS
from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.genre.post_and_authority import is_cut_post, opens_signature
from vnadmin.genre.signs import line_signs
from vnadmin.text.fold import DASHES, bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_TAIL, _HEAD = 48, 24  # characters on either side of a cut that are looked at
_FIGURES = 12  # of `ngày 20` and `tháng 11` at the end of a line
_ENDS = frozenset("ygmYGMốỐ:0123456789.…_")  # the last letter of a line whose date or number goes on
_DATE_OPEN = ("ngày", "tháng", "năm", *"0123456789.…_")
_OPEN = ("ngày", "tháng", "năm", "số")  # its last word
_LONGEST_MARKER = 6
# What only goes on: before the line end, after it (folded).
_CUTS = (
    # "Hà Nội, ngày" / "21 tháng 11 năm 2025"; not "Nghỉ phép: 12 ngày" / "1.2 Nghỉ ốm"
    (pattern(r"\bngày$"), pattern(r"(?!\d{1,2}\.\d{1,2}\.? [^\W\d])[\d.…_]|tháng\b")),
    (pattern(r"\bngày [\d.…_]{1,6}$"), pattern(r"tháng(?:\b|\d)")),  # "Hà Nội, ngày 28" / "tháng 11 năm 2025"
    (pattern(r"\btháng$"), pattern(r"[\d.…_]|năm\b")),
    (pattern(r"\btháng ?[\d.…_]{1,4}$"), pattern(r"năm\b")),  # "ngày 05 tháng 3" / "năm 2020"
    (pattern(r"\bnăm$"), pattern(r"(?:19|20)(?:\d\d|[.…_])")),  # "tháng 5 năm" / "2025"
    (
        pattern(r"(?:^|[ (])số ?:?$"),
        pattern(r"(?<![\d.…_])[\d.…_]*+[a-zđ]? ?[/-] ?\w(?<!^- \w)"),
    ),  # "Số:" / "5665/CT-CS"
)
# "Hậu Giang, ngày" / "tháng" / "năm 2024" with blank lines between: a reader of PDF parts what blanks for a hand part
_OPEN_DATE = pattern(r"[^\d;:()]{0,45}\bngày(?: ?[\d.…_]{1,4})?(?: tháng(?: ?[\d.…_]{1,4})?(?: năm)?)?")
_DATE_REST = pattern(
    r"(?:[\d.…_]{1,4} ?)?(?:tháng(?: ?[\d.…_]{1,4})?(?: năm(?: ?[\d.…_]{1,4})?)?|năm(?: ?[\d.…_]{1,4})?)|20\d\d"
)
# A notation that goes on: "Số: 12/" / "UBND-VX", "13/2010/QĐ-" / "UBND", "304/2025/NĐ" / "-CP"
_NUMBER_OPEN = pattern(r"\d+/(?:[\w&]++[-/])*+")
_NUMBER_ENDS = frozenset("/-" + DASHES)
_NUMBER_DONE = pattern(r"\d+/[\w&/]*[^\W\d]")
_GROUP = pattern(r"[A-ZĐƯ][\w&]*+(?:-[\w&]++)*+(?![\w ]*+ [a-zđ])")
_NEXT_GROUP = pattern(r"-[A-ZĐƯ]")
# "Hà" / "Nội, ngày 12 tháng 9 năm 2012", "Phan" / "Rang ngày 12", "TP. Hồ Chí" / "Minh, ngày": a syllable alone is hardly
# a place; two are one ("Hà Nội"), and go on with a syllable only ("Thừa" / "Thiên Huế"), which is no mark ("Khẩn")
_PLACE = pattern(r"(?:T\.?[Pp]\.? ?|(?:Thành phố|Thị xã) )?+(?P<name>\p{Lu}\p{Ll}*+(?: ?[ –-] ?\p{Lu}\p{Ll}*+){0,2}+)")
_PLACE_REST = pattern(r"\p{Lu}\p{Ll}++(?P<more> \p{Lu}\p{Ll}++)?+,? *+ngày\b")
# Alone on its line: "4." / "Các Bộ, ngành", "V/v", "KT." / "CHỦ TỊCH"
_MARKER = pattern(r"\d{1,2}\.|[a-zđ]\)|[IVX]{1,5}\.|[-+•]|[vV]/[vV]:?|(?:KT|TM|TL|TUQ)\.?")
_DRAFTER = pattern(r"\(?\p{Lu}\p{Ll}{1,5}\)?[.;]?|(?=[^\d]{0,8}\d)[A-ZĐ\d]{1,12}(?:/[A-ZĐ\d]{1,12})++(?: ?-\w{1,4})?")
_UNITS = pattern(r"[A-ZĐ][\w&]{0,14}(?:[,;] [A-ZĐ][\w&]{0,14})*+\.?")  # "KGVXNV, NCKSTTHC."
_LABELS = ("kinhgui", "noinhan", "veviec")
# The letters with which a line may end inside a formula.
_BEGUN = frozenset(formula[:end] for formula in (*MOTTO_LETTERS, *_LABELS) for end in range(1, len(formula)))
_VOWELS = "AĂÂEÊIOÔƠUƯY"
_LONGEST_WORD = 8  # letters of a syllable
_OPENERS = frozenset(("về", "của", "bộ", "sở", "cục", "vụ", "ban", "phòng", "tỉnh", "huyện", "xã", "phường", "phó"))


def joint(before: str, after: str) -> str | None:
    """What stood where a line ended inside a phrase, a blank or nothing; None where the line ended between two.

    Args:
        before: the line above, without blanks at its ends.
        after: the line below, likewise.
    """
    first, last = after[0], before[-1]
    if last in _ENDS and _may_be_open(before, last, first):
        tail, head = fold(before[-_TAIL:]), fold(after[:_HEAD])
        if any(opens.search(tail) and goes_on.match(head) for opens, goes_on in _CUTS):
            return " "
    if first.isupper() and "ngày" in after and _is_cut_place(before, after):
        return " "
    if first.isalpha() and len(before) <= _LONGEST_MARKER and _MARKER.fullmatch(before):
        return " "
    if (first == "-" or (last in _NUMBER_ENDS and first.isupper())) and _is_cut_number(before, after):
        return ""
    if ("ưu" in before or "Ư" in before) and "ưu" in before[-_TAIL:].lower() and _is_of_filing(before, after):
        return " "
    if len(before) == 1 and before.isupper() and before not in _VOWELS and is_syllable(before + after.split()[0]):
        return ""  # "B" / "Ộ NỘI VỤ": a drawn object hangs on the first letter
    if len(before) < 40 and len(after) < 80 and last not in ";:":
        loud = in_capitals(before)
        capitals = loud and in_capitals(after)
        if _is_cut_formula(before, after, capitals):
            return " "
        if (capitals or not loud) and _is_cut_name(before, after, capitals):
            return " "
    return None


def state_line_begun(text: str, start: int = 0) -> str:
    """The motto's first line, of which the end is not on this one: `CỘNG HÒA XÃ HỘI CHỦ NGHĨA`; empty without one."""
    at = text.find(FIRST_WORDS, start)
    return text[at:] if at >= 0 and not text.endswith(LAST_WORDS) else ""


def states_end(begun: str, rest: str) -> bool:
    """Whether words end the motto's first line: `VIỆT NAM`, or `NAM` behind `... VIỆT`."""
    return rest in (LAST_WORDS, LAST_WORDS.split()[-1]) and joint(begun, rest) is not None


def with_states_end(above: str, below: str) -> tuple[str, str] | None:
    """Two lines on the second of which both columns end: `UBND TỈNH HẢI CỘNG HÒA XÃ HỘI CHỦ NGHĨA` / `VÂN VIỆT NAM`."""
    begun = state_line_begun(above, 1) if below.endswith(f" {LAST_WORDS}") else ""
    if not begun or not states_end(begun, LAST_WORDS):
        return None
    return f"{above} {LAST_WORDS}", below.removesuffix(LAST_WORDS).rstrip()


def leaves_date_open(text: str) -> bool:
    """Whether a line is one of place and date that has not come to its year: `Hậu Giang, ngày`."""
    return text.rstrip().endswith(_DATE_OPEN) and _OPEN_DATE.fullmatch(fold(text.strip())) is not None


def goes_on_with_date(text: str) -> bool:
    """Whether a line is nothing but the rest of a date: `tháng`, `năm 2024`, `23 tháng`."""
    return len(text) < _HEAD and _DATE_REST.fullmatch(fold(text.strip())) is not None


def _may_be_open(before: str, last: str, first: str) -> bool:
    """Whether a line may end inside a date or a number, told from its last letters: nearly none does."""
    if last in "0123456789.…_":
        figures = before[-_FIGURES:].lower() if first in "tTnN" else ""
        return "ngày" in figures or "tháng" in figures
    tail = before[-5:].lower()
    return tail.endswith(_OPEN) or (last == ":" and "số" in tail)


def _is_cut_number(before: str, after: str) -> bool:
    """`Số: 12/` / `UBND-VX`, `304/2025/NĐ` / `-CP`."""
    number = before[-_TAIL:].rsplit(" ", 1)[-1]
    if "/" not in number:  # nearly every line
        return False
    number = fold(number).rsplit(" ", 1)[-1].lstrip("(:sốô")
    if _NUMBER_OPEN.fullmatch(number) and _GROUP.match(after):
        return True
    return _NUMBER_DONE.fullmatch(number) is not None and _NEXT_GROUP.match(after) is not None


def _is_cut_place(before: str, after: str) -> bool:
    """`Sơn` / `La, ngày 11 tháng 3`."""
    rest = _PLACE_REST.match(after)
    place = _PLACE.fullmatch(before) if rest is not None else None
    if rest is None or place is None:
        return False
    if before.count(" ") > 1 and "." not in before and name_likeness(before) is NameLikeness.FULL:
        return False  # "Kiều Văn Thắm" / "Đăng ngày 20/08/2021"
    return rest["more"] is None or (place["name"].isalpha() and mark_of(before.upper(), fold(before)) is None)


def _is_cut_formula(before: str, after: str, capitals: bool) -> bool:
    """`CỘNG HÒA XÃ` / `HỘI CHỦ NGHĨA VIỆT NAM`, `Độc lập - Tự do` / `- Hạnh phúc`, `QUYẾT` / `ĐỊNH`, `Kính` / `gửi: ...`"""
    head = before[:2] if before[:2].isalpha() else "".join(islice(filter(str.isalpha, before), 2))
    if not capitals and bare(head) not in _BEGUN:  # nearly every line
        return False
    left = _letters(before)
    begun = left in _BEGUN
    if not capitals and (len(left) == 1 or not begun):
        return False
    whole = left + _letters(after)
    if begun and len(whole) > len("conghoaxa") and any(motto.startswith(whole) for motto in MOTTO_LETTERS):
        return True
    return (begun and whole.startswith(_LABELS)) or (capitals and left not in _types() and whole in _types())


@cache
def _types() -> frozenset[str]:
    return frozenset(bare(name) for name in type_words())


@cache
def _headings() -> frozenset[str]:
    return _types() | {_letters(word) for word in words("attachment_titles", "word")}  # "DANH MỤC" / "THỦ"


def _is_cut_name(before: str, after: str, capitals: bool) -> bool:
    """`VĂN` / `PHÒNG CHÍNH PHỦ`, `ỦY BAN NHÂN` / `DÂN`, `KT. TRƯỞNG BAN CHÍNH SÁCH,` / `THUẾ QUỐC TẾ`, `Lê Tấn` / `Cận`."""
    if capitals:
        if is_cut_post(bare(before), bare(after)):
            return True
        if before[-1] == ",":
            fits = not opens_signature(after)
        else:  # hardly a line has one syllable
            fits = _is_syllable(before) or (_is_syllable(after) and fold(after) not in _OPENERS)
            fits = fits and _letters(before) not in _headings()
        return fits and _is_name(before.rstrip(",")) and _is_name(after)
    if not before.replace(" ", "").isalpha():
        return False
    if name_likeness(f"{before} {after}") is not NameLikeness.FULL:
        return False
    halves = (name_likeness(before), name_likeness(after))
    return " " not in after or " " not in before or NameLikeness.FULL not in halves  # "Đại tá Nguyễn" / "Thanh Điệp"


def _is_of_filing(before: str, after: str) -> bool:
    """`- Lưu: VT, KT.` / `Châu`, `- Lưu: VT, VP6.` / `MT21/VP6/2025`: a drafter's mark under the filing entry, or more units."""
    if not opens_filing(before[bullet_end(before) :]):
        return False
    if before.endswith(","):
        return bool(_UNITS.fullmatch(after)) and not opens_signature(after)
    return _DRAFTER.fullmatch(after) is not None


def _is_name(text: str) -> bool:
    """Words alone, and neither a mark (`KHẨN`) nor another part of a header."""
    return not any(map(str.isdigit, text)) and line_signs(text).kind is HeaderKind.OTHER


def _is_syllable(text: str) -> bool:
    """One word that may be a syllable: `NTH`, the drafter's letters over a post, has no vowel."""
    if not any(letter in "aeiouy" for letter in bare(text)):
        return False
    return " " not in text and text.isalpha() and len(text) < _LONGEST_WORD and (len(text) > 1 or text in _VOWELS)


def _letters(text: str) -> str:
    joined = bare(text).replace(" ", "")
    return joined if joined.isalpha() else "".join(filter(str.isalpha, joined))
