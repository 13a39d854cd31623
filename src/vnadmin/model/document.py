"""AdminDocument: the fields of a Vietnamese administrative document (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from pydantic import Field

from vnadmin.model.dates import PartialDate
from vnadmin.model.evidence import Evidence, Frozen, Issue
from vnadmin.model.shown import as_html, in_one_line

Relation = Literal["amends", "repeals", "proposal", "basis", "replies_to", "implements", "issued_with", "cites"]
PARTNER: Final = "assignees.partner"  # the rule in the evidence of an assignee that helps another one


class DocumentType(Frozen):
    """Loại văn bản (NĐ 30/2020, Điều 7 and Phụ lục III)."""

    code: str | None = Field(description="Code of the type, such as `QĐ`, `CV`; null for a type outside the table.")
    name: str = Field(description="Name of the type, such as `Quyết định`; the type line as printed outside the table.")


class DocumentNumber(Frozen):
    """Số, ký hiệu của văn bản (NĐ 30/2020, Phụ lục I, II.3)."""

    text: str = Field(description="All after `Số:`, without white space: `09/2017/NĐ-CP`, `/UBND-VX` when left blank.")
    sequence: str | None = Field(default=None, description="The number itself: `09`, `30c`, `66.15`; null when blank.")
    year: int | None = Field(default=None, description="The year inside a normative number.")
    notation: str | None = Field(default=None, description="Ký hiệu: `NĐ-CP`, `UBND-VX`.")


class Recipient(Frozen):
    """One entry of Nơi nhận (NĐ 30/2020, Phụ lục I, II.9b)."""

    name: str
    purpose: str | None = Field(default=None, description="What stands in brackets as a reason: `để báo cáo`.")


class Filing(Frozen):
    """The filing entry, `Lưu: VT, TH (02b)`, taken apart."""

    units: list[str] = Field(default_factory=list, description="Units that keep a copy: `VT`, `TH`.")
    copies: int | None = Field(default=None, description="Number of copies, where printed.")
    drafter: str | None = Field(default=None, description="Sign of the drafter, where printed.")


class Signatory(Frozen):
    """One signature block (NĐ 30/2020, Phụ lục I, II.7)."""

    name: str | None = Field(default=None, description="Họ và tên as printed; null where only the post is printed.")
    position: str | None = Field(default=None, description="The signer's own post: the last line above the name.")
    authority: list[str] = Field(
        default_factory=list, description="Quyền hạn ký, top first: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`."
    )


class Deadline(Frozen):
    """Thời hạn: as printed, and as a date where the document itself settles it."""

    text: str
    date: PartialDate | None = None


class Directive(Frozen):
    """One numbered, lettered or bulleted item of the body, with its children in order."""

    marker: str = Field(description="As printed without `.` or `)`: `I`, `1.1`, `a`, `Điều 1`, `-`.")
    text: str = Field(description="The paragraph that the marker opens; of a Chương or Điều its title.")
    paragraphs: list[str] = Field(default_factory=list, description="Unnumbered paragraphs that belong to the item.")
    assignees: list[str] = Field(default_factory=list, description="Bodies that this item tells to act, as printed.")
    deadline: Deadline | None = None
    children: list[Directive] = Field(default_factory=list)


class Responsible(NamedTuple):
    """Who does an item: those that lead (or do it alone) and those that help them."""

    leads: list[str]
    partners: list[str]


class Assignment(Frozen):
    """One row of an assignment table (bảng phân công nhiệm vụ) of a plan."""

    task: str
    lead: str | None = Field(default=None, description="Cơ quan chủ trì.")
    partners: list[str] = Field(default_factory=list, description="Cơ quan phối hợp.")
    deadline: Deadline | None = None


class Provision(Frozen):
    """A place inside an instrument: điểm, khoản, Điều, Mục, Chương, Phần, Phụ lục."""

    text: str = Field(description="The pinpoint as printed.")
    point: str | None = None
    clause: str | None = None
    article: str | None = None
    section: str | None = None
    chapter: str | None = None
    part: str | None = None
    appendix: str | None = None


class LegalReference(Frozen):
    """One instrument that the document refers to (văn bản viện dẫn); each instrument stands once."""

    type: str | None = Field(description="As printed: `Nghị định`, `Luật`, `Công văn`.")
    number: str | None = Field(default=None, description="Without white space; null for `Luật Đất đai năm 2013`.")
    issued_on: PartialDate | None = None
    issuer: str | None = None
    title: str | None = None
    relation: Relation = Field(default="cites", description="What the document does with the instrument.")
    provisions: list[Provision] = Field(default_factory=list)
    mentions: list[str] = Field(default_factory=list, description="Each mention as printed, in order.")


class Appendix(Frozen):
    """What follows the main document: a phụ lục, an attached regulation, a form."""

    label: str | None = Field(default=None, description="`Phụ lục I`; null where an attachment has only a title.")
    title: str | None = None
    legal_references: list[LegalReference] = Field(default_factory=list)


class Arrival(Frozen):
    """Dấu "ĐẾN" of the office that received the document (NĐ 30/2020, Phụ lục IV): its registry's number and day."""

    number: str | None = Field(default=None, description="Số đến, where legible.")
    date: PartialDate | None = Field(default=None, description="Ngày đến, where legible.")


