"""The header while it is read: its lines, what each was found to be, and what a rule may answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from vnadmin.genre.header_line import HeaderKind
from vnadmin.genre.motto import Motto, motto_of
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.preface.kinds import Kinds
from vnadmin.zones.zone import BlockHead


class Part(StrEnum):
    """A component of the header; each is an attribute of `Preface`."""

    AGENCIES = "agencies"
    NUMBER = "number"
    LETTER_SUBJECT = "letter_subject"
    MOTTO = "motto"
    PLACE_DATE = "place_date"
    TYPE_LINE = "type_line"
    TITLE = "title"
    ISSUED_WITH = "issued_with"
    ADDRESS = "address"
    AUTHORITY = "authority"
    MARKS = "marks"


class Stage(StrEnum):
    """Which rules are asked: those of the two columns, of the title block, or of Kính gửi."""

    HEAD = "head"
    TITLE = "title"
    ADDRESS = "address"


class Step(NamedTuple):
    """A rule's answer for one line."""

    part: Part | None = None  # None: the line is the header's, and of no component
    then: Stage | None = None  # whose rules are asked from the next line on
    ends: bool = False  # the line is the first one after the header (it may still be a component: the authority)
    opens: bool = True  # false: the component that may go on stays the one before
    doubt: Part | None = None  # the component of which this line makes the reading less than certain
    drops: Part | None = None  # the component whose lines so far were a stranger's
    drops_in: Column | None = None  # only those of its lines in this column
    untyped: bool = False  # the type's line so far was the title's: a line below names the type
    closes: bool = False  # the line ends the title


_TERM = pattern(r"[^\w]*+(?:khoá|khóa|kỳ họp|nhiệm kỳ|lần thứ|năm học)(?!\w)")
# "CHỦ TỊCH NƯỚC CỘNG HÒA ..."; "NGÂN HÀNG NHÀ NƯỚC CỘNG HÒA ..." is of two cells
_NAMES_THE_STATE = pattern(r"(?<!nhà )nước cộng")
_FIRST = 40  # lines among which a left column would stand
_CAPITALS = 110  # characters of a line that may have been set in capitals
END = Step(ends=True)
SKIP = Step(opens=False)


Reader: TypeAlias = Callable[["Header", int], Step | None]


class Rule(NamedTuple):
    """A named rule: what it asks of a line, and of which kinds that line must be; none: of any."""

    name: str
    read: Reader
    kinds: tuple[HeaderKind, ...] = ()


def of(*kinds: HeaderKind) -> Callable[[Reader], Rule]:
    """A rule that is asked about lines of these kinds alone."""
    return lambda reader: _rule(reader, kinds)


def _rule(reader: Reader, kinds: tuple[HeaderKind, ...] = ()) -> Rule:
    """A rule bears its function's name."""
    return Rule(reader.__name__.replace("_", "-"), reader, kinds)


Rules: TypeAlias = Mapping[HeaderKind, tuple[Rule, ...]]
"""For each kind of line the rules that are asked about it, in their order."""


def ordered(*readers: Rule | Reader) -> Rules:
    """The rules of one stage, in the order in which they are asked."""
    rules = [reader if isinstance(reader, Rule) else _rule(reader) for reader in readers]
    return {kind: tuple(rule for rule in rules if not rule.kinds or kind in rule.kinds) for kind in HeaderKind}


