"""The zones of a document as types (names from Akoma Ntoso: preface, preamble, body, conclusions, attachments)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from vnadmin.genre.closing_line import Role
from vnadmin.layout.page import Line, Paragraph, SourceDocument, Span
from vnadmin.model import Grade
from vnadmin.outline import Item as OutlineItem
from vnadmin.zones.conclusions.items import Item

Placed = Mapping[int, str]
"""Which rule placed a line: index in `document.lines` to the rule's name (`head.number-label`, `title.same-weight`)."""


class BlockHead(NamedTuple):
    """What a title block says before its title; each part may run over a line end.

    Of a modern document only `kind` is there: issuer, number and date stand in the two columns above.
    """

    end: int  # offset after the last of them
    kind: Span  # the type's words, `LIÊN TỊCH` included
    issuer: Span | None = None
    number: Span | None = None
    date: Span | None = None


@dataclass(frozen=True, slots=True)
class Preface:
    """The header: from the top to the line before the body's first paragraph (NĐ 30/2020, Phụ lục I, ô 1-5, 9a, 10-11).

    A line stands in one of these at most. Stand-alone marks (KHẨN, MẬT, DỰ THẢO) are in `marks`.
    """

    agencies: tuple[Line, ...] = ()  # ô 2: parent and issuing agency
    number: tuple[Line, ...] = ()  # ô 3: "Số: 12/UBND-VX"
    letter_subject: tuple[Line, ...] = ()  # ô 5b: "V/v ..." of a letter
    motto: tuple[Line, ...] = ()  # ô 1, or ĐẢNG CỘNG SẢN VIỆT NAM
    place_date: tuple[Line, ...] = ()  # ô 4
    type_line: tuple[Line, ...] = ()  # ô 5a: QUYẾT ĐỊNH
    block: BlockHead | None = None  # what the type line and the lines under it say before the title
    title: tuple[Span, ...] = ()  # ô 5a: the subject, the rest of the type's own line included; one slice a line
    issued_with: tuple[Line, ...] = ()  # "(Ban hành kèm theo ...)" under the title; it stays in the body too
    address: tuple[Line, ...] = ()  # ô 9a: the Kính gửi block, label included
    authority: tuple[Line, ...] = ()  # the line between title and preamble: "ỦY BAN NHÂN DÂN TỈNH ...", "BỘ TRƯỞNG ..."
    marks: tuple[Line, ...] = ()  # ô 10-11 and draft marks
    end: int = 0  # index in document.lines of the first line after the preface
    placed: Placed = field(default_factory=dict)
    # component: rules that make it less than certain
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def grade_of(self, part: str) -> Grade:
        """Certain where every line of a component and around it was explained."""
        return Grade.LIKELY if self.doubts.get(part) else Grade.CERTAIN


class Conclusions(NamedTuple):
    """The end of the main document: Nơi nhận (ô 9b) and one block of lines for each signature (ô 7)."""

    recipients: tuple[Line, ...] = ()
    items: tuple[Item, ...] = ()  # what the lines of `recipients` list: wrapped lines joined, the label left out
    signatures: tuple[tuple[Line, ...], ...] = ()
    roles: tuple[tuple[Role, ...], ...] = ()  # what each line of `signatures` is
    start: int = 0  # index in document.lines of the first line of the conclusions
    end: int = 0  # index after their last line: what follows is attached or a copy block
    placed: tuple[tuple[int, str], ...] = ()  # index of a line, and the rule that took a piece of it: `item`


class Attachment(NamedTuple):
    """One thing that follows the main document: phụ lục, quy chế ban hành kèm theo, biểu mẫu, copy block."""

    label: tuple[Line, ...] = ()
    title: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    is_copy_block: bool = False  # SAO Y: its number, date and signer belong to the copy
    is_other_document: bool = False  # a document of its own in the same file, with its own header


@dataclass(frozen=True, slots=True)
class Zones:
    """A document cut into zones. Fields read these and never ask which format the document came in."""

    document: SourceDocument
    preface: Preface
    preamble: tuple[Paragraph, ...]  # Căn cứ ..., Xét đề nghị ..., the operative word (QUYẾT ĐỊNH:)
    body: tuple[Paragraph, ...]  # paragraphs of data tables included (their `cell` is set)
    conclusions: Conclusions
    attachments: tuple[Attachment, ...]
    outline: tuple[OutlineItem, ...] = ()  # the items of the body as a tree
