"""Sets a letter of the grammar as plain text, Markdown, HTML or .docx, as offices and portals do."""

from __future__ import annotations

from html import escape
from itertools import zip_longest

from tests.makers import docx_maker
from tests.makers.letter_grammar import Letter

_WIDTH = 34  # letters of the left column, where a subject wraps


def in_columns(letter: Letter, gap: int) -> bytes:
    """Text with its columns side by side, as a typewriter sets them."""
    left = [piece for line in letter.left[:-1] for piece in wrapped(line, 60)] + wrapped(letter.left[-1], _WIDTH)
    signed = [*letter.signature[:-1], "", "", letter.signature[-1]]
    lines = [*side_by_side(*level(left, letter.right), gap), "", *_spaced(letter.middle)]
    return _joined([*lines, *side_by_side(["Nơi nhận:", *letter.recipients], signed, gap)])


def in_sequence(letter: Letter) -> bytes:
    """Text with one column after the other, as copying from a page gives it."""
    parts = (
        [*letter.left, ""],
        [*letter.right, ""],
        _spaced(letter.middle),
        ["Nơi nhận:", *letter.recipients, ""],
        letter.signature,
    )
    return _joined([line for part in parts for line in part])


def as_markdown(letter: Letter) -> bytes:
    """Markdown as converters write it: bold heads, an italic date, a pipe table at the end."""
    head = [
        f"**{line}**" if line.isupper() else f"*{line}*" if ", ngày" in line else line
        for line in (*letter.left, *letter.right)
    ]
    rows = [
        f"| {one} | {other} |"
        for one, other in zip_longest(["Nơi nhận:", *letter.recipients], letter.signature, fillvalue="")
    ]
    return _joined([*_spaced(head), *_spaced(letter.middle), rows[0], "|---|---|", *rows[1:]])


def as_html(letter: Letter) -> bytes:
    """HTML as portals print it: a table of two cells at each end."""

    def cell(lines: list[str]) -> str:
        return "<td>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</td>"

    body = "".join(f"<p>{escape(line)}</p>" for line in letter.middle)
    end = cell(["Nơi nhận:", *letter.recipients]) + cell(letter.signature)
    head = cell(letter.left) + cell(letter.right)
    return f"<html><body><table><tr>{head}</tr></table>{body}<table><tr>{end}</tr></table></body></html>".encode()


def as_docx(letter: Letter) -> bytes:
    """A .docx: a table without rules at each end."""

    def cell(lines: list[str]) -> str:
        return "".join(docx_maker.paragraph(escape(line)) for line in lines)

    head = docx_maker.table([cell(letter.left), cell(letter.right)])
    end = docx_maker.table([cell(["Nơi nhận:", *letter.recipients]), cell(letter.signature)])
    return docx_maker.make_docx(head + cell(letter.middle) + end)


def level(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """The number and the date on one line."""
    number = next(
        index
        for index, line in enumerate(left)
        if line.lower().startswith("số") and any(map(str.isdigit, line + "0")) and "/" in line
    )
    right = [*right[:-1], *[""] * (number - len(right) + 1), right[-1]]
    return [*left[:number], *[""] * (len(right) - 1 - number), *left[number:]], right


def _spaced(lines: list[str]) -> list[str]:
    return [piece for line in lines for piece in (line, "")]


def _joined(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def side_by_side(left: list[str], right: list[str], gap: int) -> list[str]:
    width = max(map(len, left)) + gap
    rows = max(len(left), len(right))
    left, right = left + [""] * (rows - len(left)), right + [""] * (rows - len(right))
    return [f"{one:<{width}}{other}".rstrip() for one, other in zip(left, right, strict=True)]


def wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
