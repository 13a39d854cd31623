"""Finds page furniture among lines without geometry: page numbers, running heads, file paths, signature stamps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from vnadmin.gazetteer import words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.document_type import match_type
from vnadmin.genre.landmarks import address_label_end, holds_landmark
from vnadmin.genre.marker import MarkerKind, marker_of_text
from vnadmin.genre.motto import printed_motto
from vnadmin.genre.post_and_authority import opens_signature
from vnadmin.layout.flow.raw import BLANK, RawLine
from vnadmin.layout.furniture_line import MOMENT, closes_stamp, is_gazette_head, is_page_number, opens_foot, opens_stamp
from vnadmin.layout.page import Furniture
from vnadmin.layout.printed import print_marks
from vnadmin.text.alternation import alternation
from vnadmin.text.fold import bare, fold
from vnadmin.text.pattern import pattern

_OPENS = frozenset("CtTpP-–—#=*[<\\NKSD")  # the first signs of furniture, a figure beside them
_FOOT_LINES, _TOP = 80, 5  # lines from a foot to the end of the text, and lines over it at least
_SENDER = frozenset({"--", "- -", "—"})  # over the name of who sent a mail (RFC 3676, 4.3)
_FENCE = "```"  # of the document; a model goes on with its own words below
_CONTACT = pattern(r"@|(?<!\d)0\d{1,3}[ .-]?\d{3,4}[ .-]?\d{3,4}(?!\d)|Sent from ")
_ITEMS = frozenset(MarkerKind) - {MarkerKind.BULLET}
_HEAD_LINES = 8  # from a greeting to the type of the document below it
_PAGE_NUMBER = 40  # characters of a line that holds a page's number
_LONGEST = 160  # characters; longer lines are no furniture
_NUMBER = pattern(r"\s*+\d{1,4}\s*+")  # "7"
_DIGIT = pattern(r"\d")
# The first letters of "Người ký", "Ký bởi", "Signature", "Digitally signed"
_STAMP = pattern(r"\s*+(?:N[gG]|K[ýÝyY]|[SD][iI])")
# A marker between pages that a program wrote: "# Page 2 (model)", "--- Trang 2 ---", "=== PAGE 3 ===", "[Page 2]"
_BREAK = pattern(r"\s*+(?:#{1,6}|[-=*]{2,}|\[|<!--)\s*+(?:page|trang)\s++\d{1,4}\b[^;]{0,60}", regex.IGNORECASE)
# "d:\2011\CV\SVH\T4\..." of the typist; after a gap stands the other column ("d:\CV.doc          Phạm Ngọc Thọ")
_PATH = pattern(r"\s*+(?:[a-zA-Z]:\\|\\\\\w)(?:[^\n ]| {1,2}(?! )|\s++$)*+")
# The stamp of a digital signature on one line: "TRUNG TÂM TIN HỌC tth@haivan.gov.vn 24.01.2025 20:01:14 +07:00"
_WHOLE_STAMP = pattern(rf"[^@]{{0,120}}@\S++ {MOMENT}:\d\d \+\d\d:?\d\d\s*+")
_GLUED_MARK = pattern(r"Trang \d{1,3}(?=\p{Lu}{2})")  # "Trang 1UBND XÃ HẢI MINH" of a site that shows documents
_TEASED, _TEASER = 200, 40  # lines of a document in which a site's teaser is looked for, and letters of it
_STAMP_LINES, _STAMP_REACH = 14, 40  # and letters of the words with which one opens
_OFFICE_LINES, _NARROW = 3, 40
_UNDER_TITLE = 10  # blank lines: those of the page's head, whose nodes hold nothing else
_APART = 10  # written lines from one page number to the next at least; rows of a table stand closer


# The first line of a mail into which a document was pasted: `Kính gửi anh chị, em gửi văn bản bên dưới.`; no ô 9a.
_GREETING = pattern(
    lambda: (
        r"\s*+(?:Kính gửi|Kính chào) (?:các |quý |toàn thể )?"
        rf"(?:{alternation(words_where('header_words', 'kind', 'reader'))})(?!\w)[^:]{{0,120}}+"
    )
)


class SetAside(NamedTuple):
    """A line that is not the document's own text."""

    text: str
    kind: Furniture
    page: int


