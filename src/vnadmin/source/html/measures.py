"""Lengths and shares as CSS writes them, with its functions: `calc(-100vw - 9px)`, `min(0px, 10px)`."""

from __future__ import annotations

import math

from vnadmin.text.pattern import pattern

_NUMBER = r"-?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?:e[+-]?\d{1,2}(?!\d))?"  # "1e-5"
_FIGURE = pattern(_NUMBER)
_LENGTH = pattern(rf"({_NUMBER})(px|pt|em|rem|ex|ch|cm|mm|in|pc|vw|vh|%|)(?![\w.])")
_POINTS = {
    "px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "ex": 6.0, "ch": 6.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "pc": 12.0,
    "vw": 8.0, "vh": 6.0, "%": 6.0, "": 1.0,
}  # fmt: skip
_CALL = pattern(r"(min|max|clamp|calc|(?<![\w-]))\(([^()]{1,120})\)")  # the innermost
_TERM = pattern(rf"([+-]\s)?\s?({_NUMBER}(?:px|pt|em|rem|ex|ch|cm|mm|in|pc|vw|vh|%|)(?![\w.]))")
_DEEPEST = 4


def number(text: str) -> float:
    return float(match[0]) if (match := _FIGURE.match(text)) else 1.0


def share(text: str) -> float:
    """A share of one: ".5", "50%", "calc(0)"."""
    if "(" in text and (length := points(text)) is not None:
        return length / (100 * _POINTS["%"] if "%" in text else 1)
    return number(text) / (100 if "%" in text else 1)


def points(text: str) -> float | None:
    """A length in points, as near as it matters for what is far off or nearly nothing."""
    text = text.strip()
    for _ in range(_DEEPEST):
        call = _CALL.search(text) if "(" in text else None
        if call is None:
            break
        text = f"{text[: call.start()]}{_called(call[1], call[2]):.3f}pt{text[call.end() :]}"
    match = _LENGTH.match(text)
    return float(match[1]) * _POINTS[match[2]] if match else None


def _called(name: str, inside: str) -> float:
    """What a function gives of lengths, in points."""
    given = [_calculated(part) for part in inside.split(",")]
    if name == "clamp" and len(given) == 3:
        return max(given[0], min(given[1], given[2]))
    return max(given) if name == "max" else min(given)


def _calculated(text: str) -> float:
    """A sum or a product of lengths and figures."""
    terms = [
        (sign, float(match[1]) * _POINTS[match[2]])
        for sign, term in _TERM.findall(text)
        if (match := _LENGTH.match(term))
    ]
    if "*" in text:
        return math.prod(value for _, value in terms)
    return sum(-value if sign.startswith("-") else value for sign, value in terms)
