"""The explain page: self-contained, safe against what a document holds, and complete."""

from __future__ import annotations

import re
from html import escape

import pytest

import vnadmin
from tests.makers.docx_maker import make_docx, paragraph, table
from vnadmin.explain import explain
from vnadmin.layout.sheet import bands_of
from vnadmin.model.pictures import PagePicture
from vnadmin.pipeline import parse_with_zones
from vnadmin.samples import samples
from vnadmin.zones.placed import placed_lines

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
    rules = placed_lines(zones)
    page = explain(document, lines=rules)
    assert "<code>head.number-label</code>" in page
    assert "<code>preamble.basis</code>" in page
    assert "<code>conclusions.authority-or-post</code>" in page
    assert "head.number-label" not in explain(document)
    placed = {line.rule: document.text[line.start : line.end] for line in rules}
    assert placed["title.authority"].isupper()
    assert all(line.rule != "none" for line in rules)


def test_lines_stand_side_by_side() -> None:
    """Header and signature in two columns, with the marks of the text; rows of a table as rows; every line once."""
    html = samples()[[item.name for item in samples()].index("quyet-dinh.html")].read_bytes()
    document, zones = parse_with_zones(html)
    bands = bands_of(zones.document)
    two = [band for band in bands if len(band.columns) == 2]
    left, right = ([document.text[line.start : line.end] for line in column] for column in two[0].columns)
    assert left[-1].startswith("Số:")
    assert right[1] == "Độc lập - Tự do - Hạnh phúc"
    assert len(two) == 2
    shown = sorted(line.start for band in bands for column in band.columns for line in column)
    assert shown == [line.start for line in (*zones.document.lines, *zones.document.furniture)]
    page = explain(document, bands=bands)
    assert page.count('class="band two"') == 2
    assert '<p class="bold centred"><span class="mark f-issuing_agency' in page


def test_pages_without_boxes_stand_below_the_text() -> None:
    """Pictures of a Word document say nothing of where a value stands: its lines are shown with their marks as well."""
    document = vnadmin.parse(next(item for item in samples() if item.name.endswith(".docx")))
    page = explain(document, {1: PagePicture(b"x", "image/jpeg", 595, 842)})
    assert page.index('<pre class="text">') < page.index('<figure class="page">')


def test_a_row_of_a_table_is_a_row() -> None:
    """The cells of a row stand beside one another."""
    data = make_docx(
        paragraph("Danh sách")
        + table(["TT", "Nội dung", "Đơn vị"], ["1", "Rà soát", "Phòng A"], ["2", "Báo cáo", "Phòng B"])
    )
    rows = [band for band in bands_of(parse_with_zones(data)[1].document) if band.is_row]
    assert [len(band.columns) for band in rows] == [3, 3, 3]
