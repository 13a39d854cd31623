"""A text that was wrapped once more is joined again; one that was wrapped once keeps its lines."""

from __future__ import annotations

import textwrap

from vnadmin.layout.flow.combed import join_combed
from vnadmin.layout.flow.joined import part_behind_gaps
from vnadmin.layout.flow.raw import RawLine

PARAGRAPH = (
    "Thực hiện Kế hoạch công tác năm 2020 của Ủy ban nhân dân tỉnh Hải Minh về việc bảo vệ hệ thống đê điều trước mùa "
    "mưa bão và các văn bản chỉ đạo của Bộ Thủy lợi về việc kiểm tra, đánh giá hiện trạng các tuyến đê trên địa bàn, Sở "
    "Thủy lợi đề nghị các phòng, ban, đơn vị trực thuộc khẩn trương rà soát những đoạn đê xung yếu, lập phương án gia cố "
    "và báo cáo kết quả về Sở để tổng hợp, trình Ủy ban nhân dân tỉnh xem xét, quyết định theo thẩm quyền được giao."
)
PRINTED = [
    *textwrap.wrap(PARAGRAPH, 90),
    "",
    *textwrap.wrap(PARAGRAPH, 90),
    "",
    "       KT. BỘ TRƯỞNG BỘ THỦY LỢI                             KT. BỘ TRƯỞNG BỘ Y TẾ",
    "               THỨ TRƯỞNG                                        THỨ TRƯỞNG",
    "           Lê Văn Tiềm                                       Trịnh Quang Huân",
]


def wrapped(lines: list[str], width: int) -> list[RawLine]:
    again = [textwrap.wrap(line, width, break_on_hyphens=False) or [""] for line in lines]
    return [RawLine(text) for parts in again for text in parts]


def test_lines_that_were_wrapped_once_more() -> None:
    combed = wrapped(PRINTED, 72)
    assert len(combed) > len(PRINTED)
    assert [line.text for line in join_combed(combed)] == PRINTED


def test_a_part_of_its_own_below_a_full_line() -> None:
    full = "SỞ THỦY LỢI                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM     .."
    for own in ("Số: 12/STL-VP", "b) 02 ảnh", "- Như trên;"):
        joined = [line.text for line in join_combed([RawLine(full), RawLine(own), *wrapped(PRINTED, 72)])]
        assert joined[:2] == [full, own]


def test_lines_that_were_wrapped_once() -> None:
    header = ["SỞ THỦY LỢI                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM     ", "TỈNH HẢI MINH"]
    lines = [*map(RawLine, header), *wrapped([PARAGRAPH] * 4, 72)]
    assert join_combed(lines) == lines


def test_an_item_behind_the_end_of_a_paragraph() -> None:
    item = "5. Sở Thủy lợi chỉ đạo triển khai lực lượng gia cố những đoạn đê xung yếu, bảo đảm an toàn"
    parted = part_behind_gaps([RawLine(f"dời dân cư khi có yêu cầu của địa phương.         {item}")])
    assert [line.text for line in parted] == ["dời dân cư khi có yêu cầu của địa phương.", item]
    columns = [RawLine("- Sở Nội vụ;                   1. Ông Lê Văn Tiềm"), RawLine("Lưu ý:     a) Nộp bản sao.")]
    assert part_behind_gaps(columns) == columns
