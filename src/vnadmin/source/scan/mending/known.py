"""Gives names of laws and of the highest bodies, provinces and a number's symbol the marks that OCR lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache
from itertools import islice, pairwise

from vnadmin.gazetteer import provinces, rows, words_where
from vnadmin.genre.capitals import capital_share
from vnadmin.genre.document_type import code_of_notation, type_words
from vnadmin.genre.landmarks import is_place_date
from vnadmin.ocr.reading import ReadLine, ReadWord
from vnadmin.source.scan.mending.listed import unsure
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

# "5204/OĐ-BOP" for 5204/QĐ-BQP: no type has the letters OĐ, and no ministry an O
_DECISION = pattern(r"(?P<head>.*\d/)[O0]Đ-(?P<rest>.*)")
_CIRCULAR = pattern(r"(?P<head>.*\d/)(?:T[1Il]|[1Il]T)-(?P<rest>.*)")  # "02/2007/T1-BTM": no type has a figure in it
# "Số: 26 /KH-DHCN", "9307 /Cb.BCT": a notation of two groups, the first of them the type's
_NOTATION = pattern(r"(?P<head>.*/)(?P<type>\p{L}{2,4})(?P<dash>[-.–—]+)(?P<body>[\p{L}&]{2,12})(?P<tail>\W*)")
_PROVINCE = ("tính", "tinh", "tĩnh")  # "tính Quảng Ngãi"
_CAPITALS = 0.8  # share of capitals in a line of an agency's name
_AMENDED = "một số điều của"  # "sửa đổi, bổ sung một số điệu của Luật": in the title of each act that amends one
_SURE = 0.95  # confidence of words that are print
_UNSURE = 0.85  # the same of a syllable that may be another: TỎ for TỔ, but not the ĐÔNG of ĐÔNG Y
_CORE = pattern(r"(?P<head>[^\p{L}]*)(?P<core>[\p{L}\p{M}]+)(?P<tail>[^\p{L}\p{M}]*)")


@cache
def _names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Names of two words and more, folded, by their first two words without marks; the longest first.

    What two names share but for their marks is left out.
    """
    listed = [row["name"] for row in rows("law_names")]
    kinds = {row["name"]: row["kind"] for row in rows("law_names")}
    phrases = [_AMENDED, *words_where("issuer_words", "kind", "full"), *(f"{kinds[name]} {name}" for name in listed)]
    spelled: dict[str, set[str]] = {}
    for phrase in map(fold, phrases):
        spelled.setdefault(bare(phrase), set()).add(phrase)
    found: dict[str, list[tuple[str, ...]]] = {}
    for plain, forms in spelled.items():
        parts = plain.split()
        if len(forms) == 1 and len(parts) > 1:
            found.setdefault(" ".join(parts[:2]), []).append(tuple(next(iter(forms)).split()))
    return {key: tuple(sorted(group, key=len, reverse=True)) for key, group in found.items()}


@cache
def _provinces() -> dict[str, str]:
    """Names of provinces and of cities that are one, by their letters without marks."""
    return {bare(name): fold(name) for name in provinces()}


