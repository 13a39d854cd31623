"""Whatever the text: citations lie in it, in order, and `annotate` loses none of it."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin.citation import annotate, cite_text

PIECES = st.sampled_from(
    [
        "Nghị định số 30/2020/NĐ-CP", "Điều 5", "khoản 2", "điểm a", "này", "“", "”", "\n", " ", ", ", " và ", "từ", "đến",
        "1. ", "a) ", "Điều 2. ", "Luật Đất đai", "năm 2013", "Công văn nêu trên", "sửa đổi, bổ sung", "Phụ lục I",
        "gạch đầu dòng thứ hai", "Quyết định này", "…", "e\u0301", "\u00a0", "số", "15/QĐ-UBND", "ngày 05/3/2024",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
def test_citations_are_slices_in_order_and_nothing_is_lost(text: str) -> None:
    """For any text, however odd."""
    cited = cite_text(text)
    assert cited.text == unicodedata.normalize("NFC", text)
    starts = [c.start for c in cited.citations]
    assert starts == sorted(starts)
    for one in cited.citations:
        assert 0 <= one.start < one.end <= len(cited.text)
        assert one.instrument is None or one.instrument < len(cited.instruments)
        for pinpoint in one.pinpoints:
            assert pinpoint.eid
    assert annotate(cited, lambda _: ("", "")) == cited.text


@settings(max_examples=100)
@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    """No input makes the finder raise."""
    cite_text(text)
