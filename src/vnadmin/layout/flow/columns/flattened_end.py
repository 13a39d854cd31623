"""Parts the lines of a document's end that hold several of its parts, and puts recipients before signatures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vnadmin.genre.bullet import bullet_end
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import LONGEST as LONGEST_LINE
from vnadmin.genre.closing_line import Role, may_hold_label
from vnadmin.genre.flattened.end import (
    LONGEST,
    EndPiece,
    cut_end,
    holds_label,
    may_hold_parts,
    may_open_right,
)
from vnadmin.genre.person_name import NameLikeness, name_likeness, names_side_by_side
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.columns.cutting import holds_gap
from vnadmin.layout.flow.raw import BLANK, RawLine, is_rule
from vnadmin.layout.page import Column

_LINES = 120  # of an end
_OPEN_ITEM = 200  # characters of an item that goes on over a line end
_SIGNED = frozenset({Role.AUTHORITY, Role.POST})
_RIGHT = _SIGNED | {Role.NAME, Role.MARK, Role.RANK}
_TWO_POSTS = 8  # words of two posts on a line
_BELOW = 5  # lines from posts to their names
_LISTED = 40  # lines of a list under its label
_GAP = " " * 12  # between two columns
_ABOVE = 4  # lines of a signature that is set higher than the label
_SIDE_BY_SIDE = 3  # parts that one printed line of two columns has at most: a label, an item, a post


def part_ends(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines with every end put in order whose recipients and signatures stand among one another, or on one line."""
    result: list[RawLine] = []
    index = 0
    beside = False  # whether the last printed line held two posts
    listed = 0  # lines of a list that may still come, below its label
    while index < len(lines):
        line = lines[index]
        text = line.text
        if beside and text:
            beside = False
            names = names_side_by_side(text)
            if names:
                result += [line._replace(text=name, starts_paragraph=True) for name in names]
                index += 1
                continue
        if posts := _posts_side_by_side(text, lines, index):
            result += [line._replace(text=post, starts_paragraph=True) for post in posts]
            beside = True
            index += 1
            continue
        listed = max(listed - 1, 0)
        if listed and "   " in text and (apart := _unswapped(line)):
            result += apart
            index += 1
            continue
        if not may_hold_parts(text):  # nearly every line
            result.append(line)
            index += 1
            continue
        if line.cell is None and line.column is Column.FULL and may_hold_label(text):
            label = line_signs(text).role is Role.LABEL or holds_label(text)
            listed = _LISTED if label else listed
            higher = _higher(result) if label else 0
            end, parted = (
                _end([*result[len(result) - higher :], *lines[index : index + _LINES]], higher) if label else (0, [])
            )
            if parted:
                del result[len(result) - higher :]
                result += parted
                index += end - higher
                continue
        parted = _parted(line)
        beside = [line_signs(part.text).role for part in parted] == [Role.POST, Role.POST]
        result += parted
        index += 1
    return result


def _posts_side_by_side(text: str, lines: Sequence[RawLine], index: int) -> list[str]:
    """`Bên A Bên B`, `Thư ký Chủ tọa` over two names: two posts in small letters that are all of a line; empty where it is none."""
    if not text[1:2].islower() or not text[-1].isalpha() or text.count(" ") >= _TWO_POSTS or holds_gap(text):
        return []
    if not names_side_by_side(next((below.text for below in lines[index + 1 : index + _BELOW] if below.text), "")):
        return []
    words = text.split()
    for at in range(1, len(words)):
        halves = " ".join(words[:at]), " ".join(words[at:])
        if words[at][0].isupper() and all(line_signs(half).role is Role.POST for half in halves):
            return [*halves]
    return []


