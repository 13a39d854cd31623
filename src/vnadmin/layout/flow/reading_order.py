"""Puts a header first that stands after the body: a reader wrote the paragraphs of a file, and then its tables."""

from __future__ import annotations

from collections.abc import Sequence

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import Role, may_hold_label
from vnadmin.genre.document_type import match_type
from vnadmin.genre.header_line import HeaderKind
from vnadmin.genre.motto import motto_of
from vnadmin.genre.signs import line_signs
from vnadmin.layout.flow.raw import BLANK, RawLine, is_rule
from vnadmin.text.fold import bare, fold

_LONGEST = 200  # characters of a line of a header
_ABOVE, _BELOW = 10, 30  # lines of the header around its motto
_HEADER = frozenset({HeaderKind.MOTTO, HeaderKind.NUMBER, HeaderKind.PLACE_DATE, HeaderKind.LETTER_SUBJECT})
_OWN = _HEADER - {HeaderKind.LETTER_SUBJECT}  # "Về việc ..." may be the title of a text whose header stands below
_BODY = frozenset({HeaderKind.PREAMBLE, HeaderKind.BODY, HeaderKind.ADDRESS})
_NEEDED = frozenset({HeaderKind.MOTTO, HeaderKind.NUMBER})
_MOTTO = 150  # characters of the line of a motto, blanks included
_NAMES = 3  # rows of a header that hold names of issuers, the motto beside the first
_FIRST = 6  # lines of a text that its header does not leave free


def header_first(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines with the header before all others, where it stands under the body and over the recipients."""
    motto = next((index for index, line in enumerate(lines) if _is_motto(line)), 0)
    if address := _address_over(lines, motto):
        end = _end(lines, motto)
        return [*lines[:address], *lines[motto:end], BLANK, *lines[address:motto], *lines[end:]]
    above = [line for line in lines[:motto] if line.text]
    if len(above) < _FIRST or any(_kind(line) in _OWN for line in above[:-_ABOVE]):
        return list(lines)
    start, end = _start(lines, motto), _end(lines, motto)
    if not {kind for line in lines[start:end] for kind in _kinds(line)} >= _NEEDED:
        return list(lines)
    kinds = {_kind(line) for line in lines[:start]}
    # recipients and signature were paragraphs: the header alone was a table
    last = not any(line.text for line in lines[end:])
    if kinds & _OWN or (not last and any(_role(line) is Role.LABEL for line in lines[:start])):
        return list(lines)
    if not kinds & _BODY and not any(line.text.rstrip().endswith("./.") for line in lines[:start]):
        return list(lines)  # headings of a site
    if _names_a_type(lines[end:]):
        title = _title_end(lines, end)
        if not title:
            return list(lines)  # a mail's greeting stands over the document that was sent
        end = title
    header = [line._replace(rebuilt=True) if line.text else line for line in lines[start:end]]
    return [*header, BLANK, *lines[:start], BLANK, *lines[end:]]


def _address_over(lines: Sequence[RawLine], motto: int) -> int:
    """The position of `Kính gửi` between a letter's left column and its right one, which a reader of PDF took up too late.

    `BỘ NỘI VỤ` / `Số: 12/BNV` / `Kính gửi:` / `- Sở Nội vụ;` / `CỘNG HÒA ...` / `Sơn Hải, ngày 5 ...`; 0 if it is not so.
    """
    kinds = [_kind(line) if line.text else None for line in lines[max(0, motto - _ABOVE) : motto]]
    if HeaderKind.ADDRESS not in kinds:
        return 0
    address = kinds.index(HeaderKind.ADDRESS)
    at = max(0, motto - _ABOVE) + address
    below = [line.text.lstrip() for line in lines[at + 1 : motto] if line.text]
    dated = HeaderKind.PLACE_DATE in {_kind(line) for line in lines[motto : _end(lines, motto)]}
    listed = all(text[0] in "-+•" for text in below)
    return at if listed and dated and HeaderKind.NUMBER in kinds[:address] else 0


def _names_a_type(below: Sequence[RawLine]) -> bool:
    """Whether a document of its own begins under a header: `THÔNG BÁO` in capitals."""
    first = [line.text.strip(" *_#") for line in below[:_ABOVE] if line.text.strip()][:2]
    return any(in_capitals(text) and match_type(fold(text), 0, len(text)) is not None for text in first)


def _title_end(lines: Sequence[RawLine], start: int) -> int:
    """The position of `Nơi nhận` right under a type and its title, which stood in tables too; 0 if a body follows."""
    for position in range(start, min(len(lines), start + _ABOVE)):
        if _role(lines[position]) is Role.LABEL:
            return position
        if _kind(lines[position]) in _BODY:
            break
    return 0


def _kind(line: RawLine) -> HeaderKind | None:
    """What it is; of a row `BỘ Y TẾ<tab>CỘNG HÒA ...` the cell that a header knows."""
    kinds = _kinds(line)
    return next((kind for kind in kinds if kind in _HEADER), kinds[0] if kinds else None)


def _kinds(line: RawLine) -> list[HeaderKind]:
    text = line.text.strip()
    if not text or len(text) > _LONGEST or line.cell is not None:
        return []
    return [line_signs(cell).kind for cell in map(str.strip, text.split("\t")) if cell]


def _is_motto(line: RawLine) -> bool:
    if len(line.text) >= _MOTTO or not any(motto_of(bare(cell)) is not None for cell in line.text.split("\t")):
        return False
    return _kind(line) is HeaderKind.MOTTO


def _role(line: RawLine) -> Role | None:
    return line_signs(line.text).role if len(line.text) <= _LONGEST and may_hold_label(line.text) else None


def _start(lines: Sequence[RawLine], motto: int) -> int:
    """The position of the header's first line: the agencies over the motto."""
    start = motto
    named = False
    for position in range(motto - 1, max(-1, motto - 1 - _ABOVE), -1):
        text = lines[position].text.strip()
        if not text and named:
            break
        kind = _kind(lines[position])
        if not text or is_rule(text):
            continue
        goes_on = position > 0 and _kind(lines[position - 1]) is HeaderKind.LETTER_SUBJECT
        if kind not in _HEADER and not in_capitals(text) and not goes_on:
            break
        named = named or kind not in _HEADER
        start = position
    return start


def _end(lines: Sequence[RawLine], motto: int) -> int:
    """The position after the header's last line; the address in a table of its own follows it."""
    end = motto + 1
    state: HeaderKind | None = None
    for position in range(motto + 1, min(len(lines), motto + 1 + _BELOW)):
        line = lines[position]
        text = line.text.strip()
        if not text or is_rule(text):
            continue
        kind = _kind(line)
        if kind in _HEADER or kind is HeaderKind.ADDRESS:
            state = kind
        elif not (
            (state is HeaderKind.LETTER_SUBJECT and kind is HeaderKind.OTHER and position == end)
            or (state is HeaderKind.ADDRESS and text[0] in "-+•")
            # the issuer alone in a row
            or ("\t" in lines[motto].text and position < motto + _NAMES and in_capitals(text))
        ):
            break
        end = position + 1
    return end
