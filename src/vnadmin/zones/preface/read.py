"""Finds the preface: walks down the first lines and gives each to a component by the first rule that knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vnadmin.genre.header_line import mark_of
from vnadmin.layout.page import Line, SourceDocument, Span
from vnadmin.zones.preface.address import ADDRESS
from vnadmin.zones.preface.anchor import find_anchor, find_arrival_stamp, find_gazette
from vnadmin.zones.preface.block import read_block_head
from vnadmin.zones.preface.head import HEAD
from vnadmin.zones.preface.header import Header, Part, Rules, Stage, Step
from vnadmin.zones.preface.kinds import Kinds
from vnadmin.zones.preface.title import TITLE
from vnadmin.zones.zone import Preface

_WINDOW = 120  # lines that a header may fill, stamps and site furniture before it included
RULES: Mapping[Stage, Rules] = {Stage.HEAD: HEAD, Stage.TITLE: TITLE, Stage.ADDRESS: ADDRESS}


def find_preface(document: SourceDocument) -> Preface:
    """The header of the main document; empty where the document has none."""
    lines = document.lines[:_WINDOW]
    kinds = Kinds(document, lines)
    stamp = find_arrival_stamp(document, lines)
    gazette = find_gazette(document, lines, kinds)
    anchor = find_anchor(document, lines, kinds, stamp | gazette)
    if anchor is None:
        return Preface()
    header = Header(document, lines, kinds, anchor, stamp, gazette)
    stage, placed, end = Stage.HEAD, dict[int, str](), 0
    for position, line in enumerate(lines):
        name, step = _first(RULES[stage], header, position)
        _write(header, line, name, step)
        if not step.ends or step.part is not None:
            placed[line.index] = f"{stage}.{name}"
        if step.ends:
            break
        end = line.index + 1
        if step.then is Stage.TITLE:
            header.block = read_block_head(header, position)
        stage = step.then or stage
    return _preface(header, end, placed)


def _write(header: Header, line: Line, name: str, step: Step) -> None:
    """Write a rule's answer for one line into the header."""
    if step.drops is not None:
        kept = [other for other in header.parts.pop(step.drops, []) if step.drops_in not in (None, other.column)]
        if kept:
            header.parts[step.drops] = kept
    if step.untyped:
        header.parts[Part.TITLE] = [*header.parts.pop(Part.TYPE_LINE), *header.parts.get(Part.TITLE, ())]
        header.block = None
    header.closed = header.closed or step.closes
    if step.part is not None:
        header.parts.setdefault(step.part, []).append(line)
        if step.opens:
            header.current = step.part
    if step.doubt is not None:
        header.doubts.setdefault(step.doubt, []).append(name)


def _first(rules: Rules, header: Header, at: int) -> tuple[str, Step]:
    """The first rule that knows the line; the last one knows every line."""
    for name, read, _ in rules[header.kind(at)]:
        step = read(header, at)
        if step is not None:
            return name, step
    raise AssertionError(f"the last of the rules leaves line {at} to none")


def _preface(header: Header, end: int, placed: dict[int, str]) -> Preface:
    def part(name: Part) -> tuple[Line, ...]:
        return tuple(header.parts.get(name, ()))

    return Preface(
        agencies=part(Part.AGENCIES),
        number=part(Part.NUMBER),
        letter_subject=part(Part.LETTER_SUBJECT),
        motto=part(Part.MOTTO),
        place_date=part(Part.PLACE_DATE),
        type_line=part(Part.TYPE_LINE),
        block=header.block,
        title=tuple(_title(header)),
        issued_with=part(Part.ISSUED_WITH),
        address=part(Part.ADDRESS),
        authority=part(Part.AUTHORITY),
        marks=part(Part.MARKS),
        end=end,
        placed=placed,
        doubts={part: tuple(names) for part, names in header.doubts.items()},
    )


def _title(header: Header) -> Iterator[Span]:
    """What of each line of the block comes after the type, the issuer, the number and the date."""
    lines = header.parts.get(Part.TYPE_LINE, [])[:1] + header.parts.get(Part.TITLE, [])
    for line in lines:
        rest = Span(max(line.start, header.head_end), line.end)
        text = header.document.text[slice(*rest)]
        if text.strip() and mark_of(text, header.document.folded[slice(*rest)]) is None:  # "THÔNG BÁO KHẨN"
            yield rest
