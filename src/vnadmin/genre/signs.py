"""LineSigns: what one line shows by its own words; each answer is found when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from typing import Final

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import Role, label_end, role
from vnadmin.genre.header_line import HeaderKind, header_kind
from vnadmin.genre.line_text import LineText
from vnadmin.genre.marker import Marker, MarkerKind, read_markers
from vnadmin.genre.person_name import NameLikeness, name_likeness

SHORT: Final = 200  # characters; a line of the header or the end has fewer


class LineSigns(LineText):
    """A line and what it shows. Rooms ask the line, and not the text again; `SourceDocument.signs` has one for each."""

    __slots__ = ("_capitals", "_kind", "_label_end", "_likeness", "_markers", "_role")

    def __init__(self, text: str, folded: str | None = None, bare: str | None = None) -> None:
        super().__init__(text, folded, bare)
        self._capitals: bool | None = None
        self._kind: HeaderKind | None = None
        self._role: Role | None = None
        self._label_end: int | None = None
        self._likeness: NameLikeness | None = None
        self._markers: tuple[Marker, ...] | None = None

    @property
    def capitals(self) -> bool:
        """Whether it is set in capitals."""
        known = self._capitals
        if known is None:
            known = self._capitals = in_capitals(self.text)
        return known

    @property
    def kind(self) -> HeaderKind:
        """What it is as a line of a header."""
        known = self._kind
        if known is None:
            known = self._kind = header_kind(self)
        return known

    @property
    def role(self) -> Role:
        """What it is as a line of the end."""
        known = self._role
        if known is None:
            known = self._role = role(self)
        return known

    @property
    def label_end(self) -> int:
        """Where the label `Nơi nhận:` that opens it ends, or -1."""
        known = self._label_end
        if known is None:
            known = self._label_end = label_end(self)
        return known

    @property
    def likeness(self) -> NameLikeness:
        """How like a person's name it is."""
        known = self._likeness
        if known is None:
            known = self._likeness = name_likeness(self.text)
        return known

    def marker(self, accepted: Container[MarkerKind]) -> Marker | None:
        """The best reading of an accepted kind of the marker that opens it."""
        known = self._markers
        if known is None:
            known = self._markers = read_markers(self.text, self.folded, 0, len(self.text))
        return next((reading for reading in known if reading.kind in accepted), None)


def line_signs(text: str) -> LineSigns:
    """A line that belongs to no document yet; its stages, and the document after them, ask one record of a short line."""
    return _known(text) if len(text) <= SHORT else LineSigns(text)


_known = lru_cache(maxsize=1024)(LineSigns)
