"""Titles (trích yếu) in citations: what is no part of one at its end."""

from __future__ import annotations

from vnadmin.citation.mention.words import title_words
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.text.pattern import pattern

_AFTER_ABOUT = pattern(r"(?r)(?<!\w)(?:việc|v/v)\s*:?\s*")
# A verb and nothing after it: `quy định`, `tiếp tục`.
_BARE_OPENING = pattern(lambda: rf"(?:{title_words('speech')}|{title_words('title')}|{title_words('not_title')})")
# "Nghị định số 3/2024/NĐ-CP quy định về tiền thuê đất [quy định]: “2. ..."
_STATES = pattern(r"(?r)\s(?:quy|qui)\s+định(?:\s+rõ)?\s*")
_WORDS_FOLLOW = pattern(r"\s*(?::|[“\"])")


def trimmed(document: SourceDocument, start: int, end: int) -> Span | None:
    """The title between two positions without marks and the words that lead to a quotation; None if no title is left."""
    text, folded = document.text, document.folded
    states = _STATES.match(folded, start, end) if _WORDS_FOLLOW.match(folded, end) else None
    if states and states.start() > start:
        end = states.start()
    while end > start and text[end - 1] in " ,.;:-/\n":
        end -= 1
    if text[end - 1] in '"”' and not any(mark in text[start : end - 1] for mark in '"“'):
        end -= 1
    bare = _BARE_OPENING.fullmatch(folded, start, end) and not _AFTER_ABOUT.match(folded, 0, start)
    if end - start < 3 or bare:
        return None  # "quy định", "tiếp tục" and nothing after it; "về việc gia hạn" is a title
    return Span(start, end)
