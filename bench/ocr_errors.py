"""Character errors of OCR against a transcript, whatever the order of its lines; by region of the document.

A transcript has paragraphs and an engine printed lines, in an order of its own where there are columns. So each line
read claims the stretch of the transcript that it matches best: exact matches first, then better before worse, longer
before shorter, near the stretch of the line before where a phrase recurs. What no line claims is missing; a line that
matches nothing (a stamp, a page that was not transcribed) is junk and no error. Digits set by hand match anything.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import regex

from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.motto import motto_of
from vnadmin.text.fold import bare

HAND = "\ue000"  # stands for a letter that may be read as anything or not at all
KEY_REGIONS = ("header", "addressees", "recipients", "signature")
_CLAIMED = 1
_LIMITS = (0.06, 0.15, 0.3, 0.45)  # errors a letter up to which a line may claim a stretch, in passes
_HAND_COST = 0.02
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("–—−‐‑•", "-"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("’‘", "'"),
        **dict.fromkeys("…·", "."),
        "\u00a0": " ",
        "Ð": "Đ",
        "|": " ",
    }
)
_BY_HAND = regex.compile(r"hand|later|overprint|inked|stamp")
_NUMBER = regex.compile(r"^((?:Luật )?Số\s*:?\s*)(\d*)")


def normal(text: str) -> str:
    """Text with one form of dashes, quotes, dots and blanks."""
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    text = regex.sub(r"\.{2,}", ".", text)
    return regex.sub(r"[\s_]+", " ", text).strip()


@dataclass
class Truth:
    """A transcript as one line of letters, each with its region."""

    text: str
    regions: list[str]


@dataclass
class Errors:
    """Errors and letters by region, letters of lines that matched nothing, and what differed."""

    wrong: dict[str, float] = field(default_factory=dict)
    letters: dict[str, int] = field(default_factory=dict)
    junk: int = 0
    differences: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def add(self, other: Errors) -> None:
        """Count another document in."""
        for region, value in other.wrong.items():
            self.wrong[region] = self.wrong.get(region, 0.0) + value
        for region, count in other.letters.items():
            self.letters[region] = self.letters.get(region, 0) + count
        self.junk += other.junk

    def rate(self, regions: Sequence[str] = ()) -> float:
        """Errors for a hundred letters, of some regions or all."""
        names = [name for name in self.letters if not regions or name in regions]
        return 100 * sum(self.wrong.get(n, 0.0) for n in names) / max(1, sum(self.letters[n] for n in names))


def read_truth(folder: Path) -> Truth:
    """The transcript of a labelled scan; the labels say which of its lines are header, recipients and signature."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    lines = [normal(line) for line in (folder / "transcript.txt").read_text("utf-8").splitlines()]
    remarks = gold.get("remarks") or ""
    number, day, month = (_set_by_hand(remarks, name) for name in ("number", "day", "month"))
    parts: list[str] = []
    regions: list[str] = []
    state = "header"
    seen_number = seen_date = False
    for line in lines:
        if not line or line.startswith("["):
            continue
        state, region = _region(line, state, gold)
        if region == "header" and not seen_number and _NUMBER.match(line):
            seen_number = True
            if number:
                line = _NUMBER.sub(lambda match: match[1] + HAND * 7, line, count=1)
        elif region == "header" and not seen_date and regex.search("ngày .*tháng", line):
            seen_date = True
            if day:
                line = regex.sub(r"(ngày )\s*\d*", lambda match: match[1] + HAND * 6, line, count=1)
            if month:
                line = regex.sub(r"(tháng )\s*\d*", lambda match: match[1] + HAND * 6, line, count=1)
        parts.append(line)
        regions += [region] * (len(line) + 1)
    return Truth(" ".join(parts) + " ", regions)


def _set_by_hand(remarks: str, what: str) -> bool:
    """Whether the labeller's remarks say that number, day or month was filled in."""
    if not _BY_HAND.search(remarks):
        return False
    if what == "number":
        return bool(
            regex.search(
                r"[Nn]umber[^.;]*(hand|not legible|later|overprinted|stamp)|[Nn]umber \S+,? (and )?day", remarks
            )
        )
    if what == "day":
        return bool(regex.search(r"day[^.;]*(hand|later|overprinted|inked)|Number[^.;]*day", remarks))
    return bool(regex.search(r"month[^.;]*(hand|later|overprint)", remarks))


def _region(line: str, state: str, gold: dict) -> tuple[str, str]:
    """The state after a line, and the line's own region."""
    signature = [s.get(key) or "" for s in gold["signatories"] for key in ("name", "position")]
    signature += [authority for s in gold["signatories"] for authority in s["authority"]]
    if line.startswith("Kính gửi"):
        return "addressees", "addressees"
    if regex.match("N[ơo]i nhận", line, regex.IGNORECASE):
        return "recipients", "recipients"
    if state != "header" and any(_within(name, line, 14) for name in signature):
        return state, "signature"
    if state == "recipients":
        own = any(_within(r["name"], line, 200) or _within(line, r["name"], 200) for r in gold["recipients"])
        return state, "recipients" if own or line[:1] in "-+*" else "other"
    if state == "addressees":
        own = any(_within(name, line, 30) or _within(line.strip("-. ;"), name, 400) for name in gold["addressees"])
        return ("addressees", "addressees") if own else ("body", "body")
    if state == "header":
        values = [gold.get(key) for key in ("parent_agency", "issuing_agency", "subject", "place", "urgency")]
        near = any(value and (_within(value, line, 35) or _within(line, value, 400)) for value in values)
        dated = regex.search("ngày .*tháng .*năm", line) and len(line) < 70
        if near or dated or motto_of(bare(line)) or _NUMBER.match(line) or in_capitals(line) or len(line) < 60:
            return "header", "header"
    return "body", "body"