def set_aside(lines: Sequence[RawLine], *, of_nodes: bool = False) -> tuple[list[RawLine], list[SetAside]]:
    """The document's own lines, and the furniture that stood among them. A page marker begins a new page.

    Only lines without a cell are looked at. Where a line is taken out, nothing is left, so that a paragraph
    that goes on over the page is seen to go on. `of_nodes`: the text may be that of a page, taken out node by node.
    """
    furniture: list[SetAside] = []
    kept: list[RawLine] = []
    lines, teaser = _page_marks(lines)
    numbers = _page_numbers(lines)
    title = _page_title(lines) if of_nodes else -1
    printed = print_marks(lines)
    foot = _foot(lines)
    stamp_until = shift = 0
    for index, line in enumerate(lines):
        text = line.text
        page = (line.page or 1) + shift
        kind: Furniture | None = None
        if line.cell is None and (len(text) <= _LONGEST or index == teaser):
            if index >= foot:
                kind = Furniture.SITE if text else None
            elif index < stamp_until:
                kind = Furniture.SIGNATURE_STAMP
            elif index in numbers:
                kind = Furniture.PAGE_NUMBER
            elif index in printed:
                kind = printed[index]
            elif index in (title, teaser):
                kind = Furniture.SITE
            elif (
                text and not kept and "ính " in text and _GREETING.fullmatch(text) and _has_own_head(lines[index + 1 :])
            ):
                kind = Furniture.NOISE
            elif text:
                kind = _kind(text)
                if kind is None:
                    if "@" in text and _WHOLE_STAMP.fullmatch(text):
                        kind = Furniture.SIGNATURE_STAMP
                        if "@" in text.split(maxsplit=1)[0] and _are_of_office(kept):
                            furniture += [SetAside(own.text, kind, page) for own in kept if own.text]
                            kept.clear()
                elif kind is Furniture.SIGNATURE_STAMP:
                    stamp_until = _stamp_end(lines, index)
                    kind = kind if stamp_until else None
                elif kind is Furniture.NOISE and _BREAK.match(text) and any(own.text for own in kept):
                    shift += 1
                    page += 1
        if kind is None:
            kept.append(line._replace(page=page) if shift else line)
        elif text:
            furniture.append(SetAside(text, kind, page))
            if kept and kept[-1] == BLANK and index + 1 < len(lines) and not lines[index + 1].text:
                kept.pop()
    return kept, furniture


@cache
def _regards() -> frozenset[str]:
    return frozenset(words_where("header_words", "kind", "regards"))


def _foot(lines: Sequence[RawLine]) -> int:
    """The position of the first line under the document: a site's links and files, or who sent the mail.

    Nothing of a document follows there: no title of an attachment, no numbered item, no paragraph, no signature.
    """
    found = len(lines)
    for index in range(len(lines) - 1, max(len(lines) - _FOOT_LINES, _TOP), -1):
        text = lines[index].text.strip()
        if text in _regards():  # under the dashes of a mail
            if lines[index - 1].text.strip() in _SENDER:
                return index - 1
            break
        if (
            len(text) > _LONGEST
            or printed_motto(text)
            or holds_landmark(text)
            or opens_signature(text)
            or _is_item(text)
        ):
            break
        if text in _SENDER and _CONTACT.search("\n".join(line.text for line in lines[index:])):
            return index
        if text == _FENCE and _is_fenced(lines, index):
            return index
        if text and len(text) < _PAGE_NUMBER and opens_foot(bare(text)):
            found = index
    return found


def _is_fenced(lines: Sequence[RawLine], index: int) -> bool:
    """Whether the fence that closes here opened above all of a document, and not over a drawing in it."""
    opened = [number for number, line in enumerate(lines[:index]) if line.text.startswith(_FENCE)]
    head = [line.text for line in lines[: opened[0]]] if len(opened) == 1 else []
    return len(opened) == 1 and not any(printed_motto(text) or holds_landmark(text) for text in head)


def _is_item(text: str) -> bool:
    return marker_of_text(text, _ITEMS) is not None


