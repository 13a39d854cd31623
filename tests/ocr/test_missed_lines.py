"""Lines of print that an engine's layout left out are found, read a second time, and never as sure as the rest."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.makers.ocr_fakes import real_engine
from vnadmin.ocr import reread as ocr_second_look
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.missed_lines import Strip, is_convincing, left_out, weight
from vnadmin.ocr.reading import RawWord
from vnadmin.text.syllable import is_syllable

DPI = 150


class Sheet:
    """White paper at 150 dpi, and the boxes of what an engine read on it."""

    def __init__(self) -> None:
        self.image = Image.new("L", (1240, 1754), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.read: list[tuple[float, float, float, float]] = []

    def print(self, text: str, x: int, y: int, *, known: bool) -> Sheet:
        """A line of print, read by the engine or not."""
        font = ImageFont.load_default(26)
        self.draw.text((x, y), text, 0, font)
        if known:
            for word in text.split():
                before = self.draw.textlength(text[: text.index(word)], font)
                left, top, right, foot = self.draw.textbbox((x + before, y), word, font)
                self.read.append((left, top, right, foot))
        return self

    def body(self) -> Sheet:
        """Lines that were read, so that the size of the print is known."""
        for row in range(6):
            self.print("Cac so bao cao truoc ngay hai muoi thang nam", 120, 600 + 50 * row, known=True)
        return self

    def lines(self) -> list[tuple[int, int]]:
        """Where the lines begin that were left out."""
        return [(each[-1].x0, each[-1].y0) for each in left_out(np.asarray(self.image), self.read, DPI)]


def test_line_that_was_not_read_is_found() -> None:
    """A post alone on its height; what was read is not found again."""
    ((x, y),) = Sheet().body().print("GIAM DOC", 800, 1000, known=False).lines()
    assert 770 < x < 802
    assert 970 < y < 1004


def test_word_beside_words_that_were_read_is_no_line() -> None:
    """Figures by hand in a printed line are another reader's business."""
    sheet = Sheet().body().print("So:", 120, 300, known=True).print("2460", 170, 300, known=False)
    assert sheet.lines() == []


def test_the_other_column_is_a_line() -> None:
    """A name far from the recipient that stands on its height."""
    sheet = Sheet().body().print("- Luu: VT.", 120, 1000, known=True).print("Tran Van Bao", 800, 1000, known=False)
    assert len(sheet.lines()) == 1


def test_strokes_are_no_lines() -> None:
    """A long stroke of a pen, dust, a blank page."""
    sheet = Sheet().body()
    sheet.draw.line((700, 1100, 1100, 1000), 0, 4)
    sheet.draw.rectangle((300, 1200, 303, 1203), 0)
    assert sheet.lines() == []
    assert Sheet().lines() == []


def test_picture_is_not_read_line_by_line() -> None:
    """Where very much was left out the page has a map or a form on it."""
    sheet = Sheet().body()
    for row in range(20):
        sheet.print("GIAM DOC", 800, 920 + 40 * row, known=False)
    assert sheet.lines() == []


def test_strip_gives_places_on_the_page() -> None:
    """A box in a strip's picture, its white frame and its enlargement taken off."""
    (strips,) = left_out(np.asarray(Sheet().body().print("GIAM DOC", 800, 1000, known=False).image), [], DPI)[-1:]
    strip = strips[0]
    assert strip.box(12, 12, 12 + 40 * strip.scale, 12 + 20 * strip.scale) == pytest.approx(
        (strip.x0, strip.y0, strip.x0 + 40, strip.y0 + 20)
    )


def test_words_that_convince() -> None:
    """Sure syllables need no other reading; doubt, and letters that are no syllable, do."""
    assert is_convincing([("GIÁM", 0.9), ("ĐỐC", 0.95)])
    assert not is_convincing([("GIÁM", 0.9), ("ĐỐC", 0.5)])
    assert not is_convincing([("GZÁM", 0.9), ("ĐỐC", 0.95)])
    assert not is_convincing([])
    assert weight([("GIÁM", 0.9), ("ĐỐC", 0.9)]) > weight([("GIÁM", 0.9), ("ĐÓCZ", 0.9)]) > 0 > weight([("xzq", 0.3)])


