"""Makes training strips: figures by hand, by stamp or in type, in the blank of a printed line of number or date."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from strokes import Hand

HEIGHT = 32  # pixels of a strip: two line heights
WIDEST = 128
LINE = HEIGHT / 2
Ink = NDArray[np.float32]
_BIG = 2  # strips are composed so many times larger
_LEFT = (
    "Số:",
    "Số:",
    "Số",
    "Số :",
    "số:",
    "SỐ:",
    "Số.",
    "ngày",
    "ngày",
    "ngày",
    "tháng",
    "Ngày",
    "Nội, ngày",
    "nh, ngày",
)
_RIGHT = (
    "/QĐ-UBND",
    "/UBND-VX",
    "/TB-ĐH",
    "/CV-",
    "/KH-S",
    "/BC-",
    "/SYT-NV",
    "-CV/TU",
    "/2024/QĐ",
    "/STTTT",
    "/GM-",
    "/NQ-HĐ",
    "/TTr",
)
_RIGHT_DATE = ("tháng 4 năm", "tháng 10 năm", "tháng 02", "tháng", "tháng", "năm 2012", "năm 20", "/10/2012", "/4/2020")
_STAMPED = (
    "LiberationSans-Regular.ttf",
    "LiberationMono-Bold.ttf",
    "LiberationSerif-Regular.ttf",
    "LiberationSans-Bold.ttf",
)


def mnist(folder: Path, kind: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Pictures and figures of MNIST, `train` or `t10k`."""
    pictures = (folder / f"{kind}-images-idx3-ubyte").read_bytes()
    labels = (folder / f"{kind}-labels-idx1-ubyte").read_bytes()
    count = struct.unpack(">I", pictures[4:8])[0]
    return np.frombuffer(pictures, np.uint8, offset=16).reshape(count, 28, 28), np.frombuffer(
        labels, np.uint8, offset=8
    )


