"""Four times as many lines of one kind take no more than about four times as long, in every format that holds lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from html import escape

import pytest

from tests.growth import is_linear
from tests.hostile import generators
from tests.hostile.generators import GENERATORS
from tests.hostile.test_tricks import tried
from tests.makers import docx_maker, ole_file
from tests.makers.pdf_maker import PdfPage, make_pdf
from tests.source.test_containers import odf
from vnadmin import VnadminError
from vnadmin.genre.person_name import without_rank

_LINES = 250  # and a thousand
_ON_A_PAGE = 40


def html(lines: list[str]) -> bytes:
    """A paragraph a line."""
    return f"<html><body>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</body></html>".encode()


def rows(lines: list[str]) -> bytes:
    """A row of two cells a line."""
    cells = "".join(f"<tr><td>{escape(line)}</td><td>x</td></tr>" for line in lines)
    return f"<html><body><table>{cells}</table></body></html>".encode()


def record(lines: list[str]) -> bytes:
    """The text of a record."""
    return json.dumps({"id": 5, "text": "\n".join(lines)}, ensure_ascii=False).encode()


def table_of_values(lines: list[str]) -> bytes:
    """The text in a field of a table of values."""
    text = "\n".join(lines).replace('"', '""')
    return f'id,text\n12,"{text}"\n'.encode()


def rtf(lines: list[str]) -> bytes:
    """A paragraph a line."""
    signs = ("".join(c if c.isascii() and c not in "\\{}" else f"\\u{ord(c)}?" for c in line) for line in lines)
    return b"{\\rtf1\\ansi " + "\\par ".join(signs).encode() + b"}"


def mail(lines: list[str]) -> bytes:
    """The text of a mail."""
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("\n".join(lines))
    return bytes(message)


def pdf(lines: list[str]) -> bytes:
    """Pages of lines."""
    pages = []
    for start in range(0, len(lines), _ON_A_PAGE):
        pages.append(PdfPage())
        for number, line in enumerate(lines[start : start + _ON_A_PAGE], 1):
            pages[-1].text(60, 20 * number, line, size=9)
    return make_pdf(*pages)


def ocr_lines(lines: list[str]) -> bytes:
    """Lines of hOCR, one below the other."""
    spans = "".join(
        f'<span class="ocr_line" title="bbox 1 {y} 900 {y + 9}"><span class="ocrx_word" title="bbox 1 {y} 900 {y + 9}">'
        f"{escape(line)}</span></span>"
        for y, line in enumerate(lines)
    )
    return f'<div class="ocr_page" title="bbox 0 0 1000 {len(lines) + 9}">{spans}</div>'.encode()


def alto(lines: list[str]) -> bytes:
    """The same of ALTO."""
    found = "".join(
        f'<TextLine><String CONTENT="{escape(line)}" HPOS="1" VPOS="{y}" WIDTH="900" HEIGHT="9"/></TextLine>'
        for y, line in enumerate(lines)
    )
    page = (
        f'<Page WIDTH="1000" HEIGHT="{len(lines) + 9}"><PrintSpace><TextBlock>{found}</TextBlock></PrintSpace></Page>'
    )
    return f"<alto><Layout>{page}</Layout></alto>".encode()


FORMS: dict[str, Callable[[list[str]], bytes]] = {
    "text": lambda lines: "\n".join(lines).encode(),
    "markdown": lambda lines: "\n\n".join(["# A", "**B**", *lines]).encode(),
    "record": record,
    "list": lambda lines: repr(lines).encode(),
    "table of values": table_of_values,
    "html": html,
    "rows": rows,
    "docx": lambda lines: docx_maker.make_docx("".join(docx_maker.paragraph(escape(line)) for line in lines)),
    "odf": lambda lines: odf("".join(f"<text:p>{escape(line)}</text:p>" for line in lines)).encode(),
    "rtf": rtf,
    "doc": lambda lines: ole_file.word6("\r".join(lines).encode("cp1258", "replace")),
    "mail": mail,
    "pdf": pdf,
    "hocr": ocr_lines,
    "alto": alto,
}
PIECES = ["a. Bc", "Số: 1/A-B", "(a", "| a | b |", "KT. GIÁM ĐỐC"]


@pytest.mark.parametrize("form", FORMS)
def test_lines_of_one_kind_are_read_in_linear_time(form: str) -> None:
    """Of kinds that mean something in a letter, over and over; of pages, which take longer, the first two."""
    for piece in PIECES[:2] if form == "pdf" else PIECES:
        assert not isinstance(tried(FORMS[form]([piece] * _LINES)), VnadminError)
        assert is_linear(lambda count, piece=piece: partial(tried, FORMS[form]([piece] * count)), _LINES), piece


@pytest.mark.long
@pytest.mark.parametrize("name", GENERATORS)
@pytest.mark.parametrize("form", ["text", "behind"])
def test_four_times_the_pieces_take_no_more_than_six_times_the_calls(form: str, name: str) -> None:
    """Counted, so that no machine's load matters; `bench/exponents.py` measures the time of larger ones."""
    make, piece = generators.FORMS[form], GENERATORS[name]
    tried(make(piece, 1000))  # what is cached once is not counted
    assert calls(make(piece, 32_000)) < 6 * calls(make(piece, 8000))


def calls(data: bytes) -> int:
    """How many functions a parse calls."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        tried(data)
    finally:
        sys.setprofile(None)
    return count


def test_what_is_asked_at_each_word_looks_at_a_bounded_piece() -> None:
    """Seen: a line of many posts lowered the rest of the text at each of its words, 20 s for 200 kB."""
    assert without_rank("TS. " * 1000) <= 200
