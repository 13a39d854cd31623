"""ExportRefused: an export that would need a made-up value, with the list of what is missing or does not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vnadmin.errors import VnadminError
from vnadmin.gazetteer import rows

LEFT_OUT: Final = "chua-xuat-duoc.txt"  # beside what was written: what was not, and why


class Fault(StrEnum):
    """What is wrong with an element."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_IN_LIST = "not_in_list"
    BAD_FORM = "bad_form"
    INCOMPLETE = "incomplete"


_EN = {
    Fault.MISSING: "has no value",
    Fault.TOO_LONG: "is too long",
    Fault.NOT_IN_LIST: "is not in the code list",
    Fault.BAD_FORM: "is not of the form that the standard asks for",
    Fault.INCOMPLETE: "is known only in part",
}
_TABLES: Final = ("ead_elements", "akn_elements", "edxml_elements")
_VI = {
    Fault.MISSING: "chưa có giá trị",
    Fault.TOO_LONG: "quá dài",
    Fault.NOT_IN_LIST: "không có trong danh mục mã",
    Fault.BAD_FORM: "không đúng khuôn dạng của tiêu chuẩn",
    Fault.INCOMPLETE: "chỉ biết một phần",
}
_PLACE: Final = re.compile(r"\[\d+\]")  # which of several: `doc[2]/mode`


def summary(refused: Iterable[tuple[str, Problem]], language: str) -> list[tuple[int, str]]:
    """How many documents lack what, the most frequent first; of (document, problem)."""
    counted = Counter(told for _, told in dict.fromkeys((name, problem.named(language)) for name, problem in refused))
    return [(number, told) for told, number in counted.most_common()]


def called(element: str, language: str) -> str:
    """What people call an element: by what of the profile fills it, else by the field of the document."""
    known = {row["name"]: row[language] for row in rows("export_names")}
    fields = {row["field"]: row[language] for row in rows("field_names")}
    plain = _PLACE.sub("", element)
    filled = next((row["field"] for t in _TABLES for row in rows(t) if row["element"] == plain), "")
    places = filled.split(", ")
    told = [known[place] for place in (plain, plain.rpartition("/")[0], *places) if place in known]
    return ", ".join(dict.fromkeys(told)) or fields.get(re.split(r"[. ]", places[0])[0], element)


@dataclass(frozen=True, slots=True)
class Problem:
    """One element that cannot be filled. `detail` never holds text of the document."""

    element: str
    fault: Fault
    detail: str = ""
    remedy: str = ""

    @property
    def en(self) -> str:
        """One line for people, in English."""
        return self._line(_EN[self.fault])

    @property
    def vi(self) -> str:
        """One line for people, in Vietnamese."""
        return self._line(_VI[self.fault])

    def named(self, language: str) -> str:
        """For people of one language, without the names of the standard."""
        return f"{called(self.element, language)}: {(_VI if language == 'vi' else _EN)[self.fault]}"

    @property
    def told(self) -> str:
        """One line in both languages, with the element's name in words before that of the standard."""
        return f"{called(self.element, 'vi')} ({self.element}): {_VI[self.fault]} · {self.en.partition(': ')[2]}"

    def _line(self, words: str) -> str:
        return f"{self.element}: {words}" + (f" ({self.detail})" if self.detail else "")


class ExportRefused(VnadminError):
    """The standard asks for values that neither the document nor the caller gives: nothing was written."""

    code = "export_refused"
    exit_code = 15
    advice = (
        "Give them in the agency profile or with --set, or correct the document; no value is ever made up. "
        "Of many documents --leave-out writes those that lack nothing."
    )

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("Cannot export: " + "; ".join(problem.en for problem in self.problems) + ".")

    def __reduce__(self) -> tuple[type[ExportRefused], tuple[tuple[Problem, ...]]]:  # type: ignore[override]
        """Errors travel from worker processes by pickle."""
        return type(self), (self.problems,)


class NotEdxml(VnadminError):
    """The file is no edXML message that can be read."""

    code = "not_edxml"
    exit_code = 16
    advice = "Check that it is a whole edXML file (QCVN 102:2016/BTTTT)."
