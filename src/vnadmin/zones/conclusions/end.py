"""Finds the conclusions: Nơi nhận and the signature blocks, which end the main document."""

from __future__ import annotations

from vnadmin.genre.closing_line import LONGEST, Role, label_within, may_open_end
from vnadmin.genre.document_type import is_type_name
from vnadmin.genre.line_text import after_emphasis
from vnadmin.genre.marker import MarkerKind, marker_of
from vnadmin.genre.person_name import NameLikeness
from vnadmin.genre.post_and_authority import is_act_or_party, is_role
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.attachments import (
    begins_attachment,
    header_start,
    heads_copy,
    is_motto,
    is_title,
    issued_with,
    may_open,
)
from vnadmin.zones.conclusions.ahead import is_over_last_name, is_unit_line
from vnadmin.zones.conclusions.blocks import signature_blocks
from vnadmin.zones.conclusions.evidence import Region, role_at
from vnadmin.zones.conclusions.items import list_items
from vnadmin.zones.conclusions.region import read_region
from vnadmin.zones.zone import Conclusions

_SHORT_REGION = 8
_SIGNED_LINES = 4  # a post, a mark, a rank and a name
_HEAD_LINES = 15  # a header that was not read may take so many
_SHORTEST_BODY = 250  # characters
# What follows a sample inside a manual and shows that the document goes on: "2. Kỹ thuật trình bày", "b) Chức vụ".
_GOES_ON = frozenset(
    {
        MarkerKind.NUMBER,
        MarkerKind.DOTTED,
        MarkerKind.LETTER,
        MarkerKind.ROMAN,
        MarkerKind.HEADING,
        MarkerKind.PROVISION,
    }
)
_PARTS = frozenset({MarkerKind.ROMAN, MarkerKind.HEADING, MarkerKind.PROVISION})  # "II. NỘI DUNG", "Điều 2. Giá thuê"
_CLAUSES = frozenset({MarkerKind.NUMBER, MarkerKind.LETTER})  # "1. Bên A giao ...", "a) ..."
_SAMPLE = pattern(r"(?:vi du|chang han|mau sau|nhu sau)\b[^.;]{0,60}:?$")


def find_conclusions(document: SourceDocument, start: int) -> Conclusions:
    """The end of the main document, searched from line `start` on: the first proper end, or none."""
    lines = document.lines
    limit: int | None = None
    copied = -1  # a copy's mark begins there: who signs right below it made the copy
    weak: Region | None = None
    part = start  # the line that opens the next part of the body, where it was asked for
    passed = start  # a long stretch that was read and ends nothing is not read again from each of its lines
    for index in range(start, len(lines)):
        line = lines[index]
        if limit is None and index > start and may_open(document, line):
            titled = issued_with(document, index)
            if (titled is not None or begins_attachment(document, index)) and _has_body(document, start, index):
                limit = header_start(document, index if titled is None else titled, start + 1)
                copied = index if titled is None and heads_copy(document, line) else -1
        if (
            index < passed
            or document.text[line.start].isdigit()
            or not may_open_end(document.bare, line.start, line.end)
            or (line.end - line.start > LONGEST and document.signs(line).label_end < 0)
        ):
            continue
        region = read_region(document, index)
        if region is None:
            continue
        if region.end - index > _SHORT_REGION:
            passed = region.end
        if _is_sample(document, region):
            continue
        if _heads_a_part(document, region):
            if part < region.end:
                part = _next_part(document, region.end)
            if (part < len(lines) and not _opens_with_role(document, region)) or _signs_again(document, region):
                passed = region.end
                continue
        if limit is None:
            if _ends_document(document, region):
                return _conclusions(document, region)
            if region.is_plausible and weak is None:
                weak = region
        elif region.is_complete or (
            _ends_beyond_attachment(region) and (copied < 0 or _has_clauses(document, copied, region.start))
        ):
            return _conclusions(document, region)
    if weak is None and limit is None:
        weak = _inline_end(document, start)
    if weak is None:
        weak = _last_lines(document, start, limit if limit is not None else len(lines))
    if weak is not None:
        return _conclusions(document, weak)
    end = limit if limit is not None else len(lines)
    return Conclusions(start=end, end=end)


def _has_body(document: SourceDocument, start: int, index: int) -> bool:
    """Whether enough stands above what looks attached; "Mẫu số 01" or a second motto may belong to the header."""
    lines = document.lines
    above = lines[start:index] if index - start < _HEAD_LINES else ()
    if not above:
        return True
    if is_motto(document, lines[index]):
        return lines[index].start - lines[start].start >= _SHORTEST_BODY and start > 0
    return any(document.of(line).rstrip("*_ ").endswith((".", ";", "./")) for line in above)


def _has_clauses(document: SourceDocument, start: int, end: int) -> bool:
    """Whether the body goes on below a copy's mark: `SAO Y BẢN CHÍNH`, stamped amid it, over `Điều 2. ...`."""
    return any(document.signs(line).marker(_CLAUSES | _PARTS) for line in document.lines[start:end])


def _inline_end(document: SourceDocument, start: int) -> Region | None:
    """A list that begins inside the last paragraph: "... thực hiện./. Nơi nhận: - Như trên; - Lưu: VT."."""
    lines = document.lines
    if start >= len(lines):
        return None
    label = label_within(document.bare, lines[start].start, lines[-1].end)
    if label is None:
        return None
    index = next((i for i in range(start, len(lines)) if lines[i].end > label.end), None)
    if index is None:  # the text is cut off right after "Nơi nhận:"
        return None
    region = read_region(document, index, at=label.start)
    return region if region is not None and region.has_list else None


