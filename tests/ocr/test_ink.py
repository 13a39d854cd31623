"""Pieces of ink and passes over pixels: the same answers as the plain way, which takes longer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin.ocr.image.components import ink_of, pieces, shade
from vnadmin.ocr.image.pixels import brightest, brightest_and_ink, shrunk, without_idle_colour

cv2 = pytest.importorskip("cv2")
SEEDS = st.integers(0, 10_000)


def noise(seed: int, *shape: int) -> np.ndarray:
    """Random pixels."""
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


@given(SEEDS, st.integers(1, 40), st.integers(1, 40), st.floats(0, 1))
def test_pieces_are_connected_components(seed: int, height: int, width: int, density: float) -> None:
    """Boxes, sizes and the pixels of each piece are OpenCV's."""
    ink = (noise(seed, height, width) < 256 * density).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = pieces(ink)
    assert found.boxes().tolist() == stats[1:count, :4].tolist()
    assert found.areas.tolist() == stats[1:count, 4].tolist()
    assert (labels.reshape(-1)[found.at] - 1).tolist() == found.of.tolist()
    assert len(found.at) == ink.sum()


@given(SEEDS, st.sampled_from((0.03, 0.2, 0.5, 0.9)))
def test_quantiles_of_each_piece(seed: int, share: float) -> None:
    """As numpy's percentiles of its pixels one after another."""
    ink = (noise(seed, 20, 30) < 90).astype(np.uint8)
    values = noise(seed + 1, 20, 30).reshape(-1)
    found = pieces(ink)
    expected = [np.percentile(values[found.at[found.of == piece]], 100 * share) for piece in range(len(found.areas))]
    assert found.quantiles(values[found.at], share).tolist() == pytest.approx(expected)


def test_chosen_pieces_alone() -> None:
    """Two dots, one chosen."""
    ink = np.array([[1, 0, 0], [0, 0, 1]], np.uint8)
    assert pieces(ink).within(ink, np.array([False, True])).tolist() == [[0, 0, 0], [0, 0, 1]]


def test_no_ink() -> None:
    """White paper has no pieces."""
    found = pieces(np.zeros((4, 5), np.uint8))
    assert (len(found.at), len(found.areas), found.boxes().shape) == (0, 0, (0, 4))


def test_one_bit_page_has_its_black_as_ink() -> None:
    """The threshold of a page of 0 and 255 is black itself."""
    page = np.full((10, 10), 255, np.uint8)
    page[3:5, 2:8] = 0
    ink, threshold = ink_of(page)
    assert (int(ink.sum()), threshold) == (12, 0)


@given(SEEDS, st.integers(1, 30), st.integers(1, 30), st.sampled_from((0.0, 0.03, 0.2, 0.5, 0.8, 0.95, 1.0)))
def test_shade_is_the_percentile(seed: int, height: int, width: int, share: float) -> None:
    """As numpy's, interpolated."""
    pixels = noise(seed, height, width)
    assert shade(pixels, share) == pytest.approx(float(np.percentile(pixels, 100 * share)))


@given(SEEDS, st.integers(1, 300), st.integers(1, 9))
def test_colour_in_bands(seed: int, height: int, width: int) -> None:
    """The brightest channel and coloured ink are those of the whole page at once, at the bands' borders too."""
    colour = noise(seed, height, width, 3)
    bright, ink = brightest_and_ink(colour)
    wide = colour.astype(np.int16)
    assert np.array_equal(brightest(colour), colour.max(2))
    assert np.array_equal(bright, colour.max(2))
    assert np.array_equal(ink, (wide.max(2) - wide.min(2) > 60) & (wide.min(2) < 170))


def test_grey_page_loses_idle_colour() -> None:
    """Equal channels become one; a single pixel in colour, in the last row, keeps all three."""
    grey = noise(1, 200, 7)
    page = np.dstack([grey] * 3)
    assert np.array_equal(without_idle_colour(page), grey)
    page[-1, -1] = (1, 2, 3)
    assert np.array_equal(without_idle_colour(page), page)


def test_result_does_not_share_memory() -> None:
    """The bitmap of a page is freed after it was copied."""
    for page in (noise(1, 5, 5), noise(1, 5, 5, 3)):
        assert not np.shares_memory(without_idle_colour(page), page)


@pytest.mark.parametrize("shape", [(80, 60), (81, 61), (80, 60, 3)])
def test_shrunk_keeps_means(shape: tuple[int, ...]) -> None:
    """A quarter is the mean of four by four; any other scale has the size asked for, within a pixel."""
    page = noise(3, *shape)
    quarter = shrunk(page, 0.25)
    even = page[:80, :60].reshape(20, 4, 15, 4, *shape[2:]).mean((1, 3))
    assert quarter.shape[:2] == (20, 15)
    assert np.abs(quarter - even).max() <= 1  # rounded twice
    assert abs(shrunk(page, 0.3).shape[0] - 24) <= 1
    assert shrunk(page, 1.0) is page
