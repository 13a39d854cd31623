"""Evidence never lies: on samples and gold documents each quote is the text at its place, and each leaf has one."""

from __future__ import annotations

from pathlib import Path

import pytest

import vnadmin
from tests.makers.leaves import leaves
from vnadmin import Config
from vnadmin.errors import NoTextLayer
from vnadmin.samples import samples

NOT_FROM_TEXT = {"evidence", "issues", "text", "source", "schema_version"}


def check(document: vnadmin.AdminDocument) -> None:
    data = document.model_dump(mode="json")
    pointers = {p for key, value in data.items() if key not in NOT_FROM_TEXT for p, _ in leaves(value, f"/{key}")}
    assert pointers == set(data["evidence"])
    for pointer, entries in document.evidence.items():
        assert entries, pointer
        for entry in entries:
            assert 0 <= entry.start < entry.end <= len(document.text), pointer
            assert document.text[entry.start : entry.end] == entry.quote, pointer
            assert entry.rule, pointer
            assert 1 <= entry.page <= max(len(document.source.pages), 1), pointer


@pytest.mark.parametrize("sample", samples(), ids=lambda item: item.name)
def test_every_leaf_of_a_sample_has_evidence(sample) -> None:
    """Pointers of non-null leaves and pointers of evidence are one set, and quotes are slices."""
    check(vnadmin.parse(sample.read_bytes()))


def test_every_leaf_of_the_gold_documents_has_evidence(gold: Path) -> None:
    """The same over all real documents that have text."""
    read = 0
    for path in sorted((gold / "dev").glob("*/source.*")):
        try:
            document = vnadmin.parse(path, config=Config(ocr="off"))
        except NoTextLayer:
            continue
        check(document)
        read += 1
    assert read >= 99


def test_unlabelled_documents_never_crash(gold: Path) -> None:
    """Each of the further real files gives a document or a VnadminError."""
    for path in sorted((gold / "unlabelled").glob("*")):
        try:
            check(vnadmin.parse(path, config=Config(ocr="off")))
        except vnadmin.VnadminError as error:
            assert error.code
