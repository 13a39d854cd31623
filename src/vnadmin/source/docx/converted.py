"""Puts back the lines and columns of a .docx that a converter made out of a PDF: runs as lines, tabs and sections as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from lxml.etree import _Element

from vnadmin.genre.closing_line import may_hold_label
from vnadmin.genre.document_type import is_type_name
from vnadmin.genre.header_line import HeaderKind
from vnadmin.genre.landmarks import opens_address
from vnadmin.genre.signs import line_signs
from vnadmin.source.docx.names import W, first, leading, named, val
from vnadmin.source.figures import whole_number
from vnadmin.text.fold import bare
from vnadmin.text.syllable import is_syllable

_P, _R, _T, _TAB, _BREAK, _PPR, _RPR = W + "p", W + "r", W + "t", W + "tab", W + "br", W + "pPr", W + "rPr"
_SECTION: Final = W + "sectPr"
_LETTER_SPACING: Final = frozenset({W + "spacing", W + "w"})  # differ from line to line of one font
_LOOKED_AT: Final = 40  # paragraphs
_LETTER: Final = 110  # twips, of a letter of 11 to 14 points
_COLUMN: Final = 2000  # twips: a second column begins no further left
_SHEET: Final = 17000  # twips, the width of a sheet that lies across
_FEWEST_BLANKS: Final = 4  # part two columns
_RIGHT: Final = 40  # blanks before what stands in the right column
_HEADER: Final = frozenset({HeaderKind.NUMBER, HeaderKind.PLACE_DATE, HeaderKind.LETTER_SUBJECT, HeaderKind.MOTTO})
_DASHES: Final = "-–+•"


def restore_lines(body: _Element) -> bool:
    """Give each printed line of a converted document its line end, and what stood side by side its place; false for others.

    Such a program (pdf2docx) writes a paragraph's lines one after the other, each font of a line as a run: nothing tells
    where a line ended but that the next run has the same font, or is glued to it (`VIỆT NAM` + `Độc lập`). What
    stands further right comes after a tab to its place, a header in two columns as two sections.
    """
    if not is_converted(body):
        return False
    for link in list(body.iter(W + "hyperlink")):
        _unwrap(link)
    for paragraph in list(body.iter(_P)):
        _restore_paragraph(paragraph)
    _join_columns(body)
    return True


def is_converted(body: _Element) -> bool:
    """Whether all paragraphs are set as a converter sets them: to exact heights, with nothing left to Word."""
    set_so = others = 0
    for paragraph in islice(body.iter(_P), _LOOKED_AT):
        if paragraph.find(_R) is None:
            continue
        said = named(leading(paragraph, _PPR))
        if val(said.get(W + "autoSpaceDN")) == "0" and W + "adjustRightInd" not in said:
            set_so += 1
        else:
            others += 1
            if others * 9 > _LOOKED_AT:  # most documents end here, after their first paragraphs
                return False
    return set_so > 1 and set_so >= others * 9


# --- lines of a paragraph ----------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """A run of text, how many tabs stand before it, and whether a line end does."""

    run: _Element
    text: str
    font: tuple[object, ...]
    tabs: Sequence[_Element]
    opens: bool


def _unwrap(link: _Element) -> None:
    """The text of a link that stands inside a run, where Word has none, in the run itself."""
    run = link.getparent()
    if run is not None and run.tag == _R:
        run.extend(link.iter(_T))
        run.remove(link)


def _pieces(paragraph: _Element) -> Iterator[_Piece]:
    tabs: list[_Element] = []
    opens = True
    for run in paragraph.iterchildren(_R):
        text = "".join(str(child.text or "") for child in run.iterchildren(_T))
        if run.find(_BREAK) is not None:
            opens, tabs = True, []
        elif run.find(_TAB) is not None:
            tabs.append(run)
        elif text:
            yield _Piece(run, text, _font(run), tabs, opens)
            tabs, opens = [], False


def _font(run: _Element) -> tuple[object, ...]:
    properties = run.find(_RPR)
    children = () if properties is None else properties
    return tuple((child.tag, *child.attrib.items()) for child in children if child.tag not in _LETTER_SPACING)


def _restore_paragraph(paragraph: _Element) -> None:
    settings = paragraph.find(_PPR)
    stops = [min(whole_number(stop.get(W + "pos", "")), _SHEET) for stop in _children(settings, "tabs")]
    indent = first(settings, ("ind",))
    left = whole_number(indent.get(W + "left", "")) if indent is not None else 0
    above: _Piece | None = None
    begin: _Piece | None = None  # the first of the line, where it stands at the margin
    width = 0  # letters of the line as far as it goes
    stop = -1  # the tab stop at which it stands
    for piece in list(_pieces(paragraph)):
        opens = piece.opens
        if above is not None and not opens and not piece.tabs:
            opens = piece.font == above.font or _is_glued(above.text, piece.text) or _opens_part(piece.text)
        place = stop + len(piece.tabs)
        if piece.tabs and not opens and (place >= len(stops) or stops[place] < width * _LETTER):
            opens = True  # a tab never leads back
        if opens:
            place = len(piece.tabs) - 1
            width = left // _LETTER
        if opens and not piece.opens:
            piece.run.addprevious(_line_end(piece.run))
            if begin is not None and _is_label(piece.text):
                _set_blanks(begin, _RIGHT)  # "TL. BỘ TRƯỞNG" stands a little higher than "Nơi nhận:", and so before it
        if piece.tabs and stops:
            at = stops[min(max(place, 0), len(stops) - 1)]
            blanks = max(at // _LETTER - width, _FEWEST_BLANKS if at >= _COLUMN else 1)
            _set_blanks(piece, blanks)
            width += blanks
            stop = place
        elif opens:
            stop = -1
        width += len(piece.text)
        begin = piece if opens and not piece.tabs else begin if not opens else None
        above = piece


def _children(settings: _Element | None, name: str) -> Iterator[_Element]:
    found = first(settings, (name,))
    yield from () if found is None else found


def _is_glued(above: str, text: str) -> bool:
    """Whether two runs without a blank between them are no one word: `VIỆT NAM` + `Độc lập`, `KHCN&MT` + `- Như trên;`."""
    if above[-1].isspace() or text[0].isspace():
        return False
    last, begin = above.rsplit(maxsplit=1)[-1], text.split(maxsplit=1)[0]
    if begin in _DASHES or (above[-1] in ";:" and begin[0].isalnum()):
        return True
    if not last[-1].isalpha() or not begin[0].isalpha():
        return False
    return last.isalpha() and is_syllable(last) and not is_syllable(last + begin) and len(begin) > 1


def _opens_part(text: str) -> bool:
    """Whether a run of another font is a line of its own: `Số: 441/QĐ-UBND`, `Huế, ngày 20 ...`, `Nơi nhận:`."""
    return line_signs(text).kind in _HEADER or _is_label(text)


def _is_label(text: str) -> bool:
    return may_hold_label(text) and line_signs(text).label_end >= 0


def _line_end(run: _Element) -> _Element:
    made: _Element = run.makeelement(_R)
    made.append(run.makeelement(_BREAK))
    return made


def _set_blanks(piece: _Piece, count: int) -> None:
    """So many blanks in place of its tabs, before its text."""
    for tab in piece.tabs:
        parent = tab.getparent()
        if parent is not None:
            parent.remove(tab)
    text = next(piece.run.iterchildren(_T))
    text.text = " " * count + str(text.text or "")


# --- sections as columns -----------------------------------------------------------------------------------------


def _join_columns(body: _Element) -> None:
    """A table of two cells in place of each two sections that stand side by side."""
    left: list[_Element] = []
    section: list[_Element] = []
    for element in list(body):
        section.append(element)
        settings = element if element.tag == _SECTION else first(element, ("pPr", "sectPr"))
        if settings is None:
            continue
        columns = settings.find(W + "cols")
        beside = columns is not None and columns.get(W + "num") == "2" and _is_even(columns)
        if beside and left and val(settings.find(W + "type")) == "nextColumn":
            _set_side_by_side(left, section)
            left = []
        else:
            left = section if beside else []
        section = []


def _is_even(columns: _Element) -> bool:
    """Whether both columns are wide enough for words."""
    widths = [whole_number(column.get(W + "w", "")) for column in columns.iterchildren(W + "col")]
    return not widths or min(widths) >= _COLUMN


def _set_side_by_side(left: Sequence[_Element], right: Sequence[_Element]) -> None:
    """Move two sections into the cells of a table; a type that stands under the right one stays below the table."""
    end = next((at for at, element in enumerate(right) if is_type_name(_text(element).strip(" :"))), len(right))
    table = left[0].makeelement(W + "tbl")
    left[0].addprevious(table)
    label = max((at for at, element in enumerate(left) if _text(element).strip()), default=0)
    address = end
    if label and opens_address(bare(_text(left[label]).strip())):
        dates = [at for at in range(end) if line_signs(_text(right[at])).kind is HeaderKind.PLACE_DATE]
        address = dates[-1] + 1 if dates else end
    if address < end:
        _add_row(table, left[:label], right[:address])
        _add_row(table, left[label:], right[address:end])  # "Kính gửi:" and the bodies on its right
    else:
        _add_row(table, left, right[:end])


def _add_row(table: _Element, *cells: Sequence[_Element]) -> None:
    row = table.makeelement(W + "tr")
    table.append(row)
    for elements in cells:
        cell = row.makeelement(W + "tc")
        row.append(cell)
        cell.extend(element for element in elements if element.tag != _SECTION)


def _text(element: _Element) -> str:
    return "".join(str(text.text or "") for text in element.iter(_T))
