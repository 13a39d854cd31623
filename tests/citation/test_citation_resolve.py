"""Resolution: mentions of one instrument are one reference, whichever way they are printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.growth import is_linear
from vnadmin.citation.mention.forms.hints import find_hints
from vnadmin.citation.read import MentionReader
from vnadmin.citation.resolve import Instrument, gather, number_key, number_year
from vnadmin.citation.scope import Place, Segment
from vnadmin.layout.builder import DocumentBuilder
from vnadmin.model import PartialDate


def instruments(*lines: str, own: str | None = None, own_date: str | None = None) -> list[Instrument]:
    """The instruments that some paragraphs name."""
    builder = DocumentBuilder("text/plain")
    for line in lines:
        builder.line(line)
    document = builder.build()
    reader = MentionReader(document, find_hints(document))
    groups = [reader.read(Segment(line.start, line.end, Place.BODY, line.start)) for line in document.lines]
    return gather(document, groups, own, PartialDate(own_date) if own_date else None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40/2000/TT/BTC", "40/2000/TT-BTC"),
        ("96/2023/ND-CP", "96/2023/NĐ-CP"),
        ("1961/QĐUBND", "1961/QĐ-UBND"),
        ("09/2017/NĐ-CP", "9/2017/NĐ-CP"),
        ("66/2013/QĐ-TTG", "66/2013/QĐ-TTg"),
    ],
)
def test_one_key(one: str, other: str) -> None:
    """Slips of typing do not make two instruments."""
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("66.1/2025/NQ-CP", "66/2025/NQ-CP"), ("15/QĐ-SYT", "15/QĐ-STC"), ("01/CT-TTg", "11/CT-TTg")],
)
def test_two_keys(one: str, other: str) -> None:
    """Numbers that differ in a digit or a group are two instruments."""
    assert number_key(one) != number_key(other)


def test_number_year() -> None:
    """A year is read where it stands as one."""
    assert [number_year(n) for n in ("15/2020/NĐ-CP", "6909:2001", "2008/CT-TTg", "19-2016/NQ-CP")] == [
        "2020",
        "2001",
        None,
        "2016",
    ]


def test_short_form_after_the_full_one() -> None:
    """`Nghị định 15` is the decree with that number that stood before."""
    found = instruments(
        "Nghị định số 15/2020/NĐ-CP ngày 03/02/2020 và Nghị định số 91/2019/NĐ-CP.",
        "Theo Nghị định 15 và Nghị định số 91 nêu trên.",
    )
    assert [len(i.mentions) for i in found] == [2, 2]


def test_short_form_with_year_before_the_full_one() -> None:
    """`Nghị định 30/2020` is a citation, and the same as the full number that follows."""
    (found,) = instruments("Theo Nghị định 30/2020.", "Nghị định số 30/2020/NĐ-CP của Chính phủ về văn thư.")
    assert [m.number for m in found.mentions] == ["30/2020", "30/2020/NĐ-CP"]


def test_anaphora() -> None:
    """`Công văn nêu trên` is the last letter; `Nghị định này` is no reference."""
    found = instruments("Công văn số 1/SYT-NV và Công văn số 2/SYT-KH.", "Theo Công văn nêu trên; theo Nghị định này.")
    assert [len(i.mentions) for i in found] == [1, 2]


def test_alias() -> None:
    """A declared alias names its instrument, whatever its type."""
    (found,) = instruments(
        "Quyết định số 6/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ (sau đây gọi tắt là Đề án 06).",
        "Các đơn vị báo cáo kết quả Đề án 06 hằng tháng.",
    )
    assert len(found.mentions) == 2


def test_short_form_without_antecedent_is_nothing() -> None:
    """A bare number that nothing explains is no reference."""
    assert instruments("Chương trình 135 và Quyết định 1719 về dân tộc.") == []


def test_law_by_name_date_and_number() -> None:
    """A law's name, its date in one line and its number in another are one reference."""
    found = instruments(
        "Căn cứ Luật Quản lý thuế ngày 13 tháng 6 năm 2019;",
        "theo Luật Quản lý thuế số 38/2019/QH14 và Luật số 38/2019/QH14; Luật Giá 2012, Luật Giá 2023.",
    )
    assert [(len(i.mentions), str(i.date)) for i in found] == [(3, "2019-06-13"), (1, "2012"), (1, "2023")]


def test_numbers_without_a_year_need_their_dates() -> None:
    """`01/CT-UBND` of two years is two directives; of one year it is one."""
    found = instruments(
        "Chỉ thị số 01/CT-UBND ngày 02/01/2023, Chỉ thị số 01/CT-UBND ngày 03/01/2024, Chỉ thị số 01/CT-UBND."
    )
    assert [len(i.mentions) for i in found] == [2, 1]


def test_own_number_is_no_reference() -> None:
    """The document does not cite itself; the same number of an earlier year is another document."""
    text = ("Kèm theo Công văn số 12/SYT-NV ngày 05/3/2021.", "Công văn số 12/SYT-NV ngày 06/3/2020.")
    found = instruments(*text, own="12/SYT-NV", own_date="2021-03-05")
    assert [i.date for i in found] == ["2020-03-06"]


def test_time_grows_with_the_text() -> None:
    """Four times as many distinct citations take no more than about four times as long."""

    def work(count: int) -> Callable[[], object]:
        lines = [
            f"Căn cứ khoản {n % 9 + 1} Điều {n % 90 + 1} Nghị định số {n}/2020/NĐ-CP ngày 01/02/2020 của Chính phủ quy "
            f"định về việc thứ {n}, Nghị định {n} nêu trên và Luật Đất đai năm 2013;"
            for n in range(1, count + 1)
        ]
        assert len(instruments(*lines)) == count + 1
        return lambda: instruments(*lines)

    assert is_linear(work, 300)


@pytest.mark.parametrize(
    ("citation", "each"),
    [
        ("Nghị định số {}/2020/NĐ-CP, ", 1),
        ("Số: {}/A-B ngày 1 tháng 1 năm 2020 ", 0),  # no type says that these are citations; an introduction may
        ("các Quyết định của Bộ Y tế: số {}/QĐ-BYT ", 1),
    ],
)
def test_one_huge_paragraph(citation: str, each: int) -> None:
    """Thousands of numbers in one paragraph are read in time that grows with how many they are."""

    def work(count: int) -> Callable[[], object]:
        text = "".join(citation.format(n) for n in range(1, count + 1))
        builder = DocumentBuilder("text/plain")
        builder.line(text)
        document = builder.build()
        segment = Segment(0, len(text), Place.BODY, 0)
        assert len(MentionReader(document, find_hints(document)).read(segment)) == count * each
        return lambda: MentionReader(document, find_hints(document)).read(segment)

    assert is_linear(work, 500)


@pytest.mark.parametrize(
    "line", ["Công văn số 15 của Sở Du lịch {name} về thống kê;", "Căn cứ Biên bản họp tổ {name} ngày 05/3/2023;"]
)
def test_instruments_of_one_number_or_day_are_told_apart_in_linear_time(line: str) -> None:
    def task(count: int) -> Callable[[], object]:
        names = ["".join(chr(ord("a") + int(digit)) for digit in str(number)) for number in range(count)]
        return lambda: instruments(*(line.format(name=name) for name in names))

    assert is_linear(task, 500)