def look(reading: list[tuple[str, float]], *seals: tuple[float, float, float, float]) -> list[str]:
    """What a second look adds to a page on which a post was left out, where a line reads as these words."""
    from vnadmin.ocr.reading import RawWord
    from vnadmin.ocr.reread import second_look

    def reader(pixels: object, dpi: float) -> list[list[RawWord]]:
        return [[RawWord(text, 30 + 60 * n, 20, 80 + 60 * n, 50, sure) for n, (text, sure) in enumerate(reading)]]

    sheet = Sheet().body().print("GIAM DOC", 800, 1000, known=False)
    known = [[RawWord("cáo", *box, 0.9) for box in sheet.read]]
    lines = second_look(known, np.asarray(sheet.image), DPI, (reader,), seals, lambda: None)  # type: ignore[arg-type]
    assert lines[0] == known[0]
    assert all(word.confidence < 0.75 for line in lines[1:] for word in line)
    return [" ".join(word.text for word in line) for line in lines[1:]]


def test_second_look_adds_syllables_only() -> None:
    """Print is added; a few doubtful letters are not, nor what stands within a seal."""
    assert look([("GIÁM", 0.95), ("ĐỐC", 0.9)]) == ["GIÁM ĐỐC"]
    assert look([("GIÁM", 0.95), ("ĐỐC", 0.1)]) == ["GIÁM"]
    assert look([("xqzw", 0.95), ("ĐỐC", 0.3)]) == []
    assert look([]) == []
    assert look([("GIÁM", 0.95), ("ĐỐC", 0.9)], (700, 900, 1100, 1100)) == []


def test_engine_reads_what_its_layout_left_out(page: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line comes back in its place, with confidences below those that make a value certain."""
    real_engine("fast")
    from vnadmin.ocr.tesseract import Tesseract, TesseractEngine

    engine = TesseractEngine()
    picture = PagePicture(np.asarray(page), DPI)
    (whole,) = [each for each in engine.read(picture).lines if "Hạnh phúc" in each.text]
    lines = Tesseract.lines

    def without_liberty(self: Tesseract, grey: object, dpi: float, seconds: float | None = None) -> list[object]:
        found = lines(self, grey, dpi, seconds)  # type: ignore[arg-type]
        return [each for each in found if self is not engine._tesseract or not any(w.text == "phúc" for w in each)]

    monkeypatch.setattr(Tesseract, "lines", without_liberty)
    (again,) = [each for each in engine.read(picture).lines if "Hạnh phúc" in each.text]
    assert all(word.confidence < 0.75 for word in again.words)
    assert again.box.y0 == pytest.approx(whole.box.y0, abs=3)
    assert again.words[-1].box.x1 == pytest.approx(whole.words[-1].box.x1, abs=3)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ([["Vũ", "Văn", "Hùng"]], 1),  # convincing
        ([["3251"]], 1),  # figures: no line of print, however it is cut
        ([["Vxx", "Văn", "Hùng"], ["Vxx", "Văn", "Hùng"]], 2),  # two cuts agree
        ([[], [], []], 3),  # nothing: the second reader is not asked
        ([["Vxx", "Văn", "Hùng"], ["Vzz", "Văn", "Hùng"], ["Vww", "Văn", "Hùng"], ["Vũ", "Văn", "Hùng"]], 4),
    ],
)
def test_no_more_readings_than_can_tell_better(said: list[list[str]], asked: int) -> None:
    """A line that was left out is read in three cuts by two readers, but no more often than that helps."""
    answers = iter(said)
    calls = 0

    def reader(pixels: object, dpi: float) -> list[list[RawWord]]:
        nonlocal calls
        calls += 1
        return [[RawWord(text, 0, 0, 9, 9, 0.97 if is_syllable(text) else 0.5) for text in next(answers)]]

    strips = [Strip(0, 0, 1.0, np.zeros((9, 9), np.uint8))] * 3
    ocr_second_look._best(strips, (reader, reader))
    assert calls == asked