def _page_marks(lines: Sequence[RawLine]) -> tuple[Sequence[RawLine], int]:
    """The lines, each number of a page parted from the text that a site glued to it, and the position of the site's teaser.

    `Trang 1UBND XÃ HẢI MINH`; over the first page may stand one line of what comes again in the document (-1: none).
    """
    marked = [at for at, line in enumerate(lines[:_TEASED]) if line.text.startswith("Trang ")]
    first = next((at for at in marked if _GLUED_MARK.match(lines[at].text)), None)
    if first is None or not lines[first].text.startswith("Trang 1") or lines[first].text[7].isdigit():
        return lines, -1
    parted: list[RawLine] = []
    for line in lines:
        mark = _GLUED_MARK.match(line.text)
        parted += [line._replace(text=mark[0]), line._replace(text=line.text[mark.end() :])] if mark else [line]
    above = [at for at in range(first) if lines[at].text]
    if len(above) != 1:
        return parted, -1
    teased = _letters(lines[above[0]].text)[:_TEASER]
    again = len(teased) == _TEASER and teased in "".join(_letters(line.text) for line in lines[first : first + _TEASED])
    return parted, above[0] if again else -1


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _are_of_office(lines: Sequence[RawLine]) -> bool:
    """Whether all above a stamp that opens with an address is the office that signed: `TRUNG TÂM CÔNG` / `BÁO VÀ TIN HỌC`."""
    written = [line.text.strip() for line in lines if line.text]
    return 0 < len(written) <= _OFFICE_LINES and all(len(text) < _NARROW and in_capitals(text) for text in written)


def _kind(text: str) -> Furniture | None:
    first = text.lstrip()[:1]
    if not first or not (first in _OPENS or first.isdigit() or ":\\" in text[:12]):  # nearly every line
        return None
    if first.isdigit() or first == "C":
        return Furniture.RUNNING_HEAD if "CÔNG BÁO" in text and is_gazette_head(bare(text)) else None
    numbered = first in "tTpP" or (first in "-–—" and text.rstrip()[-1] in "-–—")
    if numbered and len(text) < _PAGE_NUMBER and _DIGIT.search(text) and is_page_number(bare(text)):
        return Furniture.PAGE_NUMBER
    if first in "#-=*[<" and _BREAK.fullmatch(text):
        return Furniture.NOISE
    if (text[1:3] == ":\\" or first == "\\" or ":\\" in text[:12]) and _PATH.fullmatch(text):
        return Furniture.NOISE
    if _STAMP.match(text) and not in_capitals(text) and opens_stamp(bare(text.lstrip()[:_STAMP_REACH])):
        return Furniture.SIGNATURE_STAMP
    return None


def _stamp_end(lines: Sequence[RawLine], index: int) -> int:
    """The position after a stamp's last line; 0 if what began like a stamp is none."""
    end = 0
    for position in range(index, min(len(lines), index + _STAMP_LINES)):
        if closes_stamp(bare(lines[position].text)):
            end = position + 1
    return end


def _has_own_head(lines: Sequence[RawLine]) -> bool:
    """Whether a document's first line in capitals, its motto, its addressees, or its type alone on a line follow.

    Else the greeting is all that names somebody.
    """
    if in_capitals(next((line.text for line in lines if line.text), "")):
        return True
    return any(address_label_end(fold(line.text.lstrip("*_|> "))) or printed_motto(line.text) for line in lines) or any(
        _is_type(fold(line.text.strip())) for line in lines[:_HEAD_LINES]
    )


def _is_type(folded: str) -> bool:
    match = match_type(folded, 0, len(folded))
    return match is not None and match.end == len(folded)


def _page_title(lines: Sequence[RawLine]) -> int:
    """The position of the title of a page whose text was taken out node by node: alone over many blank lines; -1 if none."""
    first = next((index for index, line in enumerate(lines) if line.text), -1)
    below = lines[first + 1 : first + 1 + _UNDER_TITLE]
    alone = first >= 0 and len(below) == _UNDER_TITLE and not any(line.text for line in below)
    return first if alone and any(line.text for line in lines[first + 1 :]) else -1


def _page_numbers(lines: Sequence[RawLine]) -> set[int]:
    """Positions of lines that hold a number alone, in a row that counts up and stands far apart as pages do."""
    alone: list[tuple[int, int, int]] = []  # position, which of the written lines it is, number
    written = 0
    for index, line in enumerate(lines):
        if line.text:
            written += 1
            if len(line.text) <= 12 and line.cell is None and _NUMBER.fullmatch(line.text):
                alone.append((index, written, int(line.text.strip())))
    found: set[int] = set()
    last, last_number = -_APART, 0
    for position, (index, place, number) in enumerate(alone):
        neighbour = alone[position + 1][1] if position + 1 < len(alone) else written + _APART
        lonely = place - last >= _APART and neighbour - place >= _APART
        turned = 0 < index < len(lines) - 1 and (lines[index - 1].page != lines[index + 1].page)
        follows = number == last_number + 1 or (number == 2 and last_number == 0 and place > _APART)
        if (lonely and follows) or turned:
            found.add(index)
            last_number = number
        last = place
    return found
