"""Text that a converter of PDF read in a picture and marked as such: its words stay, scraps of a seal or a stroke go."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.capitals import in_capitals
from vnadmin.layout.flow.raw import RawLine
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

# "<!-- Start of picture text -->", lines that end with "<br>", "<!-- End of picture text -->"
_OPENS, _CLOSES = "<!-- Start of picture text -->", "<!-- End of picture text -->"
_BREAK = "<br>"
_WORD = pattern(r"[^\W\d_]+")
_SHARE = 0.5  # of its words that are spelled, in a line that somebody wrote


def without_scraps(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those of a picture without what no hand wrote: `GIÁM ĐỐC`, `[ef $0 )`, `Phạm Thị Mai`."""
    kept: list[RawLine] = []
    inside = False
    for line in lines:
        text = line.text
        if _OPENS in text or _CLOSES in text:
            inside = _OPENS in text
            text = text.replace(_OPENS, "").replace(_CLOSES, "")
        elif not inside:
            kept.append(line)
            continue
        kept += [line._replace(text=piece) for piece in text.split(_BREAK) if _is_written(piece)]
    return kept


def _is_written(text: str) -> bool:
    """Whether most words of a line are spelled; those in capitals are asked where there are no others."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    words = [word for word in words if not in_capitals(word)] or words
    return any(not word.isascii() for word in words) and sum(map(is_syllable, words)) > _SHARE * len(words)
