"""Automatic numbering: the `1.`, `a)`, `-` that Word draws and does not store, counted out of list definitions."""

from __future__ import annotations

from dataclasses import dataclass, field

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Bullets of symbol fonts (private use, or their plain codes) that are really dashes and plus signs; the rest are dots.
_SYMBOL_MARKERS = {0x2D: "-", 0xBE: "-", 0x2B: "+", 0x2A: "*"}

BULLET, NONE = 23, 255


def count_as(number: int, form: int) -> str:
    """A number as Word prints it: form 0 arabic, 1 and 2 Roman, 3 and 4 letters, 22 arabic with a nought."""
    if form in (1, 2) and 0 < number < 4000:
        text, rest = "", number
        for value, letters in _ROMAN:
            while rest >= value:
                text, rest = text + letters, rest - value
        return text.upper() if form == 1 else text
    if form in (3, 4) and 0 < number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == 3 else letter
    if form == 22:
        return f"{number:02d}"
    return str(number)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: characters below chr(9) in `text` stand for the numbers of the levels."""

    form: int
    start: int
    text: str
    font: str | None = None
    legal: bool = False  # prints the numbers of upper levels in arabic
    restart_after: int | None = None  # None: after any upper level; 0: never


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one document. Lists that share `key` share their counters."""

    _counters: dict[int, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[int, int]] = field(default_factory=set)

    def marker(self, key: int, user: int, levels: dict[int, Level], level: int, restarts: dict[int, int]) -> str:
        """The marker of the next paragraph of a list, and one step further in counting.

        Args:
            key: the list whose counters are shared.
            user: who uses it (an override); its `restarts` hold at its first paragraph of each level.
            levels: definition of each level.
            level: of this paragraph, from 0.
            restarts: first numbers that this user sets anew.
        """
        here = levels.get(level)
        if here is None:
            return ""
        counters = self._counters.setdefault(key, {})
        if level in restarts and (user, level) not in self._started:
            counters[level] = restarts[level]
        elif level in counters:
            counters[level] += 1
        else:
            counters[level] = here.start
        self._started.add((user, level))
        for lower in [deeper for deeper in counters if deeper > level]:
            rule = levels[lower].restart_after if lower in levels else None
            if rule is None or (rule > 0 and level < rule):
                del counters[lower]
        if here.form == NONE:
            return "".join(char for char in here.text if ord(char) >= 9).strip()
        if here.form == BULLET:
            return bullet(here.text, here.font)
        out: list[str] = []
        for char in here.text:
            upper = ord(char)
            if upper >= 9:
                out.append(char)
            elif upper in levels:
                if upper not in counters:
                    counters[upper] = levels[upper].start
                form = 0 if here.legal and upper != level else levels[upper].form
                out.append("" if form in (BULLET, NONE) else count_as(counters[upper], form))
        return "".join(out).strip()


def bullet(text: str, font: str | None) -> str:
    """A bullet as one of `-`, `+`, `*`, `•`: what a person would write for the sign that is drawn."""
    sign = text.strip()[:1]
    if not sign:
        return ""
    code = ord(sign)
    if 0xF020 <= code <= 0xF0FF:
        return _SYMBOL_MARKERS.get(code - 0xF000, "•") if not (font or "").startswith("Wingdings") else "•"
    if sign in "-–—−‐‑":
        return "-"
    if sign in "+*":
        return sign
    if sign == "o" and (font or "").startswith("Courier"):
        return "•"
    if font and font.casefold() in ("symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"):
        return _SYMBOL_MARKERS.get(code, "•") if font.casefold() == "symbol" else "•"
    return text.strip() if sign.isalnum() else "•"
