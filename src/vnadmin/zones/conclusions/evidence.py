"""What was read of one possible end, and whether that is enough to end a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from vnadmin.genre.closing_line import Role
from vnadmin.layout.page import Line, SourceDocument


class Signed(NamedTuple):
    """A line of a signature, what it is, and the number of its column: 0 across the page, 1 left, 2 right, 3 ..."""

    line: Line
    role: Role
    place: int


@dataclass(slots=True)
class Region:
    """A possible end: its lines, cut into the list and the signatures, and what speaks for it."""

    start: int
    end: int = 0
    recipients: list[Line] = field(default_factory=list)
    signatures: list[Signed] = field(default_factory=list)
    has_label: bool = False
    has_filing: bool = False
    as_above: bool = False
    items: int = 0
    persons: int = 0  # names of known families
    signed_marks: int = 0  # "(Đã ký)", not "(Ký, ghi rõ họ tên)"
    has_roles: bool = False  # "THƯ KÝ", "NGƯỜI LẬP BIỂU": who signs minutes and tables
    is_loud: bool = False  # an authority, or a post in capitals; "Giám đốc" alone stands in any list of members
    at_end: bool = False

    def count(self, *roles: Role) -> int:
        """How many signature lines have one of the roles."""
        return sum(1 for signed in self.signatures if signed.role in roles)

    @property
    def has_list(self) -> bool:
        """A label with items; without it, items from `Như trên` to `Lưu`, or any that end so above a signature."""
        if self.has_label:
            return self.has_filing or self.items > 0
        return self.has_filing and (self.as_above or (self.items > 1 and self.is_signed))

    @property
    def is_signed(self) -> bool:
        """A name or a signed mark below an authority or a post."""
        return bool(self.count(Role.AUTHORITY, Role.POST, Role.BELOW) and self.count(Role.NAME, Role.MARK))

    @property
    def is_proper(self) -> bool:
        """Enough to end the main document."""
        if self.has_list:
            return self.has_filing or self.items > 1 or bool(self.count(Role.AUTHORITY, Role.POST)) or self.at_end
        # "Nơi nhận:  KT. TỔNG GIÁM ĐỐC" of two cells, of which a site kept nothing more
        return self.is_signed or (self.count(Role.AUTHORITY) > 0 and (self.has_label or self.count(Role.POST) > 0))

    @property
    def is_named(self) -> bool:
        """A signature with the name of a person, not of a sample ("Nguyễn Văn A", "Họ và tên")."""
        return self.is_signed and self.persons > 0

    @property
    def is_marked(self) -> bool:
        return self.count(Role.AUTHORITY, Role.POST) > 0 and self.signed_marks > 0

    @property
    def is_complete(self) -> bool:
        """Both halves of an end, so that even a manual's own paragraphs after it do not speak against it."""
        return self.has_list and self.has_filing and self.is_signed

    @property
    def is_plausible(self) -> bool:
        """Little, but at the end of the text: a post in capitals alone, an authority alone."""
        return self.at_end and (self.has_list or self.is_loud)


class Roles:
    """What each line of a document is, found out once."""

    def __init__(self, document: SourceDocument) -> None:
        self.document = document
        self._known: dict[int, Role] = {}

    def of(self, index: int) -> Role:
        """The role of the line at `index`."""
        if index >= len(self.document.lines):
            return Role.OTHER
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = self.document.signs(self.document.lines[index]).role
        return known
