"""Joins lines that were cut to fit a width, or inside a phrase, by what stands on both sides of the cut."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.flattened.phrase import (
    goes_on_with_date,
    joint,
    leaves_date_open,
    state_line_begun,
    states_end,
    with_states_end,
)
from vnadmin.genre.header_line import starts_with
from vnadmin.genre.landmarks import date_line_start, is_number_line, subject_label
from vnadmin.genre.motto import FIRST_WORDS, printed_motto
from vnadmin.layout.flow.raw import BLANK, RawLine, is_rule
from vnadmin.layout.flow.wrapping import opens_paragraph
from vnadmin.layout.page import Column
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern

_GAP = pattern(r"(?: {3,}+|\t\s*+)(?=\S)")
_MOTTO_LINES = 4  # from the motto to its last words
_DRAWN = " \t_-=–—"
_TITLE_LINE = 40  # characters; a name of an issuer in its column has fewer
_LONGEST_GAP = 2  # blank lines between the pieces of a date
_SHORT = 100  # characters; what is longer is a line of prose, which keeps its lines


def join_cut(lines: Sequence[RawLine], width: int) -> list[RawLine]:
    """Lines of which some ended because the next word would not have fitted; a width of 0 says that none was cut."""
    joined: list[RawLine] = []
    length = 0  # of the printed line above
    for line in lines:
        text = line.text
        fits = length + 1 + len(text.split(" ", 1)[0]) <= width
        if joined and not fits and width and length and text and not _parts(joined[-1], line):
            joined[-1] = joined[-1]._replace(text=f"{joined[-1].text} {text}")
        else:
            joined.append(line)
        length = 0 if text.endswith("\\") else len(text)  # a line end that was meant
    return joined


def mend_cuts(lines: Sequence[RawLine]) -> list[RawLine]:
    """Lines joined where one ended inside a phrase: `ngày 20` / `tháng 11 năm 2025`, `Số:` / `295/BTC-KBNN`."""
    mended: list[RawLine] = []
    last = BLANK
    gap = 0  # blank lines since the last one
    for line in _with_whole_motto(lines):
        if not line.text and last.text and gap < _LONGEST_GAP and leaves_date_open(last.text):
            gap += 1
            mended.append(line)
            continue
        if gap:
            if line.text and goes_on_with_date(line.text):
                del mended[-gap:]
            else:
                last = BLANK
            gap = 0
        if line.text and last.text and line.column is last.column and line.cell == last.cell:
            before, after = last.text.rstrip(), line.text.strip()
            above = before.lstrip()
            between = _joint(above, after)
            if between is None and FIRST_WORDS in above and (whole := with_states_end(above, after)):
                mended[-1] = mended[-1]._replace(text=before[: -len(above)] + whole[0], rebuilt=True)
                line = line._replace(text=whole[1], rebuilt=True)
            if between is not None and between and _ends_title(mended, line):
                between = None
            if between is not None and (len(before) + len(after) < _SHORT or line.column is not Column.FULL):
                mended[-1] = last = last._replace(text=f"{before}{between}{after}")
                continue
            if between is not None:
                line = line._replace(starts_paragraph=False)
        mended.append(line)
        last = line
    return mended


def _joint(above: str, below: str) -> str | None:
    """What stands between two lines that were one, or that a column of the first one and the second were."""
    between = joint(above, below)
    if between is None and ("   " in above or "\t" in above) and (pieces := _GAP.split(above))[1:]:
        between = joint(pieces[-1], below)  # "UBND XÃ HẠ SƠN      CỘNG HÒA XÃ HỘI CHỦ" / "NGHĨA ..."
    if between is None and FIRST_WORDS in above and (begun := state_line_begun(above, 1)):
        between = joint(begun, below)  # "BỘ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA" / "VIỆT NAM"
    return between


def _with_whole_motto(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, a motto in one with its last word that stands below the rule of the other column.

    `CHÍNH PHỦ      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT` / `_______` / `NAM`, or `_______ NAM` where blanks were lost.
    """
    whole = list(lines)
    for at, line in enumerate(lines):
        if "CỘNG" not in line.text:  # nearly every line
            continue
        text = line.text.rstrip()
        words = state_line_begun(" ".join(text.split()))
        if not words:
            continue
        for below in range(at + 1, min(len(lines), at + _MOTTO_LINES)):
            rest = lines[below].text.strip(_DRAWN)
            alone = below == at + 1 and lines[below].text.strip() == rest  # the next line, and nothing else on it
            if not alone and states_end(words, rest):
                whole[at] = line._replace(text=f"{text} {rest}", rebuilt=True)
                whole[below] = lines[below]._replace(text="")
            if rest:
                break
    return whole


def _ends_title(mended: Sequence[RawLine], line: RawLine) -> bool:
    """`... NHÀ NƯỚC TỈNH BẮC` / `GIANG` / `ỦY BAN NHÂN DÂN TỈNH BẮC NINH`: a syllable alone that ends a title in capitals."""
    if len(mended) < 2 or " " in mended[-1].text.strip() or not in_capitals(line.text):
        return False
    above = mended[-2]
    in_title = above.column is line.column and above.cell == line.cell and len(above.text) >= _TITLE_LINE
    return in_title and in_capitals(above.text) and starts_with(fold(line.text), "head")


def _parts(before: RawLine, line: RawLine) -> bool:
    """Whether something new begins with a line: a part of a header or an item, or capitals that end or begin."""
    text = line.text
    if is_rule(text) or is_rule(before.text) or opens_paragraph(before, line):
        return True
    if in_capitals(before.text) != in_capitals(text):
        return True
    motto, folded = printed_motto(text), fold(text.strip())
    subject = subject_label(folded)
    return (
        (motto is not None and motto.start == 0)
        or is_number_line(text.strip(), folded)
        or (subject is not None and not subject.is_about)
        or _is_place_date(text)
    )


def _is_place_date(text: str) -> bool:
    """`Hà Nội, ngày 6 tháng 4 năm 2011`, the name of the place before it."""
    date = date_line_start(text)
    return date >= 0 and text[:date].rstrip().endswith(",")
