"""Signatories: the signature blocks (ô 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vnadmin.fields.signatories_other import (
    inline_signers,
    marked_signers,
    name_below_the_list,
    name_beside_a_mark,
    stamped_signer,
    unit_alone,
)
from vnadmin.found import Found, quote, trimmed
from vnadmin.genre.closing_line import Role
from vnadmin.genre.flattened.end import inner_posts
from vnadmin.genre.person_name import NameLikeness, is_two_names, name_likeness, ways_to_two_names
from vnadmin.genre.post_and_authority import authority_end, goes_on_with_post, is_act, is_cut_post, is_post, is_unit
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern
from vnadmin.text.syllable import is_foreign
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundSignatory:
    """Leaves of model.Signatory."""

    name: Found[str] | None
    position: Found[str] | None
    authority: tuple[Found[str], ...]


_OWN = (Role.POST, Role.CAPITALS)  # a signer's own post, above the name
_EDGE = "*_|:,;-–"
_KIEM = pattern(r"(?:.*[ *_])?kiem[ *_]*+")
# "KT. BỘ TRƯỞNG, THỨ TRƯỞNG", "KT. CHỦ TỊCH - PHÓ CHỦ TỊCH"
_THEN_POST = pattern(r"(?: ?[,/] ?| [-–] )(?=\p{L})")
# "PHÓ CHỦ TỊCH VT.6.14", "GIÁM ĐỐC Bản tin", "CHÁNH VĂN PHÒNG(Đã ký)": a post is set in one case; not "KT. Bộ trưởng", "GIÁM ĐỐC SỞ KHCN 2"
_MIXED = pattern(r"\p{Lu}{2,}+(?! *+[./]) \p{Lu}{2,}+(?:[^\p{Ll}\d]|\d(?!\.\d))*+[\p{Ll}\d]")
_DATED = pattern(r".*\d[/.]\d++[/.]\d")


def read_signatories(zones: Zones) -> Iterator[FoundSignatory]:
    """One for each signature block, in reading order; other ways to name a signer count only where no block does."""
    blocks = zip(zones.conclusions.signatures, zones.conclusions.roles, strict=True)
    found = [s for block, roles in blocks if (s := _of_block(zones.document, block, roles)) is not None]
    if len(found) == 1 and found[0].name is None:
        yield replace(found[0], name=name_beside_a_mark(zones))
        return
    if found:
        yield from found
        return
    signers = [FoundSignatory(name, position, ()) for name, position in inline_signers(zones)]
    if not signers:
        signers = [FoundSignatory(name, position, ()) for name, position in marked_signers(zones)]
    if not signers:
        signers = [FoundSignatory(name, None, ()) for name in name_below_the_list(zones)]
    if not signers:
        signers = [FoundSignatory(name, None, ()) for name in stamped_signer(zones)]
    if not signers:
        signers = [FoundSignatory(None, position, ()) for position in unit_alone(zones)]
    yield from signers


def _of_block(document: SourceDocument, block: Sequence[Line], roles: Sequence[Role]) -> FoundSignatory | None:
    """A block from top to bottom: authorities, post, signed mark, second title, name."""
    posts: list[list[Line]] = []  # printed lines of each logical line
    name: Line | None = None
    below: Line | None = None
    last: Role | None = None
    parted = [(part, what) for line, what in zip(block, roles, strict=True) for part in _parted(document, line, what)]
    for line, what in parted:
        if what is Role.NAME:
            name = line
        elif what is Role.BELOW:
            below = line
            continue
        elif what in (Role.MARK, Role.DOTS, Role.DATE, Role.RANK, Role.STAMP):
            last = None
            continue
        elif what is Role.OTHER and (is_foreign(document.bare_of(line)) or _is_scrap(document, line, posts)):
            continue  # "Authorized person for information disclosure": listed companies print both
        elif posts and last is not None and _KIEM.fullmatch(document.bare_of(posts[-1][-1])):
            posts[-1].append(line)  # "TRƯỞNG BAN TUYÊN GIÁO" / "Kiêm" / "TRƯỞNG BAN TỔ CHỨC CUỘC THI"
        elif posts and what is Role.POST and last is not None and _goes_on(document, posts[-1][-1], line, last):
            posts[-1].append(line)
        elif what in (Role.AUTHORITY, Role.POST) or not posts or last is None:
            posts.append([line])
        else:
            posts[-1].append(line)  # "KT. CHÁNH ÁN TÒA ÁN" / "NHÂN DÂN TỐI CAO"
        last = what
    if name is None and not posts:
        return None
    while len(posts) > 1 and is_act(document.of(posts[0][0]), document.bare_of(posts[0][0])):
        del posts[0]  # "PHÊ DUYỆT" / "GIÁM ĐỐC SỞ Y TẾ": neither a post nor an authority
    below = None if any(what in _OWN for what in roles) else below
    if below is not None:
        posts.append([below])  # "TM. BAN QUẢN TRỊ" / "Phan Thị Thoa" / "Chủ tịch"
    elif name is not None and posts and _is_authority(document, posts[-1]):
        posts[-1:] = _authority_and_post(document, posts[-1])
    grade = _grade(document, name, posts)
    unlisted = bool(posts) and not _is_known(document, posts[-1][0])
    if len(posts) == 1 and len(posts[0]) > 1 and _is_authority(document, posts[0]):
        unlisted = True  # "TM. ỦY BAN NHÂN DÂN" / "HUYỆN ĐÁ BẠC", or a post that no table knows
    if (below or Role.STAMP in roles or len(parted) > len(block) or unlisted) and grade is Grade.CERTAIN:
        grade = Grade.LIKELY
    leaves = [_leaf(document, group, "signatory.post", grade) for group in posts]
    position = leaves.pop() if leaves and not _is_authority(document, posts[-1]) else None
    return FoundSignatory(
        quote(document, _span(document, name), "signatory.name", grade) if name else None,
        position,
        tuple(leaves),
    )


def _is_known(document: SourceDocument, line: Line) -> bool:
    """Whether the words themselves say that they are a post, a unit or an authority, and not only their place above a name."""
    text, plain = document.of(_span(document, line)), document.bare_of(_span(document, line))
    return is_post(text, plain) or authority_end(text, plain) > 0 or is_unit(text, document.folded_of(line))


def _goes_on(document: SourceDocument, above: Line, line: Line, last: Role) -> bool:
    """Whether a post is the rest of the one that the line above it began."""
    words = document.bare_of(above), document.bare_of(line)
    return is_cut_post(*words) or (last is Role.POST and goes_on_with_post(*words))


def _parted(document: SourceDocument, line: Line, what: Role) -> list[Line]:
    """`KT. CHỦ TỊCH PHÓ CHỦ TỊCH` as the two lines that it was before a converter joined them; `PHÊ DUYỆT GIÁM ĐỐC` likewise."""
    plain = document.bare_of(line)
    cuts = (
        [line.start + at for at in inner_posts(plain)]
        if what is Role.AUTHORITY or is_act(document.of(line), plain)
        else []
    )
    return [line._replace(start=a, end=b) for a, b in zip([line.start, *cuts], [*cuts, line.end], strict=True)]


def _is_scrap(document: SourceDocument, line: Line, posts: Sequence[Sequence[Line]]) -> bool:
    """Whether a line over all posts is what a scan's columns left of another one: `cơ quan, đơn` over `CHỦ TỊCH`."""
    return not posts and document.of(line)[:1].islower()


