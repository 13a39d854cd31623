"""Text that a converter of PDF read in a picture and marked as such: its words stay, scraps of a seal or a stroke go."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.capitals import in_capitals
from vnadmin.layout.flow.raw import RawLine
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable

# "<!-- Start of picture text -->", lines that end with "<br>", "<!-- End of picture text -->"; "**----- Start of picture text -----**<br>"
_EDGE = pattern(r"(?:<!-- |[*]{2}-{4,6} )(?P<edge>Start|End) of picture text(?: -->| -{4,6}[*]{2})")
_OMITTED = pattern(r"[*]{2}==> picture \[[^\]]{0,40}\] intentionally omitted <==[*]{2}")
_PICTURE = "picture"
_BREAK = "<br>"
_WORD = pattern(r"[^\W\d_]+")
_SHARE = 0.5  # of its words that are spelled, in a line that somebody wrote


def without_scraps(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those of a picture without what no hand wrote: `GIÁM ĐỐC`, `[ef $0 )`, `Phạm Thị Mai`."""
    kept: list[RawLine] = []
    inside = False
    for line in lines:
        text = line.text
        edges = _EDGE.findall(text) if _PICTURE in text else []
        if edges:
            inside = edges[-1] == "Start"
            text = _EDGE.sub("", text)
        elif not inside and _PICTURE in text and _OMITTED.fullmatch(text.strip()):
            continue
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
