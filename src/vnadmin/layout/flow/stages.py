"""The stages in which lines without geometry come to their reading order, and each part of a document to its own line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from vnadmin.layout.flow.columns.flattened_end import part_ends
from vnadmin.layout.flow.columns.flattened_header import part_headers, part_names
from vnadmin.layout.flow.columns.interleaved import arrange
from vnadmin.layout.flow.combed import join_combed
from vnadmin.layout.flow.joined import part_behind_gaps, part_glued, part_paragraphs, part_rules, part_site_titles
from vnadmin.layout.flow.phrase import mend_cuts
from vnadmin.layout.flow.raw import RawLine, close_slips
from vnadmin.layout.flow.reading_order import header_first
from vnadmin.layout.flow.spacing import close_up

STAGES: Final[tuple[Callable[[Sequence[RawLine]], list[RawLine]], ...]] = (
    close_slips,  # "SAO  Y" over an agency, two blanks for one
    close_up,  # a blank line under every line: none parts a paragraph
    join_combed,  # "KT. BỘ TRƯỞNG BỘ CÔNG AN               KT. BỘ" / "TRƯỞNG BỘ Y TẾ", wrapped once more
    part_rules,  # "-----------Thực hiện Kế hoạch số 4-KH/ĐTN ..."
    mend_cuts,  # "ngày 20" / "tháng 11 năm 2025"
    part_glued,  # "KT. BỘ TRƯỞNGTHỨ TRƯỞNG(Đã ký)Nguyễn Đức Chi"
    part_site_titles,  # "Công văn 384/BYT-KCB về ... do Bộ Y tế ban hành. BỘ Y TẾ -------"
    part_paragraphs,  # "... Hạnh phúc Số: 12/QĐ-UBND ... QUYẾT ĐỊNH: Điều 1. ... Điều 2. ...", all of it one line
    part_behind_gaps,  # "... của địa phương.         5. Bộ Công an chỉ đạo ..."
    header_first,  # paragraphs, then the tables: the header stands under the body
    part_headers,  # "BỘ Y TẾ ------- Số: 350/TB-DP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập ..."
    part_ends,  # "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Văn An", a signature among the recipients
    arrange,  # two columns with blanks between them
    part_names,  # "UBND TỈNH HẢI MINH SỞ NỘI VỤ", set beside the motto
)


def in_reading_order(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines after all stages; those of a text that needs none pass as they are.

    A line of blanks alone is a blank line: stages look at the first letter of what is none.
    """
    ordered = [line if line.text.strip() or not line.text else line._replace(text="") for line in lines]
    for stage in STAGES:
        ordered = stage(ordered)
    return ordered