@dataclass(slots=True)
class Header:
    """What rules may look at. Only the walk in `read.py` writes it."""

    document: SourceDocument
    lines: tuple[Line, ...]
    kinds: Kinds
    anchor: int  # position of the first line that only a header has; what stands above may be a stranger's
    stamp: frozenset[int] = frozenset()  # positions of an arrival stamp's lines
    gazette: frozenset[int] = frozenset()  # and of a gazette's heading
    parts: dict[Part, list[Line]] = field(default_factory=dict)
    current: Part | None = None  # the component that a line may go on with
    closed: bool = False  # a drawn line ended the title
    # component: rules that make its reading less than certain
    doubts: dict[str, list[str]] = field(default_factory=dict)
    block: BlockHead | None = None  # what the title block says before its title

    def shown(self, position: int) -> str:
        """A line as printed."""
        return self.document.of(self.lines[position])

    def folded(self, position: int) -> str:
        """A line folded."""
        return self.document.folded_of(self.lines[position])

    def is_upper(self, position: int) -> bool:
        """Whether a line is set in capitals, or was before their font was lost."""
        signs = self.document.signs(self.lines[position])
        lost = signs.text.islower() and len(signs.text) < _CAPITALS and self.lost_capitals
        return signs.capitals or lost

    def has(self, part: Part) -> bool:
        """Whether a component has a line by now."""
        return part in self.parts

    def last(self, part: Part) -> Line | None:
        """The last line of a component."""
        lines = self.parts.get(part)
        return lines[-1] if lines else None

    def kind(self, position: int) -> HeaderKind:
        """What a line is by its own words."""
        return self.kinds.at(position)

    def address_comes(self, position: int, reach: int) -> bool:
        """`Kính gửi` stands within some lines, and nothing of a body before it."""
        for kind in self.kinds.after(position, reach):
            if kind in (HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ATTACHED):
                return False
            if kind is HeaderKind.ADDRESS:
                return True
        return False

    def following(self, position: int) -> HeaderKind | None:
        """What the next line is that is not a drawn one nor `KHÓA XI, KỲ HỌP THỨ 7`, within six."""
        for below in self.below(position, 6):
            if self.kind(below) is not HeaderKind.RULE and not self.is_term(below):
                return self.kind(below)
        return None

    def is_term(self, position: int) -> bool:
        """Whether a line opens with a term: `KHÓA XI, KỲ HỌP THỨ 7`, `Nhiệm kỳ 2022 - 2025`."""
        return _TERM.match(self.folded(position)) is not None

    def is_motto(self, position: int) -> bool:
        """Whether a line is the motto, and no `CHỦ TỊCH NƯỚC CỘNG HÒA ...` or `CỦA QUỐC HỘI NƯỚC CỘNG HÒA ... SỐ 19`."""
        if self.kind(position) is not HeaderKind.MOTTO:
            return False
        return _NAMES_THE_STATE.search(self.folded(position)) is None

    def below(self, position: int, count: int) -> Iterator[int]:
        """The positions of the next lines."""
        return iter(range(position + 1, min(position + 1 + count, len(self.lines))))

    @property
    def lost_capitals(self) -> bool:
        """The font of the capitals was lost: `bộ tài chính` stands where names are printed in capitals."""
        names = self.parts.get(Part.AGENCIES, [])
        return bool(names) and all(self.document.of(line).islower() for line in names)

    @property
    def head_end(self) -> int:
        """Offset at which the type's words end, or a gazette's issuer, number and date after them."""
        return self.block.end if self.block else 0

    @property
    def is_titled(self) -> bool:
        """Whether the type's line says what it is about: `BIÊN BẢN HỌP GIAO BAN`."""
        return self.parts[Part.TYPE_LINE][0].end > self.head_end

    @property
    def block_issuer(self) -> str:
        """The issuer that the title block names."""
        return self.document.of(self.block.issuer) if self.block and self.block.issuer else ""

    @property
    def is_complete(self) -> bool:
        """Whether enough of the two columns was read that a title may follow."""
        return self.has(Part.PLACE_DATE) or (self.has(Part.NUMBER) and self.has(Part.MOTTO))

    @property
    def right_is_middle(self) -> bool:
        """Whether a line of the right column is one that a layout took to it: under the place and date, or with none left."""
        if self.has(Part.PLACE_DATE):
            return self.current is Part.PLACE_DATE
        return all(line.column is not Column.LEFT for line in self.lines[:_FIRST])

    def motto_comes(self, position: int) -> bool:
        """The motto is still to come: what looks like a type line above it is a heading of a site or a file's name."""
        if self.has(Part.MOTTO):
            return False
        for offset in self.below(position, 29):
            kind = self.kind(offset)
            if self.is_motto(offset) and not self._is_old_motto(offset):
                return True
            if kind in (HeaderKind.PREAMBLE, HeaderKind.ADDRESS, HeaderKind.BODY):
                return False
        return False

    def _is_old_motto(self, position: int) -> bool:
        """`VIỆT NAM DÂN CHỦ CỘNG HOÀ` stands under the issuer's name in decree-laws, not above all."""
        motto = motto_of(self.document.bare_of(self.lines[position]))
        return motto is not None and motto.kind is Motto.OLD
