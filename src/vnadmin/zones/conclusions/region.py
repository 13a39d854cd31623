"""Reads the region of one possible end, line by line: each piece of a line is taken by the first rule that knows it."""

from __future__ import annotations

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.closing_line import LONGEST, Role
from vnadmin.genre.person_name import NameLikeness, is_sample_name
from vnadmin.genre.post_and_authority import is_role
from vnadmin.layout.page import Column, Line, SourceDocument
from vnadmin.zones.attachments import begins_attachment, is_motto
from vnadmin.zones.conclusions.ahead import BELOW_POSTS, is_unit_line, name_or_post
from vnadmin.zones.conclusions.cut import PLACES, cut, name_tail, piece
from vnadmin.zones.conclusions.evidence import Region, Signed, role_at
from vnadmin.zones.conclusions.rules import LIST, LONG_ITEM, SIGNATURE, Piece, Rules, heads_a_signature
from vnadmin.zones.conclusions.start import list_start, signature_start

_MOST_LINES = 240  # the longest list of recipients seen has 60 lines
_HEADER = 5  # lines from an issuer to its motto
_POSTS = (Role.AUTHORITY, Role.POST)


def read_region(document: SourceDocument, start: int, *, at: int | None = None) -> Region | None:
    """Read on from an anchor line; None where it opens nothing. `at`: where in that line the end begins."""
    lines = document.lines
    if at is not None:
        index = start + 1  # the line's beginning is the body's
        opened = _take_line(Region(index), document, start, piece(lines[start], at, lines[start].end))
        if opened is None:
            return None
        region = opened
    elif role_at(document, start) in (Role.FILING, Role.ITEM):
        index = list_start(document, start)
        region = Region(index, listing=True)
    else:
        index = signature_start(document, start)
        region = Region(index)
    while index < min(len(lines), region.start + _MOST_LINES):
        if (index > region.start and begins_attachment(document, index)) or _opens_a_header(region, document, index):
            break
        after = _take_line(region, document, index, lines[index])
        if after is None:
            break
        region = after
        index += 1
    if at is None and index == region.start:
        return None
    return _weighed(_with_name(_in_order(region), document), document)._replace(
        end=index, at_end=index >= len(lines) - 1
    )


def _opens_a_header(region: Region, document: SourceDocument, index: int) -> bool:
    """`TRƯỜNG ĐẠI HỌC ...` under the filing entry, over another motto: the header of what is attached."""
    if not region.has_filing or role_at(document, index) is not Role.CAPITALS:
        return False
    return any(is_motto(document, line) for line in document.lines[index + 1 : index + _HEADER])


def _take_line(region: Region, document: SourceDocument, index: int, line: Line) -> Region | None:
    """The region with a line, or with the first pieces of it that belong to the end."""
    after_authority = region.cut_authority
    region = region._replace(cut_authority=False)
    listing = region.listing or document.signs(line).role is Role.LABEL
    if _may_be_cut(document, line, listing):
        parts = cut(document, line, listing=listing, after_authority=after_authority)
    else:
        parts = [(line, PLACES[line.column])]
    roles = [document.signs(part).role for part, _ in parts]
    if len(parts) > 1 and all(is_unit_line(document, part) for part, _ in parts):
        roles = [Role.POST] * len(parts)  # "KHOA KHÁM BỆNH      P. CÔNG NGHỆ THÔNG TIN", side by side
    in_row = len(parts) > 1 and any(role in _POSTS for role in roles)
    for number, (part, place) in enumerate(parts):
        one = Piece(document, index, part, roles[number], place, is_tail=number > 0, in_row=in_row)
        after = _take(region, one)
        if after is None:
            return region if number else None
        region = after
    return region


def _may_be_cut(document: SourceDocument, line: Line, listing: bool) -> bool:
    """A cheap test: items may hold anything, a line of another known role holds only itself."""
    length, text = line.end - line.start, document.of(line)
    if listing or "   " in text:
        return length <= LONG_ITEM
    role = document.signs(line).role
    marked = role is Role.POST and text.endswith((")", "]"))  # "Giám đốc (Đã ký)"
    return marked or (length <= 2 * LONGEST and role in (Role.OTHER, Role.AUTHORITY))


