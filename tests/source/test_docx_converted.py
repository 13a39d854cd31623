"""A .docx that a converter made out of a PDF: its printed lines and its two columns are put back."""

from __future__ import annotations

import vnadmin
from tests.makers.docx_maker import make_docx, paragraph, run
from vnadmin.config import Config
from vnadmin.source.docx.reader import read_docx

BOLD, PLAIN, SLANTED = '<w:b/><w:sz w:val="26"/>', '<w:sz w:val="26"/>', '<w:b/><w:i/><w:sz w:val="24"/>'
TAB = "<w:r><w:tab/></w:r>"
BREAK = "<w:r><w:br/></w:r>"


def converted(content: str, *stops: int, properties: str = "") -> str:
    """A paragraph as pdf2docx sets it."""
    tabs = "".join(f'<w:tab w:pos="{stop}" w:val="left"/>' for stop in stops)
    setting = '<w:autoSpaceDE w:val="0"/><w:spacing w:line="300" w:lineRule="exact"/>'
    return paragraph(content, f'<w:autoSpaceDN w:val="0"/><w:tabs>{tabs}</w:tabs>{setting}{properties}')


def columns(kind: str, *widths: int) -> str:
    """The settings of a section."""
    each = "".join(f'<w:col w:w="{width}"/>' for width in widths)
    section = f'<w:sectPr><w:type w:val="{kind}"/><w:cols w:num="{len(widths)}">{each}</w:cols></w:sectPr>'
    return converted("", properties=section)


LEFT = converted(run("UBND HUYỆN SÔNG LAM", PLAIN) + BREAK + run("PHÒNG NỘI VỤ", BOLD)) + converted(
    run("Số: 12/NV-TCCB ", PLAIN) + run("V/v rà soát vị trí việc làm", SLANTED)
)
RIGHT = converted(
    run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD) + run("Độc lập - Tự do - Hạnh phúc", BOLD)
) + converted(run("Sông Lam, ngày 5 tháng 3 năm 2024", SLANTED))
ADDRESS = converted(run("Kính gửi: Ủy ban nhân dân các xã.", PLAIN))
BODY = converted(
    run("Phòng Nội vụ đề nghị các xã rà soát vị trí việc làm và báo cáo kết quả", PLAIN)
    + run("trước ngày 20 tháng 3 năm 2024./.", PLAIN)
)
END = converted(
    TAB
    + run("KT. TRƯỞNG PHÒNG ", BOLD)
    + run("Nơi nhận: ", SLANTED)
    + TAB
    + run("PHÓ TRƯỞNG PHÒNG", BOLD)
    + run("- Như trên;", PLAIN)
    + BREAK
    + run("- Lưu: VT.", PLAIN),
    6000,
) + converted(run("Trần Thị Bình", BOLD))


def letter(header: str) -> vnadmin.AdminDocument:
    return vnadmin.parse(make_docx(header + ADDRESS + BODY + END))


def check(document: vnadmin.AdminDocument) -> None:
    """All that the letter says."""
    assert document.parent_agency == "UBND HUYỆN SÔNG LAM"
    assert document.issuing_agency == "PHÒNG NỘI VỤ"
    assert document.number is not None and document.number.text == "12/NV-TCCB"
    assert (document.place, str(document.issued_on)) == ("Sông Lam", "2024-03-05")
    assert document.subject == "rà soát vị trí việc làm"
    assert document.addressees == ["Ủy ban nhân dân các xã"]
    assert [entry.name for entry in document.recipients] == ["Như trên", "Lưu: VT"]
    (signer,) = document.signatories
    assert (signer.name, signer.position) == ("Trần Thị Bình", "PHÓ TRƯỞNG PHÒNG")
    assert signer.authority == ["KT. TRƯỞNG PHÒNG"]


def test_sections_side_by_side() -> None:
    """The header in two sections, runs as lines, tabs as the right column."""
    side = (3900, 5600)
    check(letter(LEFT + columns("continuous", *side) + RIGHT + columns("nextColumn", *side)))


def test_header_by_tabs() -> None:
    """A header whose columns are parted by tabs: a tab never leads back."""
    header = converted(
        run("UBND HUYỆN SÔNG LAM ", PLAIN) + TAB + run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ", BOLD) + TAB
        + run("PHÒNG NỘI VỤ ", BOLD) + TAB + TAB + run("Độc lập - Tự do - Hạnh phúc", BOLD),
        500, 4200,
    ).replace(TAB, TAB + TAB, 1)  # fmt: skip
    number = converted(
        run("Số: 12/NV-TCCB ", PLAIN) + TAB + run("Sông Lam, ngày 5 tháng 3 năm 2024", SLANTED) + BREAK
        + run("V/v rà soát vị trí việc làm", PLAIN),
        4400,
    )  # fmt: skip
    check(letter(header + number))


def test_type_under_the_right_column() -> None:
    """`QUYẾT ĐỊNH` that the converter took for the right column stands below both."""
    side = (3400, 6000)
    left = converted(run("Số: 7/QĐ-NV", PLAIN)) + columns("continuous", *side)
    right = converted(run("QUYẾT ĐỊNH", BOLD)) + columns("nextColumn", *side)
    document = read_docx(make_docx(left + right + BODY), Config())
    assert [(line.column.value[0], document.of(line)) for line in document.lines][:2] == [
        ("f", "Số: 7/QĐ-NV"),
        ("f", "QUYẾT ĐỊNH"),
    ]


def test_link_inside_a_run() -> None:
    """The words of a link are kept where it stands inside a run."""
    link = f'<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:hyperlink>{run("Luật Đất đai")}</w:hyperlink></w:r>'
    document = read_docx(make_docx(BODY + converted(run("Căn cứ ", PLAIN) + link + run(";", PLAIN))), Config())
    assert "Căn cứ Luật Đất đai;" in document.text


def test_runs_of_a_typist_are_no_lines() -> None:
    """Word parts runs anywhere: in its own files they are no lines."""
    document = read_docx(make_docx(paragraph(run("Ủy ban ", PLAIN) + run("NHÂN DÂN", PLAIN)) * 3), Config())
    assert document.text.splitlines()[0] == "Ủy ban NHÂN DÂN"
