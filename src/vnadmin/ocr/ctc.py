"""What a network that looks along a line has read: prefix search over the probabilities of its steps (CTC)."""

from __future__ import annotations

import math

_LEAST = -9  # log probability of a figure that is followed at a step
_KEPT = 8  # readings that are followed side by side


def figures_along(steps: list[list[float]]) -> list[tuple[str, float]]:
    """The likeliest figures and their probability, likeliest first.

    Args:
        steps: at each step along a picture the log probabilities of no figure and of the ten figures.
    """
    low = -1e9
    beams = [("", 0.0, low, 0.0)]  # reading, log probability of ending in a blank, in its last figure, in either
    for step in steps:
        likely = [(str(value), chance) for value, chance in enumerate(step[1:]) if chance >= _LEAST]
        if not likely:  # most steps: paper
            beams = [(text, either + step[0], low, either + step[0]) for text, _, _, either in beams]
            continue
        grown: dict[str, tuple[float, float]] = {}
        for text, blank, figure, either in beams:
            old = grown.get(text, (low, low))
            grown[text] = (_plus(old[0], either + step[0]), old[1])
            for char, chance in likely:
                longer = grown.get(text + char, (low, low))
                if text.endswith(char):
                    same = grown[text]
                    grown[text] = (same[0], _plus(same[1], figure + chance))
                    grown[text + char] = (longer[0], _plus(longer[1], blank + chance))
                else:
                    grown[text + char] = (longer[0], _plus(longer[1], either + chance))
        ranked = ((text, *ends, _plus(*ends)) for text, ends in grown.items())
        beams = sorted(ranked, key=lambda beam: -beam[3])[:_KEPT]
    return [(text, math.exp(max(either, -700.0))) for text, _, _, either in beams]


def _plus(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    if a < b:
        a, b = b, a
    return a + math.log1p(math.exp(b - a)) if b - a > -40 else a
