"""Reads signatures on scans past what lies over them: posts mended, scraps of seals and pens set aside, names respelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import median

from vnadmin.gazetteer import words as listed
from vnadmin.genre.document_type import is_type_name
from vnadmin.genre.person_name import without_rank
from vnadmin.layout.page import Box
from vnadmin.ocr.reading import ReadLine, ReadWord
from vnadmin.source.scan.mending.applied import applied, split
from vnadmin.source.scan.mending.deputies import Post, authority_above, post_between, sign_above
from vnadmin.source.scan.mending.known import mend_known, mend_notation, mend_unit
from vnadmin.source.scan.mending.listed import MENDED, mend_list, unsure
from vnadmin.source.scan.mending.names import family_name, family_name_of_two
from vnadmin.source.scan.mending.phrases import (
    Mended,
    mend_agency,
    mend_label,
    mend_post,
    printed_in_capitals,
)
from vnadmin.source.scan.sealed import seals_own
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

_WIDE_GAP = 2.0  # of a line's height: what stands further apart is another column
_HEADER = 0.30  # of the first page: agencies and marks stand above, posts below it
_SUBJECT = 0.5  # of the first page: a headline and its subject stand above
_NEAR = 2.6  # of a line's height: from a headline to the line under it
_ABOUT = ("va", "ve")  # "và việc", "vẻ việc"
_SPACE = 150.0  # points between post and name that a signature and a seal may fill
_ASIDE = 60.0  # points by which a name may stand out beside its post
_EDGES = " .,:;-'\"/()*"
_SCRAP = 8  # letters of a scrap at most
_UNREAD = 0.5  # confidence of what is no word: a stroke before a name ("xxx Nguyễn ...")
_PRINT = 0.75  # confidence of a dash that is print
_BEFORE = pattern(r"^[^\p{L}]+(?=\p{Lu})")  # "“Vũ", ">Lê"
_NAME_WORD = pattern(r"\p{Lu}[\p{Ll}\p{M}]*")
# "Nới nhận:", "Với nhận:", "ơi nhận:", "Noi nhận", "4ởơi nhận:": the label in bold italics
_RECEIVING = pattern(r"[^\p{L}]{0,2}(?:[NWMV]|\p{Ll})?[oơớờôóòởõ]i? nh[aâậăặấầạà]n[^\p{L}]{0,6}")
# "Kính gửi:" alone on its line, or what a stamp of arrival leaves of it: ". Kính gửi:", "gửi:"
_ADDRESSING = pattern(r"(?!Kính gửi:)[^\p{L}]{0,3}(?:[Kk][íi]nh )?g[ửừưứ][iỉ] ?[:.;]")
_LOST_LABEL = pattern(r"S?[:;] ?\d{1,5}\S? ?/ ?\p{Lu}")  # ": 617 /ĐHCT-DT", "S: 443! /BĐH"
_QUOTES = "“”\"'‘’.,*"  # what specks before a label are read as
_STROKES = 3  # letters at most that strokes before a label are read as
_PEN = 4  # letters: a stroke of the pen is taken for fewer
_SPECKS = ".,·…_"  # "..V/v. bàn giao tài sản": of a dotted line above


@dataclass(frozen=True, slots=True)
class MendedPage:
    """Lines after mending, in the same order; `kept` are never noise, `scraps` always; `dropped` were words of lines.

    Of a line that ran over both columns the left part stands in its place, the others stand at the end.
    """

    lines: tuple[ReadLine, ...]
    kept: frozenset[int]
    scraps: frozenset[int]
    dropped: tuple[ReadLine, ...]


def mend_page(
    lines: Sequence[ReadLine], height: float, *, first: bool, untouched: frozenset[int], seals: Sequence[Box] = ()
) -> MendedPage:
    """Mend agencies and marks in the header, posts and names in signatures.

    Args:
        lines: as they were read.
        height: of the page.
        first: it is the first page, whose top is the header.
        untouched: indices of lines that are left as they are (with blanks filled in).
        seals: round seals on the page, whose own text is none of the document.
    """
    out = parted(mend_known(lines), untouched, _HEADER * height if first else 0.0)
    own = seals_own(out, seals) - untouched
    untouched |= own
    kept: set[int] = set()
    dropped: list[ReadLine] = []
    posts: list[Post] = []
    for index in sorted(range(len(out)), key=lambda i: out[i].box.y0):
        in_header = first and out[index].box.y1 < _HEADER * height
        before = out[index] = _addressing(out[index]) if first else out[index]
        line = out[index] = _labelled(before) if in_header else _receiving(before)
        if line is not before and not in_header:
            kept.add(index)
        if index in untouched:
            continue
        words: list[ReadWord] = []
        for start, end in _columns(line):
            run = line.words[start:end]
            mended, is_post = _mended(run, in_header, out, posts)
            if is_post:
                posts.append(Post(index, ReadLine(tuple(run))))
            if mended is None:
                words += run
                continue
            kept.add(index)
            new, scraps = applied(run, mended)
            words += mend_unit(new) if is_post else new
            dropped += [ReadLine((word,), line.reader) for word in scraps]
        out[index] = replace(line, words=tuple(words))
    if first:
        _label_subject(out, height)
    header = {i: line for i, line in enumerate(out) if first and line.box.y1 < _HEADER * height}
    stretches = [line.words[start:end] for line in header.values() for start, end in _columns(line)]
    for index, line in mend_notation(header, stretches).items():
        out[index] = line
    for index, line in mend_list(out).items():
        if index not in untouched:
            out[index] = line
            kept.add(index)
    for post in posts:
        kept |= sign_above(out, post, untouched)
    scraps_found: set[int] = set(own)
    for post in posts:
        if not post_between(posts, post):
            scraps_found |= _read_below(out, post, kept | untouched)
    return MendedPage(tuple(out), frozenset(kept), frozenset(scraps_found), tuple(dropped))


def _mended(
    run: Sequence[ReadWord], in_header: bool, lines: Sequence[ReadLine], posts: Sequence[Post]
) -> tuple[Mended | None, bool]:
    """An agency or a post as it is printed, and whether it is a post of a signature."""
    texts = [word.text for word in run]
    if not printed_in_capitals(texts):
        return None, False
    above = authority_above(lines, posts, ReadLine(tuple(run)).box)
    agency = mend_agency(texts) if in_header or above else None  # `KT. BỘ TRƯỞNG` / `BOTƯ PHÁP`
    if agency is not None:
        return agency, False
    post = mend_post(texts, strict=in_header, above=above)
    return post, post is not None and not in_header


def _label_subject(lines: list[ReadLine], height: float) -> None:
    """`Về việc` in the line under the headline of a first page, where it lost its marks: "và việc ban hành ..."."""
    for index, line in enumerate(lines):
        if len(line.words) < 3 or line.box.y1 > _SUBJECT * height:
            continue
        first, second = line.words[:2]
        if (
            first.text == "Về"
            or first.text[:1] not in "Vv"
            or bare(first.text) not in _ABOUT
            or bare(second.text) != "viec"
        ):
            continue
        size = line.box.y1 - line.box.y0
        above = (each for each in lines if 0 < line.box.y0 - each.box.y0 < _NEAR * size and each.box.x0 < line.box.x1)
        if any(is_type_name(each.text) for each in above):
            label = first._replace(text="Về", confidence=unsure(first)), second._replace(text="việc")
            lines[index] = replace(line, words=(*label, *line.words[2:]))


def parted(lines: Sequence[ReadLine], untouched: frozenset[int], top: float) -> list[ReadLine]:
    """Lines below the header cut where columns part them, which an engine without a detector of lines does not see."""
    out = list(lines)
    for index, line in enumerate(lines):
        if line.middle is not None or index in untouched or line.box.y1 < top:
            continue
        parts = [replace(line, words=line.words[start:end]) for start, end in _columns(line)]
        out[index] = parts[0]
        out += parts[1:]
    return out


def _receiving(line: ReadLine) -> ReadLine:
    """The label over the recipients, in italics, with the letters that are printed and without a pen's beside it."""
    *label, last = line.words
    beside = " ".join(word.text for word in label)
    if _RECEIVING.fullmatch(beside) and last.confidence < MENDED and sum(map(str.isalpha, last.text)) < _PEN:
        line = replace(line, words=tuple(label))  # "Nơi nhận: Ly"
    if len(line.words) > 3 or not _RECEIVING.fullmatch(line.text) or line.text in ("Nơi nhận:", "Nơi nhận"):
        return line
    first = line.words[0]
    return replace(line, words=tuple(split(first._replace(box=line.box), ("Nơi", "nhận:"), unsure(first))))


