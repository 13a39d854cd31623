"""Preparation of a page: what stands under a seal survives, and so do the marks of Vietnamese letters."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from vnadmin.ocr.image.prepare import (
    PagePicture,
    Turn,
    coloured_share,
    coloured_text,
    dark_paper,
    drop_colour,
    drop_colour_but_text,
    estimate_skew,
    find_seals,
    in_seal,
    likely_dpi,
    reduced_to,
    to_grey,
    turned,
    without_specks,
)
from vnadmin.ocr.image.rings import find_rings
from vnadmin.ocr.image.streaks import without_streaks

DPI = 150
MM = DPI / 25.4


def drawn(width: int = 1240, height: int = 1754) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A white page."""
    image = Image.new("RGB", (width, height), "white")
    return image, ImageDraw.Draw(image)


def with_seal(image: Image.Image, x: float = 700, y: float = 1200) -> Image.Image:
    """The page under a red seal 35 mm across, printed as ink mixes."""
    ink = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(ink)
    side = 35 * MM
    for inset in (0, 2 * MM):
        draw.ellipse((x + inset, y + inset, x + side - inset, y + side - inset), outline=(225, 40, 40), width=5)
    draw.regular_polygon((x + side / 2, y + side / 2, 7 * MM), 5, fill=(225, 40, 40))
    return Image.fromarray((np.asarray(image, np.uint16) * np.asarray(ink, np.uint16) // 255).astype(np.uint8))


def test_black_under_a_seal_stays() -> None:
    """Dropping colour takes the seal away and leaves the black letters under it."""
    image, draw = drawn()
    draw.rectangle((720, 1300, 900, 1310), fill="black")
    plain = drop_colour(np.asarray(with_seal(image)))
    assert plain[1305, 730:890].max() < 60
    plain[1295:1316, 715:906] = 255
    assert plain.min() > 180


def test_seal_is_found_and_text_is_not() -> None:
    """A round red seal is found where it is; black text and a red line of type are no seals."""
    image, draw = drawn()
    draw.rectangle((200, 300, 800, 312), fill="black")
    draw.rectangle((200, 400, 500, 424), fill=(220, 30, 30))
    assert find_seals(np.asarray(image), DPI) == ()
    ((x0, y0, x1, y1),) = find_seals(np.asarray(with_seal(image)), DPI)
    assert (x0, y0) == (pytest.approx(700, abs=8), pytest.approx(1200, abs=8))
    assert (x1 - x0, y1 - y0) == (pytest.approx(35 * MM, abs=16), pytest.approx(35 * MM, abs=16))


def test_name_under_a_seal_is_not_the_seals_own() -> None:
    """The letters of a seal have their middle on it; a name at its foot has not, nor what stands at its corner."""
    seal = (100.0, 100.0, 300.0, 300.0)
    assert in_seal(200, 190, [seal])
    assert not in_seal(260, 310, [seal])
    assert not in_seal(110, 110, [seal])


def test_ring_crossed_by_a_signature_and_a_name_is_found() -> None:
    """A pen stroke through the ring and a red name that touches it."""
    image, _ = drawn()
    image = with_seal(stamped(image, (780, 1400, 1060, 1426)))
    ImageDraw.Draw(image).line((640, 1250, 1000, 1330), fill=(40, 60, 200), width=6)
    assert len(find_seals(np.asarray(image), DPI)) == 1


def test_share_of_coloured_ink_tells_red_type_from_black_under_a_seal() -> None:
    """Red strokes are coloured, black ones are not, also where a red ring crosses them."""
    image, draw = drawn()
    pixels = np.asarray(stamped(image, (300, 800, 620, 826)))
    assert coloured_share(pixels[790:836, 290:630]) > 0.8
    draw.rectangle((730, 1300, 890, 1312), fill="black")
    assert coloured_share(np.asarray(with_seal(image))[1296:1318, 725:895]) < 0.5


def stamped(image: Image.Image, text_box: tuple[int, int, int, int]) -> Image.Image:
    """Something like a rubber-stamped name in red: strokes along a line."""
    draw = ImageDraw.Draw(image)
    x0, y0, x1, y1 = text_box
    for x in range(x0, x1, 12):
        draw.line((x, y0, x + 4, y1), fill=(215, 45, 45), width=4)
        draw.line((x, y0, x + 10, y0), fill=(215, 45, 45), width=3)
    return image


def test_red_line_of_type_survives() -> None:
    """A name stamped in red keeps its grey, a seal does not."""
    image, _ = drawn()
    image = with_seal(stamped(image, (300, 800, 620, 826)))
    pixels = np.asarray(image)
    kept = drop_colour_but_text(pixels, DPI, find_seals(pixels, DPI))
    assert (kept[798:830, 298:624] < 140).mean() > 0.1
    assert kept[1190:1420, 690:920].min() > 180
    line = np.s_[795:832, 296:626]
    assert coloured_text(drop_colour(pixels)[line], lambda: to_grey(pixels)[line]) is not None


def test_white_on_blue_keeps_its_contrast() -> None:
    """A selected line of a screen shot: the blue stays darker than the white."""
    image, draw = drawn()
    draw.rectangle((200, 500, 900, 560), fill=(0, 100, 220))
    for x in range(220, 880, 14):
        draw.line((x, 515, x, 545), fill="white", width=4)
    kept = drop_colour_but_text(np.asarray(image), DPI)
    assert kept[505, 210] < 130
    assert dark_paper(kept[500:560, 200:900])


def test_specks_go_and_dots_stay() -> None:
    """Pepper of one pixel goes; the dot under a letter, three pixels across, stays."""
    generator = np.random.default_rng(7)
    grey = np.full((800, 800), 255, np.uint8)
    grey[400:404, 400:404] = 0
    specks = generator.integers(0, 800, (1500, 2))
    grey[specks[:, 0], specks[:, 1]] = 0
    clean = without_specks(grey, 200)
    assert clean[401:403, 401:403].max() == 0
    assert (clean < 128).sum() < 0.05 * len(specks) + 16


def test_clean_page_is_left_alone() -> None:
    """Nothing is done to a page without specks."""
    grey = np.full((800, 800), 255, np.uint8)
    grey[400:420, 100:700] = 0
    assert without_specks(grey, 200) is grey


@pytest.mark.parametrize("degrees", [-4.0, -1.3, -0.4, 0.0, 0.5, 2.2, 5.0])
def test_skew_is_found(page: Image.Image, degrees: float) -> None:
    """The slope of the lines is found to a fifth of a degree, and turning by it makes them level."""
    askew = np.asarray(page.convert("L").rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255))
    page_skew = estimate_skew(askew)
    assert page_skew.degrees == pytest.approx(degrees, abs=0.2)
    assert not page_skew.sideways and not page_skew.blank
    level, _ = turned(askew, page_skew.degrees)
    assert abs(estimate_skew(level).degrees) <= 0.2


@pytest.mark.parametrize("quarter", [90, 270])
def test_sideways_pages_are_told(page: Image.Image, quarter: int) -> None:
    """Lines that run up or down the page."""
    assert estimate_skew(np.asarray(page.convert("L").rotate(quarter, expand=True))).sideways


def test_blank_page_is_told() -> None:
    """White paper with a few specks is blank."""
    grey = np.full((1754, 1240), 255, np.uint8)
    grey[5:7, 5:7] = 0
    assert estimate_skew(grey).blank


def test_boxes_are_turned_back() -> None:
    """A point of the level picture is found again on the one that was askew."""
    pixels = np.full((600, 400), 255, np.uint8)
    pixels[140:146, 300:306] = 0
    level, turn = turned(pixels, 3.0)
    ys, xs = np.nonzero(level < 128)
    box = turn.back(xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)
    assert ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) == (pytest.approx(303, abs=1.5), pytest.approx(143, abs=1.5))
    assert Turn(0.0, 400, 600).back(1, 2, 3, 4) == (1, 2, 3, 4)


