"""TCVN3 (ABC), VNI and misread code page 1258 to Unicode: by the font's name where there is one, else by evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache
from unicodedata import is_normalized

import regex

from vnadmin.gazetteer import rows
from vnadmin.text.compose import nfc
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable


class Encoding(StrEnum):
    """An old Vietnamese encoding whose bytes reach us as Latin-1 characters."""

    TCVN3 = "tcvn3"  # ABC: fonts .VnTime, .VnArial; one byte a letter
    VNI = "vni"  # fonts VNI-Times, VNI-Helve; letter and mark
    CP1258 = "cp1258"  # Windows 1258 that a program took for 1252: "quy ðịnh", "nhý sau"


# Letters that Unicode Vietnamese has and no single-byte font encoding gives.
_UNICODE_ONLY = pattern(r"[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
# Signs and foreign letters that stand inside a word only while it is not decoded: "®Þnh", "Coäng hoøa", "ðịnh".
_FOREIGN = (
    r"\u00a1-\u00a9\u00ab-\u00af\u00b5-\u00b9\u00bb-\u00bfÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿªº\u2212\u2219μ\uf0a1-\uf0ff"
)
_SIGN = re.compile(f"[{_FOREIGN}]")  # `re` walks a plain class some twenty times as fast as `regex`
_GATE = re.compile(rf"[A-Za-zÀ-ỹ][{_FOREIGN}]|[{_FOREIGN}][A-Za-zÀ-ỹ]")
# A word as the eye sees it, before decoding: letters and whatever stands for letters.
_TOKEN = pattern(r"[A-Za-z\u00a1-\u024f\u0300-\u0323\u1e00-\u1eff\u2212\u2219μ\uf0a1-\uf0ff]+")
_SAMPLE = 40_000  # characters looked at for evidence
_LONGEST = 32  # characters of a token that can be a syllable: seven letters, each with two marks of its own at most
_MOST_TOKENS = 300  # of those, spread evenly; more do not change a verdict
_SUBSET = pattern(r"^[A-Z]{6}\+")  # a PDF's subset tag: "ABCDEF+.VnTime"

# What stands for a TCVN3 byte on other ways: minus and bullet signs in PDF text, Greek mu, a symbol font's private use.
_STAND_INS = {
    0x2212: "\xad",
    0x2219: "\xb7",
    0x03BC: "\xb5",
    **{0xF000 + code: chr(code) for code in range(0xA1, 0x100)},
}


@lru_cache(maxsize=1024)
def font_encoding(font: str | None) -> Encoding | None:
    """The encoding that a font's name tells: `.VnTime` is TCVN3, `VNI-Times` is VNI."""
    if not font:
        return None
    name = _SUBSET.sub("", font).casefold()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    if name.startswith("vni-") or name == "vni":
        return Encoding.VNI
    return None


@lru_cache(maxsize=1024)
def is_capital_font(font: str | None) -> bool:
    """Whether the font draws small letters as capitals: `.VnTimeH`, `.VnArialH`."""
    return font is not None and font.endswith("H") and font_encoding(font) is Encoding.TCVN3


def looks_legacy(text: str) -> Encoding | None:
    """The encoding of which the text bears clear evidence; None for Unicode, other languages and too little text."""
    if text.isascii() or not _SIGN.search(text) or not _GATE.search(text):
        return None
    return _verdict(text[:_SAMPLE])


def has_signs(text: str) -> bool:
    """Whether the text has a character that Vietnamese in Unicode does not: `®`, `¸`, `µ`, `ñ`. Cheap; no verdict."""
    return not text.isascii() and _SIGN.search(text) is not None


def convert(text: str, font: str | None = None, encoding: Encoding | None = None) -> str:
    """The text in Unicode (NFC where anything was converted); text that is Unicode already comes back as it is.

    Args:
        text: a run, a paragraph or a whole text; line ends are kept.
        font: the font of the run, where the format tells; a `.Vn…H` font gives capitals.
        encoding: what `looks_legacy` said of the whole document, for pieces too short to show it themselves.
    """
    named = font_encoding(font)
    if text.isascii():
        return text.upper() if is_capital_font(font) else text
    if not is_normalized("NFC", text):
        text = nfc(text)  # a system that stores letters and marks apart took the old letters apart too
    if named:
        converted = _DECODERS[named](text) if _better(text, named) else text
        return converted.upper() if is_capital_font(font) else converted
    if encoding is None:
        encoding = looks_legacy(text) or (_verdict_of_lines(text) if "\n" in text else None)
        if encoding is None:
            return text
        if "\n" in text and _UNICODE_ONLY.search(text):  # a document of two encodings: line by line
            return "\n".join(convert(line, None, encoding) for line in text.split("\n"))
    return _DECODERS[encoding](text) if _better(text, encoding) else text


def _verdict_of_lines(text: str) -> Encoding | None:
    """The encoding of the lines that hold signs and no letter of Unicode: a header alone, over a body in Unicode."""
    if not _SIGN.search(text):
        return None
    return looks_legacy(
        "\n".join(line for line in text.split("\n") if _SIGN.search(line) and not _UNICODE_ONLY.search(line))
    )


def convert_word(word: str, font: str | None, encoding: Encoding | None) -> str:
    """`convert` for sources that read word by word: a text has few different ones."""
    return _converted_word(word, font, encoding) if len(word) <= _LONGEST else convert(word, font, encoding)


_converted_word = lru_cache(maxsize=8192)(convert)


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if not token.isascii()]


def _valid(tokens: list[str]) -> int:
    return sum(1 for token in tokens if is_syllable(token))