def mend_known(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines with known names respelt where they differ from print by marks alone: "Chính phú", "Luật Giáo đục".

    A name may go on from one line to the next. What is respelt is likely at best.
    """
    out = [[_code_mended(word) for word in line.words] for line in lines]
    places = [(row, column) for row, words in enumerate(out) for column in range(len(words))]
    cores = [core(out[row][column].text) for row, column in places]
    plain = list(map(bare, cores))
    names = _names()
    position = 0
    while position < len(places) - 1:
        group = names.get(f"{plain[position]} {plain[position + 1]}", ())
        name = next((name for name in group if _is_meant(plain, position, name)), None)
        if name is None or not (cores[position][:1].isupper() or " ".join(name) == _AMENDED):
            position += 1
            continue
        for (row, column), meant in zip(islice(places, position, None), name, strict=False):
            out[row][column] = respelt(out[row][column], meant)
        position += len(name)
    for position, (row, column) in enumerate(places):
        province = _province_after(plain, position)
        if not province:
            continue
        if fold(cores[position]) in _PROVINCE:
            out[row][column] = respelt(out[row][column], "tỉnh")
        for (row, column), meant in zip(islice(places, position + 1, None), province, strict=False):
            out[row][column] = respelt(out[row][column], meant)
    mended = [
        line if words == list(line.words) else replace(line, words=tuple(words))
        for line, words in zip(lines, out, strict=True)
    ]
    return [_place_mended(line) for line in mended]


@cache
def _pairs() -> dict[str, str]:
    """Two words that follow each other in names of agencies, by their letters without marks; what two spell is left out."""
    spelled: dict[str, set[str]] = {}
    for name in (*words_where("issuer_words", "kind", "full"), *(row["name"] for row in rows("agencies"))):
        for before, after in pairwise(fold(name).replace(",", "").split()):
            spelled.setdefault(bare(f"{before} {after}"), set()).add(f"{before} {after}")
    return {key: next(iter(forms)) for key, forms in spelled.items() if len(forms) == 1}


def mend_unit(words: Sequence[ReadWord]) -> list[ReadWord]:
    """The words of an authority with a mark that the name of its unit lost: "KT. VỤ TRƯỞNG VỤ TỎ CHỨC-CÁN BỘ".

    The other word of the pair must be read as agencies' names have it, and the engine have been less than sure.
    """
    out = list(words)
    for at, (before, after) in enumerate(pairwise(words)):
        read = [core(before.text), core(after.text.partition("-")[0])]
        meant = _pairs().get(bare(" ".join(read)), "").split()
        wrong = [index for index, (a, b) in enumerate(zip(read, meant, strict=False)) if fold(a) != b]
        if len(wrong) != 1:
            continue
        if out[at + wrong[0]].confidence < (_UNSURE if is_syllable(read[wrong[0]]) else _SURE):
            out[at + wrong[0]] = respelt(out[at + wrong[0]], meant[wrong[0]])
    return out


def _province_after(plain: Sequence[str], position: int) -> list[str]:
    """The province named after `tỉnh`, `TP.` or `thành phố`: "UBND TỈNH BÁC GIANG", "TP. HÒ CHÍ MINH"."""
    if plain[position] not in ("tinh", "tp") and tuple(plain[max(0, position - 1) : position + 1]) != ("thanh", "pho"):
        return []
    spans = (plain[position + 1 : position + 1 + count] for count in (3, 2))
    return next((found.split() for span in spans if (found := _provinces().get(" ".join(span)))), [])


def _is_meant(plain: Sequence[str], position: int, name: Sequence[str]) -> bool:
    return list(map(bare, name)) == list(plain[position : position + len(name)])


def _code_mended(word: ReadWord) -> ReadWord:
    """A decision's number with the Q that was read as an O, a circular's with the T that was read as a one."""
    circular = _CIRCULAR.fullmatch(word.text)
    if circular is not None:
        return word._replace(text=f"{circular['head']}TT-{circular['rest']}", confidence=unsure(word))
    found = _DECISION.fullmatch(word.text)
    if found is None:
        return word
    rest = "BQP" + found["rest"][3:] if found["rest"].startswith("BOP") else found["rest"]
    return word._replace(text=f"{found['head']}QĐ-{rest}", confidence=unsure(word))


def mend_notation(header: Mapping[int, ReadLine], stretches: Sequence[Sequence[ReadWord]]) -> dict[int, ReadLine]:
    """The lines of a header, by their index, whose number's symbol is mended as headline and agencies have it.

    No type's code with all letters but one of the headline's is that one's: `Cb.BCT` over CÔNG ĐIỆN is CĐ-BCT. Initials
    get their strokes from the agency: `KH-DHCN` under TRƯỜNG ĐẠI HỌC CÔNG NGHIỆP is KH-ĐHCN.

    Args:
        header: its lines.
        stretches: words of the header that no wide gap parts.
    """
    texts = ["".join(word.text for word in words) for words in stretches]
    codes = {found.code for text in texts if (found := type_words().get(fold(text))) and found.code}
    initials = [
        _initials(words) for words, text in zip(stretches, texts, strict=True) if capital_share(text) > _CAPITALS
    ]
    mended = {
        index: replace(line, words=tuple(_symbol_mended(word, codes, initials) for word in line.words))
        for index, line in header.items()
    }
    return {index: line for index, line in mended.items() if line != header[index]}


def _symbol_mended(word: ReadWord, codes: AbstractSet[str], initials: Sequence[str]) -> ReadWord:
    found = _NOTATION.fullmatch(word.text)
    if found is None:
        return word
    group, body = found["type"], found["body"]
    if code_of_notation(group) is None:
        near = [code for code in codes if _is_near(group, code)]
        group = near[0] if len(near) == 1 else group
    parts = {name[at : at + len(body)] for name in initials for at in range(len(name) - len(body) + 1)}
    strokes = {part for part in parts if len(part) > 2 and bare(part) == bare(body)}
    if body not in strokes and len(strokes) == 1:
        body = strokes.pop()
    dash = found["dash"]
    if group != found["type"] or body != found["body"]:
        dash = "-"
    text = f"{found['head']}{group}{dash}{body}{found['tail']}"
    return word if text == word.text else word._replace(text=text, confidence=unsure(word))


def _initials(words: Sequence[ReadWord]) -> str:
    """The first letters of a name's words, without marks but a Đ's stroke: `BCT`, `TĐHCN`."""
    letters = [read[0].upper() for word in words if (read := core(word.text)) and fold(read) != "và"]
    return "".join("Đ" if letter == "Đ" else bare(letter).upper() for letter in letters)


def _is_near(read: str, meant: str) -> bool:
    """Whether a group has as many letters, the first and all others but one."""
    return (
        len(read) == len(meant)
        and read[0] == meant[0]
        and sum(a != b for a, b in zip(bare(read), bare(meant), strict=True)) <= 1
    )


def _place_mended(line: ReadLine) -> ReadLine:
    """`Cân Thơ, ngày 4 tháng 5 năm 2021` with the province's own marks."""
    text = line.text
    at = next((index for index, word in enumerate(line.words[:5]) if word.text.endswith((",", "."))), -1)
    if at < 0 or not is_place_date(text.replace(".", ",", 1), fold(text).replace(".", ",", 1)):
        return line
    cores = [core(word.text) for word in line.words[: at + 1]]
    meant = _provinces().get(bare(" ".join(cores)), "").split()
    if len(meant) != len(cores):
        return line
    return replace(line, words=(*map(respelt, line.words, meant), *line.words[at + 1 :]))


def core(text: str) -> str:
    """The letters of a word, without what stands before and after them; nothing where it holds figures or signs."""
    found = _CORE.fullmatch(text)
    return found["core"] if found else ""


def respelt(word: ReadWord, meant: str) -> ReadWord:
    """A word with the marks that are meant, its case and its edges kept."""
    found = _CORE.fullmatch(word.text)
    if found is None or fold(found["core"]) == meant or len(found["core"]) != len(meant):
        return word
    read = found["core"]
    spelt = "".join(letter.upper() if read[at].isupper() else letter for at, letter in enumerate(meant))
    return word._replace(text=f"{found['head']}{spelt}{found['tail']}", confidence=unsure(word))