def test_quarter_turns_are_clockwise() -> None:
    """A mark at the top left goes to the top right by 90 degrees."""
    pixels = np.zeros((4, 6), np.uint8)
    pixels[0, 0] = 9
    assert PagePicture(pixels, 72).quarter_turned(90).pixels[0, -1] == 9
    assert PagePicture(pixels, 72).quarter_turned(180).pixels[-1, -1] == 9
    assert PagePicture(pixels, 72).quarter_turned(270).pixels[-1, 0] == 9


@pytest.mark.parametrize(
    ("size", "stated", "dpi"),
    [((1654, 2339), 200, 200), ((1654, 2339), 72, 200), ((710, 1035), None, 88.5), ((2480, 3508), 300, 300)],
)
def test_likely_resolution(size: tuple[int, int], stated: float | None, dpi: float) -> None:
    """What a file states is believed where it makes a sheet of paper."""
    assert likely_dpi(*size, stated) == pytest.approx(dpi, rel=0.01)


def test_reducing_keeps_the_paper_size() -> None:
    """A picture at 600 dpi becomes one at 300 of the same size in points."""
    picture = PagePicture(np.full((6000, 4000), 255, np.uint8), 600)
    small = reduced_to(picture)
    assert small.dpi == 300
    assert small.width == pytest.approx(picture.width, abs=0.5)


