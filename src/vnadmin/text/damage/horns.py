"""The letter ư, lost: TCVN3 has it where Latin-1 has a soft hyphen, which many readers drop: `Thủ tớng`, `Bộ trởng`."""

from __future__ import annotations

from functools import lru_cache

from vnadmin.gazetteer import words
from vnadmin.text.alternation import alternation
from vnadmin.text.damage.glued import is_all_over
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_MOST_LETTERS = 7  # of a syllable
# "Thủ tớng", "Bộ trởng", "đợc"
_HORNLESS = pattern(r"[ơờớởỡợƠỜỚỞỠỢ](?<![ưƯ].)(?:ng|c|u|NG|C|U)(?!\w)")
_WITH_HORN = pattern(r"[ưƯ][ơờớởỡợƠỜỚỞỠỢ]")
_WORD = pattern(r"[^\W\d_]+")
_NO_VOWEL = pattern(r"(?:nh|th|tr|ch|ng|kh|ph|[đh])(?:ng)?")  # "nh sau", "nhng", "đng"; a single letter may be a marker
_LU = pattern(r"(?<!\w)([Ll])(?=u ?:)")  # "Lu: VT"
_U = pattern(lambda: rf"(?<!\w)(?={alternation(word[1:] for word in words('horn_words') if word[0] == 'ư')}(?!\w))")
# "Thông t", "Luật Đầu t nước ngoài", "khu dân c", "luật s": all that is left of the word; not "a, b, c" of a list
_LAST_LETTER = pattern(
    lambda: (
        rf"(?<=(?<!\w)(?:{alternation(form for one in _cut() for form in (one, one.capitalize(), one.upper()))}))(?!\w)(?! \w(?!\w))"
    )
)


def _cut() -> tuple[str, ...]:
    return tuple(word[:-1] for word in words("horn_words") if word[-1] == "ư")


def has_lost_horns(text: str) -> bool:
    """Whether a text has lost its letters ư: it has syllables that need one and lack it, and hardly any that has it."""
    lost = len(_HORNLESS.findall(text))
    return is_all_over(text, lost) and lost > len(_WITH_HORN.findall(text))


def with_horns(text: str) -> str:
    """Such a text with a ư in each word that is a syllable with it, at one place only, and none without it."""
    text = _LAST_LETTER.sub(
        lambda match: "ư" if match.string[match.start() - 1].islower() else "Ư", _U.sub("ư", _LU.sub(r"\1ư", text))
    )
    return str(_WORD.sub(lambda match: _horned(match[0]), text))


@lru_cache(maxsize=4096)
def _horned(word: str) -> str:
    if len(word) < 2 or len(word) >= _MOST_LETTERS or not word[1:].islower() or is_syllable(word):
        return word
    if word.isascii() and not _NO_VOWEL.fullmatch(word.lower()):
        return word  # "km", "logo"
    mended = {f"{word[:at]}ư{word[at:]}" for at in range(1, len(word) + 1)}
    syllables = [whole for whole in mended if is_syllable(whole)]
    return syllables[0] if len(syllables) == 1 else word
