"""What an archive knows of an issuer, and the one known value that a doubtful reading is a letter or two away from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vnadmin.index.catalog.schema import KEY_LIMIT
from vnadmin.index.witness.facts import SURE, TOLD, Facts
from vnadmin.text.fold import bare, fold

KINDS: Final = ("spelling", "parent", "place", "notation", "post", "signer", "recipient")
# where a document has one of a kind
SINGLE: Final = {
    "spelling": "/issuing_agency",
    "parent": "/parent_agency",
    "place": "/place",
    "notation": "/number/notation",
}
SAMPLES: Final = 5  # contents that are named as witnesses
PERSON: Final = 10  # documents that one word of a person weighs
_KNOWN: Final = 2  # weight from which a value is known: a certain reading is wrong once in a hundred times
RARE: Final = 20  # times that a name is seen as often as another that may be a misreading of it
_REAL: Final = (
    3  # doubtful readings of one form from which it is a name of its own, unless it is rare beside the known one
)
_SHORT, _LONG = 6, 12  # letters of a name from which one may be misread, and two
_DASH: Final = re.compile("[-/ ]")  # between the parts of a code
_DROPPED: Final = (" ", "-", ".", "/", ",")  # what OCR loses and adds beside letters


class KnownRow(NamedTuple):
    """A row of `known_values` without its issuer."""

    kind: str
    value: str
    about: str
    year: int
    documents: int
    people: int
    samples: tuple[str, ...]

    @property
    def weight(self) -> int:
        return self.documents + PERSON * self.people


@dataclass(frozen=True, slots=True)
class Name:
    """A value of an issuer with all that shows it.

    Attributes:
        value: as most documents print it.
        about: what it goes with: the posts of a signer.
        first, last: years in which it was used.
    """

    value: str
    about: tuple[str, ...]
    weight: int
    documents: int
    people: int
    first: int
    last: int
    samples: tuple[str, ...]

    def stood(self, year: int) -> bool:
        """Whether it was used in a year, or before and after it; of a document without a year nobody can tell."""
        return not year or self.first <= year <= self.last


@dataclass(frozen=True)
class Known:
    """All that is known of one issuer."""

    rows: Collection[KnownRow] = field(default_factory=tuple)

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, Name]]:
        """By kind and folded value."""
        groups: defaultdict[tuple[str, str], list[KnownRow]] = defaultdict(list)
        for row in self.rows:
            groups[row.kind, form(row.value)].append(row)
        found: defaultdict[str, dict[str, Name]] = defaultdict(dict)
        for (kind, folded), rows in groups.items():
            found[kind][folded] = _name(rows)
        return found

    def at(self, kind: str, value: str) -> Name | None:
        """The name that is a value."""
        return self.names.get(kind, {}).get(form(value))

    @property
    def weight(self) -> int:
        """In how many documents the issuer itself is sure."""
        return sum(name.weight for name in self.names.get("spelling", {}).values())

    def alone_near(self, kind: str, value: str, year: int, often: int = 1) -> Name | None:
        """The one known name of that year that a reading is a letter or two away from; None where it is one, or near several.

        Args:
            often: in how many documents it was read so.
        """
        names, folded = self.names.get(kind, {}), form(value)
        if folded in names:
            return None
        found = close_codes(folded, names.keys()) if kind == "notation" else close(folded, names)
        near = [names[one] for one in found if names[one].stood(year)]
        most = max((name.weight for name in near), default=0)
        weighty = [name for name in near if name.weight * RARE > most]
        is_real = often >= _REAL and often * RARE > most
        return weighty[0] if most >= _KNOWN and len(weighty) == 1 and not is_real else None


def form(value: str) -> str:
    """What spellings of a value have in common: case, blanks, tone placement; marks count."""
    return " ".join(fold(value).split())


def close(value: str, names: Iterable[str]) -> list[str]:
    """Names that a value may be a misreading of: one letter of six and more, two of twelve and more, differ."""
    most = 0 if len(value) < _SHORT else 1 if len(value) < _LONG else 2
    return [
        name
        for name, _, _ in process.extract(
            value, list(names), scorer=Levenshtein.distance, score_cutoff=most, limit=None
        )
    ]


def close_codes(value: str, codes: Collection[str]) -> list[str]:
    """Codes that a value may be a misreading of: `SNU-VP` of `SNV-VP`.

    A code of a few letters is near many others. So one letter of the parts that all codes of the issuer have may be any, and
    elsewhere only marks, signs and what looks alike may differ.
    """
    parts = [set(_DASH.split(code)) for code in codes]
    shared = set.intersection(*parts) if len(parts) > 1 else set()
    found = []
    for code, _, _ in process.extract(value, list(codes), scorer=Levenshtein.distance, score_cutoff=2, limit=None):
        own, other = _DASH.split(value), _DASH.split(code)
        differing = [(one, there) for one, there in zip(own, other, strict=False) if one != there]
        of_issuer = len(own) == len(other) and len(differing) == 1 and differing[0][1] in shared
        if _is_alike(value, code) or (of_issuer and Levenshtein.distance(*differing[0]) == 1):
            found.append(code)
    return found


def _is_alike(one: str, other: str) -> bool:
    """Whether what differs are marks, signs between letters, and letters of one look."""
    for edit in Levenshtein.editops(one, other):
        if edit.tag == "replace":
            if _look(one[edit.src_pos]) != _look(other[edit.dest_pos]):
                return False
        elif (one[edit.src_pos] if edit.tag == "delete" else other[edit.dest_pos]) not in _DROPPED:
            return False
    return True


_LOOKS: Final = {letter: group[0] for group in ("o0qd", "i1l", "b8", "s5", "z2", "g6", "uv", "cg") for letter in group}


def _look(letter: str) -> str:
    plain = bare(letter)
    return _LOOKS.get(plain, plain)


def learn(documents: Iterable[Facts], forgotten: Collection[tuple[str, str]] = ()) -> list[KnownRow]:
    """What documents of one issuer show of it, in a fixed order.

    Args:
        forgotten: kind and folded value of what people told the archive to forget.
    """
    seen: defaultdict[tuple[str, str, str, int], list[tuple[str, int]]] = defaultdict(list)
    for facts in documents:
        if facts.teaches:
            for kind, value, about, sure in _taught(facts):
                if len(value) <= KEY_LIMIT and len(about) <= KEY_LIMIT:
                    seen[kind, value, about, facts.year].append((facts.sha256, sure))
    return [
        KnownRow(
            *shown,
            sum(sure == SURE for _, sure in by),
            sum(sure == TOLD for _, sure in by),
            tuple(sorted({sha256 for sha256, _ in by})[:SAMPLES]),
        )
        for shown, by in sorted(seen.items())
        if not {(shown[0], form(shown[1])), (shown[0], "")} & set(forgotten)
    ]


def _taught(facts: Facts) -> Iterator[tuple[str, str, str, int]]:
    """Kind, value, what it goes with and how sure it is, each once."""
    for kind, pointer in SINGLE.items():
        value, sure = facts.values.get(pointer, ("", 0))
        if sure >= SURE:
            yield kind, value, "", sure
    posts = set[str]()
    names = set[str]()
    for _, name, post in facts.signers():
        if post is not None and post[1] >= SURE and post[0] not in posts:
            posts.add(post[0])
            yield "post", post[0], "", post[1]
        if name is not None and name[1] >= SURE and name[0] not in names:
            names.add(name[0])
            yield "signer", name[0], post[0] if post is not None and post[1] >= SURE else "", name[1]
    for value, sure in dict(facts.recipients).items():
        yield "recipient", value, "", sure


def readings(documents: Iterable[Facts]) -> Counter[tuple[str, str]]:
    """In how many documents each form of a value stands, by kind."""
    seen: Counter[tuple[str, str]] = Counter()
    for facts in documents:
        found = {(kind, facts.values[pointer][0]) for kind, pointer in SINGLE.items() if pointer in facts.values}
        for _, name, post in facts.signers():
            found |= {(kind, value[0]) for kind, value in (("signer", name), ("post", post)) if value is not None}
        seen.update({(kind, form(value)) for kind, value in found})
    return seen


def _name(rows: Collection[KnownRow]) -> Name:
    spelt: Counter[str] = Counter()
    for row in rows:
        spelt[row.value] += row.weight
    years = [row.year for row in rows if row.year]
    return Name(
        value=max(sorted(spelt), key=spelt.__getitem__),
        about=tuple(sorted({row.about for row in rows if row.about})),
        weight=sum(row.weight for row in rows),
        documents=sum(row.documents for row in rows),
        people=sum(row.people for row in rows),
        first=min(years, default=0),
        last=max(years, default=0),
        samples=tuple(sorted({one for row in rows for one in row.samples})[:SAMPLES]),
    )