def ringed(image: Image.Image, x: float = 700, y: float = 1200, ink: str | tuple[int, int, int] = "black") -> None:
    """A seal 35 mm across in one ink: two rings and a star."""
    draw = ImageDraw.Draw(image)
    side = 35 * MM
    for inset in (0, 1.2 * MM):
        draw.ellipse((x + inset, y + inset, x + side - inset, y + side - inset), outline=ink, width=4)
    draw.regular_polygon((x + side / 2, y + side / 2, 7 * MM), 5, fill=ink)


@pytest.mark.parametrize("ink", ["black", (230, 150, 160)])
def test_ring_in_plain_ink_is_found(ink: str | tuple[int, int, int]) -> None:
    """A photocopied seal, and one too pale to be red, are found where they are, with lines of print beside them."""
    image, draw = drawn()
    for y in range(200, 1100, 36):
        for x in range(150, 1080, 22):
            draw.rectangle((x, y, x + 14, y + 16), fill="black")
    grey = to_grey(np.asarray(image))
    assert find_rings(grey, DPI) == ()
    ringed(image, ink=ink)
    ((x0, y0, x1, y1),) = find_rings(to_grey(np.asarray(image)), DPI)
    assert (x0, y0, x1, y1) == pytest.approx((700, 1200, 700 + 35 * MM, 1200 + 35 * MM), abs=3 * MM)


def test_ring_is_found_where_print_crosses_it() -> None:
    """Words that were surely read are not looked at, a name across the seal among them."""
    image, draw = drawn()
    ringed(image)
    name = (760, 1330, 1120, 1352)
    for x in range(760, 1120, 22):
        draw.rectangle((x, name[1], x + 14, name[3]), fill="black")
    ((x0, y0, _, _),) = find_rings(to_grey(np.asarray(image)), DPI, [name])
    assert (x0, y0) == pytest.approx((700, 1200), abs=3 * MM)


def test_ring_of_another_size_is_no_seal() -> None:
    """A logo and a large circle of a drawing are no seals."""
    image, draw = drawn()
    draw.ellipse((200, 200, 200 + 15 * MM, 200 + 15 * MM), outline="black", width=4)
    draw.ellipse((400, 600, 400 + 70 * MM, 600 + 70 * MM), outline="black", width=4)
    assert find_rings(to_grey(np.asarray(image)), DPI) == ()


def test_streaks_of_a_scanner_are_taken_off() -> None:
    """Two lines from top to foot, one beside the other, cut a sentence; what was printed on both sides of one stays."""
    image, draw = drawn()
    draw.rectangle((300, 400, 900, 420), fill="black")
    clean = to_grey(np.asarray(image))
    for x0, x1 in ((600, 605), (608, 610)):
        draw.line((x0, 0, x0, 1754), fill="black", width=x1 - x0)
    streaked = to_grey(np.asarray(image))
    assert np.array_equal(without_streaks(PagePicture(streaked, DPI)).pixels, clean)


def test_rules_of_a_table_and_shadows_are_no_streaks() -> None:
    """A frame ends before the page does, the shadow of an edge is wide; the strip of a line is no page."""
    image, draw = drawn()
    draw.rectangle((200, 150, 1000, 1600), outline="black", width=4)
    draw.rectangle((0, 0, 30, 1754), fill="black")
    draw.rectangle((1100, 0, 1130, 1754), fill="black")
    picture = PagePicture(to_grey(np.asarray(image)), DPI)
    assert without_streaks(picture) is picture
    low = PagePicture(np.tile(np.where(np.arange(60) % 20 < 4, 0, 255).astype(np.uint8), (40, 1)), DPI)
    assert without_streaks(low) is low
