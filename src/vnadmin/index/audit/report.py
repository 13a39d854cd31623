"""The report of an audit as an archive files it: a page that prints on A4, and a workbook, in Vietnamese or English."""

from __future__ import annotations

import datetime as dt
import io
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from vnadmin.errors import MissingExtra
from vnadmin.export.tables.excel_cells import new_book
from vnadmin.gazetteer import rows
from vnadmin.index.audit.interval import Estimate
from vnadmin.index.audit.judge import Told
from vnadmin.index.audit.kept import Judged
from vnadmin.index.audit.result import Result
from vnadmin.index.audit.sample import Stratum
from vnadmin.index.export.rows import person_name
from vnadmin.model import PartialDate

Language = Literal["vi", "en"]
_VIETNAM: Final = dt.timezone(dt.timedelta(hours=7))


class Report:
    """An audit in the words of a language; what both the page and the workbook show."""

    def __init__(self, result: Result, language: Language) -> None:
        self.result, self.language = result, language
        self._fields = {row["field"]: row[language] for row in rows("field_names")}

    def __call__(self, key: str, *, n: object = "", name: object = "") -> str:
        """The words of a key."""
        return _words()[key][self.language].replace("{n}", str(n)).replace("{name}", str(name))

    def field(self, name: str) -> str:
        """What a row of figures is called."""
        return self(name) if name in ("values", "documents") else self._fields[name]

    def percent(self, share: float, places: int = 1) -> str:
        """98,6% in Vietnamese, 98.6% in English."""
        text = f"{100 * share:.{places}f}".removesuffix(".0" if places == 0 else "")
        return (text.replace(".", ",") if self.language == "vi" else text) + "%"

    def interval(self, one: Estimate) -> str:
        """Both ends."""
        return f"{self.percent(one.low)} – {self.percent(one.high)}"

    def moment(self, at: str) -> str:
        """A time of the catalogue (UTC) as it was in Vietnam."""
        then = dt.datetime.fromisoformat(at).astimezone(_VIETNAM)
        return f"{then:%H:%M} {self.day(then.date().isoformat())}"

    def day(self, text: str) -> str:
        """A day as documents print it; in English as it is."""
        return PartialDate(text).printed if self.language == "vi" else text

    def value(self, field: str, value: Told) -> str:
        """A value of a field in one line."""
        if not value:
            return self("empty")
        if isinstance(value, list):
            return "; ".join(value)
        return self.day(value) if field == "issued_on" else value

    def verdict(self, one: Judged) -> str:
        """What was said of a difference, and by whom."""
        said = self(f"verdict_{one.verdict or 'open'}")
        return f"{said} ({person_name(one.settled_by)})" if one.settled_by else said

    def stratum(self, one: Stratum) -> str:
        """A stratum by what it was made by."""
        if one.rest:
            return self("rest")
        parts = (getattr(one, name) for name in self.result.audit.plan.by)
        return " · ".join(self("unknown") if part is None else str(part) for part in parts) or "–"

    def confidence(self) -> str:
        """Of the intervals: 95%."""
        return self.percent(self.result.audit.plan.confidence, 0)

    @property
    def notes(self) -> list[str]:
        """Why the figures are provisional; nothing where they are not."""
        kept, open_ = self.result.audit, self.result.unsettled
        found = [] if kept.reviewed == kept.size else [self("provisional", n=kept.reviewed, name=kept.size)]
        return found + ([self("unsettled", n=open_)] if open_ and not found else [])

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        """What the sample is, one fact a row."""
        kept = self.result.audit
        plan, frame = kept.plan, kept.frame
        yield self("number"), str(kept.id)
        yield self("drawn"), self("drawn_value", n=self.moment(kept.drawn_at), name=person_name(kept.drawn_by))
        yield self("frame"), self("frame_value", n=frame["documents"])
        if chosen := " · ".join(str(frame[name]) for name in ("issuer", "kind", "year") if frame[name] is not None):
            yield self("chosen"), chosen
        yield self("digest"), frame["sha256"]
        yield self("seed"), str(kept.seed)
        yield self("size"), self("size_value", n=kept.size)
        points = f"{100 * plan.half_width:g}".replace(".", "," if self.language == "vi" else ".")
        yield self("precision"), self("precision_value", n=points, name=self.percent(plan.expect, 0))
        yield self("strata_by"), ", ".join(self(f"by_{name}") for name in plan.by) or self("by_nothing")
        yield self("version"), f"vnadmin {kept.version}"

    @property
    def agreed(self) -> str:
        """How many values agreed blind, and how many were settled so."""
        same, judged = self.result.agreed
        settled = sum(one.verdict == "right" for one in self.result.differences)
        return self("agreed", n=f"{same}/{judged}", name=settled)

    @property
    def shows_differences(self) -> bool:
        """Not while somebody still reviews blind."""
        return self.result.audit.reviewed == self.result.audit.size


