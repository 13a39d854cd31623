"""Lists of words as one pattern, in which words that begin alike share their beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

_SPELLED = {char: re.escape(char) for char in map(chr, range(128))} | {" ": r"\s+"}


def alternation(items: Iterable[str], between: str = "") -> str:
    """The words as one alternative, longest first; a space stands for any run of white space.

    `between` is a pattern of what may stand between two letters of a word. Words that begin alike share their beginning in the pattern (`th(?:ông\\s+tư|ống\\s+nhất)`): a list of two hundred
    names is tried in a fraction of the time. A pattern that reads from right to left takes `ends_alternation`.
    """
    return _pattern_of(sorted({*items} - {""}), between)


def ends_alternation(items: Iterable[str]) -> str:
    """`alternation` for patterns with `(?r)`: the words share their ends."""
    return _pattern_of(sorted({item[::-1] for item in items} - {""}), backwards=True)


def _pattern_of(words: list[str], between: str = "", at: int = 0, *, backwards: bool = False) -> str:
    """What sorted words that are alike before `at` go on with; `backwards` where they are spelled from their ends."""
    if not words:
        return ""
    first, last, end = words[0], words[-1], at
    while first[end : end + 1] == last[end : end + 1] != "":
        end += 1
    letters = [_SPELLED.get(char, char) for char in first[at:end]]
    alike = "".join(letters[::-1]) if backwards else between.join([""] * (at > 0) + letters)
    is_word = len(first) == end
    further = groupby(words[is_word:], lambda word: word[end])
    rest = "|".join([_pattern_of([*group], between, end, backwards=backwards) for _, group in further])
    if rest:
        rest = f"(?:{rest})?" if is_word else f"(?:{rest})"
    return rest + alike if backwards else alike + rest
