"""Reads the region of one possible end, line by line: which lines belong to the list and which to signatures."""

from __future__ import annotations

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import (
    LONGEST,
    Role,
    is_below_list,
    is_list_heading,
    is_unit_of_filing,
    points_above,
)
from vnadmin.genre.person_name import NameLikeness, is_sample_name, is_titled_name
from vnadmin.genre.post_and_authority import is_role
from vnadmin.layout.furniture_line import is_stamp as is_stamp_line
from vnadmin.layout.furniture_line import stands_in_stamp
from vnadmin.layout.page import Column, Line
from vnadmin.text.pattern import pattern
from vnadmin.zones.attachments import begins_attachment, is_motto
from vnadmin.zones.conclusions.ahead import (
    BELOW_POSTS,
    are_over_their_posts,
    heads_the_list,
    is_below_its_name,
    is_over_its_post,
    is_over_last_name,
    is_signed_soon,
    is_stamp,
    is_unit_line,
    is_unit_over_last_name,
    line_may_continue,
    name_or_post,
)
from vnadmin.zones.conclusions.cut import PLACES, cut, name_tail, piece
from vnadmin.zones.conclusions.evidence import Region, Roles, Signed
from vnadmin.zones.conclusions.items import lists_an_instrument
from vnadmin.zones.conclusions.start import list_start, signature_start

_MOST_LINES = 240  # the longest list of recipients seen has 60 lines
_LONG_ITEM = 420
_HEADER = 5  # lines from an issuer to its motto
_FIGURE = pattern(r"[\d:;/]")
# "3", "- 2 -", "Trang 2/3" between two items
_PAGE_NUMBER = pattern(r"[-– ]*+(?:trang *+)?\d{1,3}(?: ?/ ?\d{1,3})?[-– ]*+")
_INITIALS = pattern(r"[a-z]{2,6}\.?")  # "LMH."


def read_region(roles: Roles, start: int, *, at: int | None = None) -> Region | None:
    """Read on from an anchor line; None where it opens nothing. `at`: where in that line the end begins."""
    document = roles.document
    reader = _Reader(roles, Region(start))
    index = start
    if at is None and roles.of(start) in (Role.FILING, Role.ITEM):
        index = reader.region.start = list_start(roles, start)
        reader.listing = True
    elif at is None:
        index = reader.region.start = signature_start(roles, start)
    if at is not None:
        reader.region.start = index = start + 1  # the line's beginning is the body's
        if not reader.take_line(start, piece(document.lines[start], at, document.lines[start].end)):
            return None
    lines = document.lines
    while index < min(len(lines), reader.region.start + _MOST_LINES):
        if index > reader.region.start and begins_attachment(document, index):
            break
        if not reader.take(index):
            break
        index += 1
    region = reader.region
    region.end = index
    if at is None and index == reader.region.start:
        return None
    reader.finish()
    region.at_end = index >= len(lines) - 1
    return region


