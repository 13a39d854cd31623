"""Stamps on a scan: the day that a hand wrote into one of arrival, and words of a seal."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.makers.ocr_fakes import Fake, line
from tests.makers.scan_maker import encoded
from vnadmin.config import Config
from vnadmin.fields.arrival import read_arrival
from vnadmin.layout.page import Box
from vnadmin.model import Grade
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading, ReadLine
from vnadmin.source.scan.arrival import arrival_lines
from vnadmin.source.scan.filled_in.stamped_day import read_stamped_day
from vnadmin.source.scan.reader import read_scan
from vnadmin.source.scan.sealed import seals_own
from vnadmin.zones import find_zones

PICTURE = PagePicture(np.full((1684, 1190), 255, np.uint8), 144.0)
ISSUED = line("Sơn Hải, ngày 15 tháng 10 năm 2012", 320, 90)
STAMP = (line("SỞ NÔNG LÂM", 60, 180), line("ĐẾN", 60, 205, size=26), line("Số:...", 115, 200))


class Figures(Fake):
    """Reads every strip as the same figures."""

    def __init__(self, *figures: tuple[str, float]) -> None:
        super().__init__()
        self.figures = list(figures)

    def digits(self, grey: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> list[tuple[str, float]]:
        """See `DigitReader`."""
        return self.figures

    by_hand = digits


def read(day: str, *figures: tuple[str, float], issued: bool = True, confidence: float = 0.3) -> str:
    """What stands in the stamp's line of the day after figures were read in it."""
    lines = (*([ISSUED] if issued else []), *STAMP, line(day, 115, 222, confidence=confidence))
    reading = PageReading(595.0, 842.0, 0, 0.0, 144.0, "fake", lines)
    return read_stamped_day(PICTURE, reading, Figures(*figures)).lines[-1].text


@pytest.mark.parametrize("figures", ["16/10/12", "16110112", "161012", "161102012", "16110712"])
def test_strokes_between_figures(figures: str) -> None:
    """They are read as ones, as sevens or not at all."""
    assert read("Ngày(ẤloẪ(ê", (figures, 0.4)) == "Ngày: 16/10/2012"


@pytest.mark.parametrize("figures", ["0411120254", "04112025", "417120251"])
def test_a_seven_without_its_bar_and_the_edge_of_the_stamp(figures: str) -> None:
    """Both are read as strokes; only July is soon after the document's own month."""
    issued = line("Sơn Hải, ngày 15 tháng 6 năm 2025", 320, 90)
    reading = PageReading(595.0, 842.0, 0, 0.0, 144.0, "fake", (issued, *STAMP, line("Ngn.Q4J1", 115, 222)))
    assert read_stamped_day(PICTURE, reading, Figures((figures, 0.4))).lines[-1].text == "Ngày: 4/7/2025"


def test_a_document_arrives_after_it_was_issued() -> None:
    """Of two readings the likelier is a day of another year, or of the month before."""
    assert read("Ngày:...", ("1611019", 0.6), ("1619112", 0.5), ("1711012", 0.2)) == "Ngày: 17/10/2012"


def test_what_is_no_day_stays_as_it_was_read() -> None:
    """So does the line where nothing is read in it, and where the header tells no month."""
    assert read("Ngày(bUẪU", ("88", 0.9)) == "Ngày(bUẪU"
    assert read("Ngày(bUẪU") == "Ngày(bUẪU"
    assert read("Ngày(bUẪU", ("161012", 0.9), issued=False) == "Ngày(bUẪU"


def test_printed_day_is_kept() -> None:
    """A dater's day that the engine is sure of."""
    assert read("Ngày: 17/10/2012", ("161012", 0.9), confidence=0.95) == "Ngày: 17/10/2012"


def test_desk_and_hour_are_no_day() -> None:
    """Only the line beside the lower half of ĐẾN is looked at, and not the one that says who gets the letter."""
    assert read("Chuyển: P. TH", ("161012", 0.9)) == "Chuyển: P. TH"


def test_day_is_a_guess() -> None:
    """The value has the grade of a guess, and is not the document's own day."""

    class Given(Figures):
        def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
            """See `OcrEngine`."""
            day = line("Ngày(ẤloẪ(ê", 115, 222, confidence=0.3)
            return self.reading(picture, line("Số: 245/SNL-KH", 95, 90), ISSUED, *STAMP, day)

    data = encoded(Image.fromarray(PICTURE.pixels), "PNG", dpi=(144, 144))
    zones = find_zones(read_scan(data, Config(ocr_threads=1), make_engine=lambda _: Given(("16110112", 0.5))))
    (found,) = read_arrival(zones)
    assert found.number is None
    assert found.date is not None
    assert (str(found.date.value), found.date.grade) == ("2012-10-16", Grade.GUESS)


