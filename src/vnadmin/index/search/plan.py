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

from vnadmin.index.search.query import Choice, Query, Value, Words
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
    any_of: phrases that must all be there, for each part of the query; one part is enough.
    """

    place: Place
    accents: bool
    any_of: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...]


def plan(query: Query) -> list[Tier]:
    """The tiers of a query, best first; all documents of a tier but the last are in the last one too."""
    # A number whose place before the slash was left blank is none: the catalogue's table tells (`sql._numberless`).
    none_of = (*_excluded(query.excluded), *(_edge(field) for field in sorted(query.lacking - {"number"})))
    having = tuple(_edge(field) for field in sorted(query.having - {"number"}))
    found: dict[tuple[tuple[str, ...], ...], Tier] = {}
    for accents in (True, False) if any(map(_is_marked, query.choices)) else (False,):
        placed = [dict(_placed(choice, accents)) for choice in query.choices]
        for place, substitute in _order(query):
            any_of = tuple(
                dict.fromkeys((*(at.get(place) or at.get(substitute) or at["value"]), *having) for at in placed)
            )
            found.setdefault(any_of, Tier(place, accents, any_of, none_of))
    return list(found.values())


def _is_marked(choice: Choice) -> bool:
    texts = [*(item.text for item in choice.words), *(value.text for value in choice.values)]
    return any(map(has_marks, texts))


def _order(query: Query) -> Iterator[tuple[Place, Place]]:
    """The places of the tiers, each with the wider one for a part of the query that has it not."""
    if any(choice.words for choice in query.choices):
        in_a_row = any(choice.words and _may_be_in_a_row(choice.words) for choice in query.choices)
        for _, row, each in _PLACES:
            yield from ((row, each), (each, each)) if in_a_row else ((each, each),)
        return
    if not query.due:  # a search for tasks is about the tasks, not about how their bodies are named
        yield "whole_value", "value"
    yield "value", "value"


def wider(tier: Tier, tiers: Sequence[Tier]) -> Tier | None:
    """The narrowest tier that holds all documents of this one; None for the last of all."""
    same = {other.place: other for other in tiers if other.accents is tier.accents}
    for place in _WIDER.get(tier.place, ()):
        if place in same:
            return same[place]
    # Where accents are all that differs, nothing is saved by asking without them first.
    return tiers[-1] if tier.accents and len(same) > 1 and tiers[-1] != tier else None


def _placed(choice: Choice, accents: bool) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """The phrases of a part of the query by the place where its words stand."""
    fields = [_value(value, accents, whole=False) for value in choice.values]
    if not choice.words:
        yield "whole_value", tuple(_value(value, accents, whole=True) for value in choice.values)
        yield "value", tuple(fields)
        return
    marks = accents and any(has_marks(item.text) for item in choice.words)
    everything = " ".join(item.text for item in choice.words)
    for letter, in_a_row, each in _PLACES:
        if _may_be_in_a_row(choice.words):
            yield in_a_row, (" ".join(terms(letter, everything, marks=marks)), *fields)
        phrases = dict.fromkeys(" ".join(terms(letter, item.text, marks=marks)) for item in choice.words)
        yield each, (*phrases, *fields)


def _may_be_in_a_row(wanted: Sequence[Words]) -> bool:
    """Who names several phrases does not mean them in a row."""
    return sum(item.phrase for item in wanted) <= 1


def _value(value: Value, accents: bool, *, whole: bool) -> str:
    letter = LETTERS[value.field]
    marks = accents and has_marks(value.text)
    run = terms(letter, value.text, marks=marks)
    return " ".join(edges(letter, run, marks=marks) if whole else run)


def _edge(field: str) -> str:
    """What a document has that has a value of the field."""
    return "".join(edges(LETTERS[field], (), marks=False)[:1])


def _excluded(choice: Choice) -> Iterator[str]:
    """A minus takes away what was typed: with accents only what has them, without accents all that folds to it."""
    for item in choice.words:
        if tokens(item.text):
            yield " ".join(terms(BODY, item.text, marks=has_marks(item.text)))
    for value in choice.values:
        yield " ".join(terms(LETTERS[value.field], value.text, marks=has_marks(value.text)))
