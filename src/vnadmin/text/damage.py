"""Tells text that lost letters or blanks on its way, as a whole or in one value, and gives back the letters that are sure."""

from __future__ import annotations

from functools import lru_cache

from regex import IGNORECASE, MULTILINE, Match

from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_FEWEST = 3  # places of one kind of damage; fewer are misprints
_SHARE = 1000  # characters of a text to one such place at most
_MOST_LETTERS = 7  # of a syllable
_SHORTEST_PAIR = 4  # letters of two syllables in one word
# TCVN3 has the letter ư where Latin-1 has a soft hyphen, which many readers drop: "Thủ tớng", "Bộ trởng", "đợc".
_HORNLESS = pattern(r"[ơờớởỡợƠỜỚỞỠỢ](?<![ưƯ].)(?:ng|c|u|NG|C|U)(?!\w)")
_WITH_HORN = pattern(r"[ưƯ][ơờớởỡợƠỜỚỞỠỢ]")
# What an office suite draws hangs on the first letter of a word, and leaves a blank there: "T ỈNH", "V ĂN PHÒNG"; in small
# letters where nothing else may stand before it: "Q uảng Bình, ngày", "| Đ ộc lập"; not "nhóm C hoặc"
_HUNG = pattern(
    r"(?<![\w./-])(?<!(?<!\w)\p{Lu} )(?P<letter>[B-DGHK-NP-TVXĐ]) (?:(?P<rest>\p{Lu}{2,6})"
    r"|(?<=(?:^|[|*(\-–] ?)\w )(?P<rest>\p{Ll}{2,6}))(?!\w)",
    MULTILINE,
)
# Text that was right and was read once more as one of an old font: "CỘNG HềA XÃ HỘI", "Hạnh phỳc" (TCVN3), "CỘNG HỊA" (VNI)
_TWICE_READ = pattern(r"h(?:(?P<tcvn3>ề)|(?P<vni>ị))a xã hội|hạnh ph(?P<tcvn3>ỳ)c", IGNORECASE)
_BACK = {
    "tcvn3": (str.maketrans("ỏõờỡớũúụừựỳ", "áâêìíòóôõùú"), str.maketrans("ẩẫấềểễế", "ÈÉÊÒÓÔÕ")),
    "vni": (str.maketrans("ịĩơ", "òóô"), str.maketrans("ỊĨƠ", "ÒÓÔ")),
}
_COMMON = frozenset({"tháng", "phòng"})  # of the words whose wrong reading could be a syllable too
_LEAST_RUN = 8
_RUN = pattern(rf"[^\W\d_]{{{_LEAST_RUN},}}")  # "cụthểnhư"
_WORD = pattern(r"[^\W\d_]+")
_NO_VOWEL = pattern(r"(?:nh|th|tr|ch|ng|kh|ph|[đh])(?:ng)?")  # "nh sau", "nhng", "đng"; a single letter may be a marker
_LU = pattern(r"(?<!\w)([Ll])(?=u ?:)")  # "Lu: VT"
_U = pattern(r"(?<!\w)(?=u (?:đãi|tiên|điểm)(?!\w))")
_TOGETHER = pattern(r"\p{Ll},\p{Ll}|\p{Ll}{2}\d")  # "chức năng,nhiệm vụ", "Như Điều3"
_TOGETHER_WITH_CODE = pattern(r"\p{Lu}{2}\p{Ll}{2}")  # "số 43/2025/TT-BYTngày"
_MIXED = pattern(r"\p{Ll}\p{Lu}\p{L}|\p{Lu}{2}\p{Ll}{2}")  # "ChợMới", "LưuVT", "BYTngày"
# "VIỆT NAM|Độc lập", "TRƯỞNG|Phan", "TƯỚNG|(Đã ký)|Hồ", "Hạnh phúc|-----", "KHCN|V/v", "PHỦ|KT. THỦ TƯỚNG"
_DROPPED_END = pattern(
    r"(?<=\p{Lu}{2})(?=\p{Lu}\p{Ll}|\((?:Đã|đã)|V/v )|(?<=ký\))(?=\p{Lu})|(?<=\p{L})(?=-{5}|(?:KT|TM|TL|TUQ)\. ?\p{Lu}{2})"
)
_LONG_CAPITALS = pattern(r"(?<!\w)\p{Lu}{4,14}(?!\w)")
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"))


def has_lost_horns(text: str) -> bool:
    """Whether a text has lost its letters ư: it has syllables that need one and lack it, and hardly any that has it."""
    lost = len(_HORNLESS.findall(text))
    return lost >= _FEWEST and lost * _SHARE >= len(text) and lost > len(_WITH_HORN.findall(text))


def with_horns(text: str) -> str:
    """Such a text with a ư in each word that is a syllable with it, at one place only, and none without it."""
    text = _U.sub("ư", _LU.sub(r"\1ư", text))
    return str(_WORD.sub(lambda match: _horned(match[0]), text))


