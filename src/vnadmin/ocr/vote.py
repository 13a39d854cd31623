"""Two readings of one line become one: which words are doubtful, and which reading of each is taken."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from vnadmin.genre.capitals import capital_share
from vnadmin.genre.motto import opens_motto
from vnadmin.ocr.asternet import Letter
from vnadmin.ocr.reading import RawWord
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

# Word confidence below which the first reading is doubted: re-reads a fifth of a page's width and mends nearly all
# that re-reading everything would (measured: 0.54 against 0.52 % of letters wrong).
DOUBT = 0.92
# Words that Tesseract's Vietnamese data prefers to their neighbours, with high confidence: chi tiết -> chỉ tiết (11 of
# 82 on real scans), thành phố -> thành phó (6 of 41), đẩy mạnh -> đây mạnh (4 of 15).
_PREFERRED = frozenset({"chỉ", "phó", "đây"})
# From this confidence on the letters of a word are sure, and only its marks may be misread.
_LETTERS_SURE = 0.8
# Capitals that may have lost a circumflex: GIÁM ĐỐC -> GIÁM ĐÓC, TỔ CHỨC -> TỎ CHỨC.
_CAPITALS = frozenset("ÁÀẢÃÓÒỎÕÉÈẺẼ")
_WHOLE = frozenset("ẩểổ")  # a hook over a circumflex is lost in print, never seen where there is none
_NUMERAL = frozenset("IVXLC")
_MOTTO = 9  # words of its longest line
_SURE = 0.97  # least letter probability at which the second reading is taken whatever the first's confidence
_NEW = 0.8  # a word that only the second reading has
_EDGES = ".,;:!/)\"'’”“(-"
_LETTERS = pattern(r"[\p{L}\p{M}]+")
_FOREIGN = frozenset("fjwz")  # in no Vietnamese word: names, units, codes
_STOPPED = ("c", "ch", "p", "t")


class SecondWord(NamedTuple):
    """A word of the second reading."""

    text: str
    x0: float
    x1: float
    least: float  # probability of its least sure letter


class Stretch(NamedTuple):
    """Words `first` to `last` (not included) of a line, to be read again."""

    first: int
    last: int


def doubtful(word: RawWord, *, in_text: bool = False) -> bool:
    """Whether a word of the first reading should be read again; in running text not for what the second cannot better."""
    core = word.text.strip(_EDGES)
    if core.lower() in _PREFERRED or misspelt(word.text):
        return True
    if in_text and word.confidence >= _LETTERS_SURE and _bears_its_marks(core):
        return False
    return word.confidence < DOUBT


def is_motto(words: Sequence[RawWord]) -> bool:
    """Whether a line is one of the motto and nothing else: it is known however it was read."""
    return len(words) <= _MOTTO and opens_motto(bare(" ".join(word.text for word in words)))


def _bears_its_marks(word: str) -> bool:
    """Whether a word that is no number or sign has no mark that may be another: `sinh`, `để`, `UBND`, `CỘNG`, not `phú` or `ĐÓC`."""
    if not any(map(str.isalpha, word)) or any(map(str.isdigit, word)) or _NUMERAL.issuperset(word):
        return False  # a dash before "Báo" is read with it: a cut between them leaves a stroke, read as a point
    if len(word) > 1 and capital_share(word) == 1:
        return _CAPITALS.isdisjoint(word)
    return not _WHOLE.isdisjoint(word) or all(char.isascii() or not char.isalpha() for char in word)


def misspelt(word: str) -> bool:
    """Whether a word is surely misread: letters of a Vietnamese word that make no syllable.

    A syllable that ends in a stop bears a tone ("quôc" is none), and what holds two I is a numeral ("HII" is none).
    Other numbers, codes, abbreviations in capitals and words with letters that Vietnamese lacks are not judged.
    """
    for match in _LETTERS.finditer(word):
        letters = match.group()
        if "II" in letters and capital_share(letters) == 1 and not _NUMERAL.issuperset(letters):
            return True
        code = capital_share(letters) == 1 and letters.replace("Đ", "D").isascii()  # UBND, NĐ-CP
        if len(letters) < 2 or code or not _FOREIGN.isdisjoint(letters.lower()):
            continue
        low = letters.lower()
        if not is_syllable(letters) or (low.endswith(_STOPPED) and not _toned(low)):
            return True
    return False


def _toned(word: str) -> bool:
    marks = unicodedata.normalize("NFD", word)
    return "\u0301" in marks or "\u0323" in marks


def stretches(doubts: Sequence[bool], joined: Sequence[bool]) -> list[Stretch]:
    """What to read again: each doubtful word, stretches that touch in one.

    Args:
        doubts: of each word, whether it is doubtful.
        joined: of each word, whether it is read together with the one before where either is doubtful.
    """
    out: list[Stretch] = []
    for place, doubt in enumerate(doubts):
        if not doubt:
            continue
        first = place - 1 if place and joined[place] else place
        last = place + 2 if place + 1 < len(doubts) and joined[place + 1] else place + 1
        if out and first <= out[-1].last:
            out[-1] = Stretch(out[-1].first, last)
        else:
            out.append(Stretch(first, last))
    return out


def second_words(letters: Sequence[Letter]) -> list[SecondWord]:
    """The words of the second reading."""
    out: list[SecondWord] = []
    group: list[Letter] = []
    for letter in (*letters, Letter(" ", 0, 0, 1)):
        if letter.text != " ":
            group.append(letter)
        elif group:
            text = unicodedata.normalize("NFC", "".join(each.text for each in group))
            out.append(SecondWord(text, group[0].x0, group[-1].x1, min(each.chance for each in group)))
            group = []
    return out


def vote(first: Sequence[RawWord], doubts: Sequence[bool], second: Sequence[SecondWord]) -> list[RawWord]:
    """Merge the readings of a stretch: word by word where their spaces agree, by groups of words where not.

    Only groups at or beside a doubtful word may change.
    """
    top = min((word.y0 for word in first), default=0.0)
    bottom = max((word.y1 for word in first), default=0.0)
    out: list[RawWord] = []
    for start, end, second_start, second_end in _groups([w.text for w in first], [w.text for w in second]):
        ours, theirs = first[start:end], second[second_start:second_end]
        if any(doubts[max(0, start - 1) : end + 1]) and _second_is_better(ours, theirs):
            out += (RawWord(w.text, w.x0, top, w.x1, bottom, w.least, True) for w in theirs)
            continue
        agreed = "".join(w.text for w in ours) == "".join(w.text for w in theirs)
        least = min((w.least for w in theirs), default=0.0) if agreed else 0.0
        out += (w._replace(confidence=max(w.confidence, least)) for w in ours)
    return out


def _second_is_better(ours: Sequence[RawWord], theirs: Sequence[SecondWord]) -> bool:
    if not theirs:
        return False
    least = min(word.least for word in theirs)
    if not ours:
        return least > _NEW
    mine = "".join(word.text for word in ours)
    other = "".join(word.text for word in theirs)
    # The second reader drops spaces and the point at the end of a line; the first is better at both.
    if mine.startswith(other) and not mine[len(other) :].strip(_EDGES):
        return False
    mine_bad = any(misspelt(word.text) for word in ours)
    other_bad = any(misspelt(word.text) for word in theirs)
    if mine_bad != other_bad:
        return mine_bad
    return least > min(_SURE, min(word.confidence for word in ours))


def _groups(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The smallest groups of words between places where both readings have a space."""
    ends = _ends(ours)
    other_ends = _ends(theirs)
    previous = (0, 0)
    for i, j in _path("".join(ours), "".join(theirs)):
        if i in ends and j in other_ends:
            place = (ends[i], other_ends[j])
            if place != previous:
                yield previous[0], place[0], previous[1], place[1]
                previous = place


def _ends(words: Sequence[str]) -> dict[int, int]:
    """Letters before each space -> words before it."""
    out = {0: 0}
    length = 0
    for count, word in enumerate(words, 1):
        length += len(word)
        out[length] = count
    return out


def _path(a: str, b: str) -> list[tuple[int, int]]:
    """The cheapest alignment of two strings; letters that differ in marks alone are half a difference."""
    rows = [[float(j) for j in range(len(b) + 1)]]
    for i, x in enumerate(a, 1):
        above = rows[-1]
        row = [float(i)]
        for j, y in enumerate(b, 1):
            row.append(min(above[j - 1] + _difference(x, y), above[j] + 1, row[j - 1] + 1))
        rows.append(row)
    i, j = len(a), len(b)
    path = [(i, j)]
    while i or j:
        if i and j and rows[i][j] == rows[i - 1][j - 1] + _difference(a[i - 1], b[j - 1]):
            i, j = i - 1, j - 1
        elif i and rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
        path.append((i, j))
    return path[::-1]


def _difference(x: str, y: str) -> float:
    if x == y:
        return 0.0
    return 0.5 if _base(x) == _base(y) else 1.25


@lru_cache(maxsize=2000)
def _base(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return "d" if base == "đ" else base