def _within(short: str, long: str, room: int) -> bool:
    a, b = (regex.sub(r"\W+", "", value.casefold()) for value in (short, long))
    return bool(a) and (a in b or (len(b) > 5 and b in a)) and len(long) < len(short) + room


def errors(lines: Sequence[str], truth: Truth) -> Errors:
    """Count the errors of these lines, as an engine read them."""
    return _Claims([normal(line) for line in lines], truth).count()


class _Claims:
    def __init__(self, lines: list[str], truth: Truth) -> None:
        self.lines = lines
        self.truth = truth
        self.code = np.array([ord(char) for char in truth.text], np.int32)
        self.hand = self.code == ord(HAND)
        self.cost = np.where(self.hand, 0, 1).astype(np.float32)
        self.claimed = np.zeros(len(self.code), bool)
        self.wrong = np.zeros(len(self.code) + 1, np.float32)
        self.place: dict[int, tuple[int, int]] = {}
        self.found = Errors()

    def count(self) -> Errors:
        left = sorted((i for i, line in enumerate(self.lines) if line), key=lambda i: -len(self.lines[i]))
        left = [i for i in left if not self._exact(i, once=True)]
        left = [i for i in left if not self._exact(i, once=False)]
        least: dict[int, float] = {}
        for limit in _LIMITS:
            again = []
            for index in left:
                length = len(self.lines[index])
                if least.get(index, 0.0) > limit * length + 0.2 or not self._near(index, limit, least):
                    again.append(index)
            left = again
        found = self.found
        found.junk = sum(len(self.lines[index].replace(" ", "")) for index in left)
        unclaimed = ~self.claimed
        for place, (char, region) in enumerate(zip(self.truth.text, self.truth.regions, strict=True)):
            missing = bool(unclaimed[place]) and char not in (" ", HAND)
            found.wrong[region] = found.wrong.get(region, 0.0) + float(self.wrong[place]) + missing
            found.letters[region] = found.letters.get(region, 0) + (char != HAND)
        kept = "".join(
            char if unclaimed[place] and char != HAND else "\x00" for place, char in enumerate(self.truth.text)
        )
        found.missing = [piece.strip() for piece in kept.split("\x00") if len(piece.strip()) > 1]
        return found

    def _claim(self, index: int, start: int, end: int) -> None:
        self.claimed[start:end] = True
        self.code[start:end] = _CLAIMED
        self.hand[start:end] = False
        self.cost[start:end] = 1
        self.place[index] = (start, end)

    def _expected(self, index: int) -> int | None:
        for other in range(index - 1, max(-1, index - 8), -1):
            if other in self.place:
                return self.place[other][1] + 1
        for other in range(index + 1, index + 8):
            if other in self.place:
                return max(0, self.place[other][0] - len(self.lines[index]) - 1)
        return None

    def _exact(self, index: int, *, once: bool) -> bool:
        line = self.lines[index]
        if len(line) < 4:
            return False
        places = []
        at = self.truth.text.find(line)
        while at >= 0:
            if not self.claimed[at : at + len(line)].any():
                places.append(at)
            at = self.truth.text.find(line, at + 1)
        if not places or (once and len(places) > 1):
            return False
        expected = self._expected(index)
        start = places[0] if expected is None else min(places, key=lambda place: abs(place - expected))
        self._claim(index, start, start + len(line))
        return True

    def _near(self, index: int, limit: float, least: dict[int, float]) -> bool:
        line = self.lines[index]
        cost, start, end, steps = self._align(line, self._expected(index))
        least[index] = cost
        if cost > limit * len(line) + 0.2 or (len(line) <= 2 and cost > 0):
            return False
        for place, price in steps:
            self.wrong[place] += price
        if cost >= 1:
            self.found.differences.append((line, self.truth.text[start:end]))
        self._claim(index, start, end)
        return True

    def _align(self, line: str, expected: int | None) -> tuple[float, int, int, list[tuple[int, float]]]:
        """The cheapest stretch of the transcript for a line: its cost, its ends, and where its errors are."""
        size = len(self.code)
        total = np.concatenate([[0], np.cumsum(self.cost)]).astype(np.float32)
        table = np.zeros((len(line) + 1, size + 1), np.float32)
        changes = []
        for row, char in enumerate(line, 1):
            change = np.where(self.code == ord(char), 0, np.where(self.hand, _HAND_COST, 1)).astype(np.float32)
            changes.append(change)
            best = np.empty(size + 1, np.float32)
            best[0] = row
            best[1:] = np.minimum(table[row - 1, :-1] + change, table[row - 1, 1:] + 1)
            table[row] = np.minimum.accumulate(best - total) + total
        end = int(table[-1].argmin())
        if expected is not None:
            ties = np.flatnonzero(table[-1] <= table[-1, end] + 0.5)
            end = int(ties[np.abs(ties - expected - len(line)).argmin()])
        row, column = len(line), end
        steps: list[tuple[int, float]] = []
        while row:
            here = table[row, column]
            if column and abs(here - table[row - 1, column - 1] - changes[row - 1][column - 1]) < 1e-3:
                if changes[row - 1][column - 1] == 1:
                    steps.append((column - 1, 1.0))
                row, column = row - 1, column - 1
            elif abs(here - table[row - 1, column] - 1) < 1e-3:
                steps.append((min(column, size - 1), 1.0))
                row -= 1
            else:
                if self.cost[column - 1]:
                    steps.append((column - 1, 1.0))
                column -= 1
        return float(table[-1, end]), column, end, steps
