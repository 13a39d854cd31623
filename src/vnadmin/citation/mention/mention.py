"""Mention: one place in a document that names an instrument, with the slices of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from vnadmin.layout.page import Span
from vnadmin.model import Grade, PartialDate


class Place(StrEnum):
    """Which part of the document a segment belongs to; it decides what a mention means there."""

    TITLE = "title"  # trích yếu
    PREAMBLE = "preamble"  # căn cứ ban hành
    BODY = "body"


class Segment(NamedTuple):
    """A paragraph to be searched: citations never cross its ends."""

    start: int
    end: int
    place: Place
    is_item: bool = False  # opens with a marker: `1.`, `a)`, `-`, `Điều 2.`
    is_opening: bool = False  # stands in the opening passage of a letter, before its first item
    is_cell: bool = False  # a cell of a data table, where a number may stand alone
    row_type: Span | None = None  # a type that stands alone in an earlier cell of the row


@dataclass(slots=True)
class Mention:
    """One mention while it is being read. `start` and `core_end` frame type, number and date; the title follows."""

    start: int
    core_end: int
    kind: str  # "number", "law", "constitution", "standard", "dated", "again"
    rule: str
    grade: Grade = Grade.CERTAIN
    type: Span | None = None
    number: Span | None = None
    number_value: str | None = None
    date: PartialDate | None = None
    date_span: Span | None = None
    date_grade: Grade = Grade.CERTAIN
    issuer: Span | None = None
    issuer_before: bool = False  # named before the number, or after a later member of the list
    issuer_holds: bool = False  # "của A tại B và C": named for the whole list
    issuer_shared: bool = False  # taken from a later member of the list
    title: Span | None = None
    title_start: int | None = None
    nested: bool = False  # stands inside the title of another instrument
    historic: bool = False  # "... được sửa đổi, bổ sung bởi Nghị định này"
    relation: str = "cites"
    relation_rule: str = "relation.default"
    pinpoint: Span | None = None
    alias: str | None = None  # "(sau đây gọi tắt là Nghị định 15)"
    stands_alone: bool = False  # a short form that is an instrument even if no full form came before it
    names: tuple[int, ...] = field(default=())  # starts of the laws that an amending law names

    @property
    def end(self) -> int:
        """The end of everything that belongs to this mention."""
        ends = [self.core_end]
        if self.issuer and not self.issuer_before:
            ends.append(self.issuer.end)
        if self.title:
            ends.append(self.title.end)
        return max(ends)
