"""Bodies are found however they are written, and documents without a number can be asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.index.search.archive import document, sha256_of, write
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.search.query_bodies import spellings
from vnadmin.index.search.search import search

ENTRIES: list[dict[str, Any]] = [
    {"name": "viet-tat", "number": "/UBND-VX", "issuer": "UBND huyện Tân Khê", "tasks": [["Lập sổ", "UBND xã", "2024-05-02"]]},
    {"name": "viet-du", "number": "7/QĐ-UBND", "issuer": "Ủy ban nhân dân huyện Tân Khê", "tasks": [["Rà soát", "Ủy ban nhân dân xã", "2024-06-03"]]},
    {"name": "bo", "number": "8/QĐ-BTC", "issuer": "BỘ TÀI CHÍNH", "recipients": ["BYT"]},
    {"name": "khong-so", "issuer": "Trường Tiểu học Bình Lạc"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ('co-quan:"UBND huyện Tân Khê"', {"viet-tat", "viet-du"}),
        ('co-quan:"Ủy ban nhân dân huyện Tân Khê"', {"viet-tat", "viet-du"}),
        ('giao:"UBND xã" han:2024', {"viet-tat", "viet-du"}),
        ("co-quan:BTC", {"bo"}),
        ("co-quan:btc", {"bo"}),
        ('noi-nhan:"Bộ Y tế"', {"bo"}),
        ("so:-", {"viet-tat", "khong-so"}),
        ("-so:-", {"viet-du", "bo"}),
        ("so:- co-quan:UBND", {"viet-tat"}),
        ("so:- -so:-", set()),
    ],
)
def test_what_a_query_finds(tmp_path: Path, typed: str, names: set[str]) -> None:
    """`UBND`, `BTC`; no number is also one whose place before the slash was left blank."""
    entries = {one["name"]: document({"type": ["CV", "Công văn"], "text": "Nội dung.", **one}) for one in ENTRIES}
    engine = open_catalog(str(tmp_path / "catalog.db"))
    write(engine, entries)
    with engine.connect() as connection:
        answer = search(connection, typed)
    known = {sha256_of(name): name for name in entries}
    assert {known[hit.sha256] for hit in answer.hits} == names
    assert answer.total == len(names)
    engine.dispose()


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("UBND tỉnh Lam Hải", {"uỷ ban nhân dân tỉnh lam hải"}),
        ("Ủy ban nhân dân tỉnh Bắc Giang", {"ubnd tỉnh bắc giang"}),  # not UBND alone, which every province is
        ("TTg", {"thu tuong chinh phu"}),
        ("Sở GD&ĐT", {"sở giáo dục và đào tạo"}),
        ("Sở Y tế", set()),
        ("VKS", set()),  # one in every province
        ("", set()),
    ],
)
def test_the_spellings_of_a_name(name: str, others: set[str]) -> None:
    """As typed first; what stands for many bodies is left as it is."""
    found = spellings(name)
    assert found[0] == name
    assert set(found[1:]) == others
