"""What the rest of a document says of a name: it stands there whole, or with its verb as a part of it."""

from __future__ import annotations

from typing import Final

from vnadmin.fields.directives.lexicon import lexicon, link_words
from vnadmin.fields.directives.phrases import Hit
from vnadmin.layout.page import SourceDocument
from vnadmin.text.pattern import pattern

_NAME_WINDOW: Final = 20_000  # characters around a name in which it is looked for again


def repeated(document: SourceDocument, start: int, end: int) -> bool:
    """Whether the words of a name stand near by too with another word after them, and so are a whole name."""
    folded = document.folded
    name, verb = folded[start:end], folded[end : end + 12].split(" ")[0]
    at, limit = folded.find(name, max(0, start - _NAME_WINDOW), start), start + _NAME_WINDOW
    if at < 0:
        at = folded.find(name, end, limit)
    return at >= 0 and not folded.startswith(verb, at + len(name))


def named_elsewhere(document: SourceDocument, hit: Hit, before: list[str]) -> bool:
    """Whether the document has a noun and the verb after it as a name elsewhere: `của Hội đồng xét tặng cấp Bộ`.

    A committee is written with a capital there; of others only `với` tells: `với doanh nghiệp quản lý tài sản`, for
    `của Chính phủ quy định` stands before each title.
    """
    words, folded = lexicon(), document.folded
    nouns = words.committees | words.known
    noun = next((known for n in (2, 1) if (known := " ".join(before[-n:])) in nouns), "")
    start = hit.start - 1 - len(noun)
    following = _NEXT_WORD.match(folded, hit.end)
    if not noun or following is None or (noun in words.committees and not document.text[start].isupper()):
        return False
    low, high = max(0, start - _NAME_WINDOW), start + _NAME_WINDOW
    name = folded[start : following.end()]
    for word in link_words("before a committee" if noun in words.committees else "before a partner"):
        at = folded.find(f" {word} {name}", low, high)
        if at >= 0 and at + len(word) + 2 == start:
            at = folded.find(f" {word} {name}", start, high)
        if at >= 0:
            return True
    return False


_NEXT_WORD = pattern(r" \w++")
