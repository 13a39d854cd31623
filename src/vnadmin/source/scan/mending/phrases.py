"""Mends printed phrases of closed lists that OCR damaged by a mark or a letter: posts, authorities, agencies, marks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from vnadmin.gazetteer import rows, words_where
from vnadmin.genre.capitals import capital_share
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_MARK_COST = 0.25  # a letter that lost or changed its mark, where another letter costs 1: GIÁM ĐÓC, BỘ TRƯỜNG
_MOST_COST = 1.3  # of a phrase: one letter and one mark
_MARGIN = 0.5  # by which the second best must be worse where a letter is wrong
_SHORTEST = 7  # letters of a phrase in which one may be wrong
_MOST_WORDS, _CAPITALS = 14, 0.6  # of a line that names a post; share from which it counts as printed in capitals
# "Z55GIÁM", "(TRƯỞNG", "TRƯỞNG&": specks, strokes of a pen and edges of a seal that touch the print
_CORE = pattern(
    r"(?P<head>[^\p{L}]*+(?:\p{L}[^\p{L}\p{M}]{2,}|\p{L}\d[^\p{L}]*+)*)(?P<core>\p{L}[\p{L}\p{M}]*)(?P<tail>[^\p{L}\p{M}]*)"
)
_SIGN = pattern(r"[\p{L}\d&]{1,3}[./:,]{1,2}")  # "KT.", "ẾT:", "4T:", "&T."
_SPECKS = ".,·…_"  # "..KT THỦ TƯỚNG": of a stroke or a seal's edge before the sign
_COMMITTEE = "Ủy ban nhân dân "
# The label of the number: "Sá:", "Sắ:", "Sé:", "Sô", "S6:"; of the subject: "V/", "V⁄»", "VW" (the stroke and the v as one letter)
_NUMBER_LABEL = pattern(r"\W{0,2}S[oôóòỏõọốồổỗộơáàâäăắằẳẵéèêe06][:.;]{0,2}")
_SUBJECT_LABEL = pattern(r"V[/⁄|]\W?[vVyY]?\W?|V[Ww]\W?")
_SIGNS = ("TM", "KT", "TL", "TUQ")
# What stands before a post: TM. (thay mặt) stands before a body, so "TE:HIỆU TRƯỞNG" is TL. (Decree 30/2020, annex I, II.7)
_SIGNS_OF_POSTS = ("KT", "TL", "TUQ")
_SCRAP = 2  # letters at most that a stroke over a lost sign is read as: "C: THỜ TRƯỞNG"
_SHORT = 4  # letters at most that `PHÓ` under a seal is read as: "RHÔ", "BỖ"
_FOREIGN = frozenset("fjwz")  # in no Vietnamese word
_GLUED = pattern(r"ph[oóòỏõọ](?=\p{L}{2})")
_DEPUTY = pattern(r"(?:p?h?|th|l|d|f)o")  # without marks: "PHỚ", "LÓ"


class Mended(NamedTuple):
    """A stretch of words after mending: the words (None: dropped), and whether anything changed."""

    words: tuple[str | None, ...]
    changed: frozenset[int]


class _Phrase(NamedTuple):
    words: tuple[str, ...]  # in lower case, as the list spells them
    letters: int


@cache
def _posts() -> tuple[_Phrase, ...]:
    return tuple(_Phrase(tuple(p.split()), len(p.replace(" ", ""))) for p in words_where("positions", "kind", "post"))


@cache
def _agencies() -> dict[str, str]:
    """What headers print in capitals, by its letters without marks and blanks; what two spellings share is left out.

    Agencies, the second line of a committee's name (TỈNH BÌNH DƯƠNG), names of types, marks such as HỎA TỐC.
    """
    found: dict[str, str | None] = {}
    names = [
        *words_where("issuer_words", "kind", "full"),
        *(row["name"] for row in rows("agencies")),
        *(row["name"] for row in rows("agency_words")),
        *(row["name"] for row in rows("document_types")),
        *(row["mark"] for row in rows("marks") if row["field"] in ("secrecy", "urgency")),
    ]
    committees = [name.removeprefix(_COMMITTEE) for name in names if name.startswith(_COMMITTEE)]
    for name in [*names, *committees]:
        key = bare(name).replace(" ", "")
        if key not in found:
            found[key] = name.upper()
        elif found[key] is not None and fold(found[key] or "") != fold(name):
            found[key] = None
    return {key: name for key, name in found.items() if name is not None}


def printed_in_capitals(words: Sequence[str]) -> bool:
    """Whether a stretch of words is printed in capitals, strokes and scraps of a seal apart."""
    letters = "".join([char for word in words for char in word if char.isalpha()])
    return len(letters) >= 4 and capital_share(letters) >= _CAPITALS


def mend_agency(words: Sequence[str]) -> Mended | None:
    """A whole stretch that is an agency's name, or a mark such as HỎA TỐC, but for its marks; None where it is none."""
    cores = [_core(word) for word in words]
    name = _agencies().get(bare("".join(cores))) or _one_letter_off(cores)  # "QUYÉT ĐỊN H", "SỞ Y FẾ"
    while name is None and cores and len(cores[-1]) <= 1:
        cores.pop()  # "HỎA TỐC J"
        name = _agencies().get(bare("".join(cores)))
    if name is None:
        return None
    right = name.split()
    if len(right) != len(cores):
        return _mended(words, [name, *([None] * (len(words) - 1))])
    kept = [word if fold(word) == fold(correct) else correct for word, correct in zip(words, right, strict=False)]
    dropped: list[str | None] = [None] * (len(words) - len(kept))
    return _mended(words, [*kept, *dropped])


