"""Makes out names, and the ranks before them, whose first letters a seal covers."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.person_name import NameLikeness, name_likeness
from vnadmin.layout.page import Box
from vnadmin.ocr.reading import ReadLine, ReadWord
from vnadmin.source.scan.mending.listed import MENDED
from vnadmin.source.scan.mending.names import family_name_under_a_seal, rank_under_a_seal
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

FILLED = 0.85  # share of the width of its place that a name or a post must fill
EDGES = pattern(r"^[^\p{L}]+|[^\p{L}]+$")
_JOINT = pattern(r"(?<=\p{Lu}\p{Ll}+)(?=\p{Lu}\p{Ll})")
_NAME_WORD = pattern(r"\p{Lu}[\p{Ll}\p{M}]*")


def covered_name(words: Sequence[ReadWord]) -> list[ReadWord]:
    """The words of a name: a family name, misread by some letters at most, and two or three more words after it."""
    words = [part for word in words for part in _unglued(word)]
    cores = [EDGES.sub("", word.text) for word in words]
    for start in range(max(0, len(words) - 5), len(words) - 1):
        rest = cores[start + 1 :]
        if not all(_NAME_WORD.fullmatch(core) and is_syllable(core) for core in rest):
            continue
        family = family_name_under_a_seal(cores[start])
        if len(rest) < 2 and (family != cores[start] or start):
            continue  # ": ấn Phượng" is no An Phượng, nor "Nguễ Văn Diệu" Văn Diệu: a word is lost
        if family is not None and name_likeness(" ".join((family, *rest))) is NameLikeness.FULL:
            kept = [word._replace(text=text) for word, text in zip(words[start:], (family, *rest), strict=True)]
            if _fills(kept):
                return [*_rank_before(words[:start]), *kept]
    return []


def _unglued(word: ReadWord) -> list[ReadWord]:
    """Two words of a name that a ring's line joined: "TốngÁnh"."""
    cut = _JOINT.search(word.text)
    if cut is None:
        return [word]
    middle = word.box.x0 + (word.box.x1 - word.box.x0) * cut.start() / len(word.text)
    return [
        word._replace(text=word.text[: cut.start()], box=word.box._replace(x1=middle)),
        word._replace(text=word.text[cut.start() :], box=word.box._replace(x0=middle)),
    ]


def _rank_before(words: Sequence[ReadWord]) -> list[ReadWord]:
    """The rank that a seal's edge crosses before a name: "Đàiưởng" of "Đại tướng Trần Văn An"."""
    for start in range(max(0, len(words) - 2), len(words)):
        rank = rank_under_a_seal("".join(EDGES.sub("", word.text) for word in words[start:]))
        if rank is not None:
            return spread(rank, ReadLine(tuple(words[start:])).box)
    return []


def spread(text: str, box: Box) -> list[ReadWord]:
    """The words of a text that was made out, dealt over the place where it stands."""
    words, letter, at = [], (box.x1 - box.x0) / len(text), 0
    for word in text.split():
        words.append(
            ReadWord(word, box._replace(x0=box.x0 + letter * at, x1=box.x0 + letter * (at + len(word))), MENDED)
        )
        at += len(word) + 1
    return words


def _fills(words: Sequence[ReadWord]) -> bool:
    """Whether a name has as many letters as its width asks for: "Nguyễn Quyền" read of three words has not."""
    last = words[-1]
    letter = (last.box.x1 - last.box.x0) / len(last.text)
    return len(" ".join(word.text for word in words)) * letter >= FILLED * (last.box.x1 - words[0].box.x0)