def _last_lines(document: SourceDocument, start: int, end: int) -> Region | None:
    """A post that no table knows over a name, below the last sentence of all: `GIÁO TRƯỞNG`, `CHI HỘI TRƯỞNG` / `Trần Văn An`.

    Two units or more, each over its name, are the signers of a record, whatever stands above: `PHÒNG KHO` / `Trần Văn An` / `KHOA NỘI` / ...
    """
    units = _units_over_names(document, end)
    if units >= start and (region := read_region(document, units)) is not None:
        return region
    for post in range(max(start + 1, end - _SIGNED_LINES), end - 1):
        above = document.of(document.lines[post - 1]).rstrip("*_ ")
        if (
            role_at(document, post) in (Role.CAPITALS, Role.POST)
            and above.endswith((".", "./"))
            and is_over_last_name(document, post)
        ):
            return read_region(document, post)
    return None


def _units_over_names(document: SourceDocument, end: int) -> int:
    """The first line of two pairs or more of a unit and a name that the document ends with; -1 if it does not."""
    at = end - 1 if end and role_at(document, end - 1) is Role.DATE else end
    pairs = 0
    while (
        at > 1
        and is_unit_line(document, document.lines[at - 2])
        and document.signs(document.lines[at - 1]).likeness is NameLikeness.FULL
    ):
        at -= 2
        pairs += 1
    return at if pairs > 1 else -1


def _ends_document(document: SourceDocument, region: Region) -> bool:
    """Enough to end the main document: a list, a person's name or a signed mark; less only before an attachment."""
    if not region.is_proper:
        return False
    if (
        region.has_list
        or (region.persons > 0 and region.is_loud)
        or (region.has_label and region.number_of(Role.AUTHORITY))
    ):
        return True
    return region.at_end or begins_attachment(document, region.end) or region.is_marked


def _ends_beyond_attachment(region: Region) -> bool:
    """Whether half an end stands after what looked attached: a table set before the signature, a manual's samples."""
    return region.persons > 0 and region.is_signed and region.at_end and not region.has_roles


def _conclusions(document: SourceDocument, region: Region) -> Conclusions:
    blocks = signature_blocks(region.signatures)
    return Conclusions(
        recipients=region.recipients,
        items=list_items(document, region.recipients),
        signatures=tuple(tuple(signed.line for signed in block) for block in blocks),
        roles=tuple(tuple(signed.role for signed in block) for block in blocks),
        start=region.start,
        end=region.end,
        placed=region.placed,
    )


def _heads_a_part(document: SourceDocument, region: Region) -> bool:
    """`BÊN A` / `Ông Trần Văn An`, `CHỦ TRÌ` of minutes, and `THÔNG QUA DANH SÁCH` open so, where the body goes on."""
    opening = region.signatures[0].line if region.signatures and not region.has_list else None
    if opening is None:
        return False
    return is_act_or_party(document.of(opening), document.bare_of(opening)) or _opens_with_role(document, region)


def _opens_with_role(document: SourceDocument, region: Region) -> bool:
    """`THƯ KÝ`, `CHỦ TRÌ`: so minutes end too, and a list with parts of its own (`I. ...`) may stand below them."""
    return is_role(document.bare_of(region.signatures[0].line))


def _signs_again(document: SourceDocument, region: Region) -> bool:
    """Whether clauses (`1.`, `a)`, `Điều 1.`) follow, and below them whoever stands here stands once more, to sign."""
    lines, line = document.lines, region.signatures[0].line
    opening, loud = document.bare_of(line).rstrip(" :"), document.signs(line).capitals
    clauses = 0
    for index in range(region.end, len(lines)):
        line = lines[index]
        if is_title(document, line) or is_type_name(document.of(line)) or begins_attachment(document, index):
            return False
        # "BÊN A" over the clauses and below them; "Bên A giữ một bản." signs nothing
        if clauses > 1 and _same_words(opening, document.bare_of(line)) and document.signs(line).capitals is loud:
            return True
        clauses += document.signs(line).marker(_CLAUSES | _PARTS) is not None
    return False


def _same_words(one: str, other: str) -> bool:
    """`BÊN THUÊ (BÊN B)` over the clauses, `BÊN THUÊ` below them."""
    return bool(other) and (one.startswith(other) or other.startswith(one)) and len(other) <= LONGEST


def _next_part(document: SourceDocument, start: int) -> int:
    """The line that opens the next part of the body, before anything attached; past the last line if there is none."""
    lines = document.lines
    for index in range(start, len(lines)):
        if begins_attachment(document, index):
            break
        if document.signs(lines[index]).marker(_PARTS):
            return index
    return len(lines)


def _is_sample(document: SourceDocument, region: Region) -> bool:
    """Whether the region stands inside a manual, between its own paragraphs ("Ví dụ: ... TM. BAN THƯỜNG VỤ")."""
    lines = document.lines
    if region.end >= len(lines) - 1:
        return False
    if any(_is_sample_lead(document, lines[i]) for i in range(max(0, region.start - 2), region.start)):
        return True
    if region.is_complete:
        return False
    marker = marker_of(after_emphasis(document.signs(lines[region.end])), _GOES_ON)
    return marker is not None and any(value > 1 for value in marker.value)


def _is_sample_lead(document: SourceDocument, line: Line) -> bool:
    return _SAMPLE.match(document.bare, line.start, line.end) is not None
