"""The motto (ô 1): Quốc hiệu, tiêu ngữ, ĐẢNG CỘNG SẢN VIỆT NAM, and what they were before 1976."""

from __future__ import annotations

from enum import StrEnum
from string import ascii_lowercase
from typing import Final, NamedTuple

import regex

from vnadmin.text.damage.misread import any_marks
from vnadmin.text.pattern import pattern


class Motto(StrEnum):
    """What a line of the motto says."""

    STATE = "state"  # CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    LIBERTY = "liberty"  # Độc lập - Tự do - Hạnh phúc
    PARTY = "party"  # ĐẢNG CỘNG SẢN VIỆT NAM
    OLD = "old"  # VIỆT NAM DÂN CHỦ CỘNG HOÀ (1945-1976)
    BROKEN = "broken"  # a line of it that was broken anywhere: "CỘNG HOÀ XÃ" / "HỘI CHỦ NGHĨA VIỆT NAM"
    FOREIGN = "foreign"  # SOCIALIST REPUBLIC OF VIETNAM
    YOUTH = "youth"  # ĐOÀN TNCS HỒ CHÍ MINH, printed in the right column


STATE_WORDS: Final = "cộng hòa xã hội chủ nghĩa việt nam"  # its first line, in small letters
FIRST_WORDS: Final = "CỘNG H"  # as that line begins, whatever its spelling: "CỘNG HÒA", "CỘNG HOÀ"
LAST_WORDS: Final = "VIỆT NAM"  # as it ends


class MottoLine(NamedTuple):
    """What a line holds of the motto, and whether it opens with it."""

    kind: Motto
    opens: bool


_NO_LETTERS: Final = bytes(set(range(128)) - set(ascii_lowercase.encode()))


def _letters(bare_text: str) -> str:
    """The letters of a text without marks, run together."""
    return bare_text.encode("ascii", "ignore").translate(None, _NO_LETTERS).decode()


# Asked of the letters alone, so that spacing damage does not matter: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỌNG H ÒA ...", "CỘNG HỒ XÃ ...",
# "Độc lập - Tự do", "NGHĨA VIỆT NAM", "DO - HẠNH PHÚC".
_LETTERS = pattern(
    r"(?P<state>c?ong?hoa?xahoichungh)|(?P<liberty>doclaptudo)|^(?P<party>dangcongsanvietnam)$"
    r"|^(?P<old>vietnamdanchuconghoa)$"
    r"|^(?P<broken>conghoaxa(?:hoi(?:chu)?)?|(?:xa)?(?:hoi)?(?:chu)?nghiavietnam|doclaptu|(?:tu)?dohanhphuc)$"
    r"|(?P<foreign>socialistrepublic|independencefreedom)"
)
_OWN_LETTERS: Final = ("xahoi", "vietnam", "conghoa", "doclaptu", "dohanhphuc", "republic", "freedom")  # one is in each


def motto_of(bare_text: str) -> MottoLine | None:
    """The motto on a line of running letters, whatever blanks and dashes stand between them; case tells nothing here."""
    letters = _letters(bare_text)
    match = _LETTERS.search(letters) if any(map(letters.__contains__, _OWN_LETTERS)) else None
    return MottoLine(Motto(match.lastgroup), match.start() == 0) if match and match.lastgroup else None


MOTTO_LETTERS = ("conghoaxahoichunghiavietnam", "doclaptudohanhphuc", "dangcongsanvietnam")
_MIDDLE = pattern(r"(?<!\w)[o0]++(?!\w)")  # "------ ooo0ooo ------", drawn under the motto
_STRAY_LETTERS = 5  # of a scan's stroke, of a letter read twice


def holds_more_than_motto(bare_text: str) -> bool:
    """Whether a line holds words beside the motto: `TỈNH HẢI VÂN Độc lập - Tự do - Hạnh phúc`, of two columns read as one."""
    letters = _letters(_MIDDLE.sub("", bare_text))
    rest = letters
    for motto in MOTTO_LETTERS:
        rest = rest.replace(motto, "")
    return rest != letters and len(rest) > _STRAY_LETTERS


# "... Hội Nữ doanh nhân tỉnh CỘNG HÒA" / "XÃ HỘI", "... của Bộ Độc lập" / "- Tự do"; "Tết Độc lập", "kiểm toán độc lập" are words
_FIRST_WORDS = pattern(r"(?<!\w)(?:cộng h(?:òa|oà)(?: xã(?: hội(?: chủ)?+)?+)?+|độc lập)$")
_NEXT_WORD = pattern(r"[\s–-]*+(?:xã|hội|chủ|nghĩa|tự)(?!\w)")


