"""The rules that take a piece of a line into the list or into a signature, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import LONGEST, Role, is_below_list, is_list_heading, is_unit_of_filing, points_above
from vnadmin.genre.person_name import NameLikeness, is_titled_name
from vnadmin.layout.furniture_line import is_stamp as is_stamp_line
from vnadmin.layout.furniture_line import stands_in_stamp
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.attachments import begins_attachment
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
)
from vnadmin.zones.conclusions.evidence import Region, Signed, role_at
from vnadmin.zones.conclusions.items import lists_an_instrument

LONG_ITEM = 420  # characters
_FIGURE = pattern(r"[\d:;/]")
# "3", "- 2 -", "Trang 2/3" between two items
_PAGE_NUMBER = pattern(r"[-– ]*+(?:trang *+)?\d{1,3}(?: ?/ ?\d{1,3})?[-– ]*+")
_INITIALS = pattern(r"[a-z]{2,6}\.?")  # "LMH."
_POSTS = (Role.AUTHORITY, Role.POST)


class Piece(NamedTuple):
    """A line, or one of the parts of the end that stand on it."""

    document: SourceDocument
    number: int  # of its line in the document
    line: Line
    role: Role
    place: int  # the number of its column
    is_tail: bool  # another piece stands before it on its line
    in_row: bool  # another piece of its line is an authority or a post

    @property
    def text(self) -> str:
        return self.document.of(self.line)

    @property
    def bare(self) -> str:
        return self.document.bare_of(self.line)


Taker: TypeAlias = Callable[[Region, Piece], Region | None]
"""What a rule does: the region with the piece, or None where it does not know the piece here."""


class Rule(NamedTuple):
    name: str  # as `vnadmin explain` shows it
    take: Taker
    roles: tuple[Role, ...]  # of the pieces that it is asked about; none: of all


def of(*roles: Role) -> Callable[[Taker], Rule]:
    """A rule that is asked about pieces of these roles alone; it bears its function's name."""
    return lambda taker: Rule(taker.__name__.replace("_", "-"), taker, roles)


Rules: TypeAlias = Mapping[Role, tuple[Rule, ...]]
"""For each role the rules that are asked about it, in their order."""


def ordered(*rules: Rule) -> Rules:
    """The rules of one stage, in the order in which they are asked."""
    return {role: tuple(rule for rule in rules if not rule.roles or role in rule.roles) for role in Role}


def _signed(region: Region, piece: Piece, role: Role, *, unsigned: bool) -> Region:
    signed = Signed(piece.line, role, piece.place)
    return region._replace(signatures=(*region.signatures, signed), unsigned=unsigned)


def _listed(region: Region, piece: Piece) -> Region:
    """The region with a piece in its list; `Bản điện tử:` below `Lưu: VT` opens a further one."""
    filed = -1 if region.filed >= 0 and piece.role is not Role.FILING and is_list_heading(piece.bare) else region.filed
    return region._replace(listing=True, recipients=(*region.recipients, piece.line), filed=filed)


@of(Role.CAPITALS)
def title_beside_a_post(region: Region, piece: Piece) -> Region | None:
    """`DUYỆT CỦA LÃNH ĐẠO        NGƯỜI LẬP`: words in capitals that share a row with a post are another's post."""
    if not piece.in_row or _FIGURE.search(piece.text):
        return None
    return _signed(region, piece, Role.POST, unsigned=True)


@of(Role.LABEL)
def label(region: Region, piece: Piece) -> Region | None:
    """`Nơi nhận:`, `Nơi nhận: Như trên; Lưu: VT`; a second one is of another end."""
    if region.has_label:
        return None
    rest = piece.bare[piece.document.signs(piece.line).label_end :]
    opened = region._replace(has_label=True, listing=True, recipients=(*region.recipients, piece.line))
    if not rest:
        return opened
    filing = "luu" in rest
    return opened._replace(items=region.items + 1, has_filing=filing, filed=0 if filing else -1)


@of()
def page_number(region: Region, piece: Piece) -> Region | None:
    """`- 2 -` between two items, where the page ended."""
    return region if region.listing and _PAGE_NUMBER.fullmatch(piece.bare) else None


@of(Role.ITEM, Role.FILING)
def item(region: Region, piece: Piece) -> Region | None:
    """`- Như trên;`, `- Lưu: VT.`; before the list has begun, one that only a list has."""
    plain = piece.bare[bullet_end(piece.text) :]
    files, above = piece.role is Role.FILING, points_above(plain)
    if len(piece.text) > LONG_ITEM or (region.signatures and lists_an_instrument(piece.document, piece.line)):
        return None
    if not region.listing and (region.has_label or (region.signatures and region.unsigned) or not (files or above)):
        return None
    listed = _listed(region, piece)
    return listed._replace(
        items=region.items + 1,
        as_above=region.as_above or above,
        has_filing=region.has_filing or files,
        filed=max(listed.filed, 0) if files else listed.filed,
    )


