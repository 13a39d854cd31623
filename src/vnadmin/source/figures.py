"""Numbers as files write them: bounded, so that no later sum, repetition or allocation runs away with one."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"\s*+([+-]?[0-9]{1,9})\s*+")


def whole_number(text: str | None, default: int = 0) -> int:
    """A whole number of at most nine figures; anything else reads as the default.

    >>> whole_number("-12"), whole_number("9" * 400), whole_number("1e3", 7), whole_number("\u0663")
    (-12, 0, 7, 0)
    """
    found = _WHOLE.fullmatch(text or "")
    return int(found[1]) if found else default
