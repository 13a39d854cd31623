"""The words that were looked for are marked where they stand, in the text as it is printed."""

from __future__ import annotations

import pytest

from vnadmin.index.search.marks import WIDTH, Piece, best_part, mark, patterns
from vnadmin.index.search.query import read_query


def shown(pieces: tuple[Piece, ...]) -> str:
    """`[…]` around what is marked."""
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "accents", "text", "expected"),
    [
        ("đường", True, "Đường và dương", "[Đường] và dương"),
        ("đường", False, "Đường và dương", "[Đường] và [dương]"),
        ("duong", False, "con đường", "con [đường]"),
        ("hoà giải", True, "công tác Hòa giải", "công tác [Hòa giải]"),
        ("quy hoạch đất", True, "quy hoạch sử dụng đất", "[quy] [hoạch] sử dụng [đất]"),
        ("sử dụng đất", True, "đất; sử\ndụng  đất", "đất; [sử dụng đất]"),  # in a row: then only that
        ("ban", False, "ban bang bản", "[ban] bang [bản]"),  # whole words
        ("-đường", True, "con đường", "con đường"),
        ("123/UBND-VX", False, "Số: 123/UBND–VX.", "Số: [123/UBND–VX]."),
    ],
)
def test_words_are_marked(query: str, accents: bool, text: str, expected: str) -> None:
    """With the accents that were typed, or without any."""
    assert shown(mark(text, patterns(read_query(query), accents=accents))) == expected


def test_values_are_marked_in_their_own_field_only() -> None:
    """`vien-dan:9/2017/NĐ-CP` marks the number with its nought, where citations are shown."""
    query = read_query("vien-dan:9/2017/NĐ-CP")
    text = "theo Nghị định 09/2017/NĐ-CP"
    assert shown(mark(text, patterns(query, accents=True, fields=("cites",)))) == "theo Nghị định [09/2017/NĐ-CP]"
    assert shown(mark(text, patterns(query, accents=True, fields=("number",)))) == text


def test_the_part_shown_is_where_most_words_stand() -> None:
    """Of a long text the part with most of the different words, cut at words, with a sign that there is more."""
    filler = "lời văn khác " * 200
    text = f"đất {filler} quy hoạch sử dụng đất {filler}"
    part = shown(best_part(text, patterns(read_query("hoạch đất dụng"), accents=True)))
    assert "quy [hoạch] sử [dụng] [đất]" in part
    assert part.startswith("… ")
    assert part.endswith(" …")
    assert len(part) < WIDTH + 40


def test_nothing_is_shown_where_nothing_was_found() -> None:
    """A search by fields has no part of the text to show."""
    assert best_part("một văn bản", patterns(read_query("loai:QĐ"), accents=True)) == ()
