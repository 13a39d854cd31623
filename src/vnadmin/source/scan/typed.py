"""Text that an e-office system laid over a scanned page as annotations: its number and day, and signature stamps."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin.layout.placed.geometry import PlacedWord, Segment, segments


class Typed(NamedTuple):
    """Words set into blanks of the page, and the lines of stamps; both are exact, no engine read them."""

    words: tuple[PlacedWord, ...] = ()
    stamps: tuple[Segment, ...] = ()


def typed_on(document: object, index: int) -> Typed:
    """What annotations show on a page of a PDF; draw the page before this, which makes them part of it.

    Args:
        document: the raw handle of a PDF.
        index: the page, from 0.
    """
    from vnadmin.source.pdf.annotations import sort_words
    from vnadmin.source.pdf.loaded import loaded_page
    from vnadmin.source.pdf.text import Fonts, read_words

    with loaded_page(document, index, only_annotated=True) as loaded:
        if loaded is None or loaded.own == len(loaded.text):
            return Typed()
        found = read_words(loaded.text_page, loaded.text, loaded.sheet, index + 1, Fonts()).upright
        added = [word for word in found if word.key >= loaded.own]
        own, stamps = sort_words(added, loaded.annotations)
    return Typed(tuple(own), tuple(line for stamp in stamps for line in segments(stamp)))
