"""A possible end as far as it was read, and whether what was read is enough to end a document."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin.genre.closing_line import Role
from vnadmin.layout.page import Line, SourceDocument


class Signed(NamedTuple):
    """A line of a signature, what it is, and the number of its column: 0 across the page, 1 left, 2 right, 3 ..."""

    line: Line
    role: Role
    place: int


class Region(NamedTuple):
    """A possible end: its lines, cut into the list and the signatures; each piece that is taken gives the next one."""

    start: int
    end: int = 0
    recipients: tuple[Line, ...] = ()
    signatures: tuple[Signed, ...] = ()
    ahead: tuple[Signed, ...] = ()  # posts cut from lines of a left column, which come before the right one
    signed_first: tuple[Signed, ...] = ()  # "Đã ký: Trần Văn An", stamped beside the list and above the posts
    placed: tuple[tuple[int, str], ...] = ()  # index of a line, and the rule that took a piece of it
    # where the reading stands
    listing: bool = False  # the list has begun and may go on
    filed: int = -1  # lines taken since the filing entry; -1 before it, and below the heading of a further list
    unsigned: bool = False  # an authority or a post waits for its name
    right_seen: bool = False  # lines of a right column: a left one after it opens another part of the page
    cut_authority: bool = False  # the line before gave up an authority or a post
    # what speaks for it
    has_label: bool = False
    has_filing: bool = False
    as_above: bool = False
    items: int = 0
    persons: int = 0  # names of known families
    signed_marks: int = 0  # "(Đã ký)", not "(Ký, ghi rõ họ tên)"
    has_roles: bool = False  # "THƯ KÝ", "NGƯỜI LẬP BIỂU": who signs minutes and tables
    is_loud: bool = False  # an authority, or a post in capitals; "Giám đốc" alone stands in any list of members
    at_end: bool = False

    def number_of(self, *roles: Role) -> int:
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
        return bool(self.number_of(Role.AUTHORITY, Role.POST, Role.BELOW) and self.number_of(Role.NAME, Role.MARK))

    @property
    def is_proper(self) -> bool:
        """Enough to end the main document."""
        authorities, posts = self.number_of(Role.AUTHORITY), self.number_of(Role.POST)
        if self.has_list:
            return self.has_filing or self.items > 1 or authorities + posts > 0 or self.at_end
        # "Nơi nhận:  KT. TỔNG GIÁM ĐỐC" of two cells, of which a site kept nothing more
        return self.is_signed or (authorities > 0 and (self.has_label or posts > 0))

    @property
    def is_marked(self) -> bool:
        return self.number_of(Role.AUTHORITY, Role.POST) > 0 and self.signed_marks > 0

    @property
    def is_complete(self) -> bool:
        """Both halves of an end, so that even a manual's own paragraphs after it do not speak against it."""
        return self.has_list and self.has_filing and self.is_signed

    @property
    def is_plausible(self) -> bool:
        """Little, but at the end of the text: a post in capitals alone, an authority alone."""
        return self.at_end and (self.has_list or self.is_loud)


def role_at(document: SourceDocument, index: int) -> Role:
    """What the line at `index` is; past the last one there is nothing."""
    lines = document.lines
    return document.signs(lines[index]).role if index < len(lines) else Role.OTHER
