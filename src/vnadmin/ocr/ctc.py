"""What a network that looks along a line has read: prefix search over the probabilities of its steps (CTC)."""

from __future__ import annotations

import math


def figures_along(steps: list[list[float]], keep: int = 8) -> list[tuple[str, float]]:
    """The likeliest figures and their probability, likeliest first.

    Args:
        steps: at each step along a picture the log probabilities of no figure and of the ten figures.
        keep: readings that are followed side by side.
    """
    low = -1e9
    beams = {"": (0.0, low)}  # reading -> log probability of ending in a blank, in its last figure
    for step in steps:
        grown: dict[str, tuple[float, float]] = {}
        for text, (blank, figure) in beams.items():
            either = _plus(blank, figure)
            old = grown.get(text, (low, low))
            grown[text] = (_plus(old[0], either + step[0]), old[1])
            for value, chance in enumerate(step[1:]):
                if chance < -9:
                    continue
                char = str(value)
                longer = grown.get(text + char, (low, low))
                if text.endswith(char):
                    same = grown[text]
                    grown[text] = (same[0], _plus(same[1], figure + chance))
                    grown[text + char] = (longer[0], _plus(longer[1], blank + chance))
                else:
                    grown[text + char] = (longer[0], _plus(longer[1], either + chance))
        ranked = sorted(grown.items(), key=lambda item: -_plus(*item[1]))
        beams = dict(ranked[:keep])
    return [(text, math.exp(max(_plus(*ends), -700.0))) for text, ends in beams.items()]


def _plus(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    high, low = (a, b) if a > b else (b, a)
    return high + math.log1p(math.exp(low - high)) if low - high > -40 else high