def test_desk_of_a_stamp_whose_head_was_lost() -> None:
    """`Kính chuyển:......` alone is the registry's: it opens no list of addressees."""
    lines = [ISSUED, line("CỘNG VĂN ĐẾNhuộc thành phố Sơn Hải", 60, 205), line("Kính chuyển:......", 60, 230)]
    assert arrival_lines(lines, 842.0) == {2}
    assert not arrival_lines([ISSUED, line("Kính chuyển: Phòng Nội vụ", 60, 230)], 842.0)


def test_foot_of_a_stamp_whose_head_was_lost() -> None:
    """`Chuyển:` under a day is a registry's; without one it is any form's, and the document's own number is none of it."""
    number, day, desk = line("3338", 99, 205), line("Ngày: 19/2/21", 85, 222), line("Chuyển:.", 83, 240)
    own, beside = line("Số: 15/QĐ-UBND", 70, 198), line("của Công ty cổ phần", 193, 222)
    assert arrival_lines([ISSUED, own, number, day, beside, desk], 842.0) == {2, 3, 5}
    assert arrival_lines([ISSUED, own, number, beside, desk], 842.0) == frozenset()


def test_nothing_below_the_desk_of_a_stamp_whose_head_was_lost() -> None:
    """What follows `Chuyển:` is the document's."""
    own, number, day = line("Số: 15/QĐ-UBND", 70, 104), line("3338", 99, 205), line("Ngày: 19/2/21", 85, 222)
    desk, below = line("Chuyển:.", 83, 240), (line("Lưu: VT", 85, 258), line("Giờ: 8.30", 85, 262))
    assert arrival_lines([ISSUED, own, number, day, desk, *below], 842.0) == {2, 3, 4}


@pytest.mark.parametrize("item", ["Giờ: 8.30", "12/2"])
@pytest.mark.parametrize(
    ("number", "issued"), [("Số: 15", [ISSUED]), ("Số: 15", []), ("Số: 15/PC-VP", []), ("Số: 15-PC/VP", [])]
)
def test_a_form_that_passes_papers_on_is_no_stamp(number: str, issued: list[ReadLine], item: str) -> None:
    """PHIẾU CHUYỂN has a number, a day and items of its own about `Chuyển:`; those of a stamp are its second ones."""
    title, own, day = line("PHIẾU CHUYỂN", 60, 170), line(number, 83, 198), line("Ngày: 19/2/2021", 83, 215)
    desk, below = line("Chuyển: ......", 83, 232), line(item, 83, 250)
    assert arrival_lines([*issued, title, own, day, desk, below], 842.0) == frozenset()


def test_number_over_the_head_beside_it() -> None:
    """ĐẾN about the middle of its rows is read as one line with the day; the number and the registry stand above."""
    name, number = line("PHÒNG NỘI VỤ", 70, 31, 9), line("Số. 605", 76, 41)
    head, own = line("ĐẾN Ngày: 22/7/2012", 43, 57), line("Số: 15/QĐ-NV", 100, 131)
    assert arrival_lines([ISSUED, name, number, head, own], 842.0) == {1, 2, 3}
    assert arrival_lines([ISSUED, line("Số: 15/QĐ-NV", 76, 41), head], 842.0) == {2}


@pytest.mark.parametrize("above", ["Sở Nội vụ;", "- Sở Nội vụ;", "Sở Y tế.", "Số: 15-QĐ/TU", "Số:     /QĐ-NV"])
def test_addressee_over_the_head_beside_it(above: str) -> None:
    """`Sở ...` is no `Số ...`: a figure follows that, and no symbol."""
    assert arrival_lines([ISSUED, line(above, 76, 41), line("ĐẾN Ngày: 22/7/2012", 43, 57)], 842.0) == {2}


@pytest.mark.parametrize(
    "own",
    [
        "Số: 15/QĐ-UBND",
        "Số: 15-QĐ/TU",
        "Số: 15 - QĐ/TU",
        "Số: 15 QĐ/UBND",
        "Số:      /QĐ-UBND",
        "Số: /QĐ-UBND",
        "Số: ....../QĐ-UBND",
        "Số: 15-QĐ",
        "Sô 15 JQĐ-UBND",
    ],
)
def test_own_number_under_a_stamp(own: str) -> None:
    """A stamp over the header: the number with a symbol below it is the document's, and so it is above or misread."""
    head, number = line("CÔNG VĂN ĐẾN", 60, 30), line("Số: 1207", 60, 46)
    assert arrival_lines([head, number, line(own, 70, 98)], 842.0) == {0, 1}
    assert arrival_lines([line("UBND TỈNH HÀ THANH", 60, 60), line("ĐỒN.", 60, 76), line(own, 60, 96)], 842.0) == set()
    assert arrival_lines([line(own, 76, 41), line("ĐẾN Ngày: 22/7/2012", 43, 57)], 842.0) == {1}


