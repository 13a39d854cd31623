"""The fields beside the document, in the order of the decree: values with their grade, what is missing or corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from vnadmin.gazetteer import rows
from vnadmin.issues import vietnamese
from vnadmin.model import AdminDocument, Issue
from vnadmin.model.document import PARTNER
from vnadmin.source.pictures import Drawn, has_pictures
from vnadmin_service.review.corrections import PERSON, State, leaves
from vnadmin_service.review.language import Words
from vnadmin_service.review.values import BadPointer, Kind, Slot, slot_at, text_of, whole
from vnadmin_service.review.view import grade_of, layer_of, page_views, pieces, seen_evidence, sheet_bands

_WITH_FORMS = ("Nghị định", "Thông tư")  # what issues forms: `Mẫu số 01` with Nghị định 30/2020/NĐ-CP


class Node(NamedTuple):
    """A value as shown. `kind` is `leaf`, `object` or `list`."""

    kind: str
    pointer: str
    label: str = ""
    text: str = ""
    grade: str = ""
    page: int = 0
    was: str | None = None  # what the machine had, where a person changed it ("" for nothing)
    missing: tuple[tuple[str, str], ...] = ()  # pointer and label of members without a value
    item: bool = False  # of a list, so it can be taken out
    choice: bool = False  # a code of the model's own, shown by its name
    date: bool = False
    shown: str = ""  # of a choice: the name that it goes by here, where that is another
    children: tuple[Node, ...] = ()


class Row(NamedTuple):
    """One field of the decree."""

    field: str
    label: str
    box: str
    node: Node | None
    add: str | None  # pointer at which a value or one more item can be set
    size: int  # of a list


class Shown(NamedTuple):
    """An issue in the reader's language; `settled` once a person corrected or confirmed what it is about."""

    code: str
    severity: str
    message: str
    pointer: str
    settled: bool


def field_rows(state: State, language: str) -> list[Row]:
    """All fields."""
    names = {row["leaf"]: row[language] for row in rows("leaf_names")} | {PARTNER: Words(language)("partner")}
    found = []
    for row in rows("field_names"):
        pointer = f"/{row['field']}"
        value = state.data[row["field"]]
        slot = slot_at(pointer)
        node = None if value in (None, []) else _node(state, pointer, slot, value, "", names)
        many = slot.kind is Kind.LIST
        add = f"{pointer}/-" if many else pointer if value is None else None
        found.append(Row(row["field"], row[language], row["box"], node, add, len(value) if many else 0))
    return found


def issue_list(state: State, issues: Sequence[Issue], language: str) -> list[Shown]:
    """The machine's issues; those about a value that a person corrected or confirmed are settled."""
    changed = list(state.was)
    return [
        Shown(
            issue.code,
            str(issue.severity),
            vietnamese(issue) if language == "vi" else issue.message,
            issue.pointer or "",
            bool(issue.pointer) and any(p == issue.pointer or p.startswith(f"{issue.pointer}/") for p in changed),
        )
        for issue in issues
    ]


def doubtful(state: State) -> dict[str, int]:
    """How many leaves the machine was not certain of and nobody decided, by layer."""
    found = dict.fromkeys(("header", "tasks", "citations"), 0)
    for pointer, entries in state.evidence.items():
        if entries and grade_of(entries[0]) not in ("certain", PERSON) and pointer not in state.was:
            found[layer_of(pointer)] += 1
    return found


def relation_name(relation: str, kind: str | None) -> str:
    """What a relation is called: what comes with a decree or a circular is a form of it (`mẫu kèm theo`)."""
    return "form_of" if relation == "issued_with" and (kind or "").startswith(_WITH_FORMS) else relation


def partners_of(state: State) -> frozenset[str]:
    """Pointers of bodies that only help with an item, by their evidence."""
    return frozenset(p for p, entries in state.evidence.items() if any(one.rule == PARTNER for one in entries))


def label_of(pointer: str, language: str, partners: frozenset[str] = frozenset()) -> str:
    """A name for people: `Nơi nhận 2, tên`. The text of a number or a deadline is that as a whole: `Số, ký hiệu`."""
    fields = {row["field"]: row[language] for row in rows("field_names")}
    names = {row["leaf"]: row[language] for row in rows("leaf_names")}
    if pointer in partners:
        names["assignees"] = Words(language)("partner")
    first, *rest = pointer[1:].split("/")
    label = fields.get(first, first)
    for part in rest:
        label += (
            f" {int(part) + 1}" if part.isdigit() else "" if part in ("-", "text") else f", {names.get(part, part)}"
        )
    return label


