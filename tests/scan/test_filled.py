"""Blanks of the header: what was filled in is set apart from the print, read as figures or left unread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from vnadmin.layout.page import Box
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageReading, ReadLine, ReadWord
from vnadmin.source.scan.filled_in.slots import InkMark, read_filled

SCALE = 200 / 72
TOP = 100.0  # points
SIZE = 12.0


class Canvas:
    """A page at 200 dpi on which words are drawn as blocks: one stroke a letter, print alike, handwriting taller."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (1654, 2339), "white")
        self.words: list[ReadWord] = []

    def print(self, text: str, x: float, confidence: float = 0.96) -> Canvas:
        """Printed letters: 8 points tall on the baseline."""
        return self._strokes(text, x, TOP, 8.0, 1.2, "black", confidence)

    def write(
        self, text: str, x: float, *, height: float = 12.0, colour: str = "black", confidence: float = 0.5
    ) -> Canvas:
        """Figures by hand: taller, below the baseline; empty text is not read by the engine."""
        return self._strokes(text, x, TOP - 1, height, 1.6, colour, confidence)

    def ink(self, x: float, width: float, colour: str = "black") -> Canvas:
        """Strokes that no engine reads."""
        draw = ImageDraw.Draw(self.image)
        for step in range(3):
            at = (x + step * width / 3) * SCALE
            draw.line((at, (TOP - 2) * SCALE, at + 3, (TOP + 11) * SCALE), fill=colour, width=4)
        return self

    def _strokes(
        self, text: str, x: float, top: float, height: float, thick: float, colour: str, confidence: float
    ) -> Canvas:
        draw = ImageDraw.Draw(self.image)
        for place, char in enumerate(text):
            if char not in " :.,":
                at = (x + 6 * place + 2) * SCALE
                draw.line((at, top * SCALE, at, (top + height) * SCALE), fill=colour, width=round(thick * SCALE))
        self.words.append(ReadWord(text, Box(x, top, x + 6 * len(text), top + height), confidence))
        return self

    def read(self, digits: object | None = None) -> tuple[str, tuple[InkMark, ...], ReadLine]:
        """The line after its blanks were looked at."""
        picture = PagePicture(np.asarray(self.image), 200)
        line = ReadLine(tuple(sorted(self.words, key=lambda word: word.box.x0)))
        reading = PageReading(picture.width, picture.height, 0, 0.0, 200, "fake", (line,))
        after, marks = read_filled(picture, reading, digits)  # type: ignore[arg-type]
        return after.lines[0].text, marks, after.lines[0]


class Figures:
    """Reads the same figures everywhere."""

    def __init__(self, *readings: tuple[str, float]) -> None:
        self.readings = list(readings)
        self.seen = 0

    def digits(self, grey: object) -> Sequence[tuple[str, float]]:
        """See `DigitReader`."""
        self.seen += 1
        return self.readings


class Hands(Figures):
    """Two readers of figures that may differ."""

    def __init__(self, *readings: tuple[str, float], by_hand: Sequence[tuple[str, float]]) -> None:
        super().__init__(*readings)
        self.hand = by_hand

    def by_hand(self, grey: object) -> Sequence[tuple[str, float]]:
        """See `HandReader`."""
        return self.hand


def number(filled: str | None, **how: object) -> Canvas:
    """A number line with something in its blank."""
    canvas = Canvas().print("Số:", 85).print("/UBND-VX", 160)
    return canvas if filled is None else canvas.write(filled, 120, **how)  # type: ignore[arg-type]


def test_printed_number_is_left_alone() -> None:
    """Printed figures are print: no mark, nothing read again."""
    figures = Figures(("99", 1.0))
    canvas = Canvas().print("Số:", 85).print("123", 105).print("/UBND-VX", 123)
    text, marks, _ = canvas.read(figures)
    assert (text, marks, figures.seen) == ("Số: 123 /UBND-VX", (), 0)


@pytest.mark.parametrize(
    "how", [{}, {"height": 8.5, "colour": "blue", "confidence": 0.97}, {"height": 8.5, "confidence": 0.3}]
)
def test_handwritten_number_is_marked(how: dict[str, object]) -> None:
    """Taller figures, a blue pen, a low reading: each marks the number, and its figures stay as they were read."""
    text, marks, line = number("123", **how).read()
    assert text == "Số: 123 /UBND-VX"
    ((mark),) = marks
    assert line.words[mark.word].text == "123"