def _authority_and_post(document: SourceDocument, group: list[Line]) -> list[list[Line]]:
    """`KT. BỘ TRƯỞNG, THỨ TRƯỞNG` on one line, where no other line names the signer's own post."""
    line = group[-1]
    text, plain = document.of(line), document.bare_of(line)
    for match in _THEN_POST.finditer(text, authority_end(text.lstrip("*_ "), plain.lstrip("*_ "))):
        if is_post(text[match.end() :].rstrip(_EDGE + " "), plain[match.end() :].rstrip(_EDGE + " ")):
            head = line._replace(end=line.start + match.start(), words=())
            return [[*group[:-1], head], [line._replace(start=line.start + match.end(), words=())]]
    return [group]


def _is_authority(document: SourceDocument, group: Sequence[Line]) -> bool:
    """`TM. ...` directly above the name is no post; `Q. GIÁM ĐỐC` is one."""
    span = _span(document, group[0])
    text, plain = document.text[span.start : span.end], document.bare[span.start : span.end]
    return bool(authority_end(text, plain)) and not plain.startswith(("q.", "q ", "quyen"))


def _grade(document: SourceDocument, name: Line | None, posts: Sequence[Sequence[Line]]) -> Grade:
    if name is None:
        return Grade.LIKELY
    likeness = name_likeness(document.of(name))
    two_posts = len(posts) > 1 and not _is_authority(document, posts[0])  # "THƯ KÝ" / "CHỦ TỌA" / "Trần Văn An Lê Hưng"
    if is_two_names(document.of(name)) or (two_posts and ways_to_two_names(document.of(name))):
        return Grade.GUESS
    if likeness is NameLikeness.FULL and posts:
        return Grade.CERTAIN
    return Grade.LIKELY if posts and likeness is not NameLikeness.NONE else Grade.GUESS


def _span(document: SourceDocument, line: Line) -> Span:
    return trimmed(document, line.start, line.end, _EDGE)


def _leaf(document: SourceDocument, group: Sequence[Line], rule: str, grade: Grade) -> Found[str]:
    spans = [
        trimmed(document, line.start, line.end, "*_|") for line in group
    ]  # "PHÓ BÍ THƯ -" / "CHỦ TỊCH" keeps its dash
    spans[0] = Span(_span(document, group[0]).start, spans[0].end)
    spans[-1] = Span(spans[-1].start, _span(document, group[-1]).end)
    found = quote(document, spans, rule, grade)
    odd = _MIXED.match(found.value) or _DATED.match(found.value) or is_act(found.value, bare(found.value))
    return found._replace(grade=Grade.LIKELY) if odd and grade is Grade.CERTAIN else found