def twice_read(text: str) -> str:
    """The old encoding as which a text in Unicode was read once more, `tcvn3` or `vni`; empty for none."""
    found = _TWICE_READ.search(text)
    return next((kind for kind, sign in found.groupdict().items() if sign), "") if found else ""


def read_once(text: str, kind: str) -> str:
    """Such a text with the words put right that are sure: no syllable as they stand, one with the letters that they had."""
    small, capital = _BACK[kind]

    def right(match: Match[str]) -> str:
        word = str(match[0])
        back = word.translate(small)
        if any(char.isupper() for char in word[1:]):  # "HềA", "PHềNG"
            return word.translate(capital)
        return back if is_syllable(back) and (not is_syllable(word) or back.lower() in _COMMON) else word

    return str(_WORD.sub(right, text))


def with_hung_letters(text: str) -> str:
    """A text with the first letters put back to their words that a drawn object had parted from them."""
    return str(_HUNG.sub(_hung, text))


def _hung(match: Match[str]) -> str:
    word = f"{match['letter']}{match['rest']}"
    return word if is_syllable(word) else match[0]


@lru_cache(maxsize=4096)
def _horned(word: str) -> str:
    if len(word) < 2 or len(word) >= _MOST_LETTERS or not word[1:].islower() or is_syllable(word):
        return word
    if word.isascii() and not _NO_VOWEL.fullmatch(word.lower()):
        return word  # "km", "logo"
    mended = {f"{word[:at]}ư{word[at:]}" for at in range(1, len(word) + 1)}
    syllables = [whole for whole in mended if is_syllable(whole)]
    return syllables[0] if len(syllables) == 1 else word


def has_glued_words(text: str) -> bool:
    """Whether words ran together all over a text, where its line ends were dropped or a reader of PDF took no blank."""
    wide = [word for word in text.split() if len(word) >= _LEAST_RUN and not word.isascii()]
    glued = sum(not run.isascii() for word in wide for run in _RUN.findall(word))
    return glued >= _FEWEST and glued * _SHARE >= len(text)


def with_blanks(text: str) -> str:
    """Such a text with a blank in each word that is two syllables in one way only: `chào đónrất nhiều`, `lĩnh vựcĐường`."""
    return str(_WORD.sub(lambda match: _parted(match[0]), text))


@lru_cache(maxsize=8192)
def _parted(word: str) -> str:
    if len(word) < _SHORTEST_PAIR or word.isascii() or is_syllable(word):
        return word
    cuts = [at for at in range(1, len(word)) if _are_words(word[:at], word[at:])]
    return f"{word[: cuts[0]]} {word[cuts[0] :]}" if len(cuts) == 1 else word


def _are_words(before: str, after: str) -> bool:
    """Whether two parts of a word may be syllables each; a capital may open the second, and only small letters follow it."""
    return before[1:] == before[1:].lower() and after[1:].islower() and is_syllable(before) and is_syllable(after)


def reads_damaged(text: str) -> bool:
    """Whether words ran together all over a text, or one of its letters is gone."""
    return has_glued_words(text) or has_lost_horns(text)


def has_run_together(text: str, start: int = 0, end: int | None = None, *, initials: bool = False) -> bool:
    """Whether words, or a word and a number, ran together where a blank was lost: `BYTngày`, `Điều3`.

    `initials`: names stand there with letters before them, `DNam`.
    """
    end = len(text) if end is None else end
    return bool(_TOGETHER.search(text, start, end)) or not (
        initials or _TOGETHER_WITH_CODE.search(text, start, end) is None
    )


def with_line_ends(text: str) -> str:
    """A line of capitals with a blank wherever a line end was dropped: `KT. BỘ TRƯỞNGTHỨ TRƯỞNG(Đã ký)Nguyễn Đức Chi`.

    Only what is sure is parted: capitals and then a capitalised word, a bracket, a word that is two syllables in one way only.
    """
    text = _DROPPED_END.sub(" ", text)
    return str(_LONG_CAPITALS.sub(lambda match: _two_syllables(match[0]), text))


@lru_cache(maxsize=1024)
def _two_syllables(word: str) -> str:
    if is_syllable(word) or word.isascii():
        return word
    cuts = [at for at in range(1, len(word)) if is_syllable(word[:at]) and is_syllable(word[at:])]
    return f"{word[: cuts[0]]} {word[cuts[0] :]}" if len(cuts) == 1 else word


def is_damaged(value: str) -> bool:
    """Whether a value has words that ran together (`PHỔTHÔNG`, `LưuVT`), a bracket that nothing closes or a loose mark."""
    if "_" in value or any(value.count(opens) != value.count(closes) for opens, closes in _PAIRS):
        return True
    return any(map(_is_damaged_word, _WORD.findall(value)))


@lru_cache(maxsize=4096)
def _is_damaged_word(word: str) -> bool:
    """Capitals among small letters, or two syllables in one word, each of them with a vowel of its own."""
    if word.isascii():
        return False
    if _MIXED.search(word):
        return True
    if is_syllable(word):
        return False
    return any(is_syllable(word[:at]) and is_syllable(word[at:]) for at in range(2, len(word) - 1))
