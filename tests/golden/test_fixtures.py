"""The fixtures: small invented documents of every format, each giving what stands by hand in `NAME.expected.json` beside it.

Keys are fields of the model, shortened: recipients are (name, purpose), signatories (name, position, authority), directives (marker,
assignees, date or words of the deadline) in the order of the text, references (number, date, relation), assignments (task, lead, partners,
deadline). A field that is not named is not compared; `issues` must be among those raised; `error` is the code of what is raised; fields named in
`known_failures` are wrong today and stand there as they ought to be (`fast: subject`: by that engine only).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import vnadmin
from tests.makers.recorded import recording, replayed
from vnadmin.model import AdminDocument, Deadline, Directive
from vnadmin.ocr.engine import EngineName

FIXTURES = Path(__file__).parent.parent / "fixtures"
ENGINES: tuple[EngineName, ...] = ("fast", "hybrid")
EXPECTED = sorted(FIXTURES.rglob("*.expected.json"))


def walk(items: list[Directive]) -> Iterator[Directive]:
    """Items and the items below them, in the order of the text."""
    for item in items:
        yield item
        yield from walk(item.children)


def when(deadline: Deadline | None) -> str | None:
    """The date, or the words where they settle none."""
    return deadline and (deadline.date or deadline.text)


def shortened(document: AdminDocument) -> dict[str, Any]:
    """The fields as the expectations write them."""
    fields = document.model_dump(mode="json")
    return {
        **fields,
        "document_type": document.document_type and document.document_type.code,
        "number": document.number and document.number.text,
        "recipients": [[item.name, item.purpose] for item in document.recipients],
        "signatories": [[item.name, item.position, item.authority] for item in document.signatories],
        "directives": [[item.marker, item.assignees, when(item.deadline)] for item in walk(document.directives)],
        "assignments": [[item.task, item.lead, item.partners, when(item.deadline)] for item in document.assignments],
        "legal_references": [[item.number, item.issued_on, item.relation] for item in document.legal_references],
    }


def cases() -> Iterator[object]:
    """Each fixture, a scan for each engine, with the fields that it must give; known failures apart, strict."""
    for path in EXPECTED:
        source = path.with_name(path.name.removesuffix(".expected.json"))
        for engine in [name for name in ENGINES if recording(source, name).exists()] or [None]:
            wanted = json.loads(path.read_text("utf-8"))
            missed = {name.removeprefix(f"{engine}: ") for name in wanted.pop("known_failures", ())}
            known = {name: wanted.pop(name) for name in sorted(missed & set(wanted))}
            name = f"{source.name}-{engine}" if engine else source.name
            yield pytest.param(source, engine, wanted, id=name)
            for field, value in known.items():
                yield pytest.param(source, engine, {field: value}, id=f"{name}-{field}", marks=pytest.mark.xfail)


@pytest.mark.parametrize(("source", "engine", "wanted"), tuple(cases()))
def test_fixture_gives_what_stands_beside_it(
    source: Path, engine: EngineName | None, wanted: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scans are read by what an engine answered when it was recorded, so this needs none."""
    if engine:
        replayed(source, monkeypatch, engine)
    if "error" in wanted:
        with pytest.raises(vnadmin.VnadminError) as caught:
            vnadmin.parse(source)
        assert caught.value.code == wanted["error"]
        return
    document = vnadmin.parse(source)
    issues = set(wanted.pop("issues", ()))
    found = shortened(document)
    assert {name: found[name] for name in wanted} == wanted
    assert {issue.code for issue in document.issues} >= issues
