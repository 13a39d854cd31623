"""Pinpoints: lists, ranges and shared tails come apart into one provision each."""

from __future__ import annotations

import pytest

from vnadmin.citation.provision.chains import find_chains, leads_to, read_pins
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import SourceDocument


def document(text: str) -> SourceDocument:
    builder = DocumentBuilder("text/plain")
    builder.line(text)
    return builder.build()


def pins(text: str) -> list[str]:
    """Each provision as its numbers, smallest first: `a/2/5`."""
    source = document(text)
    return [
        "/".join(number for _, number, _ in pin.numbers)
        for chain in find_chains(source, 0, len(text))
        for pin in read_pins(source, chain)
    ]


CASES = [
    ("Điều 5", ["5"]),
    ("khoản 2 Điều 5", ["2/5"]),
    ("điểm a khoản 2 Điều 5", ["a/2/5"]),
    ("Điểm c, Khoản 1, Điều 14", ["c/1/14"]),
    ("khoản 2 của Điều 5", ["2/5"]),
    ("điểm đ khoản 4", ["đ/4"]),
    ("Điều 12a, Điều 12b", ["12a", "12b"]),
    ("các Điều 31 và 52", ["31", "52"]),
    ("Điều 5, 6, 7, 8", ["5", "6", "7", "8"]),
    ("các khoản 1, 2 và 3 Điều 7", ["1/7", "2/7", "3/7"]),
    ("các điểm b, c, d khoản 2 và khoản 3 Điều 19", ["b/2/19", "c/2/19", "d/2/19", "3/19"]),
    (
        "các điểm a, b, c khoản 5, các điểm a, b khoản 6 Điều 42",
        ["a/5/42", "b/5/42", "c/5/42", "a/6/42", "b/6/42"],
    ),
    ("khoản 1 Điều 5, khoản 2 Điều 6 và Điều 9", ["1/5", "2/6", "9"]),
    ("khoản 2 Điều 15 và khoản 11 Điều 19", ["2/15", "11/19"]),
    ("điểm a khoản 2, điểm b khoản 3 Điều 4", ["a/2/4", "b/3/4"]),
    ("điểm b khoản 1 và điểm c khoản 1 Điều 9", ["b/1/9", "c/1/9"]),
    # ranges, in the Vietnamese alphabet: no f
    ("từ điểm b đến điểm i khoản 2 Điều 21", [f"{p}/2/21" for p in "bcdđeghi"]),
    ("từ Điều 10 đến Điều 13", ["10", "11", "12", "13"]),
    ("Điều 120 đến Điều 122", ["120", "121", "122"]),
    ("khoản 1 đến khoản 3 Điều 3", ["1/3", "2/3", "3/3"]),
    ("khoản 1 tới khoản 3 Điều 3", ["1/3", "2/3", "3/3"]),
    # larger parts, annexes
    ("Mục 4 Chương II", ["4/II"]),
    ("Mục 2, Mục 3, Chương IV", ["2/IV", "3/IV"]),
    ("Mục IV Phần I Phụ lục II", ["IV/I/II"]),
    ("Phụ lục II", ["II"]),
    ("Mẫu số 01", ["01"]),
    ("phụ lục số 01", ["01"]),
    # old circulars
    ("điểm 1.3, mục III, phần B", ["1.3/III/B"]),
    ("điểm 3 - mục D - phần III", ["3/D/III"]),
    ("điểm 1.b, mục II, phần thứ hai", ["1.b/II/thứ hai"]),
    ("Mục III, khoản 2", ["2/III"]),
    ("tiết a điểm 2 khoản 3 Điều 4", ["a/2/3/4"]),
    # no pinpoints
    ("các điểm có tọa độ", []),
    ("các khoản viện trợ, khoản nợ từ nhóm 1 đến nhóm 5", []),
    ("điều này cho thấy", []),
    ("danh mục C, thời điểm a, tài khoản 3", []),
    ("một số điều của", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_pins(text: str, expected: list[str]) -> None:
    """A pinpoint names exactly these provisions."""
    assert pins(text) == expected


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("khoản 2 Điều 5 Nghị định", True),
        ("khoản 2 Điều 5 của Nghị định", True),
        ("khoản 2 Điều 5, Nghị định", True),
        ("Phụ lục II ban hành kèm theo Nghị định", True),
        ("Điều 5 quy định theo Nghị định", False),
        ("Điều 5. Nghị định", False),
    ],
)
def test_link(text: str, leads: bool) -> None:
    """Only `của`, `tại`, `ban hành kèm theo` or nothing lead from a pinpoint to its instrument."""
    source = document(text)
    (chain,) = find_chains(source, 0, len(text))
    assert leads_to(source, chain, text.index("Nghị định")) is leads


def test_spans_are_printed_slices() -> None:
    """A provision of a list is quoted by its own slices."""
    source = document("các điểm b, c khoản 2 Điều 19")
    (chain,) = find_chains(source, 0, len(source.text) - 1)
    quotes = [" ".join(source.of(span) for span in pin.spans) for pin in read_pins(source, chain)]
    assert quotes == ["điểm b khoản 2 Điều 19", "điểm c khoản 2 Điều 19"]
