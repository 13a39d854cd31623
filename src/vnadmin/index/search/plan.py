"""A query becomes tiers: ever weaker conditions, whose documents come one after the other, newest first in each.

Why tiers and not a score: a person can see why a document stands where it stands, SQLite and PostgreSQL give the same
answers in the same order, and the first page costs the same whether ten documents match or a hundred thousand
(docs/decisions/0051-tiers.md). What is typed with accents is looked for with accents first, then without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from vnadmin.index.search.query import Query, Value, Words
from vnadmin.index.search.terms import BODY, HEAD, LETTERS, TITLE, edges, has_marks, terms, tokens

Place = Literal["title_phrase", "title", "head_phrase", "head", "text_phrase", "text", "whole_value", "value"]
# Where words may stand, best first: all in a row, then each for itself.
_PLACES: Final[tuple[tuple[str, Place, Place], ...]] = (
    (TITLE, "title_phrase", "title"),
    (HEAD, "head_phrase", "head"),
    (BODY, "text_phrase", "text"),
)
# Where all documents of a place are found too: the first of these that the query has.
_WIDER: Final[Mapping[Place, tuple[Place, ...]]] = MappingProxyType(
    {
        "title_phrase": ("title", "head", "head_phrase", "text", "text_phrase"),
        "title": ("head", "text"),
        "head_phrase": ("head", "text", "text_phrase"),
        "head": ("text",),
        "text_phrase": ("text",),
        "whole_value": ("value",),
    }
)


@dataclass(frozen=True, slots=True)
class Tier:
    """What the documents of a tier fulfil; a phrase is terms in a row, separated by blanks.

    accents: found as typed, accents included; false: only without them.
    """

    place: Place
    accents: bool
    all_of: tuple[str, ...]
    none_of: tuple[str, ...]


def plan(query: Query) -> list[Tier]:
    """The tiers of a query, best first; all documents of a tier but the last are in the last one too."""
    wanted = [item for item in query.words if not item.negative]
    values = [value for value in query.values if not value.negative]
    words_marked = any(has_marks(item.text) for item in wanted)
    marked = words_marked or any(has_marks(value.text) for value in values)
    none_of = tuple(_excluded(query))
    found: dict[tuple[str, ...], Tier] = {}
    for accents in (True, False) if marked else (False,):
        fields = [_value(value, accents, whole=False) for value in values]
        if wanted:
            for place, phrases in _places(wanted, words_marked and accents):
                tier = Tier(place, accents, (*phrases, *fields), none_of)
                found.setdefault(tier.all_of, tier)
        else:
            if not query.due:  # a search for tasks is about the tasks, not about how their bodies are named
                whole = tuple(_value(value, accents, whole=True) for value in values)
                found.setdefault(whole, Tier("whole_value", accents, whole, none_of))
            found.setdefault(tuple(fields), Tier("value", accents, tuple(fields), none_of))
    return list(found.values())


def wider(tier: Tier, tiers: Sequence[Tier]) -> Tier | None:
    """The narrowest tier that holds all documents of this one; None for the last of all."""
    same = {other.place: other for other in tiers if other.accents is tier.accents}
    for place in _WIDER.get(tier.place, ()):
        if place in same:
            return same[place]
    # Where accents are all that differs, nothing is saved by asking without them first.
    return tiers[-1] if tier.accents and len(same) > 1 and tiers[-1] != tier else None


def _places(wanted: Sequence[Words], marks: bool) -> Iterator[tuple[Place, list[str]]]:
    everything = " ".join(item.text for item in wanted)
    quoted = sum(item.phrase for item in wanted) > 1  # who names several phrases does not mean them in a row
    for letter, in_a_row, each in _PLACES:
        if not quoted:
            yield in_a_row, [" ".join(terms(letter, everything, marks=marks))]
        yield each, list(dict.fromkeys(" ".join(terms(letter, item.text, marks=marks)) for item in wanted))


def _value(value: Value, accents: bool, *, whole: bool) -> str:
    letter = LETTERS[value.field]
    marks = accents and has_marks(value.text)
    run = terms(letter, value.text, marks=marks)
    return " ".join(edges(letter, run, marks=marks) if whole else run)


def _excluded(query: Query) -> Iterator[str]:
    """A minus takes away what was typed: with accents only what has them, without accents all that folds to it."""
    for item in query.words:
        if item.negative and tokens(item.text):
            yield " ".join(terms(BODY, item.text, marks=has_marks(item.text)))
    for value in query.values:
        if value.negative:
            yield " ".join(terms(LETTERS[value.field], value.text, marks=has_marks(value.text)))
