"""Writes what is to be said about a .docx into it as Word comments, each at its place.

The text of a document keeps no link to the runs of its file, so a place is found by the whole line that it stands in, letter for
letter; a line that the file does not hold as it was read (drawn numbers, old encodings) is told at the top, with its words.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast
from unicodedata import combining, normalize

from vnadmin.config import DEFAULT, Config
from vnadmin.errors import DamagedInput, UnsupportedFormat
from vnadmin.text.fold import fold

if TYPE_CHECKING:
    from docx.oxml.text.run import CT_R
    from lxml.etree import _Element

AUTHOR: Final = "vnadmin"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SEEN: Final = frozenset({_FALLBACK, f"{_W}del", f"{_W}moveFrom"})
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_ONLY_DOCX: Final = "Comments are written into a .docx only."
_SAVE: Final = "Open the file in Word and save it as .docx."


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said about a stretch of a document's text; both offsets 0: about the whole."""

    start: int
    end: int
    text: str


def comment_docx(data: bytes, text: str, remarks: Sequence[Remark], config: Config = DEFAULT) -> bytes:
    """The same .docx with a comment for each remark; comments that it has stay.

    Args:
        data: the file.
        text: `document.text` of what was read from it, which the remarks point into.
        remarks: what is to be said.
        config: limits.

    Raises:
        UnsupportedFormat: it is no .docx.
        DamagedInput, LimitExceeded: it cannot be opened whole.
    """
    import docx
    from docx.text.run import Run

    from vnadmin.source.docx.package import open_package

    if not data.startswith(b"PK"):
        raise UnsupportedFormat(_ONLY_DOCX, _SAVE)
    open_package(data, config)  # counts what it unpacks to
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, AttributeError) as error:  # a relation to a part that is not there
        raise DamagedInput("The file names parts that it does not hold.", _SAVE) from error
    letters = _Letters(document.element.body)
    places = _Places(text, letters.text)
    if not letters.runs and remarks:
        raise UnsupportedFormat("The file holds no text of its own to comment on.", _SAVE)
    for remark in sorted(remarks, key=lambda one: one.start, reverse=True):
        place = places.find(remark.start, remark.end)
        quote = " ".join(text[remark.start : remark.end].split())
        words = remark.text if place or not quote else f"«{quote}»\n{remark.text}"
        first, last = letters.cut(*(place or (0, 1)), whole=place is None)
        ends = [Run(cast("CT_R", run), document) for run in (first, last)]
        document.add_comment(ends, text=words, author=AUTHOR, initials="vn")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Letters:
    """The letters of a document's body without white space, each with its run and its place in it."""

    def __init__(self, body: _Element) -> None:
        found = [letter for run in body.iter(f"{_W}r") if _is_seen(run) for letter in _letters(run)]
        self.text = fold("".join(letter for letter, _, _ in found))
        self.runs = [run for _, run, _ in found]
        self._offsets = [offset for _, _, offset in found]

    def cut(self, start: int, end: int, *, whole: bool) -> tuple[_Element, _Element]:
        """The runs that hold this stretch and, where a run is nothing but a text, no more than it."""
        if not whole:
            self._split(end - 1, after=True)
            self._split(start, after=False)
        return self.runs[start], self.runs[end - 1]

    def _split(self, at: int, *, after: bool) -> None:
        """Begin a new run at this letter, or after it."""
        run = self.runs[at]
        following = at + 1 if after else at
        if following >= len(self.runs) or self.runs[following] is not run or not _is_plain(run):
            return
        offset = self._offsets[following]
        if after:  # the white space behind it is none of it
            offset = len((run.findtext(f"{_W}t") or "")[:offset].rstrip())
        if not offset:
            return
        rest = deepcopy(run)
        for one, part in ((run, slice(offset)), (rest, slice(offset, None))):
            letters = one.find(f"{_W}t")
            assert letters is not None
            letters.text = (letters.text or "")[part]
            letters.set(_SPACE, "preserve")
        run.addnext(rest)
        while following < len(self.runs) and self.runs[following] is run:
            self.runs[following] = rest
            self._offsets[following] -= offset
            following += 1


class _Places:
    """Finds a stretch of the read text among the letters of the file."""

    def __init__(self, text: str, letters: str) -> None:
        self._text = text
        self._at = [0]  # of each character, how many letters stand before it
        for char in text:
            self._at.append(self._at[-1] + (not char.isspace()))
        self._read = fold("".join(text.split()))
        self._letters = letters

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Where it stands: by its whole line, by the rest of its line, by itself; None where that is not certain."""
        if end <= start:
            return None
        line = self._text.rfind("\n", 0, start) + 1
        stop = self._text.find("\n", end)
        stop = len(self._text) if stop < 0 else stop
        for begin, close in ((line, stop), (start, stop), (start, end)):
            found = self._same(self._at[begin], self._at[close])
            if found is not None:
                skipped = self._at[start] - self._at[begin]
                return found + skipped, found + skipped + self._at[end] - self._at[start]
        return None

    def _same(self, start: int, end: int) -> int | None:
        """The place in the file of these letters: of several alike the one in the same turn."""
        wanted = self._read[start:end]
        if not wanted:
            return None
        read, there = list(_all(self._read, wanted)), list(_all(self._letters, wanted))
        if len(there) == 1:
            return there[0]
        return there[read.index(start)] if len(read) == len(there) and start in read else None


def _all(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def _is_seen(run: _Element) -> bool:
    return not any(ancestor.tag in _NOT_SEEN for ancestor in run.iterancestors())


def _is_plain(run: _Element) -> bool:
    """Nothing but one text and how it looks."""
    return [child.tag for child in run if child.tag != f"{_W}rPr"] == [f"{_W}t"]


def _letters(run: _Element) -> Iterator[tuple[str, _Element, int]]:
    """The letters of a run, put together from a base and its marks, with the offset at which each begins."""
    for text in run.findall(f"{_W}t"):
        cluster, begun = "", 0
        for offset, char in enumerate([*(text.text or ""), ""]):
            if char and combining(char):
                cluster += char
                continue
            for letter in normalize("NFC", cluster):
                if not letter.isspace():
                    yield letter, run, begun
            cluster, begun = char, offset
