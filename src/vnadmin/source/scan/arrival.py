"""Finds the registry's arrival stamp ("CÔNG VĂN ĐẾN, Số: …, Ngày: …") among the lines of a page."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.bullet import bullets
from vnadmin.genre.capitals import capital_share
from vnadmin.layout.page import Box
from vnadmin.ocr.reading import ReadLine
from vnadmin.text.fold import bare
from vnadmin.text.pattern import pattern

# "ĐẾN", "CÔNG VĂN ĐẾN", "ĐẾN Số: 345", also with scraps of its frame: 'ĐẾN "', "ĐêN\".." (NĐ 30/2020, Phụ lục IV)
_HEAD = pattern(r"\W*(?:cong van |van ban )?den(?: ?(?:so|ngay|gio)\b.*|\W.{0,12}|)")
_MISREAD = pattern(r"Đ\p{L}[nN]\W{1,13}")  # 'Đân ""...' under the registry's name; "ĐỒN BP SƠN VĨ" is a unit
# The document's own number: "Số: 15/QĐ-UBND", "Số: 15-QĐ/TU", "Số 15 QĐ/UBND", "Số:      /QĐ-UBND"
_OWN = pattern(r"\W*s[o0a6]\b.*(?:/ ?\p{L}|[\p{L}\d] ?- ?(?!ngay)\p{L}{2})")
_LABEL = pattern(r"\W*(?:s[o0a6]|ng\p{L}{1,2})\b")  # "Số:...", "Ngn.Q4J1"
# Dots, a colon or a figure follow "Số", which "Sở Y tế;" in the list beside it lacks; after other labels also what was
# misread for them: "Ngày(bUẪU"
_PART = pattern(
    r"\W*(?:s[o0a6](?: den)?\b[^\p{L}]{0,2}[.:;…_\d]"
    r"|(?:ng\p{L}{1,2}|gio|g?gi?o|(?:kinh )?chuyen|luu(?: ho so)?(?: so)?|ma)\b(?: ?[^\p{L}\s]|$))"
)
_DESK = pattern(r"\W*(?:kinh )?chuyen ?:[ .…_]*")  # "Kính chuyển:......", whose head was read with a title beside it
_NUMBER = pattern(r"\W*s[o0a6]\b[ .:;…]*\d")
_DAY = pattern(r"\W*ngay ?[:.…]")
_DATED = pattern(r"\bngay\b\D{0,40}\d")
_OTHER = pattern(r"\W*(?:so|gio|g?gi?o|chuyen|kinh chuyen|luu)\b")  # the lines that hold no day
_SCRAP = pattern(r"[\W\d]*\p{L}{0,3}[\W\d]*")
_WIDEST = 170.0  # points: the stamp is 60 mm wide at most
_LETTERS = 2  # of an entry behind its bullet, at least
_BELOW = 75.0  # points under the head that may belong to it
_FOOT = 45.0  # points over its foot in which number and day stand
_CAPITALS = 0.6  # share of capitals in what is read of the registry's name under a frame
_ABOVE = 2  # lines of the registry's name over the head
_TALLEST = 2.5  # times the head, of a line of that name


def arrival_lines(lines: Sequence[ReadLine], height: float) -> frozenset[int]:
    """The indices of the lines of arrival stamps, in the upper half of a page of this height."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        box = line.box
        if box.y1 > 0.6 * height or box.x1 - box.x0 > _WIDEST:
            continue
        if _DESK.fullmatch(bare(line.text)):
            found.update(_over_desk(lines, index))
        is_head = _is_head(line)
        if not is_head and not _MISREAD.fullmatch(line.text):
            continue
        number = _number_above(lines, box) if is_head else []
        top = lines[number[0]].box if number else box
        parts, name = [*number, *_parts(lines, box)], _name_above(lines, top._replace(x0=box.x0))
        if is_head or (name and any(_LABEL.match(bare(lines[part].text)) for part in parts)):
            found.update((index, *parts, *name))
    return frozenset(found)


