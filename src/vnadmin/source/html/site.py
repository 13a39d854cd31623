"""Tells a document from the site around it: navigation, link lists, comments and tool bars of a portal."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from vnadmin.genre.landmarks import holds_landmark
from vnadmin.genre.motto import printed_motto
from vnadmin.source.html.tags import is_furniture

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINERS = frozenset({"div", "ul", "ol", "table", "td", "section", "dl", "article", "header", "form"})
_FEW = 8  # links on a page; with fewer there is no navigation to look for
_MANY = 4  # links in a container, for it to be a list of links
_DENSE = 0.6  # of a container's text stands in its links: a menu. A paragraph of bases (Căn cứ) may come near a half
_SHARE = 0.4  # of the page's text; what holds more is the document
_LOOKS = 6_000_000  # characters that are looked into on one page in all: boxes in boxes hold the same text again
_SHOWN = 400  # characters of a piece of the site that are kept


class Site:
    """What of a page is the site's. `left_out` collects the text of what was."""

    def __init__(self, tree: _Element) -> None:
        self.left_out: list[str] = _taken_outline(tree)
        self._tree = tree
        self._length: int | None = None
        self._looks = _LOOKS
        self._lists: set[_Element] = set()
        if sum(1 for _ in islice(tree.iter("a"), _FEW)) == _FEW:
            self._lists = _link_lists(tree)

    def takes(self, element: _Element, tag: str, given: dict[str, str]) -> bool:
        """Whether an element with these attributes is the site's; if so, its text is kept apart."""
        if tag == "header" and not _holds_title(element):
            role = "banner"
        else:
            role = given.get("role", "")
        names = f"{given.get('class', '')} {given.get('id', '')}".strip()
        if not is_furniture(tag, names, role) and element not in self._lists:
            return False
        if self._looks < 0:
            return False
        text = _text(element)
        self._looks -= len(text)
        if self._is_document(text):
            return False
        if text:
            self.left_out.append(text[:_SHOWN])
        return True

    def _is_document(self, text: str) -> bool:
        if printed_motto(text) or holds_landmark(text):
            return True
        if self._length is None:
            self._length = len(_text(self._tree))
        return len(text) > _SHARE * self._length


def _holds_title(header: _Element) -> bool:
    """Whether a `<header>` is that of an article or a document, with its title, and not the site's with its menu."""
    if any(printed_motto(str(text)) for text in header.itertext()):
        return True
    return next(header.iter("h1", "h2"), None) is not None or any(
        above.tag in ("article", "main") for above in header.iterancestors()
    )


def _taken_outline(tree: _Element) -> list[str]:
    """Take out the list of headings that pdftohtml writes under the last page: `Document Outline`; its text."""
    taken: list[str] = []
    for anchor in list(tree.iter("a")) if tree.find(".//a[@name='outline']") is not None else ():
        heading = anchor.getnext() if anchor.get("name") == "outline" else None
        parent = anchor.getparent()
        if heading is None or parent is None or heading.tag != "h1" or _text(heading) != "Document Outline":
            continue
        following = heading.getnext()
        for element in (heading, following) if following is not None and following.tag == "ul" else (heading,):
            taken.append(_text(element)[:_SHOWN])
            parent.remove(element)
    return taken


def _link_lists(tree: _Element) -> set[_Element]:
    """The containers most of whose text stands in links, found in one walk from the leaves up."""
    lists: set[_Element] = set()
    measures: dict[_Element, tuple[int, int, int]] = {}  # characters, characters in links, links
    for element in reversed(list(tree.iter())):
        length, linked, count = len((element.text or "").strip()), 0, 0
        for child in element:
            inner = measures.pop(child, (0, 0, 0))
            length += inner[0] + len((child.tail or "").strip())
            linked += inner[1]
            count += inner[2]
        if element.tag == "a":
            linked, count = length, 1
        elif element.tag in _CONTAINERS and count >= _MANY and linked > _DENSE * length:
            lists.add(element)
        measures[element] = length, linked, count
    return lists


def _text(element: _Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