def ends_in_motto(folded: str, start: int, end: int) -> bool:
    """Whether a slice of a folded text ends with the first words of the motto, which a line end cut off the rest."""
    return _FIRST_WORDS.search(folded, start, end) is not None and _NEXT_WORD.match(folded, end) is not None


_CUT_ENDS = ("chunghia", "republicof", "tudo", "freedom")
_CUT_OFF = frozenset({"vietnam", "hanhphuc", "happiness"})


def goes_on_as_motto(above: str, below: str) -> bool:
    """Whether a line is the end of the motto above it: `VIỆT NAM` under `CỘNG HÒA XÃ HỘI CHỦ NGHĨA` (of both the letters alone)."""
    return above.endswith(_CUT_ENDS) and below in _CUT_OFF


# "ĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH"
_YOUTH = pattern(r"[^\w]*+doan (?:tncs|thanh nien cong san) ho chi minh[^\w]*+$")


def is_youth_motto(bare_text: str) -> bool:
    """What papers of the Youth Union print where the motto stands; it may stand in the issuer's place too."""
    return _YOUTH.match(bare_text) is not None


# "CỘNG HÒ XÃ HỘI CHỦ NGHĨ VIỆT NM": a font that lost its letter a; "CỘNG ÒA XÃ ỘI C Ủ NG ĨA VIỆT NAM": its letter H
_MOST_LOST = pattern(r"c[ong]{1,4}h?[oa]{0,2}xa?h?[oi]{0,2}ch?u?ngh?[ia]{0,2}v[iet]{1,3}na?m")


def lost_letters_of_motto(bare_text: str) -> bool:
    """Whether a text prints the motto with letters missing, as a damaged text layer does: its other words lost them too."""
    match = _MOST_LOST.search(_letters(bare_text))
    return match is not None and len(match[0]) < len(MOTTO_LETTERS[0])


_WHOLE = frozenset({Motto.STATE, Motto.LIBERTY, Motto.PARTY, Motto.OLD})


def opens_motto(bare_text: str) -> bool:
    """Whether a line opens with a whole line of the motto, in whatever case; no twin in English and no broken line."""
    motto = motto_of(bare_text)
    return motto is not None and motto.opens and motto.kind in _WHOLE


# As NĐ 30/2020 prints it: capitals only where each part begins, a hyphen between blanks (PL I, II.1).
_PRESCRIBED = pattern(r"Độc lập [-–] Tự do [-–] Hạnh phúc")


def is_prescribed(text: str) -> bool:
    """Whether the tiêu ngữ is printed as the decree has it."""
    return _PRESCRIBED.fullmatch(text) is not None


# --- as printed, with its place on the line -------------------------------------------------------------------------


class MottoPlace(NamedTuple):
    """The motto inside a printed line, and where it begins."""

    kind: Motto
    start: int