def _addressing(line: ReadLine) -> ReadLine:
    """`Kính gửi` without specks and strokes of a stamp before it: "“Kính gửi: - Các đồng chí ...", "to ¡ Kính gửi:"."""
    for at, (label, verb) in enumerate(pairwise(line.words)):
        if label.text.lstrip(_QUOTES) == "Kính" and verb.text.startswith("gửi"):
            return replace(line, words=(label._replace(text="Kính"), *line.words[at + 1 :]))
        if sum(char.isalpha() for word in line.words[: at + 1] for char in word.text) > _STROKES:
            break
    return line


def _labelled(line: ReadLine) -> ReadLine:
    """A line of the header whose first word is a label, with the label as it is printed."""
    first = line.words[0]
    if _ADDRESSING.fullmatch(line.text):
        whole = first._replace(box=line.box)
        return replace(line, words=tuple(split(whole, ("Kính", "gửi:"), MENDED)))
    rest = list(line.words[1:])
    if len(rest) > 1 and not any(map(str.isalnum, first.text)) and mend_label(rest[0].text) in ("Số:", "Số"):
        first, *rest = rest  # ". Số: 21 /TB-STC"
    text = "Số:" if _LOST_LABEL.match(line.text) else mend_label(first.text.lstrip(_SPECKS) or first.text)
    words = [first._replace(text=text), *rest]
    slashes = [word._replace(text=word.text.replace("⁄", "/")) if "⁄" in word.text else word for word in words]
    return line if tuple(slashes) == line.words else replace(line, words=tuple(slashes))


