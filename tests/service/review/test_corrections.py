"""Corrections without a browser: steps over a document, the patch they make, and what moves along with a list."""

from __future__ import annotations

import json

import jsonpatch
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vnadmin
from vnadmin.model import AdminDocument, Evidence, PartialDate
from vnadmin.samples import samples
from vnadmin_service.review import corrections
from vnadmin_service.review.corrections import State, Step, leaves
from vnadmin_service.review.gold import gold_style
from vnadmin_service.review.language import all_words
from vnadmin_service.review.values import FIELDS, BadPointer, BadValue, Kind, date_of, list_of, slot_at, value_of
from vnadmin_service.review.view import pieces, selected

DOCUMENTS = {item.name: vnadmin.parse(item.read_bytes()) for item in samples()}
LETTER = DOCUMENTS["cong-van.txt"]


def _pointers(state: State) -> list[str]:
    """Where a person can set, add or take out something."""
    found = [f"/{field}" for field in FIELDS if slot_at(f"/{field}").kind is not Kind.LIST]
    found += [f"/{field}/-" for field in FIELDS if slot_at(f"/{field}").kind is Kind.LIST]
    for field in FIELDS:
        found += [pointer for pointer, _ in leaves(state.data[field], f"/{field}")]
    return found


def _some_step(draw: st.DataObject, document: AdminDocument, state: State) -> Step | None:
    """One thing that a person might do; None where it is refused."""
    items = [f"/{f}/{i}" for f in FIELDS if slot_at(f"/{f}").kind is Kind.LIST for i in range(len(state.data[f]))]
    try:
        if items and draw.draw(st.integers(0, 3)) == 0:
            return corrections.remove_item(state, draw.draw(st.sampled_from(items)))
        chosen: Evidence | None = None
        text = draw.draw(st.sampled_from(("Sở Y tế", "12/QĐ-UBND", "25/9/2021", "", "3", "cites", "Quyết định")))
        if draw.draw(st.booleans()):
            start = draw.draw(st.integers(0, len(document.text) - 2))
            chosen = selected(document, (), start, draw.draw(st.integers(start + 1, len(document.text))))
        return corrections.set_value(state, draw.draw(st.sampled_from(_pointers(state))), text, chosen)
    except BadValue:
        return None


@settings(max_examples=40)
@given(draw=st.data(), name=st.sampled_from(sorted(DOCUMENTS)))
def test_any_corrections(draw: st.DataObject, name: str) -> None:
    """Whatever is done, the patch makes the same of the machine's JSON, and each quote is a slice of the text."""
    document = DOCUMENTS[name]
    start = state = corrections.machine(document)
    steps = []
    for _ in range(draw.draw(st.integers(1, 7))):
        step = _some_step(draw, document, state)
        if step is not None:
            try:
                state = corrections.apply(state, step)
            except BadValue:
                continue
            steps.append(step)
    machine = json.loads(document.model_dump_json(exclude={"evidence", "text"}))
    patched = jsonpatch.apply_patch(machine, corrections.patch(document, steps))
    made = corrections.corrected(document, state)
    assert patched == json.loads(made.model_dump_json(exclude={"evidence", "text"}))
    existing = {p for f in FIELDS for p, _ in leaves(state.data[f], f"/{f}")}
    for pointer, entries in made.evidence.items():
        assert pointer in existing
        assert all(document.text[e.start : e.end] == e.quote for e in entries)
    assert corrections.fold_steps(start, steps) == state
    assert corrections.machine(document) == start
    assert "".join(piece.text for piece in pieces(document.text, state.evidence)) == document.text