# "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in capitals (in prose it is "nước Cộng hòa ..."), also "CỘNG HOÀ", "CONG HOA"; not
# "CHỦ TỊCH NƯỚC CỘNG HÒA ..." of an order, "CỦA QUỐC HỘI NƯỚC CỘNG HÒA ... SỐ 19/1998/QH10" of a gazette;
# "ĐẢNG CỘNG SẢN VIỆT NAM" at the end of a line (NĐ 30/2020 PL I, ô 1; HD 36-HD/VPTW)
_CAPITALS = pattern(
    r"(?P<state>(?<!(?<!NHÀ )NƯỚC )\bC[ỘÔO]NG\s+H(?:[ÒOÓÔ]A|O[ÀA]|Ồ)\s+X[ÃA]\s+H[ỘÔO]I\s+CH)"
    r"|(?P<party>\b[ĐÐD][ẢA]NG\s+C[ỘÔO]NG\s+S[ẢA]N\s+VI[ỆÊE]T\s+NAM\s*$)"
)
# The same in small letters, where a capital font was lost: "Bộ Tài chính      cộng hoà xã hội chủ nghĩa Việt nam".
# In prose one blank stands before it, so it counts at the start of a line or after a gap. "VIỆT NAM DÂN CHỦ CỘNG HÒA" (to 1976).
_STATE, _OLD_STATE = (
    r"\s++".join(map(any_marks, words.split())) for words in (STATE_WORDS, "việt nam dân chủ cộng hòa")
)
_SMALL = pattern(
    rf"(?:^\s*+|(?<=\S) {{3,}}+)(?:(?P<old>{_OLD_STATE})|(?P<state>{_STATE}))\s*+$",
    regex.IGNORECASE,
)
_LIBERTY_HINTS = ("ập", "ẬP", "âp", "ÂP")
_SMALL_OPENS = frozenset("cCvV")
_QUOTES = '“"« '
# "TỈNH ĐOÀN HẢI VÂN          ĐOÀN TNCS HỒ CHÍ MINH": what papers of the Youth Union print in the right column
_YOUTH_RIGHT = pattern(r"(?<=\S)(?P<gap> ++)(?P<youth>ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH)\s*+$")
_NAMES_THE_UNION = pattern(r"ĐOÀN(?: |$)")
# "Độc lập - Tự do - Hạnh phúc", "Độc Lập – Tự Do – Hạnh Phúc", "Ðộc lập", also without hyphens
_LIBERTY = pattern(r"[đĐÐ][ộỘôÔ][cC]\s+[lL][ậẬâÂ][pP]\s*+(?:[-–—_.]{1,2}\s*+)?[tT][ựỰưƯ]\s+[dD][oO]\b")
# Both to their ends, where more of a header follows on the line: "CỘNG HÒA ... VIỆT NAM", "CHỦNGHĨA" (PDF)
WHOLE_MOTTO = pattern(
    r"(?<!(?<!NHÀ )NƯỚC )\bC[ỘÔO]NG\s++H(?:[ÒOÓÔ]A|O[ÀA]|Ồ)\s++X[ÃA]\s++H[ỘÔO]I\s++CH[ỦU]\s*+NGH[ĨI]A\s++VI[ỆÊE]T\s++NAM\b"
    r"|\b[ĐÐD][ẢA]NG\s++C[ỘÔO]NG\s++S[ẢA]N\s++VI[ỆÊE]T\s++NAM\b"
)
# "Độc lập - Tự do - Hạnh phúc", "Độc lập -- Tự do -- Hạnh phúc" (pandoc), "Độc lập-Tựdo-Hạnh phúc", "Độc lập - Tự do - anHạnh phúc"
WHOLE_LIBERTY = pattern(
    r"[đĐÐ][ộỘ][cC]\s++[lL][ậẬ][pP]\s*+[-–—_.]{0,2}+\s*+[tT][ựỰ]\s*+[dD][oO]\s*+[-–—_.]{0,2}+\s*+\w{0,2}?[hH][ạẠ][nN][hH]\s++[pP][hH][úÚ][cC]"
)

MOTTO_IN_ONE = pattern(r"VIỆT\s++NAM\s++Độc\s++lập")  # both its lines on one, the first of them perhaps cut before


def may_hold_motto(text: str) -> bool:
    """Whether a line may hold any line of the motto but the last (`Độc lập`): cheap to ask of every line."""
    if "CỘNG" in text or "CÔNG" in text or "CONG" in text or "CHÍ MINH" in text:
        return True
    return (text.lstrip()[:1] in _SMALL_OPENS or "   " in text or "\t" in text) and _may_be_small(text.lower())


def _may_be_small(lowered: str) -> bool:
    return "ộng h" in lowered or "dân chủ c" in lowered


def is_quoted(text: str, start: int) -> bool:
    """Whether a quotation mark inside a line opens the motto: a guide names it, `... hai dòng chữ: “CỘNG HÒA ...” và`."""
    return (
        start > 1
        and not text[start - 1].isspace()
        and text[start - 1] in _QUOTES
        and bool(text[: start - 1].strip(_QUOTES))
    )


def printed_motto(text: str) -> MottoPlace | None:
    """The motto as it is printed: in capitals anywhere, in small letters only at the head of a line or after a gap.

    Nearly every line is turned away by a word that it lacks.
    """
    if "CỘNG" in text or "CÔNG" in text or "CONG" in text:
        match = _CAPITALS.search(text)
        if match and match.lastgroup and not is_quoted(text, match.start()):
            return MottoPlace(Motto(match.lastgroup), match.start())
    if ("ộc" in text or "ỘC" in text or "ôc" in text or "ÔC" in text) and any(map(text.__contains__, _LIBERTY_HINTS)):
        match = _LIBERTY.search(text)
        if match:
            return MottoPlace(Motto.LIBERTY, match.start())
    if (text.lstrip()[:1] in _SMALL_OPENS or "   " in text) and _may_be_small(text.lower()):
        match = _SMALL.search(text)
        if match and match.lastgroup:
            return MottoPlace(Motto(match.lastgroup), match.start(match.lastgroup))
    if "HỒ CHÍ MINH" in text:
        match = _YOUTH_RIGHT.search(text)
        # behind one blank only where the Union is named already: "BCH ĐOÀN TỈNH HẢI VÂN ĐOÀN TNCS HỒ CHÍ MINH"
        if match and (len(match["gap"]) > 2 or _NAMES_THE_UNION.search(text, 0, match.start("gap"))):
            return MottoPlace(Motto.YOUTH, match.start("youth"))
    return None
