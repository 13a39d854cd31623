"""Pinpoints: 150 wild forms in pinpoints.toml, harder ones in pinpoints_hard.toml, and words that only look like one."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from vnadmin.citation.provision.pinpoint import Part, Pinpoint, read_pinpoints
from vnadmin.layout.builder import DocumentBuilder

GROUPS = tomllib.loads((Path(__file__).parent / "pinpoints.toml").read_text("utf-8"))
HARD = tomllib.loads((Path(__file__).parent / "pinpoints_hard.toml").read_text("utf-8"))
LETTERS = {
    "part": "P", "chapter": "C", "section": "M", "subsection": "m", "article": "D", "clause": "k", "point": "p",
    "subpoint": "t", "form": "A", "appendix": "A", "paragraph": "o", "sentence": "s", "indent": "g",
}  # fmt: skip


def read(text: str) -> list[str]:
    """The provisions of a text in the notation of the case file."""
    builder = DocumentBuilder("text/plain")
    builder.line(text)
    source = builder.build()
    return [
        " ".join(f"{LETTERS[part.level]}{part.number}" for part in pinpoint.parts)
        for chain in read_pinpoints(source, 0, len(text))
        for pinpoint in chain.pinpoints
    ]


def test_the_file_holds_a_hundred_and_fifty_forms() -> None:
    """The size of the set that the figure is measured on."""
    assert sum(len(group) for group in GROUPS.values()) == 150


@pytest.mark.parametrize("groups", [GROUPS, HARD], ids=["wild", "hard"])
def test_pinpoints_have_an_f1_of_093_over_the_forms(groups: dict[str, dict[str, list[str]]]) -> None:
    """F1 over all provisions of a case file; docs/evaluation.md gives today's figures."""
    right = told = wanted = 0
    for group in groups.values():
        for text, expected in group.items():
            found = Counter(read(text))
            right += (found & Counter(expected)).total()
            told += found.total()
            wanted += len(expected)
    assert 2 * right / (told + wanted) >= 0.93


@pytest.mark.parametrize("text", [*GROUPS["only_look_like"], *HARD["only_look_like"]])
def test_words_that_only_look_like_a_pinpoint_are_none(text: str) -> None:
    """`các khoản viện trợ` names no clause."""
    assert read(text) == []


def test_an_identifier_of_a_provision_names_each_level() -> None:
    """Largest part first, in the manner of Akoma Ntoso."""
    parts = (Part("article", "5"), Part("clause", "2"), Part("point", "đ"))
    assert Pinpoint((), parts).eid == "art_5__para_2__point_đ"
