"""First letters parted from their words: what an office suite draws hangs on one, and leaves a blank there: `T ỈNH`."""

from __future__ import annotations

from regex import MULTILINE, Match

from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

# "T ỈNH", "V ĂN PHÒNG"; in small letters where nothing else may stand before it: "Q uảng Bình, ngày", "| Đ ộc lập"; not
# "nhóm C hoặc"
_HUNG = pattern(
    r"(?<![\w./-])(?<!(?<!\w)\p{Lu} )(?P<letter>[B-DGHK-NP-TVXĐ]) (?:(?P<rest>\p{Lu}{2,6})"
    r"|(?<=(?:^|[|*(\-–] ?)\w )(?P<rest>\p{Ll}{2,6}))(?!\w)",
    MULTILINE,
)
_SINGLE = pattern(r"[B-DGHK-NP-TVXĐ](?<![\w./-].) \w{2}")  # a letter by itself: hardly a text has one
# The name of what is drawn, as a reader of its page prints it: "S Shape1 ố 262/TB-SNV", "SShape1 ố"
_NAMED = pattern(
    r"(?<![\w./-])(?P<letter>[B-DGHK-NP-TVXĐ]) ?(?:Shape|DrawObject)\d{1,4} ?(?P<rest>\p{Lu}{1,6}|\p{Ll}{1,6})(?!\w)"
)
_NAME_ALONE = pattern(r"(?<!\S)(?:Shape|DrawObject)\d{1,4}(?!\S)")  # "Shape1 Shape2 Số: 03/2019/QĐ-UBND"


def with_hung_letters(text: str) -> str:
    """A text with the first letters put back to their words, where both together are a syllable."""
    if "Shape" in text or "DrawObject" in text:
        text = _NAME_ALONE.sub(lambda match: " " * len(match[0]), _NAMED.sub(_hung, text))
    return str(_HUNG.sub(_hung, text)) if _SINGLE.search(text) else text


def _hung(match: Match[str]) -> str:
    word = f"{match['letter']}{match['rest']}"
    return word if is_syllable(word) else match[0]