def _take(region: Region, one: Piece) -> Region | None:
    """The region with a piece, by the first rule of the list or of the signature that knows it."""
    if one.line.column is Column.RIGHT and not one.is_tail:
        region = region._replace(right_seen=True)
    if one.role is Role.ITEM and (one.line.column is Column.RIGHT or _is_under_a_post(region, one)):
        one = _without_dash(region, one)
    return _by_first(LIST, region, one) or _by_first(SIGNATURE, region, _in_signature(region, one))


def _by_first(rules: Rules, region: Region, one: Piece) -> Region | None:
    for rule in rules[one.role]:
        after = rule.take(region, one)
        if after is not None:
            return after._replace(placed=(*after.placed, (one.number, rule.name)))
    return None


def _is_under_a_post(region: Region, one: Piece) -> bool:
    above = region.signatures[-1:]
    return bool(above) and above[0].role is Role.POST and above[0].line.index == one.number - 1


def _without_dash(region: Region, one: Piece) -> Piece:
    """`- PHÓ VĂN PHÒNG` beside the list: a post that the edge of a seal touches; under another it is the rest of that."""
    post = piece(one.line, one.line.start + bullet_end(one.text), one.line.end)
    signs = one.document.signs(post)
    if signs.role not in _POSTS or not signs.capitals:
        return one
    goes_on = signs.role is Role.POST and region.signatures[-1:] and region.signatures[-1].role is Role.POST
    return one._replace(role=signs.role, line=one.line if goes_on else post)


def _in_signature(region: Region, one: Piece) -> Piece:
    """What capitals or a name are where they stand: `CÔNG TY ...` heads a signature, `MƯU TRƯỞNG` is the rest of a post."""
    if one.role is Role.CAPITALS and heads_a_signature(region, one):
        return one._replace(role=Role.AUTHORITY if role_at(one.document, one.number + 1) in _POSTS else Role.POST)
    if one.role is Role.NAME:
        return one._replace(role=name_or_post(one.document, one.number, one.line, region.signatures))
    return one


def _in_order(region: Region) -> Region:
    """The signatures with what stood ahead of them: posts from the list's column, a mark beside the list."""
    signatures = region.signatures
    below = next((i for i, signed in enumerate(signatures) if signed.role in BELOW_POSTS), len(signatures))
    whole = region._replace(signatures=(*signatures[:below], *region.ahead, *signatures[below:]))
    if region.number_of(Role.NAME):
        return whole
    return whole._replace(signatures=(*whole.signatures, *region.signed_first))


def _with_name(region: Region, document: SourceDocument) -> Region:
    """The region with the name of its signer, where it stands on the line of an item."""
    if not region.number_of(*_POSTS) or region.number_of(Role.NAME):
        return region
    found = []
    for number, line in enumerate(region.recipients):
        tail = name_tail(document, line)
        if tail is not None and (tail[1] or line.column is not Column.LEFT):
            found.append((number, *tail))
    for exact in (True, False):
        chosen = [each for each in found if each[2] or not exact]
        if len(chosen) == 1:
            number, at, _ = chosen[0]
            line = region.recipients[number]
            item = piece(line, line.start, line.start + len(document.text[line.start : at].rstrip(" ")))
            name = Signed(piece(line, at, line.end, Column.RIGHT), Role.NAME, 2)
            return region._replace(
                recipients=(*region.recipients[:number], item, *region.recipients[number + 1 :]),
                signatures=(*region.signatures, name),
            )
    return region


def _weighed(region: Region, document: SourceDocument) -> Region:
    """The region with what speaks for it, counted."""
    # a foreign name below "TM. ..." and a post
    stacked = bool(region.number_of(Role.AUTHORITY) and region.number_of(Role.POST))
    of_role = {role: [s.line for s in region.signatures if s.role is role] for role in (*_POSTS, Role.NAME, Role.MARK)}
    posts = of_role[Role.POST]
    return region._replace(
        persons=sum(
            (stacked or document.signs(name).likeness >= NameLikeness.CAPITALS)
            and not is_sample_name(document.of(name))
            for name in of_role[Role.NAME]
        ),
        signed_marks=sum(
            "da k" in document.bare_of(mark) or "daky" in document.bare_of(mark) for mark in of_role[Role.MARK]
        ),
        is_loud=bool(of_role[Role.AUTHORITY]) or any(document.signs(post).capitals for post in posts),
        has_roles=any(is_role(document.bare_of(post)) for post in posts),
    )
