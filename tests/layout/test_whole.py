"""What a step passes over by a fact of the whole text it would have left as it is: all lines looked at give the same answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import vnadmin
from tests.makers.every_format import as_docx, as_html, as_text, made_pages
from vnadmin.layout.flow import whole
from vnadmin.layout.flow.raw import RawLine
from vnadmin.layout.flow.whole import WholeText
from vnadmin.samples import samples

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "dev"
ONE_IN = 8  # of the gold documents


def documents() -> list[bytes]:
    made = [make(page) for _, page in made_pages(25, first_seed=700) for make in (as_text, as_html, as_docx)]
    gold = [path for path in sorted(GOLD.glob("*/source.*")) if path.suffix in (".txt", ".docx", ".html", ".doc")]
    return [*(item.read_bytes() for item in samples()), *made, *(path.read_bytes() for path in gold[::ONE_IN])]


def answers(found: list[bytes]) -> list[str]:
    config = vnadmin.Config(ocr="off")
    return [vnadmin.parse(document, config=config).model_dump_json() for document in found]


@pytest.mark.skipif(not whole.__file__.endswith(".py"), reason="methods of the compiled build cannot be replaced")
def test_a_hint_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    found = documents()
    hinted = answers(found)

    def every_line(self: WholeText, hint: re.Pattern[str], *, folded: bool = False) -> set[int]:
        return set(range(self.text.count("\n") + 1))

    monkeypatch.setattr(WholeText, "holding", every_line)
    assert [at for at, (some, every) in enumerate(zip(hinted, answers(found), strict=True)) if some != every] == []


def test_the_lines_that_hold_a_hint() -> None:
    text = WholeText([RawLine("Số: 5"), RawLine(""), RawLine("Căn cứ"), RawLine("số 5, số 6")])
    assert text.holding(re.compile("[sS]ố")) == {0, 3}
    assert text.holding(re.compile("(?m)^C")) == {2}
    assert text.holding(re.compile("căn cứ"), folded=True) == {2}
