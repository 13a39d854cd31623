"""Text in Unicode that was read once more as one of an old font: `CỘNG HềA XÃ HỘI` (TCVN3), `CỘNG HỊA` (VNI)."""

from __future__ import annotations

from regex import Match

from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

# "CỘNG HềA XÃ HỘI", "Hạnh phỳc"; "CỘNG HỊA"
_TWICE_READ = pattern(  # its rarest letters first, so that the search passes from one of these to the next
    r"[xXỳỲ](?:(?<=[hH](?:(?P<vni>[ịỊ])|[ềỀ])[aA] [xX])[ãÃ] [hH][ộỘ][iI]|(?<=[hH][ạẠ][nN][hH] [pP][hH][ỳỲ])[cC])"
)
_BACK = {
    "tcvn3": (str.maketrans("ỏõờỡớũúụừựỳ", "áâêìíòóôõùú"), str.maketrans("ẩẫấềểễế", "ÈÉÊÒÓÔÕ")),
    "vni": (str.maketrans("ịĩơ", "òóô"), str.maketrans("ỊĨƠ", "ÒÓÔ")),
}
_COMMON = frozenset({"tháng", "phòng"})  # of the words whose wrong reading could be a syllable too
_WORD = pattern(r"[^\W\d_]+")


def twice_read(text: str) -> str:
    """The old encoding as which a text was read once more, `tcvn3` or `vni`, by its motto; empty for none."""
    found = _TWICE_READ.search(text)
    return "" if found is None else "vni" if found["vni"] else "tcvn3"


def read_once(text: str) -> str:
    """Such a text with the words put right that are sure: no syllable as they stand, one with the letters that they had."""
    small, capital = _BACK[twice_read(text)]

    def right(match: Match[str]) -> str:
        word = str(match[0])
        back = word.translate(small)
        if any(char.isupper() for char in word[1:]):  # "HềA", "PHềNG"
            return word.translate(capital)
        return back if is_syllable(back) and (not is_syllable(word) or back.lower() in _COMMON) else word

    return str(_WORD.sub(right, text))
