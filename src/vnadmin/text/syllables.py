"""Whether a word can be a Vietnamese syllable: onset, rhyme and tone; how much of a text is such."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

# Rhymes of the written language without tone marks, as orthographies list them.
_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êc êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong ooc oong op
    ot oc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt
    u ua uân uâng uât uây uăn uăng uăt uc uê uêch uênh uên uêt uêu ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya
    uych uyên uyêt uynh uyn uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905 - a list of 170 strings hides what is missing
)
_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_FRONT = frozenset("eêiy")
_STOPS = ("c", "ch", "p", "t")
_TONES = {"\u0300": "grave", "\u0301": "acute", "\u0303": "tilde", "\u0309": "hook", "\u0323": "dot"}
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_OTHER_LETTERS = frozenset("fjwz")  # never in a Vietnamese word: names and codes


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether a word (letters only, any case) is spelled as a Vietnamese syllable may be."""
    plain = []
    tones = []
    for mark in unicodedata.normalize("NFD", word.lower()):
        if mark in _TONES:
            tones.append(mark)
        else:
            plain.append(mark)
    letters = unicodedata.normalize("NFC", "".join(plain))
    if not letters or len(tones) > 1:
        return False
    tone = tones[0] if tones else ""
    return any(_fits(onset, letters[len(onset) :], tone) for onset in _ONSETS if letters.startswith(onset))


def _fits(onset: str, rhyme: str, tone: str) -> bool:
    if onset == "gi" and rhyme in ("", "n", "êng", "êc", "êt", "êm", "êp"):  # gì, gìn, giêng, giếc, giết
        rhyme = "i" + rhyme
    if onset == "qu":
        # "quá" is q + ua; "quốc" is q + uôc; "quy" is q + uy.
        if "u" + rhyme not in _RHYMES and rhyme not in _RHYMES:
            return False
        if rhyme[:1] in ("u", "ư", "o"):
            return False
    elif rhyme not in _RHYMES:
        return False
    front = rhyme[:1] in _FRONT
    if onset in ("k", "gh", "ngh") and not front:
        return False
    if onset in ("c", "g", "ng") and front and not (onset == "g" and rhyme.startswith("i")):
        return False
    # A rhyme that ends in a stop takes sắc or nặng, and must take one of them.
    stopped = rhyme.endswith(_STOPS)
    return not stopped or tone in ("\u0301", "\u0323")


def syllable_share(text: str) -> float:
    """Share of the words of two letters and more, not set in capitals, that can be Vietnamese syllables; 1.0 for none.

    Good text measures 0.93 and more (names and units are the rest), an OCR layer without Vietnamese letters under
    0.8, TCVN3 read as Latin-1 under 0.6.
    """
    good = total = 0
    for match in _LETTERS.finditer(text):
        word = match.group()
        if len(word) < 2 or word.isupper() or word[0].lower() in _OTHER_LETTERS:
            continue
        total += 1
        good += is_syllable(word)
    return good / total if total else 1.0


def misspelt(word: str) -> bool:
    """Whether a word is surely misread: letters of a Vietnamese word that make no syllable.

    Numbers, codes, abbreviations in capitals and words with letters that Vietnamese lacks are not judged.
    """
    for match in _LETTERS.finditer(word):
        letters = match.group()
        if len(letters) < 2 or any(mark in _OTHER_LETTERS for mark in letters.lower()):
            continue
        if letters.isupper() and letters.isascii():
            continue
        if not is_syllable(letters):
            return True
    return False