def test_values_replaced_twice_stand_once() -> None:
    """The patch has the last value, unless the list around it changed in between."""
    state = corrections.machine(LETTER)
    steps = []
    for make in (
        lambda s: corrections.set_value(s, "/addressees/1", "A"),
        lambda s: corrections.set_value(s, "/addressees/1", "B"),
        lambda s: corrections.remove_item(s, "/addressees/0"),
        lambda s: corrections.set_value(s, "/addressees/1", "C"),
    ):
        steps.append(make(state))
        state = corrections.apply(state, steps[-1])
    assert [(o["op"], o["path"], o.get("value")) for o in corrections.patch(LETTER, steps)[1:]] == [
        ("replace", "/addressees/1", "B"),
        ("remove", "/addressees/0", None),
        ("replace", "/addressees/1", "C"),
    ]
    assert state.was == {"/addressees/0": LETTER.addressees[1], "/addressees/1": LETTER.addressees[2]}


def test_the_machines_value_is_told_through_several_corrections() -> None:
    """What the machine had is remembered, not what a person typed before."""
    state = corrections.machine(LETTER)
    for text in ("Một", "Hai"):
        state = corrections.apply(state, corrections.set_value(state, "/place", text))
    assert state.was == {"/place": "Tân Lương"}


def test_confirming() -> None:
    """A value saved unchanged is a `test` operation: nothing changes, and it counts as looked at."""
    state = corrections.machine(LETTER)
    step = corrections.set_value(state, "/place", "Tân Lương")
    after = corrections.apply(state, step)
    assert [o["op"] for o in step.operations] == ["test"]
    assert (after.data, after.evidence) == (state.data, state.evidence)
    assert after.was == {"/place": "Tân Lương"}


@pytest.mark.parametrize(
    "pointer",
    ["", "place", "/", "/text", "/evidence", "/source/sha256", "/issues/0/code", "/place/x", "/addressees/x",
     "/directives/0/nothing", "/schema_version", "/addressees/٣"],
)  # fmt: skip
def test_no_such_place(pointer: str) -> None:
    """Only the decree's fields can be set: not the text, the evidence, or what the file is."""
    with pytest.raises(BadPointer):
        corrections.set_value(corrections.machine(LETTER), pointer, "x")


@pytest.mark.parametrize("pointer", ["/addressees/99", "/signatories/0/authority/7", "/directives/50/text"])
def test_nothing_there(pointer: str) -> None:
    """A place that the model has and the document has not is refused too."""
    with pytest.raises(BadPointer):
        corrections.set_value(corrections.machine(LETTER), pointer, "x")


@pytest.mark.parametrize(
    ("pointer", "text", "value"),
    [
        ("/issued_on", "ngày 25 tháng 9 năm 2021", "2021-09-25"),
        ("/issued_on", "25/9/2021", "2021-09-25"),
        ("/issued_on", "Tân Lương, ngày     tháng 9 năm 2021", "2021-09"),
        ("/issued_on", "tháng 9/2021", "2021-09"),
        ("/issued_on", "2021", "2021"),
        ("/document_type", "qđ", {"code": "QĐ", "name": "Quyết định"}),
        ("/document_type", "Sắc lệnh cũ", {"code": None, "name": "Sắc lệnh cũ"}),
        ("/recipients/-", "Như trên", {"name": "Như trên", "purpose": None}),
        ("/filing", "VT; TH", {"units": ["VT", "TH"], "copies": None, "drafter": None}),
        ("/filing/copies", "02", 2),
        ("/directives/0/deadline", "trước ngày 30/6/2022", {"text": "trước ngày 30/6/2022", "date": "2022-06-30"}),
        ("/directives/0/deadline", "30/6/2022", {"text": "30/6/2022", "date": "2022-06-30"}),
        ("/place", "  Hà \n Nội ", "Hà Nội"),
        ("/place", "Hà\u00ad \u200bNội", "Hà Nội"),  # pasted from Word
        ("/place", "  ", None),
    ],
)
def test_values(pointer: str, text: str, value: object) -> None:
    """A person's text becomes the value of the kind that stands there."""
    assert value_of(slot_at(pointer), text) == value


