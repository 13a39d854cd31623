"""Parts of a .docx package: what is cut from them before libxml2 sees it."""

from __future__ import annotations

import time

import pytest

from vnadmin.source.docx.cut import (
    without_conditional,
    without_recurring,
    without_table_styles,
    without_unused_lists,
)


@pytest.mark.parametrize(
    ("styles", "kept"),
    [
        (b'<w:style><a/><w:tblStylePr w:type="x"><b/></w:tblStylePr></w:style>', b"<w:style><a/></w:style>"),
        (
            b'<w:style><w:tblStylePr w:type="x"/><w:tblStylePr><c/></w:tblStylePr></w:style><w:style/>',
            b"<w:style></w:style><w:style/>",
        ),
        (b"<w:style><w:tblStylePr><b/></a>", b"<w:style><w:tblStylePr><b/></a>"),
        (b"<a><w:tblStylePr", b"<a><w:tblStylePr"),
    ],
)
def test_conditional_formats_are_cut_out(styles: bytes, kept: bytes) -> None:
    """They go with all that follows them in a style; an unclosed style stays for libxml2 to judge."""
    assert without_conditional(styles) == kept


def _style(name: bytes, kind: bytes = b"table", inner: bytes = b"") -> bytes:
    return b'<w:style w:type="' + kind + b'" w:styleId="' + name + b'">' + inner + b"</w:style>"


@pytest.mark.parametrize(
    ("styles", "named", "kept"),
    [
        (_style(b"Grid") + _style(b"Light"), b'<w:tblStyle w:val="Grid"/>', _style(b"Grid")),
        (
            _style(b"Base") + _style(b"Grid", inner=b'<w:basedOn w:val="Base"/>'),
            b'<w:tblStyle w:val="Grid"/>',
            _style(b"Base") + _style(b"Grid", inner=b'<w:basedOn w:val="Base"/>'),
        ),
        (_style(b"Body", b"paragraph") + _style(b"Grid"), b"", _style(b"Body", b"paragraph")),
        (
            b'<w:style w:type="table" w:styleId="A"/>' + _style(b"Body", b"paragraph"),
            b"",
            _style(b"Body", b"paragraph"),
        ),
        (b'<w:style w:type="table" w:styleId="A"><b/>', b"", b'<w:style w:type="table" w:styleId="A"><b/>'),
    ],
)
def test_table_styles_that_nothing_names_are_cut_out(styles: bytes, named: bytes, kept: bytes) -> None:
    """Those that a table or another style names stay, and so do all styles of another kind."""
    assert without_table_styles(styles, named) == kept


def _definition(name: bytes) -> bytes:
    return b'<w:abstractNum w:abstractNumId="' + name + b'"><w:lvl/></w:abstractNum>'


def _list(name: bytes, definition: bytes) -> bytes:
    return b'<w:num w:numId="' + name + b'"><w:abstractNumId w:val="' + definition + b'"/></w:num>'


_LISTS = _list(b"1", b"7") + _list(b"2", b"8")


@pytest.mark.parametrize(
    ("naming", "kept"),
    [
        ([b'<w:numId w:val="2"/>', b""], _definition(b"8")),
        ([b'<w:numId w:val="1"/>', b'<w:numId w:val="2"/>'], _definition(b"7") + _definition(b"8")),
        ([b"", b""], b""),
        ([b'<w:numId  w:val="2"/>'], _definition(b"7") + _definition(b"8")),
        ([b'<v:numId v:val="2"/>'], _definition(b"7") + _definition(b"8")),
    ],
)
def test_lists_that_nothing_names_are_cut_out(naming: list[bytes], kept: bytes) -> None:
    """Definitions that a named list uses stay; all do where a list is named in a way that is not known."""
    assert without_unused_lists(_definition(b"7") + _definition(b"8") + _LISTS, naming) == kept + _LISTS


def test_lists_written_in_an_unknown_way_all_stay() -> None:
    """So does what is not closed."""
    odd = _definition(b"7") + b'<w:num w:numId="1"><w:lvlOverride/><w:abstractNumId w:val="7"/></w:num>'
    assert without_unused_lists(odd, [b'<w:numId w:val="1"/>']) == odd
    unclosed = b'<w:abstractNum w:abstractNumId="7"><w:lvl/>' + _LISTS
    assert without_unused_lists(unclosed, [b""]) == unclosed


def _main(inner: bytes) -> bytes:
    return b'<w:document xmlns:w="w"><w:body>' + inner + b"</w:body></w:document>"


@pytest.mark.parametrize(
    ("body", "left", "taken"),
    [
        (b"<w:rPr><w:b/></w:rPr>", b'<w:rPr alike="0"/>', b"<w:rPr><w:b/></w:rPr>"),
        (
            b"<w:pPr>a<w:rPr>b</w:rPr></w:pPr><w:rPr>b</w:rPr><w:rPr>b</w:rPr><w:pPr></w:pPr>",
            b'<w:pPr alike="0"/><w:rPr alike="2"/><w:rPr alike="2"/><w:pPr alike="1"/>',
            b"<w:pPr>a<w:rPr>b</w:rPr></w:pPr><w:pPr></w:pPr><w:rPr>b</w:rPr>",
        ),
        (b"<w:pPr><w:sectPr/></w:pPr>", b"<w:pPr><w:sectPr/></w:pPr>", b""),
        (b"<w:rPr><w:del/></w:rPr>", b"<w:rPr><w:del/></w:rPr>", b""),
        (
            b"<w:rPr><w:i/><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>",
            b'<w:rPr><w:i/><w:rPrChange><w:rPr alike="0"/></w:rPrChange></w:rPr>',
            b"<w:rPr><w:b/></w:rPr>",
        ),
        (b"<w:rPr><w:b/>", b"<w:rPr><w:b/>", b""),
    ],
)
def test_recurring_properties_are_numbers(body: bytes, left: bytes, taken: bytes) -> None:
    """What ends a section or tells of a reviewer's change stays; of older properties the inner ones are taken."""
    assert without_recurring(_main(body)) == (_main(left), b'<w:document xmlns:w="w">' + taken + b"</w:document>")


@pytest.mark.parametrize("inner", [b"<!-- <w:rPr> -->", b"<![CDATA[<w:rPr>]]>", b"<?x <w:rPr>?>"])
def test_parts_with_comments_are_left_alone(inner: bytes) -> None:
    """What looks like properties there is none."""
    assert without_recurring(_main(inner + b"<w:rPr></w:rPr>")) == (_main(inner + b"<w:rPr></w:rPr>"), b"")


def test_cutting_is_linear() -> None:
    """Many empty or unclosed elements cost no second look at the rest of the part."""
    start = time.process_time()
    without_conditional(b"<w:tblStylePr>" * 300_000)
    without_conditional(b"<w:style><w:tblStylePr/></w:style>" * 100_000)
    without_table_styles(b'<w:style w:type="table" w:styleId="A"/>' * 100_000, b"")
    without_table_styles(b"<w:style " * 300_000, b"")
    without_unused_lists(b'<w:abstractNum w:abstractNumId="1">' * 100_000, [])
    without_unused_lists(b"<w:num " * 100_000, [b"<w:numId w:val=" * 100_000])
    without_recurring(_main(b"<w:rPr>" * 300_000))
    without_recurring(_main(b"<w:rPr></w:rPr><w:pPr></w:pPr>" * 100_000))
    assert time.process_time() - start < 2
