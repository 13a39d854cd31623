"""Tells what is set in capitals, also where a font of old lost the capitals that bear a mark (`SắC LệNH`)."""

from __future__ import annotations


def is_upper(text: str) -> bool:
    """Set in capitals. Only letters without marks are asked: a capital font loses its marked letters ("SắC LệNH")."""
    letters = [c for c in text if "a" <= c <= "z" or "A" <= c <= "Z"]
    if len(letters) < 2:
        return text.upper() == text and any(map(str.isalpha, text))
    return sum(map(str.isupper, letters)) >= 0.75 * len(letters)


def capitals(text: str) -> bool:
    """Whether the letters of a line are capitals, a stray small one of an old font apart ("TOàN")."""
    letters = sum(map(str.isalpha, text))
    return letters >= 2 and sum(map(str.islower, text)) <= 0.15 * letters