@cache
def _agencies_by_words() -> dict[int, list[tuple[str, ...]]]:
    """The same names in words, by how many they have."""
    found: dict[int, list[tuple[str, ...]]] = {}
    for name in _agencies().values():
        parts = tuple(name.split())
        found.setdefault(len(parts), []).append(parts)
    return found


def _one_letter_off(cores: Sequence[str]) -> str | None:
    """The one name of which a word lost a letter to one that no Vietnamese word has: `FẾ` for `TẾ`."""
    wrong = [index for index, core in enumerate(cores) if not _FOREIGN.isdisjoint(core.lower()) and not core.isascii()]
    if len(wrong) != 1 or len(cores) < 2:
        return None
    at = wrong[0]
    plain = [bare(core) for core in cores]
    found = {
        " ".join(name)
        for name in _agencies_by_words().get(len(cores), ())
        if all(bare(part) == plain[index] for index, part in enumerate(name) if index != at)
        and len(name[at]) == len(cores[at])
        and distance(cores[at].lower(), name[at].lower()) <= 1
    }
    return found.pop() if len(found) == 1 else None


def mend_label(word: str) -> str:
    """The first word of a header's line, where it is a label that lost its marks; else the word itself."""
    if _NUMBER_LABEL.fullmatch(word):
        return "Số:" if word[-1] in ":.;" else "Số"
    return "V/v" if _SUBJECT_LABEL.fullmatch(word) else word


def mend_post(words: Sequence[str], *, strict: bool, above: str = "") -> Mended | None:
    """A stretch that opens with a post, authority before it; None where it is none.

    Args:
        words: of one line and column.
        strict: only marks may be wrong.
        above: the line above, if it opens with "KT.": who signs for another is a deputy, for a Bộ trưởng a Thứ trưởng.
    """
    if not 1 <= len(words) <= _MOST_WORDS or not printed_in_capitals(words):
        return None
    scraps = next((index for index, word in enumerate(words) if any(map(str.isalpha, word))), 0)
    if scraps:  # "—.. CHỦ TỊCH"
        rest = mend_post(words[scraps:], strict=strict, above=above)
        return None if rest is None else _mended(words, [*[None] * scraps, *rest.words])
    read = words
    words = [_sign_mended(words[0].lstrip(_SPECKS)), *words[1:]]
    out: list[str | None] = list(words)
    cores = [_core(word) for word in words]
    at = _after_sign(words, out, cores)
    opened = at
    if len(cores) > at + 1 and _is_deputy(cores, at, strict, above):
        out[at] = "PHÓ"
        at += 1
    glued = _GLUED.match(cores[at].lower()) if at == opened and at < len(cores) else None
    if glued:  # "PHÓTHỦ TƯỚNG"
        parted = [*cores[:at], cores[at][glued.end() :], *cores[at + 1 :]]
        if _match(parted, at, strict) is None:
            glued = None
        else:
            cores = parted
    ministers = "bo truong" in bare(above)
    found = _match(cores, at, strict, expected="thứ trưởng" if ministers else "")
    if found is None and ministers and cores[at] == "TRƯỞNG":  # a seal covers the first word
        found = _Phrase(("thứ", "trưởng"), 9), 1
    if found is None:
        scrap = above and len(words) > 1 and len(cores[0]) <= _SCRAP
        rest = mend_post(read[1:], strict=strict, above=above) if scrap else None
        return None if rest is None else _mended(read, [None, *rest.words])
    if at == opened and not glued and _is_of_chief(found[0], above):
        found = _Phrase(("phó", *found[0].words), found[0].letters + 3), found[1]
    while found is not None:
        phrase, used = found
        _write(words, out, at, phrase, used)
        at += used
        found = _match(cores, at, strict) if at < len(cores) else None
    if glued:
        out[opened] = f"PHÓ {out[opened]}"
    for index in range(opened):
        out[index] = out[index] or words[index]
    _drop_scraps(words, out, at)
    return _mended(read, out)


