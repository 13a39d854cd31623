"""Who does an item: `AdminDocument.responsible`, and what tables and the catalogue make of it."""

from __future__ import annotations

import pytest

import vnadmin
from vnadmin.index.catalog.rows import child_rows
from vnadmin.model import Directive
from vnadmin.samples import samples

LETTER = vnadmin.parse(next(item for item in samples() if item.name == "cong-van.txt").read_bytes())


def test_who_leads_and_who_helps() -> None:
    """An item is led by whom it names, else by whom the item above it names; a partner leads nothing."""
    agronomy, station = "Phòng Nông nghiệp và Phát triển nông thôn huyện", "Trạm Khuyến nông huyện"
    assert [LETTER.responsible(pointer) for pointer, _ in LETTER.walk()] == [
        ([agronomy], []),
        ([agronomy], [station]),  # "Chủ trì, phối hợp với Trạm Khuyến nông huyện"
        ([agronomy], []),
        ([station], []),
        (["Ủy ban nhân dân các xã, thị trấn"], []),
    ]
    assert [(row["leads"], row["partners"]) for row in vnadmin.to_rows(LETTER)][1] == ([agronomy], [station])
    deep = Directive(marker="+", text="Báo cáo kết quả.")
    alone = Directive(marker="5", text="Phối hợp.", assignees=["Đội Quản lý đê"], children=[deep])
    (helping,) = LETTER.evidence["/directives/0/children/0/assignees/0"]
    placed = {"/directives/0/assignees/0": [helping.model_copy(update={"quote": "Đội Quản lý đê"})]}
    document = LETTER.model_copy(update={"directives": [alone], "evidence": placed})
    assert [document.responsible(pointer) for pointer, _ in document.walk()] == [([], ["Đội Quản lý đê"])] * 2
    for nowhere in ("/directives/9", "/directives/0/text", "/subject", "/directives/0/children/7"):
        with pytest.raises(KeyError, match="No item of `directives` stands at"):
            LETTER.responsible(nowhere)


def test_a_name_that_a_person_wrote_leads() -> None:
    """The evidence that stands at its place is that of the name which the parser had read."""
    first, second = LETTER.directives[0].children[:2]
    item = LETTER.directives[0].model_copy(
        update={"children": [first.model_copy(update={"assignees": ["Phòng Y tế"]}), second]}
    )
    corrected = LETTER.model_copy(update={"directives": [item, *LETTER.directives[1:]]})
    assert corrected.responsible("/directives/0/children/0") == (["Phòng Y tế"], [])


def test_without_evidence_nobody_can_tell() -> None:
    bare = LETTER.model_copy(update={"evidence": {}})
    with pytest.raises(ValueError, match="told by evidence"):
        bare.responsible("/directives/0/children/0")
    assert {(tuple(row["leads"]), tuple(row["partners"])) for row in vnadmin.to_rows(bare)} == {((), ())}


def test_the_catalogue_knows_leads_from_partners() -> None:
    """What tasks and their exports ask: the nearest item that has rows names its leads, too."""
    named = [(row["pointer"], row["role"], str(row["name"])[:5]) for row in child_rows(LETTER)["assignees"]]
    assert named[:3] == [
        ("/directives/0", "lead", "Phòng"),
        ("/directives/0/children/0", "lead", "Phòng"),
        ("/directives/0/children/0", "partner", "Trạm "),
    ]