def part_lines(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines of two columns, each of which holds one part of the end."""
    return [part for line in lines for part in (_parted(line) if may_hold_parts(line.text) else (line,))]


def _parted(line: RawLine) -> list[RawLine]:
    """`KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Văn An`, recipients on one line: each part on a line of its own."""
    text = line.text.strip()
    if line.cell is not None or not text or len(text) > LONGEST:
        return [line]
    if not _is_joined_signature(text) and (line.column is Column.RIGHT or not holds_label(text)):
        return [line]
    pieces = cut_end(text)
    if len(pieces) == 1 or _is_side_by_side(line, pieces):
        return [line]
    return [line._replace(text=piece.text, starts_paragraph=True) for piece in pieces]


def _unswapped(line: RawLine) -> list[RawLine]:
    """`- Như trên;    PHÓ CHỦ TỊCH - Sở Nội vụ;` as two lines, `(Đã ký)- Sở Nội vụ;` as one with the item first.

    A reader of PDF that sorts words by their height sets them so: those of two columns differ by a hair. Empty where no item stands so.
    """
    pieces = cut_end(line.text)
    if len(pieces) < 2 or line.cell is not None or line.column is not Column.FULL:
        return []
    *before, last = pieces
    if last.right or not before[-1].right:
        return []
    head = line.text[: last.start].rstrip()
    if before[0].right:
        return [line._replace(text=f"{last.text}{_GAP}{head.strip()}", rebuilt=True)]
    return [line._replace(text=head, rebuilt=True), line._replace(text=last.text, rebuilt=True)]


def _is_side_by_side(line: RawLine, pieces: Sequence[EndPiece]) -> bool:
    """Whether a printed line holds a piece of each column, with the blanks between them.

    `TM. ỦY BAN NHÂN DÂN CHỦ TỊCH      Phạm Văn Nghị` is one signer, whose name was set far below the post.
    """
    if line.column is not Column.FULL or len(pieces) > _SIDE_BY_SIDE or not holds_gap(line.text):
        return False
    if any(right.right and not left.right for right, left in pairwise(pieces)):
        return False  # "- Như trên;      PHÓ CHỦ TỊCH - Sở Nội vụ;": words of both columns sorted by a hair of height
    return [piece.kind for piece in pieces] != [Role.AUTHORITY, Role.POST, Role.NAME]


def _is_joined_signature(text: str) -> bool:
    """A line that opens with an authority or a post in capitals and holds a second, or a name."""
    if len(text) > 2 * LONGEST_LINE or " " not in text or not may_open_right(text):
        return False
    pieces = cut_end(text)
    return len(pieces) > 1 and all(piece.right for piece in pieces)


def _higher(lines: Sequence[RawLine]) -> int:
    """How many of the last lines are the top of a signature; a line that stands in a column of the source's own is of none."""
    count = taken = 0
    while count < len(lines) and taken < _ABOVE:
        line = lines[-1 - count]
        if line.column is not Column.FULL:
            break
        if line.text and not _is_signature(line.text[bullet_end(line.text) :].strip()):
            break
        count += 1
        taken += bool(line.text)
    return count if taken else 0


def _end(lines: Sequence[RawLine], index: int) -> tuple[int, list[RawLine]]:
    """The position after an end and its lines in order; no lines where they are in order as they stand.

    Args:
        lines: from the end on.
        index: of the label; what stands above it is of the signature.
    """
    columns: dict[bool, list[RawLine]] = {False: [], True: []}
    for line in lines[:index]:
        if line.text:
            text = line.text[bullet_end(line.text) :].strip()
            columns[True].append(line._replace(text=text, column=Column.RIGHT))
    end = index
    above: list[RawLine] = []
    below: list[RawLine] = []
    open_item = filed = broken = named = False
    for position in range(index, min(len(lines), index + _LINES)):
        line = lines[position]
        if not line.text or is_rule(line.text):
            open_item = open_item and bool(line.text)
            continue
        if line.cell is not None or line.column is not Column.FULL:
            break
        pieces = list(_pieces(line.text, open_item, position == index))
        if not pieces:
            break
        while position == index and pieces and not pieces[0].right and pieces[0].kind is not Role.LABEL:
            above.append(line._replace(text=pieces.pop(0).text))  # "... trân trọng thông báo./. Nơi nhận: ..."
        if _is_side_by_side(line, pieces):
            return index, []
        broken = broken or (any(not piece.right for piece in pieces) and bool(columns[True]))
        broken = broken or len({piece.right for piece in pieces}) > 1
        end = position + 1
        for piece in pieces:
            if below or (named and filed and not piece.right and not bullet_end(piece.text)):
                below.append(line._replace(text=piece.text, rebuilt=True))  # "Phụ lục ..." behind the name
                continue
            made = line._replace(
                text=piece.text,
                column=Column.RIGHT if piece.right else Column.LEFT,
                starts_paragraph=True,
                rebuilt=line.rebuilt or (not piece.whole and not piece.right),
            )
            columns[piece.right].append(made)
            named = named or (piece.right and piece.kind is Role.NAME)
            if piece.right:
                open_item = open_item and not filed
            else:
                filed = piece.kind is Role.FILING
                open_item = filed or (not piece.text.endswith((";", ".", ":")) and len(piece.text) < _OPEN_ITEM)
        if below:
            break
    signed = {line_signs(line.text).role for line in columns[True]} if broken else set()
    if not signed & _SIGNED or Role.NAME not in signed:
        return index, []
    return end, [*above, BLANK, *columns[False], *columns[True], BLANK, *below]


def _pieces(text: str, open_item: bool, first: bool) -> Sequence[EndPiece]:
    """The parts of the end on one line; none where the end is over."""
    pieces = cut_end(text)
    if open_item and text.rstrip().endswith((";", ",")) and not any(piece.kind in _SIGNED for piece in pieces):
        return [_whole(text, right=False)]  # "- Phó Chủ tịch Trần Văn" / "An;": no signer's name ends so
    if first or len(pieces) > 1 or not pieces or pieces[0].right:
        return pieces
    piece = pieces[0]
    if piece.kind in (Role.ITEM, Role.FILING):
        inner = piece.text[bullet_end(piece.text) :].strip()
        return [_whole(inner, right=True)._replace(whole=False)] if _is_signature(inner) else pieces
    if piece.kind in _RIGHT:
        return [piece._replace(right=True)]
    return pieces if open_item and len(piece.text) < _OPEN_ITEM else []


def _whole(text: str, *, right: bool) -> EndPiece:
    """A line that is one part."""
    return EndPiece(0, len(text), text.strip(), right, True)


def _is_signature(text: str) -> bool:
    """`- KT. CHỦ TỊCH`, `- Nguyễn Văn An`: a converter took lines of a signature for items among the recipients."""
    if text.endswith((";", ".", ",")):
        return False
    kind = line_signs(text).role
    return (kind in _SIGNED and in_capitals(text)) or name_likeness(text) is NameLikeness.FULL
