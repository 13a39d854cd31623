"""How time grows with its input, measured so that a busy machine does not matter: in ratios of processor time, side by side."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

LINEAR = 9.0  # for four times the input: between 4 (linear, with room for noise) and 16 (square)
_ROUNDS = 5


def processor_time(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def is_linear(work: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Whether four times as much takes no more than about four times as long.

    `work(size)` makes the input and gives what is measured. Noise only ever adds, so the answer is no only if every one of
    some rounds, each with both sizes, says so. What earlier tests left in memory is kept out of the collector's rounds: only
    the larger input would make it walk over all of that.
    """
    small, large = work(size), work(4 * size)
    small()  # what is cached once is not measured
    gc.collect()
    gc.freeze()
    try:
        return any(processor_time(large) < LINEAR * processor_time(small) for _ in range(_ROUNDS))
    finally:
        gc.unfreeze()
