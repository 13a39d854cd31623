"""`Nghị định này`, `Quyết định này`: where a document speaks of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vnadmin.citation.mention.words import types_before
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.pattern import pattern
from vnadmin.text.places import find_all

_BEFORE = pattern(lambda: rf"(?r)(?<!\w)(?P<type>{types_before('act', 'letter', 'law', 'paper', 'constitution')})")


class SelfMention(NamedTuple):
    """A type and `này`."""

    start: int
    end: int
    type: Span


def find_self(document: SourceDocument, start: int, end: int) -> Iterator[SelfMention]:
    """`Thông tư này`; the word that opens an act's name is a capital, so that `chương trình này` is none."""
    folded = document.folded
    for at in find_all(folded, " này", start, end):
        stop = at + 4
        if folded[stop : stop + 1].isalnum():
            continue  # "nảy", "này" inside a longer word
        match = _BEFORE.match(folded, max(start, at - 40), at)
        if match and document.text[match.start()].isupper():
            yield SelfMention(match.start(), stop, Span(*match.span("type")))
