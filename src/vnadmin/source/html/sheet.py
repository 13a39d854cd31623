"""A page's own style sheet: which of its rules hold for an element, the more special ones last."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import regex

from vnadmin.source.html.measures import points
from vnadmin.source.html.selector import Looks, Step, holds, read_selectors
from vnadmin.source.html.sight import plain_css
from vnadmin.source.html.tags import NOTHING, Declaration, read_style
from vnadmin.text.pattern import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_MEDIA = pattern(r"@media([^{}]{0,200}+)\{((?:[^{}]*+\{[^{}]*+\})*+[^{}]*+)\}")
_SCREEN = pattern(
    r"\s{0,3}(?:only\s)?\s{0,3}(?:screen|all)?\s{0,3}((?:(?:and)?\s{0,3}\((?:min|max)-width\s?:[^()]{1,20}\)\s{0,3}){0,3})"
)
_RANGE = pattern(r"\(\s{0,3}width\s{0,3}([<>])=?([^()<>=]{1,20})\)")
_DEEPEST = 8
_WIDTH = pattern(r"(min|max)-width\s?:([^()]{1,20})")
_WINDOW = 900.0  # points: of a screen, on which rules for a telephone do not hold
# What a person does not see on a screen: "print", "(prefers-color-scheme: dark)"
_ELSEWHERE = pattern(r"print|speech|aural|braille|projection|\btv\b|dark|reduce|forced-colors|hover|pointer")
_INCLUDED = pattern(r"@import[^;{}]{0,20}data:", regex.IGNORECASE)
# letters and figures that a rule sets before or behind an element
_WRITES = pattern(
    r"content\s{0,9}:\s{0,9}(?:\"[^\"\\]{0,80}?[\p{L}\p{Nd}]|'[^'\\]{0,80}?[\p{L}\p{Nd}]|counters?\(|attr\()"
)
_RULE = pattern(r"([^{}@;]{1,400}+)\{([^{}]{1,2000}+)\}")
_QUOTED = pattern(r"([\"'])[^\"'\n]{0,200}+\1")
_MOST_RULES = 400
_PROPERTY = pattern(r"(--[\w-]{1,60})\s{0,9}:\s{0,9}([^;{}\"'<>]{1,40})(?=[;}\"'])")
_VARIABLE = pattern(r"var\(\s{0,9}(--[\w-]{1,60})\s{0,9}(?:,([^()]{0,40}))?\)")


class _Rule(NamedTuple):
    weight: tuple[int, int, int, int]  # ids, classes, tags, place in the sheet
    steps: tuple[Step, ...]  # the element's own last
    said: Declaration


class Sheet:
    """The rules of a sheet by what their last part names.

    Word and LibreOffice set font, weight and alignment of paragraphs this way: `p.western { font-family: ".VnTime" }`.
    Of selectors with ids or with several parts only what hides text is taken.
    """

    def __init__(self, css: str) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        self._looks = Looks()
        # a rule that may hide text holds for elements that are not known
        self.blind = _INCLUDED.search(css) is not None
        self.cuts_off = "overflow" in plain_css(css).lower()
        css = _QUOTED.sub(_without_braces, plain_css(css).replace("<!--", " ").replace("-->", " "))
        css = _MEDIA.sub(self._on_screen, css) if "@media" in css else css
        for place, (selectors, body) in enumerate(_RULE.findall(css)[:_MOST_RULES]):
            said = read_style(body)
            self.blind |= "content" in body and _WRITES.search(body) is not None
            if said != NOTHING:
                found, unread = read_selectors(selectors, self._looks)
                for steps in found:
                    self._add(steps, said, place)
                self.blind |= bool(unread) and may_hide(said)

    def _on_screen(self, media: regex.Match[str]) -> str:
        """The rules for a kind of device, where they hold on a screen of a common width."""
        asked = _SCREEN.fullmatch(_RANGE.sub(_as_limit, media[1]))
        if asked is None:
            elsewhere = _ELSEWHERE.search(media[1]) is not None
            self.blind |= not elsewhere and any(may_hide(read_style(body)) for _, body in _RULE.findall(media[2]))
            return ""
        widths = [(kind, points(said) or 0.0) for kind, said in _WIDTH.findall(asked[1])]
        return (
            str(media[2]) if all(size <= _WINDOW if kind == "min" else size >= _WINDOW for kind, size in widths) else ""
        )

    def __bool__(self) -> bool:
        return bool(self._rules)

    def of(self, element: _Element, tag: str) -> list[Declaration]:
        """What holds for an element."""
        rules = self._rules
        found = [*rules.get(tag, ()), *rules.get("", ())]
        names = element.get("class")
        if names:
            found += [rule for name in names.split()[:8] for rule in rules.get(f".{name}", ())]
        name = element.get("id")
        if name:
            found += rules.get(f"#{name}", ())
        if not found:
            return []
        return [rule.said for rule in sorted(found, key=_weight) if holds(rule.steps, element, self._looks)]

    def _add(self, steps: tuple[Step, ...], said: Declaration, place: int) -> None:
        tag, names, tests, _ = steps[-1]
        if len(steps) > 1 or len(names) > 1 or tests or not (tag or names) or any(name[0] == "#" for name in names):
            said = NOTHING._replace(
                sight=said.sight, size=said.size if said.size == 0 else None, odd=said.odd, tight=said.tight
            )
            if said == NOTHING:
                return
        key = min(names) if names else tag  # an id before a class
        every = [name for step in steps for name in step.names]
        ids = sum(name[0] == "#" for name in every)
        asked = len(every) - ids + sum(len(step.tests) for step in steps)
        weight = (ids, asked, sum(bool(step.tag) for step in steps), place)
        self._rules.setdefault(key, []).append(_Rule(weight, steps, said))


_weight = itemgetter(0)


def may_hide(said: Declaration) -> bool:
    """Whether declarations may take text out of sight."""
    sight = said.sight
    return bool(
        said.odd
        or said.tight
        or said.size == 0
        or sight.gone
        or sight.clear
        or sight.away
        or sight.invisible
        or sight.ink
        or sight.ground
    )


def _as_limit(asked: regex.Match[str]) -> str:
    """`(width >= 10px)` as `(min-width: 10px)`."""
    return f"({'min' if asked[1] == '>' else 'max'}-width:{asked[2]})"


def closed(css: str) -> str:
    """A sheet with the braces that end what is open at its end, as a browser reads it."""
    return css + "}" * min(max(css.count("{") - css.count("}"), 0), _DEEPEST)


def _without_braces(quoted: regex.Match[str]) -> str:
    """A text in quotes, which may hold what parts rules: `content: "}"`."""
    return str(quoted[0]).replace("{", "").replace("}", "")


def with_variables(text: str) -> str:
    """HTML with the values of custom properties in their places: `--c: white; color: var(--c)`. The first value counts."""
    if "var(" not in text:
        return text
    values: dict[str, str] = {}
    for name, value in _PROPERTY.findall(text):
        values.setdefault(name, value.strip())
    return str(_VARIABLE.sub(lambda match: values.get(match[1], match[2] or ""), text))
