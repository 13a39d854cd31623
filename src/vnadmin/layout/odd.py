"""Where pieces of a format stand in the canonical text: their letters and figures, whatever became of their lines and blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vnadmin.layout.page import Span
from vnadmin.text.fold import fold

_MOST = 200  # places of one piece, and pieces


def places_of(pieces: Sequence[str | None], folded: str) -> Iterator[Span]:
    """Each place of each piece in a folded text; the whole text where one is None or not found, or there are too many."""
    if None in pieces:
        yield Span(0, len(folded))
        return
    wanted = list(dict.fromkeys(letters for piece in pieces if piece and (letters := _letters(fold(piece)))))
    if not wanted:
        return
    at = [index for index, char in enumerate(folded) if char.isalnum()]
    text = "".join([folded[index] for index in at])
    if len(wanted) > _MOST:
        yield Span(0, len(folded))
        return
    for letters in wanted:
        found = text.find(letters)
        if found < 0:
            yield Span(0, len(folded))
            return
        for _ in range(_MOST):
            yield Span(at[found], at[found + len(letters) - 1] + 1)
            found = text.find(letters, found + len(letters))
            if found < 0:
                break


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