def test_letter_of_a_code_read_twice() -> None:
    """`45/QĐĐ-UBND`: no type has that code."""
    canvas = Canvas().print("Số:", 85).print("45/QĐĐ-UBND", 105)
    assert canvas.read()[0] == "Số: 45/QĐ-UBND"


def test_label_read_with_another_vowel() -> None:
    """`Sé: 4125/ĐHTĐ` has a blank as `Số:` has."""
    canvas = Canvas().print("Sé:", 85).write("4125", 110).print("/UBND-VX", 160)
    text, _, _ = canvas.read(Figures(("1135", 0.8)))
    assert text == "Sé: 1135 /UBND-VX"


def test_month_that_is_none_is_read_again() -> None:
    """The calendar has no month 22, however sure the engine is."""
    canvas = Canvas().print("Hà Thanh, ngày 19 tháng", 85).print("22", 240, confidence=0.99).print("năm 2025", 262)
    text, marks, _ = canvas.read(Figures(("02", 0.8)))
    assert text == "Hà Thanh, ngày 19 tháng 02 năm 2025"
    assert len(marks) == 1


def test_slash_read_with_the_figure_before_it() -> None:
    """`298/STTTT-CNTT` was read as `27%STTTT-CNTT`: an agency's initials are no type's code, and none is cut out of them."""
    canvas = Canvas().print("Số:", 85).print("27%STTTT-CNTT", 105, confidence=0.6)
    text, _, _ = canvas.read(Figures(("298", 0.8)))
    assert text == "Số: 298 /STTTT-CNTT"


def test_confident_reading_by_hand_is_still_marked() -> None:
    """Engines misread handwriting with high confidence."""
    _, marks, _ = number("124", confidence=0.99).read()
    assert len(marks) == 1


def test_blank_left_blank_is_no_handwriting() -> None:
    """No ink in the blank, no mark."""
    assert number(None).read()[1] == ()


def test_ink_that_nobody_reads_is_marked() -> None:
    """Something stands in the blank and no engine reads it: a mark without a word."""
    text, marks, _ = number(None).ink(122, 18).read()
    assert text == "Số: /UBND-VX"
    assert [mark.word for mark in marks] == [-1]
    assert marks[0].after == 0
    assert 118 < marks[0].box.x0 < marks[0].box.x1 < 162


def test_figures_are_read_again() -> None:
    """The reader of figures has the last word, and its probability stays below that of print."""
    text, marks, line = number("1%", confidence=0.98).read(Figures(("184", 0.95), ("134", 0.02)))
    assert text == "Số: 184 /UBND-VX"
    assert line.words[marks[0].word].confidence < 0.9


def test_no_figure_is_invented() -> None:
    """Where the ink fits no figures the blank stays unread, and says that something stands there."""
    text, marks, _ = number("K#", confidence=0.4).read(Figures(("", 0.9), ("7", 1e-7)))
    assert text == "Số: /UBND-VX"
    assert [mark.word for mark in marks] == [-1]


@pytest.mark.parametrize(("read", "meant"), [("l1", "11"), ("I0", "10"), ("1]", "11"), ("O7", "07")])
def test_figures_read_as_letters(read: str, meant: str) -> None:
    """Where the reader of figures sees nothing, a letter that a figure is often read as stands for it."""
    text, marks, _ = number(read, confidence=0.4).read(Figures(("", 1.0)))
    assert text == f"Số: {meant} /UBND-VX"
    assert len(marks) == 1


def date(day: str, **how: object) -> Canvas:
    """A date line whose day was filled in."""
    canvas = Canvas().print("Vinh,", 300).print("ngày", 335).print("tháng", 390).print("9", 425).print("năm", 436)
    return canvas.print("2021", 460).write(day, 364, **how)  # type: ignore[arg-type]


def test_day_can_only_be_a_day() -> None:
    """Of the readings of a day the likeliest that a month has is taken."""
    text, _, _ = date("/6").read(Figures(("46", 0.6), ("16", 0.3)))
    assert text == "Vinh, ngày 16 tháng 9 năm 2021"


def test_unreadable_day_leaves_the_printed_parts() -> None:
    """Month and year are printed and stay."""
    text, marks, _ = date("IK", confidence=0.2).read(Figures(("", 1.0)))
    assert text == "Vinh, ngày tháng 9 năm 2021"
    assert len(marks) == 1


