"""Numbers as files write them: bounded, so that no later sum, repetition or allocation runs away with one."""

from __future__ import annotations

import re

_FIGURES = 9
_WHOLE = re.compile(rf"\s*+([+-]?[0-9]{{1,{_FIGURES}}})\s*+")


def whole_number(text: str | None, default: int = 0) -> int:
    """A whole number of at most nine figures; anything else reads as the default.

    >>> whole_number("-12"), whole_number("9" * 400), whole_number("1e3", 7), whole_number("\u0663")
    (-12, 0, 7, 0)
    """
    if not text:
        return default
    if len(text) <= _FIGURES and text.isascii() and text.isdigit():  # nearly every one
        return int(text)
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found else default
