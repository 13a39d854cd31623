"""Text cut into tokens for a corpus: `Số : 12 / 2010 / TT - BTC`, `ngày 22 / 02 / 2003`, `Bộ_trưởng Bộ Tài_chính`."""

from __future__ import annotations

from vnadmin.text.damage.glued import is_all_over
from vnadmin.text.pattern import pattern

_SHARE = 0.8  # of the commas; a typist's own habit has hardly a comma on its other side
_STOP = pattern(r"[ \S][.;:](?=\s)")  # a list `5 , 10 , 15` in an ordinary text leaves its stops where print has them
_WORD_JOIN = pattern(r"(?<=[^\W\d_])_(?=[^\W\d_])")
# "Điều 1 .", "( đã ký )", "“ Sông xanh ”"
_BEFORE = pattern(r"(?<! ) ++(?=[,;:.!?)\]”](?![^\s,;:.)\]”/]))")
_BEHIND = pattern(r"(?<=[(\[“]) +")
_SLASH = pattern(r"(?<=[\w.:]) /(?: (?=[\w.]))?|(?<=/) (?=/)")
_RULE = pattern(r"(?:- ){4,}-(?!\S)")
# "12/2010/TT - BTC - BNV", ":/QĐ - UBND", "08 - GM/HND"; not "6/2025 - Hội nghị"
_DASH_IN_NUMBER = pattern(r"(?:(?<=[/-] ?[A-ZĐ]{1,12})|(?<=\d)(?= - [A-ZĐ]{2,6}/)) - (?=[A-ZĐ][A-ZĐa-z\d]*[A-ZĐ\d])")
# "78/20 10/TT-BTC"
_YEAR = pattern(r"(?<=\d/(?:19|20)) (?=\d\d ?/[A-ZĐ])")


def is_tokenised(text: str) -> bool:
    """Whether a text is in tokens: a blank on both sides of nearly every comma, or the syllables of its words joined."""
    apart = text.count(" , ")
    if apart > 0 and is_all_over(text, apart) and apart >= _SHARE * text.count(","):
        stops = _STOP.findall(text)
        return 2 * sum(stop[0] == " " for stop in stops) >= len(stops) or _has_joined_syllables(text)
    return _has_joined_syllables(text)


def _has_joined_syllables(text: str) -> bool:
    if "_" not in text:
        return False
    words = [word for word in text.split() if "_" in word and not word.isascii()]  # "Tài_chính", not "source_id"
    return is_all_over(text, sum(_WORD_JOIN.search(word) is not None for word in words))


def as_printed(text: str) -> str:
    """Such a text with its blanks where print has them; a dash between words keeps its own."""
    if _has_joined_syllables(text):
        text = _WORD_JOIN.sub(" ", text)
    if " , " in text:
        text = _BEHIND.sub("", _BEFORE.sub("", _RULE.sub("-----", text)))
        text = _DASH_IN_NUMBER.sub("-", _YEAR.sub("", _SLASH.sub("/", text)))
    return text