@pytest.mark.parametrize(
    ("pointer", "text", "why"),
    [
        ("/issued_on", "31/2/2021", "bad_date"),
        ("/issued_on", "hôm qua", "bad_date"),
        ("/issued_on", "13/2021", "bad_date"),
        ("/filing/copies", "hai", "bad_integer"),
        ("/legal_references/0/relation", "loves", "bad_choice"),
        ("/addressees/0", " ", "bad_empty"),
        ("/place", "x" * 30_000, "bad_long"),
        ("/place", "Hà \x1b[2JNội", "bad_control"),
        ("/place", "Hà \x00Nội", "bad_control"),
        ("/signatories/0/name", "A \u202eB", "bad_control"),
        ("/directives/-", "a\x9bb", "bad_control"),
    ],
)
def test_bad_values(pointer: str, text: str, why: str) -> None:
    """What is no such value is refused, with a reason that the page has words for."""
    with pytest.raises(BadValue, match=why):
        value_of(slot_at(pointer), text)
    assert why in all_words()


def test_selection_is_trimmed_and_bounded() -> None:
    """Blanks at the ends are left out; a selection outside the text is refused."""
    start = LETTER.text.index("Tân Lương")
    assert selected(LETTER, (), start - 1, start + 9).quote.strip() == selected(LETTER, (), start - 1, start + 9).quote
    for bad in ((-1, 3), (5, 5), (7, 3), (0, len(LETTER.text) + 1)):
        with pytest.raises(BadValue, match="bad_selection"):
            selected(LETTER, (), *bad)


def test_every_word_in_both_languages() -> None:
    """No text of the page lacks a language, and the words for problems cover each code of the library."""
    for key, texts in all_words().items():
        assert set(texts) == {"vi", "en"}, key
        assert all(texts.values()), key
    from vnadmin_service.problems import PROBLEMS

    api_only = {
        "access_log_unavailable", "archive_unavailable", "bad_body", "changed_meanwhile", "correction_refused", "cross_site",
        "cursor_expired", "export_refused", "if_match_missing", "invalid_parameter", "job_not_done", "jobs_unavailable",
        "method_not_allowed", "not_acceptable", "scope_missing", "too_many_requests", "unauthorized", "unknown_host", "webhook_refused",
    }  # fmt: skip
    missing = {code for code in PROBLEMS if f"error_{code}" not in all_words()}
    assert missing <= api_only


def test_gold_style_has_the_shape_of_the_labels(gold) -> None:  # type: ignore[no-untyped-def]
    """The keys are those of the gold labels, at every level."""
    labels = [json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("dev/*/gold.json"))]
    ours = [gold_style(document, name) for name, document in DOCUMENTS.items()]

    def shape(made: list[dict[str, object]]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {"": set()}
        for one in made:
            found[""] |= set(one)
            for key, value in one.items():
                for item in value if isinstance(value, list) else ():
                    if isinstance(item, dict):
                        found.setdefault(key, set()).update(item)
        return found

    theirs = shape(labels)
    for key, members in shape(ours).items():
        assert members <= theirs[key] | {"remarks"}, key
    assert json.dumps(ours, ensure_ascii=False)


@pytest.mark.parametrize("iso", ["2026-05-05", "2022-02-14", "2021-01-02", "2021-09", "2021-12", "2021"])
def test_a_date_is_typed_as_it_is_shown(iso: str) -> None:
    """Saving a date unchanged confirms it: `05/5/2026`, `14/02/2022`, `9/2021` as documents write them."""
    assert date_of(PartialDate(iso).printed) == iso


@pytest.mark.parametrize(
    "pointer", ["/addressees/00", "/addressees/01/name", "/directives/00/text", "/addressees/-1", "/addressees/²"]
)
def test_pointer_that_is_not_canonical(pointer: str) -> None:
    """The pointer of one item is written in one way (RFC 6901, 4): `00` ended in an internal error."""
    with pytest.raises(BadPointer):
        slot_at(pointer)
    with pytest.raises(BadPointer):
        list_of(pointer)
