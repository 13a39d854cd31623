"""What is known of the ways in which a format sets text: those that leave it seen, by `data/looks.tsv`.

A way that the table does not name, or names with other values, is not known to hide anything; a value that is set so is not
certain. So that no list of ways to hide text has to be complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from vnadmin.gazetteer import rows
from vnadmin.source.html.measures import points
from vnadmin.text.pattern import pattern

_TOKEN = pattern(r"[a-z-]{0,24}\([^()]{0,200}\)|[^\s,/]{1,80}")
_SHARE = pattern(r"(\d{1,6}(?:\.\d{0,9})?)(%|em|rem|)")
_KEPT = frozenset({"inherit", "initial", "unset", "revert", "auto", "normal", "none"})


class Known(NamedTuple):
    """Which values of a property leave text as it is seen."""

    every: bool = False
    words: frozenset[str] = frozenset()
    least: float | None = None
    most: float = 0.0
    share: float | None = None  # of what is around it: "85%", "1.2em", "1.5"

    def holds(self, value: str) -> bool:
        """Whether a value, in lower case, is one of those; of lengths each must lie within the limits, in points."""
        if self.every:
            return True
        if self.least is not None and self.share is None and len(value) < 7 and value.isdecimal():
            # nearly all of Word's
            return self.least <= int(value) <= self.most
        for token in _TOKEN.findall(value.partition("!")[0]):
            if token in _KEPT or token in self.words:
                continue
            if self.share is not None and (part := _SHARE.fullmatch(token)):
                if float(part[1]) / (100 if part[2] == "%" else 1) < self.share:
                    return False
                continue
            length = None if self.least is None else points(token)
            if length is None or self.least is None:
                if self.least is not None and not self.words and token.isalpha():
                    continue  # "solid", "thin"
                return False
            if not self.least <= length <= self.most:
                return False
        return True


@cache
def known(form: str) -> Mapping[str, Known]:
    """The properties of a format by name."""
    return {row["name"]: _read(row["values"]) for row in rows("looks") if row["format"] == form}


def _read(said: str) -> Known:
    if said == "*":
        return Known(every=True)
    parts = said.split()
    limits = [float(part) for part in parts if _is_number(part)]
    share = next((float(part[:-1]) for part in parts if part.endswith("x") and _is_number(part[:-1])), None)
    words = frozenset(
        part for part in parts if not _is_number(part.removesuffix("x")) or (part == "0" and len(limits) != 2)
    )
    least, most = limits if len(limits) == 2 else (None, 0.0)
    return Known(False, words, least, most, share)


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def is_odd_style(said: Mapping[str, str]) -> bool:
    """Whether CSS, by names and values in lower case, has a property that is not known to leave text as it is seen."""
    table = known("css")
    for name, value in said.items():
        if name.startswith(("--", "mso-", "so-")):
            continue
        entry = table.get(name) or table.get(_bare(name))
        if entry is None or not entry.holds(value):
            return True
    return False


def _bare(name: str) -> str:
    """A property without the prefix of a browser."""
    return name.split("-", 2)[2] if name.startswith(("-webkit-", "-moz-", "-ms-", "-o-")) else name