def _valid_after(tokens: list[str], encoding: Encoding) -> int:
    """How many tokens are syllables once they are converted."""
    return sum(1 for token in tokens if len(token) <= _LONGEST and _gives_syllable(token, encoding))


@lru_cache(maxsize=8192)  # a text has few different words, and each of its pages and runs is judged
def _gives_syllable(token: str, encoding: Encoding) -> bool:
    return is_syllable(_DECODERS[encoding](token))


def _verdict(text: str) -> Encoding | None:
    tokens = _tokens(text)
    if len(tokens) > _MOST_TOKENS:
        tokens = tokens[:: -(-len(tokens) // _MOST_TOKENS)]
    before = _valid(tokens)
    best: tuple[int, Encoding] | None = None
    for encoding in Encoding:
        after = _valid_after(tokens, encoding)
        # A phrase, not a word: two words at least, nearly all of them syllables after, clearly fewer before.
        enough = after >= 2 and after - before >= max(2, 0.15 * len(tokens)) and after >= 0.75 * len(tokens)
        if enough and (best is None or after > best[0]):
            best = after, encoding
    return best[1] if best else None


def _better(text: str, encoding: Encoding) -> bool:
    """Whether converting a piece that is said to be in this encoding helps: Unicode typed in an old font stays."""
    if encoding is not Encoding.CP1258 and not _UNICODE_ONLY.search(text):
        return True
    tokens = _tokens(text)
    return _valid_after(tokens, encoding) > _valid(tokens)


@cache
def _letters(encoding: Encoding) -> dict[str, str]:
    table: dict[str, str] = {}
    for row in rows("legacy_letters"):
        if row["encoding"] == encoding.value:
            letter = row["letter"]
            if letter.startswith("U+"):
                letter = chr(int(letter[2:], 16))
            table[bytes.fromhex(row["hex"]).decode("latin-1")] = letter
    return table


@cache
def _tcvn3_table() -> dict[int, str]:
    table = {ord(char): letter for char, letter in _letters(Encoding.TCVN3).items()}
    return table | {0xF000 + code: letter for code, letter in table.items()}


# A minus sign between digits is one; beside a letter it is the letter ư: "nhµ n−íc", "Thñ t−íng".
_STAND_IN = pattern(r"(?<=[^\W\d_]|[\u00a1-\u00bf])[\u2212\u2219μ]|[\u2212\u2219μ](?=[^\W\d_]|[\u00a1-\u00bf])")


def _from_tcvn3(text: str) -> str:
    if _STAND_IN.search(text):
        text = _STAND_IN.sub(lambda match: _STAND_INS[ord(match[0])], text)
    return _mend_capitals(nfc(text.translate(_tcvn3_table())))


# "TOàN QUốC": TCVN3 has no capitals with tones; headings typed in capitals keep small toned letters.
_WORD = pattern(r"[^\W\d_]+")
_HALF = pattern(r"[A-ZĂÂÊÔƠƯĐ][à-ỹ]")


def _mend_capitals(text: str) -> str:
    if not _HALF.search(text):
        return text
    words = list(_WORD.finditer(text))
    kinds = [_case(match[0]) for match in words]
    parts: list[str] = []
    end = 0
    for index, match in enumerate(words):
        kind = kinds[index]
        if kind == "?":  # "Kế" or "KẾ": as the next word is, else the last
            kind = _as_neighbours(text, words, kinds, index)
        parts += text[end : match.start()], match[0].upper() if kind == "A" else match[0]
        end = match.end()
    parts.append(text[end:])
    return "".join(parts)


def _as_neighbours(text: str, words: list[regex.Match[str]], kinds: list[str], index: int) -> str:
    """The case of the word beside; "Số: 12/QĐ" has none beside, and in "Vụ CĐKT" it is no word."""
    for left, right, other in ((index, index + 1, index + 1), (index - 1, index, index - 1)):
        if left >= 0 and right < len(words) and kinds[other] in "aA":
            beside = text[words[left].end() : words[right].start()].isspace()
            if beside and (kinds[other] == "a" or is_syllable(words[other][0])):
                return kinds[other]
    return "a"


def _case(word: str) -> str:
    """`A` in capitals, `a` with small ASCII letters, `?` one capital and small toned letters, `.` no evidence."""
    plain = word.encode("ascii", "ignore")
    if plain != plain.upper():
        return "a"
    capitals = sum(1 for char in word if char.isupper())
    if capitals >= 2:
        return "A"
    if capitals == 1:
        return "." if len(word) == 1 else "?"
    return "?" if word else "."


@cache
def _vni_pattern() -> regex.Pattern[str]:
    sequences = sorted(_letters(Encoding.VNI), key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, sequences)))


def _from_vni(text: str) -> str:
    letters = _letters(Encoding.VNI)
    return nfc(_vni_pattern().sub(lambda match: letters[match[0]], text))


@cache
def _cp1258_tables() -> tuple[dict[int, str], dict[int, str]]:
    letters = {ord(char): letter for char, letter in _letters(Encoding.CP1258).items()}
    return letters, {code: letter for code, letter in letters.items() if chr(code) in "Ððð"}


def _from_cp1258(text: str) -> str:
    every, sure = _cp1258_tables()

    def mend(match: regex.Match[str]) -> str:
        word = match[0]
        for table in (every, sure):  # "ðã" is "đã": ă cannot end a syllable, so only the eth was misread
            mended = nfc(word.translate(table))
            if is_syllable(mended):
                return mended
        return nfc(word.translate(sure))

    return str(_TOKEN.sub(mend, text))


_DECODERS: dict[Encoding, Callable[[str], str]] = {
    Encoding.TCVN3: _from_tcvn3,
    Encoding.VNI: _from_vni,
    Encoding.CP1258: _from_cp1258,
}