class PageInfo(Frozen):
    """One page of the source and how its text was read."""

    number: int
    width: float | None = Field(default=None, description="Points; null for formats without pages.")
    height: float | None = None
    method: Literal["markup", "text_layer", "ocr", "none"] = "markup"


class SourceInfo(Frozen):
    """The file that was read."""

    sha256: str
    media_type: str
    pages: list[PageInfo] = Field(default_factory=list)


class AdminDocument(Frozen):
    """A Vietnamese administrative document (văn bản hành chính) as data.

    Values are plain; `evidence` says for each where it stands, keyed by JSON Pointer. A value that is not
    printed is null or empty, with an Issue where its absence is worth knowing.
    """

    schema_version: Literal["1"] = "1"
    document_type: DocumentType | None = None
    parent_agency: str | None = Field(default=None, description="Cơ quan chủ quản trực tiếp, as printed.")
    issuing_agency: str | None = Field(default=None, description="Cơ quan ban hành, as printed.")
    number: DocumentNumber | None = None
    place: str | None = Field(default=None, description="Địa danh.")
    issued_on: PartialDate | None = Field(default=None, description="Thời gian ban hành, at the precision printed.")
    subject: str | None = Field(default=None, description="Trích yếu nội dung, without `V/v`, `Về việc`.")
    addressees: list[str] = Field(default_factory=list, description="Kính gửi.")
    recipients: list[Recipient] = Field(default_factory=list, description="Nơi nhận, the filing entry included.")
    filing: Filing | None = None
    directives: list[Directive] = Field(default_factory=list)
    assignments: list[Assignment] = Field(default_factory=list)
    legal_references: list[LegalReference] = Field(default_factory=list)
    signatories: list[Signatory] = Field(default_factory=list)
    urgency: str | None = Field(default=None, description="Khẩn, Thượng khẩn, Hỏa tốc.")
    secrecy: str | None = Field(default=None, description="Mật, Tối mật, Tuyệt mật.")
    circulation: str | None = Field(default=None, description="Lưu hành nội bộ, Xem xong trả lại.")
    arrival: Arrival | None = Field(default=None, description="Dấu ĐẾN, never mixed with the document's own number.")
    appendices: list[Appendix] = Field(default_factory=list)
    evidence: dict[str, list[Evidence]] = Field(default_factory=dict)
    issues: list[Issue] = Field(default_factory=list)
    text: str = ""
    source: SourceInfo

    def __repr__(self) -> str:
        return in_one_line(self)

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return as_html(self)

    def walk(self) -> Iterator[tuple[str, Directive]]:
        """Every item of `directives`, children after their parent, each with its JSON Pointer.

        The pointer leads to its evidence: `document.evidence_of(pointer)`.
        """
        stack = [(f"/directives/{i}", item) for i, item in enumerate(self.directives)][::-1]
        while stack:
            pointer, item = stack.pop()
            yield pointer, item
            stack += [(f"{pointer}/children/{i}", child) for i, child in enumerate(item.children)][::-1]

    def responsible(self, pointer: str) -> Responsible:
        """Who leads and who helps in an item of `walk`: whom it names itself, else whom the item above it names.

        An item that names only partners (`Phối hợp với Sở B ...`) is led by whom the item above it names. `leads` is
        empty where no item up to the top names anybody who leads.

        What helps is known by its evidence: a name that a person corrected leads.

        Raises:
            KeyError: no item stands at this pointer.
            ValueError: the document was given without evidence, so that nobody can tell.
        """
        told, items, at = Responsible([], []), self.directives, ""
        for step in pointer.removeprefix("/directives/").split("/children/"):
            if not step.isdecimal() or int(step) >= len(items):
                raise KeyError(f"No item of `directives` stands at {pointer!r}: give a pointer of `walk()`.")
            item, at = items[int(step)], f"{at}/children/{step}" if at else f"/directives/{step}"
            leads: list[str] = []
            partners: list[str] = []
            for i, name in enumerate(item.assignees):
                (partners if self._helps(f"{at}/assignees/{i}", name) else leads).append(name)
            if item.assignees and not self.evidence:
                raise ValueError("Who leads and who helps is told by evidence, which this document lacks.")
            if item.assignees:
                told = Responsible(leads or told.leads, partners)
            items = item.children
        return told

    def _helps(self, pointer: str, name: str) -> bool:
        """Whether evidence of this very name says that it is a partner's."""
        entries = self.evidence.get(pointer, [])
        printed = " ".join(entry.quote for entry in entries)
        return any(entry.rule == PARTNER for entry in entries) and printed.split() == name.split()

    def evidence_of(self, value: object) -> list[Evidence]:
        """Where a value stands: that of the pointer itself, else that of its parts, each stretch of the text once.

        Of a stretch within another one (the notation within the number) the longer is given. Empty where there is none.

        Args:
            value: a JSON Pointer such as `/issued_on`, or a value of this document: `document.subject`,
                `document.recipients[0]`.
        """
        if value is None:
            return []
        pointer = value if isinstance(value, str) and value.startswith("/") else self._pointer_of(value)
        if pointer is None:
            return []
        if pointer in self.evidence:
            return list(self.evidence[pointer])
        parts = [entry for key, entries in self.evidence.items() if key.startswith(f"{pointer}/") for entry in entries]
        kept: list[Evidence] = []
        for entry in sorted(parts, key=lambda entry: (entry.start, -entry.end)):
            if not kept or entry.end > kept[-1].end:
                kept.append(entry)
        return kept

    def _pointer_of(self, value: object) -> str | None:
        """The pointer of a value of this document: the very same object, else the first that is equal."""
        equal = None
        for pointer, found in _parts(self, ""):
            if found is value:
                return pointer
            if equal is None and isinstance(found, str) and found == value:
                equal = pointer
        return equal


def _parts(value: object, pointer: str) -> Iterator[tuple[str, object]]:
    """Every value of a model with its pointer, evidence and text left out."""
    if isinstance(value, AdminDocument):
        inner = [(name, part) for name, part in value if name not in ("evidence", "issues", "text", "source")]
    elif isinstance(value, Frozen):
        inner = list(value)
    elif isinstance(value, list):
        inner = [(str(i), part) for i, part in enumerate(value)]
    else:
        return
    for name, part in inner:
        yield f"{pointer}/{name}", part
        yield from _parts(part, f"{pointer}/{name}")
