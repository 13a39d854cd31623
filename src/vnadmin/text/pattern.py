"""Patterns that are compiled when they are first used, so that importing vnadmin costs no compilation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    """Stands for a compiled pattern; the slots are filled with the real pattern's methods on the first use of one."""

    __slots__ = ("_flags", "_source", *_METHODS)

    def __init__(self, source: str | Callable[[], str], flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        real = _compiled(self._source if isinstance(self._source, str) else self._source(), self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(real, method))
        return getattr(real, name)


def _compiled(source: str, flags: int) -> Any:
    """By `re` where it knows the syntax: it matches words and classes two to five times as fast as `regex`."""
    try:
        return re.compile(source, flags)
    except re.error:  # `(?r)`, `\p{Lu}`, look-behind of any width, a group named twice
        import regex

        return regex.compile(source, flags)


def pattern(source: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """What `regex.compile` gives, compiled on first use; a defect in `source` shows then, and in the tests.

    A pattern that holds words of a table takes a function, so that the table is read on first use too.
    Where both know the syntax it is a pattern of `re`: use `regex.compile` for `overlapped=`, `timeout=` and captures.
    """
    return cast("re.Pattern[str]", _Lazy(source, flags))
