"""Sets one document in every format: what it says must not hang on the format that it came in.

A page is paragraphs and pairs of columns. A pair is set as a table, or typed side by side with blanks. There is no maker
of Word's binary .doc with more than bare text (`ole_file.word6`); its reader takes the same way as that of .rtf.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.makers import docx_maker
from tests.makers.hidden_letter import rtf_text
from tests.makers.letter_forms import level, side_by_side, wrapped
from tests.makers.letter_grammar import Letter, letters, party_letters
from tests.makers.pdf_maker import PdfPage, make_pdf, width

HEADS = ("table", "blanks", "left first", "right first")
ENDS = ("table", "blanks", "recipients first", "signature first")
_GAP = 6  # blanks between two columns at least
_LEFT = 34  # letters of a subject in the left column
_PAGE_END = 790.0  # points from the top
_COLUMNS = ((60.0, 215.0), (300.0, 250.0))  # left edge and width of each


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines that stand beside one another."""

    left: Sequence[str]
    right: Sequence[str]
    as_table: bool


Page = Sequence[str | Columns]


def page_of(letter: Letter, head: str, end: str) -> Page:
    """A letter with its header and its end set in one of the ways that `HEADS` and `ENDS` name."""
    left, right = letter.left, letter.right
    recipients, signature = ["Nơi nhận:", *letter.recipients], letter.signature
    heads: dict[str, Page] = {
        "table": [Columns(left, right, True)],
        "blanks": [Columns(*level(_narrowed(left), right), False)],
        "left first": [*left, *right],
        "right first": [*right, *left],
    }
    ends: dict[str, Page] = {
        "table": [Columns(recipients, signature, True)],
        "blanks": [Columns(recipients, [*signature[:-1], "", "", signature[-1]], False)],
        "recipients first": [*recipients, *signature],
        "signature first": [*signature, *recipients],
    }
    return [*heads[head], *letter.middle, *ends[end]]


def made_pages(count: int, first_seed: int = 0) -> list[tuple[Letter, Page]]:
    """So many letters of the grammar, each set in a way of its own; the same for the same seed."""
    found: list[tuple[Letter, Page]] = []

    @seed(first_seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(letters(), letters(), party_letters()), st.sampled_from(HEADS), st.sampled_from(ENDS))
    def collect(letter: Letter, head: str, end: str) -> None:
        found.append((letter, page_of(letter, head, end)))

    collect()
    return found


def as_text(page: Page) -> bytes:
    """Plain text; a table is set as a typewriter does."""
    return _joined(page, lambda columns: side_by_side(*_level_ends(columns), _GAP)).encode()


def as_markdown(page: Page) -> bytes:
    """Markdown: a blank line between paragraphs, a pipe table for a table."""

    def rows(columns: Columns) -> list[str]:
        if not columns.as_table:
            return ["\n".join(side_by_side(list(columns.left), list(columns.right), _GAP))]
        pairs = [f"| {one} | {other} |" for one, other in zip_longest(columns.left, columns.right, fillvalue="")]
        return ["\n".join([pairs[0], "|---|---|", *pairs[1:]])]

    return _joined(page, rows, "\n\n").encode()


def as_html(page: Page) -> bytes:
    """HTML, blanks between columns as no-break ones."""

    def paragraph(text: str) -> str:
        return f"<p>{escape(text).replace('  ', chr(160) * 2)}</p>"

    def row(columns: Columns) -> str:
        cells = ("".join(map(paragraph, column)) for column in (columns.left, columns.right))
        return "<table><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>"

    return f"<html><body>{_set(page, paragraph, row)}</body></html>".encode()


def as_docx(page: Page) -> bytes:
    """A .docx, its tables without lines."""

    def paragraph(text: str) -> str:
        return docx_maker.paragraph(escape(text))

    def row(columns: Columns) -> str:
        return docx_maker.table(["".join(map(paragraph, column)) for column in (columns.left, columns.right)])

    return docx_maker.make_docx(_set(page, paragraph, row))