def _columns(line: ReadLine) -> list[tuple[int, int]]:
    """Stretches of a line without a wide gap."""
    words = line.words
    height = median(word.box.y1 - word.box.y0 for word in words)
    cuts = [0, *(i for i in range(1, len(words)) if words[i].box.x0 - words[i - 1].box.x1 > _WIDE_GAP * height)]
    return list(zip(cuts, [*cuts[1:], len(words)], strict=True))


def _read_below(lines: list[ReadLine], post: Post, untouched: set[int] | frozenset[int]) -> set[int]:
    """Respell the name below a post; give the lines between them that are scraps."""
    box = post.box
    middle = (box.x0 + box.x1) / 2
    below = []
    for index, line in enumerate(lines):
        here = line.box
        centre = (here.x0 + here.x1) / 2
        if (
            index != post.index
            and index not in untouched
            and box.y1 - 4 < here.y0 < box.y1 + _SPACE
            and abs(centre - middle) < (box.x1 - box.x0) / 2 + _ASIDE
        ):
            below.append(index)
    scraps: set[int] = set()
    for index in sorted(below, key=lambda i: lines[i].box.y0):
        line = lines[index]
        if line.text[:1] in "-+•" and not line.words[0].confidence < _PRINT:
            continue  # an item; a pen or a seal before "Trần Văn An" is read as a dash, but not surely
        named = mend_name(line)
        if named is not None:
            lines[index] = named
            return scraps
        if _is_scrap(line):
            scraps.add(index)
    return set()


def _is_scrap(line: ReadLine) -> bool:
    """A few letters that are no words: strokes of a signature, pieces of a seal's ring."""
    letters = sum(map(str.isalpha, line.text))
    return letters <= _SCRAP and (letters <= 2 or not any(is_syllable(word.text.strip(_EDGES)) for word in line.words))


@cache
def _ranks() -> dict[str, str]:
    """Degrees without a blank, by their letters: "gsts" is two."""
    plain = {fold(word): word for word in listed("ranks") if " " not in word and word.isalpha() and len(word) <= 6}
    return {f"{a}{b}": f"{x}.{y}." for a, x in plain.items() for b, y in plain.items() if a != b}


def mend_name(line: ReadLine) -> ReadLine | None:
    """The line if it is a person's name, its family name respelt where one mark or its first letter is wrong."""
    words = list(line.words)
    while words and not any(map(str.isalpha, words[0].text)):
        words.pop(0)
    while len(words) > 2 and not words[0].text[-1].isalpha() and len(words[0].text) < 4 and "." not in words[0].text:
        words.pop(0)
    if len(words) > 2 and words[0].confidence < _UNREAD and not _NAME_WORD.fullmatch(words[0].text):
        words.pop(0)  # a stroke, or a word of the name that a pen crosses: "zưấn Văn Khoa"
        words[0] = words[0]._replace(confidence=unsure(words[0]))
    if words:
        words[0] = words[0]._replace(text=_BEFORE.sub("", words[0].text))
    if not 2 <= len(words) <= 7:
        return None
    texts = [word.text for word in words]
    ranked = len(" ".join(texts)[: without_rank(" ".join(texts))].split())
    if ranked > 1:  # "Đại tá Trần Văn An"
        name = mend_name(replace(line, words=tuple(words[ranked:])))
        return name and replace(name, words=(*words[:ranked], *name.words))
    first = 0
    head, _, core = words[0].text.rpartition(".")
    degrees = _ranks().get(bare(core))
    if len(words) > 2 and degrees:  # "PGSTS Võ ..."
        words[0] = words[0]._replace(text=degrees.upper().removesuffix("."), confidence=unsure(words[0]))
        core = ""
    if not core and len(words) > 2:  # "TS. Nguyễn ..."
        first, head, core = 1, "", words[1].text
    if len(core) == 2 and not core[0].isalpha():
        core = family_name_of_two(core[1]) or core  # "1ê Thiên Phú"
    parts = [core, *(word.text.strip(" .,'") for word in words[first + 1 :])]
    if not all(_NAME_WORD.fullmatch(part) for part in parts) or all(len(part) < 2 for part in parts):
        return None
    right = family_name(core)
    if head:
        key = bare(head).replace(".", "")
        ranks = _ranks().get(key)
        head = ranks.upper().removesuffix(".") if ranks and "." not in head else head
    text = f"{head}.{right}" if head else right
    if text != words[first].text:
        words[first] = words[first]._replace(text=text, confidence=unsure(words[first]))
    return replace(line, words=tuple(words))
