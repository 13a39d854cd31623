"""Selectors of CSS: which elements a rule holds for, by tags, names, attributes and places among siblings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import regex

from vnadmin.errors import LimitExceeded
from vnadmin.text.pattern import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_ONE = pattern(r"(?:[^,()\[\]]++|\((?:[^()]++|\([^()]*+\))*+\)|\[[^\[\]]*+\])++")  # of a list, commas in brackets in it
_PART = pattern(
    r"(?P<gap>\s{0,9}+)(?:(?P<sign>[>+~&])|(?P<name>[.#][\w-]{1,60}+)|(?P<tag>\*|[a-z][a-z0-9-]{0,23}+)"
    r"|\[\s{0,3}(?P<key>[\w-]{1,40})\s{0,3}(?:(?P<how>[~|^$*]?=)\s{0,3}(?P<value>\"[^\"]{0,80}\"|'[^']{0,80}'|[\w-]{1,60})\s{0,3}[is]?\s{0,3})?\]"
    r"|:(?P<place>[a-z-]{2,24}+)(?:\((?P<inside>(?:[^()]++|\([^()]{0,40}+\)){0,8}+)\))?)",
    regex.IGNORECASE,
)
_FORMULA = pattern(r"([+-]?\d{0,4})n(?:\s?([+-])\s?(\d{1,4}))?|([+-]?\d{1,5})")
_MOMENTARY = pattern(
    r":(?:hover|focus|active|visited|target|checked|disabled|enabled|invalid|valid|required|optional|read-|placeholder|autofill|indeterminate"
    r"|before|after|-moz-|-webkit-|-ms-|-o-|:marker|:selection|:backdrop|:placeholder|:file-|:cue|:part|:slotted|host|fullscreen|modal)"
    r"|^(?:from|to|\d{1,3}(?:\.\d{1,3})?%)$",
    regex.IGNORECASE,
)
_FIRST = {"first": "nth", "last": "nth-last"}
_MOST_STEPS, _MOST_PARTS, _DEEPEST = 5, 24, 3
_MOST_BESIDE = 200  # elements beside one, or in it, that are looked at

_MOST_LOOKS = 3_000_000  # some seconds; the largest page of the national database takes a tenth

Test: TypeAlias = "Callable[[_Element], bool]"


class Looks:
    """How many more elements the rules of one sheet may look at, around those for which they are asked."""

    def __init__(self, most: int = _MOST_LOOKS) -> None:
        self._left = most

    def over(self, elements: Iterable[_Element]) -> Iterator[_Element]:
        """The elements, one look each.

        Raises:
            LimitExceeded: none is left, as in a sheet that was made to take long.
        """
        for element in elements:
            self._left -= 1
            if self._left < 0:
                raise LimitExceeded("The rules of the page's style sheet look at too many elements.")
            yield element


class Step(NamedTuple):
    """One part of a selector: a tag, names of classes (`.a`) and of the element itself (`#a`), and what else is asked.

    sign: how it follows the part before: `+` next to it, `~` somewhere behind it, else inside.
    """

    tag: str = ""
    names: frozenset[str] = frozenset()
    tests: tuple[Test, ...] = ()
    sign: str = ""

    def holds(self, element: _Element) -> bool:
        """Whether an element is what this part asks for."""
        return (
            (not self.tag or self.tag == element.tag)
            and (not self.names or self.names <= _names(element))
            and all(test(element) for test in self.tests)
        )


def read_selectors(text: str, looks: Looks, depth: int = 0) -> tuple[list[tuple[Step, ...]], list[str]]:
    """The selectors of a list, the element's own part last, and those that are not understood.

    Those that hold for a moment (`:hover`) or for what is no text of the page (`::placeholder`) are left out.
    """
    found: list[tuple[Step, ...]] = []
    unread: list[str] = []
    for selector in map(str.strip, _ONE.findall(text)):
        steps = _read(selector, looks, depth)
        if steps:
            found.append(steps)
        elif selector and not _MOMENTARY.search(selector):
            unread.append(selector)
    return found, unread


def holds(steps: tuple[Step, ...], element: _Element, looks: Looks) -> bool:
    """Whether an element and those around it are what a selector asks for."""
    *outer, own = steps
    if not own.holds(element):
        return False
    sign, at = own.sign, element
    for step in reversed(outer):
        others = at.itersiblings(preceding=True) if sign else at.iterancestors()
        reached = next((other for other in looks.over(islice(others, _REACH[sign])) if step.holds(other)), None)
        if reached is None:
            return False
        sign, at = step.sign, reached
    return True


_REACH = {"": None, "~": _MOST_BESIDE, "+": 1}


def _read(selector: str, looks: Looks, depth: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    sign, at, begins = "", 0, True
    for part in islice(_PART.finditer(selector), _MOST_PARTS):
        if part.start() != at:
            return ()
        at = part.end()
        if part["sign"]:
            sign, begins = (part["sign"] if part["sign"] in "+~" else ""), True
            continue
        if begins or part["gap"]:
            steps.append(Step(sign=sign))
            sign, begins = "", False
        step = steps[-1]
        if part["tag"]:
            steps[-1] = step._replace(tag=part["tag"].lower().strip("*"))
        elif part["name"]:
            steps[-1] = step._replace(names=step.names | {part["name"]})
        else:
            test = (
                _attribute_test(part)
                if part["key"]
                else _place_test(part["place"].lower(), part["inside"] or "", looks, depth)
            )
            if test is None:
                return ()
            steps[-1] = step._replace(tests=(*step.tests, test))
    return tuple(steps) if at == len(selector) and len(steps) <= _MOST_STEPS else ()


def _attribute_test(part: regex.Match[str]) -> Test:
    return partial(_has, part["key"].lower(), part["how"] or "", (part["value"] or "").strip("\"'"))


def _has(key: str, how: str, value: str, element: _Element) -> bool:
    said = element.get(key)
    if said is None or not how:
        return said is not None
    if how == "~=":
        return value in said.split()
    if how == "|=":
        return said == value or said.startswith(f"{value}-")
    if how == "=":
        return said == value
    return bool(value) and {"^=": said.startswith, "$=": said.endswith, "*=": said.__contains__}[how](value)


def _place_test(name: str, inside: str, looks: Looks, depth: int) -> Test | None:
    if name in ("is", "where", "not", "has", "matches", "any", "-webkit-any"):
        inner = read_selectors(inside, looks, depth + 1)[0] if depth < _DEEPEST else []
        if not inner:
            return None
        return partial({"not": _is_none, "has": _has_inside}.get(name, _is_one), inner, looks)
    if name in _SIMPLE:
        return _SIMPLE[name]
    which, _, kind = name.partition("-")
    if which == "only" and kind in ("child", "of-type"):
        first, last = (partial(_is_nth, 0, 1, kind == "of-type", end) for end in (False, True))
        return lambda element: first(element) and last(element)
    if which in _FIRST and kind in ("child", "of-type"):
        name, inside = f"{_FIRST[which]}-{kind}", "1"
    formula = _FORMULA.fullmatch({"odd": "2n+1", "even": "2n"}.get(inside.strip(), inside.strip()))
    if name not in ("nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type") or formula is None:
        return None
    if formula[4]:
        each, start = 0, int(formula[4])
    else:
        each = int(formula[1]) if formula[1].strip("+-") else int(f"{formula[1]}1")
        start = int(f"{formula[2]}{formula[3]}") if formula[3] else 0
    return partial(_is_nth, each, start, name.endswith("of-type"), "last" in name)


def _is_one(inner: list[tuple[Step, ...]], looks: Looks, element: _Element) -> bool:
    return any(holds(steps, element, looks) for steps in inner)


def _is_none(inner: list[tuple[Step, ...]], looks: Looks, element: _Element) -> bool:
    return not _is_one(inner, looks, element)


def _has_inside(inner: list[tuple[Step, ...]], looks: Looks, element: _Element) -> bool:
    return any(_is_one(inner, looks, other) for other in looks.over(islice(element.iterdescendants(), _MOST_BESIDE)))


def _is_root(element: _Element) -> bool:
    return element.getparent() is None


def _is_link(element: _Element) -> bool:
    return element.get("href") is not None


def _is_empty(element: _Element) -> bool:
    return not len(element) and not element.text


_SIMPLE: dict[str, Test] = {"root": _is_root, "link": _is_link, "any-link": _is_link, "empty": _is_empty}


def _is_nth(each: int, start: int, of_type: bool, from_end: bool, element: _Element) -> bool:
    beside = islice(element.itersiblings(preceding=not from_end), _MOST_BESIDE)
    beyond = 1 + sum(1 for other in beside if not of_type or other.tag == element.tag) - start
    return beyond == 0 if each == 0 else beyond % each == 0 and beyond // each >= 0


def _names(element: _Element) -> set[str]:
    names = {f".{name}" for name in element.get("class", "").split()}
    if name := element.get("id"):
        names.add(f"#{name}")
    return names
