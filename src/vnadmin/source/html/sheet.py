"""A page's own style sheet: which of its rules hold for an element, the more special ones last."""

from __future__ import annotations

from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import regex

from vnadmin.source.html.sight import plain_css
from vnadmin.source.html.tags import NOTHING, Declaration, read_style
from vnadmin.text.pattern import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_SCREEN = pattern(r"@media (?:only )?(?:screen|all)\s?\{((?:[^{}]*+\{[^{}]*+\})*+[^{}]*+)\}")
_MEDIA = pattern(r"@media[^{}]{0,200}+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_RULE = pattern(r"([^{}@;]{1,400}+)\{([^{}]{1,2000}+)\}")
# "p", ".note", "p.note.small", "#top", "*"; what it knows no more of (":hover", "[lang]") makes a selector pass by
_STEP = pattern(r"(\*|[a-z][a-z0-9-]{0,23})?((?:[.#][\w-]{1,60}){0,4})", regex.IGNORECASE)
_SIGN = pattern(r"([+~])")
_NAMES = pattern(r"[.#][\w-]{1,60}")
_MOST_RULES = 400
_MOST_STEPS = 5
_MOST_BESIDE = 200  # elements before one that are looked at
_PROPERTY = pattern(r"(--[\w-]{1,60})\s{0,9}:\s{0,9}([^;{}\"'<>]{1,40})(?=[;}\"'])")
_VARIABLE = pattern(r"var\(\s{0,9}(--[\w-]{1,60})\s{0,9}(?:,([^()]{0,40}))?\)")


class _Step(NamedTuple):
    """One part of a selector: a tag, and names of classes (`.a`) and of the element itself (`#a`).

    sign: how it follows the part before: `+` next to it, `~` somewhere behind it, else inside.
    """

    tag: str
    names: frozenset[str]
    sign: str = ""

    def holds(self, element: _Element) -> bool:
        return (not self.tag or self.tag == element.tag) and self.names <= _names(element)


class _Rule(NamedTuple):
    weight: tuple[int, int, int, int]  # ids, classes, tags, place in the sheet
    steps: tuple[_Step, ...]  # the element's own last
    said: Declaration


class Sheet:
    """The rules of a sheet by what their last part names.

    Word and LibreOffice set font, weight and alignment of paragraphs this way: `p.western { font-family: ".VnTime" }`.
    Of selectors with ids or with several parts only what hides text is taken.
    """

    def __init__(self, css: str) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        css = plain_css(css).replace("<!--", " ").replace("-->", " ")
        css = _MEDIA.sub("", _SCREEN.sub(r"\1", css)) if "@media" in css else css
        for place, (selectors, body) in enumerate(_RULE.findall(css)[:_MOST_RULES]):
            said = read_style(body)
            if said != NOTHING:
                for selector in selectors.split(","):
                    self._add(selector, said, place)

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
        return [rule.said for rule in sorted(found, key=_weight) if _holds(rule, element)]

    def _add(self, selector: str, said: Declaration, place: int) -> None:
        steps: list[_Step] = []
        sign = ""
        for word in _SIGN.sub(r" \1 ", selector.replace(">", " ").replace("&", " ")).split():
            if word in "+~":
                sign = word
                continue
            match = _STEP.fullmatch(word)
            if match is None:
                return
            steps.append(_Step((match[1] or "").lower().strip("*"), frozenset(_NAMES.findall(match[2])), sign))
            sign = ""
        if not 0 < len(steps) <= _MOST_STEPS:
            return
        tag, names, _ = steps[-1]
        if len(steps) > 1 or len(names) > 1 or not (tag or names) or any(name[0] == "#" for name in names):
            said = NOTHING._replace(sight=said.sight, size=said.size if said.size == 0 else None)
            if said == NOTHING:
                return
        key = min(names) if names else tag  # an id before a class
        every = [name for step in steps for name in step.names]
        ids = sum(name[0] == "#" for name in every)
        weight = (ids, len(every) - ids, sum(bool(step.tag) for step in steps), place)
        self._rules.setdefault(key, []).append(_Rule(weight, tuple(steps), said))


_weight = itemgetter(0)


def _holds(rule: _Rule, element: _Element) -> bool:
    """Whether an element and those around it are what a selector asks for."""
    *outer, own = rule.steps
    if not own.holds(element):
        return False
    sign, at = own.sign, element
    for step in reversed(outer):
        others = at.itersiblings(preceding=True) if sign else at.iterancestors()
        reached = next((other for other in islice(others, _REACH[sign]) if step.holds(other)), None)
        if reached is None:
            return False
        sign, at = step.sign, reached
    return True


_REACH = {"": None, "~": _MOST_BESIDE, "+": 1}


def with_variables(text: str) -> str:
    """HTML with the values of custom properties in their places: `--c: white; color: var(--c)`. The first value counts."""
    if "var(" not in text:
        return text
    values: dict[str, str] = {}
    for name, value in _PROPERTY.findall(text):
        values.setdefault(name, value.strip())
    return str(_VARIABLE.sub(lambda match: values.get(match[1], match[2] or ""), text))


def _names(element: _Element) -> set[str]:
    names = {f".{name}" for name in element.get("class", "").split()}
    if name := element.get("id"):
        names.add(f"#{name}")
    return names
