"""How often a field is right, estimated from a sample: the weighted share and its Wilson interval, by statsmodels.

An observation is a value of a document; those of one document are right or wrong together more often than not, so that documents
are counted and not values. Weights, and documents that weigh more for having more values, make a sample worth less than its
count: the interval is that of the effective number of documents, (Σw)² / Σw² (Kish 1965). That the frame is finite and strata
are sampled apart makes the truth nearer than that; it is not reckoned in, so that also rare errors are covered
(docs/decisions/0080), but where all documents were looked at: then nothing is left open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

CONFIDENCE: Final = 0.95


class Observation(NamedTuple):
    """A value that was judged: of which document, how many documents of the frame that stands for, whether it is right."""

    document: int
    weight: float
    right: bool


@dataclass(frozen=True)
class Estimate:
    """How often values are right.

    Attributes:
        judged: how many values were judged.
        right: how many of them are right.
        effective: the number of documents of a simple random sample that would tell as much; None where the frame was looked at whole.
        share: the share of right values in the frame, as the sample says it.
        low, high: the interval.
    """

    judged: int
    right: int
    effective: float | None
    share: float
    low: float
    high: float


def estimate(observations: Iterable[Observation], confidence: float = CONFIDENCE) -> Estimate | None:
    """The share of right values, with its interval; None where nothing was judged."""
    found = list(observations)
    if not found:
        return None
    values = defaultdict[int, float](float)  # what all values of a document weigh
    documents: dict[int, float] = {}
    for one in found:
        values[one.document] += one.weight
        documents[one.document] = one.weight
    whole = sum(values.values())
    share = sum(one.weight for one in found if one.right) / whole
    is_census = sum(documents.values()) - len(documents) < 1e-9 * whole
    effective = None if is_census else whole**2 / sum(w * w for w in values.values())
    low, high = wilson(share, effective, confidence) if effective else (share, share)
    return Estimate(len(found), sum(one.right for one in found), effective, share, low, high)


def wilson(share: float, count: float, confidence: float) -> tuple[float, float]:
    """The Wilson score interval of a share of so many documents; the count need not be whole."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(share * count, count, alpha=1 - confidence, method="wilson")
    return max(0.0, float(low)), min(1.0, float(high))


def size_for(frame: int, half_width: float, expect: float, confidence: float = CONFIDENCE) -> int:
    """The least number of documents whose interval is as narrow as wanted, if the expected share of them is right.

    Args:
        frame: documents in all.
        half_width: of the interval: 0.03 is three points up and down.
        expect: the share of right values that is expected; a smaller one (down to 0.5) asks for more documents.
    """

    def is_narrow(count: int) -> bool:
        low, high = wilson(expect, count, confidence)
        return count == frame or (high - low) / 2 <= half_width

    return 1 + bisect_left(range(1, frame + 1), True, key=is_narrow) if frame else 0
