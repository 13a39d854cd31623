"""Whatever lines a text is broken into, it is read: lines of blanks, quotation marks, bars and half phrases."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import vnadmin

LINES = st.sampled_from(
    [
        "", " ", "   ", ">", "> ", "> >", "|", "| |", "-", "- ", "---", "*", "** **", "#", "o ", "(", "“", "\u00a0", "\t",
        "Số:", "Số: 12/", "/UBND-", "295/BTC-KBNN", "ngày 20", "tháng 11 năm 2025", "Kính gửi:", "Nơi nhận:", "- Lưu: VT.",
        "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC Nguyễn Văn An", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", "Độc lập - Tự do -",
        "Điều 1.", "1.", "a)", "<td>", "</table>", "Căn cứ Luật", "(đã ký)", "thực hiện./.",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(LINES, min_size=1, max_size=14), st.sampled_from(["\n", "\n\n", " \n "]))
def test_any_lines_are_read(lines: list[str], end: str) -> None:
    """Odd content gives a document with issues, or a refusal; never another exception."""
    try:
        document = vnadmin.parse(end.join(lines).encode())
    except vnadmin.VnadminError:
        return
    for pieces in document.evidence.values():
        for piece in pieces:
            assert document.text[piece.start : piece.end] == piece.quote
