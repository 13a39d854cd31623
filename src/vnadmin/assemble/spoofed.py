"""Values that may not be what is seen: turned in their order, in letters of another script, or in a layer over a picture."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from vnadmin.assemble.evidence import Entry, EvidenceWriter, lower
from vnadmin.genre.capitals import capital_share
from vnadmin.issues import issue
from vnadmin.layout.page import SourceDocument
from vnadmin.model import Grade, Issue
from vnadmin.text.fold import LOOKALIKES, unusual
from vnadmin.text.pattern import pattern

# Greek, Cyrillic, Armenian, Cherokee; letters and figures of full width and of mathematics; figures that are not ASCII's
_STRANGE = (
    r"\u0370-\u03ff\u0400-\u058f\u13a0-\u13ff\u1f00-\u1fff\u2c80-\u2cff\uab70-\uabbf\uff10-\uff5a\U0001d400-\U0001d7ff"
)
# Letters of any other script, as the Hangul filler that is seen as a blank; the micro sign is one of ours.
_FOREIGN = pattern(rf"[{_STRANGE}]|(?![0-9])\p{{Nd}}|(?![\p{{Latin}}\u00b5])\p{{L}}")
_WORD = pattern(r"[\p{L}\p{M}\p{Nd}]++")


def regrade_spoofed(document: SourceDocument, evidence: EvidenceWriter) -> Iterator[Issue]:
    """Values on turned lines, or with words of mixed scripts, are guesses; an issue for each field."""
    mixed = any(map(_FOREIGN.match, unusual(document.text)))
    if not document.turned and not mixed:
        return
    told: set[str] = set()
    for pointer, entries in evidence.entries.items():
        if mixed and any(map(_lookalike, (entry["quote"] for entry in entries))):
            lower(entries, Grade.LIKELY)  # a habit of keyboards, and still no letter that a person can tell
        if any(_is_turned(entry, document) or (mixed and is_mixed(entry["quote"])) for entry in entries):
            lower(entries, Grade.GUESS)
            field = pointer.split("/")[1]
            if field not in told:
                told.add(field)
                yield issue("spoofed_text", pointer)


def regrade_layers(document: SourceDocument, evidence: EvidenceWriter) -> Iterator[Issue]:
    """What a layer over the picture of a page says is not certain: nobody who looks at the page sees it."""
    if not document.layered:
        return
    for entries in evidence.entries.values():
        if any(entry["page"] in document.layered for entry in entries):
            lower(entries, Grade.LIKELY)
    yield issue("layer_over_picture")


def regrade_unsure(document: SourceDocument, evidence: EvidenceWriter) -> Iterator[Issue]:
    """Values that stand where something is hidden, or set in a way not known to be seen, are not certain."""
    if not document.unsure:
        return
    spans = sorted(document.unsure)
    starts = [span.start for span in spans]
    furthest = list(accumulate((span.end for span in spans), max))
    told: set[str] = set()
    for pointer, entries in evidence.entries.items():
        for entry in entries:
            before = bisect_left(starts, entry["end"])
            if not before or furthest[before - 1] <= entry["start"] or entry["grade"] is not Grade.CERTAIN:
                continue
            lower(entries, Grade.LIKELY)
            field = pointer.split("/")[1]
            if field not in told:
                told.add(field)
                yield issue("look_unknown", pointer)


def _is_turned(entry: Entry, document: SourceDocument) -> bool:
    return any(span.start < entry["end"] and span.end > entry["start"] for span in document.turned)


def _lookalike(quote: str) -> bool:
    """Whether a capital of Greek or Cyrillic stands for a Latin one."""
    return any(char in LOOKALIKES and _FOREIGN.match(char) for char in quote)


def is_mixed(text: str) -> bool:
    """Whether a word of a text mixes Latin letters or figures with those of another script.

    Capitals of abbreviations that are seen as Latin ones are a habit of official keyboards ("TT-BTС") and read as such.
    """
    for match in _WORD.finditer(text):
        word = match[0]
        foreign = _FOREIGN.findall(word)
        if not foreign or (len(foreign) == len(word) and not any(map(str.isdecimal, word))):
            continue
        if not (capital_share(word) == 1 and word.isalpha() and all(char in LOOKALIKES for char in foreign)):
            return True
    return False
