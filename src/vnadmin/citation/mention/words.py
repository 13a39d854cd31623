"""Word lists of citations (types, issuers, law names, title words) as compiled patterns over folded text."""

from __future__ import annotations

from functools import cache
from typing import Final

from vnadmin.gazetteer import cited_types, words_where
from vnadmin.text.alternation import alternation, ends_alternation
from vnadmin.text.fold import bare, fold


@cache
def instrument_kinds() -> dict[str, str]:
    """Folded types without marks, and their kinds."""
    return {bare(word): kind for word, kind in cited_types().items()}


@cache
def types_pattern() -> str:
    """Every type of instrument, for text without marks that is read from right to left."""
    return ends_alternation(instrument_kinds())


@cache
def instrument_words(*kinds: str) -> tuple[str, ...]:
    """The types of some kinds, folded."""
    return tuple(fold(word) for word, kind in cited_types().items() if kind in kinds)


@cache
def types_folded(*kinds: str) -> str:
    """The types of some kinds, for folded text."""
    return alternation(instrument_words(*kinds))


@cache
def types_before(*kinds: str) -> str:
    """The types of some kinds, for folded text that is read from right to left."""
    return ends_alternation(instrument_words(*kinds))


@cache
def law_names(kind: str) -> str:
    """Known names of laws, codes or ordinances, for folded text; their commas are often left out."""
    names = (spelling for name in words_where("law_names", "kind", kind, "name") for spelling in _spellings(fold(name)))
    return alternation(names).replace(",", ",?")


# "Luật ban hành VBQPPL của HĐND, UBND", "văn bản qui phạm pháp luật"
_OTHER_SPELLINGS: Final = (
    ("văn bản quy phạm pháp luật", ("văn bản qui phạm pháp luật", "vbqppl")),
    ("hội đồng nhân dân", ("hđnd",)),
    ("uỷ ban nhân dân", ("ubnd",)),
)


def _spellings(name: str) -> list[str]:
    """A folded name of a law and the same with what is often abbreviated in it."""
    found = [name]
    for known, others in _OTHER_SPELLINGS:
        found += [one.replace(known, other) for one in found if known in one for other in others]
    return found


@cache
def issuers(kind: str) -> str:
    """Full names, offices or opening words of issuers, for folded text."""
    return alternation(fold(word) for word in words_where("issuer_words", "kind", kind))


@cache
def title_words(name: str) -> str:
    """Words that open a title (`title`) or never do (`not_title`), for folded text."""
    return alternation(fold(word) for word in words_where("citation_words", "list", name))


@cache
def words_before(name: str) -> str:
    """`title_words` for text that is read from right to left."""
    return ends_alternation(fold(word) for word in words_where("citation_words", "list", name))


@cache
def trigger_words(kind: str) -> tuple[str, ...]:
    """Words that tell a relation, folded."""
    return tuple(fold(word) for word in words_where("relation_triggers", "kind", kind))


@cache
def triggers(kind: str) -> str:
    """Words that tell a relation, for folded text."""
    return alternation(trigger_words(kind))


@cache
def long_verbs() -> str:
    """Verbs of a main clause of two syllables and more, for folded text; one syllable ends nouns too: `công trình`."""
    return alternation(fold(word) for word in words_where("citation_words", "list", "verb") if " " in word)
