"""What is offered for words without signs of the syntax: facets and fields that they may mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.index.letters import letter
from tests.index.runs import asking, run
from vnadmin.index.offers.meant import meant, without_a_word

HOME = "so noi vu tinh binh lac"


@pytest.fixture
def kept(catalog: str, archive: Path) -> str:
    """Letters of two offices."""
    (archive / "y-te.txt").write_text(letter(1, office="Y TẾ", sign="SYT-VP", signer="Nguyễn Xuân Hoàn"), "utf-8")
    run(catalog, archive)
    return catalog


OFFERED = [
    ("người ký Nguyễn Xuân Hoàn", "", {"signer": "nguyen xuan hoan"}),
    ("nguoi ky nguyen xuan hoan", "", {"signer": "nguyen xuan hoan"}),
    ("người ký Hoàn", 'nguoi-ky:"Hoàn"', {}),  # no signer's whole name
    ("tháng 5 năm 2020", "ngay:5/2020", {}),
    ("thang 5/2020", "ngay:5/2020", {}),
    ("ngày 25 tháng 9 năm 2021 quy hoạch", "quy hoạch ngay:25/9/2021", {}),
    ("ngày 05.9.2021", "ngay:05/9/2021", {}),
    ("văn thư năm 2020", "văn thư", {"year": "2020"}),
    ("cv sở nội vụ bình lạc", "", {"type": "CV", "issuer": HOME}),
    ("công văn so noi vu", "", {"type": "CV", "issuer": HOME}),
    ("cv snv", "snv", {"type": "CV"}),
    ("sở y tế kiểm tra", "kiểm tra", {"issuer": "so y te tinh binh lac"}),
    ("cơ quan sở y tế người ký Hoàn", 'nguoi-ky:"Hoàn"', {"issuer": "so y te tinh binh lac"}),
    ("kính gửi Sở Nội vụ", 'kinh-gui:"Sở Nội vụ"', {}),
    ("giao cho Phòng Tổ chức tháng 6 năm 2022", 'ngay:6/2022 giao:"Phòng Tổ chức"', {}),
]


THEMSELVES = [
    "",
    "công tác văn thư",
    "so:123",
    '"tháng 5 năm 2020"',
    "người ký",
    "phòng bệnh",
    "123/UBND-VX",
    "năm học mới",
    "a " * 20,
]


def test_what_is_offered_for_words_alone(kept: str) -> None:
    """A value of a facet where the archive has it, else of a field; nothing where words mean themselves."""

    def ask(connection: Connection) -> None:
        for typed, query, facets in OFFERED:
            found = meant(connection, typed)
            assert found is not None, typed
            assert (found.query, found.facets) == (query, facets), typed
            assert all(value for _, value in found.told), typed
        for typed in THEMSELVES:
            assert meant(connection, typed) is None, typed

    asking(kept, ask)


def test_a_word_less_finds_something(kept: str) -> None:
    """Only what finds something is offered."""
    found = asking(kept, lambda connection: without_a_word(connection, "kiểm tra voi"))
    assert [(word, query) for word, query, _ in found] == [("voi", "kiểm tra")]
    assert found[0][2] > 0
    assert asking(kept, lambda connection: without_a_word(connection, "voi")) == []