class _Reader:
    """The state between lines: whether the list is open, and what was last seen of the signature."""

    def __init__(self, roles: Roles, region: Region) -> None:
        self.roles = roles
        self.document = roles.document
        self.region = region
        self.listing = False  # the list has begun and may go on
        self.filing = False  # the filing entry was taken, and no heading of a further list after it
        self.filed = 0  # lines taken since the filing entry
        self.unsigned = False  # an authority or a post waits for its name
        self.right_seen = False  # lines of a right column: a left one after it opens another part of the page
        self.from_list: list[Signed] = []  # posts cut from lines of a left column, which come before the right one
        self.cut_authority = False  # the line before gave up an authority or a post
        self.signed_first: list[Signed] = []  # "Đã ký: Trần Văn An", stamped beside the list and above the posts

    def take(self, index: int) -> bool:
        """Take a line, or say that it does not belong to the end."""
        return not self._opens_a_header(index) and self.take_line(index, self.document.lines[index])

    def _opens_a_header(self, index: int) -> bool:
        """`TRƯỜNG ĐẠI HỌC ...` under the filing entry, over another motto: the header of what is attached."""
        if not self.region.has_filing or self.roles.of(index) is not Role.CAPITALS:
            return False
        below = self.document.lines[index + 1 : index + _HEADER]
        return any(is_motto(self.document, line) for line in below)

    def take_line(self, index: int, line: Line) -> bool:
        """Take a line, or the part of it that belongs to the end."""
        after_authority, self.cut_authority = self.cut_authority, False
        listing = self.listing or self._role(index, line) is Role.LABEL
        if self._may_be_cut(index, line, listing):
            parts = cut(self.document, line, listing=listing, after_authority=after_authority)
        else:
            parts = [(line, PLACES[line.column])]
        in_row = len(parts) > 1 and any(self._role(index, part) in (Role.AUTHORITY, Role.POST) for part, _ in parts)
        for number, (part, place) in enumerate(parts):
            if in_row and self._is_title_beside(index, part):
                self.region.signatures.append(Signed(part, Role.POST, place))
                self.unsigned = True
                continue
            if not self._take_part(index, part, place, is_tail=number > 0):
                return number > 0
        return True

    def _role(self, index: int, line: Line) -> Role:
        return self.roles.of(index) if line is self.document.lines[index] else self.document.signs(line).role

    def _is_title_beside(self, index: int, part: Line) -> bool:
        """`DUYỆT CỦA LÃNH ĐẠO        NGƯỜI LẬP`: words in capitals that share a row with a post are another's post."""
        if part is self.document.lines[index] or self._role(index, part) is not Role.CAPITALS:
            return False
        return _FIGURE.search(self.document.text, part.start, part.end) is None

    def _may_be_cut(self, index: int, line: Line, listing: bool) -> bool:
        """A cheap test: items may hold anything, a line of another known role holds only itself."""
        length = line.end - line.start
        if listing:
            return length <= _LONG_ITEM
        if "   " in self.document.of(line):
            return length <= _LONG_ITEM
        marked = self.roles.of(index) is Role.POST and self.document.of(line).endswith((")", "]"))  # "Giám đốc (Đã ký)"
        return marked or (length <= 2 * LONGEST and self.roles.of(index) in (Role.OTHER, Role.AUTHORITY))

    def finish(self) -> None:
        """Count what speaks for the region; a name may stand on the line of an item."""
        region, document = self.region, self.document
        before = next((i for i, s in enumerate(region.signatures) if s.role in BELOW_POSTS), len(region.signatures))
        region.signatures[before:before] = self.from_list
        if not region.count(Role.NAME):
            region.signatures.extend(self.signed_first)
        self._find_name_in_list()
        for line, what in ((signed.line, signed.role) for signed in region.signatures):
            if what is Role.NAME:
                likeness = document.signs(line).likeness
                stacked = region.count(Role.AUTHORITY) > 0 and region.count(Role.POST) > 0
                known = likeness >= NameLikeness.CAPITALS or stacked  # a foreign name below "TM. ..." and a post
                region.persons += known and not is_sample_name(document.of(line))
            elif what is Role.MARK:
                region.signed_marks += "da k" in document.bare_of(line) or "daky" in document.bare_of(line)
            elif what is Role.AUTHORITY:
                region.is_loud = True
            elif what is Role.POST:
                region.is_loud = region.is_loud or document.signs(line).capitals
                region.has_roles = region.has_roles or is_role(document.bare_of(line))

    def _find_name_in_list(self) -> None:
        region = self.region
        if not region.count(Role.AUTHORITY, Role.POST) or region.count(Role.NAME):
            return
        found = []
        for number, line in enumerate(region.recipients):
            tail = name_tail(self.document, line)
            if tail is not None and (tail[1] or line.column is not Column.LEFT):
                found.append((number, *tail))
        for exact in (True, False):
            chosen = [f for f in found if f[2] or not exact]
            if len(chosen) == 1:
                number, at, _ = chosen[0]
                line = region.recipients[number]
                region.recipients[number] = piece(
                    line, line.start, line.start + len(self.document.text[line.start : at].rstrip(" "))
                )
                region.signatures.append(Signed(piece(line, at, line.end, Column.RIGHT), Role.NAME, 2))
                return

    def _take_part(self, index: int, line: Line, place: int, *, is_tail: bool) -> bool:
        whole = self.document.lines[index]
        what = self._role(index, line)
        self.right_seen = self.right_seen or (line.column is Column.RIGHT and not is_tail)
        if what is Role.LABEL:
            return self._label(line)
        if what is Role.ITEM and (line.column is Column.RIGHT or self._under_a_post(index)):
            line, what = self._without_dash(line)
        if self.listing and _PAGE_NUMBER.fullmatch(self.document.bare, line.start, line.end):
            return True  # it stands between two items where the page ended
        if what in (Role.ITEM, Role.FILING) and self._accepts_item(line, what):
            return self._item(line, what)
        if what in (Role.ITEM, Role.FILING):
            return False
        if self.listing and self._beside_items(line) and not is_tail and self._continues_list(line, what):
            return self._item(line, what)
        if is_tail and whole.column is Column.LEFT and what in (Role.AUTHORITY, Role.POST):
            self.from_list.append(Signed(line, what, place))
            self.unsigned, self.cut_authority = True, what is Role.AUTHORITY
            return True
        if self._signature(index, line, what, place, is_tail=is_tail):
            return True
        return not is_tail and self._is_interruption(index, line)

    def _beside_items(self, line: Line) -> bool:
        """The list's column: the left one, or a right one that a site's table gave it, over the signature."""
        return line.column is not Column.RIGHT or self.region.recipients[-1].column is Column.RIGHT

    def _under_a_post(self, index: int) -> bool:
        signatures = self.region.signatures
        return bool(signatures) and signatures[-1].role is Role.POST and signatures[-1].line.index == index - 1

    def _without_dash(self, line: Line) -> tuple[Line, Role]:
        """`- PHÓ VĂN PHÒNG` beside the list: a post that the edge of a seal touches; under another it is the rest of that."""
        post = piece(line, line.start + bullet_end(self.document.of(line)), line.end)
        what = self.document.signs(post).role
        signs = what in (Role.AUTHORITY, Role.POST) and self.document.signs(post).capitals
        if not signs:
            return line, Role.ITEM
        signatures = self.region.signatures
        goes_on = what is Role.POST and bool(signatures) and signatures[-1].role is Role.POST
        return (line if goes_on else post), what

    def _is_interruption(self, index: int, line: Line) -> bool:
        """A short line between the list and the signature that belongs to neither ("Số EOF: 604430/VBĐT")."""
        region = self.region
        if not region.has_filing or region.signatures or line.end - line.start > LONGEST:
            return False
        lines = self.document.lines
        for later in range(index + 1, min(len(lines), index + 4)):
            if lines[later].end - lines[later].start > LONGEST or begins_attachment(self.document, later):
                return False
            if self.roles.of(later) in (Role.AUTHORITY, Role.POST):
                return True
        return False

    def _label(self, line: Line) -> bool:
        if self.region.has_label:
            return False
        self.region.has_label = self.listing = True
        self.region.recipients.append(line)
        rest = self.document.bare_of(line)[self.document.signs(line).label_end :]
        if rest:
            self.region.items += 1
            self.region.has_filing = self.filing = "luu" in rest
        return True

    def _accepts_item(self, line: Line, what: Role) -> bool:
        if line.end - line.start > _LONG_ITEM or (self.region.signatures and lists_an_instrument(self.document, line)):
            return False
        if self.listing:
            return True
        if self.region.has_label or (self.region.signatures and self.unsigned):
            return False
        return what is Role.FILING or points_above(self.document.bare_of(line)[bullet_end(self.document.of(line)) :])

    def _item(self, line: Line, what: Role) -> bool:
        region = self.region
        self.listing = True
        region.recipients.append(line)
        if what is Role.FILING:
            region.has_filing = self.filing = True
        elif self.filing and is_list_heading(self.document.bare_of(line)):
            self.filing, self.filed = False, 0  # "Bản điện tử:" below "Lưu: VT"
        if what in (Role.ITEM, Role.FILING):
            region.items += 1
            if not region.as_above:
                plain = self.document.bare_of(line)[bullet_end(self.document.of(line)) :]
                region.as_above = points_above(plain)
        elif self.filing:
            self.filed += 1
        else:
            region.items += not region.items or self.document.of(line).endswith(";")
        return True

    def _continues_list(self, line: Line, what: Role) -> bool:
        """Whether a line without bullet is the rest of an item, or an item of a list without bullets."""
        region, document = self.region, self.document
        text, plain = document.text[line.start : line.end], document.bare[line.start : line.end]
        closed = text.endswith(";") and not self.filing
        if len(text) > (_LONG_ITEM if closed else _LONG_ITEM // 2) or is_below_list(plain):
            return False
        if what in (Role.AUTHORITY, Role.MARK, Role.DOTS, Role.DATE):
            return False
        if closed or is_list_heading(plain):
            return True
        if what is Role.OTHER and not self.filing and document.of(region.recipients[-1]).endswith(","):
            return True  # "- VPCP: BTCN, các PCN," over the signature, "Các Vụ: TH, NC;" at the head of the next page
        signing = bool(region.signatures) and region.signatures[-1].line.column is line.column  # "GIÁM ĐỐC" / "Kiêm"
        is_mark = is_unit_of_filing(plain) or (_INITIALS.fullmatch(plain) and not signing and what is not Role.POST)
        if self.filing and self.filed < 1 and is_mark:
            return True
        if self.right_seen and line.column is not Column.RIGHT and (self.filing or in_capitals(text)):
            return False
        if what is Role.POST:
            return line.column is Column.LEFT and not in_capitals(text) and text.rstrip().endswith((";", ","))
        if what is Role.CAPITALS and not (self.filing and self.filed < 1 and "," in text):
            last = document.of(region.recipients[-1]).rstrip()
            return line.column is Column.LEFT and not last.endswith((";", ".", ":")) and len(text) < 40
        if what is Role.NAME:
            return line.column is Column.LEFT and not self.filing
        if self.filing:
            # "Lưu: VP (HC, TH)" / "TCT (HC, NV3)": at most two lines go on after the filing entry
            before = document.of(region.recipients[-1]).rstrip()
            return self.filed < 2 and not before.endswith(".") and len(text) < 60 and not plain[:1].isdigit()
        return not plain.endswith("./.")

    def _signature(self, index: int, line: Line, what: Role, place: int, *, is_tail: bool) -> bool:
        signatures = self.region.signatures
        if what is Role.CAPITALS and self._heads_a_signature(index, line):
            what = Role.AUTHORITY if self.roles.of(index + 1) in (Role.AUTHORITY, Role.POST) else Role.POST
        if what is Role.NAME:
            what = name_or_post(self.document, index, line, signatures)
        if what is Role.POST and is_below_its_name(self.roles, index, signatures, place):
            signatures.append(Signed(line, Role.BELOW, place))
            return True
        if what in (Role.MARK, Role.NAME) and not signatures and self._is_signed_first(index, what):
            self.signed_first.append(Signed(line, what, place))
            return True
        if line.cell is not None and what is Role.POST and not self.document.signs(line).capitals:
            return False  # a member's post in a table
        if what in (Role.AUTHORITY, Role.POST):
            further = bool(signatures) and not self.unsigned and not is_tail
            if (
                further
                and not is_signed_soon(self.roles, index)
                and (self.region.has_label or not heads_the_list(self.roles, index))
            ):
                return False
            self.unsigned = True
            # "KT/ bộ trưởng" in small letters, over "- Văn phòng TW Đảng Thứ trưởng"
            small = self.listing and not self.document.signs(line).capitals
            self.cut_authority = what is Role.AUTHORITY and (is_tail or small)
        elif what in (Role.MARK, Role.DOTS, Role.RANK):
            if not signatures or (what is Role.DOTS and not self.unsigned):
                return False
        elif what is Role.NAME:
            if not self.unsigned and not self._another_name(line) and not self._over_its_post(index):
                return False
            self.unsigned = False
        elif what is Role.DATE:
            return bool(signatures) and self.unsigned
        elif not self.unsigned:
            return False
        elif self._is_stamped(line) or (self.region.has_filing and is_stamp(self.roles, index, line)):
            what = Role.STAMP
        elif (
            what is Role.OTHER
            and signatures
            and signatures[-1].role is not what
            and is_titled_name(self.document.of(line), self.document.folded_of(line))
        ):
            what, self.unsigned = Role.NAME, False
        elif not line_may_continue(self.document, line) or not is_signed_soon(self.roles, index):
            return False
        signatures.append(Signed(line, what, place))
        return True

    def _is_stamped(self, line: Line) -> bool:
        """`Ký bởi: ...`, `Thời gian ký: ...` typed or copied between a post and its name."""
        plain, above = self.document.bare_of(line), self.region.signatures[-1:]
        return is_stamp_line(plain) or (bool(above) and above[0].role is Role.STAMP and stands_in_stamp(plain))

    def _heads_a_signature(self, index: int, line: Line) -> bool:
        """Capitals that open a signature below the list: `CÔNG TY ...` over a post, `KHOA ...` or a post of no table over a name."""
        if self.region.signatures:  # "CÔNG AN HUYỆN" / "TRƯỞNG CÔNG AN HUYỆN" behind another body's signer
            below = Role.OTHER if self.unsigned else self.roles.of(index + 1)
            if below in (Role.AUTHORITY, Role.POST):
                return is_unit_line(self.document, line)
            # a post of no table: "CÔNG CHỨC ĐỊA CHÍNH"
            beside = line.column is not Column.FULL and not self.region.has_list and below in BELOW_POSTS
            signs = beside and _FIGURE.search(self.document.of(line)) is None and is_signed_soon(self.roles, index)
            return signs or (below is Role.NAME and is_unit_over_last_name(self.roles, index))
        unit = is_unit_line(self.document, line) and is_signed_soon(self.roles, index)
        # `signature_start` has looked at what follows
        return index == self.region.start or (self.region.has_list and (unit or is_over_last_name(self.roles, index)))

    def _is_signed_first(self, index: int, what: Role) -> bool:
        """A mark, or a name after it, that stands right above the posts of its signer."""
        marked = what is not Role.NAME or bool(self.signed_first)
        return marked and self.region.has_filing and self.roles.of(index + 1) in (Role.AUTHORITY, Role.POST)

    def _over_its_post(self, index: int) -> bool:
        signatures = self.region.signatures
        if index == self.region.start or (signatures and signatures[0].role is Role.NAME):
            return is_over_its_post(self.roles, index) or are_over_their_posts(self.roles, index)
        return not signatures and is_over_its_post(self.roles, index)

    def _another_name(self, line: Line) -> bool:
        """A second name right after the first, where two signers' posts stand above both; a title across the page is none."""
        if line.column is Column.FULL and self.region.signatures[-1:] and self.region.signatures[-1].place:
            return False  # "DANH MỤC TÀI LIỆU" under "TỔ TRƯỞNG" / "Lê Mai" on the right
        posts = self.region.count(Role.POST, Role.AUTHORITY)
        names = self.region.count(Role.NAME)
        return 0 < names < posts and self.document.signs(line).likeness >= NameLikeness.CAPITALS
