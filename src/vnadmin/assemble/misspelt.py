"""Names that are a known one but for a mark: `Ù` for `Ủ`, whoever wrote or read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from vnadmin.gazetteer import provinces, rows, words_where
from vnadmin.text.fold import bare, fold


def misspelt(values: Mapping[str, Any]) -> Iterator[str]:
    """The pointers of place and agencies that are a province or a body of the lists, but for a mark."""
    for name, known in (("place", _provinces()), ("issuing_agency", _bodies()), ("parent_agency", _bodies())):
        value = fold(values[name] or "")
        if value not in known.get(bare(value), (value,)):
            yield f"/{name}"


@cache
def _provinces() -> dict[str, set[str]]:
    return _by_letters(provinces())


@cache
def _bodies() -> dict[str, set[str]]:
    return _by_letters([*(row["name"] for row in rows("agencies")), *words_where("header_words", "kind", "name")])


def _by_letters(names: Iterable[str]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for name in names:
        known.setdefault(bare(name), set()).add(fold(name))
    return known
