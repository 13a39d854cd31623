"""The text of a document as blocks, in the zones of Akoma Ntoso, by where its values stand: every word in one block."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vnadmin.gazetteer import words_where
from vnadmin.genre.capitals import in_capitals
from vnadmin.genre.closing_line import opens_list
from vnadmin.model import AdminDocument, Directive
from vnadmin.text.fold import bare, fold

_PREFACE = (
    "/document_type", "/parent_agency", "/issuing_agency", "/number", "/place", "/issued_on", "/subject",
    "/addressees", "/urgency", "/secrecy", "/circulation",
)  # fmt: skip
_ENDS = ";.:,"


@dataclass(frozen=True, slots=True)
class Block:
    """One or more lines of the text that are one paragraph."""

    start: int
    end: int


@dataclass(slots=True)
class Node:
    """An item of the body: its number, and what stands in it in order."""

    marker: str
    number: Block
    heading: Block | None = None
    inside: list[Block | Node] = field(default_factory=list)


@dataclass(slots=True)
class Preamble:
    """Căn cứ, theo đề nghị, and the words that enact; `before` is the line of the issuing authority."""

    before: list[Block] = field(default_factory=list)
    grounds: list[Block] = field(default_factory=list)
    formula: Block | None = None


@dataclass(slots=True)
class Zones:
    """All blocks of the text, each in one zone."""

    preface: list[Block]
    preamble: Preamble
    body: list[Block | Node]
    conclusions: list[Block]
    attachments: list[tuple[int, list[Block]]]  # number of the appendix in the model, its blocks


def zones_of(document: AdminDocument) -> Zones:
    """Lay the text out by the evidence; where an item's place is not told, its words stand as plain paragraphs."""
    text = document.text
    nodes = _nodes(document)
    closing = _starts(document, ("/signatories", "/recipients"))
    body_end = max((end for _, end in _spans(document, ("/directives",))), default=0)
    opening = [start for start, _ in nodes] or [len(text)]
    grounds = [
        evidence[0].start
        for place, reference in enumerate(document.legal_references)
        if reference.relation in ("basis", "proposal")
        and (evidence := document.evidence.get(f"/legal_references/{place}/mentions/0"))
    ]
    first = min([*opening, *grounds, *closing])
    head = max((end for start, end in _spans(document, _PREFACE) if start < first), default=0)
    after = [start for start in closing if start >= max(body_end, head)] or [s for s in closing if s >= head]
    close = _line_start(text, min(after)) if after else len(text)
    close = _with_label(text, close, head)
    appendices = _appendices(document, close)
    last = appendices[0][0] if appendices else len(text)
    blocks = _blocks(document)

    def between(start: int, end: int) -> list[Block]:
        return [block for block in blocks if start <= block.start < end]

    top = _line_end(text, head) if head else 0
    middle = between(top, close)
    preamble, rest = _preamble(text, middle, min([*opening, close]))
    ends = [start for start, _ in appendices[1:]] + [len(text)]
    return Zones(
        preface=between(0, top),
        preamble=preamble,
        body=_body(document, rest, [(s, item) for s, item in nodes if top <= s < close]),
        conclusions=between(close, last),
        attachments=[(place, between(start, end)) for (start, place), end in zip(appendices, ends, strict=False)],
    )


