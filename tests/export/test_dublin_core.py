"""Dublin Core: terms from the document, nothing for what it does not have."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from vnadmin.export.dublin_core import TERMS, terms_of, write_json, write_xml
from vnadmin.export.elements import elements
from vnadmin.export.refusal import ExportRefused
from vnadmin.model import AdminDocument


def test_the_terms_of_a_letter(letter: AdminDocument) -> None:
    """Trích yếu is the title, Kính gửi the audience; `subject` is never filled, for it means topics."""
    assert terms_of(letter) == {
        "title": ["phối hợp phòng, chống dịch <cúm> & sốt rét"],
        "type": ["Công văn"],
        "identifier": ["1234/SYT-NVY", "/vn/cong-van/so-y-te-tinh-lang-son/2021/1234-syt-nvy"],
        "issued": ["2021-09-06"],
        "spatial": ["Lạng Sơn"],
        "creator": ["SỞ Y TẾ (ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN)"],
        "contributor": ["Đỗ Thị Hương Mơ"],
        "audience": ["Bộ Y tế", "Ủy ban nhân dân tỉnh"],
        "language": ["vi"],
        "format": ["application/pdf"],
        "extent": ["2 pages"],
        "references": ["Luật Khám bệnh, chữa bệnh"],
        "relation": ["Công văn 5028/BYT-DP </vn/cong-van/2021/5028-byt-dp>"],
        "hasPart": ["Phụ lục I. Danh sách trạm"],
    }
    assert "dcterms:subject" not in elements("dc")


def test_xml_and_json_say_the_same(letter: AdminDocument) -> None:
    """Read back, both are the terms."""
    root = etree.fromstring(write_xml(letter))
    found: dict[str, list[str | None]] = {}
    for child in root:
        assert child.tag.startswith(f"{{{TERMS}}}")
        found.setdefault(etree.QName(child).localname, []).append(child.text)
    assert found == terms_of(letter)
    record = json.loads(write_json(letter))
    assert record["dcterms:audience"] == ["Bộ Y tế", "Ủy ban nhân dân tỉnh"]
    assert record["dcterms:title"] == terms_of(letter)["title"][0]
    assert record["@context"] == {"dcterms": TERMS}


def test_a_repealed_instrument_is_replaced(letter: AdminDocument) -> None:
    """What the document does with an instrument decides the term."""
    references = [r.model_copy(update={"relation": "repeals"}) for r in letter.legal_references]
    assert len(terms_of(letter.model_copy(update={"legal_references": references}))["replaces"]) == 2


def test_a_record_needs_a_title(letter: AdminDocument) -> None:
    """Nothing else is asked for."""
    with pytest.raises(ExportRefused, match="dcterms:title"):
        write_xml(letter.model_copy(update={"subject": None}))
    bare = AdminDocument(subject="x", source=letter.source.model_copy(update={"pages": []}))
    assert terms_of(bare) == {"title": ["x"], "language": ["vi"], "format": ["application/pdf"]}
