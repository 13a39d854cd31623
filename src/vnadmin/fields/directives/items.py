"""Directives: the numbered, lettered and bulleted items of the body as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from vnadmin.fields.directives.assignees import AssigneeReader, Setting
from vnadmin.fields.directives.bodies import starts_body
from vnadmin.fields.directives.deadline.reader import FoundDeadline, date_of_issue, read_deadline
from vnadmin.fields.directives.duty import Duty
from vnadmin.fields.directives.names import Names
from vnadmin.fields.directives.signs import read_signs
from vnadmin.fields.directives.subjects import SubjectReader
from vnadmin.found import Found, quote
from vnadmin.gazetteer import words_where
from vnadmin.genre.landmarks import heads_grounds
from vnadmin.genre.marker import MarkerKind
from vnadmin.layout.page import SourceDocument, Span
from vnadmin.model import PartialDate
from vnadmin.outline import Item, own_paragraphs, text_spans
from vnadmin.text.fold import fold
from vnadmin.text.pattern import pattern
from vnadmin.zones.zone import Zones


@dataclass(frozen=True, slots=True)
class FoundDirective:
    """Leaves of model.Directive."""

    marker: Found[str]
    text: Found[str]
    paragraphs: tuple[Found[str], ...]
    assignees: tuple[Found[str], ...]
    deadline: FoundDeadline | None
    children: tuple[FoundDirective, ...]


def read_directives(zones: Zones) -> Iterator[FoundDirective]:
    """The items of the body, top level first to last; children stand inside their parents."""
    document = zones.document
    items = zones.outline
    if not items:
        return
    kind = _kind(zones)
    issuer = " ".join([document.folded[line.start : line.end] for line in zones.preface.agencies])
    subjects = SubjectReader(
        document, Duty(document, kind == "proposes", issuer, minutes=kind == "minutes"), Names(document)
    )
    signs = read_signs(document, items[0].marker.start, zones.body[-1].end)
    reader = _Reader(
        document,
        date_of_issue(document, zones.preface),
        kind == "reports",
        "địa điểm" in document.folded,
        AssigneeReader(document, subjects, signs),
        None if zones.preface.type_line else zones.body[-1].end,
    )
    placed, seats = reader.tells_where(items), False
    for number, item in enumerate(items):
        seats = reader.lists_seats(items, number, seats)
        yield reader.directive(item, placed, seated=seats)


def _kind(zones: Zones) -> str:
    """A báo cáo tells what was done and obliges nobody; a tờ trình or phiếu trình tells what its writer proposes, a biên bản who said what."""
    for line in zones.preface.type_line:
        bare = zones.document.bare_of(line)
        if bare.startswith("bao cao"):
            return "reports"
        if bare.startswith(("to trinh", "phieu trinh")):
            return "proposes"
        if bare.startswith("bien ban"):
            return "minutes"
    return "orders"


# A report asks for something too: "2. Đề nghị Sở Y tế cấp bổ sung vắc xin trước ngày 15/01/2020"
_REQUESTS = pattern(r"(?:kính )?(?:đề nghị|kiến nghị|yêu cầu) ")


# "Nhiệm vụ, quyền hạn của Ban Chỉ đạo", "có quyền:": of what stands below, "Yêu cầu các bộ ..." is a power
_POWERS = pattern(r"quyền hạn|có(?<!\wcó) quyền(?:[^.;]{0,40}:)?$|quyền của ")
# "Thuế quy định tại Điều này không áp dụng đối với:" over those who are meant
# "... không được tham gia Hội đồng trong các trường hợp sau:" over the cases
_APPLIES = pattern(
    r"(?:thuộc|trong|nếu có) (?:một trong )?(?:các|những) trường hợp sau(?: đây)? ?:?$|áp dụng (?:đối với|cho)(?: (?:các )?(?:đối tượng|trường hợp|tổ chức|cá nhân)(?: sau(?: đây)?)?)? ?:?$"
)
# "Cơ quan được giao đón tiếp người có uy tín, gồm:" over who they are; "Nhiệm vụ của Ban gồm:" over tasks
_CONSISTS = pattern(r"(?:(?:các )?(?:cơ quan|đơn vị|tổ chức|cá nhân|đối tượng)|người) [^.;:]{0,200}(?:,| bao) ?gồm ?:$")
# "Đại biểu Hội đồng nhân dân giám sát ..." is a title of duties, "Đại biểu tham dự" a list of who attends
_OF_BODY = pattern(r"đại biểu (?:hội đồng|hđnd|quốc hội)(?!\w)")

# Not "Thời gian nộp hồ sơ: từ ngày 1/8 đến ngày 30/8"
_TIME_OF_EVENT = pattern(r"thời gian(?: (?:tổ chức|diễn ra|tập huấn|học|họp|thi))? ?:")
# Not "Địa điểm nộp hồ sơ: Phòng Nội vụ"
_PLACE_OF_EVENT = pattern(r"địa điểm(?! (?:nộp|nhận|tiếp nhận|thu|gửi|đăng ký)(?!\w))")


_LETTER_ENDS: Final = "./."
_TITLE_WORDS: Final = 8


@cache
def _words(table: str, kind: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words_where(table, "kind", kind))


def _heads_seats(opens: str) -> bool:
    return opens.startswith(_words("roster_words", "heading")) and not _OF_BODY.match(opens)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one item after another of one document."""

    document: SourceDocument
    issued: PartialDate | None
    reports: bool
    places: bool  # whether a place is named anywhere
    assignees: AssigneeReader
    letter_end: int | None  # where the body of a letter ends

    def directive(
        self, item: Item, placed: bool, defines: bool = False, empowers: bool = False, *, seated: bool = False
    ) -> FoundDirective:
        """One item with its children; an item above it lists who or what is meant (`defines`), or powers of an office.

        `placed`: an item of its list tells where something takes place. `seated`: its list, but not its children, tells who attends.
        """
        document, marker = self.document, item.marker
        rule = f"directives.{marker.kind}"
        spans, further = text_spans(item)
        # A Chương without a title: its evidence is the marker, for an empty slice shows a reader nothing.
        text = quote(document, spans, rule) if spans else Found("", (Span(marker.start, marker.end),), rule)
        tells = self.reports and not (spans and _REQUESTS.match(document.folded, spans[0].start))
        opens = document.folded[spans[0].start : spans[-1].end] if spans else ""
        paragraphs = spans if len(spans) == 1 and not (further or item.quoted) else own_paragraphs(item)
        paragraphs = paragraphs[:-1] if self._closes_letter(paragraphs) else paragraphs
        titled = marker.kind in (MarkerKind.HEADING, MarkerKind.ROMAN)
        defines = defines and not titled  # a Điều says itself what it is about: under "Chương II. TIÊU CHÍ, NHIỆM VỤ"
        empowers = empowers or ("quyền" in opens and _POWERS.search(opens) is not None)
        heads = titled and opens.startswith(_words("outline_marks", "define"))
        seats, under = False, self._items_under(item, opens) if item.children else ()
        if item.children:
            heads = heads or _APPLIES.search(opens) is not None or self._lists_members(item, opens)
            seats = _heads_seats(opens) or opens.strip(" :.") in _words("roster_words", "role")
        scope, defines = heads and not defines, defines or heads or seats
        setting = Setting(item, marker.kind is MarkerKind.HEADING, scope, defines or seated, empowers)
        assignees = () if tells else self.assignees.read(paragraphs, setting)
        where = self.tells_where(under)
        return FoundDirective(
            quote(document, Span(marker.start, marker.end), rule),
            text,
            tuple([quote(document, span, rule) for span in further]),
            assignees,
            None
            if tells or defines or seated
            else read_deadline(
                document,
                paragraphs,
                self.issued,
                self.assignees.signs.limits,
                opens,
                obliges=bool(assignees),
                of_event=placed and _TIME_OF_EVENT.match(opens) is not None,
            ),
            tuple([self.directive(child, where, defines, empowers) for child in under]),
        )

    def _closes_letter(self, paragraphs: Sequence[Span]) -> bool:
        """Whether the last paragraph of an item closes its letter and speaks to all: `Đề nghị các đơn vị triển khai thực hiện./.` (GUIDE).

        A title goes on in its paragraphs, a whole sentence does not.
        """
        text = self.document.text
        if len(paragraphs) < 2 or self.letter_end is None or paragraphs[-1].end < self.letter_end:
            return False
        first = text[paragraphs[0].start : paragraphs[0].end].rstrip()
        whole = first.endswith((".", ";")) and len(first.split()) > _TITLE_WORDS
        return whole and text[paragraphs[-1].start : paragraphs[-1].end].rstrip().endswith(_LETTER_ENDS)

    def lists_seats(self, items: Sequence[Item], number: int, seats: bool) -> bool:
        """Whether an item of the top level is one of who attends: under `Thành phần tham dự:`, and no other line since.

        `seats`: the item before it is.
        """
        if number and not text_spans(items[number - 1])[1]:
            return seats
        above = items[number].lines[0].index - 1
        opens = self.document.folded_of(self.document.lines[above]) if above >= 0 else ""
        return opens.endswith(":") and _heads_seats(opens)

    def _lists_members(self, item: Item, opens: str) -> bool:
        """Whether an item says of whom a kind of body consists, and each below it names some."""
        spans = [text_spans(child)[0] for child in item.children]
        return _CONSISTS.match(opens) is not None and all(
            own and starts_body(self.document, own[0].start, own[-1].end) for own in spans
        )

    def tells_where(self, items: Sequence[Item]) -> bool:
        """Whether one of a list says `Địa điểm: ...`: the `Thời gian: ...` beside it is that of an event."""
        return self.places and any(_PLACE_OF_EVENT.match(self.document.folded, item.marker.content) for item in items)

    def _items_under(self, item: Item, opens: str) -> Sequence[Item]:
        """The items under one; `- Căn cứ Luật ...;` under `I. CĂN CỨ PHÁP LÝ` is a line of a preamble and none."""
        article = item.marker.kind is MarkerKind.HEADING  # "Điều 2. Căn cứ xác định giá đất"
        if article or not heads_grounds(" ".join(opens.split())):
            return item.children
        return [child for child in item.children if not self._is_ground(child)]

    def _is_ground(self, item: Item) -> bool:
        """`- Căn cứ Luật ...;`, no `a) Căn cứ nhu cầu công việc` of a rule, no `1. Căn cứ thực tiễn` over its own items."""
        other = item.marker.kind is MarkerKind.LETTER or bool(item.children)
        return not other and self.document.folded.startswith("căn cứ", item.marker.content)
