"""What follows the main document: where each attachment begins, its label and title."""

from __future__ import annotations

import pytest

from tests.makers.lines import document_of
from vnadmin.layout.page import Column, SourceDocument
from vnadmin.zones.attachments import begins_attachment, find_attachments
from vnadmin.zones.zone import Attachment


def heads(document: SourceDocument, found: tuple[Attachment, ...]) -> list[tuple[str, str]]:
    """Label and title of each attachment."""
    return [(" ".join(document.of(x) for x in a.label), " ".join(document.of(x) for x in a.title)) for a in found]


@pytest.mark.parametrize(
    "line",
    ["PHỤ LỤC", "Phụ lục I", "PHỤ LỤC SỐ 2", "Phụ lục số 2b", "Mẫu số 01", "MẪU SỐ 01A", "Biểu số 3",
     "Phụ lục 1: DANH SÁCH", "## Phụ lục II", "SAO Y BẢN CHÍNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
)  # fmt: skip
def test_headings_open_an_attachment(line: str) -> None:
    """Labels, a motto and a copy mark."""
    assert begins_attachment(document_of("Lê Văn Hòa", line), 1)


@pytest.mark.parametrize(
    "line",
    ["Phụ lục I ban hành kèm theo Thông tư này.", "phụ lục I", "Mẫu phiếu khảo sát", "Biểu phí", "Bảng lương",
     "Phụ lục II và Phụ lục III;", "Danh mục thuốc"],
)  # fmt: skip
def test_running_text_opens_none(line: str) -> None:
    """A mention of an appendix in a sentence, or a bare noun, is no heading."""
    assert not begins_attachment(document_of("Điều 1.", line), 1)


def test_quoted_motto_of_a_manual() -> None:
    """A motto that a sentence quotes heads nothing."""
    assert not begins_attachment(document_of("Dòng thứ nhất: “", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), 1)


def test_labels_and_titles() -> None:
    """The title is what stands in capitals under the label; brackets between them are skipped."""
    document = document_of(
        "PHỤ LỤC I",
        "DANH MỤC HỒ SƠ",
        "(Kèm theo Quyết định số 7/QĐ-UBND)",
        "1. Hồ sơ",
        "MẪU SỐ 02A",
        "(Ban hành kèm theo Thông tư số 1/2010/TT-TTCP)",
        "BIỂU THỐNG KÊ",
        "TT",
    )
    assert heads(document, find_attachments(document, 0)) == [
        ("PHỤ LỤC I", "DANH MỤC HỒ SƠ"),
        ("MẪU SỐ 02A", "BIỂU THỐNG KÊ"),
    ]


def test_forms_with_their_own_motto() -> None:
    """Each form begins with its agency, not with the motto beside it."""
    filler = [f"{n}. Nội dung" for n in range(1, 20)]
    document = document_of(
        ("SỞ GIÁO DỤC", Column.LEFT),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Column.RIGHT),
        "BẢN KHAI THÀNH TÍCH",
        *filler,
        ("SỞ GIÁO DỤC", Column.LEFT),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Column.RIGHT),
        "TỜ TRÌNH",
        *filler,
    )
    found = find_attachments(document, 0)
    assert heads(document, found) == [("", "BẢN KHAI THÀNH TÍCH"), ("", "TỜ TRÌNH")]
    assert document.of(found[1].lines[0]) == "SỞ GIÁO DỤC"


def test_copy_block_stands_last() -> None:
    """The copier's block is marked, and stands behind the appendices whose order others count by."""
    document = document_of(
        "ỦY BAN NHÂN DÂN XÃ",
        "SAO Y BẢN CHÍNH",
        "Số: 12/SY-UBND",
        "PHỤ LỤC I",
        "DANH SÁCH",
    )
    found = find_attachments(document, 0)
    assert [a.is_copy_block for a in found] == [False, True]


def test_a_copy_mark_beside_the_office_that_copied() -> None:
    """Two columns that became one line; in small letters it is a paper of a list."""
    flattened = document_of("LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN HẢI SAO LỤC", "Số: 17/SL-LĐLĐ", "Nơi nhận:")
    assert [a.is_copy_block for a in find_attachments(flattened, 0)] == [True]
    listed = document_of("PHỤ LỤC", "DANH MỤC HỒ SƠ", "Giấy chứng nhận sao y")
    assert [a.is_copy_block for a in find_attachments(listed, 0)] == [False]


def test_a_bracket_over_two_lines_and_blanks_are_no_title() -> None:
    """`(Kèm theo ...` goes on with the next line; a day left blank on a form is none either."""
    lines = ("PHỤ LỤC I", "(Kèm theo Thông tư số 5/2025/TT-BCT", "của Bộ trưởng)", "DANH MỤC HỒ SƠ", "1. Đơn.")
    document = document_of(*lines)
    assert heads(document, find_attachments(document, 0)) == [("PHỤ LỤC I", "DANH MỤC HỒ SƠ")]
    form = document_of("Mẫu số 01", "…..(4), ngày… tháng … năm …", "Kính gửi: …(5)")
    assert heads(form, find_attachments(form, 0)) == [("Mẫu số 01", "")]


def test_stray_lines_are_no_attachment() -> None:
    """What has neither label nor title nor head is left out."""
    assert find_attachments(document_of("5", "(Trang cuối)"), 0) == ()


def test_nothing_after_the_end() -> None:
    """No lines, no attachments."""
    assert find_attachments(document_of("Lê Văn Hòa"), 1) == ()