def as_html(result: Result, language: Language) -> str:
    """The report as one page without scripts that prints on A4.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError as error:
        raise MissingExtra("A report needs jinja2.", "pip install 'vnadmin[audit]'") from error

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = resources.files(__package__).joinpath("report.html").read_text("utf-8")
    return made.from_string(template).render(t=Report(result, language), r=result, person_name=person_name)


def as_excel(result: Result, language: Language) -> bytes:
    """The report as a workbook: results, sample with strata and reviewers, differences.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    t, out = Report(result, language), io.BytesIO()
    book = new_book(out)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap, share = (book.add_format({"valign": "top", **more}) for more in ({"text_wrap": True}, {"num_format": "0.0%"}))
    title = book.add_format({"bold": True, "font_size": 14})

    def sheet(name: str, widths: tuple[int, ...], top: tuple[str, ...]) -> Any:
        made = book.add_worksheet(t(name))
        made.set_landscape()
        made.set_paper(9)  # A4
        made.fit_to_pages(1, 0)
        for place, width in enumerate(widths):
            made.set_column(place, place, width, wrap)
        made.write_string(0, 0, t("title"), title)
        for line, text in enumerate(top, 1):
            made.write_string(line, 0, text)
        return made

    def table(made: Any, line: int, heads: list[str], lines: list[list[Any]]) -> int:
        for place, text in enumerate(heads):
            made.write_string(line, place, text, head)
        for at, cells in enumerate(lines, line + 1):
            for place, cell in enumerate(cells):
                if isinstance(cell, float):
                    made.write_number(at, place, cell, share)
                elif isinstance(cell, int):
                    made.write_number(at, place, cell, wrap)
                elif cell:
                    made.write_string(at, place, cell, wrap)
        return line + len(lines) + 2

    first = sheet("sheet_results", (30, *(12,) * 10), (t("subtitle"), *t.notes))
    interval = t("interval", n=t.confidence())
    heads = [t("field")]
    for group in ("whole", "unasked"):
        heads += [f"{t(group)}: {text}" for text in (t("right"), f"{interval} ↓", f"{interval} ↑", t("judged"))]
    lines = [[t.field(one.field), *_cells(one.whole), *_cells(one.unasked), one.unclear] for one in result.figures]
    place = table(first, 3 + len(t.notes), [*heads, t("unclear")], lines)
    for text in (t.agreed, t("method_sample"), t("method_equal"), t("method_interval")):
        first.merge_range(place, 0, place, 10, text, wrap)
        first.set_row(place, 45)
        place += 1
    for column, text in ((0, t("sign_reviewer")), (6, t("sign_archive"))):
        first.write_string(place + 1, column, text, title)
        first.write_string(place + 2, column, t("sign_note"))

    second = sheet("sheet_sample", (44, 44, 18, 18), (t("subtitle"),))
    place = table(second, 3, [t("sample"), ""], [list(fact) for fact in t.facts])
    people = [
        [person_name(one.person), one.documents, t.moment(one.first), t.moment(one.last)] for one in result.reviewers
    ]
    place = table(second, place, [t("person"), t("reviewed"), t("from"), t("until")], people)
    strata = [[t.stratum(one), one.documents, one.drawn] for one in result.audit.strata]
    table(second, place, [t("stratum"), t("of_frame"), t("of_sample")], strata)

    third = sheet("sheet_differences", (30, 24, 44, 44, 24, 20), (t("subtitle"),))
    heads = [t(key) for key in ("document", "field", "held", "told", "verdict")]
    table(third, 3, [*heads, "SHA-256"], [_difference(t, one) for one in result.differences if t.shows_differences])
    third.repeat_rows(3)
    book.close()
    return out.getvalue()


def _cells(one: Estimate | None) -> list[Any]:
    return [float(one.share), float(one.low), float(one.high), f"{one.right}/{one.judged}"] if one else [None] * 4


def _difference(t: Report, one: Judged) -> list[Any]:
    place = t.result.places[one.position]
    values = (t.value(one.field, value) for value in (one.held, one.told))
    return [place.name, t.field(one.field), *values, t.verdict(one), place.sha256]


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("report_words.toml").read_text("utf-8"))
