"""What was written is read back: letters drawn from the grammar of the domain, as text, Markdown, HTML and .docx."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vnadmin
from tests.makers import letter_forms
from tests.makers.leaves import leaves
from tests.makers.letter_grammar import Letter, letters, party_letters

PLAIN = settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
# What each letter says plainly, and must be read whatever the grade.
WHOLE = ("document_type", "parent_agency", "issuing_agency", "number", "place", "issued_on", "subject", "addressees")
WHOLE += ("recipients", "filing", "signatories")


def at(value: Any, pointer: str) -> Any:
    """What stands at a pointer; `...` where nothing was meant to be there."""
    for part in pointer.split("/")[1:]:
        try:
            value = value[int(part)] if isinstance(value, list) else value[part]
        except (KeyError, IndexError):
            return ...
    return value


def wrong(letter: Letter, document: vnadmin.AdminDocument) -> list[str]:
    """Where what was read differs from what was written."""
    read = document.model_dump(mode="json")
    found = []
    for name in WHOLE:
        empty: Any = [] if isinstance(read[name], list) else None
        if read[name] != letter.meant.get(name, empty):
            found.append(f"{name}: wrote {letter.meant.get(name, empty)!r}, read {read[name]!r}")
    for pointer, value in leaves({name: read[name] for name in letter.meant if name not in WHOLE}):
        meant = at(letter.meant, pointer)
        if meant is not ... and meant != value and document.evidence[pointer][0].grade == "certain":
            found.append(f"{pointer}: wrote {meant!r}, read {value!r} for certain")
    for meant in letter.meant["legal_references"]:
        if not any(meant.items() <= one.items() for one in read["legal_references"]):
            found.append(
                f"reference: wrote {meant!r}, read {[(r['number'], r['issued_on'], r['issuer']) for r in read['legal_references']]!r}"
            )
    found += list(_tree(letter.meant["directives"], read["directives"], "/directives"))
    return found


def _tree(meant: list[dict[str, Any]], read: list[dict[str, Any]], where: str) -> Iterator[str]:
    if [item["marker"] for item in meant] != [item["marker"] for item in read]:
        yield f"{where}: wrote markers {[m['marker'] for m in meant]}, read {[r['marker'] for r in read]}"
        return
    for index, (one, other) in enumerate(zip(meant, read, strict=True)):
        if one["text"] != other["text"]:
            yield f"{where}/{index}: wrote {one['text']!r}, read {other['text']!r}"
        deadline = one.get("deadline")
        if deadline is not None and (other["deadline"] is None or not deadline.items() <= other["deadline"].items()):
            yield f"{where}/{index}/deadline: wrote {deadline!r}, read {other['deadline']!r}"
        if deadline is None and other["deadline"] is not None:
            yield f"{where}/{index}/deadline: wrote none, read {other['deadline']!r}"
        yield from _tree(one.get("children", []), other["children"], f"{where}/{index}/children")


def _check(letter: Letter, data: bytes) -> None:
    found = wrong(letter, vnadmin.parse(data))
    assert found == [], data.decode("utf-8", "replace")


@PLAIN
@given(letter=letters(), gap=st.integers(4, 12))
def test_a_letter_typed_in_columns(letter: Letter, gap: int) -> None:
    """Every field, where the columns stand side by side."""
    _check(letter, letter_forms.in_columns(letter, gap))


@PLAIN
@given(letter=letters())
def test_a_letter_with_one_column_after_the_other(letter: Letter) -> None:
    """Every field, where the columns follow each other."""
    _check(letter, letter_forms.in_sequence(letter))


@PLAIN
@given(letter=party_letters(), gap=st.integers(4, 12))
def test_a_letter_of_the_party(letter: Letter, gap: int) -> None:
    """Every field of the Party's layout."""
    _check(letter, letter_forms.in_columns(letter, gap))
    _check(letter, letter_forms.in_sequence(letter))


@PLAIN
@given(letter=st.one_of(letters(), party_letters()))
def test_a_letter_in_markup(letter: Letter) -> None:
    """The same as Markdown, HTML and .docx."""
    for form in (letter_forms.as_markdown, letter_forms.as_html, letter_forms.as_docx):
        found = wrong(letter, vnadmin.parse(form(letter)))
        assert found == [], f"{form.__name__}: {letter}"