class StripMaker:
    """Draws strips one after the other."""

    def __init__(self, folder: Path, fonts: Path, seed: int, kind: str = "train") -> None:
        self._random = np.random.default_rng(seed)
        self._pictures, labels = mnist(folder, kind)
        self._of = [np.flatnonzero(labels == figure) for figure in range(10)]
        self._fonts = fonts
        self._print: dict[tuple[str, int, str], Ink] = {}

    def strips(self) -> Iterator[tuple[NDArray[np.float32], str, list[float]]]:
        """Strips (paper 1, ink 0, `HEIGHT` rows, at most `WIDEST` columns) with the figures on them, without end."""
        while True:
            yield self._strip()

    def _strip(self) -> tuple[NDArray[np.float32], str, list[float]]:
        random = self._random
        dated = random.random() < 0.5
        figures = self._value(dated)
        line = LINE * _BIG * random.uniform(0.85, 1.15)  # height of a printed word's box
        glyphs = self._figures(figures, line)
        gap = random.normal(0.06, 0.09) * line
        left = self._printed((_LEFT[7:] if dated else _LEFT[:7])[int(random.integers(7))], line, dated)
        choices = _RIGHT_DATE if dated else _RIGHT
        right = self._printed(choices[int(random.integers(len(choices)))], line, dated)
        before, after = (max(-0.1, random.exponential(0.25)) * line for _ in range(2))
        width = sum(glyph.shape[1] for glyph in glyphs) + gap * max(0, len(glyphs) - 1)
        total = round(left.shape[1] + before + width + after + right.shape[1]) + 8
        high = HEIGHT * _BIG
        page = np.zeros((high + 80, total + 80), np.float32)
        middle = high // 2 + 40
        _ink(page, left, 40, middle - left.shape[0] // 2, random.uniform(0.8, 1))
        # Figures stand on the baseline of the print, or a little off it.
        foot = middle + 0.33 * line + random.normal(0.0, 0.13) * line
        x = 40 + left.shape[1] + before
        first = x
        centres: list[float] = []
        strength = random.uniform(0.45, 1)
        slope = random.normal(0, 0.05)
        for glyph in glyphs:
            drop = 0.12 * line * random.normal() * 0.5
            _ink(page, glyph, round(x), round(foot - glyph.shape[0] + drop + slope * (x - first)), strength)
            centres.append(x + glyph.shape[1] / 2)
            x += glyph.shape[1] + gap
        last = x - gap if glyphs else x
        _ink(page, right, round(last + after), middle - right.shape[0] // 2, random.uniform(0.8, 1))
        self._disturb(page, middle, line, first, last)
        # What is cut out: the blank with some of the print around it, the ends anywhere.
        a = round(max(0, first - random.uniform(0.05, 1.2) * line))
        b = round(min(page.shape[1], last + random.uniform(0.05, 1.2) * line))
        shift = round(random.normal(0, 0.07) * line)
        cut = page[40 + shift : 40 + shift + high, a : max(b, a + 24)]
        shown = self._shown(cut)
        scale = shown.shape[1] / cut.shape[1]
        return shown, figures, [(centre - a) * scale for centre in centres]

    def _value(self, dated: bool) -> str:
        random = self._random
        if random.random() < 0.04:
            return ""  # a blank left blank
        if dated:
            value = str(int(random.integers(1, 32)))
            return value.zfill(2) if random.random() < 0.8 else value
        count = int(random.choice((1, 2, 3, 4, 5), p=(0.06, 0.24, 0.38, 0.27, 0.05)))
        return "".join(str(int(random.choice(10, p=_BENFORD if not at else _EVEN))) for at in range(count))

    def _figures(self, text: str, line: float) -> list[Ink]:
        random = self._random
        tall = line * float(np.clip(random.normal(0.95, 0.22), 0.55, 1.55))
        draw = random.random()
        if draw < 0.1:
            font = _STAMPED[int(random.integers(len(_STAMPED)))]
            return [self._set(char, font, round(tall * random.uniform(0.97, 1.03))) for char in text]
        hand = Hand(random)
        out = []
        for char in text:
            size = tall * random.uniform(0.85, 1.15)
            if draw < 0.5:
                out.append(self._borrowed(int(char), size))
            else:
                out.append(hand.draw(int(char), size))
        return out

    def _borrowed(self, figure: int, tall: float) -> Ink:
        """A figure of MNIST at this height."""
        random = self._random
        picture = self._pictures[random.choice(self._of[figure])]
        rows, columns = np.flatnonzero(picture.max(1) > 40), np.flatnonzero(picture.max(0) > 40)
        part = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        wide = max(2, round(part.shape[1] * tall / part.shape[0] * random.uniform(0.75, 1.1)))
        if figure == 1:
            wide = min(wide, round(0.8 * tall))
        big = cv2.resize(part, (wide, max(4, round(tall))), interpolation=cv2.INTER_CUBIC)
        size = int(random.integers(1, 3))
        if size > 1 and random.random() < 0.6:
            kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
            big = cv2.erode(big, kernel) if random.random() < 0.75 else cv2.dilate(big, kernel)
        return np.clip((big.astype(np.float32) / 255 - 0.25) * 2, 0, 1)

    def _printed(self, text: str, line: float, slanted: bool) -> Ink:
        face = (
            "LiberationSerif-Italic.ttf" if slanted and self._random.random() < 0.9 else "LiberationSerif-Regular.ttf"
        )
        return self._set(text, face, round(line * 0.95))

    def _set(self, text: str, face: str, size: int) -> Ink:
        key = (text, size, face)
        if key not in self._print:
            font = ImageFont.truetype(str(self._fonts / face), size)
            x0, y0, x1, y1 = font.getbbox(text, anchor="lm")
            wide, high = int(x1 - x0) + 2, int(2 * max(-y0, y1)) + 2
            if len(text) == 1:
                picture = Image.new("L", (wide, int(y1 - y0) + 2))
                ImageDraw.Draw(picture).text((1 - x0, 1 - y0), text, 255, font, anchor="lm")
            else:
                picture = Image.new("L", (wide, high))
                ImageDraw.Draw(picture).text((1 - x0, high / 2), text, 255, font, anchor="lm")
            self._print[key] = np.asarray(picture, np.float32) / 255
        return self._print[key]

    def _disturb(self, page: Ink, middle: int, line: float, first: float, last: float) -> None:
        """Rules above and below, dots that the figures stand on, strokes of seals and signatures."""
        random = self._random
        if random.random() < 0.15:
            y = middle + round(line * random.choice((-1, 1)) * random.uniform(0.6, 1.0))
            page[y : y + int(random.integers(2, 6)), :] = random.uniform(0.5, 1)
        if random.random() < 0.15:
            y = middle + round(0.33 * line)
            for x in range(round(first - line * 0.3), round(last + line * 0.3), int(random.integers(6, 12))):
                cv2.circle(page, (x, y), 1 + int(random.integers(2)), 0.8, -1)
        if random.random() < 0.06:
            ends = random.uniform(0, 1, 4) * (page.shape[1], page.shape[0], page.shape[1], page.shape[0])
            x0, y0, x1, y1 = (int(value) for value in ends)
            cv2.line(page, (x0, y0), (x1, y1), random.uniform(0.3, 0.8), int(random.integers(1, 5)), cv2.LINE_AA)
        if random.random() < 0.3:
            specks = random.random(page.shape) < random.uniform(0, 0.0006)
            page[cv2.dilate(specks.astype(np.uint8), np.ones((2, 2))) > 0] = 1

    def _shown(self, ink: Ink) -> NDArray[np.float32]:
        """The strip as a scanner gives it, at the network's height."""
        random = self._random
        blur = random.uniform(0, 1.5)
        if blur > 0.4:
            ink = cv2.GaussianBlur(ink, (0, 0), blur)
        wide = min(WIDEST, max(8, round(ink.shape[1] / _BIG * random.uniform(0.92, 1.08))))
        if random.random() < 0.35:
            ink = (
                cv2.resize(ink, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA) > random.uniform(0.3, 0.55)
            ).astype(np.float32)
        small = cv2.resize(ink, (wide, HEIGHT), interpolation=cv2.INTER_AREA)
        paper, black = random.uniform(0.85, 1), random.uniform(0, 0.25)
        grey = paper - small * (paper - black) + random.normal(0, random.uniform(0, 0.04), small.shape)
        return normal(grey.astype(np.float32))


_BENFORD = (0.06, 0.25, 0.16, 0.12, 0.09, 0.08, 0.07, 0.06, 0.06, 0.05)
_EVEN = (0.1,) * 10


def normal(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """Ink 1 and paper 0, whatever the scanner made of them."""
    paper, black = np.percentile(grey, 85), np.percentile(grey, 1)
    return np.clip((paper - grey) / max(paper - black, 0.1), 0, 1.2).astype(np.float32)


def _ink(page: Ink, glyph: Ink, x: int, y: int, strength: float) -> None:
    y0, x0 = max(0, y), max(0, x)
    y1, x1 = min(page.shape[0], y + glyph.shape[0]), min(page.shape[1], x + glyph.shape[1])
    if y1 > y0 and x1 > x0:
        part = page[y0:y1, x0:x1]
        np.maximum(part, strength * glyph[y0 - y : y1 - y, x0 - x : x1 - x], out=part)
