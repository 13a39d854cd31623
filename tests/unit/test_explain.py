"""The explain page: self-contained, safe against what a document holds, and complete."""

from __future__ import annotations

import re
from html import escape

import pytest

import vnadmin
from tests.makers.docx_maker import make_docx, paragraph
from vnadmin.explain import explain
from vnadmin.pipeline import parse_with_zones
from vnadmin.samples import samples

HOSTILE = """Số: 12/UBND-VX
V/v <script>alert(1)</script> {{fields}} & "họp"

Kính gửi: Các phòng
"""


@pytest.mark.parametrize("sample", samples(), ids=lambda item: item.name)
def test_nothing_is_loaded_from_elsewhere(sample) -> None:
    """No address of another host and no file beside the page."""
    page = explain(vnadmin.parse(sample.read_bytes()))
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "http://" not in page
    assert "https://" not in page


def test_what_a_document_holds_is_shown_and_never_run() -> None:
    """Markup, template slots and entities of the text come out as text."""
    data = make_docx(
        "".join(paragraph(escape(line)) for line in HOSTILE.splitlines())
    )  # in a text a script is not seen
    page = explain(vnadmin.parse(data), title="<b>tệp</b>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.count("{{fields}}") >= 1
    assert "<b>tệp</b>" not in page


def test_every_value_with_evidence_stands_on_the_page() -> None:
    """Each pointer of the document is linked from the fields to the text."""
    sample = next(item for item in samples() if item.name == "cong-van.txt")
    document = vnadmin.parse(sample.read_bytes())
    page = explain(document)
    for pointer in document.evidence:
        assert page.count(f"&quot;{pointer}&quot;") >= 2, pointer


def test_each_line_is_listed_with_the_rule_that_placed_it() -> None:
    """The lines given beside the document stand on the page, and all of its text is among them."""
    sample = next(item for item in samples() if item.name == "quyet-dinh.html")
    document, zones = parse_with_zones(sample.read_bytes())
    rules = zones.rules()
    page = explain(document, lines=rules)
    assert "<code>head.number-label</code>" in page
    assert "<code>preamble.basis</code>" in page
    assert "head.number-label" not in explain(document)
    placed = {line.rule: document.text[line.start : line.end] for line in rules}
    assert placed["title.authority"].isupper()
    assert all(line.rule != "none" for line in rules)