def _is_deputy(cores: Sequence[str], at: int, strict: bool, above: str) -> bool:
    """Whether a word before a post is `PHÓ`: all but its letters, or, under `KT. GIÁM ĐỐC`, any short word before GIÁM ĐỐC."""
    word = cores[at].lower()
    alike = bool(_DEPUTY.fullmatch(bare(word))) and (word[0] == "p" or word.endswith("ó") or bool(above))
    if not alike and not (above and 1 < len(word) <= _SHORT):
        return False
    found = _match(cores, at + 1, strict)
    return found is not None and (alike or _is_of_chief(found[0], above))


def _is_of_chief(phrase: _Phrase, above: str) -> bool:
    """Whether a post is the very one for which the line above is signed: `KT. GIÁM ĐỐC` over what is left of its deputy's."""
    signed = fold(above).replace(".", ". ").replace(":", ": ").split(maxsplit=1)
    post = " ".join(phrase.words)
    return len(signed) == 2 and signed[1].rpartition(", ")[2] == post and post != "bộ trưởng"


def _after_sign(words: Sequence[str], out: list[str | None], cores: list[str]) -> int:
    """Where the post begins after "KT.", "TL.", which may be misread ("ẾT:") or touch the post ("TL.CHỦ")."""
    first = words[0]
    sign = _SIGN.match(first)
    if sign is None:
        if len(words) < 2 or first.upper() not in _SIGNS:
            return 0
        out[0] = f"{first.upper()}."  # "KT BỘ TRƯỞNG": engines lose the stop
        return 1
    letters = sign[0].rstrip("./:,").upper()
    if letters not in (*_SIGNS, "Q"):
        costs = sorted((distance(letters.lower(), known.lower()), known) for known in _SIGNS_OF_POSTS)
        if costs[0][0] > 1 + _MARK_COST or costs[1][0] - costs[0][0] < _MARGIN or sign.end() < len(first):
            return 0
        out[0] = costs[0][1] + "."
        return 1
    if sign.end() == len(first):
        out[0] = f"{letters}." if first[-1] in ",:" else first  # "KT, CHỦ TỊCH"
        return 1
    cores[0] = _core(first[sign.end() :])
    return 0


def _sign_mended(word: str) -> str:
    """A word with a sign that touches it, the sign as the list has it: "KC.BỘ" for KT.BỘ."""
    found = _SIGN.match(word)
    if found is None or found.end() == len(word) or not word[found.end()].isalpha():
        return word
    letters = found[0].rstrip("./:,").upper()
    costs = sorted((distance(letters.lower(), known.lower()), known) for known in _SIGNS_OF_POSTS)
    wrong = letters not in (*_SIGNS, "Q") and costs[0][0] <= 1 and costs[1][0] - costs[0][0] >= _MARGIN
    return f"{costs[0][1]}.{word[found.end() :]}" if wrong else word


