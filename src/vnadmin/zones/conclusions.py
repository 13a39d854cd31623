"""Finds the conclusions: Nơi nhận and the signature blocks, which end the main document."""

from __future__ import annotations

from vnadmin.layout.page import Line, SourceDocument
from vnadmin.zones.attachments import begins_attachment
from vnadmin.zones.conclusions_blocks import signature_blocks
from vnadmin.zones.conclusions_lines import LONGEST, anchors
from vnadmin.zones.conclusions_region import Region, read_region
from vnadmin.zones.zone import Conclusions

import regex

# What follows a sample inside a manual and shows that the document goes on: "2. Kỹ thuật trình bày", "b) Chức vụ".
_GOES_ON = regex.compile(
    r"(?:(?:[2-9]|[1-9]\d)(?:\.\d{1,2})*+[.)] |\d{1,2}\.(?:[2-9]|[1-9]\d)|[b-z][.)] |dieu (?:[2-9]|[1-9]\d)[.: ]|(?:vi|iv|v|iii|ii)[.] )"
)
_SAMPLE = regex.compile(r"(?:vi du|chang han|mau sau|nhu sau)\b[^.;]{0,60}:?$")


def find_conclusions(document: SourceDocument, start: int) -> Conclusions:
    """The end of the main document, searched from line `start` on: the first proper end, or none."""
    lines = document.lines
    limit: int | None = None
    weak: Region | None = None
    pattern = anchors()
    index = start
    while index < len(lines):
        line = lines[index]
        if limit is None and index > start and begins_attachment(document, index):
            limit = index
            if weak is not None:
                break
        if line.end - line.start <= 4 * LONGEST and pattern.match(document.bare, line.start, line.end):
            region = read_region(document, index)
            if region is not None and region.is_proper and not _is_sample(document, region):
                if limit is not None and not region.is_complete:
                    break
                return _conclusions(document, region)
            if region is not None and region.is_plausible and weak is None and not _is_sample(document, region):
                weak = region
        index += 1
    if weak is not None and (limit is None or weak.start < limit):
        return _conclusions(document, weak)
    end = limit if limit is not None else len(lines)
    return Conclusions(start=end, end=end)


def _conclusions(document: SourceDocument, region: Region) -> Conclusions:
    return Conclusions(
        recipients=tuple(region.recipients),
        signatures=signature_blocks(document, region.signatures),
        start=region.start,
        end=region.end,
    )


def _is_sample(document: SourceDocument, region: Region) -> bool:
    """Whether the region stands inside a manual, between its own paragraphs ("Ví dụ: ... TM. BAN THƯỜNG VỤ")."""
    lines = document.lines
    if any(_is_sample_lead(document, lines[i]) for i in range(max(0, region.start - 2), region.start)):
        return region.end < len(lines)
    if region.end >= len(lines):
        return False
    after = lines[region.end]
    plain = document.bare[after.start : min(after.end, after.start + 40)]
    return _GOES_ON.match(plain.lstrip("*_#> ")) is not None and not region.is_complete


def _is_sample_lead(document: SourceDocument, line: Line) -> bool:
    return _SAMPLE.match(document.bare, line.start, line.end) is not None


__all__ = ["find_conclusions"]
