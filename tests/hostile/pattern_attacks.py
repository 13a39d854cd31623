"""Writes, for a pattern, the texts on which it would be slow if it can be: what it repeats, after what stands before."""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from itertools import islice
from typing import Any

MANY = 16  # a repeat of so many or more can be made long
_MOST = 60  # texts of one pattern
_BRANCHES = 3  # of an alternation that are tried
_GENERAL = (
    " ",
    "\t",
    "\n",
    "0",
    "1.",
    "a",
    "A",
    "Đ",
    "à ",
    "A ",
    "a-",
    ". ",
    "- ",
    "….",
    "/",
    "(",
    '"',
    ", ",
    "\u00a0",
    "số ",
    "1/2/",
)
# What `re` does not know, in words that it does, for its parser alone: nothing is matched with the result.
_REWRITTEN = (
    (re.compile(r"\(\?r\)|\(\?V1\)"), ""),
    (re.compile(r"\(\?<[=!]"), "(?:"),
    (re.compile(r"\(\?P<\w+>"), "("),
    (re.compile(r"\(\?\|"), "(?:"),
    (re.compile(r"\[\[:alpha:\]\]"), "[a-z]"),
    (re.compile(r"\\p\{Lu\}"), "A-BĐ"),
    (re.compile(r"\\p\{Ll\}"), "a-bđ"),
    (re.compile(r"\\p\{M\}"), "\u0301"),
    (re.compile(r"\\p\{N\}"), "0-9"),
    (re.compile(r"\\p\{L\w?\}"), "a-zA-ZĐđ"),
)


def attacks(source: str, flags: int, length: int) -> Iterator[str]:
    """Texts of about this length."""
    seen: set[tuple[str, str]] = set()
    backwards = "(?r)" in source
    pairs = (*_pairs(source, flags), *(("", unit) for unit in _GENERAL))
    for before, unit in islice((pair for pair in pairs if pair not in seen and not seen.add(pair)), _MOST):  # type: ignore[func-returns-value]
        times = max(length // max(len(unit), 1), 1)
        run = unit * times
        yield run + before + "\0" if backwards else before + run + "\0"
        if before:
            yield run + "\0" + before if backwards else before + run
            whole = unit * 2 + before if backwards else before + unit * 2
            yield whole * max(length // len(whole), 1) + "\0"
            yield before * max(length // len(before), 1) + "\0"


def _pairs(source: str, flags: int) -> Iterator[tuple[str, str]]:
    """(what stands before a repeat, one round of it), for every repeat of the pattern."""
    for old, new in _REWRITTEN:
        source = old.sub(lambda match, new=new: _classed(match, new), source)
    try:
        tree = parser.parse(source, flags & (re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE))
    except re.error:
        yield from (("", char) for char in dict.fromkeys(re.findall(r"\w", source)))
        return
    yield from _visit(tree, "")
    yield "", _one(tree) or " "


def _classed(match: re.Match[str], new: str) -> str:
    """A class stands in brackets of its own unless it stands in a set."""
    if not match[0].startswith("\\p"):
        return new
    before = re.sub(r"\\.", "", match.string[: match.start()])
    inside = before.rfind("[") > before.rfind("]")
    return new if inside else f"[{new}]"


def _visit(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    for op, value in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, body = value
            if most is sre.MAXREPEAT or most >= MANY:
                rounds = list(islice(_some(body), _BRANCHES))
                yield from ((before, one) for one in rounds if one)
                if len(rounds) > 1:
                    yield before, "".join(rounds)
            yield from _visit(body, before)
        elif op is sre.BRANCH:
            for branch in value[1][:_BRANCHES]:
                yield from _visit(branch, before)
        elif op is sre.SUBPATTERN:
            yield from _visit(value[-1], before)
        elif op is sre.ATOMIC_GROUP:
            yield from _visit(value, before)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _visit(value[1], before)
            continue
        before += _one([(op, value)])


def _one(tree: Any) -> str:
    return next(_some(tree), "")


def _some(tree: Any) -> Iterator[str]:
    """A few texts that a pattern matches, look-arounds left aside; every repeat at its least, but once."""
    texts = [""]
    for op, value in tree:
        texts = [text + part for part in islice(_parts(op, value), _BRANCHES) for text in texts][: _BRANCHES**2]
    yield from texts


def _parts(op: Any, value: Any) -> Iterator[str]:
    if op is sre.LITERAL:
        yield chr(value)
    elif op is sre.NOT_LITERAL:
        yield "x" if value != ord("x") else "y"
    elif op is sre.ANY:
        yield from ("x", " ")
    elif op is sre.IN:
        yield from _members(value)
    elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, body = value
        yield from (one * max(min(least, 50), min(most, 1)) for one in _some(body))
    elif op is sre.BRANCH:
        for branch in value[1]:
            yield from islice(_some(branch), 1)
    elif op is sre.SUBPATTERN:
        yield from _some(value[-1])
    elif op is sre.ATOMIC_GROUP:
        yield from _some(value)
    else:
        yield ""


_CATEGORIES = {
    sre.CATEGORY_SPACE: " ", sre.CATEGORY_DIGIT: "1", sre.CATEGORY_WORD: "a", sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_NOT_DIGIT: "a", sre.CATEGORY_NOT_WORD: " ",
}  # fmt: skip


def _members(items: Any) -> Iterator[str]:
    if items[0][0] is sre.NEGATE:
        refused = {value for op, value in items[1:] if op is sre.LITERAL}
        kinds = {value for op, value in items[1:] if op is sre.CATEGORY}
        for char in "a 1-(":
            kind = (
                sre.CATEGORY_SPACE
                if char == " "
                else sre.CATEGORY_DIGIT
                if char == "1"
                else sre.CATEGORY_WORD
                if char == "a"
                else None
            )
            if ord(char) not in refused and kind not in kinds:
                yield char
        return
    for op, value in items:
        if op is sre.LITERAL:
            yield chr(value)
        elif op is sre.RANGE:
            yield chr(value[0])
        elif op is sre.CATEGORY:
            yield _CATEGORIES.get(value, "a")
