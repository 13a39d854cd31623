"""Writes the figures of docs/evaluation.md: per field and format with n, and the precision of each grade.

    python bench/evaluate.py [digital] [partial] [forms] [scan] [scan-fast] [tools=FOLDER]

Needs ../shared/gold and ../shared/tools. `scan` reads with the best engine installed, `scan-fast` with the fast one;
`forms` reads all of them, some minutes; `partial` are the documents of which a portal or the national database states a few values.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev"
sys.path.insert(0, str(ROOT.parent / "shared" / "tools"))
PAGE = ROOT / "docs" / "evaluation.md"
BEGIN, END = "<!-- begin {} -->", "<!-- end {} -->"


def table(head: list[str], body: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in body]
    return "\n".join(lines)


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def measure(part: str) -> tuple[str, str]:
    """The table of figures and the table of grades for one part of the gold documents."""
    import score

    import vnadmin
    from vnadmin.config import Config

    only, _, fast = part.partition("-")
    config = Config(ocr="fast") if fast else Config()
    tallies, _, failures, _, n, graded = score.run(
        GOLD, lambda path: vnadmin.parse(path, config=config).model_dump(mode="json", by_alias=True), only
    )
    groups = ["all", *sorted(key for key in tallies if key != "all")]
    order = [*score.SCALARS, *score.LISTS, "appendices", "assignments", "arrival", "whole"]
    fields = sorted({f for t in tallies.values() for f in t}, key=lambda f: (order.index(f.split(".")[0]), f))
    rows = []
    for field in fields:
        tally = tallies["all"][field]
        counted = str(tally.total) if tally.total else f"{tally.gold} gold, {tally.pred} read"
        rows.append([f"`{field}`", *(number(tallies[g][field].figure()) for g in groups), counted])
    heads = [f"{g} ({sum(n.values()) if g == 'all' else n[g]})" for g in groups]
    text = (
        f"{sum(n.values())} documents, {len(failures)} could not be read ({dt.date.today().isoformat()}).\n\n"
        + table(["field", *heads, "n"], rows)
    )
    grades = []
    for field in sorted({f for f, _ in graded}, key=order.index):
        row = [f"`{field}`"]
        for grade in ("certain", "likely", "guess", "none"):
            hits = graded.get((field, grade), [])
            row.append(f"{sum(hits) / len(hits):.3f} ({len(hits)})" if hits else "–")
        grades.append(row)
    total = ["**all**"]
    for grade in ("certain", "likely", "guess", "none"):
        hits = [hit for (_, g), hs in graded.items() if g == grade for hit in hs]
        total.append(f"**{sum(hits) / len(hits):.3f}** ({len(hits)})" if hits else "–")
    return text, table(["field", "certain", "likely", "guess", "no evidence"], [*grades, total])


def measure_partial() -> str:
    """One row for each set and field: right values, and of those graded certain."""
    from gate import partial_figures

    found = partial_figures()
    rows = [[f"`{name}`", number(value)] for name, value in found.items()]
    return f"({dt.date.today().isoformat()})\n\n" + table(["set and value", "right"], rows)


def measure_forms() -> str:
    """One row for each group of forms, one column for each kind of value."""
    import score_forms

    groups: dict[str, list[Path]] = {name: [] for name in score_forms.GROUPS}
    for form in sorted(path for path in (GOLD.parent / "forms").iterdir() if path.is_dir()):
        groups[next(name for name, sign in score_forms.GROUPS.items() if re.match(sign, form.name))].append(form)
    return _forms_table({name: forms for name, forms in groups.items() if forms})


def measure_tools(folder: Path) -> str:
    """One row for each form that bench/other_tools.py made."""
    return _forms_table({form.name: [form] for form in sorted(folder.iterdir()) if form.is_dir()})


def _forms_table(groups: dict[str, list[Path]]) -> str:
    import score_forms

    rows = []
    everything: Counter[bool] = Counter()
    for group, forms in groups.items():
        found: list[dict[str, Any]] = [row for form in forms for row in score_forms.read(form, GOLD, None)]
        sure = sum((row["certain"] for row in found), Counter())
        everything += sure
        cells = [number(score_forms.figure(found, fields)) for fields in score_forms.COLUMNS.values()]
        rows.append([group, str(len(found)), *cells, f"{sure[True] / max(1, sure.total()):.3f} ({sure.total()})"])
    total = f"Of {everything.total()} values graded certain {everything[True] / everything.total():.4f} are right ({dt.date.today().isoformat()})."
    return table(["form", "n", *score_forms.COLUMNS, "certain right"], rows) + "\n\n" + total


def replace(page: str, name: str, text: str) -> str:
    begin, end = BEGIN.format(name), END.format(name)
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    if not rest:
        raise SystemExit(f"{PAGE.name} has no section {name}")
    return f"{before}{begin}\n{text}\n{end}{after}"


def main() -> None:
    parts = sys.argv[1:] or ["digital"]
    page = PAGE.read_text("utf-8")
    for argument in parts:
        part, _, folder = argument.partition("=")
        if part in ("partial", "forms"):
            page = replace(page, f"{part} figures", measure_partial() if part == "partial" else measure_forms())
        elif part == "tools":
            page = replace(page, "tools figures", measure_tools(Path(folder)))
        else:
            figures, grades = measure(part)
            page = replace(replace(page, f"{part} figures", figures), f"{part} grades", grades)
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
