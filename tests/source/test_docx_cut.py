"""What is cut out of a .docx part before it is read, and above all what is not."""

from __future__ import annotations

import pytest

from vnadmin.source.docx.cut import without_recurring, without_unused_lists

DEFINITION = b'<w:abstractNum w:abstractNumId="%d"><w:lvl w:ilvl="0"/></w:abstractNum>'
NUMBERING = (
    b"<w:numbering>" + DEFINITION % 1 + DEFINITION % 2 +
    b'<w:num w:numId="7"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
)  # fmt: skip
NAMED = b'<w:numPr><w:numId w:val="7"/></w:numPr>'


def test_a_list_that_nothing_names_is_cut_out() -> None:
    assert without_unused_lists(NUMBERING, [NAMED]) == NUMBERING.replace(DEFINITION % 1, b"")


def test_an_empty_definition_takes_no_other_with_it() -> None:
    empty = b'<w:abstractNum w:abstractNumId="1"/>'
    numbering = NUMBERING.replace(DEFINITION % 1, empty)
    assert without_unused_lists(numbering, [NAMED]) == numbering.replace(empty, b"")


@pytest.mark.parametrize(
    "naming",
    [NAMED.decode().encode("utf-16"), b'<numPr><numId val="7"/></numPr>', b"<w:numId  w:val='7'/>"],
    ids=["UTF-16", "default namespace", "other quotes"],
)
def test_all_lists_stay_where_they_are_named_in_another_way(naming: bytes) -> None:
    assert without_unused_lists(NUMBERING, [naming]) == NUMBERING


def test_a_file_that_numbers_its_own_properties_is_read_as_it_stands() -> None:
    """Other readers pass over the attribute, so it could show one text to them and another to us."""
    body = (
        b'<w:document><w:r><w:rPr alike="0"/><w:t>seen</w:t></w:r>'
        b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:document>"
    )
    assert without_recurring(body) == (body, b"")
    assert without_recurring(body.replace(b' alike="0"', b""))[1] != b""
