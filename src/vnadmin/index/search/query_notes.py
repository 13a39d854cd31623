"""What a person is told of a search that was not read as they may have meant it, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vnadmin.index.search.query_dates import Period


class Note(NamedTuple):
    """One sentence in each language; as a text both."""

    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.vi} {self.en}"


def cut(most: int, unit_vi: str, unit_en: str) -> Note:
    """More was typed than is read."""
    return Note(f"Chỉ đọc {most} {unit_vi} đầu.", f"Only the first {most} {unit_en} were read.")


def meant(name: str, near: str) -> Note:
    """A name before a colon that is none, and one that is near."""
    return Note(f"Không có trường {name}:, có phải {near}: không?", f"No field {name}:, was it {near}:?")


def no_field(name: str) -> Note:
    """A name before a colon that is none."""
    return Note(
        f"{name}: không phải tên trường, nên được tìm như từ ngữ; xem các trường ở Cách tìm.",
        f"{name}: is no field and was read as a word; `vnadmin search --help` lists the fields.",
    )


def read_as_or(word: str) -> Note:
    """A word that parted the query."""
    return Note(
        f"{word} được hiểu là phép chọn: tìm văn bản khớp phần trước hoặc phần sau; cần chính chữ này thì đặt trong ngoặc kép.",
        f'"{word}" was read as an operator: what matches either side is found; in quotes it is a word.',
    )


def left_out(name: str) -> Note:
    """A field without a value."""
    return Note(
        f"{name}: trống, được bỏ qua; cần văn bản không có giá trị này thì gõ {name}:-",
        f"{name}: is empty and was left out; {name}:- finds what has no such value.",
    )


def no_day(issued: Sequence[tuple[Period, str]]) -> Note | None:
    """Times that no date lies in: `ngay:2012 OR ngay:2013`, for dates hold for all parts."""
    first, last = max(p.start or "" for p, _ in issued), min(p.end or "9999-13" for p, _ in issued)
    if first < last:
        return None
    days = [text for period, text in sorted(issued, key=lambda one: one[0].start or "") if period.start and period.end]
    span = f"tu:{days[0]} den:{days[-1]}" if len(days) > 1 else "tu:2012 den:2013"
    return Note(
        f"Không ngày nào thuộc tất cả các thời gian này; cần một khoảng thời gian thì gõ {span}",
        f"No day lies in all of these times; a span of time is typed {span}",
    )