def merged(spans: Iterable[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Spans joined where only white space parts them: a name on two lines is one name."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _blocks(document: AdminDocument) -> list[Block]:
    """Lines, joined where one value runs over them."""
    text = document.text
    joined = merged_values(document)
    found: list[Block] = []
    position, reach, seen = 0, 0, 0
    for line in text.splitlines(keepends=True):
        start, position = position, position + len(line)
        stripped = line.strip()
        if not stripped:
            continue
        begin = start + line.index(stripped[0])
        end = begin + len(stripped)
        if found and begin < reach:
            found[-1] = Block(found[-1].start, end)
        else:
            found.append(Block(begin, end))
        while seen < len(joined) and joined[seen][0] < end:
            reach = max(reach, joined[seen][1])
            seen += 1
    return found


def merged_values(document: AdminDocument) -> list[tuple[int, int]]:
    """Where one paragraph or name runs, sorted: what must not be cut at a line's end."""
    spans: list[tuple[int, int]] = []
    for pointer, evidence in document.evidence.items():
        last = pointer.rsplit("/", 1)[1]
        if pointer.startswith(("/subject", "/issuing_agency", "/parent_agency", "/addressees")) or (
            pointer.startswith("/directives") and (last == "text" or "/paragraphs/" in pointer)
        ):
            spans += merged(((e.start, e.end) for e in evidence), document.text)
        elif "/mentions/" in pointer or last in ("title", "label", "position", "name"):
            spans += [(e.start, e.end) for e in evidence]
    return sorted(spans)


def _nodes(document: AdminDocument) -> list[tuple[int, tuple[int, Directive, str]]]:
    """Items in the order of the tree with depth and pointer; none where they do not stand in that order."""
    found: list[tuple[int, tuple[int, Directive, str]]] = []

    def walk(items: Sequence[Directive], parent: str, depth: int) -> bool:
        for place, item in enumerate(items):
            pointer = f"{parent}/{place}"
            evidence = document.evidence.get(f"{pointer}/marker")
            if not evidence or (found and evidence[0].start <= found[-1][0]):
                return False
            found.append((evidence[0].start, (depth, item, pointer)))
            if not walk(item.children, f"{pointer}/children", depth + 1):
                return False
        return True

    return found if walk(document.directives, "/directives", 0) else []


def _body(
    document: AdminDocument, blocks: Sequence[Block], nodes: Sequence[tuple[int, tuple[int, Directive, str]]]
) -> list[Block | Node]:
    """Blocks under the item that they follow; an unnumbered paragraph under the item that it belongs to."""
    own: dict[int, int] = {}  # start of a paragraph: depth of its item
    for _, (depth, item, pointer) in nodes:
        for place in range(len(item.paragraphs)):
            for evidence in document.evidence.get(f"{pointer}/paragraphs/{place}", ()):
                own.setdefault(evidence.start, depth)
    starts = [start for start, _ in nodes]
    top: list[Block | Node] = []
    stack: list[tuple[int, Node]] = []

    def put(piece: Block | Node) -> None:
        (stack[-1][1].inside if stack else top).append(piece)

    for block in blocks:
        here = nodes[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        if not here or here[0][0] > block.start:
            level = own.get(block.start)
            while level is not None and stack and stack[-1][0] > level:
                stack.pop()
            put(Block(block.start, here[0][0]) if here else block)
        for number, (start, (depth, item, pointer)) in enumerate(here):
            end = here[number + 1][0] if number + 1 < len(here) else block.end
            while stack and stack[-1][0] >= depth:
                stack.pop()
            node = _node(document, item, pointer, start, end)
            put(node)
            stack.append((depth, node))
    return top


def _node(document: AdminDocument, item: Directive, pointer: str, start: int, end: int) -> Node:
    text = document.text
    evidence = document.evidence.get(f"{pointer}/text", ())
    begins = [e.start for e in evidence if start <= e.start < end]
    cut = begins[0] if begins else _after_marker(document, pointer, start, end)
    node = Node(item.marker, _trim(text, start, cut))
    if cut < end and text[cut:end].strip():
        node.inside.append(_trim(text, cut, end))
    return node


def _after_marker(document: AdminDocument, pointer: str, start: int, end: int) -> int:
    """Where the marker and its dot or bracket end."""
    stop = document.evidence[f"{pointer}/marker"][0].end
    while stop < end and document.text[stop] in ".):/ \t":
        stop += 1
    return max(start, min(stop, end))


def _preamble(text: str, blocks: Sequence[Block], end: int) -> tuple[Preamble, list[Block]]:
    """The grounds that open the text, with the authority's line before and the enacting words after them."""
    opens = words_where("preamble_words", "kind", "basis")
    enacts = words_where("preamble_words", "kind", "operative")
    found = Preamble()
    place = 0
    front = [block for block in blocks if block.start < end]
    while place < len(front) and _capitals(text, front[place]) and not _enacts(text, front[place], enacts):
        found.before.append(front[place])
        place += 1
    open_ended = False
    while place < len(front):
        block = front[place]
        words = fold(text[block.start : block.end])
        if _enacts(text, block, enacts):
            break
        if not (words.startswith(opens) and text[block.end - 1] in _ENDS) and not open_ended:
            break
        if open_ended:
            found.grounds[-1] = Block(found.grounds[-1].start, block.end)
        else:
            found.grounds.append(block)
        open_ended = text[block.end - 1] not in _ENDS
        place += 1
    if place < len(front) and _enacts(text, front[place], enacts):
        found.formula = front[place]
        place += 1
    if not found.grounds and found.formula is None:
        return Preamble(), list(blocks)
    return found, list(blocks)[place:]


def _enacts(text: str, block: Block, words: Sequence[str]) -> bool:
    line = text[block.start : block.end]
    return fold(line).rstrip(" :") in words and (in_capitals(line) or line.endswith(":"))


def _capitals(text: str, block: Block) -> bool:
    return in_capitals(text[block.start : block.end])


def _appendices(document: AdminDocument, close: int) -> list[tuple[int, int]]:
    """Where each appendix begins, and its number in the model."""
    found = []
    for place in range(len(document.appendices)):
        spans = _spans(document, (f"/appendices/{place}/label", f"/appendices/{place}/title"))
        if spans:
            found.append((_line_start(document.text, min(spans)[0]), place))
    return sorted({start: place for start, place in found if start > close}.items())


def _spans(document: AdminDocument, pointers: Sequence[str]) -> list[tuple[int, int]]:
    below = tuple(f"{pointer}/" for pointer in pointers)
    return [
        (e.start, e.end)
        for pointer, evidence in document.evidence.items()
        if pointer in pointers or pointer.startswith(below)
        for e in evidence
    ]


def _starts(document: AdminDocument, pointers: Sequence[str]) -> list[int]:
    return [start for start, _ in _spans(document, pointers)]


def _with_label(text: str, close: int, head: int) -> int:
    """`Nơi nhận:` stands on the line before the first recipient."""
    before = text.rfind("\n", 0, max(0, close - 1)) + 1
    return before if before > head and opens_list(bare(text[before:close])) else close


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    return len(text) if found < 0 else found


def _trim(text: str, start: int, end: int) -> Block:
    piece = text[start:end]
    return Block(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