@pytest.mark.parametrize(
    "own", ["Số: 1207", "Số đến: 1207", "Số.1207", "Số:...", "S6: l2O7", "Số 1207 - Ngày 3/5/2021"]
)
def test_number_of_a_stamp(own: str) -> None:
    """It has no symbol."""
    assert arrival_lines([line("CÔNG VĂN ĐẾN", 60, 30), line(own, 60, 46)], 842.0) == {0, 1}


def test_head_that_was_misread_under_the_registry() -> None:
    """A portal's stamp beside a title takes no line of it; the word alone, without the registry's name, is no stamp."""
    name, head, day = (
        line("CÔNG THÔNG TN ĐIỆN TỬ", 14, 226, 9),
        line('Đân ""...', 16, 238, 22),
        line("Ngn.Q4J1", 46, 259),
    )
    title = line("ngày 28 tháng 02 năm 2025 của Bộ trưởng", 155, 233)
    assert arrival_lines([ISSUED, name, title, head, day], 842.0) == {1, 3, 4}
    assert arrival_lines([ISSUED, title, head, day], 842.0) == frozenset()


@pytest.mark.parametrize(
    ("read", "below"),
    [
        ("Đơn vị: .....", "Số:..."),
        ("ĐỒN BP SƠN VĨ", "Số:..."),
        ("Đan Phượng", "Ngày:..."),
        ("ĐỒN.", "Số: 15/QĐ-ĐBP"),
        ("Đơn:", "Kính chuyển:"),
    ],
)
def test_no_misread_head_of_a_stamp(read: str, below: str) -> None:
    """Letters follow the word, what stands below is the document's own number, or neither number nor day is below."""
    name, own = line("UBND TỈNH HÀ THANH", 60, 60), line(below, 60, 96)
    assert arrival_lines([ISSUED, name, line(read, 60, 76), own], 842.0) <= {3}
    assert arrival_lines([ISSUED, name, line("Đân:", 60, 76), line("Số:...", 60, 96)], 842.0) == {1, 2, 3}


def test_a_stamp_aslant_is_no_name_of_the_registry() -> None:
    """`HỎA TỐC` over the frame's corner: the name of two words under it stays the stamp's."""
    aslant, name, head = line("TỐC", 10, 171, 82), line("CỔNG THÔNG TIN ĐIỆN TỬ", 40, 218), line("ĐẾN", 45, 238)
    assert 2 in arrival_lines([ISSUED, aslant, name, head], 842.0)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("- Sở Kế hoạch và Đầu tư;", "- Sở Nội vụ."),
        ("- Sở Y tế;", "- Sở GD&ĐT;"),
        ("Sở Y tế;", "Sở GD&ĐT."),
        ("- BGH;", "- Lưu: VT."),
        ("+ Sở 4;", "-Lưu: VT, TH."),
        ("• Chuyển: TH", "- Ngày hội;"),
    ],
)
def test_list_of_departments_beside_a_stamp(first: str, last: str) -> None:
    """`- Sở ...` is no `Số: ...`: words follow, and the stamp's own number has figures; nor is what a bullet opens."""
    head, number, day = line("CÔNG VĂN ĐẾN", 60, 205), line("Số: 1207", 60, 222), line("Ngày: 3/5/2021", 60, 238)
    beside = line(first, 220, 222, 11), line(last, 220, 238, 11)
    assert arrival_lines([ISSUED, head, number, beside[0], day, beside[1]], 842.0) == {1, 2, 4}


@pytest.mark.parametrize(
    ("text", "confidence", "own"),
    [("CÔNG THƯƠNG", 0.6, True), ("CÔNG THƯƠNG", 0.96, False), ("PHÓ GIÁM ĐỐC", 0.6, False)],
)
def test_faint_words_along_a_ring_are_the_seals(text: str, confidence: float, own: bool) -> None:
    """They are wider than scraps and stand out of it at a corner; a post, or words that were read well, are the document's."""
    seal = Box(292, 561, 404, 672)
    assert bool(seals_own([line(text, 330, 566, confidence=confidence)], [seal])) is own
