"""The control words of RTF that only change how the open group or table row is set: `\\b`, `\\qc`, `\\intbl`, `\\cellx`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from vnadmin.source.word.rtf_state import BORDER_KINDS, CELL_BORDERS, COLOURS, FONTS, MARKER, SKIP, Row, State

Action: TypeAlias = Callable[[int | None], None]
"""What a control word does; it takes the number behind the word."""


def state_words(state: Callable[[], State]) -> dict[str, Action]:
    """The words of characters, paragraphs and groups; `state` gives the state of the group that is open."""

    def toggle(name: str) -> Action:
        return lambda number: setattr(state(), name, number != 0)

    def put(name: str, value: object) -> Action:
        return lambda _: setattr(state(), name, value)

    def upr(_: int | None) -> None:
        state().outer, state().target = state().target, SKIP

    return {
        "pard": lambda _: state().reset_paragraph(),
        "plain": lambda _: state().reset_character(),
        "b": toggle("bold"),
        "i": toggle("italic"),
        "caps": toggle("caps"),
        "v": toggle("hidden"),
        "spv": toggle("hidden"),  # of the mark of a paragraph; what is set so is not drawn
        "deleted": toggle("deleted"),
        "fs": lambda number: setattr(state(), "size", max(number or 24, 1)),
        "uc": lambda number: setattr(state(), "skip_after_unicode", min(max(number or 0, 0), 16)),
        "ql": put("align", 0),
        "qc": put("align", 1),
        "qr": put("align", 2),
        "qj": put("align", 3),
        "intbl": put("in_table", True),
        "itap": lambda number: setattr(state(), "depth", max(number or 0, 0)),
        "fonttbl": put("target", FONTS),
        "colortbl": put("target", COLOURS),
        "listtext": put("target", MARKER),
        "pntext": put("target", MARKER),
        "upr": upr,
        "ud": lambda _: setattr(state(), "target", state().outer),
    }


def row_words(row: Callable[[], Row]) -> dict[str, Action]:
    """The words that define a table row; `row` gives the one that is defined."""
    return {
        "cellx": lambda number: row().edge(number or 0),
        "trleft": lambda number: row().left(number or 0),
        "clmrg": lambda _: setattr(row(), "merged", True),
        "clvmrg": lambda _: setattr(row(), "hanging", True),
        "brdrt": lambda _: setattr(row(), "in_border", False),
        **dict.fromkeys(CELL_BORDERS, lambda _: setattr(row(), "in_border", True)),
        **dict.fromkeys(BORDER_KINDS, lambda _: row().border()),
    }
