"""Names of the header that are a known one but for a mark (`Ù` for `Ủ`) or no words at all, whoever wrote or read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from vnadmin.gazetteer import columns, provinces, words_where
from vnadmin.text.damage.value import is_damaged
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_syllable


def misspelt(values: Mapping[str, Any]) -> Iterator[str]:
    """The pointers of place and agencies that are a province or a body of the lists but for a mark, or are damaged."""
    for name, known in (("place", _provinces()), ("issuing_agency", _bodies()), ("parent_agency", _bodies())):
        value = values[name] or ""
        spellings = known.get(bare(fold(value)), set())
        if fold(value) in spellings:
            continue
        if spellings or is_damaged(value) or (name == "place" and any(map(_is_mismarked, _WORD.findall(value)))):
            yield f"/{name}"


_WORD = pattern(r"(?<![\w'’])[^\W\d_]+")  # not the end of "Cư M'gar"


def _is_mismarked(word: str) -> bool:
    """Whether a word is no syllable with its marks and one without, or a piece of one: `Nộì`, `Q uảng`; not `Krông`, `Tp`."""
    return not is_syllable(word) and (word.islower() or is_syllable(bare(fold(word))))


@cache
def _provinces() -> dict[str, set[str]]:
    return _by_letters(provinces())


@cache
def _bodies() -> dict[str, set[str]]:
    return _by_letters([*columns("agencies")["name"], *words_where("header_words", "kind", "name")])


def _by_letters(names: Iterable[str]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for name in names:
        known.setdefault(bare(name), set()).add(fold(name))
    return known