def as_rtf(page: Page) -> bytes:
    """An .rtf."""

    def paragraph(text: str) -> str:
        return rf"\pard {rtf_text(text)}\par" + "\n"

    def row(columns: Columns) -> str:
        cells = ("\\par\n".join(map(rtf_text, column)) + "\\cell\n" for column in (columns.left, columns.right))
        return r"\trowd\cellx4500\cellx9500\pard\intbl " + "".join(cells) + "\\row\\pard\n"

    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}" + _set(page, paragraph, row) + "}"
    ).encode()


def as_odt(page: Page) -> bytes:
    """A flat OpenDocument text; `text:s` stands for each further blank."""
    name = "urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"
    spaces = " ".join(f'xmlns:{part}="{name.format(part)}"' for part in ("office", "text", "table"))

    def paragraph(text: str) -> str:
        return f"<text:p>{escape(text).replace('  ', ' <text:s/>')}</text:p>"

    def row(columns: Columns) -> str:
        cells = ("".join(map(paragraph, column)) for column in (columns.left, columns.right))
        inner = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        return f"<table:table><table:table-row>{inner}</table:table-row></table:table>"

    return (
        f'<?xml version="1.0"?><office:document {spaces} office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:body><office:text>{_set(page, paragraph, row)}</office:text></office:body></office:document>"
    ).encode()


def as_pdf(page: Page) -> bytes:
    """A PDF: paragraphs justified, columns where they stand, lines in capitals bold."""
    sheets = [PdfPage()]
    y = 60.0

    def room(height: float) -> None:
        nonlocal y
        if y + height > _PAGE_END:
            sheets.append(PdfPage())
            y = 60.0

    for part in page:
        if isinstance(part, str):
            room(50)
            if part.isupper():
                sheets[-1].centred(312, y, part, font="F2")
                y += 17
            else:
                y = sheets[-1].paragraph(y, part) + 3
            continue
        columns = [
            [piece for text in lines for piece in _fitting(text, space)]
            for lines, (_, space) in zip((part.left, part.right), _COLUMNS, strict=True)
        ]
        room(17.0 * max(map(len, columns)))
        for lines, (x, space) in zip(columns, _COLUMNS, strict=True):
            for index, text in enumerate(lines):
                if text.startswith(("-", "Nơi nhận")):
                    sheets[-1].text(x, y + 17 * index, text, size=11)
                elif text:
                    sheets[-1].centred(x + space / 2, y + 17 * index, text, 12, "F2" if text.isupper() else "F1")
        y += 17.0 * max(map(len, columns)) + 10
    return make_pdf(*sheets)


FORMATS: dict[str, Callable[[Page], bytes]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
    "docx": as_docx,
    "rtf": as_rtf,
    "odt": as_odt,
    "pdf": as_pdf,
}


def _narrowed(left: Sequence[str]) -> list[str]:
    """The left column of a typewriter: a subject wraps."""
    return [piece for text in left for piece in wrapped(text, 60 if text.isupper() else _LEFT)]


def _level_ends(columns: Columns) -> tuple[list[str], list[str]]:
    return list(columns.left), list(columns.right)


def _set(page: Page, paragraph: Callable[[str], str], row: Callable[[Columns], str]) -> str:
    """Every part of a page in the words of a format; columns that are no table are paragraphs with blanks."""
    parts: list[str] = []
    for part in page:
        if isinstance(part, str):
            parts.append(paragraph(part))
        elif part.as_table:
            parts.append(row(part))
        else:
            parts += map(paragraph, side_by_side(list(part.left), list(part.right), _GAP))
    return "".join(parts)


def _joined(page: Page, rows: Callable[[Columns], Sequence[str]], between: str = "\n") -> str:
    parts: list[str] = []
    for part in page:
        parts += [part] if isinstance(part, str) else rows(part)
    return between.join(parts) + "\n"


def _fitting(text: str, space: float) -> list[str]:
    """The lines of a text in a column of so many points."""
    lines = [""]
    for word in text.split():
        if lines[-1] and width(f"{lines[-1]} {word}", 12) > space:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
