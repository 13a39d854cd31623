"""A limit and the words of its sentence around it, and what they say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vnadmin.fields.directives.deadline.forms import limit_words, listed
from vnadmin.fields.directives.lexicon import lexicon
from vnadmin.text.pattern import pattern

_JOINS: Final = ("tham gia ", "tham dự ")
# Kinds that also stand where something is told
TELLS: Final = frozenset({"before", "until", "event", "period", "in", "point", "scheduled"})
# "cơ quan đã ra kết luận phải công khai trong thời hạn 5 ngày" tells of a duty
_DONE = pattern(
    r"(?<!\w)(?:(?:đã|vừa|từng) (?:(?! phải | thì | (?:nộp|gửi) về )[^,;:.]){0,60}|(?<!đổi )(?<!điều kiện )(?<!tình hình )(?<!giai đoạn )(?<!yêu cầu )mới (?!sáng tạo)(?:(?! phải | thì | về | tại )[^,;:.]){3,60})$"
)  # but "mô hình tổ chức mới" + "trước ngày 30/6/2026", "trong điều kiện mới"
_COUNTS_FOR = pattern(r"(?:thời hạn|thời gian|(?<!gia )hạn)[ :][^;.]*+$")
_OF: Final = " của "
_TIME_ITSELF = pattern(lambda: rf"(?<!\w)(?:{listed('time itself')}) $")


@dataclass(frozen=True, slots=True)
class Place:
    """A limit and the words of its sentence around it; names in capitals are masked, for they tell nothing of time."""

    kind: str
    text: str
    before: str
    after: str
    obliges: bool

    @property
    def opens(self) -> bool:
        """Whether the limit opens its sentence."""
        return not self.before.strip(" -*_")

    @property
    def clause(self) -> str:
        """The words before the limit in its own clause, or its label: `Thời gian thu: từ ngày ...`."""
        bare = self.before.removesuffix(": ")
        return bare[max(bare.rfind(mark) for mark in (", ", "; ", ": ")) + 1 :]

    def says(self, *kinds: str) -> bool:
        """Whether the clause before the limit holds a word of these kinds."""
        return limit_words(*kinds).search(self.clause) is not None

    @property
    def is_past(self) -> bool:
        """Whether the words before the limit tell what was done, and not what was done with the thing of a duty."""
        done = _DONE.search(self.before)
        return done is not None and not (
            self.kind not in TELLS and limit_words("duty").search(self.before, 0, done.start())
        )

    @property
    def orders(self) -> bool:
        """Whether a limit that opens its sentence stands before what somebody must do."""
        return self.opens and limit_words("duty", "deliver", "act").search(self.after) is not None

    @property
    def supposes(self) -> bool:
        """Whether what follows is what may not be done by then: `Sau 15 ngày ..., nếu không có ai đến nhận thì ...`."""
        return self.after.startswith((", nếu ", ", mà "))

    @property
    def dates_event(self) -> bool:
        """Whether the time is that of an event; in "đăng ký tham gia hội thi từ ngày ..." it is not."""
        tail = self.before[-80:]
        event = limit_words("event").search(tail)
        applies = self.says("collects") and event is not None and tail.endswith(_JOINS, 0, event.start())
        return event is not None and not applies

    @property
    def expected(self) -> bool:
        """Whether the time is but thought of; `danh sách nhân sự dự kiến của ngân hàng` tells of another thing."""
        tail = self.before[-40:].rpartition("(")[2]  # but "dự kiến ngày 5/12 (chậm nhất ngày 10/12)"
        found = limit_words("expected").search(tail)
        if found is None or not tail.startswith(_OF, found.end()):
            return found is not None
        return _TIME_ITSELF.search(tail[: found.start()]) is not None

    @property
    def moved(self) -> bool:
        """Whether the words after the time put another in its place: `từ kỳ họp thứ 7 sang kỳ họp thứ 8`."""
        return " sang " in self.after.partition(";")[0]

    @property
    def of_thing(self) -> bool:
        """Whether its sentence says of a thing or a paper what is done with it, and tells nobody to act."""
        words, before = lexicon(), self.before
        opening = words.no_subject.at(before, 0, len(before))
        thing = opening and opening not in words.plural and opening not in words.listed
        of_case = words.openers.at(before, 0, len(before))
        return bool(thing) and not of_case and not self.obliges and not self.named

    @property
    def earns(self) -> bool:
        """Whether who does something by then gets something for it: `Sinh viên nộp chứng chỉ trước ngày 10/10 được miễn học`."""
        return self.kind == "before" and self.obliges and self.says("deliver") and self.after.startswith(" được ")

    @property
    def lives(self) -> bool:
        """Whether the time is the life of a right or a paper, and not of what is handed over behind a comma."""
        where = self.before if not self.says("deliver") else self.clause
        return limit_words("life").search(where) is not None

    @property
    def named(self) -> bool:
        """Whether its clause says that a time limit follows: `Thời hạn: trong năm 2024`."""
        return _COUNTS_FOR.search(self.before) is not None
