"""Facets: one line beside a document's place, with keys that part bodies of one name and join spellings of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from tests.index.letters import letter
from tests.index.runs import asking, run
from tests.index.search.archive import document, documents, write
from vnadmin.index.catalog.connect import open_catalog
from vnadmin.index.catalog.rows import issuer_key
from vnadmin.index.search.facets import SHA256, counted, folder_of, line_of, part_of
from vnadmin.index.search.query import read_query
from vnadmin.index.search.search import search
from vnadmin_service.archive.facets import Filters, count_facets

EMPTY = dict.fromkeys(
    ("year", "type_code", "type_name", "issuing_agency", "parent_agency", "signer", "place", "urgency", "secrecy")
)


@pytest.fixture
def engine(catalog: str) -> Iterator[Engine]:
    """The archive, with secrecy, urgency and place on one document, and two offices of one name."""
    made = open_catalog(catalog)
    entries = documents()
    names = list(entries)
    whole = {"secrecy": "TỐI MẬT", "urgency": "HỎA TỐC", "place": "Bình Lạc"}
    entries[names[0]] = entries[names[0]].model_copy(update=whole)
    for name, above in zip(names[1:3], ("UBND TỈNH A", "UBND TỈNH B"), strict=True):
        update = {"issuing_agency": "VĂN PHÒNG", "parent_agency": above}
        entries[name] = entries[name].model_copy(update=update)
    write(made, entries)
    yield made
    made.dispose()


def issued_by(issuer: str, parent: str | None = None) -> dict[str, str | None]:
    """The columns of a document of this body."""
    return {"issuing_agency": issuer, "parent_agency": parent, "issuer_key": issuer_key(issuer, parent)}


def test_a_line_is_counted_by_keys() -> None:
    """`SỞ Y TẾ` and `Sở Y tế` are one; `VĂN PHÒNG` of two bodies are two; no value breaks the line."""
    rows = [
        {**EMPTY, **issued_by("SỞ Y TẾ"), "year": 2021},
        {**EMPTY, **issued_by("Sở Y tế"), "year": 2022},
        {**EMPTY, **issued_by("VĂN PHÒNG", "SỞ Y TẾ"), "year": 2022},
        {**EMPTY, **issued_by("VĂN PHÒNG\x1fy1999\x1e1999"), "signer": "A\x1eB"},
    ]
    found = counted("".join(line_of(row, "", "/kho/2022")[SHA256:] for row in rows))
    assert found["issuer"][0][::2] == ("so y te", 2)
    assert {value.label for value in found["issuer"]} >= {"VĂN PHÒNG (SỞ Y TẾ)"}
    assert [(value.value, value.number) for value in found["year"]] == [("2022", 2), ("2021", 1)]
    assert part_of("year", "1999") not in line_of(rows[3], "", "")
    assert [value.number for value in found["folder"]] == [4]


def test_every_value_finds_as_many_as_it_says(engine: Engine) -> None:
    """By any facet, alone; with the body above in an issuer's name."""
    with engine.connect() as connection:
        query = read_query("")
        facets, cut = count_facets(connection, query, Filters())
        assert not cut
        for facet, values in facets.items():
            for value in values:
                among = Filters(**{facet: value.value}).among()
                assert search(connection, query, among=among, limit=100).total == value.number, (facet, value)
        names = [value.label for value in facets["issuer"]]
        assert {"VĂN PHÒNG (UBND TỈNH A)", "VĂN PHÒNG (UBND TỈNH B)"} <= set(names)
        assert [value.label for value in facets["secrecy"]] == ["TỐI MẬT"]
        assert facets["folder"][0].label == "/kho"


