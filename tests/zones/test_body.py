"""The line between preamble and body."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vnadmin.layout.builder import DocumentBuilder
from vnadmin.layout.page import Cell, SourceDocument
from vnadmin.zones.body import split_body


def cut(*lines: str) -> tuple[list[str], list[str]]:
    """Preamble and body of these lines, as texts."""
    builder = DocumentBuilder("text/plain")
    for line in lines:
        builder.line(line)
    document = builder.build()
    preamble, body = split_body(document, 0, len(document.lines))
    return [document.of(p) for p in preamble], [document.of(p) for p in body]


def test_decision() -> None:
    """Authority line, căn cứ, proposal and operative word are preamble; Điều 1 opens the body."""
    preamble, body = cut(
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN TÂN LỘC",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        "Xét đề nghị của Trưởng phòng Nội vụ,",
        "QUYẾT ĐỊNH:",
        "Điều 1. Phê duyệt danh sách.",
    )
    assert preamble[-1] == "QUYẾT ĐỊNH:"
    assert body == ["Điều 1. Phê duyệt danh sách."]


def test_letter_that_opens_with_its_grounds() -> None:
    """`Căn cứ ..., Sở Y tế đề nghị ... như sau:` is prose of the body."""
    preamble, body = cut("Căn cứ Công văn số 12/BYT-DP, Sở Y tế đề nghị các đơn vị thực hiện như sau:", "1. Rà soát.")
    assert preamble == []
    assert len(body) == 2


def test_letter_with_lines_of_grounds() -> None:
    """Căn cứ lines of their own are preamble in a letter or plan as well."""
    preamble, body = cut(
        "Căn cứ Kế hoạch số 12/KH-UBND ngày 05/3/2021;",
        "Căn cứ tình hình thực tế của nhà trường,",
        "Trường Tiểu học Tân Lộc xây dựng kế hoạch như sau:",
    )
    assert len(preamble) == 2
    assert body == ["Trường Tiểu học Tân Lộc xây dựng kế hoạch như sau:"]


def test_dashes_before_the_grounds() -> None:
    """Party papers and old decisions set a dash before each căn cứ."""
    preamble, body = cut(
        "- Căn cứ Điều lệ Công ty;", "- Xét đề nghị của Trưởng phòng Kỹ thuật.", "QUYẾT ĐỊNH", "Điều 1: Lập tổ."
    )
    assert len(preamble) == 3
    assert body == ["Điều 1: Lập tổ."]


def test_reasons_before_the_operative_word() -> None:
    """All between the first căn cứ and the operative word is preamble, sentences of their own too."""
    preamble, body = cut(
        "BỘ TRƯỞNG BỘ THỦY LỢI",
        "Căn cứ Nghị định số 12/CP ngày 02/3/1995 của Chính phủ về tổ chức bộ máy.",
        "- Căn cứ ý kiến của Thủ tướng Chính phủ, tại Công văn số 45-KTN.",
        "Để bảo đảm vận hành hồ chứa an toàn.",
        "QUYẾT ĐỊNH",
        "Điều 1. Ban hành quy trình.",
    )
    assert len(preamble) == 5
    assert len(body) == 1


def test_enacting_sentence_is_body() -> None:
    """Acts since 2025 print a sentence in place of the operative word; it stands in the body."""
    preamble, body = cut(
        "Căn cứ Luật Thủy lợi số 08/2017/QH14;",
        "Bộ trưởng Bộ Thủy lợi ban hành Thông tư quy định vận hành hồ chứa.",
        "Điều 1. Phạm vi điều chỉnh",
    )
    assert len(preamble) == 1
    assert body[0].startswith("Bộ trưởng")


def test_no_preamble() -> None:
    """A letter that begins with what it is about has none."""
    assert cut("Ngày 05/3/2021, Sở Nội vụ nhận được đơn của ông Nam.", "Sở trả lời như sau:")[0] == []


def test_only_lines_of_the_range() -> None:
    """A paragraph that the preface or the conclusions cut keeps only the lines between them."""
    builder = DocumentBuilder("text/plain")
    for index, line in enumerate(("Kính gửi: Phòng Nội vụ", "Nội dung một.", "Nội dung hai.", "Nơi nhận:")):
        builder.line(line, starts_paragraph=index == 0)
    document = builder.build()
    _, body = split_body(document, 1, 3)
    assert [document.of(line) for p in body for line in p.lines] == ["Nội dung một.", "Nội dung hai."]


def test_nothing_between() -> None:
    """A paragraph in which the preface ends and the conclusions begin leaves nothing between them."""
    builder = DocumentBuilder("text/plain")
    builder.line("Về việc phê duyệt kế hoạch")
    builder.line("GIÁM ĐỐC SỞ NỘI VỤ", starts_paragraph=False)
    assert split_body(builder.build(), 1, 1) == ((), ())


def test_tables_keep_their_cells() -> None:
    """Rows of data tables are body paragraphs with their cell."""
    builder = DocumentBuilder("text/plain")
    builder.line("Kế hoạch như sau:")
    builder.line("Nhiệm vụ", cell=Cell(0, 0, 0))
    document = builder.build()
    _, body = split_body(document, 0, 2)
    assert [p.cell for p in body] == [None, Cell(0, 0, 0)]


@given(st.lists(st.sampled_from(["Căn cứ Luật A;", "QUYẾT ĐỊNH:", "BỘ TRƯỞNG", "Điều 1. B", "Xét C.", "Sở D.", "-"])))
def test_every_line_is_in_one_part(lines: list[str]) -> None:
    """Preamble and body together are the lines between, in order."""
    builder = DocumentBuilder("text/plain")
    for line in lines:
        builder.line(line)
    document: SourceDocument = builder.build()
    preamble, body = split_body(document, 0, len(document.lines))
    assert [line.index for p in preamble + body for line in p.lines] == list(range(len(document.lines)))
