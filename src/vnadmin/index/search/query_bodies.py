"""Bodies as people and documents write them: `UBND tỉnh` is `Ủy ban nhân dân tỉnh`, `BTC` is `Bộ Tài chính`, either way round."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from vnadmin.agencies import agencies
from vnadmin.gazetteer import rows
from vnadmin.index.search.terms import folded, has_marks
from vnadmin.text.fold import strip_marks

NAMED: Final = frozenset({"issuer", "addressee", "recipient", "assignee"})  # the fields that hold names of bodies
MOST: Final = 6  # spellings of a name
_SEVERAL: Final = 3  # bodies that an abbreviation may stand for; one that every province has tells none
_SHORTEST: Final = 3  # letters of an abbreviation that is looked for where the name was written out


@lru_cache(maxsize=256)
def spellings(name: str) -> tuple[str, ...]:
    """The name as it was typed, then its other spellings; without accents where it has none."""
    marked = has_marks(name)
    typed = " ".join(folded(name).split())
    full = _replaced(typed, marked)
    found = {typed: name}
    for other in (full, *_of_abbreviation(typed, marked), *_abbreviations(full, marked), *_abbreviated(full, marked)):
        found.setdefault(other, other)
    return tuple(found.values())[:MOST]


def _replaced(name: str, marked: bool) -> str:
    for pattern, _, full in _words(marked):
        name = pattern.sub(full, name)
    return name


def _abbreviated(name: str, marked: bool) -> Iterator[str]:
    """One word of the name shortened after the other; first all of them."""
    words = [(re.compile(rf"(?<!\w){re.escape(full)}(?!\w)"), short) for _, short, full in _words(marked) if short]
    every = name
    for pattern, short in words:
        every = pattern.sub(short, every)
    yield every
    yield from (pattern.sub(short, name) for pattern, short in words)


def _of_abbreviation(name: str, marked: bool) -> Sequence[str]:
    found = _agencies(marked)[0].get(name, ())
    return found if len(found) <= _SEVERAL else ()


def _abbreviations(name: str, marked: bool) -> Sequence[str]:
    """Those that tell this body: `UBND` alone is every province's."""
    names, shorts = _agencies(marked)
    return [short for short in shorts.get(name, ()) if len(short) >= _SHORTEST and len(names[short]) <= _SEVERAL]


@cache
def _words(marked: bool) -> Sequence[tuple[re.Pattern[str], str, str]]:
    """Of each row of `agency_words`: what it replaces, the short form to write (empty: it has none) and the full one."""
    plain = str if marked else strip_marks
    return [
        (re.compile(rf"(?<!\w)(?:{plain(row['abbreviation'])})(?!\w)"), plain(row["short"]), plain(folded(row["name"])))
        for row in rows("agency_words")
    ]


@cache
def _agencies(marked: bool) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """Names by abbreviation, and abbreviations by name."""
    plain = str if marked else strip_marks
    names, shorts = defaultdict[str, dict[str, None]](dict), defaultdict[str, dict[str, None]](dict)
    for agency in agencies():
        name = plain(folded(agency.name))
        for abbreviation in agency.abbreviations:
            short = plain(folded(abbreviation))
            names[short][name] = None
            shorts[name][short] = None
    return {k: tuple(v) for k, v in names.items()}, {k: tuple(v) for k, v in shorts.items()}