def _match(cores: Sequence[str], at: int, strict: bool, expected: str = "") -> tuple[_Phrase, int] | None:
    """The post that stands at a word, and over how many words; None where none or several could be meant.

    What is expected there wins over what is as near.
    """
    scored: list[tuple[float, int, _Phrase, int]] = []
    for phrase in _posts():
        whole = len(phrase.words)
        for used in {whole, max(whole - 1, 1), 1}:
            read = cores[at : at + used]
            if len(read) < used or not all(read):
                continue
            meant = phrase.words
            if used < whole:  # "CHỦTỊCH", "PHOHỦ TƯỚNG"
                read, meant = ["".join(read)], ("".join(phrase.words),)
            if abs(sum(map(len, read)) - phrase.letters) > 1:
                continue
            pairs = list(zip(read, meant, strict=True))
            if any(abs(len(a) - len(b)) > 1 for a, b in pairs):
                continue  # each letter more or less costs 1
            cost = sum(distance(a.lower(), b) for a, b in pairs)
            if cost <= _MOST_COST:
                cost = max(cost - 2 * _MARGIN, 0.01) if cost and " ".join(phrase.words) == expected else cost
                scored.append((cost, -phrase.letters, phrase, used))
    if not scored:
        return None
    scored.sort(key=lambda each: each[:2])
    cost, _, phrase, used = scored[0]
    if cost >= 1:
        rivals = [other for other in scored[1:] if other[3] == used]
        if strict or phrase.letters < _SHORTEST or (rivals and rivals[0][0] - cost < _MARGIN):
            return None
    if cost and cores[at].upper() == "TRƯỜNG" and at + used < len(cores):
        return None  # "TRƯỜNG KHOA HỌC" is a school
    return phrase, used


def _write(words: Sequence[str], out: list[str | None], at: int, phrase: _Phrase, used: int) -> None:
    """Put the list's spelling in the place of what was read, commas kept."""
    if used < len(phrase.words):
        out[at] = _respelt(words[at], " ".join(phrase.words))
        out[at + 1 : at + used] = [None] * (used - 1)
        return
    for offset, meant in enumerate(phrase.words):
        out[at + offset] = _respelt(words[at + offset], meant)


def _respelt(word: str, meant: str) -> str:
    """One word with the list's letters; a sign that touches it and a comma stay, other edges go."""
    sign = _SIGN.match(word)
    head = sign[0] if sign and sign.end() < len(word) and sign[0].rstrip("./:,").upper() in _SIGNS else ""
    found = _CORE.fullmatch(word[len(head) :])
    if found is None:
        return word
    tail = "," if "," in found["tail"] else ""
    core = found["core"] if fold(found["core"]) == fold(meant) else meant.upper()
    return head + core + tail


def _drop_scraps(words: Sequence[str], out: list[str | None], at: int) -> None:
    """Drop what ends the line and is no word in capitals, nor opens a list ("điện:"): "ZLauL", "›", "J"."""
    for index, word in reversed(list(enumerate(words))[at:]):
        opens = word[-1] == ":" and is_syllable(word[:-1])
        if sum(map(str.isalpha, word)) > 1 and (opens or capital_share(word) == 1):
            return
        out[index] = None


def _mended(words: Sequence[str], out: Sequence[str | None]) -> Mended:
    changed = frozenset(i for i, (old, new) in enumerate(zip(words, out, strict=True)) if old != new)
    return Mended(tuple(out), changed)


def _core(word: str) -> str:
    found = _CORE.fullmatch(word)
    return found["core"] if found else ""


@lru_cache(maxsize=4096)
def distance(read: str, meant: str) -> float:
    """Edit distance in which a letter that differs by its marks alone costs little."""
    if read == meant or fold(read) == fold(meant):
        return 0.0
    above = [float(column) for column in range(len(meant) + 1)]
    bare_read, bare_meant = bare(read), bare(meant)  # once a word: a letter at a time took half the time of a page
    for row, (a, bare_a) in enumerate(zip(read, bare_read, strict=True), 1):
        line = [float(row)]
        for column, (b, bare_b) in enumerate(zip(meant, bare_meant, strict=True), 1):
            change = 0.0 if a == b else _MARK_COST if bare_a == bare_b else 1.0
            line.append(min(above[column] + 1, line[column - 1] + 1, above[column - 1] + change))
        above = line
    return above[-1]


def deputy_under_a_seal(read: str, above: str) -> str | None:
    """The deputy's post of which a seal left most letters, under its chief's: "HHÓ ỆỆNVRƯỞNG" under KT. VIỆN TRƯỞNG.

    Where the chief's letters are all there ("Q.GIÁMĐỐC") none were lost, and before them stands what is all but "phó".
    """
    sign, _, chief = fold(above).replace("kt.", "kt. ", 1).partition(" ")
    letters = bare(chief).replace(" ", "")
    if not letters:
        return None
    before, whole, _ = bare(read).partition(letters)
    if whole and distance(before, "pho") > 1:
        return None
    post = "thứ trưởng" if chief.strip() == "bộ trưởng" else f"phó {chief.strip()}"
    near = sign == "kt." and distance(read.lower(), post.replace(" ", "")) <= 0.35 * len(post)
    return post.upper() if near else None