def is_date(pointer: str) -> bool:
    """Whether a date stands at a pointer, which is shown as documents write it."""
    try:
        return slot_at(pointer).kind is Kind.DATE
    except BadPointer:
        return False


def targets(language: str) -> list[tuple[str, str, bool]]:
    """What selected text can be set as: pointer, name, whether it adds to a list."""
    found = []
    for row in rows("field_names"):
        many = slot_at(f"/{row['field']}").kind is Kind.LIST
        found.append((f"/{row['field']}" + ("/-" if many else ""), row[language], many))
    return found


def _node(
    state: State, pointer: str, slot: Slot, value: Any, label: str, names: dict[str, str], *, item: bool = False
) -> Node:
    if isinstance(value, list) and slot.item is not None:
        help_ = partners_of(state) if pointer.endswith("/assignees") else frozenset[str]()
        places = [f"{pointer}/{index}" for index in range(len(value))]
        if help_.issuperset(places):  # the list's name says it of all
            label, help_ = names[PARTNER], frozenset()
        children = tuple(
            _node(state, place, slot.item, inner, names[PARTNER] if place in help_ else "", names, item=True)
            for place, inner in zip(places, value, strict=True)
        )
        return Node("list", pointer, label, children=children, item=item)
    if isinstance(value, dict):
        members: list[Node] = []
        missing: list[tuple[str, str]] = []
        for name, inner in value.items():
            where = f"{pointer}/{name}"
            part = slot.leaf(name)
            if inner in (None, []):
                missing.append((f"{where}/-" if part.kind is Kind.LIST else where, names[name]))
            else:
                made = _node(state, where, part, inner, names[name], names)
                members.append(made._replace(shown=relation_name(inner, value.get("type"))) if made.choice else made)
        return Node("object", pointer, label, missing=tuple(missing), item=item, children=tuple(members))
    leaf = _leaf(state, pointer, value, label, item)
    return leaf._replace(choice=slot.kind is Kind.CHOICE, date=slot.kind is Kind.DATE)


def _leaf(state: State, pointer: str, value: Any, label: str, item: bool) -> Node:
    entries = state.evidence.get(pointer) or ()
    seen = state.seen(pointer)
    grade = seen or (grade_of(entries[0]) if entries else "none")
    was = None
    if seen == PERSON:
        old = state.was[pointer]
        was = "" if old is None else str(old)
    return Node("leaf", pointer, label, str(value), grade, entries[0].page if entries else 0, was, item=item)


def had(state: State, pointer: str) -> str:
    """What the machine read at a pointer or below, in one line."""
    found = [str(v) for p, v in state.was.items() if (p == pointer or p.startswith(f"{pointer}/")) and v is not None]
    if found or pointer in state.was:
        return " · ".join(found)
    try:
        value = state.at(pointer)
    except ValueError:
        return ""
    return " · ".join(str(v) for _, v in leaves(value, pointer) if v is not None)


def document_values(document: AdminDocument, state: State, language: str) -> dict[str, Any]:
    """What a page of a document shows, and after a correction shows anew."""
    return {
        "rows": field_rows(state, language),
        "issues": issue_list(state, document.issues, language),
        "partners": partners_of(state),
        "doubtful": doubtful(state),
        "pieces": pieces(document.text, seen_evidence(state)),
        "pages": page_views(document, seen_evidence(state)) if has_pictures(document.source.media_type) else [],
    }


def laid_values(document: AdminDocument, state: State, drawn: Drawn) -> dict[str, Any]:
    """What the pane of pages shows of a document without pages of its own: the printed ones, or its lines side by side.

    Where another version reads other text in the file than was catalogued, it is shown without marks.
    """
    same = drawn.text == document.text
    return {
        "sizes": drawn.sizes,
        "same": same,
        "partners": partners_of(state),
        "bands": sheet_bands(drawn.text, seen_evidence(state) if same else {}, drawn.bands),
    }


def editor_values(state: State, pointer: str) -> dict[str, Any]:
    """What the form shows in which a value is corrected.

    Raises:
        BadPointer: nothing that a person may set stands there.
    """
    slot = slot_at(whole(pointer))
    value = "" if pointer.endswith("/-") else text_of(state.at(whole(pointer)))
    evidence = next(iter(state.evidence.get(pointer, ())), None)
    return {
        "pointer": pointer,
        "partners": partners_of(state),
        "slot": slot,
        "value": value,
        "evidence": evidence,
        "grade": grade_of(evidence) if evidence else "none",
        "had": had(state, pointer),
        "changed": pointer in state.was,
    }