@of(*(role for role in Role if role not in (Role.LABEL, Role.ITEM, Role.FILING)))
def rest_of_an_item(region: Region, piece: Piece) -> Region | None:
    """A line without bullet that goes on with an item, or is an item of a list without bullets."""
    if not region.listing or piece.is_tail or not _beside_items(region, piece) or not _continues_list(region, piece):
        return None
    listed = _listed(region, piece)
    if listed.filed >= 0:
        return listed._replace(filed=listed.filed + 1)
    return listed._replace(items=region.items + (not region.items or piece.text.endswith(";")))


def _beside_items(region: Region, piece: Piece) -> bool:
    """The list's column: the left one, or a right one that a site's table gave it, over the signature."""
    return piece.line.column is not Column.RIGHT or region.recipients[-1].column is Column.RIGHT


def _continues_list(region: Region, piece: Piece) -> bool:
    text, plain, what, column = piece.text, piece.bare, piece.role, piece.line.column
    filing, right_under = region.filed >= 0, region.filed == 0
    last = piece.document.of(region.recipients[-1]).rstrip()
    closed = text.endswith(";") and not filing
    if len(text) > (LONG_ITEM if closed else LONG_ITEM // 2) or is_below_list(plain):
        return False
    if what in (Role.AUTHORITY, Role.MARK, Role.DOTS, Role.DATE):
        return False
    if closed or is_list_heading(plain):
        return True
    if what is Role.OTHER and not filing and last.endswith(","):
        return True  # "- VPCP: BTCN, các PCN," over the signature, "Các Vụ: TH, NC;" at the head of the next page
    signing = bool(region.signatures) and region.signatures[-1].line.column is column  # "GIÁM ĐỐC" / "Kiêm"
    is_mark = is_unit_of_filing(plain) or (_INITIALS.fullmatch(plain) and not signing and what is not Role.POST)
    if right_under and is_mark:
        return True
    if region.right_seen and column is not Column.RIGHT and (filing or in_capitals(text)):
        return False
    if what is Role.POST:
        return column is Column.LEFT and not in_capitals(text) and text.rstrip().endswith((";", ","))
    if what is Role.CAPITALS and not (right_under and "," in text):
        return column is Column.LEFT and not last.endswith((";", ".", ":")) and len(text) < 40
    if what is Role.NAME:
        return column is Column.LEFT and not filing
    if filing:
        # "Lưu: VP (HC, TH)" / "TCT (HC, NV3)": at most two lines go on after the filing entry
        return region.filed < 2 and not last.endswith(".") and len(text) < 60 and not plain[:1].isdigit()
    return not plain.endswith("./.")


@of(*_POSTS)
def post_beside_an_item(region: Region, piece: Piece) -> Region | None:
    """`- Sở Nội vụ; PHÓ CHỦ TỊCH` in the list's column: the post stands before those of the right one."""
    if not piece.is_tail or piece.document.lines[piece.number].column is not Column.LEFT:
        return None
    ahead = (*region.ahead, Signed(piece.line, piece.role, piece.place))
    return region._replace(ahead=ahead, unsigned=True, cut_authority=piece.role is Role.AUTHORITY)


@of(Role.POST)
def post_below_its_name(region: Region, piece: Piece) -> Region | None:
    """`Phan Thị Thoa` / `Giám đốc HTX`."""
    if not is_below_its_name(piece.document, piece.number, region.signatures, piece.place):
        return None
    return _signed(region, piece, Role.BELOW, unsigned=region.unsigned)


@of(Role.MARK, Role.NAME)
def mark_above_its_post(region: Region, piece: Piece) -> Region | None:
    """`Đã ký`, or a name after it, right above the posts of its signer, beside the list."""
    marked = piece.role is Role.MARK or region.signed_first
    if region.signatures or not marked or not region.has_filing:
        return None
    if role_at(piece.document, piece.number + 1) not in _POSTS:
        return None
    return region._replace(signed_first=(*region.signed_first, Signed(piece.line, piece.role, piece.place)))


@of(*_POSTS)
def authority_or_post(region: Region, piece: Piece) -> Region | None:
    """`KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`; a further one only over a name or a mark of its own."""
    document, index = piece.document, piece.number
    loud = document.signs(piece.line).capitals
    if piece.line.cell is not None and piece.role is Role.POST and not loud:
        return None  # a member's post in a table
    if (
        region.signatures
        and not region.unsigned
        and not piece.is_tail
        and not is_signed_soon(document, index)
        and (region.has_label or not heads_the_list(document, index))
    ):
        return None
    # "KT/ bộ trưởng" in small letters, over "- Văn phòng TW Đảng Thứ trưởng"
    cut = piece.role is Role.AUTHORITY and (piece.is_tail or (region.listing and not loud))
    return _signed(region, piece, piece.role, unsigned=True)._replace(cut_authority=cut)


@of(Role.MARK, Role.DOTS, Role.RANK)
def mark_or_rank(region: Region, piece: Piece) -> Region | None:
    """`(Đã ký)`, `..........`, `Đại tá` below a post."""
    if not region.signatures or (piece.role is Role.DOTS and not region.unsigned):
        return None
    return _signed(region, piece, piece.role, unsigned=region.unsigned)


@of(Role.NAME)
def name(region: Region, piece: Piece) -> Region | None:
    """A name below its post, beside another's, or over its own."""
    if not region.unsigned and not _is_another_name(region, piece) and not _is_over_its_post(region, piece):
        return None
    return _signed(region, piece, Role.NAME, unsigned=False)


def _is_another_name(region: Region, piece: Piece) -> bool:
    """A second name right after the first, where two signers' posts stand above both; a title across the page is none."""
    if piece.line.column is Column.FULL and region.signatures and region.signatures[-1].place:
        return False  # "DANH MỤC TÀI LIỆU" under "TỔ TRƯỞNG" / "Lê Mai" on the right
    known = piece.document.signs(piece.line).likeness >= NameLikeness.CAPITALS
    return known and 0 < region.number_of(Role.NAME) < region.number_of(*_POSTS)


def _is_over_its_post(region: Region, piece: Piece) -> bool:
    document, index, signatures = piece.document, piece.number, region.signatures
    opens = index == region.start or (signatures and signatures[0].role is Role.NAME)
    if signatures and not opens:
        return False
    return is_over_its_post(document, index) or bool(opens and are_over_their_posts(document, index))


@of(Role.DATE)
def date_of_signing(region: Region, piece: Piece) -> Region | None:
    """`Hà Nội, ngày 2 tháng 3 năm 2010` between a post and its name."""
    return region if region.signatures and region.unsigned else None


@of(Role.CAPITALS, Role.OTHER)
def stamp(region: Region, piece: Piece) -> Region | None:
    """`Ký bởi: ...`, `Thời gian ký: ...` typed or copied between a post and its name; scraps of such a stamp."""
    if not region.unsigned:
        return None
    in_stamp = region.signatures[-1:] and region.signatures[-1].role is Role.STAMP and stands_in_stamp(piece.bare)
    scraps = region.has_filing and is_stamp(piece.document, piece.number, piece.line)
    if not is_stamp_line(piece.bare) and not in_stamp and not scraps:
        return None
    return _signed(region, piece, Role.STAMP, unsigned=True)


@of(Role.OTHER)
def titled_name(region: Region, piece: Piece) -> Region | None:
    """`Linh mục Giuse Trần Văn An`: a name behind a title that no table of ranks has."""
    if not region.unsigned or not region.signatures or region.signatures[-1].role is Role.OTHER:
        return None
    if not is_titled_name(piece.text, piece.document.folded_of(piece.line)):
        return None
    return _signed(region, piece, Role.NAME, unsigned=False)


@of(Role.CAPITALS, Role.OTHER)
def rest_of_a_post(region: Region, piece: Piece) -> Region | None:
    """`NHÂN DÂN TỐI CAO` under `KT. CHÁNH ÁN TÒA ÁN`: words that go on, over a name or a mark."""
    if not region.unsigned or not line_may_continue(piece.document, piece.line):
        return None
    if not is_signed_soon(piece.document, piece.number):
        return None
    return _signed(region, piece, piece.role, unsigned=True)


@of(*(role for role in Role if role not in (Role.LABEL, Role.ITEM, Role.FILING)))
def interruption(region: Region, piece: Piece) -> Region | None:
    """A short line between the list and the signature that belongs to neither ("Số EOF: 604430/VBĐT")."""
    if piece.is_tail or not region.has_filing or region.signatures or len(piece.text) > LONGEST:
        return None
    document = piece.document
    lines = document.lines
    for later in range(piece.number + 1, min(len(lines), piece.number + 4)):
        if lines[later].end - lines[later].start > LONGEST or begins_attachment(document, later):
            return None
        if role_at(document, later) in _POSTS:
            return region
    return None


def heads_a_signature(region: Region, piece: Piece) -> bool:
    """Capitals that open a signature below the list: `CÔNG TY ...` over a post, `KHOA ...` or a post of no table over a name."""
    document, index = piece.document, piece.number
    if region.signatures:  # "CÔNG AN HUYỆN" / "TRƯỞNG CÔNG AN HUYỆN" behind another body's signer
        below = Role.OTHER if region.unsigned else role_at(document, index + 1)
        if below in _POSTS:
            return is_unit_line(document, piece.line)
        # a post of no table: "CÔNG CHỨC ĐỊA CHÍNH"
        beside = piece.line.column is not Column.FULL and not region.has_list and below in BELOW_POSTS
        signs = beside and _FIGURE.search(piece.text) is None and is_signed_soon(document, index)
        return signs or (below is Role.NAME and is_unit_over_last_name(document, index))
    unit = is_unit_line(document, piece.line) and is_signed_soon(document, index)
    # `signature_start` has looked at what follows
    return index == region.start or (region.has_list and (unit or is_over_last_name(document, index)))


LIST = ordered(title_beside_a_post, label, page_number, item, rest_of_an_item, post_beside_an_item)
SIGNATURE = ordered(
    post_below_its_name,
    mark_above_its_post,
    authority_or_post,
    mark_or_rank,
    name,
    date_of_signing,
    stamp,
    titled_name,
    rest_of_a_post,
    interruption,
)
