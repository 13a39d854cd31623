"""Tells whether a text is an administrative document at all, by what stands in its header and at its end."""

from __future__ import annotations

import regex

from vnadmin.genre.closing_line import Role
from vnadmin.genre.line_text import after_emphasis
from vnadmin.genre.marker import MarkerKind, marker_of
from vnadmin.layout.page import Line, SourceDocument
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones

_ENOUGH = 3
_HEAD_LINES = 30
# "BẢN ÁN", "Bản án số: 19/2021/HS-ST", "NHÂN DANH" over "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_JUDGMENT = pattern(r"[*_# ]*+(?:ban an(?:[ *_]*+$| so *+[:\d]| (?:hinh|dan|hanh|kinh) )|nhan danh(?:[ *_]*+$| nuoc ))")
# "HỢP ĐỒNG MUA BÁN", "HỢP ĐỒNG THUÊ NHÀ"
_CONTRACT = pattern(r"[*_# ]*+hop dong\b")
# "BÊN A:", "Bên bán (Bên A):", "Đại diện bên B"
_PARTY = pattern(r"(?:dai dien )?ben (?:a|b|mua|ban|thue|cho thue|giao|nhan)\b")
# "12/UBND-VX", "/QĐ-STC", "36-HD/VPTW"; "Số: 00001234" of an invoice has none
_NOTATION = pattern(r"[/-] *+[^\W\d_]")
_MARKERS = frozenset(MarkerKind)  # a party may be named under any


def is_administrative(zones: Zones) -> bool:
    """Whether header, number, signature and Nơi nhận speak for a document of an office.

    Judgments, contracts between parties, articles and notes are none, though each may have some of these.
    """
    document = zones.document
    head = document.lines[:_HEAD_LINES]
    top = document.bare[: head[-1].end] if head else ""
    if ("ban an" in top or "nhan danh" in top) and any(_opens(document, line, _JUDGMENT) for line in head):
        return False
    if _is_contract(zones, head):
        return False
    return _evidence(zones) >= _ENOUGH


def _evidence(zones: Zones) -> int:
    """A sum over the components found; no single weak one is enough."""
    preface, conclusions = zones.preface, zones.conclusions
    signed = {role for roles in conclusions.roles for role in roles}
    folded = zones.document.folded
    noted = any(_NOTATION.search(folded, line.start, line.end) for line in preface.number)
    return (
        (3 if noted else bool(preface.number))
        + 2 * bool(preface.agencies)
        + 2 * bool(preface.letter_subject)
        + 2 * bool(preface.type_line)
        + 2 * bool(preface.block and preface.block.number)
        + bool(preface.motto)
        + bool(preface.place_date)
        + bool(preface.address)
        + 2 * bool(conclusions.recipients)
        + 2 * (Role.AUTHORITY in signed)
        + (Role.POST in signed)
    )


def _is_contract(zones: Zones, head: tuple[Line, ...]) -> bool:
    """A contract that names its parties and has neither an issuing agency nor Nơi nhận."""
    if zones.preface.agencies or zones.conclusions.recipients:
        return False
    document = zones.document
    named = any(_opens(document, line, _CONTRACT) for line in head)
    return named and sum(1 for line in document.lines if _names_party(document, line)) >= 2


def _names_party(document: SourceDocument, line: Line) -> bool:
    own = after_emphasis(document.signs(line))
    marker = marker_of(own, _MARKERS)
    return _PARTY.match(own.bare, marker.content if marker else 0) is not None


def _opens(document: SourceDocument, line: Line, pattern: regex.Pattern[str]) -> bool:
    return pattern.match(document.bare, line.start, line.end) is not None
