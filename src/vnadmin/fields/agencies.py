"""Agencies: the two lines of the header (ô 2), parent and issuing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from vnadmin.found import Found, quote, trimmed
from vnadmin.gazetteer import words_where
from vnadmin.genre.header_line import equals, squeeze, starts_with
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.model import Grade
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones

# A name that a line end cut: "... VÀ ĐẦU TƯ" goes on from "BỘ KẾ HOẠCH"; "BỘ TÀI CHÍNH -" / "BỘ TƯ PHÁP"
_OPEN_END = pattern(r"(?:\b(?:và|của|thuộc|các|-)|[-,–&])[ ]*$")
_OPEN_START = pattern(r"[ ]*(?:và\b|[-–&(,])")
# "HỘI ĐỒNG NHÂN DÂN TỈNH ..." / "KHÓA XVIII - KỲ HỌP THỨ 5": the term is no part of the name
_TERM = pattern(r"[^\w]*+(?:khoá|khóa|kỳ họp|nhiệm kỳ)(?!\w)")
# A number of a joint document: all names above it issue together ("03/2010/TTLT-BYT-BCA", "102/2025/NQLT-...")
_JOINT = pattern(r"[/-] *+(?:ttlt|ttlb|nqlt|tt ?- ?lt|tt ?- ?lb)(?!\w)")


def read_parent_agency(zones: Zones) -> Iterator[Found[str]]:
    """The line above the issuing agency's, where there are two names."""
    groups = _names(zones.document, zones.preface.agencies)
    if len(groups) >= 2 and not _is_joint(zones):
        yield _quote(zones.document, groups[-2], "parent_agency.header-line", len(groups))


def read_issuing_agency(zones: Zones) -> Iterator[Found[str]]:
    """The last name above the number; in a gazette text, the name after `của` in the title."""
    document, preface = zones.document, zones.preface
    groups = _names(document, preface.agencies)
    if len(groups) >= 2 and _is_joint(zones):
        lines = [line for group in groups for line in group]
        yield _quote(document, lines, "issuing_agency.joint", len(lines) + 1)
        return
    if groups:
        yield _quote(document, groups[-1], "issuing_agency.header-line", len(groups))
        return
    if preface.block and preface.block.issuer:
        yield quote(document, preface.block.issuer, "issuing_agency.title-block", Grade.LIKELY)
        return
    for line in preface.authority[:1]:
        if starts_with(document.folded_of(line), "head"):
            # a page without a header: only "ỦY BAN NHÂN DÂN THÀNH PHỐ ..." over the preamble names the issuer
            span = trimmed(document, line.start, line.end, ",.;:*_")
            yield quote(document, span, "issuing_agency.authority", Grade.LIKELY)


def _is_joint(zones: Zones) -> bool:
    """Several bodies issue together, and none of them is the other's parent."""
    folded, preface = zones.document.folded, zones.preface
    return any(_JOINT.search(folded, line.start, line.end) for line in preface.number) or any(
        "liên tịch" in folded[line.start : line.end] for line in preface.type_line
    )


def _quote(document: SourceDocument, lines: Sequence[Line], rule: str, count: int) -> Found[str]:
    spans = [trimmed(document, line.start, line.end, "*_#") for line in lines]
    spans[-1] = trimmed(document, spans[-1].start, spans[-1].end, "-–.:;")
    return quote(document, spans, rule, Grade.CERTAIN if count <= 2 else Grade.LIKELY)


def _names(document: SourceDocument, lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of the header's left column, grouped to names."""
    groups: list[list[Line]] = []
    for line in lines:
        if _TERM.match(document.folded, line.start, line.end):
            continue
        if groups and _goes_on(document, groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


@cache
def _known_names() -> frozenset[str]:
    """Names that a line end cuts before a word that could open a name: `ỦY BAN THƯỜNG VỤ` / `QUỐC HỘI`."""
    return frozenset(map(squeeze, words_where("header_words", "kind", "name")))


def _goes_on(document: SourceDocument, name: Sequence[Line], line: Line) -> bool:
    """The line belongs to the name begun above it."""
    above = name[-1]
    if _OPEN_END.search(document.folded_of(above)) or _OPEN_START.match(document.folded_of(line)):
        return True
    opens = starts_with(document.folded_of(line), "head") and not starts_with(document.folded_of(line), "no_head")
    if starts_with(document.folded_of(line), "unit") and not opens:
        return True  # "TỈNH HẢI VÂN", and not "TỈNH ỦY", "HUYỆN ĐOÀN"
    if len(name) == 1 and equals(document.folded_of(above), "short_head") and not opens:
        return True
    if (
        len(name) == 1
        and equals(document.folded_of(above), "head")
        and not equals(document.folded_of(above), "whole_name")
    ):
        return True  # "CÔNG ĐOÀN", "TRUNG TÂM": no name yet
    if squeeze(" ".join(document.of(part) for part in (*name, line))) in _known_names():
        return True
    return not opens