def test_day_that_ran_into_print_is_cut_out() -> None:
    """ "ngàylgtháng" as one word: the printed words come apart, the day between them is read again."""
    canvas = Canvas().print("Vinh,", 300).print("9", 425).print("năm", 436).print("2021", 460)
    canvas.print("ngày", 335).print("tháng", 390)
    canvas.words = [word for word in canvas.words if word.text not in ("ngày", "tháng")]
    canvas.write("lg", 366)
    canvas.words[-1] = ReadWord(
        "ngày  lg  tháng".replace(" ", "_").replace("_", "")[:11], Box(335, TOP, 420, TOP + 9), 0.5
    )
    text, marks, _ = canvas.read(Figures(("14", 0.9)))
    assert text == "Vinh, ngày 14 tháng 9 năm 2021"
    assert len(marks) == 1


def test_cited_numbers_are_not_blanks() -> None:
    """A sentence that goes on with "số 25/QĐ-UBND" has no blank, nor has a second number of the page."""
    canvas = Canvas().print("số", 85).write("25", 100).print("/QĐ-UBND", 115).print("của", 170).print("tỉnh", 195)
    assert canvas.read()[1] == ()


def test_lower_half_of_the_page_is_not_looked_at() -> None:
    """Numbers of annexes and forms below."""
    picture = PagePicture(np.full((2339, 1654, 3), 255, np.uint8), 200)
    line = ReadLine((ReadWord("Số:", Box(85, 600, 100, 610), 0.9), ReadWord("/UBND-VX", Box(160, 600, 210, 610), 0.9)))
    reading = PageReading(picture.width, picture.height, 0, 0.0, 200, "fake", (line,))
    assert read_filled(picture, reading)[0].lines[0] is line


def test_label_and_symbol_found_apart_are_joined() -> None:
    """The detector holds "Số: 07" and "/CT-UBND" apart where the blank is wide."""
    picture = PagePicture(np.full((2339, 1654, 3), 255, np.uint8), 200)
    label = ReadLine((ReadWord("Số:", Box(85, 100, 100, 110), 0.9),))
    symbol = ReadLine((ReadWord("/CT-UBND", Box(140, 100, 190, 110), 0.9),))
    reading = PageReading(picture.width, picture.height, 0, 0.0, 200, "fake", (label, symbol))
    assert [line.text for line in read_filled(picture, reading)[0].lines] == ["Số: /CT-UBND"]


@pytest.mark.parametrize(
    ("confidence", "alone", "by_hand", "taken"),
    [
        pytest.param(0.4, ("440", 0.4), ("410", 0.95), "440", id="no reader alone overrules one that is half sure"),
        pytest.param(0.4, ("45", 0.0005), ("1185", 0.8), "1185", id="the reader of hands where the other saw little"),
        pytest.param(
            0.98, ("304", 0.00001), ("304", 0.00005), "123", id="the engine, sure of its line, where both see little"
        ),
        pytest.param(0.4, ("", 0.9), ("1234567", 0.9), "123", id="what can be no number does not count"),
    ],
)
def test_three_readers_vote(
    confidence: float, alone: tuple[str, float], by_hand: tuple[str, float], taken: str
) -> None:
    text, marks, line = number("123", confidence=confidence).read(Hands(alone, by_hand=[by_hand]))
    assert text == f"Số: {taken} /UBND-VX"
    assert line.words[marks[0].word].confidence < 0.9


def test_figures_by_hand_are_read() -> None:
    """Drawn with the flagged 1 and the crossed 7, a little otherwise by each of ten hands."""
    pytest.importorskip("cv2")
    from figures.strokes import Hand
    from vnadmin.ocr.figures import FigureNet

    net, right = FigureNet(), 0
    for seed in range(10):
        hand = Hand(np.random.default_rng(seed))
        strip = np.full((64, 120), 255.0)
        for char, x in (("2", 24), ("7", 58)):
            ink = hand.draw(int(char), 34)
            strip[15 : 15 + ink.shape[0], x : x + ink.shape[1]] -= 235 * ink
        readings = net.read(np.clip(strip, 0, 255).astype(np.uint8))
        right += readings[0][0] == "27"
    assert right >= 7
    assert net.read(np.full((64, 120), 240, np.uint8))[0][0] == ""