def _over_desk(lines: Sequence[ReadLine], desk: int) -> list[int]:
    """The foot of a stamp whose head was not read, and its number and day; `Chuyển:` alone needs a day over it.

    A form that passes papers on (PHIẾU CHUYỂN) has a number and a day of its own over `Chuyển:`; only where others
    stand elsewhere are these the stamp's.
    """
    box = lines[desk].box
    near = _parts(lines, box._replace(y0=box.y0 - _FOOT, y1=box.y0 - _FOOT))
    parts = [part for part in near if part != desk and (lines[part].box.y0 + lines[part].box.y1) / 2 < box.y1]
    dated = any(_DAY.match(bare(lines[part].text)) for part in parts)
    others = [bare(line.text) for index, line in enumerate(lines) if index != desk and index not in parts]
    numbered = any(_OWN.match(other) or _NUMBER.match(other) for other in others)
    if dated and numbered and any(map(_DATED.search, others)):
        return [*parts, desk]
    return [desk] if "kinh" in bare(lines[desk].text) else []


def day_line(lines: Sequence[ReadLine], stamp: frozenset[int]) -> int | None:
    """Of a stamp's lines the one that holds its day: beside the lower half of the head, whatever was read of its label."""
    heads = (lines[index] for index in sorted(stamp))
    head = next((line.box for line in heads if _is_head(line) or _MISREAD.fullmatch(line.text)), None)
    if head is None:
        return None
    middle = (head.y0 + head.y1) / 2
    beside = [
        index
        for index in sorted(stamp)
        if lines[index].box is not head
        and lines[index].box.x0 > head.x0 + 8
        and middle < (lines[index].box.y0 + lines[index].box.y1) / 2 < head.y1 + 12
        and not _OTHER.match(bare(lines[index].text))
    ]
    return min(beside, key=lambda index: lines[index].box.x0, default=None)


def _is_head(line: ReadLine) -> bool:
    text = line.text
    if not _HEAD.fullmatch(bare(text)):
        return False
    return capital_share("".join(filter(str.isalpha, text))[:3]) > 0.5  # "đến" alone is a word of running text


def _parts(lines: Sequence[ReadLine], head: Box) -> list[int]:
    """Number, day and other lines under the head, and scraps of handwriting beside them."""
    out = []
    for index, line in enumerate(lines):
        box = line.box
        beside = box.x0 < head.x1 + 110 and box.x1 > head.x0 - 60 and box.x1 - box.x0 <= _WIDEST
        if not beside or not head.y0 - max(4.0, 0.3 * (head.y1 - head.y0)) <= box.y0 <= head.y1 + _BELOW:
            continue
        if _may_be_part(line) and (_PART.match(bare(line.text)) or _SCRAP.fullmatch(line.text)):
            out.append(index)
    return out


def _may_be_part(line: ReadLine) -> bool:
    """Whether a line is not the document's: its number, `Kính gửi`, an entry of a list ("- Sở GD&ĐT;", "- Lưu: VT.")."""
    low = bare(line.text)
    is_entry = line.text[:1] in bullets() and sum(map(str.isalpha, line.text)) >= _LETTERS
    return not (is_entry or "gui" in low or _OWN.match(low))


def _number_above(lines: Sequence[ReadLine], head: Box) -> list[int]:
    """`Số: 605` close over the head and right of where it begins: the head stands beside the rows, about their middle."""
    return [
        index
        for index, line in enumerate(lines)
        if head.x0 + 8 < line.box.x0 < head.x1
        and -4 <= head.y0 - line.box.y1 + 4 < line.box.y1 - line.box.y0
        and line.box.x1 - line.box.x0 <= _WIDEST
        and _NUMBER.match(bare(line.text))
        and _may_be_part(line)
    ][:1]


def _name_above(lines: Sequence[ReadLine], head: Box) -> list[int]:
    """The registry's name in capitals, one or two lines close above the head and no wider than the stamp."""
    out: list[int] = []
    top, x0, x1 = head.y0, head.x0, head.x1
    for _ in range(_ABOVE):
        for index, line in enumerate(lines):
            box = line.box
            close = -4 <= top - box.y1 + 4 < 1.6 * (box.y1 - box.y0)
            narrow = box.x1 - box.x0 <= _WIDEST and box.x0 < x1 + 40 and box.x1 > x0 - 40
            upright = box.y1 - box.y0 <= _TALLEST * (head.y1 - head.y0)  # "HỎA TỐC" stamped aslant is no name
            letters = "".join(filter(str.isalpha, line.text))
            if (
                index not in out
                and close
                and narrow
                and upright
                and capital_share(letters) > _CAPITALS
                and "/" not in line.text
                and not _OWN.match(bare(line.text))
            ):
                out.append(index)
                top, x0, x1 = box.y0, min(x0, box.x0), max(x1, box.x1)
                break
    return out
