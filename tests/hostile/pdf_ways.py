"""The ways to hide a piece of a letter in a PDF."""

from __future__ import annotations

from typing import Any

from tests.makers.pdf_maker import PdfPage


def drawn(before: str, after: str = "", size: float = 13, shift: tuple[float, float] = (0, 0)) -> Any:
    """Text between operators; `{x}` and `{y}` in them are its place from the lower left corner."""

    def draw(page: PdfPage, x: float, y: float, text: str) -> None:
        x, y = x + shift[0], y + shift[1]
        place = {"x": x - 2, "y": page.height - y - 4}
        page.parts.append(before.format(**place))
        page.text(x, y, text, size)
        page.parts.append(after.format(**place))

    return draw


PDF = {
    "mode 3": drawn("3 Tr", "0 Tr"),
    "mode 7": drawn("q 7 Tr", "Q"),
    "alpha 0": drawn("q /Clear gs", "Q"),
    "black blended with a white box": drawn("q 1 g {x} {y} 300 16 re f 0 g /Screen gs", "Q"),
    "white": drawn("1 1 1 rg", "0 0 0 rg"),
    "nearly white": drawn("0.97 g", "0 g"),
    "clipped away": drawn("q 0 0 5 5 re W n", "Q"),
    "layer that is off": drawn("/OC /Off BDC", "EMC"),
    "under a black box": drawn("", "0 g {x} {y} 300 16 re f"),
    "under a white box": drawn("", "1 g {x} {y} 300 16 re f 0 g"),
    "under a thick line": drawn("", "q 1 0 0 1 {x} {y} cm 16 w 0 8 m 300 8 l S Q"),
    "under a thick white line": drawn("", "q 1 0 0 1 {x} {y} cm 16 w 1 G 0 8 m 300 8 l S Q"),
    "under boxes side by side": drawn(
        "", "q 1 0 0 1 {x} {y} cm 1 g " + " ".join(f"0 {line} 300 1.1 re f" for line in range(16)) + " Q"
    ),
    "under a picture": drawn("", "q 300 0 0 16 {x} {y} cm /Im Do Q"),
    "black on black": drawn("0 g {x} {y} 300 16 re f"),
    "white on white box": drawn("0.98 g {x} {y} 300 16 re f 1 g", "0 g"),
    "one point": drawn("", size=1),
    "one per cent wide": drawn("1 Tz", "100 Tz"),
    "off the page": drawn("", shift=(-2000, 0)),
    "outside the crop box": drawn("", shift=(0, 900)),
}


def in_forms(depth: int, before: str) -> Any:
    """Text in forms within forms."""

    def draw(page: PdfPage, x: float, y: float, text: str) -> None:
        inner = PdfPage()
        inner.text(x, y, text)
        page.forms = [f"{before} {inner.parts[0]}"] + [f"/Fo{number} Do" for number in range(depth - 1)]
        page.parts.append(f"/Fo{depth - 1} Do")

    return draw


def annotated(subtype: str) -> Any:
    """Text under the appearance of an annotation."""

    def draw(page: PdfPage, x: float, y: float, text: str) -> None:
        page.text(x, y, text)
        low = page.height - y - 4
        page.annotations.append(f"/Subtype /{subtype} /Rect [{x - 2} {low} {x + 298} {low + 16}] /F 4")
        page.appearances.append("0 0 300 16|1 g 0 0 300 16 re f")

    return draw


def rewritten(page: PdfPage, x: float, y: float, text: str) -> None:
    """Text that was covered with a white box, and another written upon it."""
    low = page.height - y - 4
    page.text(x, y, text)
    page.parts.append(f"1 g {x - 2} {low} 300 16 re f 0 g")
    page.text(x, y, "." * 12)


_SPECKS = " ".join(f"{place % 40} {place // 40} 5 5 re f" for place in range(260))
PDF |= {
    "navy on navy": drawn("0 0 0.5 rg {x} {y} 300 16 re f", "0 g"),
    "blue on blue": drawn("0 0 1 rg {x} {y} 300 16 re f", "0 g"),
    "green on green": drawn("0 0.6 0 rg {x} {y} 300 16 re f", "0 g"),
    "under the last of many boxes": drawn(f"q 1 0 0 1 500 800 cm 0.9 g {_SPECKS} Q", "1 g {x} {y} 300 16 re f 0 g"),
    "clipped to a corner": drawn(
        "q {x} 5 m {x} 830 l 590 830 l 590 829 l 40 829 l 40 5 l h W n 1 0 0 1 3 0 cm", "Q", shift=(0, 0)
    ),
    "clipped to nothing": drawn("q 0 0 m W n", "Q"),
    "clipped to a line": drawn("q {x} {y} m 590 {y} l W n", "Q"),
    "white in six forms": in_forms(6, "1 g"),
    "clipped in two forms": in_forms(2, "0 0 5 5 re W n"),
    "in a white pattern": drawn("/Pattern cs /White scn", "0 g"),
    "under a white pattern": drawn("", "/Pattern cs /White scn {x} {y} 300 16 re f 0 g"),
    "under the look of a link": annotated("Link"),
    "under a watermark": annotated("Watermark"),
    "under white strokes side by side": drawn(
        "", "q 1 0 0 1 {x} {y} cm 1 G 1.2 w " + " ".join(f"0 {line} m 300 {line} l S" for line in range(17)) + " Q"
    ),
    "under slanting white strokes": drawn(
        "", "q 1 G 16 w {x} {y} m 590 {y} l S 1 0 0 1 0 8 cm {x} {y} m 590 {y} l S Q"
    ),
    "written over": rewritten,
    "under white letters": drawn(
        "", "BT 1 g /F2 60 Tf {x} {y} Td <00490049004900490049004900490049> Tj ET {x} {y} 300 16 re f 0 g"
    ),
    "clipped by letters": drawn("q BT 7 Tr /F1 2 Tf 5 5 Td <0049> Tj ET", "Q"),
    "blended to white": drawn("q /Screen gs 1 g {x} {y} 300 16 re f 0 g", "Q"),
}
