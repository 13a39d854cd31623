"""The page's own words in Vietnamese and English; Vietnamese unless the reader chose otherwise."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from fastapi import Request

from vnadmin.model import PartialDate

LANGUAGES = ("vi", "en")
COOKIE = "vnadmin_language"


@cache
def all_words() -> Mapping[str, Mapping[str, str]]:
    """Key to language to text."""
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


class Words:
    """The words of one language; called as `t(key)`, with `{name}` filled from the arguments."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, *, n: object = "", name: object = "") -> str:
        """The text of a key; a key that does not exist is a defect and raises."""
        text = all_words()[key][self.language]
        return text.replace("{n}", str(n)).replace("{name}", str(name))

    def error(self, code: str) -> str:
        """What a problem's code means to a person at the page."""
        key = f"error_{code}"
        return self(key if key in all_words() else "error_internal_error")


def language_of(request: Request) -> str:
    """The language that was just chosen, else the one chosen before, else Vietnamese."""
    chosen = request.query_params.get("lang") or request.cookies.get(COOKIE) or ""
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def day(date: str | None, language: str) -> str:
    """A date as documents write it, `05/5/2026`; in English as it is."""
    return PartialDate(date).printed if date and language == "vi" else date or ""
