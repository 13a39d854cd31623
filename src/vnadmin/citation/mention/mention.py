"""The stages of a mention, one place that names an instrument: what is printed there, its title, what others add."""

from __future__ import annotations

from typing import Literal, NamedTuple

from vnadmin.citation.mention.dates import CitedDate
from vnadmin.layout.page import Span
from vnadmin.model import Grade, PartialDate
from vnadmin.text.pattern import pattern

Kind = Literal["number", "law", "constitution", "standard", "dated", "anaphora"]


_YEAR = pattern(r"[/:-]((?:19|20)\d\d)(?=/|$)")


def number_year(value: str) -> str | None:
    """The year inside a number: `15/2020/NĐ-CP`, `6909:2001`."""
    match = _YEAR.search(value)
    return str(match[1]) if match else None


class Number(NamedTuple):
    """A printed number: its slice, and its value without white space and look-alike letters."""

    span: Span
    value: str


class Issuer(NamedTuple):
    """The body that a citation names, and where."""

    span: Span
    place: Literal["after", "before", "later"]  # after or before the number; after a later member of the list
    grade: Grade = Grade.LIKELY
    holds: bool = False  # "của A tại B và C": named for the whole list


class Sighting(NamedTuple):
    """The first stage: what is printed at one place. `start` and `end` frame type, number and date."""

    start: int
    end: int
    kind: Kind
    rule: str
    grade: Grade
    type: Span | None
    number: Number | None = None
    date: CitedDate | None = None
    issuer: Issuer | None = None
    name: Span | None = None  # a law's name, or what stands between type and number
    title_start: int | None = None
    is_inner: bool = False  # a law in the name of the law that amends it
    stands_alone: bool = False  # a short form that is an instrument even if no full form came before it


class Titled(NamedTuple):
    """The second stage: with the pinpoint that leads to it and its title."""

    sighting: Sighting
    pinpoint: Span | None
    title: Span | None
    is_nested: bool  # stands inside the title of another instrument
    alias: str | None = None  # "(sau đây gọi tắt là Nghị định 15)"

    @property
    def start(self) -> int:
        """Where the type or the number begins."""
        return self.sighting.start

    @property
    def issuer_end(self) -> int:
        """The end of type, number, date and an issuer after them."""
        issuer = self.sighting.issuer
        return max(self.sighting.end, issuer.span.end if issuer and issuer.place == "after" else 0)

    @property
    def end(self) -> int:
        """The end of everything that belongs to this mention."""
        return max(self.issuer_end, self.title.end if self.title else 0)


class Parts(NamedTuple):
    """The third stage: date, issuer and title, with those that a list or the words before add."""

    date: CitedDate | None
    issuer: Issuer | None
    title: Span | None


class Relation(NamedTuple):
    """What the document does with an instrument, and the rule that read it."""

    name: str
    rule: str


class Mention(NamedTuple):
    """The last stage: all parts, and the relation."""

    sighting: Sighting
    pinpoint: Span | None
    is_nested: bool
    alias: str | None
    parts: Parts
    relation: Relation
    number: str | None  # the value of the printed number
    date: PartialDate | None  # of the instrument
