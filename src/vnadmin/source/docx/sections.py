"""Sections of a .docx with their page headers and footers: running ones are furniture, one with a motto is the document's own header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, cast

from lxml.etree import XPath, _Element

from vnadmin.genre.motto import printed_motto
from vnadmin.layout.flow.raw import BLANK, RawLine
from vnadmin.layout.flow.running import SetAside
from vnadmin.layout.flow.tables.table import Block, flatten
from vnadmin.layout.page import Furniture
from vnadmin.source.docx.body import Walker
from vnadmin.source.docx.lists import Lists
from vnadmin.source.docx.names import MAIN, RELATION, W, first
from vnadmin.source.docx.package import Package, root
from vnadmin.source.docx.styles import Styles
from vnadmin.source.sight import Unseen

_SECTION: Final = W + "sectPr"
_WINDOW: Final = 40  # lines of a section that are searched for a motto before its page header is taken for its header


@dataclass(slots=True)
class Section:
    """The elements of a section, and the relations of the page headers that it names, the first page's first."""

    elements: list[_Element] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)


def split_sections(body: _Element) -> list[Section]:
    """The body cut after each paragraph that ends a section."""
    last = set(cast("list[_Element]", _last_paragraphs()(body)))
    sections = [Section()]
    for element in body:
        if element.tag == _SECTION:
            sections[-1].headers = _header_ids(element)
            continue
        sections[-1].elements.append(element)
        settings = first(element, ("pPr", "sectPr")) if element in last else None
        if settings is not None:
            sections[-1].headers = _header_ids(settings)
            sections.append(Section())
    return sections


@cache
def _last_paragraphs() -> XPath:
    """Finds the paragraphs that end a section; they bear its settings."""
    return XPath("w:p[w:pPr/w:sectPr]", namespaces={"w": MAIN})


def _header_ids(settings: _Element) -> list[str]:
    found = settings.findall(W + "headerReference")
    found.sort(key=lambda reference: reference.get(W + "type") != "first")
    return [reference.get(RELATION + "id", "") for reference in found]


class PageHeaders:
    """The page headers and footers of a document."""

    def __init__(self, package: Package, styles: Styles, deepest: int) -> None:
        self._styles = styles
        self._deepest = deepest
        self._parts: dict[str, list[Block]] = {}
        self._names: dict[str, str] = {}
        self._used: set[str] = set()
        self.unseen = Unseen()
        for identity, part in package.related("header", "footer"):
            self._names[identity] = part.partname
            if part.partname not in self._parts:
                self._parts[part.partname] = self.read(root(part))

    def read(self, tree: Iterable[_Element]) -> list[Block]:
        """The blocks of a part beside the body, such as a page header or a footnote."""
        walker = Walker(self._styles, Lists, self._deepest, count_breaks=False)
        walker.unseen = self.unseen
        return walker.blocks(tree)

    def header_of(self, section: Section, blocks: Sequence[Block], page: int) -> list[Block]:
        """The page header of a section, where it is the document's own header: some offices set it there."""
        for identity in section.headers:
            name = self._names.get(identity, "")
            header = self._parts.get(name)
            if header and name not in self._used and _has_motto(flatten(header)):
                if _has_motto(flatten(blocks)[:_WINDOW]):
                    return []
                self._used.add(name)
                return [*(_on_page(block, page) for block in header), BLANK]
        return []

    def furniture(self) -> list[SetAside]:
        """What the page headers and footers hold otherwise, each line once."""
        found: dict[str, SetAside] = {}
        for name, header in self._parts.items():
            for line in flatten(header) if name not in self._used else ():
                text = " ".join(line.text.split())
                is_number = text.strip("-–— ").isdigit()
                kind = Furniture.PAGE_NUMBER if is_number else Furniture.RUNNING_HEAD
                if text:
                    found.setdefault("" if is_number else text, SetAside(text, kind, 1))
        return list(found.values())


def _has_motto(lines: Iterable[RawLine]) -> bool:
    return any(printed_motto(line.text) for line in lines)


def _on_page(block: Block, page: int) -> Block:
    if isinstance(block, RawLine):
        return block._replace(page=page)
    for row in block.rows:
        for cell in row:
            cell.content = [_on_page(inner, page) for inner in cell.content]
    return block