BODIES = {
    "VĂN PHÒNG (HĐND TỈNH LAM HẢI)": [*[("VĂN PHÒNG", "HĐND TỈNH LAM HẢI")] * 2, ("Văn phòng HĐND tỉnh Lam Hải", None)],
    "VĂN PHÒNG (UBND TỈNH LAM HẢI)": [*[("VĂN PHÒNG", "UBND TỈNH LAM HẢI")] * 2, ("Văn phòng", "Ủy ban nhân dân tỉnh Lam Hải")],
    "VĂN PHÒNG": [("VĂN PHÒNG", None)],  # nobody knows of which
    "SỞ Y TẾ (UBND TỈNH LAM HẢI)": [
        *[("SỞ Y TẾ", "UBND TỈNH LAM HẢI")] * 2, ("SỞ Y TẾ", "UBND TỈNH LAM HẢI"), ("Sở Y tế tỉnh Lam Hải", None),
        ("SỞ , Y TẾ", "ỦY BAN NHÂN DÂN TỈNH LAM HẢI ˆ"), ("SỞ Y TẾ LAM HẢI", "UBND TỈNH LAM HẢI"), ("SỞ Y TẾ", None),
    ],
    "BỘ Y TẾ": [*[("BỘ Y TẾ", None)] * 2, ("Bộ Y tế", "CHÍNH PHỦ")],
    "UBND XÃ TÂN KHÊ (HUYỆN A)": [("UBND XÃ TÂN KHÊ", "HUYỆN A")],
    "UBND XÃ TÂN KHÊ (HUYỆN B)": [("UBND XÃ TÂN KHÊ", "HUYỆN B")],
    "UBND XÃ TÂN AN (UBND HUYỆN TÂN AN)": [*[("UBND XÃ TÂN AN", "UBND HUYỆN TÂN AN")] * 2, ("UBND xã Tân An, huyện Tân An", None)],
    "UBND PHƯỜNG 1 (UBND QUẬN 1)": [("UBND PHƯỜNG 1", "UBND QUẬN 1")],
    "UBND PHƯỜNG 1 (UBND QUẬN 3)": [("UBND PHƯỜNG 1", "UBND QUẬN 3")],
    "UBND PHƯỜNG 1": [("UBND PHƯỜNG 1", None)],  # of either
    "TRUNG TÂM Y TẾ (SỞ Y TẾ)": [("TRUNG TÂM Y TẾ", "SỞ Y TẾ")],
    "TRUNG TÂM (SỞ Y TẾ)": [("TRUNG TÂM", "SỞ Y TẾ")],
}  # fmt: skip


def test_one_entry_for_a_body_however_it_is_spelled(catalog: str) -> None:
    """Case, marks of OCR, abbreviations, with and without the body above it; the filter finds all of it, narrowed or not."""
    printed = [(label, *body) for label, bodies in BODIES.items() for body in bodies]
    entries = {
        str(n): document({"name": str(n), "type": ["", kind], "text": "Nội dung.", "issuer": issuer, "parent": parent})
        for n, ((_, issuer, parent), kind) in enumerate(zip(printed, ["SẮC LỆNH", "Sắc lệnh"] * 20, strict=False))
    }
    made = open_catalog(catalog)
    write(made, entries)
    with made.connect() as connection:
        facets, _ = count_facets(connection, read_query(""), Filters())
        assert {one.label: one.number for one in facets["issuer"]} == {name: len(all_) for name, all_ in BODIES.items()}
        assert [one.number for one in facets["type"]] == [len(printed)]
        for one in facets["issuer"]:
            chosen = Filters(issuer=one.value)
            found = search(connection, "", among=chosen.among(), limit=100)
            assert found.total == one.number, one
            assert [two.value for two in count_facets(connection, read_query(""), chosen)[0]["issuer"]] == [one.value]
        kept = Filters(issuer="so y te|uy ban nhan dan tinh lam hai")  # a search that an older vnadmin saved
        assert search(connection, "", among=kept.among()).total == len(BODIES["SỞ Y TẾ (UBND TỈNH LAM HẢI)"])
    made.dispose()


@pytest.mark.parametrize(
    "query", ["do-mat:mật", 'do-mat:"tối mật"', "mat:TOI", 'do-khan:"hỏa tốc"', 'dia-danh:"bình lạc"']
)
def test_secrecy_urgency_and_place_can_be_asked_for(engine: Engine, query: str) -> None:
    """Each finds the one document that has it."""
    with engine.connect() as connection:
        answer = search(connection, query)
        assert (answer.total, answer.query.notes) == (1, ())


def test_the_folder_of_a_file_that_was_moved(catalog: str, tmp_path: Path) -> None:
    """The next run brings it up to date, without reading the file again."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "x.txt").write_text(letter(1), "utf-8")
    run(catalog, tmp_path)

    def folders(connection: Connection) -> list[str]:
        return [value.value for value in count_facets(connection, read_query(""), Filters())[0]["folder"]]

    assert asking(catalog, folders) == [f"{tmp_path}/a"]
    (tmp_path / "a" / "x.txt").rename(tmp_path / "b" / "x.txt")
    assert run(catalog, tmp_path).done == 0
    assert asking(catalog, folders) == [f"{tmp_path}/b"]
    assert folder_of("/kho/thu.eml!/a.txt") == "/kho/thu.eml"
