"""References of a whole document: which zones are read, tables of documents, notes at the foot of the last page."""

from __future__ import annotations

import pytest

from vnadmin.citation import FoundReference, read_appendix_references, read_references
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Cell, SourceDocument
from vnadmin.zones.zone import Attachment, Conclusions, Preface, Zones


def zones(document: SourceDocument, **parts: object) -> Zones:
    """Zones of a document that is all body, but for the parts given."""
    end = len(document.lines)
    given = {
        "preface": Preface(),
        "preamble": (),
        "body": document.paragraphs,
        "conclusions": Conclusions(start=end, end=end),
        "attachments": (),
        **parts,
    }
    return Zones(document, **given)  # type: ignore[arg-type]


def shape(references: list[FoundReference]) -> list[tuple[str | None, str | None, str]]:
    return [
        (r.type.value if r.type else None, r.number.value if r.number else None, r.relation.value) for r in references
    ]


def build(*lines: str) -> SourceDocument:
    builder = DocumentBuilder("text/plain")
    for line in lines:
        builder.line(line)
    return builder.build()


def test_table_of_documents() -> None:
    """In a table the type may stand in one cell and the number in the next; a bare number counts as well."""
    builder = DocumentBuilder("text/html")
    rows = (("1", "Quyết định", "15/QĐ-UBND ngày 02/3/2020"), ("2", "Chỉ thị", "04/CT-UBND"), ("3", "", "7/KH-SYT"))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            builder.line(cell, cell=Cell(0, row, column))
    builder.line("Số: 99/QĐ-UBND", cell=Cell(1, 0, 0))
    found = list(read_references(zones(builder.build())))
    assert shape(found) == [
        ("Quyết định", "15/QĐ-UBND", "cites"),
        ("Chỉ thị", "04/CT-UBND", "cites"),
        (None, "7/KH-SYT", "cites"),
    ]


def test_number_over_two_lines_of_a_title() -> None:
    """A title is read over its line ends."""
    document = build("Sửa đổi Thông tư số 5/2020/TT-", "BYT ngày 02/3/2020", "Nội dung.")
    preface = Preface(title=document.lines[:2], end=2)
    found = list(read_references(zones(document, preface=preface, body=document.paragraphs[2:])))
    assert shape(found) == [("Thông tư", "5/2020/TT-BYT", "amends")]


def test_note_at_the_foot() -> None:
    """A note under the signature belongs to the main document; another text there does not."""
    document = build("Theo Nghị định số 1/2020/NĐ-CP.", "GIÁM ĐỐC", "1 Nghị định số 1/2020/NĐ-CP ngày 02/3/2020")
    body, end = document.paragraphs[:1], Conclusions(start=1, end=2)
    (reference,) = read_references(zones(document, body=body, conclusions=end))
    assert reference.issued_on is not None
    assert reference.issued_on.value == "2020-03-02"


def test_attachments_apart() -> None:
    """What an attachment cites is the attachment's, never the main document's."""
    document = build("Theo Luật Giá 2023.", "GIÁM ĐỐC", "PHỤ LỤC", "Theo Quyết định số 8/QĐ-UBND.")
    attached = Attachment(label=(document.lines[2],), lines=document.lines[3:])
    given = zones(
        document, body=document.paragraphs[:1], conclusions=Conclusions(start=1, end=2), attachments=(attached,)
    )
    assert shape(list(read_references(given))) == [("Luật", None, "basis")]
    assert [shape(list(found)) for found in read_appendix_references(given)] == [[("Quyết định", "8/QĐ-UBND", "cites")]]


def test_values_are_slices_of_the_text() -> None:
    """Every value that is quoted stands in the text at its spans."""
    document = build("Căn cứ khoản 2 Điều 5 Nghị định số 1/2020/NĐ-CP ngày 02/3/2020 của Chính phủ về giá;")
    (reference,) = read_references(zones(document))
    for leaf in (reference.type, reference.issuer, reference.title, reference.provisions[0].text):
        assert leaf is not None
        assert leaf.value == " ".join(document.of(span) for span in leaf.spans)


@pytest.mark.parametrize(
    ("sentence", "issuers"),
    [
        (
            "Thực hiện Luật Giáo dục số 43/2019/QH14 ngày 14 tháng 6 năm 2019 của Quốc hội, các trường báo cáo.",
            ["Quốc hội"],
        ),
        ("Theo Luật Giáo dục số 43/2019/QH14 của Quốc hội ngày 14/6/2019, các trường báo cáo.", ["Quốc hội"]),
        (
            "Thực hiện Luật Dược số 105/2016/QH13 ngày 06/4/2016 và Luật Đất đai số 31/2024/QH15 ngày 18/01/2024 của Quốc hội.",
            ["Quốc hội", "Quốc hội"],
        ),
        ("Thực hiện Luật Giáo dục năm 2019 của ngành, các trường báo cáo.", [None]),  # no body that makes laws
        ("Thực hiện Luật Giáo dục của Quốc hội, các trường báo cáo.", [None]),  # neither number nor day
        (
            "Theo Kế hoạch số 2/KH-ĐD ngày 07/02/2023 về hoạt động điều dưỡng năm 2023 của Phòng Điều dưỡng.",
            ["Phòng Điều dưỡng"],
        ),
        (
            "Theo Quyết định số 15/QĐ-BVHV ngày 07/02/2023 về việc phân công trực Tết của Giám đốc Bệnh viện Hải Vân.",
            ["Giám đốc Bệnh viện Hải Vân"],
        ),
        ("Theo Kế hoạch số 2/KH-SYT ngày 07/02/2023 về hoạt động điều dưỡng của Phòng Điều dưỡng.", [None]),
    ],
)
def test_issuers_of_laws_and_behind_titles(sentence: str, issuers: list[str | None]) -> None:
    found = list(read_references(zones(build(sentence))))
    assert [one.issuer.value if one.issuer else None for one in found] == issuers


def test_a_law_whose_name_opens_small_and_one_that_amends_an_article_of_it() -> None:
    """`Pháp lệnh thuế Tài nguyên`: a capital in the second word says that it is a name."""
    sentence = "Thực hiện Nghị định số 5/2009/NĐ-CP quy định chi tiết thi hành Pháp lệnh thuế Hải sản và Pháp lệnh sửa đổi, bổ sung điều 6 Pháp lệnh thuế Hải sản."
    found = list(read_references(zones(build(sentence))))
    assert [one.title.value if one.title else None for one in found][1:] == [
        "thuế Hải sản",
        "sửa đổi, bổ sung điều 6 Pháp lệnh thuế Hải sản",
    ]


def test_a_companys_number_with_the_year_behind_a_stop() -> None:
    (one,) = read_references(
        zones(build("Trả lời công văn số 128.2025/OL.HMX ngày 24/11/2025 của Công ty Hải Minh, Cục Thuế có ý kiến."))
    )
    assert one.number is not None
    assert one.number.value == "128.2025/OL.HMX"
