"""Spoils clean page pictures as offices and scanners do: seals, pens, figures by hand, skew, specks, fax, JPEG, grey.

Everything is drawn from a seed: the same page comes out each time.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

RED, BLUE = (200, 40, 45), (35, 45, 140)
# Strokes of figures on a grid 4 wide and 6 high, from the top left.
_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "0": [[(2, 0), (0.4, 1.5), (0.4, 4.5), (2, 6), (3.6, 4.5), (3.6, 1.5), (2, 0)]],
    "1": [[(1, 1.4), (2.4, 0), (2.2, 6)]],
    "2": [[(0.4, 1.4), (1.8, 0), (3.4, 1.2), (2.8, 3), (0.3, 6), (3.8, 5.8)]],
    "3": [[(0.5, 0.6), (2.4, 0), (3.2, 1.4), (1.6, 2.8), (3.4, 4), (2.6, 5.8), (0.4, 5.6)]],
    "4": [[(2.6, 0), (0.2, 3.8), (3.8, 3.6)], [(2.8, 2.2), (2.6, 6)]],
    "5": [[(3.4, 0), (0.8, 0.2), (0.6, 2.4), (2.8, 2.4), (3.4, 4.4), (2, 6), (0.3, 5.4)]],
    "6": [[(3, 0), (0.8, 2.6), (0.5, 5), (2, 6), (3.5, 4.8), (2.4, 3.2), (0.6, 4.2)]],
    "7": [[(0.3, 0.3), (3.7, 0), (1.6, 6)]],
    "8": [[(2, 2.8), (0.6, 1.4), (2, 0), (3.3, 1.3), (0.6, 4.6), (2, 6), (3.4, 4.6), (2, 2.8)]],
    "9": [[(3.3, 1.6), (1.8, 2.9), (0.5, 1.6), (1.8, 0), (3.3, 1.4), (2.8, 6)]],
}


def seal(image: Image.Image, x: float, y: float, radius: float) -> Image.Image:
    """A round red seal around a point: two rings, a star, strokes in the place of its letters. Black under it stays."""
    layer = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(layer)
    for scale, width in ((1.0, radius / 18), (0.68, radius / 40)):
        r = radius * scale
        draw.ellipse((x - r, y - r, x + r, y + r), outline=RED, width=max(1, round(width)))
    points = []
    for step in range(10):
        r, angle = radius * (0.32 if step % 2 == 0 else 0.13), -math.pi / 2 + step * math.pi / 5
        points.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    draw.polygon(points, fill=RED)
    for step in range(26):
        angle = step * math.tau / 26
        ends = [(x + radius * s * math.cos(angle), y + radius * s * math.sin(angle)) for s in (0.76, 0.9)]
        draw.line(ends, fill=RED, width=max(1, round(radius / 25)))
    from PIL import ImageChops

    return ImageChops.darker(image.convert("RGB"), layer)


def pen(image: Image.Image, x: float, y: float, width: float, height: float, seed: int = 1) -> Image.Image:
    """A signature: one looping stroke of a blue pen in a box."""
    rng = random.Random(seed)
    out = image.convert("RGB")
    points = []
    for step in range(60):
        t = step / 59
        points.append(
            (
                x + width * (t + 0.12 * math.sin(9 * t * math.pi + rng.random())),
                y + height * (0.5 + 0.45 * math.sin(13 * t + rng.random() / 2) * (1 - 0.5 * t)),
            )
        )
    ImageDraw.Draw(out).line(points, fill=BLUE, width=max(2, round(height / 22)), joint="curve")
    return out


def handwritten(image: Image.Image, figures: str, x: float, y: float, height: float, seed: int = 1) -> Image.Image:
    """Figures written with a blue pen, the top left of the first at a point."""
    rng = random.Random(seed)
    out = image.convert("RGB")
    draw = ImageDraw.Draw(out)
    unit = height / 6
    for figure in figures:
        for stroke in _STROKES[figure]:
            points = [
                (
                    x + unit * (a + 0.25 * (6 - b) / 6 + rng.uniform(-0.12, 0.12)),
                    y + unit * (b + rng.uniform(-0.12, 0.12)),
                )
                for a, b in stroke
            ]
            draw.line(points, fill=BLUE, width=max(2, round(height / 11)), joint="curve")
        x += unit * 5
    return out


def skewed(image: Image.Image, degrees: float) -> Image.Image:
    """The sheet laid askew on the glass."""
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")


def specks(image: Image.Image, share: float, seed: int = 1) -> Image.Image:
    """Dust: dots of one to three pixels on so large a share of the page."""
    rng = random.Random(seed)
    out = image.copy()
    draw = ImageDraw.Draw(out)
    for _ in range(round(share * image.width * image.height / 4)):
        x, y, size = rng.randrange(image.width), rng.randrange(image.height), rng.choice((0, 1, 1, 2))
        tone = rng.randrange(40, 190)
        draw.rectangle((x, y, x + size, y + size), fill=(tone, tone, tone) if out.mode == "RGB" else tone)
    return out


def fax(image: Image.Image) -> Image.Image:
    """A fax at 100 lines an inch: half the height's detail is lost, and all grey."""
    small = image.convert("L").resize((image.width, image.height // 2), Image.Resampling.BOX)
    back = small.resize(image.size, Image.Resampling.NEAREST)
    return back.point(lambda value: 255 if value > 150 else 0)


def jpeg(image: Image.Image, quality: int = 18) -> Image.Image:
    """Saved too small."""
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def grey(image: Image.Image) -> Image.Image:
    """A pale copy on grey paper."""
    return image.convert("L").filter(ImageFilter.GaussianBlur(0.7)).point(lambda value: 105 + value * 100 // 255)


WAYS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "clean": lambda image: image,
    "seal": lambda image: seal(image, 0.66 * image.width, 0.62 * image.height, 0.09 * image.width),
    "pen": lambda image: pen(image, 0.5 * image.width, 0.55 * image.height, 0.3 * image.width, 0.09 * image.height),
    "skew": lambda image: skewed(image, 1.7),
    "specks": lambda image: specks(image, 0.004),
    "fax": fax,
    "jpeg": jpeg,
    "grey": grey,
}
